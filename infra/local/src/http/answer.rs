//! From a function's answer to an HTTP response, as payload format 2.0 says.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

/// The response, or `None` when the answer is malformed (the gateway makes a 500 of it).
pub(super) fn from_function(payload: &[u8], request_id: &str) -> Option<Response<Body>> {
    let answer: Value = serde_json::from_slice(payload).ok()?;
    let mut response = match answer.get("statusCode") {
        // Without a status code the whole answer is the body.
        None => {
            let mut response = Response::new(Body::from(payload.to_vec()));
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        }
        Some(status) => {
            let status = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
            let status = StatusCode::from_u16(u16::try_from(status).ok()?).ok()?;
            let body = match answer.get("body") {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::String(text))
                    if answer.get("isBase64Encoded") == Some(&Value::Bool(true)) =>
                {
                    STANDARD.decode(text).ok()?
                }
                Some(Value::String(text)) => text.clone().into_bytes(),
                Some(_) => return None,
            };
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = status;
            for (name, value) in answer
                .get("headers")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
                if matches!(
                    name.as_str(),
                    "content-length" | "transfer-encoding" | "connection"
                ) {
                    continue;
                }
                response
                    .headers_mut()
                    .insert(name, HeaderValue::from_str(&text).ok()?);
            }
            for cookie in answer
                .get("cookies")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                response
                    .headers_mut()
                    .append(SET_COOKIE, HeaderValue::from_str(cookie.as_str()?).ok()?);
            }
            if !response.headers().contains_key(CONTENT_TYPE) {
                response.headers_mut().insert(
                    CONTENT_TYPE,
                    HeaderValue::from_static("text/plain;charset=UTF-8"),
                );
            }
            response
        }
    };
    response
        .headers_mut()
        .insert("apigw-requestid", HeaderValue::from_str(request_id).ok()?);
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::from_function;

    #[test]
    fn several_cookies_and_base64_come_out_whole() {
        let answer =
            br#"{"statusCode":201,"headers":{"Content-Type":"image/png"},"cookies":["a=1","b=2"],
                          "body":"/wA=","isBase64Encoded":true}"#;
        let response = from_function(answer, "id").expect("valid");
        assert_eq!(response.status(), 201);
        let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        assert_eq!(response.headers()["content-type"], "image/png");
    }

    #[test]
    fn a_malformed_answer_is_none_and_plain_json_is_a_body() {
        assert!(from_function(br#"{"statusCode":"abc"}"#, "id").is_none());
        assert!(from_function(br#"{"statusCode":200,"body":{"not":"text"}}"#, "id").is_none());
        assert_eq!(
            from_function(br#"{"hello":1}"#, "id")
                .expect("valid")
                .headers()["content-type"],
            "application/json"
        );
    }
}
