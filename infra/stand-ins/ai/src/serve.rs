//! A request's way: key, form, fault, hold, delay, answer, log.

mod fixed;
mod pending;

use std::time::Duration;

use bytes::Bytes;
use pending::Pending;
use serde_json::Value;
use stand_in_kit::Outcome;

use crate::{
    audio::{self, Recording},
    faults::FaultKind,
    journal::Usage,
    models::Vendor,
    reply::{self, Content},
    shared::Shared,
    wire::{self, Ask, Problem, Written},
};

/// One request to a vendor, read to its end.
pub(crate) struct Incoming {
    pub vendor: Vendor,
    /// HTTP verb.
    pub verb: String,
    /// The path after the vendor's prefix, for example `responses`.
    pub endpoint: String,
    pub authorization: Option<String>,
    pub content_type: String,
    /// `None` when it is larger than the vendor takes.
    pub body: Option<Bytes>,
}

/// What goes out.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

pub(crate) enum Body {
    Json(Value),
    Plain(String),
    /// Said to be JSON, and is not.
    Garbage(String),
    /// Breaks off in the middle.
    Half(String),
    /// The connection ends without an answer.
    Cut,
}

/// An answer that is ready but for the log.
struct Ready {
    status: u16,
    body: Body,
    text: String,
    usage: Usage,
    wait: Option<u64>,
}

/// Answers one request.
pub(crate) async fn serve(shared: &Shared, incoming: Incoming) -> Answer {
    let vendor = incoming.vendor;
    let mut pending = Pending::begin(shared, vendor, &incoming.endpoint);
    let ready = match answer(shared, &incoming, pending.seq).await {
        Ok(ready) => ready,
        Err(problem) => refused(vendor, &problem),
    };
    let outcome = if matches!(ready.body, Body::Cut) {
        Outcome::Cut
    } else {
        Outcome::Answered
    };
    let status = (outcome == Outcome::Answered).then_some(ready.status);
    let mut headers = fixed::headers(shared, vendor, &ready);
    if let Some(seconds) = ready.wait {
        headers.push(("retry-after", seconds.to_string()));
    }
    pending.end(outcome, status, ready.text, ready.usage);
    Answer {
        status: ready.status,
        headers,
        body: ready.body,
    }
}

fn refused(vendor: Vendor, problem: &Problem) -> Ready {
    let (status, body) = wire::refusal(vendor, problem);
    Ready {
        status,
        text: body.to_string(),
        body: Body::Json(body),
        usage: Usage::default(),
        wait: match problem {
            Problem::TooManyRequests(wait) => *wait,
            _ => None,
        },
    }
}

async fn answer(shared: &Shared, incoming: &Incoming, seq: u64) -> Result<Ready, Problem> {
    admit(shared, incoming)?;
    let body = incoming.body.clone().ok_or(Problem::TooLarge)?;
    match (
        incoming.vendor,
        incoming.verb.as_str(),
        incoming.endpoint.as_str(),
    ) {
        (vendor, "GET", "models") => Ok(fixed::list(shared, vendor)),
        (Vendor::Xai, "POST", "responses") | (Vendor::Groq, "POST", "chat/completions") => {
            reply_to(shared, incoming.vendor, &body, seq).await
        }
        (Vendor::Groq, "POST", "audio/transcriptions") => {
            let extra = shared.read(|world| world.settings.extra_models.clone());
            let recording = audio::read(&incoming.content_type, body, &extra).await?;
            transcribe(shared, &recording, seq).await
        }
        _ => Err(Problem::NoSuchPath),
    }
}

/// The key: there at all, and one that is accepted.
fn admit(shared: &Shared, incoming: &Incoming) -> Result<(), Problem> {
    let header = incoming.authorization.as_deref().unwrap_or_default();
    let key = header
        .strip_prefix("Bearer ")
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .ok_or(Problem::NoKey)?;
    if shared.read(|world| world.accepts(incoming.vendor, key)) {
        return Ok(());
    }
    let letters: Vec<char> = key.chars().collect();
    let edge = |part: &[char]| part.iter().collect::<String>();
    let masked = match letters.len() {
        0..=8 => "***".to_owned(),
        length => format!("{}***{}", edge(&letters[..2]), edge(&letters[length - 2..])),
    };
    Err(Problem::WrongKey(masked))
}

async fn reply_to(
    shared: &Shared,
    vendor: Vendor,
    body: &[u8],
    seq: u64,
) -> Result<Ready, Problem> {
    let value: Value =
        serde_json::from_slice(body).map_err(|error| Problem::Malformed(error.to_string()))?;
    let extra = shared.with(|world| {
        world.journal.calls.note(seq, |call| {
            call.model = value["model"].as_str().map(str::to_owned);
            call.request = value.clone();
        });
        world.settings.extra_models.clone()
    });
    let ask = wire::read(vendor, &value, &extra)?;
    let fault = take_fault(shared, vendor, ask.newest(), seq);
    if let Some(cut) =
        wait_and_fail(shared, &ask.model_id, fault.as_ref(), ask.newest(), seq).await?
    {
        return Ok(cut);
    }
    let cached = shared.with(|world| {
        let key = ask.cache_key.as_deref()?;
        Some(world.cache.cached(key, &ask.prompt()))
    });
    let (written, body) = write(shared, &ask, fault.as_ref(), cached.unwrap_or(0));
    Ok(Ready {
        status: 200,
        text: written.text.clone().unwrap_or_default(),
        usage: written.usage,
        body: spoil(fault.as_ref(), body),
        wait: None,
    })
}

fn write(shared: &Shared, ask: &Ask, fault: Option<&FaultKind>, cached: u64) -> (Written, Value) {
    let now_ms = shared.now_ms();
    shared.with(|world| {
        let scripted = world.replies.find(ask.newest());
        let content = reply::compose(ask, fault, scripted, &mut world.lies);
        let text = reply::text(ask, &content);
        let mut written = Written::new(
            ask,
            text,
            cached,
            fault.is_some_and(FaultKind::ignores_the_limit),
        );
        written.refused = matches!(content, Content::Refusal(_));
        world
            .minute
            .add(now_ms, written.usage.input + written.usage.output);
        let body = wire::write(ask, &written, &mut world.generator, now_ms);
        (written, body)
    })
}

async fn transcribe(shared: &Shared, recording: &Recording, seq: u64) -> Result<Ready, Problem> {
    shared.with(|world| {
        world.journal.calls.note(seq, |call| {
            call.model = Some(recording.model.clone());
            call.request = Value::Object(recording.fields.clone());
        });
    });
    let newest = &recording.newest;
    let fault = take_fault(shared, Vendor::Groq, newest, seq);
    if let Some(cut) = wait_and_fail(shared, &recording.model, fault.as_ref(), newest, seq).await? {
        return Ok(cut);
    }
    let text = match &fault {
        Some(FaultKind::Say { text } | FaultKind::Unsafe { text: Some(text) }) => text.clone(),
        Some(FaultKind::Empty { .. }) => String::new(),
        Some(FaultKind::Huge) => "blah ".repeat(200_000),
        _ => shared.read(|world| {
            let scripted = world.replies.find(newest);
            scripted.map_or_else(|| recording.transcript(), |found| found.reply.clone())
        }),
    };
    let body = shared.with(|world| recording.write(&text, &mut world.generator));
    let body = if recording.is_plain() {
        Body::Plain(text.clone())
    } else {
        spoil(fault.as_ref(), body)
    };
    Ok(Ready {
        status: 200,
        body,
        text,
        usage: Usage::default(),
        wait: None,
    })
}

/// Takes the fault of a sound request, and notes it and the newest text.
fn take_fault(shared: &Shared, vendor: Vendor, newest: &str, seq: u64) -> Option<FaultKind> {
    shared.with(|world| {
        let fault = world.faults.take(vendor, newest);
        world.journal.calls.note(seq, |call| {
            call.newest = newest.to_owned();
            call.fault = fault.as_ref().map(FaultKind::name);
        });
        fault
    })
}

/// Holds and delays a request, then fails it where its fault says so.
async fn wait_and_fail(
    shared: &Shared,
    model: &str,
    fault: Option<&FaultKind>,
    newest: &str,
    seq: u64,
) -> Result<Option<Ready>, Problem> {
    let must_wait = shared.with(|world| world.settings.hold && world.held.insert(seq));
    if must_wait {
        shared.until(|world| !world.held.contains(&seq)).await;
    }
    let delay_ms = shared.read(|world| {
        let scripted = world.replies.find(newest).map_or(0, |found| found.delay_ms);
        world.settings.delay_ms + scripted
    });
    sleep(delay_ms).await;
    match fault {
        Some(FaultKind::TooManyRequests { retry_after }) => {
            Err(Problem::TooManyRequests(*retry_after))
        }
        Some(FaultKind::SpendingLimit) => Err(Problem::SpendingLimit),
        Some(FaultKind::ServerError) => Err(Problem::ServerError),
        Some(FaultKind::Unavailable) => Err(Problem::Unavailable),
        Some(FaultKind::Unauthorized) => Err(Problem::NoKey),
        Some(FaultKind::ModelGone { status: 410 }) => Err(Problem::Gone(model.to_owned())),
        Some(FaultKind::ModelGone { .. }) => Err(Problem::NoSuchModel(model.to_owned())),
        Some(FaultKind::Hang { ms }) => {
            sleep(*ms).await;
            Ok(Some(Ready {
                status: 0,
                body: Body::Cut,
                text: String::new(),
                usage: Usage::default(),
                wait: None,
            }))
        }
        Some(FaultKind::Slow { ms }) => {
            sleep(*ms).await;
            Ok(None)
        }
        _ => Ok(None),
    }
}

async fn sleep(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// What a fault makes of a sound body.
fn spoil(fault: Option<&FaultKind>, body: Value) -> Body {
    match fault {
        Some(FaultKind::InvalidJson { inside: false }) => {
            Body::Garbage("upstream connect error or disconnect/reset before headers".to_owned())
        }
        Some(FaultKind::CutBody) => Body::Half(body.to_string()),
        _ => Body::Json(body),
    }
}
