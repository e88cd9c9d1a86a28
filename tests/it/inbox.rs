//! The inbox's routes: sending, taking back, paging, live sync, profiles, and what another workspace sees of them.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Bot, Creator, Person, World, eventually};

/// A creator with a bot, and a fan who has written.
struct Inbox {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
    conversation: Value,
}

impl Inbox {
    async fn open(name: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "inbox_test_bot").await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "first").await;
        let conversation = creator.conversation("Robin").await;
        Self {
            world,
            creator,
            bot,
            fan,
            conversation,
        }
    }

    fn messages(&self) -> String {
        format!(
            "/api/v1/conversations/{}/messages",
            text(&self.conversation, "id")
        )
    }

    fn typing(&self) -> String {
        format!(
            "/api/v1/conversations/{}/typing",
            text(&self.conversation, "id")
        )
    }

    fn fan_path(&self) -> String {
        format!("/api/v1/fans/{}", text(&self.conversation, "fan_id"))
    }

    async fn send(&self, body: &Value) -> Answer {
        self.creator.api.post(&self.messages(), body).await
    }

    async fn newest(&self) -> Vec<Value> {
        self.creator.messages(&text(&self.conversation, "id")).await
    }

    /// The message as soon as it is shown like this.
    async fn shown(&self, text: &str, delivery: &str) -> Value {
        eventually("the message is shown", async || {
            self.newest()
                .await
                .into_iter()
                .find(|message| message["text"] == text && message["delivery"] == delivery)
        })
        .await
    }

    async fn function(&self, handler: &str, what: &str) {
        let path = format!("/__local/functions/{handler}/{what}");
        self.world.api().post(&path, &json!({})).await.expect(200);
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} in {value}"))
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_sent_once_however_often_it_is_asked_for_and_never_past_the_fan() {
    let inbox = Inbox::open("Mira Vale").await;
    let exact = " hi \u{1F469}\u{200D}\u{1F467} שלום \u{200B}\n";
    let body = json!({ "text": exact, "bot_id": inbox.bot.id, "last_seen_message_id": inbox.conversation["last_message_id"] });
    let key = [("idempotency-key", "one")];
    let first = inbox
        .creator
        .api
        .send(Method::POST, &inbox.messages(), Some(&body), &key)
        .await
        .expect(201);
    let second = inbox
        .creator
        .api
        .send(Method::POST, &inbox.messages(), Some(&body), &key)
        .await
        .expect(201);
    assert_eq!(first, second);
    let other = json!({ "text": "another" });
    let reused = inbox
        .creator
        .api
        .send(Method::POST, &inbox.messages(), Some(&other), &key)
        .await;
    assert_eq!(reused.problem(422), "idempotency_key_reused");

    let sent = inbox.shown(exact, "sent").await;
    assert_eq!(sent["id"], first["id"]);
    assert_eq!(
        inbox.newest().await.len(),
        2,
        "one from the fan, one answer"
    );

    let seen = text(&sent, "telegram_message_id");
    inbox.fan.says(&inbox.world, &inbox.bot, "wait").await;
    inbox.shown("wait", "received").await;
    let late = inbox
        .send(&json!({ "text": "too late", "bot_id": inbox.bot.id, "last_seen_message_id": seen }))
        .await;
    assert_eq!(late.problem(409), "conversation_moved_on");
    assert_eq!(inbox.newest().await.len(), 3);

    inbox
        .fan
        .act(&inbox.world, &inbox.bot, json!({ "act": "block" }))
        .await;
    let blocked = eventually("the fan is shown as blocked", async || {
        let answer = inbox
            .send(&json!({ "text": "hello?", "bot_id": inbox.bot.id }))
            .await;
        (answer.status == 409).then_some(answer)
    })
    .await;
    assert_eq!(blocked.problem(409), "fan_unreachable");
    inbox.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_can_be_taken_back_while_it_waits() {
    let inbox = Inbox::open("Nia Hart").await;
    let start = inbox.creator.api.get("/api/v1/sync").await.expect(200);
    inbox.function("workers.sender", "pause").await;
    let queued = inbox.send(&json!({ "text": "oh no" })).await.expect(201);
    inbox.shown("oh no", "queued").await;
    let path = format!("{}/{}", inbox.messages(), text(&queued, "id"));
    for _ in 0..2 {
        assert_eq!(inbox.creator.api.delete(&path).await.status, 204);
    }
    inbox.send(&json!({ "text": "better" })).await.expect(201);
    assert_eq!(
        inbox
            .creator
            .api
            .post(&inbox.typing(), &json!({}))
            .await
            .status,
        204
    );
    inbox.function("workers.sender", "resume").await;
    let sent = inbox.shown("better", "sent").await;
    assert!(
        inbox
            .newest()
            .await
            .iter()
            .all(|message| message["text"] != "oh no")
    );
    let seen = inbox.fan.sees(&inbox.world, &inbox.bot).await;
    assert!(seen.iter().all(|(_, text)| text != "oh no"), "{seen:?}");
    let gone = format!("{}/{}", inbox.messages(), text(&sent, "id"));
    assert_eq!(
        inbox.creator.api.delete(&gone).await.problem(409),
        "already_sent"
    );

    let sync = inbox
        .creator
        .api
        .get(&format!("/api/v1/sync?cursor={}", text(&start, "cursor")))
        .await
        .expect(200);
    let events: BTreeSet<_> = sync["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| text(event, "event"))
        .collect();
    for expected in ["message.queued", "message.changed", "message.delivery"] {
        assert!(events.contains(expected), "{expected} in {events:?}");
    }
    assert_eq!(sync["reset"], false);
    let unknown = inbox
        .creator
        .api
        .get("/api/v1/sync?cursor=AAAA")
        .await
        .expect(200);
    assert_eq!(unknown["reset"], true);
    inbox.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_give_every_conversation_and_message_once() {
    let inbox = Inbox::open("Ola Reed").await;
    for number in 0..12 {
        let fan = inbox.world.person(&format!("Fan {number:02}"), "en").await;
        fan.says(&inbox.world, &inbox.bot, "hi").await;
        inbox
            .fan
            .says(&inbox.world, &inbox.bot, &format!("m{number:02}"))
            .await;
    }
    inbox.world.settled().await;
    let names = all(
        &inbox.creator,
        "/api/v1/conversations",
        "conversations",
        "name",
    )
    .await;
    assert_eq!(names.len(), 13);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 13, "{names:?}");
    let texts = all(&inbox.creator, &inbox.messages(), "messages", "text").await;
    let mut expected: Vec<_> = (0..12)
        .rev()
        .map(|number| format!("m{number:02}"))
        .collect();
    expected.push("first".to_owned());
    assert_eq!(texts, expected);
    inbox.world.host.stop().await;
}

/// A field of every entry, over pages of five.
async fn all(creator: &Creator, path: &str, list: &str, field: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = creator
            .api
            .get(&format!("{path}?limit=5{cursor}"))
            .await
            .expect(200);
        found.extend(
            page[list]
                .as_array()
                .expect("a list")
                .iter()
                .map(|entry| text(entry, field)),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_changed_by_one_person_at_a_time_and_seen_by_no_other_workspace() {
    let inbox = Inbox::open("Pia Lund").await;
    let api = &inbox.creator.api;
    let before = api.get(&inbox.fan_path()).await.expect(200);
    assert_eq!(
        (before["name"].as_str(), before["note"].as_str()),
        (Some("Robin"), None)
    );
    assert_eq!(before["conversations"][0]["id"], inbox.conversation["id"]);
    let change = json!({ "tags": [" VIP ", "vip", "big  spender"], "note": "likes cats \u{1F408}", "rev": before["rev"] });
    let after = api.patch(&inbox.fan_path(), &change).await.expect(200);
    assert_eq!(
        (&after["tags"], &after["note"]),
        (
            &json!(["VIP", "big spender"]),
            &json!("likes cats \u{1F408}")
        )
    );
    assert_eq!(
        api.patch(&inbox.fan_path(), &change).await.problem(409),
        "changed_meanwhile"
    );
    assert_eq!(
        api.patch(&inbox.fan_path(), &json!({ "note": null }))
            .await
            .expect(200)["note"],
        Value::Null
    );

    let stranger = inbox.world.creator("Somebody Else").await.api;
    let nobody = "/api/v1/fans/fan_00000000000000000000000000";
    let missing = stranger.get(nobody).await;
    assert_eq!(missing.status, 404);
    let message = format!("{}/msg_00000000000000000000000000", inbox.messages());
    let hello = json!({ "text": "a", "bot_id": inbox.bot.id });
    for answer in [
        stranger.get(&inbox.messages()).await,
        stranger.post(&inbox.messages(), &hello).await,
        stranger
            .post(&inbox.messages(), &json!({ "text": "a" }))
            .await,
        stranger.delete(&message).await,
        stranger.post(&inbox.typing(), &json!({})).await,
        stranger.get(&inbox.fan_path()).await,
        stranger
            .patch(&inbox.fan_path(), &json!({ "note": "x" }))
            .await,
        api.delete(&message).await,
    ] {
        assert_eq!((answer.status, &answer.bytes), (404, &missing.bytes));
    }
    let list = stranger.get("/api/v1/conversations").await.expect(200);
    assert_eq!(list["conversations"], json!([]));
    inbox.world.host.stop().await;
}
