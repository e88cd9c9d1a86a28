//! Chats of a connected account: the fan, the owner, and the owner's word.

use domain::sofi::HoldReason;

use super::super::super::sofi::TurnChange;
use super::*;

fn incoming(update: &Value) -> Incoming {
    read(update).1
}

fn in_account(from: i64, words: &str) -> Incoming {
    incoming(&json!({"update_id": 9, "business_message": {
        "message_id": 40, "date": 1_000, "business_connection_id": "c",
        "chat": {"id": 5, "type": "private", "first_name": "Robin"},
        "from": {"id": from, "first_name": "Somebody"}, "text": words}}))
}

fn allowed(lets_ai: bool) -> Facts<'static> {
    let mut facts = facts(Some(9));
    facts.sofi.lets_ai = Some(lets_ai);
    facts.sofi.mode = ReplyMode::Auto;
    facts
}

#[test]
fn what_the_owner_writes_is_a_persons_sent_message_and_silences_sofi() {
    let mut before = Chat::default();
    let head = before.head.get_or_insert_default();
    head.unanswered = 3;
    (head.needs_person_since, head.wished_at) = (Some(NOW), Some(NOW));
    let decision = decide(&before, &in_account(77, "hi"), &allowed(true)).expect("stored");
    let message = decision.after.message.expect("a message");
    assert_eq!(message.author, Author::Person);
    let head = decision.after.head.expect("a head");
    assert_eq!((head.unanswered, head.answered_through), (0, 40));
    assert!(!head.card.card.from_fan);
    assert_eq!(
        head.card.card.name, "Robin",
        "the chat says who is on the other side"
    );
    assert_eq!(decision.sofi.hold, Some(HoldReason::Person));
    assert!(decision.sofi.answered, "nobody else is asked for");
    assert_eq!((head.needs_person_since, head.wished_at), (None, None));
    assert!(decision.replies.is_empty());
}

#[test]
fn a_fan_of_an_account_is_told_before_sofi_reads_anything() {
    let decision = decide(&Chat::default(), &in_account(5, "hi"), &allowed(true)).expect("stored");
    assert!(decision.replies[0].discloses && decision.replies[0].text.contains("/human"));
    assert_eq!(decision.sofi.turn, TurnChange::Keep);
    let silent =
        decide(&Chat::default(), &in_account(5, "/human"), &allowed(false)).expect("stored");
    assert!(
        silent.replies.is_empty(),
        "without the owner's word nothing writes by itself"
    );
}

#[test]
fn only_the_owner_of_an_account_decides_about_the_ai() {
    let word = || {
        incoming(&json!({"update_id": 9, "message": {
            "message_id": 4, "date": 1_000, "chat": {"id": 5, "type": "private"},
            "from": {"id": 5, "first_name": "Mira"}, "text": "/allow_ai"}}))
    };
    let mut facts = facts(Some(9));
    let nobody = decide(&Chat::default(), &word(), &facts).expect("stored");
    assert_eq!(nobody.ai_allowed, None);
    facts.owns_account = true;
    let owner = decide(&Chat::default(), &word(), &facts).expect("stored");
    assert_eq!(owner.ai_allowed, Some(true));
    assert!(owner.replies[0].text.contains("xAI, Groq"));
    assert_eq!(owner.verdict, Verdict::Stored);
}
