//! Between rows and DynamoDB items. Every item carries `pk`, `sk`, `kind`, `v` (schema version) and `rev`.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::ids::TenantId;

use crate::keys::{self, LocalKey};
use crate::{Row, StoreError, Table};

/// The schema version that this release writes.
const VERSION: &str = "1";

/// A row and the revision it was read at.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The row.
    pub row: T,
    /// Grows by one with each replacement.
    pub rev: u64,
}

/// An item as DynamoDB holds it.
#[derive(Clone, Debug)]
pub(crate) struct Item(pub(crate) HashMap<String, AttributeValue>);

impl Item {
    pub(crate) fn of<T: Row>(
        row: &T,
        tenant: Option<TenantId>,
        rev: u64,
    ) -> Result<Self, StoreError> {
        let mut map: HashMap<String, AttributeValue> =
            serde_dynamo::to_item(row).map_err(StoreError::Form)?;
        map.retain(|_, value| !matches!(value, AttributeValue::Null(_)));
        let (pk, sk) = full_key(T::TABLE, tenant, &row.key());
        let mut set =
            |name: &str, value: String| map.insert(name.to_owned(), AttributeValue::S(value));
        set("pk", pk);
        set("sk", sk);
        set("kind", T::KIND.to_owned());
        if let Some(list) = row.list_key() {
            let (lpk, lsk) = full_key(T::TABLE, tenant, &list);
            set("lpk", lpk);
            set("lsk", lsk);
        }
        if let Some(due) = row.due_key() {
            set("dpk", due.pk);
            set("dsk", due.sk);
        }
        let mut number =
            |name: &str, value: String| map.insert(name.to_owned(), AttributeValue::N(value));
        number("v", VERSION.to_owned());
        number("rev", rev.to_string());
        if let Some(moment) = row.expires_at() {
            number("expires_at", moment.seconds().to_string());
        }
        Ok(Self(map))
    }

    pub(crate) fn parse<T: Row>(&self) -> Result<Found<T>, StoreError> {
        let rev = match self.0.get("rev") {
            Some(AttributeValue::N(number)) => number.parse().unwrap_or(0),
            _ => 0,
        };
        let row = serde_dynamo::from_item(self.0.clone()).map_err(StoreError::Form)?;
        Ok(Found { row, rev })
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .and_then(|value| value.as_s().ok())
            .map(String::as_str)
    }

    /// DynamoDB deletes expired items days late; until then they must not be seen.
    pub(crate) fn expired(&self, now_seconds: i64) -> bool {
        match self.0.get("expires_at") {
            Some(AttributeValue::N(number)) => {
                number.parse::<i64>().is_ok_and(|at| at <= now_seconds)
            }
            _ => false,
        }
    }
}

/// The full key: rows of tenants get the tenant's prefix, routing rows their own.
pub(crate) fn full_key(table: Table, tenant: Option<TenantId>, key: &LocalKey) -> (String, String) {
    let pk = match (table, tenant) {
        (Table::Routing, _) => format!("{}{}", keys::ROUTING_PREFIX, key.pk),
        (_, Some(tenant)) => format!("{}{}", keys::tenant_prefix(tenant), key.pk),
        (_, None) => key.pk.clone(),
    };
    (pk, key.sk.clone())
}

pub(crate) fn key_attributes(pk: String, sk: String) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(pk)),
        ("sk".to_owned(), AttributeValue::S(sk)),
    ])
}
