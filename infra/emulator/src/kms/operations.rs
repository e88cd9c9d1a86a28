//! The operations of KMS.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Key, Kms, NewKey, crypto};
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
                    ..NewKey::default()
                })
                .map(|_| json!({}))
            }
            "EnableKeyRotation" | "DisableKeyRotation" => {
                let mut key = self.usable(body, "KeyId")?;
                key.rotation = request.operation == "EnableKeyRotation";
                self.save(key).map(|()| json!({}))
            }
            "GetKeyRotationStatus" => {
                Ok(json!({ "KeyRotationEnabled": self.named(body)?.rotation }))
            }
            other => Err(ServiceError::client(
                "UnknownOperationException",
                format!("{other} is not supported"),
            )),
        }
    }

    fn wire_create(&self, body: &Value) -> Result<Value, ServiceError> {
        let spec = body["KeySpec"].as_str().unwrap_or("SYMMETRIC_DEFAULT");
        if spec != "SYMMETRIC_DEFAULT" {
            return Err(ServiceError::client(
                "UnsupportedOperationException",
                "only symmetric keys are supported here",
            ));
        }
        let arn = self.create_key(NewKey {
            policy: read_policy(body)?,
            description: body["Description"].as_str().unwrap_or("").to_owned(),
            ..NewKey::default()
        })?;
        Ok(json!({ "KeyMetadata": self.metadata(&self.find(&arn)?) }))
    }

    fn encrypt(&self, body: &Value) -> Result<Value, ServiceError> {
        let plaintext = bytes(body, "Plaintext")?;
        if plaintext.is_empty() || plaintext.len() > MAX_PLAINTEXT {
            return Err(validation(
                "plaintext",
                "Member must have length between 1 and 4096",
            ));
        }
        let key = self.usable(body, "KeyId")?;
        let blob = self.seal(&key, &read_context(body, "EncryptionContext")?, &plaintext)?;
        Ok(json!({
            "KeyId": self.arn(&key.id), "CiphertextBlob": STANDARD.encode(blob),
            "EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
        }))
    }

    fn re_encrypt(&self, body: &Value) -> Result<Value, ServiceError> {
        let (source, plaintext) = self.unseal(body, "SourceKeyId", "SourceEncryptionContext")?;
        let target = self.usable(body, "DestinationKeyId")?;
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
        let key = self.usable(body, "KeyId")?;
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
        if let Some(named) = body[key_member].as_str()
            && self.find(named)?.id != key.id
        {
            let message = "The key ID in the request does not identify a CMK that can perform this operation.";
            return Err(ServiceError::client("IncorrectKeyException", message));
        }
        self.check_usable(&key)?;
        let context = read_context(body, context_member)?;
        let plaintext = crypto::open(&material(&key)?, &context, &blob).ok_or_else(invalid)?;
        Ok((key, plaintext))
    }

    fn schedule_deletion(&self, body: &Value) -> Result<Value, ServiceError> {
        let days = body["PendingWindowInDays"].as_i64().unwrap_or(30);
        if !(7..=30).contains(&days) {
            return Err(validation(
                "pendingWindowInDays",
                "Member must be between 7 and 30",
            ));
        }
        let mut key = self.manageable(body)?;
        let at = self.place.clock.now_seconds() + days * 86_400;
        key.deletion_at = Some(at);
        let arn = self.arn(&key.id);
        self.save(key)?;
        Ok(
            json!({ "KeyId": arn, "DeletionDate": at, "KeyState": "PendingDeletion", "PendingWindowInDays": days }),
        )
    }

    fn named(&self, body: &Value) -> Result<Key, ServiceError> {
        self.find(body["KeyId"].as_str().unwrap_or(""))
    }

    /// A key that may be used for cryptography.
    fn usable(&self, body: &Value, member: &str) -> Result<Key, ServiceError> {
        let key = self.find(body[member].as_str().unwrap_or(""))?;
        self.check_usable(&key)?;
        Ok(key)
    }

    /// A key that may be managed: enabled or not, but not about to be deleted.
    fn manageable(&self, body: &Value) -> Result<Key, ServiceError> {
        let key = self.named(body)?;
        self.check_not_pending(&key)?;
        Ok(key)
    }

    fn check_usable(&self, key: &Key) -> Result<(), ServiceError> {
        self.check_not_pending(key)?;
        if key.enabled {
            return Ok(());
        }
        Err(ServiceError::client(
            "DisabledException",
            format!("{} is disabled.", self.arn(&key.id)),
        ))
    }

    fn check_not_pending(&self, key: &Key) -> Result<(), ServiceError> {
        if key.deletion_at.is_none() {
            return Ok(());
        }
        Err(ServiceError::client(
            "KMSInvalidStateException",
            format!("{} is pending deletion.", self.arn(&key.id)),
        ))
    }

    fn metadata(&self, key: &Key) -> Value {
        let state = match (key.deletion_at, key.enabled) {
            (Some(_), _) => "PendingDeletion",
            (None, true) => "Enabled",
            (None, false) => "Disabled",
        };
        #[expect(
            clippy::cast_precision_loss,
            reason = "a time in seconds with its fraction, as KMS answers it"
        )]
        let created = key.created_ms as f64 / 1000.0;
        let mut metadata = json!({
            "AWSAccountId": self.place.account_id, "KeyId": key.id, "Arn": self.arn(&key.id), "CreationDate": created,
            "Enabled": state == "Enabled", "KeyState": state, "Description": key.description, "KeyManager": "CUSTOMER",
            "KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "Origin": "AWS_KMS", "MultiRegion": false, "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        });
        if let Some(at) = key.deletion_at {
            metadata["DeletionDate"] = at.into();
        }
        metadata
    }
}

fn material(key: &Key) -> Result<Vec<u8>, ServiceError> {
    STANDARD
        .decode(&key.material)
        .map_err(|_| ServiceError::internal("key material is not readable"))
}

pub(super) fn id_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn bytes(body: &Value, member: &str) -> Result<Vec<u8>, ServiceError> {
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

fn read_policy(body: &Value) -> Result<Option<Value>, ServiceError> {
    let parse = |text: &str| {
        serde_json::from_str(text)
            .map_err(|e| ServiceError::client("MalformedPolicyDocumentException", e.to_string()))
    };
    body["Policy"].as_str().map(parse).transpose()
}

fn validation(member: &str, constraint: &str) -> ServiceError {
    let message = format!(
        "1 validation error detected: Value at '{member}' failed to satisfy constraint: {constraint}"
    );
    ServiceError::client("ValidationException", message)
}
