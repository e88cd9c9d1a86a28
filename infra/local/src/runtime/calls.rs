//! Remote calls of running invocations: counted, chained into round trips, and used as kill points.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::kill::{Kill, KillPlan, Plans};
use super::sandbox::KillSwitch;

/// One running invocation, as the recorder of calls sees it.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) request_id: String,
    pub(crate) function: String,
    kill: KillSwitch,
    calls: Mutex<Calls>,
}

#[derive(Debug, Default)]
struct Calls {
    begun: u32,
    /// Depth of the deepest call that has ended.
    depth: u32,
    /// Depth of each call under way, by its number.
    open: HashMap<u64, u32>,
}

impl Live {
    pub(crate) fn new(request_id: String, function: String, kill: KillSwitch) -> Self {
        Self {
            request_id,
            function,
            kill,
            calls: Mutex::default(),
        }
    }

    /// Notes that a call begins; answers its place in the invocation, from 1.
    fn begin(&self, number: u64) -> u32 {
        let mut calls = lock(&self.calls);
        calls.begun += 1;
        let depth = calls.depth + 1;
        calls.open.insert(number, depth);
        calls.begun
    }

    /// Notes that a call has ended.
    fn end(&self, number: u64) {
        let mut calls = lock(&self.calls);
        if let Some(depth) = calls.open.remove(&number) {
            calls.depth = calls.depth.max(depth);
        }
    }

    /// Calls begun and the longest chain among them. A call cut in the middle counts as one step.
    pub(crate) fn totals(&self) -> (u32, u32) {
        let calls = lock(&self.calls);
        let open = calls.open.values().copied().max().unwrap_or(0);
        (calls.begun, calls.depth.max(open))
    }
}

/// All running invocations, the kill plans and the kills so far.
#[derive(Debug, Default)]
pub(crate) struct Tracker {
    by_span: RwLock<HashMap<String, Arc<Live>>>,
    by_key: RwLock<HashMap<String, Arc<Holder>>>,
    /// Calls under way, by their number.
    open: Mutex<HashMap<u64, OpenCall>>,
    /// Calls begun, by request id and operation.
    by_operation: Mutex<HashMap<(String, String), u32>>,
    plans: Mutex<Plans>,
    kills: Mutex<Vec<Kill>>,
}

/// A call under way: its invocation, its place in it, and its place among the calls of the same operation.
#[derive(Debug)]
struct OpenCall {
    live: Arc<Live>,
    place: u32,
    of_operation: u32,
    since: Instant,
}

/// What a sandbox's key is doing: its running invocation, and the calls made while it had none.
#[derive(Debug, Default)]
pub(crate) struct Holder {
    live: Mutex<Option<Arc<Live>>>,
    /// Request id of the invocation that was the last to start, running or not.
    latest: Mutex<Option<String>>,
    idle_calls: Mutex<u32>,
}

impl Holder {
    pub(crate) fn idle_calls(&self) -> u32 {
        *lock(&self.idle_calls)
    }

    pub(crate) fn latest(&self) -> Option<String> {
        lock(&self.latest).clone()
    }

    pub(crate) fn current(&self) -> Option<Arc<Live>> {
        lock(&self.live).clone()
    }
}

/// How a call names who makes it.
pub(crate) struct Caller<'a> {
    pub(crate) trace_id: Option<&'a str>,
    pub(crate) key_id: &'a str,
}

impl Tracker {
    /// Announces a sandbox's access key.
    pub(crate) fn adopt(&self, key_id: &str) -> Arc<Holder> {
        let holder = Arc::new(Holder::default());
        write(&self.by_key).insert(key_id.to_owned(), Arc::clone(&holder));
        holder
    }

    /// Forgets a sandbox's access key.
    pub(crate) fn forget(&self, key_id: &str) {
        write(&self.by_key).remove(key_id);
    }

    pub(crate) fn started(&self, span: &str, holder: &Holder, live: Arc<Live>) {
        *lock(&holder.live) = Some(Arc::clone(&live));
        *lock(&holder.latest) = Some(live.request_id.clone());
        write(&self.by_span).insert(span.to_owned(), live);
    }

    pub(crate) fn ended(&self, span: &str, holder: &Holder) {
        *lock(&holder.live) = None;
        write(&self.by_span).remove(span);
    }

    /// The invocation that makes a call: by the span in its trace header (tenant sessions have keys of their own), else
    /// by its access key.
    pub(crate) fn find(&self, caller: &Caller<'_>) -> Option<Arc<Live>> {
        if let Some(span) = caller.trace_id.and_then(span)
            && let Some(live) = read(&self.by_span).get(span)
        {
            return Some(Arc::clone(live));
        }
        let holder = read(&self.by_key).get(caller.key_id).cloned()?;
        let live = holder.current();
        if live.is_none() {
            *lock(&holder.idle_calls) += 1;
        }
        live
    }

    /// A call begins. True when a plan killed the function first: the call must not be carried out.
    pub(crate) async fn call_begins(&self, live: Arc<Live>, number: u64, operation: &str) -> bool {
        let place = live.begin(number);
        let of_operation = {
            let mut counts = lock(&self.by_operation);
            let count = counts
                .entry((live.request_id.clone(), operation.to_owned()))
                .or_insert(0);
            *count += 1;
            *count
        };
        if self
            .kill_if_planned(&live, "before", place, of_operation, operation)
            .await
        {
            live.end(number);
            return true;
        }
        lock(&self.open).insert(
            number,
            OpenCall {
                live,
                place,
                of_operation,
                since: Instant::now(),
            },
        );
        false
    }

    /// A call has ended. True when a plan killed the function: the answer must not be sent.
    pub(crate) async fn call_ends(&self, number: u64, operation: &str) -> bool {
        let Some(OpenCall {
            live,
            place,
            of_operation,
            ..
        }) = lock(&self.open).remove(&number)
        else {
            return false;
        };
        let killed = self
            .kill_if_planned(&live, "after", place, of_operation, operation)
            .await;
        live.end(number);
        killed
    }

    /// How many invocations of each function have waited so long for one answer.
    pub(crate) fn held(&self, patience: Duration) -> BTreeMap<String, usize> {
        let open = lock(&self.open);
        let waiting = open
            .values()
            .filter(|call| call.since.elapsed() >= patience);
        let functions: BTreeMap<&str, &str> = waiting
            .map(|call| {
                let live = &call.live;
                (live.request_id.as_str(), live.function.as_str())
            })
            .collect();
        let mut held: BTreeMap<String, usize> = BTreeMap::new();
        for function in functions.into_values() {
            *held.entry(function.to_owned()).or_insert(0) += 1;
        }
        held
    }

    /// Drops the counts of an invocation that has ended.
    pub(crate) fn settle(&self, request_id: &str) {
        lock(&self.by_operation).retain(|(request, _), _| request != request_id);
        lock(&self.open).retain(|_, call| call.live.request_id != request_id);
    }

    async fn kill_if_planned(
        &self,
        live: &Live,
        moment: &'static str,
        place: u32,
        of_operation: u32,
        operation: &str,
    ) -> bool {
        if !lock(&self.plans).take(&live.function, moment, place, of_operation, operation) {
            return false;
        }
        lock(&self.kills).push(Kill {
            function: live.function.clone(),
            request_id: live.request_id.clone(),
            moment,
            call: place,
            operation: operation.to_owned(),
        });
        // Noted first: whoever waits for the invocation to end may look at the kills at once.
        live.kill.kill("killed by a plan").await;
        true
    }

    pub(crate) fn add_plan(&self, plan: KillPlan) {
        lock(&self.plans).0.push(plan);
    }

    pub(crate) fn plans(&self) -> Vec<KillPlan> {
        lock(&self.plans).0.clone()
    }

    pub(crate) fn clear_plans(&self) {
        lock(&self.plans).0.clear();
    }

    pub(crate) fn kills(&self) -> Vec<Kill> {
        lock(&self.kills).clone()
    }

    pub(crate) fn clear_kills(&self) {
        lock(&self.kills).clear();
    }
}

/// The parent span of an X-Ray header.
pub(crate) fn span(header: &str) -> Option<&str> {
    header
        .split(';')
        .find_map(|part| part.trim().strip_prefix("Parent="))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use std::time::Duration;

    use super::{Live, Tracker};
    use crate::runtime::sandbox::KillSwitch;

    #[test]
    fn parallel_calls_are_one_round_trip_and_sequential_ones_two() {
        let live = Live::new("r".into(), "f".into(), KillSwitch::dead());
        live.begin(1);
        live.begin(2);
        live.end(1);
        live.end(2);
        assert_eq!(live.totals(), (2, 1));
        live.begin(3);
        assert_eq!(live.totals(), (3, 2), "a call under way counts");
    }

    #[tokio::test]
    async fn an_invocation_is_held_while_one_of_its_calls_has_no_answer() {
        let tracker = Tracker::default();
        let live = Arc::new(Live::new("r".into(), "f".into(), KillSwitch::dead()));
        for number in [1, 2] {
            let call = tracker.call_begins(Arc::clone(&live), number, "s:Op");
            assert!(!call.await, "nobody planned a kill");
        }
        let held = BTreeMap::from([("f".to_owned(), 1)]);
        assert_eq!(tracker.held(Duration::ZERO), held);
        assert!(tracker.held(Duration::from_secs(60)).is_empty());
        for number in [1, 2] {
            assert!(!tracker.call_ends(number, "s:Op").await);
        }
        assert!(tracker.held(Duration::ZERO).is_empty());
    }
}
