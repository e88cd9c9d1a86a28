//! Why a job of this crate did not go on.

use app::AppError;
use domain::ids::TenantId;
use jobs::Outcome;
use objects::ObjectsError;
use store::StoreError;
use thiserror::Error;

/// Why an export or an erasure did not go on; it is tried again.
#[derive(Debug, Error)]
pub(crate) enum PrivacyError {
    /// What every handler needs.
    #[error(transparent)]
    App(#[from] AppError),
    /// The store.
    #[error("the store did not do what was asked")]
    Store(#[from] StoreError),
    /// The vault.
    #[error("the vault did not do what was asked")]
    Vault(#[from] vault::VaultError),
    /// S3.
    #[error("the file could not be kept or removed")]
    Objects(#[from] ObjectsError),
    /// The format.
    #[error("the archive could not be written")]
    Archive(#[from] archive::Error),
    /// The mail.
    #[error("the mail could not be ordered")]
    Mail(#[from] mail::MailError),
    /// A row of ours that is no JSON.
    #[error("the progress is not understood")]
    Progress(#[from] serde_json::Error),
    /// The tail is not where the row says.
    #[error("the tail of the export is gone")]
    Tail,
    /// The archive was begun with other sections than it would have now.
    #[error("the export was begun with other sections")]
    OtherSections,
}

impl PrivacyError {
    /// Whether an export that is under way cannot be gone on with, however often that is tried: another release began it, or its
    /// tail is gone.
    pub(crate) const fn ends_export(&self) -> bool {
        matches!(
            self,
            Self::Archive(archive::Error::OtherRelease(_))
                | Self::OtherSections
                | Self::Progress(_)
                | Self::Tail
        )
    }
}

/// What becomes of a job's message.
pub(crate) fn outcome(tenant: TenantId, done: Result<(), PrivacyError>) -> Outcome {
    match done {
        // The tenant is gone, and with it everything.
        Ok(()) | Err(PrivacyError::App(AppError::Absent("key"))) => Outcome::Done,
        Err(error) => {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "a privacy job did not go on");
            Outcome::Retry
        }
    }
}
