//! Notices, suppressed addresses, accounts whose mail does not arrive.

use domain::ids::{BotId, TenantId};
use domain::notice::{MailLane, NoticeId};

use super::{LocalKey, key};

/// One fact that somebody is told by mail.
pub fn notice(notice: &NoticeId) -> LocalKey {
    key(format!("NOTICE#{notice}"), "MAIL")
}

/// An address that bounced or complained, by the keyed hash of its normalised form.
pub fn suppression(address_hash: &str) -> LocalKey {
    key(format!("SUPPRESSED#{address_hash}"), "ADDRESS")
}

/// That mail to a person's address does not arrive, in the person's own partition.
pub fn mail_trouble() -> LocalKey {
    key("ACCOUNT", "MAIL")
}

/// The marks differ from an outbox's ulid and from a turn's mark.
const SECURITY_MARK: &str = "NOTICE-";
const BULK_MARK: &str = "BULK-NOTICE-";

/// What tells a due notice from a due outbox or turn in the due index, and which queue it belongs to.
pub(crate) fn due_notice(lane: MailLane, notice: &NoticeId) -> String {
    match lane {
        MailLane::Security => format!("{SECURITY_MARK}{notice}"),
        MailLane::Bulk => format!("{BULK_MARK}{notice}"),
    }
}

/// A due notice and its queue; nothing for anything else that is due.
pub(crate) fn notice_of(unique: &str) -> Option<(MailLane, NoticeId)> {
    let (lane, id) = match unique.strip_prefix(SECURITY_MARK) {
        Some(id) => (MailLane::Security, id),
        None => (MailLane::Bulk, unique.strip_prefix(BULK_MARK)?),
    };
    Some((lane, NoticeId::parse(id).ok()?))
}

/// What stands in a bot's place where a notice is due: no bot's id, but something that spreads tenants over the shards.
pub(crate) fn no_bot(tenant: TenantId) -> BotId {
    BotId::from_bytes(tenant.to_bytes())
}
