//! The HTTP client that calls a vendor.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::ClientBuilder;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No trusted certificate authority was found on this machine.
    #[error("no certificate authority found")]
    NoRoots,
    /// TLS could not be set up.
    #[error("tls could not be set up")]
    Tls(#[from] rustls::Error),
    /// The HTTP client could not be built.
    #[error("http client could not be built")]
    Build(#[from] reqwest::Error),
}

/// A client with the limits and the pool of a vendor's crate, for https or for plain http, that reaches these hosts by their
/// names and no other.
///
/// Never follows a redirect, never repeats, never uses a proxy from the environment.
///
/// # Errors
/// When TLS cannot be set up.
pub fn client(
    limits: ClientBuilder,
    secure: bool,
    hosts: &[&str],
) -> Result<reqwest::Client, ClientError> {
    let client = limits
        .tls_backend_preconfigured(tls(secure)?)
        .dns_resolver(Only::of(hosts))
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .user_agent("sofi-crm")
        .build()?;
    Ok(client)
}

/// Resolves the names of some hosts: whatever becomes part of an address, the call goes to nobody else.
struct Only(Vec<String>);

impl Only {
    fn of(hosts: &[&str]) -> Self {
        Self(hosts.iter().map(|host| (*host).to_owned()).collect())
    }
}

impl Resolve for Only {
    fn resolve(&self, name: Name) -> Resolving {
        let mut ours = self.0.iter();
        let is_ours = ours.any(|host| host.eq_ignore_ascii_case(name.as_str()));
        Box::pin(resolved(name, is_ours))
    }
}

async fn resolved(name: Name, is_ours: bool) -> Result<Addrs, Box<dyn Error + Send + Sync>> {
    if !is_ours {
        return Err(io::Error::other("this client is not for that host").into());
    }
    let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
    let found: Vec<SocketAddr> = found.collect();
    Ok(Box::new(found.into_iter()))
}

/// TLS on ring. The machine's roots are only read when they will be used: it costs a millisecond.
fn tls(secure: bool) -> Result<rustls::ClientConfig, ClientError> {
    let mut roots = rustls::RootCertStore::empty();
    if secure {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(ClientError::NoRoots);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn is_resolved(only: &Only, text: &str) -> bool {
        only.resolve(text.parse().expect("a name")).await.is_ok()
    }

    #[tokio::test]
    async fn a_client_resolves_its_own_hosts_and_no_other() {
        let only = Only::of(&["localhost"]);
        assert!(is_resolved(&only, "localhost").await);
        for other in ["localhost.vendor.example", "vendor.example", "host"] {
            assert!(!is_resolved(&only, other).await, "{other}");
        }
    }

    #[tokio::test]
    async fn a_call_to_another_host_is_not_made() {
        let client = client(ClientBuilder::new(), false, &["vendor.example"]).expect("a client");
        let refused = client.get("http://localhost:1/").send().await;
        let refused = refused.expect_err("nobody is asked");
        let mut source = refused.source();
        let mut chain = Vec::new();
        while let Some(error) = source {
            chain.push(error.to_string());
            source = error.source();
        }
        assert!(
            chain
                .iter()
                .any(|said| said.contains("is not for that host")),
            "{chain:?}"
        );
    }
}
