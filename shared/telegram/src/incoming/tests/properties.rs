//! Properties that hold for any JSON and any bytes.

use proptest::prelude::*;

use super::*;
use crate::envelope::Unparsable;

/// Any JSON, rich in the words that the reader looks for.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "update_id",
        "message",
        "callback_query",
        "message_reaction",
        "my_chat_member",
        "pre_checkout_query",
        "chat",
        "from",
        "user",
        "id",
        "type",
        "date",
        "message_id",
        "text",
        "photo",
        "entities",
        "status",
        "new_chat_member",
        "reply_to_message",
        "successful_payment",
        "language_code",
        "aaa",
    ]);
    let key = prop_oneof![4 => word.prop_map(str::to_owned), 1 => ".{0,8}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::btree_map(key.clone(), inner, 0..7)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_object_is_read_by_all_stages_alike(value in any_json()) {
        let body = serde_json::to_vec(&value).expect("json");
        match (Envelope::parse(&body), Peek::read(&body)) {
            (Ok(envelope), Ok(peek)) => {
                prop_assert!(value.is_object());
                let _ = Incoming::read(&envelope);
                prop_assert_eq!(&peek.kind, &envelope.kind);
                prop_assert_eq!(peek.update_id, envelope.update_id);
                prop_assert_eq!((peek.chat_id, peek.user_id), (envelope.chat_id, envelope.user_id));
            }
            (Err(Unparsable::NotAnObject), Err(Unparsable::NotAnObject)) => prop_assert!(!value.is_object()),
            (a, b) => prop_assert!(false, "{a:?} {b:?}"),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(envelope) = Envelope::parse(&bytes) {
            let _ = Incoming::read(&envelope);
        }
        let _ = Peek::read(&bytes);
    }

    #[test]
    fn a_cut_body_is_never_an_update(at in 1usize..200) {
        let body = serde_json::to_vec(&json!({"update_id": 1, "message": message(&json!({"text": "hello"}))}))
            .expect("json");
        let cut = &body[..at.min(body.len() - 1)];
        let is_refused = |refusal| matches!(refusal, Some(Unparsable::NotJson { .. }));
        prop_assert!(is_refused(Envelope::parse(cut).err()));
        prop_assert!(is_refused(Peek::read(cut).err()));
    }

    #[test]
    fn any_text_comes_out_byte_for_byte(text in "\\PC{0,300}|(?s).{0,300}") {
        let read = message_of(&json!({"text": text}));
        prop_assert_eq!(read.words(), Some(text.as_str()));
    }
}

#[test]
fn bodies_that_are_no_updates_are_unparsable() {
    for body in ["", "null", "[]", "5", "\"message\"", "true"] {
        let expected = if body.is_empty() {
            Unparsable::NotJson { line: 1, column: 0 }
        } else {
            Unparsable::NotAnObject
        };
        assert_eq!(
            Envelope::parse(body.as_bytes()).err(),
            Some(expected.clone()),
            "{body}"
        );
        assert_eq!(Peek::read(body.as_bytes()).err(), Some(expected), "{body}");
    }
    for body in [&b"{} x"[..], b"{\"a\":1", b"\xff\xfe", b"<html>"] {
        assert!(matches!(
            Envelope::parse(body),
            Err(Unparsable::NotJson { .. })
        ));
        assert!(matches!(Peek::read(body), Err(Unparsable::NotJson { .. })));
    }
}

#[test]
fn a_body_of_bottomless_depth_is_refused_and_does_not_overflow() {
    let body = format!(
        "{{\"message\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(matches!(
        Envelope::parse(body.as_bytes()),
        Err(Unparsable::NotJson { .. })
    ));
    let _ = Peek::read(body.as_bytes());
}
