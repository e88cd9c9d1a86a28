//! Hands verified requests to dynoxide's HTTP front end.

use std::net::{Ipv4Addr, SocketAddr};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::watch;

use crate::error::{Error, ServiceError};
use crate::gateway::{Reply, Request};
use crate::{Database, Place};

/// dynoxide writes its own region and account into ARNs.
const FOREIGN_ARN: &str = "arn:aws:dynamodb:dynoxide:000000000000:";

/// The private front end; clones share its connections.
#[derive(Debug, Clone)]
pub(super) struct Backend {
    address: SocketAddr,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Backend {
    /// Starts dynoxide on a thread of its own.
    pub fn start(database: Database, stop: watch::Receiver<bool>) -> Result<Self, Error> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let failed = |source| Error::Listen {
            address: wanted,
            source,
        };
        let listener = std::net::TcpListener::bind(wanted).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        std::thread::Builder::new()
            .name("dynamodb".into())
            .spawn(move || runtime.block_on(serve(listener, database, stop)))
            .map_err(failed)?;
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Ok(Self {
            address,
            client: Client::builder(TokioExecutor::new()).build(connector),
        })
    }

    /// Runs one request.
    pub async fn call(&self, request: &Request, place: &Place) -> Result<Reply, ServiceError> {
        let mut outgoing = http::Request::post(format!("http://{}/", self.address));
        for name in [
            "content-type",
            "x-amz-target",
            "authorization",
            "x-amz-date",
        ] {
            if let Some(value) = request.headers.get(name) {
                outgoing = outgoing.header(name, value);
            }
        }
        let outgoing = outgoing
            .body(Full::new(request.body.clone()))
            .map_err(|e| ServiceError::internal(format!("request to the tables: {e}")))?;
        let answer = self
            .client
            .request(outgoing)
            .await
            .map_err(unreachable_backend)?;
        let (parts, body) = answer.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|e| ServiceError::internal(e.to_string()))?
            .to_bytes();
        let mut reply = Reply::empty(parts.status.as_u16());
        reply.headers = parts
            .headers
            .iter()
            .filter(|(name, _)| wanted_header(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if !parts.headers.contains_key(CONTENT_TYPE) {
            reply.headers.push((
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-amz-json-1.0"),
            ));
        }
        if reply.status >= 400 {
            reply.error = error_code(&body);
        }
        reply.body = own_arns(body, request, place, &mut reply.headers);
        Ok(reply)
    }
}

fn unreachable_backend(error: hyper_util::client::legacy::Error) -> ServiceError {
    tracing::error!(error = %error, "the embedded DynamoDB did not answer");
    ServiceError::with_status(
        500,
        "InternalServerError",
        "the embedded DynamoDB did not answer",
    )
}

/// The request id is ours; lengths are set again when the answer is written.
fn wanted_header(name: &HeaderName) -> bool {
    *name != CONTENT_LENGTH && matches!(name.as_str(), "content-type" | "x-amz-crc32")
}

/// Control-plane answers name ARNs: give them the region and account of this emulator.
fn own_arns(
    body: Bytes,
    request: &Request,
    place: &Place,
    headers: &mut Vec<(HeaderName, HeaderValue)>,
) -> Bytes {
    let control = ["Table", "Stream", "TimeToLive"]
        .iter()
        .any(|part| request.operation.contains(part));
    if !control {
        return body;
    }
    let Ok(text) = std::str::from_utf8(&body) else {
        return body;
    };
    if !text.contains(FOREIGN_ARN) {
        return body;
    }
    // The checksum was that of the old text; SDKs accept an answer without one.
    headers.retain(|(name, _)| name != "x-amz-crc32");
    Bytes::from(text.replace(FOREIGN_ARN, &place.arn("dynamodb", "")))
}

fn error_code(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(body["__type"].as_str()?.rsplit('#').next()?.to_owned())
}

async fn serve(
    listener: std::net::TcpListener,
    database: Database,
    mut stop: watch::Receiver<bool>,
) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::error!(error = %error, "the embedded DynamoDB could not listen");
            return;
        }
    };
    let stopped = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    // The gateway keeps its connections open, so a graceful end would wait for them for ever.
    tokio::select! {
        result = dynoxide::server::serve_with_shutdown(listener, database, std::future::pending()) => {
            if let Err(error) = result {
                tracing::error!(error = %error, "the embedded DynamoDB stopped");
            }
        }
        () = stopped => {}
    }
}
