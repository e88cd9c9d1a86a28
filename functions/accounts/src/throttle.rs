//! How guesses are slowed down: by account, by network, and over all. Pure.
//!
//! A try is counted before the password is looked at, so that a hundred tries at once are a hundred tries. Nothing is
//! locked for good, or a stranger could lock people out: an account opens again after at most a quarter of an hour, and a
//! device from which its owner has logged in, or has set a password with the link of a mail, is counted by itself. Somebody
//! who guesses all day long can so keep the account closed and its owner not outside: either the next link can be asked
//! for, or the last one still works, whoever had it sent.
//!
//! Codes of the second factor are counted apart, and no reset forgets one: the mailbox must not be both factors. A device that has
//! got in with the authenticator has a counter of its own, so that here too its owner is not kept out.

use std::time::Duration;

use domain::Timestamp;
use store::keys::Throttled;
use store::row::{DeviceRow, ThrottleRow};

use crate::reset;

/// Tries on one account before waiting begins; people mistype.
const FREE: u32 = 4;
/// From this try on, an account is closed for [`CLOSED`] after each.
const CLOSING: u32 = 10;
const CLOSED: Duration = Duration::from_secs(15 * 60);
/// Tries are forgotten after so long without one.
const FORGIVEN: Duration = Duration::from_secs(24 * 3600);
/// The window in which the tries of a network and of everybody, and searches of our staff, are counted.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Tries of one network in a window: an office whose people all log in at nine.
const OF_A_NETWORK: u32 = 100;
/// Shards of the counter over all.
pub(crate) const SHARDS: u8 = 8;
/// Tries of everybody in a window, in one shard.
const OF_EVERYBODY: u32 = 2_500;

/// Searches of one of our staff in a window: requests are answered one by one, and nobody goes through a list of people.
const SEARCHES: u32 = 20;

/// Mails that strangers may have sent to one address in [`FORGIVEN`].
const LETTERS: u32 = 8;
/// Addresses that one person may want for their account in [`FORGIVEN`]: each is sent a mail.
const CHANGES: u32 = 5;
/// Links of a reset that are sent to one address in [`FORGIVEN`] without a pause.
const RESETS: u32 = 4;
/// The pause before each further one: as long as the one before it works, so that its owner is never without.
const RESET_PAUSE: Duration = reset::KEPT;

/// The counter after one more try.
///
/// # Errors
/// How long no try is taken; nothing is counted then.
pub(crate) fn count(
    by: Throttled,
    name: &str,
    row: Option<&ThrottleRow>,
    now: Timestamp,
) -> Result<ThrottleRow, Duration> {
    let kept = row.filter(|row| match by {
        Throttled::Account | Throttled::Proofs | Throttled::Codes => {
            now < row.last_at.plus(FORGIVEN)
        }
        // Workspaces count invitations themselves, in the same window.
        Throttled::Letters
        | Throttled::Resets
        | Throttled::Changes
        | Throttled::Invitations
        | Throttled::Inviters => now < row.since.plus(FORGIVEN),
        Throttled::Network | Throttled::Everybody | Throttled::Searches => {
            now < row.since.plus(WINDOW)
        }
    });
    let closed = kept.map(|row| row.open_at).filter(|open_at| now < *open_at);
    if let Some(open_at) = closed {
        return Err(now.until(open_at));
    }
    let (tries, since) = kept.map_or((0, now), |row| (row.tries, row.since));
    let tries = tries.saturating_add(1);
    let open_at = match by {
        Throttled::Account | Throttled::Proofs | Throttled::Codes => now.plus(pause(tries)),
        Throttled::Letters if tries >= LETTERS => since.plus(FORGIVEN),
        Throttled::Changes if tries >= CHANGES => since.plus(FORGIVEN),
        Throttled::Network if tries >= OF_A_NETWORK => since.plus(WINDOW),
        Throttled::Everybody if tries >= OF_EVERYBODY => since.plus(WINDOW),
        Throttled::Searches if tries >= SEARCHES => since.plus(WINDOW),
        Throttled::Resets if tries >= RESETS => now.plus(RESET_PAUSE),
        _ => now,
    };
    Ok(ThrottleRow {
        by,
        name: name.to_owned(),
        tries,
        since,
        last_at: now,
        open_at,
    })
}

/// A known device after one more try.
///
/// # Errors
/// How long no try is taken from it.
pub(crate) fn count_device(row: &DeviceRow, now: Timestamp) -> Result<DeviceRow, Duration> {
    if now < row.open_at {
        return Err(now.until(row.open_at));
    }
    let tries = row.tries.saturating_add(1);
    Ok(DeviceRow {
        tries,
        open_at: now.plus(pause(tries)),
        ..row.clone()
    })
}

/// How long nobody tries after the `tries`th try: nothing, then 1, 2, 4, 8, 16 seconds, then a quarter of an hour.
fn pause(tries: u32) -> Duration {
    if tries >= CLOSING {
        return CLOSED;
    }
    match tries.checked_sub(FREE + 1) {
        None => Duration::ZERO,
        Some(doublings) => Duration::from_secs(1 << doublings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    fn counted(
        by: Throttled,
        row: Option<&ThrottleRow>,
        now: Timestamp,
    ) -> Result<ThrottleRow, Duration> {
        count(by, "n", row, now)
    }

    /// How many of so many tries, one a second, are taken.
    fn taken(by: Throttled, seconds: u64) -> usize {
        let mut row = None;
        (0..seconds)
            .filter(|second| {
                let now = NOW.plus(Duration::from_secs(*second));
                match counted(by, row.as_ref(), now) {
                    Ok(counted) => {
                        row = Some(counted);
                        true
                    }
                    Err(_) => false,
                }
            })
            .count()
    }

    #[test]
    fn mistyping_four_times_costs_nothing_and_then_pauses_double() {
        assert_eq!((1..=4).map(pause).max(), Some(Duration::ZERO));
        let seconds: Vec<_> = (5..=9).map(|tries| pause(tries).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16]);
        assert_eq!(pause(10), CLOSED);
        assert_eq!(pause(u32::MAX), CLOSED);
    }

    #[test]
    fn ten_thousand_guesses_in_a_day_on_one_account_are_about_a_hundred() {
        assert!(
            taken(Throttled::Account, 24 * 3600) <= 10 + 96,
            "{}",
            taken(Throttled::Account, 24 * 3600)
        );
    }

    #[test]
    fn codes_of_a_day_are_about_a_hundred_however_many_logins_wait_for_one() {
        assert!(taken(Throttled::Codes, 24 * 3600) <= 10 + 96);
    }

    #[test]
    fn an_account_is_never_closed_for_good() {
        let mut row = None;
        let mut now = NOW;
        for _ in 0..200 {
            match counted(Throttled::Account, row.as_ref(), now) {
                Ok(counted) => row = Some(counted),
                Err(wait) => {
                    assert!(wait <= CLOSED);
                    now = now.plus(wait);
                }
            }
        }
        let quiet = now.plus(FORGIVEN);
        let after = counted(Throttled::Account, row.as_ref(), quiet).expect("open again");
        assert_eq!(after.tries, 1);
    }

    #[test]
    fn a_network_has_a_hundred_tries_in_a_quarter_of_an_hour_and_then_again() {
        assert_eq!(taken(Throttled::Network, 899), 100);
        assert_eq!(taken(Throttled::Network, 1_799), 200);
    }

    #[test]
    fn one_of_our_staff_searches_twenty_times_in_a_quarter_of_an_hour() {
        assert_eq!(taken(Throttled::Searches, 899), 20);
        assert_eq!(taken(Throttled::Searches, 1_799), 40);
    }

    #[test]
    fn nobody_gets_more_than_a_few_mails_because_strangers_ask_for_them() {
        assert_eq!(taken(Throttled::Letters, 24 * 3600), 8);
    }

    #[test]
    fn nobody_has_more_than_a_few_mails_sent_to_addresses_that_they_might_take() {
        assert_eq!(taken(Throttled::Changes, 24 * 3600), 5);
        assert_eq!(taken(Throttled::Changes, 24 * 3600 + 10), 10);
    }

    #[test]
    fn whoever_asks_for_resets_all_day_the_owner_has_a_link_that_works_or_can_ask_for_one() {
        let (mut row, mut mails, mut works_until) = (None, 0, NOW);
        for second in 0..3 * 24 * 3600 {
            let now = NOW.plus(Duration::from_secs(second));
            match counted(Throttled::Resets, row.as_ref(), now) {
                Ok(counted) => {
                    row = Some(counted);
                    mails += 1;
                    works_until = now.plus(reset::KEPT);
                }
                Err(wait) => {
                    assert!(now < works_until, "nothing works after {second} seconds");
                    assert!(wait <= RESET_PAUSE);
                }
            }
        }
        assert!((3 * 48..=3 * 52).contains(&mails), "{mails} mails");
    }

    #[test]
    fn everybody_together_has_a_limit_that_people_do_not_meet() {
        let row = counted(Throttled::Everybody, None, NOW).expect("taken");
        let last = ThrottleRow {
            tries: OF_EVERYBODY - 1,
            ..row
        };
        let closed = counted(Throttled::Everybody, Some(&last), NOW).expect("the last one");
        assert_eq!(
            counted(Throttled::Everybody, Some(&closed), NOW),
            Err(WINDOW)
        );
        assert!(counted(Throttled::Everybody, Some(&closed), NOW.plus(WINDOW)).is_ok());
    }

    #[test]
    fn a_refused_try_does_not_make_the_wait_longer() {
        let mut row = None;
        for _ in 0..10 {
            let open = row.as_ref().map_or(NOW, |row: &ThrottleRow| row.open_at);
            row = Some(counted(Throttled::Account, row.as_ref(), open).expect("open"));
        }
        let closed = row.expect("counted");
        let later = closed.last_at.plus(Duration::from_secs(1));
        assert_eq!(
            counted(Throttled::Account, Some(&closed), later),
            Err(CLOSED - Duration::from_secs(1))
        );
    }

    #[test]
    fn a_known_device_is_counted_by_itself() {
        let mut device = DeviceRow {
            hash: "h".into(),
            user: domain::ids::UserId::from_bytes([1; 16]),
            seen_at: NOW,
            tries: 0,
            open_at: NOW,
            reset_at: None,
        };
        for _ in 0..9 {
            device = count_device(&device, device.open_at).expect("open");
        }
        device = count_device(&device, device.open_at).expect("open");
        assert_eq!(
            count_device(
                &device,
                Timestamp::from_seconds(device.open_at.seconds() - 1)
            ),
            Err(Duration::from_secs(1))
        );
    }
}
