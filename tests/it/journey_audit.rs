//! The part of the walk that looks at the audit log, and the ways of its job that need a permission of their own.

use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::{Signed, World, eventually};

use crate::journey::Journey;
use crate::journey_access::prove;

/// A ring that is lost, a day that is over, and every route.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let api = &journey.creator.api;
    lose_ring(world, journey).await;
    let verified = async || {
        let verdict = api.get("/api/v1/audit/verification").await.expect(200);
        (verdict["state"] == "ok").then(|| verdict["anchors"].as_u64().expect("a number"))
    };
    let known = verified().await.expect("the log is in order");
    yesterday(world, journey).await;
    eventually("the log is anchored and in order", async || {
        verified().await.filter(|anchors| *anchors > known)
    })
    .await;
    let page = api.get("/api/v1/audit?action=fan.change").await.expect(200);
    let entry = &page["entries"][0];
    assert_eq!(entry["new"]["state"], "shown", "{page}");
    prove(api, None).await;
    for path in ["/api/v1/audit/export", "/api/v1/audit/account/export"] {
        assert_eq!(api.get(path).await.status, 200, "{path}");
    }
    let own = "/api/v1/audit/account/verification";
    let verdict = api.get(own).await.expect(200);
    assert_eq!(verdict["state"], "ok", "{verdict}");
}

/// A day of the past is still open: as if nobody had looked since.
async fn yesterday(world: &World, journey: &Journey) {
    let me = journey.creator.api.get("/api/v1/me").await.expect(200);
    let id = me["workspaces"][0]["id"].as_str().expect("an id");
    let tenant = id.rsplit_once('_').expect("a prefix").1;
    let tables = world.host.aws().dynamodb().tables().expect("tables");
    let work = tables.into_iter().find(|name| name.ends_with("-work"));
    let item = json!({
        "pk": { "S": format!("T#{tenant}#ANCHORS") }, "sk": { "S": "20000" },
        "kind": { "S": "audit_anchor" }, "v": { "N": "1" }, "rev": { "N": "1" },
        "tenant": { "S": id }, "day": { "N": "20000" }, "due_at": { "N": "1728086700000" },
    });
    let put = json!({ "TableName": work.expect("a table"), "Item": item });
    let platform = Signed::platform(world);
    platform.dynamodb("PutItem", &put).await.expect("written");
    budget(journey, 2).await;
}

/// The first ring of an act is lost; `tick` makes up for it.
async fn lose_ring(world: &World, journey: &Journey) {
    let functions = world.host.functions();
    let function = functions.resolve("sofi.set-budget").expect("a function");
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("sqs".to_owned()),
        operation: Some("SendMessage".to_owned()),
        function: Some(function.to_owned()),
        times: Some(6),
        skip: 0,
        delay_ms: 0,
    });
    budget(journey, 1).await;
    world.host.gate().clear_faults();
    world.host.advance(time::Duration::seconds(150)).await;
    eventually("tick rings for what waits", async || {
        let page = journey
            .creator
            .api
            .get("/api/v1/audit?limit=1")
            .await
            .expect(200);
        (page["entries"][0]["sequence"] != Value::Null).then_some(())
    })
    .await;
}

async fn budget(journey: &Journey, tokens: i64) {
    let body = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 5_000_000, "daily_tokens": 4_000_000 + tokens });
    journey
        .creator
        .api
        .put("/api/v1/ai/budget", &body)
        .await
        .expect(200);
}
