//! Changing what was sent: edits, deletions, reactions, and answers to pressed buttons.

use serde_json::{Value, json};

use super::{
    ApiError, Call,
    business::Place,
    sending::{CAPTION_LIMIT, TEXT_LIMIT, inline_keyboard},
};
use crate::{
    content,
    world::{chats::Stored, messages::set_or_remove},
};

/// Milliseconds in which a pressed button can be answered.
const CALLBACK_MS: u64 = 150_000;

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same \
     as a current content and reply markup of the message";

/// Applies a change to an own message and answers the new form, or refuses when nothing changed.
fn change(call: &mut Call<'_>, apply: impl FnOnce(&mut Value)) -> Result<Value, ApiError> {
    let place = call.changeable_place()?;
    let message_id = call
        .params
        .int("message_id")
        .ok_or_else(|| ApiError::bad("message identifier is not specified"))?;
    let markup = match call.params.json("reply_markup")? {
        Some(markup) => inline_keyboard(&markup, false)?,
        None => None,
    };
    let now_s = call.now_ms / 1_000;
    let stored = find(call, &place, message_id, "message to edit not found")?;
    if !stored.from_bot {
        return Err(ApiError::bad("message can't be edited"));
    }
    let mut changed = stored.message.clone();
    apply(&mut changed);
    match markup {
        Some(keyboard) => changed["reply_markup"] = keyboard,
        None => {
            if let Value::Object(fields) = &mut changed {
                fields.remove("reply_markup");
            }
        }
    }
    if changed == stored.message {
        return Err(ApiError::bad(NOT_MODIFIED));
    }
    call.take_budget(None, 1)?;
    changed["edit_date"] = json!(now_s);
    find(call, &place, message_id, "message to edit not found")?.message = changed.clone();
    call.tell_changed(&place, &changed);
    Ok(changed)
}

fn find<'a>(
    call: &'a mut Call<'_>,
    place: &Place,
    message_id: i64,
    missing: &str,
) -> Result<&'a mut Stored, ApiError> {
    call.dialog_mut(place)
        .and_then(|dialog| dialog.find_mut(message_id))
        .ok_or_else(|| ApiError::bad(missing))
}

pub(super) fn text(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let (text, entities) = content::formatted(call.params, "text", TEXT_LIMIT)?;
    if text.is_empty() {
        return Err(ApiError::bad("message text is empty"));
    }
    change(call, |message| {
        message["text"] = json!(text);
        set_or_remove(message, "entities", entities);
    })
}

pub(super) fn caption(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let (caption, entities) = content::formatted(call.params, "caption", CAPTION_LIMIT)?;
    change(call, |message| {
        message["caption"] = json!(caption);
        set_or_remove(message, "caption_entities", entities);
    })
}

pub(super) fn reply_markup(call: &mut Call<'_>) -> Result<Value, ApiError> {
    change(call, |_| {})
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.chat("chat_id")?;
    let message_id = call
        .params
        .int("message_id")
        .ok_or_else(|| ApiError::bad("message identifier is not specified"))?;
    find(
        call,
        &Place::own(chat),
        message_id,
        "message to delete not found",
    )?
    .deleted = true;
    Ok(json!(true))
}

pub(super) fn delete_many(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.chat("chat_id")?;
    let ids = call.params.json("message_ids")?.unwrap_or_default();
    let ids: Vec<i64> = ids
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_i64)
        .collect();
    if !(1..=100).contains(&ids.len()) {
        return Err(ApiError::bad("message identifiers are not specified"));
    }
    for id in ids {
        // Ids that are not there are skipped, as documented.
        if let Ok(stored) = find(call, &Place::own(chat), id, "") {
            stored.deleted = true;
        }
    }
    Ok(json!(true))
}

/// Emoji that people and bots may react with, without custom ones (a part of Telegram's list).
const REACTIONS: [&str; 40] = [
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩",
    "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔",
    "🤨", "😐", "🍓", "🍾", "💋", "😈", "😴", "😭",
];

pub(super) fn react(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.writable_chat()?;
    let message_id = call
        .params
        .int("message_id")
        .ok_or_else(|| ApiError::bad("message identifier is not specified"))?;
    let list = call.params.json("reaction")?.unwrap_or_else(|| json!([]));
    let reactions = list
        .as_array()
        .ok_or_else(|| ApiError::bad("can't parse reaction JSON object"))?;
    for reaction in reactions {
        let emoji = reaction["emoji"]
            .as_str()
            .unwrap_or_default()
            .trim_end_matches('\u{fe0f}');
        let is_known = reaction["type"] == "custom_emoji"
            || (reaction["type"] == "emoji" && REACTIONS.contains(&emoji));
        if !is_known {
            return Err(ApiError::bad("REACTION_INVALID"));
        }
    }
    if reactions.len() > 1 {
        return Err(ApiError::bad("REACTIONS_TOO_MANY"));
    }
    let stored = find(
        call,
        &Place::own(chat),
        message_id,
        "message to react not found",
    )?;
    if reactions.is_empty() {
        stored.reactions.remove("bot");
    } else {
        stored.reactions.insert("bot".to_owned(), list);
    }
    Ok(json!(true))
}

pub(super) fn answer_callback(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let id = call.params.text("callback_query_id").unwrap_or_default();
    let text = call.params.text("text");
    if text
        .as_deref()
        .is_some_and(|text| content::units(text) > 200)
    {
        return Err(ApiError::bad("MESSAGE_TOO_LONG"));
    }
    let answer = json!({ "text": text, "show_alert": call.params.flag("show_alert"), "url": call.params.text("url") });
    let now_ms = call.now_ms;
    let callback = call
        .world
        .bots
        .get_mut(&call.bot)
        .and_then(|bot| bot.callbacks.get_mut(&id));
    let callback = callback.filter(|callback| {
        callback.answer.is_none() && now_ms.saturating_sub(callback.pressed_ms) <= CALLBACK_MS
    });
    callback.ok_or_else(ApiError::too_old)?.answer = Some(answer);
    Ok(json!(true))
}
