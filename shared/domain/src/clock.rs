//! Time as the product sees it: milliseconds since the Unix epoch, read from an injected [`Clock`].

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime};

/// Milliseconds since 1970-01-01T00:00:00Z. Stored as a number, shown as RFC 3339 UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From seconds since the epoch, as Telegram and DynamoDB's TTL count.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whole minutes since the epoch, rounded down: the unit of `tick`'s sweeps.
    pub const fn minute(self) -> i64 {
        self.0.div_euclid(60_000)
    }

    /// Whole UTC days since the epoch, rounded down.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }

    /// Whole UTC months since the epoch, rounded down.
    pub fn month(self) -> i64 {
        let Ok(moment) = OffsetDateTime::from_unix_timestamp(self.seconds()) else {
            return 0;
        };
        let month = i64::from(u8::from(moment.month())) - 1;
        (i64::from(moment.year()) - 1970) * 12 + month
    }

    /// When a month begins, counted as [`Timestamp::month`] counts; the epoch for one that no calendar has.
    pub fn of_month(month: i64) -> Self {
        let begins = || {
            let year = i32::try_from(month.div_euclid(12) + 1970).ok()?;
            let number = u8::try_from(month.rem_euclid(12) + 1).ok()?;
            let date = Date::from_calendar_date(year, Month::try_from(number).ok()?, 1).ok()?;
            Some(date.midnight().assume_utc().unix_timestamp())
        };
        begins().map_or(Self(0), Self::from_seconds)
    }

    /// Reads RFC 3339 with any offset; whole milliseconds are kept.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis).ok().map(Self)
    }

    /// This moment plus a duration; saturates at the end of time.
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// This moment less a duration; saturates at the beginning of time.
    pub fn minus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(millis))
    }

    /// How long until `later`, zero if it has passed.
    pub fn until(self, later: Timestamp) -> Duration {
        Duration::from_millis(later.0.saturating_sub(self.0).max(0).unsigned_abs())
    }

    /// RFC 3339 in UTC, for example `2026-11-23T18:00:00.5Z`.
    pub fn rfc3339(self) -> String {
        let nanos = i128::from(self.0) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .unwrap_or_else(|| String::from("1970-01-01T00:00:00Z"))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// The only way to learn the time. Tests bring their own.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock, moved by a fixed offset (zero outside the laptop host).
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock {
    offset_seconds: i64,
}

impl SystemClock {
    /// A clock that runs `offset_seconds` ahead of the machine's.
    pub const fn with_offset(offset_seconds: i64) -> Self {
        Self { offset_seconds }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let millis = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
        Timestamp(millis.saturating_add(self.offset_seconds.saturating_mul(1000)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_lasts_until_the_first_moment_of_the_next_one() {
        let first = Timestamp::from_rfc3339("2026-12-01T00:00:00Z").expect("a moment");
        let month = first.month();
        assert_eq!(month, 56 * 12 + 11);
        assert_eq!(Timestamp::of_month(month), first);
        assert_eq!(
            Timestamp::from_millis(first.millis() - 1).month(),
            month - 1
        );
        let next = Timestamp::of_month(month + 1);
        assert_eq!(next.rfc3339(), "2027-01-01T00:00:00Z");
        assert_eq!(Timestamp::from_seconds(-1).month(), -1);
        assert_eq!(Timestamp::default().month(), 0);
    }

    #[test]
    fn a_timestamp_prints_as_rfc3339_in_utc() {
        assert_eq!(
            Timestamp::from_seconds(1_795_456_800).rfc3339(),
            "2026-11-23T18:00:00Z"
        );
        let read = Timestamp::from_rfc3339("2026-11-23T19:00:00.25+01:00");
        assert_eq!(read, Some(Timestamp::from_millis(1_795_456_800_250)));
        assert_eq!(Timestamp::from_rfc3339("yesterday"), None);
    }

    #[test]
    fn until_a_moment_in_the_past_is_zero() {
        let now = Timestamp::from_seconds(100);
        assert_eq!(now.until(Timestamp::from_seconds(40)), Duration::ZERO);
        assert_eq!(
            now.until(Timestamp::from_seconds(101)),
            Duration::from_secs(1)
        );
    }
}
