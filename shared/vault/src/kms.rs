//! KMS calls, each with the encryption context {tenant, purpose}.

use std::sync::Arc;

use aws::{Aws, PerTenant};
use aws_sdk_kms::Client;
use aws_sdk_kms::config::Builder;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use domain::ids::TenantId;
use domain::{Clock, Sealed};
use secrecy::SecretString;
use tenancy::{RoleType, TenantScope};
use zeroize::Zeroizing;

use crate::cache::{OpenedCache, fingerprint};
use crate::guard::ContextGuard;
use crate::{TenantKey, VaultError};

/// The owner's name in the encryption context of platform secrets.
const PLATFORM: &str = "platform";
const CLIENTS: usize = 256;

#[derive(Clone, Copy)]
enum Purpose {
    Data,
    Mail,
    Telegram,
    Platform,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Mail => "mail",
            Self::Telegram => "telegram",
            Self::Platform => "platform",
        }
    }
}

/// The entrance to sealing. Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    aws: Aws,
    key_arn: String,
    clock: Arc<dyn Clock>,
    clients: PerTenant<Client>,
    tenant_keys: OpenedCache<TenantKey>,
    secrets: OpenedCache<Arc<SecretString>>,
}

impl Vault {
    /// Uses the data key with this ARN. Makes no call.
    pub fn new(aws: Aws, key_arn: String, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            aws,
            key_arn,
            clock,
            clients: PerTenant::new(CLIENTS),
            tenant_keys: OpenedCache::new(),
            secrets: OpenedCache::new(),
        }))
    }

    /// The vault of one tenant, under that tenant's session.
    ///
    /// # Errors
    /// When the function has no tenant sessions.
    pub fn within<R: RoleType>(&self, scope: &TenantScope<R>) -> Result<TenantVault, VaultError> {
        let tenant = scope.tenant();
        let client = self.0.clients.get_or_build(tenant, || {
            let config = self.0.aws.tenant(scope)?;
            Ok::<_, VaultError>(guarded(&config, tenant.suffix()))
        })?;
        Ok(TenantVault {
            tenant,
            access: Access {
                vault: self.clone(),
                client,
                owner: tenant.suffix(),
            },
        })
    }

    /// The platform's own secrets, under the function's own session.
    pub fn platform(&self) -> PlatformVault {
        let client = guarded(self.0.aws.own(), PLATFORM.to_owned());
        PlatformVault(Access {
            vault: self.clone(),
            client,
            owner: PLATFORM.to_owned(),
        })
    }
}

fn guarded(config: &aws::aws_types::SdkConfig, owner: String) -> Client {
    Client::from_conf(
        Builder::from(config)
            .interceptor(ContextGuard { owner })
            .build(),
    )
}

struct Access {
    vault: Vault,
    client: Client,
    owner: String,
}

impl Access {
    async fn generate(
        &self,
        purpose: Purpose,
    ) -> Result<(Zeroizing<[u8; 32]>, Sealed), VaultError> {
        let answer = self
            .client
            .generate_data_key()
            .key_id(&self.vault.0.key_arn)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("tenant", &self.owner)
            .encryption_context("purpose", purpose.name())
            .send()
            .await
            .map_err(|error| VaultError::Kms(Box::new(error.into_service_error())))?;
        let plaintext = Zeroizing::new(
            answer
                .plaintext
                .ok_or(VaultError::UnexpectedForm)?
                .into_inner(),
        );
        let wrapped = answer
            .ciphertext_blob
            .ok_or(VaultError::UnexpectedForm)?
            .into_inner();
        Ok((into_key(&plaintext)?, Sealed::from_bytes(wrapped)))
    }

    async fn encrypt(&self, purpose: Purpose, plaintext: &[u8]) -> Result<Sealed, VaultError> {
        let answer = self
            .client
            .encrypt()
            .key_id(&self.vault.0.key_arn)
            .plaintext(Blob::new(plaintext))
            .encryption_context("tenant", &self.owner)
            .encryption_context("purpose", purpose.name())
            .send()
            .await
            .map_err(|error| VaultError::Kms(Box::new(error.into_service_error())))?;
        let ciphertext = answer.ciphertext_blob.ok_or(VaultError::UnexpectedForm)?;
        Ok(Sealed::from_bytes(ciphertext.into_inner()))
    }

    async fn decrypt(
        &self,
        purpose: Purpose,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let answer = self
            .client
            .decrypt()
            .key_id(&self.vault.0.key_arn)
            .ciphertext_blob(Blob::new(sealed.as_bytes()))
            .encryption_context("tenant", &self.owner)
            .encryption_context("purpose", purpose.name())
            .send()
            .await
            .map_err(|error| VaultError::Kms(Box::new(error.into_service_error())))?;
        Ok(Zeroizing::new(
            answer
                .plaintext
                .ok_or(VaultError::UnexpectedForm)?
                .into_inner(),
        ))
    }

    fn fingerprint(&self, purpose: Purpose, sealed: &Sealed) -> [u8; 32] {
        fingerprint(&[
            self.owner.as_bytes(),
            purpose.name().as_bytes(),
            sealed.as_bytes(),
        ])
    }
}

fn into_key(bytes: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    Ok(Zeroizing::new(
        bytes.try_into().map_err(|_| VaultError::UnexpectedForm)?,
    ))
}

/// Keys and tokens of one tenant.
pub struct TenantVault {
    tenant: TenantId,
    access: Access,
}

impl TenantVault {
    /// Makes the tenant's key; the second value is its wrapped form for the `keys` table. One KMS call.
    ///
    /// # Errors
    /// When KMS does not answer as expected.
    pub async fn create_key(&self) -> Result<(TenantKey, Sealed), VaultError> {
        let (bytes, wrapped) = self.access.generate(Purpose::Data).await?;
        Ok((TenantKey::new(bytes, self.tenant), wrapped))
    }

    /// The tenant's key, if it was opened within the last five minutes by this process.
    pub fn cached_key(&self, wrapped: &Sealed) -> Option<TenantKey> {
        let inner = &self.access.vault.0;
        inner.tenant_keys.get(
            &self.access.fingerprint(Purpose::Data, wrapped),
            inner.clock.now(),
        )
    }

    /// Opens the tenant's key. At most one KMS call in five minutes.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn open_key(&self, wrapped: &Sealed) -> Result<TenantKey, VaultError> {
        if let Some(key) = self.cached_key(wrapped) {
            return Ok(key);
        }
        let opened = self.access.decrypt(Purpose::Data, wrapped).await?;
        let key = TenantKey::new(into_key(&opened)?, self.tenant);
        let inner = &self.access.vault.0;
        inner.tenant_keys.put(
            self.access.fingerprint(Purpose::Data, wrapped),
            key.clone(),
            inner.clock.now(),
        );
        Ok(key)
    }

    /// Seals a bot token under purpose `telegram`: only roles that call Telegram may open it.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn seal_token(&self, token: &str) -> Result<Sealed, VaultError> {
        self.access
            .encrypt(Purpose::Telegram, token.as_bytes())
            .await
    }

    /// Opens a bot token. At most one KMS call in five minutes.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn open_token(&self, sealed: &Sealed) -> Result<Arc<SecretString>, VaultError> {
        self.access.open_text(Purpose::Telegram, sealed).await
    }

    /// Seals what a mail says and to whom under purpose `mail`: whoever may order a mail need not be able to read one.
    /// At most 4096 bytes.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn seal_mail(&self, content: &[u8]) -> Result<Sealed, VaultError> {
        self.access.encrypt(Purpose::Mail, content).await
    }

    /// Opens what a mail says and to whom. One KMS call; nothing is kept.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn open_mail(&self, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.access.decrypt(Purpose::Mail, sealed).await
    }
}

impl Access {
    async fn open_text(
        &self,
        purpose: Purpose,
        sealed: &Sealed,
    ) -> Result<Arc<SecretString>, VaultError> {
        let inner = &self.vault.0;
        let fingerprint = self.fingerprint(purpose, sealed);
        if let Some(secret) = inner.secrets.get(&fingerprint, inner.clock.now()) {
            return Ok(secret);
        }
        let opened = self.decrypt(purpose, sealed).await?;
        let text = std::str::from_utf8(&opened).map_err(|_| VaultError::UnexpectedForm)?;
        let secret = Arc::new(SecretString::from(text));
        inner
            .secrets
            .put(fingerprint, secret.clone(), inner.clock.now());
        Ok(secret)
    }
}

/// The platform's own secrets.
pub struct PlatformVault(Access);

impl PlatformVault {
    /// Seals a platform secret.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn seal(&self, secret: &str) -> Result<Sealed, VaultError> {
        self.0.encrypt(Purpose::Platform, secret.as_bytes()).await
    }

    /// Opens a platform secret. At most one KMS call in five minutes.
    ///
    /// # Errors
    /// When KMS refuses or does not answer.
    pub async fn open(&self, sealed: &Sealed) -> Result<Arc<SecretString>, VaultError> {
        self.0.open_text(Purpose::Platform, sealed).await
    }
}
