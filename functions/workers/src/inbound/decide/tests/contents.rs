//! What is in a message, which chats count, and what an update of an unusual form becomes.

use super::*;

#[test]
fn a_payment_is_shown_and_its_facts_are_kept_raw() {
    let mut paid = text(1, 10, 100, "");
    let body = paid["message"].as_object_mut().expect("an object");
    body.remove("text");
    body.insert(
        "successful_payment".into(),
        json!({"currency": "XTR", "total_amount": 5, "invoice_payload": "p",
        "telegram_payment_charge_id": "c", "provider_payment_charge_id": ""}),
    );
    let decision = decided(&Chat::default(), &paid);
    assert_eq!(
        (message(&decision.after).kind.as_str(), decision.park),
        ("payment", Some(content::PAYMENT))
    );
}

#[test]
fn content_of_the_future_is_shown_as_unsupported_kept_raw_and_read_after_an_upgrade() {
    let mut unknown = text(1, 10, 100, "");
    let body = unknown["message"].as_object_mut().expect("an object");
    body.remove("text");
    body.insert("hologram".into(), json!({}));
    let first = decided(&Chat::default(), &unknown);
    assert_eq!(
        (message(&first.after).kind.as_str(), first.park),
        (content::UNSUPPORTED, Some(content::CONTENT))
    );
    let replayed = decided(&first.after, &text(1, 10, 100, "now I can read"));
    assert_eq!(
        message(&replayed.after).content.content.text.as_deref(),
        Some("now I can read")
    );
    assert_eq!(
        (replayed.verdict, head(&replayed.after).unanswered),
        (Verdict::Changed, 1)
    );
}

#[test]
fn a_caption_and_a_file_are_kept_together_and_a_location_leaves_its_kind_only() {
    let mut photo = text(1, 10, 100, "");
    let body = photo["message"].as_object_mut().expect("an object");
    body.remove("text");
    body.insert(
        "photo".into(),
        json!([{"file_id": "f", "file_unique_id": "u", "width": 10, "height": 20, "file_size": 3}]),
    );
    body.insert("caption".into(), json!("look"));
    body.insert("media_group_id".into(), json!("album-1"));
    body.insert(
        "reply_to_message".into(),
        json!({"message_id": 4, "date": 1, "chat": chat()}),
    );
    let stored = after(&Chat::default(), &photo);
    let message = message(&stored);
    assert_eq!(
        (
            message.kind.as_str(),
            message.album.as_deref(),
            message.reply_to
        ),
        ("photo", Some("album-1"), Some(4))
    );
    assert_eq!(
        message
            .content
            .content
            .media
            .as_ref()
            .map(|media| media.file_id.as_str()),
        Some("f")
    );
    assert_eq!(head(&stored).card.card.snippet, "look");

    let mut place = text(2, 11, 100, "");
    let body = place["message"].as_object_mut().expect("an object");
    body.remove("text");
    body.insert(
        "location".into(),
        json!({"latitude": 1.5, "longitude": 2.5}),
    );
    let stored = after(&Chat::default(), &place);
    assert_eq!(self::message(&stored).kind, "location");
    assert!(self::message(&stored).content.content.media.is_none());
}

#[test]
fn a_message_without_a_date_stands_where_it_was_received() {
    let stored = after(&Chat::default(), &text(1, 10, 0, "a"));
    assert_eq!(
        (message(&stored).kind.as_str(), message(&stored).at),
        ("inaccessible", NOW)
    );
    assert_eq!(head(&stored).unanswered, 0);
}

#[test]
fn an_update_without_a_number_is_worked_like_any_other() {
    let mut update = text(1, 10, 100, "a");
    update
        .as_object_mut()
        .expect("an object")
        .remove("update_id");
    assert_eq!(decided(&Chat::default(), &update).verdict, Verdict::Stored);
}

#[test]
fn what_is_not_a_private_chats_is_skipped_or_kept_raw() {
    let subject_of = |update: Value| {
        let (envelope, incoming) = read(&update);
        subject(&envelope, &incoming)
    };
    let group = |kind: &str| json!({"message_id": 1, "date": 1, "text": "a", "chat": {"id": -5, "type": kind}});
    for kind in ["group", "supergroup", "channel"] {
        assert_eq!(
            subject_of(json!({"update_id": 1, "message": group(kind)})),
            NOT_PRIVATE
        );
        assert_eq!(
            subject_of(json!({"update_id": 1, "new_kind": group(kind)})),
            NOT_PRIVATE
        );
        assert_eq!(
            subject_of(json!({"update_id": 1, "message": {"chat": {"id": -5, "type": kind}}})),
            NOT_PRIVATE
        );
    }
    assert_eq!(
        subject_of(json!({"update_id": 1, "channel_post": group("channel")})),
        Subject::Skip("channel_post")
    );
    assert_eq!(
        subject_of(json!({"update_id": 1, "poll": {"id": "1"}})),
        Subject::Skip("poll")
    );
    assert_eq!(
        subject_of(json!({"update_id": 1, "hologram": {}})),
        Subject::Park("unsupported_kind")
    );
    assert_eq!(
        subject_of(json!({"update_id": 1})),
        Subject::Park("unsupported_kind")
    );
    assert_eq!(
        subject_of(json!({"update_id": 1, "message": {}})),
        Subject::Park("incomplete")
    );
    assert_eq!(subject_of(text(1, 0, 1, "a")), Subject::Park("incomplete"));
    assert_eq!(
        subject_of(standing(1, 1, "hovering")),
        Subject::Skip("standing_unknown")
    );
}
