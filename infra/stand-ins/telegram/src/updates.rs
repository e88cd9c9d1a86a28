//! Update kinds: which are sent by default, which queue they wait in, how long they live.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// All kinds of Bot API 10.3.
pub(crate) const KINDS: [&str; 27] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
    "subscription",
    "stopped_message_generation",
];

/// Kinds that a bot gets only when it names them.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// The body of an update: JSON, or any text that a test wants delivered as it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Body {
    Json(Value),
    Text(String),
}

impl Body {
    /// The bytes on the wire. Telegram writes JSON in ASCII: everything else becomes `\u` escapes.
    pub(crate) fn wire(&self) -> String {
        match self {
            Self::Json(value) => ascii_json(&value.to_string()),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Escapes every non-ASCII character of a JSON document (they can only stand inside strings).
pub(crate) fn ascii_json(json: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            out.push(character);
            continue;
        }
        let mut units = [0_u16; 2];
        for unit in character.encode_utf16(&mut units) {
            write!(out, "\\u{unit:04x}").expect("writing to a String cannot fail");
        }
    }
    out
}

/// Whether a bot with these `allowed_updates` gets this kind. `None` is the default set.
pub(crate) fn is_allowed(kind: &str, allowed: Option<&BTreeSet<String>>) -> bool {
    match allowed {
        Some(names) => names.contains(kind),
        None => !ON_REQUEST.contains(&kind),
    }
}

/// The set that a request's list stands for: unknown names are ignored, and a list without any known name is the default.
pub(crate) fn parse_allowed<'a>(names: impl Iterator<Item = &'a str>) -> Option<BTreeSet<String>> {
    let known: BTreeSet<String> = names
        .filter(|name| KINDS.contains(name))
        .map(str::to_owned)
        .collect();
    (!known.is_empty()).then_some(known)
}

/// Milliseconds that an undelivered update of this kind is kept.
pub(crate) fn lifetime_ms(kind: &str) -> u64 {
    match kind {
        "callback_query" | "pre_checkout_query" | "shipping_query" => 150_000,
        "inline_query" => 30_000,
        "chosen_inline_result" => 600_000,
        _ => 24 * 3_600_000,
    }
}

/// The queue that keeps this update in order: by chat, or by user, each family apart.
pub(crate) fn queue_key(kind: &str, payload: &Value) -> String {
    let id = |path: &str| payload.pointer(path).map(ToString::to_string);
    let (family, id) = match kind {
        "message"
        | "edited_message"
        | "channel_post"
        | "edited_channel_post"
        | "stopped_message_generation" => ("chat", id("/chat/id")),
        "guest_message" => ("guest", id("/chat/id")),
        "business_message" | "edited_business_message" | "deleted_business_messages" => {
            ("business", id("/chat/id"))
        }
        "business_connection" => ("connection", id("/user/id")),
        "message_reaction" => ("reaction", id("/chat/id")),
        "message_reaction_count" => ("reaction_count", id("/chat/id")),
        "callback_query" => ("callback", id("/from/id")),
        "shipping_query" | "pre_checkout_query" => ("checkout", id("/from/id")),
        "inline_query" => ("inline", id("/from/id")),
        "chosen_inline_result" => ("chosen", id("/from/id")),
        "purchased_paid_media" => ("paid", id("/from/id")),
        "my_chat_member" => ("membership", id("/chat/id")),
        // Of whose membership it is, whoever changed it: a request to join and what became of it keep their order.
        "chat_member" => ("member", id("/new_chat_member/user/id")),
        "chat_join_request" => ("member", id("/from/id")),
        "poll" => ("poll", id("/id")),
        "poll_answer" => ("poll", id("/poll_id")),
        "chat_boost" | "removed_chat_boost" => ("boost", id("/chat/id")),
        "subscription" | "managed_bot" => ("user", id("/user/id")),
        other => (other, None),
    };
    format!("{family}:{}", id.unwrap_or_default())
}

/// The kind of a raw update: its one key that is not `update_id`.
pub(crate) fn kind_of(update: &Value) -> Option<&str> {
    let object = update.as_object()?;
    object
        .keys()
        .find(|key| KINDS.contains(&key.as_str()))
        .or_else(|| object.keys().find(|key| *key != "update_id"))
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reactions_and_chat_members_are_left_out_by_default() {
        for kind in KINDS {
            assert_eq!(
                is_allowed(kind, None),
                !ON_REQUEST.contains(&kind),
                "{kind}"
            );
        }
    }

    #[test]
    fn naming_one_kind_switches_off_every_other() {
        let allowed = parse_allowed(["message", "from_the_future"].into_iter());
        assert!(is_allowed("message", allowed.as_ref()));
        assert!(!is_allowed("callback_query", allowed.as_ref()));
    }

    #[test]
    fn a_list_of_unknown_names_is_the_default() {
        assert_eq!(parse_allowed(["from_the_future"].into_iter()), None);
    }

    #[test]
    fn a_message_and_a_callback_of_one_person_wait_in_different_queues() {
        let message = queue_key("message", &json!({ "chat": { "id": 5 } }));
        let edit = queue_key("edited_message", &json!({ "chat": { "id": 5 } }));
        let callback = queue_key("callback_query", &json!({ "from": { "id": 5 } }));
        assert_eq!(message, edit);
        assert_ne!(message, callback);
    }

    #[test]
    fn a_request_to_join_and_what_an_admin_made_of_it_wait_in_the_queue_of_who_asked() {
        let asked = queue_key(
            "chat_join_request",
            &json!({ "from": { "id": 5 }, "chat": { "id": -1 } }),
        );
        let member = |who: u64| {
            let change =
                json!({ "from": { "id": 9 }, "new_chat_member": { "user": { "id": who } } });
            queue_key("chat_member", &change)
        };
        assert_eq!(member(5), asked);
        assert_ne!(member(6), asked);
    }

    #[test]
    fn a_poll_and_its_answers_share_a_queue_while_reactions_and_their_counts_do_not() {
        let answer = json!({ "poll_id": "7", "user": { "id": 5 } });
        assert_eq!(
            queue_key("poll", &json!({ "id": "7" })),
            queue_key("poll_answer", &answer)
        );
        let chat = json!({ "chat": { "id": 5 } });
        let apart = [
            "message",
            "guest_message",
            "message_reaction",
            "message_reaction_count",
            "business_message",
        ];
        let queues: BTreeSet<String> = apart.iter().map(|kind| queue_key(kind, &chat)).collect();
        assert_eq!(queues.len(), apart.len(), "{queues:?}");
    }

    #[test]
    fn bodies_are_ascii_and_keep_their_meaning() {
        let value = json!({ "text": "שלום 👩‍🚀 \u{200d}é\n\"" });
        let wire = Body::Json(value.clone()).wire();
        assert!(wire.is_ascii());
        assert_eq!(serde_json::from_str::<Value>(&wire).unwrap(), value);
    }
}
