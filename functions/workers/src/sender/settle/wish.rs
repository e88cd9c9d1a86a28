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

/// Since when a person is asked for once these words have left: they do not answer a wish that came after them.
pub(super) fn still_asked(since: Option<Timestamp>, row: &OutboxRow) -> Option<Timestamp> {
    since.filter(|asked| *asked > row.queued_at)
}

/// Whether somebody is asked for who has answered with these words.
fn is_answer(head: &ConversationRow, row: &OutboxRow) -> bool {
    let since = head.needs_person_since;
    is_persons(row) && since.is_some() && still_asked(since, row).is_none()
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

    #[test]
    fn a_wish_for_a_person_that_came_after_the_words_were_queued_stays() {
        let later = Timestamp::from_millis(QUEUED.millis() + 1);
        assert_eq!(still_asked(Some(later), &reply()), Some(later));
        assert_eq!(still_asked(Some(QUEUED), &reply()), None);
        assert_eq!(still_asked(None, &reply()), None);
    }
}
