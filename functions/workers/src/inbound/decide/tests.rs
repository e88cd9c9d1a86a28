//! The decision, in sentences, and that no order of deliveries changes its result.

mod contents;
mod orders;
mod owners;
mod strangers;
mod turns;
mod wishes;

use domain::message::Reachability;
use domain::sofi::ReplyMode;
use serde_json::{Value, json};
use telegram::Envelope;
use telegram::commands::{self, Exporting, Setting};

use super::super::asked::Waiting;
use super::super::sofi::SofiFacts;
use super::super::subject::{NOT_PRIVATE, Subject, subject};
use super::*;

pub(super) const CHAT: i64 = 5_000_000_001;
const NOW: Timestamp = Timestamp::from_seconds(9_000);

pub(super) fn facts(update_id: Option<i64>) -> Facts<'static> {
    Facts {
        update_id,
        received_at: NOW,
        username: "example_bot",
        creator: "Mara Example",
        policy: "https://example.org/privacy",
        owns_account: false,
        begins_alerts: None,
        erasure_word: Some("erase:1:ab".to_owned()),
        exporting: Some(Exporting::Begun),
        sofi: SofiFacts {
            lets_ai: None,
            mode: ReplyMode::Off,
            held: None,
            asks: false,
            waiting: Waiting::default(),
            refusal: None,
            in_care: false,
            hours: 24,
            turn: false,
            care: None,
            now: NOW,
        },
    }
}

pub(super) fn read(update: &Value) -> (Envelope, Incoming) {
    let envelope = Envelope::from_value(update.clone()).expect("an object");
    let incoming = Incoming::read(&envelope);
    (envelope, incoming)
}

/// Decides one update of the private chat.
pub(super) fn decided(before: &Chat, update: &Value) -> Decision {
    let (envelope, incoming) = read(update);
    assert!(matches!(
        subject(&envelope, &incoming),
        Subject::Chat { chat_id: CHAT, .. }
    ));
    decide(before, &incoming, &facts(envelope.update_id)).expect("a decision")
}

fn after(before: &Chat, update: &Value) -> Chat {
    decided(before, update).after
}

pub(super) fn fan(name: &str) -> Value {
    json!({"id": CHAT, "is_bot": false, "first_name": name, "language_code": "de"})
}

fn chat() -> Value {
    json!({"id": CHAT, "type": "private"})
}

pub(super) fn text(update: i64, number: i64, date: i64, text: &str) -> Value {
    json!({"update_id": update, "message":
        {"message_id": number, "date": date, "chat": chat(), "from": fan("Ana"), "text": text}})
}

pub(super) fn edit(update: i64, number: i64, date: i64, text: &str) -> Value {
    json!({"update_id": update, "edited_message":
        {"message_id": number, "date": 1, "edit_date": date, "chat": chat(), "from": fan("Ana"), "text": text}})
}

pub(super) fn reaction(update: i64, number: i64, date: i64, emoji: &[&str]) -> Value {
    let marks: Vec<Value> = emoji
        .iter()
        .map(|emoji| json!({"type": "emoji", "emoji": emoji}))
        .collect();
    json!({"update_id": update, "message_reaction":
        {"message_id": number, "date": date, "chat": chat(), "user": fan("Ana"), "old_reaction": [], "new_reaction": marks}})
}

pub(super) fn standing(update: i64, date: i64, status: &str) -> Value {
    json!({"update_id": update, "my_chat_member": {"date": date, "chat": chat(), "from": fan("Ana"),
        "old_chat_member": {"status": "member"}, "new_chat_member": {"status": status}}})
}

fn head(chat: &Chat) -> &Head {
    chat.head.as_ref().expect("a head")
}

fn message(chat: &Chat) -> &Stored {
    chat.message.as_ref().expect("a message")
}

/// The chat as the next message, which is not there yet, finds it.
fn next(chat: Chat) -> Chat {
    Chat {
        message: None,
        edit: None,
        reaction: None,
        ..chat
    }
}

#[test]
fn a_first_message_makes_a_fan_a_conversation_and_a_message() {
    let decision = decided(&Chat::default(), &text(1, 10, 100, "hi \u{200d}👋"));
    assert_eq!(
        (decision.verdict, decision.replies.len()),
        (Verdict::Stored, 0)
    );
    assert_eq!(decision.events, [Event::MessageReceived]);
    let (head, message) = (head(&decision.after), message(&decision.after));
    assert_eq!(
        message.content.content.text.as_deref(),
        Some("hi \u{200d}👋")
    );
    assert_eq!(
        (
            head.last_message_id,
            head.unanswered,
            head.last_activity.seconds()
        ),
        (10, 1, 100)
    );
    assert_eq!(
        (head.card.card.name.as_str(), head.card.card.from_fan),
        ("Ana", true)
    );
    assert_eq!(
        decision
            .after
            .fan
            .as_ref()
            .map(|fan| fan.first_seen.seconds()),
        Some(100)
    );
}

#[test]
fn a_message_that_is_there_changes_nothing_when_it_comes_again() {
    let first = after(&Chat::default(), &text(1, 10, 100, "/start"));
    let again = decided(&first, &text(2, 10, 100, "/start"));
    assert!(again.after == first);
    assert_eq!(
        (again.verdict, again.events.len(), again.replies.len()),
        (Verdict::Stale, 0, 0)
    );
}

#[test]
fn what_a_file_says_of_a_number_gives_way_to_what_telegram_delivers_under_it() {
    let mut before = after(&Chat::default(), &text(1, 10, 100, "/start"));
    let forged = before.message.as_mut().expect("a message");
    forged.imported = true;
    let delivered = decided(&before, &text(2, 10, 200, "/stop"));
    assert_eq!(delivered.verdict, Verdict::Stored);
    let fan = delivered.after.fan.as_ref().expect("a fan");
    assert!(fan.stopped_at.is_some(), "it is heard");
    let stored = message(&delivered.after);
    assert_eq!(stored.content.content.text.as_deref(), Some("/stop"));
    assert!(!stored.imported);
    let again = decided(&delivered.after, &text(3, 10, 200, "/stop"));
    assert_eq!(again.verdict, Verdict::Stale, "once");
}

#[test]
fn what_a_fan_writes_within_a_second_of_an_answer_moves_the_chat_above_it() {
    let update = text(1, 10, 100, "are you there?");
    let active = |received_at: i64| {
        let (envelope, incoming) = read(&update);
        let facts = Facts {
            received_at: Timestamp::from_millis(received_at),
            ..facts(envelope.update_id)
        };
        let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
        head(&decision.after).last_activity.millis()
    };
    assert_eq!(active(100_720), 100_720, "taken in the same second");
    assert_eq!(active(107_000), 100_999, "taken later");
    assert_eq!(active(99_500), 100_000, "taken by a clock that is behind");
}

#[test]
fn a_late_message_does_not_move_the_head_back() {
    let newer = next(after(&Chat::default(), &text(2, 11, 200, "second")));
    let both = after(&newer, &text(1, 10, 100, "first"));
    let head = head(&both);
    assert_eq!(
        (head.last_message_id, head.card.card.snippet.as_str()),
        (11, "second")
    );
    assert_eq!((head.last_activity.seconds(), head.unanswered), (200, 2));
}

#[test]
fn an_edit_that_comes_first_waits_and_is_applied() {
    let waiting = decided(&Chat::default(), &edit(2, 10, 150, "better"));
    assert_eq!(waiting.verdict, Verdict::Waiting);
    assert!(waiting.events.is_empty() && waiting.after.head.is_none());
    let stored = after(&waiting.after, &text(1, 10, 100, "good"));
    assert_eq!(
        message(&stored).content.content.text.as_deref(),
        Some("better")
    );
    assert_eq!(
        message(&stored).edited_at.map(Timestamp::seconds),
        Some(150)
    );
    assert_eq!(head(&stored).card.card.snippet, "better");
    assert!(stored.edit.is_none());
}

#[test]
fn the_newest_edit_wins_also_within_one_second() {
    let stored = after(&Chat::default(), &text(1, 10, 100, "a"));
    let newest = after(&stored, &edit(4, 10, 150, "d"));
    for older in [edit(3, 10, 150, "c"), edit(9, 10, 149, "b")] {
        let stale = decided(&newest, &older);
        assert_eq!(
            message(&stale.after).content.content.text.as_deref(),
            Some("d")
        );
        assert!(stale.events.is_empty());
    }
}

#[test]
fn a_reaction_that_comes_first_waits_and_one_that_is_taken_back_is_gone() {
    let waiting = after(&Chat::default(), &reaction(2, 10, 150, &["🔥"]));
    let stored = after(&waiting, &text(1, 10, 100, "a"));
    assert_eq!(message(&stored).reactions, ["🔥"]);
    let gone = after(&stored, &reaction(3, 10, 160, &[]));
    assert!(message(&gone).reactions.is_empty());
    assert!(after(&gone, &reaction(2, 10, 150, &["🔥"])) == gone);
}

#[test]
fn a_reaction_to_our_own_message_is_kept_and_an_edit_of_it_is_not() {
    let mut ours = after(&Chat::default(), &text(1, 10, 100, "a"));
    ours.message.as_mut().expect("a message").author = Author::Person;
    assert_eq!(
        message(&after(&ours, &reaction(2, 10, 150, &["👍"]))).reactions,
        ["👍"]
    );
    assert_eq!(
        message(&after(&ours, &edit(3, 10, 150, "x")))
            .content
            .content
            .text
            .as_deref(),
        Some("a")
    );
}

#[test]
fn a_block_and_a_return_change_whether_the_bot_may_write() {
    let stored = after(&Chat::default(), &text(1, 10, 100, "a"));
    let blocked = decided(&stored, &standing(2, 200, "kicked"));
    assert_eq!(head(&blocked.after).reachability, Reachability::Blocked);
    assert_eq!(blocked.events, [Event::ConversationChanged]);
    let late = after(&blocked.after, &standing(1, 150, "member"));
    assert_eq!(head(&late).reachability, Reachability::Blocked);
    let back = after(&blocked.after, &standing(3, 300, "member"));
    assert_eq!(head(&back).reachability, Reachability::Reachable);
}

#[test]
fn a_fan_who_writes_is_reachable_whatever_the_sender_was_told_before() {
    let mut chat = next(after(&Chat::default(), &text(1, 10, 100, "a")));
    chat.head.as_mut().expect("a head").reachability = Reachability::Deactivated;
    assert_eq!(
        head(&after(&chat, &text(2, 11, 200, "b"))).reachability,
        Reachability::Reachable
    );
}

#[test]
fn start_is_answered_in_the_fans_language_and_tells_where_the_fan_came_from() {
    let decision = decided(
        &Chat::default(),
        &text(1, 10, 100, "/start@Example_Bot src-1"),
    );
    assert_eq!(
        decision
            .after
            .fan
            .as_ref()
            .and_then(|fan| fan.source.as_deref()),
        Some("src-1")
    );
    let setting = Setting {
        creator: "Mara Example",
        ai: false,
        vendors: false,
        policy_url: "https://example.org/privacy",
        hours: 24,
        private: true,
        exporting: Exporting::Begun,
        restricted: None,
    };
    assert_eq!(
        decision.replies,
        [Fixed::plain(commands::answer(
            FanCommand::Start,
            Language::German,
            &setting
        ))]
    );
    assert_eq!(head(&decision.after).unanswered, 0);
    let second = after(&next(decision.after), &text(2, 11, 200, "/start src-2"));
    assert_eq!(
        second.fan.and_then(|fan| fan.source).as_deref(),
        Some("src-1")
    );
}

#[test]
fn every_command_is_answered_once_and_another_bots_command_is_a_message() {
    for command in FanCommand::ALL {
        let decision = decided(
            &Chat::default(),
            &text(1, 10, 100, &format!("/{}", command.as_str())),
        );
        assert_eq!(
            (decision.replies.len(), head(&decision.after).unanswered),
            (1, 0),
            "{command:?}"
        );
    }
    let other = decided(&Chat::default(), &text(1, 10, 100, "/start@other_bot"));
    assert_eq!((other.replies.len(), head(&other.after).unanswered), (0, 1));
}

#[test]
fn p25_a_copy_begins_once_for_the_command_alone_and_where_it_may() {
    let asked = text(1, 10, 100, "/export");
    let decision = decided(&Chat::default(), &asked);
    let language = Some("de".to_owned());
    assert_eq!(decision.export, Some(Wish { language }));
    let said = Exporting::Begun.says(Language::German);
    assert_eq!(decision.replies, [Fixed::plain(said)]);
    let again = decided(&decision.after, &asked);
    assert_eq!((again.export, again.replies), (None, Vec::new()));
    let other = decided(&Chat::default(), &text(1, 10, 100, "/help"));
    assert_eq!(other.export, None);

    let (envelope, incoming) = read(&asked);
    for exporting in [None, Some(Exporting::Running), Some(Exporting::Often)] {
        let facts = Facts {
            exporting,
            erasure_word: None,
            ..facts(envelope.update_id)
        };
        let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
        assert_eq!(decision.export, None, "{exporting:?}");
        assert_eq!(decision.replies.len(), 1, "{exporting:?}");
    }
}

#[test]
fn p30_stop_and_human_leave_their_moment() {
    let stopped = decided(
        &next(after(&Chat::default(), &text(1, 10, 100, "a"))),
        &text(2, 11, 200, "/stop"),
    );
    assert_eq!(
        stopped
            .after
            .fan
            .as_ref()
            .and_then(|fan| fan.stopped_at)
            .map(Timestamp::seconds),
        Some(200)
    );
    assert!(stopped.events.contains(&Event::FanChanged));
    let asked = decided(&next(stopped.after), &text(3, 12, 300, "/human"));
    assert_eq!(
        head(&asked.after)
            .needs_person_since
            .map(Timestamp::seconds),
        Some(300)
    );
    assert!(asked.events.contains(&Event::ConversationChanged));
}

#[test]
fn a_changed_name_is_taken_from_the_newest_update_only() {
    let named = |update: i64, date: i64, name: &str| {
        let mut update = text(update, update, date, "a");
        update["message"]["from"] = fan(name);
        update
    };
    let first = next(after(&Chat::default(), &named(1, 100, "Ana")));
    let renamed = decided(&first, &named(2, 200, "Anna"));
    assert!(renamed.events.contains(&Event::FanChanged));
    assert_eq!(head(&renamed.after).card.card.name, "Anna");
    let late = after(&next(renamed.after), &named(3, 150, "Ana"));
    assert_eq!(head(&late).card.card.name, "Anna");
}
