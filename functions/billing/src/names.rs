//! What the mails about a plan are named by: the fact, so that whoever tells it again finds the notice that is there, and whoever
//! shows what was told finds it without a list.

use domain::billing::{InvoiceId, SubscriptionId};
use domain::notice::{NoticeId, ParseNoticeIdError};

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

/// That a contract was withdrawn from.
pub(crate) fn withdrawal(contract: &SubscriptionId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("withdrawal", contract)
}
