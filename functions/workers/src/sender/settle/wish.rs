//! A person's words answer the fan's wish for one, once they have left: nobody is asked for any more, and of what keeps Sofi silent
//! only the person's own time is left.

use domain::Timestamp;
use domain::message::Author;
use store::row::{ConversationRow, HoldRow, OutboxRow};
use store::{Transaction, keys};

use super::{Context, End};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// A person's own words, or an AI's that a person has let go.
pub(super) fn is_persons(row: &OutboxRow) -> bool {
    row.author == Author::Person || row.sent_by.is_some()
}

/// Since when a person is asked for once these words have left, and when the fan did so last: they do not answer what came
/// after them, also where somebody was asked for before.
pub(super) fn still_asked(
    head: &ConversationRow,
    row: &OutboxRow,
) -> (Option<Timestamp>, Option<Timestamp>) {
    let later = |moment: &Timestamp| *moment > row.queued_at;
    let wished = head.wished_at.filter(later);
    let since = head.needs_person_since.filter(later);
    (since.or(wished), wished)
}

/// Whether somebody is asked for who has answered with these words.
fn is_answer(head: &ConversationRow, row: &OutboxRow) -> bool {
    let (since, _) = still_asked(head, row);
    is_persons(row) && head.needs_person_since.is_some() && since.is_none()
}

/// The hold with the wish that these words answer, if there is one. One read, where somebody was asked for.
pub(super) async fn answered(
    turn: &Turn<'_>,
    row: &OutboxRow,
    end: End<'_>,
    context: &Context,
) -> Result<Option<HoldRow>, SenderError> {
    // Without a key the fan was erased.
    let (Some(head), Some(_)) = (&context.conversation, &context.fan_key) else {
        return Ok(None);
    };
    if !matches!(end, End::Sent { .. }) || !is_answer(&head.row, row) {
        return Ok(None);
    }
    let found = turn
        .db
        .find::<HoldRow>(&keys::hold(row.conversation))
        .await?;
    Ok(found.map(|found| found.row).filter(HoldRow::has_wish))
}

/// Ends the wish in this hold, if it is as it was read: the person has the conversation from now on.
pub(super) fn end(
    transaction: &mut Transaction<'_>,
    row: &OutboxRow,
    former: &HoldRow,
    now: Timestamp,
) {
    let length = HoldRow::AFTER_WRITING;
    let own = HoldRow::of_person(row.conversation, row.sent_by, now, length);
    transaction.claim(&own.beside(&former.answered()), &former.or_shorter());
}

#[cfg(test)]
mod tests {
    use super::super::tests::{QUEUED, reply};
    use super::*;
    use domain::ids::{BotId, FanId};

    /// A head in which a person is asked for since a moment, and the fan asked last at another one: in milliseconds from when
    /// the words were queued.
    fn head(since: Option<i64>, wished: Option<i64>) -> ConversationRow {
        let at = |after: i64| Timestamp::from_millis(QUEUED.millis() + after);
        let (bot, fan) = (BotId::from_bytes([3; 16]), FanId::from_bytes([6; 16]));
        ConversationRow {
            needs_person_since: since.map(at),
            wished_at: wished.map(at),
            ..ConversationRow::new(reply().conversation, bot, fan)
        }
    }

    fn left(since: Option<i64>, wished: Option<i64>) -> (Option<i64>, Option<i64>) {
        let after = |moment: Timestamp| moment.millis() - QUEUED.millis();
        let (since, wished) = still_asked(&head(since, wished), &reply());
        (since.map(after), wished.map(after))
    }

    #[test]
    fn a_wish_for_a_person_that_came_after_the_words_were_queued_stays() {
        assert_eq!(left(Some(1), Some(1)), (Some(1), Some(1)));
        assert_eq!(left(Some(1), None), (Some(1), None), "a rule handed over");
        assert_eq!(left(Some(0), Some(0)), (None, None));
        assert_eq!(left(None, None), (None, None));
    }

    #[test]
    fn a_wish_after_the_words_stays_where_a_person_was_asked_for_before_them() {
        assert_eq!(left(Some(-9), Some(1)), (Some(1), Some(1)));
        assert_eq!(left(Some(-9), Some(-5)), (None, None));
    }

    #[test]
    fn only_a_persons_words_answer_and_only_what_was_asked_before_them() {
        let by = |author| OutboxRow { author, ..reply() };
        let asked = head(Some(-9), Some(-5));
        assert!(is_answer(&asked, &by(Author::Person)));
        assert!(!is_answer(&asked, &by(Author::Ai)));
        assert!(!is_answer(&asked, &by(Author::Automation)));
        assert!(!is_answer(&head(Some(-9), Some(1)), &by(Author::Person)));
        assert!(!is_answer(&head(None, None), &by(Author::Person)));
    }
}
