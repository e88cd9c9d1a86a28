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
