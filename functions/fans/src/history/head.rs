//! The head of a conversation after history came into it: what is newest shows, and nothing waits because of it.
//!
//! A file may name numbers that Telegram has yet to give. So the head's own numbers, by which is told what was read and
//! answered, stay what Telegram has given.

use app::{AppError, SealsJson, place};
use domain::content::{Card, FanProfile, KeptCard, MessageContent};
use domain::ids::{BotId, ConversationId, FanId};
use domain::message::{Author, Reachability};
use domain::sofi::ReplyMode;
use domain::{Sealed, Timestamp};
use store::keys;
use store::row::{ConversationRow, FanRow};
use vault::FanKey;

use super::desk::Item;
use super::rows::Chat;
use super::told::Message;

/// The head with these records, if they make a difference to it.
pub(super) fn head(
    chat: &Chat<'_>,
    (bot, fan, key): (BotId, &FanRow, &FanKey),
    before: Option<&ConversationRow>,
    items: &[Item<'_>],
) -> Result<Option<ConversationRow>, AppError> {
    let messages = items.iter().filter_map(|item| match item {
        Item::Message(message) => Some(*message),
        Item::Note(_) | Item::Fact(_) => None,
    });
    let numbered = messages.clone().filter_map(|message| {
        let number = message.told.message_id?;
        Some((number, message))
    });
    let newest = numbered.max_by_key(|(number, _)| *number);
    let card: KeptCard = match before {
        Some(head) => chat
            .key
            .open_json(&card_place(&keys::conversation(head.id)), &head.card)?,
        None => named(fan, key)?,
    };
    let known = before.map(|head| head.last_message_id).max(card.told);
    let newest = newest.filter(|(number, _)| Some(*number) > known);
    let mut row = match before {
        Some(_) if newest.is_none() => return Ok(None),
        Some(head) => head.clone(),
        None => fresh((chat.conversation, bot, chat.fan), chat.app.clock.now()),
    };
    let card = match newest {
        Some((number, message)) => shown(&mut row, card, number, message),
        None => card,
    };
    let latest = items.iter().filter_map(Item::happened).max();
    row.last_activity = row.last_activity.max(latest.unwrap_or_default());
    let of_fan = messages.filter(|message| message.told.author == Author::Fan);
    let wrote = of_fan.map(|message| message.at).max();
    row.last_inbound_at = row.last_inbound_at.max(wrote);
    let at = keys::conversation(row.id);
    let entropy = chat.app.entropy.as_ref();
    row.card = chat.key.seal_json(&card_place(&at), &card, entropy)?;
    Ok(Some(row))
}

fn card_place(at: &store::LocalKey) -> vault::Place<'_> {
    place::<ConversationRow>(at, "card")
}

/// A card that says who it is.
fn named(fan: &FanRow, key: &FanKey) -> Result<KeptCard, AppError> {
    let at = keys::fan(fan.id);
    let profile: FanProfile = key.open_json(&place::<FanRow>(&at, "profile"), &fan.profile)?;
    Ok(KeptCard {
        card: Card {
            name: profile.display_name(),
            ..Card::default()
        },
        ..KeptCard::default()
    })
}

/// Has the newest message show.
fn shown(
    row: &mut ConversationRow,
    mut card: KeptCard,
    number: i64,
    message: &Message,
) -> KeptCard {
    let told = &message.told;
    let content = MessageContent {
        text: told.content.text.clone(),
        ..MessageContent::default()
    };
    let snippet = content.snippet(&told.content_kind);
    match told.author {
        Author::Fan => card.card.take_fans(snippet),
        Author::Person | Author::Ai | Author::Automation | Author::Broadcast => {
            card.card.take_ours(snippet);
        }
    }
    card.told = Some(number);
    row.newest_author = Some(told.author);
    row.newest_by = None;
    card
}

/// A conversation that was dealt with elsewhere: out of the working views until the fan writes. Neither the fan's word on AI
/// nor care mode came along, so Sofi is off in it until somebody of the team says otherwise.
fn fresh((id, bot, fan): (ConversationId, BotId, FanId), now: Timestamp) -> ConversationRow {
    ConversationRow {
        id,
        bot,
        fan,
        card: Sealed::default(),
        reachability: Reachability::Reachable,
        last_message_id: 0,
        last_activity: Timestamp::default(),
        last_inbound_at: None,
        unanswered: 0,
        needs_person_since: None,
        ai_mode: Some(ReplyMode::Off),
        disclosed_at: None,
        promised_at: None,
        care_at: Timestamp::default(),
        care_answered_at: None,
        answered_through: 0,
        draft_since: None,
        account: None,
        notice_at: None,
        noticed: None,
        assigned_to: None,
        snoozed_until: None,
        done_at: Some(now),
        unread: 0,
        newest_author: None,
        newest_by: None,
        unsent_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::ToldMessage;
    use super::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp::from_seconds(9);

    fn head() -> ConversationRow {
        let ids = (
            ConversationId::from_bytes([1; 16]),
            BotId::from_bytes([2; 16]),
            FanId::from_bytes([3; 16]),
        );
        fresh(ids, NOW)
    }

    fn message(author: &str, delivery: &str) -> Message {
        let told: ToldMessage = serde_json::from_value(json!({
            "telegram_id": "71", "id": "msg_1", "message_id": 5, "author": author, "content_kind": "text",
            "content": { "text": "hello" }, "at": "2026-11-01T10:00:00Z", "delivery": delivery,
        }))
        .expect("a message");
        Message {
            told,
            at: NOW,
            edited_at: None,
        }
    }

    #[test]
    fn history_is_neither_unread_nor_unanswered_and_sofi_is_off_in_it() {
        let mut row = head();
        let card = shown(
            &mut row,
            KeptCard::default(),
            5,
            &message("fan", "received"),
        );
        assert_eq!((row.unread, row.unanswered), (0, 0));
        assert_eq!(
            (row.ai_mode, row.done_at),
            (Some(ReplyMode::Off), Some(NOW))
        );
        assert_eq!(
            (card.card.snippet.as_str(), card.card.from_fan),
            ("hello", true)
        );
    }

    #[test]
    fn a_number_of_a_file_shows_and_moves_none_that_telegram_has_given() {
        let mut row = ConversationRow {
            last_message_id: 3,
            answered_through: 2,
            ..head()
        };
        let ours = message("person", "sent");
        let card = shown(&mut row, KeptCard::default(), 999, &ours);
        assert_eq!((row.answered_through, row.last_message_id), (2, 3));
        assert_eq!(card.told, Some(999));
        assert_eq!(row.newest_author, Some(Author::Person));
    }
}
