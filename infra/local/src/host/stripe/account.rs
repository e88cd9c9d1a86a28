//! An account at Stripe, as whoever has its key sets it up.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::error::HostError;

/// Longest time for one call.
const PATIENCE: Duration = Duration::from_secs(30);

/// An account. It has no `Debug`: it holds a key.
pub(super) struct Account {
    client: reqwest::Client,
    /// Base address without a slash at the end.
    url: String,
    key: String,
}

impl Account {
    pub(super) fn new(client: reqwest::Client, url: String, key: String) -> Self {
        Self { client, url, key }
    }

    /// Reads.
    pub(super) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, HostError> {
        let address = format!("{}{path}?{}", self.url, encoded(query));
        self.send(self.client.get(address)).await
    }

    /// Changes.
    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Value, HostError> {
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(encoded(form));
        self.send(request).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Value, HostError> {
        let failed = |error: reqwest::Error| HostError::StripeUnreachable(error.without_url());
        let request = request.bearer_auth(&self.key).timeout(PATIENCE);
        let answer = request.send().await.map_err(failed)?;
        let status = answer.status();
        let body: Value = answer.json().await.map_err(failed)?;
        if status.is_success() {
            return Ok(body);
        }
        let text = |name: &str| {
            let text = body["error"][name].as_str();
            text.unwrap_or_default().to_owned()
        };
        Err(HostError::StripeRefused {
            status: status.as_u16(),
            code: text("code"),
            message: text("message"),
        })
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}
