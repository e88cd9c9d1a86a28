//! Writing: all of it or nothing, every part conditional.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem,
};

use domain::ids::BotId;

use crate::error::{FailedCondition, database};
use crate::item::{Item, full_key, key_attributes};
use crate::keys::LocalKey;
use crate::read::Access;
use crate::{Row, StoreError, Table};

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

    /// Writes a row unless a living one is there that meets none of these requirements. It then has an attribute for each.
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
        let built = self.access.table(T::TABLE).and_then(|table| {
            if T::TABLE == Table::Audit {
                return Err(StoreError::AppendOnly);
            }
            let (pk, sk) = full_key(T::TABLE, self.access.tenant, key);
            let (expression, names, values) = self.seen::<T>(condition.parts());
            let delete = Delete::builder()
                .table_name(table)
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

/// What [`Transaction::require_all`] asks of one attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Require<'a> {
    /// A text attribute has this value.
    Equals(&'static str, &'a str),
    /// A number is there and no larger than this.
    AtMost(&'static str, i64),
    /// A number is no larger than this, or was never written.
    AbsentOrAtMost(&'static str, i64),
    /// An attribute is not this text: something else, or never written.
    IsNot(&'static str, &'a str),
}

/// A requirement ready for an expression.
struct Clause {
    field: &'static str,
    comparison: &'static str,
    value: AttributeValue,
    /// Whether it also holds for a row without the attribute.
    or_absent: bool,
}

impl Require<'_> {
    fn parts(&self) -> Clause {
        let number = |value: &i64| AttributeValue::N(value.to_string());
        let (field, comparison, value, or_absent) = match self {
            Self::Equals(field, value) => {
                (field, "=", AttributeValue::S((*value).to_owned()), false)
            }
            Self::AtMost(field, value) => (field, "<=", number(value), false),
            Self::AbsentOrAtMost(field, value) => (field, "<=", number(value), true),
            Self::IsNot(field, value) => {
                (field, "<>", AttributeValue::S((*value).to_owned()), true)
            }
        };
        Clause {
            field,
            comparison,
            value,
            or_absent,
        }
    }
}

enum Condition {
    None,
    Absent,
    AbsentOrExpired(i64),
    Present,
    Revision(u64),
    Equals(&'static str, String),
    All(Vec<Clause>),
    ExpiredOr(i64, Vec<Clause>),
}

type Parts = (
    Option<String>,
    Option<HashMap<String, String>>,
    Option<HashMap<String, AttributeValue>>,
);

impl Condition {
    fn parts(self) -> Parts {
        let names = |name: &str| Some(HashMap::from([("#a".to_owned(), name.to_owned())]));
        let values = |value: AttributeValue| Some(HashMap::from([(":a".to_owned(), value)]));
        match self {
            Self::None => (None, None, None),
            Self::Absent => (
                Some("attribute_not_exists(#a)".to_owned()),
                names("pk"),
                None,
            ),
            Self::AbsentOrExpired(now) => (
                Some("attribute_not_exists(#a) OR #a <= :a".to_owned()),
                names("expires_at"),
                values(AttributeValue::N(now.to_string())),
            ),
            Self::Present => (Some("attribute_exists(#a)".to_owned()), names("pk"), None),
            Self::Revision(rev) => (
                Some("#a = :a".to_owned()),
                names("rev"),
                values(AttributeValue::N(rev.to_string())),
            ),
            Self::Equals(field, value) => (
                Some("#a = :a".to_owned()),
                names(field),
                values(AttributeValue::S(value)),
            ),
            Self::All(requirements) => all(requirements),
            Self::ExpiredOr(now, requirements) => expired_or(now, requirements),
        }
    }
}

/// Joins "and the bot is one of these", or "there is no such row", which the rest of the condition judges.
fn narrowed((expression, names, values): Parts, bot: &str, seen: &[BotId]) -> Parts {
    let (mut names, mut values) = (names.unwrap_or_default(), values.unwrap_or_default());
    names.insert("#bot".to_owned(), bot.to_owned());
    let slots: Vec<_> = (0..seen.len())
        .map(|index| format!(":bot{index}"))
        .collect();
    for (slot, bot) in slots.iter().zip(seen) {
        values.insert(slot.clone(), AttributeValue::S(bot.to_string()));
    }
    let one_of = match slots.is_empty() {
        true => String::new(),
        false => format!(" OR #bot IN ({})", slots.join(", ")),
    };
    let sight = format!("(attribute_not_exists(#bot){one_of})");
    let expression = match expression {
        Some(expression) => format!("({expression}) AND {sight}"),
        None => sight,
    };
    let values = (!values.is_empty()).then_some(values);
    (Some(expression), Some(names), values)
}

/// "Absent, or expired, or any of these". A row that lives has `expires_at`.
fn expired_or(now: i64, requirements: Vec<Clause>) -> Parts {
    let mut clauses = vec!["attribute_not_exists(#a) OR #a <= :a".to_owned()];
    let mut names = HashMap::from([("#a".to_owned(), "expires_at".to_owned())]);
    let mut values = HashMap::from([(":a".to_owned(), AttributeValue::N(now.to_string()))]);
    for (index, clause) in requirements.into_iter().enumerate() {
        clauses.push(format!("#a{index} {} :a{index}", clause.comparison));
        names.insert(format!("#a{index}"), clause.field.to_owned());
        values.insert(format!(":a{index}"), clause.value);
    }
    (Some(clauses.join(" OR ")), Some(names), Some(values))
}

fn all(requirements: Vec<Clause>) -> Parts {
    // An empty list would be no condition at all; the row must at least be there.
    let mut clauses = vec!["attribute_exists(#a)".to_owned()];
    let mut names = HashMap::from([("#a".to_owned(), "pk".to_owned())]);
    let mut values = HashMap::new();
    for (index, clause) in requirements.into_iter().enumerate() {
        let comparison = format!("#a{index} {} :a{index}", clause.comparison);
        clauses.push(match clause.or_absent {
            true => format!("(attribute_not_exists(#a{index}) OR {comparison})"),
            false => comparison,
        });
        names.insert(format!("#a{index}"), clause.field.to_owned());
        values.insert(format!(":a{index}"), clause.value);
    }
    let values = (!values.is_empty()).then_some(values);
    (Some(clauses.join(" AND ")), Some(names), values)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_requirements_are_one_condition_on_an_existing_row() {
        let requirements = [Require::Equals("state", "open"), Require::AtMost("last", 7)];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        let (expression, names, values) = condition.parts();
        assert_eq!(
            expression.as_deref(),
            Some("attribute_exists(#a) AND #a0 = :a0 AND #a1 <= :a1")
        );
        assert_eq!(
            names.map(|names| names["#a1"].clone()).as_deref(),
            Some("last")
        );
        assert_eq!(
            values.map(|values| values[":a1"].clone()),
            Some(AttributeValue::N("7".to_owned()))
        );
    }

    #[test]
    fn a_number_that_an_earlier_release_did_not_write_may_be_admitted() {
        let requirements = [Require::AbsentOrAtMost("care_at", 0)];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        assert_eq!(
            condition.parts().0.as_deref(),
            Some("attribute_exists(#a) AND (attribute_not_exists(#a0) OR #a0 <= :a0)")
        );
    }

    #[test]
    fn a_narrowed_member_writes_only_what_belongs_to_their_bots() {
        let bots = [1, 2].map(|byte| BotId::from_bytes([byte; 16]));
        let (expression, names, values) = narrowed(Condition::Revision(7).parts(), "bot", &bots);
        assert_eq!(
            expression.as_deref(),
            Some("(#a = :a) AND (attribute_not_exists(#bot) OR #bot IN (:bot0, :bot1))")
        );
        assert_eq!(
            names.map(|names| names["#bot"].clone()).as_deref(),
            Some("bot")
        );
        assert_eq!(
            values.map(|values| values[":bot1"].clone()),
            Some(AttributeValue::S(bots[1].to_string()))
        );
    }

    #[test]
    fn no_requirement_still_asks_for_the_row() {
        let (expression, _, values) = Condition::All(Vec::new()).parts();
        assert_eq!(
            (expression.as_deref(), values),
            (Some("attribute_exists(#a)"), None)
        );
    }
}
