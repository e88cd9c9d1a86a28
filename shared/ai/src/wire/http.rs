//! The one HTTP client of the process, made when it is first needed.

use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use vendor_kit::ClientError;

use crate::wire::{Groq, Xai};

/// Longest time to resolve, connect and shake hands.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);

/// Who is called by https. A stand-in on a laptop is called by plain http.
const VENDORS: [&str; 2] = [Xai::BASE_URL, Groq::BASE_URL];

static SHARED: LazyLock<HttpClient> = LazyLock::new(HttpClient::unshared);

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
    pub(super) fn get(&self, secure: bool) -> Result<reqwest::Client, ClientError> {
        let slot = if secure { &self.secure } else { &self.plain };
        if let Some(client) = slot.get() {
            return Ok(client.clone());
        }
        let client = build(secure)?;
        Ok(slot.get_or_init(|| client).clone())
    }
}

fn build(secure: bool) -> Result<reqwest::Client, ClientError> {
    let limits = reqwest::Client::builder()
        .connect_timeout(CONNECT_LIMIT)
        // Each call has a connection of its own: a frozen sandbox cannot notice that the other side went away, the
        // failure would be the vendor's in the breaker's eyes, and a handshake is a hundredth of what a reply takes.
        .pool_max_idle_per_host(0);
    let hosts = match secure {
        true => VENDORS.map(|origin| origin.trim_start_matches("https://")),
        false => ["localhost"; 2],
    };
    vendor_kit::client(limits, secure, &hosts)
}
