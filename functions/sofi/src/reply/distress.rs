//! Care mode that a turn begins: for what several messages of a fan say together and none of them alone, and for what only
//! the model noticed. The same as `workers.inbound` does where one message says it.

use app::{AppError, Event, event_row, open_card};
use care::Care;
use domain::Timestamp;
use domain::alert::{Alert, AlertCause, REMINDED_AFTER};
use domain::content::Outgoing;
use domain::ids::MessageId;
use domain::message::{Author, Lane};
use rules::identity;
use serde_json::Value;
use store::Transaction;
use store::row::{CareRow, ConversationRow, OutboxRow, QueuedRow};

use super::ReplyError;
use super::ask;
use super::decide::{besides_care, closed, lets_truth};
use super::finish::REPLY_DUE;
use super::history::unanswered;
use super::load::View;
use super::turn::Desk;

/// Whether the fan is told the fixed text.
fn is_answered(view: &View, care: Care) -> bool {
    is_told(care, closed(view).is_some(), besides_care(view).is_some())
}

/// While the model was asked, somebody may have taken the chat over or switched Sofi off: then only who is in danger is told,
/// as `workers.inbound` has it.
const fn is_told(care: Care, is_closed: bool, is_held: bool) -> bool {
    let in_danger = matches!(care, Care::SelfHarm | Care::Crisis);
    !is_closed && (in_danger || !is_held)
}

/// The head in care mode: the fan is answered by a fixed text, and a person is asked for.
pub(crate) fn head(
    desk: &Desk<'_>,
    view: &View,
    care: Care,
    now: Timestamp,
) -> Result<ConversationRow, ReplyError> {
    let head = &view.head.row;
    let answered = is_answered(view, care);
    let card = with_care(open_card(&view.fan_key, head)?, care);
    Ok(ConversationRow {
        card: desk.app.seal_card(&view.fan_key, head.id, &card)?,
        care_at: now,
        care_answered_at: answered.then_some(now).or(head.care_answered_at),
        needs_person_since: head.needs_person_since.or(Some(now)),
        ..head.clone()
    })
}

/// Other crates keep fields in the card that this one does not know; they stay.
fn with_care(mut card: Value, care: Care) -> Value {
    if let Some(fields) = card.as_object_mut() {
        fields.insert("care".to_owned(), Value::from(care.name()));
    }
    card
}

/// That it holds in all of the fan's chats, the fixed text for the fan, and the count without whom and what.
pub(crate) fn tell(
    transaction: &mut Transaction<'_>,
    desk: &Desk<'_>,
    view: &View,
    care: Care,
    now: Timestamp,
) -> Result<(), ReplyError> {
    let turn = &view.turn.row;
    tracing::warn!(tenant.id = %turn.tenant, bot.id = %turn.bot, code = care.name(), "care mode");
    if let Some(found) = &view.fan {
        let row = found.row.clone().with_care_in(turn.conversation, now);
        let row = desk.app.with_sealed_tags(&view.fan_key, row)?;
        transaction.replace(&row, found.rev);
        let (fan, event) = (Some(row.id), Event::FanChanged);
        transaction.create(&event_row(
            desk.app,
            now,
            event,
            turn.conversation,
            fan,
            None,
        ));
    }
    let answered = is_answered(view, care);
    let caring = answered.then(|| said(desk, view, care, now)).transpose()?;
    for outbox in caring.into_iter().chain(truth(desk, view, now)?) {
        transaction.create(&QueuedRow::of(&outbox));
        let (fan, event) = (Some(view.head.row.fan), Event::MessageQueued);
        let id = Some(outbox.id);
        transaction.create(&event_row(desk.app, now, event, turn.conversation, fan, id));
        transaction.create(&outbox);
    }
    let entropy = desk.app.entropy.as_ref();
    transaction.create(&CareRow::begun(care.name(), answered, now, entropy));
    Ok(())
}

/// Under the id of the turn, whose trace says how it came about.
fn said(desk: &Desk<'_>, view: &View, care: Care, now: Timestamp) -> Result<OutboxRow, AppError> {
    let turn = &view.turn.row;
    let tag = view.profile.language_code.as_deref();
    let country = tag.and_then(|tag| tag.split(['-', '_']).nth(1));
    let text = care::answer(care, ask::language(view), country, &view.creator);
    fixed(desk, view, turn.id, text, now)
}

/// What is said to who asks who writes among all that: the caring text says nothing of it, and no turn looks again. Where a person
/// has taken the chat over meanwhile, who writes is a person.
fn truth(desk: &Desk<'_>, view: &View, now: Timestamp) -> Result<Option<OutboxRow>, AppError> {
    let open = unanswered(&view.said, view.answered_through);
    if !open.asks_identity(&view.creator) || !lets_truth(view, now) {
        return Ok(None);
    }
    let text = identity::honest_answer(ask::language(view), &view.creator);
    let row = fixed(desk, view, desk.app.mint(MessageId::new), text, now)?;
    Ok(Some(OutboxRow {
        discloses: true,
        ..row
    }))
}

fn fixed(
    desk: &Desk<'_>,
    view: &View,
    id: MessageId,
    text: String,
    now: Timestamp,
) -> Result<OutboxRow, AppError> {
    let turn = &view.turn.row;
    let to = (turn.tenant, turn.bot, turn.conversation);
    let from = (Lane::Person, Author::Automation);
    let row = OutboxRow {
        due_at: Some(now.plus(REPLY_DUE)),
        account: view.head.row.account,
        ..OutboxRow::queued(id, to, from, now)
    };
    let content = Outgoing::Text { text };
    desk.app.seal_outbox(desk.key, row, &content)
}

/// What the team hears: at once, and again while nobody has answered.
pub(crate) fn alerts(
    desk: &Desk<'_>,
    view: &View,
    head: Option<&ConversationRow>,
    now: Timestamp,
) -> Result<Vec<OutboxRow>, ReplyError> {
    let Some(bot) = &view.bot else {
        return Ok(Vec::new());
    };
    let alert = |unanswered_since| Alert {
        about: view.turn.row.conversation,
        cause: AlertCause::Care,
        draft: None,
        unanswered_since,
    };
    let tenant = view.turn.row.tenant;
    let mut rows = desk.app.alerts(tenant, desk.key, bot, &alert(None), now)?;
    let reminder = alert(head.and_then(|head| head.needs_person_since));
    for wait in REMINDED_AFTER {
        let at = now.plus(wait);
        rows.extend(desk.app.alerts(tenant, desk.key, bot, &reminder, at)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn who_is_in_danger_is_told_though_a_person_has_the_chat_and_nobody_where_nothing_may_write() {
        for care in Care::ALL {
            let in_danger = care == Care::SelfHarm || care == Care::Crisis;
            assert!(is_told(care, false, false), "{care:?}");
            assert_eq!(is_told(care, false, true), in_danger, "{care:?}");
            assert!(!is_told(care, true, true), "{care:?}");
        }
    }

    #[test]
    fn the_card_says_why_and_keeps_what_others_wrote_in_it() {
        let card =
            json!({ "name": "Robin", "snippet": "die", "from_fan": true, "standing": [7, 9] });
        let after = with_care(card, Care::SelfHarm);
        let expected = json!({ "name": "Robin", "snippet": "die", "from_fan": true, "standing": [7, 9],
            "care": "self_harm" });
        assert_eq!(after, expected);
    }
}
