//! What each role may do, what it did, and what was refused.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::host::Host;

pub(super) async fn report(State(host): State<Host>) -> Response {
    let used_by_role = host.inner.gate.used();
    let empty = BTreeSet::new();
    let roles: Vec<_> = host
        .inner
        .deployment
        .roles
        .iter()
        .map(|role| {
            let allowed: BTreeSet<_> = role.policies.iter().flat_map(|policy| actions(&policy.document)).collect();
            let used = used_by_role.get(&role.arn).unwrap_or(&empty);
            // Writing logs and traces is the platform's doing in the role's name.
            let platform: BTreeSet<_> =
                allowed.iter().filter(|action| action.starts_with("logs:") || action.starts_with("xray:")).collect();
            let unused: Vec<_> =
                allowed.iter().filter(|action| !used.contains(*action) && !platform.contains(action)).collect();
            json!({
                "role": role.name, "arn": role.arn, "allowed": allowed, "used": used, "platform": platform,
                "unused": unused,
            })
        })
        .collect();
    Json(json!({"roles": roles, "denials": host.inner.gate.denials()})).into_response()
}

/// All actions that the statements of a policy allow.
fn actions(document: &Value) -> Vec<String> {
    let list = |value: Option<&Value>| match value {
        Some(Value::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    list(document.get("Statement"))
        .iter()
        .filter(|statement| {
            statement
                .get("Effect")
                .is_none_or(|effect| effect == "Allow")
        })
        .flat_map(|statement| list(statement.get("Action")))
        .filter_map(|action| action.as_str().map(str::to_owned))
        .collect()
}
