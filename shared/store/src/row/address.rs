//! Changes of the address that a person logs in with.

use domain::ids::UserId;
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

stored! {
    /// A change of address that waits for a proof from the new one. A person has one at a time.
    pub struct EmailChangeRow: "email_change" {
        /// Whose.
        user: UserId => class::ACCOUNT,
        /// Hex of the keyed hash of the new address.
        email_hash: String => class::CREDENTIAL,
        /// The new address, sealed under the account's key.
        email: Sealed => class::ACCOUNT_SEALED,
        /// Keyed hash of the code.
        code_hash: String => class::CREDENTIAL,
        /// Hex of SHA-256 of the link's token.
        link_hash: String => class::CREDENTIAL,
        /// Changes with the password: what somebody began who knew a former one is not completed.
        password_mark: String => class::CREDENTIAL,
        /// Codes that were tried.
        tries: u32 => class::TECHNICAL,
        /// Until when it can be completed.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for EmailChangeRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::email_change(self.user)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

/// How one change of address is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailUndo {
    /// Hex of SHA-256 of the token that the former address was sent.
    pub token_hash: String,
    /// Hex of the keyed hash of the former address.
    pub email_hash: String,
    /// The former address, sealed as it stood in the account's row.
    pub email: Sealed,
    /// When it was replaced.
    pub changed_at: Timestamp,
    /// Until when it can come back.
    pub until: Timestamp,
}

stored! {
    /// The changes of a person's address that can still be taken back, oldest first.
    pub struct EmailUndosRow: "email_undos" {
        /// Whose.
        user: UserId => class::ACCOUNT,
        /// The changes.
        undos: Vec<EmailUndo> => class::ACCOUNT_SEALED,
        /// When the last of them cannot be taken back any more.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for EmailUndosRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::email_undos(self.user)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
