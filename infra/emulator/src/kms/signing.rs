//! `Sign`, `Verify` and `GetPublicKey`: ECDSA on P-256 over SHA-256.
//!
//! On p256 instead of ring: ring hashes what it signs, and KMS signs digests too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::SecretKey;
use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use p256::ecdsa::{DerSignature, SigningKey};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::operations::{bytes, material, validation};
use super::{Key, KeySpec, Kms};
use crate::error::ServiceError;

/// The one algorithm that fits the curve.
pub(super) const ALGORITHM: &str = "ECDSA_SHA_256";
/// What other kinds of keys sign with.
const OTHER_ALGORITHMS: [&str; 12] = [
    "ECDSA_SHA_384",
    "ECDSA_SHA_512",
    "ED25519_PH_SHA_512",
    "ED25519_SHA_512",
    "ML_DSA_SHAKE_256",
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
    "SM2DSA",
];
const MAX_MESSAGE: usize = 4096;
const MAX_SIGNATURE: usize = 6144;
/// What stands before the 65 bytes of a point in the SPKI form of a P-256 key.
const SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

impl Kms {
    pub(super) fn sign(&self, body: &Value) -> Result<Value, ServiceError> {
        let (key, digest) = self.key_and_digest(body)?;
        let signature: DerSignature = secret(&key)?
            .sign_prehash(&digest)
            .map_err(|_| ServiceError::internal("could not sign"))?;
        Ok(json!({
            "KeyId": self.arn(&key.id), "Signature": STANDARD.encode(signature.as_bytes()),
            "SigningAlgorithm": ALGORITHM,
        }))
    }

    pub(super) fn verify(&self, body: &Value) -> Result<Value, ServiceError> {
        let signature = bytes(body, "Signature")?;
        if signature.is_empty() || signature.len() > MAX_SIGNATURE {
            return Err(validation(
                "signature",
                "Member must have length between 1 and 6144",
            ));
        }
        let (key, digest) = self.key_and_digest(body)?;
        let secret = secret(&key)?;
        let valid = DerSignature::from_bytes(&signature).is_ok_and(|signature| {
            secret
                .verifying_key()
                .verify_prehash(&digest, &signature)
                .is_ok()
        });
        if !valid {
            return Err(ServiceError::client("KMSInvalidSignatureException", ""));
        }
        Ok(json!({
            "KeyId": self.arn(&key.id), "SignatureValid": true, "SigningAlgorithm": ALGORITHM,
        }))
    }

    pub(super) fn public_key(&self, body: &Value) -> Result<Value, ServiceError> {
        let key = self.named(body)?;
        if key.spec != KeySpec::EccNistP256 {
            let message = format!("{} has no public key.", self.arn(&key.id));
            return Err(ServiceError::client(
                "UnsupportedOperationException",
                message,
            ));
        }
        self.check_usable(&key, KeySpec::EccNistP256)?;
        let (member, algorithms) = key.spec.algorithms();
        let mut answer = json!({
            "KeyId": self.arn(&key.id), "PublicKey": STANDARD.encode(spki(&secret(&key)?)),
            "KeySpec": key.spec.name(), "CustomerMasterKeySpec": key.spec.name(), "KeyUsage": key.spec.usage(),
        });
        answer[member] = algorithms;
        Ok(answer)
    }

    /// The key and the digest that a request names; `RAW` when it does not say what its message is.
    fn key_and_digest(&self, body: &Value) -> Result<(Key, Vec<u8>), ServiceError> {
        let message = bytes(body, "Message")?;
        if message.is_empty() || message.len() > MAX_MESSAGE {
            return Err(validation(
                "message",
                "Member must have length between 1 and 4096",
            ));
        }
        let algorithm = body["SigningAlgorithm"].as_str().unwrap_or("");
        if algorithm != ALGORITHM && !OTHER_ALGORITHMS.contains(&algorithm) {
            return Err(validation(
                "signingAlgorithm",
                "Member must satisfy enum value set",
            ));
        }
        let key = self.usable(body, "KeyId", KeySpec::EccNistP256)?;
        if algorithm != ALGORITHM {
            let message = format!(
                "Algorithm {algorithm} is incompatible with key spec {}.",
                key.spec.name()
            );
            return Err(ServiceError::client("InvalidKeyUsageException", message));
        }
        let digest = match body["MessageType"].as_str().unwrap_or("RAW") {
            "RAW" => digest(&SHA256, &message).as_ref().to_vec(),
            "DIGEST" if message.len() == 32 => message,
            "DIGEST" => {
                let message = format!("Digest is invalid length for algorithm {ALGORITHM}.");
                return Err(ServiceError::client("ValidationException", message));
            }
            _ => {
                return Err(validation(
                    "messageType",
                    "Member must satisfy enum value set: [RAW, DIGEST]",
                ));
            }
        };
        Ok((key, digest))
    }
}

/// Whether these bytes can be a secret key. A key that signs would be given its public half at once, which nobody needs here and
/// every start of a host would wait for.
pub(super) fn is_scalar(bytes: &[u8; 32]) -> bool {
    SecretKey::from_slice(bytes).is_ok()
}

fn secret(key: &Key) -> Result<SigningKey, ServiceError> {
    SigningKey::from_slice(&material(key)?)
        .map_err(|_| ServiceError::internal("key material is not readable"))
}

fn spki(key: &SigningKey) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    [&SPKI[..], point.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

    use super::*;

    #[test]
    fn another_implementation_accepts_the_signature_of_a_digest() {
        let key = SigningKey::from_slice(&KeySpec::EccNistP256.material()).unwrap();
        let hash = digest(&SHA256, b"exported");
        let signature: DerSignature = key.sign_prehash(hash.as_ref()).unwrap();
        let public = spki(&key);
        assert_eq!(public.len(), 91);
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &public[SPKI.len()..]);
        assert!(public.verify(b"exported", signature.as_bytes()).is_ok());
        assert!(public.verify(b"changed", signature.as_bytes()).is_err());
    }

    #[test]
    fn zero_and_numbers_beyond_the_order_are_no_secrets() {
        assert!(!is_scalar(&[0; 32]));
        assert!(!is_scalar(&[0xff; 32]));
        assert!(is_scalar(&[7; 32]));
    }
}
