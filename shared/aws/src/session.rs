//! Credentials of a tenant session.

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_sts::types::Tag;
use domain::ids::TenantId;

/// STS's minimum, and our maximum age of a tenant session.
const SESSION_SECONDS: i32 = 900;

/// Assumes the function's own role again, tagged with one tenant.
#[derive(Debug)]
pub(crate) struct TenantCredentials {
    sts: aws_sdk_sts::Client,
    role_arn: Arc<str>,
    tenant: TenantId,
}

impl TenantCredentials {
    pub(crate) const fn new(
        sts: aws_sdk_sts::Client,
        role_arn: Arc<str>,
        tenant: TenantId,
    ) -> Self {
        Self {
            sts,
            role_arn,
            tenant,
        }
    }

    async fn assume(&self) -> Result<Credentials, CredentialsError> {
        let tenant = self.tenant.suffix();
        let tag = Tag::builder()
            .key("tenant")
            .value(&tenant)
            .build()
            .map_err(CredentialsError::unhandled)?;
        let answer = self
            .sts
            .assume_role()
            .role_arn(self.role_arn.as_ref())
            .role_session_name(&tenant)
            .duration_seconds(SESSION_SECONDS)
            .tags(tag)
            .send()
            .await
            .map_err(|error| CredentialsError::provider_error(error.into_service_error()))?;
        let found = answer
            .credentials
            .ok_or_else(|| CredentialsError::unhandled("STS answered without credentials"))?;
        let expiry = SystemTime::try_from(found.expiration).map_err(CredentialsError::unhandled)?;
        Ok(Credentials::new(
            found.access_key_id,
            found.secret_access_key,
            Some(found.session_token),
            Some(expiry),
            "tenant-session",
        ))
    }
}

impl ProvideCredentials for TenantCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.assume())
    }
}
