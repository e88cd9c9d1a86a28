//! What happens beside messages: reactions, blocks and returns, buttons, checkouts.

use std::fmt;

use serde_json::Value;

use crate::fields::Fields;
use crate::incoming::{Chat, Profile, WhyUnsupported};

/// A person changed their reactions on a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Reaction {
    /// Where.
    pub chat: Chat,
    /// The message; may be one of the bot's own.
    pub message_id: i64,
    /// Who; absent when the reaction is a chat's.
    pub from: Option<Profile>,
    /// Unix seconds.
    pub date: i64,
    /// The reactions before.
    pub before: Vec<Mark>,
    /// All reactions now; empty when taken back.
    pub after: Vec<Mark>,
}

/// One reaction.
#[derive(Clone, PartialEq, Eq)]
pub enum Mark {
    /// An emoji.
    Emoji(String),
    /// A custom emoji, by id.
    Custom(String),
    /// A paid star.
    Paid,
    /// A word of a future version.
    Other,
}

impl Reaction {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        Ok(Reaction {
            chat: chat(update)?,
            message_id: update
                .int("message_id")
                .ok_or(WhyUnsupported::Missing("message_id"))?,
            from: update.object("user").and_then(Profile::read),
            date: update.int("date").ok_or(WhyUnsupported::Missing("date"))?,
            before: marks(update.list("old_reaction")),
            after: marks(update.list("new_reaction")),
        })
    }
}

fn marks(list: &[Value]) -> Vec<Mark> {
    let mark = |reaction: Fields<'_>| match reaction.str("type") {
        Some("emoji") => reaction.string("emoji").map_or(Mark::Other, Mark::Emoji),
        Some("custom_emoji") => reaction
            .string("custom_emoji_id")
            .map_or(Mark::Other, Mark::Custom),
        Some("paid") => Mark::Paid,
        _ => Mark::Other,
    };
    list.iter().filter_map(Fields::of).map(mark).collect()
}

fn chat(update: Fields<'_>) -> Result<Chat, WhyUnsupported> {
    update
        .object("chat")
        .and_then(Chat::read)
        .ok_or(WhyUnsupported::Missing("chat"))
}

fn from(update: Fields<'_>) -> Result<Profile, WhyUnsupported> {
    update
        .object("from")
        .and_then(Profile::read)
        .ok_or(WhyUnsupported::Missing("from"))
}

/// The bot's own standing in a chat changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Where.
    pub chat: Chat,
    /// Who changed it: in a private chat, the fan.
    pub from: Profile,
    /// Unix seconds.
    pub date: i64,
    /// The standing before.
    pub before: MemberStatus,
    /// The standing now.
    pub after: MemberStatus,
}

/// A standing in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberStatus {
    /// Owns it.
    Creator,
    /// Administers it.
    Administrator,
    /// Takes part; in a private chat: reachable.
    Member,
    /// Takes part with limits.
    Restricted,
    /// Left.
    Left,
    /// Removed; in a private chat: blocked.
    Kicked,
    /// A word of a future version.
    Other,
}

/// What a change of standing in a private chat means for the fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The fan blocked the bot.
    Blocked,
    /// The fan came back or came for the first time.
    Returned,
}

impl Membership {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        let status = |key| {
            update
                .object(key)
                .and_then(|member| member.str("status"))
                .map(MemberStatus::read)
        };
        Ok(Membership {
            chat: chat(update)?,
            from: from(update)?,
            date: update.int("date").ok_or(WhyUnsupported::Missing("date"))?,
            before: status("old_chat_member").unwrap_or(MemberStatus::Other),
            after: status("new_chat_member").ok_or(WhyUnsupported::Missing("new_chat_member"))?,
        })
    }

    /// What the change means for the fan; `None` outside private chats and for words of the future.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        match self.after {
            _ if !self.chat.is_private() => None,
            MemberStatus::Kicked | MemberStatus::Left => Some(Standing::Blocked),
            MemberStatus::Member => Some(Standing::Returned),
            _ => None,
        }
    }
}

impl MemberStatus {
    fn read(word: &str) -> Self {
        match word {
            "creator" => MemberStatus::Creator,
            "administrator" => MemberStatus::Administrator,
            "member" => MemberStatus::Member,
            "restricted" => MemberStatus::Restricted,
            "left" => MemberStatus::Left,
            "kicked" => MemberStatus::Kicked,
            _ => MemberStatus::Other,
        }
    }
}

/// A pressed button.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// The id to answer, good for a short time.
    pub id: String,
    /// Who pressed it.
    pub from: Profile,
    /// Where the button's message is; absent for inline messages.
    pub chat: Option<Chat>,
    /// The message with the button.
    pub message_id: Option<i64>,
    /// Whether Telegram no longer has that message.
    pub is_inaccessible: bool,
    /// What we put on the button; untrusted, since old clients may send anything.
    pub data: Option<String>,
}

impl Callback {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        let message = update.object("message");
        Ok(Callback {
            id: update.string("id").ok_or(WhyUnsupported::Missing("id"))?,
            from: from(update)?,
            chat: message
                .and_then(|message| message.object("chat"))
                .and_then(Chat::read),
            message_id: message.and_then(|message| message.int("message_id")),
            is_inaccessible: message.is_some_and(|message| message.int("date") == Some(0)),
            data: update.string("data"),
        })
    }
}

/// A buyer is about to pay.
#[derive(Clone, PartialEq, Eq)]
pub struct PreCheckout {
    /// The id to answer within ten seconds.
    pub id: String,
    /// The buyer.
    pub from: Profile,
    /// `XTR` for Stars.
    pub currency: String,
    /// Stars, or the smallest unit of the currency.
    pub total_amount: i64,
    /// What we put on the invoice.
    pub invoice_payload: String,
}

impl PreCheckout {
    pub(crate) fn read(update: Fields<'_>) -> Result<Self, WhyUnsupported> {
        Ok(PreCheckout {
            id: update.string("id").ok_or(WhyUnsupported::Missing("id"))?,
            from: from(update)?,
            currency: update
                .string("currency")
                .ok_or(WhyUnsupported::Missing("currency"))?,
            total_amount: update
                .int("total_amount")
                .ok_or(WhyUnsupported::Missing("total_amount"))?,
            invoice_payload: update.string("invoice_payload").unwrap_or_default(),
        })
    }
}

impl fmt::Debug for Reaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reaction")
            .field("chat", &self.chat)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Mark::Emoji(_) => "Emoji",
            Mark::Custom(_) => "Custom",
            Mark::Paid => "Paid",
            Mark::Other => "Other",
        })
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("chat", &self.chat)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PreCheckout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreCheckout")
            .field("currency", &self.currency)
            .field("total_amount", &self.total_amount)
            .finish_non_exhaustive()
    }
}
