//! Scripted replies, keyed by what the newest user text contains.

use serde::{Deserialize, Serialize};

use crate::reply::Fact;

/// One scripted reply.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scripted {
    #[serde(default)]
    pub id: u64,
    /// What the newest user text contains, in any case; empty matches all.
    #[serde(rename = "match")]
    pub text: String,
    pub reply: String,
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// How much longer the request takes, in milliseconds of real time.
    #[serde(default)]
    pub delay_ms: u64,
}

/// All scripted replies; the newest match wins, so that a test can override an earlier script.
#[derive(Default)]
pub(crate) struct Replies {
    list: Vec<Scripted>,
    next_id: u64,
}

impl Replies {
    pub(crate) fn add(&mut self, mut scripted: Scripted) -> u64 {
        self.next_id += 1;
        scripted.id = self.next_id;
        self.list.push(scripted);
        self.next_id
    }

    pub(crate) fn list(&self) -> &[Scripted] {
        &self.list
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.list.len();
        self.list.retain(|scripted| scripted.id != id);
        self.list.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    pub(crate) fn find(&self, newest: &str) -> Option<&Scripted> {
        let lower = newest.to_lowercase();
        let newest_first = self.list.iter().rev();
        let mut matching =
            newest_first.filter(|scripted| lower.contains(&scripted.text.to_lowercase()));
        matching.next()
    }
}
