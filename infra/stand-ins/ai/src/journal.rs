//! What was asked and answered, and counters. Never a key.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use stand_in_kit::{Log, Numbered, Outcome};

use crate::models::Vendor;

/// Entries kept.
const KEPT: usize = 2_000;
/// Characters of an answer's text that are kept.
const KEPT_TEXT: usize = 10_000;

/// Tokens of one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Usage {
    pub input: u64,
    pub cached: u64,
    /// Of the answer, with its reasoning.
    pub output: u64,
    pub reasoning: u64,
}

/// One request.
#[derive(Clone, Serialize)]
pub(crate) struct Call {
    pub seq: u64,
    pub at_ms: u64,
    pub vendor: Vendor,
    pub endpoint: String,
    pub model: Option<String>,
    /// The body as it was sent; of an upload its fields and the file's size.
    pub request: Value,
    /// The newest text of a user in it.
    pub newest: String,
    pub outcome: Outcome,
    /// The HTTP status; `None` when no answer was sent.
    pub status: Option<u16>,
    /// The scripted fault or the magic word that hit it.
    pub fault: Option<String>,
    /// The text that the model is said to have written, or the refusal.
    pub answer: String,
    pub duration_ms: u64,
    pub tokens: Usage,
}

impl Numbered for Call {
    fn id(&self) -> u64 {
        self.seq
    }
    fn set_id(&mut self, id: u64) {
        self.seq = id;
    }
}

/// What is known when a request ends.
pub(crate) struct End {
    pub outcome: Outcome,
    pub status: Option<u16>,
    pub answer: String,
    pub duration_ms: u64,
    pub tokens: Usage,
}

/// Counts of one vendor.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Counts {
    pub calls: u64,
    /// Answers by HTTP status; `0` when no answer was sent.
    pub statuses: BTreeMap<u16, u64>,
    pub cancelled: u64,
    pub input_tokens: u64,
    pub cached_tokens: u64,
    pub output_tokens: u64,
}

#[derive(Default)]
pub(crate) struct Journal {
    pub calls: Log<Call, KEPT>,
    pub counts: BTreeMap<Vendor, Counts>,
}

impl Journal {
    /// Notes a request that has arrived; answers its number.
    pub(crate) fn begin(&mut self, call: Call) -> u64 {
        self.counts.entry(call.vendor).or_default().calls += 1;
        self.calls.begin(call)
    }

    pub(crate) fn end(&mut self, vendor: Vendor, seq: u64, end: End) {
        let counts = self.counts.entry(vendor).or_default();
        *counts.statuses.entry(end.status.unwrap_or(0)).or_default() += 1;
        counts.cancelled += u64::from(end.outcome == Outcome::Cancelled);
        counts.input_tokens += end.tokens.input;
        counts.cached_tokens += end.tokens.cached;
        counts.output_tokens += end.tokens.output;
        self.calls.note(seq, |call| {
            call.outcome = end.outcome;
            call.status = end.status;
            call.answer = end.answer.chars().take(KEPT_TEXT).collect();
            call.duration_ms = end.duration_ms;
            call.tokens = end.tokens;
        });
    }

    /// Empties log and counters; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.calls.clear();
        self.counts.clear();
    }
}
