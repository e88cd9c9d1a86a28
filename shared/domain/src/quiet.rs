//! Quiet hours: when a member wants to hear only of what cannot wait.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use crate::Timestamp;

const MINUTES_OF_AN_HOUR: i16 = 60;
/// The longest name of a time zone that is looked up.
const LONGEST_NAME: usize = 64;

/// Hours of every day, by the clock on the wall where the member lives. From the first minute on, up to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Minutes since midnight.
    from: i16,
    /// The same; before `from` when midnight lies between them.
    to: i16,
    /// A name of the IANA database, such as `Europe/Berlin`.
    zone: String,
}

impl QuietHours {
    /// From two times of day, as `22:30`, and a time zone. Nothing when one of them is none, or both times are the same.
    pub fn parse(from: &str, to: &str, zone: &str) -> Option<Self> {
        let (from, to) = (minute_of_day(from)?, minute_of_day(to)?);
        zone_of(zone)?;
        (from != to).then(|| Self {
            from,
            to,
            zone: zone.to_owned(),
        })
    }

    /// When they begin, as `22:30`.
    pub fn begins(&self) -> String {
        time_of_day(self.from)
    }

    /// When they end, as `07:00`.
    pub fn ends(&self) -> String {
        time_of_day(self.to)
    }

    /// Where: a name of the IANA database.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// When the quiet ends that holds at this moment; nothing outside of it. Where a clock is set back, an hour that comes
    /// twice is quiet once; where it is set forward over the end, the quiet ends as much later.
    pub fn until(&self, now: Timestamp) -> Option<Timestamp> {
        let zone = zone_of(&self.zone)?;
        let here = jiff::Timestamp::from_millisecond(now.millis())
            .ok()?
            .to_zoned_datetime(zone.clone());
        let minute = i16::from(here.hour()) * MINUTES_OF_AN_HOUR + i16::from(here.minute());
        let is_quiet = match self.from < self.to {
            true => (self.from..self.to).contains(&minute),
            false => minute >= self.from || minute < self.to,
        };
        if !is_quiet {
            return None;
        }
        let day = match minute < self.to {
            true => here.date(),
            false => here.date().tomorrow().ok()?,
        };
        let hour = i8::try_from(self.to / MINUTES_OF_AN_HOUR).ok()?;
        let minute = i8::try_from(self.to % MINUTES_OF_AN_HOUR).ok()?;
        let end = day.at(hour, minute, 0, 0).to_zoned_datetime(zone).ok()?;
        let end = Timestamp::from_millis(end.timestamp().as_millisecond());
        (end > now).then_some(end)
    }
}

/// Minutes since midnight of `22:30`.
fn minute_of_day(text: &str) -> Option<i16> {
    let (hour, minute) = text.split_once(':')?;
    let number = |digits: &str, end: i16| {
        let is_plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_plain.then(|| digits.parse::<i16>().ok()).flatten();
        number.filter(|number| *number < end)
    };
    Some(number(hour, 24)? * MINUTES_OF_AN_HOUR + number(minute, MINUTES_OF_AN_HOUR)?)
}

fn time_of_day(minutes: i16) -> String {
    let (hour, minute) = (minutes / MINUTES_OF_AN_HOUR, minutes % MINUTES_OF_AN_HOUR);
    format!("{hour:02}:{minute:02}")
}

/// The rules of a zone, from the database that is part of the program: machines differ in theirs.
fn zone_of(name: &str) -> Option<TimeZone> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    TimeZoneDatabase::bundled().get(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night() -> QuietHours {
        QuietHours::parse("22:00", "07:30", "Europe/Berlin").expect("quiet hours")
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).expect("a moment")
    }

    #[test]
    fn a_night_ends_in_the_morning_of_the_place() {
        let end = Some(at("2026-01-12T07:30:00+01:00"));
        assert_eq!(night().until(at("2026-01-11T22:00:00+01:00")), end);
        assert_eq!(night().until(at("2026-01-12T03:00:00+01:00")), end);
        assert_eq!(night().until(at("2026-01-12T07:29:59+01:00")), end);
        assert_eq!(night().until(at("2026-01-12T07:30:00+01:00")), None);
        assert_eq!(night().until(at("2026-01-11T21:59:59+01:00")), None);
    }

    #[test]
    fn hours_within_a_day_end_on_it() {
        let noon = QuietHours::parse("12:00", "13:30", "America/New_York").expect("quiet hours");
        let end = Some(at("2026-07-01T13:30:00-04:00"));
        assert_eq!(noon.until(at("2026-07-01T12:15:00-04:00")), end);
        assert_eq!(noon.until(at("2026-07-01T03:00:00-04:00")), None);
    }

    #[test]
    fn clocks_that_are_set_move_the_end_with_them() {
        // On 29 March 2026 clocks in Berlin go from 2 to 3, on 25 October from 3 back to 2.
        let spring = night().until(at("2026-03-28T23:00:00+01:00"));
        assert_eq!(spring, Some(at("2026-03-29T07:30:00+02:00")));
        let autumn = night().until(at("2026-10-24T23:00:00+02:00"));
        assert_eq!(autumn, Some(at("2026-10-25T07:30:00+01:00")));
        let early = QuietHours::parse("22:00", "02:30", "Europe/Berlin").expect("quiet hours");
        let skipped = early.until(at("2026-03-29T01:00:00+01:00"));
        assert_eq!(skipped, Some(at("2026-03-29T03:30:00+02:00")));
        let again = early.until(at("2026-10-25T02:10:00+01:00"));
        assert_eq!(again, None, "the hour was quiet when it came first");
    }

    #[test]
    fn what_is_no_time_no_zone_or_no_span_is_refused() {
        for (from, to, zone) in [
            ("24:00", "07:00", "UTC"),
            ("7:00", "08:00", "UTC"),
            ("22:60", "08:00", "UTC"),
            ("+1:00", "08:00", "UTC"),
            ("22:00", "22:00", "UTC"),
            ("22:00", "07:00", "Europe/Atlantis"),
            ("22:00", "07:00", ""),
        ] {
            let read = QuietHours::parse(from, to, zone);
            assert!(read.is_none(), "{from} {to} {zone}");
        }
        let read = night();
        assert_eq!(format!("{}-{}", read.begins(), read.ends()), "22:00-07:30");
    }
}
