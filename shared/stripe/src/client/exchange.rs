//! One request and its answer: limits, repetitions, and what each failure means.

use std::error::Error;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::Value;
use stripe_client_core::{RequestBuilder, StripeMethod, VERSION};
use tokio::time::Instant;

use super::Client;
use crate::error::StripeError;
use crate::key::IdempotencyKey;

/// Longest answer read, in bytes. A page of a hundred invoices with their lines has about one million.
pub const MAX_RESPONSE_BYTES: usize = 8 * 1024 * 1024;

/// Longest time of one try.
pub(super) const LONGEST_TRY: Duration = Duration::from_secs(10);

/// Upper end of the pause before the first repetition; each further one doubles it.
pub(super) const FIRST_PAUSE: Duration = Duration::from_millis(400);

/// Longest time of a call with its repetitions. A person may wait for it.
const LONGEST_CALL: Duration = Duration::from_secs(20);

/// Longest wait that Stripe may ask for and still be asked again in the same call.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// How often a request is sent at most.
const MOST_TRIES: u32 = 3;

/// What a second copy of a request would do.
#[derive(Clone, Copy)]
pub(super) enum Repeat<'a> {
    /// Nothing: it only reads.
    Reads,
    /// Nothing: Stripe knows it by its key.
    Keyed(&'a IdempotencyKey),
    /// Nothing, under whatever key: it says how something is to be, or is refused once it is done.
    Absolute(&'a IdempotencyKey),
    /// Be refused, so that its answer says nothing of the first one.
    Refused,
}

/// A try without success, and what Stripe says of another one.
struct Failure {
    error: StripeError,
    should_retry: Option<bool>,
    retry_after: Option<Duration>,
}

impl From<StripeError> for Failure {
    fn from(error: StripeError) -> Self {
        Failure {
            error,
            should_retry: None,
            retry_after: None,
        }
    }
}

impl Failure {
    /// What it says at the given try of one call.
    fn since(mut self, tries: u32) -> Self {
        if let (StripeError::Spent { status }, 2..) = (&self.error, tries) {
            self.error = StripeError::Failing { status: *status };
        }
        self
    }

    /// Whether the same request may be sent again at once. Stripe's own word counts more than ours.
    fn may_be_repeated(&self, repeat: Repeat<'_>) -> bool {
        if self.retry_after.is_some_and(|wait| wait > LONGEST_PAUSE) {
            return false;
        }
        if matches!(self.error, StripeError::Spent { .. }) {
            return false;
        }
        if let Some(should_retry) = self.should_retry {
            return should_retry;
        }
        match self.error {
            StripeError::Unreachable(_)
            | StripeError::RateLimited { .. }
            | StripeError::UnderWay => true,
            StripeError::AnswerLost(_) | StripeError::Failing { .. } => {
                !matches!(repeat, Repeat::Refused)
            }
            _ => false,
        }
    }
}

impl Client {
    /// Sends what a request builder made. Boxed, so that callers' futures stay small.
    pub(super) async fn exchange(
        &self,
        request: RequestBuilder,
        repeat: Repeat<'_>,
    ) -> Result<Value, StripeError> {
        match Box::pin(self.tries(&request, repeat)).await {
            Err(StripeError::Spent { status }) => match repeat {
                Repeat::Absolute(key) => {
                    let mut salt = [0; 8];
                    self.entropy.fill(&mut salt);
                    let again = key.renewed(salt);
                    Box::pin(self.tries(&request, Repeat::Keyed(&again))).await
                }
                _ => Err(StripeError::Spent { status }),
            },
            answer => answer,
        }
    }

    async fn tries(
        &self,
        request: &RequestBuilder,
        repeat: Repeat<'_>,
    ) -> Result<Value, StripeError> {
        let started = Instant::now();
        let mut tries = 1;
        loop {
            let left = LONGEST_CALL.saturating_sub(started.elapsed());
            let failure = match self.once(request, repeat, left).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            // After a failed try of this call, hearing of it again is no news: Stripe is failing now.
            let failure = failure.since(tries);
            let pause = failure
                .retry_after
                .unwrap_or_default()
                .max(self.pause(tries));
            let is_late = started.elapsed() + pause >= LONGEST_CALL;
            if tries == MOST_TRIES || is_late || !failure.may_be_repeated(repeat) {
                return Err(failure.error);
            }
            tokio::time::sleep(pause).await;
            tries += 1;
        }
    }

    async fn once(
        &self,
        request: &RequestBuilder,
        repeat: Repeat<'_>,
        left: Duration,
    ) -> Result<Value, Failure> {
        let response = self
            .prepared(request, repeat)
            .timeout(self.longest_try.min(left))
            .send()
            .await
            .map_err(before_answer)?;
        let status = response.status();
        let should_retry = flag(response.headers(), "stripe-should-retry");
        let retry_after = seconds(response.headers());
        let is_replayed = flag(response.headers(), "idempotent-replayed") == Some(true);
        let body = read_body(response).await?;
        if status.is_success() {
            let answer: Option<Value> = serde_json::from_slice(&body).ok();
            let object = answer.filter(Value::is_object);
            return object.ok_or(StripeError::Unreadable.into());
        }
        let error = match StripeError::of_answer(status.as_u16(), retry_after, &body) {
            StripeError::Failing { status } if is_replayed => StripeError::Spent { status },
            error => error,
        };
        Err(Failure {
            error,
            should_retry,
            retry_after,
        })
    }

    fn prepared(&self, request: &RequestBuilder, repeat: Repeat<'_>) -> reqwest::RequestBuilder {
        let method = match request.method {
            StripeMethod::Get => Method::GET,
            StripeMethod::Post => Method::POST,
            StripeMethod::Delete => Method::DELETE,
        };
        let mut address = format!("{}/v1{}", self.address.base(), request.path);
        if let Some(query) = request.query.as_deref().filter(|query| !query.is_empty()) {
            address = format!("{address}?{query}");
        }
        let mut prepared = self
            .http
            .request(method, address)
            .header("stripe-version", VERSION.as_str());
        // A key is letters, digits and low lines, so there is always a header.
        if let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", self.key.expose())) {
            bearer.set_sensitive(true);
            prepared = prepared.header(AUTHORIZATION, bearer);
        }
        if let Repeat::Keyed(key) | Repeat::Absolute(key) = repeat {
            prepared = prepared.header("idempotency-key", key.as_str());
        }
        match &request.body {
            Some(body) => prepared
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(in_order(body)),
            None => prepared,
        }
    }

    /// Between half and the whole of a pause that doubles, so that many who failed together do not come back together.
    fn pause(&self, tries: u32) -> Duration {
        let whole = self
            .first_pause
            .saturating_mul(1 << (tries - 1))
            .min(LONGEST_PAUSE);
        let mut bytes = [0; 2];
        self.entropy.fill(&mut bytes);
        whole / 2 + whole / 2 * u32::from(u16::from_le_bytes(bytes)) / u32::from(u16::MAX)
    }
}

/// The same parameters as the same bytes. The builders keep metadata in maps without an order, and under one key a request must
/// be the same after a crash, in another process.
fn in_order(form: &str) -> String {
    let mut fields: Vec<&str> = form.split('&').collect();
    fields.sort_unstable();
    fields.join("&")
}

/// Only what failed while connecting was surely not accepted; anything later may have reached Stripe.
fn before_answer(error: reqwest::Error) -> Failure {
    let surely_unsent = error.is_builder() || error.is_connect();
    let source: Box<dyn Error + Send + Sync> = Box::new(error.without_url());
    if surely_unsent {
        return StripeError::Unreachable(source).into();
    }
    StripeError::AnswerLost(source).into()
}

async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > MAX_RESPONSE_BYTES => {
                return Err(StripeError::Unreadable.into());
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(bytes),
            Err(error) => {
                return Err(StripeError::AnswerLost(Box::new(error.without_url())).into());
            }
        }
    }
}

fn flag(headers: &HeaderMap, name: &str) -> Option<bool> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn seconds(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn the_same_parameters_are_the_same_bytes() {
        let sent = in_order("payload[value]=7&event_name=x&payload[customer]=c");
        let again = in_order("event_name=x&payload[customer]=c&payload[value]=7");
        assert_eq!(sent, again);
        assert_eq!(in_order(""), "");
    }
}
