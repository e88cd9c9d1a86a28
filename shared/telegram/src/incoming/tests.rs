mod fixtures;
mod properties;

use serde_json::{Value, json};

use fixtures::{every_kind, fan, message, message_of, private, read};

use super::*;
use crate::envelope::Envelope;
use crate::peek::Peek;

#[test]
fn every_kind_of_the_api_is_stored_or_knowingly_not() {
    for (kind, update) in every_kind() {
        let stored = match read(&update) {
            Incoming::Unsupported { why, .. } => panic!("{kind}: {why}"),
            Incoming::NotStored { kind: named } => {
                assert_eq!(named, kind);
                false
            }
            _ => true,
        };
        let expected = matches!(
            kind,
            Kind::Message
                | Kind::EditedMessage
                | Kind::MessageReaction
                | Kind::MyChatMember
                | Kind::CallbackQuery
                | Kind::PreCheckoutQuery
                | Kind::BusinessConnection
                | Kind::BusinessMessage
                | Kind::EditedBusinessMessage
                | Kind::DeletedBusinessMessages
        );
        assert_eq!(stored, expected, "{kind}");
    }
}

#[test]
fn the_fixtures_are_updates_by_another_authors_reading() {
    for (kind, update) in every_kind() {
        let parsed = serde_json::from_value::<frankenstein::updates::Update>(update);
        assert!(parsed.is_ok(), "{kind}: {parsed:?}");
    }
}

#[test]
fn the_webhook_and_the_worker_agree_on_every_kind() {
    for (kind, update) in every_kind() {
        let body = serde_json::to_vec(&update).expect("json");
        let envelope = Envelope::parse(&body).expect("an object");
        let peek = Peek::read(&body).expect("an object");
        assert_eq!(peek.kind, envelope.kind, "{kind}");
        assert_eq!(peek.update_id, Some(77));
        assert_eq!(
            (peek.chat_id, peek.user_id, peek.group()),
            (envelope.chat_id, envelope.user_id, envelope.group()),
            "{kind}"
        );
    }
}

#[test]
fn all_private_updates_of_a_fan_share_one_queue_group() {
    for (kind, update) in every_kind() {
        let envelope = Envelope::from_value(update).expect("an object");
        if envelope.chat_id.is_none_or(|chat| chat > 0) && kind != Kind::Poll {
            assert_eq!(envelope.group_key("b1"), "b1#700001", "{kind}");
        }
    }
}

#[test]
fn a_pre_checkout_shows_the_webhook_all_it_needs_to_answer() {
    let (_, update) = every_kind()
        .into_iter()
        .find(|(kind, _)| *kind == Kind::PreCheckoutQuery)
        .expect("listed");
    let peek = Peek::read(&serde_json::to_vec(&update).expect("json")).expect("an object");
    assert_eq!(
        (peek.query_id.as_deref(), peek.language_code.as_deref()),
        (Some("p1"), Some("de"))
    );
    let reply = crate::pre_checkout_refusal("p1", "not yet");
    assert_eq!(
        reply,
        json!({"method": "answerPreCheckoutQuery", "pre_checkout_query_id": "p1", "ok": false, "error_message": "not yet"})
    );
}

#[test]
fn a_profile_is_read_whole_and_each_part_may_be_missing() {
    let profile = message_of(&json!({"text": "x"})).from.expect("a sender");
    assert_eq!(profile.display_name(), "Testa Name");
    assert_eq!(
        (
            profile.username.as_deref(),
            profile.language_code.as_deref()
        ),
        (Some("testa"), Some("de"))
    );
    assert!(profile.is_premium && !profile.is_bot);
    let bare = message_of(&json!({"text": "x", "from": {"id": 5}}))
        .from
        .expect("a sender");
    assert_eq!((bare.id, bare.display_name().as_str()), (5, ""));
    assert_eq!(
        message_of(&json!({"text": "x", "from": {"first_name": "no id"}})).from,
        None
    );
}

#[test]
fn texts_come_out_byte_for_byte() {
    let long = "😀".repeat(2048);
    assert_eq!(long.encode_utf16().count(), 4096);
    for text in [
        "שלום עולם",
        "مرحبا \u{202b}بالعالم\u{202c}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 e\u{301}",
        "zero\u{200b}width\u{200d}\u{feff}",
        "tab\tnew\nline\r\nend ",
        "\u{0}\u{1f}\u{7f}",
        "  blanks around  ",
        "",
        long.as_str(),
    ] {
        let body = serde_json::to_vec(
            &json!({"update_id": 1, "message": message(&json!({"text": text}))}),
        )
        .expect("json");
        let Incoming::Message(message) =
            Incoming::read(&Envelope::parse(&body).expect("an object"))
        else {
            panic!("not a message");
        };
        assert_eq!(message.words().expect("a text").as_bytes(), text.as_bytes());
    }
}

#[test]
fn escaped_and_plain_forms_of_a_text_are_equal() {
    let body = br#"{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"\u05e9\ud83d\ude00\u200b"}}"#;
    let Incoming::Message(message) = Incoming::read(&Envelope::parse(body).expect("an object"))
    else {
        panic!("not a message");
    };
    assert_eq!(message.words(), Some("ש😀\u{200b}"));
}

#[test]
fn a_start_link_names_the_source() {
    let message = message_of(&json!({"text": "/start promo-1",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}));
    assert_eq!(
        message
            .command()
            .and_then(|command| command.start_payload()),
        Some("promo-1")
    );
}

#[test]
fn the_largest_size_of_a_photo_is_the_photo() {
    let message = message_of(&json!({"caption": "see", "media_group_id": "m1", "photo": [
        {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
        {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960, "file_size": 1000},
        {"file_id": "middle", "file_unique_id": "m", "width": 320, "height": 240}]}));
    assert_eq!(message.media_group_id.as_deref(), Some("m1"));
    assert_eq!(message.words(), Some("see"));
    let media = message.media().expect("media");
    assert_eq!(
        (media.kind, media.file_id.as_deref(), media.size),
        (MediaKind::Photo, Some("large"), Some(1000))
    );
    assert_eq!((media.width, media.height), (Some(1280), Some(960)));
}

#[test]
fn special_kinds_win_over_the_general_ones_beside_them() {
    let file = json!({"file_id": "f", "file_unique_id": "u", "duration": 3, "mime_type": "video/mp4", "file_name": "a.mp4"});
    let message = message_of(&json!({"animation": file, "document": file}));
    let media = message.media().expect("media");
    assert_eq!(
        (media.kind, media.duration, media.file_name.as_deref()),
        (MediaKind::Animation, Some(3), Some("a.mp4"))
    );
    let place = json!({"latitude": 1.0, "longitude": 2.0});
    let message = message_of(
        &json!({"venue": {"location": place, "title": "t", "address": "a"}, "location": place}),
    );
    assert_eq!(
        message.media().map(|media| media.kind),
        Some(MediaKind::Venue)
    );
}

#[test]
fn every_media_kind_is_recognised_by_its_field() {
    for &kind in MediaKind::ALL {
        let body = if kind == MediaKind::Photo {
            json!([{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
        } else {
            json!({"file_id": "f", "file_unique_id": "u", "star_count": 5, "length": 240})
        };
        let message = message_of(&json!({kind.as_str(): body}));
        let media = message.media().unwrap_or_else(|| panic!("{kind:?}"));
        assert_eq!(media.kind, kind);
        assert_eq!(media.file_id.is_some(), kind.has_file(), "{kind:?}");
        assert_eq!(MediaKind::find(kind.as_str()), Some(kind));
    }
}

#[test]
fn contents_of_contacts_places_and_polls_are_not_kept() {
    let canary = "CANARY-49151";
    for (field, body) in [
        (
            "contact",
            json!({"phone_number": canary, "first_name": canary, "vcard": canary}),
        ),
        (
            "venue",
            json!({"title": canary, "address": canary, "location": {"latitude": 1.0, "longitude": 2.0}}),
        ),
        (
            "poll",
            json!({"id": canary, "question": canary, "options": [{"text": canary, "voter_count": 0}]}),
        ),
        (
            "checklist",
            json!({"title": canary, "tasks": [{"id": 1, "text": canary}]}),
        ),
        (
            "story",
            json!({"chat": {"id": 1, "type": "private", "first_name": canary}, "id": 1}),
        ),
        (
            "location",
            json!({"latitude": 49.151, "longitude": 2.0, "heading": canary}),
        ),
    ] {
        let message = message_of(&json!({field: body}));
        let media = message.media().expect("media");
        let kept = [
            &media.file_id,
            &media.file_unique_id,
            &media.file_name,
            &media.mime_type,
        ];
        assert!(
            kept.iter().all(|part| part.is_none()) && message.words().is_none(),
            "{field}"
        );
    }
}

#[test]
fn payments_and_refunds_keep_their_facts() {
    let paid = message_of(
        &json!({"successful_payment": {"currency": "XTR", "total_amount": 50, "invoice_payload": "o1",
        "telegram_payment_charge_id": "ch1", "provider_payment_charge_id": "", "is_recurring": true,
        "subscription_expiration_date": 1_797_000_000}}),
    );
    let Content::Paid(payment) = paid.content else {
        panic!("not paid")
    };
    assert_eq!(
        (
            payment.charge_id.as_str(),
            payment.total_amount,
            payment.currency.as_str()
        ),
        ("ch1", 50, "XTR")
    );
    assert!(payment.is_recurring && !payment.is_first_recurring);
    let refunded = message_of(
        &json!({"refunded_payment": {"currency": "XTR", "total_amount": 50, "invoice_payload": "o1",
        "telegram_payment_charge_id": "ch1"}}),
    );
    assert!(matches!(refunded.content, Content::Refunded(payment) if payment.charge_id == "ch1"));
}

#[test]
fn replies_count_within_the_chat_and_not_as_topics() {
    let target = message(&json!({"message_id": 7, "text": "before"}));
    assert_eq!(
        message_of(&json!({"text": "x", "reply_to_message": target})).reply_to,
        Some(7)
    );
    let elsewhere = json!({"message_id": 7, "date": 1, "chat": {"id": -5, "type": "group"}});
    assert_eq!(
        message_of(&json!({"text": "x", "reply_to_message": elsewhere})).reply_to,
        None
    );
    let topic = message(&json!({"message_id": 7, "forum_topic_created": {"name": "t"}}));
    let in_topic =
        message_of(&json!({"text": "x", "message_thread_id": 7, "reply_to_message": topic}));
    assert_eq!((in_topic.reply_to, in_topic.thread_id), (None, Some(7)));
}

#[test]
fn forwards_are_marked_even_with_an_unknown_origin() {
    let message =
        message_of(&json!({"text": "x", "forward_origin": {"type": "of_the_future", "date": 1}}));
    assert!(message.is_forwarded);
}

#[test]
fn service_messages_keep_their_name_only() {
    for (field, body) in [
        (
            "pinned_message",
            json!({"message_id": 1, "date": 0, "chat": private()}),
        ),
        ("new_chat_title", json!("secret title")),
        ("suggested_post_refunded", json!({"reason": "post_deleted"})),
        ("web_app_data", json!({"data": "d", "button_text": "b"})),
    ] {
        assert_eq!(
            message_of(&json!({field: body})).content,
            Content::Service(field)
        );
    }
}

#[test]
fn content_of_the_future_is_named_and_not_lost_in_silence() {
    let message = message_of(&json!({"hologram": {"file_id": "x"}, "effect_id": "1"}));
    assert_eq!(
        message.content,
        Content::Unknown(Some("hologram".to_owned()))
    );
    assert_eq!(message_of(&json!({})).content, Content::Unknown(None));
}

#[test]
fn a_message_that_telegram_no_longer_has_is_inaccessible() {
    let update =
        json!({"update_id": 1, "edited_message": {"message_id": 4, "date": 0, "chat": private()}});
    assert!(
        matches!(read(&update), Incoming::Edited(message) if message.content == Content::Inaccessible)
    );
    let callback = json!({"update_id": 1, "callback_query": {"id": "c", "from": fan(), "data": "d",
        "message": {"message_id": 4, "date": 0, "chat": private()}}});
    let Incoming::Callback(callback) = read(&callback) else {
        panic!("not a callback")
    };
    assert!(callback.is_inaccessible);
    assert_eq!(
        (callback.message_id, callback.chat.map(|chat| chat.id)),
        (Some(4), Some(700_001))
    );
}

#[test]
fn blocking_and_returning_are_told_in_private_chats_only() {
    let change = |chat: Value, status: &str| {
        let update = json!({"update_id": 1, "my_chat_member": {"chat": chat, "from": fan(), "date": 5,
            "old_chat_member": {"status": "of_the_future"}, "new_chat_member": {"status": status}}});
        match read(&update) {
            Incoming::Membership(membership) => membership.standing(),
            other => panic!("not a membership: {other:?}"),
        }
    };
    assert_eq!(change(private(), "kicked"), Some(Standing::Blocked));
    assert_eq!(change(private(), "member"), Some(Standing::Returned));
    assert_eq!(change(private(), "of_the_future"), None);
    assert_eq!(change(json!({"id": -5, "type": "group"}), "kicked"), None);
}

#[test]
fn reactions_of_the_future_do_not_lose_the_others() {
    let update = json!({"update_id": 1, "message_reaction": {"chat": private(), "message_id": 10, "user": fan(),
        "date": 5, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "❤"}, {"type": "paid"},
        {"type": "custom_emoji", "custom_emoji_id": "e1"}, {"type": "of_the_future"}]}});
    let Incoming::Reaction(reaction) = read(&update) else {
        panic!("not a reaction")
    };
    let expected = [
        Mark::Emoji("❤".to_owned()),
        Mark::Paid,
        Mark::Custom("e1".to_owned()),
        Mark::Other,
    ];
    assert_eq!(reaction.after, expected);
    assert!(reaction.before.is_empty());
}

#[test]
fn unknown_words_and_odd_types_never_refuse_a_message() {
    let message = message_of(&json!({
        "text": "x",
        "chat": {"id": 5, "type": "of_the_future"},
        "entities": [{"type": "of_the_future", "offset": 0, "length": 1}, 5, {"type": 7}],
        "from": {"id": 5, "is_premium": "yes", "username": 7, "language_code": null},
        "edit_date": "later", "media_group_id": 5, "reply_to_message": [], "extra": {"deep": [[]]}
    }));
    assert_eq!(message.chat.kind, ChatKind::Other);
    assert_eq!(message.words(), Some("x"));
}

#[test]
fn unknown_kinds_and_broken_known_ones_are_unsupported_with_a_reason() {
    let reason = |update: Value| match read(&update) {
        Incoming::Unsupported { kind, why } => (kind, why),
        other => panic!("supported: {other:?}"),
    };
    assert_eq!(
        reason(json!({"update_id": 1, "telepathy": {"chat": {"id": 5}}})),
        ("telepathy".to_owned(), WhyUnsupported::UnknownKind)
    );
    assert_eq!(
        reason(json!({"update_id": 1})),
        ("none".to_owned(), WhyUnsupported::UnknownKind)
    );
    assert_eq!(
        reason(json!({"message": 5})),
        ("message".to_owned(), WhyUnsupported::Missing("body"))
    );
    assert_eq!(
        reason(json!({"message": {"date": 1, "message_id": 1}})).1,
        WhyUnsupported::Missing("chat")
    );
    assert_eq!(
        reason(json!({"callback_query": {"id": "c"}})).1,
        WhyUnsupported::Missing("from")
    );
}

#[test]
fn an_unknown_kind_still_finds_its_queue_group() {
    let envelope = Envelope::from_value(
        json!({"update_id": 1, "telepathy": {"chat": {"id": 5, "type": "private"}}}),
    );
    assert_eq!(envelope.expect("an object").group(), 5);
}

#[test]
fn debug_shows_no_names_texts_or_payloads() {
    let canary = "CANARY";
    let person = json!({"id": 1, "first_name": canary, "last_name": canary, "username": canary});
    let updates = [
        json!({"message": message(&json!({"text": format!("/{canary} {canary}").replace("/CANARY", "/start"), "from": person,
            "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": canary}]}))}),
        json!({"message": message(&json!({"caption": canary, "document": {"file_id": canary, "file_name": canary}}))}),
        json!({"message": message(&json!({"successful_payment": {"currency": "XTR", "total_amount": 1,
            "invoice_payload": canary, "telegram_payment_charge_id": canary}}))}),
        json!({"message_reaction": {"chat": {"id": 1}, "message_id": 1, "date": 1, "user": person,
            "new_reaction": [{"type": "emoji", "emoji": canary}]}}),
        json!({"callback_query": {"id": "c", "from": person, "data": canary}}),
        json!({"pre_checkout_query": {"id": "p", "from": person, "currency": "XTR", "total_amount": 1, "invoice_payload": canary}}),
        json!({"my_chat_member": {"chat": {"id": 1}, "from": person, "date": 1, "new_chat_member": {"status": "member"}}}),
    ];
    for update in updates {
        let envelope = Envelope::from_value(update).expect("an object");
        let incoming = Incoming::read(&envelope);
        assert!(
            !matches!(incoming, Incoming::Unsupported { .. }),
            "{incoming:?}"
        );
        let peek = Peek::read(envelope.value().to_string().as_bytes()).expect("an object");
        for shown in [
            format!("{incoming:?}"),
            format!("{envelope:?}"),
            format!("{peek:?}"),
            format!("{incoming:#?}"),
        ] {
            assert!(!shown.contains(canary), "{shown}");
        }
    }
}
