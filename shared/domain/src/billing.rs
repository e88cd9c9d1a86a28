//! What a workspace bought, and what follows from it: pure, without Stripe and without a clock of its own.
//!
//! Stripe's objects are the truth. Somebody fetches them, [`copied`] says what they make of our copy, and [`standing()`] says what
//! the copy and the present moment allow. Nothing else decides on access, so Stripe being down changes nothing (decision 0041).
//!
//! There is no switch that stops a person's answers, an export, an erasure, a cancellation or leaving: [`Standing`] has none.

mod copy;
mod ids;
mod plan;
mod processor;
mod renewal;
mod standing;
mod usage;
mod withdrawal;

pub use copy::{Copied, Fetched, Period, Problem, SubscriptionCopy, copied};
pub use ids::{CheckoutId, CustomerId, EventId, InvoiceId, MAX_STRIPE_ID, SubscriptionId};
pub use plan::{CURRENCY, Entitlements, Interval, Offer, PLANS, Plan, Price};
pub use processor::{PROCESSOR, Processor};
pub use renewal::{
    LOOK_EVERY, Notice, TRIAL_NOTICE, Window, next_look, receipt, renewal_name, renewal_notice,
    renewal_window, trial_name, trial_notice,
};
pub use standing::{GRACE, Lapse, Standing, StandingKind, TRIAL, standing};
pub use usage::{Mark, Meter, Usage, mark};
pub use withdrawal::withdrawal_ends;

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long the number of an event of Stripe's is kept, so that none counts twice: the policy says so.
pub const EVENT_LASTS: Duration = days(90);

const fn days(count: u64) -> Duration {
    Duration::from_secs(count * 86_400)
}

/// Makes an enum of Stripe's words that keeps those which it does not know.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $case:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$what])* $case,)+
            /// A word that we do not know, as Stripe wrote it.
            Other(String),
        }

        impl $name {
            /// The word as Stripe writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$case => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$case,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }
    };
}

words! {
    /// How a subscription stands at Stripe.
    SubscriptionStatus {
        /// The first payment is open, for at most 23 hours.
        Incomplete = "incomplete",
        /// The first payment never came.
        IncompleteExpired = "incomplete_expired",
        /// Nothing is due yet.
        Trialing = "trialing",
        /// Paid.
        Active = "active",
        /// A payment failed and is tried again.
        PastDue = "past_due",
        /// Over.
        Canceled = "canceled",
        /// Payments failed until Stripe gave up.
        Unpaid = "unpaid",
        /// A trial ended without a way to pay.
        Paused = "paused",
    }
}

impl SubscriptionStatus {
    /// Whether it can never be used again, so that another one may be bought.
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Canceled | Self::IncompleteExpired)
    }
}

words! {
    /// How far an invoice is at Stripe.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_stripes_is_stored_as_it_was_written_whether_we_know_it_or_not() {
        for word in [
            "incomplete",
            "incomplete_expired",
            "trialing",
            "active",
            "past_due",
            "canceled",
            "unpaid",
            "paused",
            "dreaming",
        ] {
            let status = SubscriptionStatus::from(word);
            let stored = serde_json::to_value(&status).expect("a word");
            assert_eq!(stored, word);
            let read: SubscriptionStatus = serde_json::from_value(stored).expect("a status");
            assert_eq!(read, status);
            let is_unknown = matches!(status, SubscriptionStatus::Other(_));
            assert_eq!(is_unknown, word == "dreaming");
        }
        assert_eq!(InvoiceStatus::from("paid"), InvoiceStatus::Paid);
    }

    #[test]
    fn the_number_of_an_event_is_kept_as_long_as_is_published() {
        let row = |rule: &&crate::retention::Rule| rule.data.starts_with("notices of Stripe");
        let published = crate::retention::TABLE.iter().find(row);
        let published = published.and_then(|rule| rule.days).map(u64::from);
        assert_eq!(published, Some(EVENT_LASTS.as_secs() / 86_400));
    }
}
