//! What an owner did here is confirmed to that owner, and told to whoever else it concerns: once to each, by a name of its own.
//!
//! A cancellation concerns whoever has been an owner for longest, and hears of everything else of the plan. A withdrawal takes the plan
//! from everybody at once: it concerns every owner, and who bought.

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
use crate::people::People;

/// A look comes within a day. What was confirmed longer ago is not told to whoever has become an owner since.
const RECENT: Duration = Duration::from_secs(3 * 86_400);

/// What somebody did, and others hear of.
pub(super) struct Act {
    /// By which name it was confirmed to whoever did it.
    pub(super) confirmed: NoticeId,
    /// Who did it, where that is written down; else it was whoever it was confirmed to.
    by: Option<UserId>,
    what: What,
}

enum What {
    /// The last cancellation, standing or taken back, and by which name it is told to the first owner.
    Cancellation(SubscriptionCopy, NoticeId),
    /// A withdrawal, and when it was declared.
    Withdrawal(SubscriptionCopy, Timestamp),
}

impl Act {
    /// The cancellation of a contract that is not over.
    pub(super) fn cancelled(row: &SubscriptionRow) -> Result<Option<Self>, ParseNoticeIdError> {
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
            confirmed,
            by: None,
            what: What::Cancellation(copy, passed_on),
        }))
    }

    /// Each withdrawal from what was ever bought.
    pub(super) fn withdrawn(
        row: &SubscriptionRow,
        bought: &[SubscriptionCopy],
    ) -> Result<Vec<Self>, ParseNoticeIdError> {
        let declared = bought
            .iter()
            .filter_map(|copy| Some((copy, row.withdrawal_of(copy.id.as_str())?)));
        let act = |(copy, at): (&SubscriptionCopy, Timestamp)| {
            let confirmed = names::withdrawal(&copy.id)?;
            let by = row.withdrawn_by.get(copy.id.as_str()).copied();
            let what = What::Withdrawal(copy.clone(), at);
            Ok(Self {
                confirmed,
                by,
                what,
            })
        };
        declared.map(act).collect()
    }

    /// Who did it and when that was confirmed, unless it was long ago.
    pub(super) fn done(
        &self,
        told: &BTreeMap<NoticeId, NoticeRow>,
        now: Timestamp,
    ) -> Option<(UserId, Timestamp)> {
        let confirmed = told.get(&self.confirmed)?;
        let (doer, at) = (self.by.or(confirmed.account)?, confirmed.created_at);
        (now < at.plus(RECENT)).then_some((doer, at))
    }

    /// What is told of it, and to whom.
    pub(super) fn tells(
        &self,
        (doer, confirmed_at): (UserId, Timestamp),
        people: &People,
        page: &str,
    ) -> Result<Vec<(UserId, Tell)>, ParseNoticeIdError> {
        match &self.what {
            What::Cancellation(copy, id) => {
                let first = people.first().filter(|first| *first != doer);
                let tell = |first| {
                    let (id, template) = (id.clone(), cancellation(copy, confirmed_at, page));
                    (first, Tell { id, template })
                };
                Ok(first.map(tell).into_iter().collect())
            }
            What::Withdrawal(copy, at) => {
                let others = people.all().filter(|user| *user != doer);
                let tell = |user| {
                    let id = names::withdrawal_too(user, *at)?;
                    let template = withdrawal(copy, *at, page);
                    Ok((user, Tell { id, template }))
                };
                others.map(tell).collect()
            }
        }
    }
}

fn cancellation(copy: &SubscriptionCopy, confirmed_at: Timestamp, page: &str) -> Template {
    let (plan, link) = (name(copy), page.to_owned());
    match copy.ends_at() {
        Some(ends_at) => Template::CancellationReceipt {
            plan,
            at: copy.cancelled_at.unwrap_or(confirmed_at),
            ends_at,
            link,
        },
        None => Template::CancellationUndone {
            plan,
            at: confirmed_at,
            link,
        },
    }
}

fn withdrawal(copy: &SubscriptionCopy, at: Timestamp, page: &str) -> Template {
    Template::WithdrawalPassedOn {
        plan: name(copy),
        at,
        link: page.to_owned(),
    }
}

fn name(copy: &SubscriptionCopy) -> String {
    copy.plan.offer().name.to_owned()
}

#[cfg(test)]
mod tests {
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

    /// Somebody of this number.
    fn user(number: u8) -> UserId {
        UserId::from_bytes([number; 16])
    }

    /// Who is told by which names, on a day, where the first three own the workspace and the fifth bought.
    fn due(act: &Act, told: &[(NoticeId, NoticeRow)], on: i64) -> Vec<(UserId, String)> {
        let people = People {
            owners: [1, 2, 3].map(user).into(),
            buyer: Some(user(5)),
        };
        let told = told.iter().cloned().collect();
        let Some(done) = act.done(&told, day(on)) else {
            return Vec::new();
        };
        let tells = act.tells(done, &people, PAGE).expect("names").into_iter();
        let named = tells.map(|(user, tell)| (user, tell.id.to_string()));
        named.collect()
    }

    #[test]
    fn what_one_owner_did_is_passed_on_to_the_first_one_and_soon() {
        let second = day(3).seconds();
        for (is_kept, name) in [(false, "cancelled"), (true, "resumed")] {
            let act = Act::cancelled(&row(is_kept)).expect("names");
            let act = act.expect("an act");
            let by = |doer| told(&format!("{name}-sub_1-{second}"), Some(user(doer)));
            let passed_on = (user(1), format!("{name}-too-sub_1-{second}"));
            assert!(due(&act, &[], 3).is_empty(), "nobody was told");
            assert_eq!(due(&act, &[by(2)], 4), [passed_on]);
            assert!(due(&act, &[by(2)], 6).is_empty(), "too late");
            assert!(due(&act, &[by(1)], 4).is_empty(), "who did it knows");
        }
    }

    #[test]
    fn a_withdrawal_is_told_to_every_other_owner_and_to_who_bought_each_by_a_name_of_its_own() {
        let bought = renewing(day(0), day(30));
        let row = SubscriptionRow::of("cus_1".parse().expect("an id"));
        let row = row.synced(Some(bought.clone()), day(1));
        let copies = [bought];
        let none = Act::withdrawn(&row, &copies).expect("names");
        assert!(none.is_empty(), "nobody withdrew");
        let by = |doer| told("withdrawal-sub_1", Some(user(doer)));
        let act = |doer| {
            let row = row.withdrawn_from("sub_1".parse().expect("an id"), user(doer), day(3));
            let acts = Act::withdrawn(&row, &copies).expect("names");
            acts.into_iter().next().expect("an act")
        };
        let named = |number: u8| {
            let name = format!("withdrawal-too-{}-{}", user(number), day(3).seconds());
            (user(number), name)
        };
        assert!(due(&act(2), &[], 3).is_empty(), "it is not confirmed yet");
        assert_eq!(due(&act(2), &[by(2)], 4), [1, 3, 5].map(named));
        assert_eq!(due(&act(5), &[by(5)], 4), [1, 2, 3].map(named));
        assert!(due(&act(2), &[by(2)], 6).is_empty(), "too late");
        let to_another = due(&act(2), &[by(1)], 4);
        assert_eq!(to_another, [1, 3, 5].map(named), "who did it knows");
    }

    #[test]
    fn of_what_was_never_cancelled_there_is_nothing_to_pass_on() {
        let bought = SubscriptionRow::of("cus_1".parse().expect("an id"));
        assert!(Act::cancelled(&bought).expect("names").is_none());
        let renews = bought.synced(Some(renewing(day(0), day(30))), day(1));
        assert!(Act::cancelled(&renews).expect("names").is_none());
    }
}
