//! What updates mean for Sofi's turn.

use std::time::Duration;

use super::super::super::asked::Waiting;
use super::super::super::sofi::{SofiFacts, TurnChange};
use super::super::{Chat, Event, decide};
use super::{decided, edit, facts, read, text};
use care::Care;
use domain::Timestamp;
use domain::alert::AlertCause;
use domain::sofi::ReplyMode;
use rules::identity;
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
fn start_discloses_the_ai_in_the_fans_language_exactly_where_one_answers() {
    let start = |tag: &str, mode| {
        let mut update = text(1, 10, 100, "/start");
        update["message"]["from"]["language_code"] = tag.into();
        let (envelope, incoming) = read(&update);
        let mut facts = facts(envelope.update_id);
        facts.sofi.mode = mode;
        let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
        decision.replies[0].text.clone()
    };
    for (tag, ai, person) in [
        ("pl-PL", "może Ci odpowiadać AI", "Odpowiada Ci człowiek"),
        (
            "fr",
            "une IA peut te répondre",
            "une personne qui te répond",
        ),
        ("ja", "AIが返信する", "返信するのは人間です"),
        (
            "de",
            "kann dir eine KI antworten",
            "Dir antwortet ein Mensch",
        ),
        ("tlh", "an AI may answer you", "A person answers you"),
        ("", "an AI may answer you", "A person answers you"),
    ] {
        let auto = start(tag, ReplyMode::Auto);
        assert!(auto.contains(ai) && auto.contains("/human"), "{auto}");
        assert!(!auto.contains('🤖'), "it is said once: {auto}");
        let draft = start(tag, ReplyMode::Draft);
        assert_eq!(draft, auto, "what a person sends may be an AI's");
        let off = start(tag, ReplyMode::Off);
        assert!(off.contains(person) && !off.contains(ai), "{off}");
    }
}

#[test]
fn an_edit_that_turns_an_answered_message_into_the_question_who_writes_is_told_the_truth() {
    let asked = |mode, asks, turn| {
        let (envelope, incoming) = read(&text(1, 10, 100, "hello"));
        let stored = decide(&Chat::default(), &incoming, &facts(envelope.update_id));
        let stored = stored.expect("a decision").after;
        let (envelope, incoming) = read(&edit(2, 10, 200, "bist du ein Bot?"));
        let mut facts = facts(envelope.update_id);
        facts.sofi = SofiFacts {
            mode,
            asks,
            turn,
            ..facts.sofi
        };
        decide(&stored, &incoming, &facts).expect("a decision")
    };
    let edited = asked(ReplyMode::Auto, true, false);
    let honest = identity::honest_answer(wording::Language::German, "Mara Example");
    assert_eq!(
        (edited.replies.len(), edited.replies[0].text.as_str()),
        (1, honest.as_str())
    );
    assert!(edited.replies[0].discloses);
    assert!(asked(ReplyMode::Auto, false, false).replies.is_empty());
    assert!(asked(ReplyMode::Off, true, false).replies.is_empty());
    let turn = asked(ReplyMode::Auto, true, true);
    assert!(turn.replies.is_empty(), "the turn says it");
    assert_eq!(turn.sofi.turn, TurnChange::Wait { newest: 10 });
}

#[test]
fn an_edit_of_an_answered_message_into_the_question_is_told_the_truth_though_a_turn_waits() {
    let edited = |answered_through| {
        let (envelope, incoming) = read(&text(1, 10, 100, "hello"));
        let stored = decide(&Chat::default(), &incoming, &facts(envelope.update_id));
        let mut stored = stored.expect("a decision").after;
        let head = stored.head.as_mut().expect("a head");
        (head.answered_through, head.last_message_id) = (answered_through, 12);
        let (envelope, incoming) = read(&edit(2, 10, 200, "bist du ein Bot?"));
        let mut facts = facts(envelope.update_id);
        facts.sofi = SofiFacts {
            mode: ReplyMode::Auto,
            asks: true,
            turn: true,
            ..facts.sofi
        };
        let decision = decide(&stored, &incoming, &facts).expect("a decision");
        assert_eq!(decision.sofi.turn, TurnChange::Wait { newest: 12 });
        let replies = decision.replies.into_iter();
        replies.filter(|reply| reply.discloses).count()
    };
    assert_eq!(edited(11), 1, "the turn answers what came after");
    assert_eq!(edited(9), 0, "the turn says it");
}

#[test]
fn who_asked_a_moment_before_who_writes_is_told_the_truth_where_the_turn_ends() {
    let asked_in = wording::Language::Spanish;
    for (words, care) in [
        ("/human", None),
        ("/noai", None),
        ("ich will sterben", Some(Care::SelfHarm)),
    ] {
        let (envelope, incoming) = read(&text(1, 10, 100, words));
        let mut facts = facts(envelope.update_id);
        facts.sofi = SofiFacts {
            mode: ReplyMode::Auto,
            turn: true,
            care,
            waiting: Waiting {
                asks: Some(asked_in),
                ..Waiting::default()
            },
            ..facts.sofi
        };
        let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
        assert!(matches!(decision.sofi.turn, TurnChange::End(_)), "{words}");
        assert_eq!(decision.replies.len(), 2, "{words}");
        let honest = identity::honest_answer(asked_in, "Mara Example");
        assert_eq!(decision.replies[1].text, honest, "{words}");
        assert!(decision.replies[1].discloses, "{words}");
    }
}

#[test]
fn an_edit_takes_back_the_draft_that_answers_the_former_words_and_another_is_written() {
    let edited = |mode, words: &str, answered_through| {
        let (envelope, incoming) = read(&text(1, 10, 100, "shall i buy the red car?"));
        let stored = decide(&Chat::default(), &incoming, &facts(envelope.update_id));
        let mut stored = stored.expect("a decision").after;
        let head = stored.head.as_mut().expect("a head");
        head.draft_since = Some(Timestamp::from_seconds(110));
        head.answered_through = answered_through;
        let (envelope, incoming) = read(&edit(2, 10, 200, words));
        let mut facts = facts(envelope.update_id);
        facts.sofi.mode = mode;
        let decision = decide(&stored, &incoming, &facts).expect("a decision");
        let head = decision.after.head.as_ref().expect("a head");
        let waits = head.draft_since.is_some();
        (decision.sofi.turn, decision.sofi.outdates, waits)
    };
    let anew = TurnChange::Wait { newest: 10 };
    let other = "shall i sell my house?";
    assert_eq!(edited(ReplyMode::Draft, other, 0), (anew, true, false));
    let gone = (TurnChange::Keep, true, false);
    assert_eq!(edited(ReplyMode::Off, other, 0), gone);
    let stays = (TurnChange::Keep, false, true);
    let same = "shall i buy the red car?";
    assert_eq!(edited(ReplyMode::Draft, same, 0), stays);
    assert_eq!(edited(ReplyMode::Draft, other, 10), stays, "it is answered");
}

#[test]
fn distress_behind_a_command_begins_care_mode_and_the_command_is_carried_out() {
    let (envelope, incoming) = read(&text(1, 10, 100, "/stop i want to die"));
    let mut facts = facts(envelope.update_id);
    facts.sofi.care = Some(Care::SelfHarm);
    let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
    assert_eq!(decision.sofi.care, Some((Care::SelfHarm, true)));
    assert_eq!(decision.alert, Some(AlertCause::Care));
    assert_eq!(
        decision.replies.len(),
        2,
        "the command's text and the caring one"
    );
    let fan = decision.after.fan.as_ref().expect("a fan");
    assert!(fan.stopped_at.is_some());
    let head = decision.after.head.as_ref().expect("a head");
    assert!(head.needs_person_since.is_some() && head.care_at == facts.sofi.now);
}

#[test]
fn care_that_begins_in_a_chat_is_the_fans_in_all_of_them() {
    let (envelope, incoming) = read(&text(1, 10, 100, "a"));
    let mut sad = facts(envelope.update_id);
    sad.sofi.care = Some(Care::SelfHarm);
    let decision = decide(&Chat::default(), &incoming, &sad).expect("a decision");
    let fan = decision.after.fan.as_ref().expect("a fan");
    assert_eq!(
        (fan.care_at, fan.cared_for_here),
        (Some(sad.sofi.now), true)
    );
    let calm = decided(&Chat::default(), &text(1, 10, 100, "a"));
    let fan = calm.after.fan.as_ref().expect("a fan");
    assert_eq!((fan.care_at, fan.cared_for_here), (None, false));
}

#[test]
fn a_chat_that_an_earlier_release_put_in_care_makes_it_the_fans_with_the_next_update() {
    let mut before = decided(&Chat::default(), &text(1, 10, 100, "a")).after;
    before.message = None;
    let since = Timestamp::from_seconds(50);
    before.head.as_mut().expect("a head").care_at = since;
    let decision = decided(&before, &text(2, 11, 200, "b"));
    let fan = decision.after.fan.as_ref().expect("a fan");
    assert_eq!((fan.care_at, fan.cared_for_here), (Some(since), true));
    assert!(decision.events.contains(&Event::FanChanged));
}

#[test]
fn a_wish_for_a_person_with_distress_in_it_holds_sofi_and_ends_the_turn_for_care() {
    let (envelope, incoming) = read(&text(1, 10, 100, "/human i want to die"));
    let mut facts = facts(envelope.update_id);
    facts.sofi = SofiFacts {
        mode: ReplyMode::Auto,
        turn: true,
        care: Some(Care::SelfHarm),
        ..facts.sofi
    };
    let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
    assert_eq!(decision.sofi.hold, Some(domain::sofi::HoldReason::Fan));
    assert_eq!(decision.sofi.turn, TurnChange::End("care"));
    assert!(decision.reminds_since.is_some());
}

#[test]
fn the_question_who_writes_behind_a_command_is_told_the_truth_where_sofi_writes() {
    let asked = |mode| {
        let (envelope, incoming) = read(&text(1, 10, 100, "/human bist du ein Bot?"));
        let mut facts = facts(envelope.update_id);
        (facts.sofi.mode, facts.sofi.asks) = (mode, true);
        let decision = decide(&Chat::default(), &incoming, &facts).expect("a decision");
        let replies = decision.replies.into_iter();
        replies.filter(|reply| reply.discloses).count()
    };
    assert_eq!(asked(ReplyMode::Auto), 1);
    assert_eq!(asked(ReplyMode::Draft), 1);
    assert_eq!(
        asked(ReplyMode::Off),
        0,
        "where only people write there is no AI"
    );
}

#[test]
fn the_team_hears_of_distress_also_where_a_person_is_asked_for_and_is_reminded_once() {
    let sad = |before: &Chat, number, care| {
        let (envelope, incoming) = read(&text(number, number, 100, "a"));
        let mut facts = facts(envelope.update_id);
        facts.sofi.care = Some(care);
        decide(before, &incoming, &facts).expect("a decision")
    };
    let next = |chat: Chat| Chat {
        message: None,
        ..chat
    };
    let (envelope, incoming) = read(&text(1, 10, 100, "/human"));
    let waits = decide(&Chat::default(), &incoming, &facts(envelope.update_id));
    let waits = waits.expect("a decision");
    assert_eq!(waits.alert, Some(AlertCause::Person));
    assert_eq!(waits.reminds_since, None);
    let since = waits
        .after
        .head
        .as_ref()
        .and_then(|head| head.needs_person_since);
    let begins = sad(&next(waits.after), 11, Care::MoneyTrouble);
    assert_eq!(begins.alert, Some(AlertCause::Care));
    assert_eq!(begins.reminds_since, since);
    let graver = sad(&next(begins.after), 12, Care::SelfHarm);
    assert_eq!(graver.alert, Some(AlertCause::Care));
    assert_eq!(graver.reminds_since, None, "the clock goes on");
    let same = sad(&next(graver.after), 13, Care::SelfHarm);
    assert_eq!((same.alert, same.reminds_since), (None, None));
    let mut answered = same.after;
    answered.head.as_mut().expect("a head").needs_person_since = None;
    let again = sad(&next(answered), 14, Care::SelfHarm);
    assert_eq!(again.alert, Some(AlertCause::Care), "it waits anew");
    assert!(again.reminds_since.is_some());
}

#[test]
fn a_wish_for_a_person_is_news_where_one_is_asked_for_already_and_again_after_a_while() {
    let mut chat = Chat::default();
    chat.head.get_or_insert_default().needs_person_since = Some(Timestamp::from_seconds(50));
    let mut wishes = |number: i64, seconds: i64| {
        let (envelope, incoming) = read(&text(number, number, seconds, "/human"));
        let before = Chat {
            message: None,
            ..chat.clone()
        };
        let decision = decide(&before, &incoming, &facts(envelope.update_id)).expect("a decision");
        assert_eq!(decision.replies.len(), 1, "the fan is told each time");
        chat = decision.after;
        let head = chat.head.as_ref().expect("a head");
        assert_eq!(head.needs_person_since, Some(Timestamp::from_seconds(50)));
        let moment = head.wished_at.map(Timestamp::seconds);
        (decision.alert, moment)
    };
    let alert = Some(AlertCause::Person);
    assert_eq!(wishes(10, 100), (alert, Some(100)), "it was another reason");
    assert_eq!(wishes(11, 200), (None, Some(200)));
    assert_eq!(wishes(12, 200 + 3_600), (alert, Some(3_800)));
    assert_eq!(wishes(13, 300), (None, Some(3_800)), "it came late");
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

#[test]
fn who_asks_for_a_person_again_is_told_again_when_to_expect_one_and_the_team_only_once_that_time_is_over()
 {
    let asks = |before: &Chat, number: i64, change: &dyn Fn(&mut SofiFacts)| {
        let (envelope, incoming) = read(&text(number, number, 8_990 + number, "/human"));
        let mut facts = facts(envelope.update_id);
        (facts.sofi.mode, facts.sofi.hours) = (ReplyMode::Auto, 6);
        change(&mut facts.sofi);
        let decision = decide(before, &incoming, &facts).expect("a decision");
        assert!(decision.replies[0].text.contains("6 Stunden"), "{number}");
        let hold = Some(domain::sofi::HoldReason::Fan);
        assert_eq!(decision.sofi.hold, hold, "Sofi is silent as long anew");
        let chat = Chat {
            message: None,
            ..decision.after
        };
        (decision.alert, chat)
    };
    let (first, chat) = asks(&Chat::default(), 1, &|_| {});
    assert_eq!(first, Some(AlertCause::Person));
    let soon = asks(&chat, 2, &|_| {}).0;
    assert_eq!(soon, None, "also where the hold was ended");
    let late = |sofi: &mut SofiFacts| sofi.now = sofi.now.plus(Duration::from_secs(6 * 3600));
    let overdue = asks(&chat, 3, &late).0;
    assert_eq!(overdue, Some(AlertCause::Person));
    let held = |sofi: &mut SofiFacts| {
        late(sofi);
        let until = sofi.now.plus(Duration::from_secs(60));
        sofi.held = Some((domain::sofi::HoldReason::Fan, until));
    };
    assert_eq!(asks(&chat, 4, &held).0, None, "the second promise stands");
}
