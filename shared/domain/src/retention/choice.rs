//! How long a workspace keeps what it holds of a fan after the last contact: the pure part.

use std::time::Duration;

use crate::Timestamp;

/// Days unless a workspace has chosen.
pub const DEFAULT_DAYS: u16 = 365;
/// The shortest choice, in days.
pub const SHORTEST_DAYS: u16 = 30;
/// The longest choice, in days.
pub const LONGEST_DAYS: u16 = 730;
/// How long a shorter choice can be taken back before it counts.
pub const SHORTER_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What a workspace has chosen. A longer time counts at once; a shorter one later, because nothing brings a fan back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Days that were chosen; absent: never.
    pub days: Option<u16>,
    /// A shorter time, and from when it counts.
    pub next: Option<(u16, Timestamp)>,
}

impl Choice {
    /// The days that count now.
    #[must_use]
    pub fn days(self, now: Timestamp) -> u16 {
        match self.next {
            Some((days, from)) if from <= now => days,
            _ => self.days.unwrap_or(DEFAULT_DAYS),
        }
    }

    /// The shorter time that does not count yet.
    #[must_use]
    pub fn waiting(self, now: Timestamp) -> Option<(u16, Timestamp)> {
        self.next.filter(|(_, from)| *from > now)
    }

    /// Whether fans would go sooner by these days than by those that count now.
    #[must_use]
    pub fn is_shortened_by(self, days: u16, now: Timestamp) -> bool {
        days < self.days(now)
    }

    /// What holds once somebody has chosen these days. The same choice once more begins no new time.
    #[must_use]
    pub fn change(self, days: u16, now: Timestamp) -> Self {
        match self.waiting(now) {
            Some((waiting, _)) if waiting == days => self,
            _ if self.is_shortened_by(days, now) => Self {
                days: Some(self.days(now)),
                next: Some((days, now.plus(SHORTER_AFTER))),
            },
            _ => Self {
                days: Some(days),
                next: None,
            },
        }
    }

    /// Whose last contact is as old as this goes now.
    #[must_use]
    pub fn cutoff(self, now: Timestamp) -> Timestamp {
        now.minus(kept(self.days(now)))
    }

    /// Whether a fan goes, by the last activity of each of their conversations.
    #[must_use]
    pub fn is_over(self, contacts: impl IntoIterator<Item = Timestamp>, now: Timestamp) -> bool {
        let newest = contacts.into_iter().max();
        newest.is_some_and(|newest| newest <= self.cutoff(now))
    }

    /// In how many days a fan with this last contact goes, begun days counted; zero: it is time.
    #[must_use]
    pub fn days_left(self, contact: Timestamp, now: Timestamp) -> u64 {
        let by_now = contact.plus(kept(self.days(now)));
        let goes = self.waiting(now).map_or(by_now, |(days, from)| {
            by_now.min(contact.plus(kept(days)).max(from))
        });
        now.until(goes).as_secs().div_ceil(DAY.as_secs())
    }
}

fn kept(days: u16) -> Duration {
    DAY * u32::from(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Timestamp {
        Timestamp::from_seconds(day * 86_400)
    }

    #[test]
    fn p41_a_fan_is_kept_a_year_after_the_last_contact_unless_another_time_was_chosen() {
        let (never, longer) = (Choice::default(), Choice::default().change(730, day(0)));
        for (choice, days) in [(never, 365), (longer, 730)] {
            assert!(!choice.is_over([day(0)], day(days - 1)), "{choice:?}");
            assert!(choice.is_over([day(0)], day(days)), "{choice:?}");
        }
    }

    #[test]
    fn the_newest_contact_in_any_conversation_counts_and_nobody_goes_without_one() {
        let choice = Choice::default();
        assert!(choice.is_over([day(0), day(1)], day(366)));
        assert!(!choice.is_over([day(0), day(2)], day(366)));
        assert!(!choice.is_over([], day(10_000)));
    }

    #[test]
    fn a_shorter_choice_counts_seven_days_later_and_a_longer_one_at_once() {
        let shorter = Choice::default().change(30, day(10));
        assert_eq!((shorter.days(day(16)), shorter.days(day(17))), (365, 30));
        assert_eq!(shorter.waiting(day(16)), Some((30, day(17))));
        assert_eq!(shorter.waiting(day(17)), None);
        let longer = shorter.change(400, day(20));
        assert_eq!((longer.days(day(20)), longer.next), (400, None));
    }

    #[test]
    fn a_slip_is_taken_back_and_the_same_choice_begins_no_new_time() {
        let slip = Choice::default().change(30, day(10));
        assert_eq!(slip.change(30, day(12)), slip);
        let back = slip.change(365, day(12));
        assert_eq!((back.days(day(100)), back.next), (365, None));
        let other = slip.change(60, day(12));
        assert_eq!(other.waiting(day(12)), Some((60, day(19))));
    }

    #[test]
    fn the_first_fan_goes_a_week_after_a_shorter_choice_at_the_earliest() {
        let choice = Choice::default().change(30, day(100));
        assert_eq!(choice.days_left(day(0), day(100)), 7, "long over");
        assert_eq!(choice.days_left(day(90), day(100)), 20);
        assert_eq!(choice.days_left(day(0), day(107)), 0);
        // What would have gone sooner by the former choice still does.
        let nearly = Choice::default().change(60, day(363));
        assert_eq!(nearly.days_left(day(0), day(363)), 2);
        let begun = day(100).plus(Duration::from_secs(1));
        assert_eq!(Choice::default().days_left(day(0), begun), 265);
    }

    #[test]
    fn the_limits_are_those_of_the_published_table() {
        let published = crate::retention::TABLE
            .iter()
            .find(|rule| rule.data == "fan messages and profile");
        let said = format!(
            "as the creator chooses, {SHORTEST_DAYS} to {LONGEST_DAYS} days after the last contact; {DEFAULT_DAYS} days unless chosen"
        );
        assert_eq!(published.map(|rule| rule.kept), Some(said.as_str()));
    }
}
