//! The rest of a withdrawal that was cut off, and what is paid after one.
//!
//! A withdrawal is written down before Stripe hears of it. Whatever stopped it then, a look carries it out: the end, everything
//! that was paid, the receipt. And a payment that was under way arrives later for a contract that is over: it is given back too.

use std::collections::BTreeMap;
use std::time::Duration;

use app::App;
use domain::Timestamp;
use domain::billing::{SubscriptionCopy, SubscriptionId};
use domain::ids::TenantId;
use domain::notice::NoticeId;
use mail::{MailError, Template};
use store::row::{NoticeRow, SubscriptionRow};
use stripe::Client;
use stripe::objects::Invoice;

use super::bills::Bill;
use super::tell::Tell;
use crate::error::BillingError;
use crate::refunds::{self, Returned};
use crate::{names, vendor};

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

/// What may have been told of a withdrawal, by name.
pub(super) fn ids(row: &SubscriptionRow, bills: &[Bill<'_>]) -> Result<Vec<NoticeId>, MailError> {
    let Some(contract) = &row.withdrawn else {
        return Ok(Vec::new());
    };
    let mut ids = vec![names::withdrawal(contract)?, names::refund(contract)?];
    for bill in bills.iter().filter(|bill| is_of(contract, bill)) {
        ids.push(names::returned(&bill.row.id)?);
    }
    Ok(ids)
}

fn is_of(contract: &SubscriptionId, bill: &Bill<'_>) -> bool {
    bill.invoice.subscription.as_deref() == Some(contract.as_str())
}

/// What is told of a withdrawal: its confirmation; where that came before the money went back, once more when it does; and
/// each payment that arrived after these and goes back too. Which of them were told stands in the ledger of mails, with the mail
/// itself.
pub(super) fn tell(
    row: &SubscriptionRow,
    copy: Option<&SubscriptionCopy>,
    bills: &[Bill<'_>],
    told: &BTreeMap<NoticeId, NoticeRow>,
    now: Timestamp,
) -> Result<Vec<Tell>, MailError> {
    let Some(contract) = &row.withdrawn else {
        return Ok(Vec::new());
    };
    let Some(confirmed) = told.get(&names::withdrawal(contract)?) else {
        return Ok(receipt(row, copy, bills, now)?.into_iter().collect());
    };
    let waits = [Template::WITHDRAWAL_DECLARED, Template::WITHDRAWAL_OWED];
    let is_owed = waits.contains(&confirmed.template.as_str());
    let last = match told.get(&names::refund(contract)?) {
        None if is_owed => return Ok(made(contract, bills)?.into_iter().collect()),
        None => confirmed,
        Some(made) => made,
    };
    let mut tells = returned(contract, bills, last.created_at, now)?;
    tells.retain(|tell| !told.contains_key(&tell.id));
    Ok(tells)
}

/// The payments that go back and arrived after the last mail that named what does. One of long ago is told no more: its notice may
/// be forgotten.
fn returned(
    contract: &SubscriptionId,
    bills: &[Bill<'_>],
    told_at: Timestamp,
    now: Timestamp,
) -> Result<Vec<Tell>, MailError> {
    let mut tells = Vec::new();
    for bill in bills.iter().filter(|bill| is_of(contract, bill)) {
        let is_late = bill.row.paid_at.is_some_and(|paid| told_at < paid);
        let given = bill.row.refunded_at.filter(|_| is_late);
        let is_recent = given.is_some_and(|given| now < given.plus(RECEIPT_AFTER));
        if let Some(refund) = refunds::sum(&[bill.invoice]).filter(|_| is_recent) {
            let id = names::returned(&bill.row.id)?;
            let template = Template::PaymentReturned { refund };
            tells.push(Tell { id, template });
        }
    }
    Ok(tells)
}

/// The confirmation, with the moment at which the withdrawal was declared; whoever did the rest of it finds it told.
fn receipt(
    row: &SubscriptionRow,
    copy: Option<&SubscriptionCopy>,
    bills: &[Bill<'_>],
    now: Timestamp,
) -> Result<Option<Tell>, MailError> {
    let over = copy.filter(|copy| copy.status.is_over());
    let declared = over.and_then(|copy| Some((copy, row.withdrawal_of(copy.id.as_str())?)));
    let Some((copy, at)) = declared.filter(|(_, at)| now < at.plus(RECEIPT_AFTER)) else {
        return Ok(None);
    };
    let (given, owed) = paid(&copy.id, bills);
    let template = Returned::of(&given, &owed).confirmed(copy.plan, at);
    let id = names::withdrawal(&copy.id)?;
    Ok(Some(Tell { id, template }))
}

/// That everything goes back now; nothing as long as some of it does not.
fn made(contract: &SubscriptionId, bills: &[Bill<'_>]) -> Result<Option<Tell>, MailError> {
    let (given, owed) = paid(contract, bills);
    let refund = refunds::sum(&given).filter(|_| owed.is_empty());
    let id = names::refund(contract)?;
    Ok(refund.map(|refund| Tell {
        id,
        template: Template::RefundMade { refund },
    }))
}

/// What was paid for a contract: what goes back, and what does not yet.
fn paid<'b>(contract: &SubscriptionId, bills: &[Bill<'b>]) -> (Vec<&'b Invoice>, Vec<&'b Invoice>) {
    let of = |is_given: bool| {
        let those = bills
            .iter()
            .filter(move |bill| bill.row.refunded_at.is_some() == is_given);
        refunds::paid(those.map(|bill| bill.invoice), contract.as_str())
    };
    (of(true), of(false))
}

#[cfg(test)]
mod tests {
    use super::super::tell;
    use super::*;
    use crate::head::tests::copy;
    use domain::billing::SubscriptionStatus;
    use domain::notice::MailLane;
    use mail::Amount;
    use serde_json::json;
    use store::row::NoticeState;

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

    /// What is told of a contract of which one invoice was paid, given back or not.
    fn told(
        row: &SubscriptionRow,
        is_given: bool,
        before: Option<&str>,
        now: Timestamp,
    ) -> Option<Tell> {
        let invoice = invoice("sub_1", "paid");
        let mut stored = tell::row(&invoice).expect("a row");
        stored.refunded_at = is_given.then_some(NOW);
        let bill = Bill {
            invoice: &invoice,
            row: stored,
            known: None,
        };
        let id = NoticeId::parse("withdrawal-sub_1").expect("an id");
        let known = before.map(|template| (id.clone(), notice(id, template)));
        let known = known.into_iter().collect();
        let tells = super::tell(row, row.copy().as_ref(), &[bill], &known, now).expect("a name");
        tells.into_iter().next()
    }

    #[test]
    fn a_payment_that_arrives_after_the_confirmation_is_told_once_as_one_that_goes_back() {
        let left = row(SubscriptionStatus::Canceled, true);
        let at = |hours: i64| Timestamp::from_seconds(DECLARED.seconds() + hours * 3_600);
        let told = |paid: i64, given: Option<i64>, known: &[(&str, &str)], now: i64| {
            let invoice = invoice("sub_1", "paid");
            let mut stored = tell::row(&invoice).expect("a row");
            stored.paid_at = Some(at(paid));
            stored.refunded_at = given.map(at);
            let bill = Bill {
                invoice: &invoice,
                row: stored,
                known: None,
            };
            let known = known.iter().map(|(name, template)| {
                let id = NoticeId::parse(name).expect("an id");
                (id.clone(), notice(id, template))
            });
            let known = known.collect();
            let copy = left.copy();
            let tells = super::tell(&left, copy.as_ref(), &[bill], &known, at(now));
            let tells = tells.expect("names").into_iter();
            let named = tells.map(|tell| (tell.id.to_string(), tell.template.kind()));
            named.collect::<Vec<_>>()
        };
        let returned = || vec![("returned-in_1".to_owned(), "payment_returned")];
        // The notices of these tests were written with the declaration.
        let confirmed = ("withdrawal-sub_1", "withdrawal_receipt");
        let owed = ("withdrawal-sub_1", Template::WITHDRAWAL_OWED);
        let made = ("refund-sub_1", "refund_made");
        assert_eq!(told(2, Some(3), &[confirmed], 3), returned());
        assert_eq!(told(2, Some(3), &[owed, made], 3), returned());
        let waits = told(2, Some(3), &[owed], 3);
        assert_eq!(waits, [("refund-sub_1".to_owned(), "refund_made")]);
        let again = [confirmed, ("returned-in_1", "payment_returned")];
        for (paid, given, known, now) in [
            (2, None, &[confirmed][..], 3),
            (-1, Some(3), &[confirmed][..], 3),
            (2, Some(3), &again[..], 4),
            (2, Some(3), &[confirmed][..], 3 + 60 * 24),
        ] {
            let tells = told(paid, given, known, now);
            assert!(tells.is_empty(), "{paid} {given:?} {now}");
        }
    }

    fn notice(id: NoticeId, template: &str) -> NoticeRow {
        NoticeRow {
            id,
            tenant: TenantId::from_bytes([1; 16]),
            account: None,
            template: template.to_owned(),
            lane: MailLane::Security,
            content: None,
            state: NoticeState::Sent,
            attempts: 1,
            reason: None,
            ses_id: None,
            trouble: None,
            created_at: DECLARED,
            next_at: DECLARED,
            ended_at: None,
            due_at: None,
            until: None,
        }
    }

    #[test]
    fn a_withdrawal_is_confirmed_with_the_moment_of_its_declaration_and_only_once_it_is_over() {
        let over = SubscriptionStatus::Canceled;
        let left = row(over.clone(), true);
        let tell = told(&left, true, None, NOW).expect("it is told");
        assert_eq!(tell.id.to_string(), "withdrawal-sub_1");
        let Template::WithdrawalReceipt { at, refund, .. } = tell.template else {
            panic!("another mail");
        };
        let expected = Amount {
            minor: 2_900,
            currency: "eur".to_owned(),
        };
        assert_eq!((at, refund), (DECLARED, Some(expected)));
        assert!(told(&row(over, false), true, None, NOW).is_none());
        let goes_on = row(SubscriptionStatus::Active, true);
        assert!(told(&goes_on, true, None, NOW).is_none());
        let long_after = DECLARED.plus(RECEIPT_AFTER);
        assert!(told(&left, true, None, long_after).is_none());
    }

    #[test]
    fn what_is_owed_still_is_said_to_be_and_told_again_once_it_goes_back() {
        let left = row(SubscriptionStatus::Canceled, true);
        let kind = |is_given, before| {
            let tell = told(&left, is_given, before, NOW);
            tell.map(|tell| (tell.id.to_string(), tell.template.kind()))
        };
        let (owed, receipt) = (Template::WITHDRAWAL_OWED, "withdrawal_receipt");
        let first = Some(("withdrawal-sub_1".to_owned(), owed));
        assert_eq!(kind(false, None), first);
        assert_eq!(kind(false, Some(owed)), None);
        let declared = Template::WITHDRAWAL_DECLARED;
        assert_eq!(kind(false, Some(declared)), None);
        let second = Some(("refund-sub_1".to_owned(), "refund_made"));
        assert_eq!(kind(true, Some(owed)), second);
        assert_eq!(kind(true, Some(declared)), second);
        assert_eq!(kind(true, Some(receipt)), None, "it was told at once");
        assert_eq!(kind(false, Some(receipt)), None);
    }
}
