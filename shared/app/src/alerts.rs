//! Messages to somebody of the team in their own Telegram chat: they go through the bot's outbox, as everything that it
//! sends, and are no messages of the chat they go to.

use std::time::Duration;

use domain::alert::Alert;
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, MessageId, TenantId};
use domain::message::{Author, Lane};
use domain::{Sealed, Timestamp};
use store::Row;
use store::row::{BotRow, OutboxRow, OutboxState};
use vault::TenantKey;

use crate::{App, AppError, SealsJson, place};

/// When `tick` rings for it if nobody has sent it.
const DUE_AFTER: Duration = Duration::from_secs(60);

impl App {
    /// The alert for everybody who hears of this bot's fans. Whoever writes the rows rings the doorbell, or `tick` does.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn alerts(
        &self,
        tenant: TenantId,
        key: &TenantKey,
        bot: &BotRow,
        alert: &Alert,
        now: Timestamp,
    ) -> Result<Vec<OutboxRow>, AppError> {
        let content = Outgoing::Alert(alert.clone());
        let chats = bot.alerts.iter();
        chats
            .map(|chat| self.to_member(tenant, key, (bot.id, chat.chat), &content, now))
            .collect()
    }

    /// Something for one of these chats.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn to_member(
        &self,
        tenant: TenantId,
        key: &TenantKey,
        (bot, chat): (BotId, ConversationId),
        content: &Outgoing,
        now: Timestamp,
    ) -> Result<OutboxRow, AppError> {
        let mut row = OutboxRow {
            id: self.mint(MessageId::new),
            tenant,
            bot,
            conversation: chat,
            lane: Lane::Ai,
            author: Author::Automation,
            content: Sealed::default(),
            reply_to: None,
            state: OutboxState::Queued,
            attempts: 0,
            queued_at: now,
            due_at: Some(now.plus(DUE_AFTER)),
            sent_by: None,
            discloses: false,
            answers: 0,
            account: None,
        };
        let at = row.key();
        let place = place::<OutboxRow>(&at, "content");
        row.content = key.seal_json(&place, content, self.entropy.as_ref())?;
        Ok(row)
    }
}
