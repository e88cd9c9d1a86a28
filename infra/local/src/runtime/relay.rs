//! The way from a function to Telegram, to Stripe and to the AI vendors: forwarded byte for byte, counted as a remote call of the
//! running invocation.

use std::net::SocketAddr;
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

/// Numbers of relayed calls start here, so that they never meet those of AWS calls.
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

    /// The call to the other side failed.
    pub(crate) fn from_client(error: reqwest::Error) -> Self {
        Self(Some(Box::new(error.without_url())))
    }

    /// Cut on purpose.
    pub(crate) fn cut() -> Self {
        Self(None)
    }
}

/// One relayed request of a function.
#[derive(Debug)]
pub(crate) struct RelayedCall {
    pub(crate) method: Method,
    /// Path and query as the other side sees them; to the Bot API with the token.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Something that answers some Bot API calls in Telegram's place (the bridge).
pub(crate) trait Intercept: Send + Sync {
    /// An answer, or `None` to let the call pass.
    fn intercept<'a>(
        &'a self,
        call: &'a RelayedCall,
    ) -> futures::future::BoxFuture<'a, Option<serde_json::Value>>;
}

/// Where calls are relayed to.
pub(crate) struct Upstream {
    /// Whose it is, in names of operations: `telegram`.
    pub(crate) name: &'static str,
    /// The variable that tells a function the address.
    pub(crate) variable: &'static str,
    /// What the path begins with on a sandbox's own server, without a slash at the end. Empty for the one that gets
    /// whatever no other wants.
    pub(crate) prefix: &'static str,
    /// Whether the prefix is the end of the address that a function is told. Else it is how all paths there begin, and stays.
    pub(crate) is_address: bool,
    /// Base address, without a slash at the end.
    pub(crate) url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) intercept: Option<Arc<dyn Intercept>>,
}

/// The relay of all sandboxes.
pub(crate) struct Relay {
    upstreams: Vec<Upstream>,
    numbers: AtomicU64,
    latency_ms: Arc<AtomicU64>,
}

impl Relay {
    /// A relay to `upstreams`, of which the first whose prefix fits gets a call.
    pub(crate) fn new(upstreams: Vec<Upstream>, latency_ms: Arc<AtomicU64>) -> Self {
        Self {
            upstreams,
            numbers: AtomicU64::new(FIRST_NUMBER),
            latency_ms,
        }
    }

    /// The variables that tell a function where its sandbox's server, at `server`, takes calls.
    pub(super) fn variables(&self, server: SocketAddr) -> impl Iterator<Item = (&str, String)> {
        let upstreams = self.upstreams.iter();
        upstreams.map(move |to| {
            let prefix = if to.is_address { to.prefix } else { "" };
            (to.variable, format!("http://{server}{prefix}"))
        })
    }

    /// Whose call it is, and its path there.
    fn find<'a>(&self, path: &'a str) -> Option<(&Upstream, &'a str)> {
        self.upstreams.iter().find_map(|upstream| {
            let rest = path.strip_prefix(upstream.prefix)?;
            let there = if upstream.is_address { rest } else { path };
            rest.starts_with('/').then_some((upstream, there))
        })
    }

    /// Forwards one call, and cuts it where the other side cuts it.
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
        let (upstream, path) = self.find(&path).ok_or_else(CallFailed::cut)?;
        let call = RelayedCall {
            method: parts.method,
            path: path.to_owned(),
            headers: parts.headers,
            body,
        };
        let operation = format!("{}:{}", upstream.name, operation(&call.path));
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        if let Some(live) = desk.holder.current()
            && tracker.call_begins(live, number, &operation).await
        {
            return Err(CallFailed::cut());
        }
        let answer = upstream.forward(call).await;
        let latency = Duration::from_millis(self.latency_ms.load(Ordering::Relaxed));
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        if tracker.call_ends(number, &operation).await {
            return Err(CallFailed::cut());
        }
        answer
    }
}

impl Upstream {
    async fn forward(&self, call: RelayedCall) -> Result<Response<Body>, CallFailed> {
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
            .request(call.method, format!("{}{}", self.url, call.path));
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

/// The Bot API method of a path, for a download the word `file`; of a vendor's path what follows its version, with a star for
/// each id.
fn operation(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    if path.starts_with("/file/") {
        return "file".to_owned();
    }
    let versioned = path
        .strip_prefix("/openai/v1/")
        .or_else(|| path.strip_prefix("/v1/"));
    let Some(versioned) = versioned else {
        return path.rsplit('/').next().unwrap_or("unknown").to_owned();
    };
    let is_id = |part: &str| {
        part.bytes()
            .any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    let parts = versioned.split('/');
    let shown = parts.map(|part| if is_id(part) { "*" } else { part });
    shown.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::Arc;

    use super::{Relay, Upstream, operation};

    #[test]
    fn an_operation_never_holds_the_token() {
        assert_eq!(operation("/bot1:secret/sendMessage?x=1"), "sendMessage");
        assert_eq!(operation("/file/bot1:secret/photos/1.jpg"), "file");
    }

    #[test]
    fn an_operation_of_a_vendor_follows_the_version() {
        assert_eq!(operation("/v1/responses?x=1"), "responses");
        assert_eq!(operation("/openai/v1/chat/completions"), "chat/completions");
        let cancel = "/v1/subscriptions/sub_1MowQVLkdIwHu7ixeRlqHVzs?prorate=true";
        assert_eq!(operation(cancel), "subscriptions/*");
    }

    #[test]
    fn a_call_goes_where_its_prefix_points_and_else_to_telegram() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let upstream = |name, prefix, is_address| Upstream {
            name,
            variable: name,
            prefix,
            is_address,
            url: String::new(),
            client: reqwest::Client::new(),
            intercept: None,
        };
        let upstreams = vec![
            upstream("xai", "/xai", true),
            upstream("stripe", "/v1", false),
            upstream("telegram", "", true),
        ];
        let relay = Relay::new(upstreams, Arc::default());
        let way = |path| relay.find(path).map(|(to, path)| (to.name, path));
        assert_eq!(way("/xai/v1/models"), Some(("xai", "/v1/models")));
        assert_eq!(way("/v1/prices"), Some(("stripe", "/v1/prices")));
        assert_eq!(way("/bot1:x/getMe"), Some(("telegram", "/bot1:x/getMe")));
        assert_eq!(way("/xaibot/getMe"), Some(("telegram", "/xaibot/getMe")));
        assert_eq!(way("xai"), None);
        let server = SocketAddr::from(([127, 0, 0, 1], 9));
        let told: Vec<_> = relay.variables(server).map(|(_, url)| url).collect();
        let origin = "http://127.0.0.1:9".to_owned();
        assert_eq!(told, [format!("{origin}/xai"), origin.clone(), origin]);
    }
}
