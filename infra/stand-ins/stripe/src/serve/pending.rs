//! A request under way, from its first to its last entry in the log.

use serde_json::Value;
use stand_in_kit::Outcome;

use super::{Incoming, Ready, version_of};
use crate::{idempotency::Kept, journal::Call, random, shared::Shared};

/// A request under way. Dropped before its end, it was cancelled by its caller.
pub(super) struct Pending<'a> {
    pub(super) shared: &'a Shared,
    pub(super) seq: u64,
    /// Its id, as headers and events name it.
    pub(super) request: String,
    pub(super) version: String,
    /// The idempotency key that this request holds.
    pub(super) claimed: Option<String>,
    ended: bool,
}

impl<'a> Pending<'a> {
    /// Notes a request that has arrived.
    pub(super) fn begin(shared: &'a Shared, incoming: &Incoming) -> Self {
        let (seq, request, version) = shared.with(|world| {
            let request = random::id(&mut world.state.generator, "req");
            let call = Call {
                seq: 0,
                at: world.state.now,
                request: request.clone(),
                verb: incoming.verb.clone(),
                path: incoming.path.clone(),
                params: Value::Null,
                version: incoming.version.clone(),
                idempotency_key: incoming.idempotency_key.clone(),
                outcome: Outcome::Pending,
                status: None,
                fault: None,
                replayed: false,
                carried_out: false,
            };
            let version = version_of(world, incoming);
            (world.journal.calls.begin(call), request, version)
        });
        Self {
            shared,
            seq,
            request,
            version,
            claimed: None,
            ended: false,
        }
    }

    /// Keeps the answer under the claimed key, as Stripe does: not what failed before anything was done.
    pub(super) fn keep(&mut self, ready: &Ready) {
        let is_kept = ready.status < 400 || ready.status == 402 || ready.status >= 500;
        let body = ready.body.clone().filter(|_| is_kept);
        if let Some((key, body)) = self.claimed.as_ref().zip(body) {
            let kept = Kept {
                status: ready.status,
                body,
                request: self.request.clone(),
            };
            self.shared.with(|world| world.keys.keep(key, kept));
        }
    }

    /// Notes how it ended.
    pub(super) fn end(&mut self, outcome: Outcome, status: Option<u16>) {
        self.ended = true;
        self.shared.with(|world| {
            if let Some(key) = &self.claimed {
                world.keys.free(key);
            }
            world.held.remove(&self.seq);
            world.journal.calls.note(self.seq, |call| {
                call.outcome = outcome;
                call.status = status;
            });
        });
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.end(Outcome::Cancelled, None);
        }
    }
}
