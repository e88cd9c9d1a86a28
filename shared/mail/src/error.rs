//! Why a mail could not be ordered, opened or rendered.

use domain::notice::ParseNoticeIdError;
use thiserror::Error;

/// Why a mail could not be ordered, opened or rendered.
#[derive(Debug, Error)]
pub enum MailError {
    /// The fact's id is none.
    #[error("the notice has no proper id")]
    Id(#[from] ParseNoticeIdError),
    /// More than KMS seals at once: a parameter is far too long.
    #[error("the mail's parameters are too long to be sealed")]
    TooLong,
    /// A link that does not lead to an https address: all begin with the dashboard's origin, so it is missing or wrong.
    #[error("a mail's link must be an https address: is APP_ORIGIN the dashboard's origin?")]
    Link,
    /// What was opened is another notice's, or has another form.
    #[error("the sealed content is not this notice's")]
    Form,
    /// Rows, keys or queues.
    #[error("mail could not do its bookkeeping")]
    App(#[from] app::AppError),
}

impl From<store::StoreError> for MailError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<vault::VaultError> for MailError {
    fn from(error: vault::VaultError) -> Self {
        Self::App(error.into())
    }
}

impl app::IntoProblem for MailError {
    fn into_problem(self) -> http_kit::Problem {
        match self {
            Self::App(error) => error.into_problem(),
            Self::Link => http_kit::Problem::unavailable(self),
            other => http_kit::Problem::internal(other),
        }
    }
}
