//! Stripe, as whoever has the product's key sees it.

use local::Host;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, RequestBuilder, Url};

use crate::Answer;
use crate::api::plain;

/// An account at Stripe. It has no `Debug`: it holds a key.
pub struct StripeAccount {
    client: Client,
    base: String,
    key: String,
}

impl StripeAccount {
    pub(crate) fn of(host: &Host) -> Self {
        Self {
            client: plain().no_proxy().build().expect("a client"),
            base: host.stripe_url().to_owned(),
            key: host.vendor_keys()[local::STRIPE_KEY].clone(),
        }
    }

    /// The same account, asked with another key.
    #[must_use]
    pub fn with_key(self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self
        }
    }

    /// Reads: `("/v1/prices", &[("lookup_keys[]", "sofi_creator_month")])`.
    pub async fn get(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        self.send(self.client.get(self.address(path, query))).await
    }

    /// Changes, with the parameters in Stripe's notation.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut address = self.address(path, form);
        let body = address.query().unwrap_or_default().to_owned();
        address.set_query(None);
        let request = self.client.post(address).body(body);
        let form = "application/x-www-form-urlencoded";
        self.send(request.header(CONTENT_TYPE, form)).await
    }

    /// Ends or removes.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.client.delete(self.address(path, &[]))).await
    }

    fn address(&self, path: &str, fields: &[(&str, &str)]) -> Url {
        let address = format!("{}{path}", self.base);
        Url::parse_with_params(&address, fields).expect("an address")
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = request.bearer_auth(&self.key).send().await;
        let answer = answer.expect("Stripe answers");
        let status = answer.status().as_u16();
        let headers = answer.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), value.into_owned())
        });
        let headers = headers.collect();
        let bytes = answer.bytes().await.expect("the body arrives").to_vec();
        Answer {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
            bytes,
            headers,
        }
    }
}
