//! Invoices, what the next one will say, refunds and credit notes.

use domain::Timestamp;
use serde_json::Value;

use super::{Link, Period, words};
use crate::read;

words! {
    /// How far an invoice is.
    InvoiceStatus {
        /// Not final yet.
        Draft = "draft",
        /// Waits to be paid.
        Open = "open",
        /// Paid.
        Paid = "paid",
        /// Given up.
        Uncollectible = "uncollectible",
        /// Taken back.
        Void = "void",
    }
}

words! {
    /// How far a refund is.
    RefundStatus {
        /// Under way.
        Pending = "pending",
        /// The person must do something.
        RequiresAction = "requires_action",
        /// Done.
        Succeeded = "succeeded",
        /// It cannot be done so.
        Failed = "failed",
        /// Taken back.
        Canceled = "canceled",
    }
}

/// What paid an invoice, and can be refunded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    /// `pi_...`
    Intent(String),
    /// `ch_...`, in versions of old.
    Charge(String),
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// `in_...`
    pub id: String,
    /// Who pays.
    pub customer: Option<String>,
    /// What it is for.
    pub subscription: Option<String>,
    /// How far it is.
    pub status: InvoiceStatus,
    /// Its number for the tax office; none while it is a draft.
    pub number: Option<String>,
    /// Three small letters.
    pub currency: Option<String>,
    /// Everything together, in the currency's smallest unit.
    pub total: i64,
    /// What is or was to be paid.
    pub amount_due: i64,
    /// What is paid.
    pub amount_paid: i64,
    /// What is open.
    pub amount_remaining: i64,
    /// What was credited after it was paid, by notes: refunds, the customer's balance, and what went back outside Stripe, together.
    pub credited: i64,
    /// Why it was made, such as `subscription_cycle`.
    pub billing_reason: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When a payment that failed is tried again.
    pub next_attempt_at: Option<Timestamp>,
    /// How often a payment was tried.
    pub attempts: i64,
    /// What it covers.
    pub period: Option<Period>,
    /// What paid it. Current versions tell it only where it was asked for.
    pub payments: Vec<Payment>,
    /// Stripe's page of it.
    pub page: Option<Link>,
    /// It as a PDF.
    pub pdf: Option<Link>,
    /// Whether money moves.
    pub livemode: bool,
}

impl Invoice {
    /// Reads an invoice of any version.
    pub fn read(value: &Value) -> Option<Self> {
        let sum = |pointer| read::integer(value, pointer).unwrap_or(0);
        Some(Invoice {
            id: read::string(value, "/id")?,
            customer: read::id(value, "/customer"),
            subscription: subscription(value),
            status: status(value),
            number: read::string(value, "/number"),
            currency: read::string(value, "/currency"),
            total: sum("/total"),
            amount_due: sum("/amount_due"),
            amount_paid: sum("/amount_paid"),
            amount_remaining: sum("/amount_remaining"),
            credited: sum("/post_payment_credit_notes_amount"),
            billing_reason: read::string(value, "/billing_reason"),
            created: read::moment(value, "/created").or_else(|| read::moment(value, "/date")),
            paid_at: read::moment(value, "/status_transitions/paid_at"),
            next_attempt_at: read::moment(value, "/next_payment_attempt"),
            attempts: sum("/attempt_count"),
            period: Period::read(value, "period"),
            payments: payments(value),
            page: Link::read(value, "/hosted_invoice_url"),
            pdf: Link::read(value, "/invoice_pdf"),
            livemode: read::flag(value, "/livemode"),
        })
    }
}

/// From version 2025-03-31 on the parent names it, before the invoice itself did.
fn subscription(value: &Value) -> Option<String> {
    read::id(value, "/parent/subscription_details/subscription")
        .or_else(|| read::id(value, "/subscription"))
}

/// Versions before the status had a flag.
fn status(value: &Value) -> InvoiceStatus {
    match read::text(value, "/status") {
        Some(word) => word.into(),
        None if read::flag(value, "/paid") => InvoiceStatus::Paid,
        None => InvoiceStatus::Unknown(String::new()),
    }
}

fn payments(value: &Value) -> Vec<Payment> {
    let listed: Vec<Payment> = read::list(value, "/payments/data")
        .iter()
        .filter(|entry| read::text(entry, "/status").is_none_or(|status| status == "paid"))
        .filter_map(|entry| payment(entry.get("payment")?))
        .collect();
    if listed.is_empty() {
        return payment(value).into_iter().collect();
    }
    listed
}

fn payment(value: &Value) -> Option<Payment> {
    let intent = read::id(value, "/payment_intent").map(Payment::Intent);
    intent.or_else(|| read::id(value, "/charge").map(Payment::Charge))
}

/// What the next invoice of a subscription will say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// What will be charged, in the currency's smallest unit.
    pub amount_due: i64,
    /// Three small letters.
    pub currency: Option<String>,
    /// When: the end of the present period.
    pub at: Option<Timestamp>,
}

impl Renewal {
    /// Reads a preview.
    pub fn read(value: &Value) -> Option<Self> {
        Some(Renewal {
            amount_due: read::integer(value, "/amount_due")?,
            currency: read::string(value, "/currency"),
            at: read::moment(value, "/next_payment_attempt")
                .or_else(|| read::moment(value, "/period_end")),
        })
    }
}

/// Money on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// `re_...`
    pub id: String,
    /// How far it is.
    pub status: RefundStatus,
    /// How much, in the currency's smallest unit.
    pub amount: i64,
    /// Three small letters.
    pub currency: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
}

impl Refund {
    /// Reads a refund of any version.
    pub fn read(value: &Value) -> Option<Self> {
        Some(Refund {
            id: read::string(value, "/id")?,
            status: read::text(value, "/status").unwrap_or_default().into(),
            amount: read::integer(value, "/amount")?,
            currency: read::string(value, "/currency"),
            created: read::moment(value, "/created"),
        })
    }
}

/// A note by which less of an invoice is to be paid, or a part of what was paid is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    /// `cn_...`
    pub id: String,
    /// Whether it counts: one that was made void does not.
    pub is_issued: bool,
    /// What went back outside of Stripe. A refund that the note made is no part of it: that stands at its payment.
    pub outside: i64,
    /// What was credited to the customer's balance, which pays later invoices.
    pub balance: i64,
    /// When it was made.
    pub created: Option<Timestamp>,
}

impl CreditNote {
    /// Reads a credit note. What reduced an invoice before it was paid is neither of its sums: that was never paid.
    pub fn read(value: &Value) -> Option<Self> {
        let sum = |pointer| read::integer(value, pointer).unwrap_or(0);
        let refunds = read::list(value, "/refunds").iter();
        let refunded: i64 = refunds
            .filter_map(|one| read::integer(one, "/amount_refunded"))
            .sum();
        let outside = sum("/out_of_band_amount");
        let credited = read::id(value, "/customer_balance_transaction");
        let rest = sum("/post_payment_amount") - outside - refunded;
        Some(CreditNote {
            id: read::string(value, "/id")?,
            is_issued: read::text(value, "/status") != Some("void"),
            outside,
            balance: credited.map_or(0, |_| rest.max(0)),
            created: read::moment(value, "/created"),
        })
    }
}
