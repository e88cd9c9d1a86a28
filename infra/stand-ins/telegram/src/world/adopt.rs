//! Injected updates may name people, chats and messages that were never made here. They are taken in, so that a bot's answer
//! to an injected message finds its chat.

use serde_json::Value;

use super::{
    World,
    chats::{Dialog, Group, Stored},
    people::Person,
};

impl World {
    /// Takes in who and what a raw update talks of. Whatever does not look like Telegram is left alone.
    pub(crate) fn adopt(&mut self, bot: i64, update: &Value) {
        let payloads = update
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "update_id");
        for (kind, payload) in payloads {
            let message = if kind == "callback_query" {
                &payload["message"]
            } else {
                payload
            };
            self.adopt_person(&payload["from"]);
            self.adopt_person(&payload["user"]);
            self.adopt_person(&message["from"]);
            if kind.contains("business") {
                self.adopt_business(bot, kind, payload);
                continue;
            }
            let Some(chat) = self.adopt_chat(bot, &message["chat"]) else {
                continue;
            };
            if matches!(
                kind.as_str(),
                "message"
                    | "channel_post"
                    | "edited_message"
                    | "edited_channel_post"
                    | "callback_query"
            ) {
                self.adopt_message(bot, chat, message);
            }
        }
    }

    fn adopt_person(&mut self, user: &Value) {
        let Some(id) = user["id"].as_i64().filter(|id| *id > 0) else {
            return;
        };
        if user["is_bot"].as_bool() == Some(true) || self.people.contains_key(&id) {
            return;
        }
        let text = |field: &str| user[field].as_str().map(str::to_owned);
        self.next_person = self.next_person.max(id.saturating_add(1));
        self.people.insert(
            id,
            Person {
                id,
                first_name: text("first_name").unwrap_or_default(),
                last_name: text("last_name"),
                username: text("username"),
                language_code: text("language_code"),
                is_premium: user["is_premium"].as_bool().unwrap_or(false),
                deleted: false,
            },
        );
    }

    fn adopt_chat(&mut self, bot: i64, chat: &Value) -> Option<i64> {
        let id = chat["id"].as_i64()?;
        let kind = chat["type"].as_str()?;
        let text = |field: &str| chat[field].as_str().map(str::to_owned);
        let status = match kind {
            "private" => String::new(),
            "group" | "supergroup" | "channel" => {
                self.groups.entry(id).or_insert_with(|| Group {
                    id,
                    kind: kind.to_owned(),
                    title: text("title").unwrap_or_default(),
                    username: text("username"),
                    next_message_id: 1,
                    migrated_to: None,
                });
                "administrator".to_owned()
            }
            _ => return None,
        };
        let dialogs = &mut self.bots.get_mut(&bot)?.dialogs;
        dialogs.entry(id).or_insert_with(|| Dialog {
            status,
            ..Dialog::default()
        });
        Some(id)
    }

    fn adopt_message(&mut self, bot: i64, chat: i64, message: &Value) {
        let Some(message_id) = message["message_id"].as_i64() else {
            return;
        };
        let from_bot = message["from"]["id"].as_i64() == Some(bot);
        let Some(entry) = self.bots.get_mut(&bot) else {
            return;
        };
        let Some(dialog) = entry.dialogs.get_mut(&chat) else {
            return;
        };
        if let Some(stored) = dialog.find_mut(message_id) {
            if message.get("edit_date").is_some() {
                stored.message = message.clone();
            }
            return;
        }
        dialog.messages.push(Stored {
            message: message.clone(),
            from_bot,
            deleted: false,
            reactions: Default::default(),
        });
        dialog.messages.sort_by_key(Stored::id);
        // Ids given out later must not meet the injected one.
        let after = message_id.saturating_add(1);
        match self
            .groups
            .get_mut(&chat)
            .filter(|group| group.kind != "group")
        {
            Some(group) => group.next_message_id = group.next_message_id.max(after),
            None => entry.next_message_id = entry.next_message_id.max(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_bot_can_answer_an_injected_message() {
        let mut world = World::new(1, true);
        let bot = world
            .create_bot(None, None, "stage_bot".to_owned(), "Stage".to_owned(), 0)
            .unwrap();
        let update = json!({ "update_id": 1, "message": {
            "message_id": 500, "date": 1, "text": "hi",
            "chat": { "id": 42, "type": "private", "first_name": "Ada" }, "from": { "id": 42, "is_bot": false, "first_name": "Ada" },
        } });
        assert!(world.may_write(bot, 42).is_err());
        world.adopt(bot, &update);
        world.adopt(bot, &update);
        assert_eq!(world.may_write(bot, 42), Ok(()));
        assert_eq!(world.bots[&bot].dialogs[&42].messages.len(), 1);
        assert_eq!(world.take_message_id(bot, 42), 501);
    }

    #[test]
    fn garbage_is_left_alone() {
        let mut world = World::new(1, true);
        let bot = world
            .create_bot(None, None, "stage_bot".to_owned(), "Stage".to_owned(), 0)
            .unwrap();
        for update in [
            json!(null),
            json!([1]),
            json!({ "message": 7 }),
            json!({ "message": { "chat": { "id": "x", "type": [] } } }),
        ] {
            world.adopt(bot, &update);
        }
        assert!(world.people.is_empty() && world.bots[&bot].dialogs.is_empty());
    }
}
