//! The control API under `/__control`: what tests and the page use. Described in `README.md`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{
    ControlCall, Outcome, Query, Refusal, changes, check_probability, entry_number, parse, segments,
};

use crate::{
    faults::{Fault, FaultKind},
    journal::{Call, Counts},
    models::Vendor,
    replies::Scripted,
    shared::Shared,
    world::{Settings, World},
};

/// Longest wait of a control call, in milliseconds.
const LONGEST_WAIT_MS: u64 = 60_000;

/// Carries out one control call.
pub(crate) async fn handle(shared: &Shared, call: ControlCall) -> Result<Value, Refusal> {
    let ControlCall {
        verb,
        path,
        query,
        body,
    } = call;
    match (verb.as_str(), segments(&path).as_slice()) {
        ("GET", ["state"]) => Ok(state(shared)),
        ("GET", ["changes"]) => Ok(changes(shared.changes(), &query).await),
        ("POST", ["wait"]) => wait(shared, body).await,
        ("POST", ["reset"]) => {
            shared.reset();
            Ok(json!({}))
        }
        ("GET", ["settings"]) => Ok(shared.read(|world| json!(world.settings))),
        ("PATCH", ["settings"]) => change_settings(shared, body),
        ("POST", ["release"]) => release(shared, body),
        ("GET", ["log"]) => log(shared, &query),
        ("DELETE", ["log"]) => {
            shared.with(|world| world.journal.clear());
            Ok(json!({}))
        }
        ("GET", ["counters"]) => Ok(counters(shared)),
        ("GET", ["faults"]) => {
            Ok(shared.read(|world| json!({ "faults": world.faults.script.list() })))
        }
        ("POST", ["faults"]) => add_fault(shared, body),
        ("DELETE", ["faults"]) => {
            shared.with(|world| world.faults.script.clear());
            Ok(json!({}))
        }
        ("DELETE", ["faults", id]) => {
            remove(shared, id, |world, id| world.faults.script.remove(id))
        }
        ("GET", ["replies"]) => {
            Ok(shared.read(|world| json!({ "replies": world.replies.script.list() })))
        }
        ("POST", ["replies"]) => {
            let scripted: Scripted = parse(body)?;
            Ok(json!({ "id": shared.with(|world| world.replies.script.add(scripted)) }))
        }
        ("DELETE", ["replies"]) => {
            shared.with(|world| world.replies.script.clear());
            Ok(json!({}))
        }
        ("DELETE", ["replies", id]) => {
            remove(shared, id, |world, id| world.replies.script.remove(id))
        }
        ("POST", ["keys"]) => {
            let added: NewKey = parse(body)?;
            shared.with(|world| world.add_key(added.vendor, added.key));
            Ok(json!({}))
        }
        ("DELETE", ["keys"]) => {
            shared.with(World::clear_keys);
            Ok(json!({}))
        }
        _ => Err(Refusal::missing("this control route")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKey {
    vendor: Vendor,
    key: String,
}

fn is_pending(call: &&Call) -> bool {
    call.outcome == Outcome::Pending
}

fn state(shared: &Shared) -> Value {
    let version = *shared.changes().borrow();
    let now_ms = shared.now_ms();
    shared.read(|world| {
        json!({
            "version": version,
            "now_ms": now_ms,
            "settings": world.settings,
            "faults": world.faults.script.list(),
            "replies": world.replies.script.list(),
            "held": world.held,
            "pending": world.journal.calls.iter().filter(is_pending).count(),
            "added_keys": world.key_count(),
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
    /// At least so many requests of the log have ended.
    #[serde(default)]
    ended: usize,
    /// At most so many requests are under way.
    pending: Option<usize>,
    #[serde(default = "half_a_minute")]
    timeout_ms: u64,
}

fn half_a_minute() -> u64 {
    30_000
}

async fn wait(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let wanted: Wait = parse(body)?;
    let found = |world: &World| {
        let pending = world.journal.calls.iter().filter(is_pending).count();
        world.held.len() >= wanted.held
            && world.journal.calls.iter().count() - pending >= wanted.ended
            && wanted.pending.is_none_or(|most| pending <= most)
    };
    let limit = Duration::from_millis(LONGEST_WAIT_MS.min(wanted.timeout_ms));
    match tokio::time::timeout(limit, shared.until(found)).await {
        Ok(()) => Ok(state(shared)),
        Err(_) => Err(Refusal::timeout("this did not come true in time")),
    }
}

fn change_settings(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let Value::Object(changes) = body else {
        return Err(Refusal::bad("settings are an object"));
    };
    shared.with(|world| {
        let mut merged = json!(world.settings);
        for (name, value) in changes {
            merged[name] = value;
        }
        let settings: Settings = parse(merged)?;
        if !settings.hold {
            world.release(usize::MAX);
        }
        world.settings = settings;
        Ok(json!(world.settings))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    count: Option<usize>,
}

fn release(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let wanted: Release = parse(body)?;
    let released = shared.with(|world| world.release(wanted.count.unwrap_or(usize::MAX)));
    Ok(json!({ "released": released }))
}

/// The request log, oldest first. Filters: `vendor`, `since` (number in the log), `limit` (newest so many).
fn log(shared: &Shared, query: &Query) -> Result<Value, Refusal> {
    let vendor: Option<Vendor> = query
        .text("vendor")
        .map(|name| parse(json!(name)))
        .transpose()?;
    let since: u64 = query.number("since").unwrap_or(0);
    let limit: usize = query.number("limit").unwrap_or(usize::MAX);
    Ok(shared.read(|world| {
        let newest_first = world.journal.calls.iter().rev();
        let matching = newest_first
            .filter(|call| call.seq > since && vendor.is_none_or(|vendor| call.vendor == vendor));
        let mut calls: Vec<&Call> = matching.take(limit).collect();
        calls.reverse();
        json!({ "calls": calls })
    }))
}

/// Both vendors' counts, also where nothing was asked.
fn counters(shared: &Shared) -> Value {
    shared.read(|world| {
        let none = Counts::default();
        let of = |vendor| json!(world.journal.counts.get(&vendor).unwrap_or(&none));
        json!({ "xai": of(Vendor::Xai), "groq": of(Vendor::Groq) })
    })
}

fn add_fault(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let fault: Fault = parse(body)?;
    check_probability(fault.probability)?;
    if let FaultKind::ModelGone { status } = fault.fault
        && ![404, 410].contains(&status)
    {
        return Err(Refusal::bad("a model is gone with 404 or 410"));
    }
    Ok(json!({ "id": shared.with(|world| world.faults.script.add(fault)) }))
}

fn remove(
    shared: &Shared,
    id: &str,
    removed: impl FnOnce(&mut World, u64) -> bool,
) -> Result<Value, Refusal> {
    let number = entry_number(id)?;
    if shared.with(|world| removed(world, number)) {
        Ok(json!({}))
    } else {
        Err(Refusal::missing("this id"))
    }
}
