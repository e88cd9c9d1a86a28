//! The control page and its JSON API under `/__local`: look inside, and make things go wrong.
//!
//! It answers on loopback names only, and takes changes only from its own pages or from programs, so that no web page
//! that happens to be open can reach into the host.

mod functions;
mod iam;
mod mail;
mod queues;
mod stripe;
mod system;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{any, delete, get, post};
use serde_json::json;

use crate::host::Host;

/// The routes below `/__local`.
pub(crate) fn router(host: Host) -> Router {
    Router::new()
        .route(
            "/",
            get(|| async {
                // A foreign page that frames this one could have its buttons pressed.
                let alone = [
                    (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
                    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                ];
                (alone, Html(include_str!("control/page.html")))
            }),
        )
        .route("/status", get(system::status))
        .route("/clock", get(system::clock).put(system::set_clock))
        .route("/latency", get(system::latency).put(system::set_latency))
        .route("/dump", get(system::dump))
        .route("/reset", post(system::reset))
        .route("/mail", get(mail::list).delete(mail::clear))
        .route("/mail/reports", post(mail::report))
        .route("/mail/{message_id}/html", get(mail::html))
        .route("/deployment", get(system::deployment))
        .route(
            "/faults",
            get(system::faults)
                .post(system::add_fault)
                .delete(system::clear_faults),
        )
        .route("/stripe/{*path}", any(stripe::control))
        .route("/calls", get(system::calls))
        .route("/bridge", get(system::bridge))
        .route("/iam", get(iam::report))
        .route("/functions", get(functions::list))
        .route("/functions/{function}/{action}", post(functions::act))
        .route("/sources", get(functions::sources))
        .route("/sources/{source}/{action}", post(functions::act_on_source))
        .route("/schedules", get(functions::schedules))
        .route("/schedules/{schedule}/fire", post(functions::fire))
        .route("/invocations", get(functions::invocations))
        .route("/invocations/{request_id}", get(functions::invocation))
        .route("/logs", get(functions::logs))
        .route(
            "/kill-plan",
            get(functions::kill_plans)
                .post(functions::add_kill_plan)
                .delete(functions::clear_kill_plans),
        )
        .route("/queues", get(queues::list))
        .route("/queues/{queue}/messages", get(queues::peek))
        .route("/queues/{queue}/messages", delete(queues::purge))
        .route("/queues/{queue}/redrive", post(queues::redrive))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "there is no such control route") })
        .layer(DefaultBodyLimit::max(8 * 1024 * 1024))
        .layer(from_fn(own_pages_only))
        .with_state(host)
}

/// An answer that says what is wrong.
fn problem(status: StatusCode, message: &str) -> Response {
    (status, axum::Json(json!({ "message": message }))).into_response()
}

async fn own_pages_only(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<Response> {
    let text = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let host = text(header::HOST).unwrap_or("");
    if !is_loopback(host) {
        return Some(problem(
            StatusCode::FORBIDDEN,
            "the control page answers on loopback names only",
        ));
    }
    let origin =
        text(header::ORIGIN).map(|origin| origin.split_once("://").map_or("", |(_, host)| host));
    (request.method() != Method::GET && origin.is_some_and(|origin| origin != host)).then(|| {
        problem(
            StatusCode::FORBIDDEN,
            "changes are taken from this page or from programs, not from other sites",
        )
    })
}

fn is_loopback(authority: &str) -> bool {
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    host == "localhost"
        || host == "[::1]"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_loopback_names_are_own() {
        assert!(
            is_loopback("localhost:8787")
                && is_loopback("127.0.0.1:8787")
                && is_loopback("[::1]:8787")
        );
        assert!(
            !is_loopback("example.org:8787") && !is_loopback("") && !is_loopback("10.0.0.1:8787")
        );
    }
}
