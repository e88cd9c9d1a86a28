//! What owners seldom meet: ends at a moment, purchases beside ours, and pages that stay open.

use serde_json::{Value, json};
use tests::{Api, World, eventually};
use time::Duration;

use super::set_card;
use crate::journey_access::prove;
use crate::journey_billing::{buy, copied, copy, daily, open};
use crate::journey_closing::{ask, closing, job};
use crate::journey_exports::id;
use crate::journey_team::colleague;
use crate::sofi::Chat;

const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
const CHECKOUTS: &str = "/api/v1/billing/checkouts";

/// The subscriptions of a customer, those that are over too, newest first.
async fn subscriptions(world: &World, customer: &str) -> Vec<Value> {
    let of = [("customer", customer), ("status", "all")];
    let listed = world.stripe_account().get("/v1/subscriptions", &of).await;
    let listed = listed.expect(200);
    listed["data"].as_array().expect("a list").clone()
}

/// Waits until a person was called, once, by these words.
async fn called(world: &World, words: &str) {
    eventually("a person is called", async || {
        let log = world.host.log();
        let said = log.select(|line| line.text.contains(words));
        // A job that the clock asks for, too, may say it again.
        (!said.is_empty()).then_some(())
    })
    .await;
}

/// What is shown of billing as soon as it stands so.
async fn stands(api: &Api, standing: &str) -> Value {
    eventually(&format!("it is {standing}"), async || {
        let shown = api.get("/api/v1/billing").await.expect(200);
        (shown["standing"] == standing).then_some(shown)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_set_for_a_moment_is_taken_back_like_any_other() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let bought = subscriptions(&world, &customer).await.swap_remove(0);
    let moment = (world.host.now_ms() / 1_000 + 10 * 86_400).to_string();
    let path = format!("/v1/subscriptions/{}", id(&bought));
    let ends = [("cancel_at", moment.as_str())];
    world.stripe_account().post(&path, &ends).await.expect(200);
    eventually("the copy knows the moment", async || {
        let copy = copy(&world, &customer).await?;
        (copy["cancel_at"]["N"].is_string() && copy["cancel_at_period_end"]["BOOL"] == false)
            .then_some(())
    })
    .await;
    let known = mira.api.post(CANCELLATIONS, &json!({})).await.expect(200);
    assert_eq!(known["cancelled"], true, "it ends before its period");
    let renews = mira.api.delete(CANCELLATIONS).await.expect(200);
    assert_eq!(renews["cancelled"], false, "{renews}");
    let after = subscriptions(&world, &customer).await.swap_remove(0);
    assert_eq!(after["cancel_at"], Value::Null);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_on_which_something_was_bought_that_is_over_never_stands_in_the_way() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    let first = copied(&world, &customer, "active").await;
    world.host.advance(Duration::hours(1)).await;
    let account = world.stripe_account();
    let sold = subscriptions(&world, &customer).await.swap_remove(0);
    let price = id(&sold["items"]["data"][0]["price"]);
    let form = [
        ("customer", customer.as_str()),
        ("items[0][price]", price.as_str()),
    ];
    let second = account.post("/v1/subscriptions", &form).await.expect(200);
    for one in [&sold, &second] {
        let path = format!("/v1/subscriptions/{}", id(one));
        account.delete(&path).await.expect(200);
    }
    world.settled().await;
    let over = copied(&world, &customer, "canceled").await;
    assert_eq!(over["subscription"]["S"], id(&second));
    assert_ne!(over["subscription"], first["subscription"]);
    let order = json!({ "plan": "creator", "interval": "month", "terms_accepted": true,
        "immediate_start_acknowledged": true });
    let again = mira.log_in(&world).await.post(CHECKOUTS, &order).await;
    assert!(again.expect(201)["url"].is_string());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_buys_after_an_owner_left_is_the_one_whom_stripe_knows() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let word = json!({ "confirm": true });
    let withdrawn = mira.api.post("/api/v1/billing/withdrawals", &word).await;
    withdrawn.expect(200);
    copied(&world, &customer, "canceled").await;
    let ada = colleague(&world, &mira.api, "Ada Stone", json!({ "role": "owner" })).await;
    prove(&mira.api, None).await;
    let left = mira.api.delete("/api/v1/workspace/members/current").await;
    assert_eq!(left.status, 204, "{}", left.body);
    open(&ada.api, "studio", "month").await;
    let account = world.stripe_account();
    let path = format!("/v1/customers/{customer}");
    let known = account.get(&path, &[]).await.expect(200);
    assert_eq!(known["email"], ada.email.as_str());
    let all = account.get("/v1/customers", &[]).await.expect(200);
    assert_eq!(all["data"].as_array().map(Vec::len), Some(1));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_open_when_the_workspace_was_closed_sells_nothing_minutes_later() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let session = open(&mira.api, "creator", "month").await;
    let path = format!("/v1/checkout/sessions/{session}");
    let page = world.stripe_account().get(&path, &[]).await.expect(200);
    assert_eq!(page["status"], "open");
    prove(&mira.api, None).await;
    let closing = mira.api.post("/api/v1/workspace/closing", &json!({})).await;
    closing.expect(202);
    world.host.advance(Duration::minutes(2)).await;
    eventually("the page is closed", async || {
        let page = world.stripe_account().get(&path, &[]).await.expect(200);
        (page["status"] == "expired").then_some(())
    })
    .await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_failed_is_not_tried_again_once_the_workspace_is_closed() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    set_card(&world, &customer, "declines").await;
    world.host.advance(Duration::days(33)).await;
    copied(&world, &customer, "past_due").await;
    let api = mira.log_in(&world).await;
    prove(&api, None).await;
    let closing = api.post("/api/v1/workspace/closing", &json!({})).await;
    closing.expect(202);
    // The daily look ends it.
    world.host.advance(Duration::hours(25)).await;
    copied(&world, &customer, "canceled").await;
    set_card(&world, &customer, "works").await;
    world.host.advance(Duration::days(5)).await;
    let of = [("customer", customer.as_str()), ("limit", "100")];
    let charges = world.stripe_account().get("/v1/charges", &of).await;
    let charges = charges.expect(200);
    let charges = charges["data"].as_array().expect("a list").iter();
    let paid = charges.filter(|charge| charge["paid"] == true);
    assert_eq!(paid.count(), 1, "the first month alone");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_a_bank_takes_back_stops_sofi_and_calls_a_person_until_it_is_settled() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let of = [("customer", customer.as_str())];
    let charges = world.stripe_account().get("/v1/charges", &of).await;
    let charge = id(&charges.expect(200)["data"][0]);
    let made = json!({ "charge": charge });
    let dispute = id(&world.stripe("POST", "/disputes", made).await);
    let stopped = stands(&mira.api, "lapsed").await;
    assert_eq!(stopped["lapse"], "disputed");
    world.settled().await;
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("a bank takes a payment back"));
    assert_eq!(said.len(), 1, "each of its events says the same");
    let close = format!("/disputes/{dispute}/close");
    world.stripe("POST", &close, json!({ "won": true })).await;
    stands(&mira.api, "active").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_payments_that_banks_take_back_the_end_of_one_starts_nothing_again() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let account = world.stripe_account();
    let sold = subscriptions(&world, &customer).await.swap_remove(0);
    let price = id(&sold["items"]["data"][0]["price"]);
    let form = [
        ("customer", customer.as_str()),
        ("items[0][price]", price.as_str()),
    ];
    account.post("/v1/subscriptions", &form).await.expect(200);
    world.settled().await;
    let of = [("customer", customer.as_str())];
    let charges = account.get("/v1/charges", &of).await.expect(200);
    let mut disputes = Vec::new();
    for charge in charges["data"].as_array().expect("a list") {
        let made = json!({ "charge": charge["id"] });
        disputes.push(id(&world.stripe("POST", "/disputes", made).await));
        world.settled().await;
    }
    assert_eq!(disputes.len(), 2);
    let known = copied(&world, &customer, "active").await;
    let listed = known["disputes"]["L"].as_array().map(Vec::len);
    assert_eq!(listed, Some(2), "{known}");
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("a bank takes a payment back"));
    assert_eq!(said.len(), 2, "each once");
    let later = disputes.pop().expect("the later one");
    let won = json!({ "won": true });
    let close = format!("/disputes/{later}/close");
    world.stripe("POST", &close, won.clone()).await;
    world.settled().await;
    let left = copied(&world, &customer, "active").await["disputes"].clone();
    assert_eq!(left, json!({ "L": [{ "S": disputes[0] }] }));
    let stopped = stands(&mira.api, "lapsed").await;
    assert_eq!(stopped["lapse"], "disputed");
    let close = format!("/disputes/{}/close", disputes[0]);
    world.stripe("POST", &close, won).await;
    stands(&mira.api, "active").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_stripe_did_not_end_calls_a_person_once_its_workspace_is_erased() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let refuses = json!({ "verb": "POST", "path": "/v1/subscriptions",
        "fault": { "kind": "server_error", "status": 403 } });
    world.stripe("POST", "/faults", refuses).await;
    prove(&mira.api, None).await;
    let asked = mira.api.post("/api/v1/workspace/closing", &json!({})).await;
    asked.expect(202);
    let job = job(&closing(&world).await.expect("a closing"));
    let until = Duration::days(7) + Duration::minutes(5);
    world.host.advance(until).await;
    ask(&world, &job);
    called(&world, "a plan goes on whose workspace").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_a_bank_does_not_take_calls_a_person() {
    let world = World::start().await;
    let object = json!({ "object": "refund", "id": "re_1", "charge": "ch_1", "status": "failed" });
    let event = json!({ "type": "refund.failed", "object": object });
    world.stripe("POST", "/events", event).await;
    called(&world, "a bank did not take a refund").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_told_once_a_day_how_much_sofi_wrote_in_this_month() {
    let chat = Chat::open("auto").await;
    let world = &chat.world;
    let customer = buy(world, &chat.creator, "creator", "month").await;
    copied(world, &customer, "active").await;
    chat.says("how was your day?").await;
    chat.answered(1).await;
    for _ in 0..2 {
        daily(world, &chat.creator).await;
    }
    let told = world.stripe("GET", "/usage", Value::Null).await;
    let uses = told["uses"].as_array().expect("a list").iter();
    let ours: Vec<_> = uses
        .filter(|one| one["customer"] == customer.as_str())
        .collect();
    assert_eq!(ours.len(), 1, "{told}");
    assert_eq!(ours[0]["event_name"], "sofi_ai_messages");
    assert_eq!(ours[0]["value"], 1);
    chat.world.host.stop().await;
}
