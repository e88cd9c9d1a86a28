//! HTTP API events (payload format 2.0) to [`http::Request`], and answers back.

use std::collections::BTreeMap;

use aws_lambda_events::event::apigw::ApiGatewayV2httpRequest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST, SET_COOKIE};
use http::{HeaderMap, Request, Response};
use lambda_http::request::LambdaRequest;
use serde::Serialize;
use telemetry::TraceId;

use crate::error::Error;
use crate::event::{Invocation, PathParams};

const EXPECTED: &str = "an HTTP API event of payload format 2.0";
/// Characters kept of a user agent.
const USER_AGENT_LIMIT: usize = 256;
/// Bytes of path and query that are converted. The HTTP API itself refuses more than 10,240 bytes of
/// request line and headers.
const TARGET_LIMIT: usize = 16 * 1024;

/// A request, or the answer that takes its place because the request cannot be represented.
pub(crate) enum Incoming {
    Request(Request<Bytes>),
    Refused(Response<Bytes>),
}

/// Converts an event. `base` tells what the platform knows; the event adds peer, agent and trace.
pub(crate) fn request(event: &str, mut base: Invocation) -> Result<Incoming, Error> {
    let mut event: ApiGatewayV2httpRequest =
        serde_json::from_str(event).map_err(|source| Error::Event {
            expected: EXPECTED,
            source,
        })?;
    let context = &event.request_context;
    base.source_ip = context
        .http
        .source_ip
        .as_deref()
        .and_then(|ip| ip.parse().ok());
    base.user_agent = context
        .http
        .user_agent
        .as_deref()
        .map(|agent| agent.chars().take(USER_AGENT_LIMIT).collect());
    if base.trace_id.is_none() {
        base.trace_id = event
            .headers
            .get(TraceId::HEADER)
            .and_then(|value| value.to_str().ok())
            .and_then(TraceId::parse);
    }
    let path_params: PathParams = event.path_parameters.drain().collect();
    let Some(host) = make_convertible(&mut event) else {
        return Ok(Incoming::Refused(refusal(http::StatusCode::URI_TOO_LONG)));
    };

    let (mut parts, body) =
        Request::<lambda_http::Body>::from(LambdaRequest::ApiGatewayV2(event)).into_parts();
    if let Some(host) = host {
        parts.headers.insert(HOST, host);
    }
    parts.extensions.clear();
    parts.extensions.insert(base);
    parts.extensions.insert(path_params);
    let body = match body {
        lambda_http::Body::Text(text) => Bytes::from(text),
        lambda_http::Body::Binary(bytes) => Bytes::from(bytes),
        _ => Bytes::new(),
    };
    Ok(Incoming::Request(Request::from_parts(parts, body)))
}

/// Removes what `lambda_http` would panic on, all of it written by whoever sends the request: a host
/// that makes no address, a query with characters that no address may hold, a body that is not
/// base64. The result's outer `None` says that the address is too long; the host is put back later.
fn make_convertible(event: &mut ApiGatewayV2httpRequest) -> Option<Option<http::HeaderValue>> {
    let path = event.raw_path.take().unwrap_or_default();
    let path = if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    };
    let query = percent_encode(event.raw_query_string.as_deref().unwrap_or_default());
    // A path of three-byte characters triples when it is encoded.
    if path.len() * 3 + query.len() > TARGET_LIMIT {
        return None;
    }
    event.raw_path = Some(path);
    event.raw_query_string = Some(query);
    // A named stage would be put in front of the path; routes do not know stages.
    event.request_context.stage = None;
    event.request_context.domain_name = None;
    if event.is_base64_encoded
        && event
            .body
            .as_deref()
            .is_some_and(|body| STANDARD.decode(body).is_err())
    {
        event.is_base64_encoded = false;
    }
    Some(event.headers.remove(HOST))
}

/// Encodes the bytes that may not stand in a query; everything else, `%` included, stays.
fn percent_encode(query: &str) -> String {
    let mut out = String::with_capacity(query.len());
    for byte in query.bytes() {
        if byte.is_ascii_graphic() && !b"\"#<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn refusal(status: http::StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(
        br#"{"code":"uri_too_long","message":"The address is too long.","field_errors":[]}"#,
    ));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        http::HeaderValue::from_static("application/problem+json"),
    );
    response
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    status_code: u16,
    headers: BTreeMap<&'a str, String>,
    cookies: Vec<String>,
    body: String,
    is_base64_encoded: bool,
}

/// Writes an answer as payload format 2.0. Text goes out as text, anything else as base64; cookies
/// have a list of their own because headers of one name are joined by commas.
pub(crate) fn answer(response: &Response<Bytes>) -> Result<String, Error> {
    let mut headers: BTreeMap<&str, String> = BTreeMap::new();
    let mut cookies = Vec::new();
    for (name, value) in response.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if name == SET_COOKIE {
            cookies.push(value);
            continue;
        }
        headers
            .entry(name.as_str())
            .and_modify(|joined| {
                joined.push_str(", ");
                joined.push_str(&value);
            })
            .or_insert(value);
    }
    let text = if is_text(response.headers()) {
        std::str::from_utf8(response.body()).ok()
    } else {
        None
    };
    let answer = Answer {
        status_code: response.status().as_u16(),
        headers,
        cookies,
        body: text.map_or_else(|| STANDARD.encode(response.body()), str::to_owned),
        is_base64_encoded: text.is_none(),
    };
    serde_json::to_string(&answer).map_err(Error::Answer)
}

fn is_text(headers: &HeaderMap) -> bool {
    if headers.contains_key(CONTENT_ENCODING) {
        return false;
    }
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        return true;
    };
    let Ok(content_type) = content_type.to_str() else {
        return false;
    };
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind.starts_with("text/")
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
        || matches!(
            kind.as_str(),
            "application/json" | "application/xml" | "application/javascript"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn event() -> Value {
        json!({
            "version": "2.0",
            "routeKey": "PATCH /api/v1/fans/{fan_id}",
            "rawPath": "/api/v1/fans/fan_1",
            "rawQueryString": "limit=5&cursor=a%2Bb",
            "cookies": ["__Host-sofi=abc", "other=1"],
            "headers": {
                "host": "example.org",
                "content-type": "application/json",
                "x-amzn-trace-id": "Root=1-5759e988-bd862e3fe1be46a994272793"
            },
            "pathParameters": { "fan_id": "fan_1" },
            "requestContext": {
                "stage": "$default",
                "http": {
                    "method": "PATCH",
                    "path": "/api/v1/fans/fan_1",
                    "protocol": "HTTP/1.1",
                    "sourceIp": "203.0.113.7",
                    "userAgent": "test/1"
                }
            },
            "body": "{\"note\":\"hi\"}",
            "isBase64Encoded": false
        })
    }

    fn converted(event: &Value) -> Request<Bytes> {
        match request(&event.to_string(), Invocation::in_process("req-1")).expect("an HTTP event") {
            Incoming::Request(request) => request,
            Incoming::Refused(response) => panic!("refused with {}", response.status()),
        }
    }

    #[test]
    fn an_event_becomes_a_request_with_everything_a_handler_needs() {
        let request = converted(&event());
        assert_eq!(request.method(), "PATCH");
        assert_eq!(request.uri().path(), "/api/v1/fans/fan_1");
        assert_eq!(request.uri().query(), Some("limit=5&cursor=a%2Bb"));
        assert_eq!(request.headers()["cookie"], "__Host-sofi=abc; other=1");
        assert_eq!(request.headers()["host"], "example.org");
        assert_eq!(request.body().as_ref(), br#"{"note":"hi"}"#);
        let params = request
            .extensions()
            .get::<PathParams>()
            .expect("path parameters");
        assert_eq!(params.get("fan_id"), Some("fan_1"));
        let invocation = request
            .extensions()
            .get::<Invocation>()
            .expect("invocation");
        assert_eq!(invocation.request_id, "req-1");
        assert_eq!(
            invocation.source_ip,
            Some("203.0.113.7".parse().expect("an address"))
        );
        assert_eq!(invocation.user_agent.as_deref(), Some("test/1"));
        assert_eq!(
            invocation.trace_id.as_ref().map(TraceId::root),
            Some("1-5759e988-bd862e3fe1be46a994272793")
        );
    }

    #[test]
    fn a_base64_body_is_decoded() {
        let mut event = event();
        event["body"] = json!(STANDARD.encode([0xff, 0x00, 0x7f]));
        event["isBase64Encoded"] = json!(true);
        assert_eq!(converted(&event).body().as_ref(), [0xff, 0x00, 0x7f]);
    }

    #[test]
    fn hostile_addresses_and_bodies_do_not_break_the_conversion() {
        for (pointer, value) in [
            ("/rawQueryString", json!("q=<script>\"`{}|\\^ ü\u{0}")),
            ("/rawPath", json!("/ü/%zz/../ \u{0}?#[")),
            ("/rawPath", json!("")),
            ("/rawPath", json!(":99999")),
            ("/headers/host", json!("a b:99999999/?#")),
            ("/headers/x-forwarded-proto", json!("no scheme")),
            ("/requestContext/stage", json!("prod")),
        ] {
            let mut event = event();
            *event.pointer_mut(pointer).unwrap_or(&mut Value::Null) = value.clone();
            if pointer == "/headers/x-forwarded-proto" {
                event["headers"]["x-forwarded-proto"] = value;
            }
            let _request = converted(&event);
        }
        let mut event = event();
        event["isBase64Encoded"] = json!(true);
        event["body"] = json!("%%% not base64");
        assert_eq!(converted(&event).body().as_ref(), b"%%% not base64");
    }

    #[test]
    fn a_named_stage_is_not_part_of_the_path() {
        let mut event = event();
        event["requestContext"]["stage"] = json!("prod");
        assert_eq!(converted(&event).uri().path(), "/api/v1/fans/fan_1");
    }

    #[test]
    fn an_address_without_end_is_refused() {
        let mut event = event();
        event["rawQueryString"] = json!("a".repeat(70_000));
        match request(&event.to_string(), Invocation::in_process("r")) {
            Ok(Incoming::Refused(response)) => assert_eq!(response.status(), 414),
            _ => panic!("must be refused"),
        }
    }

    #[test]
    fn another_event_is_named_as_wrong() {
        let outcome = request(r#"{"Records":[]}"#, Invocation::in_process("r"));
        assert!(matches!(outcome, Err(Error::Event { .. })));
    }

    #[test]
    fn text_answers_stay_text_and_cookies_have_their_own_list() {
        let response = Response::builder()
            .status(201)
            .header("content-type", "application/json; charset=utf-8")
            .header("vary", "origin")
            .header("vary", "cookie")
            .header("set-cookie", "a=1; Path=/")
            .header("set-cookie", "b=2, with comma")
            .body(Bytes::from_static("{\"ok\":\"да\"}".as_bytes()))
            .expect("a response");
        let answer: Value = serde_json::from_str(&answer(&response).expect("JSON")).expect("JSON");
        assert_eq!(
            answer,
            json!({
                "statusCode": 201,
                "headers": { "content-type": "application/json; charset=utf-8", "vary": "origin, cookie" },
                "cookies": ["a=1; Path=/", "b=2, with comma"],
                "body": "{\"ok\":\"да\"}",
                "isBase64Encoded": false
            })
        );
    }

    #[test]
    fn bytes_and_compressed_answers_go_out_as_base64() {
        for (name, value) in [("content-type", "image/png"), ("content-encoding", "gzip")] {
            let response = Response::builder()
                .header(name, value)
                .body(Bytes::from_static(b"ab"))
                .expect("a response");
            let answer: Value =
                serde_json::from_str(&answer(&response).expect("JSON")).expect("JSON");
            assert_eq!(answer["body"], "YWI=");
            assert_eq!(answer["isBase64Encoded"], true);
        }
        let broken = Response::builder()
            .header("content-type", "text/plain")
            .body(Bytes::from_static(&[0xff]))
            .expect("a response");
        let answer: Value = serde_json::from_str(&answer(&broken).expect("JSON")).expect("JSON");
        assert_eq!(answer["isBase64Encoded"], true);
    }
}
