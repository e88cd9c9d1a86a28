//! A payment that a bank takes back: nothing more is spent for the workspace until that is settled, and a person of ours is called.

use domain::billing::CustomerId;
use domain::ids::TenantId;
use jobs::Hint;
use store::row::SubscriptionRow;
use stripe::Client;
use stripe::objects::Dispute;
use telemetry::{Dimension, Unit};

use super::fetch;
use crate::error::BillingError;

/// How the kinds of events begin that are about disputes.
const KINDS: &str = "charge.dispute.";

/// The dispute that an event is about.
pub(super) fn named(hint: &Hint) -> Option<&str> {
    let object = hint.object.as_deref();
    object.filter(|_| hint.kind.starts_with(KINDS))
}

/// Who had paid what is disputed; nobody where that is gone.
pub(super) async fn customer_of(
    client: &Client,
    id: &str,
) -> Result<Option<CustomerId>, BillingError> {
    let found = fetch::there(Box::pin(client.dispute(id)).await)?;
    let customer = found.and_then(|found| found.customer);
    Ok(customer.and_then(|customer| customer.parse().ok()))
}

/// The dispute that is open now: of the one that the event names, else of the one that is known, Stripe is asked.
pub(super) async fn open(
    client: &Client,
    row: &SubscriptionRow,
    hint: Option<&Hint>,
    tenant: TenantId,
) -> Result<Option<String>, BillingError> {
    let Some(id) = hint.and_then(named).or(row.dispute.as_deref()) else {
        return Ok(None);
    };
    let found = fetch::there(Box::pin(client.dispute(id)).await)?;
    let after = after(row, id, found.as_ref());
    if after.is_some() && after != row.dispute {
        tracing::error!(tenant.id = %tenant, code = "disputed", "a bank takes a payment back");
        let split = [(Dimension::Code, "disputed")];
        telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
    }
    Ok(after)
}

/// What is open once this one was asked for. Another customer's changes nothing, nor does the end of one that is not known.
fn after(row: &SubscriptionRow, id: &str, found: Option<&Dispute>) -> Option<String> {
    let own = found.filter(|found| found.customer.as_deref() == Some(row.customer.as_str()));
    if own.is_some_and(|found| !found.status.is_settled()) {
        return Some(id.to_owned());
    }
    row.dispute.clone().filter(|known| known != id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(dispute: Option<&str>) -> SubscriptionRow {
        SubscriptionRow {
            dispute: dispute.map(str::to_owned),
            ..SubscriptionRow::of("cus_1".parse().expect("an id"))
        }
    }

    fn dispute(customer: &str, status: &str) -> Dispute {
        let charge = json!({ "id": "ch_1", "customer": customer });
        let value = json!({ "id": "dp_1", "charge": charge, "status": status });
        Dispute::read(&value).expect("a dispute")
    }

    #[test]
    fn only_an_event_about_a_dispute_names_one() {
        let hint = |kind| Hint::new(None, kind, Some("dp_1"));
        assert_eq!(named(&hint("charge.dispute.created")), Some("dp_1"));
        assert_eq!(named(&hint("charge.refunded")), None);
        assert_eq!(named(&hint("charge.disputed")), None);
    }

    #[test]
    fn a_dispute_is_open_from_its_first_word_until_it_is_settled_and_is_nobody_elses() {
        let open = dispute("cus_1", "needs_response");
        let known = Some("dp_1".to_owned());
        assert_eq!(after(&row(None), "dp_1", Some(&open)), known);
        assert_eq!(after(&row(Some("dp_1")), "dp_1", Some(&open)), known);
        for over in [dispute("cus_1", "won"), dispute("cus_1", "lost")] {
            assert_eq!(after(&row(Some("dp_1")), "dp_1", Some(&over)), None);
            let other = after(&row(Some("dp_2")), "dp_1", Some(&over));
            assert_eq!(other.as_deref(), Some("dp_2"));
        }
        assert_eq!(after(&row(Some("dp_1")), "dp_1", None), None);
        let foreign = dispute("cus_2", "needs_response");
        assert_eq!(after(&row(None), "dp_1", Some(&foreign)), None);
    }
}
