//! A fan's own words, and what they say together with those of a moment before.

use std::time::Duration;

use care::Care;
use domain::Timestamp;
use telegram::commands::FanCommand;
use telegram::{Incoming, Message};

use super::state::{Chat, Head};

/// What a fan writes within this time may be one sentence in pieces.
const ONE_BREATH: Duration = Duration::from_secs(15);

/// What a fan says in their own words: of a command what stands behind it, but not what a start link carries. What an account's
/// owner writes is not the fan's.
pub(crate) fn own_words(message: &Message) -> Option<&str> {
    let text = message.content.text().filter(|_| !message.is_owners())?;
    match message.command() {
        Some(command) if command.start_payload().is_some() => None,
        Some(command) if FanCommand::find(&command.name).is_some() => Some(&command.args),
        _ => Some(text),
    }
}

/// Distress in pieces: the message continues the one that the fan wrote a moment before, and together they say something graver
/// than either alone.
pub(crate) fn continued(chat: &Chat, incoming: &Incoming) -> Option<Care> {
    let Incoming::Message(message) = incoming else {
        return None;
    };
    let (words, head) = (own_words(message)?, chat.head.as_ref()?);
    let (before, theirs) = said_before(head);
    let lately = head.last_inbound_at?.plus(ONE_BREATH) >= Timestamp::from_seconds(message.date);
    let open = theirs && lately && chat.witnessed().is_none();
    if !open || before.starts_with('/') {
        return None;
    }
    let alone = care::detect(before).max(care::detect(words));
    care::detect(&format!("{before} {words}")).filter(|joined| Some(*joined) > alone)
}

/// What was said last, and whether the fan said it. What a file shows was not said a moment ago: the fan's own words stand below it.
fn said_before(head: &Head) -> (&str, bool) {
    let is_fans = head.card.is_fans(head.desk.newest_author);
    (head.card.words_of_fan(), is_fans)
}

#[cfg(test)]
mod tests {
    use super::super::state::{ContentOf, Stored};
    use super::*;
    use domain::message::Author;
    use telegram::Envelope;

    /// A private message of the fan, as Telegram has it.
    fn message(number: i64, date: i64, text: &str) -> Box<Message> {
        let update = serde_json::json!({ "update_id": number, "message": { "message_id": number, "date": date,
            "chat": { "id": 5, "type": "private" }, "from": { "id": 5, "is_bot": false, "first_name": "Ada" },
            "text": text } });
        let envelope = Envelope::from_value(update).expect("an update");
        match Incoming::read(&envelope) {
            Incoming::Message(message) => message,
            other => panic!("{other:?} is no message"),
        }
    }

    #[test]
    fn what_stands_behind_a_command_is_the_fans_and_what_a_link_carries_is_not() {
        let words = |text: &str| own_words(&message(1, 1, text)).map(str::to_owned);
        assert_eq!(
            words("/stop i want to die").as_deref(),
            Some("i want to die")
        );
        assert_eq!(words("/start src_A-1"), None);
        assert_eq!(words("/start im 15").as_deref(), Some("im 15"));
        assert_eq!(words("/real?").as_deref(), Some("/real?"));
        for said in [
            "/human i want to kill myself",
            "/privacy im 14",
            "/stop i want to die",
        ] {
            let care = own_words(&message(1, 1, said)).and_then(care::detect);
            assert!(care.is_some(), "{said}");
        }
        let asks = own_words(&message(1, 1, "/human are you a bot?")).map(str::to_owned);
        assert!(asks.is_some_and(|text| rules::identity::asks_identity_of(&text, "Mira")));
    }

    /// A chat in which the fan has just said something.
    fn said(text: &str) -> Chat {
        let mut head = Head {
            last_inbound_at: Some(Timestamp::from_seconds(100)),
            ..Default::default()
        };
        head.card.card.snippet = text.to_owned();
        head.card.card.from_fan = true;
        Chat {
            head: Some(head),
            ..Chat::default()
        }
    }

    #[test]
    fn distress_in_two_pieces_is_seen_though_a_file_has_taken_the_number_of_the_second() {
        let second = Incoming::Message(message(2, 100, "die"));
        let under = |imported: bool| Chat {
            message: Some(Stored {
                author: Author::Fan,
                kind: "text".to_owned(),
                content: ContentOf::default(),
                at: Timestamp::from_seconds(90),
                edited_at: None,
                reply_to: None,
                album: None,
                reactions: Vec::new(),
                imported,
            }),
            ..said("i wanna")
        };
        assert_eq!(continued(&under(true), &second), Some(Care::SelfHarm));
        assert_eq!(continued(&under(false), &second), None, "it came before");
    }

    #[test]
    fn distress_in_two_pieces_is_seen_though_a_file_shows_something_between_them() {
        let second = Incoming::Message(message(2, 100, "die"));
        let between = |own: Option<&str>, from_fan: bool| {
            let mut chat = said("put there by a file");
            let card = &mut chat.head.as_mut().expect("a head").card;
            card.told = Some(999);
            card.card.from_fan = from_fan;
            card.card.said = own.map(str::to_owned);
            continued(&chat, &second)
        };
        for from_fan in [true, false] {
            let found = between(Some("i wanna"), from_fan);
            assert_eq!(found, Some(Care::SelfHarm), "{from_fan}");
            assert_eq!(between(None, from_fan), None, "nothing came before");
        }
    }

    #[test]
    fn distress_in_two_pieces_is_seen_where_they_come_in_one_breath() {
        let after = |first: &str, second: &str, apart: i64| {
            let second = Incoming::Message(message(2, 100 + apart, second));
            continued(&said(first), &second)
        };
        assert_eq!(after("i wanna", "die", 0), Some(Care::SelfHarm));
        assert_eq!(after("im", "15", 1), Some(Care::Minor));
        assert_eq!(after("my dad", "died yesterday", 1), Some(Care::Grief));
        assert_eq!(after("i wanna", "die", 60), None, "another breath");
        assert_eq!(after("i wanna", "see you", 1), None);
        assert_eq!(after("/start", "die", 1), None);
        assert_eq!(after("i want to die", "sorry", 1), None, "it was heard");
        let graver = after("my dad died yesterday and i wanna", "die", 1);
        assert_eq!(graver, Some(Care::SelfHarm), "more than was heard");
    }
}
