//! What stands in an outbox row: sealed for its place under the tenant's key, and opened again. And messages to somebody of
//! the team in their own Telegram chat: they go through the bot's outbox, as everything that it sends, and are no messages
//! of the chat they go to.

use std::time::Duration;

use domain::Timestamp;
use domain::alert::{Alert, AlertSummary};
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, MessageId, TenantId};
use domain::message::{Author, Lane};
use store::Row;
use store::row::{BotRow, OutboxRow};
use vault::TenantKey;

use crate::{App, AppError, SealsJson, place};

/// When `tick` rings for it if nobody has sent it.
const DUE_AFTER: Duration = Duration::from_secs(60);

/// What a row says.
///
/// # Errors
/// When it does not open, or is of another form.
pub fn open_outbox(key: &TenantKey, row: &OutboxRow) -> Result<Outgoing, AppError> {
    let at = row.key();
    key.open_json(&place::<OutboxRow>(&at, "content"), &row.content)
}

impl App {
    /// The row with its content, sealed for its place: id, lane and moment must be the final ones.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal_outbox(
        &self,
        key: &TenantKey,
        row: OutboxRow,
        content: &Outgoing,
    ) -> Result<OutboxRow, AppError> {
        let at = row.key();
        let place = place::<OutboxRow>(&at, "content");
        let content = key.seal_json(&place, content, self.entropy.as_ref())?;
        Ok(OutboxRow { content, ..row })
    }

    /// The alert for everybody who hears of this bot's fans, but not of themselves: their own chat with the bot is no fan's.
    /// Whoever writes the rows rings the doorbell, or `tick` does.
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
        let chats = bot.alerts.iter().filter(|chat| chat.chat != alert.about);
        chats
            .map(|chat| self.to_chat((tenant, key), (bot.id, chat.chat), Lane::Ai, &content, now))
            .collect()
    }

    /// What a member's quiet hours hold back, told when they end.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn alert_summary(
        &self,
        (tenant, key): (TenantId, &TenantKey),
        (bot, chat): (BotId, ConversationId),
        summary: AlertSummary,
        at: Timestamp,
    ) -> Result<OutboxRow, AppError> {
        let id = AlertSummary::id(chat);
        let from = (Lane::Ai, Author::Automation);
        let row = OutboxRow {
            due_at: Some(at.plus(DUE_AFTER)),
            ..OutboxRow::queued(id, (tenant, bot, chat), from, at)
        };
        self.seal_outbox(key, row, &Outgoing::AlertSummary(summary))
    }

    /// Has a bot's sender look at its outbox. Best effort, for what is in the outbox already and comes without it, later.
    pub async fn ring_sender(&self, tenant: TenantId, bot: BotId) {
        if let Err(error) = self.jobs.ring(tenant, bot, &self.unique()).await {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "the doorbell did not ring");
        }
    }

    /// Something that leaves no message in the chat it goes to: an alert, an answer to a press, a last word.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn to_chat(
        &self,
        (tenant, key): (TenantId, &TenantKey),
        (bot, chat): (BotId, ConversationId),
        lane: Lane,
        content: &Outgoing,
        now: Timestamp,
    ) -> Result<OutboxRow, AppError> {
        let id = self.mint(MessageId::new);
        let from = (lane, Author::Automation);
        let row = OutboxRow {
            due_at: Some(now.plus(DUE_AFTER)),
            ..OutboxRow::queued(id, (tenant, bot, chat), from, now)
        };
        self.seal_outbox(key, row, content)
    }
}
