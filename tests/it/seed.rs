//! The demo creator of `--seed`, in small.

use local::seed::{self, Size};
use serde_json::{Value, json};
use tests::{Api, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_something_on_every_page_and_is_made_once() {
    let world = World::start().await;
    let size = Size {
        fans: 12,
        messages: 150,
    };
    seed::sow(&world.host, size, |_| {}).await.expect("sown");
    let api = log_in(&world).await;
    world.settled().await;

    let all = conversations(&api, "all").await;
    assert_eq!(all.len(), size.fans);
    let mut messages = 0;
    for conversation in &all {
        let id = conversation["id"].as_str().expect("an id");
        let path = format!("/api/v1/conversations/{id}/messages?limit=100");
        let page = api.get(&path).await.expect(200);
        messages += page["messages"].as_array().expect("a list").len();
    }
    assert_eq!(messages, size.messages);
    for view in ["drafts", "done", "snoozed", "mine", "unread"] {
        assert!(!conversations(&api, view).await.is_empty(), "{view}");
    }
    let bots = api.get("/api/v1/bots").await.expect(200);
    let mut health = Vec::new();
    for bot in bots["bots"].as_array().expect("a list") {
        let path = format!("/api/v1/bots/{}/health", bot["id"].as_str().expect("an id"));
        let seen = api.get(&path).await.expect(200);
        let found = (seen["healthy"].clone(), bot["state"].clone());
        health.push((bot["username"].clone(), found));
    }
    health.sort_by_key(|(name, _)| name.to_string());
    let expected = [
        (json!("nova_linden_bot"), (json!(true), json!("connected"))),
        (json!("nova_spare_bot"), (json!(false), json!("token_dead"))),
    ];
    assert_eq!(health, expected);

    seed::sow(&world.host, size, |_| {})
        .await
        .expect("is there already");
    assert_eq!(conversations(&api, "all").await.len(), size.fans);
    world.host.stop().await;
}

async fn log_in(world: &World) -> Api {
    let login = json!({ "email": seed::EMAIL, "password": seed::PASSWORD });
    let session = world.api().post("/api/v1/sessions", &login).await;
    let session = session.expect(201);
    let token = session["session_token"].as_str().expect("a token");
    Api::new(world.host.url(), Some(token.to_owned()))
}

async fn conversations(api: &Api, view: &str) -> Vec<Value> {
    let path = format!("/api/v1/conversations?limit=100&view={view}");
    let page = api.get(&path).await.expect(200);
    page["conversations"].as_array().expect("a list").clone()
}
