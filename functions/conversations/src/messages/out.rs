//! A message as the API shows it.

use app::{AppError, SealsJson, open_outbox, place};
use domain::content::{MediaRef, MessageContent, Outgoing, Span};
use domain::message::{Author, Delivery};
use serde::Serialize;
use store::Row;
use store::row::{MessageRow, OutboxRow, OutboxState};
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MessageDirection {
    /// From the fan.
    In,
    /// To the fan.
    Out,
}

/// A file that came with a message. Telegram's id of it stays with us: it is of use to the bot only.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageMedia {
    /// Its media type as Telegram gives it.
    mime_type: Option<String>,
    /// Its name.
    file_name: Option<String>,
    /// Its size in bytes.
    size: Option<u64>,
    /// Its length in seconds.
    duration_seconds: Option<u32>,
    /// Its width in pixels.
    width: Option<u32>,
    /// Its height in pixels.
    height: Option<u32>,
}

impl From<MediaRef> for MessageMedia {
    fn from(media: MediaRef) -> Self {
        Self {
            mime_type: media.mime_type,
            file_name: media.file_name,
            size: media.size,
            duration_seconds: media.duration_seconds,
            width: media.width,
            height: media.height,
        }
    }
}

/// One message of a conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageOut {
    /// Its id.
    id: String,
    /// Which way it went.
    direction: MessageDirection,
    /// Who wrote it.
    author: Author,
    /// What it is: `text`, `photo`, `voice`, ...
    kind: String,
    /// Text or caption, exactly as it was written.
    text: Option<String>,
    /// Formatting of the text; offsets and lengths in UTF-16 units.
    spans: Vec<Span>,
    /// The file that came with it.
    media: Option<MessageMedia>,
    /// Telegram's number; absent until Telegram has confirmed one.
    telegram_message_id: Option<String>,
    /// Telegram's number of the message that it answers.
    reply_to_message_id: Option<String>,
    /// The album that it belongs to.
    album: Option<String>,
    /// The fan's reactions: emoji or ids of custom emoji.
    reactions: Vec<String>,
    /// When it was written (fan), sent or queued (us), RFC 3339 UTC.
    at: String,
    /// When it was last edited, RFC 3339 UTC.
    edited_at: Option<String>,
    /// Where it stands.
    delivery: Delivery,
    /// Why it failed: a stable code.
    failure: Option<String>,
    /// The person who wrote it.
    sent_by: Option<String>,
    /// Who of the team changed it last while it was a draft of Sofi.
    edited_by: Option<String>,
    /// When it was brought in from an export, RFC 3339 UTC; null for what came from Telegram or went there.
    imported_at: Option<String>,
}

impl MessageOut {
    /// Opens a stored message.
    pub(super) fn stored(key: &FanKey, row: &MessageRow) -> Result<Self, AppError> {
        let place_key = row.key();
        let content: MessageContent =
            key.open_json(&place::<MessageRow>(&place_key, "content"), &row.content)?;
        let reactions = match &row.reactions {
            Some(sealed) => key.open_json(&place::<MessageRow>(&place_key, "reactions"), sealed)?,
            None => Vec::new(),
        };
        Ok(Self {
            id: row.id.to_string(),
            direction: direction(row.author),
            author: row.author,
            kind: row.content_kind.clone(),
            text: content.text,
            spans: content.spans,
            media: content.media.map(MessageMedia::from),
            telegram_message_id: row.message_id.map(|number| number.to_string()),
            reply_to_message_id: row.reply_to.map(|number| number.to_string()),
            album: row.album.clone(),
            reactions,
            at: row.at.rfc3339(),
            edited_at: row.edited_at.map(|at| at.rfc3339()),
            delivery: row.delivery,
            failure: row.failure.clone(),
            sent_by: row.sent_by.map(|user| user.to_string()),
            edited_by: row.edited_by.map(|user| user.to_string()),
            imported_at: row.imported_at.map(|at| at.rfc3339()),
        })
    }

    /// Opens a message that still waits; `None` for what is no message.
    pub(super) fn queued(key: &TenantKey, row: &OutboxRow) -> Result<Option<Self>, AppError> {
        let (Outgoing::Text { text }
        | Outgoing::Question { text, .. }
        | Outgoing::Choices { text, .. }
        | Outgoing::Export { text, .. }) = open_outbox(key, row)?
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            id: row.id.to_string(),
            direction: MessageDirection::Out,
            author: row.author,
            kind: "text".to_owned(),
            text: Some(text),
            spans: Vec::new(),
            media: None,
            telegram_message_id: None,
            reply_to_message_id: row.reply_to.map(|number| number.to_string()),
            album: None,
            reactions: Vec::new(),
            at: row.queued_at.rfc3339(),
            edited_at: None,
            delivery: match row.state {
                OutboxState::Queued => Delivery::Queued,
                OutboxState::Sending => Delivery::Sending,
            },
            failure: None,
            sent_by: row.sent_by.map(|user| user.to_string()),
            edited_by: row.edited_by.map(|user| user.to_string()),
            imported_at: None,
        }))
    }
}

const fn direction(author: Author) -> MessageDirection {
    match author {
        Author::Fan => MessageDirection::In,
        Author::Person | Author::Ai | Author::Automation | Author::Broadcast => {
            MessageDirection::Out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_file_id_is_not_shown() {
        let media = MediaRef {
            file_id: "canary-file".into(),
            file_unique_id: Some("canary-unique".into()),
            mime_type: Some("image/jpeg".into()),
            file_name: None,
            size: Some(7),
            duration_seconds: None,
            width: Some(1),
            height: Some(2),
        };
        let shown = serde_json::to_string(&MessageMedia::from(media)).expect("serialises");
        assert!(
            !shown.contains("canary") && shown.contains("image/jpeg"),
            "{shown}"
        );
    }

    #[test]
    fn only_the_fan_writes_inwards() {
        assert_eq!(direction(Author::Fan), MessageDirection::In);
        for author in [
            Author::Person,
            Author::Ai,
            Author::Automation,
            Author::Broadcast,
        ] {
            assert_eq!(direction(author), MessageDirection::Out);
        }
    }
}
