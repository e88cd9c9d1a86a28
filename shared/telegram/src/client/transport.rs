//! One exchange with the server: phases, limits, and what each failure means.

mod download;

use std::error::Error as _;
use std::fmt;
use std::io;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::multipart::Form;
use serde_json::Value;
use vendor_kit::Address;

use crate::client::Method;
use crate::error::{ApiError, NotSent, SendError, Uncertain};
use crate::fields::Fields;
use crate::token::BotToken;

pub use download::DownloadError;

/// Longest answer read, in bytes. Answers of the methods we call have a few kilobytes.
pub const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

const BOT_API: &str = "https://api.telegram.org";

/// Longest time to resolve, connect and shake hands.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// Longest time from the start of sending a file to the whole answer.
const UPLOAD_LIMIT: Duration = Duration::from_secs(30);

/// How long an idle connection is reused. Short, because a frozen sandbox cannot notice that the other
/// side went away, and a send on a dead connection would end as unknown.
const IDLE_LIMIT: Duration = Duration::from_secs(15);

/// The Bot API client: one per process, shared by all bots.
///
/// Never retries, never follows a redirect, never uses a proxy from the environment.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: Address,
    /// Upper bound on every method's time; only tests lower it.
    longest: Duration,
}

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server's address is not an https origin (plain http only on loopback).
    #[error("telegram address is not an https origin")]
    Address,
    /// The HTTP client could not be made.
    #[error(transparent)]
    Http(#[from] vendor_kit::ClientError),
}

impl Client {
    /// The one client of this process, made at the first call, because many functions need none. `address` is that of
    /// the laptop's stand-in; without one it is Telegram's own. Only the first call's counts.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn of_process(address: Option<&str>) -> Result<&'static Self, ClientError> {
        static CLIENT: OnceLock<Client> = OnceLock::new();
        if let Some(client) = CLIENT.get() {
            return Ok(client);
        }
        let client = Self::new(address.unwrap_or(BOT_API))?;
        Ok(CLIENT.get_or_init(|| client))
    }

    /// Makes a client for a server, such as `https://api.telegram.org`.
    ///
    /// # Errors
    /// When the address is not an https origin, or TLS cannot be set up.
    pub fn new(base_url: &str) -> Result<Self, ClientError> {
        let builder = reqwest::Client::builder().connect_timeout(CONNECT_LIMIT);
        Self::assemble(base_url, builder, Duration::MAX)
    }

    /// The rest of [`Client::new`]; tests begin with shorter times.
    pub(crate) fn assemble(
        base_url: &str,
        builder: reqwest::ClientBuilder,
        longest: Duration,
    ) -> Result<Self, ClientError> {
        let address = Address::parse(base_url).ok_or(ClientError::Address)?;
        let limits = builder
            .pool_idle_timeout(IDLE_LIMIT)
            .pool_max_idle_per_host(4);
        Ok(Client {
            http: vendor_kit::client(limits, address.is_secure(), &[address.host()])?,
            address,
            longest,
        })
    }

    /// The same with another way to reach the server.
    #[cfg(test)]
    pub(crate) fn by(self, http: reqwest::Client) -> Self {
        Client { http, ..self }
    }

    /// One request and its answer. Not generic, so that it is compiled once; boxed, so that callers'
    /// futures stay small.
    pub(crate) async fn exchange(
        &self,
        token: &BotToken,
        method: Method,
        body: Vec<u8>,
    ) -> Result<Value, SendError> {
        Box::pin(self.exchange_once(token, method, body)).await
    }

    async fn exchange_once(
        &self,
        token: &BotToken,
        method: Method,
        body: Vec<u8>,
    ) -> Result<Value, SendError> {
        let request = self
            .post(token, method)
            .header(CONTENT_TYPE, "application/json")
            .timeout(method.time_limit().min(self.longest))
            .body(body);
        answered(request).await
    }

    /// The same with a form that carries a file.
    pub(crate) async fn upload(
        &self,
        token: &BotToken,
        method: Method,
        form: Form,
    ) -> Result<Value, SendError> {
        let request = self
            .post(token, method)
            .timeout(UPLOAD_LIMIT.min(self.longest))
            .multipart(form);
        Box::pin(answered(request)).await
    }

    fn post(&self, token: &BotToken, method: Method) -> RequestBuilder {
        let base = self.address.base();
        let address = format!("{base}/bot{}/{}", token.expose(), method.as_str());
        self.http.post(address)
    }
}

async fn answered(request: RequestBuilder) -> Result<Value, SendError> {
    let response = request.send().await.map_err(before_answer)?;
    let status = response.status().as_u16();
    let wait = wait_header(response.headers());
    let bytes = read_body(response).await?;
    outcome(status, wait, &bytes)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.address.base())
            .finish_non_exhaustive()
    }
}

/// Sorts a failure before the head of an answer. Only what failed while connecting was surely not
/// accepted; anything later may have reached the server.
fn before_answer(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let source = |error| Some(Box::new(error));
    if error.is_builder() {
        return SendError::NotSent {
            why: NotSent::Build,
            source: source(error),
        };
    }
    if error.is_connect() {
        let why = connect_phase(&error);
        return SendError::NotSent {
            why,
            source: source(error),
        };
    }
    let why = if error.is_timeout() {
        Uncertain::TimedOut
    } else {
        Uncertain::Disconnected
    };
    SendError::Unknown {
        why,
        source: source(error),
    }
}

/// Tells name, connection and handshake apart by the causes below a connect error.
fn connect_phase(error: &reqwest::Error) -> NotSent {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if is_tls(inner) {
            return NotSent::Tls;
        }
        // The connector's error type is private; its words are covered by a test.
        if inner.to_string().starts_with("dns error") {
            return NotSent::Dns;
        }
        cause = inner.source();
    }
    NotSent::Connect
}

/// I/O errors hide what they wrap from `source`, and wrap each other.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut wrapped = error.downcast_ref::<io::Error>();
    while let Some(inner) = wrapped.and_then(io::Error::get_ref) {
        if inner.is::<rustls::Error>() {
            return true;
        }
        wrapped = inner.downcast_ref();
    }
    error.is::<rustls::Error>()
}

fn wait_header(headers: &HeaderMap) -> Option<i64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, SendError> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > MAX_RESPONSE_BYTES => {
                return Err(SendError::unknown(Uncertain::TooLong));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(bytes),
            Err(error) => {
                let why = if error.is_timeout() {
                    Uncertain::TimedOut
                } else {
                    Uncertain::CutBody
                };
                return Err(SendError::Unknown {
                    why,
                    source: Some(Box::new(error.without_url())),
                });
            }
        }
    }
}

/// Decides what a whole answer means.
pub(crate) fn outcome(status: u16, wait: Option<i64>, bytes: &[u8]) -> Result<Value, SendError> {
    let body: Option<Value> = serde_json::from_slice(bytes).ok();
    let fields = body.as_ref().and_then(Fields::of);
    let Some((fields, ok)) = fields.and_then(|f| Some((f, f.get("ok")?.as_bool()?))) else {
        // A gateway that throttles did not pass the request on; any other page leaves it open.
        if status == 429 {
            let error = ApiError {
                code: 429,
                description: "Too Many Requests".to_owned(),
                retry_after: wait,
                migrate_to_chat_id: None,
            };
            return Err(SendError::Rejected(error));
        }
        return Err(SendError::unknown(Uncertain::NotBotApi(status)));
    };
    if ok {
        return match body {
            Some(Value::Object(mut object)) if (200..300).contains(&status) => object
                .remove("result")
                .ok_or_else(|| SendError::unknown(Uncertain::UnreadableResult)),
            _ => Err(SendError::unknown(Uncertain::NotBotApi(status))),
        };
    }
    let mut error = ApiError::read(fields, status);
    if error.code == 429 {
        error.retry_after = error.retry_after.or(wait);
    }
    match error.code {
        400..=499 | 500 | 503 => Err(SendError::Rejected(error)),
        code => Err(SendError::unknown(Uncertain::Server(code))),
    }
}
