//! Requests about personal data, and the marks of who was erased.

use domain::Timestamp;
use domain::ids::{BotId, PrivacyRequestId, TenantId};

use super::{Due, LocalKey, key};

/// Partition of a workspace's requests; ids sort by the moment they were made.
pub const REQUESTS: &str = "REQUESTS";

/// One request.
pub fn privacy_request(request: PrivacyRequestId) -> LocalKey {
    key(REQUESTS, request.suffix())
}

/// That a fan was erased, by the fan's keyed mark.
pub fn tombstone(mark: &str) -> LocalKey {
    key(format!("GONE#{mark}"), "FAN")
}

/// How far an erasure is.
pub fn erasure(request: PrivacyRequestId) -> LocalKey {
    key("ERASURES", request.suffix())
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

/// Partition of a workspace's exports.
pub const EXPORTS: &str = "EXPORTS";

/// An export, for as long as there is something to download.
pub fn export(request: PrivacyRequestId) -> LocalKey {
    key(EXPORTS, request.suffix())
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
