//! Why billing did not go on.

use app::{AppError, IntoProblem};
use http_kit::Problem;
use mail::MailError;
use store::StoreError;
use stripe::{ClientError, KeyError, StripeError};
use thiserror::Error;

/// Why a look at what was bought, or a call of an owner's, did not go on.
#[derive(Debug, Error)]
pub(crate) enum BillingError {
    /// What every handler needs.
    #[error(transparent)]
    App(#[from] AppError),
    /// The store.
    #[error("the store did not do what was asked")]
    Store(#[from] StoreError),
    /// The mail.
    #[error("the mail could not be ordered")]
    Mail(#[from] MailError),
    /// Stripe's answer, or that there was none.
    #[error("stripe did not do what was asked")]
    Stripe(#[from] StripeError),
    /// No client could be made.
    #[error("no client for stripe")]
    Client(#[from] ClientError),
    /// The stored key is none.
    #[error("the stored key is no key of stripe's")]
    Key(#[from] KeyError),
    /// Operations have set no key.
    #[error("no key of stripe's is set")]
    NoKey,
    /// What is sold is not there at Stripe, or costs something else.
    #[error("stripe has no price like the one of our table")]
    NoPrice,
}

impl BillingError {
    /// Whether somebody else wrote the same row first.
    pub(crate) fn is_race(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_race())
    }

    /// Whether Stripe has said no, so that asking again at once changes nothing.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self, Self::Stripe(error) if !error.is_passing())
    }

    /// One word for metrics.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Stripe(error) => error.code(),
            Self::Client(_) | Self::Key(_) | Self::NoKey => "no_client",
            Self::NoPrice => "no_price",
            Self::App(_) | Self::Store(_) | Self::Mail(_) => "ours",
        }
    }
}

impl IntoProblem for BillingError {
    fn into_problem(self) -> Problem {
        match self {
            Self::App(error) => error.into_problem(),
            Self::Store(error) => error.into_problem(),
            Self::Stripe(error) if error.is_passing() => Problem::vendor_unavailable(
                "stripe_unavailable",
                "Stripe does not answer at the moment. Nothing was lost; please try again in a few minutes.",
                error,
            ),
            Self::NoKey | Self::NoPrice => Problem::vendor_unavailable(
                "stripe_not_set_up",
                "Payments are not set up here yet. Please write to our support.",
                self,
            ),
            other => Problem::internal(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_at_stripe_is_said_to_pass_and_what_does_not_is_ours() {
        let passing = BillingError::from(StripeError::Failing { status: 503 });
        assert_eq!(passing.code(), "failing");
        assert!(!passing.is_refusal());
        assert_eq!(passing.into_problem().code(), "stripe_unavailable");
        let refused = BillingError::from(StripeError::Unauthorized { status: 401 });
        assert!(refused.is_refusal() && !BillingError::NoKey.is_refusal());
        assert_eq!(refused.into_problem().status().as_u16(), 500);
        for missing in [BillingError::NoKey, BillingError::NoPrice] {
            assert_eq!(missing.into_problem().status().as_u16(), 503);
        }
    }
}
