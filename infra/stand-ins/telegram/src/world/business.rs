//! Accounts of people who let a bot read and write in their name (Telegram Business): connections, and who may write.

mod adopt;
mod messages;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::{World, chats::Dialog};
use crate::{api::ApiError, random};

/// Seconds after a person's last message in which a bot may write to that person in the owner's name.
const ACTIVE_S: u64 = 24 * 3_600;

/// A bot's access to one account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub id: String,
    pub owner: i64,
    pub bot: i64,
    /// Since when, in seconds.
    pub date_s: u64,
    pub can_reply: bool,
    pub is_enabled: bool,
}

/// What one person's own account holds, as far as a connected bot could see it.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    /// The newest number; one sequence for all chats of the account, apart from every bot's.
    pub last_message_id: i64,
    /// By the other person's id.
    pub chats: BTreeMap<i64, Dialog>,
}

/// All accounts and connections, ended ones included.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Business {
    /// By connection id.
    pub connections: BTreeMap<String, Connection>,
    /// By the owner's id.
    pub accounts: BTreeMap<i64, Account>,
}

/// One private chat in an owner's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountChat {
    pub owner: i64,
    /// The other person; also the chat's id.
    pub other: i64,
}

impl Business {
    /// The owner's connection that is switched on; an account has one connected bot at most.
    pub(crate) fn enabled(&self, owner: i64) -> Option<&Connection> {
        self.connections
            .values()
            .find(|connection| connection.owner == owner && connection.is_enabled)
    }

    pub(crate) fn dialog(&self, place: AccountChat) -> Option<&Dialog> {
        self.accounts.get(&place.owner)?.chats.get(&place.other)
    }

    pub(crate) fn dialog_mut(&mut self, place: AccountChat) -> Option<&mut Dialog> {
        self.accounts
            .get_mut(&place.owner)?
            .chats
            .get_mut(&place.other)
    }
}

impl World {
    /// The `BusinessConnection` object.
    pub(crate) fn connection_object(&self, connection: &Connection) -> Value {
        let user = self.people.get(&connection.owner).map_or_else(
            || json!({ "id": connection.owner, "is_bot": false, "first_name": "" }),
            super::people::Person::user,
        );
        let rights = if connection.can_reply {
            json!({ "can_reply": true })
        } else {
            json!({})
        };
        json!({
            "id": connection.id, "user": user, "user_chat_id": connection.owner, "date": connection.date_s,
            "rights": rights, "is_enabled": connection.is_enabled,
        })
    }

    /// A person lets a bot into the own account; a bot that was in it before is out. Answers the connection's id.
    pub(crate) fn connect_business(
        &mut self,
        bot: i64,
        owner: i64,
        can_reply: bool,
        now_ms: u64,
    ) -> Result<String, Refusal> {
        if self.person(owner)?.deleted {
            return Err(Refusal::conflict("this account is deleted"));
        }
        if !self.bot(bot)?.can_connect_to_business {
            return Err(Refusal::conflict(
                "BOT_BUSINESS_MISSING: this bot takes no business accounts",
            ));
        }
        match self.business.enabled(owner).map(|current| current.bot) {
            Some(current) if current == bot => {
                return Err(Refusal::conflict(
                    "this bot is connected: change_business or end_business",
                ));
            }
            Some(current) => self.end_business(current, owner, now_ms)?,
            None => {}
        }
        let id = random::word(&mut self.rng, 24);
        let connection = Connection {
            id: id.clone(),
            owner,
            bot,
            date_s: now_ms / 1_000,
            can_reply,
            is_enabled: true,
        };
        self.business.connections.insert(id.clone(), connection);
        // Choosing a bot opens the chat with it, as `user_chat_id` promises.
        self.bot_mut(bot)?.dialogs.entry(owner).or_default();
        self.tell_connection(&id, now_ms);
        Ok(id)
    }

    /// The owner changes what the connected bot may do; nothing given still tells the bot.
    pub(crate) fn change_business(
        &mut self,
        bot: i64,
        owner: i64,
        can_reply: Option<bool>,
        now_ms: u64,
    ) -> Result<String, Refusal> {
        let id = self.connected(bot, owner)?;
        if let (Some(connection), Some(can_reply)) =
            (self.business.connections.get_mut(&id), can_reply)
        {
            connection.can_reply = can_reply;
        }
        self.tell_connection(&id, now_ms);
        Ok(id)
    }

    /// The owner takes the bot out of the account.
    pub(crate) fn end_business(
        &mut self,
        bot: i64,
        owner: i64,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let id = self.connected(bot, owner)?;
        if let Some(connection) = self.business.connections.get_mut(&id) {
            connection.is_enabled = false;
        }
        self.tell_connection(&id, now_ms);
        Ok(())
    }

    /// The id of the connection between this bot and this owner that is switched on.
    fn connected(&self, bot: i64, owner: i64) -> Result<String, Refusal> {
        self.business
            .enabled(owner)
            .filter(|connection| connection.bot == bot)
            .map(|connection| connection.id.clone())
            .ok_or_else(|| Refusal::conflict("this bot is not connected to this account"))
    }

    fn tell_connection(&mut self, id: &str, now_ms: u64) {
        if let Some(connection) = self.business.connections.get(id) {
            let bot = connection.bot;
            let payload = self.connection_object(connection);
            self.push_update(bot, "business_connection", payload, now_ms);
        }
    }

    /// The connection that a bot's call names: its own, switched on, with the right to answer.
    pub(crate) fn usable_connection(&self, bot: i64, id: &str) -> Result<&Connection, ApiError> {
        let connection = self
            .business
            .connections
            .get(id)
            .filter(|connection| connection.bot == bot && connection.is_enabled)
            .ok_or_else(|| ApiError::bad("business connection not found"))?;
        if connection.can_reply {
            Ok(connection)
        } else {
            Err(ApiError::bad("BUSINESS_CONNECTION_NOT_ALLOWED"))
        }
    }

    /// Whether the other person wrote into this chat within the last 24 hours.
    pub(crate) fn may_write_in_account(
        &self,
        place: AccountChat,
        now_ms: u64,
    ) -> Result<(), ApiError> {
        let since = (now_ms / 1_000).saturating_sub(ACTIVE_S);
        let is_recent = |message: &Value| {
            message["from"]["id"].as_i64() == Some(place.other)
                && message["date"].as_u64().is_some_and(|date| date >= since)
        };
        let dialog = self.business.dialog(place);
        let is_active = dialog.is_some_and(|dialog| {
            let mut newest_first = dialog.messages.iter().rev();
            newest_first.any(|stored| is_recent(&stored.message))
        });
        if is_active {
            Ok(())
        } else {
            Err(ApiError::bad("BUSINESS_PEER_USAGE_MISSING"))
        }
    }
}
