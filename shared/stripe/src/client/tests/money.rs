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
