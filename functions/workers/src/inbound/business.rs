//! Telegram Business: whose a connection is, and what its owner has said about the AI.
//!
//! Updates name a connection; the account behind it is found by the connection's mark. The word about the AI is the
//! owner's own, written to the bot from the account itself, and goes with the connection.

mod connection;
mod deleted;

use app::AppError;
use domain::Timestamp;
use domain::ids::{BotId, BusinessAccountId};
use store::row::{BusinessAccountRow, BusinessLinkRow};
use store::{Slot, TenantDb, keys};
use telegram::commands;
use tenancy::Worker;
use vault::TenantKey;

pub(crate) use connection::{Learned, connection};
pub(crate) use deleted::deleted;

/// What is missing when a connection is not known (yet).
pub(crate) const UNKNOWN: &str = "business connection";

/// The account of a connection; nothing once its owner was erased, with which the connection has ended for us. Telegram goes
/// on delivering its chats until the owner takes the bot out.
///
/// # Errors
/// [`AppError::Absent`] with [`UNKNOWN`] while nobody has told of the connection.
pub(crate) async fn account_of(
    db: &TenantDb<Worker>,
    key: &TenantKey,
    bot: BotId,
    connection: &str,
) -> Result<Option<BusinessAccountId>, AppError> {
    let link = keys::business_link(bot, &key.mark(connection));
    let mut read = db.read_many();
    let slot: Slot<BusinessLinkRow> = read.find(&link);
    let found = read.send().await?.get(slot)?;
    Ok(found.ok_or(AppError::Absent(UNKNOWN))?.row.account)
}

/// The account with its owner's word about the AI.
pub(crate) fn with_word(
    row: &BusinessAccountRow,
    allowed: bool,
    now: Timestamp,
) -> BusinessAccountRow {
    BusinessAccountRow {
        ai_authorised_at: allowed.then_some(now),
        ai_wording: allowed.then(|| commands::VERSION.to_owned()),
        ..row.clone()
    }
}
