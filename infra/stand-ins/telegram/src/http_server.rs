//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use hyper::body::Incoming;
use serde_json::{Value, json};
use stand_in_kit::{
    Body, Connections, ControlCall, Cut, JSON, answer_of, as_page, body_of, cut_midway,
    header_text, refuse_foreign_name, response,
};
use tokio::net::TcpListener;

use crate::{
    api::serve::{self, Admission, BODY_LIMIT, Reply},
    control, page,
    shared::Shared,
    updates,
    world::files::DOWNLOAD_LIMIT,
};

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let respond = move |request| {
        let shared = Arc::clone(&shared);
        async move { respond(&shared, request).await }
    };
    Connections::default().accept(&listener, respond).await;
}

async fn respond(shared: &Shared, request: Request<Incoming>) -> Result<Response<Body>, Cut> {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/bot") {
        return bot_api(shared, rest, request).await;
    }
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return Ok(download(shared, rest));
    }
    if let Some(refused) = refuse_foreign_name(&request) {
        return Ok(refused);
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
    let content_type = header_text(&request, &header::CONTENT_TYPE).unwrap_or_default();
    let Some(body) = body_of(request, BODY_LIMIT).await else {
        let too_large =
            json!({ "ok": false, "error_code": 413, "description": "Request Entity Too Large" });
        return Ok(json_response(413, &too_large));
    };
    finish(serve::serve(shared, bot, method, &query, &content_type, body).await)
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
    let result = match ControlCall::read(path, request, BODY_LIMIT).await {
        Ok(call) => control::handle(shared, call).await,
        Err(refusal) => Err(refusal),
    };
    let (status, answer) = answer_of(result);
    json_response(status, &answer)
}

fn json_response(status: u16, value: &Value) -> Response<Body> {
    response(
        status,
        JSON,
        Bytes::from(updates::ascii_json(&value.to_string())),
    )
}

fn page_response(content_type: &'static str, body: &'static str) -> Response<Body> {
    as_page(
        response(200, content_type, Bytes::from_static(body.as_bytes())),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; frame-ancestors 'none'",
        "no-cache",
    )
}
