//! What a withdrawal owes to who paid: everything that came in for the contract, less what went back before.
//!
//! Who gives it back may be somebody else: a bank that a payer has asked to take the payment back, or a person of ours at Stripe or
//! outside of it. So the sums are read off Stripe after each try and not off what we asked for. While a bank decides, Stripe refuses a
//! refund, and none is owed; what the bank took is not given back a second time.

use domain::Timestamp;
use domain::billing::{CURRENCY, Plan};
use mail::{Amount, Template};
use store::row::InvoiceRow;
use stripe::objects::{
    CreditNote, Dispute, DisputeStatus, Invoice, InvoiceStatus, Payment, Refund, RefundStatus,
};
use stripe::{Client, IdempotencyKey, KeyError, StripeError};

use crate::error::BillingError;

/// What Stripe says to a refund of what a bank has taken, or may take.
const DISPUTED: &str = "charge_disputed";
/// By so many seconds Stripe's clock and ours may differ: a refund that is older than the withdrawal by more was none of it.
const SKEW: i64 = 300;

/// What became of everything that was paid for a contract, or for one bill of it, in the currency's smallest unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Returned {
    /// What is on its way, or went back since the withdrawal.
    pub(crate) given: i64,
    /// What a bank gave back, because a dispute was lost.
    pub(crate) by_bank: i64,
    /// What a bank decides on: whatever it does not give back is owed then.
    pub(crate) disputed: i64,
    /// What Stripe did not give back, because it refused or was not asked to, so that a person of ours must.
    pub(crate) owed: i64,
    pub(crate) currency: Option<String>,
}

impl Returned {
    /// What is known of one bill.
    pub(crate) fn of(invoice: &Invoice, row: &InvoiceRow) -> Self {
        let currency = invoice.currency.clone();
        let by_bank = row.by_bank.unwrap_or(0);
        match row.refunded_at {
            Some(_) => Self {
                given: row.refunded.unwrap_or(invoice.amount_paid),
                by_bank,
                currency,
                ..Self::default()
            },
            None => Self {
                given: row.refunded.unwrap_or(0),
                by_bank,
                disputed: row.disputed.unwrap_or(0),
                owed: row.owed.unwrap_or(invoice.amount_paid),
                currency,
            },
        }
    }

    /// Both together. Prices have one currency.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            given: self.given + other.given,
            by_bank: self.by_bank + other.by_bank,
            disputed: self.disputed + other.disputed,
            owed: self.owed + other.owed,
            currency: self.currency.or(other.currency),
        }
    }

    /// Whether nothing of it is left to be given back, and nobody decides on it any more.
    pub(crate) const fn is_done(&self) -> bool {
        self.disputed == 0 && self.owed == 0
    }

    /// Three small letters.
    pub(crate) fn currency(&self) -> &str {
        self.currency.as_deref().unwrap_or(CURRENCY)
    }

    /// One of the sums; nothing where it is none.
    pub(crate) fn amount(&self, minor: i64) -> Option<Amount> {
        let currency = self.currency().to_owned();
        (minor > 0).then_some(Amount { minor, currency })
    }

    /// Writes it down at the bill.
    pub(crate) fn note(&self, row: &mut InvoiceRow, now: Timestamp) {
        row.refunded_at = self.is_done().then_some(now);
        row.refunded = Some(self.given);
        row.by_bank = Some(self.by_bank);
        row.disputed = Some(self.disputed);
        row.owed = Some(self.owed);
    }

    /// The confirmation of a withdrawal that was declared at this moment. It promises no more than there is.
    pub(crate) fn confirmed(&self, plan: Plan, at: Timestamp) -> Template {
        let plan = plan.offer().name.to_owned();
        let refund = self.amount(self.given);
        match (self.amount(self.disputed), self.amount(self.owed)) {
            (Some(disputed), owed) => Template::WithdrawalDisputed {
                plan,
                at,
                disputed,
                owed,
                refund,
            },
            (None, Some(owed)) => Template::WithdrawalOwed {
                plan,
                at,
                owed,
                refund,
            },
            (None, None) => Template::WithdrawalReceipt {
                plan,
                at,
                refund,
                by_bank: self.amount(self.by_bank),
            },
        }
    }
}

/// Whether an invoice was paid with money.
pub(crate) fn is_paid(invoice: &Invoice) -> bool {
    invoice.status == InvoiceStatus::Paid && invoice.amount_paid > 0
}

/// The invoices of a contract that were paid with money.
pub(crate) fn paid<'a>(
    invoices: impl IntoIterator<Item = &'a Invoice>,
    contract: &str,
) -> Vec<&'a Invoice> {
    let all = invoices.into_iter();
    all.filter(|invoice| invoice.subscription.as_deref() == Some(contract) && is_paid(invoice))
        .collect()
}

/// Gives back what paid an invoice since the withdrawal of this moment, and says what became of it. What was given back before is
/// left out; what somebody of ours gave back meanwhile is what was wanted. What Stripe refuses for good, and money that we cannot
/// point to, is owed, and stops nothing else of a withdrawal.
///
/// # Errors
/// When Stripe does not answer, or not to us: the same may be asked again.
pub(crate) async fn give_back(
    client: &Client,
    invoice: &str,
    declared: Timestamp,
) -> Result<Returned, BillingError> {
    let whole = Box::pin(client.invoice(invoice)).await?;
    let notes = notes(client, &whole).await?;
    let is_left = is_left(&whole, notes.as_deref());
    let mut moved = Moved::default();
    moved.count_notes(notes.as_deref(), declared);
    for payment in &whole.payments {
        // Where our key may not read these the refund is tried all the same: Stripe refuses what a bank has.
        let disputes = unless_hidden(Box::pin(client.disputes_of(payment)).await)?;
        let mut made = None;
        if is_left && disputes.iter().all(|one| is_refundable(&one.status)) {
            let key = key(invoice, payment)?;
            match Box::pin(client.refund(payment, &key)).await {
                Ok(refund) => made = Some(refund),
                Err(error) if is_final(&error) => {
                    moved.is_withheld |= error.invalid_code() == Some(DISPUTED);
                }
                Err(error) => return Err(error.into()),
            }
        }
        // A list may be a moment late, and where our key may not refund it may not read one either.
        let mut refunds = unless_hidden(Box::pin(client.refunds_of(payment)).await)?;
        let is_listed = |one: &Refund| refunds.iter().any(|listed| listed.id == one.id);
        let unlisted = made.filter(|one| !is_listed(one));
        refunds.extend(unlisted);
        moved.count(&refunds, &disputes, declared);
    }
    Ok(moved.of(&whole))
}

/// What became of a paid invoice though nobody withdrew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gone {
    /// What has gone back: refunds of a person's hand, what a bank took, and what somebody noted as given back outside of Stripe. What a
    /// bank has not decided on has not gone back.
    pub(crate) money: i64,
    /// What was credited to the balance at Stripe instead.
    pub(crate) credited: i64,
}

/// Asks what has gone back of an invoice that was read with what paid it; of these payments only, where some are named: a credit note says
/// nothing of a payment and always counts.
///
/// # Errors
/// When Stripe does not answer, or not to us: the same may be asked again.
pub(crate) async fn gone(
    client: &Client,
    whole: &Invoice,
    of: Option<&[Payment]>,
) -> Result<Gone, BillingError> {
    let mut moved = Moved::default();
    let is_asked = |payment: &&Payment| of.is_none_or(|of| of.contains(payment));
    for payment in whole.payments.iter().filter(is_asked) {
        let disputes = unless_hidden(Box::pin(client.disputes_of(payment)).await)?;
        let refunds = unless_hidden(Box::pin(client.refunds_of(payment)).await)?;
        moved.count(&refunds, &disputes, Timestamp::default());
    }
    let notes = notes(client, whole).await?;
    moved.count_notes(notes.as_deref(), Timestamp::default());
    Ok(moved.gone(whole))
}

/// The credit notes of an invoice, which itself says whether there are any that matter; none where our key may not read them.
async fn notes(client: &Client, whole: &Invoice) -> Result<Option<Vec<CreditNote>>, StripeError> {
    if whole.credited == 0 {
        return Ok(Some(Vec::new()));
    }
    match Box::pin(client.credit_notes_of(&whole.id)).await {
        Err(error) if is_final(&error) => Ok(None),
        listed => listed.map(Some),
    }
}

/// Whether Stripe is asked to refund. It refunds all that a payment still has, so where a part went back outside of it or to the balance,
/// or notes that we may not read may say so, the rest is left to a person of ours. So is what of a bill that is credited in whole is no
/// money.
fn is_left(whole: &Invoice, notes: Option<&[CreditNote]>) -> bool {
    let is_elsewhere = |note: &CreditNote| note.is_issued && note.outside + note.balance > 0;
    let is_all_there = notes.is_some_and(|notes| !notes.iter().any(is_elsewhere));
    is_all_there && whole.credited < whole.amount_paid
}

/// What was listed; nothing where that is refused for good, so that a withdrawal does not wait for it.
fn unless_hidden<T>(listed: Result<Vec<T>, StripeError>) -> Result<Vec<T>, StripeError> {
    match listed {
        Err(error) if is_final(&error) => Ok(Vec::new()),
        listed => listed,
    }
}

/// What Stripe shows of the money that had paid a bill.
#[derive(Debug, Default)]
struct Moved {
    before: i64,
    since: i64,
    lost: i64,
    undecided: i64,
    credited: i64,
    /// Whether Stripe knows of a dispute that we did not see.
    is_withheld: bool,
    /// Whether there are credit notes that we may not read.
    is_hidden: bool,
}

impl Moved {
    fn count(&mut self, refunds: &[Refund], disputes: &[Dispute], declared: Timestamp) {
        for refund in refunds.iter().filter(|one| is_on_its_way(&one.status)) {
            self.went(refund.amount, refund.created, declared);
        }
        for dispute in disputes {
            match &dispute.status {
                DisputeStatus::Lost => self.lost += dispute.amount,
                status if status.is_undecided() => self.undecided += dispute.amount,
                _ => {}
            }
        }
    }

    /// A refund that a note made is counted where it stands, at its payment.
    fn count_notes(&mut self, notes: Option<&[CreditNote]>, declared: Timestamp) {
        self.is_hidden = notes.is_none();
        let notes = notes.unwrap_or_default().iter();
        for note in notes.filter(|note| note.is_issued) {
            self.went(note.outside, note.created, declared);
            self.credited += note.balance;
        }
    }

    fn went(&mut self, amount: i64, made: Option<Timestamp>, declared: Timestamp) {
        let made = made.map(Timestamp::seconds);
        match made.is_some_and(|made| made + SKEW < declared.seconds()) {
            true => self.before += amount,
            false => self.since += amount,
        }
    }

    fn gone(&self, whole: &Invoice) -> Gone {
        let Returned { disputed, owed, .. } = self.of(whole);
        let money = whole.amount_paid - disputed - owed;
        let left = whole.amount_paid - money;
        Gone {
            money,
            credited: self.credited.min(left),
        }
    }

    /// Each part is taken from what the former ones leave, so that all of them together are what was paid.
    fn of(&self, whole: &Invoice) -> Returned {
        let mut left = whole.amount_paid;
        let mut take = |sum: i64| {
            let part = sum.clamp(0, left.max(0));
            left -= part;
            part
        };
        take(self.before);
        let mut given = take(self.since);
        let by_bank = take(self.lost);
        let mut disputed = take(self.undecided);
        if self.is_withheld {
            disputed += take(i64::MAX);
        }
        // A debt that is none would stay for ever: what is credited in whole counts as gone outside of Stripe.
        if self.is_hidden && whole.credited >= whole.amount_paid {
            given += take(i64::MAX);
        }
        Returned {
            given,
            by_bank,
            disputed,
            owed: take(i64::MAX),
            currency: whole.currency.clone(),
        }
    }
}

/// By the payment: Stripe may list several in another order next time, and a key stands for one call. A refund of before that had
/// another key is known to Stripe all the same: nothing is left to give back.
fn key(invoice: &str, payment: &Payment) -> Result<IdempotencyKey, KeyError> {
    let (Payment::Intent(id) | Payment::Charge(id)) = payment;
    IdempotencyKey::new(format!("withdraw.{invoice}.{id}"))
}

const fn is_on_its_way(status: &RefundStatus) -> bool {
    !matches!(status, RefundStatus::Failed | RefundStatus::Canceled)
}

/// Whether Stripe takes a refund beside a dispute that stands so. A refusal would be remembered for a day under the key.
const fn is_refundable(status: &DisputeStatus) -> bool {
    !status.is_undecided() && !matches!(status, DisputeStatus::Lost)
}

/// Whether asking again changes nothing: it is refused, or our key may do all but this.
const fn is_final(error: &StripeError) -> bool {
    matches!(
        error,
        StripeError::Declined { .. }
            | StripeError::Invalid { .. }
            | StripeError::Gone { .. }
            | StripeError::KeyReused
            | StripeError::Unauthorized { status: 403 }
    )
}

#[cfg(test)]
mod tests;
