//! A request under way, from its first to its last entry in the log.

use std::time::Instant;

use serde_json::Value;
use stand_in_kit::Outcome;

use crate::{
    journal::{Call, End, Usage},
    models::Vendor,
    shared::Shared,
};

/// A request under way. Dropped before its end, it was cancelled by its caller.
pub(super) struct Pending<'a> {
    pub(super) shared: &'a Shared,
    pub(super) vendor: Vendor,
    pub(super) seq: u64,
    begun: Instant,
    ended: bool,
}

impl<'a> Pending<'a> {
    /// Notes a request that has arrived.
    pub(super) fn begin(shared: &'a Shared, vendor: Vendor, endpoint: &str) -> Self {
        let call = Call {
            seq: 0,
            at_ms: shared.now_ms(),
            vendor,
            endpoint: endpoint.to_owned(),
            model: None,
            request: Value::Null,
            newest: String::new(),
            outcome: Outcome::Pending,
            status: None,
            fault: None,
            answer: String::new(),
            duration_ms: 0,
            tokens: Usage::default(),
        };
        Self {
            shared,
            vendor,
            seq: shared.with(|world| world.journal.begin(call)),
            begun: Instant::now(),
            ended: false,
        }
    }

    /// Notes how it ended.
    pub(super) fn end(
        &mut self,
        outcome: Outcome,
        status: Option<u16>,
        answer: String,
        tokens: Usage,
    ) {
        self.ended = true;
        let end = End {
            outcome,
            status,
            answer,
            duration_ms: u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            tokens,
        };
        self.shared.with(|world| {
            world.held.remove(&self.seq);
            world.journal.end(self.vendor, self.seq, end);
        });
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.end(Outcome::Cancelled, None, String::new(), Usage::default());
        }
    }
}
