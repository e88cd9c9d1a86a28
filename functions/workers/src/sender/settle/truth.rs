//! The truth about who writes, where an AI may write nothing any more: while it waited to be sent, care began, the fan asked for a
//! person or for no AI, or the fan's data came to be only kept. The fan has asked, so it leaves as what it is, a fixed text of the
//! bot's own. A person who has the chat is no AI, and where no AI writes people answer.

use domain::Timestamp;
use domain::message::{Author, Lane};
use domain::sofi::{HoldReason, ReplyMode};
use rules::identity;
use store::row::{
    BusinessAccountRow, ChatMode, ConversationRow, HoldRow, OutboxRow, SofiRow, TraceRow,
};
use store::{Found, StoreError, keys};

use super::mark::{Marked, NOT_AUTHORISED, SWITCHED_OFF, TAKEN_OVER, sending};
use super::{MOST_RACES, is_sofis};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// Why no truth leaves in a chat that is not there, and why none does where a text is another one.
const GONE: &str = "chat_not_found";
const OTHER: &str = "another_text";

/// Whether a text is the bot's own already, and was written as the truth.
pub(super) fn is_fixed(row: &OutboxRow) -> bool {
    row.lane == Lane::Ai && row.author == Author::Automation && row.discloses
}

/// Whether a text of Sofi's may be the truth; its trace tells.
pub(super) fn may_be_one(row: &OutboxRow) -> bool {
    is_sofis(row) && row.discloses
}

/// Writes `sending` where the truth leaves as a fixed text; or why it does not, as a stable code. One round trip to read and one to
/// write.
pub(super) async fn mark(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
) -> Result<Result<Marked, &'static str>, SenderError> {
    for _ in 0..MOST_RACES {
        let (mode, hold) = match Box::pin(look(turn, &found.row)).await? {
            Ok(seen) => seen,
            Err(why) => return Ok(Err(why)),
        };
        let marked = Box::pin(attempt(turn, found, mode, hold.is_some())).await?;
        if let Some(marked) = marked {
            return Ok(marked);
        }
    }
    Err(StoreError::Contention.into())
}

/// The mode of the chat and what keeps Sofi silent in it, where the truth may be said there; or why it may not.
async fn look(
    turn: &Turn<'_>,
    row: &OutboxRow,
) -> Result<Result<(ChatMode, Option<HoldRow>), &'static str>, SenderError> {
    let mut reads = turn.db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(row.conversation));
    let settings = reads.find::<SofiRow>(&keys::sofi(row.bot));
    let trace = reads.find::<TraceRow>(&keys::trace(row.conversation, row.id));
    let hold = reads.find::<HoldRow>(&keys::hold(row.conversation));
    let found = reads.send().await?;
    let Some(head) = found.get(head)? else {
        return Ok(Err(GONE));
    };
    let settings = found.get(settings)?.map(|settings| settings.row);
    let reason = found.get(trace)?.and_then(|trace| trace.row.reason);
    let hold = found.get(hold)?.map(|hold| hold.row);
    let mode = ChatMode::of(head.row.ai_mode, settings.as_ref());
    let is_truth = is_fixed(row) || reason.as_deref() == Some(identity::REASON);
    let why = match is_truth {
        true => in_the_way(mode.mode, hold.as_ref(), turn.now()),
        false => Some(OTHER),
    };
    Ok(why.map_or(Ok((mode, hold)), Err))
}

/// Why who asked who writes is not told where Sofi is in this mode and this keeps it silent.
fn in_the_way(mode: ReplyMode, hold: Option<&HoldRow>, now: Timestamp) -> Option<&'static str> {
    let has_person = hold.is_some_and(|hold| hold.holder(now).0 == HoldReason::Person);
    match has_person {
        true => Some(TAKEN_OVER),
        false => (mode == ReplyMode::Off).then_some(SWITCHED_OFF),
    }
}

/// Nothing where somebody was faster: it is looked at again.
async fn attempt(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    mode: ChatMode,
    is_wished: bool,
) -> Result<Option<Result<Marked, &'static str>>, SenderError> {
    let now = turn.now();
    let row = as_fixed(&found.row, now);
    let mut transaction = turn.db.transaction();
    let own = transaction.replace(&row, found.rev);
    let head = keys::conversation(row.conversation);
    transaction.require_all::<ConversationRow>(&head, &[mode.of_head()]);
    if let Some(wanted) = mode.of_settings() {
        transaction.require_all::<SofiRow>(&keys::sofi(row.bot), &[wanted]);
    }
    let hold = keys::hold(row.conversation);
    match is_wished {
        true => transaction.require_all::<HoldRow>(&hold, &HoldRow::of_wish_alone(now)),
        false => transaction.require_absent::<HoldRow>(&hold),
    };
    let word = row.account.map(|account| {
        let account = keys::business_account(row.bot, account);
        let wanted = BusinessAccountRow::letting_ai(now);
        transaction.require_all::<BusinessAccountRow>(&account, &wanted)
    });
    match transaction.commit().await {
        Ok(()) => Ok(Some(Ok(Marked::Ours(Found {
            row,
            rev: found.rev + 1,
        })))),
        Err(error) if error.failed(own).is_some() => Ok(Some(Ok(Marked::Gone))),
        Err(error) if word.is_some_and(|word| error.failed(word).is_some()) => {
            Ok(Some(Err(NOT_AUTHORISED)))
        }
        Err(error) if error.is_race() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The row as it is written before the call: no AI's any more.
fn as_fixed(row: &OutboxRow, now: Timestamp) -> OutboxRow {
    OutboxRow {
        author: Author::Automation,
        ..sending(row, now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::needs_calm;
    use super::super::tests::{QUEUED, queued, reply};
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn the_truth_is_owed_while_the_fan_waits_for_a_person_and_not_once_one_has_the_chat() {
        let chat = reply().conversation;
        let wish = HoldRow::of_fan(chat, QUEUED, HOUR * 24);
        let person = HoldRow::of_person(chat, None, QUEUED, HOUR);
        let both = person.clone().beside(&wish);
        for mode in [ReplyMode::Auto, ReplyMode::Draft] {
            let why = |hold, now| in_the_way(mode, hold, now);
            assert_eq!(why(None, QUEUED), None, "{mode:?}");
            assert_eq!(why(Some(&wish), QUEUED), None, "{mode:?}");
            assert_eq!(why(Some(&person), QUEUED), Some(TAKEN_OVER), "{mode:?}");
            assert_eq!(why(Some(&both), QUEUED), Some(TAKEN_OVER), "a wish too");
            assert_eq!(why(Some(&both), QUEUED.plus(HOUR)), None, "it is over");
        }
    }

    #[test]
    fn where_sofi_is_off_people_answer_who_writes_and_nobody_is_said_to_have_the_chat_who_has_not()
    {
        let chat = reply().conversation;
        let wish = HoldRow::of_fan(chat, QUEUED, HOUR);
        let person = HoldRow::of_person(chat, None, QUEUED, HOUR);
        let off = |hold| in_the_way(ReplyMode::Off, hold, QUEUED);
        assert_eq!(off(None), Some(SWITCHED_OFF));
        assert_eq!(off(Some(&wish)), Some(SWITCHED_OFF));
        assert_eq!(off(Some(&person)), Some(TAKEN_OVER));
    }

    #[test]
    fn the_truth_stays_where_it_waits_and_is_no_ais_any_more() {
        let truth = OutboxRow {
            discloses: true,
            ..reply()
        };
        assert!(may_be_one(&truth) && !is_fixed(&truth));
        let fixed = as_fixed(&truth, QUEUED);
        assert!(is_fixed(&fixed) && !may_be_one(&fixed) && !needs_calm(&fixed));
        assert_eq!((fixed.id, fixed.lane), (truth.id, truth.lane));
        assert_eq!((fixed.answers, fixed.attempts), (truth.answers, 1));
    }

    #[test]
    fn no_reply_of_a_models_and_no_word_of_the_teams_is_taken_for_the_truth() {
        assert!(!may_be_one(&reply()), "it says nothing of who writes");
        for (author, by) in [(Author::Ai, Some(5)), (Author::Person, Some(5))] {
            let theirs = OutboxRow {
                discloses: true,
                ..queued(author, by)
            };
            assert!(!may_be_one(&theirs) && !is_fixed(&theirs), "{author:?}");
        }
        let alert = OutboxRow {
            author: Author::Automation,
            ..reply()
        };
        assert!(!is_fixed(&alert), "it discloses nothing");
    }
}
