//! Roles, access keys and sessions.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::evaluate::{AccessRequest, Decision, evaluate};
use super::policy::Policy;
use crate::clock::Clock;
use crate::error::Error;
use crate::state::State;

const SESSIONS: &str = "iam.session";

/// A role as the host declares it from the templates.
#[derive(Debug, Clone)]
pub struct Role {
    /// `arn:aws:iam::<account>:role/<name>`.
    pub arn: String,
    /// Its identity policies, as JSON documents.
    pub policies: Vec<Value>,
    /// Its trust policy (`AssumeRolePolicyDocument`).
    pub trust: Value,
}

/// Credentials for one principal; what the host puts into a function's environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccessKey {
    /// `AWS_ACCESS_KEY_ID`.
    pub id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret: String,
    /// `AWS_SESSION_TOKEN`; requests signed with this key must carry it. Absent for platform keys.
    pub session_token: Option<String>,
}

/// Who a request is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// The access key id it was signed with.
    pub access_key_id: String,
    /// The ARN that `GetCallerIdentity` answers.
    pub arn: String,
    /// The role behind the session; `None` for the platform.
    pub role_arn: Option<String>,
    /// Session tags.
    pub tags: BTreeMap<String, String>,
    /// The platform itself (event sources, tests): allowed everything.
    pub platform: bool,
}

/// What the gateway needs to verify a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Credentials {
    pub key: AccessKey,
    pub principal: Principal,
    /// Seconds since the epoch; `None` never expires.
    pub expires_at: Option<i64>,
}

/// Why a key is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyError {
    Unknown,
    Expired,
}

/// The registry of roles and keys; clones share it.
#[derive(Clone)]
pub struct Iam {
    inner: Arc<RwLock<Inner>>,
    state: State,
    clock: Arc<dyn Clock>,
    account_id: Arc<str>,
}

#[derive(Default)]
struct Inner {
    roles: HashMap<String, KnownRole>,
    keys: HashMap<String, Credentials>,
    platform: Option<AccessKey>,
}

struct KnownRole {
    declared: Role,
    policies: Arc<[Policy]>,
    trust: Arc<Policy>,
}

impl Iam {
    pub(crate) fn open(
        state: State,
        clock: Arc<dyn Clock>,
        account_id: &str,
    ) -> Result<Self, Error> {
        let now = clock.now_seconds();
        let mut inner = Inner::default();
        for (id, session) in state.load::<Credentials>(SESSIONS)? {
            // Expired long ago: forget it, so that the file does not grow for ever.
            if session.expires_at.is_some_and(|at| at < now - 86_400) {
                state.delete(SESSIONS, &id)?;
            } else {
                inner.keys.insert(id, session);
            }
        }
        Ok(Self {
            inner: Arc::new(RwLock::new(inner)),
            state,
            clock,
            account_id: account_id.into(),
        })
    }

    /// Declares a role or replaces it; keys already issued follow the new policies.
    pub fn put_role(&self, role: Role) -> Result<(), Error> {
        let known = KnownRole {
            policies: Policy::parse_all(&role.policies)?.into(),
            trust: Arc::new(Policy::parse(&role.trust)?),
            declared: role,
        };
        self.write().roles.insert(known.declared.arn.clone(), known);
        Ok(())
    }

    /// Forgets a role; its keys are denied everything from now on.
    pub fn remove_role(&self, arn: &str) {
        self.write().roles.remove(arn);
    }

    /// A role as declared.
    #[must_use]
    pub fn role(&self, arn: &str) -> Option<Role> {
        self.read().roles.get(arn).map(|role| role.declared.clone())
    }

    /// All roles, in order of ARN.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<_> = self
            .read()
            .roles
            .values()
            .map(|role| role.declared.clone())
            .collect();
        roles.sort_by(|a, b| a.arn.cmp(&b.arn));
        roles
    }

    /// Credentials of a role's execution session, as Lambda gives them to a function. They do not expire.
    pub fn issue_key(&self, role_arn: &str) -> Result<AccessKey, Error> {
        if !self.read().roles.contains_key(role_arn) {
            return Err(Error::NoSuchRole(role_arn.to_owned()));
        }
        let credentials = self.session(role_arn, "function", BTreeMap::new(), None);
        let key = credentials.key.clone();
        self.write().keys.insert(key.id.clone(), credentials);
        Ok(key)
    }

    /// Withdraws a key; its next call is answered as for an unknown key.
    pub fn revoke_key(&self, id: &str) -> Result<(), Error> {
        self.write().keys.remove(id);
        Ok(self.state.delete(SESSIONS, id)?)
    }

    /// The key of the platform itself: allowed everything.
    #[must_use]
    pub fn platform_key(&self) -> AccessKey {
        if let Some(key) = &self.read().platform {
            return key.clone();
        }
        let key = AccessKey {
            id: random_id("AKIA"),
            secret: random_text(30),
            session_token: None,
        };
        self.put_platform_key(key.clone());
        key
    }

    /// Accepts a given key as the platform's (for tests that need a fixed one).
    pub fn put_platform_key(&self, key: AccessKey) {
        let principal = Principal {
            access_key_id: key.id.clone(),
            arn: format!("arn:aws:iam::{}:user/platform", self.account_id),
            role_arn: None,
            tags: BTreeMap::new(),
            platform: true,
        };
        let mut inner = self.write();
        inner.platform.get_or_insert_with(|| key.clone());
        inner.keys.insert(
            key.id.clone(),
            Credentials {
                key,
                principal,
                expires_at: None,
            },
        );
    }

    /// Evaluates what a role's own policies say; an unknown role is denied.
    #[must_use]
    pub fn evaluate_role(&self, role_arn: &str, request: &AccessRequest) -> Decision {
        let policies = self
            .read()
            .roles
            .get(role_arn)
            .map(|role| role.policies.clone());
        policies.map_or(Decision::ImplicitDeny, |policies| {
            evaluate(&policies, request)
        })
    }

    pub(crate) fn trust(&self, role_arn: &str) -> Option<Arc<Policy>> {
        self.read()
            .roles
            .get(role_arn)
            .map(|role| role.trust.clone())
    }

    pub(crate) fn account_id(&self) -> &str {
        &self.account_id
    }

    pub(crate) fn credentials(&self, id: &str) -> Result<Credentials, KeyError> {
        let found = self.read().keys.get(id).cloned().ok_or(KeyError::Unknown)?;
        match found.expires_at {
            Some(at) if at <= self.clock.now_seconds() => Err(KeyError::Expired),
            _ => Ok(found),
        }
    }

    /// A session that STS hands out; kept across restarts until it expires.
    pub(crate) fn start_session(
        &self,
        role_arn: &str,
        name: &str,
        tags: BTreeMap<String, String>,
        expires_at: i64,
    ) -> Result<Credentials, Error> {
        let credentials = self.session(role_arn, name, tags, Some(expires_at));
        self.state
            .put(SESSIONS, &credentials.key.id, &credentials)?;
        self.write()
            .keys
            .insert(credentials.key.id.clone(), credentials.clone());
        Ok(credentials)
    }

    fn session(
        &self,
        role_arn: &str,
        name: &str,
        tags: BTreeMap<String, String>,
        expires_at: Option<i64>,
    ) -> Credentials {
        let role_name = role_arn.rsplit('/').next().unwrap_or(role_arn);
        let id = random_id("ASIA");
        let principal = Principal {
            access_key_id: id.clone(),
            arn: format!(
                "arn:aws:sts::{}:assumed-role/{role_name}/{name}",
                self.account_id
            ),
            role_arn: Some(role_arn.to_owned()),
            tags,
            platform: false,
        };
        let key = AccessKey {
            id,
            secret: random_text(30),
            session_token: Some(random_text(120)),
        };
        Credentials {
            key,
            principal,
            expires_at,
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `bytes` random bytes as base64.
fn random_text(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    SystemRandom::new()
        .fill(&mut buffer)
        .expect("the system's random source works");
    STANDARD.encode(buffer)
}

fn random_id(prefix: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut buffer = [0; 16];
    SystemRandom::new()
        .fill(&mut buffer)
        .expect("the system's random source works");
    let tail: String = buffer
        .iter()
        .map(|b| char::from(ALPHABET[usize::from(b % 32)]))
        .collect();
    format!("{prefix}{tail}")
}

/// A random UUID, version 4.
pub(crate) fn random_uuid() -> String {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system's random source works");
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = crate::gateway::hex(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}
