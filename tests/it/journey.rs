//! One walk through everything that the product does, for tests that look at its traces afterwards.

use crate::journey_team::Team;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

/// Who walked.
pub(crate) struct Journey {
    /// The creator.
    pub creator: Creator,
    /// The bot that stays connected.
    pub bot: Bot,
    /// A fan who wrote.
    pub fan: Person,
    /// The fan's conversation.
    pub conversation: String,
    /// A sign-up that was never verified.
    pub registration: String,
    /// The team.
    pub team: Option<Team>,
}

/// Every route and every job at least once, and the ways of each that need a permission of their own.
pub(crate) async fn walk(world: &World) -> Journey {
    // Nobody waits between two steps here; the one 429 of this walk is scripted.
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let creator = world.creator("Mira Vale").await;
    accounts(world, &creator).await;
    let registration = crate::journey_access::walk(world).await;
    let bot = bots(world, &creator).await;
    let fan = world.person("Robin", "en").await;
    let conversation = inbound(world, &creator, &bot, &fan).await;
    let mut journey = Journey {
        team: None,
        creator,
        bot,
        fan,
        conversation,
        registration,
    };
    inbox(world, &journey).await;
    sending(world, &journey).await;
    crate::journey_desk::walk(&journey).await;
    crate::journey_fans::walk(&journey).await;
    crate::journey_privacy::walk(world, &journey).await;
    crate::journey_exports::walk(world, &journey).await;
    crate::journey_sofi::walk(world, &journey).await;
    crate::journey_alerts::walk(world, &journey).await;
    crate::journey_business::walk(world, &journey).await;
    crate::journey_mail::walk(world, &journey).await;
    journey.team = Some(crate::journey_team::walk(world, &journey).await);
    crate::staff::walk(world, &journey.creator.api).await;
    parking(world, &journey).await;
    dead_letters(world, &journey).await;
    flood(world, &journey).await;
    crate::journey_audit::walk(world, &journey).await;
    disconnect(world, &journey.creator).await;
    journey
}

/// Runs a function in a new process from now on.
pub(crate) async fn restart(world: &World, handler: &str) {
    world
        .api()
        .post(&format!("/__local/functions/{handler}/kill"), &json!({}))
        .await
        .expect(200);
}

async fn accounts(world: &World, creator: &Creator) {
    // A second process reads the platform's secret that the first one made.
    restart(world, "accounts.register").await;
    world.creator("Nia Hart").await;
    let wrong = json!({ "email": creator.email, "password": "not the password at all" });
    let refused = world.api().post("/api/v1/sessions", &wrong).await;
    assert!(refused.status >= 400, "{}", refused.body);
    let login = json!({ "email": creator.email, "password": "correct horse battery staple" });
    let session = world
        .api()
        .post("/api/v1/sessions", &login)
        .await
        .expect(201);
    let token = session["session_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let second = tests::Api::new(world.host.url(), Some(token));
    second.get("/api/v1/me").await.expect(200);
    let current = second.get("/api/v1/documents/dpa").await.expect(200);
    let accepted =
        json!({ "document": "dpa", "version": current["version"], "sha256": current["sha256"] });
    let again = second.post("/api/v1/agreements", &accepted).await;
    assert!(again.status < 300, "{}", again.body);
    assert_eq!(second.delete("/api/v1/sessions/current").await.status, 204);
    assert_eq!(second.get("/api/v1/me").await.status, 401);
    world.api().get("/api/v1/health").await.expect(200);
    legal(world).await;
}

/// Pages that everybody may read.
async fn legal(world: &World) {
    for path in [
        "/legal",
        "/legal/privacy",
        "/api/v1/subprocessors",
        "/.well-known/security.txt",
        "/.well-known/gpc.json",
    ] {
        assert_eq!(world.api().get(path).await.status, 200, "{path}");
    }
}

async fn bots(world: &World, creator: &Creator) -> Bot {
    let bot = creator.connect_bot(world, "mira_test_bot").await;
    let path = format!("/api/v1/bots/{}", bot.id);
    creator.api.get("/api/v1/bots").await.expect(200);
    creator.api.get(&format!("{path}/health")).await.expect(200);
    pass_second(world).await;
    creator
        .api
        .post(&format!("{path}/repairs"), &json!({}))
        .await
        .expect(201);
    pass_second(world).await;
    let revoked = world
        .telegram(
            "POST",
            &format!("/bots/{}/revoke", bot.telegram_id),
            Value::Null,
        )
        .await;
    let token = revoked["token"].as_str().expect("a token").to_owned();
    creator
        .api
        .put(&format!("{path}/token"), &json!({ "token": token }))
        .await
        .expect(200);
    Bot { token, ..bot }
}

/// Telegram takes one setWebhook a second.
async fn pass_second(world: &World) {
    world.host.advance(time::Duration::seconds(2)).await;
}

/// A bot that another service has, taken over with an idempotency key, and given back.
async fn disconnect(world: &World, creator: &Creator) {
    let made = world
        .telegram("POST", "/bots", json!({ "username": "taken_test_bot" }))
        .await;
    let token = made["token"].as_str().expect("a token");
    let set = format!("{}/bot{token}/setWebhook", world.host.telegram_url());
    let foreign = json!({ "url": "https://elsewhere.example.com/hook" });
    let done = reqwest::Client::new()
        .post(set)
        .json(&foreign)
        .send()
        .await
        .expect("the stand-in answers");
    assert_eq!(done.status().as_u16(), 200);
    let refused = creator
        .api
        .post("/api/v1/bots", &json!({ "token": token }))
        .await;
    assert_eq!(refused.problem(409), "webhook_in_use");
    pass_second(world).await;
    let body = json!({ "token": token, "take_over": true });
    let mut connected = Value::Null;
    for _ in 0..2 {
        let answer = creator
            .api
            .send(
                Method::POST,
                "/api/v1/bots",
                Some(&body),
                &[("idempotency-key", "take")],
            )
            .await;
        connected = answer.expect(201);
    }
    let path = format!("/api/v1/bots/{}", connected["id"].as_str().expect("an id"));
    creator.api.delete(&path).await.expect(200);
}

async fn inbound(world: &World, creator: &Creator, bot: &Bot, fan: &Person) -> String {
    fan.starts(world, bot).await;
    let said = fan.says(world, bot, "hello").await;
    let number = said["message"]["message_id"].as_i64().expect("a number");
    fan.act(
        world,
        bot,
        json!({ "act": "edit", "message_id": number, "text": "hello there" }),
    )
    .await;
    fan.act(
        world,
        bot,
        json!({ "act": "react", "message_id": number, "emoji": ["\u{1F44D}"] }),
    )
    .await;
    fan.act(world, bot, json!({ "act": "photo", "caption": "look" }))
        .await;
    fan.says(world, bot, "/privacy").await;
    fan.act(world, bot, json!({ "act": "block" })).await;
    fan.act(world, bot, json!({ "act": "unblock" })).await;
    let other = world.person("Kim", "de").await;
    other.says(world, bot, "hallo").await;
    creator.conversation("Kim").await;
    let conversation = creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id").to_owned();
    eventually("the edit is there", async || {
        creator
            .messages(&id)
            .await
            .iter()
            .any(|message| message["text"] == "hello there")
            .then_some(())
    })
    .await;
    let photo = eventually("the photo is there", async || {
        let messages = creator.messages(&id).await;
        messages
            .into_iter()
            .find(|message| message["kind"] == "photo")
    })
    .await;
    let photo = photo["telegram_message_id"].as_str().expect("a number");
    let path = format!("/api/v1/conversations/{id}/media/{photo}");
    assert_eq!(creator.api.get(&path).await.status, 200, "{path}");
    early_edit(world, creator, bot, fan, (&id, number + 1_000)).await;
    id
}

/// An edit that comes before its message waits for it.
async fn early_edit(world: &World, creator: &Creator, bot: &Bot, fan: &Person, at: (&str, i64)) {
    let (conversation, number) = at;
    let message = |text: &str| {
        json!({
            "message_id": number, "date": 1_800_000_000, "edit_date": 1_800_000_001, "text": text,
            "chat": { "id": fan.id, "type": "private", "first_name": fan.first_name },
            "from": { "id": fan.id, "is_bot": false, "first_name": fan.first_name },
        })
    };
    let path = format!("/bots/{}/updates", bot.telegram_id);
    world
        .telegram(
            "POST",
            &path,
            json!({ "update": { "edited_message": message("later") } }),
        )
        .await;
    let mut first = message("sooner");
    first
        .as_object_mut()
        .expect("an object")
        .remove("edit_date");
    world
        .telegram("POST", &path, json!({ "update": { "message": first } }))
        .await;
    eventually("the edit has found its message", async || {
        creator
            .messages(conversation)
            .await
            .iter()
            .any(|message| message["text"] == "later")
            .then_some(())
    })
    .await;
}

async fn inbox(world: &World, journey: &Journey) {
    let api = &journey.creator.api;
    for path in ["/api/v1/conversations".to_owned(), messages(journey)] {
        let page = api.get(&format!("{path}?limit=1")).await.expect(200);
        let next = page["next_cursor"]
            .as_str()
            .expect("there is more")
            .to_owned();
        api.get(&format!("{path}?limit=1&cursor={next}"))
            .await
            .expect(200);
    }
    let conversation = journey.creator.conversation("Robin").await;
    let fan = format!(
        "/api/v1/fans/{}",
        conversation["fan_id"].as_str().expect("an id")
    );
    api.get(&fan).await.expect(200);
    api.patch(&fan, &json!({ "note": "likes cats", "tags": ["vip"] }))
        .await
        .expect(200);
    let start = api.get("/api/v1/sync").await.expect(200);
    journey.fan.says(world, &journey.bot, "again").await;
    let cursor = start["cursor"].as_str().expect("a cursor");
    eventually("sync shows an event", async || {
        let sync = api
            .get(&format!("/api/v1/sync?cursor={cursor}"))
            .await
            .expect(200);
        sync["events"]
            .as_array()
            .is_some_and(|events| !events.is_empty())
            .then_some(())
    })
    .await;
}

async fn sending(world: &World, journey: &Journey) {
    let api = &journey.creator.api;
    let body = json!({ "text": "hi Robin" });
    for _ in 0..2 {
        api.send(
            Method::POST,
            &messages(journey),
            Some(&body),
            &[("idempotency-key", "hi")],
        )
        .await
        .expect(201);
    }
    let typing = messages(journey).replace("/messages", "/typing");
    assert_eq!(api.post(&typing, &json!({})).await.status, 204);
    delivery(journey, "hi Robin", "sent").await;
    world
        .api()
        .post("/__local/functions/workers.sender/pause", &json!({}))
        .await
        .expect(200);
    let queued = journey.creator.answer(&journey.conversation, "oh no").await;
    let path = format!(
        "{}/{}",
        messages(journey),
        queued["id"].as_str().expect("an id")
    );
    assert_eq!(api.delete(&path).await.status, 204);
    world
        .api()
        .post("/__local/functions/workers.sender/resume", &json!({}))
        .await
        .expect(200);
    journey
        .creator
        .answer(&journey.conversation, "better")
        .await;
    let sent = delivery(journey, "better", "sent").await;
    let path = format!(
        "{}/{}",
        messages(journey),
        sent["id"].as_str().expect("an id")
    );
    assert_eq!(api.delete(&path).await.problem(409), "already_sent");
}

/// The message as soon as it is shown like this.
async fn delivery(journey: &Journey, text: &str, state: &str) -> Value {
    eventually("the answer is shown", async || {
        let all = journey.creator.messages(&journey.conversation).await;
        all.into_iter()
            .find(|message| message["text"] == text && message["delivery"] == state)
    })
    .await
}

async fn parking(world: &World, journey: &Journey) {
    let path = format!("/bots/{}/updates", journey.bot.telegram_id);
    for garbage in ["garbage", "[]", "{\"update_id\":"] {
        world
            .telegram("POST", &path, json!({ "text": garbage }))
            .await;
    }
    let list = parked_path(journey);
    let api = &journey.creator.api;
    let parked = eventually("three are parked", async || {
        let page = api.get(&list).await.expect(200);
        let all = page["parked_updates"].as_array().expect("a list").clone();
        (all.len() >= 3).then_some(all)
    })
    .await;
    let page = api.get(&format!("{list}?limit=1")).await.expect(200);
    let next = page["next_cursor"].as_str().expect("there is more");
    api.get(&format!("{list}?limit=1&cursor={next}"))
        .await
        .expect(200);
    let replay = format!(
        "{list}/{}/replays",
        parked[0]["id"].as_str().expect("an id")
    );
    api.post(&replay, &json!({})).await.expect(202);
    eventually("it came back", async || {
        let page = api.get(&list).await.expect(200);
        let all = page["parked_updates"].as_array().expect("a list");
        (all.len() >= 3 && all.iter().all(|other| other["id"] != parked[0]["id"])).then_some(())
    })
    .await;
}

/// An update that was tried too often is kept where a person sees it.
async fn dead_letters(world: &World, journey: &Journey) {
    let sqs = world.host.aws().sqs();
    let named = |end: &str| {
        let found = sqs
            .queues()
            .into_iter()
            .find(|queue| queue.name.ends_with(end));
        found.unwrap_or_else(|| panic!("a queue {end}")).name
    };
    let (queue, dead) = (named("inbound.fifo"), named("inbound-dlq.fifo"));
    world.settled().await;
    world.host.sources().pause_all();
    journey.fan.says(world, &journey.bot, "poison").await;
    let message = eventually("the update waits", async || {
        sqs.peek(&queue, 10)
            .expect("the queue exists")
            .into_iter()
            .next()
    })
    .await;
    sqs.purge(&queue).expect("the queue exists");
    let send = emulator::sqs::Send {
        body: message.body,
        group_id: message.attributes.get("MessageGroupId").cloned(),
        deduplication_id: Some("poison".to_owned()),
        delay: None,
        attributes: Default::default(),
        trace_header: None,
    };
    sqs.send(&dead, send).expect("the queue exists");
    for source in world.host.sources().states() {
        world.host.sources().set_running(&source.mapping.id, true);
    }
    eventually("the dead letter is parked", async || {
        let page = journey
            .creator
            .api
            .get(&parked_path(journey))
            .await
            .expect(200);
        let all = page["parked_updates"].as_array().expect("a list");
        all.iter()
            .any(|parked| parked["reason"] == "dead_letter")
            .then_some(())
    })
    .await;
}

/// Telegram says wait; the wake queue and the tick bring the sender back.
async fn flood(world: &World, journey: &Journey) {
    let fault = json!({ "bot": journey.bot.telegram_id, "method": "sendMessage", "count": 1,
        "fault": { "kind": "too_many_requests", "retry_after": 35 } });
    world.telegram("POST", "/faults", fault).await;
    journey
        .creator
        .answer(&journey.conversation, "after the flood")
        .await;
    eventually("Telegram has said wait", async || {
        let log = world
            .telegram(
                "GET",
                &format!(
                    "/log?bot={}&method=sendMessage&status=429",
                    journey.bot.telegram_id
                ),
                Value::Null,
            )
            .await;
        log["calls"]
            .as_array()
            .is_some_and(|calls| !calls.is_empty())
            .then_some(())
    })
    .await;
    eventually("a wake is asked for", async || {
        (world.depth("-wake") > 0).then_some(())
    })
    .await;
    tick(world).await;
    world.host.advance(time_seconds(40)).await;
    delivery(journey, "after the flood", "sent").await;
    tick(world).await;
}

fn time_seconds(seconds: i64) -> time::Duration {
    time::Duration::seconds(seconds)
}

async fn tick(world: &World) {
    let invoked = world
        .api()
        .post("/__local/functions/operations.tick/invoke", &json!({}))
        .await;
    assert_eq!(invoked.status, 200, "{}", invoked.body);
}

fn messages(journey: &Journey) -> String {
    format!("/api/v1/conversations/{}/messages", journey.conversation)
}

fn parked_path(journey: &Journey) -> String {
    format!("/api/v1/bots/{}/parked-updates", journey.bot.id)
}
