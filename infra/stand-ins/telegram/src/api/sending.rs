//! sendMessage, chat actions, copies and forwards.

use serde_json::{Map, Value, json};

use super::{ApiError, Call, business::Place};
use crate::{
    content,
    world::messages::{merge, set_or_remove, text_content},
};

/// Longest text and caption in UTF-16 units.
pub(super) const TEXT_LIMIT: usize = 4_096;
pub(super) const CAPTION_LIMIT: usize = 1_024;

pub(super) fn message(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let place = call.writable_place()?;
    let (text, entities) = content::formatted(call.params, "text", TEXT_LIMIT)?;
    if text.is_empty() {
        return Err(ApiError::bad("message text is empty"));
    }
    let mut content = text_content(&text, entities);
    merge(&mut content, common(call, &place, false)?);
    call.take_budget(Some(place.chat), 1)?;
    Ok(call.write(&place, content))
}

/// What every sending method takes: reply, keyboard, protection, topic.
pub(super) fn common(call: &Call<'_>, place: &Place, is_invoice: bool) -> Result<Value, ApiError> {
    let mut content = Value::Object(Map::new());
    let reply = call.params.json("reply_parameters")?;
    let reply_to = reply
        .as_ref()
        .and_then(|reply| reply["message_id"].as_i64())
        .or_else(|| call.params.int("reply_to_message_id"));
    if let Some(message_id) = reply_to {
        let optional = reply
            .as_ref()
            .is_some_and(|reply| reply["allow_sending_without_reply"] == json!(true))
            || call.params.flag("allow_sending_without_reply");
        match call
            .dialog(place)
            .and_then(|dialog| dialog.find(message_id))
        {
            Some(stored) => content["reply_to_message"] = without_reply(&stored.message),
            None if optional => {}
            None => return Err(ApiError::bad("message to be replied not found")),
        }
    }
    if let Some(markup) = call.params.json("reply_markup")?
        && let Some(keyboard) = inline_keyboard(&markup, is_invoice)?
    {
        content["reply_markup"] = keyboard;
    }
    if call.params.flag("protect_content") {
        content["has_protected_content"] = json!(true);
    }
    if let Some(topic) = call.params.int("message_thread_id") {
        content["message_thread_id"] = json!(topic);
        content["is_topic_message"] = json!(true);
    }
    if let Some(effect) = call.params.text("message_effect_id") {
        content["effect_id"] = json!(effect);
    }
    if let Some(options) = call.params.json("link_preview_options")? {
        content["link_preview_options"] = options;
    }
    Ok(content)
}

/// A message inside `reply_to_message` carries no reply of its own.
pub(crate) fn without_reply(message: &Value) -> Value {
    let mut message = message.clone();
    if let Value::Object(fields) = &mut message {
        fields.remove("reply_to_message");
    }
    message
}

/// Checks a keyboard; only an inline one becomes part of the message.
pub(super) fn inline_keyboard(markup: &Value, is_invoice: bool) -> Result<Option<Value>, ApiError> {
    const ACTIONS: [&str; 9] = [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "pay",
    ];
    let Some(rows) = markup.get("inline_keyboard") else {
        let is_other = ["keyboard", "remove_keyboard", "force_reply"]
            .iter()
            .any(|kind| markup.get(kind).is_some());
        return if is_other {
            Ok(None)
        } else {
            Err(ApiError::bad("object expected as reply markup"))
        };
    };
    let rows = rows.as_array().ok_or_else(|| {
        ApiError::bad("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array")
    })?;
    for (row_number, row) in rows.iter().enumerate() {
        for (number, button) in row.as_array().into_iter().flatten().enumerate() {
            if button["text"].as_str().is_none_or(str::is_empty) {
                return Err(ApiError::bad(
                    "can't parse inline keyboard button: text must be non-empty",
                ));
            }
            let actions: Vec<&str> = ACTIONS
                .into_iter()
                .filter(|action| button.get(action).is_some())
                .collect();
            match actions.as_slice() {
                [] => {
                    return Err(ApiError::bad(
                        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
                    ));
                }
                ["pay"] if !is_invoice || row_number + number > 0 => {
                    return Err(ApiError::bad("BUTTON_TYPE_INVALID"));
                }
                _ => {}
            }
            let fits = |data: &str| (1..=64).contains(&data.len());
            if button
                .get("callback_data")
                .is_some_and(|data| !data.as_str().is_some_and(fits))
            {
                return Err(ApiError::bad("BUTTON_DATA_INVALID"));
            }
            let is_url = |url: &Value| url.as_str().is_some_and(|url| url::Url::parse(url).is_ok());
            if button.get("url").is_some_and(|url| !is_url(url)) {
                return Err(ApiError::bad("BUTTON_URL_INVALID"));
            }
        }
    }
    let is_empty = rows
        .iter()
        .all(|row| row.as_array().is_none_or(Vec::is_empty));
    Ok((!is_empty).then(|| json!({ "inline_keyboard": rows })))
}

pub(super) fn chat_action(call: &mut Call<'_>) -> Result<Value, ApiError> {
    const ACTIONS: [&str; 11] = [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ];
    let place = call.writable_place()?;
    let action = call.params.text("action").unwrap_or_default();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(ApiError::bad("wrong parameter action in request"));
    }
    let ends_ms = call.now_ms + 5_000;
    if let Some(dialog) = call.dialog_mut(&place) {
        dialog.action = Some((action, ends_ms));
    }
    Ok(json!(true))
}

/// Fields of a message that a copy or forward carries.
const CARRIED: [&str; 18] = [
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "video",
    "voice",
    "audio",
    "document",
    "animation",
    "sticker",
    "video_note",
    "contact",
    "location",
    "venue",
    "dice",
    "poll",
    "link_preview_options",
];

/// The message that a copy or forward starts from, and what it carries.
fn original(call: &Call<'_>, verb: &str) -> Result<(Value, Value), ApiError> {
    let from_chat = call.chat("from_chat_id")?;
    let message_id = call
        .params
        .int("message_id")
        .ok_or_else(|| ApiError::bad("message_id isn't specified"))?;
    let dialog = call
        .world
        .bots
        .get(&call.bot)
        .and_then(|bot| bot.dialogs.get(&from_chat));
    let stored = dialog
        .and_then(|dialog| dialog.find(message_id))
        .ok_or_else(|| ApiError::bad(format!("message to {verb} not found")))?;
    if stored.message["has_protected_content"] == json!(true) {
        return Err(ApiError::bad(
            format!("the message has protected content and can't be {verb}ed")
                .replace("copyed", "copied"),
        ));
    }
    let mut content = Value::Object(Map::new());
    for field in CARRIED {
        if let Some(value) = stored.message.get(field) {
            content[field] = value.clone();
        }
    }
    if content.as_object().is_none_or(Map::is_empty) {
        return Err(ApiError::bad(if verb == "copy" {
            "message can't be copied"
        } else {
            "message can't be forwarded"
        }));
    }
    Ok((stored.message.clone(), content))
}

pub(super) fn copy(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.writable_chat()?;
    let (_, mut content) = original(call, "copy")?;
    if call.params.get("caption").is_some() && content.get("text").is_none() {
        let (caption, entities) = content::formatted(call.params, "caption", CAPTION_LIMIT)?;
        content["caption"] = json!(caption);
        set_or_remove(&mut content, "caption_entities", entities);
    }
    merge(&mut content, common(call, &Place::own(chat), false)?);
    call.take_budget(Some(chat), 1)?;
    let message = call.world.bot_message(call.bot, chat, content, call.now_ms);
    Ok(json!({ "message_id": message["message_id"] }))
}

pub(super) fn forward(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.writable_chat()?;
    let (original, mut content) = original(call, "forward")?;
    content["forward_origin"] = match original.get("from") {
        Some(user) => json!({ "type": "user", "sender_user": user, "date": original["date"] }),
        None => {
            json!({ "type": "channel", "chat": original["chat"], "message_id": original["message_id"], "date": original["date"] })
        }
    };
    call.take_budget(Some(chat), 1)?;
    Ok(call.world.bot_message(call.bot, chat, content, call.now_ms))
}
