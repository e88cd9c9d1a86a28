//! Telegram Business: a person lets the bot take part in the chats of their own account.

use std::fmt;

use crate::fields::Fields;
use crate::incoming::{Chat, Profile, WhyUnsupported};

/// Longest id of a connection that is believed, in bytes; Telegram's are some thirty.
const ID_LIMIT: usize = 256;

/// Through which connection a message came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Business {
    /// Telegram's id of the connection; needed to write into the chat.
    pub connection: String,
    /// Whether a bot wrote the message in the owner's name: Telegram shows a bot its own messages too.
    pub by_bot: bool,
    /// The person on the other side as the chat describes them; the owner may have written first.
    pub peer: Option<Profile>,
}

impl Business {
    pub(crate) fn read(message: Fields<'_>) -> Result<Self, WhyUnsupported> {
        Ok(Business {
            connection: connection(message, "business_connection_id")?,
            by_bot: message.has("sender_business_bot"),
            peer: message.object("chat").and_then(Profile::read),
        })
    }
}

/// An account's owner connected the bot, changed what it may do, or ended it.
#[derive(Clone, PartialEq, Eq)]
pub struct Connection {
    /// Telegram's id of the connection; a new one each time an account connects.
    pub id: String,
    /// The account's owner.
    pub owner: Profile,
    /// The owner's own chat with the bot.
    pub owner_chat: i64,
    /// Unix seconds of the connection's beginning; the same in every later word on it.
    pub date: i64,
    /// Whether it is in force.
    pub enabled: bool,
    /// Whether the bot may write in the owner's name.
    pub may_reply: bool,
}

impl Connection {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        let owner = update
            .object("user")
            .and_then(Profile::read)
            .ok_or(WhyUnsupported::Missing("user"))?;
        // Bot API 9.0 moved the right from the connection itself into `rights`.
        let may_reply = match update.object("rights") {
            Some(rights) => rights.flag("can_reply"),
            None => update.flag("can_reply"),
        };
        Ok(Connection {
            id: connection(update, "id")?,
            owner_chat: update.int("user_chat_id").unwrap_or(owner.id),
            owner,
            date: update.int("date").unwrap_or(0),
            enabled: update.flag("is_enabled"),
            may_reply,
        })
    }
}

/// Messages that the owner or the fan deleted.
#[derive(Clone, PartialEq, Eq)]
pub struct Deleted {
    /// Telegram's id of the connection.
    pub connection: String,
    /// Where.
    pub chat: Chat,
    /// Their numbers.
    pub message_ids: Vec<i64>,
}

impl Deleted {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        let ids = update.list("message_ids").iter();
        Ok(Deleted {
            connection: connection(update, "business_connection_id")?,
            chat: update
                .object("chat")
                .and_then(Chat::read)
                .ok_or(WhyUnsupported::Missing("chat"))?,
            message_ids: ids.filter_map(serde_json::Value::as_i64).collect(),
        })
    }
}

fn connection(update: Fields<'_>, key: &'static str) -> Result<String, WhyUnsupported> {
    update
        .string(key)
        .filter(|id| !id.is_empty() && id.len() <= ID_LIMIT)
        .ok_or(WhyUnsupported::Missing(key))
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("enabled", &self.enabled)
            .field("may_reply", &self.may_reply)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Deleted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deleted")
            .field("chat", &self.chat)
            .field("messages", &self.message_ids.len())
            .finish_non_exhaustive()
    }
}
