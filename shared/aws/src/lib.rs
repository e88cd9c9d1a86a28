//! How a function reaches AWS: one HTTP client on ring, the function's own credentials from the environment, and a
//! session per tenant.
//!
//! A tenant session is the function's own role assumed again with the session tag `tenant`; the role's policies open
//! tenant rows and keys to tagged sessions only. Credentials live 15 minutes and are cached by the SDK until shortly
//! before they end. No configuration chain is consulted: Lambda sets everything in the environment.

mod endpoints;
mod per_tenant;
mod session;
pub mod testing;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::{BehaviorVersion, IdentityCache};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use domain::Clock;
use tenancy::{RoleType, TenantScope};
use thiserror::Error;

pub use aws_types;
pub use endpoints::ServiceEndpoints;
pub use per_tenant::PerTenant;

/// One attempt of one call; every queue retries what fails.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 3;
/// Sessions of tenants kept at once.
const TENANTS: usize = 256;

/// Why no configuration could be made.
#[derive(Debug, Error)]
pub enum AwsError {
    /// A variable that Lambda always sets is missing.
    #[error("the environment lacks {0}")]
    Missing(&'static str),
    /// The function was deployed without a role for tenant sessions.
    #[error("this function has no access to tenants: ROLE_ARN is not set")]
    NoTenantAccess,
}

/// What the environment says about AWS.
#[derive(Clone, Debug)]
pub struct AwsOptions {
    /// `AWS_REGION`.
    pub region: String,
    /// The function's own credentials.
    pub credentials: Credentials,
    /// `AWS_ENDPOINT_URL`: set by the laptop host and by tests, never by a template.
    pub endpoint: Option<String>,
    /// `AWS_ENDPOINT_URL_<SERVICE>`: the same for one service.
    pub endpoints: ServiceEndpoints,
    /// `ROLE_ARN`: the function's own role, for tenant sessions.
    pub role_arn: Option<String>,
}

impl AwsOptions {
    /// Reads the variables through the given function.
    ///
    /// # Errors
    /// When one that Lambda always sets is missing.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, AwsError> {
        let need = |name: &'static str| {
            read(name)
                .filter(|value| !value.is_empty())
                .ok_or(AwsError::Missing(name))
        };
        let credentials = Credentials::new(
            need("AWS_ACCESS_KEY_ID")?,
            need("AWS_SECRET_ACCESS_KEY")?,
            read("AWS_SESSION_TOKEN").filter(|token| !token.is_empty()),
            None,
            "lambda-environment",
        );
        Ok(Self {
            region: need("AWS_REGION")?,
            credentials,
            endpoint: read("AWS_ENDPOINT_URL").filter(|url| !url.is_empty()),
            endpoints: ServiceEndpoints::from_env(&read),
            role_arn: read("ROLE_ARN").filter(|arn| !arn.is_empty()),
        })
    }

    /// Whether nothing is reached over TLS: only where the laptop host or a test names every address.
    fn is_plain(&self) -> bool {
        let all = self.endpoint.as_deref().is_some_and(endpoints::is_plain);
        all && self.endpoints.are_plain()
    }
}

/// The entrance to AWS. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Aws {
    own: SdkConfig,
    sts: aws_sdk_sts::Client,
    role_arn: Option<Arc<str>>,
    tenants: Arc<PerTenant<SdkConfig>>,
}

impl Aws {
    /// Builds the shared HTTP client and configuration; opens no connection.
    pub fn new(options: AwsOptions, clock: Arc<dyn Clock>) -> Self {
        let http = if options.is_plain() {
            // The client for https reads the system's certificates, which takes a process longer than the rest of its start.
            Builder::new().build_http()
        } else {
            Builder::new()
                .tls_provider(Provider::Rustls(CryptoMode::Ring))
                .build_https()
        };
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .operation_attempt_timeout(ATTEMPT_TIMEOUT)
            .build();
        let mut builder = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(options.region))
            .credentials_provider(SharedCredentialsProvider::new(options.credentials))
            .http_client(http)
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SharedTimeSource::new(ClockTime(clock)))
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .timeout_config(timeouts)
            .service_config(options.endpoints);
        if let Some(endpoint) = options.endpoint {
            builder = builder.endpoint_url(endpoint);
        }
        let own = builder.build();
        let sts = aws_sdk_sts::Client::new(&own);
        Self {
            own,
            sts,
            role_arn: options.role_arn.map(Arc::from),
            tenants: Arc::new(PerTenant::new(TENANTS)),
        }
    }

    /// The function's own session: routing rows, work that is no tenant's, queues.
    pub const fn own(&self) -> &SdkConfig {
        &self.own
    }

    /// A session that carries the scope's tenant as its tag. The clients of all services share it: a tenant that is new
    /// to this process costs one call to STS.
    ///
    /// # Errors
    /// [`AwsError::NoTenantAccess`] when the function has no role for it.
    pub fn tenant<R: RoleType>(&self, scope: &TenantScope<R>) -> Result<SdkConfig, AwsError> {
        let role_arn = self.role_arn.clone().ok_or(AwsError::NoTenantAccess)?;
        let tenant = scope.tenant();
        self.tenants.get_or_build(tenant, || {
            let provider = session::TenantCredentials::new(self.sts.clone(), role_arn, tenant);
            let config = self
                .own
                .to_builder()
                .credentials_provider(SharedCredentialsProvider::new(provider))
                .identity_cache(IdentityCache::lazy().build());
            Ok(config.build())
        })
    }
}

/// The SDK signs and expires by the product's clock, so that a moved clock moves all of it.
struct ClockTime(Arc<dyn Clock>);

impl std::fmt::Debug for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClockTime")
    }
}

impl TimeSource for ClockTime {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.0.now().millis().max(0).unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_variable_is_named() {
        let error =
            AwsOptions::from_env(|name| (name == "AWS_ACCESS_KEY_ID").then(|| "x".into())).err();
        assert_eq!(
            error.map(|e| e.to_string()),
            Some("the environment lacks AWS_SECRET_ACCESS_KEY".into())
        );
    }

    #[test]
    fn tls_is_left_out_only_where_every_address_is_plain() {
        let is_plain = |variables: &[(&str, &str)]| {
            let read = |name: &str| {
                let given = variables.iter().find(|(known, _)| *known == name);
                let given = given.map(|(_, value)| (*value).to_owned());
                given.or_else(|| (!name.starts_with("AWS_ENDPOINT")).then(|| "x".to_owned()))
            };
            AwsOptions::from_env(read).expect("complete").is_plain()
        };
        let (plain, secure) = ("http://127.0.0.1:1", "https://127.0.0.1:1");
        assert!(is_plain(&[("AWS_ENDPOINT_URL", plain)]));
        assert!(!is_plain(&[]));
        assert!(!is_plain(&[("AWS_ENDPOINT_URL", secure)]));
        assert!(!is_plain(&[("AWS_ENDPOINT_URL_SQS", plain)]));
        let one = ("AWS_ENDPOINT_URL", plain);
        assert!(!is_plain(&[one, ("AWS_ENDPOINT_URL_SQS", secure)]));
        assert!(is_plain(&[one, ("AWS_ENDPOINT_URL_SQS", plain)]));
    }

    #[test]
    fn an_empty_override_is_no_override() {
        let options = AwsOptions::from_env(|name| {
            Some(
                if name.starts_with("AWS_ENDPOINT") {
                    ""
                } else {
                    "x"
                }
                .into(),
            )
        });
        assert_eq!(options.map(|o| o.endpoint).ok(), Some(None));
    }
}
