//! What a key is made of, which decides what it may be used for.

use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signing;
use crate::error::ServiceError;

/// The kinds of keys there are here; each has one usage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeySpec {
    /// Encrypts and decrypts.
    #[default]
    #[serde(rename = "SYMMETRIC_DEFAULT")]
    SymmetricDefault,
    /// Signs and verifies, with `ECDSA_SHA_256`.
    #[serde(rename = "ECC_NIST_P256")]
    EccNistP256,
}

impl KeySpec {
    /// Reads `KeySpec` and `KeyUsage` as `CreateKey` and a template give them.
    ///
    /// # Errors
    /// `ValidationException` when the usage is missing or not one of the spec's, `UnsupportedOperationException` for
    /// what only AWS has.
    pub fn read(spec: Option<&str>, usage: Option<&str>) -> Result<Self, ServiceError> {
        let invalid = |message: &str| ServiceError::client("ValidationException", message);
        match (spec.unwrap_or("SYMMETRIC_DEFAULT"), usage) {
            ("SYMMETRIC_DEFAULT", None | Some("ENCRYPT_DECRYPT")) => Ok(Self::SymmetricDefault),
            ("ECC_NIST_P256", Some("SIGN_VERIFY")) => Ok(Self::EccNistP256),
            ("ECC_NIST_P256", None) => Err(invalid(
                "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
            )),
            ("SYMMETRIC_DEFAULT" | "ECC_NIST_P256", Some(usage)) if usage != "KEY_AGREEMENT" => {
                Err(invalid(&format!(
                    "The KeyUsage {usage} is not compatible with the KeySpec."
                )))
            }
            (spec, _) => Err(ServiceError::client(
                "UnsupportedOperationException",
                format!("keys of the spec {spec} are not supported here for this usage"),
            )),
        }
    }

    /// The name AWS gives it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SymmetricDefault => "SYMMETRIC_DEFAULT",
            Self::EccNistP256 => "ECC_NIST_P256",
        }
    }

    /// The name of its usage.
    #[must_use]
    pub const fn usage(self) -> &'static str {
        match self {
            Self::SymmetricDefault => "ENCRYPT_DECRYPT",
            Self::EccNistP256 => "SIGN_VERIFY",
        }
    }

    /// The member of the metadata that lists its algorithms, and the algorithms.
    pub(super) fn algorithms(self) -> (&'static str, Value) {
        match self {
            Self::SymmetricDefault => ("EncryptionAlgorithms", json!(["SYMMETRIC_DEFAULT"])),
            Self::EccNistP256 => ("SigningAlgorithms", json!([signing::ALGORITHM])),
        }
    }

    /// New secret material.
    pub(super) fn material(self) -> [u8; 32] {
        loop {
            let mut bytes = [0; 32];
            SystemRandom::new()
                .fill(&mut bytes)
                .expect("the system's random source works");
            // A scalar has to be below the curve's order: one in 2^32 is not.
            if self == Self::SymmetricDefault || signing::is_scalar(&bytes) {
                return bytes;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usage_fits_its_spec() {
        let code = |spec, usage| KeySpec::read(spec, usage).map_err(|error| error.code);
        let refused = |code: &str| Err::<KeySpec, _>(code.to_owned());
        let validation = refused("ValidationException");
        let unsupported = refused("UnsupportedOperationException");
        assert_eq!(code(None, None), Ok(KeySpec::SymmetricDefault));
        assert_eq!(
            code(Some("ECC_NIST_P256"), Some("SIGN_VERIFY")),
            Ok(KeySpec::EccNistP256)
        );
        assert_eq!(code(Some("ECC_NIST_P256"), None), validation);
        assert_eq!(
            code(Some("ECC_NIST_P256"), Some("ENCRYPT_DECRYPT")),
            validation
        );
        assert_eq!(code(None, Some("SIGN_VERIFY")), validation);
        assert_eq!(code(Some("RSA_2048"), Some("SIGN_VERIFY")), unsupported);
        assert_eq!(
            code(Some("ECC_NIST_P256"), Some("KEY_AGREEMENT")),
            unsupported
        );
    }

    #[test]
    fn a_key_stored_before_there_were_specs_is_symmetric() {
        let stored = json!({
            "id": "a", "material": "", "description": "", "policy": null, "created_ms": 0, "enabled": true,
            "rotation": false, "deletion_at": null,
        });
        let key: crate::kms::Key = serde_json::from_value(stored).unwrap();
        assert_eq!(key.spec, KeySpec::SymmetricDefault);
    }
}
