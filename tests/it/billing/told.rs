//! Owners and managers see which mails went out about the plan, and what became of them.

use serde_json::{Value, json};
use tests::{Api, World, eventually};

use super::set_card;
use crate::journey_billing::{buy, copied};
use crate::journey_closing::put;

const BILLING: &str = "/api/v1/billing";

async fn mails(api: &Api) -> Vec<Value> {
    let shown = api.get(BILLING).await.expect(200);
    shown["mails"].as_array().expect("a list").clone()
}

/// The newest mail, as soon as it tells this and was sent.
async fn sent(api: &Api, what: &str) -> Value {
    eventually(&format!("{what} is sent"), async || {
        let newest = mails(api).await.into_iter().next()?;
        (newest["what"] == what && newest["state"] == "sent").then_some(newest)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_of_a_plan_is_listed_with_what_became_of_it_and_without_its_words() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let other = world.creator("Ola Berg").await;
    assert_eq!(mails(&mira.api).await, Vec::<Value>::new());
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    let receipt = sent(&mira.api, "receipt").await;
    let shown = mira.api.get(BILLING).await.expect(200);
    assert_eq!(receipt["invoice"], shown["invoices"][0]["number"]);
    assert!(receipt["at"].is_string(), "{receipt}");
    let word = json!({ "confirm": true });
    let withdrawn = mira.api.post("/api/v1/billing/withdrawals", &word).await;
    withdrawn.expect(200);
    let confirmed = sent(&mira.api, "withdrawal_receipt").await;
    assert_eq!(confirmed["invoice"], Value::Null);
    let listed = mails(&mira.api).await;
    let kinds: Vec<_> = listed.iter().map(|mail| mail["what"].clone()).collect();
    assert_eq!(kinds, ["withdrawal_receipt", "receipt"]);
    // Neither the address nor what a mail said.
    for mail in &listed {
        let mut fields: Vec<_> = mail.as_object().expect("an object").keys().collect();
        fields.sort();
        assert_eq!(fields, ["at", "invoice", "state", "what"]);
    }
    assert_eq!(mails(&other.api).await, Vec::<Value>::new());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_and_a_failed_payment_are_listed_among_what_was_told() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let customer = buy(&world, &mira, "creator", "month").await;
    copied(&world, &customer, "active").await;
    set_card(&world, &customer, "declines").await;
    // Within the days in which the renewal of a month is told, however many the month has; then after its end.
    let before = time::Duration::days(24) + time::Duration::hours(1);
    world.host.advance(before).await;
    super::look(&world, &mira).await;
    sent(&mira.log_in(&world).await, "renewal_notice").await;
    world.host.advance(time::Duration::days(9)).await;
    copied(&world, &customer, "past_due").await;
    let api = mira.log_in(&world).await;
    let failed = sent(&api, "payment_failed").await;
    assert!(failed["invoice"].is_string(), "{failed}");
    let listed = mails(&api).await;
    for what in ["renewal_notice", "receipt"] {
        let of = listed.iter().filter(|mail| mail["what"] == what);
        assert_eq!(of.count(), 1, "{what}: {listed:?}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_is_german_is_told_of_a_payment_in_german() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let (table, mut account) = world.rows("account").await.swap_remove(0);
    assert_eq!(account["language"]["S"], "en");
    account["language"] = json!({ "S": "de" });
    put(&world, table, &account);
    buy(&world, &mira, "creator", "month").await;
    let mail = world.mail_saying(&mira.email, "Vielen Dank").await;
    assert!(mail.subject.contains("Quittung"), "{}", mail.subject);
    world.host.stop().await;
}
