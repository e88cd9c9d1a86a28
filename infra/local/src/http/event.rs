//! The event of payload format 2.0.

use std::collections::BTreeMap;
use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HOST, USER_AGENT};
use http::request::Parts;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

use super::routes::Found;

/// One request and what the gateway knows about it.
pub(super) struct Incoming<'a> {
    pub(super) parts: &'a Parts,
    pub(super) trace_root: &'a str,
    pub(super) body: &'a [u8],
    pub(super) found: &'a Found,
    pub(super) request_id: &'a str,
    pub(super) peer: IpAddr,
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) now_ms: i64,
}

/// Builds the event; absent members are left out, as the gateway does.
pub(super) fn build(incoming: &Incoming<'_>) -> Value {
    let Incoming { parts, found, .. } = incoming;
    let route_key = match found.route.path.as_str() {
        "$default" => "$default".to_owned(),
        path => format!("{} {path}", found.route.method),
    };
    let path = parts.uri.path();
    let query = parts.uri.query().unwrap_or("");
    let header = |name| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    };
    let domain = format!(
        "{}.execute-api.{}.amazonaws.com",
        found.route.api_id, incoming.region
    );
    let mut event = json!({
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(incoming),
        "requestContext": {
            "accountId": incoming.account,
            "apiId": found.route.api_id,
            "domainName": if header(HOST).is_empty() { domain.as_str() } else { header(HOST) },
            "domainPrefix": found.route.api_id,
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": incoming.peer.to_string(),
                "userAgent": header(USER_AGENT),
            },
            "requestId": incoming.request_id,
            "routeKey": route_key,
            "stage": "$default",
            "time": access_log_time(incoming.now_ms),
            "timeEpoch": incoming.now_ms,
        },
        "isBase64Encoded": false,
    });
    let cookies = cookies(parts);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = query_parameters(query);
    }
    if !found.parameters.is_empty() {
        event["pathParameters"] = json!(found.parameters);
    }
    if !incoming.body.is_empty() {
        match text_body(parts, incoming.body) {
            Some(text) => event["body"] = json!(text),
            None => {
                event["body"] = json!(STANDARD.encode(incoming.body));
                event["isBase64Encoded"] = json!(true);
            }
        }
    }
    event
}

/// Headers in lower case, repeated ones joined by commas; cookies stand apart. The forwarding headers are the
/// gateway's: what the caller sent under their names is not believed.
fn headers(incoming: &Incoming<'_>) -> Map<String, Value> {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &incoming.parts.headers {
        if name == COOKIE {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        joined
            .entry(name.as_str().to_owned())
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    let port = incoming
        .parts
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok()?.rsplit_once(':'));
    joined.insert("x-forwarded-for".into(), incoming.peer.to_string());
    joined.insert("x-forwarded-proto".into(), "https".into());
    joined.insert(
        "x-forwarded-port".into(),
        port.map_or("443", |(_, port)| port).into(),
    );
    joined.insert(
        "x-amzn-trace-id".into(),
        format!("Root={}", incoming.trace_root),
    );
    joined
        .into_iter()
        .map(|(name, value)| (name, Value::String(value)))
        .collect()
}

fn cookies(parts: &Parts) -> Vec<String> {
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .map(|cookie| cookie.trim().to_owned())
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

/// Decoded query parameters; values of a repeated name are joined by commas.
fn query_parameters(query: &str) -> Value {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        joined
            .entry(name.into_owned())
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    json!(joined)
}

/// The body as text when its type is a text type and it is not compressed; a form is not one for the gateway.
fn text_body<'a>(parts: &Parts, body: &'a [u8]) -> Option<&'a str> {
    let kind = parts.headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    let is_text = kind.starts_with("text/")
        || matches!(
            kind.as_str(),
            "application/json" | "application/javascript" | "application/xml"
        )
        || kind.ends_with("+json")
        || kind.ends_with("+xml");
    if !is_text || parts.headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    std::str::from_utf8(body).ok()
}

fn access_log_time(now_ms: i64) -> String {
    let shape =
        format_description!("[day]/[month repr:short]/[year]:[hour]:[minute]:[second] +0000");
    OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000))
        .ok()
        .and_then(|at| at.format(&shape).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use http::Request;
    use serde_json::{Value, json};

    use super::{Incoming, build};
    use crate::http::Routes;
    use crate::template::HttpRoute;

    fn event(request: http::request::Builder, body: &[u8]) -> Value {
        let (parts, ()) = request.body(()).expect("valid").into_parts();
        let routes = Routes::new(vec![HttpRoute {
            method: "POST".into(),
            path: "/a/{id}".into(),
            function: "f".into(),
            api_id: "api".into(),
            timeout_ms: 30_000,
        }]);
        let found = routes
            .find(&parts.method, parts.uri.path())
            .expect("routed");
        build(&Incoming {
            parts: &parts,
            trace_root: "1-00000000-000000000000000000000000",
            body,
            found: &found,
            request_id: "id",
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
            account: "000000000000",
            region: "eu-central-1",
            now_ms: 1_583_348_638_390,
        })
    }

    #[test]
    fn cookies_query_and_path_go_where_payload_2_0_puts_them() {
        let request = Request::post("/a/7?x=1&x=2&y=a%20b")
            .header("cookie", "one=1; two=2")
            .header("X-Custom", "A")
            .header("X-Custom", "B")
            .header("x-forwarded-for", "6.6.6.6")
            .header("content-type", "application/json");
        let event = event(request, br#"{"k":1}"#);
        assert_eq!(event["cookies"], json!(["one=1", "two=2"]));
        assert_eq!(event["headers"].get("cookie"), None);
        assert_eq!(event["headers"]["x-custom"], "A,B");
        assert_eq!(event["headers"]["x-forwarded-for"], "127.0.0.1");
        assert_eq!(
            event["queryStringParameters"],
            json!({"x": "1,2", "y": "a b"})
        );
        assert_eq!(event["pathParameters"], json!({"id": "7"}));
        assert_eq!(event["rawQueryString"], "x=1&x=2&y=a%20b");
        assert_eq!(event["routeKey"], "POST /a/{id}");
        assert_eq!(
            event["requestContext"]["time"],
            "04/Mar/2020:19:03:58 +0000"
        );
        assert_eq!(
            (&event["body"], &event["isBase64Encoded"]),
            (&json!(r#"{"k":1}"#), &json!(false))
        );
    }

    #[test]
    fn what_is_not_text_is_base64() {
        let plain = event(
            Request::post("/a/7").header("content-type", "image/png"),
            &[0xff, 0x00],
        );
        assert_eq!(
            (&plain["body"], &plain["isBase64Encoded"]),
            (&json!("/wA="), &json!(true))
        );
        let broken = event(
            Request::post("/a/7").header("content-type", "application/json"),
            &[0xff],
        );
        assert_eq!(broken["isBase64Encoded"], true);
        let empty = event(Request::post("/a/7"), b"");
        assert_eq!(empty.get("body"), None);
    }
}
