//! What somebody of ours gives back at Stripe stands at its invoice: once, and as what it is.

use serde_json::{Value, json};
use tests::{Api, World, eventually};
use time::Duration;

use super::disputed::charge;
use super::look;
use super::withdrawn::{PRICE, bought};
use crate::journey_exports::id;

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
    let account = world.stripe_account();
    let of = [("customer", customer.as_str())];
    let invoices = account.get("/v1/invoices", &of).await.expect(200);
    let bill = id(&invoices["data"][0]);
    let form = [
        ("invoice", bill.as_str()),
        ("amount", "900"),
        ("refund_amount", "400"),
        ("credit_amount", "300"),
        ("out_of_band_amount", "200"),
    ];
    account.post("/v1/credit_notes", &form).await.expect(200);
    becomes(&api, json!(["paid", 600, 300])).await;
    refund(&world, &customer, "1000").await;
    becomes(&api, json!(["paid", 1_600, 300])).await;
    look(&world, &mira).await;
    assert_eq!(invoice(&api).await, json!(["paid", 1_600, 300]));
    world.host.stop().await;
}
