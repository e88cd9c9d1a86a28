//! The server that a function's process talks to: the Lambda Runtime API, and the way to Telegram, Stripe and AI vendors.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::pool::Shared;
use super::relay::CallFailed;
use super::sandbox::{Desk, Reply};

/// Largest event and largest answer: 6 MB.
pub(crate) const PAYLOAD_LIMIT: usize = 6 * 1024 * 1024;

/// A body of either kind: ours, or one that streams from elsewhere and may break off.
pub(super) type Body = UnsyncBoxBody<Bytes, CallFailed>;

/// Serves until the task is aborted; open connections go with it.
pub(super) async fn serve(listener: TcpListener, desk: Arc<Desk>, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        // Small messages in both directions: waiting to fill a packet would only cost time.
        let _ = stream.set_nodelay(true);
        let (desk, shared) = (Arc::clone(&desk), Arc::clone(&shared));
        connections.spawn(async move {
            let service =
                service_fn(move |request| answer(request, Arc::clone(&desk), Arc::clone(&shared)));
            // An error here is the process hanging up, or a call cut on purpose: nothing to report.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
        while connections.try_join_next().is_some() {}
    }
}

/// An `Err` closes the connection without an answer.
async fn answer(
    request: Request<Incoming>,
    desk: Arc<Desk>,
    shared: Arc<Shared>,
) -> Result<Response<Body>, CallFailed> {
    let path = request.uri().path().to_owned();
    let Some(path) = path.strip_prefix("/2018-06-01/runtime/") else {
        return shared.relay.call(request, &desk, &shared.tracker).await;
    };
    let parts: Vec<_> = path.split('/').collect();
    match (request.method(), parts.as_slice()) {
        (&Method::GET, ["invocation", "next"]) => Ok(next(&desk).await),
        (&Method::POST, ["invocation", id, "response"]) => {
            let body = request
                .into_body()
                .collect()
                .await
                .map_err(CallFailed::from_hyper)?
                .to_bytes();
            if body.len() > PAYLOAD_LIMIT {
                let kind = "Function.ResponseSizeTooLarge".to_owned();
                desk.reply(
                    id,
                    Reply::Failure {
                        body: failure_body(&kind, "answer over 6 MB"),
                        kind,
                    },
                );
                return Ok(text(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    &json!({"errorType": "RequestEntityTooLarge"}),
                ));
            }
            Ok(accepted(desk.reply(id, Reply::Answer(body))))
        }
        (&Method::POST, ["invocation", id, "error"]) => {
            let header = error_type(&request);
            let body = request
                .into_body()
                .collect()
                .await
                .map_err(CallFailed::from_hyper)?
                .to_bytes();
            let kind = header
                .or_else(|| error_type_of(&body))
                .unwrap_or_else(|| "Unhandled".into());
            Ok(accepted(desk.reply(id, Reply::Failure { kind, body })))
        }
        (&Method::POST, ["init", "error"]) => {
            let header = error_type(&request);
            let body = request
                .into_body()
                .collect()
                .await
                .map_err(CallFailed::from_hyper)?
                .to_bytes();
            let kind = header
                .or_else(|| error_type_of(&body))
                .unwrap_or_else(|| "Runtime.InitError".into());
            desk.init_error.send_replace(Some(kind));
            Ok(accepted(true))
        }
        _ => Ok(text(
            StatusCode::NOT_FOUND,
            &json!({"errorType": "NotFound", "errorMessage": "no such route"}),
        )),
    }
}

async fn next(desk: &Desk) -> Response<Body> {
    desk.asked.send_modify(|times| *times += 1);
    let delivery = desk.work.lock().await.recv().await;
    let Some(delivery) = delivery else {
        // The sandbox is being retired; the process is killed in a moment.
        return text(StatusCode::GONE, &json!({"errorType": "Gone"}));
    };
    Response::builder()
        .header("content-type", "application/json")
        .header("lambda-runtime-aws-request-id", delivery.request_id)
        .header("lambda-runtime-trace-id", delivery.trace_id)
        .header(
            "lambda-runtime-deadline-ms",
            delivery.deadline_ms.to_string(),
        )
        .header(
            "lambda-runtime-invoked-function-arn",
            desk.function_arn.as_str(),
        )
        .body(body(delivery.payload))
        .expect("ids and ARNs are valid header values")
}

fn accepted(known: bool) -> Response<Body> {
    if known {
        text(StatusCode::ACCEPTED, &json!({"status": "OK"}))
    } else {
        let body = json!({"errorType": "InvalidRequestID", "errorMessage": "no such invocation is running"});
        text(StatusCode::BAD_REQUEST, &body)
    }
}

fn error_type(request: &Request<Incoming>) -> Option<String> {
    request
        .headers()
        .get("lambda-runtime-function-error-type")
        .and_then(|v| v.to_str().ok())
        .map(str::to_owned)
}

fn error_type_of(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Value>(body)
        .ok()?
        .get("errorType")?
        .as_str()
        .map(str::to_owned)
}

pub(super) fn failure_body(kind: &str, message: &str) -> Bytes {
    json!({"errorType": kind, "errorMessage": message})
        .to_string()
        .into()
}

fn text(status: StatusCode, value: &Value) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body(value.to_string()))
        .expect("a status and a fixed header are valid")
}

pub(super) fn body(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into())
        .map_err(|never: Infallible| match never {})
        .boxed_unsync()
}
