use serde_json::json;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn price() -> Value {
    json!({ "id": "price_1", "object": "price", "active": true, "billing_scheme": "per_unit", "currency": "eur",
        "lookup_key": "pro_monthly", "product": "prod_1", "recurring": { "interval": "month", "interval_count": 1,
        "usage_type": "licensed" }, "type": "recurring", "unit_amount": 2900, "unit_amount_decimal": "2900" })
}

/// As version 2026-09-30 sends it.
fn subscription() -> Value {
    let item = json!({ "id": "si_1", "object": "subscription_item", "current_period_start": 1_795_000_000,
        "current_period_end": 1_797_600_000, "price": price(), "quantity": 1, "billed_until": null });
    json!({ "id": "sub_1", "object": "subscription", "billing_mode": { "type": "flexible" }, "cancel_at": null,
        "cancel_at_period_end": false, "canceled_at": null, "created": 1_795_000_000, "customer": "cus_1",
        "ended_at": null, "items": { "object": "list", "data": [item], "has_more": false },
        "latest_invoice": "in_1", "livemode": false, "metadata": { "workspace": "w1" }, "status": "active",
        "trial_end": null })
}

/// As version 2024-06-20 sent it, expanded.
fn subscription_before_basil() -> Value {
    let mut old = subscription();
    let item = json!({ "id": "si_1", "object": "subscription_item", "price": price(), "plan": { "id": "price_1" },
        "quantity": 1 });
    old["items"]["data"] = json!([item]);
    old["current_period_start"] = json!(1_795_000_000);
    old["current_period_end"] = json!(1_797_600_000);
    old["customer"] = json!({ "id": "cus_1", "object": "customer" });
    old["latest_invoice"] = json!({ "id": "in_1", "object": "invoice" });
    old
}

fn period() -> Period {
    Period {
        start: at(1_795_000_000),
        end: at(1_797_600_000),
    }
}

#[test]
fn a_subscription_has_its_period_wherever_its_version_puts_it() {
    let read = Subscription::read(&subscription()).expect("a subscription");
    let old = Subscription::read(&subscription_before_basil()).expect("a subscription");
    assert_eq!((read.period, old.period), (Some(period()), Some(period())));
    assert_eq!(
        (read.items[0].period, old.items[0].period),
        (Some(period()), None)
    );
    let same = |it: &Subscription| {
        (
            it.id.clone(),
            it.customer.clone(),
            it.price().cloned(),
            it.latest_invoice.clone(),
            it.metadata.clone(),
        )
    };
    assert_eq!(same(&read), same(&old));
    let price = read.price().expect("a price");
    assert_eq!(price.lookup_key.as_deref(), Some("pro_monthly"));
    assert_eq!(
        (price.unit_amount, &price.interval),
        (Some(2900), &Some(Interval::Month))
    );
}

#[test]
fn where_both_places_have_a_period_the_item_counts() {
    let mut both = subscription();
    both["current_period_start"] = json!(1);
    both["current_period_end"] = json!(2);
    let read = Subscription::read(&both).expect("a subscription");
    assert_eq!(read.period, Some(period()));
}

#[test]
fn a_subscription_of_before_prices_is_of_its_plan() {
    let plan = json!({ "id": "pro", "object": "plan", "amount": 2900, "currency": "eur", "interval": "year",
        "interval_count": 1, "active": true });
    let with_items = json!({ "id": "sub_1", "customer": "cus_1", "status": "trialing", "plan": plan,
        "items": { "data": [{ "id": "si_1", "plan": plan, "quantity": 3 }] } });
    let without = json!({ "id": "sub_1", "customer": "cus_1", "status": "trialing", "plan": plan, "quantity": 3 });
    for value in [with_items, without] {
        let read = Subscription::read(&value).expect("a subscription");
        let price = read.price().expect("a price");
        assert_eq!((price.id.as_str(), price.unit_amount), ("pro", Some(2900)));
        assert_eq!(price.interval, Some(Interval::Year));
        assert_eq!(read.items[0].quantity, 3);
    }
}

#[test]
fn words_that_nobody_knows_are_kept_as_they_are() {
    let mut future = subscription();
    future["status"] = json!("dreaming");
    future["items"]["data"][0]["price"]["recurring"]["interval"] = json!("decade");
    let read = Subscription::read(&future).expect("a subscription");
    assert_eq!(read.status, SubscriptionStatus::Unknown("dreaming".into()));
    assert_eq!(read.status.as_str(), "dreaming");
    let price = read.price().expect("a price");
    assert_eq!(price.interval, Some(Interval::Unknown("decade".into())));
    assert!(!read.status.is_over());
}

#[test]
fn every_known_status_is_read_and_written_alike() {
    for word in [
        "incomplete",
        "incomplete_expired",
        "trialing",
        "active",
        "past_due",
        "canceled",
        "unpaid",
        "paused",
    ] {
        let status = SubscriptionStatus::from(word);
        assert!(!matches!(status, SubscriptionStatus::Unknown(_)), "{word}");
        assert_eq!(status.as_str(), word);
        assert_eq!(
            status.is_over(),
            ["canceled", "incomplete_expired"].contains(&word)
        );
    }
}

#[test]
fn a_subscription_ends_with_its_period_or_when_it_was_told_to() {
    let mut value = subscription();
    let ends = |value: &Value| Subscription::read(value).expect("a subscription").ends_at();
    assert_eq!(ends(&value), None);
    value["cancel_at_period_end"] = json!(true);
    assert_eq!(ends(&value), Some(period().end));
    value["cancel_at"] = json!(1_796_000_000);
    assert_eq!(ends(&value), Some(at(1_796_000_000)));
    value["ended_at"] = json!(1_795_500_000);
    assert_eq!(ends(&value), Some(at(1_795_500_000)));
}

#[test]
fn only_one_that_nobody_paid_ended_unpaid() {
    let of = |reason: Value| {
        let mut value = subscription();
        value["cancellation_details"] = json!({ "reason": reason });
        Subscription::read(&value)
            .expect("a subscription")
            .ended_unpaid
    };
    assert!(of(json!("payment_failed")));
    assert!(!of(json!("cancellation_requested")) && !of(Value::Null));
}

#[test]
fn what_makes_a_subscription_one_must_be_there() {
    for field in ["id", "customer", "status"] {
        let mut value = subscription();
        value[field] = json!(null);
        assert_eq!(Subscription::read(&value), None, "{field}");
    }
    let wrong_types = json!({ "id": "sub_1", "customer": "cus_1", "status": "active", "items": 7, "trial_end": "soon",
        "metadata": ["x"], "livemode": "yes", "cancel_at_period_end": 1 });
    let read = Subscription::read(&wrong_types).expect("a subscription");
    assert_eq!((read.items.len(), read.trial_end), (0, None));
}

/// As version 2026-09-30 sends it, with its payments.
fn invoice() -> Value {
    let payment = json!({ "id": "inpay_1", "object": "invoice_payment", "status": "paid",
        "payment": { "type": "payment_intent", "payment_intent": "pi_1" } });
    json!({ "id": "in_1", "object": "invoice", "amount_due": 2900, "amount_paid": 2900, "amount_remaining": 0,
        "attempt_count": 1, "billing_reason": "subscription_cycle", "created": 1_795_000_000, "currency": "eur",
        "customer": "cus_1", "hosted_invoice_url": "https://invoice.example/CANARY", "invoice_pdf": null,
        "livemode": false, "next_payment_attempt": null, "number": "A-1", "period_start": 1_795_000_000,
        "period_end": 1_797_600_000, "parent": { "type": "subscription_details", "quote_details": null,
        "subscription_details": { "metadata": {}, "subscription": "sub_1" } },
        "payments": { "object": "list", "data": [payment], "has_more": false }, "status": "paid",
        "status_transitions": { "paid_at": 1_795_000_100 }, "total": 2900 })
}

#[test]
fn an_invoice_names_its_subscription_and_payment_in_each_version() {
    let current = Invoice::read(&invoice()).expect("an invoice");
    let mut old = invoice();
    old["parent"] = json!(null);
    old["payments"] = json!(null);
    old["subscription"] = json!("sub_1");
    old["payment_intent"] = json!("pi_1");
    assert_eq!(Invoice::read(&old).as_ref(), Some(&current));
    assert_eq!(current.subscription.as_deref(), Some("sub_1"));
    assert_eq!(current.payments, [Payment::Intent("pi_1".into())]);
    assert_eq!(current.paid_at, Some(at(1_795_000_100)));
    old["payment_intent"] = json!(null);
    old["charge"] = json!({ "id": "ch_1", "object": "charge" });
    let older = Invoice::read(&old).expect("an invoice");
    assert_eq!(older.payments, [Payment::Charge("ch_1".into())]);
}

#[test]
fn a_payment_that_failed_is_none_to_refund() {
    let mut value = invoice();
    value["payments"]["data"][0]["status"] = json!("canceled");
    let read = Invoice::read(&value).expect("an invoice");
    assert!(read.payments.is_empty());
}

#[test]
fn an_invoice_of_before_the_status_is_paid_when_it_says_so() {
    let old = json!({ "id": "in_1", "paid": true, "date": 5, "subscription": "sub_1" });
    let read = Invoice::read(&old).expect("an invoice");
    assert_eq!(
        (read.status, read.created),
        (InvoiceStatus::Paid, Some(at(5)))
    );
    let open = json!({ "id": "in_1", "paid": false });
    let read = Invoice::read(&open).expect("an invoice");
    assert_eq!(read.status, InvoiceStatus::Unknown(String::new()));
}

#[test]
fn links_are_never_shown() {
    let shown = format!("{:?}", Invoice::read(&invoice()).expect("an invoice"));
    assert!(!shown.contains("CANARY"), "{shown}");
}

#[test]
fn a_session_grants_only_when_it_is_complete_and_nothing_is_due() {
    for (status, payment, grants) in [
        ("complete", "paid", true),
        ("complete", "no_payment_required", true),
        ("complete", "unpaid", false),
        ("open", "no_payment_required", false),
        ("expired", "unpaid", false),
        ("finished", "paid", false),
    ] {
        let value = json!({ "id": "cs_1", "status": status, "payment_status": payment, "expires_at": 9,
            "client_reference_id": "w1", "subscription": null, "url": null });
        let session = CheckoutSession::read(&value).expect("a session");
        assert_eq!(session.grants(), grants, "{status} {payment}");
        assert_eq!(session.client_reference_id.as_deref(), Some("w1"));
        assert_eq!(session.expires_at, Some(at(9)));
    }
}

#[test]
fn a_page_leads_to_the_next_one_and_hides_no_entry_that_it_cannot_read() {
    let mut second = subscription();
    second["id"] = json!("sub_2");
    let list = |has_more: bool| json!({ "object": "list", "data": [subscription(), second], "has_more": has_more });
    let more = Page::read(&list(true), Subscription::read).expect("a page");
    assert_eq!((more.items.len(), more.next.as_deref()), (2, Some("sub_2")));
    let last = Page::read(&list(false), Subscription::read).expect("a page");
    assert_eq!(last.next, None);
    let broken = json!({ "data": [subscription(), { "id": "sub_3" }], "has_more": false });
    assert_eq!(Page::read(&broken, Subscription::read), None);
    assert_eq!(Page::read(&json!({}), Subscription::read), None);
}

#[test]
fn a_preview_says_what_is_charged_and_when() {
    let mut preview = json!({ "object": "invoice", "amount_due": 2900, "currency": "eur", "period_end": 7,
        "next_payment_attempt": null });
    let renewal = Renewal::read(&preview).expect("a preview");
    assert_eq!((renewal.amount_due, renewal.at), (2900, Some(at(7))));
    preview["next_payment_attempt"] = json!(8);
    assert_eq!(Renewal::read(&preview).expect("a preview").at, Some(at(8)));
}

#[test]
fn a_refund_that_a_credit_note_made_is_neither_money_outside_of_stripe_nor_credit_on_the_balance() {
    let read = |refunded: i64, outside: Option<i64>, transaction: Option<&str>| {
        let refunds = json!([{ "amount_refunded": refunded, "refund": "re_1", "type": "refund" }]);
        let note = json!({ "id": "cn_1", "object": "credit_note", "status": "issued", "amount": 2_900,
            "pre_payment_amount": 0, "post_payment_amount": 2_900, "out_of_band_amount": outside,
            "customer_balance_transaction": transaction, "refunds": refunds });
        let read = CreditNote::read(&note).expect("a note");
        assert!(read.is_issued);
        (read.outside, read.balance)
    };
    assert_eq!(read(2_900, None, None), (0, 0));
    assert_eq!(read(900, Some(2_000), None), (2_000, 0));
    assert_eq!(read(900, Some(500), Some("cbtxn_1")), (500, 1_500));
}

#[test]
fn a_credit_note_that_is_void_does_not_count_and_what_was_never_paid_is_none_of_its_sums() {
    let note = json!({ "id": "cn_1", "status": "void", "amount": 900, "pre_payment_amount": 900,
        "post_payment_amount": 0, "customer_balance_transaction": null, "refunds": [] });
    let read = CreditNote::read(&note).expect("a note");
    assert_eq!((read.is_issued, read.outside, read.balance), (false, 0, 0));
}
