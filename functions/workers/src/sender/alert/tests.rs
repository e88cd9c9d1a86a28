use domain::content::Card;
use domain::ids::ConversationId;
use domain::message::Author;

use super::*;

fn alert(cause: AlertCause) -> Alert {
    Alert {
        about: ConversationId::from_bytes([1; 16]),
        cause,
        draft: None,
        unanswered_since: None,
    }
}

fn view(draft: Option<&str>) -> View {
    View {
        newest: 7,
        asked: None,
        in_care: false,
        unanswered: 0,
        card: KeptCard {
            card: Card {
                name: "Robin".into(),
                snippet: "when?".into(),
                from_fan: true,
                ..Card::default()
            },
            ..KeptCard::default()
        },
        draft: draft.map(|text| ("d.1".to_owned(), text.to_owned())),
    }
}

#[test]
fn nobody_is_alerted_to_what_has_been_dealt_with() {
    let quiet = view(None);
    for cause in [
        AlertCause::Care,
        AlertCause::Draft,
        AlertCause::Person,
        AlertCause::Message,
    ] {
        assert!(
            told(&quiet, &alert(cause), Language::English).is_none(),
            "{cause:?}"
        );
    }
    let asked = View {
        asked: Some(Timestamp::from_seconds(60)),
        ..view(None)
    };
    assert!(told(&asked, &alert(AlertCause::Person), Language::English).is_some());
}

#[test]
fn somebody_in_distress_is_told_of_again_until_a_person_answers_or_ends_it() {
    let since = Timestamp::from_seconds(60);
    let reminder = Alert {
        unanswered_since: Some(since),
        ..alert(AlertCause::Care)
    };
    let waits = |asked, in_care| {
        let view = View {
            asked,
            in_care,
            ..view(None)
        };
        told(&view, &reminder, Language::English)
    };
    let ready = waits(Some(since), true).expect("nobody has answered");
    assert!(ready.text.contains("Nobody has answered"), "{}", ready.text);
    assert!(waits(None, true).is_none(), "a person has answered");
    assert!(waits(Some(since), false).is_none(), "care has ended");
    let anew = Some(Timestamp::from_seconds(600));
    assert!(
        waits(anew, true).is_none(),
        "answered, and then asked for anew"
    );
}

#[test]
fn a_draft_is_named_as_it_was_shown() {
    let ready = told(
        &view(Some("Friday")),
        &alert(AlertCause::Draft),
        Language::English,
    );
    let ready = ready.expect("a draft waits");
    assert_eq!((ready.draft.as_deref(), ready.seen), (Some("d.1"), 7));
    assert!(ready.text.contains("Friday"));
    assert_eq!(ready.buttons.rows().len(), 2);
}

#[test]
fn a_draft_too_long_to_be_shown_cannot_be_approved_unseen() {
    let long = "x".repeat(MOST_SHOWN + 1);
    let ready = told(
        &view(Some(&long)),
        &alert(AlertCause::Draft),
        Language::English,
    );
    let ready = ready.expect("a draft waits");
    assert!(!ready.text.contains("xxx"));
    assert_eq!(ready.buttons.rows().len(), 1);
}

#[test]
fn only_what_tells_of_distress_goes_while_a_workspace_is_being_closed() {
    let goes = |cause| tells_of_distress(&Outgoing::Alert(alert(cause)));
    assert!(goes(AlertCause::Care));
    for other in [AlertCause::Draft, AlertCause::Message, AlertCause::Rewrite] {
        assert!(!goes(other), "{other:?}");
    }
    assert!(!tells_of_distress(&Outgoing::Typing));
}

#[test]
fn the_bots_own_greeting_is_not_told_as_the_fans_words() {
    let mut greeted = view(Some("Friday!"));
    greeted
        .card
        .take_ours("Hi! This is the bot of Mira Vale.".into());
    let ready = told(&greeted, &alert(AlertCause::Draft), Language::English);
    let text = ready.expect("an alert").text;
    assert!(text.contains("Robin wrote:\nwhen?"), "{text}");
    assert!(!text.contains("This is the bot"), "{text}");
}

#[test]
fn what_a_file_says_of_the_fan_is_not_told_as_their_words() {
    for author in [Author::Fan, Author::Person] {
        let mut brought = view(Some("Friday!"));
        brought.card.take_told(999, author, "of a file".into());
        let ready = told(&brought, &alert(AlertCause::Draft), Language::English);
        let text = ready.expect("an alert").text;
        assert!(text.contains("Robin wrote:\nwhen?"), "{text}");
        assert!(!text.contains("of a file"), "{text}");
    }
}
