//! What was asked and answered, and what was delivered. Never a key or a secret.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

/// Entries kept of each kind.
const KEPT: usize = 5_000;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Held, delayed or being answered.
    Pending,
    Answered,
    /// The stand-in cut the connection on purpose.
    Cut,
    /// The caller hung up first.
    Cancelled,
}

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
    pub calls: VecDeque<Call>,
    pub tries: VecDeque<Try>,
    last: u64,
}

impl Journal {
    pub(crate) fn next_seq(&self) -> u64 {
        self.last + 1
    }

    pub(crate) fn start_at(&mut self, seq: u64) {
        self.last = seq.saturating_sub(1);
    }

    /// Notes a request that has arrived; answers its number.
    pub(crate) fn begin(&mut self, mut call: Call) -> u64 {
        self.last += 1;
        call.seq = self.last;
        if self.calls.len() == KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
        self.last
    }

    /// Changes an entry, if it is still kept.
    pub(crate) fn note(&mut self, seq: u64, change: impl FnOnce(&mut Call)) {
        if let Some(call) = self.calls.iter_mut().find(|call| call.seq == seq) {
            change(call);
        }
    }

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
