//! By when a request that reached us must be acknowledged and answered, as data: a law and the moments that follow from it.

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime, Weekday};
use utoipa::ToSchema;

use super::{days, due, sooner};
use crate::Timestamp;

/// Working days in which California wants a request acknowledged.
const ACKNOWLEDGED_IN: u8 = 10;

/// The law under which somebody asks: which clocks run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Art. 12(3) GDPR: a month, and two more where that is said within the first.
    Gdpr,
    /// California's regulations, § 7021: acknowledged in ten working days, answered in 45 days, in 90 with notice.
    Ccpa,
}

/// The clocks of one request. Each moment was computed once and is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestClock {
    /// The law.
    pub law: Law,
    /// When the request was received; nothing that follows moves because of a check of who asks.
    pub received_at: Timestamp,
    /// By when it is acknowledged, where the law says so.
    pub acknowledge_by: Option<Timestamp>,
    /// By when it is answered.
    pub due_at: Timestamp,
    /// By when it is answered since it was extended.
    pub extended_to: Option<Timestamp>,
}

/// Why a request is not extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExtended {
    /// It was extended already.
    Already,
    /// The first time is over: the notice would come too late.
    TooLate,
}

impl RequestClock {
    /// The clocks that begin when a request is received.
    #[must_use]
    pub fn start(law: Law, received_at: Timestamp) -> Self {
        let (acknowledge_by, due_at) = match law {
            Law::Gdpr => (None, due(received_at)),
            Law::Ccpa => (
                working_days_later(received_at, ACKNOWLEDGED_IN),
                received_at.plus(days(45)),
            ),
        };
        Self {
            law,
            received_at,
            acknowledge_by,
            due_at,
            extended_to: None,
        }
    }

    /// The clocks once the person was told that it takes longer: once, and only while the first time runs.
    ///
    /// # Errors
    /// When it was extended before, or the first time is over.
    pub fn extend(self, now: Timestamp) -> Result<Self, NotExtended> {
        if self.extended_to.is_some() {
            return Err(NotExtended::Already);
        }
        if now > self.due_at {
            return Err(NotExtended::TooLate);
        }
        let extended_to = match self.law {
            Law::Gdpr => sooner(self.received_at, 3, 90),
            Law::Ccpa => self.received_at.plus(days(90)),
        };
        Ok(Self {
            extended_to: Some(extended_to),
            ..self
        })
    }
}

/// A day on which nobody works.
#[derive(Clone, Copy, Debug)]
enum Holiday {
    On(Month, u8),
    /// Which weekday of the month, counted from its beginning.
    Nth(Month, Weekday, u8),
    Last(Month, Weekday),
}

/// The federal holidays of the United States. A day off in place of one that falls on a weekend is not in the table: without
/// it the time is shorter, never longer.
const HOLIDAYS: [Holiday; 11] = [
    Holiday::On(Month::January, 1),
    Holiday::Nth(Month::January, Weekday::Monday, 3),
    Holiday::Nth(Month::February, Weekday::Monday, 3),
    Holiday::Last(Month::May, Weekday::Monday),
    Holiday::On(Month::June, 19),
    Holiday::On(Month::July, 4),
    Holiday::Nth(Month::September, Weekday::Monday, 1),
    Holiday::Nth(Month::October, Weekday::Monday, 2),
    Holiday::On(Month::November, 11),
    Holiday::Nth(Month::November, Weekday::Thursday, 4),
    Holiday::On(Month::December, 25),
];

impl Holiday {
    fn is(self, date: Date) -> bool {
        let (month, day) = (date.month(), date.day());
        match self {
            Self::On(of, on) => (month, day) == (of, on),
            Self::Nth(of, weekday, nth) => {
                (month, date.weekday()) == (of, weekday) && day.div_ceil(7) == nth
            }
            Self::Last(of, weekday) => {
                (month, date.weekday()) == (of, weekday) && day + 7 > of.length(date.year())
            }
        }
    }
}

fn is_worked(date: Date) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && !HOLIDAYS.iter().any(|holiday| holiday.is(date))
}

/// The day of receipt does not count. Nothing at the end of the calendar only.
fn working_days_later(received: Timestamp, count: u8) -> Option<Timestamp> {
    let moment = OffsetDateTime::from_unix_timestamp(received.seconds()).ok()?;
    let mut date = moment.date();
    let mut left = count;
    while left > 0 {
        date = date.next_day()?;
        left -= u8::from(is_worked(date));
    }
    let there = moment.replace_date(date).unix_timestamp();
    Some(Timestamp::from_seconds(there))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn at(moment: OffsetDateTime) -> Timestamp {
        Timestamp::from_seconds(moment.unix_timestamp())
    }

    #[test]
    fn p35_a_request_from_california_is_acknowledged_in_ten_working_days_and_answered_in_45_days() {
        let received = at(datetime!(2026-12-01 09:00 UTC));
        let clock = RequestClock::start(Law::Ccpa, received);
        let acknowledged = at(datetime!(2026-12-15 09:00 UTC));
        assert_eq!(clock.acknowledge_by, Some(acknowledged));
        assert_eq!(clock.due_at, at(datetime!(2027-01-15 09:00 UTC)));
        let extended = clock.extend(received).expect("in time");
        let until = at(datetime!(2027-03-01 09:00 UTC));
        assert_eq!(extended.extended_to, Some(until));
        assert_eq!(extended.due_at, clock.due_at, "what was promised stays");
    }

    #[test]
    fn holidays_and_weekends_are_no_working_days() {
        for (received, acknowledged) in [
            // Christmas and New Year.
            (
                datetime!(2026-12-18 0:00 UTC),
                datetime!(2027-01-05 0:00 UTC),
            ),
            // Veterans Day and Thanksgiving.
            (
                datetime!(2026-11-10 0:00 UTC),
                datetime!(2026-11-25 0:00 UTC),
            ),
            // Memorial Day, the last Monday of May.
            (
                datetime!(2027-05-28 0:00 UTC),
                datetime!(2027-06-14 0:00 UTC),
            ),
        ] {
            let clock = RequestClock::start(Law::Ccpa, at(received));
            assert_eq!(clock.acknowledge_by, Some(at(acknowledged)), "{received}");
        }
    }

    #[test]
    fn p32_a_request_under_the_gdpr_is_extended_by_two_months_once_and_within_the_first() {
        for (received, until) in [
            (
                datetime!(2026-12-15 10:00 UTC),
                datetime!(2027-03-15 10:00 UTC),
            ),
            (
                datetime!(2027-01-31 10:00 UTC),
                datetime!(2027-04-30 10:00 UTC),
            ),
            (
                datetime!(2027-06-10 10:00 UTC),
                datetime!(2027-09-08 10:00 UTC),
            ),
        ] {
            let clock = RequestClock::start(Law::Gdpr, at(received));
            assert_eq!(clock.acknowledge_by, None);
            let late = Timestamp::from_millis(clock.due_at.millis() + 1);
            assert_eq!(clock.extend(late), Err(NotExtended::TooLate));
            let extended = clock.extend(clock.due_at).expect("in time");
            assert_eq!(extended.extended_to, Some(at(until)), "{received}");
            assert_eq!(extended.extend(clock.due_at), Err(NotExtended::Already));
        }
    }

    #[test]
    fn no_clock_ever_runs_longer_than_its_law_allows() {
        let first = at(datetime!(2026-01-01 0:00 UTC));
        for day in 0..1_500 {
            let received = first.plus(days(day));
            for (law, answered, extended) in [(Law::Gdpr, 30, 90), (Law::Ccpa, 45, 90)] {
                let clock = RequestClock::start(law, received);
                assert!(clock.due_at <= received.plus(days(answered)));
                let longer = clock.extend(received).expect("in time").extended_to;
                assert!(longer.is_some_and(|until| until > clock.due_at));
                assert!(longer <= Some(received.plus(days(extended))));
                let latest = received.plus(days(18));
                assert!(clock.acknowledge_by.is_none_or(|by| by <= latest), "{day}");
            }
        }
    }
}
