//! Addresses that bounced or complained, by keyed hash.
//!
//! The key is a platform secret of its own, `suppression`, made when the first address is suppressed. It is not the
//! pepper: the mailer can tell neither logins nor passwords, and `accounts` cannot tell who bounced.

use std::time::Duration;

use app::{AddressKey, App};
use domain::Timestamp;
use domain::email::EmailAddress;
use domain::notice::{MailLane, MailTrouble};
use store::Found;
use store::row::SuppressionRow;

use crate::MailError;

const SECRET: &str = "suppression";
const DAY: u64 = 24 * 3600;
/// So long after a bounce not even a security mail is tried: each try harms our standing with the receiver's side.
const SECURITY_PAUSE: Duration = Duration::from_secs(7 * DAY);
/// So long after a bounce nothing else is tried.
const BULK_PAUSE: Duration = Duration::from_secs(90 * DAY);

/// Why a mail is not sent to an address: a stable code; `None` lets it go. A bounce ends by itself, a complaint does not;
/// but a complaint never keeps a person from what guards their account.
pub fn verdict(row: &SuppressionRow, lane: MailLane, now: Timestamp) -> Option<&'static str> {
    let pause = match lane {
        MailLane::Security => SECURITY_PAUSE,
        MailLane::Bulk => BULK_PAUSE,
    };
    if row.bounced_at.is_some_and(|at| now < at.plus(pause)) {
        return Some("address_bounced");
    }
    (lane == MailLane::Bulk && row.complained_at.is_some()).then_some("address_complained")
}

/// What is known about an address. At most two reads, the first of which is kept for five minutes.
///
/// # Errors
/// When the database or KMS does not answer.
pub async fn find(app: &App, address: &EmailAddress) -> Result<Option<SuppressionRow>, MailError> {
    let Some(key) = AddressKey::find(app, SECRET).await? else {
        return Ok(None);
    };
    let found = stored(app, &key.hash(address)).await?;
    Ok(found.map(|found| found.row))
}

/// Remembers a bounce or a complaint. Telling it again moves its date.
///
/// # Errors
/// When the database or KMS does not answer, or somebody else wrote at the same moment.
pub async fn remember(
    app: &App,
    address: &EmailAddress,
    trouble: MailTrouble,
    at: Timestamp,
) -> Result<(), MailError> {
    let address_hash = AddressKey::find_or_make(app, SECRET).await?.hash(address);
    let before = stored(app, &address_hash).await?;
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    match before {
        Some(found) => transaction.replace(&with(found.row, trouble, at), found.rev),
        None => {
            let row = SuppressionRow {
                address_hash,
                bounced_at: None,
                complained_at: None,
            };
            transaction.create(&with(row, trouble, at))
        }
    };
    Ok(transaction.commit().await?)
}

fn with(mut row: SuppressionRow, trouble: MailTrouble, at: Timestamp) -> SuppressionRow {
    let slot = match trouble {
        MailTrouble::Bounced => &mut row.bounced_at,
        MailTrouble::Complained => &mut row.complained_at,
    };
    *slot = Some(slot.map_or(at, |known| known.max(at)));
    row
}

async fn stored(app: &App, address_hash: &str) -> Result<Option<Found<SuppressionRow>>, MailError> {
    let routing = app.store.routing();
    Ok(Box::pin(routing.find_suppression(address_hash)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(100 * 24 * 3600);

    fn row(bounced_days_ago: Option<i64>, complained: bool) -> SuppressionRow {
        let ago = |days: i64| Timestamp::from_seconds(NOW.seconds() - days * 24 * 3600);
        SuppressionRow {
            address_hash: "ab".into(),
            bounced_at: bounced_days_ago.map(ago),
            complained_at: complained.then(|| ago(1)),
        }
    }

    #[test]
    fn a_complaint_stops_bulk_for_good_and_never_a_security_mail() {
        assert_eq!(
            verdict(&row(None, true), MailLane::Bulk, NOW),
            Some("address_complained")
        );
        assert_eq!(verdict(&row(None, true), MailLane::Security, NOW), None);
    }

    #[test]
    fn a_bounce_stops_security_mail_for_a_week_and_bulk_for_ninety_days() {
        for (days, security, bulk) in [(6, true, true), (7, false, true), (90, false, false)] {
            let stops = |lane| verdict(&row(Some(days), false), lane, NOW).is_some();
            assert_eq!(
                (stops(MailLane::Security), stops(MailLane::Bulk)),
                (security, bulk),
                "{days} days"
            );
        }
    }

    #[test]
    fn a_bounce_that_is_told_late_does_not_move_the_date_back() {
        let early = Timestamp::from_seconds(5);
        let row = with(row(Some(1), false), MailTrouble::Bounced, early);
        assert!(row.bounced_at > Some(early));
    }
}
