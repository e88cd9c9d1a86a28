//! What can go wrong here that is no refusal.

use app::{AppError, IntoProblem};
use http_kit::Problem;
use thiserror::Error;

/// Why a log was not chained, anchored or checked.
#[derive(Debug, Error)]
pub(crate) enum AuditError {
    /// Rows or keys.
    #[error("the audit log could not be read or written")]
    App(#[from] AppError),
    /// The archive.
    #[error("the archive of anchors could not be used")]
    Anchor(#[from] anchors::AnchorError),
    /// The newest row of a chain says no number or no hash: nothing can follow on it.
    #[error("the head of the chain has another form")]
    Head,
    /// More waits than one run does.
    #[error("entries still wait for the chain")]
    Unfinished,
}

impl From<store::StoreError> for AuditError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl IntoProblem for AuditError {
    fn into_problem(self) -> Problem {
        match self {
            Self::App(error) => error.into_problem(),
            Self::Anchor(error) => Problem::unavailable(error),
            other => Problem::internal(other),
        }
    }
}
