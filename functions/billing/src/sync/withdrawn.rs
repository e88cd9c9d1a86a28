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
use telemetry::{Dimension, Unit};

use super::bills::Bill;
use super::notices::Addressed;
use super::tell::Tell;
use crate::error::BillingError;
use crate::refunds::{self, Returned};
use crate::{names, vendor};

/// A withdrawal of longer ago is not confirmed any more: notices are kept no longer than this and a month.
const RECEIPT_AFTER: Duration = Duration::from_secs(60 * 86_400);
/// For so long a look that fails comes back soon. What Stripe does not do within a day is none of its outages.
const URGENT_FOR: Duration = Duration::from_secs(86_400);
/// So often a person of ours is called at most because of what does not go back by itself for a contract.
const CALL_EVERY: Duration = Duration::from_secs(7 * 86_400);

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

/// Whether the contract goes on though somebody withdrew from it, so that a look ends it.
pub(super) fn is_to_end(row: &SubscriptionRow) -> bool {
    to_end(row).is_some()
}

/// Whether somebody withdrew a short time ago: the end, and what is given back, wait for no look of an hour later.
pub(super) fn is_urgent(row: &SubscriptionRow, now: Timestamp) -> bool {
    let declared = row.withdrawn_at;
    declared.is_some_and(|at| now < at.plus(URGENT_FOR))
}

/// Gives back what was paid for the contracts that were withdrawn from, and notes at the bills what became of it. What Stripe refuses,
/// and what a bank decides on, is asked again with each look, until it is settled.
pub(super) async fn give_back(
    client: &Client,
    row: &SubscriptionRow,
    bills: &mut [Bill<'_>],
    now: Timestamp,
) -> Result<(), BillingError> {
    for bill in &mut *bills {
        if let Some(declared) = owed_since(row, bill) {
            let found = refunds::give_back(client, &bill.invoice.id, declared);
            Box::pin(found).await?.note(&mut bill.row, now);
        }
    }
    for contract in row.withdrawals() {
        mark_call(&contract, bills, now);
    }
    Ok(())
}

/// When the contract of a bill was withdrawn from, if that bill may have something to be given back.
fn owed_since(row: &SubscriptionRow, bill: &Bill<'_>) -> Option<Timestamp> {
    let contract = bill.invoice.subscription.as_deref()?;
    let declared = row.withdrawal_of(contract)?;
    let is_open = refunds::is_paid(bill.invoice) && bill.row.refunded_at.is_none();
    is_open.then_some(declared)
}

/// Marks at the bills of a contract that a person is called because of them, unless that was done in the last days.
fn mark_call(contract: &SubscriptionId, bills: &mut [Bill<'_>], now: Timestamp) {
    let own = bills.iter().filter(|bill| is_of(contract, bill));
    let last = own.filter_map(|bill| bill.row.called_at).max();
    if last.is_some_and(|last| now < last.plus(CALL_EVERY)) {
        return;
    }
    // One is enough: a person sees to all of them.
    let refused = bills.iter_mut().find(|bill| is_refused(contract, bill));
    if let Some(bill) = refused {
        bill.row.called_at = Some(now);
    }
}

fn is_refused(contract: &SubscriptionId, bill: &Bill<'_>) -> bool {
    is_of(contract, bill) && bill.row.owed.is_some_and(|owed| owed > 0)
}

/// Calls a person for each contract that was marked in this look: after the commit, so that no other look does it again.
pub(super) fn report(tenant: TenantId, bills: &[Bill<'_>], now: Timestamp) {
    for _ in bills.iter().filter(|bill| bill.row.called_at == Some(now)) {
        tracing::error!(tenant.id = %tenant, code = "refund_refused", "what was paid is to be given back by hand");
        let split = [(Dimension::Code, "refund_refused")];
        telemetry::metric("billing_problems", Unit::Count, 1.0, &split);
    }
}

/// What may have been told of the withdrawals, by name.
pub(super) fn ids(row: &SubscriptionRow, bills: &[Bill<'_>]) -> Result<Vec<NoticeId>, MailError> {
    let mut ids = Vec::new();
    for contract in row.withdrawals() {
        ids.extend([names::withdrawal(&contract)?, names::refund(&contract)?]);
        for bill in bills.iter().filter(|bill| is_of(&contract, bill)) {
            ids.push(names::returned(&bill.row.id)?);
        }
    }
    Ok(ids)
}

fn is_of(contract: &SubscriptionId, bill: &Bill<'_>) -> bool {
    bill.invoice.subscription.as_deref() == Some(contract.as_str())
}

/// What is told of the withdrawals: their confirmations; where one came before the money went back, once more when it does; and
/// each payment that arrived after these and goes back too. They go to whoever declared it, though a look may be faster than their call.
/// Which of them were told stands in the ledger of mails, with the mail itself.
pub(super) fn tell(
    row: &SubscriptionRow,
    bought: &[SubscriptionCopy],
    bills: &[Bill<'_>],
    told: &BTreeMap<NoticeId, NoticeRow>,
    now: Timestamp,
) -> Result<Vec<Addressed>, MailError> {
    let mut tells = Vec::new();
    for contract in row.withdrawals() {
        let own = bought.iter().find(|copy| copy.id == contract);
        let by = row.withdrawn_by.get(contract.as_str()).copied();
        let of_it = tell_of(&contract, (row, own), bills, told, now)?;
        tells.extend(of_it.into_iter().map(|tell| (by, tell)));
    }
    Ok(tells)
}

/// What is told of one withdrawal. Its contract stands beside it as Stripe has it, which need not be ours any more: what was cut off may
/// be confirmed only after another purchase.
fn tell_of(
    contract: &SubscriptionId,
    (row, copy): (&SubscriptionRow, Option<&SubscriptionCopy>),
    bills: &[Bill<'_>],
    told: &BTreeMap<NoticeId, NoticeRow>,
    now: Timestamp,
) -> Result<Vec<Tell>, MailError> {
    let Some(confirmed) = told.get(&names::withdrawal(contract)?) else {
        return Ok(receipt(row, copy, bills, now)?.into_iter().collect());
    };
    let waits = [
        Template::WITHDRAWAL_DECLARED,
        Template::WITHDRAWAL_OWED,
        Template::WITHDRAWAL_DISPUTED,
    ];
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
        let returned = Returned::of(bill.invoice, &bill.row);
        let refund = returned.amount(returned.given);
        if let Some(refund) = refund.filter(|_| is_recent) {
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
    let template = paid(&copy.id, bills).confirmed(copy.plan, at);
    let id = names::withdrawal(&copy.id)?;
    Ok(Some(Tell { id, template }))
}

/// That everything goes back now, or went back by a bank; nothing as long as some of it did not.
fn made(contract: &SubscriptionId, bills: &[Bill<'_>]) -> Result<Option<Tell>, MailError> {
    let returned = paid(contract, bills);
    let refund = returned.amount(returned.given);
    let template = match returned.amount(returned.by_bank) {
        Some(by_bank) => Some(Template::RefundedByBank { by_bank, refund }),
        None => refund.map(|refund| Template::RefundMade { refund }),
    };
    let id = names::refund(contract)?;
    let template = template.filter(|_| returned.is_done());
    Ok(template.map(|template| Tell { id, template }))
}

/// What became of everything that was paid for a contract.
fn paid(contract: &SubscriptionId, bills: &[Bill<'_>]) -> Returned {
    let own = bills.iter().filter(|bill| is_of(contract, bill));
    let own = own.filter(|bill| refunds::is_paid(bill.invoice));
    let each = own.map(|bill| Returned::of(bill.invoice, &bill.row));
    each.fold(Returned::default(), Returned::and)
}

#[cfg(test)]
mod tests;
