//! One loopback port over hyper, which lets a scripted fault cut a connection, and an outage close the port.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, header};
use hyper::body::Incoming as Received;
use stand_in_kit::{
    Body, Connections, ControlCall, Cut, add_headers, answer_of, as_page, body_of, header_text,
    json, message, refuse_foreign_name, response,
};
use tokio::net::TcpListener;

use crate::{
    control,
    pages::{self, Page},
    serve::{self, Answer, Incoming},
    shared::Shared,
    visit,
    world::World,
};

const BODY_LIMIT: usize = 1024 * 1024;

pub(crate) async fn serve(mut listener: TcpListener, shared: Arc<Shared>) {
    let Ok(address) = listener.local_addr() else {
        return;
    };
    // These outlive an outage, which the control API can end.
    let mut connections = Connections::default();
    loop {
        let shared_by_all = Arc::clone(&shared);
        let respond = move |request| {
            let shared = Arc::clone(&shared_by_all);
            async move { respond(&shared, request).await }
        };
        tokio::select! {
            () = connections.accept(&listener, respond) => {}
            () = shared.until(World::is_out) => {}
        }
        drop(listener);
        shared.until(|world| !world.is_out()).await;
        listener = listen_again(address).await;
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
    if let Some(refused) = refuse_foreign_name(&request) {
        return Ok(refused);
    }
    if let Some(rest) = path.strip_prefix("/__control") {
        return Ok(control_api(shared, rest, request).await);
    }
    Ok(page(shared, &path, request).await)
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
    let Some(body) = body_of(request, BODY_LIMIT).await else {
        return Ok(message(413, "the body is too large"));
    };
    incoming.body = body;
    finish(serve::serve(shared, incoming).await)
}

fn finish(answer: Answer) -> Result<Response<Body>, Cut> {
    let body = answer.body.ok_or(Cut)?;
    let mut response = json(answer.status, &body);
    add_headers(&mut response, answer.headers);
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
    let form = body_of(request, BODY_LIMIT).await.unwrap_or_default();
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
    as_page(
        response(status, "text/html; charset=utf-8", html.into()),
        // No `form-action`: browsers apply it to where a form is redirected, and Checkout leads back to the shop.
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
        "no-store",
    )
}

async fn control_api(shared: &Shared, path: &str, request: Request<Received>) -> Response<Body> {
    let result = match ControlCall::read(path, request, BODY_LIMIT).await {
        Ok(call) => control::handle(shared, call).await,
        Err(refusal) => Err(refusal),
    };
    let (status, answer) = answer_of(result);
    json(status, &answer)
}
