//! What Stripe's objects say, as far as the product asks: read from the shapes of old and new versions of its API.
//!
//! Tolerant on purpose: unknown fields are ignored, unknown words are kept as they are, and only what makes an object one
//! (its id; the status and customer of a subscription) must be there.

mod dispute;
mod invoice;
mod price;
mod session;
mod subscription;
#[cfg(test)]
mod tests;

use std::fmt;

use domain::Timestamp;
use serde_json::Value;

pub use dispute::{Dispute, DisputeStatus};
pub use invoice::{CreditNote, Invoice, InvoiceStatus, Payment, Refund, RefundStatus, Renewal};
pub use price::{Interval, Price};
pub use session::{CheckoutSession, Customer, PaymentStatus, SessionStatus};
pub use subscription::{Item, Subscription, SubscriptionStatus};

use crate::read;

/// Makes an enum of Stripe's words that keeps those which it does not know.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $case:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$what])* $case,)+
            /// A word of a version that we do not know.
            Unknown(String),
        }

        impl $name {
            /// The word as Stripe writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$case => $word,)+
                    $name::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => $name::$case,)+
                    other => $name::Unknown(other.to_owned()),
                }
            }
        }
    };
}
use words;

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub start: Timestamp,
    /// The first moment after it.
    pub end: Timestamp,
}

impl Period {
    /// The two fields of an object that begin so.
    fn read(value: &Value, prefix: &str) -> Option<Self> {
        Some(Period {
            start: read::moment(value, &format!("/{prefix}_start"))?,
            end: read::moment(value, &format!("/{prefix}_end"))?,
        })
    }
}

/// An address that opens without a login: never for a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    fn read(value: &Value, pointer: &str) -> Option<Self> {
        read::string(value, pointer).map(Link)
    }

    /// The address itself, for the person whom it is meant for.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Part of a list, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// After which id the next page begins; none when this is the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Nothing when a single entry cannot be read: who compares lists must not take it for gone.
    pub(crate) fn read(value: &Value, each: fn(&Value) -> Option<T>) -> Option<Self> {
        let data = value.get("data")?.as_array()?;
        let has_more = read::flag(value, "/has_more");
        let last = data.last().filter(|_| has_more);
        Some(Page {
            items: data.iter().map(each).collect::<Option<_>>()?,
            next: last.and_then(|last| read::string(last, "/id")),
        })
    }
}

/// The address of a portal session.
pub(crate) fn portal(value: &Value) -> Option<Link> {
    Link::read(value, "/url")
}
