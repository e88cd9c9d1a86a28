//! The control API under `/__control`: what tests and the page use. Described in `README.md`.

mod acts;
mod bots;
mod bulk;
mod business;
mod chats;
mod inject;
mod system;

use serde_json::Value;
use stand_in_kit::{ControlCall, Refusal, changes, segments};

use crate::{shared::Shared, world::World};

/// Carries out one control call.
pub(crate) async fn handle(shared: &Shared, call: ControlCall) -> Result<Value, Refusal> {
    let ControlCall {
        verb,
        path,
        query,
        body,
    } = call;
    match (verb.as_str(), segments(&path).as_slice()) {
        ("GET", ["state"]) => Ok(system::state(shared)),
        ("GET", ["changes"]) => Ok(changes(shared.changes(), &query).await),
        ("POST", ["settle"]) => system::settle(shared, &query).await,
        ("POST", ["reset"]) => Ok(system::reset(shared)),
        ("GET", ["settings"]) => Ok(system::settings(shared)),
        ("PATCH", ["settings"]) => system::change_settings(shared, body),
        ("POST", ["clock"]) => system::move_clock(shared, body),
        ("GET", ["log"]) => system::log(shared, &query),
        ("DELETE", ["log"]) => Ok(system::clear_log(shared)),
        ("GET", ["deliveries"]) => system::deliveries(shared, &query),
        ("GET", ["faults"]) => Ok(system::faults(shared)),
        ("POST", ["faults"]) => system::add_fault(shared, body),
        ("DELETE", ["faults"]) => Ok(system::clear_faults(shared)),
        ("DELETE", ["faults", id]) => system::remove_fault(shared, id),

        ("GET", ["bots"]) => Ok(bots::list(shared)),
        ("GET", ["pending"]) => Ok(bots::pending_of_all(shared)),
        ("POST", ["bots"]) => bots::create(shared, body),
        ("GET", ["bots", bot]) => bots::get(shared, bot),
        ("PATCH", ["bots", bot]) => bots::change(shared, bot, body),
        ("DELETE", ["bots", bot]) => bots::remove(shared, bot),
        ("GET", ["bots", bot, "botfather"]) => bots::botfather(shared, bot),
        ("POST", ["bots", bot, "revoke"]) => bots::revoke(shared, bot),
        ("GET", ["bots", bot, "counters"]) => bots::counters(shared, bot),
        ("GET", ["bots", bot, "pending"]) => bots::pending(shared, bot),
        ("GET", ["bots", bot, "payments"]) => bots::payments(shared, bot),
        ("GET", ["bots", bot, "chats"]) => chats::list(shared, bot),
        ("GET", ["bots", bot, "chats", chat]) => chats::transcript(shared, bot, chat, &query),
        ("GET", ["bots", bot, "business", owner, "chats", fan]) => {
            business::transcript(shared, bot, owner, fan, &query)
        }
        ("POST", ["bots", bot, "updates"]) => inject::inject(shared, bot, body),
        ("POST", ["bots", bot, "bulk"]) => bulk::deliver(shared, bot, body).await,

        ("GET", ["people"]) => Ok(chats::people(shared)),
        ("POST", ["people"]) => chats::create_person(shared, body),
        ("GET", ["people", person]) => chats::person(shared, person),
        ("PATCH", ["people", person]) => chats::change_person(shared, person, body),
        ("DELETE", ["people", person]) => chats::delete_account(shared, person),
        ("POST", ["people", person, "acts"]) => acts::act(shared, person, body),

        ("GET", ["chats"]) => Ok(chats::groups(shared)),
        ("POST", ["chats"]) => chats::create_group(shared, body),
        ("POST", ["chats", chat, "bots"]) => chats::set_bot_status(shared, chat, body),
        ("POST", ["chats", chat, "upgrade"]) => chats::upgrade(shared, chat),
        _ => Err(Refusal::missing("this control route")),
    }
}

fn number(text: &str, what: &str) -> Result<i64, Refusal> {
    text.parse()
        .map_err(|_| Refusal::bad(format!("{what} is a number, not {text:?}")))
}

/// A bot by id or username.
fn find_bot(world: &World, text: &str) -> Result<i64, Refusal> {
    let by_name = |bot: &&crate::world::Bot| {
        bot.username
            .eq_ignore_ascii_case(text.trim_start_matches('@'))
    };
    match text.parse::<i64>() {
        Ok(id) => world.bot(id).map(|bot| bot.id),
        Err(_) => world
            .bots
            .values()
            .find(by_name)
            .map(|bot| bot.id)
            .ok_or_else(|| Refusal::missing("this bot")),
    }
}
