//! Accounts whose owners let a bot take part in their chats (Telegram Business, "secretary mode").

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::chats::{Dialog, Stored};
use super::messages::{merge, set_or_remove};
use super::{Refusal, World};
use crate::api::ApiError;
use crate::content;

/// A bot may write for so long after the other person's last message.
const WINDOW_MS: u64 = 24 * 3_600_000;

/// One account and its newest connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub bot: i64,
    pub connection: String,
    pub since_ms: u64,
    pub enabled: bool,
    pub can_reply: bool,
    /// Messages are numbered per account, over all of its chats.
    pub next_message_id: i64,
    /// The chats, by the other person.
    pub dialogs: BTreeMap<i64, Dialog>,
}

/// Who writes in an account's chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// The other person.
    Peer,
    /// The owner, from a device.
    Owner,
    /// The connected bot, in the owner's name.
    Bot,
}

impl World {
    pub(crate) fn account(&self, owner: i64) -> Result<&Account, Refusal> {
        let known = self.business.get(&owner);
        known.ok_or_else(|| Refusal::conflict("this person has not connected a bot"))
    }

    fn account_mut(&mut self, owner: i64) -> Result<&mut Account, Refusal> {
        let known = self.business.get_mut(&owner);
        known.ok_or_else(|| Refusal::conflict("this person has not connected a bot"))
    }

    /// Connects a bot to an account under a new id, and tells the bot.
    pub(crate) fn connect_business(
        &mut self,
        bot: i64,
        owner: i64,
        can_reply: bool,
        now_ms: u64,
    ) -> Result<String, Refusal> {
        self.person(owner)?;
        self.bot(bot)?;
        if self.business.get(&owner).is_some_and(|known| known.enabled) {
            return Err(Refusal::conflict(
                "an account has one bot: end the connection first",
            ));
        }
        let connection = self.rng.word(32);
        let former = self.business.remove(&owner);
        let (next_message_id, dialogs) = former.map_or_else(
            || (1, BTreeMap::new()),
            |former| (former.next_message_id, former.dialogs),
        );
        let account = Account {
            bot,
            connection: connection.clone(),
            since_ms: now_ms,
            enabled: true,
            can_reply,
            next_message_id,
            dialogs,
        };
        self.business.insert(owner, account);
        // Choosing a bot opens the chat with it, as `user_chat_id` promises.
        self.bot_mut(bot)?.dialogs.entry(owner).or_default();
        self.tell_of_connection(owner, now_ms)?;
        Ok(connection)
    }

    /// Changes what the bot may do, or ends the connection, and tells the bot.
    pub(crate) fn change_business(
        &mut self,
        owner: i64,
        enabled: bool,
        can_reply: bool,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let account = self.account_mut(owner)?;
        (account.enabled, account.can_reply) = (enabled, can_reply);
        self.tell_of_connection(owner, now_ms)
    }

    fn tell_of_connection(&mut self, owner: i64, now_ms: u64) -> Result<(), Refusal> {
        let bot = self.account(owner)?.bot;
        let connection = self.connection_object(owner)?;
        self.push_update(bot, "business_connection", connection, now_ms);
        Ok(())
    }

    /// The `BusinessConnection` object.
    pub(crate) fn connection_object(&self, owner: i64) -> Result<Value, Refusal> {
        let account = self.account(owner)?;
        let mut rights = json!({});
        if account.can_reply {
            rights["can_reply"] = json!(true);
        }
        Ok(json!({
            "id": account.connection, "user": self.person(owner)?.user(), "user_chat_id": owner,
            "date": account.since_ms / 1_000, "rights": rights, "is_enabled": account.enabled,
        }))
    }

    /// The owner of a connection of this bot that is in force.
    pub(crate) fn connection_owner(&self, bot: i64, connection: &str) -> Result<i64, ApiError> {
        let mut known = self.business.iter();
        known
            .find(|(_, known)| known.bot == bot && known.connection == connection && known.enabled)
            .map(|(owner, _)| *owner)
            .ok_or_else(|| ApiError::bad("BUSINESS_CONNECTION_INVALID"))
    }

    /// Whether the bot may write to this person in the owner's name.
    pub(crate) fn may_write_for(&self, owner: i64, peer: i64, now_ms: u64) -> Result<(), ApiError> {
        let invalid = || ApiError::bad("BUSINESS_CONNECTION_INVALID");
        let account = self.business.get(&owner).ok_or_else(invalid)?;
        if !account.can_reply {
            return Err(ApiError::bad("BUSINESS_CONNECTION_NOT_ALLOWED"));
        }
        let dialog = account.dialogs.get(&peer);
        let mut theirs = dialog
            .into_iter()
            .flat_map(|dialog| dialog.messages.iter().rev());
        let last = theirs.find(|stored| stored.message["from"]["id"] == json!(peer));
        let at_ms = last
            .and_then(|stored| stored.message["date"].as_u64())
            .map(|date| date * 1_000);
        match at_ms {
            Some(at_ms) if now_ms < at_ms + WINDOW_MS => Ok(()),
            _ => Err(ApiError::bad("BUSINESS_PEER_INVALID")),
        }
    }

    /// A message in an account's chat: kept, and told to the connected bot, its own messages too.
    pub(crate) fn business_message(
        &mut self,
        owner: i64,
        peer: i64,
        writer: Writer,
        content: Value,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        let from = match writer {
            Writer::Peer => self.person(peer)?.user(),
            Writer::Owner | Writer::Bot => self.person(owner)?.user(),
        };
        let chat = self.chat_object(peer);
        let bot = self.account(owner)?.bot;
        let bot_user = self.bot(bot)?.user();
        let account = self.account_mut(owner)?;
        let mut message = json!({
            "message_id": account.next_message_id, "date": now_ms / 1_000, "chat": chat, "from": from,
            "business_connection_id": account.connection,
        });
        account.next_message_id += 1;
        if writer == Writer::Bot {
            message["sender_business_bot"] = bot_user;
        }
        merge(&mut message, content);
        account
            .dialogs
            .entry(peer)
            .or_default()
            .messages
            .push(Stored {
                message: message.clone(),
                from_bot: writer == Writer::Bot,
                deleted: false,
                reactions: BTreeMap::new(),
            });
        self.tell(owner, "business_message", message.clone(), now_ms)?;
        Ok(message)
    }

    fn tell(&mut self, owner: i64, kind: &str, payload: Value, now_ms: u64) -> Result<(), Refusal> {
        let account = self.account(owner)?;
        let (bot, enabled) = (account.bot, account.enabled);
        if enabled {
            self.push_update(bot, kind, payload, now_ms);
        }
        Ok(())
    }

    /// Somebody edits an own text in an account's chat.
    pub(crate) fn business_edit(
        &mut self,
        owner: i64,
        peer: i64,
        writer: i64,
        message_id: i64,
        text: &str,
        now_ms: u64,
    ) -> Result<Value, Refusal> {
        let dialog = self.account_mut(owner)?.dialogs.get_mut(&peer);
        let stored = dialog
            .and_then(|dialog| dialog.find_mut(message_id))
            .ok_or_else(|| Refusal::missing("this message"))?;
        if stored.message["from"]["id"] != json!(writer) || stored.from_bot {
            return Err(Refusal::conflict("only own messages can be edited"));
        }
        stored.message["text"] = json!(text);
        stored.message["edit_date"] = json!(now_ms / 1_000);
        set_or_remove(
            &mut stored.message,
            "entities",
            content::find_entities(text),
        );
        let message = stored.message.clone();
        self.tell(owner, "edited_business_message", message.clone(), now_ms)?;
        Ok(message)
    }

    /// Somebody deletes messages of an account's chat, whoever wrote them.
    pub(crate) fn business_delete(
        &mut self,
        owner: i64,
        peer: i64,
        message_ids: &[i64],
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let chat = self.chat_object(peer);
        let account = self.account_mut(owner)?;
        let connection = account.connection.clone();
        let dialog = account.dialogs.entry(peer).or_default();
        for message_id in message_ids {
            let stored = dialog.find_mut(*message_id);
            stored
                .ok_or_else(|| Refusal::missing("this message"))?
                .deleted = true;
        }
        let payload = json!({
            "business_connection_id": connection, "chat": chat, "message_ids": message_ids,
        });
        self.tell(owner, "deleted_business_messages", payload, now_ms)
    }
}
