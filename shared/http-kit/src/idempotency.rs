//! The client's key for a change that must happen once, and the hash that tells whether it is the same change.

use std::fmt;
use std::str::FromStr;

use http::HeaderMap;
use ring::digest;

use crate::problem::Problem;

/// Header that carries the key.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// Characters a key may have.
const KEY_LIMIT: usize = 64;

/// A client's key: 1 to 64 characters of `A-Za-z0-9_-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// A text that is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'")]
pub struct InvalidIdempotencyKey;

impl From<InvalidIdempotencyKey> for Problem {
    fn from(error: InvalidIdempotencyKey) -> Self {
        Self::invalid(
            IDEMPOTENCY_HEADER,
            "invalid_value",
            crate::field_errors::sentence(&error.to_string()),
        )
    }
}

impl IdempotencyKey {
    /// The key of a request, if it has one.
    ///
    /// # Errors
    /// 400 when the header is not a key or there are two.
    pub fn from_headers(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let mut all = headers.get_all(IDEMPOTENCY_HEADER).iter();
        match (all.next(), all.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => {
                let key = value
                    .to_str()
                    .map_err(|_| InvalidIdempotencyKey)?
                    .parse::<Self>()?;
                Ok(Some(key))
            }
            (Some(_), Some(_)) => Err(InvalidIdempotencyKey.into()),
        }
    }

    /// The text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = InvalidIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if (1..=KEY_LIMIT).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidIdempotencyKey)
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of what a client asked for: the same key with another hash is a mistake of the client.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BodyHash([u8; 32]);

impl BodyHash {
    /// Hash of an operation, the values of its path, and the body as sent.
    ///
    /// The body is hashed byte by byte: a client that repeats a request sends the same bytes.
    pub fn of(operation: &str, path: &str, body: &[u8]) -> Self {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in [operation.as_bytes(), path.as_bytes(), body] {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for BodyHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Lower-case hexadecimal.
impl fmt::Display for BodyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BodyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BodyHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn keys_are_short_tokens() {
        for text in ["a", "A-z_9", &"k".repeat(64)] {
            assert_eq!(
                text.parse::<IdempotencyKey>()
                    .map(|key| key.to_string())
                    .as_deref(),
                Ok(text)
            );
        }
        for text in ["", "a b", "ключ", "a.b", &"k".repeat(65)] {
            assert_eq!(
                text.parse::<IdempotencyKey>(),
                Err(InvalidIdempotencyKey),
                "{text}"
            );
        }
    }

    #[test]
    fn a_request_has_one_key_or_none() {
        let mut headers = HeaderMap::new();
        assert!(matches!(IdempotencyKey::from_headers(&headers), Ok(None)));
        headers.append(IDEMPOTENCY_HEADER, HeaderValue::from_static("one"));
        assert!(
            matches!(IdempotencyKey::from_headers(&headers), Ok(Some(key)) if key.as_str() == "one")
        );
        headers.append(IDEMPOTENCY_HEADER, HeaderValue::from_static("two"));
        assert!(matches!(
            IdempotencyKey::from_headers(&headers),
            Err(Problem::Invalid(_))
        ));
    }

    #[test]
    fn a_hash_tells_apart_what_differs_anywhere() {
        let hash = BodyHash::of("bots.connect", "/api/v1/bots", b"{}");
        assert_eq!(hash, BodyHash::of("bots.connect", "/api/v1/bots", b"{}"));
        assert_ne!(hash, BodyHash::of("bots.connect", "/api/v1/bot", b"s{}"));
        assert_ne!(hash, BodyHash::of("bots.rotate", "/api/v1/bots", b"{}"));
        assert_eq!(hash.to_string().len(), 64);
    }
}
