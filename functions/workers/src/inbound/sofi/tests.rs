//! What a message means for Sofi, in sentences.

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

fn facts() -> SofiFacts {
    SofiFacts {
        mode: ReplyMode::Auto,
        held: None,
        hours: 24,
        turn: false,
        care: None,
        asks: false,
        waiting: Waiting::default(),
        refusal: None,
        in_care: false,
        lets_ai: None,
        now: NOW,
    }
}

fn turn(facts: SofiFacts, head: &mut Head) -> TurnChange {
    facts.message(head, 7, |_| String::new()).0.turn
}

#[test]
fn a_message_waits_for_sofi_only_where_sofi_writes() {
    let mut head = Head::default();
    assert_eq!(turn(facts(), &mut head), TurnChange::Wait { newest: 7 });
    let held = SofiFacts {
        held: Some((HoldReason::Fan, NOW.plus(QUIET))),
        ..facts()
    };
    assert_eq!(turn(held, &mut head), TurnChange::Keep);
    head.ai_mode = Some(ReplyMode::Off);
    assert_eq!(turn(facts(), &mut head), TurnChange::Keep);
}

#[test]
fn what_a_fan_writes_to_a_person_is_looked_at_when_the_persons_time_ends() {
    let until = NOW.plus(NOTICE_AGAIN);
    let held = SofiFacts {
        held: Some((HoldReason::Person, until)),
        ..facts()
    };
    let waits = TurnChange::Hold { newest: 7, until };
    assert_eq!(turn(held, &mut Head::default()), waits);
    let off = SofiFacts {
        mode: ReplyMode::Off,
        ..held
    };
    assert_eq!(turn(off, &mut Head::default()), TurnChange::Keep);
}

#[test]
fn a_chat_may_have_a_mode_of_its_own() {
    let off = SofiFacts {
        mode: ReplyMode::Off,
        ..facts()
    };
    let mut head = Head {
        ai_mode: Some(ReplyMode::Draft),
        ..Head::default()
    };
    assert_eq!(turn(off, &mut head), TurnChange::Wait { newest: 7 });
}

#[test]
fn distress_ends_the_turn_and_asks_for_a_person() {
    let mut head = Head::default();
    let facts = SofiFacts {
        care: Some(Care::SelfHarm),
        turn: true,
        ..facts()
    };
    let (decision, said) = facts.message(&mut head, 7, |_| "text".to_owned());
    assert_eq!(decision.turn, TurnChange::End("care"));
    assert_eq!(decision.care, Some((Care::SelfHarm, true)));
    assert_eq!(said.as_deref(), Some("text"));
    assert_eq!((head.care_at, head.needs_person_since), (NOW, Some(NOW)));
    let (_, again) = facts.message(&mut head, 8, |_| "text".to_owned());
    assert_eq!(again, None, "not the same text twice a day");
}

#[test]
fn a_chat_in_care_gets_no_turn_until_a_person_ends_it() {
    let mut head = Head {
        care_at: NOW,
        ..Head::default()
    };
    assert_eq!(turn(facts(), &mut head), TurnChange::Keep);
}

#[test]
fn a_fan_in_care_in_another_chat_gets_no_turn_here_and_a_person_is_asked_for() {
    let elsewhere = SofiFacts {
        in_care: true,
        turn: true,
        ..facts()
    };
    let mut head = Head::default();
    assert_eq!(turn(elsewhere, &mut head), TurnChange::End("care"));
    assert_eq!(head.needs_person_since, Some(NOW));
    assert_eq!(head.in_care_since(), None, "it did not begin here");
    let people = SofiFacts {
        mode: ReplyMode::Off,
        ..elsewhere
    };
    let mut head = Head::default();
    assert_eq!(turn(people, &mut head), TurnChange::End("care"));
    assert_eq!(head.needs_person_since, None, "people answer anyway");
}

#[test]
fn an_edit_has_no_other_draft_written_for_a_fan_who_is_in_care_in_another_chat() {
    let elsewhere = SofiFacts {
        in_care: true,
        ..facts()
    };
    let drafted = || Head {
        draft_since: Some(NOW),
        ..Head::default()
    };
    let edit = |facts: SofiFacts| facts.edit(&mut drafted(), 7, true);
    let anew = TurnChange::Wait { newest: 7 };
    assert_eq!((edit(facts()).turn, edit(facts()).outdates), (anew, true));
    let gone = edit(elsewhere);
    assert_eq!((gone.turn, gone.outdates), (TurnChange::Keep, true));
}

#[test]
fn distress_said_in_a_second_chat_begins_care_there_and_is_answered() {
    let sad = SofiFacts {
        in_care: true,
        care: Some(Care::SelfHarm),
        ..facts()
    };
    let mut head = Head::default();
    let (decision, said) = sad.message(&mut head, 7, |_| "text".to_owned());
    assert_eq!(decision.care, Some((Care::SelfHarm, true)));
    assert!(decision.alarms && said.is_some());
    assert_eq!(head.in_care_since(), Some(NOW));
}

#[test]
fn whoever_asks_in_care_mode_who_writes_is_told_the_truth_and_not_left_in_silence() {
    let care = || Head {
        care_at: NOW,
        care_answered_at: Some(NOW),
        ..Head::default()
    };
    let honest = |facts: SofiFacts| facts.message(&mut care(), 7, |_| String::new()).0.honest;
    let asks = SofiFacts {
        asks: true,
        ..facts()
    };
    assert!(honest(asks) && !honest(facts()));
    let in_distress = SofiFacts {
        care: Some(Care::MoneyTrouble),
        ..asks
    };
    let mut known = care();
    known.card.card.care = Some(Care::MoneyTrouble.name().to_owned());
    let (decision, said) = in_distress.message(&mut known, 7, |_| String::new());
    assert!(decision.honest && said.is_none());
    let people = SofiFacts {
        mode: ReplyMode::Off,
        ..asks
    };
    assert!(
        !honest(people),
        "where only people write there is no AI to own up"
    );
    let taken = SofiFacts {
        held: Some((HoldReason::Person, NOW.plus(QUIET))),
        ..asks
    };
    assert!(!honest(taken), "a person has the chat");
}

#[test]
fn whoever_asks_who_writes_while_they_wait_for_a_person_is_told_the_truth() {
    let held = |reason| SofiFacts {
        held: Some((reason, NOW.plus(QUIET))),
        asks: true,
        ..facts()
    };
    let ask = |facts: SofiFacts| {
        let (decision, _) = facts.message(&mut Head::default(), 7, |_| String::new());
        decision.honest
    };
    assert!(ask(held(HoldReason::Fan)));
    assert!(!ask(held(HoldReason::Person)), "a person has the chat");
    let people = SofiFacts {
        mode: ReplyMode::Off,
        ..held(HoldReason::Fan)
    };
    assert!(!ask(people), "where only people write there is no AI");
    let silent = SofiFacts {
        lets_ai: Some(false),
        ..held(HoldReason::Fan)
    };
    assert!(!ask(silent), "the account's owner lets nobody else write");
    let sad = SofiFacts {
        care: Some(Care::MoneyTrouble),
        ..held(HoldReason::Fan)
    };
    assert!(ask(sad), "no caring text goes out here");
}

#[test]
fn an_edit_that_asks_who_writes_is_answered_where_no_turn_will_do_it() {
    let asks = SofiFacts {
        asks: true,
        ..facts()
    };
    let head = Head {
        answered_through: 7,
        ..Head::default()
    };
    let keep = TurnChange::Keep;
    assert!(asks.owes_truth(&head, keep) && !facts().owes_truth(&head, keep));
    assert!(asks.turn_answers(&head, 8), "it reads what it says now");
    assert!(!asks.turn_answers(&head, 7), "it was answered");
    let queued = Waiting {
        after: 8,
        ..Waiting::default()
    };
    let queued = SofiFacts {
        waiting: queued,
        ..asks
    };
    assert!(!queued.turn_answers(&head, 8), "its answer is on the way");
    let noticed = Head {
        noticed: Some(9),
        ..Head::default()
    };
    assert!(!asks.turn_answers(&noticed, 9), "no AI reads it");
}

#[test]
fn the_question_who_writes_that_a_turn_waits_with_is_answered_where_the_turn_ends() {
    let waits = SofiFacts {
        turn: true,
        waiting: Waiting {
            asks: Some(Language::English),
            ..Waiting::default()
        },
        ..facts()
    };
    let (head, ends) = (Head::default(), waits.person_asked().turn);
    assert!(waits.owes_truth(&head, ends));
    let goes_on = waits.forget_asked().turn;
    assert!(!waits.owes_truth(&head, goes_on), "the turn says it");
    let people = SofiFacts {
        mode: ReplyMode::Off,
        ..waits
    };
    assert!(!people.owes_truth(&head, ends), "there is no AI");
    let sad = |facts: SofiFacts| {
        let sad = SofiFacts {
            care: Some(Care::SelfHarm),
            ..facts
        };
        let (decision, said) = sad.message(&mut Head::default(), 7, |_| "text".to_owned());
        assert!(said.is_some());
        decision.honest
    };
    assert!(sad(waits), "the caring text does not say it");
    assert!(!sad(facts()));
}

#[test]
fn distress_that_begins_or_grows_alarms_even_where_a_person_is_asked_for_already() {
    let sad = |care| SofiFacts {
        care: Some(care),
        ..facts()
    };
    let mut head = Head {
        needs_person_since: Some(NOW),
        ..Head::default()
    };
    let mut alarms = |care| {
        let (decision, _) = sad(care).message(&mut head, 7, |_| String::new());
        decision.alarms
    };
    assert!(alarms(Care::MoneyTrouble), "it begins");
    assert!(!alarms(Care::MoneyTrouble));
    assert!(alarms(Care::SelfHarm), "it is graver");
    assert!(!alarms(Care::Grief));
}

#[test]
fn graver_words_are_answered_even_shortly_after_others() {
    let mut head = Head::default();
    let money = SofiFacts {
        care: Some(Care::MoneyTrouble),
        ..facts()
    };
    assert!(money.message(&mut head, 7, |_| String::new()).1.is_some());
    let crisis = SofiFacts {
        care: Some(Care::SelfHarm),
        ..facts()
    };
    assert!(crisis.message(&mut head, 8, |_| String::new()).1.is_some());
    assert_eq!(head.card.card.care.as_deref(), Some(Care::SelfHarm.name()));
    assert!(money.message(&mut head, 9, |_| String::new()).1.is_none());
}

#[test]
fn where_people_answer_only_danger_is_answered_by_a_fixed_text() {
    let off = |care| SofiFacts {
        mode: ReplyMode::Off,
        care: Some(care),
        ..facts()
    };
    let said = |care| {
        off(care)
            .message(&mut Head::default(), 7, |_| String::new())
            .1
    };
    assert!(said(Care::Crisis).is_some());
    assert!(said(Care::MoneyTrouble).is_none());
}

#[test]
fn in_an_accounts_chat_nothing_happens_without_its_owners_word() {
    let silent = SofiFacts {
        lets_ai: Some(false),
        ..facts()
    };
    let mut head = Head::default();
    let (decision, _) = silent.message(&mut head, 7, |_| String::new());
    assert_eq!(decision, SofiDecision::default());
    let crisis = SofiFacts {
        care: Some(Care::SelfHarm),
        ..silent
    };
    let (decision, said) = crisis.message(&mut head, 8, |_| "text".to_owned());
    assert_eq!((decision.care, said), (Some((Care::SelfHarm, false)), None));
    assert!(head.needs_person_since.is_some());
}

#[test]
fn in_an_accounts_chat_the_fan_is_told_before_anything_is_read() {
    let allowed = SofiFacts {
        lets_ai: Some(true),
        ..facts()
    };
    let mut head = Head::default();
    let ask = |facts: SofiFacts, head: &mut Head, number| {
        facts.message(head, number, |_| String::new()).0
    };
    let first = ask(allowed, &mut head, 7);
    assert_eq!((first.notice, first.turn), (true, TurnChange::Keep));
    let second = ask(allowed, &mut head, 8);
    assert_eq!(
        (second.notice, second.turn),
        (false, TurnChange::Keep),
        "it is on its way"
    );
    let later = SofiFacts {
        now: NOW.plus(NOTICE_AGAIN),
        ..allowed
    };
    assert!(ask(later, &mut head, 9).notice, "it did not arrive");
    head.noticed = Some(10);
    assert_eq!(
        ask(later, &mut head, 9).turn,
        TurnChange::Keep,
        "written before it"
    );
    assert_eq!(
        ask(later, &mut head, 11).turn,
        TurnChange::Wait { newest: 11 }
    );
}

#[test]
fn quiet_ends_for_a_fan_who_never_stops() {
    assert_eq!(quiet_until(NOW, NOW), NOW.plus(QUIET));
    let later = NOW.plus(Duration::from_secs(11));
    assert_eq!(quiet_until(NOW, later), NOW.plus(LONGEST_QUIET));
    let late = NOW.plus(Duration::from_secs(60));
    assert_eq!(quiet_until(NOW, late), late);
}
