//! The part of the walk in which a workspace buys a plan, and Stripe fails for a while.

use serde_json::{Value, json};
use tests::{Api, Creator, World, eventually};

use crate::journey_closing::{put, workspace_of};

/// Where a plan is bought.
const CHECKOUTS: &str = "/api/v1/billing/checkouts";

/// Walks it with a creator of its own.
pub(crate) async fn walk(world: &World) {
    let vera = world.creator("Vera Holm").await;
    let customer = buy(world, &vera, "creator", "month").await;
    // What was heard while Stripe fails waits, and is worked after that.
    let fault = json!({ "verb": "GET", "path": "/v1/subscriptions", "count": 8, "fault": { "kind": "server_error" } });
    world.stripe("POST", "/faults", fault).await;
    let event = events(world, &customer).await.swap_remove(0);
    resend(world, &event, json!({ "new_id": true })).await;
    let thin = json!({ "new_id": true, "form": "thin" });
    resend(world, &event, thin).await;
    world.settled().await;
    daily(world, &vera).await;
}

/// Has the sweep ask for the daily look: its moment is now, though no day has passed.
pub(crate) async fn daily(world: &World, who: &Creator) {
    let workspace = workspace_of(&who.api).await;
    let (table, mut row) = next_look(world, &workspace).await;
    let now_ms = world.host.now_ms();
    let part = |name: &str| row[name]["S"].as_str().expect("it falls due").to_owned();
    let (day, moment) = (part("dpk"), part("dsk"));
    let (shard, _) = day.rsplit_once('#').expect("a day");
    let (_, what) = moment.split_once('#').expect("a moment");
    row["dpk"] = json!({ "S": format!("{shard}#{}", now_ms / 86_400_000) });
    row["dsk"] = json!({ "S": format!("{now_ms:013}#{what}") });
    row["wakes_at"] = json!({ "N": "1" });
    put(world, table, &row);
    world.host.advance(time::Duration::seconds(61)).await;
    eventually("the daily look was taken", async || {
        let (_, row) = next_look(world, &workspace).await;
        (row["wakes_at"]["N"] != "1").then_some(())
    })
    .await;
    world.settled().await;
}

/// When a workspace is looked at next: the row, and its table.
async fn next_look(world: &World, workspace: &str) -> (String, Value) {
    let mut looks = world.rows("reconciliation").await.into_iter();
    let ours = looks.find(|(_, row)| row["tenant"]["S"] == workspace);
    ours.expect("each workspace has one")
}

/// Opens Stripe's page for a plan, and gives its session.
pub(crate) async fn open(api: &Api, plan: &str, interval: &str) -> String {
    let order = json!({ "plan": plan, "interval": interval, "terms_accepted": true,
        "immediate_start_acknowledged": true });
    let opened = api.post(CHECKOUTS, &order).await.expect(201);
    let url = opened["url"].as_str().expect("an address");
    let session = url.rsplit('/').next().expect("a session");
    session.to_owned()
}

/// Buys a plan on Stripe's page, and gives Stripe's customer.
pub(crate) async fn buy(world: &World, who: &Creator, plan: &str, interval: &str) -> String {
    let session = open(&who.api, plan, interval).await;
    let page = format!("/sessions/{session}");
    world.stripe("POST", &page, json!({ "act": "pay" })).await;
    let path = format!("/v1/checkout/sessions/{session}");
    let bought = world.stripe_account().get(&path, &[]).await.expect(200);
    let customer = bought["customer"].as_str().expect("a customer").to_owned();
    world.settled().await;
    customer
}

/// The ids of all events that are about a customer's subscription or its invoices, newest first.
pub(crate) async fn events(world: &World, customer: &str) -> Vec<String> {
    let query = [("limit", "100")];
    let listed = world.stripe_account().get("/v1/events", &query).await;
    let listed = listed.expect(200);
    let all = listed["data"].as_array().expect("a list").iter();
    let ours = all.filter(|event| {
        let object = &event["data"]["object"];
        let is_led_to = matches!(object["object"].as_str(), Some("subscription" | "invoice"));
        is_led_to && object["customer"] == customer
    });
    let ids = ours.filter_map(|event| event["id"].as_str());
    ids.map(str::to_owned).collect()
}

/// Has Stripe send an event again.
pub(crate) async fn resend(world: &World, event: &str, how: Value) {
    let path = format!("/events/{event}/resend");
    world.stripe("POST", &path, how).await;
}

/// Our copy of what a customer of Stripe's has bought, as it is stored.
pub(crate) async fn copy(world: &World, customer: &str) -> Option<Value> {
    let mut bought = world.rows("subscription").await.into_iter();
    let (_, row) = bought.find(|(_, row)| row["customer"]["S"] == customer)?;
    let mut copy = row.as_object()?.clone();
    // Each look leaves its mark, whatever it found.
    copy.retain(|name, _| name != "synced_at" && name != "rev");
    copy.contains_key("subscription")
        .then_some(Value::Object(copy))
}

/// The copy as soon as its status is this one.
pub(crate) async fn copied(world: &World, customer: &str, status: &str) -> Value {
    eventually(&format!("the copy is {status}"), async || {
        let copy = copy(world, customer).await?;
        (copy["status"]["S"] == status).then_some(copy)
    })
    .await
}
