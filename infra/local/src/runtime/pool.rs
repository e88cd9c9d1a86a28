//! All sandboxes of one function, and what every sandbox shares.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use emulator::Clock as _;
use emulator::ShiftClock;
use emulator::iam::{AccessKey, Iam};
use serde::Serialize;
use tokio::sync::{Semaphore, watch};

use super::calls::Tracker;
use super::log::LogBook;
use super::record::{Ending, History, Invocation};
use super::relay::Relay;
use super::sandbox::{Age, Delivery, Ended, Reply, Sandbox};
use super::server::{PAYLOAD_LIMIT, failure_body};
use super::{InvokeError, Request};
use crate::ids;
use crate::template::Function;

/// Gives each sandbox an access key of its function's role.
pub(crate) struct Credentials(pub(crate) Iam);

impl Credentials {
    pub(super) fn issue(&self, role_arn: &str) -> Result<AccessKey, emulator::Error> {
        self.0.issue_key(role_arn)
    }

    pub(super) fn revoke(&self, key_id: &str) {
        if let Err(error) = self.0.revoke_key(key_id) {
            tracing::warn!(%error, "an access key could not be withdrawn");
        }
    }
}

/// What all sandboxes of all functions share.
pub(crate) struct Shared {
    pub(crate) binaries: PathBuf,
    pub(crate) region: String,
    pub(crate) aws_endpoint: String,
    /// Values that replace those of the template where a template has the variable.
    pub(crate) overrides: HashMap<String, String>,
    /// Variables that every function gets besides, for tests.
    pub(crate) extra: std::collections::BTreeMap<String, String>,
    pub(crate) clock: Arc<ShiftClock>,
    pub(crate) credentials: Credentials,
    pub(crate) tracker: Arc<Tracker>,
    pub(crate) relay: Relay,
    pub(crate) log: Arc<LogBook>,
    pub(crate) history: Arc<History>,
}

/// The sandboxes of one function.
pub(super) struct Pool {
    pub(super) function: Function,
    shared: Arc<Shared>,
    idle: Mutex<Vec<Sandbox>>,
    /// Kill switches of busy sandboxes, by sandbox id.
    busy: Mutex<HashMap<String, super::sandbox::KillSwitch>>,
    slots: Semaphore,
    concurrency: u32,
    /// Sandboxes of an older generation are retired instead of reused.
    generation: AtomicU64,
    paused: watch::Sender<bool>,
    counts: Mutex<Counts>,
}

/// Running totals of one function.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    /// Invocations that ended.
    pub invocations: u64,
    /// Of these, how many did not answer.
    pub errors: u64,
    /// Of these, how many started a process.
    pub cold_starts: u64,
}

/// A function as the control page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct FunctionState {
    /// The function.
    #[serde(flatten)]
    pub function: Function,
    /// Processes waiting for work.
    pub idle: usize,
    /// Processes at work.
    pub busy: usize,
    /// Whether new invocations wait.
    pub paused: bool,
    /// Running totals.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Pool {
    pub(super) fn new(function: Function, concurrency: u32, shared: Arc<Shared>) -> Self {
        let concurrency = function.reserved_concurrency.unwrap_or(concurrency).max(1);
        Self {
            function,
            shared,
            idle: Mutex::default(),
            busy: Mutex::default(),
            slots: Semaphore::new(concurrency as usize),
            concurrency,
            generation: AtomicU64::new(0),
            paused: watch::Sender::new(false),
            counts: Mutex::default(),
        }
    }

    /// Runs one invocation: in a warm sandbox when there is one, else in a new one. Waits for a free slot.
    pub(super) async fn invoke(&self, request: Request) -> Result<Bytes, InvokeError> {
        if request.payload.len() > PAYLOAD_LIMIT {
            return Err(InvokeError::TooLarge {
                bytes: request.payload.len(),
            });
        }
        let arrived = Instant::now();
        let _ = self.paused.subscribe().wait_for(|paused| !paused).await;
        let Ok(_slot) = self.slots.acquire().await else {
            return Err(InvokeError::Stopped);
        };
        let waited = arrived.elapsed();
        let started_ms = self.shared.clock.now_ms();
        let ids = Ids::new(request.trace_root.as_deref());
        let mut record = Invocation {
            request_id: ids.request.clone(),
            trace_id: ids.trace.clone(),
            function: self.function.name.clone(),
            handler: self.function.handler.clone(),
            source: request.source,
            started_ms,
            sandbox: String::new(),
            cold: false,
            init_ms: None,
            duration_ms: 0.0,
            waited_ms: millis(waited),
            ending: Ending::InitFailed,
            error: None,
            peak_rss_kib: None,
            cpu_ms: None,
            calls: 0,
            round_trips: 0,
            init_calls: 0,
            request_bytes: request.payload.len(),
            response_bytes: 0,
        };
        let age = self.age();
        let mut sandbox = match self.warm(age) {
            Some(sandbox) => sandbox,
            None => {
                record.cold = true;
                match Sandbox::start(&self.shared, &self.function, age).await {
                    Ok(sandbox) => sandbox,
                    Err(failure) => {
                        record.error = Some(failure.0.clone());
                        self.finish(record);
                        return Err(InvokeError::Init {
                            function: self.function.handler.clone(),
                            reason: failure.0,
                        });
                    }
                }
            }
        };
        if record.cold {
            record.init_ms = Some(millis(sandbox.init));
            record.init_calls = sandbox.desk.holder.idle_calls();
        }
        record.sandbox.clone_from(&sandbox.id);
        self.busy().insert(sandbox.id.clone(), sandbox.kill.clone());
        // Dropping the guard (the caller gave up) frees the entry; the sandbox itself dies with its own drop.
        let _busy = BusyGuard {
            pool: self,
            sandbox: sandbox.id.clone(),
        };
        let outcome = self
            .run(&mut sandbox, ids, request.payload, &mut record)
            .await;
        self.finish(record);
        if outcome
            .as_ref()
            .err()
            .is_none_or(|error| matches!(error, InvokeError::Function { .. }))
            && sandbox.age == self.age()
            && !sandbox.kill.has_ended()
        {
            self.idle().push(sandbox);
        }
        outcome
    }

    async fn run(
        &self,
        sandbox: &mut Sandbox,
        ids: Ids,
        payload: Bytes,
        record: &mut Invocation,
    ) -> Result<Bytes, InvokeError> {
        let limit = Duration::from_secs(self.function.timeout_seconds.into());
        let deadline = SystemTime::now() + limit;
        let live = sandbox.live(&ids.request, &self.function.name);
        let tracker = &self.shared.tracker;
        tracker.started(&ids.span, &sandbox.desk.holder, Arc::clone(&live));
        let ended_guard = Untrack {
            tracker,
            span: &ids.span,
            sandbox: Arc::clone(&sandbox.desk),
            request: &ids.request,
        };
        let begun = Instant::now();
        let ended = sandbox
            .call(
                Delivery {
                    request_id: ids.request.clone(),
                    trace_id: ids.trace.clone(),
                    deadline_ms: deadline
                        .duration_since(UNIX_EPOCH)
                        .unwrap_or_default()
                        .as_millis(),
                    payload,
                },
                limit,
            )
            .await;
        record.duration_ms = millis(begun.elapsed());
        (record.cpu_ms, record.peak_rss_kib) = sandbox.usage();
        if matches!(ended, Ended::TimedOut) {
            sandbox.kill.kill("ran past its time-out").await;
        }
        (record.calls, record.round_trips) = live.totals();
        drop(ended_guard);
        match ended {
            Ended::Reply(Reply::Answer(answer)) => {
                record.ending = Ending::Answered;
                record.response_bytes = answer.len();
                Ok(answer)
            }
            Ended::Reply(Reply::Failure { kind, body }) => {
                record.ending = Ending::Failed;
                record.error = Some(kind.clone());
                Err(InvokeError::Function { kind, body })
            }
            Ended::TimedOut => {
                record.ending = Ending::TimedOut;
                record.error = Some("Sandbox.Timedout".into());
                let message = format!(
                    "task timed out after {}.00 seconds",
                    self.function.timeout_seconds
                );
                Err(InvokeError::TimedOut {
                    body: failure_body("Sandbox.Timedout", &message),
                })
            }
            Ended::Exited(reason) => {
                record.ending = Ending::Exited;
                record.error = Some(reason.clone());
                Err(InvokeError::Exited { reason })
            }
        }
    }

    /// From when a process that starts now is.
    fn age(&self) -> Age {
        Age {
            generation: self.generation.load(Ordering::Acquire),
            offset_seconds: self.shared.clock.offset_ms().div_euclid(1000),
        }
    }

    /// A sandbox that waits for work; those that died, are not from now or run an older build are dropped on
    /// the way.
    fn warm(&self, age: Age) -> Option<Sandbox> {
        let built = super::sandbox::built(&self.shared.binaries.join(&self.function.binary));
        let mut idle = self.idle();
        while let Some(sandbox) = idle.pop() {
            if sandbox.age == age && sandbox.built == built && !sandbox.kill.has_ended() {
                return Some(sandbox);
            }
        }
        None
    }

    fn finish(&self, record: Invocation) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.invocations += 1;
        counts.errors += u64::from(record.ending != Ending::Answered);
        counts.cold_starts += u64::from(record.cold);
        drop(counts);
        self.shared.history.push(record);
    }

    /// Idle processes end at once, busy ones after their invocation; the next invocation starts cold.
    pub(super) async fn recycle(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let retired = std::mem::take(&mut *self.idle());
        for sandbox in retired {
            sandbox.kill.kill("recycled").await;
        }
    }

    /// Kills all processes now, in the middle of whatever they do. Answers how many.
    pub(super) async fn kill(&self, why: &'static str) -> usize {
        self.generation.fetch_add(1, Ordering::AcqRel);
        let mut switches: Vec<_> = self.busy().values().cloned().collect();
        let retired = std::mem::take(&mut *self.idle());
        switches.extend(retired.iter().map(|sandbox| sandbox.kill.clone()));
        for switch in &switches {
            switch.kill(why).await;
        }
        switches.len()
    }

    pub(super) fn pause(&self, paused: bool) {
        self.paused.send_replace(paused);
    }

    /// No new work; what waits is told that the host stops.
    pub(super) fn close(&self) {
        self.slots.close();
        self.pause(false);
    }

    pub(super) fn busy_count(&self) -> usize {
        self.busy().len()
    }

    /// Invocations from before their process starts until after their end.
    pub(super) fn under_way(&self) -> usize {
        (self.concurrency as usize).saturating_sub(self.slots.available_permits())
    }

    pub(super) fn is_paused(&self) -> bool {
        *self.paused.borrow()
    }

    pub(super) fn state(&self) -> FunctionState {
        FunctionState {
            function: self.function.clone(),
            idle: self.idle().len(),
            busy: self.busy_count(),
            paused: self.is_paused(),
            counts: *self.counts.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Sandbox>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn busy(&self) -> std::sync::MutexGuard<'_, HashMap<String, super::sandbox::KillSwitch>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct BusyGuard<'a> {
    pool: &'a Pool,
    sandbox: String,
}

impl Drop for BusyGuard<'_> {
    fn drop(&mut self) {
        self.pool.busy().remove(&self.sandbox);
    }
}

/// Takes an invocation out of the tracker, also when the caller gives up in the middle.
struct Untrack<'a> {
    tracker: &'a Tracker,
    span: &'a str,
    sandbox: Arc<super::sandbox::Desk>,
    request: &'a str,
}

impl Drop for Untrack<'_> {
    fn drop(&mut self) {
        self.tracker.ended(self.span, &self.sandbox.holder);
        self.tracker.settle(self.request);
    }
}

/// Ids of one invocation.
struct Ids {
    request: String,
    span: String,
    trace: String,
}

impl Ids {
    fn new(root: Option<&str>) -> Self {
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let root = root.map_or_else(
            || format!("1-{seconds:08x}-{}", ids::hex(12)),
            str::to_owned,
        );
        let span = ids::hex(8);
        Self {
            request: ids::uuid(),
            trace: format!("Root={root};Parent={span};Sampled=1"),
            span,
        }
    }
}

pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
