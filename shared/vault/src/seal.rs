//! Keys in memory, and how they seal one field.

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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn tenant_key(byte: u8) -> TenantKey {
        TenantKey::new(Zeroizing::new([byte; 32]), TenantId::from_bytes([byte; 16]))
    }

    const PLACE: Place<'static> = Place {
        table: "tenant",
        pk: "FAN#1",
        sk: "HEAD",
        field: "profile",
    };

    fn entropy() -> domain::SystemEntropy {
        domain::SystemEntropy::new()
    }

    #[test]
    fn a_sealed_field_opens_at_its_place_only() {
        let key = tenant_key(1);
        let sealed = key.seal(&PLACE, b"text", &entropy());
        assert_eq!(
            key.open(&PLACE, &sealed).expect("opens").as_slice(),
            b"text"
        );
        for place in [
            Place {
                table: "work",
                ..PLACE
            },
            Place {
                pk: "FAN#2",
                ..PLACE
            },
            Place {
                sk: "NOTE",
                ..PLACE
            },
            Place {
                field: "note",
                ..PLACE
            },
        ] {
            assert!(
                matches!(key.open(&place, &sealed), Err(VaultError::DoesNotOpen)),
                "{place:?}"
            );
        }
    }

    #[test]
    fn p21_another_tenants_key_opens_nothing_even_with_the_same_bytes() {
        let sealed = tenant_key(1).seal(&PLACE, b"text", &entropy());
        let same_bytes = TenantKey::new(Zeroizing::new([1; 32]), TenantId::from_bytes([2; 16]));
        assert!(same_bytes.open(&PLACE, &sealed).is_err());
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let key = tenant_key(1);
        let sealed = key.seal(&PLACE, b"text", &entropy());
        for bit in 0..sealed.as_bytes().len() * 8 {
            let mut bytes = sealed.as_bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(
                key.open(&PLACE, &Sealed::from_bytes(bytes)).is_err(),
                "bit {bit}"
            );
        }
        assert!(key.open(&PLACE, &Sealed::from_bytes(vec![1; 5])).is_err());
    }

    #[test]
    fn values_of_both_forms_open_side_by_side_and_neither_passes_for_the_other() {
        let key = tenant_key(1);
        let former = key.0.seal_as(Form::One, &PLACE, b"text", &entropy());
        let coming = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
        for (sealed, byte) in [(&former, 1), (&coming, 2)] {
            assert_eq!(sealed.as_bytes()[0], byte);
            assert_eq!(key.open(&PLACE, sealed).expect("opens").as_slice(), b"text");
            let mut other = sealed.as_bytes().to_vec();
            other[0] = 3 - byte;
            assert!(key.open(&PLACE, &Sealed::from_bytes(other)).is_err());
        }
    }

    #[test]
    fn what_is_in_a_former_form_is_sealed_anew_and_says_the_same() {
        let key = tenant_key(1);
        let former = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
        assert!(is_former(&former));
        let anew = key.reseal(&PLACE, &former, &entropy()).expect("opens");
        let anew = anew.expect("a former form");
        assert_eq!(anew.as_bytes()[0], Form::WRITTEN.byte());
        assert_eq!(key.open(&PLACE, &anew).expect("opens").as_slice(), b"text");
        assert!(!is_former(&anew));
        let again = key.reseal(&PLACE, &anew, &entropy()).expect("nothing");
        assert!(again.is_none(), "there is nothing to do a second time");
    }

    #[test]
    fn what_does_not_open_is_not_sealed_anew() {
        let key = tenant_key(1);
        let former = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
        let elsewhere = Place {
            sk: "NOTE",
            ..PLACE
        };
        assert!(key.reseal(&elsewhere, &former, &entropy()).is_err());
        let of_another = tenant_key(2).reseal(&PLACE, &former, &entropy());
        assert!(of_another.is_err());
        for foreign in [vec![], vec![9; 40]] {
            let foreign = Sealed::from_bytes(foreign);
            let left = key.reseal(&PLACE, &foreign, &entropy()).expect("nothing");
            assert!(left.is_none(), "it has no form of ours");
        }
    }

    #[test]
    fn a_fans_key_is_wrapped_anew_and_opens_what_it_has_sealed() {
        let key = tenant_key(1);
        let fan = FanId::from_bytes([1; 16]);
        let (fan_key, wrapped) = key.new_fan_key(fan, &entropy());
        let sealed = fan_key.seal(&PLACE, b"text", &entropy());
        let none = key.rewrap_fan_key(fan, &wrapped, &entropy());
        assert!(none.expect("opens").is_none());
        let place = fan.suffix();
        let bytes = key.0.open(&fan_key_place(&place), &wrapped).expect("opens");
        let former = key
            .0
            .seal_as(Form::Two, &fan_key_place(&place), &bytes, &entropy());
        let anew = key.rewrap_fan_key(fan, &former, &entropy());
        let anew = anew.expect("opens").expect("a former form");
        assert!(!is_former(&anew));
        let again = key.open_fan_key(fan, &anew).expect("unwraps");
        assert_eq!(
            again.open(&PLACE, &sealed).expect("opens").as_slice(),
            b"text"
        );
    }

    #[test]
    fn no_key_serves_two_ciphers() {
        let key = tenant_key(1);
        let sealed = key.0.seal_as(Form::Two, &PLACE, b"text", &entropy());
        let (header, body) = sealed.as_bytes().split_at(1 + NONCE_LEN);
        let opens = |bytes: &[u8]| {
            let unbound = UnboundKey::new(&CHACHA20_POLY1305, bytes).expect("32 bytes");
            let nonce = Nonce::try_assume_unique_for_key(&header[1..]).expect("a nonce");
            let data = Aad::from(key.0.associated_data(Form::Two, &PLACE));
            LessSafeKey::new(unbound)
                .open_in_place(nonce, data, &mut body.to_vec())
                .is_ok()
        };
        assert!(opens(key.0.derive(b"seal-2").as_slice()));
        assert!(!opens(key.0.bytes.as_slice()), "the key of the other form");
    }

    #[test]
    fn a_fans_wrapped_key_opens_for_that_fan_only() {
        let key = tenant_key(1);
        let (fan, other) = (FanId::from_bytes([1; 16]), FanId::from_bytes([2; 16]));
        let (fan_key, wrapped) = key.new_fan_key(fan, &entropy());
        let sealed = fan_key.seal(&PLACE, b"text", &entropy());
        let again = key.open_fan_key(fan, &wrapped).expect("unwraps");
        assert_eq!(
            again.open(&PLACE, &sealed).expect("opens").as_slice(),
            b"text"
        );
        assert!(key.open_fan_key(other, &wrapped).is_err());
    }

    #[test]
    fn keys_print_nothing() {
        assert_eq!(format!("{:?}", tenant_key(7)), "TenantKey(***)");
    }
}
