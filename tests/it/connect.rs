//! What must be agreed before a bot is connected, and what is left when it is disconnected.

use serde_json::{Value, json};
use tests::{Api, PASSWORD, World, accepted};

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
