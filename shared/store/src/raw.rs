//! Rows of any kind as they stand in the database, for who hands out everything that is held.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Sealed;
use serde_json::{Number, Value};
use tenancy::Works;

use crate::error::database;
use crate::item::{Item, full_key, key_attributes};
use crate::keys::LocalKey;
use crate::read::Access;
use crate::{StoreError, Table, TenantDb};

/// A row of any kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// Its table.
    pub table: Table,
    /// Its key.
    pub key: LocalKey,
    /// Its kind, as the registry names it.
    pub kind: String,
    /// Its attributes; those that the store itself sets are among them.
    pub fields: BTreeMap<String, Attribute>,
}

/// What an attribute holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A value that can be read.
    Plain(Value),
    /// A value that a key opens, at the row's place.
    Sealed(Sealed),
}

/// Some rows of a partition, in the order of their sort keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawPage {
    /// The rows; expired ones are not there, so there may be fewer than were asked for, or none.
    pub rows: Vec<Raw>,
    /// The sort key behind which the partition goes on; nothing at its end.
    pub next: Option<String>,
}

impl<R: Works> TenantDb<R> {
    /// At most `limit` rows of a partition behind a sort key, whatever their kinds. DynamoDB ends a page at one megabyte.
    ///
    /// # Errors
    /// When the database does not answer, or an attribute has a form that no row of ours has.
    pub async fn raw(
        &self,
        table: Table,
        pk: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RawPage, StoreError> {
        Box::pin(self.access().raw(table, pk, after, limit)).await
    }
}

impl Access {
    async fn raw(
        &self,
        table: Table,
        pk: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RawPage, StoreError> {
        let (items, next) = self.living(table, pk, after, limit).await?;
        let rows = items
            .into_iter()
            .map(|item| {
                let kind = item.text("kind").unwrap_or_default().to_owned();
                Ok(Raw {
                    table,
                    key: local_key(pk, &item),
                    kind,
                    fields: attributes(item.0)?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(RawPage { rows, next })
    }

    /// Items of a partition behind a sort key, without those that have expired, and the sort key behind which it goes on.
    pub(crate) async fn living(
        &self,
        table: Table,
        pk: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Item>, Option<String>), StoreError> {
        let full = |sk: &str| {
            let local = LocalKey {
                pk: pk.to_owned(),
                sk: sk.to_owned(),
            };
            full_key(table, self.tenant, &local)
        };
        let start = after.map(|sk| {
            let (pk, sk) = full(sk);
            key_attributes(pk, sk)
        });
        let answer = self
            .client
            .query()
            .table_name(self.table(table)?)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", "pk")
            .expression_attribute_values(":pk", AttributeValue::S(full("").0))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(database)?;
        let now = self.clock.now().seconds();
        let items = answer.items.unwrap_or_default().into_iter().map(Item);
        let living = items.filter(|item| !item.expired(now)).collect();
        let end = answer.last_evaluated_key.map(Item);
        let next = end.and_then(|key| key.text("sk").map(str::to_owned));
        Ok((living, next))
    }
}

/// The key of an item of this partition.
pub(crate) fn local_key(pk: &str, item: &Item) -> LocalKey {
    LocalKey {
        pk: pk.to_owned(),
        sk: item.text("sk").unwrap_or_default().to_owned(),
    }
}

fn attributes(
    item: HashMap<String, AttributeValue>,
) -> Result<BTreeMap<String, Attribute>, StoreError> {
    item.into_iter()
        .map(|(name, value)| {
            let attribute = match value {
                AttributeValue::B(bytes) => {
                    Attribute::Sealed(Sealed::from_bytes(bytes.into_inner()))
                }
                value => Attribute::Plain(plain(value)?),
            };
            Ok((name, attribute))
        })
        .collect()
}

fn plain(value: AttributeValue) -> Result<Value, StoreError> {
    Ok(match value {
        AttributeValue::S(text) => Value::String(text),
        AttributeValue::N(digits) => {
            Value::Number(digits.parse::<Number>().map_err(|_| StoreError::Shape)?)
        }
        AttributeValue::Bool(truth) => Value::Bool(truth),
        AttributeValue::Null(_) => Value::Null,
        AttributeValue::L(values) => {
            Value::Array(values.into_iter().map(plain).collect::<Result<_, _>>()?)
        }
        AttributeValue::M(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| Ok((name, plain(value)?)))
                .collect::<Result<_, StoreError>>()?,
        ),
        // Rows write no sets, and what is sealed stands at the top.
        _ => return Err(StoreError::Shape),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::primitives::Blob;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_sealed_stays_so_and_the_rest_is_json() {
        let item = HashMap::from([
            ("at".to_owned(), AttributeValue::N("1764374400000".into())),
            ("text".to_owned(), AttributeValue::B(Blob::new([1, 2]))),
            (
                "chats".to_owned(),
                AttributeValue::L(vec![AttributeValue::S("a".into())]),
            ),
        ]);
        let read = attributes(item).expect("reads");
        let expected = BTreeMap::from([
            (
                "at".to_owned(),
                Attribute::Plain(json!(1_764_374_400_000_i64)),
            ),
            (
                "text".to_owned(),
                Attribute::Sealed(Sealed::from_bytes(vec![1, 2])),
            ),
            ("chats".to_owned(), Attribute::Plain(json!(["a"]))),
        ]);
        assert_eq!(read, expected);
    }

    #[test]
    fn a_sealed_value_below_the_top_is_refused_rather_than_left_out() {
        let inner = AttributeValue::L(vec![AttributeValue::B(Blob::new([1]))]);
        let item = HashMap::from([("notes".to_owned(), inner)]);
        assert!(matches!(attributes(item), Err(StoreError::Shape)));
    }
}
