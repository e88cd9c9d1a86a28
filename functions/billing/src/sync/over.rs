//! What follows from a contract that is over, beside the copy: nobody can pay for it any more, and money that comes all the same calls
//! a person.
//!
//! One that was withdrawn from is left out: whatever arrives for it is given back by itself.

use std::time::Duration;

use domain::Timestamp;
use domain::billing::{Fetched, InvoiceStatus};
use domain::ids::TenantId;
use mail::{MailError, Template};
use store::row::SubscriptionRow;
use stripe::objects::Invoice;
use stripe::{IdempotencyKey, StripeError};
use telemetry::{Dimension, Unit};

use super::bills::Bill;
use super::fetch::{self, AtStripe};
use super::look::Seen;
use super::tell::Tell;
use crate::error::BillingError;
use crate::{names, refunds};

/// An end of longer ago is not told any more: notices are kept no longer than this and a month, so that one could be told twice.
const TOLD_FOR: Duration = Duration::from_secs(60 * 86_400);

/// Takes back each bill that is open though its contract is over, and marks it in the bills.
///
/// # Errors
/// When Stripe does not answer, or not to us: the same may be asked again.
pub(super) async fn void(
    at_stripe: &AtStripe,
    row: &SubscriptionRow,
    bills: &mut [Bill<'_>],
) -> Result<(), BillingError> {
    let all = &at_stripe.subscriptions;
    for bill in bills.iter_mut().filter(|bill| is_left_open(all, row, bill)) {
        let id = bill.invoice.id.as_str();
        let key = IdempotencyKey::new(format!("void.{id}"))?;
        match Box::pin(at_stripe.client.void_invoice(id, &key)).await {
            Ok(_) => bill.row.status = InvoiceStatus::Void,
            // It was settled meanwhile, or a payment of it is under way: a later look sees which.
            Err(StripeError::Invalid { .. } | StripeError::Gone { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn is_left_open(all: &[Fetched], row: &SubscriptionRow, bill: &Bill<'_>) -> bool {
    bill.row.status == InvoiceStatus::Open && over(all, row, bill.invoice).is_some()
}

/// The contract of a bill, where it is over and nobody withdrew from it.
fn over<'a>(all: &'a [Fetched], row: &SubscriptionRow, invoice: &Invoice) -> Option<&'a Fetched> {
    let contract = fetch::contract_of(all, invoice)?;
    let is_withdrawn = row.withdrawal_of(contract.id.as_str()).is_some();
    (contract.status.is_over() && !is_withdrawn).then_some(contract)
}

/// How many bills were not known to be paid, and were paid after their contract was over.
pub(super) fn paid_late(seen: &Seen<'_>, bills: &[Bill<'_>]) -> usize {
    let (Some(row), Some(at_stripe)) = (&seen.row, seen.at_stripe) else {
        return 0;
    };
    let all = &at_stripe.subscriptions;
    bills.iter().filter(|bill| is_late(all, row, bill)).count()
}

fn is_late(all: &[Fetched], row: &SubscriptionRow, bill: &Bill<'_>) -> bool {
    let known = bill.known.as_ref().map(|known| &known.row.status);
    let is_new = known != Some(&InvoiceStatus::Paid) && refunds::is_paid(bill.invoice);
    let ended_at = over(all, row, bill.invoice).and_then(|contract| contract.ended_at);
    let moments = ended_at.zip(bill.row.paid_at);
    is_new && moments.is_some_and(|(ended, paid)| ended < paid)
}

/// Calls a person once for each such payment: its row is written by now, so no further look finds it new.
pub(super) fn report(tenant: TenantId, late: usize) {
    for _ in 0..late {
        tracing::error!(tenant.id = %tenant, code = "paid_after_end", "a contract that is over was paid for; give it back by hand");
        let split = [(Dimension::Code, "paid_after_end")];
        telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
    }
}

/// That the contract of our copy has ended because its payments failed.
pub(super) fn told(
    row: &SubscriptionRow,
    all: &[Fetched],
    page: &str,
    now: Timestamp,
) -> Result<Option<Tell>, MailError> {
    let Some(copy) = row.copy() else {
        return Ok(None);
    };
    let ended = all.iter().find(|one| one.id == copy.id);
    let ended = ended.filter(|one| one.is_over_unpaid());
    let at = ended.and_then(|one| one.ended_at);
    let is_recent = at.is_some_and(|at| now < at.plus(TOLD_FOR));
    if !is_recent || row.withdrawal_of(copy.id.as_str()).is_some() {
        return Ok(None);
    }
    let id = names::plan_ended(&copy.id)?;
    let template = Template::PlanEnded {
        plan: copy.plan.offer().name.to_owned(),
        link: page.to_owned(),
    };
    Ok(Some(Tell { id, template }))
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use crate::head::tests::{OWNER, copy, fetched};
    use domain::billing::SubscriptionStatus;
    use serde_json::json;
    use store::Found;

    const ENDED: i64 = 1_795_456_800;

    fn contract(status: &str, ended_unpaid: bool) -> Fetched {
        let is_over = status == "canceled";
        Fetched {
            ended_at: is_over.then(|| Timestamp::from_seconds(ENDED)),
            ended_unpaid,
            ..fetched("sub_1", "cus_1", status)
        }
    }

    /// Our row of it, and whether it was withdrawn from.
    fn row(is_withdrawn: bool) -> SubscriptionRow {
        let now = Timestamp::from_seconds(ENDED);
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let copy = copy(SubscriptionStatus::Canceled, ENDED - 86_400);
        let row = row.synced(Some(copy), now);
        match is_withdrawn {
            true => row.withdrawn_from("sub_1".parse().expect("an id"), OWNER, now),
            false => row,
        }
    }

    fn invoice(status: &str, paid_at: i64) -> Invoice {
        let value = json!({ "id": "in_1", "customer": "cus_1", "subscription": "sub_1", "status": status,
            "amount_paid": if status == "paid" { 2_900 } else { 0 }, "currency": "eur",
            "created": ENDED - 1_000, "status_transitions": { "paid_at": paid_at } });
        Invoice::read(&value).expect("an invoice")
    }

    #[test]
    fn only_an_open_bill_of_a_contract_that_is_over_and_was_not_withdrawn_from_is_taken_back() {
        let of = |contract: Fetched, is_withdrawn, status: &str| {
            let invoice = invoice(status, ENDED);
            let bill = Bill {
                invoice: &invoice,
                row: tell::row(&invoice).expect("a row"),
                known: None,
            };
            is_left_open(&[contract], &row(is_withdrawn), &bill)
        };
        assert!(of(contract("canceled", true), false, "open"));
        assert!(!of(contract("canceled", true), true, "open"));
        assert!(!of(contract("canceled", true), false, "paid"));
        // Whoever pays one of these has the plan again.
        assert!(!of(contract("unpaid", false), false, "open"));
        assert!(!of(contract("past_due", false), false, "open"));
    }

    #[test]
    fn a_payment_after_the_end_is_late_once_and_one_before_it_never() {
        let late = |paid_at, is_withdrawn, is_known| {
            let invoice = invoice("paid", paid_at);
            let row_of = tell::row(&invoice).expect("a row");
            let known = Found {
                row: row_of.clone(),
                rev: 1,
            };
            let bill = Bill {
                invoice: &invoice,
                row: row_of,
                known: Some(known).filter(|_| is_known),
            };
            is_late(&[contract("canceled", true)], &row(is_withdrawn), &bill)
        };
        assert!(late(ENDED + 1, false, false));
        assert!(!late(ENDED + 1, false, true), "it was counted");
        assert!(!late(ENDED + 1, true, false), "it goes back by itself");
        assert!(!late(ENDED, false, false));
    }

    #[test]
    fn an_end_is_told_where_payments_failed_and_not_for_ever() {
        let named = |contract: Fetched, is_withdrawn, after: i64| {
            let now = Timestamp::from_seconds(ENDED + after);
            let told = told(
                &row(is_withdrawn),
                &[contract],
                "https://127.0.0.1/billing",
                now,
            );
            let told = told.expect("a name");
            told.map(|tell| (tell.id.to_string(), tell.template.kind()))
        };
        let expected = Some(("plan-ended-sub_1".to_owned(), "plan_ended"));
        assert_eq!(named(contract("canceled", true), false, 5), expected);
        assert_eq!(named(contract("canceled", false), false, 5), None);
        assert_eq!(named(contract("unpaid", false), false, 5), None);
        assert_eq!(named(contract("canceled", true), true, 5), None);
        let long = 60 * 86_400;
        assert_eq!(named(contract("canceled", true), false, long), None);
    }
}
