//! JSON in sealed fields, bound to the row's place.

use domain::{Entropy, Sealed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{LocalKey, Row};
use vault::{FanKey, Place, TenantKey, VaultError};

use crate::AppError;

/// The place of a field of a row with this key.
pub fn place<'a, T: Row>(key: &'a LocalKey, field: &'a str) -> Place<'a> {
    Place {
        table: T::TABLE.name(),
        pk: &key.pk,
        sk: &key.sk,
        field,
    }
}

/// Keys that seal JSON.
pub trait SealsJson {
    /// Seals a value for its place.
    ///
    /// # Errors
    /// When the value is not representable as JSON.
    fn seal_json<T: Serialize>(
        &self,
        place: &Place<'_>,
        value: &T,
        entropy: &dyn Entropy,
    ) -> Result<Sealed, AppError>;

    /// Opens a value at its place.
    ///
    /// # Errors
    /// When it does not open here or has another form.
    fn open_json<T: DeserializeOwned>(
        &self,
        place: &Place<'_>,
        sealed: &Sealed,
    ) -> Result<T, AppError>;
}

macro_rules! seals_json {
    ($($key:ident),+) => {$(
        impl SealsJson for $key {
            fn seal_json<T: Serialize>(&self, place: &Place<'_>, value: &T, entropy: &dyn Entropy) -> Result<Sealed, AppError> {
                Ok(self.seal(place, &serde_json::to_vec(value)?, entropy))
            }

            fn open_json<T: DeserializeOwned>(&self, place: &Place<'_>, sealed: &Sealed) -> Result<T, AppError> {
                let opened = self.open(place, sealed)?;
                // A parse error quotes its input; the opened text must not reach a log.
                serde_json::from_slice(&opened).map_err(|_| AppError::Vault(VaultError::UnexpectedForm))
            }
        }
    )+};
}

seals_json!(TenantKey, FanKey);
