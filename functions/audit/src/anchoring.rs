//! Closes days: the head of a chain goes where nobody can take it back.
//!
//! A day on which a chain grows leaves a row in `work`, due when the day is over; `tick` finds it and rings. So a log on which
//! nothing was done costs nothing, and no job needs a list of all tenants. Uses Query, PutItem and DeleteItem on `work`, Query on
//! `audit`, s3:PutObject.

use std::time::Duration;

use anchors::{Anchor, Anchors};
use app::App;
use domain::Timestamp;
use domain::audit::LASTS;
use domain::ids::TenantId;
use store::row::{AnchorRow, ChainRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::{TenantScope, Worker};

use crate::chaining;
use crate::error::AuditError;

const DAY: i64 = 24 * 3600;
/// Acts of the last seconds of a day are chained by then.
const AFTER_MIDNIGHT: Duration = Duration::from_secs(300);
/// Days that can wait: more than a queue keeps a ring, and in one transaction with the row that says when to anchor again.
const MOST: usize = 99;
/// A chain that stands still is anchored again after so many days. Anchors are kept for four years, and an entry's end must be
/// shown by one that is two years old: so at any time there is one that is old enough and still there.
const AGAIN: i64 = 700;
/// A chain whose newest entry is as old as this is not anchored again. All its entries have been gone for as long as they had been
/// kept; and who erased a workspace leaves nothing behind that is renewed without end.
const LAST_AGAIN: Duration = LASTS.saturating_mul(2);

/// The day of this moment, to be closed when it is over.
pub(crate) fn day(tenant: TenantId, now: Timestamp) -> AnchorRow {
    let day = now.day();
    AnchorRow {
        tenant,
        day,
        due_at: midnight(day + 1).plus(AFTER_MIDNIGHT),
        again: false,
    }
}

/// The day on which this chain is anchored again though nothing was done until then. Whatever is done moves it.
fn again(tenant: TenantId, now: Timestamp) -> AnchorRow {
    let day = now.day() + AGAIN;
    AnchorRow {
        tenant,
        day,
        due_at: midnight(day + 1).plus(AFTER_MIDNIGHT),
        again: true,
    }
}

fn midnight(day: i64) -> Timestamp {
    Timestamp::from_seconds(day * DAY)
}

/// Whether a chain with this head is anchored once more though nothing should be done until then.
fn goes_on(newest: &ChainRow, now: Timestamp) -> bool {
    now < newest.at.plus(LAST_AGAIN)
}

/// Anchors the head for the newest day that is over. Killed between the two calls, the next run writes one more anchor, which
/// is as true as the first. A chain that is gone has no head, and nothing to be anchored.
///
/// # Errors
/// When the archive or the database does not answer; the days stay open.
pub(crate) async fn close_days(
    app: &App,
    anchors: &Anchors,
    db: &TenantDb<Worker>,
    scope: &TenantScope<Worker>,
) -> Result<(), AuditError> {
    let now = app.clock.now();
    let over = over(db, now).await?;
    let Some(last) = over.iter().map(|found| found.row.day).max() else {
        return Ok(());
    };
    let newest = chaining::newest(db).await?;
    if let Some(newest) = &newest {
        let head = chaining::at(newest)?;
        let anchor = Anchor {
            day: name(last),
            seq: head.seq,
            hash: head.hash.to_string(),
        };
        Box::pin(anchors.write(scope, &anchor, now)).await?;
    }
    let mut transaction = db.transaction();
    for found in over.iter().filter(|found| !found.row.again) {
        transaction.delete_any::<AnchorRow>(&found.row.key());
    }
    if newest.is_some_and(|newest| goes_on(&newest, now)) {
        transaction.put_any(&again(scope.tenant(), now));
    } else {
        transaction.delete_any::<AnchorRow>(&keys::anchor_again());
    }
    Ok(Box::pin(transaction.commit()).await?)
}

/// The days that are over and whose head is still to be anchored.
async fn over(db: &TenantDb<Worker>, now: Timestamp) -> Result<Vec<Found<AnchorRow>>, StoreError> {
    let page = Page {
        pk: keys::ANCHORS,
        from: "0",
        to: "~",
        direction: Direction::Forward,
        limit: MOST,
    };
    let mut over = Box::pin(db.list::<AnchorRow>(&page)).await?;
    over.retain(|found| found.row.day < now.day());
    Ok(over)
}

/// `2026-11-28`.
fn name(day: i64) -> String {
    midnight(day).rfc3339().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::AuditEntryId;

    #[test]
    fn a_day_is_closed_after_its_midnight_and_named_by_its_date() {
        let tenant = TenantId::from_bytes([1; 16]);
        let row = day(tenant, Timestamp::from_seconds(20_785 * DAY + 86_399));
        assert_eq!(row.day, 20_785);
        assert_eq!(row.due_at, Timestamp::from_seconds(20_786 * DAY + 300));
        assert_eq!(name(row.day), "2026-11-28");
    }

    #[test]
    fn a_chain_on_which_nothing_is_done_any_more_is_anchored_a_last_time_long_after_its_entries_are_gone()
     {
        let begun = Timestamp::from_seconds(20_785 * DAY);
        let newest = ChainRow {
            seq: 7,
            id: AuditEntryId::from_bytes([1; 16]),
            at: begun,
            prev: String::new(),
            hash: String::new(),
        };
        let anchored: Vec<i64> = (1..)
            .map(|time| time * (AGAIN + 1))
            .take_while(|days| goes_on(&newest, Timestamp::from_seconds((20_785 + days) * DAY)))
            .collect();
        assert_eq!(anchored, [701, 1_402], "and once more, without another one");
        let after = Timestamp::from_seconds((20_785 + 2 * 731) * DAY);
        assert!(!goes_on(&newest, after));
        let active = ChainRow {
            at: after,
            ..newest
        };
        assert!(goes_on(&active, after));
    }

    #[test]
    fn a_chain_that_stands_still_has_an_anchor_of_two_years_before_those_of_four_go() {
        let tenant = TenantId::from_bytes([1; 16]);
        let row = again(tenant, Timestamp::from_seconds(20_785 * DAY));
        assert_eq!(row.due_at, Timestamp::from_seconds(21_486 * DAY + 300));
        assert_eq!(row.key(), keys::anchor_again());
        // The archive keeps them for twice the time of an entry.
        let (wait, kept) = (AGAIN + 1, 2 * 731);
        assert!(
            kept - wait >= 731,
            "the next one is old enough when this one goes"
        );
    }
}
