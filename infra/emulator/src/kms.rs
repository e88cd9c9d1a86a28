//! KMS: symmetric keys, aliases, key policies; AES-256-GCM with the encryption context as associated data.

use serde_json::Value;

use crate::error::{Error, ServiceError};
use crate::Place;

/// All keys; clones share them.
#[derive(Clone)]
pub struct Kms {
    place: Place,
}

/// A key to make.
#[derive(Debug, Clone, Default)]
pub struct NewKey {
    /// Key id; random when absent. A key that exists already keeps its material and gets the new policy.
    pub id: Option<String>,
    /// `alias/...`
    pub alias: Option<String>,
    /// Key policy document; the account root is allowed everything when absent.
    pub policy: Option<Value>,
    /// Free text.
    pub description: String,
}

impl Kms {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        Ok(Self { place: place.clone() })
    }

    /// Makes a key, or updates alias and policy of the one with this id. Answers its ARN.
    pub fn create_key(&self, _key: NewKey) -> Result<String, ServiceError> {
        Err(ServiceError::internal(format!("not built yet in {}", self.place.region)))
    }

    /// ARNs of all keys.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        Vec::new()
    }
}
