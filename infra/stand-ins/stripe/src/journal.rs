//! What was asked and answered, and what was delivered. Never a key or a secret.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;
use stand_in_kit::{Log, Numbered, Outcome};

/// Entries kept of each kind.
const KEPT: usize = 5_000;

/// One request to the API.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    pub seq: u64,
    pub at: i64,
    pub request: String,
    pub verb: String,
    pub path: String,
    /// The parameters as they were read.
    pub params: Value,
    pub version: Option<String>,
    pub idempotency_key: Option<String>,
    pub outcome: Outcome,
    /// The HTTP status; `None` when no answer was sent.
    pub status: Option<u16>,
    /// The scripted fault that hit it.
    pub fault: Option<&'static str>,
    /// Whether the answer is one that was kept.
    pub replayed: bool,
    pub carried_out: bool,
}

impl Numbered for Call {
    fn id(&self) -> u64 {
        self.seq
    }
    fn set_id(&mut self, id: u64) {
        self.seq = id;
    }
}

/// One try of a webhook.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Try {
    pub at: i64,
    pub endpoint: String,
    pub event: String,
    pub kind: String,
    pub form: crate::delivery::Form,
    /// 1 for the first try.
    pub attempt: u32,
    pub status: Option<u16>,
    pub error: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub calls: Log<Call, KEPT>,
    pub tries: VecDeque<Try>,
}

impl Journal {
    pub(crate) fn tried(&mut self, entry: Try) {
        if self.tries.len() == KEPT {
            self.tries.pop_front();
        }
        self.tries.push_back(entry);
    }

    pub(crate) fn pending(&self) -> usize {
        let calls = self.calls.iter();
        calls
            .filter(|call| call.outcome == Outcome::Pending)
            .count()
    }

    /// Empties both logs; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.calls.clear();
        self.tries.clear();
    }
}
