//! KMS: aliases, key policies, symmetric keys (AES-256-GCM with the encryption context as associated data) and keys that
//! sign (ECDSA on P-256).

mod aliases;
mod crypto;
mod lifecycle;
mod operations;
mod signing;
mod spec;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Place;
use crate::error::{Error, ServiceError};
use crate::gateway::{Request, ResourcePolicy, Want};
use crate::iam::{Policy, random_uuid};

pub use spec::KeySpec;

const KEYS: &str = "kms.key";
const ALIASES: &str = "kms.alias";

/// All keys; clones share them.
#[derive(Clone)]
pub struct Kms {
    place: Place,
    inner: Arc<Mutex<Inner>>,
}

/// A key to make.
#[derive(Debug, Clone, Default)]
pub struct NewKey {
    /// Key id; random when absent. A key that exists already keeps its material and gets the new policy.
    pub id: Option<String>,
    /// `alias/...`
    pub alias: Option<String>,
    /// Key policy document; the account root is allowed everything when absent.
    pub policy: Option<Value>,
    /// Free text.
    pub description: String,
    /// What it is made of; a key that exists already must be of the same.
    pub spec: KeySpec,
}

#[derive(Default)]
struct Inner {
    keys: HashMap<String, Key>,
    /// `alias/name` to key id.
    aliases: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Key {
    id: String,
    /// Absent in state that was written when all keys were symmetric.
    #[serde(default)]
    spec: KeySpec,
    /// Base64 of 32 bytes.
    material: String,
    description: String,
    policy: Value,
    created_ms: i64,
    enabled: bool,
    /// Rotation is only remembered; the material stays.
    rotation: bool,
    /// Seconds since the epoch, while deletion is scheduled.
    deletion_at: Option<i64>,
}

impl Kms {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        let keys = place.state.load::<Key>(KEYS)?.into_iter().collect();
        let aliases = place.state.load::<String>(ALIASES)?.into_iter().collect();
        Ok(Self {
            place: place.clone(),
            inner: Arc::new(Mutex::new(Inner { keys, aliases })),
        })
    }

    /// Makes a key, or updates alias and policy of the one with this id. Answers its ARN.
    pub fn create_key(&self, new: NewKey) -> Result<String, ServiceError> {
        let mut inner = self.lock();
        let id = new.id.unwrap_or_else(random_uuid);
        let policy = match new.policy {
            Some(policy) => {
                Policy::parse(&policy).map_err(|e| {
                    ServiceError::client("MalformedPolicyDocumentException", e.to_string())
                })?;
                policy
            }
            None => self.root_policy(),
        };
        let now_ms = self.place.clock.now_ms();
        let key = inner.keys.entry(id.clone()).or_insert_with(|| Key {
            id: id.clone(),
            spec: new.spec,
            material: STANDARD.encode(new.spec.material()),
            description: new.description.clone(),
            policy: Value::Null,
            created_ms: now_ms,
            enabled: true,
            rotation: false,
            deletion_at: None,
        });
        if key.spec != new.spec {
            let message = format!("the key {id} is of the spec {}", key.spec.name());
            return Err(ServiceError::client("ValidationException", message));
        }
        key.policy = policy;
        self.place.state.put(KEYS, &id, &key)?;
        if let Some(alias) = new.alias {
            self.place.state.put(ALIASES, &alias, &id)?;
            inner.aliases.insert(alias, id.clone());
        }
        Ok(self.arn(&id))
    }

    /// ARNs of all keys.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut arns: Vec<String> = self.lock().keys.keys().map(|id| self.arn(id)).collect();
        arns.sort();
        arns
    }

    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let body = &request.json;
        let context = &body["EncryptionContext"];
        match request.operation.as_str() {
            "ReEncrypt" => vec![
                self.want(
                    "ReEncryptFrom",
                    self.ciphertext_key(body),
                    &body["SourceEncryptionContext"],
                ),
                self.want(
                    "ReEncryptTo",
                    body["DestinationKeyId"].as_str(),
                    &body["DestinationEncryptionContext"],
                ),
            ],
            "Decrypt" => vec![self.want("Decrypt", self.ciphertext_key(body), context)],
            "CreateKey" | "ListKeys" | "ListAliases" | "GenerateRandom" => {
                vec![Want::new(format!("kms:{}", request.operation), "*")]
            }
            "Sign" | "Verify" => vec![self.want_signature(&request.operation, body)],
            "CreateAlias" | "DeleteAlias" | "UpdateAlias" => {
                let alias = body["AliasName"].as_str().unwrap_or("");
                let action = format!("kms:{}", request.operation);
                let target = body["TargetKeyId"].as_str().or(Some(alias));
                vec![
                    Want::new(action, self.place.arn("kms", alias)),
                    self.want(&request.operation, target, context),
                ]
            }
            other => vec![self.want(other, body["KeyId"].as_str(), context)],
        }
    }

    fn want(&self, action: &str, key: Option<impl AsRef<str>>, encryption_context: &Value) -> Want {
        let name = key.as_ref().map_or("", AsRef::as_ref);
        let key = self.find(name).ok();
        let resource = key
            .as_ref()
            .map_or_else(|| name.to_owned(), |key| self.arn(&key.id));
        let mut want = Want::new(
            format!("kms:{action}"),
            if resource.is_empty() {
                "*".to_owned()
            } else {
                resource
            },
        );
        if let Some(pairs) = encryption_context
            .as_object()
            .filter(|pairs| !pairs.is_empty())
        {
            for (name, value) in pairs {
                let value = value.as_str().unwrap_or_default().to_owned();
                want = want.with(&format!("kms:EncryptionContext:{name}"), vec![value]);
            }
            want = want.with("kms:EncryptionContextKeys", pairs.keys().cloned().collect());
        }
        if name.contains("alias/") {
            want = want.with(
                "kms:RequestAlias",
                vec![name.rsplit(':').next().unwrap_or(name).to_owned()],
            );
        }
        want = want.with("kms:CallerAccount", vec![self.place.account_id.clone()]);
        want.resource_policy = key
            .and_then(|key| Policy::parse(&key.policy).ok())
            .map(|policy| ResourcePolicy(Arc::new(policy)));
        want
    }

    fn want_signature(&self, action: &str, body: &Value) -> Want {
        let given =
            |member: &str, default: &str| vec![body[member].as_str().unwrap_or(default).to_owned()];
        self.want(action, body["KeyId"].as_str(), &Value::Null)
            .with("kms:SigningAlgorithm", given("SigningAlgorithm", ""))
            .with("kms:MessageType", given("MessageType", "RAW"))
    }

    /// The key that a ciphertext names.
    fn ciphertext_key(&self, body: &Value) -> Option<String> {
        let blob = STANDARD.decode(body["CiphertextBlob"].as_str()?).ok()?;
        crypto::key_of(&blob)
            .map(str::to_owned)
            .or_else(|| body["KeyId"].as_str().map(str::to_owned))
    }

    /// A key by id, ARN, alias or alias ARN; one whose deletion is due is destroyed on the way.
    fn find(&self, name: &str) -> Result<Key, ServiceError> {
        let mut inner = self.lock();
        let short = name.rsplit(':').next().unwrap_or(name);
        let id = match short.strip_prefix("key/") {
            Some(id) => id.to_owned(),
            None if short.starts_with("alias/") => {
                inner.aliases.get(short).cloned().ok_or_else(|| {
                    ServiceError::client(
                        "NotFoundException",
                        format!("Alias {} is not found.", self.place.arn("kms", short)),
                    )
                })?
            }
            None => short.to_owned(),
        };
        let missing = || {
            ServiceError::client(
                "NotFoundException",
                format!("Key '{}' does not exist", self.arn(&id)),
            )
        };
        let key = inner.keys.get(&id).ok_or_else(missing)?;
        if key
            .deletion_at
            .is_some_and(|at| at <= self.place.clock.now_seconds())
        {
            self.place.state.delete(KEYS, &id)?;
            inner.keys.remove(&id);
            return Err(missing());
        }
        Ok(key.clone())
    }

    fn save(&self, key: Key) -> Result<(), ServiceError> {
        self.place.state.put(KEYS, &key.id, &key)?;
        self.lock().keys.insert(key.id.clone(), key);
        Ok(())
    }

    fn arn(&self, id: &str) -> String {
        self.place.arn("kms", &format!("key/{id}"))
    }

    fn root_policy(&self) -> Value {
        json!({ "Version": "2012-10-17", "Id": "key-default-1", "Statement": [{
            "Sid": "Enable IAM User Permissions", "Effect": "Allow",
            "Principal": { "AWS": format!("arn:aws:iam::{}:root", self.place.account_id) },
            "Action": "kms:*", "Resource": "*",
        }]})
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
