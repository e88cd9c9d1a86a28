//! Signatures of exports and of certificates of erasure, by a key that never leaves KMS.

use std::sync::Arc;

use aws::Aws;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use tokio::sync::OnceCell;

use crate::VaultError;

/// The key that signs exports and certificates (ECDSA on P-256 over SHA-256), under the function's own session. Cheap to clone.
#[derive(Clone)]
pub struct ExportKey(Arc<Inner>);

struct Inner {
    /// Without the guard that other clients of this crate carry: a signature has no encryption context it could check.
    /// The key belongs to no tenant, signs nothing but digests, and opens nothing.
    client: Client,
    key_arn: String,
    public_key: OnceCell<Vec<u8>>,
}

impl ExportKey {
    /// Uses the signing key with this ARN. Makes no call.
    pub fn new(aws: &Aws, key_arn: String) -> Self {
        Self(Arc::new(Inner {
            client: Client::new(aws.own()),
            key_arn,
            public_key: OnceCell::new(),
        }))
    }

    /// The key's ARN, which names it in what it has signed.
    pub fn arn(&self) -> &str {
        &self.0.key_arn
    }

    /// The public key in SPKI form (DER). One KMS call per process: the material of a signing key does not rotate.
    ///
    /// # Errors
    /// When KMS refuses or does not answer; the next call asks again.
    pub async fn public_key(&self) -> Result<Vec<u8>, VaultError> {
        self.0
            .public_key
            .get_or_try_init(|| self.fetch_public_key())
            .await
            .cloned()
    }

    async fn fetch_public_key(&self) -> Result<Vec<u8>, VaultError> {
        let answer = self
            .0
            .client
            .get_public_key()
            .key_id(&self.0.key_arn)
            .send()
            .await
            .map_err(|error| VaultError::Kms(Box::new(error.into_service_error())))?;
        let public_key = answer.public_key.ok_or(VaultError::UnexpectedForm)?;
        Ok(public_key.into_inner())
    }

    /// Signs a SHA-256 digest; the signature is in DER form. One KMS call.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>, VaultError> {
        let answer = self
            .0
            .client
            .sign()
            .key_id(&self.0.key_arn)
            .message(Blob::new(digest.as_slice()))
            .message_type(MessageType::Digest)
            .signing_algorithm(SigningAlgorithmSpec::EcdsaSha256)
            .send()
            .await
            .map_err(|error| VaultError::Kms(Box::new(error.into_service_error())))?;
        let signature = answer.signature.ok_or(VaultError::UnexpectedForm)?;
        Ok(signature.into_inner())
    }
}
