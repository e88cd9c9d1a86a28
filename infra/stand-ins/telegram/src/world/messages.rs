//! Making, keeping and changing messages.

use serde_json::{Map, Value, json};
use stand_in_kit::Refusal;

use super::{
    World,
    chats::{Dialog, Stored},
};
use crate::content;

impl World {
    /// A `Message` object with the next id of its chat; `from` is a user object, or nothing for channel posts and service
    /// messages; the fields of `content` are added.
    pub(crate) fn new_message(
        &mut self,
        bot: i64,
        chat: i64,
        from: Option<Value>,
        content: Value,
        now_ms: u64,
    ) -> Value {
        let mut message = json!({
            "message_id": self.take_message_id(bot, chat),
            "date": now_ms / 1_000,
            "chat": self.chat_object(chat),
        });
        if let Some(from) = from {
            message["from"] = from;
        } else if self
            .groups
            .get(&chat)
            .is_some_and(|group| group.kind == "channel")
        {
            message["sender_chat"] = message["chat"].clone();
        }
        merge(&mut message, content);
        message
    }

    /// Appends a message to the transcript of a chat.
    pub(crate) fn store_message(&mut self, bot: i64, chat: i64, message: Value, from_bot: bool) {
        let Some(entry) = self.bots.get_mut(&bot) else {
            return;
        };
        let dialog: &mut Dialog = entry.dialogs.entry(chat).or_default();
        if from_bot {
            dialog.action = None;
        }
        dialog.messages.push(Stored {
            message,
            from_bot,
            deleted: false,
            reactions: Default::default(),
        });
    }

    /// A message of the bot itself: made, kept, and answered.
    pub(crate) fn bot_message(
        &mut self,
        bot: i64,
        chat: i64,
        content: Value,
        now_ms: u64,
    ) -> Value {
        let is_channel = self
            .groups
            .get(&chat)
            .is_some_and(|group| group.kind == "channel");
        let from = if is_channel {
            None
        } else {
            self.bots.get(&bot).map(super::Bot::user)
        };
        let message = self.new_message(bot, chat, from, content, now_ms);
        self.store_message(bot, chat, message.clone(), true);
        message
    }

    /// A person's message to a bot's private chat, a group, or a channel: kept, and queued for every bot that sees it. Answers the
    /// message as `bot` sees it.
    pub(crate) fn person_message(
        &mut self,
        bot: i64,
        chat: i64,
        person: i64,
        content: Value,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        let sender = self.person(person)?.clone();
        if sender.deleted {
            return Err(Refusal::conflict("this account is deleted"));
        }
        self.bot(bot)?;
        let Some(group) = self.groups.get(&chat).cloned() else {
            if chat != person {
                return Err(Refusal::missing("this chat"));
            }
            let dialog = self.bot_mut(bot)?.dialogs.entry(chat).or_default();
            if dialog.blocked {
                return Err(Refusal::conflict(
                    "this person has blocked the bot: unblock first",
                ));
            }
            let message = self.new_message(bot, chat, Some(sender.user()), content, now_ms);
            self.store_message(bot, chat, message.clone(), false);
            self.push_update(bot, "message", message.clone(), now_ms);
            return Ok(message);
        };
        if let Some(to) = group.migrated_to {
            return Err(Refusal::conflict(format!(
                "this group was upgraded to {to}"
            )));
        }
        let (kind, from) = if group.kind == "channel" {
            ("channel_post", None)
        } else {
            ("message", Some(sender.user()))
        };
        let members: Vec<i64> = self
            .bots
            .values()
            .filter(|entry| {
                entry.dialogs.get(&chat).is_some_and(|dialog| {
                    matches!(dialog.status.as_str(), "member" | "administrator")
                })
            })
            .map(|entry| entry.id)
            .collect();
        if !members.contains(&bot) {
            return Err(Refusal::conflict("the bot is not in this chat"));
        }
        let mut shared = Value::Null;
        let mut seen = Value::Null;
        for member in members {
            // A supergroup numbers a message once for all; a small group once per bot.
            let message = if shared.is_null() || group.kind == "group" {
                self.new_message(member, chat, from.clone(), content.clone(), now_ms)
            } else {
                shared.clone()
            };
            shared = message.clone();
            if member == bot {
                seen = message.clone();
            }
            self.store_message(member, chat, message.clone(), false);
            if self.sees_in_group(member, chat, &message) {
                self.push_update(member, kind, message, now_ms);
            }
        }
        Ok(seen)
    }

    /// Privacy mode: without it or admin rights, a bot sees commands, mentions of itself and replies to itself only.
    fn sees_in_group(&self, bot: i64, chat: i64, message: &Value) -> bool {
        let Some(entry) = self.bots.get(&bot) else {
            return false;
        };
        let is_admin = entry
            .dialogs
            .get(&chat)
            .is_some_and(|dialog| dialog.status == "administrator");
        let text = message["text"]
            .as_str()
            .or_else(|| message["caption"].as_str())
            .unwrap_or_default();
        let is_service =
            message.get("text").is_none() && message.get("migrate_from_chat_id").is_some();
        is_admin
            || is_service
            || entry.reads_all_group_messages
            || text.starts_with('/')
            || text
                .to_lowercase()
                .contains(&format!("@{}", entry.username.to_lowercase()))
            || message["reply_to_message"]["from"]["id"].as_i64() == Some(bot)
    }

    /// A person edits an own message.
    pub(crate) fn person_edit(
        &mut self,
        bot: i64,
        chat: i64,
        person: i64,
        message_id: i64,
        text: &str,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        let is_channel = self
            .groups
            .get(&chat)
            .is_some_and(|group| group.kind == "channel");
        let dialog = self.dialog_mut(bot, chat)?;
        if dialog.blocked {
            return Err(Refusal::conflict("this person has blocked the bot"));
        }
        let stored = dialog
            .find_mut(message_id)
            .ok_or_else(|| Refusal::missing("this message"))?;
        let is_own = stored.message["from"]["id"].as_i64() == Some(person)
            || (is_channel && !stored.from_bot);
        if !is_own {
            return Err(Refusal::conflict("only own messages can be edited"));
        }
        change_text(&mut stored.message, text, now_ms);
        let message = stored.message.clone();
        let kind = if is_channel {
            "edited_channel_post"
        } else {
            "edited_message"
        };
        self.push_update(bot, kind, message.clone(), now_ms);
        Ok(message)
    }

    /// A person reacts to a message; an empty list takes the reaction back.
    pub(crate) fn person_react(
        &mut self,
        bot: i64,
        chat: i64,
        person: i64,
        message_id: i64,
        emoji: &[String],
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let user = self.person(person)?.user();
        let chat_object = self.chat_object(chat);
        let new: Vec<Value> = emoji
            .iter()
            .map(|emoji| json!({ "type": "emoji", "emoji": emoji }))
            .collect();
        let dialog = self.dialog_mut(bot, chat)?;
        let stored = dialog
            .find_mut(message_id)
            .ok_or_else(|| Refusal::missing("this message"))?;
        let old = stored
            .reactions
            .insert(person.to_string(), json!(new))
            .unwrap_or_else(|| json!([]));
        if new.is_empty() {
            stored.reactions.remove(&person.to_string());
        }
        let payload = json!({
            "chat": chat_object, "message_id": message_id, "user": user, "date": now_ms / 1_000,
            "old_reaction": old, "new_reaction": new,
        });
        self.push_update(bot, "message_reaction", payload, now_ms);
        Ok(())
    }
}

/// Adds the fields of `extra` to the object `target`.
pub(crate) fn merge(target: &mut Value, extra: Value) {
    if let (Value::Object(target), Value::Object(extra)) = (target, extra) {
        target.extend(extra);
    }
}

/// Gives a message a new text, or a new caption when it has no text.
pub(crate) fn change_text(message: &mut Value, text: &str, now_ms: u64) {
    let (field, entity_field) = if message.get("text").is_some() {
        ("text", "entities")
    } else {
        ("caption", "caption_entities")
    };
    message[field] = json!(text);
    message["edit_date"] = json!(now_ms / 1_000);
    set_or_remove(message, entity_field, content::find_entities(text));
}

/// Sets a list field, or removes it when the list is empty.
pub(crate) fn set_or_remove(target: &mut Value, field: &str, list: Vec<Value>) {
    if let Value::Object(fields) = target {
        if list.is_empty() {
            fields.remove(field);
        } else {
            fields.insert(field.to_owned(), Value::Array(list));
        }
    }
}

/// The content of a text message: text and its entities.
pub(crate) fn text_content(text: &str, entities: Vec<Value>) -> Value {
    let mut content = Value::Object(Map::new());
    content["text"] = json!(text);
    set_or_remove(&mut content, "entities", entities);
    content
}
