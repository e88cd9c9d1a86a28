//! The mailbox: every mail that SES took, and what its receivers say to it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use emulator::ses::Report;
use serde::Deserialize;
use serde_json::json;

use super::problem;
use crate::host::Host;

/// A mail's page may show itself and be framed by the mailbox; it loads nothing and runs nothing. Links open outside.
const SHOWN_ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

pub(super) async fn list(State(host): State<Host>) -> Response {
    Json(host.inner.emulator.ses().inbox()).into_response()
}

pub(super) async fn clear(State(host): State<Host>) -> Response {
    match host.inner.emulator.ses().clear() {
        Ok(()) => Json(json!({"cleared": true})).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// One mail as its receiver sees it.
pub(super) async fn html(State(host): State<Host>, Path(message_id): Path<String>) -> Response {
    let inbox = host.inner.emulator.ses().inbox();
    let mail = inbox.into_iter().find(|mail| mail.message_id == message_id);
    let Some(html) = mail.and_then(|mail| mail.html) else {
        return problem(StatusCode::NOT_FOUND, "there is no such mail in HTML");
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, SHOWN_ALONE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    // Links are followed in a tab of their own.
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    (headers, Html(html)).into_response()
}

/// What is said to the newest mail to an address.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    address: String,
    report: Report,
}

pub(super) async fn report(State(host): State<Host>, Json(said): Json<Said>) -> Response {
    match host.inner.emulator.ses().report(&said.address, said.report) {
        Ok(passed) => Json(json!({"reported": passed})).into_response(),
        Err(error) => problem(StatusCode::NOT_FOUND, &error.to_string()),
    }
}
