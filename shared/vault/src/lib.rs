//! Sealing. KMS wraps a tenant's key (encryption context: tenant and purpose), the tenant's key wraps a random key per
//! fan, and keys seal single fields with AES-256-GCM, bound by associated data to the tenant, table, keys and field
//! they stand in: a value copied to another place does not open. What leaves as an export is signed by a key of its own,
//! which stays in KMS.
//!
//! The only crate that may use the KMS SDK. It stores nothing; wrapped keys are rows of the `keys` table. Opened keys
//! and tokens are kept at most five minutes in memory, so that a destroyed key is unusable everywhere soon after.

mod cache;
mod guard;
mod kms;
mod peer;
mod seal;
mod search;
mod sign;

use domain::ids::ParseIdError;
use thiserror::Error;

pub use kms::{PlatformVault, TenantVault, Vault};
pub use peer::{Peer, PeerIds};
pub use seal::{FanKey, Place, TenantKey, is_former};
pub use search::SearchMarks;
pub use sign::ExportKey;

/// Why something could not be sealed or opened.
#[derive(Debug, Error)]
pub enum VaultError {
    /// KMS could not be reached or refused; nothing falls back to plaintext.
    #[error("the key service did not answer as expected")]
    Kms(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The function has no tenant sessions.
    #[error("no session for this tenant")]
    Session(#[from] aws::AwsError),
    /// The ciphertext was not sealed for this place, or is damaged.
    #[error("the sealed value does not open here")]
    DoesNotOpen,
    /// What was opened has another form than what is sealed here.
    #[error("the opened value has an unexpected form")]
    UnexpectedForm,
    /// An id that is not one of this tenant's.
    #[error("not an id of this tenant")]
    ForeignId(#[from] ParseIdError),
}
