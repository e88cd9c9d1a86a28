//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming as Received},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    audio::FILE_LIMIT,
    control,
    models::Vendor,
    page,
    serve::{self, Answer, Body as Content, Incoming},
    shared::Shared,
    world::Refusal,
};

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Largest body: an upload with its other fields.
const BODY_LIMIT: usize = FILE_LIMIT + 64 * 1024;
const JSON: &str = "application/json";

/// The connection ends here without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection cut by a scripted fault")]
struct Cut;

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // Connections end with this task: a set that is dropped aborts what is in it.
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

async fn respond(shared: &Shared, request: Request<Received>) -> Result<Response<Body>, Cut> {
    let path = request.uri().path().to_owned();
    if let Some(endpoint) = path.strip_prefix("/v1/") {
        return vendor(shared, Vendor::Xai, endpoint, request).await;
    }
    if let Some(endpoint) = path.strip_prefix("/openai/v1/") {
        return vendor(shared, Vendor::Groq, endpoint, request).await;
    }
    if !is_own_host(&request) {
        return Ok(message(403, "this page answers on loopback names only"));
    }
    if let Some(rest) = path.strip_prefix("/__control") {
        return Ok(control_api(shared, rest, request).await);
    }
    Ok(page::asset(&path).map_or_else(
        || message(404, "there is nothing here"),
        |(content_type, body)| page_response(content_type, body),
    ))
}

/// A page of another site could otherwise reach the control API through a name that resolves to this machine.
fn is_own_host(request: &Request<Received>) -> bool {
    let is_loopback = |authority: &str| {
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        let address = host.parse::<std::net::Ipv4Addr>();
        host == "localhost" || host == "[::1]" || address.is_ok_and(|address| address.is_loopback())
    };
    let host_is_own = header_text(request, &header::HOST).is_some_and(|host| is_loopback(&host));
    let origin_is_own = header_text(request, &header::ORIGIN).is_none_or(|origin| {
        origin
            .split_once("://")
            .is_some_and(|(_, authority)| is_loopback(authority))
    });
    host_is_own && origin_is_own
}

fn header_text(request: &Request<Received>, name: &HeaderName) -> Option<String> {
    let value = request.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

async fn vendor(
    shared: &Shared,
    vendor: Vendor,
    endpoint: &str,
    request: Request<Received>,
) -> Result<Response<Body>, Cut> {
    let verb = request.method().as_str().to_owned();
    let authorization = header_text(&request, &header::AUTHORIZATION);
    let content_type = header_text(&request, &header::CONTENT_TYPE).unwrap_or_default();
    let body = Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await;
    let incoming = Incoming {
        vendor,
        verb,
        endpoint: endpoint.to_owned(),
        authorization,
        content_type,
        body: body.ok().map(http_body_util::Collected::to_bytes),
    };
    finish(serve::serve(shared, incoming).await)
}

fn finish(answer: Answer) -> Result<Response<Body>, Cut> {
    let mut response = match answer.body {
        Content::Json(value) => response(answer.status, JSON, value.to_string().into()),
        Content::Garbage(text) => response(answer.status, JSON, text.into()),
        Content::Plain(text) => response(answer.status, "text/plain; charset=utf-8", text.into()),
        Content::Half(text) => cut_midway(&text),
        Content::Cut => return Err(Cut),
    };
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
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
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    response
}

async fn control_api(shared: &Shared, path: &str, request: Request<Received>) -> Response<Body> {
    let verb = request.method().as_str().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let content_type = header_text(&request, &header::CONTENT_TYPE).unwrap_or_default();
    let body = match Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await
    {
        Ok(body) => body.to_bytes(),
        Err(_) => return message(413, "the body is too large"),
    };
    let parsed = if body.is_empty() {
        Ok(Value::Null)
    } else if content_type.starts_with(JSON) {
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
        Ok(value) => response(200, JSON, value.to_string().into()),
        Err(refusal) => message(refusal.status, &refusal.message),
    }
}

fn message(status: u16, text: &str) -> Response<Body> {
    response(status, JSON, json!({ "message": text }).to_string().into())
}

fn page_response(content_type: &'static str, body: &'static str) -> Response<Body> {
    let mut response = response(200, content_type, Bytes::from_static(body.as_bytes()));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'",
        ),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn response(status: u16, content_type: &'static str, body: Bytes) -> Response<Body> {
    let body = Full::new(body).map_err(|never: Infallible| match never {});
    let mut response = Response::new(body.boxed_unsync());
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
