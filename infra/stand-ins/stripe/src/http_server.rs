//! One loopback port over hyper, which lets a scripted fault cut a connection, and an outage close the port.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited, combinators::UnsyncBoxBody};
use hyper::{Request, Response, body::Incoming as Received, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{
    control,
    pages::{self, Page},
    serve::{self, Answer, Incoming},
    shared::Shared,
    visit,
    world::{Refusal, World},
};

type Body = UnsyncBoxBody<Bytes, Infallible>;

const BODY_LIMIT: usize = 1024 * 1024;
const JSON: &str = "application/json";

/// The connection ends here without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection cut by a scripted fault")]
struct Cut;

pub(crate) async fn serve(mut listener: TcpListener, shared: Arc<Shared>) {
    let Ok(address) = listener.local_addr() else {
        return;
    };
    // Connections end with this task: a set that is dropped aborts what is in it.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.until(World::is_out) => {
                drop(listener);
                shared.until(|world| !world.is_out()).await;
                listener = listen_again(address).await;
                continue;
            }
        };
        let stream = match accepted {
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

/// Takes the port again after an outage.
async fn listen_again(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(error) => {
                // Somebody else has it for a moment.
                tracing::warn!(%error, "the port could not be taken again");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn respond(shared: &Shared, request: Request<Received>) -> Result<Response<Body>, Cut> {
    let path = request.uri().path().to_owned();
    if path.starts_with("/v1/") || path.starts_with("/v2/") {
        // A connection from before an outage is as dead as a new one.
        if shared.read(World::is_out) {
            return Err(Cut);
        }
        return vendor(shared, path, request).await;
    }
    if !is_own_host(&request) {
        return Ok(message(403, "this page answers on loopback names only"));
    }
    if let Some(rest) = path.strip_prefix("/__control") {
        return Ok(control_api(shared, rest, request).await);
    }
    Ok(page(shared, &path, request).await)
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

async fn body_of(request: Request<Received>) -> Option<Bytes> {
    let body = Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await;
    body.ok().map(http_body_util::Collected::to_bytes)
}

async fn vendor(
    shared: &Shared,
    path: String,
    request: Request<Received>,
) -> Result<Response<Body>, Cut> {
    let named = |name: &'static str| header_text(&request, &HeaderName::from_static(name));
    let mut incoming = Incoming {
        verb: request.method().as_str().to_owned(),
        path,
        query: request.uri().query().unwrap_or_default().to_owned(),
        authorization: named("authorization"),
        version: named("stripe-version"),
        idempotency_key: named("idempotency-key"),
        body: Bytes::new(),
    };
    let Some(body) = body_of(request).await else {
        return Ok(message(413, "the body is too large"));
    };
    incoming.body = body;
    finish(serve::serve(shared, incoming).await)
}

fn finish(answer: Answer) -> Result<Response<Body>, Cut> {
    let body = answer.body.ok_or(Cut)?;
    let mut response = response(answer.status, JSON, body.to_string().into());
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

async fn page(shared: &Shared, path: &str, request: Request<Received>) -> Response<Body> {
    if path == "/style.css" {
        return response(
            200,
            "text/css; charset=utf-8",
            Bytes::from_static(pages::STYLE.as_bytes()),
        );
    }
    let verb = request.method().as_str().to_owned();
    let form = body_of(request).await.unwrap_or_default();
    let form = std::str::from_utf8(&form).unwrap_or_default();
    match visit::visit(shared, &verb, path, form) {
        Some(Page::Html(status, html)) => page_response(status, html),
        Some(Page::Goes(url)) => redirect(&url),
        None => message(404, "there is nothing here"),
    }
}

fn redirect(url: &str) -> Response<Body> {
    let mut response = response(303, "text/plain; charset=utf-8", Bytes::new());
    match HeaderValue::from_str(url) {
        Ok(value) => {
            response.headers_mut().insert(header::LOCATION, value);
            response
        }
        Err(_) => message(400, "the address to go to is not one"),
    }
}

fn page_response(status: u16, html: String) -> Response<Body> {
    let mut response = response(status, "text/html; charset=utf-8", html.into());
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        // No `form-action`: browsers apply it to where a form is redirected, and Checkout leads back to the shop.
        HeaderValue::from_static("default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn control_api(shared: &Shared, path: &str, request: Request<Received>) -> Response<Body> {
    let verb = request.method().as_str().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let content_type = header_text(&request, &header::CONTENT_TYPE).unwrap_or_default();
    let Some(body) = body_of(request).await else {
        return message(413, "the body is too large");
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

fn response(status: u16, content_type: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Full::new(body).boxed_unsync());
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
