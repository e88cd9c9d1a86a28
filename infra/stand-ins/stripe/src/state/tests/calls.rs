//! Refunds, disputes, usage, lists, expansion and events.

use serde_json::{Value, json};

use super::{DAY, START, Shop, id};
use crate::{
    delivery::Form,
    form::Params,
    settings::EventForm,
    state::{endpoints::signature, id_in},
    store::text,
};

#[test]
fn a_refund_gives_back_no_more_than_was_paid_and_a_dispute_ends_once() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let intent = shop
        .state
        .intent_of(&id(&shop.latest_invoice(&subscription)));
    let refund = |amount: &str| Params::of(json!({ "payment_intent": intent, "amount": amount }));
    let first = shop.state.create_refund(&refund("3000")).unwrap();
    assert_eq!(
        shop.state.create_refund(&refund("101")).unwrap_err().status,
        400
    );
    let charge = id_in(&first, "charge");
    let dispute = shop.state.dispute(&charge, "fraudulent").unwrap();
    let closed = shop.state.close_dispute(&id(&dispute), true).unwrap();
    assert_eq!(closed["status"], "won");
    assert!(shop.state.close_dispute(&id(&dispute), false).is_err());
    assert_eq!(
        (
            shop.events("charge.refunded"),
            shop.events("charge.dispute.closed")
        ),
        (1, 1)
    );
}

#[test]
fn what_a_bank_has_taken_or_may_take_cannot_be_refunded_and_what_was_won_can() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let invoice = id(&shop.latest_invoice(&subscription));
    let intent = shop.state.intent_of(&invoice);
    let refund = Params::of(json!({ "payment_intent": intent }));
    let paid = shop.state.find("payment_intent", &intent).unwrap();
    let charge = id_in(&paid, "latest_charge");
    let first = shop.state.dispute(&charge, "fraudulent").unwrap();
    let refused = shop.state.create_refund(&refund).unwrap_err();
    let body = refused.body("req_1");
    assert_eq!(
        (refused.status, &body["error"]["code"]),
        (400, &json!("charge_disputed"))
    );
    shop.state.close_dispute(&id(&first), true).unwrap();
    let made = shop.state.create_refund(&refund).unwrap();
    assert_eq!(made["amount"], 3_100);

    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let invoice = id(&shop.latest_invoice(&subscription));
    let intent = shop.state.intent_of(&invoice);
    let refund = Params::of(json!({ "payment_intent": intent }));
    let paid = shop.state.find("payment_intent", &intent).unwrap();
    let charge = id_in(&paid, "latest_charge");
    let lost = shop.state.dispute(&charge, "fraudulent").unwrap();
    shop.state.close_dispute(&id(&lost), false).unwrap();
    assert!(shop.state.create_refund(&refund).is_err());
}

#[test]
fn what_went_back_outside_of_stripe_stands_on_its_invoice_and_is_no_more_than_was_paid() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let invoice = id(&shop.latest_invoice(&subscription));
    let note = |amount: &str| {
        Params::of(json!({ "invoice": invoice, "amount": amount, "out_of_band_amount": amount }))
    };
    shop.state.create_credit_note(&note("3100")).unwrap();
    let credited = shop.state.find("invoice", &invoice).unwrap();
    assert_eq!(credited["post_payment_credit_notes_amount"], 3_100);
    assert!(shop.state.create_credit_note(&note("1")).is_err());
    assert_eq!(shop.events("credit_note.created"), 1);
}

#[test]
fn a_credit_note_refunds_credits_the_balance_or_says_what_went_back_outside() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let invoice = id(&shop.latest_invoice(&subscription));
    let mut note = |parts: Value| {
        let mut params = json!({ "invoice": invoice, "amount": "3100" });
        for (name, part) in parts.as_object().unwrap() {
            params[name] = part.clone();
        }
        shop.state.create_credit_note(&Params::of(params))
    };
    let short = json!({ "refund_amount": "900", "credit_amount": "700" });
    assert!(note(short).is_err());
    let whole =
        json!({ "refund_amount": "900", "credit_amount": "700", "out_of_band_amount": "1500" });
    let made = note(whole).unwrap();
    let refund = text(&made["refunds"][0], "refund").to_owned();
    assert_eq!(
        (&made["out_of_band_amount"], &made["post_payment_amount"]),
        (&json!(1_500), &json!(3_100))
    );
    assert!(made["customer_balance_transaction"].is_string());
    let refund = shop.state.find("refund", &refund).unwrap();
    assert_eq!(refund["amount"], 900);
    let customer = shop.state.find("customer", &shop.customer).unwrap();
    assert_eq!(customer["balance"], -700);
}

#[test]
fn a_deleted_customer_has_no_subscription_left_and_only_a_tombstone() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let customer = shop.customer.clone();
    shop.state.delete_customer(&customer).unwrap();
    assert_eq!(shop.status(&subscription), "canceled");
    let tombstone = json!({ "id": customer, "object": "customer", "deleted": true });
    assert_eq!(shop.state.find("customer", &customer), Ok(tombstone));
    assert!(shop.state.delete_customer(&customer).is_err());
}

#[test]
fn usage_counts_once_by_its_identifier_and_within_its_time_only() {
    let mut shop = Shop::open();
    let meter = Params::of(json!({
        "display_name": "AI messages", "event_name": "ai_message", "default_aggregation": { "formula": "sum" },
    }));
    let meter = id(&shop.state.create_meter(&meter).unwrap());
    let report = |identifier: &str, at: i64| {
        Params::of(json!({
            "event_name": "ai_message", "identifier": identifier, "timestamp": at.to_string(),
            "payload": { "stripe_customer_id": shop.customer, "value": "3" },
        }))
    };
    let (once, twice, old) = (
        report("a", START),
        report("b", START + 1),
        report("c", START - 36 * DAY),
    );
    shop.state.report_use(&once).unwrap();
    shop.state.report_use(&twice).unwrap();
    assert_eq!(shop.state.report_use(&once).unwrap_err().status, 400);
    assert_eq!(shop.state.report_use(&old).unwrap_err().status, 400);
    assert_eq!(
        shop.state.usage(&meter, &shop.customer, START, START + 1),
        3
    );
    assert_eq!(
        shop.state.usage(&meter, &shop.customer, START, START + 2),
        6
    );
}

#[test]
fn lists_have_cursors_filters_and_whether_there_is_more() {
    let mut shop = Shop::open();
    for number in 0..3 {
        let params = Params::of(json!({ "email": format!("c{number}@example.com") }));
        shop.state.create_customer(&params).unwrap();
    }
    let list = |params: Value| {
        let params = Params::of(params);
        shop.state
            .list("customer", "/v1/customers", &params, &["email"])
    };
    let first = list(json!({ "limit": "3" })).unwrap();
    assert_eq!(
        (&first["has_more"], &first["data"][0]["email"]),
        (&json!(true), &json!("c2@example.com"))
    );
    let rest = list(json!({ "limit": "3", "starting_after": first["data"][2]["id"] })).unwrap();
    assert_eq!(
        (&rest["has_more"], &rest["data"][0]["id"]),
        (&json!(false), &json!(shop.customer))
    );
    let one = list(json!({ "email": "c1@example.com" })).unwrap();
    assert_eq!(one["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(list(json!({ "limit": "101" })).unwrap_err().status, 400);
    assert_eq!(list(json!({ "emial": "x" })).unwrap_err().status, 400);
}

#[test]
fn an_expansion_puts_whole_objects_in_place_and_refuses_what_is_not_there() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let expanded = |path: &str| {
        let mut answer = shop.state.find("subscription", &subscription).unwrap();
        let params = Params::of(json!({ "expand": [path] }));
        shop.state.expand(&mut answer, &params).map(|()| answer)
    };
    assert_eq!(
        expanded("latest_invoice.customer").unwrap()["latest_invoice"]["customer"]["id"],
        json!(shop.customer)
    );
    let product =
        &expanded("items.data.price.product").unwrap()["items"]["data"][0]["price"]["product"];
    assert_eq!(product["name"], "Plan");
    assert_eq!(expanded("nothing").unwrap_err().status, 400);
}

#[test]
fn the_invoice_of_a_payment_is_found_by_its_intent_which_is_named_with_its_type() {
    let mut shop = Shop::open();
    let subscription = shop.buy(None);
    let invoice = id(&shop.latest_invoice(&subscription));
    let intent = shop.state.intent_of(&invoice);
    let list = |payment: Value| {
        let params = Params::of(json!({ "payment": payment, "status": "paid" }));
        shop.state.list_invoice_payments(&params)
    };
    let named = |intent: &str| json!({ "type": "payment_intent", "payment_intent": intent });
    let paid = list(named(&intent)).unwrap();
    assert_eq!(paid["data"][0]["invoice"], json!(invoice));
    let none = list(named("pi_other")).unwrap();
    assert_eq!(none["data"], json!([]));
    let untyped = list(json!({ "payment_intent": intent }));
    assert_eq!(untyped.unwrap_err().status, 400);
}

#[test]
fn events_wait_for_the_endpoints_that_want_them_in_the_forms_that_are_set() {
    let mut shop = Shop::open();
    let endpoint = |events: Value| {
        Params::of(json!({ "url": "http://127.0.0.1:9/hook", "enabled_events": events }))
    };
    shop.state
        .create_endpoint(&endpoint(json!(["invoice.paid"])))
        .unwrap();
    shop.state.settings.events = EventForm::Both;
    shop.state.settings.duplicates = 1;
    shop.buy(None);
    let waiting = shop.state.queue.waiting();
    let forms: Vec<Form> = waiting.iter().map(|delivery| delivery.form).collect();
    assert_eq!(
        forms,
        [Form::Snapshot, Form::Snapshot, Form::Thin, Form::Thin]
    );
    let post = shop.state.post_of(&waiting[2]).unwrap();
    let thin: Value = serde_json::from_str(&post.body).unwrap();
    assert_eq!(
        (&thin["object"], &thin["type"]),
        (&json!("v2.core.event"), &json!("v1.invoice.paid"))
    );
    assert!(thin.get("data").is_none());
}

#[test]
fn a_rolled_secret_signs_beside_the_old_one_until_that_dies() {
    let mut shop = Shop::open();
    let params = Params::of(json!({ "url": "http://127.0.0.1:9/hook", "enabled_events": ["*"] }));
    let endpoint = shop.state.create_endpoint(&params).unwrap();
    let old = text(&endpoint, "secret").to_owned();
    let new = shop.state.roll_secret(&id(&endpoint), 60).unwrap();
    shop.buy(None);
    let delivery = shop.state.queue.waiting()[0].clone();
    let both = shop.state.post_of(&delivery).unwrap();
    assert_eq!(
        both.signature,
        signature(shop.state.now, &both.body, &[&old, &new])
    );
    shop.pass(60);
    let one = shop.state.post_of(&delivery).unwrap();
    assert_eq!(one.signature, signature(shop.state.now, &one.body, &[&new]));
}

#[test]
fn a_signature_is_the_one_that_openssl_computes() {
    // printf '1.{}' | openssl dgst -sha256 -hmac whsec_test
    let want = "7500d5d4be4b3ef07af1fe56f7d522d135cdaa7530de557e67cc1049c52de094";
    assert_eq!(
        signature(1, "{}", &["whsec_test"]),
        format!("t=1,v1={want}")
    );
}
