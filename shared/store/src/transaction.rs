//! Writing: all of it or nothing, every part conditional.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use domain::Sealed;

use crate::condition::{Condition, Parts, Require, narrowed};
use crate::error::{FailedCondition, database};
use crate::item::{Item, full_key, key_attributes};
use crate::keys::LocalKey;
use crate::read::Access;
use crate::{Row, SealedRow, StoreError, Table, Traced};

/// DynamoDB cancels a transaction when another one holds a row; so often it is tried again before the caller is told.
const CONFLICT_ATTEMPTS: u32 = 6;
const FIRST_BACKOFF: Duration = Duration::from_millis(15);

/// Writes that happen together. At most 100 rows; each row once. Rows of the audit table can be created and nothing else.
pub struct Transaction<'a> {
    access: &'a Access,
    items: Vec<TransactWriteItem>,
    error: Option<StoreError>,
}

impl<'a> Transaction<'a> {
    pub(crate) const fn new(access: &'a Access) -> Self {
        Self {
            access,
            items: Vec::new(),
            error: None,
        }
    }

    /// Adds a row that must not exist yet. Returns its position for [`StoreError::failed`].
    pub fn create<T: Row>(&mut self, row: &T) -> usize {
        self.put(row, 1, Condition::Absent)
    }

    /// Adds a row that must not exist, or whose former life has expired.
    pub fn create_or_revive<T: Row>(&mut self, row: &T) -> usize {
        let now = self.access.clock.now().seconds();
        self.put(row, 1, Condition::AbsentOrExpired(now))
    }

    /// Replaces a row that must still be at the revision it was read at.
    pub fn replace<T: Row>(&mut self, row: &T, rev: u64) -> usize {
        self.put(row, rev + 1, Condition::Revision(rev))
    }

    /// Writes a row whatever was there.
    pub fn put_any<T: Row>(&mut self, row: &T) -> usize {
        self.put(row, 1, Condition::None)
    }

    /// Writes a row unless a living one is there that meets none of these requirements. One that may be absent is met by a row
    /// that lacks it.
    pub fn claim<T: Row>(&mut self, row: &T, unless: &[Require<'_>]) -> usize {
        let now = self.access.clock.now().seconds();
        let clauses = unless.iter().map(Require::parts).collect();
        self.put(row, 1, Condition::ExpiredOr(now, clauses))
    }

    /// Deletes a row that must still be at the revision it was read at.
    pub fn delete<T: Row>(&mut self, key: &LocalKey, rev: u64) -> usize {
        self.remove::<T>(key, Condition::Revision(rev))
    }

    /// Deletes a row if it is there.
    pub fn delete_any<T: Row>(&mut self, key: &LocalKey) -> usize {
        self.remove::<T>(key, Condition::None)
    }

    /// Deletes a row of any kind that must be there.
    pub fn delete_traced(&mut self, row: &Traced) -> usize {
        self.remove_from(row.table, &row.key, Condition::Present.parts())
    }

    /// Puts a row of any kind back as it was read, with these sealed values in the place of those that it had, if it is still at
    /// that revision and still holds every sealed value that it held. The revision stays, because the row says the same: whoever
    /// has read it can go on.
    pub fn reseal(&mut self, row: &SealedRow, anew: &BTreeMap<String, Sealed>) -> usize {
        let built = self.access.table(row.table()).and_then(|table| {
            if row.table() == Table::Audit {
                return Err(StoreError::AppendOnly);
            }
            let condition = Condition::Unchanged(row.rev()?, row.sealed());
            let (expression, names, values) = condition.parts();
            let put = Put::builder()
                .table_name(table)
                .set_item(Some(row.with(anew).0))
                .set_condition_expression(expression)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values);
            Ok(TransactWriteItem::builder()
                .put(put.build().expect("table and item are set"))
                .build())
        });
        self.push(built)
    }

    /// Requires a row to exist.
    pub fn require<T: Row>(&mut self, key: &LocalKey) -> usize {
        self.check::<T>(key, Condition::Present)
    }

    /// Requires a row to be as it was read, without writing it.
    pub fn require_revision<T: Row>(&mut self, key: &LocalKey, rev: u64) -> usize {
        self.check::<T>(key, Condition::Revision(rev))
    }

    /// Requires that there is no such row, or that it has expired.
    pub fn require_absent<T: Row>(&mut self, key: &LocalKey) -> usize {
        let now = self.access.clock.now().seconds();
        self.check::<T>(key, Condition::AbsentOrExpired(now))
    }

    /// Requires a text attribute of a row to have this value.
    pub fn require_value<T: Row>(
        &mut self,
        key: &LocalKey,
        field: &'static str,
        value: &str,
    ) -> usize {
        self.check::<T>(key, Condition::Equals(field, value.to_owned()))
    }

    /// Requires several attributes of one row to be as told: a row may stand in a transaction only once.
    pub fn require_all<T: Row>(&mut self, key: &LocalKey, requirements: &[Require<'_>]) -> usize {
        self.check::<T>(
            key,
            Condition::All(requirements.iter().map(Require::parts).collect()),
        )
    }

    /// Whether anything was added.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Writes it all. Conflicts with other transactions are tried again a few times with growing, jittered pauses.
    ///
    /// # Errors
    /// [`StoreError::Condition`] with every condition that did not hold; [`StoreError::Contention`]; or the database's.
    pub async fn commit(self) -> Result<(), StoreError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if self.items.is_empty() {
            return Ok(());
        }
        Box::pin(commit(self.access, self.items)).await
    }

    fn put<T: Row>(&mut self, row: &T, rev: u64, condition: Condition) -> usize {
        let built = self
            .access
            .table(T::TABLE)
            .map(str::to_owned)
            .and_then(|table| {
                if T::TABLE == Table::Audit && !matches!(condition, Condition::Absent) {
                    return Err(StoreError::AppendOnly);
                }
                let item = Item::of(row, self.access.tenant, rev)?;
                if !self.access.shows(&item, T::BOT) {
                    return Err(StoreError::OutOfSight);
                }
                let (expression, names, values) = self.seen::<T>(condition.parts());
                let put = Put::builder()
                    .table_name(table)
                    .set_item(Some(item.0))
                    .set_condition_expression(expression)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .return_values_on_condition_check_failure(
                        ReturnValuesOnConditionCheckFailure::AllOld,
                    );
                Ok(TransactWriteItem::builder()
                    .put(put.build().expect("table and item are set"))
                    .build())
            });
        self.push(built)
    }

    fn remove<T: Row>(&mut self, key: &LocalKey, condition: Condition) -> usize {
        let parts = self.seen::<T>(condition.parts());
        self.remove_from(T::TABLE, key, parts)
    }

    fn remove_from(
        &mut self,
        table: Table,
        key: &LocalKey,
        (expression, names, values): Parts,
    ) -> usize {
        let built = self.access.table(table).and_then(|name| {
            if table == Table::Audit {
                return Err(StoreError::AppendOnly);
            }
            let (pk, sk) = full_key(table, self.access.tenant, key);
            let delete = Delete::builder()
                .table_name(name)
                .set_key(Some(key_attributes(pk, sk)))
                .set_condition_expression(expression)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                );
            Ok(TransactWriteItem::builder()
                .delete(delete.build().expect("table and key are set"))
                .build())
        });
        self.push(built)
    }

    fn check<T: Row>(&mut self, key: &LocalKey, condition: Condition) -> usize {
        let built = self.access.table(T::TABLE).map(|table| {
            let (pk, sk) = full_key(T::TABLE, self.access.tenant, key);
            let (expression, names, values) = self.seen::<T>(condition.parts());
            let check = ConditionCheck::builder()
                .table_name(table)
                .set_key(Some(key_attributes(pk, sk)))
                .set_condition_expression(expression)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                );
            TransactWriteItem::builder()
                .condition_check(check.build().expect("table, key and condition are set"))
                .build()
        });
        self.push(built)
    }

    /// What a narrowed member's write asks besides: that the row that is there belongs to a bot they see. A row that is
    /// being created was looked at before.
    fn seen<T: Row>(&self, parts: Parts) -> Parts {
        match (T::BOT, self.access.data.bots()) {
            (Some(bot), Some(seen)) => narrowed(parts, bot, seen),
            _ => parts,
        }
    }

    fn push(&mut self, built: Result<TransactWriteItem, StoreError>) -> usize {
        match built {
            Ok(item) => self.items.push(item),
            Err(error) => self.error = self.error.take().or(Some(error)),
        }
        self.items.len().saturating_sub(1)
    }
}

async fn commit(access: &Access, items: Vec<TransactWriteItem>) -> Result<(), StoreError> {
    for attempt in 0..CONFLICT_ATTEMPTS {
        let error = match access
            .client
            .transact_write_items()
            .set_transact_items(Some(items.clone()))
            .send()
            .await
        {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        match judge(error)? {
            Verdict::Failed(conditions) => return Err(StoreError::Condition(conditions)),
            Verdict::Conflict => tokio::time::sleep(backoff(access, attempt)).await,
        }
    }
    Err(StoreError::Contention)
}

/// Full jitter from the low bits of the clock: good enough to part two writers that collided.
fn backoff(access: &Access, attempt: u32) -> Duration {
    let longest = FIRST_BACKOFF * 2_u32.pow(attempt);
    let share = u32::try_from(access.clock.now().millis().rem_euclid(97)).unwrap_or(0) + 3;
    longest * share / 100
}

enum Verdict {
    Failed(Vec<FailedCondition>),
    Conflict,
}

type CommitError =
    SdkError<TransactWriteItemsError, aws_smithy_runtime_api::client::orchestrator::HttpResponse>;

fn judge(error: CommitError) -> Result<Verdict, StoreError> {
    let reasons = match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            cancelled.cancellation_reasons()
        }
        Some(TransactWriteItemsError::TransactionInProgressException(_)) => {
            return Ok(Verdict::Conflict);
        }
        _ => return Err(database(error)),
    };
    let failed: Vec<_> = reasons
        .iter()
        .enumerate()
        .filter(|(_, reason)| reason.code() == Some("ConditionalCheckFailed"))
        .map(|(index, reason)| FailedCondition {
            index,
            old: reason.item().cloned().map(Item),
        })
        .collect();
    if !failed.is_empty() {
        return Ok(Verdict::Failed(failed));
    }
    let transient = [
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
    ];
    if reasons
        .iter()
        .any(|reason| reason.code().is_some_and(|code| transient.contains(&code)))
    {
        return Ok(Verdict::Conflict);
    }
    Err(database(error))
}
