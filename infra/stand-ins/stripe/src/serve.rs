//! A request's way: key, parameters, idempotency, hold, fault, rule, answer, log.

mod pending;
mod reading;

use std::time::Duration;

use bytes::Bytes;
use pending::Pending;
use serde_json::Value;
use stand_in_kit::Outcome;

use crate::{
    api,
    faults::FaultKind,
    form::Params,
    idempotency::Kept,
    problem::Problem,
    settings::CURRENT_VERSION,
    shape,
    shared::Shared,
    state::{Cause, State},
    world::World,
};

/// One request to the API, read to its end.
pub(crate) struct Incoming {
    pub verb: String,
    /// From the root, for example `/v1/customers`.
    pub path: String,
    pub query: String,
    pub authorization: Option<String>,
    pub version: Option<String>,
    pub idempotency_key: Option<String>,
    pub body: Bytes,
}

/// What goes out; without a body the connection ends.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

/// An answer that is ready but for its headers.
struct Ready {
    status: u16,
    body: Option<Value>,
    retry_after: Option<u64>,
    /// The request that was carried out, when this answer was kept.
    original: Option<String>,
}

impl Ready {
    fn cut() -> Self {
        Self {
            status: 0,
            body: None,
            retry_after: None,
            original: None,
        }
    }

    fn refused(problem: &Problem, request: &str) -> Self {
        Self {
            status: problem.status,
            body: Some(problem.body(request)),
            retry_after: problem.retry_after,
            original: None,
        }
    }
}

/// Answers one request.
pub(crate) async fn serve(shared: &Shared, incoming: Incoming) -> Answer {
    let mut pending = Pending::begin(shared, &incoming);
    let ready = match answer(&mut pending, &incoming).await {
        Ok(ready) => ready,
        Err(problem) => Ready::refused(&problem, &pending.request),
    };
    let is_cut = ready.body.is_none();
    let outcome = if is_cut {
        Outcome::Cut
    } else {
        Outcome::Answered
    };
    pending.end(outcome, (!is_cut).then_some(ready.status));
    Answer {
        status: ready.status,
        headers: headers(&pending, &incoming, &ready),
        body: ready.body,
    }
}

fn headers(
    pending: &Pending<'_>,
    incoming: &Incoming,
    ready: &Ready,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("request-id", pending.request.clone()),
        ("stripe-version", pending.version.clone()),
    ];
    if let Some(key) = &incoming.idempotency_key {
        headers.push(("idempotency-key", key.clone()));
        let original = ready.original.as_ref().unwrap_or(&pending.request);
        headers.push(("original-request", original.clone()));
    }
    if ready.original.is_some() {
        headers.push(("idempotent-replayed", "true".to_owned()));
    }
    if let Some(seconds) = ready.retry_after {
        headers.push(("retry-after", seconds.to_string()));
    }
    headers
}

async fn answer(pending: &mut Pending<'_>, incoming: &Incoming) -> Result<Ready, Problem> {
    reading::admit(incoming)?;
    let params = reading::read(incoming)?;
    let shared = pending.shared;
    let seq = pending.seq;
    shared.with(|world| {
        let shown = params.as_json().clone();
        world.journal.calls.note(seq, |call| call.params = shown);
    });
    if let Some(kept) = claim(pending, incoming, &params)? {
        shared.with(|world| world.journal.calls.note(seq, |call| call.replayed = true));
        return Ok(Ready {
            status: kept.status,
            body: Some(kept.body),
            retry_after: None,
            original: Some(kept.request),
        });
    }
    let must_wait = shared.with(|world| world.state.settings.hold && world.held.insert(seq));
    if must_wait {
        shared.until(|world| !world.held.contains(&seq)).await;
    }
    let fault = shared.with(|world| {
        let fault = world.faults.take(&incoming.verb, &incoming.path);
        let name = fault.as_ref().map(FaultKind::name);
        world.journal.calls.note(seq, |call| call.fault = name);
        fault
    });
    carry_out(pending, incoming, &params, fault).await
}

/// Claims the idempotency key of a `POST`; answers what was kept under it.
fn claim(
    pending: &mut Pending<'_>,
    incoming: &Incoming,
    params: &Params,
) -> Result<Option<Kept>, Problem> {
    let Some(key) = incoming
        .idempotency_key
        .as_ref()
        .filter(|_| incoming.verb == "POST")
    else {
        return Ok(None);
    };
    let fingerprint = format!("{} {}", incoming.path, params.as_json());
    let claimed = pending.shared.with(|world| {
        let now = world.state.now;
        world.keys.begin(key, &fingerprint, now)
    })?;
    if claimed.is_none() {
        pending.claimed = Some(key.clone());
    }
    Ok(claimed)
}

async fn carry_out(
    pending: &mut Pending<'_>,
    incoming: &Incoming,
    params: &Params,
    fault: Option<FaultKind>,
) -> Result<Ready, Problem> {
    match &fault {
        Some(FaultKind::TooManyRequests { retry_after }) => {
            return Err(Problem::too_many(*retry_after));
        }
        Some(FaultKind::Cut) => return Ok(Ready::cut()),
        Some(FaultKind::Timeout {
            ms,
            carried_out: false,
        }) => {
            sleep(*ms).await;
            return Ok(Ready::cut());
        }
        Some(FaultKind::Slow { ms }) => sleep(*ms).await,
        _ => {}
    }
    let outcome = match &fault {
        Some(FaultKind::ServerError {
            status,
            carried_out: false,
        }) => Err(Problem::server(*status)),
        _ => apply(pending, incoming, params),
    };
    let outcome = match (&fault, outcome) {
        (Some(FaultKind::ServerError { status, .. }), Ok(_)) => Err(Problem::server(*status)),
        (_, outcome) => outcome,
    };
    let ready = match outcome {
        Ok(body) => Ready {
            status: 200,
            body: Some(body),
            retry_after: None,
            original: None,
        },
        Err(problem) => Ready::refused(&problem, &pending.request),
    };
    pending.keep(&ready);
    match fault {
        Some(FaultKind::LostAnswer) => Ok(Ready::cut()),
        Some(FaultKind::Timeout { ms, .. }) => {
            sleep(ms).await;
            Ok(Ready::cut())
        }
        _ => Ok(ready),
    }
}

/// Carries out a call under the lock, and shows its outcome in the caller's version.
fn apply(pending: &Pending<'_>, incoming: &Incoming, params: &Params) -> Result<Value, Problem> {
    let cause = Cause {
        request: Some(pending.request.clone()),
        idempotency_key: incoming.idempotency_key.clone(),
    };
    let segments: Vec<&str> = incoming
        .path
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    pending.shared.with(|world: &mut World| {
        world
            .journal
            .calls
            .note(pending.seq, |call| call.carried_out = true);
        world.state.cause = cause;
        let state = &mut world.state;
        let mut answer = match segments.as_slice() {
            ["v1", rest @ ..] => api::call(state, &incoming.verb, rest, params)?,
            ["v2", "core", "events", id] if incoming.verb == "GET" => {
                State::thin(&state.find("event", id)?)
            }
            _ => return Err(Problem::no_such_path(&incoming.verb, &incoming.path)),
        };
        state.expand(&mut answer, params)?;
        Ok(shape::shown(&answer, &pending.version))
    })
}

async fn sleep(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// The version that a request is answered in.
fn version_of(world: &World, incoming: &Incoming) -> String {
    let asked = incoming
        .version
        .as_deref()
        .filter(|version| !version.is_empty());
    let account = world.state.settings.api_version.as_str();
    let default = if account.is_empty() {
        CURRENT_VERSION
    } else {
        account
    };
    asked.unwrap_or(default).to_owned()
}
