//! Why a job must come back.

use thiserror::Error;

/// Rows, keys or queues failed; SES's failures are outcomes of a mail, not errors.
#[derive(Debug, Error)]
pub(crate) enum MailerError {
    /// Rows, keys or queues.
    #[error("the mailer could not do its bookkeeping")]
    App(#[from] app::AppError),
    /// Content, suppression.
    #[error("the mail could not be made ready")]
    Mail(#[from] mail::MailError),
}

impl MailerError {
    /// Whether somebody else wrote the same row first.
    pub(crate) fn is_race(&self) -> bool {
        use app::AppError;
        use mail::MailError;
        matches!(self, Self::App(AppError::Store(error)) | Self::Mail(MailError::App(AppError::Store(error))) if error.is_race())
    }
}

impl From<store::StoreError> for MailerError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<vault::VaultError> for MailerError {
    fn from(error: vault::VaultError) -> Self {
        Self::App(error.into())
    }
}

impl From<jobs::JobsError> for MailerError {
    fn from(error: jobs::JobsError) -> Self {
        Self::App(error.into())
    }
}
