//! Where a call writes: a chat of the bot's own, or one of an account that the bot is connected to.

use serde_json::Value;

use super::{ApiError, Call};
use crate::world::{
    business::{AccountChat, Connection},
    chats::Dialog,
};

/// The chat of a call, and the connection through which it is reached.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub chat: i64,
    connection: Option<Connection>,
}

impl Place {
    /// A chat of the bot's own.
    pub(super) fn own(chat: i64) -> Self {
        Self {
            chat,
            connection: None,
        }
    }

    fn account(&self) -> Option<AccountChat> {
        self.connection.as_ref().map(|connection| AccountChat {
            owner: connection.owner,
            other: self.chat,
        })
    }
}

impl Call<'_> {
    /// The place that the call names, which takes new messages from this bot.
    pub(super) fn writable_place(&self) -> Result<Place, ApiError> {
        let place = self.place()?;
        match place.account() {
            Some(account) => self.world.may_write_in_account(account, self.now_ms)?,
            None => self.world.may_write(self.bot, place.chat)?,
        }
        Ok(place)
    }

    /// The place of messages that the call changes. What was sent through a connection can be changed after the 24 hours, too.
    pub(super) fn changeable_place(&self) -> Result<Place, ApiError> {
        let place = self.place()?;
        if place.connection.is_none() {
            self.world.may_write(self.bot, place.chat)?;
        }
        Ok(place)
    }

    fn place(&self) -> Result<Place, ApiError> {
        let named = self.params.text("business_connection_id");
        let Some(id) = named.filter(|id| !id.is_empty()) else {
            return Ok(Place::own(self.chat("chat_id")?));
        };
        let connection = self.world.usable_connection(self.bot, &id)?.clone();
        let chat = self
            .params
            .int("chat_id")
            .ok_or_else(|| ApiError::bad("chat not found"))?;
        Ok(Place {
            chat,
            connection: Some(connection),
        })
    }

    pub(super) fn dialog(&self, place: &Place) -> Option<&Dialog> {
        match place.account() {
            Some(account) => self.world.business.dialog(account),
            None => self.world.bots.get(&self.bot)?.dialogs.get(&place.chat),
        }
    }

    pub(super) fn dialog_mut(&mut self, place: &Place) -> Option<&mut Dialog> {
        match place.account() {
            Some(account) => self.world.business.dialog_mut(account),
            None => {
                let bot = self.world.bots.get_mut(&self.bot)?;
                bot.dialogs.get_mut(&place.chat)
            }
        }
    }

    /// Sends a message of the bot and answers it.
    pub(super) fn write(&mut self, place: &Place, content: Value) -> Value {
        let Self {
            world, bot, now_ms, ..
        } = self;
        match &place.connection {
            Some(connection) => world.account_bot_message(connection, place.chat, content, *now_ms),
            None => world.bot_message(*bot, place.chat, content, *now_ms),
        }
    }

    /// Tells the bot of its own change to a message of an account, as of every change there.
    pub(super) fn tell_changed(&mut self, place: &Place, message: &Value) {
        if place.connection.is_some() {
            self.world.push_update(
                self.bot,
                "edited_business_message",
                message.clone(),
                self.now_ms,
            );
        }
    }
}

/// getBusinessConnection; an ended connection is still answered.
pub(super) fn get_connection(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let id = call
        .params
        .text("business_connection_id")
        .unwrap_or_default();
    let connections = &call.world.business.connections;
    let connection = connections
        .get(&id)
        .filter(|connection| connection.bot == call.bot)
        .ok_or_else(|| ApiError::bad("business connection not found"))?;
    Ok(call.world.connection_object(connection))
}
