//! One firing: the target is invoked until it takes the payload, or it goes to the dead-letter queue.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use serde_json::Value;

use super::{Invocation, Schedule, Scheduler};
use crate::clock::{iso_seconds, wait_until};
use crate::iam::{AccessRequest, random_uuid};
use crate::sqs::{MessageAttribute, Send};

/// First pause between attempts; doubled each time up to the longest.
const FIRST_PAUSE_MS: i64 = 1_000;
const LONGEST_PAUSE_MS: i64 = 300_000;

/// Attempts after the first, and age of an event, unless the schedule says otherwise.
const DEFAULT_RETRIES: u64 = 185;
const DEFAULT_AGE_SECONDS: i64 = 86_400;

pub(super) async fn fire(scheduler: Scheduler, schedule: Schedule, due_ms: i64) {
    let target = &schedule.body["Target"];
    let retries = target["RetryPolicy"]["MaximumRetryAttempts"]
        .as_u64()
        .unwrap_or(DEFAULT_RETRIES);
    let age = target["RetryPolicy"]["MaximumEventAgeInSeconds"]
        .as_i64()
        .unwrap_or(DEFAULT_AGE_SECONDS);
    let execution = random_uuid();
    let mut pause = FIRST_PAUSE_MS;
    let mut stopped = scheduler.stopped.subscribe();
    for attempt in 1.. {
        let invocation = invocation(&scheduler, &schedule, due_ms, attempt, &execution);
        let Err(reason) = invoke(&scheduler, target, &invocation).await else {
            return;
        };
        tracing::debug!(schedule = %schedule.name, attempt, reason, "scheduled target refused");
        let next_ms = scheduler.place.clock.now_ms() + pause;
        if u64::from(attempt) > retries || next_ms > due_ms + age * 1000 {
            dead_letter(&scheduler, target, &invocation, &reason);
            return;
        }
        while scheduler.place.clock.now_ms() < next_ms {
            tokio::select! {
                () = wait_until(&*scheduler.place.clock, next_ms) => {}
                () = crate::stopped(&mut stopped) => return,
            }
        }
        pause = (pause * 2).min(LONGEST_PAUSE_MS);
    }
}

fn invocation(
    scheduler: &Scheduler,
    schedule: &Schedule,
    due_ms: i64,
    attempt: u32,
    execution: &str,
) -> Invocation {
    let arn = scheduler.arn(&schedule.name);
    let target = &schedule.body["Target"];
    let input = target["Input"].as_str().unwrap_or("{}");
    let input = input
        .replace("<aws.scheduler.schedule-arn>", &arn)
        .replace(
            "<aws.scheduler.scheduled-time>",
            &iso_seconds(due_ms / 1000),
        )
        .replace("<aws.scheduler.execution-id>", execution)
        .replace("<aws.scheduler.attempt-number>", &attempt.to_string());
    Invocation {
        schedule: schedule.name.clone(),
        schedule_arn: arn,
        target_arn: target["Arn"].as_str().unwrap_or("").to_owned(),
        input,
        scheduled_ms: due_ms,
        attempt,
    }
}

async fn invoke(
    scheduler: &Scheduler,
    target: &Value,
    invocation: &Invocation,
) -> Result<(), String> {
    let service = invocation.target_arn.split(':').nth(2).unwrap_or("");
    let action = match service {
        "sqs" => "sqs:SendMessage",
        "lambda" => "lambda:InvokeFunction",
        _ => "",
    };
    check_role(scheduler, target, action, &invocation.target_arn)?;
    if service == "sqs" {
        return send(
            scheduler,
            &invocation.target_arn,
            target,
            invocation.input.clone(),
            BTreeMap::new(),
        );
    }
    let runner = scheduler
        .target
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    match runner {
        Some(runner) => runner.invoke(invocation).await,
        None => Err("nobody runs this target".into()),
    }
}

/// The role that the schedule names must allow the call, if it is known here.
fn check_role(
    scheduler: &Scheduler,
    target: &Value,
    action: &str,
    resource: &str,
) -> Result<(), String> {
    let role = target["RoleArn"].as_str().unwrap_or("");
    if action.is_empty() || scheduler.iam.role(role).is_none() {
        return Ok(());
    }
    let request = AccessRequest {
        action: action.into(),
        resource: resource.into(),
        context: BTreeMap::new(),
    };
    if scheduler.iam.evaluate_role(role, &request).is_allowed() {
        return Ok(());
    }
    Err(format!(
        "{role} is not authorized to perform {action} on {resource}"
    ))
}

fn send(
    scheduler: &Scheduler,
    queue_arn: &str,
    target: &Value,
    body: String,
    attributes: BTreeMap<String, MessageAttribute>,
) -> Result<(), String> {
    let name = queue_arn.rsplit(':').next().unwrap_or(queue_arn);
    let message = Send {
        body,
        group_id: target["SqsParameters"]["MessageGroupId"]
            .as_str()
            .map(str::to_owned),
        deduplication_id: name.ends_with(".fifo").then(random_uuid),
        attributes,
        ..Send::default()
    };
    scheduler
        .sqs
        .send(name, message)
        .map(drop)
        .map_err(|error| error.to_string())
}

fn dead_letter(scheduler: &Scheduler, target: &Value, invocation: &Invocation, reason: &str) {
    let Some(queue_arn) = target["DeadLetterConfig"]["Arn"].as_str() else {
        tracing::warn!(schedule = %invocation.schedule, reason, "a scheduled event is dropped: no dead-letter queue");
        return;
    };
    let text = |value: &str| MessageAttribute {
        data_type: "String".into(),
        string_value: Some(value.chars().take(1000).collect()),
        binary_value: None,
    };
    let attributes = BTreeMap::from([
        ("ERROR_CODE".to_owned(), text("TARGET_ERROR")),
        ("ERROR_MESSAGE".to_owned(), text(reason)),
        ("SCHEDULE_ARN".to_owned(), text(&invocation.schedule_arn)),
        ("TARGET_ARN".to_owned(), text(&invocation.target_arn)),
    ]);
    if let Err(error) = send(
        scheduler,
        queue_arn,
        target,
        invocation.input.clone(),
        attributes,
    ) {
        tracing::error!(schedule = %invocation.schedule, error, "a scheduled event could not be dead-lettered");
    }
}
