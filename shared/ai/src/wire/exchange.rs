//! One question over HTTP: limits, one repetition, and what each failure means.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::time::Instant;
use vendor_kit::{Address, ClientError};

use crate::error::{AskError, Part};
use crate::wire::http::HttpClient;

/// Longest answer read, in bytes. An answer to our requests has a few kilobytes.
pub const MAX_RESPONSE_BYTES: usize = 256 * 1024;

/// Longest wait that a vendor may impose and still be asked again.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Upper end of the random part of the pause before a repetition.
const JITTER: Duration = Duration::from_millis(250);
/// A repetition that has less time than this would only be billed.
const LEAST_TIME: Duration = Duration::from_secs(2);

/// Why a connection cannot be described so.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// The vendor's address is not an https origin (plain http only on loopback).
    #[error("vendor address is not an https origin")]
    Address,
    /// The key has characters that no HTTP header may have.
    #[error("vendor key cannot be sent")]
    Key,
}

/// Where a vendor is and the key to it. Opens nothing until a question is asked.
#[derive(Clone)]
pub struct Connection {
    http: HttpClient,
    address: Address,
    key: SecretString,
    entropy: Arc<dyn Entropy>,
}

/// An answer with a success status.
pub(super) struct Answer {
    pub(super) zero_retention: Option<bool>,
    pub(super) body: Vec<u8>,
}

/// An answer with any other status, for the vendor's own reading of it.
pub(super) struct Refusal<'a> {
    pub(super) status: u16,
    pub(super) retry_after: Option<Duration>,
    pub(super) body: &'a [u8],
}

/// How a vendor explains a status that is not a success.
pub(super) type Explain = fn(&Refusal<'_>) -> AskError;

impl Connection {
    /// Describes a vendor at an origin such as `https://api.x.ai`, without a path. The entropy spreads repetitions.
    ///
    /// # Errors
    /// When the address is not an https origin (plain http only on loopback), or the key cannot be a header.
    pub fn new(
        base_url: &str,
        key: SecretString,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, ConnectionError> {
        let connection = Connection {
            http: HttpClient::shared(),
            address: Address::parse(base_url).ok_or(ConnectionError::Address)?,
            key,
            entropy,
        };
        connection.authorization().ok_or(ConnectionError::Key)?;
        Ok(connection)
    }

    /// The same with a client of its own.
    #[cfg(test)]
    pub(super) fn unshared(self) -> Self {
        Connection {
            http: HttpClient::unshared(),
            ..self
        }
    }

    /// Posts a body and reads the whole answer, all within the given time.
    pub(super) async fn post<B: Serialize + Sync>(
        &self,
        path: &str,
        body: &B,
        explain: Explain,
        within: Duration,
    ) -> Result<Answer, AskError> {
        let body = serde_json::to_vec(body).map_err(|source| AskError::Unreachable {
            connecting: true,
            source: Box::new(source),
        })?;
        let address = format!("{}{path}", self.address.base());
        tokio::time::timeout(within, self.attempts(&address, body, explain, within))
            .await
            .unwrap_or(Err(AskError::Timeout))
    }

    async fn attempts(
        &self,
        address: &str,
        body: Vec<u8>,
        explain: Explain,
        within: Duration,
    ) -> Result<Answer, AskError> {
        let started = Instant::now();
        let error = match self.once(address, body.clone(), explain).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let Some(least) = pause_before_repetition(&error) else {
            return Err(error);
        };
        let pause = least + self.jitter();
        if started.elapsed() + pause + LEAST_TIME > within {
            return Err(error);
        }
        tokio::time::sleep(pause).await;
        self.once(address, body, explain).await
    }

    async fn once(
        &self,
        address: &str,
        body: Vec<u8>,
        explain: Explain,
    ) -> Result<Answer, AskError> {
        let client = self.http.get(self.address.is_secure()).map_err(no_client)?;
        let authorization = self.authorization().ok_or(AskError::Unauthorized)?;
        let response = client
            .post(address)
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(broken)?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let zero_retention = flag(response.headers(), "x-zero-data-retention");
        let body = read_body(response).await?;
        if status.is_success() {
            return Ok(Answer {
                zero_retention,
                body,
            });
        }
        Err(explain(&Refusal {
            status: status.as_u16(),
            retry_after,
            body: &body,
        }))
    }

    fn authorization(&self) -> Option<HeaderValue> {
        let mut value =
            HeaderValue::from_str(&format!("Bearer {}", self.key.expose_secret())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    fn jitter(&self) -> Duration {
        let mut bytes = [0; 2];
        self.entropy.fill(&mut bytes);
        JITTER * u32::from(u16::from_le_bytes(bytes)) / u32::from(u16::MAX)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("base", &self.address.base())
            .field("key", &"***")
            .finish_non_exhaustive()
    }
}

/// The meaning of a status that both vendors share. A code says more than the status where vendors differ.
pub(super) fn by_status(refusal: &Refusal<'_>, code: Option<&str>) -> AskError {
    match refusal.status {
        401..=403 => AskError::Unauthorized,
        404 | 410 => AskError::ModelGone,
        429 => AskError::RateLimited {
            retry_after: refusal.retry_after,
        },
        408 | 498 | 500..=599 => AskError::Overloaded {
            status: refusal.status,
        },
        status @ 400..=499 => AskError::BadRequest {
            status,
            code: code.and_then(one_word),
        },
        _ => AskError::Malformed {
            part: Part::Envelope,
            usage: None,
        },
    }
}

/// A code is kept if it is one, and not a sentence that might quote something.
fn one_word(code: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (!code.is_empty() && code.len() <= 40 && code.chars().all(plain)).then(|| code.to_owned())
}

/// The least time to wait before the same vendor is asked again, or nothing if it should not be.
fn pause_before_repetition(error: &AskError) -> Option<Duration> {
    match error {
        AskError::RateLimited { retry_after } => retry_after.filter(|wait| *wait <= LONGEST_PAUSE),
        AskError::Overloaded { .. }
        | AskError::Unreachable {
            connecting: true, ..
        } => Some(Duration::ZERO),
        _ => None,
    }
}

fn no_client(error: ClientError) -> AskError {
    AskError::Unreachable {
        connecting: true,
        source: Box::new(error),
    }
}

fn broken(error: reqwest::Error) -> AskError {
    AskError::Unreachable {
        connecting: error.is_connect(),
        source: Box::new(error.without_url()),
    }
}

/// Whole or broken seconds; a date is not worth a parser.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: f64 = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

fn flag(headers: &HeaderMap, name: &str) -> Option<bool> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Reads piece by piece, so that an endless answer costs no more memory than the limit and a piece.
async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, AskError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if bytes.len() + chunk.len() > MAX_RESPONSE_BYTES {
            return Err(AskError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
