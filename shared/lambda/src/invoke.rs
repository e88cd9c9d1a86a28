//! One invocation: event in, handler, answer out, one log line at the end.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;
use std::time::Instant;

use telemetry::Outcome;

use crate::error::Error;
use crate::event::{Invocation, ScheduleEvent, SqsEvent};
use crate::functions::{BoxFuture, DirectFn, HttpFn, Kind, QueueFn, ScheduleFn};
use crate::http_event::{self, Incoming};

/// Runs a handler on an event. Logs the outcome once, whatever it is.
pub(crate) async fn run(
    kind: &Kind,
    event: &str,
    invocation: Invocation,
    cold: bool,
) -> Result<String, Error> {
    let started = Instant::now();
    let result = match kind {
        Kind::Http(handler) => run_http(handler, event, invocation, cold, started).await,
        Kind::Queue(handler) => run_queue(handler, event, invocation, cold, started).await,
        Kind::Schedule(handler) => run_schedule(handler, event, invocation, cold, started).await,
        Kind::Direct(handler) => run_direct(handler, event, invocation, cold, started).await,
    };
    if let Err(error) = &result {
        tracing::error!(
            error.kind = error.kind(),
            error.chain = telemetry::chain(error),
            duration_ms = milliseconds(started),
            cold,
            "invocation failed"
        );
    }
    result
}

async fn run_http(
    handler: &HttpFn,
    event: &str,
    invocation: Invocation,
    cold: bool,
    started: Instant,
) -> Result<String, Error> {
    let response = match caught(|| http_event::request(event, invocation))?? {
        Incoming::Refused(response) => response,
        Incoming::Request(request) => {
            // A trace that came with the event is known only now.
            if let Some(trace) = request
                .extensions()
                .get::<Invocation>()
                .and_then(|known| known.trace_id.as_ref())
            {
                tracing::Span::current().record("trace.id", trace.root());
            }
            polled(caught(|| handler(request))?).await?
        }
    };
    let answer = http_event::answer(&response)?;
    let outcome = response
        .extensions()
        .get::<Outcome>()
        .cloned()
        .unwrap_or_default();
    let status = response.status().as_u16();
    let code = outcome.code.map(tracing::field::display);
    let cause = outcome.cause.map(|cause| telemetry::chain(cause.as_ref()));
    let duration_ms = milliseconds(started);
    if status >= 500 {
        tracing::error!(
            status,
            code,
            error.chain = cause,
            duration_ms,
            cold,
            "answered"
        );
    } else {
        tracing::info!(
            status,
            code,
            error.chain = cause,
            duration_ms,
            cold,
            "answered"
        );
    }
    Ok(answer)
}

async fn run_queue(
    handler: &QueueFn,
    event: &str,
    invocation: Invocation,
    cold: bool,
    started: Instant,
) -> Result<String, Error> {
    let event: SqsEvent = serde_json::from_str(event).map_err(|source| Error::Event {
        expected: "a batch of queue messages",
        source,
    })?;
    let count = event.records.len();
    let response = polled(caught(|| handler(event, invocation))?).await?;
    let failed = response.batch_item_failures.len();
    tracing::info!(
        count,
        failed,
        duration_ms = milliseconds(started),
        cold,
        "batch done"
    );
    serde_json::to_string(&response).map_err(Error::Answer)
}

async fn run_schedule(
    handler: &ScheduleFn,
    event: &str,
    invocation: Invocation,
    cold: bool,
    started: Instant,
) -> Result<String, Error> {
    let event: ScheduleEvent = serde_json::from_str(event).map_err(|source| Error::Event {
        expected: "a schedule's event",
        source,
    })?;
    polled(caught(|| handler(event, invocation))?)
        .await?
        .map_err(Error::Failed)?;
    tracing::info!(duration_ms = milliseconds(started), cold, "tick done");
    Ok("null".to_owned())
}

async fn run_direct(
    handler: &DirectFn,
    event: &str,
    invocation: Invocation,
    cold: bool,
    started: Instant,
) -> Result<String, Error> {
    let input: serde_json::Value = serde_json::from_str(event).map_err(|source| Error::Event {
        expected: "JSON",
        source,
    })?;
    let answer = polled(caught(|| handler(input, invocation))?)
        .await?
        .map_err(Error::Failed)?;
    tracing::info!(duration_ms = milliseconds(started), cold, "call done");
    serde_json::to_string(&answer).map_err(Error::Answer)
}

/// Runs `work`; a panic becomes an error with its place and without its message.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(panicked)
}

/// Awaits `future`; a panic in any of its steps becomes an error.
async fn polled<T>(mut future: BoxFuture<'static, T>) -> Result<T, Error> {
    std::future::poll_fn(move |context| {
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(payload) => Poll::Ready(Err(panicked(payload))),
        }
    })
    .await
}

fn panicked(payload: Box<dyn Any + Send>) -> Error {
    // Dropping a payload may panic in turn; it is one allocation in a path that must not be taken.
    std::mem::forget(payload);
    Error::Panicked {
        location: telemetry::take_panic_location().unwrap_or_else(|| "an unknown place".to_owned()),
    }
}

fn milliseconds(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
