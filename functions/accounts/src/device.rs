//! The mark of a browser from which its owner got in: its tries are counted by themselves (see [`crate::throttle`]).

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::ids::UserId;
use http_kit::{Answer, Cookie};
use store::row::DeviceRow;
use tenancy::hash_token_hex;

use crate::error::AccountsError;
use crate::session;

/// How long a browser keeps the mark.
const KEPT: Duration = Duration::from_secs(180 * 24 * 3600);

/// Whether somebody has logged in from it before. Whoever reads the owner's mail can reset the password, so a reset alone
/// makes no browser familiar.
pub(crate) fn is_familiar(device: Option<&DeviceRow>) -> bool {
    device.is_some_and(|device| device.reset_at.is_none())
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

    /// A fresh mark for a browser in which a password was reset and nobody has logged in yet.
    pub(crate) fn by_reset(app: &App, user: UserId) -> Self {
        let mut marked = Self::fresh(app, user);
        marked.row.reset_at = Some(marked.row.seen_at);
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
    use domain::Timestamp;

    #[test]
    fn a_browser_is_familiar_once_somebody_has_logged_in_from_it() {
        let now = Timestamp::from_seconds(1_000);
        let mut device = DeviceRow {
            hash: "h".into(),
            user: UserId::from_bytes([1; 16]),
            seen_at: now,
            tries: 0,
            open_at: now,
            reset_at: Some(now),
        };
        assert!(!is_familiar(None));
        assert!(!is_familiar(Some(&device)));
        device.reset_at = None;
        assert!(is_familiar(Some(&device)));
    }
}
