//! What has gone back already of a contract that can still be taken back, so that its owner is promised no more than would come.

use domain::billing::SubscriptionCopy;
use jobs::Hint;
use stripe::Client;

use super::bills::Bill;
use super::look::Seen;
use crate::error::BillingError;
use crate::head::withdrawable;
use crate::refunds;

/// How the kinds of events begin that tell of money that goes back.
const KINDS: [&str; 2] = ["charge.refund", "charge.dispute."];

/// Notes at the bills of what was bought how much of each has gone back.
pub(super) async fn note(
    client: &Client,
    seen: &Seen<'_>,
    bills: &mut [Bill<'_>],
) -> Result<(), BillingError> {
    let Some(copy) = open(seen) else {
        return Ok(());
    };
    for bill in bills.iter_mut().filter(|bill| is_paid_for(&copy, bill)) {
        let gone = Box::pin(refunds::gone(client, &bill.invoice.id)).await?;
        bill.row.returned = (gone > 0).then_some(gone);
    }
    Ok(())
}

/// What can be taken back, where this look may find that money of it went back.
fn open(seen: &Seen<'_>) -> Option<SubscriptionCopy> {
    let row = seen.row.as_ref().filter(|_| is_asked(seen.hint))?;
    let copy = row.copy()?;
    let is_open = withdrawable(&copy, seen.now).is_some();
    let is_withdrawn = row.withdrawal_of(copy.id.as_str()).is_some();
    (is_open && !is_withdrawn).then_some(copy)
}

/// The daily look asks too: an event may be lost.
fn is_asked(hint: Option<&Hint>) -> bool {
    let tells = |hint: &Hint| KINDS.iter().any(|kind| hint.kind.starts_with(kind));
    hint.is_none_or(tells)
}

fn is_paid_for(copy: &SubscriptionCopy, bill: &Bill<'_>) -> bool {
    let contract = bill.invoice.subscription.as_deref();
    contract == Some(copy.id.as_str()) && refunds::is_paid(bill.invoice)
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use crate::head::tests::copy;
    use domain::billing::SubscriptionStatus;
    use serde_json::json;
    use stripe::objects::Invoice;

    #[test]
    fn the_daily_look_and_events_of_money_that_goes_back_ask_what_did() {
        let asked = |kind| is_asked(Some(&Hint::new(None, kind, Some("ch_1"))));
        assert!(is_asked(None) && asked("charge.refunded"));
        assert!(asked("charge.refund.updated") && asked("charge.dispute.closed"));
        assert!(!asked("charge.succeeded") && !asked("invoice.paid"));
    }

    #[test]
    fn only_what_was_paid_for_the_contract_is_asked_about() {
        let copy = copy(SubscriptionStatus::Active, 1_795_456_800);
        let is_asked_about = |contract: &str, status: &str, paid: i64| {
            let value = json!({ "id": "in_1", "subscription": contract, "status": status,
                "amount_paid": paid, "created": 1_795_456_800 });
            let invoice = Invoice::read(&value).expect("an invoice");
            let bill = Bill {
                invoice: &invoice,
                row: tell::row(&invoice).expect("a row"),
                known: None,
            };
            is_paid_for(&copy, &bill)
        };
        assert!(is_asked_about("sub_1", "paid", 2_900));
        assert!(!is_asked_about("sub_2", "paid", 2_900));
        assert!(!is_asked_about("sub_1", "paid", 0));
        assert!(!is_asked_about("sub_1", "open", 0));
    }
}
