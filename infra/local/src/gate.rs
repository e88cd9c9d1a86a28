//! The host's place around every AWS call: counting, kill plans, faults, and what each role really used.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use emulator::gate::{After, Before, Fault, Gate};
use emulator::record::{Call, Record};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::runtime::calls::{Caller, Live, Tracker};

/// Refusals kept; the oldest go first.
const KEPT_DENIALS: usize = 5_000;

/// What goes wrong, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// What happens.
    pub kind: FaultKind,
    /// Only this service, by signing name (`dynamodb`).
    #[serde(default)]
    pub service: Option<String>,
    /// Only this operation (`TransactWriteItems`).
    #[serde(default)]
    pub operation: Option<String>,
    /// Only calls of this function, by name. Calls that belong to no invocation never match.
    #[serde(default)]
    pub function: Option<String>,
    /// How often; absent: until cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// Let this many matching calls pass first.
    #[serde(default)]
    pub skip: u32,
    /// For `slow`: how long, in milliseconds of real time.
    #[serde(default)]
    pub delay_ms: u64,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The service throttles.
    Throttle,
    /// DynamoDB finds another transaction on the same items.
    TransactionConflict,
    /// The service fails with a 500.
    Unavailable,
    /// The call takes longer.
    Slow,
    /// The connection is cut before anything happened.
    CutBefore,
    /// The call is carried out, but its answer is lost.
    CutAfter,
}

/// A call that IAM refused.
#[derive(Debug, Clone, Serialize)]
pub struct Denial {
    /// Role that called.
    pub role_arn: String,
    /// Action that was refused.
    pub action: String,
    /// Resource asked for.
    pub resource: String,
    /// When, milliseconds since the Unix epoch by the host's clock.
    pub at_ms: i64,
    /// How often the same refusal came.
    pub times: u64,
}

/// The gate of the host.
#[derive(Debug, Default)]
pub struct HostGate {
    pub(crate) tracker: Arc<Tracker>,
    faults: Mutex<Vec<FaultRule>>,
    used: Mutex<BTreeMap<String, BTreeSet<String>>>,
    denials: Mutex<VecDeque<Denial>>,
    /// Simulated network latency of each call, in milliseconds.
    latency_ms: Arc<AtomicU64>,
    /// Invocation of each kept call, by the call's number.
    owners: Mutex<BTreeMap<u64, (String, String)>>,
}

/// Calls whose invocation is remembered.
const KEPT_OWNERS: usize = 200_000;

impl HostGate {
    pub(crate) fn new(tracker: Arc<Tracker>) -> Self {
        Self {
            tracker,
            ..Self::default()
        }
    }

    /// Makes every remote call of a function (AWS, Telegram, AI vendors) take this much longer. Round trips are exact when
    /// the latency is longer than a function needs to issue calls that run side by side; without it they are an upper bound.
    pub fn set_latency(&self, latency: Duration) {
        self.latency_ms.store(
            u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),
            Ordering::Relaxed,
        );
    }

    /// The simulated latency.
    #[must_use]
    pub fn latency(&self) -> Duration {
        Duration::from_millis(self.latency_ms.load(Ordering::Relaxed))
    }

    /// The latency's cell, for what the relay forwards.
    pub(crate) fn latency_cell(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.latency_ms)
    }

    /// Adds a fault.
    pub fn add_fault(&self, rule: FaultRule) {
        lock(&self.faults).push(rule);
    }

    /// Faults that are still to come.
    #[must_use]
    pub fn faults(&self) -> Vec<FaultRule> {
        lock(&self.faults).clone()
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        lock(&self.faults).clear();
    }

    /// Actions that each role was allowed and used, by role ARN.
    #[must_use]
    pub fn used(&self) -> BTreeMap<String, BTreeSet<String>> {
        lock(&self.used).clone()
    }

    /// Notes an action that the platform takes in a role's name (a source's polling).
    pub(crate) fn note_used(&self, role_arn: &str, action: &str) {
        lock(&self.used)
            .entry(role_arn.to_owned())
            .or_default()
            .insert(action.to_owned());
    }

    /// Calls refused by IAM.
    #[must_use]
    pub fn denials(&self) -> Vec<Denial> {
        lock(&self.denials).iter().cloned().collect()
    }

    /// Function and request id of the invocation that made a call.
    #[must_use]
    pub fn owner(&self, seq: u64) -> Option<(String, String)> {
        lock(&self.owners).get(&seq).cloned()
    }

    pub(crate) fn forget(&self) {
        self.clear_faults();
        lock(&self.denials).clear();
        lock(&self.owners).clear();
    }

    fn take_fault(&self, call: &Call, function: Option<&str>, after: bool) -> Option<FaultRule> {
        let mut faults = lock(&self.faults);
        let index = faults.iter().position(|rule| {
            (rule.kind == FaultKind::CutAfter) == after
                && rule
                    .service
                    .as_deref()
                    .is_none_or(|service| service == call.service)
                && rule
                    .operation
                    .as_deref()
                    .is_none_or(|operation| operation == call.operation)
                && rule
                    .function
                    .as_deref()
                    .is_none_or(|wanted| Some(wanted) == function)
                && !call.principal.platform
        })?;
        let rule = &mut faults[index];
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        let taken = rule.clone();
        if let Some(times) = &mut rule.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                faults.remove(index);
            }
        }
        Some(taken)
    }

    fn note_owner(&self, seq: u64, live: &Live) {
        let mut owners = lock(&self.owners);
        if owners.len() >= KEPT_OWNERS {
            owners.pop_first();
        }
        owners.insert(seq, (live.function.clone(), live.request_id.clone()));
    }

    fn note(&self, record: &Record) {
        let Some(role) = &record.call.principal.role_arn else {
            return;
        };
        for check in &record.call.checks {
            if check.decision.is_allowed() {
                self.note_used(role, &check.request.action);
                continue;
            }
            let mut denials = lock(&self.denials);
            let (action, resource) = (&check.request.action, &check.request.resource);
            let known = denials
                .iter_mut()
                .find(|d| d.role_arn == *role && d.action == *action && d.resource == *resource);
            if let Some(known) = known {
                known.times += 1;
                known.at_ms = record.call.at_ms;
            } else {
                if denials.len() >= KEPT_DENIALS {
                    denials.pop_front();
                }
                denials.push_back(Denial {
                    role_arn: role.clone(),
                    action: action.clone(),
                    resource: resource.clone(),
                    at_ms: record.call.at_ms,
                    times: 1,
                });
            }
        }
    }
}

impl Gate for HostGate {
    fn before<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Before> {
        Box::pin(async move {
            let caller = Caller {
                trace_id: call.trace_id.as_deref(),
                key_id: &call.principal.access_key_id,
            };
            let live = self.tracker.find(&caller);
            let function = live.as_ref().map(|live| live.function.clone());
            if let Some(live) = live {
                self.note_owner(call.seq, &live);
                if self
                    .tracker
                    .call_begins(live, call.seq, &operation(call))
                    .await
                {
                    return Before::Fault(Fault::Cut);
                }
            }
            match self.take_fault(call, function.as_deref(), false) {
                None => Before::Proceed,
                Some(rule) => Before::Fault(match rule.kind {
                    FaultKind::Throttle => Fault::Throttle,
                    FaultKind::TransactionConflict => Fault::TransactionConflict,
                    FaultKind::Slow => Fault::Slow(Duration::from_millis(rule.delay_ms)),
                    FaultKind::CutBefore => Fault::Cut,
                    FaultKind::Unavailable | FaultKind::CutAfter => Fault::Unavailable,
                }),
            }
        })
    }

    fn after<'a>(&'a self, record: &'a Record) -> BoxFuture<'a, After> {
        Box::pin(async move {
            self.note(record);
            if !record.call.principal.platform && !self.latency().is_zero() {
                tokio::time::sleep(self.latency()).await;
            }
            if self
                .tracker
                .call_ends(record.call.seq, &operation(&record.call))
                .await
            {
                return After::Cut;
            }
            let function = self.owner(record.call.seq).map(|(function, _)| function);
            match self.take_fault(&record.call, function.as_deref(), true) {
                Some(_) => After::Cut,
                None => After::Answer,
            }
        })
    }
}

fn operation(call: &Call) -> String {
    format!("{}:{}", call.service, call.operation)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
