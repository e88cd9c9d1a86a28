//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    api::serve::{self, Admission, BODY_LIMIT, Reply},
    control, page,
    shared::Shared,
    updates,
    world::{Refusal, files::DOWNLOAD_LIMIT},
};

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The connection ends here without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection cut by a scripted fault")]
struct Cut;

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Too many open files, most likely: the next accept may succeed.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Answers are small and somebody waits for each.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot switch off delayed sending");
        }
        let shared = Arc::clone(&shared);
        let service = service_fn(move |request| {
            let shared = Arc::clone(&shared);
            async move { respond(&shared, request).await }
        });
        connections.spawn(
            hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service),
        );
        while connections.try_join_next().is_some() {}
    }
}

async fn respond(shared: &Shared, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/bot") {
        return bot_api(shared, rest, request).await;
    }
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return Ok(download(shared, rest));
    }
    if !is_own_host(&request) {
        return Ok(json_response(
            403,
            &json!({ "message": "this page answers on loopback names only" }),
        ));
    }
    if let Some(rest) = path.strip_prefix("/__control") {
        return Ok(control_api(shared, rest, request).await);
    }
    Ok(page::asset(&path).map_or_else(
        || {
            json_response(
                404,
                &json!({ "ok": false, "error_code": 404, "description": "Not Found" }),
            )
        },
        |(content_type, body)| page_response(content_type, body),
    ))
}

/// A page of another site could otherwise reach the control API through a name that resolves to this machine.
fn is_own_host(request: &Request<Incoming>) -> bool {
    let is_loopback = |authority: &str| {
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        host == "localhost"
            || host == "[::1]"
            || host
                .parse::<std::net::Ipv4Addr>()
                .is_ok_and(|address| address.is_loopback())
    };
    let text = |name: header::HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let host_is_own = text(header::HOST).is_some_and(is_loopback);
    let origin_is_own = text(header::ORIGIN).is_none_or(|origin| {
        origin
            .split_once("://")
            .is_some_and(|(_, authority)| is_loopback(authority))
    });
    host_is_own && origin_is_own
}

async fn bot_api(
    shared: &Shared,
    rest: &str,
    request: Request<Incoming>,
) -> Result<Response<Body>, Cut> {
    // The token's colon may arrive percent-encoded.
    let decoded = rest.replace("%3A", ":").replace("%3a", ":");
    let (token, method) = decoded.split_once('/').unwrap_or((&decoded, ""));
    let bot = match serve::admit(shared, token, method) {
        Admission::Bot(bot) => bot,
        Admission::Done(reply) => return finish(reply),
    };
    let query = request.uri().query().unwrap_or_default().to_owned();
    let content_type = header_text(&request, header::CONTENT_TYPE);
    let Ok(body) = Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await
    else {
        let too_large =
            json!({ "ok": false, "error_code": 413, "description": "Request Entity Too Large" });
        return Ok(json_response(413, &too_large));
    };
    finish(serve::serve(shared, bot, method, &query, &content_type, body.to_bytes()).await)
}

fn header_text(request: &Request<Incoming>, name: header::HeaderName) -> String {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn finish(reply: Reply) -> Result<Response<Body>, Cut> {
    match reply {
        Reply::Json { status, body } => {
            let mut response = json_response(status, &body);
            if let Some(seconds) = body
                .pointer("/parameters/retry_after")
                .and_then(Value::as_u64)
            {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(response)
        }
        Reply::Html { status, body } => Ok(response(
            status,
            "text/html",
            Bytes::from_static(body.as_bytes()),
        )),
        Reply::CutMidway { body } => Ok(cut_midway(&updates::ascii_json(&body.to_string()))),
        Reply::Cut => Err(Cut),
    }
}

/// Announces the whole length, sends half, and breaks the connection.
fn cut_midway(text: &str) -> Response<Body> {
    let half = Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]);
    let sent = stream::once(std::future::ready(Ok(Frame::data(half))));
    let broken = stream::once(async {
        // The first half must reach the wire before the connection breaks.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::new(io::ErrorKind::ConnectionAborted, Cut))
    });
    let mut response = Response::new(StreamBody::new(sent.chain(broken)).boxed_unsync());
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    response
}

fn download(shared: &Shared, rest: &str) -> Response<Body> {
    let decoded = rest.replace("%3A", ":").replace("%3a", ":");
    let (token, path) = decoded.split_once('/').unwrap_or((&decoded, ""));
    let found = shared.read(|world, _| {
        let bot = world
            .bots
            .values()
            .find(|bot| bot.token == token)
            .ok_or(401_u16)?;
        let info = world.files.values().find(|info| {
            info.path == path && bot.files.values().any(|known| *known == info.unique_id)
        });
        let info = info
            .filter(|info| info.size <= DOWNLOAD_LIMIT)
            .ok_or(404_u16)?;
        world
            .blobs
            .get(&info.unique_id)
            .map(|bytes| (info.mime.clone(), bytes))
            .ok_or(404)
    });
    match found {
        Ok((mime, bytes)) => response(200, &mime, bytes),
        Err(401) => json_response(
            401,
            &json!({ "ok": false, "error_code": 401, "description": "Unauthorized" }),
        ),
        Err(code) => json_response(
            code,
            &json!({ "ok": false, "error_code": code, "description": "Not Found" }),
        ),
    }
}

async fn control_api(shared: &Shared, path: &str, request: Request<Incoming>) -> Response<Body> {
    let verb = request.method().as_str().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    if let Some(unique_id) = path.strip_prefix("/files/") {
        let found = shared.read(|world, _| {
            Some((
                world.files.get(unique_id)?.mime.clone(),
                world.blobs.get(unique_id)?,
            ))
        });
        return match found {
            Some((mime, bytes)) => response(200, &mime, bytes),
            None => json_response(404, &json!({ "message": "this file does not exist" })),
        };
    }
    let content_type = header_text(&request, header::CONTENT_TYPE);
    let body = match Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await
    {
        Ok(body) => body.to_bytes(),
        Err(_) => return json_response(413, &json!({ "message": "the body is too large" })),
    };
    let parsed = if body.is_empty() {
        Ok(Value::Null)
    } else if content_type.starts_with("application/json") {
        serde_json::from_slice(&body)
            .map_err(|error| Refusal::bad(format!("the body is not JSON: {error}")))
    } else {
        // A foreign page cannot send this content type without asking first.
        Err(Refusal {
            status: 415,
            message: "control calls take application/json".to_owned(),
        })
    };
    let result = match parsed {
        Ok(value) => control::handle(shared, &verb, path, &query, value).await,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(value) => json_response(200, &value),
        Err(refusal) => json_response(refusal.status, &json!({ "message": refusal.message })),
    }
}

fn json_response(status: u16, value: &Value) -> Response<Body> {
    response(
        status,
        "application/json",
        Bytes::from(updates::ascii_json(&value.to_string())),
    )
}

fn page_response(content_type: &'static str, body: &'static str) -> Response<Body> {
    let mut response = response(200, content_type, Bytes::from_static(body.as_bytes()));
    let policy = HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; frame-ancestors 'none'",
    );
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn response(status: u16, content_type: &str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(
        Full::new(body)
            .map_err(|never: Infallible| match never {})
            .boxed_unsync(),
    );
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    response.headers_mut().insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
