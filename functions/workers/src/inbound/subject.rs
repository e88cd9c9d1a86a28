//! What an update is about: told from the update alone, before anything is read.

use app::is_erasure_word;
use domain::alert::AlertButton;
use telegram::commands::FanCommand;
use telegram::{Callback, Envelope, Incoming, WhyUnsupported};

use super::content;

/// What an update is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A private chat, and the message in it.
    Chat {
        /// Telegram's id of the chat, which is the fan's.
        chat_id: i64,
        /// The message that the update is or concerns.
        message_id: Option<i64>,
        /// Telegram's id of the connection, in a chat of an account that the bot takes part in.
        connection: Option<String>,
    },
    /// An account was connected, changed or disconnected.
    Connection(telegram::Connection),
    /// Messages of an account's chat were deleted.
    Deleted(telegram::Deleted),
    /// A button under an alert was pressed.
    Press(Press),
    /// The button under "delete everything?" was pressed.
    Erase(ErasePress),
    /// Knowingly not stored: a stable code.
    Skip(&'static str),
    /// Kept raw, because this version cannot read it: a stable code.
    Park(&'static str),
}

/// A press of a button of ours, in the private chat of whoever pressed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Press {
    /// Telegram's id of it.
    pub(crate) id: String,
    /// Telegram's id of the chat.
    pub(crate) chat_id: i64,
    /// The message with the button.
    pub(crate) message_id: i64,
    /// Which button.
    pub(crate) button: AlertButton,
}

/// A press of the button under the question whether everything is to be deleted, in the private chat of whoever pressed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ErasePress {
    /// Telegram's id of it.
    pub(crate) id: String,
    /// Telegram's id of the chat, which is the fan's.
    pub(crate) chat_id: i64,
    /// The message with the button.
    pub(crate) message_id: i64,
    /// What the button carried; untrusted.
    pub(crate) word: String,
    /// The language of the fan's Telegram.
    pub(crate) language: Option<String>,
}

/// Groups and channels are not stored, whatever happens in them.
pub(crate) const NOT_PRIVATE: Subject = Subject::Skip("not_private");

/// Tells what an update is about.
pub(crate) fn subject(envelope: &Envelope, incoming: &Incoming) -> Subject {
    match incoming {
        // Telegram shows a bot what it wrote itself; the sender has stored it.
        Incoming::Message(message) | Incoming::Edited(message)
            if message
                .business
                .as_ref()
                .is_some_and(|business| business.by_bot) =>
        {
            Subject::Skip("own_message")
        }
        // No fan: two machines that answer each other would never stop.
        Incoming::Message(_) | Incoming::Edited(_) | Incoming::Reaction(_)
            if incoming.profile().is_some_and(|profile| profile.is_bot) =>
        {
            Subject::Skip("sender_is_a_bot")
        }
        Incoming::Message(message) | Incoming::Edited(message) => {
            let connection = message.business.as_ref();
            let connection = connection.map(|business| business.connection.clone());
            of_message(message.chat, message.message_id, connection)
        }
        Incoming::Reaction(reaction) => of_message(reaction.chat, reaction.message_id, None),
        Incoming::Connection(connection) => Subject::Connection(connection.clone()),
        Incoming::Deleted(deleted) if !deleted.chat.is_private() => NOT_PRIVATE,
        Incoming::Deleted(deleted) => Subject::Deleted(deleted.clone()),
        Incoming::Membership(change) if !change.chat.is_private() => NOT_PRIVATE,
        Incoming::Membership(change) if change.standing().is_none() => {
            Subject::Skip("standing_unknown")
        }
        Incoming::Membership(change) => Subject::Chat {
            chat_id: change.chat.id,
            message_id: None,
            connection: None,
        },
        Incoming::Callback(press) => of_press(press),
        // The webhook has answered it.
        Incoming::PreCheckout(_) => Subject::Skip("pre_checkout_query"),
        Incoming::NotStored { kind } => Subject::Skip(kind.as_str()),
        Incoming::Unsupported { .. }
            if matches!(
                envelope.chat_type.as_deref(),
                Some("group" | "supergroup" | "channel")
            ) =>
        {
            NOT_PRIVATE
        }
        Incoming::Unsupported { why, .. } => Subject::Park(match why {
            WhyUnsupported::UnknownKind => "unsupported_kind",
            WhyUnsupported::Missing(_) => "incomplete",
            WhyUnsupported::UnknownContent => content::CONTENT,
        }),
    }
}

fn of_press(press: &Callback) -> Subject {
    let Some(chat) = press.chat.filter(|chat| chat.is_private()) else {
        return NOT_PRIVATE;
    };
    let data = press.data.as_deref().unwrap_or_default();
    let Some(message_id) = press.message_id.filter(|_| chat.id == press.from.id) else {
        return Subject::Skip("callback_query");
    };
    match AlertButton::find(data) {
        Some(button) => Subject::Press(Press {
            id: press.id.clone(),
            chat_id: chat.id,
            message_id,
            button,
        }),
        None if is_erasure_word(data) => Subject::Erase(ErasePress {
            id: press.id.clone(),
            chat_id: chat.id,
            message_id,
            word: data.to_owned(),
            language: press.from.language_code.clone(),
        }),
        // A command of the fan, given by its button.
        None if FanCommand::of_button(data).is_some() => Subject::Chat {
            chat_id: chat.id,
            message_id: None,
            connection: None,
        },
        None => Subject::Skip("callback_query"),
    }
}

fn of_message(chat: telegram::Chat, message_id: i64, connection: Option<String>) -> Subject {
    if !chat.is_private() {
        return NOT_PRIVATE;
    }
    // Order in a chat is this number; without one there is no place for it.
    if message_id <= 0 {
        return Subject::Park("incomplete");
    }
    Subject::Chat {
        chat_id: chat.id,
        message_id: Some(message_id),
        connection,
    }
}
