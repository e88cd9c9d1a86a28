//! How many invitations one address is sent in a day, whichever workspaces send them.
//!
//! Counted by a keyed hash under a platform secret of its own, `invitations`, made with the first invitation. It is
//! neither the pepper nor the mailer's key: who counts here can tell neither logins nor who bounced, and has no way to
//! look an address up. So the answer is the same whether or not the address has an account.

use std::time::Duration;

use app::{AddressKey, App, OrProblem as _};
use domain::Timestamp;
use domain::email::EmailAddress;
use http_kit::Problem;
use store::keys::{self, Throttled};
use store::row::ThrottleRow;
use store::{Found, Transaction};

const SECRET: &str = "invitations";
/// Invitations to one address in [`DAY`].
const MOST: u32 = 8;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The counter of an address, one more counted: to be written together with the invitation.
pub(super) struct Counted {
    row: ThrottleRow,
    rev: Option<u64>,
}

impl Counted {
    /// Counts one more.
    ///
    /// # Errors
    /// 429 with the time until the next one may be sent.
    pub(super) async fn of(app: &App, address: &EmailAddress) -> Result<Self, Problem> {
        let address_key = AddressKey::find_or_make(app, SECRET).await.or_problem()?;
        let name = address_key.hash(address);
        let key = keys::throttle(Throttled::Invitations, &name);
        let routing = app.store.routing();
        let found: Option<Found<ThrottleRow>> = routing.find(&key).await.or_problem()?;
        let former = found.as_ref().map(|found| &found.row);
        let row = count(name, former, app.clock.now())
            .map_err(|retry_after| Problem::RateLimited { retry_after })?;
        Ok(Self {
            row,
            rev: found.map(|found| found.rev),
        })
    }

    /// Adds the counter to the transaction of the invitation.
    pub(super) fn add_to(&self, transaction: &mut Transaction<'_>) {
        match self.rev {
            Some(rev) => transaction.replace(&self.row, rev),
            None => transaction.create_or_revive(&self.row),
        };
    }
}

fn count(
    name: String,
    former: Option<&ThrottleRow>,
    now: Timestamp,
) -> Result<ThrottleRow, Duration> {
    let kept = former.filter(|row| now < row.since.plus(DAY));
    let (tries, since) = kept.map_or((0, now), |row| (row.tries, row.since));
    if tries >= MOST {
        return Err(now.until(since.plus(DAY)));
    }
    Ok(ThrottleRow {
        by: Throttled::Invitations,
        name,
        tries: tries + 1,
        since,
        last_at: now,
        open_at: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    #[test]
    fn the_ninth_invitation_of_a_day_waits_for_the_next_day() {
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        let mut row = None;
        for hour in 0..8 {
            let counted = count("n".into(), row.as_ref(), later(hour * 3600));
            row = Some(counted.expect("sent"));
        }
        let hours = |hours: u64| Duration::from_secs(hours * 3600);
        let ninth = count("n".into(), row.as_ref(), later(8 * 3600));
        assert_eq!(ninth, Err(hours(16)));
        let next = count("n".into(), row.as_ref(), later(24 * 3600));
        assert_eq!(next.expect("sent").tries, 1);
    }
}
