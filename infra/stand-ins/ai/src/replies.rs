//! Scripted replies, keyed by what the newest user text contains.

use serde::{Deserialize, Serialize};
use stand_in_kit::{Numbered, Script};

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
    /// What the model is said to have noticed of the person; left out, the first word that the schema has for it.
    #[serde(default)]
    pub concern: Option<String>,
    /// How much longer the request takes, in milliseconds of real time.
    #[serde(default)]
    pub delay_ms: u64,
}

impl Numbered for Scripted {
    fn id(&self) -> u64 {
        self.id
    }
    fn set_id(&mut self, id: u64) {
        self.id = id;
    }
}

/// All scripted replies; the newest match wins, so that a test can override an earlier script.
#[derive(Default)]
pub(crate) struct Replies {
    pub(crate) script: Script<Scripted>,
}

impl Replies {
    pub(crate) fn find(&self, newest: &str) -> Option<&Scripted> {
        let lower = newest.to_lowercase();
        let newest_first = self.script.list().iter().rev();
        let mut matching =
            newest_first.filter(|scripted| lower.contains(&scripted.text.to_lowercase()));
        matching.next()
    }
}
