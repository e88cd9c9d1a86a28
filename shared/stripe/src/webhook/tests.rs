use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::key::Mode;

const BODY: &[u8] = br#"{"id":"evt_1"}"#;
const NOW: i64 = 1_795_456_800;
/// What the official Python library makes of these, by `WebhookSignature.generate_signature_header`.
const OFFICIAL: &str =
    "t=1795456800,v1=1d31c88d933758ac5d04baa8a2e83431175071c124e2da2e947e4ac6e708904b";

fn secret(text: &str) -> Secret {
    Secret::new(text).expect("a secret")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn check(header: &str, now: i64) -> Result<(), SignatureError> {
    verify(BODY, header, &[secret("whsec_ours")], at(now))
}

fn signed() -> String {
    sign(BODY, &secret("whsec_ours"), at(NOW))
}

/// The `v1` of a header.
fn signature(header: &str) -> &str {
    header.split_once("v1=").expect("a v1").1
}

#[test]
fn bytes_that_our_secret_signed_are_taken() {
    assert_eq!(check(OFFICIAL, NOW), Ok(()));
    assert_eq!(signed(), OFFICIAL);
}

#[test]
fn a_changed_byte_another_time_or_another_secret_matches_nothing() {
    let header = signed();
    let ours = [secret("whsec_ours")];
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(verify(b"{}", &header, &ours, at(NOW)), mismatch);
    let later = header.replace(&NOW.to_string(), &(NOW + 1).to_string());
    assert_eq!(check(&later, NOW), mismatch);
    let other = [secret("whsec_other")];
    assert_eq!(verify(BODY, &header, &other, at(NOW)), mismatch);
    assert_eq!(verify(BODY, &header, &[], at(NOW)), mismatch);
}

#[test]
fn any_of_several_signatures_by_any_of_several_secrets_is_enough() {
    let (old, new) = (secret("whsec_old"), secret("whsec_new"));
    let both = format!(
        "{},v1={}",
        sign(BODY, &old, at(NOW)),
        signature(&sign(BODY, &new, at(NOW)))
    );
    for known in [
        vec![old.clone()],
        vec![new.clone()],
        vec![secret("whsec_x"), new],
    ] {
        assert_eq!(verify(BODY, &both, &known, at(NOW)), Ok(()));
    }
    let with_rubbish = format!("v1=zz,{},v1=", signed());
    assert_eq!(check(&with_rubbish, NOW), Ok(()));
}

#[test]
fn a_signature_is_good_for_five_minutes_either_way() {
    let header = signed();
    for (now, verdict) in [
        (NOW + 300, Ok(())),
        (NOW - 300, Ok(())),
        (NOW + 301, Err(SignatureError::TooOld)),
        (NOW - 301, Err(SignatureError::TooNew)),
    ] {
        assert_eq!(check(&header, now), verdict, "{}", now - NOW);
    }
}

#[test]
fn of_an_old_forgery_the_forgery_is_told() {
    let forged = sign(BODY, &secret("whsec_other"), at(NOW));
    assert_eq!(check(&forged, NOW + 9_000), Err(SignatureError::Mismatch));
}

#[test]
fn another_scheme_is_no_signature() {
    let v0 = signed().replace("v1=", "v0=");
    assert_eq!(check(&v0, NOW), Err(SignatureError::Malformed));
    let capitals = signature(&signed()).to_uppercase();
    let header = format!("t={NOW},v1={capitals}");
    assert_eq!(check(&header, NOW), Err(SignatureError::Mismatch));
}

#[test]
fn headers_that_are_none_are_refused() {
    let v1 = signature(&signed()).to_owned();
    for header in [
        String::new(),
        "nonsense".into(),
        format!("v1={v1}"),
        format!("t={NOW}"),
        format!("t=,v1={v1}"),
        format!("t=+{NOW},v1={v1}"),
        format!("t=-5,v1={v1}"),
        format!("t=99999999999999999999,v1={v1}"),
        format!("t={NOW},t={NOW},v1={v1}"),
        format!("t={NOW}{}", format!(",v1={v1}").repeat(17)),
    ] {
        let refused = check(&header, NOW);
        assert_eq!(refused, Err(SignatureError::Malformed), "{header}");
    }
}

#[test]
fn a_secret_is_never_shown_and_an_empty_one_is_none() {
    assert_eq!(format!("{:?}", secret("whsec_CANARY")), "***");
    assert!(Secret::new(" \n").is_none());
}

proptest! {
    #[test]
    fn no_header_and_no_body_stops_the_check(header in ".{0,200}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let verdict = verify(&body, &header, &[secret("whsec_ours")], at(NOW));
        prop_assert!(verdict.is_err());
    }

    #[test]
    fn no_bytes_stop_the_envelope(body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let is_object = serde_json::from_slice::<Value>(&body).is_ok_and(|value| value.is_object());
        prop_assert_eq!(Envelope::parse(&body).is_ok(), is_object);
    }

    #[test]
    fn whatever_was_signed_is_taken(body in proptest::collection::vec(any::<u8>(), 0..200), at_second in 0..4_000_000_000_i64) {
        let ours = secret("whsec_ours");
        let header = sign(&body, &ours, at(at_second));
        prop_assert_eq!(verify(&body, &header, &[ours], at(at_second)), Ok(()));
    }
}

fn parsed(value: &Value) -> Envelope {
    Envelope::parse(value.to_string().as_bytes()).expect("an event")
}

fn snapshot(kind: &str, object: Value) -> Value {
    json!({ "id": "evt_1", "object": "event", "api_version": "2026-09-30.endive", "created": NOW,
        "data": { "object": object }, "livemode": false, "pending_webhooks": 1, "request": null, "type": kind })
}

#[test]
fn a_snapshot_names_event_object_customer_and_subscription() {
    let object =
        json!({ "id": "sub_1", "object": "subscription", "customer": "cus_1", "status": "active" });
    let event = parsed(&snapshot("customer.subscription.updated", object));
    assert_eq!(
        event,
        Envelope {
            id: Some("evt_1".into()),
            kind: "customer.subscription.updated".into(),
            created: Some(at(NOW)),
            livemode: Some(false),
            api_version: Some("2026-09-30.endive".into()),
            account: None,
            object_id: Some("sub_1".into()),
            object_kind: Some("subscription".into()),
            customer: Some("cus_1".into()),
            subscription: Some("sub_1".into()),
            bill: None,
        }
    );
}

#[test]
fn money_that_goes_back_names_its_invoice_or_the_payment_that_paid_one() {
    let note = json!({ "id": "cn_1", "object": "credit_note", "invoice": "in_1" });
    let charge = json!({ "id": "ch_1", "object": "charge", "payment_intent": "pi_1" });
    let old =
        json!({ "id": "ch_1", "object": "charge", "payment_intent": "pi_1", "invoice": "in_1" });
    let dispute = json!({ "id": "dp_1", "object": "dispute", "payment_intent": { "id": "pi_1" } });
    for (object, bill) in [
        (note, "in_1"),
        (charge, "pi_1"),
        (old, "in_1"),
        (dispute, "pi_1"),
    ] {
        let event = parsed(&snapshot("x", object));
        assert_eq!(event.bill.as_deref(), Some(bill));
    }
}

#[test]
fn a_thin_event_names_its_object_too() {
    let thin = json!({ "id": "evt_1", "object": "v2.core.event", "type": "v1.customer.subscription.updated",
        "created": "2026-11-23T18:00:00.000Z", "livemode": true, "context": null,
        "related_object": { "id": "sub_1", "type": "subscription", "url": "/v1/subscriptions/sub_1" } });
    let event = parsed(&thin);
    assert_eq!(event.kind, "customer.subscription.updated");
    assert_eq!((event.created, event.livemode), (Some(at(NOW)), Some(true)));
    assert_eq!(event.subscription.as_deref(), Some("sub_1"));
    assert_eq!((event.customer, event.api_version), (None, None));
}

#[test]
fn an_event_without_id_or_mode_is_read_all_the_same() {
    let bare = json!({ "type": "checkout.session.completed", "data": { "object": { "id": "cs_1",
        "object": "checkout.session", "customer": { "id": "cus_1" }, "subscription": "sub_1" } } });
    let event = parsed(&bare);
    assert_eq!(
        (event.id, event.created, event.livemode),
        (None, None, None)
    );
    assert_eq!(event.customer.as_deref(), Some("cus_1"));
    assert_eq!(event.subscription.as_deref(), Some("sub_1"));
}

#[test]
fn an_invoice_names_its_subscription_in_each_version() {
    let current = json!({ "id": "in_1", "object": "invoice", "customer": "cus_1",
        "parent": { "subscription_details": { "subscription": "sub_1" } } });
    let old =
        json!({ "id": "in_1", "object": "invoice", "customer": "cus_1", "subscription": "sub_1" });
    for invoice in [current, old] {
        let event = parsed(&snapshot("invoice.paid", invoice));
        assert_eq!(event.subscription.as_deref(), Some("sub_1"));
        assert_eq!(event.object_id.as_deref(), Some("in_1"));
    }
}

#[test]
fn a_customers_own_event_concerns_that_customer() {
    let customer = json!({ "id": "cus_1", "object": "customer", "email": "CANARY@example.com" });
    let event = parsed(&snapshot("customer.deleted", customer));
    assert_eq!(event.customer.as_deref(), Some("cus_1"));
    assert!(!format!("{event:?}").contains("CANARY"));
}

#[test]
fn no_type_and_no_shape_is_refused() {
    for value in [
        json!({}),
        json!({ "type": "tea.brewed", "data": { "object": { "leaves": 3 } } }),
        json!({ "type": 7, "id": [], "created": {}, "data": "x", "related_object": 1 }),
        json!({ "type": "x", "data": { "object": null } }),
    ] {
        let event = parsed(&value);
        assert_eq!((event.object_id, event.customer), (None, None), "{value}");
    }
    for body in ["", "[]", "7", "{", "null"] {
        assert_eq!(Envelope::parse(body.as_bytes()), Err(NotAnEvent), "{body}");
    }
}

#[test]
fn an_event_of_the_other_mode_is_refused() {
    let with = |livemode: Value| parsed(&json!({ "type": "x", "livemode": livemode }));
    let (live, sandbox, silent) = (with(json!(true)), with(json!(false)), with(Value::Null));
    assert_eq!(live.check_mode(Mode::Live), Ok(()));
    assert_eq!(sandbox.check_mode(Mode::Sandbox), Ok(()));
    assert_eq!(silent.check_mode(Mode::Sandbox), Ok(()));
    for (event, ours) in [
        (live, Mode::Sandbox),
        (sandbox, Mode::Live),
        (silent, Mode::Live),
    ] {
        assert_eq!(event.check_mode(ours), Err(ForeignMode));
    }
}
