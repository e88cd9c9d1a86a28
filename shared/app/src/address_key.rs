//! Addresses, and Telegram's ids of people, that are counted or remembered without being known: by a hash under a platform
//! secret of their own purpose.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::email::EmailAddress;
use ring::hmac;
use secrecy::{ExposeSecret as _, SecretString};
use store::StoreError;
use zeroize::Zeroizing;

use crate::{App, AppError};

/// Two makers of a secret can race; the loser reads what the winner wrote.
const ATTEMPTS: u32 = 3;

/// The key of one purpose. Kept for five minutes, as every platform secret.
pub struct AddressKey(hmac::Key);

impl AddressKey {
    /// The key, or `None` before the first address.
    ///
    /// # Errors
    /// When the database or KMS does not answer, or the secret has another form.
    pub async fn find(app: &App, name: &str) -> Result<Option<Self>, AppError> {
        let secret = Box::pin(app.platform_secret(name)).await?;
        secret.map(|secret| Self::read(&secret)).transpose()
    }

    /// The key; made for the first address.
    ///
    /// # Errors
    /// When the database or KMS does not answer, or the secret has another form.
    pub async fn find_or_make(app: &App, name: &str) -> Result<Self, AppError> {
        for _ in 0..ATTEMPTS {
            if let Some(key) = Self::find(app, name).await? {
                return Ok(key);
            }
            Box::pin(app.make_platform_secret(name)).await?;
        }
        Err(StoreError::Contention.into())
    }

    /// The address's hash, in hex.
    pub fn hash(&self, address: &EmailAddress) -> String {
        self.hex(address.normalised().as_bytes())
    }

    /// The hash of Telegram's id of a person, in hex.
    pub fn hash_person(&self, telegram_id: i64) -> String {
        self.hex(format!("telegram {telegram_id}").as_bytes())
    }

    fn hex(&self, of: &[u8]) -> String {
        let tag = hmac::sign(&self.0, of);
        tag.as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn read(secret: &SecretString) -> Result<Self, AppError> {
        let bytes = URL_SAFE_NO_PAD
            .decode(secret.expose_secret())
            .map(Zeroizing::new)
            .map_err(|_| AppError::SecretForm)?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> AddressKey {
        let text = URL_SAFE_NO_PAD.encode([byte; 32]);
        AddressKey::read(&text.into()).expect("a key")
    }

    #[test]
    fn an_address_is_one_however_it_is_written() {
        let of = |text| key(1).hash(&EmailAddress::parse(text).expect("an address"));
        assert_eq!(of("Ana@Example.com"), of("ana@example.COM"));
        assert_ne!(of("ana@example.com"), of("eva@example.com"));
        assert!(!of("ana@example.com").contains("ana"));
    }

    #[test]
    fn a_person_has_one_hash_under_one_key_and_it_does_not_show_the_number() {
        let hash = key(1).hash_person(700_001);
        assert_eq!(hash, key(1).hash_person(700_001));
        assert_ne!(hash, key(1).hash_person(700_002));
        assert_ne!(hash, key(2).hash_person(700_001));
        assert!(!hash.contains("700001"), "{hash}");
    }

    #[test]
    fn another_key_gives_another_hash_and_an_odd_secret_none() {
        let address = EmailAddress::parse("ana@example.com").expect("an address");
        assert_ne!(key(1).hash(&address), key(2).hash(&address));
        let odd = AddressKey::read(&"not base64!".to_owned().into());
        assert!(matches!(odd, Err(AppError::SecretForm)));
    }
}
