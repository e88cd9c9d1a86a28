//! Status, clock, dump, reset, faults, recorded calls.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use emulator::Clock as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem;
use crate::gate::FaultRule;
use crate::host::Host;

/// Messages shown per queue in a dump.
const DUMPED_MESSAGES: usize = 100_000;

pub(super) async fn status(State(host): State<Host>) -> Json<Value> {
    let inner = &host.inner;
    Json(json!({
        "url": host.url(),
        "aws_url": inner.emulator.endpoint(),
        "telegram_url": inner.telegram_url,
        "telegram": if inner.bridge.is_some() { "bridge" } else { "stand-in" },
        "ai_url": inner.ai.url,
        "real_vendors": host.real_vendors(),
        "stripe_url": inner.stripe.url,
        "stripe": if inner.stripe.is_real() { "sandbox" } else { "stand-in" },
        "up_seconds": inner.started.elapsed().as_secs(),
        "now_ms": inner.clock.now_ms(),
        "offset_seconds": inner.clock.offset_ms().div_euclid(1000),
        "functions": inner.deployment.functions.len(),
        "routes": inner.deployment.routes.len(),
        "ignored_resources": inner.deployment.ignored.len(),
    }))
}

pub(super) async fn deployment(State(host): State<Host>) -> Response {
    Json(&host.inner.deployment).into_response()
}

pub(super) async fn clock(State(host): State<Host>) -> Json<Value> {
    Json(json!({
        "now_ms": host.inner.clock.now_ms(),
        "offset_seconds": host.inner.clock.offset_ms().div_euclid(1000),
    }))
}

/// Either the whole offset or a step from now.
#[derive(Debug, Deserialize)]
pub(super) struct ClockChange {
    offset_seconds: Option<i64>,
    advance_seconds: Option<i64>,
}

pub(super) async fn set_clock(
    State(host): State<Host>,
    Json(change): Json<ClockChange>,
) -> Response {
    let (seconds, is_whole) = match (change.offset_seconds, change.advance_seconds) {
        (Some(offset), None) => (offset, true),
        (None, Some(advance)) => (advance, false),
        _ => {
            return problem(
                StatusCode::BAD_REQUEST,
                "give offset_seconds or advance_seconds",
            );
        }
    };
    host.quiet().await;
    // Whoever asks twice for the same offset, because the first answer takes long, gets it once.
    let from_ms = match is_whole {
        true => host.inner.clock.offset_ms(),
        false => 0,
    };
    let by_ms = seconds.saturating_mul(1000).saturating_sub(from_ms);
    host.advance_meanwhile(time::Duration::milliseconds(by_ms))
        .await;
    clock(State(host)).await.into_response()
}

/// Simulated network latency.
#[derive(Debug, Deserialize)]
pub(super) struct Latency {
    ms: u64,
}

pub(super) async fn latency(State(host): State<Host>) -> Json<Value> {
    Json(json!({"ms": u64::try_from(host.inner.gate.latency().as_millis()).unwrap_or(u64::MAX)}))
}

pub(super) async fn set_latency(
    State(host): State<Host>,
    Json(wanted): Json<Latency>,
) -> Json<Value> {
    host.inner
        .gate
        .set_latency(std::time::Duration::from_millis(wanted.ms));
    latency(State(host)).await
}

pub(super) async fn dump(State(host): State<Host>) -> Response {
    match dump_all(&host) {
        Ok(dump) => Json(dump).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn dump_all(host: &Host) -> Result<Value, emulator::Error> {
    let aws = &host.inner.emulator;
    let mut tables = BTreeMap::new();
    for table in aws.dynamodb().tables()? {
        let rows = aws.dynamodb().dump(&table)?;
        tables.insert(table, rows);
    }
    let mut queues = BTreeMap::new();
    for queue in aws.sqs().queues() {
        let messages = aws.sqs().peek(&queue.name, DUMPED_MESSAGES)?;
        queues.insert(queue.name, messages);
    }
    let mut buckets = BTreeMap::new();
    for bucket in aws.s3().buckets() {
        let mut objects = BTreeMap::new();
        for key in aws.s3().keys(&bucket)? {
            let bytes = aws.s3().object(&bucket, &key)?;
            objects.insert(key, base64::engine::general_purpose::STANDARD.encode(bytes));
        }
        buckets.insert(bucket, objects);
    }
    Ok(json!({"tables": tables, "queues": queues, "buckets": buckets, "mail": aws.ses().inbox()}))
}

pub(super) async fn reset(State(host): State<Host>) -> Response {
    match host.reset().await {
        Ok(()) => Json(json!({"reset": true})).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

pub(super) async fn bridge(State(host): State<Host>) -> Response {
    Json(
        host.bridge()
            .map(crate::bridge::Bridge::bots)
            .unwrap_or_default(),
    )
    .into_response()
}

pub(super) async fn faults(State(host): State<Host>) -> Response {
    Json(host.inner.gate.faults()).into_response()
}

pub(super) async fn add_fault(
    State(host): State<Host>,
    Json(mut rule): Json<FaultRule>,
) -> Response {
    if let Some(wanted) = &rule.function {
        match host.inner.functions.resolve(wanted) {
            Some(name) => rule.function = Some(name.to_owned()),
            None => {
                return problem(
                    StatusCode::NOT_FOUND,
                    &format!("there is no function {wanted}"),
                );
            }
        }
    }
    host.inner.gate.add_fault(rule);
    faults(State(host)).await
}

pub(super) async fn clear_faults(State(host): State<Host>) -> Response {
    host.inner.gate.clear_faults();
    faults(State(host)).await
}

/// Which recorded calls to show.
#[derive(Debug, Deserialize)]
pub(super) struct CallFilter {
    function: Option<String>,
    request_id: Option<String>,
    service: Option<String>,
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
}

pub(super) async fn calls(State(host): State<Host>, Query(filter): Query<CallFilter>) -> Response {
    let function = filter
        .function
        .as_deref()
        .and_then(|wanted| host.inner.functions.resolve(wanted));
    if filter.function.is_some() && function.is_none() {
        return problem(StatusCode::NOT_FOUND, "there is no such function");
    }
    let limit = filter.limit.unwrap_or(1_000);
    let mut shown = Vec::new();
    for record in host.inner.emulator.recorder().since(filter.after) {
        let owner = host.inner.gate.owner(record.call.seq);
        let (of_function, of_request) = match &owner {
            Some((function, request)) => (Some(function.as_str()), Some(request.as_str())),
            None => (None, None),
        };
        if function.is_some_and(|wanted| of_function != Some(wanted))
            || filter
                .request_id
                .as_deref()
                .is_some_and(|wanted| of_request != Some(wanted))
            || filter
                .service
                .as_deref()
                .is_some_and(|wanted| record.call.service != wanted)
        {
            continue;
        }
        let mut value = json!(record);
        value["function"] = json!(of_function);
        value["invocation"] = json!(of_request);
        shown.push(value);
    }
    let skip = shown.len().saturating_sub(limit);
    Json(shown.split_off(skip)).into_response()
}
