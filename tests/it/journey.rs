//! One walk through everything that the product does, for tests that look at its traces afterwards.

mod inbound;
mod trouble;

use crate::journey_access::prove;
use crate::journey_team::Team;
use inbound::inbound;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};
use trouble::{dead_letters, flood, parking};

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
    crate::journey_billing::walk(world).await;
    crate::journey_owners::walk(world, &journey).await;
    crate::journey_closing::walk(world).await;
    crate::journey_account::walk(world).await;
    crate::journey_sofi::walk(world, &journey).await;
    crate::journey_alerts::walk(world, &journey).await;
    crate::journey_business::walk(world, &journey).await;
    crate::journey_mail::walk(world, &journey).await;
    journey.team = Some(crate::journey_team::walk(world, &journey).await);
    crate::staff::walk(world, &journey.creator.api).await;
    crate::compliance::walk(world, &journey.creator.api).await;
    parking(world, &journey).await;
    crate::reseal::walk(world, &journey.creator.api).await;
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
    prove(&creator.api, None).await;
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
    prove(&creator.api, None).await;
    creator.api.delete(&path).await.expect(200);
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

fn messages(journey: &Journey) -> String {
    format!("/api/v1/conversations/{}/messages", journey.conversation)
}
