//! Who signs, and with what a signature is checked: ECDSA on P-256 over SHA-256, as AWS KMS signs with `ECDSA_SHA_256`.

use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

use crate::Error;

/// What stands before the 65 bytes of a point in the SPKI form of a P-256 key.
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A signer's failure.
pub type Refused = Box<dyn std::error::Error + Send + Sync>;

/// Signs digests. Where signing is a remote call, use [`crate::Export::close`] and [`crate::Unsigned::signed`] instead.
pub trait Signer {
    /// The key's name, for the manifest.
    fn key_id(&self) -> &str;
    /// The public key.
    fn public_key(&self) -> &PublicKey;
    /// An ECDSA signature over a SHA-256 digest, in DER form.
    fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>, Refused>;
}

/// A P-256 public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// From SPKI (DER), as KMS gives it.
    pub fn from_spki(spki: &[u8]) -> Result<Self, Error> {
        if spki.len() == SPKI.len() + 65 && spki.starts_with(&SPKI) && spki[SPKI.len()] == 4 {
            Ok(Self(spki.to_vec()))
        } else {
            Err(Error::PublicKey)
        }
    }

    /// From an uncompressed point of 65 bytes.
    pub fn from_point(point: &[u8]) -> Result<Self, Error> {
        Self::from_spki(&[&SPKI, point].concat())
    }

    /// The key in SPKI form.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.0[SPKI.len()..])
            .verify(message, signature)
            .is_ok()
    }
}
