//! Which actions a DynamoDB request needs, on which tables and for which partition keys.

use serde_json::Value;

use super::DynamoDb;
use super::leading_keys::{queried_key, value_text};
use crate::gateway::Want;

/// Condition key that holds the partition key values.
const LEADING_KEYS: &str = "dynamodb:LeadingKeys";

pub(super) fn wants(tables: &DynamoDb, operation: &str, body: &Value) -> Vec<Want> {
    match operation {
        "GetItem" | "DeleteItem" | "UpdateItem" => vec![item(tables, operation, body, "Key", body)],
        "PutItem" => vec![item(tables, operation, body, "Item", body)],
        "Query" | "Scan" => vec![read_many(tables, operation, body)],
        "BatchGetItem" | "BatchWriteItem" => batch(tables, operation, body),
        "TransactWriteItems" | "TransactGetItems" => transaction(tables, operation, body),
        "ExecuteStatement" => vec![statement(tables, body["Statement"].as_str())],
        "ExecuteTransaction" => statements(tables, &body["TransactStatements"]),
        "BatchExecuteStatement" => statements(tables, &body["Statements"]),
        "ListTables" | "ListStreams" | "DescribeLimits" | "DescribeEndpoints" => {
            vec![Want::new(format!("dynamodb:{operation}"), "*")]
        }
        _ => {
            let named = ["TableName", "ResourceArn", "StreamArn"]
                .iter()
                .find_map(|key| body[key].as_str());
            let resource =
                named.map_or_else(|| "*".to_owned(), |name| tables.table_arn(table_name(name)));
            vec![Want::new(format!("dynamodb:{operation}"), resource)]
        }
    }
}

/// A single-item action; `keys` is the member that holds the key attributes.
fn item(tables: &DynamoDb, action: &str, spec: &Value, keys: &str, whole: &Value) -> Want {
    let table = table_name(spec["TableName"].as_str().unwrap_or(""));
    let want = Want::new(format!("dynamodb:{action}"), tables.table_arn(table));
    let want = with_keys(
        want,
        leading(tables, table, &spec[keys]).into_iter().collect(),
    );
    match whole["ReturnValues"].as_str() {
        Some(wanted) => want.with("dynamodb:ReturnValues", vec![wanted.to_owned()]),
        None => want,
    }
}

fn read_many(tables: &DynamoDb, operation: &str, body: &Value) -> Want {
    let table = table_name(body["TableName"].as_str().unwrap_or(""));
    let index = body["IndexName"].as_str();
    let resource = match index {
        Some(index) => format!("{}/index/{index}", tables.table_arn(table)),
        None => tables.table_arn(table),
    };
    let mut want = Want::new(format!("dynamodb:{operation}"), resource);
    if let Some(select) = body["Select"].as_str() {
        want = want.with("dynamodb:Select", vec![select.to_owned()]);
    }
    if operation == "Scan" {
        return want;
    }
    let key = tables
        .schemas
        .partition_key(table, index)
        .and_then(|attribute| queried_key(body, &attribute));
    with_keys(want, key.into_iter().collect())
}

/// One check per table, with the keys of all its items.
fn batch(tables: &DynamoDb, operation: &str, body: &Value) -> Vec<Want> {
    let Some(requests) = body["RequestItems"].as_object() else {
        return vec![nothing(operation)];
    };
    let wants = requests.iter().map(|(name, requests)| {
        let table = table_name(name);
        let list = if operation == "BatchGetItem" {
            &requests["Keys"]
        } else {
            requests
        };
        let items: Vec<&Value> = list.as_array().into_iter().flatten().collect();
        let keys: Vec<String> = items
            .iter()
            .filter_map(|entry| {
                let item = if operation == "BatchGetItem" {
                    entry
                } else {
                    entry
                        .pointer("/PutRequest/Item")
                        .or_else(|| entry.pointer("/DeleteRequest/Key"))?
                };
                leading(tables, table, item)
            })
            .collect();
        // A single item without a readable key leaves the whole batch without leading keys, so that guards refuse it.
        let keys = if keys.len() == items.len() {
            keys
        } else {
            Vec::new()
        };
        with_keys(
            Want::new(format!("dynamodb:{operation}"), tables.table_arn(table)),
            keys,
        )
    });
    wants.collect()
}

/// Each item of a transaction needs the action of its kind.
fn transaction(tables: &DynamoDb, operation: &str, body: &Value) -> Vec<Want> {
    const KINDS: [(&str, &str, &str); 5] = [
        ("Put", "PutItem", "Item"),
        ("Update", "UpdateItem", "Key"),
        ("Delete", "DeleteItem", "Key"),
        ("ConditionCheck", "ConditionCheckItem", "Key"),
        ("Get", "GetItem", "Key"),
    ];
    let items = body["TransactItems"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let wants: Vec<Want> = items
        .iter()
        .flat_map(|entry| {
            KINDS
                .iter()
                .filter_map(move |kind| Some((kind, entry.get(kind.0)?)))
        })
        .map(|((_, action, keys), spec)| {
            item(tables, action, spec, keys, spec)
                .with("dynamodb:EnclosingOperation", vec![operation.to_owned()])
        })
        .collect();
    if wants.is_empty() {
        vec![nothing(operation)]
    } else {
        wants
    }
}

fn statements(tables: &DynamoDb, list: &Value) -> Vec<Want> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|entry| statement(tables, entry["Statement"].as_str()))
        .collect()
}

/// PartiQL is authorised by its verb and table only: without leading keys, so that tenant guards refuse it.
fn statement(tables: &DynamoDb, text: Option<&str>) -> Want {
    let words: Vec<&str> = text.unwrap_or("").split_whitespace().collect();
    let verb = words
        .first()
        .map(|word| word.to_ascii_uppercase())
        .unwrap_or_default();
    let (action, before_table) = match verb.as_str() {
        "INSERT" => ("PartiQLInsert", "INTO"),
        "UPDATE" => ("PartiQLUpdate", "UPDATE"),
        "DELETE" => ("PartiQLDelete", "FROM"),
        _ => ("PartiQLSelect", "FROM"),
    };
    let position = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case(before_table));
    let named = position
        .and_then(|at| words.get(at + 1))
        .copied()
        .unwrap_or("*");
    let mut parts = named
        .split('.')
        .map(|part| part.trim_matches(|c| c == '"' || c == '\''));
    let table = tables.table_arn(parts.next().unwrap_or("*"));
    let resource = parts
        .next()
        .map_or(table.clone(), |index| format!("{table}/index/{index}"));
    Want::new(format!("dynamodb:{action}"), resource)
}

/// A request that names no item: DynamoDB will refuse it, but not before the caller was authorised.
fn nothing(operation: &str) -> Want {
    Want::new(format!("dynamodb:{operation}"), "*")
}

fn leading(tables: &DynamoDb, table: &str, attributes: &Value) -> Option<String> {
    let attribute = tables.schemas.partition_key(table, None)?;
    value_text(attributes.get(&attribute)?)
}

fn with_keys(want: Want, keys: Vec<String>) -> Want {
    if keys.is_empty() {
        want
    } else {
        want.with(LEADING_KEYS, keys)
    }
}

/// Tables may be named by ARN.
fn table_name(name: &str) -> &str {
    match name.split_once(":table/") {
        Some((_, rest)) => rest.split('/').next().unwrap_or(rest),
        None => name,
    }
}
