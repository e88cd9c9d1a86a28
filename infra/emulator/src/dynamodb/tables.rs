//! Tables as the host makes and reads them.

use dynoxide::ImportOptions;
use serde_json::{Map, Value, json};

use super::DynamoDb;
use crate::Database;
use crate::error::Error;

impl DynamoDb {
    /// Creates a table from the `Properties` of an `AWS::DynamoDB::Table` (all references resolved), TTL and
    /// point-in-time recovery included. A table that exists is left alone. Answers its ARN.
    pub fn create_table(&self, properties: &Value) -> Result<String, Error> {
        let name = properties["TableName"]
            .as_str()
            .ok_or_else(|| Error::DynamoDb("TableName is missing".into()))?;
        if !self.tables()?.iter().any(|table| table == name) {
            self.call(Database::create_table, create_request(properties))?;
            self.schemas.forget();
        }
        let ttl = &properties["TimeToLiveSpecification"];
        if is_true(&ttl["Enabled"]) && self.ttl_attribute(name)?.is_none() {
            let request = json!({ "TableName": name, "TimeToLiveSpecification": {
                "Enabled": true, "AttributeName": ttl["AttributeName"],
            }});
            self.call(Database::update_time_to_live, request)?;
        }
        let recovery = &properties["PointInTimeRecoverySpecification"];
        self.set_recovery(
            name,
            is_true(&recovery["PointInTimeRecoveryEnabled"]),
            recovery["RecoveryPeriodInDays"].as_i64(),
        )?;
        Ok(self.table_arn(name))
    }

    /// Deletes a table, protected or not.
    pub fn delete_table(&self, name: &str) -> Result<(), Error> {
        self.call(
            Database::update_table,
            json!({ "TableName": name, "DeletionProtectionEnabled": false }),
        )?;
        self.call(Database::delete_table, json!({ "TableName": name }))?;
        self.schemas.forget();
        Ok(())
    }

    /// Names of all tables.
    pub fn tables(&self) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        let mut request = json!({});
        loop {
            let answer = self.call(Database::list_tables, request)?;
            names.extend(
                answer["TableNames"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .map(str::to_owned),
            );
            match answer.get("LastEvaluatedTableName") {
                Some(last) if !last.is_null() => {
                    request = json!({ "ExclusiveStartTableName": last })
                }
                _ => return Ok(names),
            }
        }
    }

    /// Every item of a table in wire form (`{"pk": {"S": ".."}}`).
    pub fn dump(&self, table: &str) -> Result<Vec<Value>, Error> {
        self.scan(json!({ "TableName": table }))
    }

    /// Writes items, given as a JSON array in wire form, in one transaction: what [`DynamoDb::dump`] answers can be given back.
    /// Past IAM, recording, streams and DynamoDB's limits of a batch.
    pub fn load(&self, table: &str, items: &str) -> Result<(), Error> {
        let items = serde_json::from_str(items)?;
        let loaded = self
            .database
            .import_items(table, items, ImportOptions::default());
        loaded.map(drop).map_err(super::failed)
    }

    /// A table as `DescribeTable` answers it.
    pub fn describe(&self, table: &str) -> Result<Value, Error> {
        let mut answer = self.call(Database::describe_table, json!({ "TableName": table }))?;
        Ok(answer["Table"].take())
    }

    pub(super) fn key_of(&self, table: &str, item: &Value) -> Result<Value, Error> {
        let description = self.describe(table)?;
        let names = description["KeySchema"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e["AttributeName"].as_str());
        Ok(names
            .map(|name| (name.to_owned(), item[name].clone()))
            .collect::<Map<_, _>>()
            .into())
    }

    pub(super) fn ttl_attribute(&self, table: &str) -> Result<Option<String>, Error> {
        let answer = self.call(
            Database::describe_time_to_live,
            json!({ "TableName": table }),
        )?;
        let ttl = &answer["TimeToLiveDescription"];
        let enabled = matches!(
            ttl["TimeToLiveStatus"].as_str(),
            Some("ENABLED" | "ENABLING")
        );
        Ok(ttl["AttributeName"]
            .as_str()
            .filter(|_| enabled)
            .map(str::to_owned))
    }

    fn scan(&self, mut request: Value) -> Result<Vec<Value>, Error> {
        let mut items = Vec::new();
        loop {
            let mut answer = self.call(Database::scan, request.clone())?;
            if let Value::Array(page) = answer["Items"].take() {
                items.extend(page);
            }
            match answer["LastEvaluatedKey"].take() {
                Value::Null => return Ok(items),
                last => request["ExclusiveStartKey"] = last,
            }
        }
    }
}

/// Template properties and the API differ in a few names and in how loosely they are typed.
fn create_request(properties: &Value) -> Value {
    let mut request = Map::new();
    for name in [
        "TableName",
        "KeySchema",
        "AttributeDefinitions",
        "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes",
        "BillingMode",
        "ProvisionedThroughput",
        "TableClass",
    ] {
        if let Some(value) = properties.get(name) {
            request.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(view) = properties["StreamSpecification"]["StreamViewType"].as_str() {
        request.insert(
            "StreamSpecification".into(),
            json!({ "StreamEnabled": true, "StreamViewType": view }),
        );
    }
    if is_true(&properties["SSESpecification"]["SSEEnabled"]) {
        request.insert("SSESpecification".into(), json!({ "Enabled": true }));
    }
    if is_true(&properties["DeletionProtectionEnabled"]) {
        request.insert("DeletionProtectionEnabled".into(), true.into());
    }
    request.into()
}

fn is_true(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| {
        value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
    })
}
