//! Bots, as BotFather hands them out.

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Refusal, parse};

use super::find_bot;
use crate::{shared::Shared, world::Bot};

/// A bot without its token.
pub(super) fn object(bot: &Bot, now_ms: u64) -> Value {
    let webhook = bot.webhook.as_ref().map(|webhook| {
        json!({
            "url": webhook.url, "max_connections": webhook.max_connections, "has_secret": webhook.secret_token.is_some(),
            "last_error_ms": webhook.last_error_ms, "last_error_message": webhook.last_error_message,
        })
    });
    json!({
        "id": bot.id, "username": bot.username, "first_name": bot.first_name,
        "reads_all_group_messages": bot.reads_all_group_messages, "can_connect_to_business": bot.can_connect_to_business,
        "webhook": webhook, "allowed_updates": bot.allowed_updates,
        "pending": bot.queue.pending.len(), "expired": bot.queue.expired, "balance": bot.ledger.balance,
        "polling": bot.polls_open > 0,
        "chats": bot.dialogs.iter().map(|(chat, dialog)| super::chats::summary(*chat, dialog, now_ms)).collect::<Vec<_>>(),
    })
}

pub(super) fn list(shared: &Shared) -> Value {
    shared.read(|world, now_ms| json!({ "bots": world.bots.values().map(|bot| object(bot, now_ms)).collect::<Vec<_>>() }))
}

/// How many updates wait for delivery, of all bots: cheap, for who asks often.
pub(super) fn pending_of_all(shared: &Shared) -> Value {
    shared.read(|world, _| {
        let pending = world.bots.values().map(|bot| bot.queue.pending.len());
        json!({ "pending": pending.sum::<usize>() })
    })
}

pub(super) fn get(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| Ok(object(world.bot(find_bot(world, bot)?)?, now_ms)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBot {
    username: String,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    id: Option<i64>,
    #[serde(default)]
    token: Option<String>,
}

pub(super) fn create(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let new: NewBot = parse(body)?;
    shared.with(|world, now_ms| {
        let username = new.username.trim_start_matches('@').to_owned();
        let name = new.first_name.unwrap_or_else(|| username.clone());
        let id = world.create_bot(new.id, new.token, username, name, now_ms)?;
        Ok(credentials(world.bot(id)?, "is ready"))
    })
}

/// The token and the message around it that a person would copy.
fn credentials(bot: &Bot, what: &str) -> Value {
    let message = format!(
        "Done! Your bot {name} {what}. You find it at t.me/{username}, where you can add a description, a picture and commands.\n\n\
         Use this token to access the HTTP API:\n{token}\n\
         Keep it secret: whoever has it controls your bot. To get a new one, send /revoke.\n\n\
         The Bot API is described here: https://core.telegram.org/bots/api",
        name = bot.first_name,
        username = bot.username,
        token = bot.token,
    );
    json!({ "id": bot.id, "username": bot.username, "first_name": bot.first_name, "token": bot.token, "message": message })
}

pub(super) fn botfather(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, _| Ok(credentials(world.bot(find_bot(world, bot)?)?, "is ready")))
}

/// Gives the bot a new token; the old one answers 401 from now on.
pub(super) fn revoke(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.with(|world, _| {
        let id = find_bot(world, bot)?;
        world.revoke_token(id)?;
        Ok(credentials(
            world.bot(id)?,
            "has a new token, and the old one no longer works",
        ))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BotChange {
    first_name: Option<String>,
    reads_all_group_messages: Option<bool>,
    can_connect_to_business: Option<bool>,
}

pub(super) fn change(shared: &Shared, bot: &str, body: Value) -> Result<Value, Refusal> {
    let change: BotChange = parse(body)?;
    shared.with(|world, now_ms| {
        let id = find_bot(world, bot)?;
        let bot = world.bot_mut(id)?;
        if let Some(name) = change.first_name {
            bot.first_name = name;
        }
        if let Some(reads) = change.reads_all_group_messages {
            bot.reads_all_group_messages = reads;
        }
        if let Some(can) = change.can_connect_to_business {
            bot.can_connect_to_business = can;
        }
        Ok(object(bot, now_ms))
    })
}

pub(super) fn remove(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.with(|world, _| {
        let id = find_bot(world, bot)?;
        world.bots.remove(&id);
        let connections = &mut world.business.connections;
        connections.retain(|_, connection| connection.bot != id);
        Ok(json!({}))
    })
}

pub(super) fn counters(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, _| {
        let id = find_bot(world, bot)?;
        Ok(json!(
            world.journal.counts.get(&id).cloned().unwrap_or_default()
        ))
    })
}

/// Updates that wait, oldest first.
pub(super) fn pending(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| {
        let bot = world.bot(find_bot(world, bot)?)?;
        let waiting = bot.queue.pending.iter().map(|update| {
            json!({
                "update_id": update.update_id, "kind": update.kind, "queue": update.queue, "failures": update.failures,
                "in_flight": update.in_flight, "due_in_ms": update.not_before_ms.saturating_sub(now_ms),
                "expires_in_ms": update.expires_ms.saturating_sub(now_ms),
            })
        });
        Ok(json!({ "now_ms": now_ms, "pending": waiting.collect::<Vec<_>>() }))
    })
}

pub(super) fn payments(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| {
        let ledger = &world.bot(find_bot(world, bot)?)?.ledger;
        let checkouts = ledger.checkouts.values().map(|checkout| {
            let mut object = json!(checkout);
            object["state"] = json!(checkout.state_at(now_ms));
            object
        });
        Ok(json!({
            "balance": ledger.balance, "invoices": ledger.invoices, "checkouts": checkouts.collect::<Vec<_>>(),
            "transactions": ledger.transactions, "subscriptions": ledger.subscriptions,
        }))
    })
}
