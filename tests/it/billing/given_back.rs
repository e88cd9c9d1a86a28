//! What somebody of ours gives back at Stripe stands at its invoice: once, and as what it is.

use serde_json::{Value, json};
use tests::{Api, World, eventually};
use time::Duration;

use super::disputed::charge;
use super::look;
use super::withdrawn::{MADE, PRICE, bought, money, withdraw};
use crate::journey_billing::copied;
use crate::journey_exports::id;

/// Months after which a bill is older than each of those that a look compares.
const MONTHS: usize = 21;

/// What the newest invoice is called, what of it came back, and what was credited.
async fn invoice(api: &Api) -> Value {
    let listed = api.get("/api/v1/billing/invoices").await.expect(200);
    let newest = &listed["invoices"][0];
    json!([newest["status"], newest["returned"], newest["credited"]])
}

async fn becomes(api: &Api, expected: Value) {
    eventually(&format!("the invoice says {expected}"), async || {
        (invoice(api).await == expected).then_some(())
    })
    .await;
}

async fn refund(world: &World, customer: &str, amount: &str) {
    let charge = charge(world, customer).await;
    let form = [("charge", charge.as_str()), ("amount", amount)];
    let made = world.stripe_account().post("/v1/refunds", &form).await;
    made.expect(200);
}

/// Credits the newest invoice of a customer by a note of these fields.
async fn credit(world: &World, customer: &str, fields: &[(&str, &str)]) {
    let account = world.stripe_account();
    let of = [("customer", customer)];
    let invoices = account.get("/v1/invoices", &of).await.expect(200);
    let bill = id(&invoices["data"][0]);
    let mut form = vec![("invoice", bill.as_str())];
    form.extend_from_slice(fields);
    account.post("/v1/credit_notes", &form).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_by_hand_stands_at_its_invoice_though_its_contract_can_no_longer_be_taken_back() {
    let (world, mira, customer) = bought().await;
    world.host.advance(Duration::days(20)).await;
    let api = mira.log_in(&world).await;
    assert_eq!(invoice(&api).await, json!(["paid", 0, 0]));
    refund(&world, &customer, "900").await;
    becomes(&api, json!(["paid", 900, 0])).await;
    refund(&world, &customer, "2000").await;
    becomes(&api, json!(["refunded", PRICE, 0])).await;
    look(&world, &mira).await;
    assert_eq!(invoice(&api).await, json!(["refunded", PRICE, 0]));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_note_is_counted_once_by_its_refund_what_went_back_outside_and_what_is_only_credited()
 {
    let (world, mira, customer) = bought().await;
    world.host.advance(Duration::days(20)).await;
    let api = mira.log_in(&world).await;
    let fields = [
        ("amount", "900"),
        ("refund_amount", "400"),
        ("credit_amount", "300"),
        ("out_of_band_amount", "200"),
    ];
    credit(&world, &customer, &fields).await;
    becomes(&api, json!(["paid", 600, 300])).await;
    refund(&world, &customer, "1000").await;
    becomes(&api, json!(["paid", 1_600, 300])).await;
    look(&world, &mira).await;
    assert_eq!(invoice(&api).await, json!(["paid", 1_600, 300]));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_leaves_what_is_left_to_a_person_where_a_note_gave_a_part_back_or_credited_it()
{
    let (world, mira, customer) = bought().await;
    let fields = [
        ("amount", "1300"),
        ("credit_amount", "900"),
        ("out_of_band_amount", "400"),
    ];
    credit(&world, &customer, &fields).await;
    becomes(&mira.api, json!(["paid", 400, 900])).await;
    world.host.advance(Duration::minutes(10)).await;
    let done = withdraw(&mira.api).await.expect(200);
    let sums = (&done["refunded"], &done["owed"]);
    assert_eq!(sums, (&json!(0), &json!(2_500)), "{done}");
    copied(&world, &customer, "canceled").await;
    world.settled().await;
    assert_eq!(money(&world, &customer).await, (PRICE, 0));
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("is to be given back by hand"));
    assert!(!said.is_empty());
    refund(&world, &customer, "2500").await;
    world.host.advance(Duration::hours(25)).await;
    look(&world, &mira).await;
    world.mail_saying(&mira.email, MADE).await;
    assert_eq!(money(&world, &customer).await, (PRICE, 2_500));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_of_a_bill_that_is_too_old_for_any_look_stands_there_because_its_event_names_what_paid_it()
 {
    let (world, mira, customer) = bought().await;
    let first = charge(&world, &customer).await;
    for _ in 0..MONTHS {
        world.host.advance(Duration::days(31)).await;
    }
    let api = mira.log_in(&world).await;
    let form = [("charge", first.as_str()), ("amount", "900")];
    let made = world.stripe_account().post("/v1/refunds", &form).await;
    made.expect(200);
    eventually("the oldest invoice says what came back of it", async || {
        let listed = api.get("/api/v1/billing/invoices?limit=100").await;
        let listed = listed.expect(200);
        let all = listed["invoices"].as_array().expect("a list");
        let returned = all.last().expect("an invoice")["returned"].clone();
        (all.len() > MONTHS && returned == 900).then_some(())
    })
    .await;
    world.host.stop().await;
}
