//! A withdrawal that was declared is carried out, whatever fails on the way, and no payment for it is kept.

use serde_json::{Value, json};
use tests::{Answer, Api, Creator, World, eventually};
use time::Duration;

use super::{cancel, end, hold, look, mails_saying, set_card};
use crate::billing_routes::dies;
use crate::journey_billing::{buy, copied, copy, events, open, resend};

const WITHDRAWALS: &str = "/api/v1/billing/withdrawals";
const CANCELLATIONS: &str = "/api/v1/billing/cancellations";
/// What every receipt of a withdrawal says, and no other mail.
pub(super) const WITHDRAWN: &str = "your withdrawal";
/// What the confirmation says where Stripe refused a refund, and what is told once it went through.
pub(super) const OWED: &str = "We owe you EUR 29.00";
pub(super) const MADE: &str = "is on its way now";
/// What is told of a payment that arrived after the confirmation.
const RETURNED: &str = "for a contract from which you had withdrawn before";
/// What the plan of these tests costs for a month.
pub(super) const PRICE: i64 = 2_900;

pub(super) async fn bought() -> (World, Creator, String) {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    (world, mira, customer)
}

pub(super) async fn withdraw(api: &Api) -> Answer {
    api.post(WITHDRAWALS, &json!({ "confirm": true })).await
}

/// The present day as mails write it.
fn day(world: &World) -> String {
    let now = world.now();
    format!("{} {} {}", now.day(), now.month(), now.year())
}

/// Has calls of Stripe's fail, until the fault of this id is taken away.
pub(super) async fn fails(world: &World, verb: &str, path: &str, status: u16) -> String {
    let fault = json!({ "verb": verb, "path": path, "fault": { "kind": "server_error", "status": status } });
    world.stripe("POST", "/faults", fault).await["id"].to_string()
}

pub(super) async fn works_again(world: &World, fault: &str) {
    let path = format!("/faults/{fault}");
    world.stripe("DELETE", &path, Value::Null).await;
}

/// What of a customer's payments came in, and what of them went back.
pub(super) async fn money(world: &World, customer: &str) -> (i64, i64) {
    let of = [("customer", customer), ("limit", "100")];
    let listed = world.stripe_account().get("/v1/charges", &of).await;
    let listed = listed.expect(200);
    let charges = listed["data"].as_array().expect("a list").iter();
    let paid = charges.filter(|charge| charge["paid"] == true);
    let sums = paid.map(|charge| {
        let sum = |name: &str| charge[name].as_i64().expect("a sum");
        (sum("amount"), sum("amount_refunded"))
    });
    sums.fold((0, 0), |(came, went), (paid, back)| {
        (came + paid, went + back)
    })
}

pub(super) async fn is_given_back(world: &World, customer: &str, expected: i64) {
    eventually("everything is given back", async || {
        (money(world, customer).await == (expected, expected)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_declared_in_time_is_in_time_however_long_stripe_fails() {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "DELETE", "/v1/subscriptions", 503).await;
    let before = day(&world);
    let cut = withdraw(&mira.api).await;
    let after = day(&world);
    assert_eq!(cut.problem(503), "withdrawal_received");
    // It is confirmed at once, shown as what it is, and nothing else is decided beside it.
    world.mail_saying(&mira.email, WITHDRAWN).await;
    let shown = mira.api.get("/api/v1/billing").await.expect(200);
    assert!(shown["withdrawn_at"].is_string(), "{shown}");
    assert_eq!(shown["withdrawal"], Value::Null);
    let cancelled = mira.api.post(CANCELLATIONS, &json!({})).await;
    assert_eq!(cancelled.problem(409), "already_withdrawn");
    let resumed = mira.api.delete(CANCELLATIONS).await;
    assert_eq!(resumed.problem(409), "already_withdrawn");
    let written = copy(&world, &customer).await.expect("a copy");
    assert_eq!(written["status"]["S"], "active");
    assert_eq!(written["withdrawn"], written["subscription"]);
    world.host.advance(Duration::days(19)).await;
    let later = mira.log_in(&world).await;
    assert_eq!(
        copy(&world, &customer).await.expect("a copy")["status"]["S"],
        "active"
    );
    works_again(&world, &fault).await;
    let done = withdraw(&later).await.expect(200);
    assert_eq!(done["refunded"], PRICE);
    copied(&world, &customer, "canceled").await;
    is_given_back(&world, &customer, PRICE).await;
    let mail = world.mail_saying(&mira.email, WITHDRAWN).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains(&before) || text.contains(&after), "{text}");
    world.mail_saying(&mira.email, MADE).await;
    world.settled().await;
    for words in [WITHDRAWN, MADE] {
        assert_eq!(mails_saying(&world, &mira, words), 1, "{words}");
    }
    let shown = later.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["invoices"][0]["status"], "refunded");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_nobody_repeats_is_through_within_minutes_after_an_hour_without_stripe() {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "DELETE", "/v1/subscriptions", 503).await;
    let cut = withdraw(&mira.api).await;
    assert_eq!(cut.problem(503), "withdrawal_received");
    for _ in 0..6 {
        world.host.advance(Duration::minutes(10)).await;
        world.settled().await;
    }
    let kept = copy(&world, &customer).await.expect("a copy");
    assert_eq!(kept["status"]["S"], "active");
    works_again(&world, &fault).await;
    world.host.advance(Duration::minutes(7)).await;
    copied(&world, &customer, "canceled").await;
    is_given_back(&world, &customer, PRICE).await;
    world.mail_saying(&mira.email, MADE).await;
    world.settled().await;
    for words in [WITHDRAWN, MADE] {
        assert_eq!(mails_saying(&world, &mira, words), 1, "{words}");
    }
    world.host.stop().await;
}

/// A withdrawal that dies after it has ended the contract, which the daily look then copies.
async fn dies_and_is_finished(world: &World, mira: &Creator, customer: &str) {
    dies(world, "billing.withdraw", "stripe:subscriptions/*", 1, true);
    let cut = withdraw(&mira.api).await;
    assert!(cut.status >= 500, "{} {}", cut.status, cut.body);
    assert_eq!(world.host.kills().len(), 1);
    world.host.advance(Duration::hours(25)).await;
    look(world, mira).await;
    copied(world, customer, "canceled").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_died_and_that_nobody_repeats_is_finished_by_the_daily_look() {
    let (world, mira, customer) = bought().await;
    dies_and_is_finished(&world, &mira, &customer).await;
    is_given_back(&world, &customer, PRICE).await;
    world.mail_saying(&mira.email, WITHDRAWN).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    assert_eq!(mails_saying(&world, &mira, WITHDRAWN), 1);
    assert_eq!(money(&world, &customer).await, (PRICE, PRICE));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_that_died_is_confirmed_though_another_plan_was_bought_before_the_money_went_back()
 {
    let (world, mira, customer) = bought().await;
    hold(&world, true).await;
    let fault = fails(&world, "POST", "/v1/refunds", 503).await;
    dies_and_is_finished(&world, &mira, &customer).await;
    assert_eq!(mails_saying(&world, &mira, WITHDRAWN), 0);
    let api = mira.log_in(&world).await;
    let session = open(&api, "creator", "month").await;
    let page = format!("/sessions/{session}");
    world.stripe("POST", &page, json!({ "act": "pay" })).await;
    works_again(&world, &fault).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    copied(&world, &customer, "active").await;
    world.mail_saying(&mira.email, WITHDRAWN).await;
    assert_eq!(mails_saying(&world, &mira, WITHDRAWN), 1);
    assert_eq!(money(&world, &customer).await, (2 * PRICE, PRICE));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_stripe_refuses_calls_a_person_and_holds_up_nothing_else() {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "POST", "/v1/refunds", 402).await;
    let done = withdraw(&mira.api).await.expect(200);
    assert_eq!(
        (&done["refunded"], &done["owed"]),
        (&json!(0), &json!(PRICE))
    );
    copied(&world, &customer, "canceled").await;
    let mail = world.mail_saying(&mira.email, WITHDRAWN).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains(OWED), "{text}");
    world.settled().await;
    assert_eq!(mails_saying(&world, &mira, MADE), 0);
    assert_eq!(money(&world, &customer).await, (PRICE, 0));
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("is to be given back by hand"));
    assert!(!said.is_empty());
    // Once it is possible again, the next look does it.
    works_again(&world, &fault).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    is_given_back(&world, &customer, PRICE).await;
    world.mail_saying(&mira.email, MADE).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    for words in [WITHDRAWN, MADE] {
        assert_eq!(mails_saying(&world, &mira, words), 1, "{words}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_refund_holds_up_neither_the_withdrawal_nor_the_copy() {
    let (world, mira, customer) = bought().await;
    for verb in ["POST", "GET"] {
        fails(&world, verb, "/v1/refunds", 403).await;
    }
    let done = withdraw(&mira.api).await.expect(200);
    assert_eq!(
        (&done["refunded"], &done["owed"]),
        (&json!(0), &json!(PRICE))
    );
    copied(&world, &customer, "canceled").await;
    world.settled().await;
    let waits = (world.depth("billing.fifo"), world.depth("billing-dlq.fifo"));
    assert_eq!(waits, (0, 0));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_stripe_refuses_keeps_no_later_word_of_stripes_from_the_copy() {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "DELETE", "/v1/subscriptions", 403).await;
    let refused = withdraw(&mira.api).await;
    assert!(refused.status >= 500, "{} {}", refused.status, refused.body);
    cancel(&world, &customer, true).await;
    eventually("the copy knows what was heard", async || {
        let copy = copy(&world, &customer).await?;
        (copy["cancel_at_period_end"]["BOOL"] == true).then_some(())
    })
    .await;
    world.settled().await;
    assert_eq!(world.depth("billing.fifo"), 0, "nothing waits behind it");
    works_again(&world, &fault).await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    copied(&world, &customer, "canceled").await;
    is_given_back(&world, &customer, PRICE).await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_over_before_anybody_withdrew_is_neither_offered_nor_given_back() {
    let (world, mira, customer) = bought().await;
    end(&world, &customer).await;
    let over = copied(&world, &customer, "canceled").await;
    let shown = mira.api.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["withdrawal"], Value::Null);
    let refused = withdraw(&mira.api).await;
    assert_eq!(refused.problem(409), "nothing_bought");
    world.settled().await;
    assert_eq!(copy(&world, &customer).await, Some(over));
    assert_eq!(money(&world, &customer).await, (PRICE, 0));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_was_under_way_at_the_withdrawal_is_given_back_when_it_arrives() {
    let (world, mira, customer) = bought().await;
    let account = world.stripe_account();
    set_card(&world, &customer, "declines").await;
    let of = [("customer", customer.as_str())];
    let listed = account.get("/v1/subscriptions", &of).await.expect(200);
    let subscription = &listed["data"][0];
    let id = subscription["id"].as_str().expect("an id");
    let item = &subscription["items"]["data"][0]["id"];
    let keys = [("lookup_keys[]", "sofi_studio_month")];
    let prices = account.get("/v1/prices", &keys).await.expect(200);
    let form = [
        ("items[0][id]", item.as_str().expect("an item")),
        (
            "items[0][price]",
            prices["data"][0]["id"].as_str().expect("a price"),
        ),
        ("proration_behavior", "always_invoice"),
    ];
    let path = format!("/v1/subscriptions/{id}");
    account.post(&path, &form).await.expect(200);
    let open = [("customer", customer.as_str()), ("status", "open")];
    let open = account.get("/v1/invoices", &open).await.expect(200);
    let invoice = open["data"][0]["id"]
        .as_str()
        .expect("an open one")
        .to_owned();
    world.settled().await;
    withdraw(&mira.api).await.expect(200);
    copied(&world, &customer, "canceled").await;
    is_given_back(&world, &customer, PRICE).await;
    world.settled().await;
    assert_eq!(mails_saying(&world, &mira, RETURNED), 0);
    world.host.advance(Duration::minutes(2)).await;
    set_card(&world, &customer, "works").await;
    let pay = format!("/v1/invoices/{invoice}/pay");
    let paid = account.post(&pay, &[]).await.expect(200);
    assert_eq!(paid["status"], "paid");
    let late = paid["amount_paid"].as_i64().expect("a sum");
    assert!(late > 0);
    is_given_back(&world, &customer, PRICE + late).await;
    let mail = world.mail_saying(&mira.email, RETURNED).await;
    let sum = format!("EUR {}.{:02}", late / 100, late % 100);
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains(&sum), "{sum}: {text}");
    for event in events(&world, &customer).await {
        resend(&world, &event, json!({ "new_id": true })).await;
    }
    look(&world, &mira).await;
    for (words, times) in [(WITHDRAWN, 1), (RETURNED, 1), (MADE, 0)] {
        assert_eq!(mails_saying(&world, &mira, words), times, "{words}");
    }
    world.host.stop().await;
}
