//! The one HTTP client of the process, made when it is first needed.

use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

/// Longest time to resolve, connect and shake hands.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);

static SHARED: LazyLock<HttpClient> = LazyLock::new(HttpClient::unshared);

/// Why the client could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
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

/// A client that costs nothing until it is used: reading the machine's roots takes a millisecond that a function
/// without AI work should not pay.
#[derive(Clone)]
pub(super) struct HttpClient {
    secure: Arc<OnceLock<reqwest::Client>>,
    plain: Arc<OnceLock<reqwest::Client>>,
}

impl HttpClient {
    /// The client of this process, shared by all vendors and tenants.
    pub(super) fn shared() -> Self {
        SHARED.clone()
    }

    /// A client of its own; for tests, whose runtimes end one by one.
    pub(super) fn unshared() -> Self {
        HttpClient {
            secure: Arc::default(),
            plain: Arc::default(),
        }
    }

    /// The client for https, or the one for plain http that needs no roots.
    pub(super) fn get(&self, secure: bool) -> Result<reqwest::Client, HttpError> {
        let slot = if secure { &self.secure } else { &self.plain };
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        let client = build(secure)?;
        Ok(slot.get_or_init(|| client).clone())
    }
}

fn build(secure: bool) -> Result<reqwest::Client, HttpError> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls(secure)?)
        .connect_timeout(CONNECT_LIMIT)
        // Each call has a connection of its own: a frozen sandbox cannot notice that the other side went away, the
        // failure would be the vendor's in the breaker's eyes, and a handshake is a hundredth of what a reply takes.
        .pool_max_idle_per_host(0)
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .user_agent("sofi-crm")
        .build()?)
}

/// TLS on ring, as everywhere in the product.
fn tls(secure: bool) -> Result<rustls::ClientConfig, HttpError> {
    let mut roots = rustls::RootCertStore::empty();
    if secure {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(HttpError::NoRoots);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
