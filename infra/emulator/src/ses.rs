//! SES v1: identities, sending, and an inbox to read what was sent.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ServiceError};
use crate::Place;

/// Mail; clones share it.
#[derive(Clone)]
pub struct Ses {
    place: Place,
}

/// One mail that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Id answered to the sender.
    pub message_id: String,
    /// When, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// Sender.
    pub source: String,
    /// Receivers: to, cc and bcc together.
    pub destinations: Vec<String>,
    /// Decoded subject.
    pub subject: String,
    /// Plain text body.
    pub text: Option<String>,
    /// HTML body.
    pub html: Option<String>,
    /// The raw message of `SendRawEmail`, as text.
    pub raw: Option<String>,
}

impl Ses {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        Ok(Self { place: place.clone() })
    }

    /// Verifies an address (`person@example.com`) or a domain (`example.com`).
    pub fn verify(&self, _identity: &str) -> Result<(), ServiceError> {
        Err(ServiceError::internal(format!("not built yet in {}", self.place.region)))
    }

    /// Every mail sent, oldest first.
    #[must_use]
    pub fn inbox(&self) -> Vec<Mail> {
        Vec::new()
    }

    /// Forgets all mails.
    pub fn clear(&self) -> Result<(), ServiceError> {
        Ok(())
    }
}
