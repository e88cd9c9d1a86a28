//! What calls a function: HTTP routes, queues and schedules.

use serde_json::{Map, Value};

use super::collect::{Resource, number};
use super::error::{Place, TemplateError};
use super::model::{Deployment, Function, HttpRoute, QueueMapping, Schedule};
use super::names::is_true;
use super::roles::list;
use super::stack::{Stack, scalar};

type Result<T> = std::result::Result<T, TemplateError>;

/// Longest time-out of an HTTP API's integration.
const HTTP_TIMEOUT_MS: u32 = 30_000;

/// Collects the `Events` of a SAM function.
pub(super) fn collect(
    resource: &Resource<'_>,
    function: &Function,
    found: &mut Deployment,
) -> Result<()> {
    let Some(events) = resource.get("Events").and_then(Value::as_object) else {
        return Ok(());
    };
    for (name, event) in events {
        let place = resource.place.child("Events").child(name);
        let kind = event.get("Type").and_then(Value::as_str).unwrap_or("");
        let empty = Map::new();
        let properties = event
            .get("Properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let place = place.child("Properties");
        let id = format!("{}{name}", resource.logical_id);
        match kind {
            "HttpApi" => found
                .routes
                .push(route(resource.stack, function, properties, &place)?),
            "SQS" => {
                let queue = required(properties, "Queue", &place)?;
                found.mappings.push(mapping(
                    id,
                    function.name.clone(),
                    queue,
                    properties,
                    &place,
                )?);
            }
            "ScheduleV2" | "Schedule" => {
                found
                    .schedules
                    .push(schedule(id, function.name.clone(), properties, &place)?);
            }
            other => {
                return Err(place.error(format!(
                    "the laptop host has no event source of type {other:?}"
                )));
            }
        }
    }
    Ok(())
}

fn route(
    stack: &Stack,
    function: &Function,
    map: &Map<String, Value>,
    place: &Place,
) -> Result<HttpRoute> {
    let path = map
        .get("Path")
        .map_or_else(|| "$default".to_owned(), scalar);
    let method = map
        .get("Method")
        .map_or_else(|| "ANY".to_owned(), scalar)
        .to_uppercase();
    if let Some(version) = map.get("PayloadFormatVersion").map(scalar)
        && version != "2.0"
    {
        return Err(place
            .child("PayloadFormatVersion")
            .error("the product speaks payload format 2.0 only"));
    }
    let timeout_ms = number(map, "TimeoutInMillis", HTTP_TIMEOUT_MS, place)?.min(HTTP_TIMEOUT_MS);
    Ok(HttpRoute {
        method: if method == "*" { "ANY".into() } else { method },
        path,
        function: function.name.clone(),
        api_id: map
            .get("ApiId")
            .map_or_else(|| format!("{}-ServerlessHttpApi", stack.name), scalar),
        timeout_ms: timeout_ms.into(),
    })
}

fn mapping(
    id: String,
    function: String,
    queue_arn: String,
    map: &Map<String, Value>,
    place: &Place,
) -> Result<QueueMapping> {
    let fifo = queue_arn.ends_with(".fifo");
    let batch_size = number(map, "BatchSize", 10, place)?;
    let window_seconds = number(map, "MaximumBatchingWindowInSeconds", 0, place)?;
    if fifo && map.contains_key("MaximumBatchingWindowInSeconds") {
        return Err(place
            .child("MaximumBatchingWindowInSeconds")
            .error("AWS refuses a batching window on a FIFO queue"));
    }
    if batch_size == 0 || batch_size > if fifo { 10 } else { 10_000 } {
        return Err(place
            .child("BatchSize")
            .error("AWS takes 1 to 10 for FIFO queues, 1 to 10000 for others"));
    }
    if batch_size > 10 && window_seconds == 0 {
        return Err(place
            .child("BatchSize")
            .error("AWS takes more than 10 only with a batching window"));
    }
    if map.contains_key("FilterCriteria") {
        return Err(place
            .child("FilterCriteria")
            .error("the laptop host does not filter"));
    }
    let maximum_concurrency = match map.get("ScalingConfig").and_then(Value::as_object) {
        Some(scaling) if scaling.contains_key("MaximumConcurrency") => {
            let place = place.child("ScalingConfig");
            let most = number(scaling, "MaximumConcurrency", 2, &place)?;
            if !(2..=1000).contains(&most) {
                return Err(place
                    .child("MaximumConcurrency")
                    .error("AWS takes 2 to 1000"));
            }
            Some(most)
        }
        _ => None,
    };
    Ok(QueueMapping {
        id,
        function,
        queue_arn,
        batch_size,
        window_seconds,
        partial_failures: list(map.get("FunctionResponseTypes"))
            .iter()
            .any(|t| scalar(t) == "ReportBatchItemFailures"),
        maximum_concurrency,
        enabled: map.get("Enabled").is_none_or(|value| is_true(Some(value))),
    })
}

fn schedule(
    id: String,
    function: String,
    map: &Map<String, Value>,
    place: &Place,
) -> Result<Schedule> {
    let expression = map
        .get("ScheduleExpression")
        .or_else(|| map.get("Schedule"))
        .map(scalar)
        .ok_or_else(|| place.child("ScheduleExpression").error("is missing"))?;
    let enabled = match map.get("State").map(scalar) {
        Some(state) => state == "ENABLED",
        None => map.get("Enabled").is_none_or(|value| is_true(Some(value))),
    };
    let dead_letter = map
        .get("DeadLetterConfig")
        .and_then(|config| config.get("Arn"));
    let retries = match map.get("RetryPolicy").and_then(Value::as_object) {
        Some(policy) => number(
            policy,
            "MaximumRetryAttempts",
            2,
            &place.child("RetryPolicy"),
        )?,
        None => 2,
    };
    Ok(Schedule {
        id,
        function,
        expression,
        input: map.get("Input").map(scalar),
        dead_letter_arn: dead_letter.map(scalar),
        retries,
        enabled,
    })
}

/// An `AWS::Lambda::EventSourceMapping` that stands on its own.
pub(super) fn raw_mapping(resource: &Resource<'_>, found: &Deployment) -> Result<QueueMapping> {
    let queue = required(&resource.properties, "EventSourceArn", &resource.place)?;
    let target = required(&resource.properties, "FunctionName", &resource.place)?;
    let function = found
        .function_by_arn(&target)
        .map_or(target, |function| function.name.clone());
    mapping(
        resource.logical_id.into(),
        function,
        queue,
        &resource.properties,
        &resource.place,
    )
}

/// An `AWS::Scheduler::Schedule` that stands on its own.
pub(super) fn raw_schedule(resource: &Resource<'_>, found: &Deployment) -> Result<Schedule> {
    let place = resource.place.child("Target");
    let target = resource
        .get("Target")
        .and_then(Value::as_object)
        .ok_or_else(|| place.error("is missing"))?;
    let arn = required(target, "Arn", &place)?;
    let name = found
        .function_by_arn(&arn)
        .map(|function| function.name.clone())
        .or_else(|| {
            arn.split(":function:")
                .nth(1)
                .map(|rest| rest.split(':').next().unwrap_or(rest).to_owned())
        })
        .ok_or_else(|| {
            place
                .child("Arn")
                .error("the laptop host schedules functions only")
        })?;
    let mut properties = resource.properties.clone();
    for key in ["Input", "RetryPolicy", "DeadLetterConfig"] {
        if let Some(value) = target.get(key) {
            properties.insert(key.into(), value.clone());
        }
    }
    schedule(
        resource.logical_id.into(),
        name,
        &properties,
        &resource.place,
    )
}

fn required(map: &Map<String, Value>, property: &str, place: &Place) -> Result<String> {
    map.get(property)
        .map(scalar)
        .ok_or_else(|| place.child(property).error("is missing"))
}

/// References that only the whole deployment can check: every source exists, every role exists, no route twice.
pub(super) fn check(found: &Deployment, root: &Stack) -> Result<()> {
    let place = |id: &str| Place::new(&root.file, id);
    let queue = |arn: &str| found.queues.iter().find(|queue| queue.arn == arn);
    for mapping in &found.mappings {
        if queue(&mapping.queue_arn).is_none() {
            return Err(place(&mapping.id)
                .child("Queue")
                .error(format!("there is no queue {}", mapping.queue_arn)));
        }
        let function = found
            .functions
            .iter()
            .find(|function| function.name == mapping.function);
        let function = function.ok_or_else(|| {
            place(&mapping.id).error(format!("there is no function {}", mapping.function))
        })?;
        let visibility = queue(&mapping.queue_arn)
            .and_then(|q| q.attributes.get("VisibilityTimeout")?.parse().ok());
        if visibility.unwrap_or(30) < function.timeout_seconds {
            return Err(place(&mapping.id).child("Queue").error(
                "AWS refuses a source whose visibility time-out is shorter than the function's time-out",
            ));
        }
    }
    for queue_resource in &found.queues {
        if let Some(arn) = queue_resource.dead_letter_arn() {
            let target = queue(&arn).ok_or_else(|| {
                place(&queue_resource.logical_id)
                    .child("RedrivePolicy")
                    .error(format!("there is no queue {arn}"))
            })?;
            if target.is_fifo() != queue_resource.is_fifo() {
                let problem =
                    "AWS refuses a dead-letter queue of the other kind (FIFO or standard)";
                return Err(place(&queue_resource.logical_id)
                    .child("RedrivePolicy")
                    .error(problem));
            }
        }
    }
    for function in &found.functions {
        if !found.roles.iter().any(|role| role.arn == function.role_arn) {
            return Err(place(&function.logical_id)
                .child("Role")
                .error(format!("there is no role {}", function.role_arn)));
        }
    }
    for (index, route) in found.routes.iter().enumerate() {
        if found.routes[..index]
            .iter()
            .any(|other| other.method == route.method && other.path == route.path)
        {
            let problem = format!("{} {} is routed twice", route.method, route.path);
            return Err(place("Events").error(problem));
        }
    }
    Ok(())
}
