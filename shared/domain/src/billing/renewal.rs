//! What a person is told beforehand: renewals, and the end of a trial.

use std::time::Duration;

use super::{Interval, InvoiceId, Standing, SubscriptionCopy, SubscriptionStatus, days, standing};
use crate::Timestamp;
use crate::notice::{NoticeId, ParseNoticeIdError};

/// How often a workspace is looked at though nothing was heard of it.
pub const LOOK_EVERY: Duration = days(1);
/// How long before its end a trial is said to end.
pub const TRIAL_NOTICE: Duration = days(3);

/// When a notice is to go out: from its opening on, and before its close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub opens: Timestamp,
    /// From here on it is late, and goes out all the same.
    pub closes: Timestamp,
}

/// Something that a person is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Names the fact, so that telling it again finds the notice that is there.
    pub id: NoticeId,
    /// When it is to go out.
    pub window: Window,
    /// What it is about: the renewal, or the end.
    pub about: Timestamp,
}

/// When the next renewal is told, and when it is: 7 to 3 days before a month, 30 to 15 before a year, which lies within the 15 to
/// 45 days of California's law; 7 to 3 before the first payment after a trial of Stripe's. Nothing where nothing renews.
pub fn renewal_window(copy: &SubscriptionCopy) -> Option<(Window, Timestamp)> {
    let renews = copy.period?.end;
    let (opens, closes) = match (&copy.status, copy.interval) {
        (SubscriptionStatus::Trialing, _) | (SubscriptionStatus::Active, Interval::Month) => {
            (days(7), days(3))
        }
        (SubscriptionStatus::Active, Interval::Year) => (days(30), days(15)),
        _ => return None,
    };
    if copy.ends_at().is_some_and(|end| end <= renews) {
        return None;
    }
    let window = Window {
        opens: before(renews, opens),
        closes: before(renews, closes),
    };
    Some((window, renews))
}

/// The renewal that is to be told now. One notice for each moment of renewal: it is named by that.
pub fn renewal_notice(copy: &SubscriptionCopy, now: Timestamp) -> Option<Notice> {
    let (window, about) = renewal_window(copy)?;
    told(renewal_name(about), window, about, now)
}

/// The end of the trial, if it is to be told now: to whoever has bought nothing.
pub fn trial_notice(
    copy: Option<&SubscriptionCopy>,
    created_at: Timestamp,
    now: Timestamp,
) -> Option<Notice> {
    let (window, about) = trial_window(copy, created_at, now)?;
    told(trial_name(about), window, about, now)
}

/// Names the notice of the renewal at a moment.
///
/// # Errors
/// Never for a moment that a clock can show.
pub fn renewal_name(renews: Timestamp) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("renewal", renews.seconds())
}

/// Names the notice of the end of a trial at a moment.
///
/// # Errors
/// Never for a moment that a clock can show.
pub fn trial_name(until: Timestamp) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("trial-ending", until.seconds())
}

/// Names the receipt of an invoice: one, however often it is said to be paid.
///
/// # Errors
/// When Stripe's name for the invoice is longer than any that we know.
pub fn receipt(invoice: &InvoiceId) -> Result<NoticeId, ParseNoticeIdError> {
    NoticeId::new("receipt", invoice)
}

/// When a workspace is looked at next: in a day, or when the next notice is to go out.
pub fn next_look(
    copy: Option<&SubscriptionCopy>,
    created_at: Timestamp,
    now: Timestamp,
) -> Timestamp {
    let windows = [
        copy.and_then(renewal_window),
        trial_window(copy, created_at, now),
    ];
    let opens = windows
        .into_iter()
        .flatten()
        .map(|(window, _)| window.opens);
    let later = opens.filter(|opens| *opens > now);
    later.fold(now.plus(LOOK_EVERY), Timestamp::min)
}

fn trial_window(
    copy: Option<&SubscriptionCopy>,
    created_at: Timestamp,
    now: Timestamp,
) -> Option<(Window, Timestamp)> {
    let Standing::Trial { until } = standing(copy, created_at, now) else {
        return None;
    };
    let window = Window {
        opens: before(until, TRIAL_NOTICE),
        closes: until,
    };
    Some((window, until))
}

fn told(
    id: Result<NoticeId, ParseNoticeIdError>,
    window: Window,
    about: Timestamp,
    now: Timestamp,
) -> Option<Notice> {
    let is_time = window.opens <= now && now < about;
    let id = id.ok()?;
    is_time.then_some(Notice { id, window, about })
}

fn before(at: Timestamp, duration: Duration) -> Timestamp {
    let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(at.millis().saturating_sub(millis))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::{Period, Plan};
    use super::*;

    /// A workspace of long ago, whose trial is over.
    const CREATED: Timestamp = Timestamp::from_millis(0);
    const DAY: i64 = 86_400;

    fn at(day: i64) -> Timestamp {
        Timestamp::from_seconds(day * DAY)
    }

    /// Renews on day 1000.
    fn copy(status: &str, interval: Interval) -> SubscriptionCopy {
        let start = match interval {
            Interval::Month => at(970),
            Interval::Year => at(635),
        };
        SubscriptionCopy {
            id: "sub_1".parse().expect("an id"),
            status: status.into(),
            plan: Plan::Creator,
            interval,
            price: None,
            amount: Some(2_900),
            currency: None,
            quantity: 1,
            period: Some(Period {
                start,
                end: at(1000),
            }),
            trial_end: None,
            cancel_at: None,
            cancel_at_period_end: false,
            cancelled_at: None,
            bought_at: Some(start),
            past_due_since: None,
        }
    }

    #[test]
    fn p15_a_renewal_is_told_seven_days_before_a_month_and_thirty_before_a_year() {
        for (interval, first) in [(Interval::Month, 993), (Interval::Year, 970)] {
            let copy = copy("active", interval);
            let early = Timestamp::from_millis(at(first).millis() - 1);
            assert_eq!(renewal_notice(&copy, early), None);
            let notice = renewal_notice(&copy, at(first)).expect("a notice");
            assert_eq!((notice.window.opens, notice.about), (at(first), at(1000)));
            assert_eq!(renewal_notice(&copy, at(1000)), None, "it has renewed");
        }
    }

    #[test]
    fn p15_a_year_is_told_within_the_fifteen_to_forty_five_days_of_california() {
        let (window, renews) = renewal_window(&copy("active", Interval::Year)).expect("a window");
        assert!(window.opens >= before(renews, days(45)));
        assert!(window.closes <= before(renews, days(15)));
        assert!(window.opens.until(window.closes) > LOOK_EVERY);
    }

    #[test]
    fn p15_the_first_payment_after_a_trial_is_told_three_to_twenty_one_days_before() {
        for interval in [Interval::Month, Interval::Year] {
            let window = renewal_window(&copy("trialing", interval)).map(|(window, _)| window);
            let expected = Window {
                opens: at(993),
                closes: at(997),
            };
            assert_eq!(window, Some(expected));
        }
    }

    #[test]
    fn p15_what_does_not_renew_is_not_said_to() {
        let leaving = SubscriptionCopy {
            cancel_at_period_end: true,
            ..copy("active", Interval::Month)
        };
        assert_eq!(renewal_notice(&leaving, at(995)), None);
        for status in [
            "canceled",
            "past_due",
            "unpaid",
            "paused",
            "incomplete",
            "dreaming",
        ] {
            let copy = copy(status, Interval::Month);
            assert_eq!(renewal_notice(&copy, at(995)), None, "{status}");
        }
        let renews_once_more = SubscriptionCopy {
            cancel_at: Some(at(1010)),
            ..copy("active", Interval::Month)
        };
        assert!(renewal_notice(&renews_once_more, at(995)).is_some());
    }

    #[test]
    fn p15_a_receipt_is_named_by_its_invoice() {
        let invoice = "in_1MtHbELkdIwHu7ixl4OzzPMv".parse().expect("an id");
        let id = receipt(&invoice).map(|id| id.to_string());
        assert_eq!(id, Ok("receipt-in_1MtHbELkdIwHu7ixl4OzzPMv".to_owned()));
    }

    #[test]
    fn the_end_of_a_trial_is_told_three_days_before_to_who_has_bought_nothing() {
        assert_eq!(trial_notice(None, at(100), at(110)), None);
        let notice = trial_notice(None, at(100), at(111)).expect("a notice");
        assert_eq!(notice.about, at(114));
        assert_eq!(trial_notice(None, at(100), at(114)), None);
        let bought = copy("active", Interval::Month);
        assert_eq!(trial_notice(Some(&bought), at(100), at(111)), None);
    }

    #[test]
    fn a_workspace_is_looked_at_once_a_day_and_when_a_notice_is_to_go_out() {
        let copy = copy("active", Interval::Month);
        assert_eq!(next_look(Some(&copy), CREATED, at(980)), at(981));
        let shortly = Timestamp::from_seconds(993 * DAY - 60);
        assert_eq!(next_look(Some(&copy), CREATED, shortly), at(993));
        assert_eq!(next_look(Some(&copy), CREATED, at(993)), at(994));
        let trial = Timestamp::from_seconds(111 * DAY - 60);
        assert_eq!(next_look(None, at(100), trial), at(111));
    }

    proptest! {
        #[test]
        fn p15_whenever_looks_begin_a_renewal_has_one_name_and_is_told_within_its_window(
            start in 700_000_i64..900_000, is_year: bool, late in 0..7_200_i64
        ) {
            let interval = if is_year { Interval::Year } else { Interval::Month };
            let copy = copy("active", interval);
            let (window, renews) = renewal_window(&copy).expect("a window");
            let mut now = Timestamp::from_seconds(start * 86);
            let (mut names, mut told_at) = (BTreeSet::new(), None);
            while now < renews {
                if let Some(notice) = renewal_notice(&copy, now) {
                    names.insert(notice.id);
                    told_at = told_at.or(Some(now));
                }
                // A look may come a little late.
                now = next_look(Some(&copy), CREATED, now).plus(Duration::from_secs(late.unsigned_abs()));
            }
            prop_assert_eq!(names.len(), 1);
            let told_at = told_at.expect("it was told");
            prop_assert!(window.opens <= told_at && told_at < window.closes);
        }
    }
}
