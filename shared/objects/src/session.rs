//! Credentials of a tenant's session, asked for less often than once a call: an export is thousands of parts.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws::aws_types::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use domain::ids::TenantId;

use crate::ObjectsError;
use crate::address::region;
use crate::error::unanswered;
use crate::signer::Signer;

/// What a session must still live to be used: longer than a call and than a link.
const LEFT: Duration = Duration::from_secs(180);

/// The session used last. A job works for one tenant at a time.
#[derive(Debug, Default)]
pub(crate) struct Session {
    kept: Mutex<Option<(TenantId, Credentials)>>,
}

impl Session {
    /// Who signs for this tenant.
    ///
    /// # Errors
    /// When the tenant's session cannot be opened.
    pub(crate) async fn signer(
        &self,
        tenant: TenantId,
        config: &SdkConfig,
    ) -> Result<Signer, ObjectsError> {
        let time = config
            .time_source()
            .map_or_else(SystemTime::now, |source| source.now());
        let credentials = match self.kept(tenant, time) {
            Some(credentials) => credentials,
            None => self.opened(tenant, config).await?,
        };
        Ok(Signer {
            credentials,
            region: region(config).to_owned(),
            time,
        })
    }

    fn kept(&self, tenant: TenantId, time: SystemTime) -> Option<Credentials> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(whose, credentials)| *whose == tenant && lives(credentials, time))
            .map(|(_, credentials)| credentials.clone())
    }

    async fn opened(
        &self,
        tenant: TenantId,
        config: &SdkConfig,
    ) -> Result<Credentials, ObjectsError> {
        let provider = config
            .credentials_provider()
            .ok_or(ObjectsError::Session(aws::AwsError::NoTenantAccess))?;
        let credentials = provider.provide_credentials().await.map_err(unanswered)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((tenant, credentials.clone()));
        Ok(credentials)
    }
}

fn lives(credentials: &Credentials, time: SystemTime) -> bool {
    credentials.expiry().is_some_and(|end| end > time + LEFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_kept_for_its_own_tenant_while_it_lives() {
        let (tenant, other) = (TenantId::from_bytes([1; 16]), TenantId::from_bytes([2; 16]));
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let end = now + Duration::from_secs(900);
        let session = Session::default();
        assert!(session.kept(tenant, now).is_none());
        let credentials = Credentials::new("id", "secret", None, Some(end), "test");
        *session.kept.lock().unwrap() = Some((tenant, credentials));
        assert!(session.kept(tenant, now).is_some());
        assert!(session.kept(other, now).is_none());
        assert!(session.kept(tenant, end - LEFT).is_none());
    }
}
