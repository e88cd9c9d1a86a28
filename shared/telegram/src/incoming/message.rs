//! Messages and what is in them.

use std::fmt;

use serde_json::Value;

use crate::commands::Command;
use crate::fields::Fields;
use crate::incoming::{Business, Chat, Media, Profile, WhyUnsupported};

/// A message or a new version of one. Debug prints no content.
#[derive(Clone, PartialEq)]
pub struct Message {
    /// Where it was written.
    pub chat: Chat,
    /// Its number: the order within the chat.
    pub message_id: i64,
    /// Unix seconds; 0 when Telegram no longer has the message.
    pub date: i64,
    /// Unix seconds of this version.
    pub edit_date: Option<i64>,
    /// Who wrote it; absent in channels and for anonymous administrators.
    pub from: Option<Profile>,
    /// The album it belongs to; items of an album are separate messages.
    pub media_group_id: Option<String>,
    /// The message in the same chat that it answers.
    pub reply_to: Option<i64>,
    /// Whether it was forwarded; from where is not kept.
    pub is_forwarded: bool,
    /// The forum topic, if any.
    pub thread_id: Option<i64>,
    /// What is in it.
    pub content: Content,
    /// Set in the chats of an account that is connected to the bot.
    pub business: Option<Business>,
}

/// What is in a message. Debug prints no content.
#[derive(Clone, PartialEq)]
pub enum Content {
    /// A text, byte for byte as it came.
    Text {
        /// The text.
        text: String,
        /// Its formatting.
        entities: Vec<Entity>,
        /// Set when the text begins with a command.
        command: Option<Command>,
    },
    /// Something attached, with an optional caption.
    Media {
        /// The reference.
        media: Media,
        /// The caption, byte for byte.
        caption: Option<String>,
        /// The caption's formatting.
        entities: Vec<Entity>,
    },
    /// The fan paid.
    Paid(Payment),
    /// A payment was given back.
    Refunded(Payment),
    /// Something happened to the chat; only its name is kept.
    Service(&'static str),
    /// Telegram no longer has the message (date 0).
    Inaccessible,
    /// Nothing that this version knows; holds the name of an unknown field, if there is one.
    Unknown(Option<String>),
}

/// Formatting of a part of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Entity {
    /// Telegram's word, such as `bold`; may be one of the future.
    pub kind: String,
    /// Start, in UTF-16 units.
    pub offset: i64,
    /// Length, in UTF-16 units.
    pub length: i64,
    /// Target of a `text_link`.
    pub url: Option<String>,
    /// Language of a `pre` block.
    pub language: Option<String>,
    /// Id of a custom emoji.
    pub custom_emoji_id: Option<String>,
}

/// The facts of a payment or of its return. Debug prints amounts only.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    /// `XTR` for Stars, else a currency code.
    pub currency: String,
    /// Stars, or the smallest unit of the currency.
    pub total_amount: i64,
    /// What we put on the invoice.
    pub invoice_payload: String,
    /// The idempotency key and the handle for a refund.
    pub charge_id: String,
    /// The payment provider's id; empty for Stars.
    pub provider_charge_id: Option<String>,
    /// Whether it belongs to a subscription.
    pub is_recurring: bool,
    /// Whether it is the first of a subscription.
    pub is_first_recurring: bool,
    /// Unix seconds until which the subscription is paid.
    pub subscription_expiration_date: Option<i64>,
}

/// Fields of a message that say that something happened to the chat (Bot API 10.3).
const SERVICE_FIELDS: &[&str] = &[
    "new_chat_members",
    "left_chat_member",
    "chat_owner_left",
    "chat_owner_changed",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "users_shared",
    "chat_shared",
    "gift",
    "unique_gift",
    "gift_upgrade_sent",
    "connected_website",
    "write_access_allowed",
    "passport_data",
    "proximity_alert_triggered",
    "boost_added",
    "chat_background_set",
    "checklist_tasks_done",
    "checklist_tasks_added",
    "community_chat_added",
    "community_chat_joined",
    "community_chat_removed",
    "direct_message_price_changed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "giveaway_created",
    "giveaway_completed",
    "managed_bot_created",
    "paid_message_price_changed",
    "poll_option_added",
    "poll_option_deleted",
    "suggested_post_approved",
    "suggested_post_approval_failed",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
    "web_app_data",
];

/// Fields that stand beside the content of a message (Bot API 10.3).
const COMMON_FIELDS: &[&str] = &[
    "message_id",
    "message_thread_id",
    "direct_messages_topic",
    "from",
    "sender_chat",
    "sender_boost_count",
    "sender_business_bot",
    "sender_tag",
    "receiver_user",
    "ephemeral_message_id",
    "date",
    "guest_query_id",
    "business_connection_id",
    "chat",
    "forward_origin",
    "is_topic_message",
    "is_automatic_forward",
    "reply_to_message",
    "external_reply",
    "quote",
    "reply_to_story",
    "reply_to_checklist_task_id",
    "reply_to_poll_option_id",
    "via_bot",
    "guest_bot_caller_user",
    "guest_bot_caller_chat",
    "edit_date",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "media_group_id",
    "author_signature",
    "paid_star_count",
    "link_preview_options",
    "suggested_post_info",
    "effect_id",
    "reply_markup",
    "entities",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
];

impl Message {
    pub(crate) fn read(message: Fields<'_>) -> Result<Self, WhyUnsupported> {
        let chat = message
            .object("chat")
            .and_then(Chat::read)
            .ok_or(WhyUnsupported::Missing("chat"))?;
        let message_id = message
            .int("message_id")
            .ok_or(WhyUnsupported::Missing("message_id"))?;
        let date = message.int("date").ok_or(WhyUnsupported::Missing("date"))?;
        Ok(Message {
            chat,
            message_id,
            date,
            edit_date: message.int("edit_date"),
            from: message.object("from").and_then(Profile::read),
            media_group_id: message.string("media_group_id"),
            reply_to: reply_to(message, chat),
            is_forwarded: message.has("forward_origin"),
            thread_id: message.int("message_thread_id"),
            content: if date == 0 {
                Content::Inaccessible
            } else {
                Content::read(message)
            },
            business: None,
        })
    }

    pub(crate) fn read_business(message: Fields<'_>) -> Result<Self, WhyUnsupported> {
        Ok(Message {
            business: Some(Business::read(message)?),
            ..Self::read(message)?
        })
    }

    /// Whether the account's owner wrote it, not the fan. In a private chat the fan's number is the chat's.
    #[must_use]
    pub fn is_owners(&self) -> bool {
        let from = self.from.as_ref().map(|from| from.id);
        self.business.is_some() && from.is_some_and(|id| id != self.chat.id)
    }

    /// The words of it: text or caption.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match &self.content {
            Content::Text { text, .. } => Some(text),
            Content::Media { caption, .. } => caption.as_deref(),
            _ => None,
        }
    }

    /// What is attached to it.
    #[must_use]
    pub fn media(&self) -> Option<&Media> {
        match &self.content {
            Content::Media { media, .. } => Some(media),
            _ => None,
        }
    }

    /// The command with which its text begins.
    #[must_use]
    pub fn command(&self) -> Option<&Command> {
        match &self.content {
            Content::Text { command, .. } => command.as_ref(),
            _ => None,
        }
    }
}

/// Only an answer within the chat counts; in a topic every message names the topic's first message.
fn reply_to(message: Fields<'_>, chat: Chat) -> Option<i64> {
    let target = message.object("reply_to_message")?;
    let elsewhere = target
        .object("chat")
        .and_then(Chat::read)
        .is_some_and(|there| there.id != chat.id);
    let id = target.int("message_id").filter(|_| !elsewhere)?;
    let is_topic =
        target.has("forum_topic_created") && message.int("message_thread_id") == Some(id);
    (!is_topic).then_some(id)
}

impl Content {
    /// The text or caption.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Content::Text { text, .. } => Some(text),
            Content::Media { caption, .. } => caption.as_deref(),
            _ => None,
        }
    }

    fn read(message: Fields<'_>) -> Self {
        if let Some(text) = message.string("text") {
            let command = Command::parse(&text);
            return Content::Text {
                text,
                entities: entities(message.list("entities")),
                command,
            };
        }
        if let Some(payment) = message.object("successful_payment").and_then(Payment::read) {
            return Content::Paid(payment);
        }
        if let Some(payment) = message.object("refunded_payment").and_then(Payment::read) {
            return Content::Refunded(payment);
        }
        if let Some(name) = SERVICE_FIELDS.iter().find(|name| message.has(name)) {
            return Content::Service(name);
        }
        if let Some(media) = Media::read(message) {
            let entities = entities(message.list("caption_entities"));
            return Content::Media {
                media,
                caption: message.string("caption"),
                entities,
            };
        }
        let unknown = message
            .keys()
            .filter(|key| !COMMON_FIELDS.contains(key))
            .min();
        Content::Unknown(unknown.map(|key| key.chars().take(64).collect()))
    }
}

fn entities(list: &[Value]) -> Vec<Entity> {
    list.iter()
        .filter_map(Fields::of)
        .filter_map(Entity::read)
        .collect()
}

impl Entity {
    fn read(entity: Fields<'_>) -> Option<Self> {
        Some(Entity {
            kind: entity.string("type")?,
            offset: entity.int("offset")?,
            length: entity.int("length")?,
            url: entity.string("url"),
            language: entity.string("language"),
            custom_emoji_id: entity.string("custom_emoji_id"),
        })
    }
}

impl Payment {
    fn read(payment: Fields<'_>) -> Option<Self> {
        Some(Payment {
            currency: payment.string("currency")?,
            total_amount: payment.int("total_amount")?,
            invoice_payload: payment.string("invoice_payload").unwrap_or_default(),
            charge_id: payment.string("telegram_payment_charge_id")?,
            provider_charge_id: payment.string("provider_payment_charge_id"),
            is_recurring: payment.flag("is_recurring"),
            is_first_recurring: payment.flag("is_first_recurring"),
            subscription_expiration_date: payment.int("subscription_expiration_date"),
        })
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("chat", &self.chat)
            .field("message_id", &self.message_id)
            .field("date", &self.date)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Content::Text { .. } => f.write_str("Text"),
            Content::Media { media, .. } => f.debug_tuple("Media").field(&media.kind).finish(),
            Content::Paid(payment) => f.debug_tuple("Paid").field(payment).finish(),
            Content::Refunded(payment) => f.debug_tuple("Refunded").field(payment).finish(),
            Content::Service(name) => f.debug_tuple("Service").field(name).finish(),
            Content::Inaccessible => f.write_str("Inaccessible"),
            Content::Unknown(name) => f.debug_tuple("Unknown").field(name).finish(),
        }
    }
}

impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entity({}..+{})", self.offset, self.length)
    }
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("currency", &self.currency)
            .field("total_amount", &self.total_amount)
            .finish_non_exhaustive()
    }
}
