//! What a workspace bought is what Stripe says, whatever events say of it, in which order, how often, or not at all.

mod cancelled;
mod deaths;
mod disputed;
mod ended;
mod given_back;
mod lives;
mod passed_on;
mod told;
mod unusual;
mod withdrawn;

use emulator::sqs::Send as Message;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tests::{Creator, World, eventually};
use time::Duration;

use crate::journey_billing::{buy, copied, copy, events, resend};

/// What every receipt says, and no other mail.
const RECEIPT: &str = "We received EUR";
/// What every notice of a renewal says, and no other mail.
const RENEWS: &str = "renews by itself";

/// How many mails to somebody have these words.
fn mails_saying(world: &World, who: &Creator, words: &str) -> usize {
    let says = |text: &str| text.contains(words);
    let mails = world.mails_to(&who.email);
    let mails = mails.iter().filter_map(|mail| mail.text.as_deref());
    mails.filter(|text| says(text)).count()
}

/// The sweep asks as well, but after days it is hours late.
async fn look(world: &World, who: &Creator) {
    let api = who.log_in(world).await;
    let me = api.get("/api/v1/me").await.expect(200);
    let job = json!({ "v": 1, "whose": { "tenant": me["workspaces"][0]["id"] } });
    let sqs = world.host.aws().sqs();
    let mut names = sqs.queues().into_iter().map(|queue| queue.name);
    let queue = names.find(|name| name.ends_with("-billing.fifo"));
    let message = Message {
        body: job.to_string(),
        group_id: Some("looks".to_owned()),
        deduplication_id: Some(world.host.now_ms().to_string()),
        ..Message::default()
    };
    sqs.send(&queue.expect("a queue"), message)
        .expect("takes it");
    world.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_closed_workspace_bought_is_not_renewed() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    crate::journey_access::prove(&mira.api, None).await;
    let closing = mira.api.post("/api/v1/workspace/closing", &json!({})).await;
    closing.expect(202);
    let event = events(&world, &customer).await.swap_remove(0);
    resend(&world, &event, json!({ "new_id": true })).await;
    eventually("the plan ends with its period", async || {
        let copy = copy(&world, &customer).await?;
        (copy["cancel_at_period_end"]["BOOL"] == true).then_some(())
    })
    .await;
    world.host.stop().await;
}

/// Where Stripe has the subscription of a customer.
async fn subscription(world: &World, customer: &str) -> String {
    let of = [("customer", customer)];
    let listed = world.stripe_account().get("/v1/subscriptions", &of).await;
    let listed = listed.expect(200);
    let id = listed["data"][0]["id"].as_str().expect("an id");
    format!("/v1/subscriptions/{id}")
}

/// Ends the subscription of a customer with its period, or takes that back, at Stripe.
async fn cancel(world: &World, customer: &str, cancels: bool) {
    let form = [(
        "cancel_at_period_end",
        if cancels { "true" } else { "false" },
    )];
    let path = subscription(world, customer).await;
    world.stripe_account().post(&path, &form).await.expect(200);
}

/// Ends it at once.
async fn end(world: &World, customer: &str) {
    let path = subscription(world, customer).await;
    world.stripe_account().delete(&path).await.expect(200);
}

/// How the card of a customer takes payments from now on: it "works", or it "declines".
async fn set_card(world: &World, customer: &str, card: &str) {
    let path = format!("/customers/{customer}/card");
    let card = json!({ "card": card });
    world.stripe("PUT", &path, card).await;
}

async fn hold(world: &World, holds: bool) {
    let settings = json!({ "hold_deliveries": holds });
    world.stripe("PATCH", "/settings", settings).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p15_a_purchase_on_stripes_page_ends_in_a_paid_plan_and_one_receipt_however_often_it_is_told()
 {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "studio", "month").await;
    let bought = copied(&world, &customer, "active").await;
    assert_eq!(bought["plan"]["S"], "studio");
    world.mail_saying(&mira.email, RECEIPT).await;
    for event in events(&world, &customer).await {
        for how in [
            json!({}),
            json!({ "new_id": true }),
            json!({ "form": "thin" }),
        ] {
            resend(&world, &event, how.clone()).await;
            resend(&world, &event, how).await;
        }
    }
    world.settled().await;
    assert_eq!(mails_saying(&world, &mira, RECEIPT), 1);
    assert_eq!(
        copied(&world, &customer, "active").await["plan"]["S"],
        "studio"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_stripe_keeps_every_event_and_the_plan_and_then_the_backlog_drains() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "year").await;
    copied(&world, &customer, "active").await;
    hold(&world, true).await;
    cancel(&world, &customer, true).await;
    let fault = json!({ "path": "/v1/", "fault": { "kind": "server_error" } });
    let fault = world.stripe("POST", "/faults", fault).await["id"].clone();
    hold(&world, false).await;
    // A signature is good for five minutes only, and the clock must not go past them on its way.
    eventually("the event is taken in", async || {
        (world.depth("billing.fifo") > 0).then_some(())
    })
    .await;
    for _ in 0..4 {
        world.host.advance(Duration::minutes(15)).await;
        let deliveries = world.stripe("GET", "/deliveries", Value::Null).await;
        let tries = deliveries["tries"].as_array().expect("a list");
        assert!(tries.iter().all(|made| made["status"] == 200), "{tries:?}");
        let kept = copy(&world, &customer).await.expect("a copy");
        assert_eq!(kept["status"]["S"], "active");
        assert_eq!(kept["cancel_at_period_end"]["BOOL"], false);
        assert!(world.depth("billing.fifo") > 0, "the event waits");
    }
    mira.api.get("/api/v1/me").await.expect(200);
    world
        .stripe("DELETE", &format!("/faults/{fault}"), Value::Null)
        .await;
    world.host.advance(Duration::minutes(16)).await;
    eventually("the change has arrived", async || {
        let copy = copy(&world, &customer).await?;
        (copy["cancel_at_period_end"]["BOOL"] == true).then_some(())
    })
    .await;
    world.settled().await;
    assert_eq!(world.depth("billing-dlq.fifo"), 0);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p15_a_month_that_renews_is_told_once_seven_to_three_days_before_with_sum_and_link() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    // The shortest month has 28 days: no renewal is nearer than eight days then.
    world.host.advance(Duration::days(20)).await;
    look(&world, &mira).await;
    assert_eq!(mails_saying(&world, &mira, RENEWS), 0);
    let mut told_on = None;
    for day in 21..=28 {
        world.host.advance(Duration::days(1)).await;
        look(&world, &mira).await;
        look(&world, &mira).await;
        let told = mails_saying(&world, &mira, RENEWS);
        assert!(told <= 1, "told twice on day {day}");
        told_on = told_on.or((told == 1).then_some(day));
    }
    let told_on = told_on.expect("it was told");
    assert!((21..=25).contains(&told_on), "day {told_on}");
    let mail = world.mail_saying(&mira.email, RENEWS).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(
        text.contains("EUR 29.00") && text.contains("/billing"),
        "{text}"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_webhook_told_is_found_by_the_daily_look() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "year").await;
    copied(&world, &customer, "active").await;
    hold(&world, true).await;
    cancel(&world, &customer, true).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    let found = copy(&world, &customer).await.expect("a copy");
    assert_eq!(found["cancel_at_period_end"]["BOOL"], true);
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("only the daily look found a change"));
    assert_eq!(said.len(), 1);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_at_stripe_a_moment_ago_can_neither_be_cancelled_nor_resumed() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    hold(&world, true).await;
    end(&world, &customer).await;
    let none = json!({});
    let cancelled = mira.api.post("/api/v1/billing/cancellations", &none).await;
    assert_eq!(cancelled.problem(409), "nothing_bought");
    hold(&world, false).await;
    copied(&world, &customer, "canceled").await;
    let resumed = mira.api.delete("/api/v1/billing/cancellations").await;
    assert_eq!(resumed.problem(409), "nothing_bought");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_stripe_signed_for_this_stage_is_taken_and_what_it_is_about_does_not_matter() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    let before = copied(&world, &customer, "active").await;
    let body = json!({ "id": "evt_1", "type": "customer.subscription.deleted", "livemode": false,
        "data": { "object": { "object": "subscription", "id": "sub_1", "customer": customer } } });
    let seconds = world.host.now_ms() / 1_000;
    let forged = format!("t={seconds},v1={}", "00".repeat(32));
    for signature in ["", "t=1", forged.as_str()] {
        let client = reqwest::Client::builder().no_proxy().build();
        let request = client
            .expect("a client")
            .post(format!("{}/hooks/stripe", world.host.url()))
            .header("stripe-signature", signature)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 400, "{signature}");
    }
    let unknown = json!({ "object": "star", "id": "star_1", "customer": customer });
    let nobody = json!({ "object": "price", "id": "price_1" });
    for (kind, object) in [("star.exploded", unknown), ("price.updated", nobody)] {
        let event = json!({ "type": kind, "object": object });
        world.stripe("POST", "/events", event).await;
    }
    world.settled().await;
    let tries = world.stripe("GET", "/deliveries", Value::Null).await["tries"].clone();
    let status = |kind: &str| {
        let mut tries = tries.as_array().expect("a list").iter();
        tries.find(|made| made["kind"] == kind).expect("tried")["status"].clone()
    };
    assert_eq!(
        (status("star.exploded"), status("price.updated")),
        (json!(200), json!(200))
    );
    // An event about real money has no business on this stage.
    world
        .stripe("PATCH", "/settings", json!({ "livemode": true }))
        .await;
    let event = json!({ "type": "live.money", "object": { "object": "star", "id": "star_2", "customer": customer } });
    world.stripe("POST", "/events", event).await;
    world.settled().await;
    let refused = world.stripe("GET", "/deliveries", Value::Null).await;
    let tries = refused["tries"].as_array().expect("a list");
    let refused = tries.iter().find(|made| made["kind"] == "live.money");
    assert_eq!(refused.expect("tried")["status"], 400);
    assert_eq!(copy(&world, &customer).await, Some(before));
    world.host.stop().await;
}
