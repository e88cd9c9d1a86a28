//! The Stripe stand-in's own control API, passed on, so that the page reaches it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::problem;
use crate::host::Host;

/// Makes the call whose path follows `/stripe`, with the body as JSON.
pub(super) async fn control(
    State(host): State<Host>,
    method: Method,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let Some(stripe) = host.stripe() else {
        let message = "Stripe's own sandbox is called: look at its dashboard";
        return problem(StatusCode::NOT_FOUND, message);
    };
    let body = match body.is_empty() {
        true => Ok(Value::Null),
        false => serde_json::from_slice(&body),
    };
    let Ok(body) = body else {
        return problem(StatusCode::BAD_REQUEST, "the body is not JSON");
    };
    let path = match query {
        Some(query) => format!("/{path}?{query}"),
        None => format!("/{path}"),
    };
    match stripe.call(method.as_str(), &path, body).await {
        Ok(answer) => Json(answer).into_response(),
        Err(stripe_stand_in::Error::Refused { status, message }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
            problem(status, &message)
        }
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}
