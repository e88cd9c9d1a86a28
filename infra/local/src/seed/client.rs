//! What the seed says to the product and to the Telegram stand-in: what a person's browser and people's phones would.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::Value;

use crate::{Host, HostError};

const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The demo creator's way to the product.
pub(super) struct Desk<'a> {
    pub(super) host: &'a Host,
    client: Client,
    token: Option<String>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(host: &'a Host) -> Result<Self, HostError> {
        let client = Client::builder().build().map_err(HostError::Client)?;
        Ok(Self {
            host,
            client,
            token: None,
        })
    }

    /// From now on with this session.
    pub(super) fn logged_in(&mut self, token: String) {
        self.token = Some(token);
    }

    /// One request of the API; its body, if it was accepted.
    pub(super) async fn api(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, HostError> {
        let (status, answer) = self.ask(method, path, body).await?;
        match status {
            200..300 => Ok(answer),
            _ => Err(refused(path, &format!("{status} {answer}"))),
        }
    }

    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, Value), HostError> {
        let url = format!("{}/api/v1{path}", self.host.url());
        let mut request = self.client.request(method, url).header("x-sofi-csrf", "1");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(HostError::Client)?;
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.map_err(HostError::Client)?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// One act in the stand-in's Telegram.
    pub(super) async fn telegram(&self, path: &str, body: Value) -> Result<Value, HostError> {
        let control = self.host.telegram().ok_or(HostError::SeedNeedsStandIn)?;
        Ok(control.call("POST", path, body).await?)
    }

    /// The newest code mailed to an address, once it is there.
    pub(super) async fn mailed_code(&self, address: &str) -> Result<String, HostError> {
        eventually("the mail with the code", async || {
            let mails = self.host.aws().ses().inbox();
            let to = mails
                .into_iter()
                .rev()
                .find(|mail| mail.destinations.iter().any(|to| to == address));
            Ok(to.and_then(|mail| code_in(&mail.text.unwrap_or_default())))
        })
        .await
    }
}

fn code_in(text: &str) -> Option<String> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .find(|digits| digits.len() == 8)
        .map(str::to_owned)
}

pub(super) fn refused(what: &str, why: &str) -> HostError {
    HostError::Seed {
        what: what.to_owned(),
        why: why.to_owned(),
    }
}

/// Looks until there is something; gives up after two minutes.
pub(super) async fn eventually<T>(
    what: &str,
    look: impl AsyncFn() -> Result<Option<T>, HostError>,
) -> Result<T, HostError> {
    for _ in 0..1_200 {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(refused(what, "it did not come within two minutes"))
}

/// A string of an answer.
pub(super) fn text<'v>(value: &'v Value, field: &str) -> Result<&'v str, HostError> {
    value[field]
        .as_str()
        .ok_or_else(|| refused(field, "the answer lacks it"))
}

#[cfg(test)]
mod tests {
    use super::code_in;

    #[test]
    fn a_code_has_exactly_eight_digits() {
        assert_eq!(
            code_in("within 15 minutes: 12345678.").as_deref(),
            Some("12345678")
        );
        assert_eq!(code_in("call 123456789"), None);
    }
}
