use super::*;
use domain::ids::{BotId, ConversationId, FanId};
use domain::message::Reachability;
use domain::{Sealed, Timestamp};

fn view(draft: Option<&str>) -> View {
    View {
        head: ConversationRow {
            id: ConversationId::from_bytes([1; 16]),
            bot: BotId::from_bytes([2; 16]),
            fan: FanId::from_bytes([3; 16]),
            card: Sealed::default(),
            reachability: Reachability::Reachable,
            last_message_id: 7,
            last_activity: Timestamp::default(),
            last_inbound_at: None,
            unanswered: 0,
            needs_person_since: None,
            ai_mode: None,
            disclosed_at: None,
            promised_at: None,
            care_at: Timestamp::default(),
            care_answered_at: None,
            draft_since: None,
            answered_through: 0,
            account: None,
            notice_at: None,
            noticed: None,
            assigned_to: None,
            snoozed_until: None,
            done_at: None,
            unread: 0,
            newest_author: None,
            newest_by: None,
        },
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
    let mut asked = view(None);
    asked.head.needs_person_since = Some(Timestamp::from_seconds(1));
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
