//! The write before a call: whose message it is, and whether it may still leave.

use std::time::Duration;

use domain::Timestamp;
use domain::sofi::ReplyMode;
use rules::identity;
use store::row::{
    BusinessAccountRow, ChatMode, ConversationRow, FanRow, HoldRow, OutboxRow, OutboxState,
    SofiRow, TraceRow,
};
use store::{Found, StoreError, keys};

use super::truth;
use super::willing::{unwilling, wanted_of_fan};
use super::{MOST_RACES, fan_of, is_sofis, needs_leave, needs_word, told_since, wanted_of_head};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// How long a sender may hold a message before `tick` rings for it.
const LEASE: Duration = Duration::from_secs(60);

/// Why nothing of Sofi's leaves where it is not to answer by itself.
pub(super) const SWITCHED_OFF: &str = "switched_off";

/// Why nothing of an AI's leaves in the chat of an account whose owner lets none write.
pub(super) const NOT_AUTHORISED: &str = "ai_not_authorised";

/// Why nothing of Sofi's leaves in a chat that somebody else has.
pub(super) const TAKEN_OVER: &str = "person_has_taken_over";

/// Why a text may not leave that would have to say again that an AI writes.
const DISCLOSURE_DUE: &str = "disclosure_due";

/// What became of an attempt to write `sending`.
pub(in crate::sender) enum Marked {
    /// This sender may call Telegram.
    Ours(Found<OutboxRow>),
    /// The row was cancelled or taken meanwhile.
    Gone,
    /// Nothing by itself may be written to this fan now; why, as a stable code.
    Silenced(Found<OutboxRow>, &'static str),
}

/// Writes `sending` before the call, and asks with the same breath whether it may still be sent. One round trip; for a text of
/// Sofi's two more, where its chat or its bot is not in the mode in which it answers by itself, and for one that says who writes
/// two more, where something else stands in its way.
pub(in crate::sender) async fn mark_sending(
    turn: &Turn<'_>,
    found: Found<OutboxRow>,
) -> Result<Marked, SenderError> {
    if truth::is_fixed(&found.row) {
        let marked = Box::pin(truth::mark(turn, &found)).await?;
        return Ok(marked.unwrap_or_else(|why| Marked::Silenced(found, why)));
    }
    let mut mode = ChatMode::of_bot(ReplyMode::Auto);
    for _ in 0..MOST_RACES {
        let why = match Box::pin(attempt(turn, &found, mode)).await? {
            Ok(marked) => return Ok(marked),
            Err(why) => why,
        };
        let other = match why == SWITCHED_OFF {
            true => Box::pin(letting(turn, &found.row)).await?,
            false => None,
        };
        let Some(other) = other else {
            let honest = match truth::may_be_one(&found.row) {
                true => Box::pin(truth::mark(turn, &found)).await?.ok(),
                false => None,
            };
            return Ok(honest.unwrap_or(Marked::Silenced(found, why)));
        };
        mode = other;
    }
    Err(StoreError::Contention.into())
}

/// Writes `sending` where a text of Sofi's may leave in this mode and nothing else stands in the way; or what does, as a stable
/// code.
async fn attempt(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    mode: ChatMode,
) -> Result<Result<Marked, &'static str>, SenderError> {
    let now = turn.now();
    let row = sending(&found.row, now);
    let mut transaction = turn.db.transaction();
    let own = transaction.replace(&row, found.rev);
    let wanted = wanted_of_head(&row, mode, now);
    let head = (!wanted.is_empty()).then(|| {
        let key = keys::conversation(row.conversation);
        transaction.require_all::<ConversationRow>(&key, &wanted)
    });
    if is_sofis(&row) {
        transaction.require_absent::<HoldRow>(&keys::hold(row.conversation));
    }
    let settings = mode.of_settings().filter(|_| is_sofis(&row));
    let settings =
        settings.map(|wanted| transaction.require_all::<SofiRow>(&keys::sofi(row.bot), &[wanted]));
    let word = needs_word(&row).map(|account| {
        let account = keys::business_account(row.bot, account);
        let wanted = BusinessAccountRow::letting_ai(now);
        transaction.require_all::<BusinessAccountRow>(&account, &wanted)
    });
    let willing = fan_of(turn, &row)
        .filter(|_| needs_leave(&row))
        .map(|fan| transaction.require_all::<FanRow>(&keys::fan(fan), wanted_of_fan(&row)));
    match transaction.commit().await {
        Ok(()) => Ok(Ok(Marked::Ours(Found {
            row,
            rev: found.rev + 1,
        }))),
        Err(error) if error.failed(own).is_some() => Ok(Ok(Marked::Gone)),
        Err(error @ StoreError::Condition(_)) => {
            let failed = |place: Option<usize>| place.and_then(|at| error.failed(at));
            let why = match (failed(head), failed(word), failed(willing)) {
                (Some(head), ..) => {
                    let head = head.old::<ConversationRow>();
                    against_head(&found.row, head.as_ref(), mode, now)
                }
                _ if failed(settings).is_some() => SWITCHED_OFF,
                (_, Some(_), _) => NOT_AUTHORISED,
                (_, _, Some(fan)) => fan
                    .old::<FanRow>()
                    .map_or(FanRow::RESTRICTED, |fan| unwilling(&fan)),
                (None, None, None) => TAKEN_OVER,
            };
            Ok(Err(why))
        }
        Err(error) => Err(error.into()),
    }
}

/// The row as it is written before the call.
pub(super) fn sending(row: &OutboxRow, now: Timestamp) -> OutboxRow {
    OutboxRow {
        state: OutboxState::Sending,
        attempts: row.attempts + 1,
        due_at: Some(now.plus(LEASE)),
        ..row.clone()
    }
}

/// The mode in which a text of Sofi's leaves after all: its chat may have one of its own.
async fn letting(turn: &Turn<'_>, row: &OutboxRow) -> Result<Option<ChatMode>, SenderError> {
    let mut reads = turn.db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(row.conversation));
    let settings = reads.find::<SofiRow>(&keys::sofi(row.bot));
    let trace = reads.find::<TraceRow>(&keys::trace(row.conversation, row.id));
    let found = reads.send().await?;
    let own = found.get(head)?.and_then(|head| head.row.ai_mode);
    let settings = found.get(settings)?.map(|settings| settings.row);
    let reason = found.get(trace)?.and_then(|trace| trace.row.reason);
    let mode = ChatMode::of(own, settings.as_ref());
    Ok(lets(mode.mode, reason.as_deref()).then_some(mode))
}

/// Whether a text of Sofi's leaves by itself in this mode, after a turn that ended for this reason. The truth about who writes
/// needs nobody's word.
fn lets(mode: ReplyMode, reason: Option<&str>) -> bool {
    match mode {
        ReplyMode::Auto => true,
        ReplyMode::Draft => reason == Some(identity::REASON),
        ReplyMode::Off => false,
    }
}

/// Why a conversation does not let a text leave, as a stable code. One that is not there is no calm one.
fn against_head(
    row: &OutboxRow,
    head: Option<&ConversationRow>,
    mode: ChatMode,
    now: Timestamp,
) -> &'static str {
    let Some(head) = head.filter(|head| head.care_at == Timestamp::default()) else {
        return "care";
    };
    if is_sofis(row) && !mode.fits(head.ai_mode) {
        return SWITCHED_OFF;
    }
    match told_since(row, now).is_some_and(|since| head.disclosed_at < Some(since)) {
        true => DISCLOSURE_DUE,
        false => "fan_wants_person",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_truth_about_who_writes_leaves_by_itself_where_drafts_are_wanted_and_nothing_where_sofi_is_off()
     {
        for reason in [
            None,
            Some(""),
            Some("media_needs_person"),
            Some(identity::REASON),
        ] {
            let is_truth = reason == Some(identity::REASON);
            assert!(lets(ReplyMode::Auto, reason), "{reason:?}");
            assert_eq!(lets(ReplyMode::Draft, reason), is_truth, "{reason:?}");
            assert!(!lets(ReplyMode::Off, reason), "{reason:?}");
        }
    }
}
