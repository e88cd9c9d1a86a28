//! The writes around a call: before it, and after each way it can end.

mod back;
mod mark;
mod told;
mod truth;
mod willing;
mod wish;
mod withdrawn;
mod write;

use app::open_outbox;
use domain::Timestamp;
use domain::content::Outgoing;
use domain::ids::{BusinessAccountId, FanId, PrivacyRequestId};
use domain::message::{Author, Lane, Reachability};
use rules::identity;
use store::keys::Waiting;
use store::row::{
    AlertRow, ChatMode, ConversationRow, FanKeyRow, MessageRow, OutboxRow, OutboxState,
    PrivacyRequestRow, QueuedRow, WaitingRow,
};
use store::{Found, Require, Row, StoreError, keys};
use vault::FanKey;

use super::SenderError;
use super::turn::Turn;
use write::write_end;

pub(super) use back::{defer, fall_silent, requeue, suspend};
pub(super) use mark::{Marked, mark_sending};
pub(super) use withdrawn::{withdraw, withdrawn_as_late};

const MOST_RACES: usize = 8;

/// How a message ended.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// Telegram has it under this number, and with it this request is answered.
    Sent {
        message_id: i64,
        text: &'a str,
        answers: Option<PrivacyRequestId>,
    },
    /// Telegram refused it, or it could not be tried.
    Failed {
        code: &'static str,
        reachability: Option<Reachability>,
    },
    /// It may have arrived.
    Unknown,
}

impl End<'_> {
    /// How a message ends that is not tried, or not again: what a sender that died was sending may have arrived.
    pub(super) fn untried(row: &OutboxRow, code: &'static str) -> Self {
        match row.state {
            OutboxState::Sending => Self::Unknown,
            OutboxState::Queued => Self::Failed {
                code,
                reachability: None,
            },
        }
    }
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

/// Written by Sofi, with no person's word for it.
fn is_sofis(row: &OutboxRow) -> bool {
    row.author == Author::Ai && row.sent_by.is_none()
}

/// Written by Sofi, whether a person has let it go or not: since then the fan, or an account's owner, may have said otherwise.
fn is_ais(row: &OutboxRow) -> bool {
    row.author == Author::Ai
}

/// Since when the fan must have been told that an AI writes, where a text of one's does not say it by itself.
fn told_since(row: &OutboxRow, now: Timestamp) -> Option<Timestamp> {
    let is_silent = is_ais(row) && !row.discloses;
    is_silent.then(|| Timestamp::from_seconds(identity::disclosed_since(now.seconds())))
}

/// What the head must be for a text to leave, one of Sofi's own in this mode.
fn wanted_of_head(row: &OutboxRow, mode: ChatMode, now: Timestamp) -> Vec<Require<'static>> {
    let mut wanted = Vec::new();
    if needs_calm(row) {
        wanted.push(Require::AbsentOrAtMost("care_at", 0));
    }
    if is_sofis(row) {
        wanted.push(mode.of_head());
    } else if is_ais(row) {
        // Telegram's dates are whole seconds: a wish of the same second may have come after the approval.
        let before = Timestamp::from_seconds(row.queued_at.seconds()).millis() - 1;
        for moment in ["needs_person_since", "wished_at"] {
            wanted.push(Require::AbsentOrAtMost(moment, before));
        }
    }
    if let Some(since) = told_since(row, now) {
        wanted.push(Require::AtLeast("disclosed_at", since.millis()));
    }
    wanted
}

/// Whatever may sell, and whatever an AI has written, stays away from a fan in care.
fn needs_calm(row: &OutboxRow) -> bool {
    let sells = matches!(row.lane, Lane::Payment | Lane::Sequence | Lane::Broadcast);
    sells || is_ais(row)
}

/// The account whose owner must let an AI write, where this is one's text.
fn needs_word(row: &OutboxRow) -> Option<BusinessAccountId> {
    row.account.filter(|_| is_ais(row))
}

/// Whether the fan's own word may stand in its way: in that of everything but fixed texts. Those answer what the fan asks
/// for, or say where help is.
fn needs_leave(row: &OutboxRow) -> bool {
    needs_calm(row) || row.sent_by.is_some()
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

/// Moves a message from the outbox into its conversation, with its end. Done once: the outbox row goes in the same
/// transaction, and in it a request is finished whose answer the message was.
pub(super) async fn end(
    turn: &Turn<'_>,
    found: &Found<OutboxRow>,
    end: End<'_>,
    known: Option<Context>,
) -> Result<(), SenderError> {
    let mut known = known;
    let early = early_reaction(turn, &found.row, end).await?;
    let mut told = None;
    for _ in 0..MOST_RACES {
        let context = match known.take() {
            Some(context) => context,
            None => context(turn, &found.row).await?,
        };
        let answered = answered(turn, end).await?;
        let wished = wish::answered(turn, &found.row, end, &context).await?;
        let mut transaction = turn.db.transaction();
        if let Some(request) = &answered {
            transaction.replace(&request.row, request.rev);
        }
        let gone = transaction.delete::<OutboxRow>(&found.row.key(), found.rev);
        transaction.delete_any::<QueuedRow>(&keys::queued(found.row.conversation, found.row.id));
        write_end(
            turn,
            &mut transaction,
            &found.row,
            end,
            &context,
            (early.as_ref(), told.as_ref()),
        )?;
        if let Some(former) = &wished {
            wish::end(&mut transaction, &found.row, former, turn.now());
        }
        match transaction.commit().await {
            Ok(()) => {
                count(code(end));
                return Ok(());
            }
            // Somebody else settled this very row.
            Err(error) if error.failed(gone).is_some() => return Ok(()),
            Err(error) if error.is_race() => told = of_a_file(turn, &found.row, end).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

/// What a file says of the number that Telegram gave: it gives way to what was sent.
async fn of_a_file(
    turn: &Turn<'_>,
    row: &OutboxRow,
    end: End<'_>,
) -> Result<Option<Found<MessageRow>>, SenderError> {
    let End::Sent { message_id, .. } = end else {
        return Ok(None);
    };
    let key = keys::message(row.conversation, message_id);
    let found = turn.db.find::<MessageRow>(&key).await?;
    Ok(found.filter(|found| found.row.imported_at.is_some()))
}

/// The request that a message answers by having arrived, finished; nothing where it was finished or taken back before.
async fn answered(
    turn: &Turn<'_>,
    end: End<'_>,
) -> Result<Option<Found<PrivacyRequestRow>>, SenderError> {
    let End::Sent {
        answers: Some(request),
        ..
    } = end
    else {
        return Ok(None);
    };
    let key = keys::privacy_request(request);
    let mut found = turn.db.find::<PrivacyRequestRow>(&key).await?;
    if let Some(found) = &mut found {
        let row = &mut found.row;
        if row.finished_at.is_some() || row.withdrawn_at.is_some() {
            return Ok(None);
        }
        row.finished_at = Some(turn.now());
    }
    Ok(found)
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
        Ok(
            Outgoing::Text { text }
            | Outgoing::Question { text, .. }
            | Outgoing::Choices { text, .. }
            | Outgoing::Export { text, .. },
        ) => Some(text),
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
    use std::time::Duration;

    use super::*;
    use domain::ids::{BotId, ConversationId, MessageId, TenantId, UserId};
    use domain::sofi::ReplyMode;

    pub(super) const QUEUED: Timestamp = Timestamp::from_seconds(1_000);

    pub(super) fn reply() -> OutboxRow {
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
    fn what_a_dead_sender_was_sending_may_have_arrived_though_its_bot_is_gone() {
        let ends = |state| code(End::untried(&OutboxRow { state, ..reply() }, "gone"));
        assert_eq!(ends(OutboxState::Sending), "unknown");
        assert_eq!(ends(OutboxState::Queued), "gone");
    }

    #[test]
    fn whatever_may_sell_needs_calm_whoever_wrote_it() {
        let writers = [
            Author::Person,
            Author::Ai,
            Author::Automation,
            Author::Broadcast,
        ];
        let approver = Some(UserId::from_bytes([5; 16]));
        for author in writers {
            for sent_by in [None, approver] {
                for lane in [Lane::Payment, Lane::Sequence, Lane::Broadcast] {
                    let offer = OutboxRow {
                        lane,
                        author,
                        sent_by,
                        ..reply()
                    };
                    assert!(needs_calm(&offer), "{lane:?} {author:?} {sent_by:?}");
                }
            }
        }
    }

    /// A text in a person's lane, let go by a person where there is one.
    pub(super) fn queued(author: Author, by: Option<u8>) -> OutboxRow {
        OutboxRow {
            lane: Lane::Person,
            author,
            sent_by: by.map(|byte| UserId::from_bytes([byte; 16])),
            ..reply()
        }
    }

    #[test]
    fn a02_an_approved_ais_text_wants_calm_and_no_wish_for_a_person_since_and_own_words_do_not() {
        let approved = OutboxRow {
            queued_at: QUEUED.plus(Duration::from_millis(700)),
            ..queued(Author::Ai, Some(5))
        };
        let calm = Require::AbsentOrAtMost("care_at", 0);
        let [unasked, unwished] = ["needs_person_since", "wished_at"]
            .map(|moment| Require::AbsentOrAtMost(moment, QUEUED.millis() - 1));
        let told = Require::AtLeast("disclosed_at", (1_000 - 24 * 3600 + 1) * 1_000);
        let wanted_of = |row: &OutboxRow| {
            let mode = ChatMode::of_bot(ReplyMode::Auto);
            wanted_of_head(row, mode, QUEUED)
        };
        assert_eq!(wanted_of(&approved), [calm, unasked, unwished, told]);
        let sofis = Require::AbsentOr("ai_mode", "auto");
        assert_eq!(wanted_of(&queued(Author::Ai, None)), [calm, sofis, told]);
        for author in [Author::Person, Author::Automation] {
            for by in [None, Some(5)] {
                let wanted = wanted_of(&queued(author, by));
                assert!(wanted.is_empty(), "{author:?} {by:?}");
            }
        }
    }

    #[test]
    fn a_text_that_says_itself_that_an_ai_writes_asks_for_no_earlier_word_and_a_persons_for_none() {
        let now = Timestamp::from_seconds(200_000);
        for by in [None, Some(5)] {
            let silent = queued(Author::Ai, by);
            let since = Timestamp::from_seconds(200_000 - 24 * 3600 + 1);
            assert_eq!(told_since(&silent, now), Some(since), "{by:?}");
            let honest = OutboxRow {
                discloses: true,
                ..silent
            };
            assert_eq!(told_since(&honest, now), None, "{by:?}");
            assert_eq!(told_since(&queued(Author::Person, by), now), None);
        }
    }

    #[test]
    fn a03_an_ais_text_in_an_accounts_chat_wants_its_owners_word_whoever_has_approved_it() {
        let account = Some(BusinessAccountId::from_bytes([6; 16]));
        let there = |author, by| OutboxRow {
            account,
            ..queued(author, by)
        };
        for by in [None, Some(5)] {
            assert_eq!(needs_word(&there(Author::Ai, by)), account, "{by:?}");
            assert_eq!(needs_word(&there(Author::Person, by)), None, "{by:?}");
            assert_eq!(needs_word(&queued(Author::Ai, by)), None, "{by:?}");
        }
    }

    #[test]
    fn p28_only_fixed_texts_reach_a_fan_whatever_they_have_said() {
        assert!(needs_leave(&queued(Author::Person, Some(5))));
        assert!(needs_leave(&queued(Author::Ai, Some(5))), "an approval");
        assert!(needs_leave(&reply()));
        assert!(!needs_leave(&queued(Author::Automation, None)));
    }
}
