//! Days and months of the Gregorian calendar in UTC, in which billing periods are counted.

const DAY: i64 = 86_400;

/// How often a price is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interval {
    Day(i64),
    Week(i64),
    Month(i64),
    Year(i64),
}

impl Interval {
    pub(crate) fn new(name: &str, count: i64) -> Option<Self> {
        match name {
            "day" => Some(Self::Day(count)),
            "week" => Some(Self::Week(count)),
            "month" => Some(Self::Month(count)),
            "year" => Some(Self::Year(count)),
            _ => None,
        }
    }

    /// `times` intervals after `anchor`. The anchor's day of the month stays, or becomes the month's last one.
    fn after(self, anchor: i64, times: i64) -> i64 {
        match self {
            Self::Day(count) => anchor + count * times * DAY,
            Self::Week(count) => anchor + count * times * 7 * DAY,
            Self::Month(count) => add_months(anchor, count * times),
            Self::Year(count) => add_months(anchor, count * times * 12),
        }
    }

    /// The end of the period that begins at, or holds, `moment`, counted from `anchor`.
    pub(crate) fn end_after(self, anchor: i64, moment: i64) -> i64 {
        let mut times = 1;
        // From the anchor on, not from the last end: a 31st comes back after a February.
        while self.after(anchor, times) <= moment {
            times += 1;
        }
        self.after(anchor, times)
    }
}

fn add_months(moment: i64, months: i64) -> i64 {
    let (year, month, day) = date(moment.div_euclid(DAY));
    let counted = year * 12 + (month - 1) + months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    let day = day.min(days_in(year, month));
    days(year, month, day) * DAY + moment.rem_euclid(DAY)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 (Howard Hinnant's algorithm: years begin in March, eras last 400 years).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let part = (5 * of_year + 2) / 153;
    let day = of_year - (153 * part + 2) / 5 + 1;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// A moment as thin events tell it.
pub(crate) fn rfc3339(moment: i64) -> String {
    let (year, month, day) = date(moment.div_euclid(DAY));
    let second = moment.rem_euclid(DAY);
    let (hours, minutes) = (second / 3_600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{:02}.000Z",
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2027-01-31 10:00:00 UTC.
    const LAST_OF_JANUARY: i64 = 1_801_389_600;

    #[test]
    fn a_moment_is_told_in_universal_time() {
        assert_eq!(rfc3339(LAST_OF_JANUARY), "2027-01-31T10:00:00.000Z");
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(1_709_164_800), "2024-02-29T00:00:00.000Z");
    }

    #[test]
    fn a_month_from_the_31st_ends_on_the_last_day_and_the_31st_comes_back() {
        let month = Interval::Month(1);
        let first = month.end_after(LAST_OF_JANUARY, LAST_OF_JANUARY);
        assert_eq!(rfc3339(first), "2027-02-28T10:00:00.000Z");
        let second = month.end_after(LAST_OF_JANUARY, first);
        assert_eq!(rfc3339(second), "2027-03-31T10:00:00.000Z");
    }

    #[test]
    fn a_year_from_a_leap_day_ends_on_the_28th() {
        let leap_day = 1_709_164_800;
        let end = Interval::Year(1).end_after(leap_day, leap_day);
        assert_eq!(rfc3339(end), "2025-02-28T00:00:00.000Z");
    }

    #[test]
    fn every_day_of_four_centuries_is_its_own_date() {
        for day in -146_097..146_097 {
            let (year, month, of_month) = date(day);
            assert_eq!(days(year, month, of_month), day);
        }
    }
}
