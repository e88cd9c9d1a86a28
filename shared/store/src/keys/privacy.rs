//! Requests about personal data, and the marks of who was erased.

use domain::Timestamp;
use domain::ids::{BotId, FanId, PrivacyRequestId, TenantId};

use super::{Due, LocalKey, fan, key};

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

/// Partition of a workspace's exports.
pub const EXPORTS: &str = "EXPORTS";

/// An export, for as long as there is something to download.
pub fn export(request: PrivacyRequestId) -> LocalKey {
    key(EXPORTS, request.suffix())
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
