//! The calls of the product.

mod billing;
mod catalogue;
mod checkout;
mod exchange;
mod money;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::Entropy;
use vendor_kit::Address;

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
    address: Address,
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
    /// The HTTP client could not be made.
    #[error(transparent)]
    Http(#[from] vendor_kit::ClientError),
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
        let address = origin(address.unwrap_or(STRIPE_API))?;
        if key.mode().is_live() && address.base() != STRIPE_API {
            return Err(ClientError::ForeignAddress);
        }
        if stage.is_live() && !key.mode().is_live() {
            return Err(ClientError::SandboxOnLiveStage);
        }
        if key.mode().is_live() && !stage.is_live() {
            return Err(ClientError::LiveOnOtherStage);
        }
        let limits = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .pool_idle_timeout(IDLE_LIMIT)
            .pool_max_idle_per_host(4);
        Ok(Client {
            http: vendor_kit::client(limits, address.is_secure(), &[address.host()])?,
            address,
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
            .field("base", &self.address.base())
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// An address without a path: each call brings its own.
fn origin(address: &str) -> Result<Address, ClientError> {
    Address::parse(address)
        .filter(Address::is_origin)
        .ok_or(ClientError::Address)
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
