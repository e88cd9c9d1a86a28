//! What can go wrong in the routes that is no refusal.

use app::IntoProblem;
use http_kit::Problem;
use thiserror::Error;

use crate::vendors::VendorsError;

/// A mistake of ours.
#[derive(Debug, Error)]
pub(crate) enum SofiError {
    /// A person's route was reached without a person.
    #[error("no person acts")]
    NoActor,
}

impl IntoProblem for SofiError {
    fn into_problem(self) -> Problem {
        Problem::internal(self)
    }
}

impl IntoProblem for VendorsError {
    fn into_problem(self) -> Problem {
        match self {
            Self::App(error) => error.into_problem(),
            Self::Connection(_) => Problem::internal(self),
        }
    }
}
