//! Chats as one bot sees them: private dialogs, groups and channels.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::World;
use crate::api::ApiError;

/// A group, supergroup or channel.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub id: i64,
    /// `group`, `supergroup` or `channel`.
    pub kind: String,
    pub title: String,
    #[serde(default)]
    pub username: Option<String>,
    pub next_message_id: i64,
    /// The supergroup that this group became.
    #[serde(default)]
    pub migrated_to: Option<i64>,
}

/// What a bot has of one chat.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct Dialog {
    pub messages: Vec<Stored>,
    /// The person stopped the bot (private chats).
    pub blocked: bool,
    /// The bot's status in a group or channel: `member`, `administrator`, `left` or `kicked`; empty in private chats.
    pub status: String,
    /// The last chat action and when it ends.
    pub action: Option<(String, u64)>,
}

/// One message of a transcript.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// The `Message` object as the bot sees it.
    pub message: Value,
    pub from_bot: bool,
    #[serde(default)]
    pub deleted: bool,
    /// Who reacted with what: `bot`, or a person's id.
    #[serde(default)]
    pub reactions: BTreeMap<String, Value>,
}

impl Stored {
    pub(crate) fn id(&self) -> i64 {
        self.message["message_id"].as_i64().unwrap_or_default()
    }
}

impl Dialog {
    pub(crate) fn find(&self, message_id: i64) -> Option<&Stored> {
        // Ids grow within a chat, so the newest, which are asked for most, are found first.
        self.messages
            .iter()
            .rev()
            .find(|stored| stored.id() == message_id && !stored.deleted)
    }

    pub(crate) fn find_mut(&mut self, message_id: i64) -> Option<&mut Stored> {
        self.messages
            .iter_mut()
            .rev()
            .find(|stored| stored.id() == message_id && !stored.deleted)
    }
}

impl World {
    /// The `Chat` object of a message.
    pub(crate) fn chat_object(&self, chat: i64) -> Value {
        if let Some(group) = self.groups.get(&chat) {
            let mut object = json!({ "id": chat, "type": group.kind, "title": group.title });
            if let Some(username) = &group.username {
                object["username"] = json!(username);
            }
            return object;
        }
        let mut object = json!({ "id": chat, "type": "private" });
        if let Some(person) = self.people.get(&chat) {
            object["first_name"] = json!(person.first_name);
            if let Some(last_name) = &person.last_name {
                object["last_name"] = json!(last_name);
            }
            if let Some(username) = &person.username {
                object["username"] = json!(username);
            }
        }
        object
    }

    /// Finds the chat that a request names by number or `@username`.
    pub(crate) fn find_chat(&self, bot: i64, named: Option<&Value>) -> Result<i64, ApiError> {
        let id = match named {
            None | Some(Value::Null) => return Err(ApiError::bad("chat_id is empty")),
            Some(Value::String(text)) if text.is_empty() => {
                return Err(ApiError::bad("chat_id is empty"));
            }
            Some(Value::String(text)) => match text.strip_prefix('@') {
                Some(username) => self
                    .groups
                    .values()
                    .find(|group| {
                        group
                            .username
                            .as_deref()
                            .is_some_and(|own| own.eq_ignore_ascii_case(username))
                    })
                    .map(|group| group.id),
                None => text.trim().parse().ok(),
            },
            Some(value) => value.as_i64(),
        };
        let id = id.ok_or_else(|| ApiError::bad("chat not found"))?;
        let known = self
            .bots
            .get(&bot)
            .is_some_and(|bot| bot.dialogs.contains_key(&id));
        if known || self.groups.contains_key(&id) || self.shares_a_group(bot, id) {
            Ok(id)
        } else {
            Err(ApiError::bad("chat not found"))
        }
    }

    /// Whether the bot has seen this person in a group without a private chat.
    fn shares_a_group(&self, bot: i64, person: i64) -> bool {
        self.people.contains_key(&person)
            && self.bots.get(&bot).is_some_and(|bot| {
                bot.dialogs.iter().any(|(chat, dialog)| {
                    *chat < 0
                        && dialog
                            .messages
                            .iter()
                            .any(|stored| stored.message["from"]["id"].as_i64() == Some(person))
                })
            })
    }

    /// Whether the bot may write into this chat.
    pub(crate) fn may_write(&self, bot: i64, chat: i64) -> Result<(), ApiError> {
        let dialog = self.bots.get(&bot).and_then(|bot| bot.dialogs.get(&chat));
        if let Some(group) = self.groups.get(&chat) {
            if let Some(to) = group.migrated_to {
                return Err(ApiError {
                    migrate_to_chat_id: Some(to),
                    ..ApiError::bad("group chat was upgraded to a supergroup chat")
                });
            }
            let kind = if group.kind == "group" {
                "group"
            } else {
                group.kind.as_str()
            };
            return match dialog.map(|dialog| dialog.status.as_str()) {
                Some("member") if group.kind == "channel" => Err(ApiError::bad(
                    "need administrator rights in the channel chat",
                )),
                Some("member" | "administrator") => Ok(()),
                Some("kicked") => Err(ApiError::forbidden(format!(
                    "bot was kicked from the {kind} chat"
                ))),
                Some(_) => Err(ApiError::forbidden(format!(
                    "bot is not a member of the {kind} chat"
                ))),
                None => Err(ApiError::bad("chat not found")),
            };
        }
        if self.people.get(&chat).is_some_and(|person| person.deleted) {
            return Err(ApiError::forbidden("user is deactivated"));
        }
        match dialog {
            None => Err(ApiError::forbidden(
                "bot can't initiate conversation with a user",
            )),
            Some(dialog) if dialog.blocked => {
                Err(ApiError::forbidden("bot was blocked by the user"))
            }
            Some(_) => Ok(()),
        }
    }

    /// The next message id: one sequence per bot for private chats and small groups, one per supergroup or channel.
    pub(crate) fn take_message_id(&mut self, bot: i64, chat: i64) -> i64 {
        let counter = match self
            .groups
            .get_mut(&chat)
            .filter(|group| group.kind != "group")
        {
            Some(group) => &mut group.next_message_id,
            None => match self.bots.get_mut(&bot) {
                Some(bot) => &mut bot.next_message_id,
                None => return 0,
            },
        };
        let id = *counter;
        *counter += 1;
        id
    }

    pub(crate) fn dialog_mut(&mut self, bot: i64, chat: i64) -> Result<&mut Dialog, Refusal> {
        self.bot_mut(bot)?
            .dialogs
            .get_mut(&chat)
            .ok_or_else(|| Refusal::missing("this chat"))
    }

    /// Creates a group, supergroup or channel.
    pub(crate) fn create_group(
        &mut self,
        kind: &str,
        title: &str,
        username: Option<String>,
    ) -> Result<i64, Refusal> {
        let number = self.next_group;
        let id = match kind {
            "group" => -(4_000_000_000 + number),
            "supergroup" | "channel" => -(1_001_000_000_000 + number),
            _ => return Err(Refusal::bad("a chat is a group, supergroup or channel")),
        };
        self.next_group += 1;
        let group = Group {
            id,
            kind: kind.to_owned(),
            title: title.to_owned(),
            username,
            next_message_id: 1,
            migrated_to: None,
        };
        self.groups.insert(id, group);
        Ok(id)
    }

    /// Changes a bot's status in a group or channel and tells the bot.
    pub(crate) fn set_bot_status(
        &mut self,
        bot: i64,
        chat: i64,
        by: i64,
        status: &str,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        if !self.groups.contains_key(&chat) {
            return Err(Refusal::missing("this chat"));
        }
        let from = self
            .people
            .get(&by)
            .ok_or_else(|| Refusal::missing("this person"))?
            .user();
        let chat_object = self.chat_object(chat);
        let entry = self.bot_mut(bot)?;
        let user = entry.user();
        let dialog = entry.dialogs.entry(chat).or_insert_with(|| Dialog {
            status: "left".to_owned(),
            ..Dialog::default()
        });
        let old = std::mem::replace(&mut dialog.status, status.to_owned());
        let payload = json!({
            "chat": chat_object, "from": from, "date": now_ms / 1_000,
            "old_chat_member": chat_member(&user, &old), "new_chat_member": chat_member(&user, status),
        });
        self.push_update(bot, "my_chat_member", payload, now_ms);
        Ok(())
    }

    /// Upgrades a group to a supergroup: both chats get their service message, and the old id answers `migrate_to_chat_id`.
    pub(crate) fn upgrade_group(&mut self, chat: i64, now_ms: u64) -> Result<i64, Refusal> {
        let group = self
            .groups
            .get(&chat)
            .ok_or_else(|| Refusal::missing("this chat"))?
            .clone();
        if group.kind != "group" || group.migrated_to.is_some() {
            return Err(Refusal::conflict(
                "only a group that was not upgraded yet can be upgraded",
            ));
        }
        let to = self.create_group("supergroup", &group.title, group.username.clone())?;
        if let Some(old) = self.groups.get_mut(&chat) {
            old.migrated_to = Some(to);
        }
        let members: Vec<(i64, String)> = self
            .bots
            .values()
            .filter_map(|bot| {
                bot.dialogs
                    .get(&chat)
                    .map(|dialog| (bot.id, dialog.status.clone()))
            })
            .filter(|(_, status)| status == "member" || status == "administrator")
            .collect();
        for (bot, status) in members {
            if let Some(entry) = self.bots.get_mut(&bot) {
                entry.dialogs.entry(to).or_default().status = status;
            }
            for (place, field, other) in [
                (chat, "migrate_to_chat_id", to),
                (to, "migrate_from_chat_id", chat),
            ] {
                let message = self.new_message(bot, place, None, json!({ field: other }), now_ms);
                self.store_message(bot, place, message.clone(), false);
                self.push_update(bot, "message", message, now_ms);
            }
        }
        Ok(to)
    }
}

/// A `ChatMember` object for this status.
pub(crate) fn chat_member(user: &Value, status: &str) -> Value {
    let mut member = json!({ "user": user, "status": status });
    match status {
        "kicked" => member["until_date"] = json!(0),
        "administrator" => {
            for right in [
                "can_be_edited",
                "is_anonymous",
                "can_restrict_members",
                "can_promote_members",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
                "can_send_welcome_messages",
            ] {
                member[right] = json!(false);
            }
            for right in [
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_change_info",
                "can_invite_users",
                "can_post_messages",
                "can_edit_messages",
            ] {
                member[right] = json!(true);
            }
        }
        _ => {}
    }
    member
}
