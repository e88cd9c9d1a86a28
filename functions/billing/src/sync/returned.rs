//! What has gone back of the bills though nobody withdrew: each says so, and the owner of a contract that can still be taken back is
//! promised no more than would come.

use domain::billing::SubscriptionCopy;
use jobs::Hint;
use store::row::SubscriptionRow;
use stripe::objects::Payment;
use stripe::{Client, StripeError};

use super::bills::Bill;
use super::look::Seen;
use crate::error::BillingError;
use crate::head::withdrawable;
use crate::refunds;

/// How the kinds of events begin that tell of money that goes back.
const KINDS: [&str; 3] = ["charge.refund", "charge.dispute.", "credit_note."];

/// What is asked about a bill.
#[derive(Debug, PartialEq, Eq)]
enum Asks<'m> {
    /// Nothing says that anything of it went back.
    Nothing,
    /// What became of these of its payments, and of its credit notes.
    Of(&'m [Payment]),
    /// What became of each.
    Everything,
}

/// Notes at the bills how much of each has gone back.
pub(super) async fn note(
    client: &Client,
    seen: &Seen<'_>,
    bills: &mut [Bill<'_>],
) -> Result<(), BillingError> {
    let Some(row) = seen.row.as_ref().filter(|_| is_asked(seen.hint)) else {
        return Ok(());
    };
    let moved = Box::pin(moved(client, row)).await?;
    let open = open(seen);
    let open = open.as_ref().map(|copy| copy.id.as_str());
    for bill in bills {
        let of = match asks(row, open, moved.as_deref(), bill) {
            Asks::Nothing => continue,
            Asks::Of(payments) => Some(payments),
            Asks::Everything => None,
        };
        let gone = Box::pin(refunds::gone(client, bill.invoice, of)).await?;
        bill.row.returned = (gone.money > 0).then_some(gone.money);
        bill.row.credited = (gone.credited > 0).then_some(gone.credited);
    }
    Ok(())
}

/// The payments of which something went back; nothing where our key may not read any.
async fn moved(
    client: &Client,
    row: &SubscriptionRow,
) -> Result<Option<Vec<Payment>>, StripeError> {
    match Box::pin(client.moved_payments(row.customer.as_str())).await {
        Err(StripeError::Unauthorized { status: 403 }) => Ok(None),
        moved => moved.map(Some),
    }
}

/// What is asked about a bill: nothing where all that paid it is still with us. Those of a contract that was withdrawn from have sums of
/// their own, and those of one that can be taken back are asked about whatever the list of payments says: it may be a moment late.
fn asks<'m>(
    row: &SubscriptionRow,
    open: Option<&str>,
    moved: Option<&'m [Payment]>,
    bill: &Bill<'_>,
) -> Asks<'m> {
    let contract = bill.invoice.subscription.as_deref();
    let is_withdrawn = contract.is_some_and(|id| row.withdrawal_of(id).is_some());
    if is_withdrawn || !refunds::is_paid(bill.invoice) {
        return Asks::Nothing;
    }
    if open.is_some() && open == contract {
        return Asks::Everything;
    }
    let is_known = bill.row.returned.or(bill.row.credited).is_some();
    let is_credited = bill.invoice.credited > 0;
    let has_moved = |moved: &[Payment]| bill.invoice.payments.iter().any(|one| moved.contains(one));
    match moved {
        Some(moved) if is_known || is_credited || has_moved(moved) => Asks::Of(moved),
        _ => Asks::Nothing,
    }
}

/// What can be taken back.
fn open(seen: &Seen<'_>) -> Option<SubscriptionCopy> {
    let copy = seen.copy()?;
    withdrawable(&copy, seen.now).map(|_| copy)
}

/// The daily look asks too: an event may be lost.
fn is_asked(hint: Option<&Hint>) -> bool {
    hint.is_none_or(tells)
}

/// Whether an event tells of money that goes back.
pub(super) fn tells(hint: &Hint) -> bool {
    KINDS.iter().any(|kind| hint.kind.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use crate::head::tests::{OWNER, copy};
    use domain::Timestamp;
    use domain::billing::SubscriptionStatus;
    use serde_json::json;
    use stripe::objects::Invoice;

    const BOUGHT: i64 = 1_795_456_800;

    #[test]
    fn the_daily_look_and_events_of_money_that_goes_back_ask_what_did() {
        let asked = |kind| is_asked(Some(&Hint::new(None, kind, Some("ch_1"))));
        assert!(is_asked(None) && asked("charge.refunded"));
        assert!(asked("charge.refund.updated") && asked("charge.dispute.closed"));
        assert!(asked("credit_note.created") && asked("credit_note.voided"));
        assert!(!asked("charge.succeeded") && !asked("invoice.paid"));
    }

    fn invoice(contract: &str, paid: i64, credited: i64) -> Invoice {
        let payment = json!({ "status": "paid", "payment": { "payment_intent": "pi_1" } });
        let value = json!({ "id": "in_1", "subscription": contract, "status": "paid", "payments": { "data": [payment] },
            "amount_paid": paid, "post_payment_credit_notes_amount": credited, "created": BOUGHT });
        Invoice::read(&value).expect("an invoice")
    }

    /// What is asked about a bill, of which so much is known to have gone back, where this one is the only contract that can be taken back.
    fn asked<'m>(
        (invoice, known): (&Invoice, Option<i64>),
        is_withdrawn: bool,
        moved: Option<&'m [Payment]>,
    ) -> Asks<'m> {
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let bought = copy(SubscriptionStatus::Active, BOUGHT);
        let now = Timestamp::from_seconds(BOUGHT);
        let row = row.synced(Some(bought), now);
        let row = match is_withdrawn {
            true => row.withdrawn_from("sub_1".parse().expect("an id"), OWNER, now),
            false => row,
        };
        let mut bill = Bill {
            invoice,
            row: tell::row(invoice).expect("a row"),
            known: None,
        };
        bill.row.returned = known;
        asks(&row, Some("sub_1"), moved, &bill)
    }

    #[test]
    fn what_was_paid_for_a_contract_that_can_be_taken_back_is_asked_about_always() {
        let paid = invoice("sub_1", 2_900, 0);
        assert_eq!(asked((&paid, None), false, Some(&[])), Asks::Everything);
        assert_eq!(asked((&paid, None), false, None), Asks::Everything);
        assert_eq!(asked((&paid, None), true, None), Asks::Nothing);
        let free = invoice("sub_1", 0, 0);
        assert_eq!(asked((&free, None), false, None), Asks::Nothing);
    }

    #[test]
    fn another_bill_is_asked_about_where_something_says_that_money_went_back() {
        let moved = [Payment::Intent("pi_1".to_owned())];
        let others = [Payment::Intent("pi_2".to_owned())];
        let of = |credited: i64, known, moved| {
            let invoice = invoice("sub_0", 2_900, credited);
            asked((&invoice, known), false, moved)
        };
        assert_eq!(of(0, None, Some(&[])), Asks::Nothing);
        assert_eq!(of(0, None, Some(&moved)), Asks::Of(&moved));
        // What went back of another bill costs no call about this one.
        assert_eq!(of(0, None, Some(&others)), Asks::Nothing);
        assert_eq!(of(900, None, Some(&[])), Asks::Of(&[]));
        // A refund that failed later is known no more.
        assert_eq!(of(0, Some(900), Some(&[])), Asks::Of(&[]));
        // Who may not see it forgets nothing.
        assert_eq!(of(0, Some(900), None), Asks::Nothing);
    }
}
