//! The write before a call: whose message it is, and whether it may still leave.

use std::time::Duration;

use domain::Timestamp;
use domain::sofi::ReplyMode;
use store::row::{BusinessAccountRow, ConversationRow, FanRow, HoldRow, OutboxRow, OutboxState};
use store::{Found, Require, StoreError, keys};

use super::{fan_of, is_ais, is_sofis, needs_leave, needs_word, told_since, wanted_of_head};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// How long a sender may hold a message before `tick` rings for it.
const LEASE: Duration = Duration::from_secs(60);

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

/// Writes `sending` before the call, and asks with the same breath whether it may still be sent.
pub(in crate::sender) async fn mark_sending(
    turn: &Turn<'_>,
    found: Found<OutboxRow>,
) -> Result<Marked, SenderError> {
    let now = turn.now();
    let mut row = found.row.clone();
    row.state = OutboxState::Sending;
    row.attempts += 1;
    row.due_at = Some(now.plus(LEASE));
    let mut transaction = turn.db.transaction();
    let own = transaction.replace(&row, found.rev);
    let wanted = wanted_of_head(&row, now);
    let head = (!wanted.is_empty()).then(|| {
        let key = keys::conversation(row.conversation);
        transaction.require_all::<ConversationRow>(&key, &wanted)
    });
    if is_sofis(&row) {
        transaction.require_absent::<HoldRow>(&keys::hold(row.conversation));
    }
    let word = needs_word(&row).map(|account| {
        let account = keys::business_account(row.bot, account);
        let wanted = BusinessAccountRow::letting_ai(now);
        transaction.require_all::<BusinessAccountRow>(&account, &wanted)
    });
    let willing = fan_of(turn, &row).filter(|_| needs_leave(&row)).map(|fan| {
        let wanted: &[Require<'_>] = match is_ais(&row) {
            true => &FanRow::OPEN_TO_AI,
            false => &FanRow::OPEN,
        };
        transaction.require_all::<FanRow>(&keys::fan(fan), wanted)
    });
    match transaction.commit().await {
        Ok(()) => Ok(Marked::Ours(Found {
            row,
            rev: found.rev + 1,
        })),
        Err(error) if error.failed(own).is_some() => Ok(Marked::Gone),
        Err(error @ StoreError::Condition(_)) => {
            let failed = |place: Option<usize>| place.and_then(|at| error.failed(at));
            let why = match (failed(head), failed(word), failed(willing)) {
                (Some(head), ..) => {
                    let head = head.old::<ConversationRow>();
                    against_head(&found.row, head.as_ref(), now)
                }
                (_, Some(_), _) => "ai_not_authorised",
                (_, _, Some(fan)) => fan
                    .old::<FanRow>()
                    .and_then(|fan| fan.ai_refusal())
                    .unwrap_or(FanRow::RESTRICTED),
                (None, None, None) => "person_has_taken_over",
            };
            Ok(Marked::Silenced(found, why))
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a conversation does not let a text leave, as a stable code. One that is not there is no calm one.
fn against_head(row: &OutboxRow, head: Option<&ConversationRow>, now: Timestamp) -> &'static str {
    let Some(head) = head.filter(|head| head.care_at == Timestamp::default()) else {
        return "care";
    };
    if is_sofis(row) && head.ai_mode == Some(ReplyMode::Off) {
        return "switched_off";
    }
    match told_since(row, now).is_some_and(|since| head.disclosed_at < Some(since)) {
        true => DISCLOSURE_DUE,
        false => "fan_wants_person",
    }
}
