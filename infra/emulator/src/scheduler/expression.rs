//! Schedule expressions: `rate(5 minutes)`, `at(2026-01-31T12:00:00)`, `cron(0 12 * * ? *)`, all in UTC.

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// How far ahead a cron expression is searched before it counts as never.
const SEARCH_DAYS: i64 = 366 * 12;

/// A parsed expression; times in milliseconds since the Unix epoch.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// Interval in milliseconds.
    Rate(i64),
    At(i64),
    Cron(Cron),
}

/// The six fields of a cron expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cron {
    minutes: Vec<u16>,
    hours: Vec<u16>,
    days: Days,
    months: Vec<u16>,
    years: Vec<u16>,
}

#[derive(Debug, Clone, PartialEq)]
enum Days {
    OfMonth(Vec<u16>),
    LastOfMonth,
    /// The working day nearest to a day of the month.
    NearestWorkday(u16),
    /// 1 is Sunday.
    OfWeek(Vec<u16>),
    /// Weekday and which of it in the month.
    NthOfWeek(u16, u16),
    LastOfWeek(u16),
}

impl Expression {
    /// Parses an expression; `None` for anything that the service refuses.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, inner) = text.strip_suffix(')')?.split_once('(')?;
        match kind {
            "rate" => rate(inner).map(Self::Rate),
            "at" => {
                let format = time::macros::format_description!(
                    "[year]-[month]-[day]T[hour]:[minute]:[second]"
                );
                let at = PrimitiveDateTime::parse(inner, format).ok()?;
                Some(Self::At(at.assume_utc().unix_timestamp() * 1000))
            }
            "cron" => Cron::parse(inner).map(Self::Cron),
            _ => None,
        }
    }

    /// The first time after `last` that lies after `now`. A rate keeps its beat.
    pub fn after(&self, last: i64, now: i64) -> Option<i64> {
        match self {
            Self::Rate(every) => {
                let missed = (now - last).max(0) / every;
                Some(last + (missed + 1) * every)
            }
            Self::At(_) => None,
            Self::Cron(cron) => cron.after(last.max(now)),
        }
    }
}

fn rate(inner: &str) -> Option<i64> {
    let (count, unit) = inner.split_once(' ')?;
    let count: i64 = count.parse().ok().filter(|count| *count > 0)?;
    let unit_ms = match (unit, count) {
        ("minute", 1) | ("minutes", 2..) => 60_000,
        ("hour", 1) | ("hours", 2..) => 3_600_000,
        ("day", 1) | ("days", 2..) => 86_400_000,
        _ => return None,
    };
    count.checked_mul(unit_ms)
}

impl Cron {
    fn parse(inner: &str) -> Option<Self> {
        let fields: Vec<&str> = inner.split_whitespace().collect();
        let [minutes, hours, of_month, months, of_week, years] = fields[..] else {
            return None;
        };
        let days = match (of_month, of_week) {
            ("?", week) if week != "?" => days_of_week(week)?,
            (month, "?") => days_of_month(month)?,
            _ => return None,
        };
        Some(Self {
            minutes: numbers(minutes, 0, 59, &[])?,
            hours: numbers(hours, 0, 23, &[])?,
            days,
            months: numbers(months, 1, 12, &MONTHS)?,
            years: numbers(years, 1970, 2199, &[])?,
        })
    }

    fn after(&self, after_ms: i64) -> Option<i64> {
        let after = OffsetDateTime::from_unix_timestamp(after_ms.div_euclid(1000)).ok()?;
        let mut day = after.date();
        for _ in 0..SEARCH_DAYS {
            if self.matches_day(day) {
                let times = self
                    .hours
                    .iter()
                    .flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)));
                for (hour, minute) in times {
                    let time =
                        Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, 0)
                            .ok()?;
                    let at = day.with_time(time).assume_utc();
                    if at.unix_timestamp() * 1000 > after_ms {
                        return Some(at.unix_timestamp() * 1000);
                    }
                }
            }
            day = day.next_day()?;
        }
        None
    }

    fn matches_day(&self, day: Date) -> bool {
        let has = |list: &[u16], value: u16| list.contains(&value);
        let year = u16::try_from(day.year()).unwrap_or(0);
        if !has(&self.years, year) || !has(&self.months, u16::from(u8::from(day.month()))) {
            return false;
        }
        let of_month = u16::from(day.day());
        let of_week = u16::from(day.weekday().number_days_from_sunday()) + 1;
        let last = u16::from(day.month().length(day.year()));
        match &self.days {
            Days::OfMonth(days) => has(days, of_month),
            Days::LastOfMonth => of_month == last,
            Days::NearestWorkday(wanted) => {
                nearest_workday(day.year(), day.month(), *wanted) == Some(day)
            }
            Days::OfWeek(days) => has(days, of_week),
            Days::NthOfWeek(wanted, nth) => of_week == *wanted && of_month.div_ceil(7) == *nth,
            Days::LastOfWeek(wanted) => of_week == *wanted && of_month + 7 > last,
        }
    }
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

fn days_of_month(field: &str) -> Option<Days> {
    if field == "L" {
        return Some(Days::LastOfMonth);
    }
    match field.strip_suffix('W') {
        Some(day) => number(day, 1, 31, &[]).map(Days::NearestWorkday),
        None => numbers(field, 1, 31, &[]).map(Days::OfMonth),
    }
}

fn days_of_week(field: &str) -> Option<Days> {
    if let Some((day, nth)) = field.split_once('#') {
        return Some(Days::NthOfWeek(
            number(day, 1, 7, &WEEKDAYS)?,
            number(nth, 1, 5, &[])?,
        ));
    }
    if let Some(day) = field.strip_suffix('L') {
        let day = if day.is_empty() {
            7
        } else {
            number(day, 1, 7, &WEEKDAYS)?
        };
        return Some(Days::LastOfWeek(day));
    }
    numbers(field, 1, 7, &WEEKDAYS).map(Days::OfWeek)
}

/// A field: `*`, or a list of values, ranges and steps; sorted.
fn numbers(field: &str, low: u16, high: u16, names: &[&str]) -> Option<Vec<u16>> {
    let mut values = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u16>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((from, to)) => (
                number(from, low, high, names)?,
                number(to, low, high, names)?,
            ),
            None => {
                let from = number(range, low, high, names)?;
                (from, if part.contains('/') { high } else { from })
            }
        };
        if from > to {
            return None;
        }
        values.extend((from..=to).step_by(usize::from(step)));
    }
    values.sort_unstable();
    values.dedup();
    Some(values)
}

fn number(text: &str, low: u16, high: u16, names: &[&str]) -> Option<u16> {
    if let Some(index) = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text))
    {
        return u16::try_from(index + 1).ok();
    }
    text.parse()
        .ok()
        .filter(|value| (low..=high).contains(value))
}

/// Monday to Friday nearest to a day, without leaving the month.
fn nearest_workday(year: i32, month: Month, day: u16) -> Option<Date> {
    let wanted = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    let last = month.length(year);
    let shift = match wanted.weekday() {
        time::Weekday::Saturday if wanted.day() == 1 => 2,
        time::Weekday::Saturday => -1,
        time::Weekday::Sunday if wanted.day() == last => -2,
        time::Weekday::Sunday => 1,
        _ => 0,
    };
    wanted.checked_add(Duration::days(shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        let format = &time::format_description::well_known::Rfc3339;
        OffsetDateTime::parse(text, format)
            .unwrap()
            .unix_timestamp()
            * 1000
    }

    fn next(expression: &str, after: &str) -> Option<i64> {
        let after = ms(after);
        Expression::parse(expression).unwrap().after(after, after)
    }

    #[test]
    fn rates_are_strict_about_their_unit() {
        assert_eq!(
            Expression::parse("rate(1 minute)"),
            Some(Expression::Rate(60_000))
        );
        assert_eq!(
            Expression::parse("rate(5 minutes)"),
            Some(Expression::Rate(300_000))
        );
        for wrong in [
            "rate(1 days)",
            "rate(2 day)",
            "rate(0 minutes)",
            "rate(1.5 hours)",
            "rate(5)",
            "every(5 minutes)",
        ] {
            assert_eq!(Expression::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_rate_keeps_its_beat_over_a_jump() {
        let rate = Expression::Rate(60_000);
        assert_eq!(rate.after(0, 10), Some(60_000));
        assert_eq!(rate.after(0, 600_010), Some(660_000));
    }

    #[test]
    fn cron_finds_the_next_time() {
        let cases = [
            (
                "cron(0 12 * * ? *)",
                "2026-11-23T11:59:59Z",
                "2026-11-23T12:00:00Z",
            ),
            (
                "cron(0 12 * * ? *)",
                "2026-11-23T12:00:00Z",
                "2026-11-24T12:00:00Z",
            ),
            (
                "cron(*/15 8-9 ? * MON-FRI *)",
                "2026-11-20T09:45:00Z",
                "2026-11-23T08:00:00Z",
            ),
            (
                "cron(0 0 L * ? *)",
                "2028-02-01T00:00:00Z",
                "2028-02-29T00:00:00Z",
            ),
            (
                "cron(0 9 ? * 2#1 *)",
                "2026-11-23T00:00:00Z",
                "2026-12-07T09:00:00Z",
            ),
            (
                "cron(0 9 ? * 6L *)",
                "2026-11-01T00:00:00Z",
                "2026-11-27T09:00:00Z",
            ),
            (
                "cron(0 9 1W * ? *)",
                "2026-07-31T00:00:00Z",
                "2026-08-03T09:00:00Z",
            ),
            (
                "cron(30 6 29 2 ? *)",
                "2026-01-01T00:00:00Z",
                "2028-02-29T06:30:00Z",
            ),
        ];
        for (expression, after, expected) in cases {
            assert_eq!(next(expression, after), Some(ms(expected)), "{expression}");
        }
    }

    #[test]
    fn cron_refuses_what_the_service_refuses() {
        for wrong in [
            "cron(0 12 * * * *)",
            "cron(0 12 ? * ? *)",
            "cron(60 12 * * ? *)",
            "cron(0 12 * * ?)",
            "cron(0 5-2 * * ? *)",
        ] {
            assert_eq!(Expression::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_year_gone_by_never_comes() {
        assert_eq!(next("cron(0 0 1 1 ? 2020)", "2026-01-01T00:00:00Z"), None);
    }
}
