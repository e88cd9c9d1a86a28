//! What the mails about a plan are named by: the fact, so that whoever tells it again finds the notice that is there, and whoever
//! shows what was told finds it without a list.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::billing::{InvoiceId, SubscriptionId};
use domain::ids::UserId;
use domain::notice::{NoticeId, ParseNoticeIdError};
use store::row::NoticeRow;
use store::{Slot, StoreError, TenantDb, keys};
use tenancy::Reads;

/// That an attempt to pay an invoice failed, by its number.
pub(crate) fn payment_failed(
    invoice: &InvoiceId,
    attempt: i64,
) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("payment-failed", format!("{invoice}-{attempt}"))
}

/// That the bank wants to hear from the payer of an invoice.
pub(crate) fn action_required(invoice: &InvoiceId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("action-required", invoice)
}

/// That four fifths of a month's messages are used.
pub(crate) fn quota(month: i64) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("quota", month)
}

/// That a contract has ended because its payments failed.
pub(crate) fn plan_ended(contract: &SubscriptionId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("plan-ended", contract)
}

/// That a contract was withdrawn from.
pub(crate) fn withdrawal(contract: &SubscriptionId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("withdrawal", contract)
}

/// That the withdrawal of this moment was told to somebody else than who declared it. By its moment: with the name of the contract as well
/// it would be too long, and a workspace declares no two at once.
pub(crate) fn withdrawal_too(user: UserId, at: Timestamp) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("withdrawal-too", format!("{user}-{}", at.seconds()))
}

/// That what was paid for a contract goes back after all.
pub(crate) fn refund(contract: &SubscriptionId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("refund", contract)
}

/// That what was paid after a withdrawal goes back.
pub(crate) fn returned(invoice: &InvoiceId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("returned", invoice)
}

/// That a contract was cancelled at this moment: after that was taken back it can be cancelled once more.
pub(crate) fn cancelled(
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<NoticeId, ParseNoticeIdError> {
    at_moment("cancelled", contract, at)
}

/// That the cancellation of this moment was taken back.
pub(crate) fn resumed(
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<NoticeId, ParseNoticeIdError> {
    at_moment("resumed", contract, at)
}

/// That the cancellation of this moment was told to whoever has been an owner for longest.
pub(crate) fn cancelled_too(
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<NoticeId, ParseNoticeIdError> {
    at_moment("cancelled-too", contract, at)
}

/// That taking it back was.
pub(crate) fn resumed_too(
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<NoticeId, ParseNoticeIdError> {
    at_moment("resumed-too", contract, at)
}

/// What can happen to a contract more than once.
fn at_moment(
    what: &str,
    contract: &SubscriptionId,
    at: Timestamp,
) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new(what, format!("{contract}-{}", at.seconds()))
}

/// The mails of these names that are there.
///
/// # Errors
/// When the database does not answer or a row has another form.
pub(crate) async fn known<R: Reads>(
    db: &TenantDb<R>,
    names: Vec<NoticeId>,
) -> Result<BTreeMap<NoticeId, NoticeRow>, StoreError> {
    let mut reads = db.read_many();
    let mut asked: Vec<(NoticeId, Slot<NoticeRow>)> = Vec::with_capacity(names.len());
    for name in names {
        let slot = reads.find(&keys::notice(&name));
        asked.push((name, slot));
    }
    let answers = Box::pin(reads.send()).await?;
    let mut known = BTreeMap::new();
    for (name, slot) in asked {
        if let Some(found) = answers.get(slot)? {
            known.insert(name, found.row);
        }
    }
    Ok(known)
}
