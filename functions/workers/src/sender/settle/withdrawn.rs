//! Replies that are taken back: too late, or not to be sent any more. Where nobody else answers, a person is asked for.

use app::{Event, event_row};
use domain::Timestamp;
use domain::alert::{Alert, AlertCause};
use domain::ids::ConversationId;
use domain::sofi::{TOO_LATE, TurnEnd};
use rules::identity;
use store::row::{BotRow, ConversationRow, FanRow, OutboxRow, QueuedRow, TraceRow};
use store::{Found, Row, StoreError, keys};

use super::{MOST_RACES, count, fan_of, is_sofis};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// Why a reply is taken back that has waited too long.
const LATE: &str = "too_late";

/// Whether a reply of Sofi has waited so long that it no longer fits what was asked.
fn is_late(row: &OutboxRow, now: Timestamp) -> bool {
    is_sofis(row) && row.queued_at.plus(TOO_LATE) < now
}

/// Takes back a reply that has waited too long, if this is one. The truth about who writes is never out of season.
pub(in crate::sender) async fn withdrawn_as_late(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
) -> Result<bool, SenderError> {
    let row = &found.row;
    if !is_late(row, turn.now()) {
        return Ok(false);
    }
    let trace = keys::trace(row.conversation, row.id);
    let trace = turn.db.find::<TraceRow>(&trace).await?;
    let reason = trace.and_then(|trace| trace.row.reason);
    if reason.as_deref() == Some(identity::REASON) {
        return Ok(false);
    }
    withdraw(turn, found, LATE).await?;
    Ok(true)
}

/// The head when a reply was taken back for which nobody else stands in: a person is asked for.
fn asked_for_person(
    head: &ConversationRow,
    row: &OutboxRow,
    now: Timestamp,
) -> Option<ConversationRow> {
    let open = head.answered_through < row.answers && head.needs_person_since.is_none();
    open.then(|| ConversationRow {
        needs_person_since: Some(now),
        ..head.clone()
    })
}

/// Whether the fan's data is only kept, whatever takes the reply back: then nobody is asked to answer.
async fn is_only_kept(turn: &Turn<'_>, row: &OutboxRow) -> Result<bool, SenderError> {
    let Some(fan) = fan_of(turn, row) else {
        return Ok(false);
    };
    let fan = turn.db.find::<FanRow>(&keys::fan(fan)).await?;
    Ok(fan.is_some_and(|fan| fan.row.is_restricted()))
}

/// What the team hears when a person is asked for.
async fn alerts(turn: &Turn<'_>, about: ConversationId) -> Result<Vec<OutboxRow>, SenderError> {
    let Some(bot) = turn.db.find::<BotRow>(&keys::bot(turn.bot)).await? else {
        return Ok(Vec::new());
    };
    let alert = Alert {
        about,
        cause: AlertCause::Person,
        draft: None,
        unanswered_since: None,
    };
    let tenant = turn.scope.tenant();
    Ok(turn
        .app
        .alerts(tenant, &turn.key, &bot.row, &alert, turn.now())?)
}

/// Takes back what may not be sent any more. A turn of Sofi then ended with a person.
pub(in crate::sender) async fn withdraw(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    why: &'static str,
) -> Result<(), SenderError> {
    let row = &found.row;
    for _ in 0..MOST_RACES {
        let trace = turn
            .db
            .find::<TraceRow>(&keys::trace(row.conversation, row.id))
            .await?;
        let head = keys::conversation(row.conversation);
        let head = turn.db.find::<ConversationRow>(&head).await?;
        let mut transaction = turn.db.transaction();
        let gone = transaction.delete::<OutboxRow>(&row.key(), found.rev);
        transaction.delete_any::<QueuedRow>(&keys::queued(row.conversation, row.id));
        if let Some(head) = head
            && let Some(after) = asked_for_person(&head.row, row, turn.now())
            && !is_only_kept(turn, row).await?
        {
            transaction.replace(&after, head.rev);
            for alert in alerts(turn, row.conversation).await? {
                transaction.create(&alert);
            }
        }
        if let Some(mut trace) = trace {
            trace.row.end = TurnEnd::HandedOver;
            trace.row.reason = Some(why.to_owned());
            transaction.replace(&trace.row, trace.rev);
        }
        transaction.put_any(&event_row(
            turn.app,
            turn.now(),
            Event::MessageChanged,
            row.conversation,
            fan_of(turn, row),
            Some(row.id),
        ));
        match transaction.commit().await {
            Ok(()) => {
                count("withdrawn");
                return Ok(());
            }
            Err(error) if error.failed(gone).is_some() => return Ok(()),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{QUEUED, reply};
    use super::*;
    use domain::ids::UserId;
    use domain::message::Author;

    #[test]
    fn a_reply_that_waited_longer_than_a_quarter_of_an_hour_is_not_sent_late() {
        let (in_time, late) = (QUEUED.plus(TOO_LATE), QUEUED.plus(TOO_LATE * 2));
        assert!(!is_late(&reply(), in_time));
        assert!(is_late(&reply(), late));
        let approved = OutboxRow {
            sent_by: Some(UserId::from_bytes([5; 16])),
            ..reply()
        };
        assert!(!is_late(&approved, late), "it stands on a person's word");
        let persons = OutboxRow {
            author: Author::Person,
            ..reply()
        };
        assert!(!is_late(&persons, late));
    }
}
