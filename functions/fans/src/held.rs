//! What is held of a person whom a file names, and what keeps a file from bringing back who was erased.

use app::{AppError, open_tags, tombstone_mark};
use domain::ids::FanId;
use store::row::{FanKeyRow, FanRow, TombstoneRow};
use store::{Answers, Found, ReadMany, Slot, Transaction, keys};
use vault::{FanKey, TenantKey};

/// What is held of a person.
pub(crate) struct HeldFan {
    pub(crate) fan: FanId,
    pub(crate) row: Option<Found<FanRow>>,
    pub(crate) key: Option<FanKey>,
    /// The creator's tags, as far as there is a key that opens them.
    pub(crate) tags: Vec<String>,
    pub(crate) tombstone: Option<TombstoneRow>,
}

/// Where it stands among the answers.
pub(crate) struct Asked {
    fan: FanId,
    row: Slot<FanRow>,
    key: Slot<FanKeyRow>,
    tombstone: Slot<TombstoneRow>,
}

impl HeldFan {
    /// Asks for it together with whatever else is read.
    pub(crate) fn ask(read: &mut ReadMany<'_>, key: &TenantKey, fan: FanId) -> Asked {
        let mark = tombstone_mark(key, fan);
        Asked {
            fan,
            row: read.find(&keys::fan(fan)),
            key: read.find(&keys::fan_key(fan)),
            tombstone: read.find(&keys::tombstone(&mark)),
        }
    }
}

impl Asked {
    /// What was found, with the person's key opened.
    ///
    /// # Errors
    /// When a row does not read or the key does not open.
    pub(crate) fn held(self, found: &Answers, key: &TenantKey) -> Result<HeldFan, AppError> {
        let own = match found.get(self.key)? {
            Some(own) => Some(key.open_fan_key(self.fan, &own.row.wrapped)?),
            None => None,
        };
        let row = found.get(self.row)?;
        let tags = match (&own, &row) {
            (Some(key), Some(held)) => open_tags(key, &held.row)?,
            _ => Vec::new(),
        };
        Ok(HeldFan {
            fan: self.fan,
            row,
            key: own,
            tags,
            tombstone: found.get(self.tombstone)?.map(|found| found.row),
        })
    }
}

/// Has a transaction fail if an erasure has come since the look, even one that is over: nothing of its fan comes back.
pub(crate) fn require_not_erased(transaction: &mut Transaction<'_>, key: &TenantKey, fan: FanId) {
    let mark = tombstone_mark(key, fan);
    transaction.require_absent::<TombstoneRow>(&keys::tombstone(&mark));
}
