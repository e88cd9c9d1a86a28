//! People, groups and transcripts.

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Query, Refusal, parse};

use super::{find_bot, number};
use crate::{
    shared::Shared,
    world::{Bot, chats::Dialog, people::Person},
};

/// One chat of a bot, for lists.
pub(super) fn summary(chat: i64, dialog: &Dialog, now_ms: u64) -> Value {
    let last = dialog.messages.iter().rev().find(|stored| !stored.deleted);
    let action = dialog
        .action
        .as_ref()
        .filter(|(_, ends_ms)| *ends_ms > now_ms)
        .map(|(action, _)| action);
    json!({
        "chat": chat, "blocked": dialog.blocked, "status": dialog.status, "action": action, "messages": dialog.messages.len(),
        "last": last.map(|stored| json!({ "message": stored.message, "from_bot": stored.from_bot })),
    })
}

pub(super) fn list(shared: &Shared, bot: &str) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| {
        let bot = world.bot(find_bot(world, bot)?)?;
        let chats = bot
            .dialogs
            .iter()
            .map(|(chat, dialog)| summary(*chat, dialog, now_ms));
        Ok(json!({ "chats": chats.collect::<Vec<_>>() }))
    })
}

/// The transcript, oldest first. `limit`: only the newest so many.
pub(super) fn transcript(
    shared: &Shared,
    bot: &str,
    chat: &str,
    query: &Query,
) -> Result<Value, Refusal> {
    shared.read(|world, now_ms| {
        let bot = world.bot(find_bot(world, bot)?)?;
        let chat = number(chat, "a chat's id")?;
        let dialog = bot
            .dialogs
            .get(&chat)
            .ok_or_else(|| Refusal::missing("this chat"))?;
        Ok(view(bot, chat, dialog, query, now_ms, true))
    })
}

/// A transcript as JSON. `is_own`: the chat is the bot's own, so that its numbers are those of the bot's invoices.
pub(super) fn view(
    bot: &Bot,
    chat: i64,
    dialog: &Dialog,
    query: &Query,
    now_ms: u64,
    is_own: bool,
) -> Value {
    let limit: usize = query.number("limit").unwrap_or(usize::MAX);
    let invoice_of = |message_id: i64| {
        let mut invoices = bot.ledger.invoices.values().filter(|_| is_own);
        invoices.find(|invoice| invoice.message == Some((chat, message_id)))
    };
    let skip = dialog.messages.len().saturating_sub(limit);
    let messages = dialog.messages.iter().skip(skip).map(|stored| {
        let mut entry = json!({
            "message": stored.message, "from_bot": stored.from_bot, "deleted": stored.deleted, "reactions": stored.reactions,
        });
        if let Some(invoice) = invoice_of(stored.id()) {
            let checkout = bot.ledger.checkouts.values().filter(|checkout| checkout.slug == invoice.slug).max_by_key(|checkout| checkout.asked_ms);
            entry["checkout"] = json!(checkout.map(|checkout| json!({ "state": checkout.state_at(now_ms), "reason": checkout.reason })));
        }
        entry
    });
    let answers = bot
        .callbacks
        .values()
        .filter(|callback| callback.person == chat && callback.answer.is_some());
    let last_answer = answers
        .max_by_key(|callback| callback.pressed_ms)
        .map(|callback| json!({ "at_ms": callback.pressed_ms, "answer": callback.answer }));
    let mut view = summary(chat, dialog, now_ms);
    view["messages"] = json!(messages.collect::<Vec<_>>());
    view["last_callback_answer"] = json!(last_answer);
    view["commands"] = bot
        .profile
        .get("commands|{\"type\":\"default\"}|")
        .cloned()
        .unwrap_or_else(|| json!([]));
    view
}

pub(super) fn people(shared: &Shared) -> Value {
    shared.read(|world, _| json!({ "people": world.people.values().collect::<Vec<_>>() }))
}

pub(super) fn person(shared: &Shared, person: &str) -> Result<Value, Refusal> {
    let id = number(person, "a person's id")?;
    shared.read(|world, _| Ok(json!(world.person(id)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPerson {
    id: Option<i64>,
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
    language_code: Option<String>,
    #[serde(default)]
    is_premium: bool,
}

/// Made-up first names for people who are added without one.
const NAMES: [&str; 16] = [
    "Alma", "Bruno", "Chiara", "Dario", "Elif", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Kira",
    "Luis", "Mira", "Nuno", "Olga", "Pavel",
];

pub(super) fn create_person(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let new: NewPerson = parse(body)?;
    shared.with(|world, _| {
        let made_up = NAMES[world.people.len() % NAMES.len()];
        let person = Person {
            id: 0,
            first_name: new.first_name.unwrap_or_else(|| made_up.to_owned()),
            last_name: new.last_name,
            username: new.username,
            language_code: new.language_code,
            is_premium: new.is_premium,
            deleted: false,
        };
        let id = world.create_person(new.id, person)?;
        Ok(json!(world.person(id)?))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonChange {
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
    language_code: Option<String>,
    is_premium: Option<bool>,
}

/// Changes what is given; an empty text removes the field.
pub(super) fn change_person(shared: &Shared, person: &str, body: Value) -> Result<Value, Refusal> {
    let id = number(person, "a person's id")?;
    let change: PersonChange = parse(body)?;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    shared.with(|world, _| {
        let person = world
            .people
            .get_mut(&id)
            .ok_or_else(|| Refusal::missing("this person"))?;
        if let Some(name) = change.first_name {
            person.first_name = name;
        }
        if let Some(name) = change.last_name {
            person.last_name = filled(name);
        }
        if let Some(username) = change.username {
            person.username = filled(username);
        }
        if let Some(code) = change.language_code {
            person.language_code = filled(code);
        }
        person.is_premium = change.is_premium.unwrap_or(person.is_premium);
        Ok(json!(person))
    })
}

pub(super) fn delete_account(shared: &Shared, person: &str) -> Result<Value, Refusal> {
    let id = number(person, "a person's id")?;
    shared.with(|world, _| world.delete_account(id))?;
    Ok(json!({}))
}

pub(super) fn groups(shared: &Shared) -> Value {
    shared.read(|world, _| json!({ "chats": world.groups.values().collect::<Vec<_>>() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroup {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    username: Option<String>,
}

pub(super) fn create_group(shared: &Shared, body: Value) -> Result<Value, Refusal> {
    let new: NewGroup = parse(body)?;
    shared.with(|world, _| {
        let id = world.create_group(&new.kind, &new.title, new.username)?;
        Ok(json!(world.groups.get(&id)))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BotStatus {
    bot: Value,
    /// `member`, `administrator`, `left` or `kicked`.
    status: String,
    /// The person who does it.
    by: i64,
}

pub(super) fn set_bot_status(shared: &Shared, chat: &str, body: Value) -> Result<Value, Refusal> {
    let chat = number(chat, "a chat's id")?;
    let change: BotStatus = parse(body)?;
    if !["member", "administrator", "left", "kicked"].contains(&change.status.as_str()) {
        return Err(Refusal::bad(
            "a bot's status is member, administrator, left or kicked",
        ));
    }
    shared.with(|world, now_ms| {
        let bot = find_bot(world, &plain(&change.bot))?;
        world.set_bot_status(bot, chat, change.by, &change.status, now_ms)?;
        Ok(json!({}))
    })
}

/// A bot named in a body: its id as a number, or its username.
pub(super) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn upgrade(shared: &Shared, chat: &str) -> Result<Value, Refusal> {
    let chat = number(chat, "a chat's id")?;
    shared.with(|world, now_ms| Ok(json!({ "migrated_to": world.upgrade_group(chat, now_ms)? })))
}
