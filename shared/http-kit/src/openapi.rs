//! One OpenAPI document from the function crates' parts.

use http::StatusCode;
use serde_json::{Map, Value, json};
use utoipa::{OpenApi, openapi};

use crate::cookie::Cookie;
use crate::csrf::CSRF_HEADER;
use crate::idempotency::IDEMPOTENCY_HEADER;
use crate::problem::{PROBLEM_CONTENT_TYPE, ProblemBody};
use crate::route::{Access, Method, Route};

/// Header with the workspace that a call is for; `app::Call` reads it.
pub const WORKSPACE_HEADER: &str = "x-sofi-workspace";

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
/// routes, security by access, the refusals, the headers. Hooks are left out.
///
/// The text depends on nothing but the types: all keys are sorted, and it ends with a line feed.
///
/// # Errors
/// When routes and descriptions do not name the same set, or names clash.
pub fn document(title: &str, version: &str, parts: Vec<Part<'_>>) -> Result<String, DocumentError> {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut responses = Map::new();
    add_schemas(&mut schemas, &serde_json::to_value(Common::openapi())?)?;
    for part in parts {
        let described = serde_json::to_value(&part.document)?;
        add_schemas(&mut schemas, &described)?;
        add_paths(&mut paths, &mut responses, &described, part.routes)?;
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": version },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": responses,
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": Cookie::Session.name() },
                "csrf": {
                    "type": "apiKey",
                    "in": "header",
                    "name": CSRF_HEADER,
                    "description": "Always `1`; beside the cookie with each change.",
                },
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
    responses: &mut Map<String, Value>,
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
        complete(&mut operation, responses, route);
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

/// Adds what the route says and the handler does not repeat; answers that many give go into `shared`.
fn complete(operation: &mut Map<String, Value>, shared: &mut Map<String, Value>, route: &Route) {
    operation.insert("operationId".to_owned(), route.operation_id.into());
    operation.insert("tags".to_owned(), json!([route.crate_name()]));
    operation.insert("security".to_owned(), security(route));
    if matches!(route.access, Access::Session { .. }) {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(json!({
                "name": WORKSPACE_HEADER,
                "in": "header",
                "required": false,
                "description": "Id of the workspace that the call is for; the person's first one when absent.",
                "schema": { "type": "string" },
            }));
        }
    }
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
    let refusals = refusals(operation, route);
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    if let Some(responses) = responses.as_object_mut() {
        for status in refusals {
            let name = refusal(status, route);
            responses
                .entry(status.as_str())
                .or_insert_with(|| json!({ "$ref": format!("#/components/responses/{name}") }));
            shared.entry(name).or_insert_with(|| refused(status, route));
        }
    }
}

/// Browsers bring the cookie, and our header with each change; programs bring a token.
fn security(route: &Route) -> Value {
    match route.access {
        Access::Public | Access::Hook => json!([]),
        _ if route.method == Method::Get || route.harmless => {
            json!([{ "session": [] }, { "token": [] }])
        }
        _ => json!([{ "session": [], "csrf": [] }, { "token": [] }]),
    }
}

/// The refusals that follow from what a route is. A handler that refuses in yet another way declares it itself.
fn refusals(operation: &Map<String, Value>, route: &Route) -> Vec<StatusCode> {
    let changes = route.method != Method::Get;
    let has_body = operation.contains_key("requestBody");
    let has_query = operation
        .get("parameters")
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().any(|one| one["in"] == "query"));
    let public = matches!(route.access, Access::Public | Access::Hook);
    [
        (
            StatusCode::BAD_REQUEST,
            has_body || has_query || route.idempotent,
        ),
        (StatusCode::UNAUTHORIZED, !public),
        (
            StatusCode::FORBIDDEN,
            !public || (changes && !route.harmless),
        ),
        // Whoever is known may name a workspace, an account or a thing that is not there.
        (StatusCode::NOT_FOUND, !public || route.path.contains('{')),
        (StatusCode::CONFLICT, changes),
        (StatusCode::PAYLOAD_TOO_LARGE, has_body),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, has_body),
        (StatusCode::UNPROCESSABLE_ENTITY, changes),
        (
            StatusCode::TOO_MANY_REQUESTS,
            changes || route.takes_tokens(),
        ),
        (StatusCode::SERVICE_UNAVAILABLE, true),
    ]
    .into_iter()
    .filter_map(|(status, happens)| happens.then_some(status))
    .collect()
}

/// Name of the shared answer that a route refuses with.
fn refusal(status: StatusCode, route: &Route) -> String {
    let reason = status.canonical_reason().unwrap_or_default();
    let name: String = reason.split_whitespace().collect();
    let counted = status == StatusCode::TOO_MANY_REQUESTS && route.takes_tokens();
    if counted {
        format!("{name}OfTokens")
    } else {
        name
    }
}

/// The answer behind that name.
fn refused(status: StatusCode, route: &Route) -> Value {
    let mut answer = json!({
        "description": status.canonical_reason().unwrap_or("A problem."),
        "content": { PROBLEM_CONTENT_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    if status == StatusCode::TOO_MANY_REQUESTS {
        answer["headers"] = json!({
            "retry-after": {
                "description": "Seconds until it is worth trying again.",
                "required": true,
                "schema": { "type": "integer", "minimum": 1 },
            },
        });
        if route.takes_tokens() {
            for name in ["ratelimit", "ratelimit-policy"] {
                answer["headers"][name] = json!({
                    "description": "What the token has left; only where a token asks.",
                    "required": false,
                    "schema": { "type": "string" },
                });
            }
        }
    }
    answer
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
