//! From errors of the lower crates to refusals.

use http_kit::Problem;

use crate::AppError;

/// Says how an error is answered.
pub trait IntoProblem {
    /// The refusal; sources are kept for the log.
    fn into_problem(self) -> Problem;
}

impl IntoProblem for AppError {
    fn into_problem(self) -> Problem {
        match self {
            Self::Store(error) => error.into_problem(),
            Self::Vault(error) => error.into_problem(),
            Self::Jobs(error) => Problem::unavailable(error),
            other => Problem::internal(other),
        }
    }
}

impl IntoProblem for store::StoreError {
    fn into_problem(self) -> Problem {
        match self {
            Self::Condition(_) => Problem::conflict(
                "changed_meanwhile",
                "This changed meanwhile. Load it again and repeat.",
            ),
            // As if the bot were not there.
            Self::OutOfSight => Problem::NotFound,
            Self::Contention | Self::Database { .. } => Problem::unavailable(self),
            Self::NoTable(_)
            | Self::AppendOnly
            | Self::Form(_)
            | Self::Shape
            | Self::Session(_) => Problem::internal(self),
        }
    }
}

impl IntoProblem for vault::VaultError {
    fn into_problem(self) -> Problem {
        match self {
            Self::Kms(_) => Problem::unavailable(self),
            Self::ForeignId(_) => Problem::NotFound,
            other => Problem::internal(other),
        }
    }
}

impl IntoProblem for jobs::JobsError {
    fn into_problem(self) -> Problem {
        Problem::unavailable(self)
    }
}

/// `?` for errors of the lower crates.
pub trait OrProblem<T> {
    /// The value, or the refusal.
    ///
    /// # Errors
    /// The refusal.
    fn or_problem(self) -> Result<T, Problem>;
}

impl<T, E: IntoProblem> OrProblem<T> for Result<T, E> {
    fn or_problem(self) -> Result<T, Problem> {
        self.map_err(IntoProblem::into_problem)
    }
}
