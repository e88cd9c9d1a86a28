//! Who answers what at this moment: until Telegram has numbered an answer, nobody else gives another.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::{ConversationId, UserId};
use store::row::AnsweringRow;
use store::{Require, Transaction};

/// How long an answer that Telegram has not numbered yet keeps others from answering the same.
const ON_ITS_WAY: Duration = Duration::from_secs(120);

/// The mark that a person answers what they have seen.
pub(super) fn answering(
    by: Option<UserId>,
    conversation: ConversationId,
    answers: i64,
    at: Timestamp,
) -> AnsweringRow {
    AnsweringRow {
        conversation,
        by,
        answers,
        until: at.plus(ON_ITS_WAY),
    }
}

/// Claims the answer to what a person has seen: fails while another person's answer to the same is on its way.
pub(super) fn claim_answer(transaction: &mut Transaction<'_>, row: &AnsweringRow) -> usize {
    let me = row.by.map(|user| user.to_string());
    let mut unless = vec![Require::AtMost("answers", row.answers - 1)];
    unless.extend(me.as_deref().map(|me| Require::Equals("by", me)));
    transaction.claim(row, &unless)
}

/// The same for a draft's approval: it fails also while a message of the same person to the same is on its way, and until
/// Telegram has numbered it, that person's own message fails too. Who has sent the draft sees it before they add to it.
pub(crate) fn claim_alone(
    transaction: &mut Transaction<'_>,
    conversation: ConversationId,
    answers: i64,
    at: Timestamp,
) -> usize {
    let row = answering(None, conversation, answers, at);
    transaction.claim(&row, &[Require::AtMost("answers", answers - 1)])
}
