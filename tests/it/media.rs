//! The file that came with a message: fetched from Telegram for whoever may read the chat, never kept, and refused clearly.

use serde_json::{Value, json};
use tests::{Answer, Bot, Creator, Person, World, eventually};

use crate::canary::forms;
use crate::journey_access::prove;
use crate::journey_team::colleague;

/// One pixel, as PNG.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/// `<script>alert(1)</script>`
const SCRIPT: &str = "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==";

/// A bot and a fan who has written to it.
struct Chat {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
    conversation: String,
}

impl Chat {
    async fn open() -> Self {
        let world = World::start().await;
        let creator = world.creator("Mira Vale").await;
        let bot = creator.connect_bot(&world, "mira_media_bot").await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "hello").await;
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

    fn path(&self, number: &str) -> String {
        format!("/api/v1/conversations/{}/media/{number}", self.conversation)
    }

    /// The fan does something that makes a message: where the file of it is, as soon as the message is listed.
    async fn sent(&self, act: Value) -> String {
        let done = self.fan.act(&self.world, &self.bot, act).await;
        let number = done["message"]["message_id"].as_i64().expect("a number");
        let number = number.to_string();
        eventually("the message is listed", async || {
            let messages = self.creator.messages(&self.conversation).await;
            let is_it = |one: &Value| one["telegram_message_id"].as_str() == Some(number.as_str());
            messages.iter().any(is_it).then_some(())
        })
        .await;
        self.path(&number)
    }

    async fn fault(&self, fault: Value) {
        let scripted = json!({ "bot": self.bot.telegram_id, "method": "getFile", "fault": fault });
        self.world.telegram("POST", "/faults", scripted).await;
    }

    /// How often Telegram was asked where a file is.
    async fn asked(&self) -> usize {
        let path = format!("/log?bot={}&method=getFile", self.bot.telegram_id);
        let log = self.world.telegram("GET", &path, Value::Null).await;
        log["calls"].as_array().map_or(0, Vec::len)
    }
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let mut found = answer.headers.iter().filter(|(known, _)| known == name);
    found.next().map_or("", |(_, value)| value.as_str())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_seen_by_whoever_may_read_the_chat_and_by_nobody_else() {
    let chat = Chat::open().await;
    let photo = chat
        .sent(json!({ "act": "photo", "base64": PIXEL, "caption": "look" }))
        .await;
    let seen = chat.creator.api.get(&photo).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert!(seen.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(seen.bytes.ends_with(b"IEND\xaeB`\x82"), "whole");
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-disposition", "inline"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        assert_eq!(header(&seen, name), value, "{name}");
    }

    let stranger = chat.world.creator("Somebody Else").await;
    let foreign = stranger.api.get(&photo).await;
    let missing = chat.creator.api.get(&chat.path("999999")).await;
    assert_eq!(foreign.status, 404, "{}", foreign.body);
    assert_eq!(
        (foreign.status, &foreign.bytes),
        (missing.status, &missing.bytes)
    );
    let text = chat.sent(json!({ "act": "text", "text": "no file" })).await;
    let fileless = chat.creator.api.get(&text).await;
    assert_eq!((fileless.status, &fileless.bytes), (404, &missing.bytes));
    let nobody = chat.world.api().get(&photo).await;
    assert_eq!(nobody.status, 401);

    let other = chat
        .creator
        .connect_bot(&chat.world, "mira_other_bot")
        .await;
    let narrow = json!({ "role": "chatter", "bots": [other.id] });
    let uma = colleague(&chat.world, &chat.creator.api, "Uma Lind", narrow).await;
    let hidden = uma.api.get(&photo).await;
    assert_eq!((hidden.status, &hidden.bytes), (404, &missing.bytes));
    let wide = json!({ "role": "analyst" });
    let ito = colleague(&chat.world, &chat.creator.api, "Ito Sand", wide).await;
    assert_eq!(ito.api.get(&photo).await.status, 200);
    assert_eq!(chat.asked().await, 2, "only for those who saw it");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_shown_safely_is_only_saved_and_what_is_too_large_is_refused() {
    let chat = Chat::open().await;
    // Whatever it is called: the type is that of its bytes.
    let page = json!({ "act": "document", "base64": SCRIPT, "name": "a.png", "mime": "image/png" });
    let page = chat.sent(page).await;
    let saved = chat.creator.api.get(&page).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    assert_eq!(saved.bytes, b"<script>alert(1)</script>");
    assert_eq!(header(&saved, "content-type"), "application/octet-stream");
    assert_eq!(header(&saved, "content-disposition"), "attachment");

    let asked = chat.asked().await;
    let told = json!({ "act": "video", "base64": PIXEL, "size": 21 * 1024 * 1024 });
    let told = chat.sent(told).await;
    let refused = chat.creator.api.get(&told).await;
    assert_eq!(refused.problem(422), "media_too_large");
    assert_eq!(chat.asked().await, asked, "what is known is not asked");
    // 4.5 MB that say they are ten bytes.
    let untold = json!({ "act": "document", "base64": "AAAA".repeat(1_572_864), "size": 10 });
    let untold = chat.sent(untold).await;
    let refused = chat.creator.api.get(&untold).await;
    assert_eq!(refused.problem(422), "media_too_large");
    // 3.75 MB, which come whole.
    let most = json!({ "act": "document", "base64": "AAAA".repeat(1_310_720) });
    let most = chat.sent(most).await;
    let whole = chat.creator.api.get(&most).await;
    assert_eq!((whole.status, whole.bytes.len()), (200, 3_932_160));
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_telegram_is_a_clear_problem_and_shows_no_token() {
    let chat = Chat::open().await;
    let photo = chat.sent(json!({ "act": "photo", "base64": PIXEL })).await;
    let refuse =
        |code: u16, words: &str| json!({ "kind": "refuse", "code": code, "description": words });
    let cases = [
        (
            refuse(
                400,
                "Bad Request: wrong file_id or the file is temporarily unavailable",
            ),
            (422, "media_gone"),
        ),
        (
            refuse(400, "Bad Request: file is too big"),
            (422, "media_too_large"),
        ),
        (json!({ "kind": "unauthorized" }), (409, "token_dead")),
        (
            json!({ "kind": "too_many_requests", "retry_after": 7, "hold": false }),
            (429, "rate_limited"),
        ),
        (
            json!({ "kind": "server_error" }),
            (503, "telegram_unavailable"),
        ),
        (
            json!({ "kind": "bad_gateway" }),
            (503, "telegram_unavailable"),
        ),
        (json!({ "kind": "cut_body" }), (503, "telegram_unavailable")),
        (
            json!({ "kind": "silence", "ms": 8_000 }),
            (503, "telegram_unavailable"),
        ),
    ];
    let mut answers = Vec::new();
    for (fault, (status, code)) in cases {
        chat.fault(fault.clone()).await;
        let answer = chat.creator.api.get(&photo).await;
        chat.world.telegram("DELETE", "/faults", Value::Null).await;
        assert_eq!(answer.body["code"], code, "{fault}: {}", answer.body);
        assert_eq!(answer.status, status, "{fault}");
        answers.push(answer);
    }
    answers.push(chat.creator.api.get(&photo).await);
    assert_eq!(
        answers.last().map(|last| last.status),
        Some(200),
        "it passes"
    );
    let bot = format!("/api/v1/bots/{}", chat.bot.id);
    prove(&chat.creator.api, None).await;
    chat.creator.api.delete(&bot).await.expect(200);
    let disconnected = chat.creator.api.get(&photo).await;
    assert_eq!(disconnected.body["code"], "bot_disconnected");
    assert_eq!(disconnected.status, 409);
    answers.push(disconnected);

    let secret = chat.bot.token.split_once(':').expect("a colon").1;
    let forms = forms(secret);
    let search = |place: &str, text: &str| {
        let found = forms.iter().any(|form| text.contains(form));
        assert!(!found, "a token is in {place}");
    };
    for answer in &answers {
        search("an answer", &String::from_utf8_lossy(&answer.bytes));
        search("a header", &format!("{:?}", answer.headers));
    }
    for line in chat.world.host.log().select(|_| true) {
        search("the log", &line.text);
    }
    let dump = chat.world.control("/dump").await;
    for place in ["tables", "queues", "buckets", "mail"] {
        search(place, &dump[place].to_string());
    }
    chat.world.host.stop().await;
}
