//! A conversation as lists and pages show it.

use app::{AppError, SealsJson, place};
use domain::content::Card;
use domain::message::Reachability;
use serde::Serialize;
use store::Row;
use store::row::ConversationRow;
use utoipa::ToSchema;
use vault::TenantKey;

/// The head of a conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConversationEntry {
    /// Its id.
    id: String,
    /// The bot that the fan wrote to.
    bot_id: String,
    /// The fan.
    fan_id: String,
    /// The fan's display name; may be empty.
    name: String,
    /// The beginning of the newest message.
    snippet: String,
    /// Whether the newest message is the fan's.
    from_fan: bool,
    /// Telegram's number of the newest message; send it as `last_seen_message_id` with an answer.
    last_message_id: String,
    /// When anything last happened, RFC 3339 UTC.
    last_activity: String,
    /// When the fan last wrote, RFC 3339 UTC.
    last_inbound_at: Option<String>,
    /// Messages of the fan since a person's last answer.
    unanswered: u32,
    /// Since when a person is asked for, RFC 3339 UTC.
    needs_person_since: Option<String>,
    /// Whether the bot may write.
    reachability: Reachability,
}

impl ConversationEntry {
    /// Opens the card of a head.
    pub(crate) fn open(key: &TenantKey, row: &ConversationRow) -> Result<Self, AppError> {
        let card = open_card(key, row)?;
        Ok(Self {
            id: row.id.to_string(),
            bot_id: row.bot.to_string(),
            fan_id: row.fan.to_string(),
            name: card.name,
            snippet: card.snippet,
            from_fan: card.from_fan,
            last_message_id: row.last_message_id.to_string(),
            last_activity: row.last_activity.rfc3339(),
            last_inbound_at: row.last_inbound_at.map(|at| at.rfc3339()),
            unanswered: row.unanswered,
            needs_person_since: row.needs_person_since.map(|at| at.rfc3339()),
            reachability: row.reachability,
        })
    }
}

/// What a list shows of a conversation, from under the tenant's key.
pub(crate) fn open_card(key: &TenantKey, row: &ConversationRow) -> Result<Card, AppError> {
    key.open_json(&place::<ConversationRow>(&row.key(), "card"), &row.card)
}
