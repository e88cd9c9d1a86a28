//! Webhooks: whether Stripe signed these bytes, and what they are about.

mod envelope;
#[cfg(test)]
mod tests;

use std::fmt;

use domain::Timestamp;
use ring::hmac;
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

pub use envelope::{Envelope, ForeignMode, NotAnEvent};

/// How far the time of a signature may be from ours, in seconds, either way.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Bytes of a signature.
const SIGNATURE_LENGTH: usize = 32;

/// Most signatures that are looked at: one per live secret, of which there are two while one is rotated.
const MOST_SIGNATURES: usize = 16;

/// What an endpoint's events are signed with (`whsec_...`). Debug prints nothing of it.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a secret, apart from blanks around it; nothing when there is nothing else, because everybody can sign with that.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Secret(SecretString::from(text)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Why bytes are not taken for Stripe's. Holds nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The header has no time or no `v1`, or cannot be read.
    #[error("the signature header cannot be read")]
    Malformed,
    /// No secret of ours signed these bytes.
    #[error("no signature matches")]
    Mismatch,
    /// Signed rightly, and longer ago than five minutes: perhaps recorded and sent again.
    #[error("the signature is too old")]
    TooOld,
    /// Signed rightly, and more than five minutes ahead of our clock.
    #[error("the signature is of the future")]
    TooNew,
}

impl SignatureError {
    /// One word for logs and metrics.
    pub const fn code(self) -> &'static str {
        match self {
            SignatureError::Malformed => "malformed",
            SignatureError::Mismatch => "mismatch",
            SignatureError::TooOld => "too_old",
            SignatureError::TooNew => "too_new",
        }
    }
}

/// Checks a `Stripe-Signature` over the bytes exactly as they came. Any `v1` by any of the secrets is enough; `v0` and other
/// schemes do not count.
///
/// # Errors
/// See [`SignatureError`].
pub fn verify(
    body: &[u8],
    header: &str,
    secrets: &[Secret],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let signed = Signed::read(header).ok_or(SignatureError::Malformed)?;
    let mut matches = false;
    for secret in secrets {
        let expected = tag(secret, signed.time_text, body);
        let expected: &[u8] = expected.as_ref();
        for given in &signed.signatures {
            matches |= bool::from(expected.ct_eq(given));
        }
    }
    if !matches {
        return Err(SignatureError::Mismatch);
    }
    let age = now.seconds().saturating_sub(signed.time);
    match age {
        age if age > TOLERANCE_SECONDS => Err(SignatureError::TooOld),
        age if age < -TOLERANCE_SECONDS => Err(SignatureError::TooNew),
        _ => Ok(()),
    }
}

/// The header with which Stripe would send these bytes: for whoever wants to try a webhook.
pub fn sign(body: &[u8], secret: &Secret, at: Timestamp) -> String {
    let time = at.seconds().to_string();
    let tag = tag(secret, &time, body);
    let bytes: &[u8] = tag.as_ref();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

fn tag(secret: &Secret, time: &str, body: &[u8]) -> hmac::Tag {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.0.expose_secret().as_bytes());
    let mut context = hmac::Context::with_key(&key);
    context.update(time.as_bytes());
    context.update(b".");
    context.update(body);
    context.sign()
}

/// What the header says.
struct Signed<'a> {
    /// As it is signed.
    time_text: &'a str,
    time: i64,
    signatures: Vec<[u8; SIGNATURE_LENGTH]>,
}

impl<'a> Signed<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let mut times = Vec::new();
        let mut signatures = Vec::new();
        for part in header.split(',') {
            match part.trim().split_once('=') {
                Some(("t", text)) => times.push(text),
                Some(("v1", hex)) => signatures.push(unhex(hex)),
                _ => {}
            }
        }
        let [time_text] = times[..] else {
            return None;
        };
        let is_number = !time_text.is_empty() && time_text.bytes().all(|b| b.is_ascii_digit());
        if !is_number || !(1..=MOST_SIGNATURES).contains(&signatures.len()) {
            return None;
        }
        Some(Signed {
            time_text,
            time: time_text.parse().ok()?,
            // One that is no signature matches nothing, and takes nothing from the others.
            signatures: signatures.into_iter().flatten().collect(),
        })
    }
}

/// Small letters only, as Stripe writes them.
fn unhex(text: &str) -> Option<[u8; SIGNATURE_LENGTH]> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * SIGNATURE_LENGTH {
        return None;
    }
    let mut bytes = [0; SIGNATURE_LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
    }
    Some(bytes)
}
