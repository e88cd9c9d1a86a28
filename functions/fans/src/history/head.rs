//! The head of a conversation after history came into it: what is newest shows, and nothing waits because of it.
//!
//! A file may name numbers that Telegram has yet to give, and moments that it did not have. So what the head has of messages that came
//! and went here stays as it was: the numbers by which is told what was read and answered, when the fan last wrote, and who wrote the
//! newest message.

use app::{AppError, SealsJson, open_card, place};
use domain::Timestamp;
use domain::content::{Card, FanProfile, KeptCard, MessageContent};
use domain::ids::{BotId, ConversationId, FanId};
use domain::message::Delivery;
use domain::sofi::ReplyMode;
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
    let now = chat.app.clock.now();
    let card: KeptCard = match before {
        Some(head) => open_card(key, head)?,
        None => named(fan, key)?,
    };
    let known = before.cloned();
    let row = known.unwrap_or_else(|| fresh((chat.conversation, bot, chat.fan), now));
    let newest = newest(&row, &card, items);
    if before.is_some() && newest.is_none() {
        return Ok(None);
    }
    let (mut row, card) = after((row, card), newest, items, now);
    row.card = chat.app.seal_card(key, row.id, &card)?;
    Ok(Some(row))
}

/// The message of a file that is newer than what is known of the chat, by its number and by its moment.
fn newest<'a>(
    row: &ConversationRow,
    card: &KeptCard,
    items: &[Item<'a>],
) -> Option<(i64, &'a Message)> {
    let known = Some(row.last_message_id).max(card.told);
    let seen = seen_at(row, card);
    let numbered = items.iter().filter_map(|item| match item {
        Item::Message(message) => Some((message.told.message_id?, *message)),
        Item::Note(_) | Item::Fact(_) => None,
    });
    numbered
        .filter(|(number, message)| Some(*number) > known && is_later(message.at, seen))
        .max_by_key(|(number, _)| *number)
}

/// The head and its card with these records.
fn after(
    (mut row, card): (ConversationRow, KeptCard),
    newest: Option<(i64, &Message)>,
    items: &[Item<'_>],
    now: Timestamp,
) -> (ConversationRow, KeptCard) {
    row.last_activity = active(&row, &card, items).min(now.max(row.last_activity));
    let card = match newest {
        Some((number, message)) => shown(card, number, message),
        None => card,
    };
    (row, card)
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

/// When the newest message came or went that was seen here, as far as the head knows: while a file's shows, of the fan's alone.
fn seen_at(head: &ConversationRow, card: &KeptCard) -> Option<Timestamp> {
    match card.told {
        Some(_) => head.last_inbound_at,
        None => (head.last_message_id > 0).then_some(head.last_activity),
    }
}

/// Whether a message of a file is not older than what was seen here. Telegram's dates are whole seconds.
fn is_later(at: Timestamp, seen: Option<Timestamp>) -> bool {
    Some(at.seconds()) >= seen.map(Timestamp::seconds)
}

/// When the chat was last active: with its newest message that arrived, from which counts how long the fan is kept. Notes and what
/// never arrived are no contact, and stand in for one only while nothing else is known of the chat.
fn active(before: &ConversationRow, card: &KeptCard, items: &[Item<'_>]) -> Timestamp {
    let is_known = before.last_message_id > 0 || card.told.is_some() || card.standing.is_some();
    let contact = items.iter().filter_map(|item| match item {
        Item::Message(message) if has_arrived(message) => Some(message.at),
        Item::Message(_) | Item::Note(_) | Item::Fact(_) => None,
    });
    match (contact.max(), is_known) {
        (Some(at), true) => before.last_activity.max(at),
        (Some(at), false) => at,
        (None, true) => before.last_activity,
        (None, false) => {
            let other = items.iter().filter_map(Item::happened).max();
            before.last_activity.max(other.unwrap_or_default())
        }
    }
}

fn has_arrived(message: &Message) -> bool {
    matches!(message.told.delivery, Delivery::Received | Delivery::Sent)
}

/// Has the newest message show. The fan's own last words stay below it: what they write next may go on with them.
fn shown(mut card: KeptCard, number: i64, message: &Message) -> KeptCard {
    let told = &message.told;
    let content = MessageContent {
        text: told.content.text.clone(),
        ..MessageContent::default()
    };
    let snippet = content.snippet(&told.content_kind);
    card.take_told(number, told.author, snippet);
    card
}

/// A conversation that was dealt with elsewhere: out of the working views until the fan writes. Neither the fan's word on AI
/// nor care mode came along, so Sofi is off in it until somebody of the team says otherwise.
fn fresh((id, bot, fan): (ConversationId, BotId, FanId), now: Timestamp) -> ConversationRow {
    ConversationRow {
        ai_mode: Some(ReplyMode::Off),
        done_at: Some(now),
        ..ConversationRow::new(id, bot, fan)
    }
}

#[cfg(test)]
mod tests {
    use super::super::told::{Note, ToldMessage};
    use super::*;
    use domain::message::Author;
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
        let row = head();
        let card = shown(KeptCard::default(), 5, &message("fan", "received"));
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
    fn what_the_fan_said_themselves_is_kept_below_whatever_a_file_shows() {
        let mut card = KeptCard::default();
        card.card.take_fans("i wanna".to_owned());
        for (number, author, delivery) in [(7, "fan", "received"), (8, "person", "sent")] {
            card = shown(card, number, &message(author, delivery));
            assert_eq!(card.card.snippet, "hello");
            assert_eq!(card.card.said.as_deref(), Some("i wanna"), "{author}");
        }
    }

    #[test]
    fn a_number_of_a_file_shows_as_whose_it_is_there() {
        let card = shown(KeptCard::default(), 999, &message("person", "sent"));
        assert_eq!(card.told, Some(999));
        assert_eq!(card.told_author, Some(Author::Person));
        assert!(!card.is_fans(None) && card.words_of_fan().is_empty());
    }

    /// A chat in which the product saw message 3 and nothing since.
    fn lived(at: i64) -> ConversationRow {
        ConversationRow {
            last_message_id: 3,
            last_activity: Timestamp::from_seconds(at),
            last_inbound_at: Some(Timestamp::from_seconds(at)),
            ..head()
        }
    }

    fn at(seconds: i64, delivery: &str) -> Message {
        let author = if delivery == "received" {
            "fan"
        } else {
            "person"
        };
        Message {
            at: Timestamp::from_seconds(seconds),
            ..message(author, delivery)
        }
    }

    #[test]
    fn what_is_older_than_what_was_seen_here_does_not_show_whatever_its_number() {
        let (row, mut card) = (lived(100), KeptCard::default());
        let is_shown = |seconds, card: &KeptCard| {
            newest(&row, card, &[Item::Message(&at(seconds, "sent"))]).is_some()
        };
        assert!(!is_shown(99, &card) && is_shown(100, &card));
        card.take_told(4, Author::Person, "of a file".to_owned());
        assert!(!is_shown(99, &card) && is_shown(100, &card));
        card.take_told(5, Author::Person, "of a file".to_owned());
        assert!(!is_shown(100, &card), "it shows already");
        let message = at(1, "sent");
        let found = newest(&head(), &KeptCard::default(), &[Item::Message(&message)]);
        assert!(found.is_some(), "nothing was seen in a new one");
    }

    #[test]
    fn a_file_moves_nothing_with_which_answers_and_approvals_are_compared() {
        let before = ConversationRow {
            newest_author: Some(Author::Ai),
            answered_through: 2,
            ..lived(100)
        };
        for (delivery, from_fan) in [("received", true), ("sent", false)] {
            let message = at(160, delivery);
            let items = [Item::Message(&message)];
            let card = KeptCard::default();
            let found = newest(&before, &card, &items);
            let now = Timestamp::from_seconds(150);
            let (row, card) = after((before.clone(), card), found, &items, now);
            assert_eq!((card.told, card.card.from_fan), (Some(5), from_fan));
            assert!(!card.is_fans(row.newest_author), "{delivery}");
            assert_eq!(row.last_activity, now, "no later than it is");
            let moved = ConversationRow {
                last_activity: now,
                ..before.clone()
            };
            assert!(row == moved, "{delivery}");
        }
    }

    #[test]
    fn a_fan_is_kept_from_their_last_contact_and_not_from_a_note_about_them() {
        let note = Note {
            id: "one".to_owned(),
            text: "a".to_owned(),
            at: Timestamp::from_seconds(900),
        };
        let (came, failed) = (at(500, "received"), at(900, "failed"));
        let all = [
            Item::Message(&came),
            Item::Message(&failed),
            Item::Note(&note),
        ];
        let seconds = |row: &ConversationRow, card: &KeptCard, items: &[Item<'_>]| {
            active(row, card, items).seconds()
        };
        let none = KeptCard::default();
        assert_eq!(seconds(&head(), &none, &all), 500);
        assert_eq!(seconds(&lived(700), &none, &all), 700);
        assert_eq!(seconds(&lived(300), &none, &all), 500);
        assert_eq!(seconds(&lived(300), &none, &all[1..]), 300);
        // A note is all that there is, until a message comes.
        let noted = ConversationRow {
            last_activity: Timestamp::from_seconds(seconds(&head(), &none, &all[2..])),
            ..head()
        };
        assert_eq!(noted.last_activity.seconds(), 900);
        assert_eq!(seconds(&noted, &none, &all), 500);
        let blocked = KeptCard {
            standing: Some([900, 1]),
            ..none
        };
        assert_eq!(seconds(&noted, &blocked, &all), 900, "Telegram said so");
    }
}
