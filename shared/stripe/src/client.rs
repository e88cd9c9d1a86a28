//! The calls of the product.

mod billing;
mod catalogue;
mod checkout;
mod exchange;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use url::{Host, Url};

pub use billing::Window;
pub use catalogue::NewCustomer;
pub use checkout::{Flow, Order};
pub use exchange::MAX_RESPONSE_BYTES;

use crate::error::StripeError;
use crate::key::{ApiKey, Mode};

/// Stripe itself.
pub const STRIPE_API: &str = "https://api.stripe.com";

/// Under which name objects at Stripe say which workspace they are of.
pub const WORKSPACE: &str = "workspace";

/// Entries of a list that are asked for at once: the most that Stripe gives.
const PAGE: i64 = 100;

/// Longest time to resolve, connect and shake hands.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);

/// How long an idle connection is reused. Short, because a frozen sandbox cannot notice that the other side went away.
const IDLE_LIMIT: Duration = Duration::from_secs(15);

/// Stripe, as one key sees it: one per process and key.
///
/// Never follows a redirect, never uses a proxy from the environment.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    key: ApiKey,
    entropy: Arc<dyn Entropy>,
    /// The pause before the first repetition; only tests shorten it.
    first_pause: Duration,
    /// Upper bound on the time of one try; only tests lower it.
    longest_try: Duration,
}

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server's address is not an https origin (plain http only on loopback).
    #[error("stripe address is not an https origin")]
    Address,
    /// A live key would be shown to somebody else than Stripe.
    #[error("a live key is for stripe's own address only")]
    ForeignAddress,
    /// A sandbox's key on a stage where money must move.
    #[error("a sandbox key cannot serve a live stage")]
    SandboxOnLiveStage,
    /// A live key on a stage where no money may move.
    #[error("a live key is for the live stage only")]
    LiveOnOtherStage,
    /// No trusted certificate authority was found on this machine.
    #[error("no certificate authority found")]
    NoRoots,
    /// TLS could not be set up.
    #[error("tls could not be set up")]
    Tls(#[from] rustls::Error),
    /// The HTTP client could not be built.
    #[error("http client could not be built")]
    Http(#[from] reqwest::Error),
}

impl Client {
    /// Makes a client. `address` is that of a stand-in; without one it is Stripe's own. `stage` says whether money must move
    /// where this runs. The entropy spreads repetitions.
    ///
    /// # Errors
    /// When a live key would go elsewhere than to Stripe, a live stage has a sandbox's key, the address is not an https origin
    /// (plain http only on loopback), or TLS cannot be set up.
    pub fn new(
        key: ApiKey,
        address: Option<&str>,
        stage: Mode,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, ClientError> {
        let (base, secure) = origin(address.unwrap_or(STRIPE_API))?;
        if key.mode().is_live() && base != STRIPE_API {
            return Err(ClientError::ForeignAddress);
        }
        if stage.is_live() && !key.mode().is_live() {
            return Err(ClientError::SandboxOnLiveStage);
        }
        if key.mode().is_live() && !stage.is_live() {
            return Err(ClientError::LiveOnOtherStage);
        }
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .tls_backend_preconfigured(tls(secure)?)
            .pool_idle_timeout(IDLE_LIMIT)
            .pool_max_idle_per_host(4)
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .user_agent("sofi-crm")
            .build()?;
        Ok(Client {
            http,
            base,
            key,
            entropy,
            first_pause: exchange::FIRST_PAUSE,
            longest_try: exchange::LONGEST_TRY,
        })
    }

    /// Whether money moves: of every event that is for this client the same must be true.
    pub const fn mode(&self) -> Mode {
        self.key.mode()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// An address without its trailing slash, and whether it is reached by TLS.
fn origin(address: &str) -> Result<(String, bool), ClientError> {
    let url = Url::parse(address).map_err(|_| ClientError::Address)?;
    let secure = match url.scheme() {
        "https" => true,
        "http" if is_loopback(&url) => false,
        _ => return Err(ClientError::Address),
    };
    let is_bare = url.query().is_none()
        && url.fragment().is_none()
        && url.password().is_none()
        && url.username().is_empty()
        && url.path() == "/";
    if !is_bare {
        return Err(ClientError::Address);
    }
    Ok((url.as_str().trim_end_matches('/').to_owned(), secure))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
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

/// An id that can stand in a path. A browser may bring one back, and nothing at Stripe is called otherwise.
fn plain(id: &str) -> Result<&str, StripeError> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if id.is_empty() || !id.bytes().all(is_plain) {
        return Err(StripeError::Gone { param: None });
    }
    Ok(id)
}

fn readable<T>(found: Option<T>) -> Result<T, StripeError> {
    found.ok_or(StripeError::Unreadable)
}
