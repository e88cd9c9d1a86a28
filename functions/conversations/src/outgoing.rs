//! What sending, typing and approving share: through which bot, an outbox row, the head's word on whether it may go out,
//! a ring.

use std::time::Duration;

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, MessageId};
use domain::message::{Author, Lane, Reachability};
use domain::{Sealed, Timestamp};
use http_kit::Problem;
use store::row::{ConversationRow, OutboxRow, OutboxState, QueuedRow};
use store::{Row, TenantDb, keys};
use tenancy::{Chatter, TenantScope};
use vault::TenantKey;

/// `tick` rings for a message that nobody has sent within this time.
pub(crate) const DUE_AFTER: Duration = Duration::from_secs(60);

/// The bot of a conversation. Named by the client (lists give it) it costs no read: a conversation's id carries a mark
/// of its bot, so a wrong one is noticed.
pub(crate) async fn bot_of(
    db: &TenantDb<Chatter>,
    key: &TenantKey,
    conversation: ConversationId,
    named: Option<BotId>,
) -> Result<BotId, Problem> {
    let bot = match named {
        Some(bot) => bot,
        None => {
            let head = db
                .find::<ConversationRow>(&keys::conversation(conversation))
                .await
                .or_problem()?;
            head.ok_or(Problem::NotFound)?.row.bot
        }
    };
    key.peer_ids()
        .peer(bot, conversation)
        .map_err(|_| Problem::NotFound)?;
    Ok(bot)
}

/// What goes out, and to whom.
pub(crate) struct ToSend<'a> {
    pub(crate) bot: BotId,
    pub(crate) conversation: ConversationId,
    pub(crate) content: &'a Outgoing,
    pub(crate) reply_to: Option<i64>,
    pub(crate) at: Timestamp,
}

/// The outbox row of a person's message, sealed for its place.
pub(crate) fn outbox_row(
    app: &App,
    scope: &TenantScope<Chatter>,
    key: &TenantKey,
    wanted: &ToSend<'_>,
) -> Result<OutboxRow, AppError> {
    let row = OutboxRow {
        id: app.mint(MessageId::new),
        tenant: scope.tenant(),
        bot: wanted.bot,
        conversation: wanted.conversation,
        lane: Lane::Person,
        author: Author::Person,
        content: Sealed::default(),
        reply_to: wanted.reply_to,
        state: OutboxState::Queued,
        attempts: 0,
        queued_at: wanted.at,
        // "is typing" is worth nothing a minute later.
        due_at: (*wanted.content != Outgoing::Typing).then(|| wanted.at.plus(DUE_AFTER)),
        sent_by: scope.actor(),
        discloses: false,
        answers: 0,
    };
    sealed(app, key, row, wanted.content)
}

/// The row with its content, sealed for its place.
pub(crate) fn sealed(
    app: &App,
    key: &TenantKey,
    row: OutboxRow,
    content: &Outgoing,
) -> Result<OutboxRow, AppError> {
    let row_key = row.key();
    let content = key.seal_json(
        &place::<OutboxRow>(&row_key, "content"),
        content,
        app.entropy.as_ref(),
    )?;
    Ok(OutboxRow { content, ..row })
}

/// The pointer from a conversation to a message that waits.
pub(crate) fn pointer(outbox: &OutboxRow) -> QueuedRow {
    QueuedRow {
        id: outbox.id,
        conversation: outbox.conversation,
        bot: outbox.bot,
        lane: outbox.lane,
        queued_at: outbox.queued_at,
    }
}

/// Why a fan cannot be written to, from the head that stood in the way.
pub(crate) fn unreachable(reachability: Reachability) -> Option<Problem> {
    let message = match reachability {
        Reachability::Reachable => return None,
        Reachability::Blocked => {
            "The fan has blocked the bot. You can write again when the fan comes back."
        }
        Reachability::Deactivated => "The fan's Telegram account no longer exists.",
        Reachability::ChatGone => "Telegram no longer knows this chat.",
    };
    Some(Problem::conflict("fan_unreachable", message))
}

/// Rings the bot's doorbell. The rows are written: without a ring `tick` rings within a minute, so this never fails.
pub(crate) async fn ring(app: &App, scope: &TenantScope<Chatter>, bot: BotId) {
    if let Err(error) = app.jobs.ring(scope.tenant(), bot, &app.unique()).await {
        tracing::warn!(
            bot.id = bot.to_string(),
            error.chain = telemetry::chain(&error),
            "doorbell was not rung"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_conflict_and_only_reachable_is_none() {
        assert!(unreachable(Reachability::Reachable).is_none());
        for reason in [
            Reachability::Blocked,
            Reachability::Deactivated,
            Reachability::ChatGone,
        ] {
            assert!(matches!(
                unreachable(reason),
                Some(Problem::Conflict {
                    code: "fan_unreachable",
                    ..
                })
            ));
        }
    }
}
