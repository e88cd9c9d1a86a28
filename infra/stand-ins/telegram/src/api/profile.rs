//! The bot's own profile, commands, and what it may know of chats.

use serde_json::{Value, json};

use super::{ApiError, Call};
use crate::{content, world::chats::chat_member};

pub(super) fn get_me(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let bot = call
        .world
        .bots
        .get(&call.bot)
        .ok_or_else(ApiError::unauthorized)?;
    let mut user = bot.user();
    user["can_join_groups"] = json!(true);
    user["can_read_all_group_messages"] = json!(bot.reads_all_group_messages);
    user["can_connect_to_business"] = json!(bot.can_connect_to_business);
    for no in [
        "supports_inline_queries",
        "supports_guest_queries",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
        "supports_join_request_queries",
    ] {
        user[no] = json!(false);
    }
    Ok(user)
}

pub(super) fn get_chat(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.chat("chat_id")?;
    let mut object = call.world.chat_object(chat);
    object["accent_color_id"] = json!(chat.rem_euclid(7));
    object["max_reaction_count"] = json!(11);
    object["accepted_gift_types"] = json!({
        "unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true, "gifts_from_channels": true,
    });
    if let Some(username) = object.get("username").cloned() {
        object["active_usernames"] = json!([username]);
    }
    Ok(object)
}

pub(super) fn get_chat_member(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let chat = call.chat("chat_id")?;
    let id = call
        .params
        .int("user_id")
        .ok_or_else(|| ApiError::bad("invalid user_id specified"))?;
    let dialog = call
        .world
        .bots
        .get(&call.bot)
        .and_then(|bot| bot.dialogs.get(&chat))
        .ok_or_else(|| ApiError::bad("chat not found"))?;
    if let Some(bot) = call.world.bots.get(&id) {
        let status = if dialog.status.is_empty() {
            "member"
        } else {
            dialog.status.as_str()
        };
        return Ok(chat_member(&bot.user(), status));
    }
    let person = call
        .world
        .people
        .get(&id)
        .ok_or_else(|| ApiError::bad("user not found"))?;
    let has_written = chat == id
        || dialog
            .messages
            .iter()
            .any(|stored| stored.message["from"]["id"].as_i64() == Some(id));
    Ok(chat_member(
        &person.user(),
        if has_written { "member" } else { "left" },
    ))
}

/// setMyX, getMyX, deleteMyX for what a profile holds. Anything else is an unknown method.
pub(super) fn bot_profile(call: &mut Call<'_>, method: &str) -> Result<Value, ApiError> {
    const TEXTS: [(&str, &str, usize); 3] = [
        ("description", "description", 512),
        ("shortdescription", "short_description", 120),
        ("name", "name", 64),
    ];
    let unknown = || ApiError::new(404, "Not Found: method not found");
    let (verb, what) = ["set", "get", "delete"]
        .into_iter()
        .find_map(|verb| Some((verb, method.strip_prefix(verb)?)))
        .ok_or_else(unknown)?;
    if what == "chatmenubutton" && verb != "delete" {
        return menu_button(call, verb);
    }
    let what = what.strip_prefix("my").ok_or_else(unknown)?;
    if what == "commands" {
        return commands(call, verb);
    }
    let (_, field, limit) = TEXTS
        .into_iter()
        .find(|(name, ..)| *name == what)
        .filter(|_| verb != "delete")
        .ok_or_else(unknown)?;
    let key = format!(
        "{field}|{}",
        call.params.text("language_code").unwrap_or_default()
    );
    if verb == "set" {
        let text = call.params.text(field).unwrap_or_default();
        if content::units(&text) > limit {
            return Err(ApiError::bad(format!(
                "bot {} is too long",
                field.replace('_', " ")
            )));
        }
        keep(call, key, json!(text));
        return Ok(json!(true));
    }
    let own_name = call
        .world
        .bots
        .get(&call.bot)
        .map(|bot| bot.first_name.clone())
        .unwrap_or_default();
    let default = if field == "name" {
        json!(own_name)
    } else {
        json!("")
    };
    let kept = kept(call, &key)
        .or_else(|| kept(call, &format!("{field}|")))
        .unwrap_or(default);
    Ok(json!({ field: kept }))
}

fn menu_button(call: &mut Call<'_>, verb: &str) -> Result<Value, ApiError> {
    let key = format!("menu|{}", call.params.text("chat_id").unwrap_or_default());
    if verb == "get" {
        return Ok(kept(call, &key).unwrap_or_else(|| json!({ "type": "commands" })));
    }
    let button = call
        .params
        .json("menu_button")?
        .unwrap_or_else(|| json!({ "type": "default" }));
    keep(call, key, button);
    Ok(json!(true))
}

fn commands(call: &mut Call<'_>, verb: &str) -> Result<Value, ApiError> {
    let scope = call
        .params
        .json("scope")?
        .unwrap_or_else(|| json!({ "type": "default" }));
    let key = format!(
        "commands|{scope}|{}",
        call.params.text("language_code").unwrap_or_default()
    );
    match verb {
        "get" => Ok(kept(call, &key).unwrap_or_else(|| json!([]))),
        "delete" => {
            if let Some(bot) = call.world.bots.get_mut(&call.bot) {
                bot.profile.remove(&key);
            }
            Ok(json!(true))
        }
        _ => {
            let list = call.params.json("commands")?.unwrap_or_default();
            let list = list
                .as_array()
                .ok_or_else(|| ApiError::bad("can't parse commands JSON object"))?;
            if list.len() > 100 {
                return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
            }
            for entry in list {
                let name = entry["command"]
                    .as_str()
                    .unwrap_or_default()
                    .trim_start_matches('/');
                let is_name = (1..=32).contains(&name.len())
                    && name.chars().all(|character| {
                        character.is_ascii_lowercase()
                            || character.is_ascii_digit()
                            || character == '_'
                    });
                if !is_name {
                    return Err(ApiError::bad("BOT_COMMAND_INVALID"));
                }
                if !(1..=256).contains(&content::units(
                    entry["description"].as_str().unwrap_or_default(),
                )) {
                    return Err(ApiError::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
                }
            }
            keep(call, key, json!(list));
            Ok(json!(true))
        }
    }
}

fn kept(call: &Call<'_>, key: &str) -> Option<Value> {
    call.world.bots.get(&call.bot)?.profile.get(key).cloned()
}

fn keep(call: &mut Call<'_>, key: String, value: Value) {
    if let Some(bot) = call.world.bots.get_mut(&call.bot) {
        bot.profile.insert(key, value);
    }
}
