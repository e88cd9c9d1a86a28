//! Functions, event sources, schedules, invocations, logs and kill plans.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem;
use crate::host::Host;
use crate::runtime::{InvokeError, KillPlan, Request};

pub(super) async fn list(State(host): State<Host>) -> Response {
    Json(host.inner.functions.states()).into_response()
}

/// `kill`, `pause`, `resume`, or `invoke` with the event as the body.
pub(super) async fn act(
    State(host): State<Host>,
    Path((function, action)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let functions = host.functions();
    let done = match action.as_str() {
        "kill" => functions
            .kill(&function)
            .await
            .map(|killed| json!({ "killed": killed })),
        "pause" => functions.pause(&function).map(|()| json!({"paused": true})),
        "resume" => functions
            .resume(&function)
            .map(|()| json!({"paused": false})),
        "invoke" => return invoke(&host, &function, body).await,
        other => {
            return problem(
                StatusCode::NOT_FOUND,
                &format!("a function cannot be told to {other}"),
            );
        }
    };
    match done {
        Ok(value) => Json(value).into_response(),
        Err(error) => problem(StatusCode::NOT_FOUND, &error.to_string()),
    }
}

async fn invoke(host: &Host, function: &str, payload: Bytes) -> Response {
    let payload = if payload.is_empty() {
        Bytes::from_static(b"{}")
    } else {
        payload
    };
    let request = Request {
        payload,
        source: "control".into(),
        trace_root: None,
    };
    match host.functions().invoke(function, request).await {
        Ok(answer) => ([("content-type", "application/json")], answer).into_response(),
        Err(InvokeError::Unknown(name)) => problem(
            StatusCode::NOT_FOUND,
            &format!("there is no function {name}"),
        ),
        Err(error) => {
            let detail: Value = match &error {
                InvokeError::Function { body, .. } | InvokeError::TimedOut { body } => {
                    serde_json::from_slice(body).unwrap_or(Value::Null)
                }
                _ => Value::Null,
            };
            (
                StatusCode::BAD_GATEWAY,
                Json(json!({"message": error.to_string(), "report": detail})),
            )
                .into_response()
        }
    }
}

pub(super) async fn sources(State(host): State<Host>) -> Response {
    Json(host.inner.sources.states()).into_response()
}

/// `pause` or `resume` of a source by its id, function or queue; `all` means every one.
pub(super) async fn act_on_source(
    State(host): State<Host>,
    Path((source, action)): Path<(String, String)>,
) -> Response {
    let running = match action.as_str() {
        "pause" => false,
        "resume" => true,
        other => {
            return problem(
                StatusCode::NOT_FOUND,
                &format!("a source cannot be told to {other}"),
            );
        }
    };
    let sources = host.sources();
    let wanted = host.inner.functions.resolve(&source).unwrap_or(&source);
    let changed = match wanted {
        "all" => sources
            .states()
            .iter()
            .map(|state| sources.set_running(&state.mapping.id, running))
            .sum(),
        wanted => sources.set_running(wanted, running),
    };
    if changed == 0 {
        return problem(
            StatusCode::NOT_FOUND,
            &format!("there is no source {source}"),
        );
    }
    Json(json!({ "changed": changed, "running": running })).into_response()
}

pub(super) async fn schedules(State(host): State<Host>) -> Response {
    Json(&host.inner.deployment.schedules).into_response()
}

pub(super) async fn fire(State(host): State<Host>, Path(schedule): Path<String>) -> Response {
    match host.inner.emulator.scheduler().fire(&schedule) {
        Ok(()) => Json(json!({"fired": true})).into_response(),
        Err(error) => problem(StatusCode::NOT_FOUND, &error.to_string()),
    }
}

/// Which invocations to show.
#[derive(Debug, Deserialize)]
pub(super) struct InvocationFilter {
    function: Option<String>,
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
}

pub(super) async fn invocations(
    State(host): State<Host>,
    Query(filter): Query<InvocationFilter>,
) -> Response {
    let function = match &filter.function {
        None => None,
        Some(wanted) => match host.inner.functions.resolve(wanted) {
            Some(name) => Some(name),
            None => return problem(StatusCode::NOT_FOUND, "there is no such function"),
        },
    };
    let mut found = host.history().select(|number, run| {
        number > filter.after && function.is_none_or(|wanted| run.function == wanted)
    });
    let skip = found.len().saturating_sub(filter.limit.unwrap_or(1_000));
    let shown: Vec<_> = found
        .split_off(skip)
        .iter()
        .map(|(number, run)| numbered(*number, run))
        .collect();
    Json(shown).into_response()
}

fn numbered(number: u64, run: &crate::runtime::record::Invocation) -> Value {
    let mut value = json!(run);
    value["number"] = json!(number);
    value
}

/// One invocation with its log lines and recorded AWS calls.
pub(super) async fn invocation(
    State(host): State<Host>,
    Path(request_id): Path<String>,
) -> Response {
    let found = host.history().select(|_, run| run.request_id == request_id);
    let Some((number, run)) = found.first() else {
        return problem(
            StatusCode::NOT_FOUND,
            "there is no such invocation, or it is still running",
        );
    };
    let lines = host
        .log()
        .select(|line| line.request_id.as_deref() == Some(request_id.as_str()));
    let calls = host.inner.emulator.recorder().select(|record| {
        host.inner
            .gate
            .owner(record.call.seq)
            .is_some_and(|(_, owner)| owner == request_id)
    });
    let mut value = numbered(*number, run);
    value["log"] = json!(lines);
    value["aws_calls"] = json!(calls);
    Json(value).into_response()
}

/// Which log lines to show.
#[derive(Debug, Deserialize)]
pub(super) struct LogFilter {
    function: Option<String>,
    /// A request id: of the invocation, or one that stands in the line (the API's own, carried through queues).
    request_id: Option<String>,
    /// Text that the line holds.
    text: Option<String>,
    #[serde(default)]
    after: u64,
    limit: Option<usize>,
}

pub(super) async fn logs(State(host): State<Host>, Query(filter): Query<LogFilter>) -> Response {
    let function = filter
        .function
        .as_deref()
        .map(|wanted| host.inner.functions.resolve(wanted).unwrap_or(wanted));
    // A request that went through queues is followed by its trace.
    let roots: Vec<_> = match &filter.request_id {
        None => Vec::new(),
        Some(wanted) => {
            let runs = host.history().select(|_, run| run.request_id == *wanted);
            runs.iter()
                .filter_map(|(_, run)| {
                    Some(
                        run.trace_id
                            .strip_prefix("Root=")?
                            .split(';')
                            .next()?
                            .to_owned(),
                    )
                })
                .collect()
        }
    };
    let mut lines = host.log().select(|line| {
        line.number > filter.after
            && function.is_none_or(|wanted| line.function == wanted)
            && filter
                .text
                .as_deref()
                .is_none_or(|wanted| line.text.contains(wanted))
            && filter.request_id.as_deref().is_none_or(|wanted| {
                line.request_id.as_deref() == Some(wanted)
                    || line.text.contains(wanted)
                    || roots.iter().any(|root| line.text.contains(root.as_str()))
            })
    });
    let skip = lines.len().saturating_sub(filter.limit.unwrap_or(1_000));
    Json(lines.split_off(skip)).into_response()
}

pub(super) async fn kill_plans(State(host): State<Host>) -> Response {
    Json(json!({"plans": host.kill_plans(), "kills": host.kills()})).into_response()
}

pub(super) async fn add_kill_plan(
    State(host): State<Host>,
    Json(plan): Json<KillPlan>,
) -> Response {
    if plan.before_call.is_none() && plan.after_call.is_none() && plan.operation.is_none() {
        return problem(
            StatusCode::BAD_REQUEST,
            "give before_call, after_call or operation",
        );
    }
    if let Some(function) = &plan.function
        && host.inner.functions.resolve(function).is_none()
    {
        return problem(
            StatusCode::NOT_FOUND,
            &format!("there is no function {function}"),
        );
    }
    host.plan_kill(plan);
    kill_plans(State(host)).await
}

pub(super) async fn clear_kill_plans(State(host): State<Host>) -> Response {
    host.clear_kill_plans();
    kill_plans(State(host)).await
}
