//! What is told of a cancellation, and of one that is taken back.
//!
//! It follows from the copy as it was and as it is. So an owner's act here and the look that hears of one at Stripe tell the same, by
//! the same name, and whoever comes second finds it told.

use std::time::Duration;

use domain::Timestamp;
use domain::billing::SubscriptionCopy;
use domain::notice::{NoticeId, ParseNoticeIdError};
use mail::Template;

use crate::names;

/// A cancellation of longer ago is not confirmed any more: notices are kept no longer than this and a month, so that one could be
/// confirmed twice.
const RECEIPT_AFTER: Duration = Duration::from_secs(60 * 86_400);

/// The mail, where the contract ends now and did not before, or ends sooner; and where it goes on after all. A contract that is over
/// was either cancelled before, or ended by something that has a mail of its own.
pub(crate) fn told(
    before: Option<&SubscriptionCopy>,
    after: &SubscriptionCopy,
    page: &str,
    now: Timestamp,
) -> Result<Option<(NoticeId, Template)>, ParseNoticeIdError> {
    if after.status.is_over() {
        return Ok(None);
    }
    let before = before.filter(|copy| copy.id == after.id);
    let was = before.and_then(SubscriptionCopy::ends_at);
    match (was, after.ends_at()) {
        (Some(was), Some(ends_at)) if was <= ends_at => Ok(None),
        (_, Some(ends_at)) => confirmed(after, ends_at, page, now),
        (Some(was), None) if !after.cancel_at_period_end => {
            let known = before.and_then(|copy| copy.cancelled_at);
            let id = names::resumed(&after.id, known.unwrap_or(was))?;
            let template = Template::CancellationUndone {
                plan: name(after),
                at: now,
                link: page.to_owned(),
            };
            Ok(Some((id, template)))
        }
        _ => Ok(None),
    }
}

/// The confirmation. Stripe says when it was cancelled; where it does not, the end names it.
fn confirmed(
    copy: &SubscriptionCopy,
    ends_at: Timestamp,
    page: &str,
    now: Timestamp,
) -> Result<Option<(NoticeId, Template)>, ParseNoticeIdError> {
    let at = copy.cancelled_at.unwrap_or(now);
    if now >= at.plus(RECEIPT_AFTER) {
        return Ok(None);
    }
    let id = names::cancelled(&copy.id, copy.cancelled_at.unwrap_or(ends_at))?;
    let template = Template::CancellationReceipt {
        plan: name(copy),
        at,
        ends_at,
        link: page.to_owned(),
    };
    Ok(Some((id, template)))
}

fn name(copy: &SubscriptionCopy) -> String {
    copy.plan.offer().name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::tests::renewing;
    use domain::billing::SubscriptionStatus;

    const PAGE: &str = "https://127.0.0.1/billing";
    const START: i64 = 1_795_456_800;
    const DAY: i64 = 86_400;

    fn day(count: i64) -> Timestamp {
        Timestamp::from_seconds(START + count * DAY)
    }

    /// A month, renewed.
    fn renews() -> SubscriptionCopy {
        renewing(day(0), day(30))
    }

    /// The same, cancelled on a day.
    fn cancelled(on: i64) -> SubscriptionCopy {
        SubscriptionCopy {
            cancel_at_period_end: true,
            cancelled_at: Some(day(on)),
            ..renews()
        }
    }

    fn name_of(
        before: Option<&SubscriptionCopy>,
        after: &SubscriptionCopy,
        on: i64,
    ) -> Option<String> {
        let mail = told(before, after, PAGE, day(on)).expect("a name");
        mail.map(|(id, _)| id.to_string())
    }

    #[test]
    fn a_cancellation_is_confirmed_with_its_moment_and_the_end_of_the_contract() {
        let mail = told(Some(&renews()), &cancelled(3), PAGE, day(4)).expect("a name");
        let Some((_, Template::CancellationReceipt { at, ends_at, .. })) = mail else {
            panic!("another mail");
        };
        assert_eq!((at, ends_at), (day(3), day(30)));
    }

    #[test]
    fn each_cancellation_and_each_that_is_taken_back_has_one_name_whoever_tells_of_it_and_when() {
        let first = format!("cancelled-sub_1-{}", day(3).seconds());
        for on in [3, 4] {
            let name = name_of(Some(&renews()), &cancelled(3), on);
            assert_eq!(name.as_ref(), Some(&first));
        }
        let resumed = format!("resumed-sub_1-{}", day(3).seconds());
        let name = name_of(Some(&cancelled(3)), &renews(), 5);
        assert_eq!(name, Some(resumed));
        let again = name_of(Some(&renews()), &cancelled(6), 6);
        assert_ne!(again, Some(first));
        assert_eq!(name_of(None, &cancelled(6), 6), again, "nothing was known");
    }

    #[test]
    fn what_changes_no_end_is_no_cancellation() {
        let (renews, leaving) = (renews(), cancelled(3));
        let moved = cancelled(5);
        let over = SubscriptionCopy {
            status: SubscriptionStatus::Canceled,
            ..cancelled(3)
        };
        let unclear = SubscriptionCopy {
            period: None,
            ..cancelled(3)
        };
        let later = SubscriptionCopy {
            cancel_at: Some(day(90)),
            cancelled_at: Some(day(2)),
            ..renews.clone()
        };
        for (before, after) in [
            (&renews, &renews),
            (&leaving, &leaving),
            (&leaving, &moved),
            (&renews, &over),
            (&leaving, &over),
            (&leaving, &unclear),
            (&leaving, &later),
        ] {
            assert_eq!(name_of(Some(before), after, 6), None, "{after:?}");
        }
        assert!(name_of(Some(&later), &leaving, 6).is_some(), "it is sooner");
    }

    #[test]
    fn another_contract_was_not_resumed_and_what_was_cancelled_long_ago_is_not_confirmed() {
        let another = SubscriptionCopy {
            id: "sub_2".parse().expect("an id"),
            ..renews()
        };
        assert_eq!(name_of(Some(&cancelled(3)), &another, 5), None);
        assert!(name_of(Some(&renews()), &cancelled(3), 62).is_some());
        assert_eq!(name_of(Some(&renews()), &cancelled(3), 63), None);
    }
}
