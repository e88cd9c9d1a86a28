//! The HTTP client that calls a vendor.

use std::sync::Arc;

use reqwest::ClientBuilder;

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

/// A client with the limits and the pool of a vendor's crate, for https or for plain http.
///
/// Never follows a redirect, never repeats, never uses a proxy from the environment.
///
/// # Errors
/// When TLS cannot be set up.
pub fn client(limits: ClientBuilder, secure: bool) -> Result<reqwest::Client, ClientError> {
    let client = limits
        .tls_backend_preconfigured(tls(secure)?)
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .user_agent("sofi-crm")
        .build()?;
    Ok(client)
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
