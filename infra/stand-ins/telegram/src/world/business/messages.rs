//! Messages in an owner's account: written by either person or by the connected bot, changed, deleted.

use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::{AccountChat, Connection};
use crate::world::{
    World,
    chats::Stored,
    messages::{change_text, merge},
};

impl World {
    /// A person's message in an account's chat. Without a connected bot nobody is told. `bot` is the bot that the act names: the
    /// connected one, if there is one.
    pub(crate) fn account_message(
        &mut self,
        bot: i64,
        place: AccountChat,
        sender: i64,
        content: Value,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        let from = self.account_person(place, sender)?;
        let connection = self.connection_for(bot, place)?;
        let message = self.new_account_message(place, from, connection.as_deref(), content, now_ms);
        self.store_account_message(place, message.clone(), false);
        if connection.is_some() {
            self.push_update(bot, "business_message", message.clone(), now_ms);
        }
        Ok(message)
    }

    /// A message that a bot sends in the owner's name: made, kept, told to the bot as any other message of the account, and
    /// answered.
    pub(crate) fn account_bot_message(
        &mut self,
        connection: &Connection,
        other: i64,
        mut content: Value,
        now_ms: u64,
    ) -> Value {
        let place = AccountChat {
            owner: connection.owner,
            other,
        };
        let owner = self.people.get(&place.owner).map_or(
            json!({ "id": place.owner }),
            crate::world::people::Person::user,
        );
        if let Some(bot) = self.bots.get(&connection.bot) {
            content["sender_business_bot"] = bot.user();
        }
        let message = self.new_account_message(place, owner, Some(&connection.id), content, now_ms);
        self.store_account_message(place, message.clone(), true);
        self.push_update(connection.bot, "business_message", message.clone(), now_ms);
        message
    }

    /// A person edits an own message; the owner's include those that a bot wrote in the owner's name.
    pub(crate) fn account_edit(
        &mut self,
        bot: i64,
        place: AccountChat,
        person: i64,
        message_id: i64,
        text: &str,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        self.account_person(place, person)?;
        let connection = self.connection_for(bot, place)?;
        let stored = self.account_stored(place, message_id)?;
        if stored.message["from"]["id"].as_i64() != Some(person) {
            return Err(Refusal::conflict("only own messages can be edited"));
        }
        change_text(&mut stored.message, text, now_ms);
        name_connection(&mut stored.message, connection.as_deref());
        let message = stored.message.clone();
        if connection.is_some() {
            self.push_update(bot, "edited_business_message", message.clone(), now_ms);
        }
        Ok(message)
    }

    /// Either person deletes messages for both. Numbers that are not there are skipped; answers those that were.
    pub(crate) fn account_delete(
        &mut self,
        bot: i64,
        place: AccountChat,
        person: i64,
        message_ids: &[i64],
        now_ms: u64,
    ) -> Result<Vec<i64>, Refusal> {
        self.account_person(place, person)?;
        let connection = self.connection_for(bot, place)?;
        let mut gone = Vec::new();
        for message_id in message_ids {
            if let Ok(stored) = self.account_stored(place, *message_id) {
                stored.deleted = true;
                gone.push(*message_id);
            }
        }
        if gone.is_empty() {
            return Err(Refusal::missing("this message"));
        }
        if let Some(connection) = connection {
            let payload = json!({
                "business_connection_id": connection, "chat": self.chat_object(place.other), "message_ids": gone,
            });
            self.push_update(bot, "deleted_business_messages", payload, now_ms);
        }
        Ok(gone)
    }

    /// The user object of one of the two people of a chat.
    fn account_person(&self, place: AccountChat, person: i64) -> Result<Value, Refusal> {
        self.person(place.owner)?;
        self.person(place.other)?;
        if place.owner == place.other || (person != place.owner && person != place.other) {
            return Err(Refusal::bad(
                "a business chat is between its owner and another person",
            ));
        }
        let person = self.person(person)?;
        if person.deleted {
            return Err(Refusal::conflict("this account is deleted"));
        }
        Ok(person.user())
    }

    /// The id of the owner's connection. A call that names another bot than the connected one is a mistake.
    fn connection_for(&self, bot: i64, place: AccountChat) -> Result<Option<String>, Refusal> {
        match self.business.enabled(place.owner) {
            Some(connection) if connection.bot != bot => Err(Refusal::conflict(
                "another bot is connected to this account",
            )),
            connection => Ok(connection.map(|connection| connection.id.clone())),
        }
    }

    fn account_stored(
        &mut self,
        place: AccountChat,
        message_id: i64,
    ) -> Result<&mut Stored, Refusal> {
        self.business
            .dialog_mut(place)
            .and_then(|dialog| dialog.find_mut(message_id))
            .ok_or_else(|| Refusal::missing("this message"))
    }

    fn new_account_message(
        &mut self,
        place: AccountChat,
        from: Value,
        connection: Option<&str>,
        content: Value,
        now_ms: u64,
    ) -> Value {
        let account = self.business.accounts.entry(place.owner).or_default();
        account.last_message_id += 1;
        let message_id = account.last_message_id;
        let mut message = json!({
            "message_id": message_id, "date": now_ms / 1_000, "chat": self.chat_object(place.other), "from": from,
        });
        merge(&mut message, content);
        name_connection(&mut message, connection);
        message
    }

    fn store_account_message(&mut self, place: AccountChat, message: Value, from_bot: bool) {
        let account = self.business.accounts.entry(place.owner).or_default();
        let dialog = account.chats.entry(place.other).or_default();
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
}

/// A message names the connection through which it is seen now.
fn name_connection(message: &mut Value, connection: Option<&str>) {
    match (connection, message) {
        (Some(connection), message) => message["business_connection_id"] = json!(connection),
        (None, Value::Object(fields)) => {
            fields.remove("business_connection_id");
        }
        (None, _) => {}
    }
}
