//! A payment that a bank takes back: nothing more is spent for the workspace until that is settled, and a person of ours is called.

use std::collections::BTreeSet;

use domain::billing::CustomerId;
use domain::ids::TenantId;
use jobs::Hint;
use store::row::SubscriptionRow;
use stripe::objects::Dispute;
use stripe::{Client, StripeError};
use telemetry::{Dimension, Unit};

use super::fetch;
use crate::error::BillingError;

/// What is known of the disputes of a customer.
pub(super) struct Disputes {
    /// Stripe's names for those that are open.
    pub(super) open: BTreeSet<String>,
    /// Whether our key may not read them: those that were known stay, and others are not found.
    pub(super) is_hidden: bool,
}

/// How the kinds of events begin that are about disputes.
const KINDS: &str = "charge.dispute.";

/// The dispute that an event is about.
pub(super) fn named(hint: &Hint) -> Option<&str> {
    let object = hint.object.as_deref();
    object.filter(|_| hint.kind.starts_with(KINDS))
}

/// Who had paid what is disputed; nobody where that is gone, and where our key may not read it: the daily look of whoever it is finds
/// it once the key may.
pub(super) async fn customer_of(
    client: &Client,
    id: &str,
) -> Result<Option<CustomerId>, BillingError> {
    let found = match Box::pin(client.dispute(id)).await {
        Err(error) if is_forbidden(&error) => {
            report_hidden();
            None
        }
        found => fetch::there(found)?,
    };
    let customer = found.and_then(|found| found.customer);
    Ok(customer.and_then(|customer| customer.parse().ok()))
}

/// The disputes that are open now. Access does not wait for a key that may not read them.
pub(super) async fn all(
    client: &Client,
    row: &SubscriptionRow,
    hint: Option<&Hint>,
) -> Result<Disputes, StripeError> {
    match Box::pin(open(client, row, hint)).await {
        Err(error) if is_forbidden(&error) => Ok(Disputes {
            open: row.disputes.clone(),
            is_hidden: true,
        }),
        open => Ok(Disputes {
            open: open?,
            is_hidden: false,
        }),
    }
}

/// Whether our key may do all but this.
pub(super) const fn is_forbidden(error: &StripeError) -> bool {
    matches!(error, StripeError::Unauthorized { status: 403 })
}

/// Stripe is asked for each dispute that is known, and for the one that the event names. The daily look asks for those of every payment
/// too: a dispute whose events were all lost is named by nothing else.
async fn open(
    client: &Client,
    row: &SubscriptionRow,
    hint: Option<&Hint>,
) -> Result<BTreeSet<String>, StripeError> {
    let mut open = BTreeSet::new();
    if hint.is_none() {
        let disputed = client.disputed_payments(row.customer.as_str());
        for payment in Box::pin(disputed).await? {
            let found = Box::pin(client.disputes_of(&payment)).await?;
            let running = found.into_iter().filter(|one| !one.status.is_settled());
            open.extend(running.map(|one| one.id));
        }
    }
    for id in to_ask(row, hint) {
        let found = fetch::there(Box::pin(client.dispute(id)).await)?;
        if is_open(row, found.as_ref()) {
            open.insert(id.to_owned());
        }
    }
    Ok(open)
}

fn to_ask<'a>(row: &'a SubscriptionRow, hint: Option<&'a Hint>) -> BTreeSet<&'a str> {
    let known = row.disputes.iter().map(String::as_str);
    known.chain(hint.and_then(named)).collect()
}

/// Whether a dispute stops this workspace: another customer's does not, nor one that is gone.
fn is_open(row: &SubscriptionRow, found: Option<&Dispute>) -> bool {
    let own = found.filter(|found| found.customer.as_deref() == Some(row.customer.as_str()));
    own.is_some_and(|found| !found.status.is_settled())
}

/// Calls a person because our key may not read disputes.
pub(super) fn report_hidden() {
    tracing::error!(
        code = "disputes_hidden",
        "stripe's key may not read disputes"
    );
    let split = [(Dimension::Code, "disputes_hidden")];
    telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
}

/// Calls a person once for each dispute that was not known: its row is written by now, so no further event says it again.
pub(super) fn report(tenant: TenantId, known: &BTreeSet<String>, open: &BTreeSet<String>) {
    for _ in open.difference(known) {
        tracing::error!(tenant.id = %tenant, code = "disputed", "a bank takes a payment back");
        let split = [(Dimension::Code, "disputed")];
        telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(disputes: &[&str]) -> SubscriptionRow {
        SubscriptionRow {
            disputes: disputes.iter().map(|&id| id.to_owned()).collect(),
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
    fn only_a_key_that_may_not_hides_disputes_and_one_that_is_unknown_is_a_failure() {
        assert!(is_forbidden(&StripeError::Unauthorized { status: 403 }));
        assert!(!is_forbidden(&StripeError::Unauthorized { status: 401 }));
        assert!(!is_forbidden(&StripeError::Failing { status: 503 }));
    }

    #[test]
    fn each_dispute_that_is_known_is_asked_for_whichever_one_an_event_is_about() {
        let hint = |kind| Hint::new(None, kind, Some("dp_2"));
        let asked = |known: &[&str], hint: Option<&Hint>| {
            let row = row(known);
            let asked = to_ask(&row, hint).into_iter();
            asked.map(str::to_owned).collect::<Vec<_>>()
        };
        let closed = hint("charge.dispute.closed");
        assert_eq!(asked(&["dp_1"], Some(&closed)), ["dp_1", "dp_2"]);
        assert_eq!(asked(&["dp_1", "dp_2"], Some(&closed)), ["dp_1", "dp_2"]);
        assert_eq!(asked(&["dp_1"], None), ["dp_1"]);
        let paid = hint("invoice.paid");
        assert_eq!(asked(&["dp_1"], Some(&paid)), ["dp_1"]);
        assert!(asked(&[], None).is_empty());
    }

    #[test]
    fn a_dispute_is_open_from_its_first_word_until_it_is_settled_and_is_nobody_elses() {
        let row = row(&[]);
        assert!(is_open(&row, Some(&dispute("cus_1", "needs_response"))));
        for over in [dispute("cus_1", "won"), dispute("cus_1", "lost")] {
            assert!(!is_open(&row, Some(&over)));
        }
        assert!(!is_open(&row, None));
        assert!(!is_open(&row, Some(&dispute("cus_2", "needs_response"))));
    }
}
