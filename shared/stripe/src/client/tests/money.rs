//! Money that goes back.

use domain::Timestamp;
use serde_json::json;
use vendor_kit::testing::Server;

use super::{client, ok};
use crate::objects::Payment;

#[tokio::test]
async fn what_was_disputed_of_a_customer_is_found_by_its_payments() {
    let charges = json!({ "data": [
        { "id": "ch_1", "customer": "cus_1", "disputed": false },
        { "id": "ch_2", "customer": "cus_1", "disputed": true },
    ] });
    let disputes = json!({ "data": [
        { "id": "dp_1", "charge": "ch_2", "status": "lost", "amount": 900 },
    ] });
    let server = Server::start(vec![ok(&charges), ok(&disputes), ok(&disputes)]);
    let client = client(&server.url);
    let disputed = client.disputed_payments("cus_1").await.expect("payments");
    assert_eq!(disputed, [Payment::Charge("ch_2".to_owned())]);
    let intent = Payment::Intent("pi_2".to_owned());
    for payment in [&disputed[0], &intent] {
        let found = client.disputes_of(payment).await.expect("disputes");
        assert_eq!((found.len(), found[0].amount), (1, 900));
    }
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.lines().next().expect("a line").to_owned())
        .collect();
    let expected = [
        "GET /v1/charges?customer=cus_1&limit=100 HTTP/1.1",
        "GET /v1/disputes?charge=ch_2&limit=100 HTTP/1.1",
        "GET /v1/disputes?payment_intent=pi_2&limit=100 HTTP/1.1",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn the_refunds_of_a_payment_are_listed_with_their_moments() {
    let refunds = json!({ "data": [
        { "id": "re_1", "status": "succeeded", "amount": 900, "created": 100 },
    ] });
    let server = Server::start(vec![ok(&refunds)]);
    let intent = Payment::Intent("pi_1".to_owned());
    let found = client(&server.url).refunds_of(&intent).await;
    let found = found.expect("refunds");
    let shown = (found[0].amount, found[0].created.map(Timestamp::seconds));
    assert_eq!(shown, (900, Some(100)));
    let requests = server.requests();
    let line = requests[0].lines().next().expect("a line");
    assert!(line.starts_with("GET /v1/refunds?"), "{line}");
    assert!(line.contains("payment_intent=pi_1"), "{line}");
}

#[tokio::test]
async fn a_payment_of_which_something_went_back_is_found_by_both_of_its_names() {
    let charges = json!({ "data": [
        { "id": "ch_1", "payment_intent": "pi_1", "disputed": false, "amount_refunded": 0 },
        { "id": "ch_2", "payment_intent": "pi_2", "disputed": false, "amount_refunded": 900 },
        { "id": "ch_3", "payment_intent": null, "disputed": true, "amount_refunded": 0 },
    ] });
    let server = Server::start(vec![ok(&charges)]);
    let moved = client(&server.url).moved_payments("cus_1").await;
    let expected = [
        Payment::Intent("pi_2".to_owned()),
        Payment::Charge("ch_2".to_owned()),
        Payment::Charge("ch_3".to_owned()),
    ];
    assert_eq!(moved.expect("payments"), expected);
}

#[tokio::test]
async fn the_credit_notes_of_an_invoice_are_listed_with_what_each_gave_back() {
    let notes = json!({ "data": [
        { "id": "cn_1", "status": "issued", "post_payment_amount": 900, "out_of_band_amount": 900 },
    ] });
    let server = Server::start(vec![ok(&notes)]);
    let found = client(&server.url).credit_notes_of("in_1").await;
    let found = found.expect("notes");
    assert_eq!((found[0].outside, found[0].balance), (900, 0));
    let requests = server.requests();
    let line = requests[0].lines().next().expect("a line");
    assert_eq!(line, "GET /v1/credit_notes?invoice=in_1&limit=100 HTTP/1.1");
}

/// The parameters of the first request.
fn asked(server: &Server) -> Vec<(String, String)> {
    let request = server.requests().swap_remove(0);
    let line = request.lines().next().expect("a line");
    let (_, query) = line.split_once('?').expect("a query");
    let query = query.trim_end_matches(" HTTP/1.1");
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.into_owned().collect()
}

#[tokio::test]
async fn the_invoices_of_a_customer_are_listed_with_what_paid_each_in_one_call() {
    let paid = json!({ "status": "paid", "payment": { "type": "payment_intent", "payment_intent": "pi_1" } });
    let invoices = json!({ "data": [
        { "id": "in_1", "customer": "cus_1", "status": "paid", "payments": { "data": [paid] } },
    ] });
    let server = Server::start(vec![ok(&invoices)]);
    let found = client(&server.url).invoices_of("cus_1", 20, None).await;
    let found = found.expect("invoices").items;
    assert_eq!(found[0].payments, [Payment::Intent("pi_1".to_owned())]);
    let expands = ("expand[0]".to_owned(), "data.payments".to_owned());
    assert!(asked(&server).contains(&expands), "{:?}", asked(&server));
}

#[tokio::test]
async fn the_invoice_of_a_payment_is_found_and_a_payment_may_be_of_none() {
    let paid = json!({ "data": [{ "id": "inpay_1", "invoice": "in_1", "status": "paid" }] });
    let server = Server::start(vec![ok(&paid), ok(&json!({ "data": [] }))]);
    let client = client(&server.url);
    let found = client.invoice_paid_by("pi_1").await;
    assert_eq!(found.expect("an answer").as_deref(), Some("in_1"));
    let none = client.invoice_paid_by("pi_2").await;
    assert_eq!(none.expect("an answer"), None);
    let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [
        named("payment[type]", "payment_intent"),
        named("payment[payment_intent]", "pi_1"),
        named("status", "paid"),
        named("limit", "1"),
    ];
    assert_eq!(asked(&server), expected);
}
