//! The writes around a call: before it, and after each way it can end.

mod write;

use std::time::Duration;

use app::{Event, event_row, open_outbox};
use domain::Timestamp;
use domain::alert::{Alert, AlertCause};
use domain::content::Outgoing;
use domain::ids::{ConversationId, FanId};
use domain::message::{Author, Lane, Reachability};
use domain::sofi::{ReplyMode, TOO_LATE, TurnEnd};
use rules::identity;
use store::keys::Waiting;
use store::row::{
    AlertRow, BotRow, BotState, BusinessAccountRow, ConversationRow, FanKeyRow, HoldRow, OutboxRow,
    OutboxState, QueuedRow, TraceRow, WaitingRow,
};
use store::{Found, Require, Row, StoreError, keys};
use vault::FanKey;

use super::SenderError;
use super::turn::Turn;
use write::write_end;

/// How long a sender may hold a message before `tick` rings for it.
const LEASE: Duration = Duration::from_secs(60);
const MOST_RACES: usize = 8;

/// How a message ended.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// Telegram has it under this number.
    Sent { message_id: i64, text: &'a str },
    /// Telegram refused it, or it could not be tried.
    Failed {
        code: &'static str,
        reachability: Option<Reachability>,
    },
    /// It may have arrived.
    Unknown,
}

/// What settling needs to know.
pub(super) struct Context {
    conversation: Option<Found<ConversationRow>>,
    fan_key: Option<FanKey>,
}

/// Reads what settling needs, in one round trip.
pub(super) async fn context(turn: &Turn<'_>, row: &OutboxRow) -> Result<Context, SenderError> {
    let fan = fan_of(turn, row);
    let mut reads = turn.db.read_many();
    let conversation = reads.find::<ConversationRow>(&keys::conversation(row.conversation));
    let wrapped = fan.map(|fan| reads.find::<FanKeyRow>(&keys::fan_key(fan)));
    let found = reads.send().await?;
    let fan_key = match (fan, wrapped) {
        (Some(fan), Some(slot)) => match found.get(slot)? {
            Some(row) => Some(turn.key.open_fan_key(fan, &row.row.wrapped)?),
            None => None,
        },
        _ => None,
    };
    Ok(Context {
        conversation: found.get(conversation)?,
        fan_key,
    })
}

fn fan_of(turn: &Turn<'_>, row: &OutboxRow) -> Option<FanId> {
    turn.key.peer_ids().fan_of(row.conversation).ok()
}

/// What became of an attempt to write `sending`.
pub(super) enum Marked {
    /// This sender may call Telegram.
    Ours(Found<OutboxRow>),
    /// The row was cancelled or taken meanwhile.
    Gone,
    /// Nothing by itself may be written to this fan now; why, as a stable code.
    Silenced(Found<OutboxRow>, &'static str),
}

/// Writes `sending` before the call, and asks with the same breath whether it may still be sent.
pub(super) async fn mark_sending(
    turn: &Turn<'_>,
    found: Found<OutboxRow>,
) -> Result<Marked, SenderError> {
    let mut row = found.row.clone();
    row.state = OutboxState::Sending;
    row.attempts += 1;
    row.due_at = Some(turn.now().plus(LEASE));
    let mut transaction = turn.db.transaction();
    let own = transaction.replace(&row, found.rev);
    let calm = needs_calm(&row).then(|| {
        let mut wanted = vec![Require::AbsentOrAtMost("care_at", 0)];
        if is_sofis(&row) {
            wanted.push(Require::IsNot("ai_mode", ReplyMode::Off.as_str()));
        }
        let head = keys::conversation(row.conversation);
        transaction.require_all::<ConversationRow>(&head, &wanted)
    });
    if is_sofis(&row) {
        transaction.require_absent::<HoldRow>(&keys::hold(row.conversation));
    }
    let word = row.account.filter(|_| is_sofis(&row)).map(|account| {
        transaction.require_all::<BusinessAccountRow>(
            &keys::business_account(row.bot, account),
            &[
                Require::AtMost("ai_authorised_at", turn.now().millis()),
                Require::AtMost("sofi_since", turn.now().millis()),
            ],
        )
    });
    match transaction.commit().await {
        Ok(()) => Ok(Marked::Ours(Found {
            row,
            rev: found.rev + 1,
        })),
        Err(error) if error.failed(own).is_some() => Ok(Marked::Gone),
        Err(error @ StoreError::Condition(_)) => {
            let failed = |place: Option<usize>| place.and_then(|at| error.failed(at));
            let head = failed(calm).and_then(|failed| failed.old::<ConversationRow>());
            let why = match (failed(calm), failed(word)) {
                (Some(_), _) if head.is_some_and(|head| head.care_at == Timestamp::default()) => {
                    "switched_off"
                }
                (Some(_), _) => "care",
                (_, Some(_)) => "ai_not_authorised",
                (None, None) => "person_has_taken_over",
            };
            Ok(Marked::Silenced(found, why))
        }
        Err(error) => Err(error.into()),
    }
}

/// Written by Sofi, with no person's word for it.
fn is_sofis(row: &OutboxRow) -> bool {
    row.author == Author::Ai && row.sent_by.is_none()
}

/// Whatever may sell, and whatever Sofi writes, stays away from a fan in care.
fn needs_calm(row: &OutboxRow) -> bool {
    let sells = matches!(row.lane, Lane::Payment | Lane::Sequence | Lane::Broadcast);
    sells || is_sofis(row)
}

/// Why a reply is taken back that has waited too long.
const LATE: &str = "too_late";

/// Whether a reply of Sofi has waited so long that it no longer fits what was asked.
fn is_late(row: &OutboxRow, now: Timestamp) -> bool {
    is_sofis(row) && row.queued_at.plus(TOO_LATE) < now
}

/// Takes back a reply that has waited too long, if this is one. The truth about who writes is never out of season.
pub(super) async fn withdrawn_as_late(
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
pub(super) async fn withdraw(
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

/// Puts a message back that Telegram surely did not take.
pub(super) async fn requeue(turn: &Turn<'_>, found: Found<OutboxRow>) -> Result<(), SenderError> {
    let mut row = found.row;
    row.state = OutboxState::Queued;
    let mut transaction = turn.db.transaction();
    transaction.replace(&row, found.rev);
    Ok(transaction.commit().await?)
}

/// Removes a row that is no message.
pub(super) async fn forget(turn: &Turn<'_>, found: &Found<OutboxRow>) -> Result<(), SenderError> {
    let mut transaction = turn.db.transaction();
    transaction.delete_any::<OutboxRow>(&found.row.key());
    Ok(transaction.commit().await?)
}

/// Puts an alert that was sent where its answer finds it.
pub(super) async fn alerted(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    alert: &AlertRow,
) -> Result<(), SenderError> {
    let mut transaction = turn.db.transaction();
    transaction.delete_any::<OutboxRow>(&found.row.key());
    transaction.put_any(alert);
    Ok(transaction.commit().await?)
}

/// Stops a bot whose token Telegram no longer takes; a new token starts it again.
pub(super) async fn suspend(turn: &Turn<'_>) -> Result<(), SenderError> {
    for _ in 0..MOST_RACES {
        let Some(found) = turn.db.find::<BotRow>(&keys::bot(turn.bot)).await? else {
            return Ok(());
        };
        if found.row.state != BotState::Connected {
            return Ok(());
        }
        let mut row = found.row;
        row.state = BotState::TokenDead;
        let mut transaction = turn.db.transaction();
        transaction.replace(&row, found.rev);
        match transaction.commit().await {
            Err(error) if error.is_race() => {}
            other => return Ok(other?),
        }
    }
    Err(StoreError::Contention.into())
}

/// Moves a message from the outbox into its conversation, with its end. Done once: the outbox row goes in the same
/// transaction.
pub(super) async fn end(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    end: End<'_>,
    known: Option<Context>,
) -> Result<(), SenderError> {
    let mut known = known;
    let early = early_reaction(turn, &found.row, end).await?;
    for _ in 0..MOST_RACES {
        let context = match known.take() {
            Some(context) => context,
            None => context(turn, &found.row).await?,
        };
        let mut transaction = turn.db.transaction();
        let gone = transaction.delete::<OutboxRow>(&found.row.key(), found.rev);
        transaction.delete_any::<QueuedRow>(&keys::queued(found.row.conversation, found.row.id));
        write_end(
            turn,
            &mut transaction,
            &found.row,
            end,
            &context,
            early.as_ref(),
        )?;
        match transaction.commit().await {
            Ok(()) => {
                count(code(end));
                return Ok(());
            }
            // Somebody else settled this very row.
            Err(error) if error.failed(gone).is_some() => return Ok(()),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

/// A reaction that overtook the note that its message was sent.
async fn early_reaction(
    turn: &Turn<'_>,
    row: &OutboxRow,
    end: End<'_>,
) -> Result<Option<Found<WaitingRow>>, SenderError> {
    let End::Sent { message_id, .. } = end else {
        return Ok(None);
    };
    let key = keys::waiting(row.conversation, message_id, Waiting::Reaction);
    Ok(turn.db.find::<WaitingRow>(&key).await?)
}

fn text_of(turn: &Turn<'_>, row: &OutboxRow) -> Option<String> {
    match open_outbox(&turn.key, row) {
        Ok(Outgoing::Text { text } | Outgoing::Question { text, .. }) => Some(text),
        _ => None,
    }
}

fn code(end: End<'_>) -> &'static str {
    match end {
        End::Sent { .. } => "sent",
        End::Failed { code, .. } => code,
        End::Unknown => "unknown",
    }
}

fn count(code: &str) {
    telemetry::metric(
        "MessageEnded",
        telemetry::Unit::Count,
        1.0,
        &[(telemetry::Dimension::Code, code)],
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{BotId, MessageId, TenantId, UserId};

    const QUEUED: Timestamp = Timestamp::from_seconds(1_000);

    fn reply() -> OutboxRow {
        let to = (
            TenantId::from_bytes([2; 16]),
            BotId::from_bytes([3; 16]),
            ConversationId::from_bytes([4; 16]),
        );
        OutboxRow {
            answers: 7,
            ..OutboxRow::queued(
                MessageId::from_bytes([1; 16]),
                to,
                (Lane::Ai, Author::Ai),
                QUEUED,
            )
        }
    }

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
