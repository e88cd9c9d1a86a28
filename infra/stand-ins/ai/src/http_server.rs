//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, header};
use hyper::body::Incoming as Received;
use stand_in_kit::{
    Body, Connections, ControlCall, Cut, JSON, add_headers, answer_of, as_page, body_of,
    cut_midway, header_text, json, message, refuse_foreign_name, response,
};
use tokio::net::TcpListener;

use crate::{
    audio::FILE_LIMIT,
    control,
    models::Vendor,
    page,
    serve::{self, Answer, Body as Content, Incoming},
    shared::Shared,
};

/// Largest body: an upload with its other fields.
const BODY_LIMIT: usize = FILE_LIMIT + 64 * 1024;

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let respond = move |request| {
        let shared = Arc::clone(&shared);
        async move { respond(&shared, request).await }
    };
    Connections::default().accept(&listener, respond).await;
}

async fn respond(shared: &Shared, request: Request<Received>) -> Result<Response<Body>, Cut> {
    let path = request.uri().path().to_owned();
    if let Some(endpoint) = path.strip_prefix("/v1/") {
        return vendor(shared, Vendor::Xai, endpoint, request).await;
    }
    if let Some(endpoint) = path.strip_prefix("/openai/v1/") {
        return vendor(shared, Vendor::Groq, endpoint, request).await;
    }
    if let Some(refused) = refuse_foreign_name(&request) {
        return Ok(refused);
    }
    if let Some(rest) = path.strip_prefix("/__control") {
        return Ok(control_api(shared, rest, request).await);
    }
    Ok(page::asset(&path).map_or_else(
        || message(404, "there is nothing here"),
        |(content_type, body)| page_response(content_type, body),
    ))
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
    let body = body_of(request, BODY_LIMIT).await;
    let incoming = Incoming {
        vendor,
        verb,
        endpoint: endpoint.to_owned(),
        authorization,
        content_type,
        body,
    };
    finish(serve::serve(shared, incoming).await)
}

fn finish(answer: Answer) -> Result<Response<Body>, Cut> {
    let mut response = match answer.body {
        Content::Json(value) => json(answer.status, &value),
        Content::Garbage(text) => response(answer.status, JSON, text.into()),
        Content::Plain(text) => response(answer.status, "text/plain; charset=utf-8", text.into()),
        Content::Half(text) => cut_midway(&text),
        Content::Cut => return Err(Cut),
    };
    add_headers(&mut response, answer.headers);
    Ok(response)
}

async fn control_api(shared: &Shared, path: &str, request: Request<Received>) -> Response<Body> {
    let result = match ControlCall::read(path, request, BODY_LIMIT).await {
        Ok(call) => control::handle(shared, call).await,
        Err(refusal) => Err(refusal),
    };
    let (status, answer) = answer_of(result);
    json(status, &answer)
}

fn page_response(content_type: &'static str, body: &'static str) -> Response<Body> {
    as_page(
        response(200, content_type, Bytes::from_static(body.as_bytes())),
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'",
        "no-cache",
    )
}
