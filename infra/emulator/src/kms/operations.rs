//! The operations of KMS.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::lifecycle::read_policy;
use super::{Key, KeySpec, Kms, NewKey, crypto};
use crate::error::ServiceError;
use crate::gateway::{Reply, Request};

/// Largest plaintext of `Encrypt`, in bytes.
const MAX_PLAINTEXT: usize = 4096;

impl Kms {
    pub(crate) fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        self.answer(request)
            .map(|body| Reply::json(request.service, &body))
    }

    fn answer(&self, request: &Request) -> Result<Value, ServiceError> {
        let body = &request.json;
        match request.operation.as_str() {
            "CreateKey" => self.wire_create(body),
            "DescribeKey" => Ok(json!({ "KeyMetadata": self.metadata(&self.named(body)?) })),
            "ListKeys" => {
                let keys: Vec<Value> = self
                    .keys()
                    .iter()
                    .map(|arn| json!({ "KeyArn": arn, "KeyId": id_of(arn) }))
                    .collect();
                Ok(json!({ "Keys": keys, "Truncated": false }))
            }
            "Encrypt" => self.encrypt(body),
            "Decrypt" => {
                let (key, plaintext) = self.unseal(body, "KeyId", "EncryptionContext")?;
                Ok(json!({
                    "KeyId": self.arn(&key.id), "Plaintext": STANDARD.encode(plaintext),
                    "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
                }))
            }
            "ReEncrypt" => self.re_encrypt(body),
            "Sign" => self.sign(body),
            "Verify" => self.verify(body),
            "GetPublicKey" => self.public_key(body),
            "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => self.data_key(request),
            "GenerateRandom" => {
                let count = size(body, "NumberOfBytes", 1024)?;
                Ok(json!({ "Plaintext": STANDARD.encode(crypto::random_bytes(count)) }))
            }
            "CreateAlias" => self.put_alias(body, true),
            "UpdateAlias" => self.put_alias(body, false),
            "DeleteAlias" => self.delete_alias(body),
            "ListAliases" => Ok(self.list_aliases(body)),
            "EnableKey" | "DisableKey" => {
                let mut key = self.manageable(body)?;
                key.enabled = request.operation == "EnableKey";
                self.save(key).map(|()| json!({}))
            }
            "ScheduleKeyDeletion" => self.schedule_deletion(body),
            "CancelKeyDeletion" => {
                let mut key = self.named(body)?;
                if key.deletion_at.take().is_none() {
                    let message = format!("{} is not pending deletion.", self.arn(&key.id));
                    return Err(ServiceError::client("KMSInvalidStateException", message));
                }
                key.enabled = false;
                let arn = self.arn(&key.id);
                self.save(key).map(|()| json!({ "KeyId": arn }))
            }
            "GetKeyPolicy" => Ok(
                json!({ "Policy": self.named(body)?.policy.to_string(), "PolicyName": "default" }),
            ),
            "PutKeyPolicy" => {
                let key = self.named(body)?;
                self.create_key(NewKey {
                    id: Some(key.id),
                    policy: read_policy(body)?,
                    spec: key.spec,
                    ..NewKey::default()
                })
                .map(|_| json!({}))
            }
            "EnableKeyRotation" | "DisableKeyRotation" => {
                let mut key = self.rotatable(body)?;
                self.check_usable(&key, KeySpec::SymmetricDefault)?;
                key.rotation = request.operation == "EnableKeyRotation";
                self.save(key).map(|()| json!({}))
            }
            "GetKeyRotationStatus" => {
                Ok(json!({ "KeyRotationEnabled": self.rotatable(body)?.rotation }))
            }
            other => Err(ServiceError::client(
                "UnknownOperationException",
                format!("{other} is not supported"),
            )),
        }
    }

    fn encrypt(&self, body: &Value) -> Result<Value, ServiceError> {
        let plaintext = bytes(body, "Plaintext")?;
        if plaintext.is_empty() || plaintext.len() > MAX_PLAINTEXT {
            return Err(validation(
                "plaintext",
                "Member must have length between 1 and 4096",
            ));
        }
        let key = self.usable(body, "KeyId", KeySpec::SymmetricDefault)?;
        let blob = self.seal(&key, &read_context(body, "EncryptionContext")?, &plaintext)?;
        Ok(json!({
            "KeyId": self.arn(&key.id), "CiphertextBlob": STANDARD.encode(blob),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }

    fn re_encrypt(&self, body: &Value) -> Result<Value, ServiceError> {
        let (source, plaintext) = self.unseal(body, "SourceKeyId", "SourceEncryptionContext")?;
        let target = self.usable(body, "DestinationKeyId", KeySpec::SymmetricDefault)?;
        let blob = self.seal(
            &target,
            &read_context(body, "DestinationEncryptionContext")?,
            &plaintext,
        )?;
        Ok(json!({
            "SourceKeyId": self.arn(&source.id), "KeyId": self.arn(&target.id), "CiphertextBlob": STANDARD.encode(blob),
            "SourceEncryptionAlgorithm": "SYMMETRIC_DEFAULT", "DestinationEncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }

    fn data_key(&self, request: &Request) -> Result<Value, ServiceError> {
        let body = &request.json;
        let count = match (body["KeySpec"].as_str(), body["NumberOfBytes"].is_null()) {
            (Some("AES_256"), true) => 32,
            (Some("AES_128"), true) => 16,
            (None, false) => size(body, "NumberOfBytes", 1024)?,
            _ => {
                let message = "Please specify either number of bytes or key spec.";
                return Err(ServiceError::client("ValidationException", message));
            }
        };
        let key = self.usable(body, "KeyId", KeySpec::SymmetricDefault)?;
        let plaintext = crypto::random_bytes(count);
        let blob = self.seal(&key, &read_context(body, "EncryptionContext")?, &plaintext)?;
        let mut answer =
            json!({ "KeyId": self.arn(&key.id), "CiphertextBlob": STANDARD.encode(blob) });
        if request.operation == "GenerateDataKey" {
            answer["Plaintext"] = STANDARD.encode(plaintext).into();
        }
        Ok(answer)
    }

    fn seal(
        &self,
        key: &Key,
        context: &BTreeMap<String, String>,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, ServiceError> {
        crypto::seal(&key.id, &material(key)?, context, plaintext)
            .ok_or_else(|| ServiceError::internal("could not seal"))
    }

    /// Opens the request's ciphertext with the key it names, which must be the one the caller names, if any.
    fn unseal(
        &self,
        body: &Value,
        key_member: &str,
        context_member: &str,
    ) -> Result<(Key, Vec<u8>), ServiceError> {
        let invalid = || ServiceError::client("InvalidCiphertextException", "");
        let blob = bytes(body, "CiphertextBlob")?;
        if blob.is_empty() || blob.len() > 6144 {
            return Err(validation(
                "ciphertextBlob",
                "Member must have length between 1 and 6144",
            ));
        }
        let sealed_by = crypto::key_of(&blob).ok_or_else(invalid)?;
        let key = self.find(sealed_by).map_err(|_| invalid())?;
        if let Some(named) = body[key_member].as_str() {
            let named = self.find(named)?;
            self.check_usage(&named, KeySpec::SymmetricDefault)?;
            if named.id != key.id {
                let message = "The key ID in the request does not identify a CMK that can perform this operation.";
                return Err(ServiceError::client("IncorrectKeyException", message));
            }
        }
        self.check_usable(&key, KeySpec::SymmetricDefault)?;
        let context = read_context(body, context_member)?;
        let plaintext = crypto::open(&material(&key)?, &context, &blob).ok_or_else(invalid)?;
        Ok((key, plaintext))
    }
}

pub(super) fn material(key: &Key) -> Result<Vec<u8>, ServiceError> {
    STANDARD
        .decode(&key.material)
        .map_err(|_| ServiceError::internal("key material is not readable"))
}

pub(super) fn id_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

pub(super) fn bytes(body: &Value, member: &str) -> Result<Vec<u8>, ServiceError> {
    let text = body[member].as_str().unwrap_or("");
    STANDARD.decode(text).map_err(|_| {
        ServiceError::client("SerializationException", format!("{member} is not base64"))
    })
}

fn size(body: &Value, member: &str, most: u64) -> Result<usize, ServiceError> {
    let count = body[member]
        .as_u64()
        .filter(|count| (1..=most).contains(count));
    let count =
        count.ok_or_else(|| validation("numberOfBytes", "Member must be between 1 and 1024"))?;
    usize::try_from(count).map_err(|_| ServiceError::internal("count does not fit"))
}

fn read_context(body: &Value, member: &str) -> Result<BTreeMap<String, String>, ServiceError> {
    match &body[member] {
        Value::Null => Ok(BTreeMap::new()),
        given => serde_json::from_value(given.clone()).map_err(|_| {
            ServiceError::client(
                "SerializationException",
                format!("{member} is not a map of text"),
            )
        }),
    }
}

pub(super) fn validation(member: &str, constraint: &str) -> ServiceError {
    let message = format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}"
    );
    ServiceError::client("ValidationException", message)
}
