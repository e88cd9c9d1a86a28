//! `DELETE /api/v1/conversations/{conversation_id}/messages/{message_id}`: takes a queued message back.
//!
//! Only while it waits: once the call to Telegram is under way it cannot be undone. A small record of the cancellation
//! is kept for a day, so that the same request gets the same answer and a message that was sent gets another one. Uses
//! GetItem on `routing`, `keys` and `work`, BatchGetItem and PutItem and DeleteItem on `work`, Query on `tenant` (only
//! to tell a sent message from one that never was), kms:Decrypt (purpose `data`).

use std::time::Duration;

use app::{App, Event, IntoProblem, OrProblem, event_row};
use domain::Timestamp;
use domain::ids::{ConversationId, FanId, MessageId};
use futures::try_join;
use http_kit::{Answer, BodyHash, Problem};
use store::row::{AnsweringRow, IdempotencyRow, MessageRow, OutboxRow, OutboxState, QueuedRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Chatter, TenantScope};

/// How long a repeated cancellation is recognised.
const KEEP: Duration = Duration::from_secs(24 * 3600);
/// How far back a message is looked for that is no longer queued.
const LOOK_BACK: usize = 100;
const TRIES: usize = 6;

/// Cancels a message that is still queued.
#[utoipa::path(delete, path = "/api/v1/conversations/{conversation_id}/messages/{message_id}",
    params(("conversation_id" = String, Path, description = "The conversation."),
        ("message_id" = String, Path, description = "The message.")),
    responses((status = 204, description = "The message will not be sent.")))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    message: MessageId,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let seen = look(&db, conversation, message, app.clock.now())
            .await
            .or_problem()?;
        let outbox = match decide(seen) {
            Decision::Take(outbox) => outbox,
            Decision::Done => return http_kit::no_content(),
            Decision::Refuse(problem) => return Err(problem),
            Decision::LookBack => return Err(refuse_gone(&db, conversation, message).await?),
        };
        match take_back(app, &db, &outbox, fan).await {
            Ok(()) => return http_kit::no_content(),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into_problem()),
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// What is known about a message.
struct Seen {
    outbox: Option<Found<OutboxRow>>,
    cancelled: bool,
}

async fn look(
    db: &TenantDb<Chatter>,
    conversation: ConversationId,
    message: MessageId,
    now: Timestamp,
) -> Result<Seen, StoreError> {
    let mut reads = db.read_many();
    let pointer = reads.find::<QueuedRow>(&keys::queued(conversation, message));
    let record = reads.find::<IdempotencyRow>(&record(conversation, message, now).key());
    let found = reads.send().await?;
    let outbox = match found.get(pointer)? {
        Some(pointer) => db.find::<OutboxRow>(&pointer.row.outbox_key()).await?,
        None => None,
    };
    Ok(Seen {
        outbox,
        cancelled: found.get(record)?.is_some(),
    })
}

enum Decision {
    Take(Box<Found<OutboxRow>>),
    Done,
    Refuse(Problem),
    /// The sender has settled it, or it is not there: also for who may not see the bot, of whose messages only the pointer is found.
    LookBack,
}

fn decide(seen: Seen) -> Decision {
    match seen.outbox {
        Some(outbox) if outbox.row.state == OutboxState::Queued => Decision::Take(Box::new(outbox)),
        Some(_) => Decision::Refuse(Problem::conflict(
            "already_sending",
            "This message is being sent right now.",
        )),
        None if seen.cancelled => Decision::Done,
        None => Decision::LookBack,
    }
}

async fn take_back(
    app: &App,
    db: &TenantDb<Chatter>,
    outbox: &Found<OutboxRow>,
    fan: FanId,
) -> Result<(), StoreError> {
    let (row, now) = (&outbox.row, app.clock.now());
    let mut transaction = db.transaction();
    transaction.delete::<OutboxRow>(&row.key(), outbox.rev);
    transaction.delete_any::<QueuedRow>(&keys::queued(row.conversation, row.id));
    // Somebody else may answer at once.
    transaction.delete_any::<AnsweringRow>(&keys::answering(row.conversation));
    transaction.put_any(&record(row.conversation, row.id, now));
    transaction.create(&event_row(
        app,
        now,
        Event::MessageChanged,
        row.conversation,
        Some(fan),
        Some(row.id),
    ));
    transaction.commit().await
}

fn record(conversation: ConversationId, message: MessageId, now: Timestamp) -> IdempotencyRow {
    let what = format!("{conversation}/{message}");
    IdempotencyRow {
        hash: BodyHash::of("conversations.cancel", &what, b"").to_string(),
        body_hash: String::new(),
        status: Some(204),
        answer: None,
        lease_until: now,
        until: now.plus(KEEP),
    }
}

/// Sent or failed messages of late are named as such; anything else is not there.
async fn refuse_gone(
    db: &TenantDb<Chatter>,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Problem, Problem> {
    let pk = keys::conversation(conversation).pk;
    let newest = |from, to| Page {
        pk: &pk,
        from,
        to,
        direction: Direction::Backward,
        limit: LOOK_BACK,
    };
    let (sent, unsent) = (newest("M#", "M~"), newest("X#", "X~"));
    let (sent, unsent) =
        try_join!(db.list::<MessageRow>(&sent), db.list::<MessageRow>(&unsent)).or_problem()?;
    let known = sent
        .iter()
        .chain(&unsent)
        .any(|found| found.row.id == message);
    Ok(if known {
        already_sent()
    } else {
        Problem::NotFound
    })
}

fn already_sent() -> Problem {
    Problem::conflict("already_sent", "This message is no longer queued.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Sealed;
    use domain::ids::{BotId, TenantId};
    use domain::message::{Author, Lane};

    fn outbox(state: OutboxState) -> Found<OutboxRow> {
        let row = OutboxRow {
            id: MessageId::from_bytes([1; 16]),
            tenant: TenantId::from_bytes([2; 16]),
            bot: BotId::from_bytes([3; 16]),
            conversation: ConversationId::from_bytes([4; 16]),
            lane: Lane::Person,
            author: Author::Person,
            content: Sealed::default(),
            reply_to: None,
            state,
            attempts: 0,
            queued_at: Timestamp::default(),
            due_at: None,
            sent_by: None,
            edited_by: None,
            discloses: false,
            answers: 0,
            account: None,
        };
        Found { row, rev: 3 }
    }

    fn decided(outbox: Option<Found<OutboxRow>>, cancelled: bool) -> &'static str {
        match decide(Seen { outbox, cancelled }) {
            Decision::Take(_) => "take",
            Decision::Done => "done",
            Decision::Refuse(problem) => problem.code(),
            Decision::LookBack => "look back",
        }
    }

    #[test]
    fn only_a_waiting_message_is_taken_back() {
        let (queued, sending) = (outbox(OutboxState::Queued), outbox(OutboxState::Sending));
        assert_eq!(decided(Some(queued), false), "take");
        assert_eq!(decided(Some(sending), false), "already_sending");
    }

    #[test]
    fn the_same_cancellation_gets_the_same_answer() {
        assert_eq!(decided(None, true), "done");
        assert_eq!(decided(None, false), "look back");
    }

    #[test]
    fn each_message_has_a_record_of_its_own() {
        let conversation = ConversationId::from_bytes([4; 16]);
        let one = record(
            conversation,
            MessageId::from_bytes([1; 16]),
            Timestamp::default(),
        );
        let other = record(
            conversation,
            MessageId::from_bytes([2; 16]),
            Timestamp::default(),
        );
        assert_ne!(one.key(), other.key());
    }
}
