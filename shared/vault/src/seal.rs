//! Keys in memory, and how they seal one field.

#[cfg(test)]
pub(crate) mod tests;

use std::fmt;
use std::sync::Arc;

use domain::ids::{FanId, TenantId};
use domain::{Entropy, Sealed, entropy};
use ring::aead::{AES_256_GCM, Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::search::half_in_hex;
use crate::{PeerIds, SearchMarks, VaultError};

/// How a value is sealed. Its number is the first byte of every sealed value, and part of the associated data.
///
/// Both are read; one is written. Should AES-GCM ever have to go, [`Form::WRITTEN`] is all that changes: what is written again
/// is then sealed by the other, and what is not still opens. Nonce and tag are as long in both.
#[derive(Clone, Copy)]
enum Form {
    /// AES-256-GCM under the key itself.
    One,
    /// ChaCha20-Poly1305 under a key derived from it: no key serves two ciphers.
    Two,
}

impl Form {
    /// What new values are sealed by.
    const WRITTEN: Self = Self::One;

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            _ => None,
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// Whether a value was sealed in a form that is not written any more. What KMS sealed has no form: nobody asks of it.
pub fn is_former(sealed: &Sealed) -> bool {
    let form = sealed.as_bytes().first().and_then(|byte| Form::of(*byte));
    form.is_some_and(|form| form.byte() != Form::WRITTEN.byte())
}

/// Where a sealed value stands. All of it is bound into the ciphertext.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The table's lifecycle name, for example `tenant`.
    pub table: &'a str,
    /// The row's partition key without the tenant prefix.
    pub pk: &'a str,
    /// The row's sort key.
    pub sk: &'a str,
    /// The attribute.
    pub field: &'a str,
}

#[derive(Clone)]
struct Key {
    bytes: Arc<Zeroizing<[u8; 32]>>,
    tenant: TenantId,
}

impl Key {
    fn new(bytes: Zeroizing<[u8; 32]>, tenant: TenantId) -> Self {
        Self {
            bytes: Arc::new(bytes),
            tenant,
        }
    }

    fn cipher(&self, form: Form) -> LessSafeKey {
        let unbound = match form {
            Form::One => UnboundKey::new(&AES_256_GCM, self.bytes.as_slice()),
            Form::Two => UnboundKey::new(&CHACHA20_POLY1305, self.derive(b"seal-2").as_slice()),
        };
        LessSafeKey::new(unbound.expect("the key is 32 bytes long"))
    }

    fn derive(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.bytes.as_slice());
        let mut derived = Zeroizing::new([0; 32]);
        derived.copy_from_slice(hmac::sign(&key, label).as_ref());
        derived
    }

    fn associated_data(&self, form: Form, place: &Place<'_>) -> Vec<u8> {
        let mut data = vec![form.byte()];
        for part in [
            self.tenant.suffix().as_str(),
            place.table,
            place.pk,
            place.sk,
            place.field,
        ] {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        data
    }

    fn seal(&self, place: &Place<'_>, plaintext: &[u8], entropy: &dyn Entropy) -> Sealed {
        self.seal_as(Form::WRITTEN, place, plaintext, entropy)
    }

    fn seal_as(
        &self,
        form: Form,
        place: &Place<'_>,
        plaintext: &[u8],
        entropy: &dyn Entropy,
    ) -> Sealed {
        let mut nonce = [0_u8; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut body = plaintext.to_vec();
        self.cipher(form)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(self.associated_data(form, place)),
                &mut body,
            )
            .expect("fields are far below the cipher's limit of 64 GB");
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len());
        sealed.push(form.byte());
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut body);
        Sealed::from_bytes(sealed)
    }

    fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let bytes = sealed.as_bytes();
        let (header, body) = bytes
            .split_at_checked(1 + NONCE_LEN)
            .ok_or(VaultError::DoesNotOpen)?;
        let (&byte, nonce) = header.split_first().ok_or(VaultError::DoesNotOpen)?;
        let form = Form::of(byte).ok_or(VaultError::DoesNotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::DoesNotOpen)?;
        let mut body = Zeroizing::new(body.to_vec());
        let data = Aad::from(self.associated_data(form, place));
        let length = self
            .cipher(form)
            .open_in_place(nonce, data, &mut body)
            .map_err(|_| VaultError::DoesNotOpen)?
            .len();
        body.truncate(length);
        Ok(body)
    }

    fn reseal(
        &self,
        place: &Place<'_>,
        sealed: &Sealed,
        entropy: &dyn Entropy,
    ) -> Result<Option<Sealed>, VaultError> {
        if !is_former(sealed) {
            return Ok(None);
        }
        let opened = self.open(place, sealed)?;
        Ok(Some(self.seal(place, &opened, entropy)))
    }
}

macro_rules! sealing {
    ($name:ident) => {
        impl $name {
            /// Seals one field for its place.
            pub fn seal(
                &self,
                place: &Place<'_>,
                plaintext: &[u8],
                entropy: &dyn Entropy,
            ) -> Sealed {
                self.0.seal(place, plaintext, entropy)
            }

            /// Opens one field at its place.
            ///
            /// # Errors
            /// [`VaultError::DoesNotOpen`] when it was sealed for another place, by another key, or is damaged.
            pub fn open(
                &self,
                place: &Place<'_>,
                sealed: &Sealed,
            ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
                self.0.open(place, sealed)
            }

            /// Seals one field anew, for the same place, that was sealed in a form which is not written any more; nothing where it
            /// is as it would be written today.
            ///
            /// # Errors
            /// As [`Self::open`], of what is in a former form.
            pub fn reseal(
                &self,
                place: &Place<'_>,
                sealed: &Sealed,
                entropy: &dyn Entropy,
            ) -> Result<Option<Sealed>, VaultError> {
                self.0.reseal(place, sealed, entropy)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(***)", stringify!($name))
            }
        }
    };
}

/// A tenant's opened key.
#[derive(Clone)]
pub struct TenantKey(Key);

/// A fan's opened key. Random, never derived: destroying the wrapped form makes all it sealed unreadable.
#[derive(Clone)]
pub struct FanKey(Key);

sealing!(TenantKey);
sealing!(FanKey);

impl TenantKey {
    pub(crate) fn new(bytes: Zeroizing<[u8; 32]>, tenant: TenantId) -> Self {
        Self(Key::new(bytes, tenant))
    }

    /// Makes a fan's key and its wrapped form.
    pub fn new_fan_key(&self, fan: FanId, entropy: &dyn Entropy) -> (FanKey, Sealed) {
        let bytes = Zeroizing::new(entropy::random_32(entropy));
        let wrapped = self
            .0
            .seal(&fan_key_place(&fan.suffix()), bytes.as_slice(), entropy);
        (FanKey(Key::new(bytes, self.0.tenant)), wrapped)
    }

    /// Unwraps a fan's key.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when it is another fan's or another tenant's.
    pub fn open_fan_key(&self, fan: FanId, wrapped: &Sealed) -> Result<FanKey, VaultError> {
        let opened = self.0.open(&fan_key_place(&fan.suffix()), wrapped)?;
        let bytes: [u8; 32] = opened
            .as_slice()
            .try_into()
            .map_err(|_| VaultError::UnexpectedForm)?;
        Ok(FanKey(Key::new(Zeroizing::new(bytes), self.0.tenant)))
    }

    /// Wraps a fan's key anew that was wrapped in a form which is not written any more; nothing where it is as it would be
    /// wrapped today. The key stays the same.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] when it is another fan's or another tenant's.
    pub fn rewrap_fan_key(
        &self,
        fan: FanId,
        wrapped: &Sealed,
        entropy: &dyn Entropy,
    ) -> Result<Option<Sealed>, VaultError> {
        let place = fan.suffix();
        self.0.reseal(&fan_key_place(&place), wrapped, entropy)
    }

    /// The tenant's ids of Telegram peers.
    pub fn peer_ids(&self) -> PeerIds {
        PeerIds::new(&self.derive(b"peer-ids"))
    }

    /// 32 hex digits that stand for a foreign identifier in a key: the same for the same one, and readable by nobody.
    pub fn mark(&self, foreign: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.derive(b"mark").as_slice());
        half_in_hex(&hmac::sign(&key, foreign.as_bytes()))
    }

    /// The tenant's marks of what fans are found by.
    pub fn search_marks(&self) -> SearchMarks {
        SearchMarks::new(&self.derive(b"search"))
    }

    /// Authenticates what a member's link to alerts says: 24 hex digits, good for minutes.
    pub fn alert_tag(&self, said: &str) -> String {
        self.short_tag(b"alert-link", said)
    }

    /// Whether a tag is that of what was said; compares in constant time.
    pub fn is_alert_tag(&self, said: &str, tag: &str) -> bool {
        self.alert_tag(said).as_bytes().ct_eq(tag.as_bytes()).into()
    }

    /// Authenticates what the button under a question carries: 24 hex digits, good for minutes.
    pub fn question_tag(&self, said: &str) -> String {
        self.short_tag(b"question", said)
    }

    /// Whether a tag is that of what was said; compares in constant time.
    pub fn is_question_tag(&self, said: &str, tag: &str) -> bool {
        let genuine = self.question_tag(said);
        genuine.as_bytes().ct_eq(tag.as_bytes()).into()
    }

    fn short_tag(&self, label: &[u8], said: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.derive(label).as_slice());
        let mut tag = half_in_hex(&hmac::sign(&key, said.as_bytes()));
        tag.truncate(24);
        tag
    }

    /// A key for authenticating page cursors.
    pub fn cursor_key(&self) -> [u8; 32] {
        *self.derive(b"cursor")
    }

    fn derive(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        self.0.derive(label)
    }
}

fn fan_key_place(fan: &str) -> Place<'_> {
    Place {
        table: "keys",
        pk: "FANKEY",
        sk: fan,
        field: "wrapped",
    }
}
