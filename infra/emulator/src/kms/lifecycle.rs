//! A key's life: making, describing, its states, its end.

use serde_json::{Value, json};

use super::operations::validation;
use super::{Key, KeySpec, Kms, NewKey};
use crate::error::ServiceError;

impl Kms {
    pub(super) fn wire_create(&self, body: &Value) -> Result<Value, ServiceError> {
        let spec = KeySpec::read(body["KeySpec"].as_str(), body["KeyUsage"].as_str())?;
        let arn = self.create_key(NewKey {
            policy: read_policy(body)?,
            description: body["Description"].as_str().unwrap_or("").to_owned(),
            spec,
            ..NewKey::default()
        })?;
        Ok(json!({ "KeyMetadata": self.metadata(&self.find(&arn)?) }))
    }

    pub(super) fn schedule_deletion(&self, body: &Value) -> Result<Value, ServiceError> {
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

    pub(super) fn named(&self, body: &Value) -> Result<Key, ServiceError> {
        self.find(body["KeyId"].as_str().unwrap_or(""))
    }

    /// A key that may be used for the cryptography of this spec.
    pub(super) fn usable(
        &self,
        body: &Value,
        member: &str,
        spec: KeySpec,
    ) -> Result<Key, ServiceError> {
        let key = self.find(body[member].as_str().unwrap_or(""))?;
        self.check_usable(&key, spec)?;
        Ok(key)
    }

    /// A key whose material can change behind its name; a key that signs has one public key for good.
    pub(super) fn rotatable(&self, body: &Value) -> Result<Key, ServiceError> {
        let key = self.named(body)?;
        if key.spec == KeySpec::SymmetricDefault {
            return Ok(key);
        }
        let message = format!("{} cannot rotate.", self.arn(&key.id));
        Err(ServiceError::client(
            "UnsupportedOperationException",
            message,
        ))
    }

    /// A key that may be managed: enabled or not, but not about to be deleted.
    pub(super) fn manageable(&self, body: &Value) -> Result<Key, ServiceError> {
        let key = self.named(body)?;
        self.check_not_pending(&key)?;
        Ok(key)
    }

    pub(super) fn check_usable(&self, key: &Key, spec: KeySpec) -> Result<(), ServiceError> {
        self.check_not_pending(key)?;
        if !key.enabled {
            return Err(ServiceError::client(
                "DisabledException",
                format!("{} is disabled.", self.arn(&key.id)),
            ));
        }
        self.check_usage(key, spec)
    }

    pub(super) fn check_usage(&self, key: &Key, spec: KeySpec) -> Result<(), ServiceError> {
        if key.spec == spec {
            return Ok(());
        }
        let message = format!(
            "{} key usage is {}, and {} is needed.",
            self.arn(&key.id),
            key.spec.usage(),
            spec.usage()
        );
        Err(ServiceError::client("InvalidKeyUsageException", message))
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

    pub(super) fn metadata(&self, key: &Key) -> Value {
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
            "KeyUsage": key.spec.usage(), "KeySpec": key.spec.name(), "CustomerMasterKeySpec": key.spec.name(),
            "Origin": "AWS_KMS", "MultiRegion": false,
        });
        let (member, algorithms) = key.spec.algorithms();
        metadata[member] = algorithms;
        if let Some(at) = key.deletion_at {
            metadata["DeletionDate"] = at.into();
        }
        metadata
    }
}

pub(super) fn read_policy(body: &Value) -> Result<Option<Value>, ServiceError> {
    let parse = |text: &str| {
        serde_json::from_str(text)
            .map_err(|e| ServiceError::client("MalformedPolicyDocumentException", e.to_string()))
    };
    body["Policy"].as_str().map(parse).transpose()
}
