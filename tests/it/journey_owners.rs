//! The part of the walk in which an owner buys, looks after the plan, leaves and comes back.

use serde_json::json;
use tests::{World, eventually};

use crate::journey::Journey;
use crate::journey_billing::{buy, open};

const BILLING: &str = "/api/v1/billing";

/// Walks it, and leaves a workspace with a plan and two invoices.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let creator = &journey.creator;
    let api = creator.log_in(world).await;
    api.get(BILLING).await.expect(200);
    // The page for another plan closes this one.
    open(&creator.api, "studio", "year").await;
    buy(world, creator, "creator", "month").await;
    stands(&api, "active").await;
    let portal = format!("{BILLING}/portals");
    api.post(&portal, &json!({})).await.expect(201);
    let flow = json!({ "flow": "change_plan" });
    api.post(&portal, &flow).await.expect(201);
    let cancellations = format!("{BILLING}/cancellations");
    api.post(&cancellations, &json!({})).await.expect(200);
    world.settled().await;
    api.delete(&cancellations).await.expect(200);
    world.settled().await;
    let word = json!({ "confirm": true });
    let withdrawals = format!("{BILLING}/withdrawals");
    let done = api.post(&withdrawals, &word).await.expect(200);
    assert_eq!(done["refunded"], 2_900, "{done}");
    world.settled().await;
    stands(&api, "trial").await;
    buy(world, creator, "creator", "month").await;
    stands(&api, "active").await;
    let list = format!("{BILLING}/invoices?limit=1");
    eventually("there are two invoices", async || {
        let page = api.get(&list).await.expect(200);
        page["next_cursor"].as_str().map(str::to_owned)
    })
    .await;
}

async fn stands(api: &tests::Api, standing: &str) {
    eventually(&format!("it is {standing}"), async || {
        let shown = api.get(BILLING).await.expect(200);
        (shown["standing"] == standing).then_some(())
    })
    .await;
}
