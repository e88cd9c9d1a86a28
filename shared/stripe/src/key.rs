//! Keys: Stripe's API key, which never shows itself, and idempotency keys, which callers store before a call.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Longest idempotency key that Stripe takes, in characters.
const MAX_IDEMPOTENCY_KEY: usize = 255;

/// Whether money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Real money.
    Live,
    /// A sandbox of Stripe's, or a stand-in.
    Sandbox,
}

impl Mode {
    /// Whether real money moves, as objects of Stripe say it.
    pub const fn is_live(self) -> bool {
        matches!(self, Mode::Live)
    }
}

/// Why a text is no key. Never holds any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It does not begin as a secret or restricted key does, or has other characters than one.
    #[error("not a secret or restricted key of Stripe")]
    NotAKey,
    /// An idempotency key is empty, longer than 255 characters, or cannot be a header.
    #[error("an idempotency key has 1 to 255 visible ASCII characters")]
    NotIdempotent,
}

/// A secret (`sk_`) or restricted (`rk_`) key. Debug prints its mode only.
#[derive(Clone)]
pub struct ApiKey {
    text: SecretString,
    mode: Mode,
}

impl ApiKey {
    /// Reads a key, apart from blanks around it.
    ///
    /// # Errors
    /// When the text is anything else than one key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let kind = text
            .strip_prefix("sk_")
            .or_else(|| text.strip_prefix("rk_"))
            .ok_or(KeyError::NotAKey)?;
        let (mode, rest) = match (kind.strip_prefix("live_"), kind.strip_prefix("test_")) {
            (Some(rest), _) => (Mode::Live, rest),
            (_, Some(rest)) => (Mode::Sandbox, rest),
            (None, None) => return Err(KeyError::NotAKey),
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if rest.is_empty() || !rest.bytes().all(is_plain) {
            return Err(KeyError::NotAKey);
        }
        Ok(ApiKey {
            text: SecretString::from(text),
            mode,
        })
    }

    /// Whether it moves real money.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({:?})", self.mode)
    }
}

/// Under which name Stripe remembers what it answered, for at least a day. The caller makes it of its operation and stores it
/// before the call, so that the call can be made again after a crash; it must hold nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes a name.
    ///
    /// # Errors
    /// When it is empty, longer than 255 characters, or has any but visible ASCII characters.
    pub fn new(text: impl Into<String>) -> Result<Self, KeyError> {
        let text = text.into();
        let fits = (1..=MAX_IDEMPOTENCY_KEY).contains(&text.len());
        if !fits || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::NotIdempotent);
        }
        Ok(IdempotencyKey(text))
    }

    /// Another name for the same wish, once this one stands for a failure. As long as the longest at most.
    pub(crate) fn renewed(&self, salt: [u8; 8]) -> Self {
        let salt = u64::from_be_bytes(salt);
        let kept = self.0.len().min(MAX_IDEMPOTENCY_KEY - 17);
        IdempotencyKey(format!("{}.{salt:016x}", &self.0[..kept]))
    }

    /// The name, as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_whether_money_moves() {
        let modes = ["sk_live_a1", "rk_live_a1", "sk_test_a_1", " rk_test_a1\n"]
            .map(|text| ApiKey::parse(text).expect("a key").mode());
        let (live, sandbox) = (Mode::Live, Mode::Sandbox);
        assert_eq!(modes, [live, live, sandbox, sandbox]);
    }

    #[test]
    fn what_is_no_secret_key_is_refused() {
        for text in [
            "",
            "sk_live_",
            "pk_live_a1",
            "sk_prod_a1",
            "live_a1",
            "sk_test_a 1",
            "whsec_a1",
        ] {
            assert_eq!(ApiKey::parse(text).err(), Some(KeyError::NotAKey), "{text}");
        }
    }

    #[test]
    fn a_key_shows_its_mode_only() {
        let key = ApiKey::parse("sk_live_CANARY").expect("a key");
        assert_eq!(format!("{key:?}"), "ApiKey(Live)");
    }

    #[test]
    fn an_idempotency_key_has_between_one_and_255_visible_characters() {
        for text in ["checkout:w1:pro:1".to_owned(), "x".repeat(255)] {
            assert_eq!(
                IdempotencyKey::new(text.clone()).expect("fits").as_str(),
                text
            );
        }
        for text in [String::new(), "x".repeat(256), "a b".into(), "ä".into()] {
            assert_eq!(IdempotencyKey::new(text), Err(KeyError::NotIdempotent));
        }
    }
}
