//! What was called, by whom, and how it was decided.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::broadcast;

use crate::iam::{AccessRequest, Decision, Principal};

/// One call as known before it runs.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// Number in order of arrival, from 1.
    pub seq: u64,
    /// When it arrived, by the emulator's clock: milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// Who calls.
    pub principal: Principal,
    /// Signing name of the service: `dynamodb`, `sqs`, `kms`, `s3`, `ses`, `sts`, `scheduler`.
    pub service: String,
    /// Operation name, e.g. `TransactWriteItems`.
    pub operation: String,
    /// Every action that this call needs, each with its resource, its context and the decision.
    pub checks: Vec<Check>,
    /// `X-Amzn-Trace-Id` as sent, if any.
    pub trace_id: Option<String>,
    /// `amz-sdk-invocation-id` as sent: equal for all attempts of one SDK call.
    pub sdk_invocation_id: Option<String>,
    /// The request id that the answer carries.
    pub request_id: String,
}

impl Call {
    /// The overall decision: the first refusal, or allowed.
    #[must_use]
    pub fn decision(&self) -> Decision {
        self.checks
            .iter()
            .map(|check| check.decision)
            .find(|decision| !decision.is_allowed())
            .unwrap_or(Decision::Allow)
    }
}

/// One thing the caller must be allowed to do.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was asked; replay it with [`crate::iam::evaluate`].
    #[serde(flatten)]
    pub request: AccessRequest,
    /// True when a resource policy (a KMS key policy, a trust policy) grants it without the caller's own policies.
    pub granted_by_resource: bool,
    /// True when a resource policy refuses it, whatever the caller's own policies say.
    pub refused_by_resource: bool,
    /// How it was decided.
    pub decision: Decision,
}

/// One finished call.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// The call.
    #[serde(flatten)]
    pub call: Call,
    /// HTTP status answered.
    pub status: u16,
    /// AWS error code, if it failed.
    pub error: Option<String>,
    /// Whether the failure was injected by the gate.
    pub injected: bool,
    /// Time inside the emulator, in microseconds of real time, gates excluded.
    pub duration_us: u64,
}

/// Keeps the newest calls and tells subscribers of each.
#[derive(Debug)]
pub struct Recorder {
    kept: Mutex<Kept>,
    live: broadcast::Sender<Record>,
}

#[derive(Debug, Default)]
struct Kept {
    records: VecDeque<Record>,
    next_seq: u64,
    limit: usize,
}

/// Calls kept in memory unless [`Recorder::set_limit`] says otherwise.
pub const DEFAULT_KEPT: usize = 100_000;

impl Default for Recorder {
    fn default() -> Self {
        Self {
            kept: Mutex::new(Kept {
                limit: DEFAULT_KEPT,
                ..Kept::default()
            }),
            live: broadcast::Sender::new(4096),
        }
    }
}

impl Recorder {
    /// Changes how many calls are kept; the oldest go first.
    pub fn set_limit(&self, limit: usize) {
        self.lock().limit = limit;
    }

    /// Every call from now on, as it finishes. A subscriber that lags more than 4,096 calls is told so by the channel.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Record> {
        self.live.subscribe()
    }

    /// Kept calls with a number greater than `after`, in order of finishing.
    #[must_use]
    pub fn since(&self, after: u64) -> Vec<Record> {
        self.select(|record| record.call.seq > after)
    }

    /// Kept calls that `wanted` accepts, in order of finishing.
    #[must_use]
    pub fn select(&self, wanted: impl Fn(&Record) -> bool) -> Vec<Record> {
        self.lock()
            .records
            .iter()
            .filter(|record| wanted(record))
            .cloned()
            .collect()
    }

    /// How many kept calls `wanted` accepts.
    #[must_use]
    pub fn count(&self, wanted: impl Fn(&Record) -> bool) -> usize {
        self.lock()
            .records
            .iter()
            .filter(|record| wanted(record))
            .count()
    }

    /// The highest number given out so far.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.lock().next_seq
    }

    /// Forgets all kept calls; numbers go on.
    pub fn clear(&self) {
        self.lock().records.clear();
    }

    pub(crate) fn next_seq(&self) -> u64 {
        let mut kept = self.lock();
        kept.next_seq += 1;
        kept.next_seq
    }

    pub(crate) fn push(&self, record: Record) {
        let mut kept = self.lock();
        while kept.records.len() >= kept.limit.max(1) {
            kept.records.pop_front();
        }
        // Nearly always nobody listens, and no copy is made for them. Asked under the lock: whoever subscribes and then looks at what
        // is kept finds this call there, or is told of it.
        let copy = (self.live.receiver_count() > 0).then(|| record.clone());
        kept.records.push_back(record);
        drop(kept);
        if let Some(copy) = copy {
            // That whoever listened has left meanwhile is not an error.
            let _ = self.live.send(copy);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn record(seq: u64) -> Record {
        let principal = Principal {
            access_key_id: "AKIATEST".to_owned(),
            arn: "arn:aws:iam::1:root".to_owned(),
            role_arn: None,
            tags: BTreeMap::new(),
            platform: true,
        };
        Record {
            call: Call {
                seq,
                at_ms: 0,
                principal,
                service: "sqs".to_owned(),
                operation: "SendMessage".to_owned(),
                checks: Vec::new(),
                trace_id: None,
                sdk_invocation_id: None,
                request_id: "r".to_owned(),
            },
            status: 200,
            error: None,
            injected: false,
            duration_us: 1,
        }
    }

    #[test]
    fn whoever_subscribes_and_then_looks_at_what_is_kept_misses_no_call_that_ends_meanwhile() {
        const CALLS: u64 = 300;
        let recorder = Recorder::default();
        std::thread::scope(|scope| {
            let calls = scope.spawn(|| (1..=CALLS).for_each(|seq| recorder.push(record(seq))));
            loop {
                let mut live = recorder.subscribe();
                let kept = recorder.since(0).last().map_or(0, |last| last.call.seq);
                if kept == CALLS {
                    break;
                }
                let next = loop {
                    let is_over = calls.is_finished();
                    match live.try_recv() {
                        Ok(record) if record.call.seq <= kept => {}
                        Ok(record) => break Some(record.call.seq),
                        Err(_) if is_over => break None,
                        Err(_) => std::thread::yield_now(),
                    }
                };
                assert_eq!(next, Some(kept + 1), "none is neither kept nor told");
            }
        });
    }
}
