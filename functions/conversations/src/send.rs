//! `POST /api/v1/conversations/{conversation_id}/messages`: queues a person's message for a fan.
//!
//! Sending takes the conversation over: Sofi is silent for a while, or for as long as it was to be anyhow. A fan's wish for a
//! person ends when the message has been sent. With `bot_id` in the body: one transaction and one ring, nothing read first; a
//! second transaction where Sofi is silent for longer already. The transaction asks the head whether the fan can be reached
//! and whether the sender has seen the newest message, the bot whether it is connected, and the fan whether their data is
//! only kept; the head comes back with a refusal. Another person's answer to the same that is still on its way stands in a
//! row of `work` that the same transaction claims, so two people never answer twice.
//!
//! The head also says whether a draft of Sofi waits: then the draft is read, and a text that is still Sofi's
//! ([`rules::identity::is_still_ais`]) goes as the AI's, refused and disclosed as its approval would be. The person's own words
//! go as they are. Either way the draft goes when the message has been sent.
//! Uses GetItem on `routing`, `keys` and (without `bot_id`, or where a draft waits) `tenant`; ConditionCheckItem on `tenant`;
//! PutItem on `work`; kms:Decrypt (purpose `data`); sqs:SendMessage on the doorbell.

mod answering;
mod input;
mod seen;

use app::{App, Claim, Event, IntoProblem, OrProblem, event_row, open_card};
use domain::content::{KeptCard, Outgoing};
use domain::ids::{ConversationId, FanId, UserId};
use domain::message::{Author, Delivery};
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{
    AnsweringRow, ConversationRow, EventRow, FanKeyRow, HoldRow, IdempotencyRow, OutboxRow,
    QueuedRow,
};
use store::{Require, StoreError, TenantDb, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};

use crate::draft::approve;
use crate::outgoing::{
    ToSend, bot_gone, not_authorised, outbox_row, require_bot, require_open, require_word, ring,
    shut, unreachable, way_to,
};
use crate::takeover;
pub(crate) use answering::claim_alone;
use answering::{answering, claim_answer};
pub(crate) use input::SendIn;
use seen::Seen;

/// Times that a head may change between a refusal and the next try.
const TRIES: usize = 4;

/// A message that was queued.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageQueued {
    /// Its id.
    id: String,
    /// Always `queued`; the sync feed tells what follows.
    delivery: Delivery,
    /// When it was queued, RFC 3339 UTC.
    queued_at: String,
}

impl MessageQueued {
    /// The answer about a row that was written.
    pub(crate) fn new(row: &OutboxRow) -> Self {
        Self {
            id: row.id.to_string(),
            delivery: Delivery::Queued,
            queued_at: row.queued_at.rfc3339(),
        }
    }
}

/// Queues a message for a fan.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation_id}/messages",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = SendIn,
    responses((status = 201, description = "The message is queued.", body = MessageQueued)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: SendIn,
    claim: Option<Claim>,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    let (reply_to, last_seen, at) = (input.reply_to(), input.last_seen(), app.clock.now());
    let way = way_to(&db, &key, conversation, input.bot_id, at).await?;
    let text = input.text;
    let content = Outgoing::Text { text: text.clone() };
    let outbox = outbox_row(
        app,
        &scope,
        &key,
        &ToSend {
            way,
            conversation,
            content: &content,
            reply_to,
            at,
        },
    )
    .or_problem()?;
    let queued = MessageQueued::new(&outbox);
    let record = match &claim {
        Some(claim) => Some(claim.finished(at, StatusCode::CREATED, &queued)?),
        None => None,
    };
    let event = event_row(
        app,
        at,
        Event::MessageQueued,
        conversation,
        Some(fan),
        Some(outbox.id),
    );
    let own = outbox.clone();
    let mut rows = Rows {
        seen: Seen::default(),
        fan,
        outbox,
        event,
        hold: Some(takeover::of_person(&scope, conversation, at)),
        answering: last_seen.map(|seen| answering(scope.actor(), conversation, seen, at)),
        record,
    };
    for _ in 0..TRIES {
        match Box::pin(commit(&db, &key, &mut rows, last_seen)).await? {
            Written::Queued => {
                ring(app, &scope, way.bot).await;
                return http_kit::created(&queued);
            }
            Written::Before(first) => {
                let claim = claim.as_ref();
                return claim.map_or(Err(Problem::NotFound), |claim| claim.replay(&first));
            }
            Written::NotBesideDraft(head) => {
                let said = (text.as_str(), last_seen);
                let dressed = approve::beside(&db, &key, &head, said, at);
                let dressed = Box::pin(dressed).await?;
                rows.seen = Seen::of(&head, dressed.is_some());
                rows.outbox = match dressed {
                    Some((text, discloses)) => {
                        let row = OutboxRow {
                            author: Author::Ai,
                            discloses,
                            ..own.clone()
                        };
                        let content = Outgoing::Text { text };
                        app.seal_outbox(&key, row, &content).or_problem()?
                    }
                    None => own.clone(),
                };
            }
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// What became of the rows.
#[derive(Debug, PartialEq)]
enum Written {
    /// They are written.
    Queued,
    /// An earlier request with the same Idempotency-Key wrote its own; its record.
    Before(IdempotencyRow),
    /// Nothing is written: what waits for the person's word has not been looked at as it is now.
    NotBesideDraft(Box<ConversationRow>),
}

/// What is written together.
struct Rows {
    seen: Seen,
    fan: FanId,
    outbox: OutboxRow,
    event: EventRow,
    /// Nothing where Sofi is silent for longer already.
    hold: Option<HoldRow>,
    answering: Option<AnsweringRow>,
    record: Option<IdempotencyRow>,
}

/// Writes the rows, if nothing stands in the way.
async fn commit(
    db: &TenantDb<Chatter>,
    key: &TenantKey,
    rows: &mut Rows,
    last_seen: Option<i64>,
) -> Result<Written, Problem> {
    let mut last_seen = last_seen;
    for _ in 0..TRIES {
        let error = match attempt(db, rows, last_seen).await {
            Ok(()) => return Ok(Written::Queued),
            Err(error) => error,
        };
        let (head, record) = (error.failed(HEAD), error.failed(rows.record_at()));
        if let Some(record) = record.and_then(|failed| failed.old::<IdempotencyRow>()) {
            return Ok(Written::Before(record));
        }
        if let Some(problem) = shut(&error, rows.fan_at()) {
            return Err(problem);
        }
        if error.failed(rows.word_at()).is_some() {
            return Err(not_authorised());
        }
        if rows.answering.is_some() && error.failed(rows.answering_at()).is_some() {
            return Err(moved_on());
        }
        if let Some(problem) = bot_gone(&error, rows.bot_at()) {
            return Err(problem);
        }
        let held = rows.hold.is_some() && error.failed(HOLD).is_some();
        if held {
            rows.hold = None;
        }
        let Some(head) = head else {
            match held {
                true => continue,
                false => return Err(error.into_problem()),
            }
        };
        let (head, me) = (head.old::<ConversationRow>(), rows.outbox.sent_by);
        if let Some(newer) = head.as_ref().filter(|head| rows.seen.is_passed_by(head)) {
            return match unreachable(newer.reachability) {
                Some(problem) => Err(problem),
                None => Ok(Written::NotBesideDraft(Box::new(newer.clone()))),
            };
        }
        let own = fan_key(db, key, rows.fan).await?;
        match judge(head.as_ref(), last_seen, |row| {
            let card: KeptCard = open_card(&own, row).or_problem()?;
            Ok(card.is_fans(row.newest_author) || another_wrote(row, me))
        })? {
            Verdict::Again => {}
            Verdict::AgainUnseen => last_seen = None,
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// The fan's opened key, under which the head says who wrote last. Without one the fan was erased.
async fn fan_key(db: &TenantDb<Chatter>, key: &TenantKey, fan: FanId) -> Result<FanKey, Problem> {
    let wrapped = db.find::<FanKeyRow>(&keys::fan_key(fan)).await;
    let wrapped = wrapped.or_problem()?.ok_or(Problem::NotFound)?;
    key.open_fan_key(fan, &wrapped.row.wrapped).or_problem()
}

/// The places of two of the conditions that may fail; the others stand behind them.
const HEAD: usize = 0;
const HOLD: usize = 4;

impl Rows {
    fn bot_at(&self) -> usize {
        HOLD + usize::from(self.hold.is_some())
    }

    fn record_at(&self) -> usize {
        self.bot_at() + 1
    }

    fn answering_at(&self) -> usize {
        self.record_at() + usize::from(self.record.is_some())
    }

    /// The place of one that is always there.
    fn fan_at(&self) -> usize {
        self.answering_at() + usize::from(self.answering.is_some())
    }

    /// The place of the last one, which an AI's text in an account's chat has.
    fn word_at(&self) -> usize {
        self.fan_at() + 1
    }
}

async fn attempt(
    db: &TenantDb<Chatter>,
    rows: &Rows,
    last_seen: Option<i64>,
) -> Result<(), StoreError> {
    let outbox = &rows.outbox;
    let mut requirements = vec![Require::Equals("reachability", "reachable")];
    requirements.extend(rows.seen.requirements());
    requirements.extend(last_seen.map(|number| Require::AtMost("last_message_id", number)));
    let mut transaction = db.transaction();
    transaction
        .require_all::<ConversationRow>(&keys::conversation(outbox.conversation), &requirements);
    transaction.create(outbox);
    transaction.create(&QueuedRow::of(outbox));
    transaction.create(&rows.event);
    if let Some(hold) = &rows.hold {
        takeover::claim(&mut transaction, hold);
    }
    require_bot(&mut transaction, outbox.bot);
    if let Some(record) = &rows.record {
        transaction.create_or_revive(record);
    }
    if let Some(row) = &rows.answering {
        claim_answer(&mut transaction, row);
    }
    require_open(&mut transaction, rows.fan, outbox.author);
    require_word(&mut transaction, outbox);
    transaction.commit().await
}

/// What a refusal by the head means.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It changed meanwhile: ask again.
    Again,
    /// What the person has not seen is their own or a machine's: ask again without that condition.
    AgainUnseen,
}

fn judge(
    head: Option<&ConversationRow>,
    last_seen: Option<i64>,
    another: impl FnOnce(&ConversationRow) -> Result<bool, Problem>,
) -> Result<Verdict, Problem> {
    let head = head.ok_or(Problem::NotFound)?;
    if let Some(problem) = unreachable(head.reachability) {
        return Err(problem);
    }
    if last_seen.is_none_or(|seen| head.last_message_id <= seen) {
        return Ok(Verdict::Again);
    }
    if another(head)? {
        return Err(moved_on());
    }
    Ok(Verdict::AgainUnseen)
}

/// Whether another person than this one wrote the newest message, or sent it with their word.
pub(crate) fn another_wrote(head: &ConversationRow, me: Option<UserId>) -> bool {
    let persons = head.newest_author == Some(Author::Person) || head.newest_by.is_some();
    persons && head.newest_by != me
}

/// The refusal of an answer to what the fan or another person has overtaken.
pub(crate) fn moved_on() -> Problem {
    let message =
        "The fan or somebody of the team wrote meanwhile. Read the new message, then send yours.";
    Problem::conflict("conversation_moved_on", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::message::Reachability;

    fn head(reachability: Reachability, last_message_id: i64) -> ConversationRow {
        ConversationRow {
            reachability,
            last_message_id,
            ..crate::entry::tests::head()
        }
    }

    fn code(answer: Result<Verdict, Problem>) -> &'static str {
        answer.map_or_else(|problem| problem.code(), |_| "goes on")
    }

    #[test]
    fn an_answer_to_what_the_fan_has_overtaken_is_refused() {
        let newer = head(Reachability::Reachable, 8);
        assert_eq!(
            code(judge(Some(&newer), Some(7), |_| Ok(true))),
            "conversation_moved_on"
        );
    }

    #[test]
    fn a_newer_message_of_our_own_does_not_stand_in_the_way() {
        let newer = head(Reachability::Reachable, 8);
        assert_eq!(
            judge(Some(&newer), Some(7), |_| Ok(false)).ok(),
            Some(Verdict::AgainUnseen)
        );
    }

    #[test]
    fn only_another_persons_message_stands_in_the_way_like_the_fans() {
        let [me, other] = [1, 2].map(|byte| Some(UserId::from_bytes([byte; 16])));
        let wrote = |newest_author, newest_by| ConversationRow {
            newest_author: Some(newest_author),
            newest_by,
            ..crate::entry::tests::head()
        };
        assert!(another_wrote(&wrote(Author::Person, other), me));
        assert!(another_wrote(&wrote(Author::Ai, other), me), "an approval");
        assert!(
            another_wrote(&wrote(Author::Person, None), me),
            "the account's owner"
        );
        assert!(!another_wrote(&wrote(Author::Person, me), me));
        assert!(!another_wrote(&wrote(Author::Ai, None), me));
        assert!(!another_wrote(&crate::entry::tests::head(), me));
    }

    #[test]
    fn an_unreachable_fan_is_named_before_anything_else() {
        let blocked = head(Reachability::Blocked, 8);
        assert_eq!(
            code(judge(Some(&blocked), Some(7), |_| Ok(true))),
            "fan_unreachable"
        );
        assert_eq!(
            code(judge(Some(&blocked), None, |_| Ok(false))),
            "fan_unreachable"
        );
    }

    #[test]
    fn a_head_that_is_fine_again_is_asked_again() {
        let fine = head(Reachability::Reachable, 7);
        assert_eq!(
            judge(Some(&fine), Some(7), |_| Ok(true)).ok(),
            Some(Verdict::Again)
        );
        assert_eq!(
            judge(Some(&fine), None, |_| Ok(true)).ok(),
            Some(Verdict::Again)
        );
    }

    #[test]
    fn no_head_is_no_conversation() {
        assert_eq!(code(judge(None, None, |_| Ok(true))), "not_found");
    }
}
