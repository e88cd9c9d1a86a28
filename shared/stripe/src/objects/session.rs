//! Checkout sessions, and who pays in them.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde_json::Value;

use super::{Link, words};
use crate::read;

words! {
    /// How far a Checkout session is.
    SessionStatus {
        /// The page waits for the person.
        Open = "open",
        /// The person is through. Whether it is paid is another matter.
        Complete = "complete",
        /// Nothing can be bought in it any more.
        Expired = "expired",
    }
}

words! {
    /// Whether what a session sold is paid.
    PaymentStatus {
        /// It is.
        Paid = "paid",
        /// Not yet, or never.
        Unpaid = "unpaid",
        /// Nothing is due, as at the beginning of a trial.
        NoPaymentRequired = "no_payment_required",
    }
}

/// A visit of Stripe's page on which a subscription is bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutSession {
    /// `cs_...`
    pub id: String,
    /// Where the person goes; none once it is over.
    pub url: Option<Link>,
    /// How far it is.
    pub status: SessionStatus,
    /// Whether it is paid.
    pub payment_status: PaymentStatus,
    /// Who pays.
    pub customer: Option<String>,
    /// What was bought; none before.
    pub subscription: Option<String>,
    /// The workspace that it was made for.
    pub client_reference_id: Option<String>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// What the product noted.
    pub metadata: BTreeMap<String, String>,
    /// Whether money moves.
    pub livemode: bool,
}

impl CheckoutSession {
    /// Reads a session of any version.
    pub fn read(value: &Value) -> Option<Self> {
        let word = |pointer| read::text(value, pointer).unwrap_or_default();
        Some(CheckoutSession {
            id: read::string(value, "/id")?,
            url: Link::read(value, "/url"),
            status: word("/status").into(),
            payment_status: word("/payment_status").into(),
            customer: read::id(value, "/customer"),
            subscription: read::id(value, "/subscription"),
            client_reference_id: read::string(value, "/client_reference_id"),
            expires_at: read::moment(value, "/expires_at"),
            metadata: read::metadata(value),
            livemode: read::flag(value, "/livemode"),
        })
    }

    /// Whether what was bought may be used: the redirect back to us says nothing about it.
    pub fn grants(&self) -> bool {
        self.status == SessionStatus::Complete
            && matches!(
                self.payment_status,
                PaymentStatus::Paid | PaymentStatus::NoPaymentRequired
            )
    }
}

/// Who pays. Name and address stay at Stripe: what we know of a person we have from the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// `cus_...`
    pub id: String,
    /// Whether it was deleted at Stripe.
    pub deleted: bool,
    /// What the product noted.
    pub metadata: BTreeMap<String, String>,
    /// Whether money moves.
    pub livemode: bool,
}

impl Customer {
    /// Reads a customer of any version.
    pub fn read(value: &Value) -> Option<Self> {
        Some(Customer {
            id: read::string(value, "/id")?,
            deleted: read::flag(value, "/deleted"),
            metadata: read::metadata(value),
            livemode: read::flag(value, "/livemode"),
        })
    }
}
