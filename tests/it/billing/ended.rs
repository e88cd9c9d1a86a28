//! A contract that ended because nobody paid asks for no more money, and says so.

use serde_json::{Value, json};
use tests::{Creator, World, eventually};
use time::Duration;

use super::{hold, look, mails_saying, set_card};
use crate::journey_billing::{buy, copied};

/// What is told once the plan has ended, and what is told before.
const ENDED: &str = "has ended because its payments failed";
const FAILED: &str = "Pay the invoice";

/// A plan whose renewal was refused three times, with Stripe's customer.
async fn owing() -> (World, Creator, String) {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    set_card(&world, &customer, "declines").await;
    world.host.advance(Duration::days(33)).await;
    copied(&world, &customer, "past_due").await;
    (world, mira, customer)
}

/// The newest bill of a customer at Stripe.
async fn bill(world: &World, customer: &str) -> Value {
    let of = [("customer", customer), ("limit", "1")];
    let listed = world.stripe_account().get("/v1/invoices", &of).await;
    listed.expect(200)["data"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_of_a_plan_that_ended_unpaid_cannot_be_paid_and_one_mail_says_that_it_ended() {
    let (world, mira, customer) = owing().await;
    // Longer than Stripe tries.
    world.host.advance(Duration::days(20)).await;
    copied(&world, &customer, "canceled").await;
    eventually("the bill is taken back", async || {
        (bill(&world, &customer).await["status"] == "void").then_some(())
    })
    .await;
    let told = world.mail_saying(&mira.email, ENDED).await;
    let text = told.text.as_deref().unwrap_or_default();
    assert!(
        text.contains("/billing") && !text.contains("/i/in_"),
        "{text}"
    );
    let bill = bill(&world, &customer).await;
    let pay = format!("/v1/invoices/{}/pay", bill["id"].as_str().expect("an id"));
    let paid = world.stripe_account().post(&pay, &[]).await;
    assert_eq!(paid.status, 400, "{}", paid.body);
    let failures = mails_saying(&world, &mira, FAILED);
    look(&world, &mira).await;
    look(&world, &mira).await;
    assert_eq!(mails_saying(&world, &mira, ENDED), 1);
    assert_eq!(mails_saying(&world, &mira, FAILED), failures);
    let api = mira.log_in(&world).await;
    let shown = api.get("/api/v1/billing").await.expect(200);
    assert_eq!(shown["lapse"], "unpaid");
    assert_eq!(shown["invoices"][0]["status"], "void");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_arrived_after_the_end_calls_a_person_once() {
    let (world, mira, customer) = owing().await;
    hold(&world, true).await;
    let open = bill(&world, &customer).await;
    let invoice = open["id"].as_str().expect("an id");
    // Whoever looks meanwhile cannot take the bill back.
    let path = format!("/v1/invoices/{invoice}/void");
    let fault = json!({ "verb": "POST", "path": path, "fault": { "kind": "server_error" } });
    let fault = world.stripe("POST", "/faults", fault).await["id"].clone();
    let id = open["subscription"].as_str();
    let id = id.or_else(|| open["parent"]["subscription_details"]["subscription"].as_str());
    let account = world.stripe_account();
    let path = format!("/v1/subscriptions/{}", id.expect("a contract"));
    account.delete(&path).await.expect(200);
    world.host.advance(Duration::minutes(2)).await;
    set_card(&world, &customer, "works").await;
    let pay = format!("/v1/invoices/{invoice}/pay");
    let paid = account.post(&pay, &[]).await.expect(200);
    assert_eq!(paid["status"], "paid");
    let path = format!("/faults/{fault}");
    world.stripe("DELETE", &path, Value::Null).await;
    hold(&world, false).await;
    copied(&world, &customer, "canceled").await;
    look(&world, &mira).await;
    look(&world, &mira).await;
    let log = world.host.log();
    let said = log.select(|line| line.text.contains("a contract that is over was paid for"));
    assert_eq!(said.len(), 1);
    world.host.stop().await;
}
