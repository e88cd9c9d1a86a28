//! The HTTP API: all domain APIs joined on one port, as the distribution joins them.

mod answer;
mod event;
mod headers;
mod routes;
mod site;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};

pub(crate) use routes::Routes;

use crate::ids;
use crate::runtime::{self, Functions, InvokeError, PAYLOAD_LIMIT};
use emulator::Clock as _;

/// Largest request body that an HTTP API reads: 10 MB. The function's own limit of 6 MB comes after it.
const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// The joined API.
pub(crate) struct Api {
    pub(crate) routes: Routes,
    pub(crate) functions: Arc<Functions>,
    pub(crate) account: String,
    pub(crate) region: String,
    /// The dashboard's built files.
    pub(crate) site: PathBuf,
}

impl Api {
    /// Answers one request as the distribution would, with API Gateway behind it.
    pub(crate) async fn answer(
        &self,
        request: Request<Body>,
        peer: std::net::IpAddr,
    ) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let mut response = if site::is_for(request.method(), &path) {
            site::answer(&self.site, &path).await
        } else {
            self.gateway(request, peer).await
        };
        headers::add(&path, response.headers_mut());
        response
    }

    async fn gateway(&self, request: Request<Body>, peer: std::net::IpAddr) -> Response<Body> {
        let request_id = ids::uuid();
        let Some(found) = self.routes.find(request.method(), request.uri().path()) else {
            return gateway(StatusCode::NOT_FOUND, "Not Found", &request_id);
        };
        let (parts, body) = request.into_parts();
        let body = match Limited::new(body, BODY_LIMIT).collect().await {
            Ok(body) => body.to_bytes(),
            Err(_) => {
                return gateway(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "Request Entity Too Large",
                    &request_id,
                );
            }
        };
        let root = trace_root(&parts, self.functions.shared.clock.now_ms());
        let event = event::build(&event::Incoming {
            parts: &parts,
            trace_root: &root,
            body: &body,
            found: &found,
            request_id: &request_id,
            peer,
            account: &self.account,
            region: &self.region,
            now_ms: self.functions.shared.clock.now_ms(),
        });
        let payload = Bytes::from(event.to_string());
        if payload.len() > PAYLOAD_LIMIT {
            return gateway(
                StatusCode::PAYLOAD_TOO_LARGE,
                "Request Entity Too Large",
                &request_id,
            );
        }
        let call = runtime::Request {
            payload,
            source: format!("{} {}", parts.method, found.route.path),
            trace_root: Some(root),
        };
        let functions = Arc::clone(&self.functions);
        let name = found.route.function.clone();
        // A task of its own: a caller that hangs up, or the gateway's time-out, does not stop the function.
        let running = tokio::spawn(async move { functions.invoke(&name, call).await });
        let limit = Duration::from_millis(found.route.timeout_ms);
        match tokio::time::timeout(limit, running).await {
            Err(_) | Ok(Ok(Err(InvokeError::Stopped))) => gateway(
                StatusCode::SERVICE_UNAVAILABLE,
                "Service Unavailable",
                &request_id,
            ),
            Ok(Ok(Ok(payload))) => match answer::from_function(&payload, &request_id) {
                Some(answer) => answer,
                None => gateway(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Internal Server Error",
                    &request_id,
                ),
            },
            Ok(Ok(Err(InvokeError::TooLarge { .. }))) => gateway(
                StatusCode::PAYLOAD_TOO_LARGE,
                "Request Entity Too Large",
                &request_id,
            ),
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, handler = %found.route.function, "an HTTP call failed");
                gateway(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Internal Server Error",
                    &request_id,
                )
            }
            Ok(Err(_)) => gateway(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal Server Error",
                &request_id,
            ),
        }
    }
}

/// The trace that the caller goes on with, or a new one.
fn trace_root(parts: &http::request::Parts, now_ms: i64) -> String {
    let header = parts
        .headers
        .get("x-amzn-trace-id")
        .and_then(|value| value.to_str().ok());
    let given = header.and_then(|header| {
        header
            .split(';')
            .find_map(|part| part.trim().strip_prefix("Root="))
    });
    let is_root = |root: &&str| {
        root.len() == 35
            && root.starts_with("1-")
            && root.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
    };
    given.filter(is_root).map_or_else(
        || format!("1-{:08x}-{}", now_ms.div_euclid(1000), ids::hex(12)),
        str::to_owned,
    )
}

/// An answer of the gateway itself.
fn gateway(status: StatusCode, message: &str, request_id: &str) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .header("apigw-requestid", request_id)
        .body(Body::from(
            serde_json::json!({ "message": message }).to_string(),
        ))
        .expect("a status and fixed headers are valid")
}
