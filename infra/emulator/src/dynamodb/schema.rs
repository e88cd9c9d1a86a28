//! Which attribute is the partition key of a table or index.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Value, json};

use crate::Database;

/// Partition keys of known tables; clones share the cache.
#[derive(Clone)]
pub(super) struct Schemas {
    database: Database,
    known: Arc<RwLock<HashMap<String, TableSchema>>>,
}

#[derive(Debug, Clone)]
struct TableSchema {
    partition_key: String,
    indexes: HashMap<String, String>,
}

impl Schemas {
    pub fn new(database: Database) -> Self {
        Self {
            database,
            known: Arc::default(),
        }
    }

    /// The partition key attribute of a table, or of one of its indexes; `None` when there is no such thing.
    pub fn partition_key(&self, table: &str, index: Option<&str>) -> Option<String> {
        if let Some(schema) = self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(table)
        {
            return schema.key(index);
        }
        let schema = self.describe(table)?;
        let key = schema.key(index);
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(table.to_owned(), schema);
        key
    }

    /// Forgets everything known: some table has changed.
    pub fn forget(&self) {
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn describe(&self, table: &str) -> Option<TableSchema> {
        let request = serde_json::from_value(json!({ "TableName": table })).ok()?;
        let answer = serde_json::to_value(self.database.describe_table(request).ok()?).ok()?;
        let table = &answer["Table"];
        let indexes = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"]
            .iter()
            .filter_map(|kind| table[kind].as_array())
            .flatten()
            .filter_map(|index| Some((index["IndexName"].as_str()?.to_owned(), hash_key(index)?)))
            .collect();
        Some(TableSchema {
            partition_key: hash_key(table)?,
            indexes,
        })
    }
}

impl TableSchema {
    fn key(&self, index: Option<&str>) -> Option<String> {
        match index {
            None => Some(self.partition_key.clone()),
            Some(index) => self.indexes.get(index).cloned(),
        }
    }
}

fn hash_key(described: &Value) -> Option<String> {
    let schema = described["KeySchema"].as_array()?;
    let hash = schema.iter().find(|element| element["KeyType"] == "HASH")?;
    Some(hash["AttributeName"].as_str()?.to_owned())
}
