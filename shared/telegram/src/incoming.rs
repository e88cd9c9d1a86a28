//! Second stage: what the product stores of an update.
//!
//! Hand-written on lenient fields instead of a full model of the API: unknown fields, unknown words and
//! odd types never refuse an update, and a field that is not read here cannot be stored by accident.
//! Contents of contacts, locations, polls and the like are not read at all, only their kind.

mod business;
mod events;
mod media;
mod message;
mod people;
#[cfg(test)]
mod tests;

pub use business::{Business, Connection, Deleted};
pub use events::{Callback, Mark, MemberStatus, Membership, PreCheckout, Reaction, Standing};
pub use media::{Media, MediaKind};
pub use message::{Content, Entity, Message, Payment};
pub use people::{Chat, ChatKind, Profile};

use crate::envelope::Envelope;
use crate::kind::{Kind, UpdateKind};

/// An update as the product sees it. Debug prints no content.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// A new message.
    Message(Box<Message>),
    /// A new version of a message; may come before the message itself.
    Edited(Box<Message>),
    /// A person changed reactions; may come before the message itself.
    Reaction(Reaction),
    /// The bot's own standing changed: in a private chat, blocked or returned.
    Membership(Membership),
    /// A button was pressed.
    Callback(Callback),
    /// An account's owner connected the bot to their own chats, or ended it.
    Connection(Connection),
    /// Messages of such a chat were deleted.
    Deleted(Deleted),
    /// A buyer is about to pay. The webhook has answered it already.
    PreCheckout(PreCheckout),
    /// A kind of Bot API 10.3 that the product knowingly does not store.
    NotStored {
        /// The kind.
        kind: Kind,
    },
    /// Nothing this version can read: to be kept sealed, counted, and replayed after an upgrade.
    Unsupported {
        /// Name of the kind, for the list of unsupported updates.
        kind: String,
        /// Why it cannot be read.
        why: WhyUnsupported,
    },
}

/// Why an update cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WhyUnsupported {
    /// A kind that Bot API 10.3 does not have.
    #[error("unknown kind of update")]
    UnknownKind,
    /// A known kind without a part that it always has.
    #[error("part {0} is missing")]
    Missing(&'static str),
    /// A message with nothing in it that this version knows.
    #[error("unknown content")]
    UnknownContent,
}

impl Incoming {
    /// Reads the stored view of an update. Never fails: what cannot be read is [`Incoming::Unsupported`].
    #[must_use]
    pub fn read(envelope: &Envelope) -> Self {
        let UpdateKind::Known(kind) = envelope.kind else {
            return Incoming::Unsupported {
                kind: envelope.kind.name().to_owned(),
                why: WhyUnsupported::UnknownKind,
            };
        };
        Self::read_known(kind, envelope).unwrap_or_else(|why| Incoming::Unsupported {
            kind: kind.as_str().to_owned(),
            why,
        })
    }

    fn read_known(kind: Kind, envelope: &Envelope) -> Result<Self, WhyUnsupported> {
        let body = || envelope.body().ok_or(WhyUnsupported::Missing("body"));
        Ok(match kind {
            Kind::Message => Incoming::Message(Box::new(Message::read(body()?)?)),
            Kind::EditedMessage => Incoming::Edited(Box::new(Message::read(body()?)?)),
            Kind::MessageReaction => Incoming::Reaction(Reaction::read(body()?)?),
            Kind::MyChatMember => Incoming::Membership(Membership::read(body()?)?),
            Kind::CallbackQuery => Incoming::Callback(Callback::read(body()?)?),
            Kind::PreCheckoutQuery => Incoming::PreCheckout(PreCheckout::read(body()?)?),
            Kind::BusinessConnection => Incoming::Connection(Connection::read(body()?)?),
            Kind::BusinessMessage => Incoming::Message(Box::new(Message::read_business(body()?)?)),
            Kind::EditedBusinessMessage => {
                Incoming::Edited(Box::new(Message::read_business(body()?)?))
            }
            Kind::DeletedBusinessMessages => Incoming::Deleted(Deleted::read(body()?)?),
            Kind::ChannelPost
            | Kind::EditedChannelPost
            | Kind::GuestMessage
            | Kind::MessageReactionCount
            | Kind::InlineQuery
            | Kind::ChosenInlineResult
            | Kind::ShippingQuery
            | Kind::PurchasedPaidMedia
            | Kind::Poll
            | Kind::PollAnswer
            | Kind::ChatMember
            | Kind::ChatJoinRequest
            | Kind::ChatBoost
            | Kind::RemovedChatBoost
            | Kind::ManagedBot
            | Kind::Subscription
            | Kind::StoppedMessageGeneration => Incoming::NotStored { kind },
        })
    }

    /// The person who caused it, when the update describes one.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Incoming::Message(message) | Incoming::Edited(message) => message.from.as_ref(),
            Incoming::Reaction(reaction) => reaction.from.as_ref(),
            Incoming::Membership(membership) => Some(&membership.from),
            Incoming::Callback(callback) => Some(&callback.from),
            Incoming::PreCheckout(query) => Some(&query.from),
            Incoming::Connection(connection) => Some(&connection.owner),
            Incoming::Deleted(_) | Incoming::NotStored { .. } | Incoming::Unsupported { .. } => {
                None
            }
        }
    }
}
