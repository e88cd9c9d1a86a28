//! The control API under `/__control`: what tests use. Described in `README.md`.

mod acts;

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{ControlCall, Query, Refusal, check_probability, entry_number, parse, segments};

use crate::{faults::Fault, settings::Settings, shared::Shared, world::World};

/// Longest wait of a control call.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Carries out one control call.
pub(crate) async fn handle(shared: &Shared, call: ControlCall) -> Result<Value, Refusal> {
    let ControlCall {
        verb,
        path,
        query,
        body,
    } = call;
    let segments = segments(&path);
    match (verb.as_str(), segments.as_slice()) {
        ("GET", ["state"]) => Ok(state(shared)),
        ("POST", ["settle"]) => wait(shared, World::is_settled).await,
        ("POST", ["wait"]) => {
            let wanted: Wait = parse(body)?;
            wait(shared, |world| wanted.is_there(world)).await
        }
        ("POST", ["reset"]) => {
            shared.reset();
            Ok(json!({}))
        }
        ("GET", ["settings"]) => Ok(shared.read(|world| json!(world.state.settings))),
        ("PATCH", ["settings"]) => change_settings(shared, body),
        ("POST", ["clock"]) => move_clock(shared, body),
        ("POST", ["release"]) => {
            let wanted: Release = parse(body)?;
            let count = wanted.count.unwrap_or(usize::MAX);
            Ok(json!({ "released": shared.with(|world| world.release(count)) }))
        }
        ("POST", ["outage"]) => outage(shared, body),
        ("GET", ["log"]) => Ok(log(shared, &query)),
        ("GET", ["deliveries"]) => Ok(shared.read(
            |world| json!({ "tries": world.journal.tries, "waiting": world.state.queue.waiting() }),
        )),
        ("DELETE", ["log"]) => {
            shared.with(|world| world.journal.clear());
            Ok(json!({}))
        }
        ("GET", ["faults"]) => {
            Ok(shared.read(|world| json!({ "faults": world.faults.script.list() })))
        }
        ("POST", ["faults"]) => add_fault(shared, body),
        ("DELETE", ["faults"]) => {
            shared.with(|world| world.faults.script.clear());
            Ok(json!({}))
        }
        ("DELETE", ["faults", id]) => remove_fault(shared, id),
        _ => acts::handle(shared, &verb, &segments, body),
    }
}

fn state(shared: &Shared) -> Value {
    let version = *shared.changes().borrow();
    shared.read(|world| {
        json!({
            "version": version,
            "now": world.state.now,
            "settings": world.state.settings,
            "faults": world.faults.script.list(),
            "held": world.held,
            "pending": world.journal.pending(),
            "is_settled": world.is_settled(),
        })
    })
}

/// What to wait for; all of it must hold at once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wait {
    /// At least so many requests are held.
    #[serde(default)]
    held: usize,
    /// At most so many requests are under way.
    pending: Option<usize>,
    /// At least so many tries of webhooks were made.
    #[serde(default)]
    tries: usize,
}

impl Wait {
    fn is_there(&self, world: &World) -> bool {
        world.held.len() >= self.held
            && world.journal.tries.len() >= self.tries
            && self
                .pending
                .is_none_or(|most| world.journal.pending() <= most)
    }
}

async fn wait(shared: &Shared, found: impl Fn(&World) -> bool) -> Result<Value, Refusal> {
    match tokio::time::timeout(LONGEST_WAIT, shared.until(found)).await {
        Ok(()) => Ok(state(shared)),
        Err(_) => Err(Refusal::timeout("this did not come true in time")),
    }
}

fn change_settings(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let Value::Object(changes) = body else {
        return Err(Refusal::bad("settings are an object"));
    };
    shared.with(|world| {
        let mut merged = json!(world.state.settings);
        for (name, value) in changes {
            merged[name] = value;
        }
        let settings: Settings = parse(merged)?;
        if !settings.hold {
            world.release(usize::MAX);
        }
        world.state.settings = settings;
        Ok(json!(world.state.settings))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    advance_s: u64,
}

fn move_clock(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let step: Step = parse(body)?;
    shared.with(|world| world.skew_ms += step.advance_s * 1_000);
    Ok(json!({ "now": shared.read(|world| world.state.now) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    count: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outage {
    ms: u64,
}

/// Closes the port for so long, in real time; 0 opens it at once.
fn outage(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let wanted: Outage = parse(body)?;
    let end = Instant::now().checked_add(Duration::from_millis(wanted.ms));
    shared.with(|world| world.outage = end.filter(|_| wanted.ms > 0));
    Ok(json!({}))
}

/// The request log, oldest first. Filters: `path` (how it begins), `verb`, `since` (number in the log).
fn log(shared: &Shared, query: &Query) -> Value {
    let since: u64 = query.number("since").unwrap_or(0);
    let path = query.text("path").unwrap_or_default();
    let verb = query.text("verb");
    shared.read(|world| {
        let calls = world.journal.calls.iter().filter(|call| {
            call.seq > since
                && call.path.starts_with(path)
                && verb.is_none_or(|verb| verb == call.verb)
        });
        json!({ "calls": calls.collect::<Vec<_>>() })
    })
}

fn add_fault(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let fault: Fault = parse(body)?;
    check_probability(fault.probability)?;
    Ok(json!({ "id": shared.with(|world| world.faults.script.add(fault)) }))
}

fn remove_fault(shared: &Shared, id: &str) -> Result<Value, Refusal> {
    let number = entry_number(id)?;
    if shared.with(|world| world.faults.script.remove(number)) {
        Ok(json!({}))
    } else {
        Err(Refusal::missing("this id"))
    }
}
