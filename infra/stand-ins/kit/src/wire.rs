//! Requests and answers: bodies, headers, and answers that break off.

use std::{convert::Infallible, io, time::Duration};

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Collected, Full, Limited, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Frame, Incoming};
use serde_json::Value;

/// An answer's body; it may break off.
pub type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// The connection ends here without an answer.
#[derive(Debug, thiserror::Error)]
#[error("connection cut by a scripted fault")]
pub struct Cut;

/// A header's value when it is text.
pub fn header_text<B>(request: &Request<B>, name: &HeaderName) -> Option<String> {
    let value = request.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

/// The whole body; `None` when it has more than `limit` bytes or breaks off.
pub async fn body_of(request: Request<Incoming>, limit: usize) -> Option<Bytes> {
    let body = Limited::new(request.into_body(), limit).collect().await;
    body.ok().map(Collected::to_bytes)
}

/// The refusal of a request that did not come by a loopback name. A page of another site could otherwise reach the control
/// API through a name that resolves to this machine.
pub fn refuse_foreign_name<B>(request: &Request<B>) -> Option<Response<Body>> {
    let is_own = is_own_host(request);
    (!is_own).then(|| message(403, "this page answers on loopback names only"))
}

fn is_own_host<B>(request: &Request<B>) -> bool {
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

/// An answer of these bytes, which browsers take for what they are said to be.
pub fn response(status: u16, content_type: &str, body: Bytes) -> Response<Body> {
    let body = Full::new(body).map_err(|never: Infallible| match never {});
    let mut response = Response::new(body.boxed_unsync());
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// An answer in JSON.
pub fn json(status: u16, value: &Value) -> Response<Body> {
    response(status, JSON, value.to_string().into())
}

/// An answer that only says something.
pub fn message(status: u16, text: &str) -> Response<Body> {
    json(status, &serde_json::json!({ "message": text }))
}

/// Adds headers; one that HTTP cannot carry is left out.
pub fn add_headers(response: &mut Response<Body>, headers: Vec<(&'static str, String)>) {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
}

/// Makes an answer a page: from where it may load, and whether a browser may keep it.
pub fn as_page(
    mut response: Response<Body>,
    policy: &'static str,
    cache_control: &'static str,
) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control),
    );
    response
}

/// Announces the whole length of a JSON text, sends half, and breaks the connection.
pub fn cut_midway(text: &str) -> Response<Body> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_another_site_is_refused_and_our_own_is_not() {
        let status = |headers: &[(&str, &str)]| {
            let mut request = Request::new(());
            for (name, value) in headers {
                let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                let value = HeaderValue::from_str(value).unwrap();
                request.headers_mut().insert(name, value);
            }
            refuse_foreign_name(&request).map(|refused| refused.status().as_u16())
        };
        assert_eq!(status(&[("host", "127.0.0.1:8080")]), None);
        assert_eq!(status(&[("host", "[::1]:8080")]), None);
        let own = [("host", "localhost"), ("origin", "http://localhost:8080")];
        assert_eq!(status(&own), None);
        let foreign = [("host", "localhost"), ("origin", "https://fans.example")];
        assert_eq!(status(&foreign), Some(403));
        assert_eq!(status(&[("host", "fans.example:8080")]), Some(403));
        assert_eq!(status(&[]), Some(403));
    }
}
