//! Money goes back once, whoever gives it back: we, a bank, or a person of ours.

use serde_json::json;
use tests::{Creator, World, eventually};
use time::Duration;

use super::withdrawn::{
    MADE, OWED, PRICE, WITHDRAWN, bought, fails, is_given_back, money, withdraw, works_again,
};
use super::{cancel, hold, look, mails_saying};
use crate::journey_billing::{buy, copied, copy, open};
use crate::journey_exports::id;

/// What the confirmation says while a bank has not decided, and what is told once it has paid the payer back.
const UNDECIDED: &str = "has not decided yet";
const BY_BANK: &str = "Your bank has decided for you";
/// What the log says where a person of ours is called.
const BY_HAND: &str = "is to be given back by hand";

/// The newest charge of a customer at Stripe.
pub(super) async fn charge(world: &World, customer: &str) -> String {
    let of = [("customer", customer)];
    let charges = world.stripe_account().get("/v1/charges", &of).await;
    id(&charges.expect(200)["data"][0])
}

async fn dispute(world: &World, customer: &str) -> String {
    let made = json!({ "charge": charge(world, customer).await });
    id(&world.stripe("POST", "/disputes", made).await)
}

async fn decide(world: &World, dispute: &str, is_won: bool) {
    let close = format!("/disputes/{dispute}/close");
    world.stripe("POST", &close, json!({ "won": is_won })).await;
}

async fn next_day(world: &World, mira: &Creator) {
    world.host.advance(Duration::hours(25)).await;
    look(world, mira).await;
}

fn said(world: &World, words: &str) -> usize {
    let log = world.host.log();
    log.select(|line| line.text.contains(words)).len()
}

/// A plan whose payment is disputed, and that its owner has withdrawn from.
async fn withdrawn() -> (World, Creator, String, String) {
    let (world, mira, customer) = bought().await;
    let dispute = dispute(&world, &customer).await;
    world.settled().await;
    let done = withdraw(&mira.api).await.expect(200);
    let sums = (&done["refunded"], &done["owed"], &done["disputed"]);
    assert_eq!(sums, (&json!(0), &json!(0), &json!(PRICE)), "{done}");
    copied(&world, &customer, "canceled").await;
    let mail = world.mail_saying(&mira.email, WITHDRAWN).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains(UNDECIDED) && !text.contains(OWED), "{text}");
    next_day(&world, &mira).await;
    assert_eq!(money(&world, &customer).await, (PRICE, 0));
    assert_eq!(said(&world, BY_HAND), 0, "nobody can do anything");
    (world, mira, customer, dispute)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bank_gave_back_is_not_given_back_a_second_time_and_a_mail_says_who_did() {
    let (world, mira, customer, dispute) = withdrawn().await;
    decide(&world, &dispute, false).await;
    let mail = world.mail_saying(&mira.email, BY_BANK).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains("EUR 29.00"), "{text}");
    next_day(&world, &mira).await;
    next_day(&world, &mira).await;
    assert_eq!(money(&world, &customer).await, (PRICE, 0));
    for (words, times) in [(WITHDRAWN, 1), (BY_BANK, 1), (MADE, 0)] {
        assert_eq!(mails_saying(&world, &mira, words), times, "{words}");
    }
    assert_eq!(said(&world, BY_HAND), 0);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_bank_left_with_us_is_given_back_as_soon_as_it_has_decided() {
    let (world, mira, customer, dispute) = withdrawn().await;
    decide(&world, &dispute, true).await;
    is_given_back(&world, &customer, PRICE).await;
    world.mail_saying(&mira.email, MADE).await;
    next_day(&world, &mira).await;
    for (words, times) in [(WITHDRAWN, 1), (BY_BANK, 0), (MADE, 1)] {
        assert_eq!(mails_saying(&world, &mira, words), times, "{words}");
    }
    assert_eq!(money(&world, &customer).await, (PRICE, PRICE));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sold_while_a_bank_decides_and_a_plan_can_be_bought_once_it_has() {
    let (world, mira, customer, dispute) = withdrawn().await;
    let api = mira.log_in(&world).await;
    let shown = api.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["lapse"], "disputed");
    let order = json!({ "plan": "creator", "interval": "month", "terms_accepted": true,
        "immediate_start_acknowledged": true });
    let refused = api.post("/api/v1/billing/checkouts", &order).await;
    assert_eq!(refused.problem(409), "payment_disputed");
    decide(&world, &dispute, true).await;
    is_given_back(&world, &customer, PRICE).await;
    eventually("the bank has decided", async || {
        let shown = api.get("/api/v1/billing").await.expect(200);
        shown["lapse"].is_null().then_some(())
    })
    .await;
    open(&api, "creator", "month").await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_open_when_a_dispute_came_can_be_paid_on_no_more() {
    let (world, mira, customer) = bought().await;
    super::end(&world, &customer).await;
    copied(&world, &customer, "canceled").await;
    let session = open(&mira.api, "studio", "month").await;
    dispute(&world, &customer).await;
    let path = format!("/v1/checkout/sessions/{session}");
    eventually("the page is closed", async || {
        let page = world.stripe_account().get(&path, &[]).await.expect(200);
        (page["status"] == "expired").then_some(())
    })
    .await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_of_which_no_event_arrived_is_found_by_the_daily_look() {
    let (world, mira, customer) = bought().await;
    hold(&world, true).await;
    let dispute = dispute(&world, &customer).await;
    next_day(&world, &mira).await;
    let known = copied(&world, &customer, "active").await;
    assert_eq!(known["disputes"], json!({ "L": [{ "S": dispute }] }));
    let api = mira.log_in(&world).await;
    let shown = api.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["lapse"], "disputed");
    decide(&world, &dispute, true).await;
    next_day(&world, &mira).await;
    let api = mira.log_in(&world).await;
    let shown = api.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["standing"], "active", "{shown}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_not_read_disputes_calls_a_person_and_holds_up_no_copy() {
    let (world, mira, customer) = bought().await;
    hold(&world, true).await;
    cancel(&world, &customer, true).await;
    fails(&world, "GET", "/v1/charges", 403).await;
    next_day(&world, &mira).await;
    let known = copy(&world, &customer).await.expect("a copy");
    assert_eq!(known["cancel_at_period_end"]["BOOL"], true, "{known}");
    assert!(said(&world, "stripe's key may not read disputes") > 0);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refunded_by_hand_before_a_withdrawal_is_not_confirmed_a_second_time() {
    let (world, mira, customer) = bought().await;
    let charge = charge(&world, &customer).await;
    let form = [("charge", charge.as_str()), ("amount", "900")];
    let account = world.stripe_account();
    account.post("/v1/refunds", &form).await.expect(200);
    eventually("the page says what is left to give back", async || {
        let shown = mira.api.get("/api/v1/billing").await.expect(200);
        (shown["withdrawal"]["refund"] == 2_000).then_some(())
    })
    .await;
    world.host.advance(Duration::minutes(10)).await;
    let done = withdraw(&mira.api).await.expect(200);
    assert_eq!(
        (&done["refunded"], &done["owed"]),
        (&json!(2_000), &json!(0))
    );
    let mail = world.mail_saying(&mira.email, WITHDRAWN).await;
    let text = mail.text.as_deref().unwrap_or_default();
    assert!(text.contains("EUR 20.00"), "{text}");
    is_given_back(&world, &customer, PRICE).await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_gave_back_outside_of_stripe_is_given_back_once_and_nobody_is_called_each_day()
 {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "POST", "/v1/refunds", 402).await;
    withdraw(&mira.api).await.expect(200);
    copied(&world, &customer, "canceled").await;
    world.settled().await;
    for _ in 0..3 {
        next_day(&world, &mira).await;
    }
    assert_eq!(said(&world, BY_HAND), 1, "once");
    let account = world.stripe_account();
    let of = [("customer", customer.as_str())];
    let invoices = account.get("/v1/invoices", &of).await.expect(200);
    let invoice = id(&invoices["data"][0]);
    let form = [
        ("invoice", invoice.as_str()),
        ("amount", "2900"),
        ("out_of_band_amount", "2900"),
    ];
    account.post("/v1/credit_notes", &form).await.expect(200);
    works_again(&world, &fault).await;
    next_day(&world, &mira).await;
    world.mail_saying(&mira.email, MADE).await;
    next_day(&world, &mira).await;
    assert_eq!(money(&world, &customer).await, (PRICE, 0), "not by us too");
    assert_eq!(mails_saying(&world, &mira, MADE), 1);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_contract_that_was_withdrawn_from_gets_its_money_back() {
    let (world, mira, customer) = bought().await;
    let fault = fails(&world, "POST", "/v1/refunds", 402).await;
    withdraw(&mira.api).await.expect(200);
    copied(&world, &customer, "canceled").await;
    world.settled().await;
    let again = buy(&world, &mira, "creator", "month").await;
    assert_eq!(again, customer);
    copied(&world, &customer, "active").await;
    withdraw(&mira.api).await.expect(200);
    copied(&world, &customer, "canceled").await;
    world.settled().await;
    assert_eq!(money(&world, &customer).await, (2 * PRICE, 0));
    works_again(&world, &fault).await;
    next_day(&world, &mira).await;
    is_given_back(&world, &customer, 2 * PRICE).await;
    eventually("each of them is told", async || {
        let told = [(WITHDRAWN, 2), (MADE, 2)];
        let are = |(words, times)| mails_saying(&world, &mira, words) == times;
        told.into_iter().all(are).then_some(())
    })
    .await;
    world.host.stop().await;
}
