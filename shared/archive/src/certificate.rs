//! The certificate of an erasure: what was deleted, what remains and until when, signed. The format is described for strangers
//! in `infra/docs/certificate-format.md`.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use crate::manifest::{ALGORITHM, Key};
use crate::{Error, PublicKey, canonical};

/// The value of `format`.
const FORMAT: &str = "sofi-erasure";
/// The value of `version`.
const VERSION: u32 = 1;

/// Something that outlives an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// When it is gone at the latest, RFC 3339.
    pub until: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// What became of an erasure. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// When it was asked for, RFC 3339.
    pub asked_at: String,
    /// What was deleted: store, kind, how many.
    pub deleted: BTreeMap<String, BTreeMap<String, u64>>,
    /// When everything was gone, RFC 3339.
    pub finished_at: String,
    /// What remains.
    pub kept: Vec<Kept>,
    /// Who asked: `fan` or `team`.
    pub origin: String,
    /// The request's id.
    pub request: String,
    /// A keyed mark of who was erased.
    pub subject: String,
    /// The workspace.
    pub tenant: String,
}

/// A certificate as it is written.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    certificate: &'a Certificate,
    format: &'static str,
    key: Key,
    version: u32,
}

impl Certificate {
    /// The text that is to be signed by the key of this name.
    pub fn close(&self, key_id: &str, key: &PublicKey) -> Result<UnsignedCertificate, Error> {
        let document = serde_json::to_value(Document {
            certificate: self,
            format: FORMAT,
            key: Key {
                algorithm: ALGORITHM.into(),
                id: key_id.into(),
                spki: STANDARD.encode(key.spki()),
            },
            version: VERSION,
        })?;
        Ok(UnsignedCertificate {
            text: canonical(&document),
            key: key.clone(),
        })
    }
}

/// A certificate that only its signature is missing from.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsignedCertificate {
    text: String,
    key: PublicKey,
}

impl UnsignedCertificate {
    /// What is to be signed: the SHA-256 of the text.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut out = [0; 32];
        out.copy_from_slice(digest(&SHA256, self.text.as_bytes()).as_ref());
        out
    }

    /// The text, if this is its signature in DER form.
    pub fn signed(self, der: &[u8]) -> Result<String, Error> {
        match self.key.accepts(self.text.as_bytes(), der) {
            true => Ok(self.text),
            false => Err(Error::Signature),
        }
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{DerSignature, SigningKey, signature::hazmat::PrehashSigner};

    use super::*;

    fn certificate() -> Certificate {
        let messages = BTreeMap::from([("message".to_owned(), 3)]);
        Certificate {
            asked_at: "2026-11-29T16:00:00Z".into(),
            deleted: BTreeMap::from([("tenant".to_owned(), messages)]),
            finished_at: "2026-11-29T16:00:09Z".into(),
            kept: vec![Kept {
                until: "2027-01-03T16:00:09Z".into(),
                what: "backups".into(),
                why: "backups_expire".into(),
            }],
            origin: "fan".into(),
            request: "prq_1".into(),
            subject: "mark".into(),
            tenant: "ten_1".into(),
        }
    }

    #[test]
    fn a_certificate_is_canonical_and_taken_with_its_own_signature_only() {
        let secret = SigningKey::from_slice(&[7; 32]).unwrap();
        let point = secret.verifying_key().to_sec1_point(false);
        let public = PublicKey::from_point(point.as_bytes()).unwrap();
        let open = certificate().close("key", &public).unwrap();
        let signature: DerSignature = secret.sign_prehash(&open.digest()).unwrap();
        let text = open.clone().signed(signature.as_bytes()).unwrap();
        let start = r#"{"asked_at":"2026-11-29T16:00:00Z","deleted":{"tenant":{"message":3}},"finished_at""#;
        assert!(text.starts_with(start), "{text}");
        assert!(
            text.ends_with(r#""subject":"mark","tenant":"ten_1","version":1}"#),
            "{text}"
        );
        let mut damaged = signature.as_bytes().to_vec();
        damaged[20] ^= 1;
        assert!(open.signed(&damaged).is_err());
        let other = Certificate {
            origin: "team".into(),
            ..certificate()
        };
        let other = other.close("key", &public).unwrap();
        assert!(other.signed(signature.as_bytes()).is_err());
    }
}
