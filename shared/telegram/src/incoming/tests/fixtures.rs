//! Updates to read.

use serde_json::{Value, json};

use crate::envelope::Envelope;
use crate::incoming::{Incoming, Message};
use crate::kind::Kind;

pub(super) fn read(update: &Value) -> Incoming {
    Incoming::read(&Envelope::from_value(update.clone()).expect("an object"))
}

pub(super) fn fan() -> Value {
    json!({"id": 700_001, "is_bot": false, "first_name": "Testa", "last_name": "Name", "username": "testa",
        "language_code": "de", "is_premium": true})
}

pub(super) fn private() -> Value {
    json!({"id": 700_001, "type": "private", "first_name": "Testa"})
}

/// A private message with the given extra fields.
pub(super) fn message(extra: &Value) -> Value {
    let mut message =
        json!({"message_id": 10, "date": 1_795_000_000, "chat": private(), "from": fan()});
    let fields = message.as_object_mut().expect("an object");
    for (key, value) in extra.as_object().expect("an object") {
        fields.insert(key.clone(), value.clone());
    }
    message
}

pub(super) fn message_of(extra: &Value) -> Message {
    match read(&json!({"update_id": 1, "message": message(extra)})) {
        Incoming::Message(message) => *message,
        other => panic!("not a message: {other:?}"),
    }
}

/// One update of every kind of Bot API 10.3.
pub(super) fn every_kind() -> Vec<(Kind, Value)> {
    let channel = json!({"id": -100_500, "type": "channel", "title": "News"});
    let group = json!({"id": -100_501, "type": "supergroup", "title": "Club"});
    let post = json!({"message_id": 3, "date": 1_795_000_000, "chat": channel, "sender_chat": channel, "text": "news"});
    let mut edited_post = post.clone();
    edited_post["edit_date"] = json!(1_795_000_009);
    let business = |extra: Value| {
        let mut message = message(&extra);
        message["business_connection_id"] = json!("bc1");
        message
    };
    let member = |status: &str| {
        json!({"user": {"id": 1, "is_bot": true, "first_name": "Bot"}, "status": status,
        "until_date": 0})
    };
    let membership = |chat: &Value| {
        json!({"chat": chat, "from": fan(), "date": 1_795_000_000, "old_chat_member": member("member"),
            "new_chat_member": member("kicked")})
    };
    let boost = json!({"boost_id": "b", "add_date": 1, "expiration_date": 2, "source": {"source": "premium", "user": fan()}});
    Kind::ALL
        .iter()
        .map(|&kind| {
            let body = match kind {
                Kind::Message => message(&json!({"text": "hello"})),
                Kind::EditedMessage => message(&json!({"text": "hello!", "edit_date": 1_795_000_009})),
                Kind::ChannelPost => post.clone(),
                Kind::EditedChannelPost => edited_post.clone(),
                Kind::BusinessConnection => json!({"id": "bc1", "user": fan(), "user_chat_id": 700_001,
                    "date": 1_795_000_000, "is_enabled": true, "rights": {"can_reply": true}}),
                Kind::BusinessMessage => business(json!({"text": "hi"})),
                Kind::EditedBusinessMessage => business(json!({"text": "hi!", "edit_date": 1_795_000_009})),
                Kind::DeletedBusinessMessages => {
                    json!({"business_connection_id": "bc1", "chat": private(), "message_ids": [1, 2]})
                }
                Kind::GuestMessage => message(&json!({"text": "hi", "guest_query_id": "g1"})),
                Kind::MessageReaction => json!({"chat": private(), "message_id": 10, "user": fan(),
                    "date": 1_795_000_000, "old_reaction": [],
                    "new_reaction": [{"type": "emoji", "emoji": "❤"}, {"type": "paid"}]}),
                Kind::MessageReactionCount => json!({"chat": channel, "message_id": 3, "date": 1_795_000_000,
                    "reactions": [{"type": {"type": "emoji", "emoji": "❤"}, "total_count": 2}]}),
                Kind::InlineQuery => json!({"id": "q1", "from": fan(), "query": "x", "offset": ""}),
                Kind::ChosenInlineResult => json!({"result_id": "r1", "from": fan(), "query": "x"}),
                Kind::CallbackQuery => json!({"id": "c1", "from": fan(), "chat_instance": "i", "data": "go:1",
                    "message": message(&json!({"text": "choose"}))}),
                Kind::ShippingQuery => json!({"id": "s1", "from": fan(), "invoice_payload": "p",
                    "shipping_address": {"country_code": "DE", "state": "", "city": "", "street_line1": "",
                    "street_line2": "", "post_code": ""}}),
                Kind::PreCheckoutQuery => json!({"id": "p1", "from": fan(), "currency": "XTR", "total_amount": 50,
                    "invoice_payload": "order-1"}),
                Kind::PurchasedPaidMedia => json!({"from": fan(), "paid_media_payload": "pm"}),
                Kind::Poll => json!({"id": "poll1", "question": "?", "options": [], "total_voter_count": 0,
                    "is_closed": false, "is_anonymous": true, "type": "regular", "allows_multiple_answers": false}),
                Kind::PollAnswer => json!({"poll_id": "poll1", "user": fan(), "option_ids": [0],
                    "option_persistent_ids": ["a"]}),
                Kind::MyChatMember => membership(&private()),
                Kind::ChatMember => membership(&group),
                Kind::ChatJoinRequest => {
                    json!({"chat": group, "from": fan(), "user_chat_id": 700_001, "date": 1_795_000_000})
                }
                Kind::ChatBoost => json!({"chat": channel, "boost": boost}),
                Kind::RemovedChatBoost => json!({"chat": channel, "boost_id": "b", "remove_date": 1,
                    "source": {"source": "premium", "user": fan()}}),
                Kind::ManagedBot => json!({"user": fan(), "bot": {"id": 5, "is_bot": true, "first_name": "New"}}),
                Kind::Subscription => json!({"user": fan(), "invoice_payload": "order-1", "state": "failed"}),
                Kind::StoppedMessageGeneration => json!({"chat": private(), "draft_id": 10}),
            };
            let mut update = json!({"update_id": 77});
            update[kind.as_str()] = body;
            (kind, update)
        })
        .collect()
}
