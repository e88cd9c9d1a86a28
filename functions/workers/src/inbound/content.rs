//! From Telegram's view of a message to ours.

use domain::content::{FanProfile, MediaRef, MessageContent, Span};
use telegram::{Content, Entity, Mark, Media, Profile};

/// The kind of a message that was deleted in Telegram: nothing is left of what it said.
pub(crate) const DELETED: &str = "deleted";
/// The kind of a message in which this version knows nothing.
pub(crate) const UNSUPPORTED: &str = "unsupported";
/// Why the raw update of a payment is kept.
pub(crate) const PAYMENT: &str = "payment_not_supported_yet";
/// Why the raw update of a message is kept in which this version knows nothing.
pub(crate) const CONTENT: &str = "unsupported_content";

/// The kind and content to store.
pub(crate) fn of(content: &Content) -> (String, MessageContent) {
    let nothing = MessageContent::default();
    let (kind, content) = match content {
        Content::Text { text, entities, .. } => (
            "text",
            MessageContent {
                text: Some(text.clone()),
                spans: spans(entities),
                media: None,
            },
        ),
        Content::Media {
            media,
            caption,
            entities,
        } => (
            media.kind.as_str(),
            MessageContent {
                text: caption.clone(),
                spans: spans(entities),
                media: reference(media),
            },
        ),
        Content::Paid(_) => ("payment", nothing),
        Content::Refunded(_) => ("refund", nothing),
        Content::Service(name) => (*name, nothing),
        Content::Inaccessible => ("inaccessible", nothing),
        Content::Unknown(_) => (UNSUPPORTED, nothing),
    };
    (kind.to_owned(), content)
}

/// Why the raw update must be kept beside the message: what we store of it leaves out something that matters.
pub(crate) fn park_reason(content: &Content) -> Option<&'static str> {
    match content {
        // Amount and charge id stay readable, sealed, until payments are stored as such.
        Content::Paid(_) | Content::Refunded(_) => Some(PAYMENT),
        Content::Unknown(_) => Some(CONTENT),
        Content::Text { .. }
        | Content::Media { .. }
        | Content::Service(_)
        | Content::Inaccessible => None,
    }
}

/// Whether somebody should answer it.
pub(crate) fn wants_an_answer(content: &Content) -> bool {
    matches!(
        content,
        Content::Text { .. } | Content::Media { .. } | Content::Paid(_) | Content::Unknown(_)
    )
}

/// The fan's profile.
pub(crate) fn profile(from: &Profile) -> FanProfile {
    FanProfile {
        first_name: from.first_name.clone(),
        last_name: from.last_name.clone(),
        username: from.username.clone(),
        language_code: from.language_code.clone(),
        is_premium: from.is_premium,
    }
}

/// Reactions as stored: the emoji, or the id of a custom one.
pub(crate) fn marks(marks: &[Mark]) -> Vec<String> {
    let word = |mark: &Mark| match mark {
        Mark::Emoji(emoji) => emoji.clone(),
        Mark::Custom(id) => id.clone(),
        Mark::Paid => "paid".to_owned(),
        Mark::Other => "other".to_owned(),
    };
    marks.iter().map(word).collect()
}

fn spans(entities: &[Entity]) -> Vec<Span> {
    entities.iter().filter_map(span).collect()
}

/// Telegram's offsets fit; one that does not is no formatting.
fn span(entity: &Entity) -> Option<Span> {
    Some(Span {
        kind: entity.kind.clone(),
        offset: u32::try_from(entity.offset).ok()?,
        length: u32::try_from(entity.length).ok()?,
        url: entity.url.clone(),
    })
}

/// Only what can be fetched again is a reference; of the rest the kind says all that is kept.
fn reference(media: &Media) -> Option<MediaRef> {
    let small = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    Some(MediaRef {
        file_id: media.file_id.clone()?,
        file_unique_id: media.file_unique_id.clone(),
        mime_type: media.mime_type.clone(),
        file_name: media.file_name.clone(),
        size: media.size.and_then(|size| u64::try_from(size).ok()),
        duration_seconds: small(media.duration),
        width: small(media.width),
        height: small(media.height),
    })
}
