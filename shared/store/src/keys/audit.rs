//! Keys of the audit log.

use domain::Timestamp;
use domain::ids::{AuditEntryId, BotId, TenantId};

use super::{Due, LocalKey, key, moment};

/// What tells a tenant's audit log from a bot's work in the due index.
pub(crate) const AUDIT_MARK: &str = "AUDIT";

/// Partition of the entries, in the order of their moments.
pub const ENTRIES: &str = "INTENTS";

/// Partition of what ties an entry to its number, in the same order as [`ENTRIES`].
pub const CHAINED: &str = "CHAINED";

/// Partition of the chain.
pub const CHAIN: &str = "CHAIN";

/// Partition of entries that wait for the chain.
pub const UNCHAINED: &str = "UNCHAINED";

/// Partition of days whose head is still to be anchored.
pub const ANCHORS: &str = "ANCHORS";

/// An audit entry.
pub fn audit(at: Timestamp, id: AuditEntryId) -> LocalKey {
    key(ENTRIES, audit_position(at, id))
}

/// Where an entry stands among the others; the position of pages.
pub fn audit_position(at: Timestamp, id: AuditEntryId) -> String {
    format!("{}#{}", moment(at), id.suffix())
}

/// The bounds of all entries from one moment to another, both included.
pub fn audit_between(from: Timestamp, to: Timestamp) -> (String, String) {
    (moment(from), format!("{}#~", moment(to)))
}

/// What ties an entry to its number.
pub fn chained(at: Timestamp, id: AuditEntryId) -> LocalKey {
    key(CHAINED, audit_position(at, id))
}

/// One number of the chain. Twelve digits: thirty thousand entries a second for a year.
pub fn chain(seq: u64) -> LocalKey {
    key(CHAIN, format!("{seq:012}"))
}

/// An entry that waits for the chain.
pub fn unchained(at: Timestamp, id: AuditEntryId) -> LocalKey {
    key(UNCHAINED, audit_position(at, id))
}

/// A day, counted since the epoch, whose head is still to be anchored.
pub fn anchor(day: i64) -> LocalKey {
    key(ANCHORS, anchor_day(day))
}

/// When a chain that has stood still since is anchored again. Behind all days.
pub fn anchor_again() -> LocalKey {
    key(ANCHORS, "AGAIN")
}

/// The sort key of a day.
pub fn anchor_day(day: i64) -> String {
    format!("{:05}", day.max(0))
}

/// The audit log of a tenant in the due index. It belongs to no bot: the tenant's own bits stand in the bot's place, so
/// that logs are spread over the shards as bots are.
pub(crate) fn due_audit(tenant: TenantId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: BotId::from_bytes(tenant.to_bytes()),
        unique: AUDIT_MARK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_either_bound_is_between_them() {
        let (first, last) = (
            AuditEntryId::from_bytes([0; 16]),
            AuditEntryId::from_bytes([255; 16]),
        );
        let (from, to) = (Timestamp::from_millis(5), Timestamp::from_millis(9));
        let (low, high) = audit_between(from, to);
        assert!(low <= audit_position(from, first));
        assert!(audit_position(to, last) <= high);
        assert!(high < audit_position(Timestamp::from_millis(10), first));
    }
}
