//! Answers, and the headers that every one of them carries.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Serialize;

use crate::problem::Problem;

/// Header with the id of the request, on every answer.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a handler gives: an answer or a refusal.
pub type Answer = Result<Response<Bytes>, Problem>;

/// As `infra/headers.json` has them for the API, so that an answer carries them also where the edge is not passed.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    ("referrer-policy", "same-origin"),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// 200 or another status with a JSON body.
///
/// # Errors
/// 500 when the value is not representable as JSON.
pub fn json<T: Serialize>(status: StatusCode, value: &T) -> Answer {
    let body = serde_json::to_vec(value).map_err(Problem::internal)?;
    Ok(json_bytes(status, body))
}

/// 201 with a JSON body.
///
/// # Errors
/// As [`json`].
pub fn created<T: Serialize>(value: &T) -> Answer {
    json(StatusCode::CREATED, value)
}

/// 204.
///
/// # Errors
/// None; the type is that of the other answers.
pub fn no_content() -> Answer {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}

fn json_bytes(status: StatusCode, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The answer with one more cookie; from [`crate::Cookie::set`] or [`crate::Cookie::clear`].
pub fn with_cookie(mut response: Response<Bytes>, cookie: HeaderValue) -> Response<Bytes> {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

/// Finishes what a handler gave: refusals become problem bodies, and every answer gets the headers.
pub fn respond(answer: Answer, request_id: &str) -> Response<Bytes> {
    let mut response = answer.unwrap_or_else(|problem| problem.into_response(request_id));
    api_headers(response.headers_mut(), request_id);
    response
}

/// Adds the headers of an API answer where they are not set already, and `x-request-id` always.
/// Answers are not stored by anyone unless the handler said otherwise.
pub fn api_headers(headers: &mut HeaderMap, request_id: &str) {
    for (name, value) in HEADERS {
        headers
            .entry(*name)
            .or_insert(HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(X_REQUEST_ID, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cookie;

    #[test]
    fn every_answer_carries_the_headers() {
        for answer in [
            json(StatusCode::OK, &1),
            no_content(),
            Err(Problem::NotFound),
        ] {
            let response = respond(answer, "req-1");
            assert_eq!(response.headers()[X_REQUEST_ID], "req-1");
            assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
            assert!(
                !response
                    .headers()
                    .contains_key("access-control-allow-origin")
            );
        }
    }

    #[test]
    fn the_headers_are_those_of_the_edge() {
        let edge: serde_json::Value =
            serde_json::from_str(include_str!("../../../infra/headers.json")).expect("JSON");
        let groups = edge["groups"].as_array().expect("groups");
        let api = groups
            .iter()
            .find(|group| group["name"] == "api")
            .expect("a group");
        let mut wanted = edge["common"].as_object().expect("headers").clone();
        for set in ["headers", "unless_set"] {
            wanted.extend(api[set].as_object().expect("headers").clone());
        }
        let mut ours: serde_json::Map<_, _> = HEADERS
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect();
        ours.insert("cache-control".to_owned(), "no-store".into());
        assert_eq!(ours, wanted);
    }

    #[test]
    fn a_handler_may_say_how_long_its_answer_keeps() {
        let mut response = json(StatusCode::OK, &1).expect("JSON");
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
        assert_eq!(
            respond(Ok(response), "r").headers()[CACHE_CONTROL],
            "max-age=60"
        );
    }

    #[test]
    fn two_cookies_are_two_headers() {
        let response = no_content().map(|response| {
            with_cookie(
                with_cookie(response, Cookie::Session.clear()),
                Cookie::Device.clear(),
            )
        });
        assert_eq!(
            respond(response, "r")
                .headers()
                .get_all(SET_COOKIE)
                .iter()
                .count(),
            2
        );
    }

    #[test]
    fn refusals_of_different_requests_differ_only_in_the_id_header() {
        let one = respond(Err(Problem::NotFound), "req-1");
        let mut other = respond(Err(Problem::NotFound), "req-2");
        other
            .headers_mut()
            .insert(X_REQUEST_ID, HeaderValue::from_static("req-1"));
        assert_eq!(one.body(), other.body());
        assert_eq!(one.headers(), other.headers());
    }
}
