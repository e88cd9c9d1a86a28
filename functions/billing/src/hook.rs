//! `POST /hooks/stripe`
//!
//! Sequential remote calls: the former secret while there is none (else once in five minutes) and the queue. Actions:
//! `dynamodb:GetItem` on `routing`, `kms:Decrypt` for platform secrets, `sqs:SendMessage` on the queue of billing.

use app::{App, Call, OrProblem};
use bytes::Bytes;
use domain::billing::EventId;
use http::{HeaderValue, Response};
use http_kit::{Answer, Problem};
use jobs::{BillingSync, Hint};
use stripe::webhook::{self, Envelope};
use telemetry::{Dimension, Unit};

use crate::vendor;

/// The header that holds time and signatures.
const SIGNATURE: &str = "stripe-signature";
/// A refund that Stripe had taken on, and a bank did not. Nobody asks for it again by itself.
const REFUND_FAILED: &str = "refund.failed";
/// Objects that lead to their customer though the event names none: thin events do not, and disputes never do.
const LEADING: [&str; 3] = ["subscription", "invoice", "dispute"];

/// Takes an event: once the queue holds it, 200, whatever it says. What we do not sell from is none of our business and is
/// answered so too; only what Stripe did not sign for us is refused, and what could not be kept is asked for again.
pub(crate) async fn handle(app: &App, call: &Call) -> Answer {
    let body = call.request().body();
    let header = call.request().headers().get(SIGNATURE);
    let header = header.map(HeaderValue::to_str).and_then(Result::ok);
    let secrets = vendor::webhook_secrets(app).await.or_problem()?;
    let now = app.clock.now();
    webhook::verify(body, header.unwrap_or_default(), &secrets, now)
        .map_err(|error| refused(error.code()))?;
    let Ok(envelope) = Envelope::parse(body) else {
        return Ok(taken("no_event"));
    };
    envelope
        .check_mode(vendor::mode(app))
        .map_err(|_| refused("foreign_mode"))?;
    if envelope.kind == REFUND_FAILED {
        call_for_refund();
    }
    let Some((job, unique)) = job(&envelope, body) else {
        return Ok(taken("not_ours"));
    };
    // Without the queue's word the answer is 503, and Stripe keeps the event.
    app.jobs.sync_billing(&job, &unique).await.or_problem()?;
    Ok(taken("queued"))
}

/// What is to be looked at, and what makes a repeated delivery one message; nothing for what leads to no customer.
fn job(envelope: &Envelope, body: &[u8]) -> Option<(BillingSync, String)> {
    let customer = envelope.customer.as_deref();
    let customer = customer.and_then(|id| id.parse().ok());
    let kind = envelope.object_kind.as_deref().unwrap_or_default();
    if customer.is_none() && !LEADING.contains(&kind) {
        return None;
    }
    let event: Option<EventId> = envelope.id.as_deref().and_then(|id| id.parse().ok());
    let unique = match &event {
        Some(event) => event.to_string(),
        None => tenancy::hash_token_hex(body),
    };
    let hint = Hint::new(event, &envelope.kind, envelope.object_id.as_deref())
        .of_bill(envelope.bill.as_deref());
    Some((BillingSync::hinted(customer, hint), unique))
}

/// Calls a person: the money is with us again, and whose it was is seen at Stripe.
fn call_for_refund() {
    let code = "refund_refused";
    tracing::error!(code, "a bank did not take a refund; give it back by hand");
    let split = [(Dimension::Code, code)];
    telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
}

fn taken(code: &'static str) -> Response<Bytes> {
    let split = [(Dimension::Code, code)];
    telemetry::metric("stripe_events", Unit::Count, 1.0, &split);
    Response::new(Bytes::new())
}

fn refused(code: &'static str) -> Problem {
    let split = [(Dimension::Code, code)];
    telemetry::metric("stripe_events_refused", Unit::Count, 1.0, &split);
    Problem::invalid(SIGNATURE, code, "This is no event of ours.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobs::Whose;

    fn job_of(body: &str) -> Option<(BillingSync, String)> {
        let envelope = Envelope::parse(body.as_bytes()).expect("an object");
        job(&envelope, body.as_bytes())
    }

    #[test]
    fn an_event_is_a_hint_for_its_customer_and_is_named_by_its_id() {
        let body = r#"{"id":"evt_1","type":"invoice.paid","data":{"object":{"id":"in_1","object":"invoice","customer":"cus_1"}}}"#;
        let (job, unique) = job_of(body).expect("a job");
        assert_eq!(unique, "evt_1");
        assert_eq!(job.whose, Whose::Customer("cus_1".parse().expect("an id")));
        let hint = job.hint.expect("a hint");
        assert_eq!(
            (hint.kind.as_str(), hint.object.as_deref()),
            ("invoice.paid", Some("in_1"))
        );
    }

    #[test]
    fn a_thin_event_leads_to_its_object_and_one_without_an_id_is_named_by_its_bytes() {
        let thin = r#"{"id":"evt_2","object":"v2.core.event","type":"v1.customer.subscription.updated","related_object":{"id":"sub_1","type":"subscription"}}"#;
        let (job, _) = job_of(thin).expect("a job");
        assert_eq!(job.whose, Whose::Nobody);
        assert_eq!(
            job.hint.and_then(|hint| hint.object).as_deref(),
            Some("sub_1")
        );
        let nameless = r#"{"type":"x","data":{"object":{"object":"thing","customer":"cus_1"}}}"#;
        let (_, unique) = job_of(nameless).expect("a job");
        assert_eq!(unique.len(), 64);
    }

    #[test]
    fn a_dispute_leads_to_who_had_paid_though_it_names_nobody() {
        let body = r#"{"id":"evt_5","type":"charge.dispute.created","data":{"object":{"id":"dp_1","object":"dispute","charge":"ch_1","payment_intent":"pi_1"}}}"#;
        let (job, _) = job_of(body).expect("a job");
        assert_eq!(job.whose, Whose::Nobody);
        let hint = job.hint.expect("a hint");
        assert_eq!(
            (hint.kind.as_str(), hint.object.as_deref()),
            ("charge.dispute.created", Some("dp_1"))
        );
        assert_eq!(hint.bill.as_deref(), Some("pi_1"), "its bill may be old");
    }

    #[test]
    fn what_leads_to_nobody_is_none_of_our_business() {
        for body in [
            "{}",
            r#"{"id":"evt_3","type":"price.updated","data":{"object":{"id":"price_1","object":"price"}}}"#,
            r#"{"id":"evt_4","type":"something.new","data":{"object":{"customer":"no customer"}}}"#,
        ] {
            assert!(job_of(body).is_none(), "{body}");
        }
    }
}
