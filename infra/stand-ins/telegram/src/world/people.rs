//! People, and their first steps with a bot.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::{World, chats::chat_member};

/// One person with a Telegram account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Person {
    pub id: i64,
    pub first_name: String,
    #[serde(default)]
    pub last_name: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub language_code: Option<String>,
    #[serde(default)]
    pub is_premium: bool,
    /// The account was deleted.
    #[serde(default)]
    pub deleted: bool,
}

impl Person {
    /// The person as a `User` object.
    pub(crate) fn user(&self) -> Value {
        let mut user = json!({ "id": self.id, "is_bot": false, "first_name": self.first_name });
        if let Some(last_name) = &self.last_name {
            user["last_name"] = json!(last_name);
        }
        if let Some(username) = &self.username {
            user["username"] = json!(username);
        }
        if let Some(language_code) = &self.language_code {
            user["language_code"] = json!(language_code);
        }
        if self.is_premium {
            user["is_premium"] = json!(true);
        }
        user
    }
}

impl World {
    pub(crate) fn person(&self, id: i64) -> Result<&Person, Refusal> {
        self.people
            .get(&id)
            .ok_or_else(|| Refusal::missing("this person"))
    }

    /// Adds a person; a missing id is made up.
    pub(crate) fn create_person(
        &mut self,
        id: Option<i64>,
        mut person: Person,
    ) -> Result<i64, Refusal> {
        let id = id.unwrap_or(self.next_person);
        if id <= 0 || id >= 1 << 52 {
            return Err(Refusal::bad(
                "a person's id is positive and has at most 52 bits",
            ));
        }
        if self.people.contains_key(&id) {
            return Err(Refusal::conflict("a person with this id exists"));
        }
        self.next_person = self.next_person.max(id + 1);
        person.id = id;
        self.people.insert(id, person);
        Ok(id)
    }

    /// Stops or restarts a bot in its private chat with this person, and tells the bot.
    pub(crate) fn set_blocked(
        &mut self,
        bot: i64,
        person: i64,
        blocked: bool,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let from = self.person(person)?.user();
        let chat = self.chat_object(person);
        let entry = self.bot_mut(bot)?;
        let user = entry.user();
        let dialog = entry
            .dialogs
            .get_mut(&person)
            .ok_or_else(|| Refusal::conflict("this person has no chat with the bot"))?;
        if dialog.blocked == blocked {
            return Ok(());
        }
        dialog.blocked = blocked;
        let (old, new) = if blocked {
            ("member", "kicked")
        } else {
            ("kicked", "member")
        };
        let payload = json!({
            "chat": chat, "from": from, "date": now_ms / 1_000,
            "old_chat_member": chat_member(&user, old), "new_chat_member": chat_member(&user, new),
        });
        self.push_update(bot, "my_chat_member", payload, now_ms);
        Ok(())
    }

    /// Deletes a person's account: the name empties, bots get 403 from now on. Telegram sends no update for it.
    pub(crate) fn delete_account(&mut self, person: i64) -> Result<(), Refusal> {
        let person = self
            .people
            .get_mut(&person)
            .ok_or_else(|| Refusal::missing("this person"))?;
        person.deleted = true;
        person.first_name = String::new();
        person.last_name = None;
        person.username = None;
        Ok(())
    }
}
