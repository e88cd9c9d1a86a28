//! Whatever Telegram sends: every kind of update, kinds and values of the future, and garbage. Always 2xx, no chat is
//! blocked, a text is byte for byte what was sent, and what cannot be processed is listed where a person sees it.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

/// Every kind of Bot API 10.3, as the official table names it. Written out here, so that a kind that our parser forgot
/// cannot be forgotten by its test as well.
const KINDS: [&str; 27] = [
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

/// Kinds of which parts are read, so that one without them is kept aside; of the others the name alone counts, and nothing
/// of them is stored.
const READ: [&str; 10] = [
    "message",
    "edited_message",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "callback_query",
    "pre_checkout_query",
    "my_chat_member",
];

/// What a person sees of an update that was kept aside: why, and its kind where one can be told.
type Aside = (String, Option<String>);

fn aside(reason: &str, kind: Option<&str>) -> Aside {
    (reason.to_owned(), kind.map(str::to_owned))
}

/// Content that no update of any kind has.
fn odd_contents() -> [Value; 5] {
    [
        json!({}),
        json!(null),
        json!("text"),
        json!([1]),
        json!({ "type": "future", "status": "future", "chat": { "id": "x" } }),
    ]
}

/// What becomes of a kind with such content. A key without a value is no key, so no kind can be told.
fn becomes(kind: &str, odd: &Value) -> Option<Aside> {
    match odd {
        Value::Null => Some(aside("unsupported_kind", None)),
        _ => READ
            .contains(&kind)
            .then(|| aside("incomplete", Some(kind))),
    }
}

struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
    conversation: String,
}

impl Desk {
    async fn open(name: &str) -> Self {
        let world = World::start().await;
        world
            .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
            .await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "kinds_test_bot").await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "first").await;
        let conversation = creator.conversation("Robin").await;
        let conversation = conversation["id"].as_str().expect("an id").to_owned();
        Self {
            world,
            creator,
            bot,
            fan,
            conversation,
        }
    }

    async fn inject(&self, what: Value) {
        self.world
            .telegram(
                "POST",
                &format!("/bots/{}/updates", self.bot.telegram_id),
                what,
            )
            .await;
    }

    /// Injects an update and then writes a text: it arrives, so nothing is blocked.
    async fn survives(&self, what: Value, name: &str) {
        self.inject(what).await;
        let text = format!("after {name}");
        self.fan.says(&self.world, &self.bot, &text).await;
        self.shows(&text).await;
    }

    async fn shows(&self, text: &str) -> Value {
        eventually(&format!("the text {text:.40?} is shown"), async || {
            let all = self.creator.messages(&self.conversation).await;
            all.into_iter().find(|message| message["text"] == text)
        })
        .await
    }

    async fn parked(&self) -> Vec<Value> {
        let path = format!("/api/v1/bots/{}/parked-updates?limit=100", self.bot.id);
        self.creator.api.get(&path).await.expect(200)["parked_updates"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// These updates are kept aside and no others, each for its reason and under its kind.
    async fn keeps(&self, mut expected: Vec<Aside>) {
        let parked = self.parked().await;
        let mut kept: Vec<Aside> = parked
            .iter()
            .map(|parked| {
                let reason = parked["reason"].as_str().expect("a reason");
                aside(reason, parked["kind"].as_str())
            })
            .collect();
        kept.sort();
        expected.sort();
        println!("kept aside: {kept:?}");
        assert_eq!(kept, expected);
    }

    /// Every delivery was answered with 2xx at the first try; nothing waits.
    async fn all_were_taken(&self, at_least: usize) {
        let path = format!("/deliveries?bot={}&limit=10000", self.bot.telegram_id);
        eventually("all updates are delivered", async || {
            let pending = self
                .world
                .telegram(
                    "GET",
                    &format!("/bots/{}/pending", self.bot.telegram_id),
                    Value::Null,
                )
                .await;
            let waiting = pending
                .as_array()
                .or_else(|| pending["pending"].as_array())
                .expect("a list")
                .len();
            (waiting == 0).then_some(())
        })
        .await;
        let log = self.world.telegram("GET", &path, Value::Null).await;
        let tries = log["deliveries"].as_array().expect("a list");
        assert!(
            tries.len() >= at_least,
            "{} deliveries, expected {at_least}",
            tries.len()
        );
        for delivery in tries {
            let status = delivery["status"].as_u64().unwrap_or_default();
            assert!((200..300).contains(&status), "{delivery}");
        }
        self.world.settled().await;
        for queue in ["inbound-dlq.fifo", "drain-dlq.fifo"] {
            assert_eq!(self.world.depth(queue), 0, "{queue}");
        }
    }

    fn user(&self) -> Value {
        json!({ "id": self.fan.id, "is_bot": false, "first_name": self.fan.first_name, "language_code": "en" })
    }

    fn chat(&self) -> Value {
        json!({ "id": self.fan.id, "type": "private", "first_name": self.fan.first_name })
    }

    fn message(&self, number: i64) -> Value {
        json!({ "message_id": number, "date": 1_800_000_000, "from": self.user(), "chat": self.chat(), "text": format!("m{number}") })
    }

    /// The smallest content of a kind that Telegram could send.
    fn content(&self, kind: &str, number: i64) -> Value {
        let (user, chat, mut message) = (self.user(), self.chat(), self.message(number));
        let channel = json!({ "id": -1_001_234_567_890_i64, "type": "channel", "title": "News" });
        let member = json!({ "status": "member", "user": user });
        match kind {
            "edited_message" => {
                message["edit_date"] = json!(1_800_000_001);
                message
            }
            "business_message" | "edited_business_message" => {
                message["business_connection_id"] = json!("b1");
                if kind == "edited_business_message" {
                    message["edit_date"] = json!(1_800_000_001);
                }
                message
            }
            "channel_post" | "edited_channel_post" => {
                message["chat"] = channel.clone();
                message["sender_chat"] = channel;
                message
            }
            "business_connection" => {
                json!({ "id": "b1", "user": user, "user_chat_id": self.fan.id, "date": 1, "is_enabled": true })
            }
            "deleted_business_messages" => {
                json!({ "business_connection_id": "b1", "chat": chat, "message_ids": [1] })
            }
            "message_reaction" => {
                json!({ "chat": chat, "message_id": 1, "user": user, "date": 1, "old_reaction": [],
                "new_reaction": [{ "type": "emoji", "emoji": "\u{1F44D}" }] })
            }
            "message_reaction_count" => {
                json!({ "chat": channel, "message_id": 1, "date": 1, "reactions": [] })
            }
            "inline_query" => json!({ "id": "q", "from": user, "query": "x", "offset": "" }),
            "chosen_inline_result" => json!({ "result_id": "r", "from": user, "query": "x" }),
            "callback_query" => {
                json!({ "id": "q", "from": user, "chat_instance": "c", "data": "d", "message": message })
            }
            "shipping_query" => {
                json!({ "id": "q", "from": user, "invoice_payload": "p", "shipping_address": {} })
            }
            "pre_checkout_query" => {
                json!({ "id": "q", "from": user, "currency": "XTR", "total_amount": 1, "invoice_payload": "p" })
            }
            "purchased_paid_media" => json!({ "from": user, "paid_media_payload": "p" }),
            "poll" => {
                json!({ "id": "p", "question": "?", "options": [], "total_voter_count": 0, "is_closed": false })
            }
            "poll_answer" => json!({ "poll_id": "p", "user": user, "option_ids": [] }),
            "my_chat_member" | "chat_member" => {
                json!({ "chat": chat, "from": user, "date": 1, "old_chat_member": member, "new_chat_member": member })
            }
            "chat_join_request" => {
                json!({ "chat": channel, "from": user, "user_chat_id": self.fan.id, "date": 1 })
            }
            "chat_boost" | "removed_chat_boost" => {
                json!({ "chat": channel, "boost": { "boost_id": "b" } })
            }
            "managed_bot" => {
                json!({ "user": user, "bot": { "id": 7, "is_bot": true, "first_name": "B" } })
            }
            "subscription" => json!({ "user": user, "state": "active" }),
            "stopped_message_generation" => {
                json!({ "chat": chat, "user": user, "message_id": number })
            }
            _ => message,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_update_is_taken_and_blocks_no_chat() {
    let desk = Desk::open("Kinds Owner").await;
    for (number, kind) in (5_000..).zip(KINDS) {
        desk.survives(
            json!({ "update": { kind: desk.content(kind, number) } }),
            kind,
        )
        .await;
    }
    desk.all_were_taken(KINDS.len() * 2).await;
    desk.keeps(Vec::new()).await;
    // The same names with nothing, with the wrong type, and with a value that does not exist yet.
    let mut expected = Vec::new();
    for (index, kind) in KINDS.into_iter().enumerate() {
        for odd in odd_contents() {
            expected.extend(becomes(kind, &odd));
            desk.inject(json!({ "update": { kind: odd } })).await;
        }
        if index % 9 == 8 {
            expected.extend(becomes(kind, &json!({})));
            desk.survives(json!({ "update": { kind: {} } }), &format!("odd {kind}"))
                .await;
        }
    }
    desk.all_were_taken(KINDS.len() * 7).await;
    desk.keeps(expected).await;
    println!("{} kinds, each well-formed and in 5 odd forms", KINDS.len());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_kinds_values_and_garbage_are_taken_and_listed() {
    let desk = Desk::open("Garbage Owner").await;
    let mut future = desk.message(7_000);
    future["chat"]["type"] = json!("hologram");
    let mut entity = desk.message(7_001);
    entity["entities"] = json!([{ "type": "smell", "offset": 0, "length": 2 }]);
    let mut nothing = desk.message(7_002);
    nothing.as_object_mut().expect("an object").remove("text");
    nothing["smell"] = json!({ "strength": 3 });
    let odd = [
        (
            "an unknown kind",
            json!({ "update": { "teleported": { "chat": desk.chat() } } }),
            Some(aside("unsupported_kind", Some("teleported"))),
        ),
        (
            "no kind",
            json!({ "update": {} }),
            Some(aside("unsupported_kind", None)),
        ),
        (
            "an unknown chat type",
            json!({ "update": { "message": future } }),
            None,
        ),
        (
            "an unknown entity",
            json!({ "update": { "message": entity } }),
            None,
        ),
        (
            "unknown content",
            json!({ "update": { "message": nothing } }),
            Some(aside("unsupported_content", Some("message"))),
        ),
        (
            "no update_id",
            json!({ "update": { "message": desk.message(7_003) }, "as_is": true }),
            None,
        ),
        (
            "a huge update_id",
            json!({ "update": { "update_id": u64::MAX, "message": desk.message(7_004) } }),
            None,
        ),
    ];
    let huge = format!(
        "{{\"update_id\":77,\"message\":{{\"text\":\"{}\"}}}}",
        "x".repeat(200_000)
    );
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let no_updates = [
        "",
        "garbage",
        "[]",
        "null",
        "7",
        "{\"update_id\":",
        "\u{0}\u{1}\u{FFFD}",
        deep.as_str(),
    ];
    let mut garbage = no_updates.map(|text| (text, "unparsable", None)).to_vec();
    garbage.push((huge.as_str(), "incomplete", Some("message")));
    let taken = 2 * (odd.len() + garbage.len());
    let mut expected = Vec::new();
    for (name, what, kept) in odd {
        expected.extend(kept);
        desk.survives(what, name).await;
    }
    for (text, reason, kind) in garbage {
        expected.push(aside(reason, kind));
        let name = format!("garbage of {} bytes", text.len());
        desk.survives(json!({ "text": text }), &name).await;
    }
    desk.all_were_taken(taken).await;
    desk.keeps(expected).await;
    desk.world.host.stop().await;
}

/// Values that no version of the Bot API knows yet, in updates that are otherwise whole.
fn values_of_the_future(desk: &Desk) -> Vec<(&'static str, Value)> {
    let (user, chat) = (desk.user(), desk.chat());
    let member = |status: &str| json!({ "status": status, "user": user });
    let changed = |kind: &str, status: &str| {
        json!({ kind: { "chat": chat, "from": user, "date": 1,
            "old_chat_member": member("member"), "new_chat_member": member(status) } })
    };
    let message = |number: i64, field: &str, value: Value| {
        let mut message = desk.message(number);
        message.as_object_mut().expect("an object").remove("text");
        message[field] = value;
        json!({ "message": message })
    };
    let file = json!({ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 });
    let mut sticker = file.clone();
    sticker["type"] = json!("smell");
    let reaction = |value: Value| {
        json!({ "message_reaction": { "chat": chat, "message_id": 1, "user": user, "date": 1,
            "old_reaction": [], "new_reaction": [value] } })
    };
    let poll = json!({ "id": "p", "question": "?", "options": [], "total_voter_count": 0, "is_closed": false,
        "is_anonymous": true, "type": "dream", "allows_multiple_answers": false });
    vec![
        ("own standing", changed("my_chat_member", "dreaming")),
        ("standing", changed("chat_member", "dreaming")),
        (
            "paid media",
            message(
                8_001,
                "paid_media",
                json!({ "star_count": 5, "paid_media": [{ "type": "smell" }] }),
            ),
        ),
        ("sticker type", message(8_002, "sticker", sticker)),
        ("poll in a message", message(8_003, "poll", poll.clone())),
        ("poll type", json!({ "poll": poll })),
        (
            "gift origin",
            message(
                8_004,
                "unique_gift",
                json!({ "gift": { "base_name": "g", "name": "g-1", "number": 1 }, "origin": "dream" }),
            ),
        ),
        (
            "forward origin",
            message(
                8_005,
                "forward_origin",
                json!({ "type": "dream", "date": 1 }),
            ),
        ),
        ("reaction type", reaction(json!({ "type": "smell" }))),
        (
            "reaction emoji",
            reaction(json!({ "type": "emoji", "emoji": "no emoji" })),
        ),
        (
            "subscription state",
            json!({ "subscription": { "user": user, "state": "dreaming" } }),
        ),
        (
            "boost source",
            json!({ "chat_boost": { "chat": chat, "boost": { "boost_id": "b", "source": { "source": "dream" } } } }),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_the_future_in_known_updates_are_taken_and_block_no_chat() {
    let desk = Desk::open("Future Owner").await;
    let values = values_of_the_future(&desk);
    for (name, update) in &values {
        desk.survives(json!({ "update": update }), name).await;
    }
    desk.all_were_taken(2 * values.len()).await;
    // A message of which nothing is left but where it was forwarded from.
    desk.keeps(vec![aside("unsupported_content", Some("message"))])
        .await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_byte_for_byte_what_was_sent() {
    let desk = Desk::open("Bytes Owner").await;
    let texts = [
        "שלום עולם مرحبا \u{202E}olleh\u{202C}".to_owned(),
        "\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F1E9}\u{1F1EA} \u{2764}\u{FE0F}"
            .to_owned(),
        "a\u{200B}b\u{200C}c\u{200D}d\u{2060}e\u{FEFF}f".to_owned(),
        "e\u{301} \u{E9} \u{1100}\u{1161} Z\u{351}\u{36B}\u{343}".to_owned(),
        "\\ \" ' </script> {{x}} %00 \u{7F} tab\there\nline".to_owned(),
        "x".repeat(4_096),
        "\u{1F600}".repeat(2_048),
        "ש".repeat(4_096),
    ];
    for text in &texts {
        desk.fan.says(&desk.world, &desk.bot, text).await;
        let shown = desk.shows(text).await;
        assert_eq!(
            shown["text"].as_str().map(str::as_bytes),
            Some(text.as_bytes())
        );
    }
    desk.all_were_taken(texts.len()).await;
    desk.world.host.stop().await;
}
