//! What updates mean for Sofi's turn.

use super::super::super::sofi::{SofiFacts, TurnChange};
use super::super::{Chat, decide};
use super::{facts, read, text};
use domain::sofi::ReplyMode;
use serde_json::Value;

#[test]
fn a_turn_waits_for_what_the_fan_wrote_and_a_command_starts_none() {
    let auto = |update: &Value| {
        let (envelope, incoming) = read(update);
        let mut facts = facts(envelope.update_id);
        facts.sofi.mode = ReplyMode::Auto;
        decide(&Chat::default(), &incoming, &facts).expect("a decision")
    };
    let asked = auto(&text(1, 10, 100, "hello"));
    assert_eq!(asked.sofi.turn, TurnChange::Wait { newest: 10 });
    let started = auto(&text(1, 10, 100, "/start"));
    assert_eq!(started.sofi.turn, TurnChange::Keep);
    assert!(
        started.replies[0].text.contains("/human"),
        "an AI may write here"
    );
    assert!(
        !started.replies[0].discloses,
        "the first reply says so again"
    );
}

#[test]
fn who_asks_for_a_person_gets_one_and_the_hours_to_expect() {
    let (envelope, incoming) = read(&text(1, 10, 100, "/human"));
    let mut facts = facts(envelope.update_id);
    facts.sofi = SofiFacts {
        mode: ReplyMode::Auto,
        turn: true,
        hours: 6,
        ..facts.sofi
    };
    let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
    assert_eq!(decision.sofi.hold, Some(domain::sofi::HoldReason::Fan));
    assert_eq!(decision.sofi.turn, TurnChange::End("fan_asked_for_person"));
    assert!(decision.replies[0].text.contains("6 Stunden"));
}
