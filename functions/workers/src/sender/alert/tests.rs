use super::*;

fn view(draft: Option<&str>) -> View {
    View {
        newest: 7,
        asked: false,
        unanswered: 0,
        card: Card {
            name: "Robin".into(),
            snippet: "when?".into(),
            ..Card::default()
        },
        draft: draft.map(|text| ("d.1".to_owned(), text.to_owned())),
    }
}

#[test]
fn nobody_is_alerted_to_what_has_been_dealt_with() {
    let quiet = view(None);
    for cause in [AlertCause::Draft, AlertCause::Person, AlertCause::Message] {
        assert!(
            told(&quiet, cause, Language::English).is_none(),
            "{cause:?}"
        );
    }
    let asked = View {
        asked: true,
        ..view(None)
    };
    assert!(told(&asked, AlertCause::Person, Language::English).is_some());
}

#[test]
fn a_draft_is_named_as_it_was_shown() {
    let ready = told(&view(Some("Friday")), AlertCause::Draft, Language::English);
    let ready = ready.expect("a draft waits");
    assert_eq!((ready.draft.as_deref(), ready.seen), (Some("d.1"), 7));
    assert!(ready.text.contains("Friday"));
    assert_eq!(ready.buttons.rows().len(), 2);
}

#[test]
fn a_draft_too_long_to_be_shown_cannot_be_approved_unseen() {
    let long = "x".repeat(MOST_SHOWN + 1);
    let ready = told(&view(Some(&long)), AlertCause::Draft, Language::English);
    let ready = ready.expect("a draft waits");
    assert!(!ready.text.contains("xxx"));
    assert_eq!(ready.buttons.rows().len(), 1);
}
