//! The way from a function to Telegram: forwarded byte for byte, counted as a remote call of the running invocation.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, Method, Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use super::calls::Tracker;
use super::sandbox::Desk;
use super::server::Body;

/// Numbers of Telegram calls start here, so that they never meet those of AWS calls.
const FIRST_NUMBER: u64 = 1 << 62;

/// A call that ended without an answer. The text never holds an address: a Bot API address holds the token.
#[derive(Debug, thiserror::Error)]
#[error("the call was cut")]
pub(crate) struct CallFailed(#[source] Option<Box<dyn std::error::Error + Send + Sync>>);

impl CallFailed {
    /// The other side of a server connection failed.
    pub(crate) fn from_hyper(error: hyper::Error) -> Self {
        Self(Some(Box::new(error)))
    }

    /// The call to Telegram failed.
    pub(crate) fn from_client(error: reqwest::Error) -> Self {
        Self(Some(Box::new(error.without_url())))
    }

    /// Cut on purpose.
    pub(crate) fn cut() -> Self {
        Self(None)
    }
}

/// One request of a function to the Bot API.
#[derive(Debug)]
pub(crate) struct TelegramCall {
    pub(crate) method: Method,
    /// Path and query, with the token.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Something that answers some Bot API calls in Telegram's place (the bridge).
pub(crate) trait Intercept: Send + Sync {
    /// An answer, or `None` to let the call pass.
    fn intercept<'a>(
        &'a self,
        call: &'a TelegramCall,
    ) -> futures::future::BoxFuture<'a, Option<serde_json::Value>>;
}

/// The relay of all sandboxes.
pub(crate) struct Relay {
    client: reqwest::Client,
    upstream: String,
    intercept: Option<Arc<dyn Intercept>>,
    numbers: AtomicU64,
    latency_ms: Arc<AtomicU64>,
}

impl Relay {
    /// A relay to the Bot API at `upstream` (no slash at the end).
    pub(crate) fn new(
        client: reqwest::Client,
        upstream: String,
        intercept: Option<Arc<dyn Intercept>>,
        latency_ms: Arc<AtomicU64>,
    ) -> Self {
        Self {
            client,
            upstream,
            intercept,
            numbers: AtomicU64::new(FIRST_NUMBER),
            latency_ms,
        }
    }

    /// Forwards one call, and cuts it where Telegram cuts it.
    pub(super) async fn call(
        &self,
        request: Request<Incoming>,
        desk: &Desk,
        tracker: &Tracker,
    ) -> Result<Response<Body>, CallFailed> {
        let (parts, body) = request.into_parts();
        let body = body
            .collect()
            .await
            .map_err(CallFailed::from_hyper)?
            .to_bytes();
        let path = parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let call = TelegramCall {
            method: parts.method,
            path,
            headers: parts.headers,
            body,
        };
        let operation = format!("telegram:{}", operation(&call.path));
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        if let Some(live) = desk.holder.current()
            && tracker.call_begins(live, number, &operation).await
        {
            return Err(CallFailed::cut());
        }
        let answer = self.forward(call).await;
        let latency = Duration::from_millis(self.latency_ms.load(Ordering::Relaxed));
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        if tracker.call_ends(number, &operation).await {
            return Err(CallFailed::cut());
        }
        answer
    }

    async fn forward(&self, call: TelegramCall) -> Result<Response<Body>, CallFailed> {
        if let Some(intercept) = &self.intercept
            && let Some(answer) = intercept.intercept(&call).await
        {
            let status = answer
                .get("error_code")
                .and_then(serde_json::Value::as_u64)
                .unwrap_or(200);
            return Ok(Response::builder()
                .status(u16::try_from(status).unwrap_or(500))
                .header("content-type", "application/json")
                .body(super::server::body(answer.to_string()))
                .expect("a status and a fixed header are valid"));
        }
        let mut headers = call.headers;
        for hop in [HOST, CONNECTION, TRANSFER_ENCODING, CONTENT_LENGTH] {
            headers.remove(hop);
        }
        let request = self
            .client
            .request(call.method, format!("{}{}", self.upstream, call.path));
        let answer = request
            .headers(headers)
            .body(call.body)
            .send()
            .await
            .map_err(CallFailed::from_client)?;
        let mut answer = Response::<reqwest::Body>::from(answer);
        for hop in [CONNECTION, TRANSFER_ENCODING] {
            answer.headers_mut().remove(hop);
        }
        let (parts, body) = answer.into_parts();
        Ok(Response::from_parts(
            parts,
            body.map_err(CallFailed::from_client).boxed_unsync(),
        ))
    }
}

/// The Bot API method of a path; for a download the word `file`.
fn operation(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or(path);
    if path.starts_with("/file/") {
        "file"
    } else {
        path.rsplit('/').next().unwrap_or("unknown")
    }
}

#[cfg(test)]
mod tests {
    use super::operation;

    #[test]
    fn an_operation_never_holds_the_token() {
        assert_eq!(operation("/bot1:secret/sendMessage?x=1"), "sendMessage");
        assert_eq!(operation("/file/bot1:secret/photos/1.jpg"), "file");
    }
}
