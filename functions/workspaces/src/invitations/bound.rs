//! How many invitations one address is sent in a day, whichever workspaces send them, and how many one person sends, for
//! whichever workspaces of theirs.
//!
//! Addresses are counted by a keyed hash under a platform secret of its own, `invitations`, made with the first invitation. It is
//! neither the pepper nor the mailer's key: who counts here can tell neither logins nor who bounced, and has no way to
//! look an address up. So the answer is the same whether or not the address has an account.

use std::time::Duration;

use app::{AddressKey, App, OrProblem as _};
use domain::Timestamp;
use domain::email::EmailAddress;
use domain::ids::UserId;
use http_kit::Problem;
use store::keys::{self, Throttled};
use store::row::ThrottleRow;
use store::{Found, Transaction};

const SECRET: &str = "invitations";
/// Invitations to one address in [`DAY`].
const MOST: u32 = 8;
/// Invitations of one person in [`DAY`]: a whole team, and no mailing.
const MOST_OF_A_PERSON: u32 = 50;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The counters of an address and of who writes to it, one more counted: to be written together with the invitation.
pub(super) struct Counted([Counter; 2]);

struct Counter {
    row: ThrottleRow,
    rev: Option<u64>,
}

impl Counted {
    /// Counts one more.
    ///
    /// # Errors
    /// 429 with the time until the next one may be sent.
    pub(super) async fn of(
        app: &App,
        inviter: UserId,
        address: &EmailAddress,
    ) -> Result<Self, Problem> {
        let address_key = AddressKey::find_or_make(app, SECRET).await.or_problem()?;
        let address = address_key.hash(address);
        Ok(Self([
            Counter::of(app, Throttled::Inviters, inviter.suffix()).await?,
            Counter::of(app, Throttled::Invitations, address).await?,
        ]))
    }

    /// Adds the counters to the transaction of the invitation.
    pub(super) fn add_to(&self, transaction: &mut Transaction<'_>) {
        for counter in &self.0 {
            counter.add_to(transaction);
        }
    }
}

impl Counter {
    async fn of(app: &App, by: Throttled, name: String) -> Result<Self, Problem> {
        let key = keys::throttle(by, &name);
        let routing = app.store.routing();
        let found: Option<Found<ThrottleRow>> = routing.find(&key).await.or_problem()?;
        let former = found.as_ref().map(|found| &found.row);
        let row = count(by, name, former, app.clock.now())
            .map_err(|retry_after| Problem::RateLimited { retry_after })?;
        Ok(Self {
            row,
            rev: found.map(|found| found.rev),
        })
    }

    fn add_to(&self, transaction: &mut Transaction<'_>) {
        match self.rev {
            Some(rev) => transaction.replace(&self.row, rev),
            None => transaction.create_or_revive(&self.row),
        };
    }
}

const fn most(by: Throttled) -> u32 {
    match by {
        Throttled::Inviters => MOST_OF_A_PERSON,
        _ => MOST,
    }
}

fn count(
    by: Throttled,
    name: String,
    former: Option<&ThrottleRow>,
    now: Timestamp,
) -> Result<ThrottleRow, Duration> {
    let kept = former.filter(|row| now < row.since.plus(DAY));
    let (tries, since) = kept.map_or((0, now), |row| (row.tries, row.since));
    if tries >= most(by) {
        return Err(now.until(since.plus(DAY)));
    }
    Ok(ThrottleRow {
        by,
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

    fn to_address(former: Option<&ThrottleRow>, now: Timestamp) -> Result<ThrottleRow, Duration> {
        count(Throttled::Invitations, "n".into(), former, now)
    }

    #[test]
    fn the_ninth_invitation_of_a_day_waits_for_the_next_day() {
        let later = |seconds| NOW.plus(Duration::from_secs(seconds));
        let mut row = None;
        for hour in 0..8 {
            let counted = to_address(row.as_ref(), later(hour * 3600));
            row = Some(counted.expect("sent"));
        }
        let hours = |hours: u64| Duration::from_secs(hours * 3600);
        let ninth = to_address(row.as_ref(), later(8 * 3600));
        assert_eq!(ninth, Err(hours(16)));
        let next = to_address(row.as_ref(), later(24 * 3600));
        assert_eq!(next.expect("sent").tries, 1);
    }

    #[test]
    fn a_person_invites_fifty_people_in_a_day() {
        let mut row = None;
        for _ in 0..50 {
            let counted = count(Throttled::Inviters, "n".into(), row.as_ref(), NOW);
            row = Some(counted.expect("sent"));
        }
        let one_more = count(Throttled::Inviters, "n".into(), row.as_ref(), NOW);
        assert_eq!(one_more, Err(DAY));
    }
}
