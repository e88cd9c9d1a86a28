//! Which entries may be gone because their 24 months are over, and who says how old they are.
//!
//! The rows themselves could be dated back, and so could the day in an anchor's name. Neither counts: S3 says since when an
//! anchor is there, and whatever it reaches was there before it.

use std::time::Duration;

use anchors::Archived;
use domain::Timestamp;
use domain::audit::LASTS;
use store::row::ChainRow;

/// How long after an entry its head may be anchored: a day that must be over, and an archive that was away. For so long before
/// the end of its 24 months nobody would notice that an entry goes.
const LATE: Duration = Duration::from_secs(7 * 24 * 3600);
/// A row ends with a whole second, and by the clock of whoever reads it, while this moment was taken before the log was read: for so
/// long before its end an entry may be gone already. Longer than a function runs.
const MEANWHILE: Duration = Duration::from_secs(60);

/// Up to where entries may be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Horizon {
    up_to: u64,
    now: Timestamp,
}

impl Horizon {
    /// What the anchors show to be old enough.
    pub(crate) fn of(anchors: &[Archived], now: Timestamp) -> Self {
        let old = anchors
            .iter()
            .filter(|archived| archived.written_at.plus(LASTS - LATE) <= now);
        Self {
            up_to: old.map(|archived| archived.anchor.seq).max().unwrap_or(0),
            now,
        }
    }

    /// What the rows alone say: for an export, whose reader holds it against the verification.
    pub(crate) const fn of_rows(now: Timestamp) -> Self {
        Self {
            up_to: u64::MAX,
            now,
        }
    }

    /// Whether the entry of this number may be gone: an anchor and the row itself must say so.
    pub(crate) fn has_passed(&self, chain: &ChainRow) -> bool {
        chain.seq <= self.up_to && chain.at.plus(LASTS - MEANWHILE) <= self.now
    }
}
