//! Settings, clock, faults, logs, and waiting.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Query, Refusal, parse};
use tokio::time::Instant;

use super::{find_bot, number};
use crate::{
    faults::{Fault, FaultKind},
    shared::Shared,
    world::Settings,
};

/// Everything the page's side list shows.
pub(super) fn state(shared: &Shared) -> Value {
    let version = *shared.changes().borrow();
    shared.read(|world, now_ms| {
        json!({
            "version": version,
            "now_ms": now_ms,
            "settings": world.settings,
            "bots": world.bots.values().map(|bot| super::bots::object(bot, now_ms)).collect::<Vec<_>>(),
            "people": world.people.values().collect::<Vec<_>>(),
            "business": super::business::accounts(world, now_ms),
            "chats": world.groups.values().collect::<Vec<_>>(),
            "faults": world.faults.script.list(),
        })
    })
}

/// Waits until nothing is under way and nothing is due, at most `timeout_ms` (default 30 s).
pub(super) async fn settle(shared: &Shared, query: &Query) -> Result<Value, Refusal> {
    let deadline =
        Instant::now() + Duration::from_millis(query.number("timeout_ms").unwrap_or(30_000));
    let mut receiver = shared.changes();
    loop {
        receiver.mark_unchanged();
        if shared.read(|world, now_ms| world.is_settled(now_ms)) {
            return Ok(json!({ "settled": true }));
        }
        if tokio::time::timeout_at(deadline, receiver.changed())
            .await
            .is_err()
        {
            return Err(Refusal::timeout("deliveries are still under way"));
        }
    }
}

pub(super) fn reset(shared: &Shared) -> Value {
    shared.reset();
    json!({})
}

pub(super) fn settings(shared: &Shared) -> Value {
    shared.read(|world, _| json!(world.settings))
}

pub(super) fn change_settings(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    shared.with(|world, _| {
        let mut merged = json!(world.settings);
        crate::world::messages::merge(&mut merged, body);
        let settings: Settings = parse(merged)?;
        if settings.bot_per_second == 0
            || settings.group_per_minute == 0
            || settings.chat_burst == 0
        {
            return Err(Refusal::bad("a limit is at least 1"));
        }
        world.settings = settings;
        Ok(json!(world.settings))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockMove {
    #[serde(default)]
    advance_ms: u64,
}

pub(super) fn move_clock(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let step: ClockMove = parse(body)?;
    shared.with(|world, _| world.skew_ms += step.advance_ms);
    Ok(json!({ "now_ms": shared.now_ms() }))
}

/// The request log, oldest first. Filters: `bot`, `method`, `since` (sequence number), `status`, `limit` (newest so many).
pub(super) fn log(shared: &Shared, query: &Query) -> Result<Value, Refusal> {
    let since: u64 = query.number("since").unwrap_or(0);
    let limit: usize = query.number("limit").unwrap_or(usize::MAX);
    let status: Option<u16> = query.number("status");
    shared.read(|world, _| {
        let bot = query
            .text("bot")
            .map(|bot| find_bot(world, bot))
            .transpose()?;
        let matching = world.journal.calls.iter().rev().filter(|call| {
            call.seq > since
                && bot.is_none_or(|bot| call.bot == Some(bot))
                && query
                    .text("method")
                    .is_none_or(|method| call.method.eq_ignore_ascii_case(method))
                && status.is_none_or(|status| call.status == Some(status))
        });
        let mut calls: Vec<_> = matching.take(limit).collect();
        calls.reverse();
        Ok(json!({ "calls": calls }))
    })
}

pub(super) fn clear_log(shared: &Shared) -> Value {
    shared.with(|world, _| world.journal = Default::default());
    json!({})
}

/// Tries to deliver, oldest first. Filters: `bot`, `since`, `limit`.
pub(super) fn deliveries(shared: &Shared, query: &Query) -> Result<Value, Refusal> {
    let since: u64 = query.number("since").unwrap_or(0);
    let limit: usize = query.number("limit").unwrap_or(usize::MAX);
    shared.read(|world, _| {
        let bot = query
            .text("bot")
            .map(|bot| find_bot(world, bot))
            .transpose()?;
        let matching =
            world.journal.deliveries.iter().rev().filter(|delivery| {
                delivery.seq > since && bot.is_none_or(|bot| delivery.bot == bot)
            });
        let mut deliveries: Vec<_> = matching.take(limit).collect();
        deliveries.reverse();
        Ok(json!({ "deliveries": deliveries }))
    })
}

pub(super) fn faults(shared: &Shared) -> Value {
    shared.read(|world, _| json!({ "faults": world.faults.script.list() }))
}

pub(super) fn add_fault(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let fault: Fault = parse(body)?;
    if fault.fault == FaultKind::CutBeforeReading && fault.chat.is_some() {
        return Err(Refusal::bad(
            "the chat is in the body: cut_before_reading cannot know it",
        ));
    }
    if let FaultKind::Refuse { code, .. } = &fault.fault
        && !(400..600).contains(code)
    {
        return Err(Refusal::bad("a refusal has a code from 400 to 599"));
    }
    Ok(json!({ "id": shared.with(|world, _| world.faults.script.add(fault)) }))
}

/// Removes all faults, and ends a scripted flood wait.
pub(super) fn clear_faults(shared: &Shared) -> Value {
    shared.with(|world, _| {
        world.faults.script.clear();
        for bot in world.bots.values_mut() {
            bot.flood_until_ms = 0;
        }
    });
    json!({})
}

pub(super) fn remove_fault(shared: &Shared, id: &str) -> Result<Value, Refusal> {
    let id = number(id, "a fault's id")?;
    let removed =
        shared.with(|world, _| u64::try_from(id).is_ok_and(|id| world.faults.script.remove(id)));
    if removed {
        Ok(json!({}))
    } else {
        Err(Refusal::missing("this fault"))
    }
}
