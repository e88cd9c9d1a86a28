//! The Bot API's wire protocol, as far as the bridge needs it.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::runtime::relay::RelayedCall;

/// A poll waits 25 s at Telegram; anything longer is a dead connection.
const TIMEOUT: Duration = Duration::from_secs(40);
/// Telegram's own limit for a webhook's answer is about a minute.
const DELIVERY_TIMEOUT: Duration = Duration::from_secs(60);

/// Calls to one Bot API server.
pub(super) struct Api {
    pub(super) client: reqwest::Client,
    pub(super) api_url: String,
}

/// Why a call has no result.
pub(super) enum CallError {
    /// Telegram said no; its whole answer.
    Refused(Value),
    /// No answer, or none that is JSON.
    Unreachable,
}

impl Api {
    /// Calls a method and answers its `result`.
    pub(super) async fn call(
        &self,
        token: &str,
        method: &str,
        parameters: Value,
    ) -> Result<Value, CallError> {
        let url = format!("{}/bot{token}/{method}", self.api_url);
        // The error is dropped on purpose: its text could name the address, and with it the token.
        let answer = self
            .client
            .post(url)
            .timeout(TIMEOUT)
            .json(&parameters)
            .send()
            .await;
        let answer: Value = match answer {
            Ok(answer) => answer.json().await.map_err(|_| CallError::Unreachable)?,
            Err(_) => return Err(CallError::Unreachable),
        };
        if answer.get("ok") == Some(&Value::Bool(true)) {
            Ok(answer.get("result").cloned().unwrap_or(Value::Null))
        } else {
            Err(CallError::Refused(answer))
        }
    }

    /// Posts an update to a webhook; answers the JSON body of a 2xx answer, if it has one.
    pub(super) async fn post_update(
        &self,
        url: &str,
        secret: Option<&str>,
        update: &Value,
    ) -> Result<Option<Value>, String> {
        let mut request = self.client.post(url).timeout(DELIVERY_TIMEOUT).json(update);
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let answer = request
            .send()
            .await
            .map_err(|_| "the webhook did not answer".to_owned())?;
        if !answer.status().is_success() {
            return Err(format!(
                "Wrong response from the webhook: {}",
                answer.status()
            ));
        }
        Ok(answer.json().await.ok())
    }
}

/// Token and method of a Bot API path; `None` for downloads and anything else.
pub(super) fn token_and_method(path: &str) -> Option<(&str, &str)> {
    let path = path.split('?').next()?;
    path.strip_prefix("/bot")?.split_once('/')
}

/// A call's parameters: from a JSON or form body, and from the query.
pub(super) fn parameters(call: &RelayedCall) -> Value {
    if let Ok(Value::Object(map)) = serde_json::from_slice(&call.body) {
        return Value::Object(map);
    }
    let query = call.path.split_once('?').map_or("", |(_, query)| query);
    let pairs = url::form_urlencoded::parse(query.as_bytes())
        .chain(url::form_urlencoded::parse(&call.body));
    Value::Object(
        pairs
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
            .collect(),
    )
}

/// The method and parameters in a webhook's answer. Methods that Telegram ignores there are left out.
pub(super) fn reply(answer: &Value) -> Option<(&str, Value)> {
    let method = answer.get("method")?.as_str()?;
    let lower = method.to_ascii_lowercase();
    if lower.starts_with("get")
        || matches!(
            lower.as_str(),
            "setwebhook" | "deletewebhook" | "close" | "logout"
        )
    {
        return None;
    }
    let mut parameters: Map<String, Value> = answer.as_object()?.clone();
    parameters.remove("method");
    Some((method, Value::Object(parameters)))
}

/// How long a 429 asks to wait.
pub(super) fn retry_after(answer: &Value) -> Option<Duration> {
    answer
        .get("parameters")?
        .get("retry_after")?
        .as_u64()
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{reply, token_and_method};

    #[test]
    fn a_path_gives_token_and_method() {
        assert_eq!(
            token_and_method("/bot1:abc/getMe?x=1"),
            Some(("1:abc", "getMe"))
        );
        assert_eq!(token_and_method("/file/bot1:abc/photo.jpg"), None);
    }

    #[test]
    fn an_answer_may_send_but_not_steer() {
        let answer = json!({"method": "sendMessage", "chat_id": 1});
        assert_eq!(reply(&answer), Some(("sendMessage", json!({"chat_id": 1}))));
        assert_eq!(reply(&json!({"method": "setWebhook", "url": ""})), None);
        assert_eq!(reply(&json!({"ok": true})), None);
    }
}
