//! EventBridge Scheduler: `rate()`, `cron()` and `at()` by the injected clock, with retries and a dead-letter queue.

use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::error::{Error, ServiceError};
use crate::sqs::Sqs;
use crate::Place;

/// All schedules; clones share them.
#[derive(Clone)]
pub struct Scheduler {
    place: Place,
    sqs: Sqs,
}

/// Runs targets that are not queues (the host's functions).
pub trait Target: std::marker::Send + Sync + 'static {
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

impl Scheduler {
    pub(crate) fn open(place: &Place, sqs: Sqs, _tasks: &mut JoinSet<()>) -> Result<Self, Error> {
        Ok(Self { place: place.clone(), sqs })
    }

    /// Sets who runs targets that are not SQS queues.
    pub fn set_target(&self, _target: Arc<dyn Target>) {}

    /// Creates or replaces a schedule from a `CreateSchedule` request body (`ScheduleExpression`, `Target` {`Arn`,
    /// `RoleArn`, `Input`, `RetryPolicy`, `DeadLetterConfig`}, `FlexibleTimeWindow`, `State`...). Answers its ARN.
    pub fn put(&self, _name: &str, _schedule: &Value) -> Result<String, ServiceError> {
        Err(ServiceError::internal(format!("not built yet in {} {:?}", self.place.region, self.sqs.queues())))
    }

    /// Removes a schedule.
    pub fn remove(&self, _name: &str) -> Result<(), ServiceError> {
        Ok(())
    }

    /// Names of all schedules.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Fires a schedule now, besides its times.
    pub fn fire(&self, _name: &str) -> Result<(), ServiceError> {
        Ok(())
    }

    pub(crate) fn stop(&self) {}
}
