//! What must be agreed before a bot is connected, what is left alone until somebody says so, and what is left when it is
//! disconnected.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Api, PASSWORD, World, accepted};

use crate::journey_access::prove;

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_is_connected_only_after_the_agreement_about_fans_data() {
    const EMAIL: &str = "later@example.com";
    let world = World::start().await;
    let api = world.api();
    let texts = accepted(&api).await;
    let (dpa, others): (Vec<Value>, Vec<Value>) = texts
        .into_iter()
        .partition(|text| text["document"] == "dpa");
    let body = json!({ "name": "Later Owner", "email": EMAIL, "password": PASSWORD, "adult_attested": true,
        "workspace_name": "Later", "accepted": others });
    let registration = api.post("/api/v1/registrations", &body).await.expect(201);
    let id = registration["registration_id"].as_str().expect("an id");
    let code = world.mailed_code(EMAIL).await;
    let path = format!("/api/v1/registrations/{id}/verifications");
    let verified = api.post(&path, &json!({ "code": code })).await;
    verified.expect(201);
    let login = json!({ "email": EMAIL, "password": PASSWORD });
    let session = api.post("/api/v1/sessions", &login).await.expect(201);
    let token = session["session_token"].as_str().expect("a token");
    let owner = Api::new(world.host.url(), Some(token.to_owned()));

    let made = json!({ "username": "later_test_bot", "first_name": "Later" });
    let made = world.telegram("POST", "/bots", made).await;
    let connect = json!({ "token": made["message"] });
    let early = owner.post("/api/v1/bots", &connect).await;
    assert_eq!(early.problem(409), "dpa_required");
    let at_telegram = format!("/bots/{}", made["id"]);
    let bot = world.telegram("GET", &at_telegram, Value::Null).await;
    assert!(bot["webhook"].is_null(), "{bot}");

    owner.post("/api/v1/agreements", &dpa[0]).await.expect(201);
    owner.post("/api/v1/bots", &connect).await.expect(201);
    world.host.stop().await;
}

/// How often a bot's webhook was set, and where it leads now.
async fn webhook(world: &World, telegram_id: i64) -> (usize, Value) {
    let log = format!("/log?bot={telegram_id}&method=setWebhook");
    let log = world.telegram("GET", &log, Value::Null).await;
    let bot = format!("/bots/{telegram_id}");
    let bot = world.telegram("GET", &bot, Value::Null).await;
    let calls = log["calls"].as_array().expect("calls").len();
    (calls, bot["webhook"]["url"].clone())
}

/// What another service does that has the bot's token.
async fn set_elsewhere(world: &World, token: &str, address: &str) {
    // Telegram takes one setWebhook a second.
    world.host.advance(time::Duration::seconds(2)).await;
    let set = format!("{}/bot{token}/setWebhook", world.host.telegram_url());
    let body = json!({ "url": address });
    let set = reqwest::Client::new().post(set).json(&body).send().await;
    assert_eq!(set.expect("an answer").status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_of_another_workspace_or_service_keeps_its_webhook_until_somebody_says_so() {
    const ELSEWHERE: &str = "https://elsewhere.example.com/hook";
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "mira_vale_bot").await;
    let connected = webhook(&world, bot.telegram_id).await;
    assert_eq!(connected.0, 1);
    let eve = world.creator("Eve Planter").await;
    for take_over in [false, true] {
        let body = json!({ "token": bot.token, "take_over": take_over });
        let refused = eve.api.post("/api/v1/bots", &body).await;
        assert_eq!(refused.problem(409), "bot_connected_elsewhere");
        assert_eq!(webhook(&world, bot.telegram_id).await, connected);
    }

    let made = json!({ "username": "taken_test_bot" });
    let made = world.telegram("POST", "/bots", made).await;
    let id = made["id"].as_i64().expect("Telegram's id");
    let token = made["token"].as_str().expect("a token");
    set_elsewhere(&world, token, ELSEWHERE).await;
    let body = json!({ "token": token });
    let refused = eve.api.post("/api/v1/bots", &body).await;
    assert_eq!(refused.problem(409), "webhook_in_use");
    assert_eq!(webhook(&world, id).await, (1, json!(ELSEWHERE)));
    let bots = eve.api.get("/api/v1/bots").await.expect(200);
    assert_eq!(bots["bots"], json!([]), "nothing is written either");

    // Telegram takes one setWebhook a second.
    world.host.advance(time::Duration::seconds(2)).await;
    let body = json!({ "token": token, "take_over": true });
    eve.api.post("/api/v1/bots", &body).await.expect(201);
    let (calls, address) = webhook(&world, id).await;
    assert_eq!(calls, 2);
    assert_ne!(address, ELSEWHERE);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_token_takes_a_bot_from_the_service_that_took_it_meanwhile_only_if_somebody_says_so()
{
    const ELSEWHERE: &str = "https://elsewhere.example.com/hook/4711";
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let bot = mira.connect_bot(&world, "mira_vale_bot").await;
    let id = bot.telegram_id;
    let (_, ours) = webhook(&world, id).await;
    let revoke = format!("/bots/{id}/revoke");
    let made = world.telegram("POST", &revoke, Value::Null).await;
    let token = made["token"].as_str().expect("a token");
    set_elsewhere(&world, token, ELSEWHERE).await;
    let taken = webhook(&world, id).await;
    assert_eq!(taken.1, ELSEWHERE);

    let before = mira.api.get("/api/v1/bots").await.expect(200);
    prove(&mira.api, None).await;
    let path = format!("/api/v1/bots/{}/token", bot.id);
    for body in [
        json!({ "token": token }),
        json!({ "token": token, "take_over": false }),
    ] {
        let refused = mira.api.put(&path, &body).await;
        let says = refused.body["message"].to_string();
        assert!(says.contains("https://elsewhere.example.com"), "{says}");
        assert!(!says.contains("4711"), "{says}");
        assert_eq!(refused.problem(409), "webhook_in_use");
    }
    assert_eq!(webhook(&world, id).await, taken);
    let kept = mira.api.get("/api/v1/bots").await.expect(200);
    assert_eq!(kept, before, "nothing is written either");

    world.host.advance(time::Duration::seconds(2)).await;
    let body = json!({ "token": token, "take_over": true });
    let rotated = mira.api.put(&path, &body).await.expect(200);
    assert_eq!(rotated["token_last4"], &token[token.len() - 4..]);
    assert_eq!(webhook(&world, id).await, (taken.0 + 1, ours));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_first_is_told_which_bot_it_is_and_nothing_is_changed() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let made = json!({ "username": "mira_vale_bot", "first_name": "Mira" });
    let made = world.telegram("POST", "/bots", made).await;
    let id = made["id"].as_i64().expect("Telegram's id");
    let question = json!({ "token": made["message"], "ask": true });
    let asked = mira.api.post("/api/v1/bots", &question).await.expect(202);
    let expected =
        json!({ "telegram_id": id.to_string(), "username": "mira_vale_bot", "name": "Mira" });
    assert_eq!(asked, expected);
    assert_eq!(webhook(&world, id).await, (0, Value::Null));
    let bots = mira.api.get("/api/v1/bots").await.expect(200);
    assert_eq!(bots["bots"], json!([]));

    let body = json!({ "token": made["message"] });
    mira.api.post("/api/v1/bots", &body).await.expect(201);
    let connected = webhook(&world, id).await;
    assert_eq!(connected.0, 1);
    let question = json!({ "token": made["message"], "ask": true });
    mira.api.post("/api/v1/bots", &question).await.expect(202);
    let eve = world.creator("Eve Planter").await;
    let refused = eve.api.post("/api/v1/bots", &question).await;
    assert_eq!(refused.problem(409), "bot_connected_elsewhere");
    assert_eq!(webhook(&world, id).await, connected);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_telegram_did_not_confirm_is_finished_by_repeating_it() {
    let world = World::start().await;
    let api = world.creator("Mira Vale").await.api;
    let made = json!({ "username": "mira_vale_bot" });
    let made = world.telegram("POST", "/bots", made).await;
    let id = made["id"].as_i64().expect("Telegram's id");
    let rule = json!({ "bot": id, "method": "setWebhook", "count": 1,
        "fault": { "kind": "server_error" } });
    world.telegram("POST", "/faults", rule).await;
    let body = json!({ "token": made["token"] });
    let connect = async || {
        let key = [("idempotency-key", "connect")];
        api.send(Method::POST, "/api/v1/bots", Some(&body), &key)
            .await
    };
    assert_eq!(connect().await.problem(503), "telegram_unavailable");
    let listed = async || api.get("/api/v1/bots").await.expect(200)["bots"].take();
    let saved = listed().await;
    assert_eq!(saved.as_array().map(Vec::len), Some(1), "{saved}");
    assert_eq!(webhook(&world, id).await, (1, Value::Null));

    world.host.advance(time::Duration::seconds(2)).await;
    let finished = connect().await.expect(200);
    assert_eq!(finished["id"], saved[0]["id"], "it is the same bot");
    let (calls, address) = webhook(&world, id).await;
    assert_eq!(calls, 2);
    assert!(address.is_string(), "{address}");
    assert_eq!(listed().await.as_array().map(Vec::len), Some(1));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disconnected_bot_has_no_webhook_at_telegram_and_no_ciphertext_here() {
    let world = World::start().await;
    let creator = world.creator("Leaving Owner").await;
    let bot = creator.connect_bot(&world, "leaving_test_bot").await;
    assert!(
        stored(&world).get("token").is_some(),
        "sealed while it works"
    );
    let path = format!("/api/v1/bots/{}", bot.id);
    let gone = creator.api.delete(&path).await.expect(200);
    assert_eq!(gone["webhook"], "removed", "{gone}");

    let log = format!("/log?bot={}&method=deleteWebhook", bot.telegram_id);
    let log = world.telegram("GET", &log, Value::Null).await;
    let calls = log["calls"].as_array().expect("calls");
    assert_eq!(calls.len(), 1, "{log}");
    assert_eq!(calls[0]["status"], 200, "{log}");
    let row = stored(&world);
    assert_eq!(row["state"]["S"], "disconnected", "{row}");
    let left = row.get("token").is_none_or(|token| token["NULL"] == true);
    assert!(left, "{row}");
    world.host.stop().await;
}

/// The only bot's row, as it stands in the table.
fn stored(world: &World) -> Value {
    let rows = world.host.aws().dynamodb().dump("sofi-tenant");
    let mut rows = rows.expect("a table");
    rows.retain(|row| row["kind"]["S"] == "bot");
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}
