//! Deleting what has expired, as DynamoDB does beside everything else.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::DynamoDb;
use crate::Database;
use crate::clock::wait_until;
use crate::error::Error;

/// How often expired items are swept, in milliseconds of the clock.
const SWEEP_EVERY_MS: i64 = 60_000;

/// AWS does not delete an item whose TTL is more than five years past.
const TTL_OLDEST_SECONDS: i64 = 5 * 366 * 86_400;

/// Pages that one sweep reads: AWS takes days for what has expired, and readers wait meanwhile.
const PAGES: usize = 32;

/// Items of a page. Asked for no number, dynoxide reads all the rest of a table and hands out a megabyte of it.
const PAGE: usize = 1_000;

/// Between two pages whoever waits for the database has a turn.
const TURN: Duration = Duration::from_millis(2);

/// Where the next sweep goes on: in which table, and behind which key.
#[derive(Default)]
pub(crate) struct SweptTo {
    table: Option<String>,
    key: Option<Value>,
}

impl DynamoDb {
    pub(super) async fn sweep_regularly(self, mut stop: watch::Receiver<bool>) {
        let mut place = SweptTo::default();
        loop {
            let next = self.place.clock.now_ms() + SWEEP_EVERY_MS;
            while self.place.clock.now_ms() < next {
                tokio::select! {
                    () = wait_until(&*self.place.clock, next) => {}
                    () = crate::stopped(&mut stop) => return,
                }
            }
            if is_moved(self.place.clock.now_ms(), next) {
                continue;
            }
            for _ in 0..PAGES {
                place = self.sweep_on(std::mem::take(&mut place)).await;
                if place.table.is_none() {
                    break;
                }
                tokio::time::sleep(TURN).await;
            }
        }
    }

    /// Sweeps one page; gives where the next one begins.
    async fn sweep_on(&self, from: SweptTo) -> SweptTo {
        let sweeper = self.clone();
        match tokio::task::spawn_blocking(move || sweeper.sweep(from, 1)).await {
            Ok(Ok((deleted, to))) => {
                if deleted > 0 {
                    tracing::debug!(deleted, "expired items deleted");
                }
                return to;
            }
            Ok(Err(error)) => {
                tracing::warn!(error = %error, "expired items could not be deleted");
            }
            Err(error) => tracing::warn!(error = %error, "the sweep of expired items stopped"),
        }
        SweptTo::default()
    }

    /// Deletes items whose TTL attribute is past by the emulator's clock; answers how many. By itself a part of it is done every
    /// minute of the clock. Whoever moves the clock by minutes sweeps then: that is left to them.
    pub fn sweep_ttl(&self) -> Result<usize, Error> {
        Ok(self.sweep(SweptTo::default(), usize::MAX)?.0)
    }

    /// Goes on from a place to the end, or through so many pages; answers how many items it has deleted, and where the next sweep
    /// goes on.
    pub(crate) fn sweep(&self, from: SweptTo, pages: usize) -> Result<(usize, SweptTo), Error> {
        let tables = self.tables()?;
        let begin = tables
            .iter()
            .position(|table| Some(table) == from.table.as_ref());
        // A key tells nothing where its table is gone.
        let mut key = from.key.filter(|_| begin.is_some());
        let (mut left, mut deleted) = (pages, 0);
        for table in tables.iter().skip(begin.unwrap_or(0)) {
            let Some(attribute) = self.ttl_attribute(table)? else {
                continue;
            };
            loop {
                if left == 0 {
                    let table = Some(table.clone());
                    return Ok((deleted, SweptTo { table, key }));
                }
                let (gone, next) = self.sweep_page(table, &attribute, key)?;
                (left, deleted, key) = (left - 1, deleted + gone, next);
                if key.is_none() {
                    break;
                }
            }
        }
        Ok((deleted, SweptTo::default()))
    }

    /// Deletes what has expired in one page behind a key; answers how many, and the last key where more may follow.
    fn sweep_page(
        &self,
        table: &str,
        attribute: &str,
        behind: Option<Value>,
    ) -> Result<(usize, Option<Value>), Error> {
        let now = self.place.clock.now_seconds();
        let condition = json!({
            "TableName": table,
            "ExpressionAttributeNames": {"#ttl": attribute},
            "ExpressionAttributeValues": {
                ":now": {"N": now.to_string()}, ":oldest": {"N": (now - TTL_OLDEST_SECONDS).to_string()},
            },
        });
        let expression = "#ttl <= :now AND #ttl > :oldest";
        let mut scan = condition.clone();
        scan["FilterExpression"] = expression.into();
        scan["Limit"] = PAGE.into();
        if let Some(key) = behind {
            scan["ExclusiveStartKey"] = key;
        }
        let mut answer = self.call(Database::scan, scan)?;
        let mut deleted = 0;
        for item in answer["Items"].as_array().into_iter().flatten() {
            let mut delete = condition.clone();
            delete["ConditionExpression"] = expression.into();
            delete["Key"] = self.key_of(table, item)?;
            // Refused when the item was renewed meanwhile, which is right.
            if self.call(Database::delete_item, delete).is_ok() {
                deleted += 1;
            }
        }
        let last = answer["LastEvaluatedKey"].take();
        Ok((deleted, (!last.is_null()).then_some(last)))
    }
}

/// Whether the clock has jumped over the time at which a sweep was due: whoever moves it sweeps, and a second sweep beside that
/// one would read every table again.
const fn is_moved(now_ms: i64, due_ms: i64) -> bool {
    now_ms - due_ms >= SWEEP_EVERY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_runs_is_swept_by_and_one_that_is_moved_far_is_left_to_who_moved_it() {
        let due = SWEEP_EVERY_MS;
        assert!(!is_moved(due, due));
        assert!(!is_moved(due + SWEEP_EVERY_MS - 1, due));
        assert!(is_moved(due + SWEEP_EVERY_MS, due));
    }
}
