//! EventBridge Scheduler: `rate()`, `cron()` and `at()` by the injected clock, with retries and a dead-letter queue.
//!
//! Times missed while the clock jumped (or the host was down) are made up by one firing, not by one each. Time zones
//! other than UTC and flexible windows wider than a moment are not kept: a flexible schedule fires at its start.

mod expression;
mod firing;
mod wire;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::Place;
use crate::clock::wait_until;
use crate::error::{Error, ServiceError};
use crate::iam::Iam;
use crate::sqs::Sqs;
use expression::Expression;
pub(crate) use wire::operation;

const SCHEDULES: &str = "scheduler.schedule";

/// All schedules; clones share them.
#[derive(Clone)]
pub struct Scheduler {
    place: Place,
    sqs: Sqs,
    iam: Iam,
    schedules: Arc<Mutex<BTreeMap<String, Schedule>>>,
    target: Arc<RwLock<Option<Arc<dyn Target>>>>,
    changed: Arc<watch::Sender<u64>>,
    stopped: Arc<watch::Sender<bool>>,
}

/// Runs targets that are not queues (the host's functions).
pub trait Target: Send + Sync + 'static {
    /// Runs the target once; an error makes the scheduler retry and finally dead-letter.
    fn invoke<'a>(&'a self, invocation: &'a Invocation) -> BoxFuture<'a, Result<(), String>>;
}

/// One firing of a schedule.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// Name of the schedule.
    pub schedule: String,
    /// ARN of the schedule.
    pub schedule_arn: String,
    /// ARN of the target.
    pub target_arn: String,
    /// The payload: the schedule's `Input`, context attributes such as `<aws.scheduler.scheduled-time>` filled in.
    pub input: String,
    /// When it was due: milliseconds since the Unix epoch.
    pub scheduled_ms: i64,
    /// 1 for the first attempt.
    pub attempt: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Schedule {
    name: String,
    /// The request body as given.
    body: Value,
    created_ms: i64,
    modified_ms: i64,
    /// `None`: it will not fire again.
    next_ms: Option<i64>,
}

impl Scheduler {
    pub(crate) fn open(
        place: &Place,
        sqs: Sqs,
        iam: Iam,
        tasks: &mut JoinSet<()>,
    ) -> Result<Self, Error> {
        let this = Self {
            schedules: Arc::new(Mutex::new(
                place.state.load(SCHEDULES)?.into_iter().collect(),
            )),
            place: place.clone(),
            sqs,
            iam,
            target: Arc::default(),
            changed: Arc::new(watch::Sender::new(0)),
            stopped: Arc::new(watch::Sender::new(false)),
        };
        tasks.spawn(this.clone().run());
        Ok(this)
    }

    /// Sets who runs targets that are not SQS queues. Until then such a firing fails and is retried.
    pub fn set_target(&self, target: Arc<dyn Target>) {
        *self.target.write().unwrap_or_else(PoisonError::into_inner) = Some(target);
    }

    /// Creates or replaces a schedule from a `CreateSchedule` request body (`ScheduleExpression`, `Target` {`Arn`,
    /// `RoleArn`, `Input`, `RetryPolicy`, `DeadLetterConfig`}, `FlexibleTimeWindow`, `State`...). An unchanged schedule
    /// keeps its next time. Answers its ARN.
    pub fn put(&self, name: &str, schedule: &Value) -> Result<String, ServiceError> {
        let expression = wire::check(name, schedule)?;
        let now_ms = self.place.clock.now_ms();
        let mut schedules = self.lock();
        let present = schedules.get(name);
        if present.is_some_and(|present| present.body == *schedule) {
            return Ok(self.arn(name));
        }
        let entry = Schedule {
            name: name.to_owned(),
            body: schedule.clone(),
            created_ms: present.map_or(now_ms, |present| present.created_ms),
            modified_ms: now_ms,
            next_ms: first(&expression, schedule, now_ms),
        };
        self.place.state.put(SCHEDULES, name, &entry)?;
        schedules.insert(name.to_owned(), entry);
        drop(schedules);
        self.wake();
        Ok(self.arn(name))
    }

    /// Removes a schedule.
    pub fn remove(&self, name: &str) -> Result<(), ServiceError> {
        if self.lock().remove(name).is_none() {
            return Err(not_found(name));
        }
        Ok(self.place.state.delete(SCHEDULES, name)?)
    }

    /// Names of all schedules.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// When a schedule fires next, milliseconds since the Unix epoch; `None` when it will not.
    pub fn next(&self, name: &str) -> Result<Option<i64>, ServiceError> {
        self.lock()
            .get(name)
            .map(|schedule| schedule.next_ms)
            .ok_or_else(|| not_found(name))
    }

    /// Fires a schedule now, besides its times.
    pub fn fire(&self, name: &str) -> Result<(), ServiceError> {
        let mut schedules = self.lock();
        let schedule = schedules.get_mut(name).ok_or_else(|| not_found(name))?;
        schedule.next_ms = Some(self.place.clock.now_ms());
        drop(schedules);
        self.wake();
        Ok(())
    }

    pub(crate) fn stop(&self) {
        self.stopped.send_replace(true);
    }

    /// Waits for the next time, fires what is due, and so on. Firings run beside each other.
    async fn run(self) {
        let mut firings = JoinSet::new();
        let mut changes = self.changed.subscribe();
        let mut stopped = self.stopped.subscribe();
        loop {
            changes.mark_unchanged();
            for (schedule, due_ms) in self.take_due() {
                firings.spawn(firing::fire(self.clone(), schedule, due_ms));
            }
            let next = self
                .lock()
                .values()
                .filter_map(|schedule| schedule.next_ms)
                .min();
            let wait = async {
                match next {
                    Some(at) => wait_until(&*self.place.clock, at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = wait => {}
                _ = changes.changed() => {}
                Some(_) = firings.join_next(), if !firings.is_empty() => {}
                () = crate::stopped(&mut stopped) => return,
            }
        }
    }

    /// Schedules that are due, moved on to their next time.
    fn take_due(&self) -> Vec<(Schedule, i64)> {
        let now_ms = self.place.clock.now_ms();
        let mut schedules = self.lock();
        let mut due = Vec::new();
        let mut finished = Vec::new();
        for schedule in schedules.values_mut() {
            let Some(at) = schedule.next_ms.filter(|at| *at <= now_ms) else {
                continue;
            };
            schedule.next_ms = schedule.following(at, now_ms);
            due.push((schedule.clone(), at));
            if schedule.next_ms.is_none() && schedule.body["ActionAfterCompletion"] == "DELETE" {
                finished.push(schedule.name.clone());
            } else if let Err(error) = self.place.state.put(SCHEDULES, &schedule.name, &schedule) {
                tracing::error!(error = %error, schedule = %schedule.name, "schedule could not be stored");
            }
        }
        for name in finished {
            schedules.remove(&name);
            if let Err(error) = self.place.state.delete(SCHEDULES, &name) {
                tracing::error!(error = %error, schedule = %name, "schedule could not be removed");
            }
        }
        due
    }

    fn arn(&self, name: &str) -> String {
        self.place
            .arn("scheduler", &format!("schedule/default/{name}"))
    }

    fn wake(&self) {
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Schedule>> {
        self.schedules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schedule {
    /// The time after `at`, never in the past: missed times are not made up one by one.
    fn following(&self, at: i64, now_ms: i64) -> Option<i64> {
        let expression = Expression::parse(self.body["ScheduleExpression"].as_str()?)?;
        within(&self.body, expression.after(at, now_ms))
    }
}

/// The first time of a new schedule: a rate starts at once (or at its start date), the others at their next time.
fn first(expression: &Expression, body: &Value, now_ms: i64) -> Option<i64> {
    if body["State"] == "DISABLED" {
        return None;
    }
    let start_ms = wire::date_ms(&body["StartDate"])
        .filter(|start| *start > now_ms)
        .unwrap_or(now_ms);
    let first = match expression {
        Expression::Rate(_) => Some(start_ms),
        Expression::At(at) => Some(*at),
        Expression::Cron(_) => expression.after(start_ms - 1, start_ms - 1),
    };
    within(body, first)
}

fn within(body: &Value, time: Option<i64>) -> Option<i64> {
    let end = wire::date_ms(&body["EndDate"]);
    time.filter(|at| end.is_none_or(|end| *at <= end))
}

fn not_found(name: &str) -> ServiceError {
    ServiceError::with_status(
        404,
        "ResourceNotFoundException",
        format!("Schedule {name} does not exist."),
    )
}
