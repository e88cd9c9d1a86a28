//! Care mode that a turn begins: what several messages of a fan say together, and none of them alone. The same as
//! `workers.inbound` does where one message says it.

use app::{AppError, Event, SealsJson, event_row, place};
use care::Care;
use domain::Timestamp;
use domain::alert::{Alert, AlertCause, REMINDED_AFTER};
use domain::content::Outgoing;
use domain::ids::MessageId;
use domain::message::{Author, Lane};
use serde_json::Value;
use store::row::{CareRow, ConversationRow, OutboxRow, QueuedRow};
use store::{Row, Transaction};

use super::ReplyError;
use super::ask;
use super::finish::REPLY_DUE;
use super::load::View;
use super::turn::Desk;

/// The head in care mode: the fan is answered by a fixed text, and a person is asked for.
pub(crate) fn head(
    desk: &Desk<'_>,
    head: &ConversationRow,
    care: Care,
    now: Timestamp,
) -> Result<ConversationRow, ReplyError> {
    let row_key = head.key();
    let sealed = place::<ConversationRow>(&row_key, "card");
    let card: Value = desk.key.open_json(&sealed, &head.card)?;
    let card = with_care(card, care);
    Ok(ConversationRow {
        card: desk
            .key
            .seal_json(&sealed, &card, desk.app.entropy.as_ref())?,
        care_at: now,
        care_answered_at: Some(now),
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

/// The fixed text for the fan, and the count without whom and what.
pub(crate) fn tell(
    transaction: &mut Transaction<'_>,
    desk: &Desk<'_>,
    view: &View,
    care: Care,
    now: Timestamp,
) -> Result<(), ReplyError> {
    let turn = &view.turn.row;
    tracing::warn!(tenant.id = %turn.tenant, bot.id = %turn.bot, code = care.name(), "care mode");
    let outbox = said(desk, view, care, now)?;
    transaction.create(&QueuedRow {
        id: outbox.id,
        conversation: outbox.conversation,
        bot: outbox.bot,
        lane: outbox.lane,
        queued_at: outbox.queued_at,
    });
    let (fan, event) = (Some(view.head.row.fan), Event::MessageQueued);
    let id = Some(outbox.id);
    transaction.create(&event_row(desk.app, now, event, turn.conversation, fan, id));
    transaction.create(&outbox);
    transaction.create(&CareRow {
        unique: desk.app.unique(),
        care: care.name().to_owned(),
        answered: true,
        at: now,
    });
    Ok(())
}

fn said(desk: &Desk<'_>, view: &View, care: Care, now: Timestamp) -> Result<OutboxRow, AppError> {
    let turn = &view.turn.row;
    let tag = view.profile.language_code.as_deref();
    let country = tag.and_then(|tag| tag.split(['-', '_']).nth(1));
    let text = care::answer(care, ask::language(view), country, &view.creator);
    let to = (turn.tenant, turn.bot, turn.conversation);
    let from = (Lane::Person, Author::Automation);
    let row = OutboxRow {
        due_at: Some(now.plus(REPLY_DUE)),
        account: view.head.row.account,
        ..OutboxRow::queued(desk.app.mint(MessageId::new), to, from, now)
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
    fn the_card_says_why_and_keeps_what_others_wrote_in_it() {
        let card =
            json!({ "name": "Robin", "snippet": "die", "from_fan": true, "standing": [7, 9] });
        let after = with_care(card, Care::SelfHarm);
        let expected = json!({ "name": "Robin", "snippet": "die", "from_fan": true, "standing": [7, 9],
            "care": "self_harm" });
        assert_eq!(after, expected);
    }
}
