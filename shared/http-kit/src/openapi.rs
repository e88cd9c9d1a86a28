//! One OpenAPI document from the function crates' parts.

use serde_json::{Map, Value, json};
use utoipa::{OpenApi, openapi};

use crate::cookie::Cookie;
use crate::idempotency::IDEMPOTENCY_HEADER;
use crate::problem::{PROBLEM_CONTENT_TYPE, ProblemBody};
use crate::route::{Access, Route};

/// What one function crate adds: the operations that its handlers describe, and its table of routes.
#[derive(Clone)]
pub struct Part<'r> {
    /// From `#[derive(OpenApi)]` over the crate's handlers.
    pub document: openapi::OpenApi,
    /// The crate's `ROUTES`.
    pub routes: &'r [Route],
}

/// Why no document can be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A route is not described by its handler.
    #[error("{0} is in the routes and has no description")]
    Undescribed(String),
    /// A description has no route.
    #[error("{0} is described and not in the routes")]
    Unrouted(String),
    /// Two crates describe the same operation.
    #[error("{0} is described twice")]
    Twice(String),
    /// Two crates use one name for two schemas.
    #[error("there are two different schemas named {0}")]
    SchemaClash(String),
    /// utoipa gave something that is not JSON.
    #[error("the document could not be written")]
    Json(#[from] serde_json::Error),
}

#[derive(OpenApi)]
#[openapi(components(schemas(ProblemBody)))]
struct Common;

/// Merges the parts into one document and adds what all operations share: operation ids and tags by the
/// routes, security by access, the problem answer, the idempotency header. Hooks are left out.
///
/// The text depends on nothing but the types: all keys are sorted, and it ends with a line feed.
///
/// # Errors
/// When routes and descriptions do not name the same set, or names clash.
pub fn document(title: &str, version: &str, parts: Vec<Part<'_>>) -> Result<String, DocumentError> {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    add_schemas(&mut schemas, &serde_json::to_value(Common::openapi())?)?;
    for part in parts {
        let described = serde_json::to_value(&part.document)?;
        add_schemas(&mut schemas, &described)?;
        add_paths(&mut paths, &described, part.routes)?;
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": version },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": Cookie::Session.name() },
                "token": { "type": "http", "scheme": "bearer" },
            },
        },
    });
    let mut text = serde_json::to_string_pretty(&sorted(&document))?;
    text.push('\n');
    Ok(text)
}

fn add_schemas(schemas: &mut Map<String, Value>, described: &Value) -> Result<(), DocumentError> {
    let Some(own) = described
        .pointer("/components/schemas")
        .and_then(Value::as_object)
    else {
        return Ok(());
    };
    for (name, schema) in own {
        match schemas.get(name) {
            Some(known) if known != schema => return Err(DocumentError::SchemaClash(name.clone())),
            _ => schemas.insert(name.clone(), schema.clone()),
        };
    }
    Ok(())
}

fn add_paths(
    paths: &mut Map<String, Value>,
    described: &Value,
    routes: &[Route],
) -> Result<(), DocumentError> {
    let none = Map::new();
    let own = described
        .get("paths")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    for route in routes.iter().filter(|route| route.access != Access::Hook) {
        let mut operation = own
            .get(route.path)
            .and_then(|item| item.get(route.method.as_key()))
            .and_then(Value::as_object)
            .cloned()
            .ok_or_else(|| DocumentError::Undescribed(route.key()))?;
        complete(&mut operation, route);
        let item = paths.entry(route.path).or_insert_with(|| json!({}));
        if item.get(route.method.as_key()).is_some() {
            return Err(DocumentError::Twice(route.key()));
        }
        item[route.method.as_key()] = Value::Object(operation);
    }
    for (path, item) in own {
        for method in item.as_object().unwrap_or(&none).keys() {
            let known = routes
                .iter()
                .any(|route| route.path == path && route.method.as_key() == method);
            if !known {
                return Err(DocumentError::Unrouted(format!(
                    "{} {path}",
                    method.to_ascii_uppercase()
                )));
            }
        }
    }
    Ok(())
}

/// Adds what the route says and the handler does not repeat.
fn complete(operation: &mut Map<String, Value>, route: &Route) {
    operation.insert("operationId".to_owned(), route.operation_id.into());
    operation.insert("tags".to_owned(), json!([route.crate_name()]));
    let security = match route.access {
        Access::Person | Access::Staff | Access::Session { .. } => {
            json!([{ "session": [] }, { "token": [] }])
        }
        Access::Public | Access::Hook => json!([]),
    };
    operation.insert("security".to_owned(), security);
    if route.idempotent {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(json!({
                "name": IDEMPOTENCY_HEADER,
                "in": "header",
                "required": false,
                "description": "Repeat a request with the same key and it happens once.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]+$" },
            }));
        }
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    if let Some(responses) = responses.as_object_mut() {
        responses.entry("default").or_insert_with(|| {
            json!({
                "description": "A problem.",
                "content": { PROBLEM_CONTENT_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
            })
        });
    }
}

/// The value with all keys in order, whatever map the JSON library was built with.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut pairs: Vec<(&String, &Value)> = members.iter().collect();
            pairs.sort_by_key(|(name, _)| *name);
            Value::Object(
                pairs
                    .into_iter()
                    .map(|(name, member)| (name.clone(), sorted(member)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
#[path = "openapi_tests.rs"]
mod tests;
