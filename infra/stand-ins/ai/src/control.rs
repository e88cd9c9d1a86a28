//! The control API under `/__control`: what tests and the page use. Described in `README.md`.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    faults::{Fault, FaultKind},
    journal::{Call, Counts, Outcome},
    models::Vendor,
    replies::Scripted,
    shared::Shared,
    world::{Refusal, Settings, World},
};

/// Longest wait of a control call, in milliseconds.
const LONGEST_WAIT_MS: u64 = 60_000;

/// Carries out one control call.
pub(crate) async fn handle(
    shared: &Shared,
    verb: &str,
    path: &str,
    query: &str,
    body: Value,
) -> Result<Value, Refusal> {
    let query: BTreeMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    match (verb, segments.as_slice()) {
        ("GET", ["state"]) => Ok(state(shared)),
        ("GET", ["changes"]) => Ok(changes(shared, &query).await),
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
        ("GET", ["replies"]) => Ok(shared.read(|world| json!({ "replies": world.replies.list() }))),
        ("POST", ["replies"]) => {
            let scripted: Scripted = parse(body)?;
            Ok(json!({ "id": shared.with(|world| world.replies.add(scripted)) }))
        }
        ("DELETE", ["replies"]) => {
            shared.with(|world| world.replies.clear());
            Ok(json!({}))
        }
        ("DELETE", ["replies", id]) => remove(shared, id, |world, id| world.replies.remove(id)),
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

/// Reads a body into its type; what does not fit is named.
fn parse<T: DeserializeOwned>(body: Value) -> Result<T, Refusal> {
    let body = if body.is_null() { json!({}) } else { body };
    serde_json::from_value(body).map_err(|error| Refusal::bad(error.to_string()))
}

fn number<T: std::str::FromStr>(query: &BTreeMap<String, String>, name: &str) -> Option<T> {
    query.get(name)?.parse().ok()
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
            "replies": world.replies.list(),
            "held": world.held,
            "pending": world.journal.calls.iter().filter(is_pending).count(),
            "added_keys": world.key_count(),
        })
    })
}

/// Waits until the state is newer than `since`, at most `timeout_ms` (default 20 s).
async fn changes(shared: &Shared, query: &BTreeMap<String, String>) -> Value {
    let since: u64 = number(query, "since").unwrap_or(0);
    let timeout_ms = number(query, "timeout_ms").unwrap_or(20_000);
    let limit = Duration::from_millis(LONGEST_WAIT_MS.min(timeout_ms));
    let mut receiver = shared.changes();
    // Both outcomes answer with the version there is.
    let _ = tokio::time::timeout(limit, receiver.wait_for(|version| *version > since)).await;
    let version = *receiver.borrow();
    json!({ "version": version })
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
            && world.journal.calls.len() - pending >= wanted.ended
            && wanted.pending.is_none_or(|most| pending <= most)
    };
    let limit = Duration::from_millis(LONGEST_WAIT_MS.min(wanted.timeout_ms));
    match tokio::time::timeout(limit, shared.until(found)).await {
        Ok(()) => Ok(state(shared)),
        Err(_) => Err(Refusal {
            status: 408,
            message: "this did not come true in time".to_owned(),
        }),
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
fn log(shared: &Shared, query: &BTreeMap<String, String>) -> Result<Value, Refusal> {
    let vendor: Option<Vendor> = query
        .get("vendor")
        .map(|name| parse(json!(name)))
        .transpose()?;
    let since: u64 = number(query, "since").unwrap_or(0);
    let limit: usize = number(query, "limit").unwrap_or(usize::MAX);
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
    if fault
        .probability
        .is_some_and(|probability| !(0.0..=1.0).contains(&probability))
    {
        return Err(Refusal::bad("a probability is from 0 to 1"));
    }
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
    let number: u64 = id
        .parse()
        .map_err(|_| Refusal::bad(format!("an id is a number, not {id:?}")))?;
    if shared.with(|world| removed(world, number)) {
        Ok(json!({}))
    } else {
        Err(Refusal::missing("this id"))
    }
}
