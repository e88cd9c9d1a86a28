//! The audit log: entries, the chain over them, and what still waits for it.

use domain::audit::{Action, Actor, LASTS, Subject};
use domain::ids::{AuditEntryId, TenantId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// What was done: written in the transaction of the change, together with an [`UnchainedRow`]. Never changed.
    pub struct AuditRow: "audit_entry" {
        /// Its id.
        id: AuditEntryId => class::AUDIT,
        /// Which act.
        action: Action => class::AUDIT,
        /// Who acted.
        actor: Actor => class::AUDIT,
        /// Upon what.
        subject: Subject => class::AUDIT,
        /// When.
        at: Timestamp => class::AUDIT,
        /// What was there before, as JSON, sealed under the subject's key.
        old: Option<Sealed> => class::AUDIT_SEALED,
        /// What is there now, likewise.
        new: Option<Sealed> => class::AUDIT_SEALED,
    }
}

impl Row for AuditRow {
    const TABLE: Table = Table::Audit;
    fn key(&self) -> LocalKey {
        keys::audit(self.at, self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.at.plus(LASTS))
    }
}

stored! {
    /// One number of a tenant's chain. It outlives its entry: what follows on it could not be checked otherwise.
    pub struct ChainRow: "audit_chain" {
        /// The number, from 1.
        seq: u64 => class::AUDIT_CHAIN,
        /// The entry.
        id: AuditEntryId => class::AUDIT_CHAIN,
        /// The moment of the entry, which is part of its key.
        at: Timestamp => class::AUDIT_CHAIN,
        /// The hash of the number before, hex.
        prev: String => class::AUDIT_CHAIN,
        /// SHA-256 over the former hash and the entry, hex.
        hash: String => class::AUDIT_CHAIN,
    }
}

impl Row for ChainRow {
    const TABLE: Table = Table::Audit;
    fn key(&self) -> LocalKey {
        keys::chain(self.seq)
    }
}

stored! {
    /// Which number an entry has: no entry gets two, because this row is created once.
    pub struct ChainedRow: "audit_chained" {
        /// The entry.
        id: AuditEntryId => class::AUDIT_CHAIN,
        /// The moment of the entry, which is part of its key.
        at: Timestamp => class::AUDIT_CHAIN,
        /// Its number.
        seq: u64 => class::AUDIT_CHAIN,
        /// The hash of that number, hex: a second witness.
        hash: String => class::AUDIT_CHAIN,
    }
}

impl Row for ChainedRow {
    const TABLE: Table = Table::Audit;
    fn key(&self) -> LocalKey {
        keys::chained(self.at, self.id)
    }
}

stored! {
    /// An entry that waits for the chain.
    pub struct UnchainedRow: "audit_unchained" {
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// The entry.
        id: AuditEntryId => class::TECHNICAL,
        /// The moment of the entry, which is part of its key.
        at: Timestamp => class::TECHNICAL,
        /// When `tick` rings if the chain has not got it.
        due_at: Timestamp => class::TECHNICAL,
    }
}

impl Row for UnchainedRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::unchained(self.at, self.id)
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_audit(self.tenant, self.due_at))
    }
}

stored! {
    /// A day on which a chain grew and whose head is still to be anchored.
    pub struct AnchorRow: "audit_anchor" {
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// The day, counted since the epoch.
        day: i64 => class::TECHNICAL,
        /// When the day is over.
        due_at: Timestamp => class::TECHNICAL,
        /// Whether nothing need have grown by then: a chain that stands still is anchored anew before its anchors go.
        #[serde(default)]
        again: bool => class::TECHNICAL,
    }
}

impl Row for AnchorRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        match self.again {
            true => keys::anchor_again(),
            false => keys::anchor(self.day),
        }
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_audit(self.tenant, self.due_at))
    }
}
