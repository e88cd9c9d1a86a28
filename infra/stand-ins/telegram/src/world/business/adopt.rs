//! Injected business updates: their connections and messages are taken in, so that the bot can answer them.

use serde_json::Value;

use super::{AccountChat, Connection};
use crate::world::{World, chats::Stored};

impl World {
    /// Takes in what an injected business update says. A message of a connection that was never told of is left alone.
    pub(in crate::world) fn adopt_business(&mut self, bot: i64, kind: &str, payload: &Value) {
        match kind {
            "business_connection" => self.adopt_connection(bot, payload),
            "business_message" | "edited_business_message" => {
                self.adopt_account_message(bot, payload);
            }
            "deleted_business_messages" => {
                let gone = payload["message_ids"].as_array();
                let Some(dialog) = self
                    .adopted_place(bot, payload)
                    .and_then(|place| self.business.dialog_mut(place))
                else {
                    return;
                };
                for message_id in gone.into_iter().flatten().filter_map(Value::as_i64) {
                    if let Some(stored) = dialog.find_mut(message_id) {
                        stored.deleted = true;
                    }
                }
            }
            _ => {}
        }
    }

    fn adopt_connection(&mut self, bot: i64, payload: &Value) {
        let (Some(id), Some(owner)) = (payload["id"].as_str(), payload["user"]["id"].as_i64())
        else {
            return;
        };
        let connection = Connection {
            id: id.to_owned(),
            owner,
            bot,
            date_s: payload["date"].as_u64().unwrap_or_default(),
            can_reply: payload["rights"]["can_reply"].as_bool().unwrap_or(false),
            is_enabled: payload["is_enabled"].as_bool().unwrap_or(false),
        };
        let connections = &mut self.business.connections;
        // An account has one connected bot at most.
        for other in connections.values_mut() {
            other.is_enabled &= other.owner != owner || !connection.is_enabled;
        }
        connections.insert(connection.id.clone(), connection);
    }

    fn adopted_place(&self, bot: i64, payload: &Value) -> Option<AccountChat> {
        let id = payload["business_connection_id"].as_str()?;
        let connection = self.business.connections.get(id)?;
        (connection.bot == bot).then_some(AccountChat {
            owner: connection.owner,
            other: payload["chat"]["id"].as_i64()?,
        })
    }

    fn adopt_account_message(&mut self, bot: i64, message: &Value) {
        let (Some(place), Some(message_id)) = (
            self.adopted_place(bot, message),
            message["message_id"].as_i64(),
        ) else {
            return;
        };
        let account = self.business.accounts.entry(place.owner).or_default();
        // Numbers given out later must not meet the injected one.
        account.last_message_id = account.last_message_id.max(message_id);
        let dialog = account.chats.entry(place.other).or_default();
        if let Some(stored) = dialog.find_mut(message_id) {
            if message.get("edit_date").is_some() {
                stored.message = message.clone();
            }
            return;
        }
        dialog.messages.push(Stored {
            message: message.clone(),
            from_bot: message["sender_business_bot"]["id"].as_i64() == Some(bot),
            deleted: false,
            reactions: Default::default(),
        });
        dialog.messages.sort_by_key(Stored::id);
    }
}
