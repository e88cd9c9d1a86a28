//! What a fan wants done with their data, and not done: commands, and buttons that stand for them.

use care::Care;
use store::row::FanRow;

use super::super::super::sofi::TurnChange;
use super::*;

/// Decides one update of a chat with these facts.
fn judged(before: &Chat, update: &Value, change: impl FnOnce(&mut Facts<'static>)) -> Decision {
    let (envelope, incoming) = read(update);
    let mut facts = facts(envelope.update_id);
    change(&mut facts);
    decide(before, &incoming, &facts).expect("a decision")
}

fn fan_of(chat: &Chat) -> &Fan {
    chat.fan.as_ref().expect("a fan")
}

/// The chat of a fan who has said this.
fn having_said(words: &str) -> Chat {
    next(after(&Chat::default(), &text(1, 10, 100, words)))
}

fn press(from: i64, data: &str) -> Value {
    json!({"update_id": 9, "callback_query": {"id": "4711", "chat_instance": "1", "data": data,
        "from": {"id": from, "is_bot": false, "first_name": "Ana", "language_code": "de"},
        "message": {"message_id": 20, "date": 100, "chat": chat(), "text": "x"}}})
}

#[test]
fn p28_of_restricting_and_ending_it_the_newest_word_counts_whatever_the_order() {
    let words = [
        text(1, 10, 100, "/restrict"),
        text(2, 11, 200, "/unrestrict"),
        text(3, 12, 300, "/noai"),
        text(4, 13, 400, "/ai"),
        text(5, 14, 500, "/noai"),
    ];
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [1, 4, 0, 2, 3]] {
        let mut chat = Chat::default();
        for index in order {
            chat = next(after(&chat, &words[index]));
        }
        let fan = fan_of(&chat);
        assert_eq!(fan.restricted_at, None, "{order:?}");
        let since = fan.no_ai_at.map(Timestamp::seconds);
        assert_eq!(since, Some(500), "{order:?}");
    }
}

#[test]
fn p28_a_fan_whose_data_is_only_kept_is_stored_and_nobody_hears_of_it_but_of_distress() {
    let kept = having_said("/restrict");
    assert!(fan_of(&kept).is_restricted());
    let restricted = |facts: &mut Facts<'static>| facts.sofi.refusal = Some(FanRow::RESTRICTED);
    let wrote = judged(&kept, &text(2, 11, 200, "are you there?"), restricted);
    assert_eq!((wrote.verdict, wrote.alert), (Verdict::Stored, None));
    assert!(wrote.replies.is_empty());
    let asked = judged(&kept, &text(2, 11, 200, "/human"), restricted);
    assert_eq!(asked.alert, None);
    assert!(asked.replies[0].text.contains("/unrestrict"), "no promise");
    let sad = judged(&kept, &text(2, 11, 200, "a"), |facts| {
        restricted(facts);
        facts.sofi.care = Some(Care::SelfHarm);
    });
    assert_eq!(sad.alert, Some(AlertCause::Care));
    assert_eq!(sad.replies.len(), 1, "where help is");
}

#[test]
fn p31_who_wants_no_ai_ends_what_sofi_has_in_hand_and_begins_nothing_new() {
    let auto = |facts: &mut Facts<'static>| {
        facts.sofi.mode = ReplyMode::Auto;
        facts.sofi.turn = true;
    };
    let mut drafted = having_said("hello");
    drafted.head.as_mut().expect("a head").draft_since = Some(NOW);
    for (words, code) in [("/noai", FanRow::NO_AI), ("/restrict", FanRow::RESTRICTED)] {
        let refused = judged(&drafted, &text(2, 11, 200, words), auto);
        assert_eq!(refused.sofi.turn, TurnChange::End(code));
        assert!(refused.sofi.withdraws && refused.events.contains(&Event::FanChanged));
        assert_eq!(head(&refused.after).draft_since, None);
        let wrote = judged(&next(refused.after), &text(3, 12, 300, "hello"), |facts| {
            auto(facts);
            facts.sofi.refusal = Some(code);
        });
        assert_eq!(wrote.sofi.turn, TurnChange::End(code), "{words}");
    }
}

#[test]
fn a_pressed_button_does_what_its_command_does_and_stores_no_message() {
    let chat = having_said("/privacy");
    for (data, label) in commands::choices(Language::German)
        .into_iter()
        .map(|(label, data)| (data, label))
    {
        let pressed = decided(&chat, &press(CHAT, &data));
        assert!(pressed.after.message.is_none(), "{label}");
        assert_eq!(
            pressed.press.expect("an answer").press.as_deref(),
            Some("4711")
        );
        let command = format!("/{}", data.trim_start_matches("command:"));
        let written = decided(&chat, &text(9, 21, NOW.seconds(), &command));
        assert_eq!(pressed.replies, written.replies, "{label}");
        let said = |chat: &Chat| {
            let fan = fan_of(chat);
            (fan.stopped_at, fan.restricted_at, fan.no_ai_at)
        };
        assert_eq!(said(&pressed.after), said(&written.after), "{label}");
    }
    let asked = decided(&chat, &press(CHAT, "command:delete"));
    assert_eq!(asked.replies[0].buttons[0].1, "erase:1:ab");
}

#[test]
fn somebody_elses_press_and_other_data_are_no_command() {
    for update in [press(CHAT + 1, "command:stop"), press(CHAT, "command:ai")] {
        let (envelope, incoming) = read(&update);
        let subject = subject(&envelope, &incoming);
        assert!(!matches!(subject, Subject::Chat { .. }), "{subject:?}");
    }
}
