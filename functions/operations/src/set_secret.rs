//! Sets the key of a vendor or the secret of its webhooks: an operator invokes it, nothing else does.
//!
//! The key is sealed before it is written, stands in no log line and in no answer, and the former one is gone with the
//! write. Functions keep an opened key for five minutes; the vendor must take both for so long. Uses, under the function's
//! own session: kms:Encrypt for `platform`, PutItem on `routing`.

use app::{App, AppError};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use store::row::PlatformSecretRow;
use thiserror::Error;

/// What may be set. Other platform secrets are made by the functions that use them.
const NAMES: &[&str] = &[
    "xai-api-key",
    "groq-api-key",
    "stripe-key",
    "stripe-webhook-secret",
    "stripe-webhook-secret-previous",
];
const LONGEST: usize = 512;

/// Why nothing was set. Quotes nothing of the input.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum Refused {
    /// Not an object of two texts.
    #[error("the input must be {{\"name\": ..., \"value\": ...}} and nothing else")]
    Form,
    /// A name that is not in the list.
    #[error("the name must be one of {}", NAMES.join(", "))]
    Name,
    /// A value that cannot be a key.
    #[error("the value must have 1 to 512 printable ASCII characters and no blanks")]
    Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    name: String,
    value: String,
}

/// A key that may be written.
struct Secret {
    name: &'static str,
    value: SecretString,
}

/// Seals and writes. Answers `{"name", "generation"}`.
pub(crate) async fn handle(app: &'static App, input: Value) -> Result<Value, lambda::BoxError> {
    let secret = checked(input)?;
    let generation = app.unique();
    Box::pin(write(app, &secret, &generation)).await?;
    tracing::info!(code = secret.name, "a platform secret was set");
    Ok(json!({ "name": secret.name, "generation": generation }))
}

async fn write(app: &App, secret: &Secret, generation: &str) -> Result<(), AppError> {
    let sealed = app
        .vault
        .platform()
        .seal(secret.value.expose_secret())
        .await?;
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    transaction.put_any(&PlatformSecretRow {
        name: secret.name.to_owned(),
        generation: generation.to_owned(),
        secret: sealed,
        created_at: app.clock.now(),
    });
    Ok(transaction.commit().await?)
}

fn checked(input: Value) -> Result<Secret, Refused> {
    // The parser's own words would quote what it read.
    let input: Input = serde_json::from_value(input).map_err(|_| Refused::Form)?;
    let value = SecretString::from(input.value);
    let name = NAMES
        .iter()
        .copied()
        .find(|name| *name == input.name)
        .ok_or(Refused::Name)?;
    let shown = value.expose_secret();
    let plain = shown.bytes().all(|byte| byte.is_ascii_graphic());
    if !(1..=LONGEST).contains(&shown.len()) || !plain {
        return Err(Refused::Value);
    }
    Ok(Secret { name, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(input: Value) -> Option<Refused> {
        checked(input).err()
    }

    #[test]
    fn a_key_of_a_known_vendor_is_taken_as_it_is() {
        let secret = checked(json!({ "name": "xai-api-key", "value": "k-1_%" })).ok();
        let secret = secret.map(|s| (s.name, s.value.expose_secret().to_owned()));
        assert_eq!(secret, Some(("xai-api-key", "k-1_%".to_owned())));
    }

    #[test]
    fn only_keys_of_vendors_can_be_set() {
        for name in ["pepper", "xai-api-key ", "", "XAI-API-KEY", "stripe"] {
            let input = json!({ "name": name, "value": "k" });
            assert_eq!(refusal(input), Some(Refused::Name), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        for value in ["", "a b", "a\n", "clé", &"k".repeat(513)] {
            let input = json!({ "name": "groq-api-key", "value": value });
            assert_eq!(refusal(input), Some(Refused::Value));
        }
        let longest = json!({ "name": "groq-api-key", "value": "k".repeat(512) });
        assert_eq!(refusal(longest), None);
    }

    #[test]
    fn another_form_is_refused_without_quoting_it() {
        for input in [
            json!("canary"),
            json!({ "name": "xai-api-key" }),
            json!({ "name": "xai-api-key", "value": 7 }),
            json!({ "name": "xai-api-key", "value": "canary", "more": 1 }),
        ] {
            let refused = refusal(input).expect("refused");
            assert_eq!(refused, Refused::Form);
            assert!(!refused.to_string().contains("canary"));
        }
    }
}
