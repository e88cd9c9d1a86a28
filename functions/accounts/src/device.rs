//! The mark of a browser from which its owner got in: its tries are counted by themselves (see [`crate::throttle`]).

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::ids::UserId;
use http_kit::{Answer, Cookie, Problem};
use store::keys;
use store::row::{DeviceRow, LoginRow, SecondFactorRow};
use tenancy::hash_token_hex;

use crate::error::AccountsError;
use crate::session;

/// How long a browser keeps the mark.
const KEPT: Duration = Duration::from_secs(180 * 24 * 3600);

/// Whether somebody has logged in from it with the credentials that are in force. Whoever reads the owner's mail can reset the
/// password, so a reset alone makes no browser familiar.
pub(crate) fn is_familiar(device: &DeviceRow, login: &LoginRow) -> bool {
    let since = |at: Timestamp| at <= device.seen_at;
    device.reset_at.is_none() && login.credentials_at.is_none_or(since)
}

/// Whether its tries are counted by themselves: it was marked as the person's, and no mail has brought the account back since.
/// Somebody else may have been in it until then, and from there.
pub(crate) fn is_known(device: &DeviceRow, login: &LoginRow) -> bool {
    let marked_at = device.seen_at.max(device.reset_at.unwrap_or_default());
    device.user == login.user && login.recovered_at.is_none_or(|at| at <= marked_at)
}

/// Whether somebody has logged in from it: a reset is no login, and takes none away.
fn has_entered(device: &DeviceRow) -> bool {
    device
        .reset_at
        .is_none_or(|reset_at| device.seen_at < reset_at)
}

/// Whether somebody has logged in from it with this authenticator.
pub(crate) fn has_used(device: &DeviceRow, factor: &SecondFactorRow) -> bool {
    let since = |confirmed_at: Timestamp| confirmed_at <= device.seen_at;
    has_entered(device) && factor.confirmed_at.is_some_and(since)
}

/// The device that a call comes from, if it was marked as this person's. At most one call.
pub(crate) async fn of(app: &App, call: &Call, user: UserId) -> Result<Option<DeviceRow>, Problem> {
    let Some(cookie) = http_kit::cookie(call.request().headers(), Cookie::Device) else {
        return Ok(None);
    };
    let key = keys::device(&hash_token_hex(cookie.as_bytes()));
    let routing = app.store.routing();
    let found = routing.find::<DeviceRow>(&key).await.or_problem()?;
    let row = found.map(|found| found.row);
    Ok(row.filter(|row| row.user == user))
}

/// The device of a call with which its person changes what opens their account, at that moment: it stays as familiar as it was.
/// At most one call.
pub(crate) async fn staying(
    app: &App,
    call: &Call,
    login: &LoginRow,
    at: Timestamp,
) -> Result<Option<DeviceRow>, Problem> {
    let device = of(app, call, login.user).await?;
    let familiar = device.filter(|device| is_familiar(device, login));
    Ok(familiar.map(|device| DeviceRow {
        seen_at: at,
        ..device
    }))
}

/// The device and the value of its cookie.
pub(crate) struct Marked {
    pub(crate) row: DeviceRow,
    value: String,
}

impl Marked {
    /// A fresh mark, so that nobody can choose it.
    pub(crate) fn fresh(app: &App, user: UserId) -> Self {
        Self::of(app, user, session::token(app).to_string())
    }

    /// The mark of a browser in which a password was reset and nobody has logged in since. A device from which somebody had
    /// logged in before remembers that.
    pub(crate) fn by_reset(
        app: &App,
        call: &Call,
        user: UserId,
        former: Option<DeviceRow>,
        at: Timestamp,
    ) -> Self {
        let former = former.filter(has_entered);
        let mut marked = Self::kept(app, call, user, former.is_some());
        marked.row.seen_at = former.map_or(at, |device| device.seen_at);
        marked.row.reset_at = Some(at);
        marked
    }

    /// Keeps the mark of a device that is known to be the person's; gives another one a fresh mark.
    pub(crate) fn kept(app: &App, call: &Call, user: UserId, known: bool) -> Self {
        let brought = http_kit::cookie(call.request().headers(), Cookie::Device);
        match brought.filter(|_| known) {
            Some(kept) => Self::of(app, user, kept.to_owned()),
            None => Self::fresh(app, user),
        }
    }

    fn of(app: &App, user: UserId, value: String) -> Self {
        let now = app.clock.now();
        Self {
            row: DeviceRow {
                hash: hash_token_hex(value.as_bytes()),
                user,
                seen_at: now,
                tries: 0,
                open_at: now,
                reset_at: None,
            },
            value,
        }
    }

    /// The answer with the cookie that carries the mark.
    pub(crate) fn on(&self, answer: Answer) -> Answer {
        let cookie = Cookie::Device
            .set(&self.value, KEPT)
            .map_err(AccountsError::from)
            .or_problem()?;
        Ok(http_kit::with_cookie(answer?, cookie))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Sealed;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn device(seen_at: i64, reset_at: Option<i64>) -> DeviceRow {
        DeviceRow {
            hash: "h".into(),
            user: UserId::from_bytes([1; 16]),
            seen_at: at(seen_at),
            tries: 0,
            open_at: at(seen_at),
            reset_at: reset_at.map(at),
        }
    }

    fn login(recovered_at: Option<i64>) -> LoginRow {
        LoginRow {
            second_factor: true,
            recovered_at: recovered_at.map(at),
            credentials_at: recovered_at.map(at),
            ..LoginRow::new(
                UserId::from_bytes([1; 16]),
                "ab".into(),
                Default::default(),
                at(0),
            )
        }
    }

    #[test]
    fn a_browser_is_familiar_once_somebody_has_logged_in_from_it() {
        assert!(!is_familiar(&device(1_000, Some(1_000)), &login(None)));
        assert!(is_familiar(&device(1_000, None), &login(None)));
    }

    #[test]
    fn a_browser_is_familiar_no_longer_once_the_credentials_changed() {
        let changed = LoginRow {
            credentials_at: Some(at(1_000)),
            ..login(None)
        };
        assert!(!is_familiar(&device(999, None), &changed));
        assert!(is_familiar(&device(1_000, None), &changed));
        assert!(is_known(&device(999, None), &changed), "its owner gets in");
    }

    #[test]
    fn marks_from_before_a_reset_are_anybodys_but_for_the_browser_that_made_it() {
        assert!(is_known(&device(1_000, None), &login(None)));
        let reset = login(Some(2_000));
        assert!(!is_known(&device(1_999, None), &reset));
        assert!(
            !is_known(&device(1_500, Some(1_500)), &reset),
            "an earlier reset"
        );
        assert!(is_known(&device(2_000, Some(2_000)), &reset));
        assert!(is_known(&device(1_000, Some(2_000)), &reset));
        assert!(is_known(&device(2_001, None), &reset));
        let others = LoginRow {
            user: UserId::from_bytes([2; 16]),
            ..login(None)
        };
        assert!(!is_known(&device(1_000, None), &others));
    }

    #[test]
    fn a_device_has_used_an_authenticator_after_a_login_and_not_after_a_reset() {
        let confirmed = |confirmed_at: Option<i64>| SecondFactorRow {
            secret: Sealed::default(),
            confirmed_at: confirmed_at.map(at),
            last_step: 0,
            recovery: Vec::new(),
            created_at: at(1),
        };
        let factor = confirmed(Some(1_000));
        assert!(has_used(&device(1_000, None), &factor));
        assert!(has_used(&device(1_000, Some(2_000)), &factor));
        assert!(!has_used(&device(2_000, Some(2_000)), &factor));
        assert!(!has_used(&device(999, None), &factor));
        assert!(!has_used(&device(2_000, None), &confirmed(None)));
    }
}
