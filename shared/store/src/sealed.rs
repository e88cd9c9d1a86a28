//! Rows of any kind of which nothing but what is sealed is changed, for who seals it anew.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Sealed;
use tenancy::Works;

use crate::item::Item;
use crate::keys::LocalKey;
use crate::raw::local_key;
use crate::read::Access;
use crate::{StoreError, Table, TenantDb};

/// A row as it was read, whole: what this release knows nothing of stays in it.
#[derive(Clone)]
pub struct SealedRow {
    table: Table,
    key: LocalKey,
    item: Item,
}

/// Some rows of a partition, in the order of their sort keys.
pub struct SealedPage {
    /// The rows; expired ones are not there.
    pub rows: Vec<SealedRow>,
    /// The sort key behind which the partition goes on; nothing at its end.
    pub next: Option<String>,
}

impl SealedRow {
    /// Its table.
    pub const fn table(&self) -> Table {
        self.table
    }

    /// Its key.
    pub const fn key(&self) -> &LocalKey {
        &self.key
    }

    /// A text that is not sealed.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.item.text(name)
    }

    /// A list of texts that is not sealed.
    pub fn texts(&self, name: &str) -> Option<Vec<String>> {
        let list = self.item.0.get(name)?.as_l().ok()?.iter();
        list.map(|text| text.as_s().ok().cloned()).collect()
    }

    /// What is sealed of it, by the names of the attributes.
    pub fn sealed(&self) -> BTreeMap<String, Sealed> {
        let attributes = self.item.0.iter();
        attributes
            .filter_map(|(name, value)| {
                let bytes = value.as_b().ok()?.as_ref().to_vec();
                Some((name.clone(), Sealed::from_bytes(bytes)))
            })
            .collect()
    }

    /// The revision it was read at.
    pub(crate) fn rev(&self) -> Result<u64, StoreError> {
        let number = self.item.0.get("rev").and_then(|rev| rev.as_n().ok());
        let rev = number.and_then(|digits| digits.parse().ok());
        rev.ok_or(StoreError::Shape)
    }

    /// The same row with these values in the place of the former ones.
    pub(crate) fn with(&self, anew: &BTreeMap<String, Sealed>) -> Item {
        let mut item = self.item.clone();
        for (name, sealed) in anew {
            let bytes = Blob::new(sealed.as_bytes());
            item.0.insert(name.clone(), AttributeValue::B(bytes));
        }
        item
    }
}

impl<R: Works> TenantDb<R> {
    /// At most `limit` rows of a partition behind a sort key, whatever their kinds. DynamoDB ends a page at one megabyte.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sealed(
        &self,
        table: Table,
        pk: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<SealedPage, StoreError> {
        Box::pin(self.access().sealed(table, pk, after, limit)).await
    }
}

impl Access {
    async fn sealed(
        &self,
        table: Table,
        pk: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<SealedPage, StoreError> {
        let (items, next) = self.living(table, pk, after, limit).await?;
        let rows = items
            .into_iter()
            .map(|item| SealedRow {
                table,
                key: local_key(pk, &item),
                item,
            })
            .collect();
        Ok(SealedPage { rows, next })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn row() -> SealedRow {
        let item = HashMap::from([
            ("rev".to_owned(), AttributeValue::N("7".into())),
            ("kind".to_owned(), AttributeValue::S("note".into())),
            (
                "of_a_later_release".to_owned(),
                AttributeValue::N("1.50".into()),
            ),
            ("text".to_owned(), AttributeValue::B(Blob::new([2, 1]))),
        ]);
        SealedRow {
            table: Table::Tenant,
            key: LocalKey {
                pk: "CNV#1".to_owned(),
                sk: "N#1".to_owned(),
            },
            item: Item(item),
        }
    }

    #[test]
    fn only_what_is_sealed_is_seen_and_only_that_is_replaced() {
        let row = row();
        let sealed = BTreeMap::from([("text".to_owned(), Sealed::from_bytes(vec![2, 1]))]);
        assert_eq!(row.sealed(), sealed);
        let anew = BTreeMap::from([("text".to_owned(), Sealed::from_bytes(vec![1, 3]))]);
        let mut expected = row.item.0.clone();
        let bytes = AttributeValue::B(Blob::new([1, 3]));
        expected.insert("text".to_owned(), bytes);
        assert_eq!(row.with(&anew).0, expected, "the revision stays, too");
    }

    #[test]
    fn a_list_is_seen_where_it_is_one_of_texts_that_are_not_sealed() {
        let mut row = row();
        let list = ["VIP", "Berlin"].map(|tag| AttributeValue::S(tag.to_owned()));
        let list = AttributeValue::L(list.to_vec());
        row.item.0.insert("tags".to_owned(), list);
        let expected = ["VIP", "Berlin"].map(str::to_owned).to_vec();
        assert_eq!(row.texts("tags"), Some(expected));
        for other in ["text", "kind", "absent"] {
            assert_eq!(row.texts(other), None, "{other}");
        }
    }

    #[test]
    fn a_row_without_a_revision_is_not_written() {
        let mut row = row();
        assert_eq!(row.rev().ok(), Some(7));
        row.item.0.remove("rev");
        assert!(matches!(row.rev(), Err(StoreError::Shape)));
    }
}
