//! What sending, typing and approving share: through which bot, an outbox row, the head's word on whether it may go out,
//! a ring.

use std::time::Duration;

use app::{App, AppError, OrProblem};
use domain::Timestamp;
use domain::content::Outgoing;
use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId, MessageId};
use domain::message::{Author, Lane, Reachability};
use http_kit::Problem;
use store::row::{BotRow, BusinessAccountRow, ConversationRow, FanRow, OutboxRow};
use store::{Require, StoreError, TenantDb, Transaction, keys};
use tenancy::{Chatter, TenantScope};
use vault::TenantKey;

/// `tick` rings for a message that nobody has sent within this time.
pub(crate) const DUE_AFTER: Duration = Duration::from_secs(60);

/// Through what a fan is written to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// The bot.
    pub(crate) bot: BotId,
    /// The account in whose name; nothing in the bot's own chats.
    pub(crate) account: Option<BusinessAccountId>,
}

/// In the chats of an account Telegram lets a bot write for so long after the fan's last message.
const WINDOW: Duration = Duration::from_secs(24 * 3600);

/// Through what the fan of a conversation is written to. The bot, named by the client (lists give it), costs no read: a
/// conversation's id carries a mark of its bot, so a wrong one is noticed. An account's chat always costs one.
pub(crate) async fn way_to(
    db: &TenantDb<Chatter>,
    key: &TenantKey,
    conversation: ConversationId,
    named: Option<BotId>,
    now: Timestamp,
) -> Result<Way, Problem> {
    let ids = key.peer_ids();
    let head = match named {
        Some(_) if !ids.is_business(conversation) => None,
        _ => {
            let key = keys::conversation(conversation);
            let found = db.find::<ConversationRow>(&key).await.or_problem()?;
            Some(found.ok_or(Problem::NotFound)?.row)
        }
    };
    let known = head.as_ref().map(|head| head.bot);
    let bot = named.or(known).ok_or(Problem::NotFound)?;
    let account = head.as_ref().and_then(|head| head.account);
    let belongs = match account {
        Some(account) => ids.business_peer(account, conversation).is_ok() && known == Some(bot),
        None => ids.peer(bot, conversation).is_ok(),
    };
    if !belongs {
        return Err(Problem::NotFound);
    }
    match head.as_ref().and_then(|head| closed(head, now)) {
        Some(problem) => Err(problem),
        None => Ok(Way { bot, account }),
    }
}

/// Why an account's chat cannot be written to now.
pub(crate) fn closed(head: &ConversationRow, now: Timestamp) -> Option<Problem> {
    let open = head.last_inbound_at.is_some_and(|at| at.plus(WINDOW) > now);
    (head.account.is_some() && !open).then(|| {
        let message = "In the chats of a connected account Telegram lets a bot write only within 24 hours of the fan's \
            last message. Write from the account itself, or wait for the fan.";
        Problem::conflict("business_chat_closed", message)
    })
}

/// What goes out, and to whom.
pub(crate) struct ToSend<'a> {
    pub(crate) way: Way,
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
    let to = (scope.tenant(), wanted.way.bot, wanted.conversation);
    let from = (Lane::Person, Author::Person);
    let row = OutboxRow {
        reply_to: wanted.reply_to,
        // "is typing" is worth nothing a minute later.
        due_at: (*wanted.content != Outgoing::Typing).then(|| wanted.at.plus(DUE_AFTER)),
        sent_by: scope.actor(),
        account: wanted.way.account,
        ..OutboxRow::queued(app.mint(MessageId::new), to, from, wanted.at)
    };
    app.seal_outbox(key, row, wanted.content)
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

/// Demands that the fan lets a text of this author be written to them: their data is not only kept, and for an AI's they are
/// not in care and have not refused AI. With its place, [`shut`] tells a refusal.
pub(crate) fn require_open(transaction: &mut Transaction<'_>, fan: FanId, author: Author) -> usize {
    let wanted: &[Require<'_>] = match author == Author::Ai {
        true => &FanRow::OPEN_TO_AI,
        false => &FanRow::OPEN,
    };
    transaction.require_all::<FanRow>(&keys::fan(fan), wanted)
}

/// The refusal by the fan's row; none for a fan who is not there, of whom the head tells.
pub(crate) fn shut(error: &StoreError, place: usize) -> Option<Problem> {
    Some(unwilling(&error.failed(place)?.old::<FanRow>()?))
}

/// The refusal by a fan's row that has let a text not be written.
fn unwilling(fan: &FanRow) -> Problem {
    match fan.ai_refusal() {
        Some(FanRow::NO_AI) => no_ai(),
        None if fan.is_in_care() => cared_for(),
        Some(_) | None => restricted(),
    }
}

/// The refusal where the fan's data is only kept, by the fan's word or the team's.
pub(crate) fn restricted() -> Problem {
    let message = "The data of this fan is only kept, so nothing is written to them. Their profile says since when, and who \
        can end it.";
    Problem::conflict(FanRow::RESTRICTED, message)
}

/// The refusal of an AI where the fan wants none.
pub(crate) fn no_ai() -> Problem {
    let message =
        "This fan wants no AI, and only they can allow one again. Answer in your own words.";
    Problem::conflict(FanRow::NO_AI, message)
}

/// The refusal of an AI where care mode holds in another chat of the fan.
pub(crate) fn cared_for() -> Problem {
    let message = "This fan may be in distress, as another chat with them says. Answer in your own words, or end care mode there.";
    Problem::conflict("fan_in_care", message)
}

/// Demands for an AI's text in an account's chat that an AI may still write there; with its place, a refusal is
/// [`not_authorised`].
pub(crate) fn require_word(transaction: &mut Transaction<'_>, outbox: &OutboxRow) -> Option<usize> {
    let account = outbox.account.filter(|_| outbox.author == Author::Ai)?;
    let account = keys::business_account(outbox.bot, account);
    let wanted = BusinessAccountRow::letting_ai(outbox.queued_at);
    Some(transaction.require_all::<BusinessAccountRow>(&account, &wanted))
}

/// The refusal of an AI's text in the chats of an account whose owner, or whose workspace, lets no AI write there.
pub(crate) fn not_authorised() -> Problem {
    let message = "No AI may write in this account's chats: its owner or your workspace has not allowed it, or allows it no \
        longer. Write your own answer. Nothing was sent; the draft waits.";
    Problem::conflict("ai_not_authorised", message)
}

/// Demands that the bot is connected; with its place, [`bot_gone`] tells a refusal.
pub(crate) fn require_bot(transaction: &mut Transaction<'_>, bot: BotId) -> usize {
    let connected = [Require::IsNot("state", "disconnected")];
    transaction.require_all::<BotRow>(&keys::bot(bot), &connected)
}

/// The refusal where the bot that a message would go through is disconnected.
pub(crate) fn bot_gone(error: &StoreError, place: usize) -> Option<Problem> {
    error.failed(place)?;
    let message = "The bot of this conversation is disconnected, so nothing reaches the fan. Connect it again with its \
        token, then send.";
    Some(Problem::conflict("bot_disconnected", message))
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
    use crate::entry::tests::head;

    #[test]
    fn an_accounts_chat_is_open_for_a_day_after_the_fans_last_message() {
        let now = Timestamp::from_seconds(1_000_000);
        let chat = |hours: Option<i64>| ConversationRow {
            account: Some(BusinessAccountId::from_bytes([9; 16])),
            last_inbound_at: hours
                .map(|hours| Timestamp::from_millis(now.millis() - hours * 3_600_000)),
            ..head()
        };
        assert!(closed(&chat(Some(23)), now).is_none());
        assert!(closed(&chat(Some(24)), now).is_some());
        assert!(closed(&chat(None), now).is_some());
        assert!(
            closed(&head(), now).is_none(),
            "the bot's own chats stay open"
        );
    }

    #[test]
    fn what_a_fans_row_refuses_is_named_by_its_reason() {
        let id = FanId::from_bytes([1; 16]);
        let since = Timestamp::from_seconds(1);
        let fan = FanRow::new(id, domain::Sealed::default(), since);
        let sad = fan.clone().with_care_in(head().id, since);
        assert_eq!(unwilling(&sad).code(), "fan_in_care");
        let refuses = FanRow {
            no_ai_at: Some(since),
            ..fan
        };
        assert_eq!(unwilling(&refuses).code(), FanRow::NO_AI);
        let kept = FanRow {
            restricted_at: Some(since),
            ..sad
        };
        assert_eq!(unwilling(&kept).code(), FanRow::RESTRICTED);
    }

    #[test]
    fn the_state_that_stops_sending_is_spelled_as_it_is_stored() {
        let stored = serde_json::to_value(store::row::BotState::Disconnected).expect("JSON");
        assert_eq!(stored, "disconnected");
    }

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
