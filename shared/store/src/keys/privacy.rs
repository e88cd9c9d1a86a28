//! Requests about personal data, and the marks of who was erased.

use domain::Timestamp;
use domain::ids::{BotId, FanId, PrivacyRequestId, TenantId};

use super::{DUE_PREFIX, Due, LocalKey, fan, key, shard};

/// Partition of a workspace's requests; ids sort by the moment they were made.
pub const REQUESTS: &str = "REQUESTS";

/// One request.
pub fn privacy_request(request: PrivacyRequestId) -> LocalKey {
    key(REQUESTS, request.suffix())
}

/// Partition of requests that reached our staff; ids sort by the moment they were written down.
pub const COMPLIANCE: &str = "COMPLIANCE";

/// One request that reached our staff.
pub fn compliance_request(request: PrivacyRequestId) -> LocalKey {
    key(COMPLIANCE, request.suffix())
}

/// That a fan was erased, by the fan's keyed mark.
pub fn tombstone(mark: &str) -> LocalKey {
    key(format!("GONE#{mark}"), "FAN")
}

/// Partition of the workspaces that hold somebody, by the keyed mark of Telegram's id of that person.
pub fn holders_of(mark: &str) -> String {
    format!("HOLDER#{mark}")
}

/// That a workspace holds somebody.
pub fn holder(mark: &str, tenant: TenantId) -> LocalKey {
    key(holders_of(mark), tenant.suffix())
}

/// Partition of a workspace's erasures of fans.
pub const ERASURES: &str = "ERASURES";

/// How far an erasure is.
pub fn erasure(request: PrivacyRequestId) -> LocalKey {
    key(ERASURES, request.suffix())
}

const ERASE_MARK: &str = "ERASE-";

/// An erasure in the due index. It belongs to no bot: the tenant's own bits stand in the bot's place.
pub(crate) fn due_erasure(tenant: TenantId, request: PrivacyRequestId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: BotId::from_bytes(tenant.to_bytes()),
        unique: format!("{ERASE_MARK}{}", request.suffix()),
    }
}

/// A due erasure; nothing for anything else that is due.
pub(crate) fn erasure_of(unique: &str) -> Option<PrivacyRequestId> {
    PrivacyRequestId::from_suffix(unique.strip_prefix(ERASE_MARK)?).ok()
}

/// Partition of what a workspace has had erased. It lies in `work`, which is never restored (decision 0039).
pub const ERASED: &str = "ERASED";

/// That an erasure has begun.
pub fn erased(request: PrivacyRequestId) -> LocalKey {
    key(ERASED, request.suffix())
}

/// Erasures that began on a day, in one shard of the due index.
pub(crate) fn erased_on(shard: u8, day: i64) -> String {
    format!("{DUE_PREFIX}ERASED#{shard}#{day}")
}

const ERASED_FAN: &str = "FAN";
const ERASED_WORKSPACE: &str = "WORKSPACE";

/// An erasure among those of its day. No minute of `tick` comes to it.
pub(crate) fn erased_entry(
    tenant: TenantId,
    request: PrivacyRequestId,
    is_fan: bool,
    at: Timestamp,
) -> LocalKey {
    let of = if is_fan { ERASED_FAN } else { ERASED_WORKSPACE };
    key(
        erased_on(shard(tenant.to_bytes()), at.day()),
        format!("{}#{of}#{}", tenant.suffix(), request.suffix()),
    )
}

/// Whose erasure an entry of a day names, and which it is where all of the workspace is erased.
pub(crate) fn erased_of(sort: &str) -> Option<(TenantId, Option<PrivacyRequestId>)> {
    let mut parts = sort.split('#');
    let tenant = TenantId::from_suffix(parts.next()?).ok()?;
    let of = parts.next()?;
    let request = PrivacyRequestId::from_suffix(parts.next()?).ok()?;
    Some((tenant, (of == ERASED_WORKSPACE).then_some(request)))
}

/// Where the search for fans whose time is over stands.
pub fn retention() -> LocalKey {
    key("RETENTION", "SEARCH")
}

/// How the due index names that search, after the tenant.
pub(crate) const RETENTION_MARK: &str = "RETENTION";

pub(crate) fn due_retention(tenant: TenantId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: BotId::from_bytes(tenant.to_bytes()),
        unique: RETENTION_MARK.to_owned(),
    }
}

/// Partition of the exports that the team of a workspace asked for: few.
pub const EXPORTS: &str = "EXPORTS";

/// An export that the team asked for, for as long as there is something to download.
pub fn export(request: PrivacyRequestId) -> LocalKey {
    key(EXPORTS, request.suffix())
}

/// Partition of the exports that fans asked for: there can be as many as there are fans.
pub const OWN_EXPORTS: &str = "EXPORTS#FANS";

/// An export that a fan asked for, likewise.
pub fn own_export(request: PrivacyRequestId) -> LocalKey {
    key(OWN_EXPORTS, request.suffix())
}

/// When a fan has asked for exports; in the fan's own partition, with which it goes.
pub fn fan_exports(of: FanId) -> LocalKey {
    key(fan(of).pk, "EXPORTS")
}

/// How the due index names an export, after the tenant.
const EXPORT_MARK: &str = "EXPORT-";

pub(crate) fn due_export(tenant: TenantId, request: PrivacyRequestId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: BotId::from_bytes(tenant.to_bytes()),
        unique: format!("{EXPORT_MARK}{}", request.suffix()),
    }
}

/// The export that an entry of the due index names, if it is one.
pub(crate) fn export_of(unique: &str) -> Option<PrivacyRequestId> {
    PrivacyRequestId::from_suffix(unique.strip_prefix(EXPORT_MARK)?).ok()
}

/// The closing of a workspace, and how far it is.
pub fn closing() -> LocalKey {
    key("CLOSING", "HEAD")
}

/// How the due index names a closing, after the tenant.
const CLOSING_MARK: &str = "CLOSING-";

pub(crate) fn due_closing(tenant: TenantId, request: PrivacyRequestId, at: Timestamp) -> Due {
    Due {
        at,
        tenant,
        bot: BotId::from_bytes(tenant.to_bytes()),
        unique: format!("{CLOSING_MARK}{}", request.suffix()),
    }
}

/// The closing that an entry of the due index names, if it is one.
pub(crate) fn closing_of(unique: &str) -> Option<PrivacyRequestId> {
    PrivacyRequestId::from_suffix(unique.strip_prefix(CLOSING_MARK)?).ok()
}

/// What is left of a workspace that was closed: a mark, and the certificate.
pub fn closed(tenant: TenantId) -> LocalKey {
    key(format!("CLOSED#{}", tenant.suffix()), "CLOSED")
}
