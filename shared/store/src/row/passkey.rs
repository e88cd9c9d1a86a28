//! Passkeys, and what they are asked.

use domain::ids::{PasskeyId, UserId};
use domain::registry::class;
use domain::{Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

/// One passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPasskey {
    /// Our id of it; opens nothing.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// Public key, counter and flags, as `webauthn-rs` writes them.
    pub credential: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

stored! {
    /// A person's passkeys, oldest first; one row, so that a use of one and a change of the list cannot pass each other.
    pub struct PasskeysRow: "passkeys" {
        /// Whose.
        user: UserId => class::ACCOUNT,
        /// The passkeys.
        passkeys: Vec<StoredPasskey> => class::CREDENTIAL,
    }
}

impl Row for PasskeysRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::passkeys(self.user)
    }
}

stored! {
    /// Whose a passkey is: two accounts never have the same. Counts only while its person's list has the passkey; lists end
    /// without it where all of them end at once.
    pub struct PasskeyClaimRow: "passkey_claim" {
        /// Hex of SHA-256 of the credential's id.
        hash: String => class::CREDENTIAL,
        /// Whose.
        user: UserId => class::ACCOUNT,
    }
}

impl Row for PasskeyClaimRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::passkey_claim(&self.hash)
    }
}

stored! {
    /// What a passkey was asked; the answer counts once.
    pub struct PasskeyChallengeRow: "passkey_challenge" {
        /// Hex of SHA-256 of the token that names it.
        token_hash: String => class::CREDENTIAL,
        /// Whose new passkey it is for; nobody's yet where somebody wants in.
        user: Option<UserId> => class::LOGIN,
        /// The question, as `webauthn-rs` writes it.
        state: String => class::CREDENTIAL,
        /// Until when it can be answered.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for PasskeyChallengeRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::passkey_challenge(&self.token_hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
