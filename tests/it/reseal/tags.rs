//! Tags that an earlier release left unsealed: they are read, and whoever writes the fan's row next seals them.

use serde_json::{Value, json};
use tests::eventually;

use super::{Stage, run, text};
use crate::sealing::rows;

/// The fan's row, and the full name of its table.
fn row(stage: &Stage) -> (String, Value) {
    let (table, rows) = rows(&stage.world, "tenant");
    let prefix = format!("T#{}#", stage.tenant);
    let is_the_fans = |row: &Value| {
        let pk = row["pk"]["S"].as_str().unwrap_or_default();
        row["kind"]["S"] == "fan" && pk.starts_with(&prefix)
    };
    let row = rows.into_iter().find(is_the_fans);
    (table, row.expect("the fan's row"))
}

/// Has them stand there as an earlier release wrote them.
fn unseal(stage: &Stage, tags: &[&str]) {
    let (table, mut row) = row(stage);
    let list: Vec<_> = tags.iter().map(|tag| json!({ "S": tag })).collect();
    row["tags"] = json!({ "L": list });
    let database = stage.world.host.aws().dynamodb();
    let loaded = database.load(&table, &json!([row]).to_string());
    loaded.expect("it is written");
}

/// What is sealed there under the fan's key, once it is.
async fn sealed(stage: &Stage, by: &str) -> Value {
    eventually(by, async || {
        let tags = row(stage).1["tags"].clone();
        tags["B"].is_string().then_some(())
    })
    .await;
    let held = stage.keys().await.held(&stage.world).into_values();
    let mut fans = held.filter(|row| row.kind == "fan");
    let fan = fans.next().expect("the fan");
    let (_, content) = fan.sealed.get("tags").expect("it opens");
    serde_json::from_slice(content).expect("a list")
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_that_an_earlier_release_left_unsealed_are_read_and_sealed_with_the_next_write() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let path = format!("/api/v1/fans/{}", text(&stage.conversation, "fan_id"));
    assert_eq!(sealed(&stage, "a new tag is sealed").await, json!(["VIP"]));

    unseal(&stage, &["VIP"]);
    let before = api.get(&path).await.expect(200);
    assert_eq!(before["tags"], json!(["VIP"]));
    let found = api.get("/api/v1/fans?tag=vip").await.expect(200);
    assert_eq!(found["fans"][0]["tags"], json!(["VIP"]), "{found}");

    stage.robin.says(world, &stage.bot, "the third").await;
    let tags = sealed(&stage, "the fan's own words").await;
    assert_eq!(tags, json!(["VIP"]));
    world.settled().await;

    unseal(&stage, &["VIP"]);
    let body = json!({ "note": "tall", "rev": before["rev"] });
    let after = api.patch(&path, &body).await.expect(200);
    assert_eq!(after["tags"], json!(["VIP"]), "nobody else was faster");
    assert_eq!(sealed(&stage, "a note").await, json!(["VIP"]));

    unseal(&stage, &["VIP"]);
    let restriction = format!("{path}/restriction");
    for reason in [json!("asked by mail"), Value::Null] {
        let body = json!({ "reason": reason });
        api.put(&restriction, &body).await.expect(200);
    }
    assert_eq!(sealed(&stage, "a restriction").await, json!(["VIP"]));

    unseal(&stage, &["VIP"]);
    let body = json!({ "fan_ids": [stage.conversation["fan_id"]], "add": ["new"] });
    api.post("/api/v1/fans/tags", &body).await.expect(200);
    let tags = sealed(&stage, "another tag").await;
    assert_eq!(tags, json!(["VIP", "new"]));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_of_a_fan_who_is_silent_are_sealed_by_the_command() {
    let stage = Stage::open().await;
    unseal(&stage, &["VIP"]);
    let first = run(&stage.world, &stage.tenant, None).await;
    assert_eq!((first.resealed, first.left), (1, 0));
    assert_eq!(sealed(&stage, "the command").await, json!(["VIP"]));
    let second = run(&stage.world, &stage.tenant, None).await;
    assert_eq!((second.resealed, second.left), (0, 0));

    // A fan without any has nothing to seal.
    unseal(&stage, &[]);
    let third = run(&stage.world, &stage.tenant, None).await;
    assert_eq!((third.resealed, third.left), (0, 0));
    stage.world.host.stop().await;
}
