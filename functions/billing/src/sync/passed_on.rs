//! What an owner did here is confirmed to that owner. Whoever has been one for longest, and hears of everything else of the plan, hears
//! of it too where that is somebody else: once, by a name of its own.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Timestamp;
use domain::billing::SubscriptionCopy;
use domain::ids::UserId;
use domain::notice::{NoticeId, ParseNoticeIdError};
use mail::Template;
use store::row::{NoticeRow, SubscriptionRow};

use super::tell::Tell;
use crate::names;

/// A look comes within a day. What was confirmed longer ago is not told to whoever has become the first since.
const RECENT: Duration = Duration::from_secs(3 * 86_400);

/// The last cancellation, standing or taken back.
pub(super) struct Act {
    copy: SubscriptionCopy,
    /// By which name it was confirmed to whoever did it.
    pub(super) confirmed: NoticeId,
    /// By which it is told to the other.
    pub(super) passed_on: NoticeId,
}

impl Act {
    /// That of a contract which is not over.
    pub(super) fn of(row: &SubscriptionRow) -> Result<Option<Self>, ParseNoticeIdError> {
        let Some(copy) = row.copy().filter(|copy| !copy.status.is_over()) else {
            return Ok(None);
        };
        let (confirmed, passed_on) = match (copy.ends_at(), row.taken_back) {
            (Some(ends_at), _) => {
                let at = copy.cancelled_at.unwrap_or(ends_at);
                let passed_on = names::cancelled_too(&copy.id, at)?;
                (names::cancelled(&copy.id, at)?, passed_on)
            }
            (None, Some(at)) => {
                let passed_on = names::resumed_too(&copy.id, at)?;
                (names::resumed(&copy.id, at)?, passed_on)
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(Self {
            copy,
            confirmed,
            passed_on,
        }))
    }

    /// Who did it, and what the other is told, unless that was done.
    pub(super) fn due(
        self,
        told: &BTreeMap<NoticeId, NoticeRow>,
        (page, now): (&str, Timestamp),
    ) -> Option<(UserId, Tell)> {
        let confirmed = told.get(&self.confirmed)?;
        let (doer, at) = (confirmed.account?, confirmed.created_at);
        if told.contains_key(&self.passed_on) || now >= at.plus(RECENT) {
            return None;
        }
        let (plan, link) = (self.copy.plan.offer().name.to_owned(), page.to_owned());
        let template = match self.copy.ends_at() {
            Some(ends_at) => Template::CancellationReceipt {
                plan,
                at: self.copy.cancelled_at.unwrap_or(at),
                ends_at,
                link,
            },
            None => Template::CancellationUndone { plan, at, link },
        };
        let id = self.passed_on;
        Some((doer, Tell { id, template }))
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::head::tests::renewing;
    use crate::mails::tests::notice;

    const START: i64 = 1_795_456_800;
    const PAGE: &str = "https://127.0.0.1/billing";

    fn day(count: i64) -> Timestamp {
        Timestamp::from_seconds(START + count * 86_400)
    }

    /// A month that was cancelled on its third day, or kept after all.
    fn row(is_kept: bool) -> SubscriptionRow {
        let renews = renewing(day(0), day(30));
        let ends = SubscriptionCopy {
            cancel_at_period_end: true,
            cancelled_at: Some(day(3)),
            ..renews.clone()
        };
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let cancelled = bought.synced(Some(ends), day(3));
        match is_kept {
            true => cancelled.synced(Some(renews), day(4)),
            false => cancelled,
        }
    }

    /// What was told by one name, on the third day.
    fn told(name: &str, account: Option<UserId>) -> (NoticeId, NoticeRow) {
        let id = NoticeId::parse(name).expect("an id");
        let row = NoticeRow {
            account,
            ..notice(id.clone(), "cancellation_receipt", day(3))
        };
        (id, row)
    }

    fn due(row: &SubscriptionRow, told: &[(NoticeId, NoticeRow)], on: i64) -> Option<String> {
        let act = Act::of(row).expect("names")?;
        let told = told.iter().cloned().collect();
        let (doer, tell) = act.due(&told, (PAGE, day(on)))?;
        assert_eq!(doer, UserId::from_bytes([2; 16]));
        Some(tell.id.to_string())
    }

    #[test]
    fn what_one_owner_did_is_passed_on_once_and_soon() {
        let doer = Some(UserId::from_bytes([2; 16]));
        let second = day(3).seconds();
        for (is_kept, name) in [(false, "cancelled"), (true, "resumed")] {
            let row = row(is_kept);
            let confirmed = told(&format!("{name}-sub_1-{second}"), doer);
            let passed_on = format!("{name}-too-sub_1-{second}");
            assert_eq!(due(&row, &[], 3), None, "nobody was told");
            let only = slice::from_ref(&confirmed);
            assert_eq!(due(&row, only, 4).as_ref(), Some(&passed_on));
            assert_eq!(due(&row, only, 6), None, "too late");
            let both = [confirmed, told(&passed_on, None)];
            assert_eq!(due(&row, &both, 4), None, "twice");
        }
    }

    #[test]
    fn of_what_was_never_cancelled_there_is_nothing_to_pass_on() {
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        assert!(Act::of(&bought).expect("names").is_none());
        let renews = bought.synced(Some(renewing(day(0), day(30))), day(1));
        assert!(Act::of(&renews).expect("names").is_none());
    }
}
