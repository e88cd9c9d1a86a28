//! What is decided about an approval, without a database.

use domain::message::Reachability;

use super::*;
use crate::draft::tests::draft;
use crate::entry::tests;

/// A head whose newest message is the one that the draft answers, written before it.
fn head() -> ConversationRow {
    ConversationRow {
        last_inbound_at: Some(Timestamp::from_seconds(90)),
        draft_since: Some(Timestamp::from_seconds(100)),
        ..tests::head()
    }
}

fn code(head: &ConversationRow, author: Author, from_fan: bool, seen: Option<i64>) -> &'static str {
    let now = Timestamp::from_seconds(2);
    admit(head, &draft(1, 1).row, author, from_fan, seen, now)
        .map_or_else(|problem| problem.code(), |()| "goes on")
}

#[test]
fn a_draft_that_answers_the_newest_message_goes_out() {
    assert_eq!(code(&head(), Author::Ai, true, None), "goes on");
}

#[test]
fn a02_whoever_is_in_distress_or_asked_for_a_person_since_gets_a_persons_own_words() {
    let care = ConversationRow {
        care_at: Timestamp::from_seconds(95),
        ..head()
    };
    assert_eq!(code(&care, Author::Ai, true, None), "fan_in_care");
    assert_eq!(code(&care, Author::Person, true, None), "goes on");
    let asked = |seconds| ConversationRow {
        needs_person_since: Some(Timestamp::from_seconds(seconds)),
        ..head()
    };
    let at = draft(1, 1).row.at.seconds();
    assert_eq!(code(&asked(at), Author::Ai, true, None), "fan_wants_person");
    assert_eq!(code(&asked(at), Author::Person, true, None), "goes on");
    assert_eq!(code(&asked(at - 1), Author::Ai, true, None), "goes on");
    let wished = |seconds| ConversationRow {
        wished_at: Some(Timestamp::from_seconds(seconds)),
        ..asked(at - 9)
    };
    assert_eq!(
        code(&wished(at), Author::Ai, true, None),
        "fan_wants_person"
    );
    assert_eq!(code(&wished(at), Author::Person, true, None), "goes on");
    assert_eq!(code(&wished(at - 1), Author::Ai, true, None), "goes on");
}

#[test]
fn a_draft_that_the_fan_has_overtaken_is_refused_until_the_person_has_seen_why() {
    let newer = ConversationRow {
        last_message_id: 9,
        ..head()
    };
    for seen in [None, Some(7), Some(8)] {
        assert_eq!(
            code(&newer, Author::Ai, true, seen),
            "conversation_moved_on"
        );
    }
    assert_eq!(code(&newer, Author::Ai, true, Some(9)), "goes on");
}

#[test]
fn an_automatic_answer_does_not_hide_the_fans_newer_message() {
    let newer = ConversationRow {
        last_message_id: 9,
        last_inbound_at: Some(Timestamp::from_seconds(101)),
        ..head()
    };
    assert_eq!(
        code(&newer, Author::Person, false, None),
        "conversation_moved_on"
    );
    let ours_alone = ConversationRow {
        last_message_id: 9,
        ..head()
    };
    assert_eq!(code(&ours_alone, Author::Person, false, None), "goes on");
}

#[test]
fn a_fan_who_cannot_be_reached_is_named_first() {
    let blocked = ConversationRow {
        reachability: Reachability::Blocked,
        last_message_id: 9,
        ..head()
    };
    assert_eq!(code(&blocked, Author::Ai, true, None), "fan_unreachable");
}

#[test]
fn a_draft_that_was_only_touched_stays_the_ais_and_one_written_anew_is_the_persons() {
    let written = "Thank you for asking! How is yours?";
    assert_eq!(author(written, written), Author::Ai);
    assert_eq!(
        author(written, "Thank you for asking. How is yours?"),
        Author::Ai
    );
    assert_eq!(author(written, "It was fine. And yours?"), Author::Person);
}

#[test]
fn the_ai_says_what_it_is_and_a_person_need_not() {
    let dress_at = |disclosed_at, author, now| {
        let head = ConversationRow {
            disclosed_at,
            ..head()
        };
        dressed(
            &head,
            &draft(1, 1).row,
            "Mira",
            Some("de"),
            author,
            ("ok", true),
            now,
        )
    };
    let dress = |disclosed_at, author| dress_at(disclosed_at, author, Timestamp::from_seconds(200));
    let (text, discloses) = dress(None, Author::Ai);
    assert!(discloses && text.ends_with("\n\nok"), "{text}");
    assert!(text.contains("Mira") && text.contains("/human"), "{text}");
    assert_eq!(text.lines().count(), 4, "the full text has two lines");
    assert_eq!(
        dress(Some(Timestamp::from_seconds(100)), Author::Ai),
        ("ok".to_owned(), false)
    );
    assert_eq!(dress(None, Author::Person), ("ok".to_owned(), false));
    let told = Timestamp::from_seconds(100);
    let nearly_a_day = Timestamp::from_seconds(100 + 24 * 3600 - 5 * 60);
    assert!(
        dress_at(Some(told), Author::Ai, nearly_a_day).1,
        "it may leave when a day has passed"
    );
}

#[test]
fn a_text_that_says_itself_who_writes_gets_nothing_in_front() {
    let honest = DraftRow {
        discloses: true,
        ..draft(1, 1).row
    };
    let now = Timestamp::from_seconds(200);
    let dress = |author, untouched| {
        let text = ("I am an AI", untouched);
        dressed(&head(), &honest, "Mira", None, author, text, now)
    };
    assert_eq!(dress(Author::Ai, true), ("I am an AI".to_owned(), true));
    assert_eq!(
        dress(Author::Person, true),
        ("I am an AI".to_owned(), false)
    );
    let (touched, discloses) = dress(Author::Ai, false);
    assert!(
        discloses && touched.len() > 20,
        "nobody looks whether it still says so"
    );
}

fn fields(body: serde_json::Value) -> Vec<String> {
    let input: ApprovalIn = serde_json::from_value(body).expect("an input");
    let mut errors = FieldErrors::new();
    input.validate(&mut errors);
    match errors.finish() {
        Err(Problem::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn everything_wrong_is_reported_at_once() {
    let wrong = serde_json::json!({ "rev": "r", "text": " ", "last_seen_message_id": "07" });
    assert_eq!(fields(wrong), ["text", "last_seen_message_id"]);
    let right = serde_json::json!({ "rev": "r", "text": "a", "last_seen_message_id": "0" });
    assert!(fields(right).is_empty());
    assert!(fields(serde_json::json!({ "rev": "r" })).is_empty());
    assert!(serde_json::from_value::<ApprovalIn>(serde_json::json!({ "text": "a" })).is_err());
}

#[test]
fn p28_nothing_goes_to_a_fan_whose_data_is_only_kept_and_nothing_of_an_ai_to_one_who_wants_none() {
    let id = domain::ids::FanId::from_bytes([1; 16]);
    let fan = |restricted: bool, no_ai: bool| FanRow {
        restricted_at: restricted.then(|| Timestamp::from_seconds(1)),
        no_ai_at: no_ai.then(|| Timestamp::from_seconds(1)),
        ..FanRow::new(id, domain::Sealed::default(), Timestamp::default())
    };
    let code = |fan: &FanRow, author| {
        leave(Some(fan), author).map_or_else(|problem| problem.code(), |()| "goes on")
    };
    for author in [Author::Ai, Author::Person] {
        assert_eq!(code(&fan(true, false), author), "fan_restricted");
        assert_eq!(code(&fan(true, true), author), "fan_restricted");
        assert_eq!(code(&fan(false, false), author), "goes on");
    }
    assert_eq!(code(&fan(false, true), Author::Ai), "fan_refuses_ai");
    assert_eq!(code(&fan(false, true), Author::Person), "goes on");
}

#[test]
fn a_fan_in_care_in_another_chat_gets_a_persons_own_words_here() {
    let id = domain::ids::FanId::from_bytes([1; 16]);
    let other = ConversationId::from_bytes([8; 16]);
    let since = Timestamp::from_seconds(1);
    let fan = FanRow::new(id, domain::Sealed::default(), since);
    let code = |fan: &FanRow, author| {
        calm(Some(fan), author).map_or_else(|problem| problem.code(), |()| "goes on")
    };
    assert_eq!(code(&fan, Author::Ai), "goes on");
    let sad = fan.with_care_in(other, since);
    assert_eq!(code(&sad, Author::Ai), "fan_in_care");
    assert_eq!(code(&sad, Author::Person), "goes on");
    assert_eq!(code(&sad.without_care_in(other), Author::Ai), "goes on");
}
