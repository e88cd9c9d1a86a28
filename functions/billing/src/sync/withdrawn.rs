//! The rest of a withdrawal that was cut off, and what is paid after one.
//!
//! A withdrawal is written down before Stripe hears of it. Whatever stopped it then, a look carries it out: the end, everything
//! that was paid, the receipt. And a payment that was under way arrives later for a contract that is over: it is given back too.

use std::time::Duration;

use app::App;
use domain::Timestamp;
use domain::billing::SubscriptionCopy;
use domain::ids::TenantId;
use mail::{MailError, Template};
use store::row::SubscriptionRow;
use stripe::Client;
use stripe::objects::Invoice;

use super::look::Bill;
use super::tell::Tell;
use crate::error::BillingError;
use crate::{names, refunds, vendor};

/// A withdrawal of longer ago is not confirmed any more: notices are kept no longer than this and a month.
const RECEIPT_AFTER: Duration = Duration::from_secs(60 * 86_400);

/// Ends what was withdrawn from and goes on: before Stripe is asked for everything, so that the copy says that it is over.
pub(super) async fn end(app: &App, row: &SubscriptionRow) -> Result<(), BillingError> {
    let Some(copy) = to_end(row) else {
        return Ok(());
    };
    let client = vendor::client(app).await?;
    Box::pin(client.cancel_now(copy.id.as_str())).await?;
    Ok(())
}

fn to_end(row: &SubscriptionRow) -> Option<SubscriptionCopy> {
    let copy = row.copy()?;
    let is_withdrawn = row.withdrawal_of(copy.id.as_str()).is_some();
    (is_withdrawn && !copy.status.is_over()).then_some(copy)
}

/// Gives back what was paid for a contract that was withdrawn from, and marks it in the bills. What Stripe refuses is asked again
/// with each look, until a person has seen to it.
pub(super) async fn give_back(
    client: &Client,
    tenant: TenantId,
    row: &SubscriptionRow,
    bills: &mut [Bill<'_>],
    now: Timestamp,
) -> Result<(), BillingError> {
    for bill in bills.iter_mut().filter(|bill| is_owed(row, bill)) {
        if Box::pin(refunds::give_back(client, tenant, &bill.invoice.id)).await? {
            bill.row.refunded_at = Some(now);
        }
    }
    Ok(())
}

fn is_owed(row: &SubscriptionRow, bill: &Bill<'_>) -> bool {
    let contract = bill.invoice.subscription.as_deref();
    let is_withdrawn = contract.is_some_and(|contract| row.withdrawal_of(contract).is_some());
    is_withdrawn && refunds::is_paid(bill.invoice) && bill.row.refunded_at.is_none()
}

/// The confirmation, with the moment at which the withdrawal was declared; whoever did the rest of it finds it told.
pub(super) fn receipt(
    row: &SubscriptionRow,
    copy: Option<&SubscriptionCopy>,
    invoices: &[Invoice],
    now: Timestamp,
) -> Result<Option<Tell>, MailError> {
    let over = copy.filter(|copy| copy.status.is_over());
    let declared = over.and_then(|copy| Some((copy, row.withdrawal_of(copy.id.as_str())?)));
    let Some((copy, at)) = declared.filter(|(_, at)| now < at.plus(RECEIPT_AFTER)) else {
        return Ok(None);
    };
    let paid = refunds::paid(invoices, copy.id.as_str());
    let template = Template::WithdrawalReceipt {
        plan: copy.plan.offer().name.to_owned(),
        at,
        refund: refunds::sum(&paid),
    };
    let id = names::withdrawal(&copy.id)?;
    Ok(Some(Tell { id, template }))
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use crate::head::tests::copy;
    use domain::billing::SubscriptionStatus;
    use mail::Amount;
    use serde_json::json;

    const BOUGHT: i64 = 1_795_456_800;
    const DECLARED: Timestamp = Timestamp::from_seconds(BOUGHT + 3_600);
    const NOW: Timestamp = Timestamp::from_seconds(BOUGHT + 90_000);

    /// The row of a contract in this state, and whether it was withdrawn from.
    fn row(status: SubscriptionStatus, is_withdrawn: bool) -> SubscriptionRow {
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let bought = bought.synced(Some(copy(status, BOUGHT)), DECLARED);
        match is_withdrawn {
            true => bought.withdrawn_from("sub_1".parse().expect("an id"), DECLARED),
            false => bought,
        }
    }

    fn invoice(contract: &str, status: &str) -> Invoice {
        let paid = if status == "paid" { 2_900 } else { 0 };
        let value = json!({ "id": "in_1", "customer": "cus_1", "subscription": contract, "status": status,
            "amount_paid": paid, "currency": "eur", "created": BOUGHT });
        Invoice::read(&value).expect("an invoice")
    }

    #[test]
    fn only_what_was_withdrawn_from_and_still_goes_on_is_ended() {
        let (active, over) = (SubscriptionStatus::Active, SubscriptionStatus::Canceled);
        assert!(to_end(&row(active.clone(), true)).is_some());
        assert!(to_end(&row(active, false)).is_none());
        assert!(to_end(&row(over, true)).is_none());
    }

    #[test]
    fn a_payment_for_what_was_withdrawn_from_is_owed_until_it_was_given_back_even_after_another_purchase()
     {
        let owed = |row: &SubscriptionRow, contract: &str, status: &str, refunded_at| {
            let invoice = invoice(contract, status);
            let mut stored = tell::row(&invoice).expect("a row");
            stored.refunded_at = refunded_at;
            let bill = Bill {
                invoice: &invoice,
                row: stored,
                known: None,
            };
            is_owed(row, &bill)
        };
        let withdrawn = row(SubscriptionStatus::Canceled, true);
        assert!(owed(&withdrawn, "sub_1", "paid", None));
        assert!(!owed(&withdrawn, "sub_1", "paid", Some(NOW)));
        assert!(!owed(&withdrawn, "sub_1", "open", None));
        assert!(!owed(&withdrawn, "sub_2", "paid", None));
        let kept = row(SubscriptionStatus::Canceled, false);
        assert!(!owed(&kept, "sub_1", "paid", None));
        let newer = SubscriptionCopy {
            id: "sub_2".parse().expect("an id"),
            ..copy(SubscriptionStatus::Active, BOUGHT)
        };
        let bought_again = withdrawn.synced(Some(newer), NOW);
        assert!(owed(&bought_again, "sub_1", "paid", None));
        assert!(!owed(&bought_again, "sub_2", "paid", None));
    }

    #[test]
    fn a_withdrawal_is_confirmed_with_the_moment_of_its_declaration_and_only_once_it_is_over() {
        let told = |status: SubscriptionStatus, is_withdrawn, now| {
            let row = row(status, is_withdrawn);
            let invoices = [invoice("sub_1", "paid")];
            receipt(&row, row.copy().as_ref(), &invoices, now).expect("a name")
        };
        let over = SubscriptionStatus::Canceled;
        let tell = told(over.clone(), true, NOW).expect("it is told");
        assert_eq!(tell.id.to_string(), "withdrawal-sub_1");
        let Template::WithdrawalReceipt { at, refund, .. } = tell.template else {
            panic!("another mail");
        };
        let expected = Amount {
            minor: 2_900,
            currency: "eur".to_owned(),
        };
        assert_eq!((at, refund), (DECLARED, Some(expected)));
        assert!(told(over.clone(), false, NOW).is_none());
        assert!(told(SubscriptionStatus::Active, true, NOW).is_none());
        let long_after = DECLARED.plus(RECEIPT_AFTER);
        assert!(told(over, true, long_after).is_none());
    }
}
