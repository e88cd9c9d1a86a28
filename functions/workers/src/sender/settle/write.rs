//! What a message's end leaves behind: the message, the conversation's head, and an event.

use app::{Event, SealsJson, event_row, open_card, place};
use domain::Timestamp;
use domain::content::{KeptCard, MessageContent};
use domain::message::{Author, Delivery};
use store::row::{ConversationRow, DraftRow, MessageRow, OutboxRow, WaitingRow};
use store::{Found, Row, Transaction, keys};
use vault::FanKey;

use super::wish::{is_persons, still_asked};
use super::{Context, End, text_of};
use crate::inbound::state::{ContentOf, Marks};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// Adds message, head and event; the message takes the place of what a file told of its number. Without a conversation or a fan key
/// the fan was erased: only the outbox row goes.
pub(super) fn write_end(
    turn: &Turn<'_>,
    transaction: &mut Transaction<'_>,
    row: &OutboxRow,
    end: End<'_>,
    context: &Context,
    (early, told): (Option<&Found<WaitingRow>>, Option<&Found<MessageRow>>),
) -> Result<(), SenderError> {
    let (Some(conversation), Some(fan_key)) = (&context.conversation, &context.fan_key) else {
        return Ok(());
    };
    let now = turn.now();
    let (message_id, delivery, failure) = match end {
        End::Sent { message_id, .. } => (Some(message_id), Delivery::Sent, None),
        End::Failed { code, .. } => (None, Delivery::Failed, Some(code.to_owned())),
        End::Unknown => (None, Delivery::Unknown, None),
    };
    let text = match end {
        End::Sent { text, .. } => Some(text.to_owned()),
        End::Failed { .. } | End::Unknown => text_of(turn, row),
    };
    let content = MessageContent {
        text,
        ..MessageContent::default()
    };
    let mut stored = ContentOf {
        content: content.clone(),
        ..ContentOf::default()
    };
    let mut message = MessageRow {
        id: row.id,
        conversation: row.conversation,
        message_id,
        author: row.author,
        content_kind: "text".to_owned(),
        content: domain::Sealed::default(),
        at: if message_id.is_some() {
            now
        } else {
            row.queued_at
        },
        edited_at: None,
        reply_to: row.reply_to,
        album: None,
        reactions: None,
        delivery,
        failure,
        sent_by: row.sent_by,
        edited_by: row.edited_by,
        imported_at: None,
    };
    let key = message.key();
    if let Some(waiting) = early {
        let marks: Marks = fan_key.open_json(
            &place::<WaitingRow>(&waiting.row.key(), "content"),
            &waiting.row.content,
        )?;
        stored.reactions_as_of = Some(marks.version);
        let sealed = fan_key.seal_json(
            &place::<MessageRow>(&key, "reactions"),
            &marks.marks,
            turn.app.entropy.as_ref(),
        )?;
        message.reactions = (!marks.marks.is_empty()).then_some(sealed);
        transaction.delete::<WaitingRow>(&waiting.row.key(), waiting.rev);
    }
    message.content = fan_key.seal_json(
        &place::<MessageRow>(&key, "content"),
        &stored,
        turn.app.entropy.as_ref(),
    )?;
    match told {
        Some(told) => transaction.replace(&message, told.rev),
        None => transaction.create(&message),
    };
    let head = head_after((turn, fan_key), &conversation.row, row, end, &content)?;
    // Whoever has answered in their own words wants no draft for it.
    if conversation.row.draft_since.is_some() && head.draft_since.is_none() {
        transaction.delete_any::<DraftRow>(&keys::draft(row.conversation));
    }
    transaction.replace(&head, conversation.rev);
    transaction.put_any(&event_row(
        turn.app,
        now,
        Event::MessageDelivery,
        row.conversation,
        Some(head.fan),
        Some(row.id),
    ));
    Ok(())
}

fn head_after(
    (turn, key): (&Turn<'_>, &FanKey),
    before: &ConversationRow,
    row: &OutboxRow,
    end: End<'_>,
    content: &MessageContent,
) -> Result<ConversationRow, SenderError> {
    let mut head = before.clone();
    head.unsent_at = unsent(before, row, end, turn.now());
    match end {
        End::Sent { message_id, .. } => {
            let newest = message_id > head.last_message_id;
            head.last_message_id = head.last_message_id.max(message_id);
            head.last_activity = head.last_activity.max(turn.now());
            if is_persons(row) {
                head.unanswered = 0;
                (head.needs_person_since, head.wished_at) = still_asked(before, row);
                // An approval names what it answers, and has taken its draft along.
                if row.answers == 0 {
                    head.draft_since = None;
                }
            } else if row.author == Author::Ai {
                head.unanswered = 0;
            }
            if row.discloses {
                head.disclosed_at = Some(turn.now());
                if row.account.is_some() {
                    head.noticed.get_or_insert(message_id);
                }
            }
            head.answered_through = head.answered_through.max(answered(row, message_id));
            if newest {
                head.newest_author = Some(row.author);
                head.newest_by = row.sent_by;
                let mut card: KeptCard = open_card(key, &head)?;
                card.take_ours(content.snippet("text"));
                head.card = turn.app.seal_card(key, head.id, &card)?;
            }
        }
        End::Failed {
            reachability: Some(reachability),
            ..
        } => head.reachability = reachability,
        // It may have arrived: what it answers is not answered again.
        End::Unknown => head.answered_through = head.answered_through.max(row.answers),
        End::Failed { .. } => {}
    }
    Ok(head)
}

/// Since when somebody of the team is to see to what did not arrive. An answer that did go out says nothing of another one
/// that did not, and fixed texts miss nobody.
fn unsent(
    head: &ConversationRow,
    row: &OutboxRow,
    end: End<'_>,
    now: Timestamp,
) -> Option<Timestamp> {
    let answers = row.sent_by.is_some() || matches!(row.author, Author::Person | Author::Ai);
    match end {
        End::Failed { .. } | End::Unknown if answers => head.unsent_at.max(Some(now)),
        End::Sent { .. } | End::Failed { .. } | End::Unknown => head.unsent_at,
    }
}

/// Up to which message of the fan a sent message answers. Fixed texts answer nothing that was asked, but for the truth about who
/// writes, which stands in for the reply of a turn.
fn answered(row: &OutboxRow, message_id: i64) -> i64 {
    match row.author {
        _ if row.answers > 0 => row.answers,
        Author::Automation | Author::Broadcast => 0,
        _ => message_id,
    }
}
