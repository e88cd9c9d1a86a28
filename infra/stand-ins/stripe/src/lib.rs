//! A stand-in for Stripe's API, for laptops and tests. No money moves.
//!
//! One loopback port serves the API (`/v1/...`), the pages of Checkout, the Billing Portal and invoices, and a control API
//! (`/__control`, described in `README.md`). Signed events go to the webhook endpoints that are registered.
//!
//! It shares no type, constant or parser with the product, so that a mistake cannot agree with itself, and it calls nobody but
//! webhooks on loopback addresses. Start reading at [`start`], then `serve.rs` (a request's way), `api.rs` (which call is which
//! rule) and `state.rs` (the rules).

// Stripe's objects have many fields, and `json!` takes a step for each.
#![recursion_limit = "512"]

mod api;
mod calendar;
mod control;
mod courier;
mod delivery;
mod faults;
mod form;
mod http_server;
mod idempotency;
mod journal;
mod pages;
mod problem;
mod random;
mod serve;
mod settings;
mod shape;
mod shared;
mod snapshot;
mod state;
mod store;
mod visit;
mod world;

use std::{fmt, io, net::SocketAddr, path::PathBuf, sync::Arc};

use serde_json::Value;
use stand_in_kit::{ControlCall, Running};

pub use stand_in_kit::{Clock, ListenError, ManualClock};

/// What a stand-in is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 picks a free one. Only loopback addresses are allowed.
    pub listen: SocketAddr,
    /// The time by which trials end, periods renew and webhooks are tried again. Delays, holds and time-outs take real time.
    pub clock: Clock,
    /// A folder that keeps everything but logs and faults over restarts; `None` keeps it in memory.
    pub data_dir: Option<PathBuf>,
    /// Seed of ids, of disorder and of faults with a probability; the same seed and calls give the same values.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock: Clock::system(),
            data_dir: None,
            seed: 1,
        }
    }
}

/// Why the stand-in could not start, stop or follow a control call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not loopback or taken.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The data folder could not be read or written.
    #[error("cannot use the data folder {path}")]
    Data {
        /// The file or folder in question.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// The data folder holds something that is not a snapshot of this version.
    #[error("the snapshot {path} cannot be read; remove it to start empty")]
    Snapshot {
        /// The snapshot file.
        path: PathBuf,
        /// Where reading failed.
        #[source]
        source: serde_json::Error,
    },
    /// A control call was refused.
    #[error("control call refused with {status}: {message}")]
    Refused {
        /// The HTTP status that the control API answers for it.
        status: u16,
        /// What was wrong.
        message: String,
    },
}

/// Starts the stand-in on the current Tokio runtime.
///
/// # Errors
/// When the address is not loopback or taken, or the data folder cannot be used.
pub async fn start(options: Options) -> Result<Handle, Error> {
    let (listener, address) = stand_in_kit::listen(options.listen).await?;
    let shared = shared::Shared::open(&options, format!("http://{address}"))?;
    let shared = Arc::new(shared);
    let saver = Arc::clone(&shared);
    let tasks = vec![
        tokio::spawn(http_server::serve(listener, Arc::clone(&shared))),
        tokio::spawn(courier::run(Arc::clone(&shared))),
        tokio::spawn(async move { saver.keep_saving().await }),
    ];
    Ok(Handle {
        running: Running::new(address, tasks),
        shared,
    })
}

/// A running stand-in. Dropping it stops the server; [`Handle::stop`] also writes the last snapshot.
pub struct Handle {
    running: Running,
    shared: Arc<shared::Shared>,
}

impl Handle {
    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// The base URL without a trailing slash: what a client takes for `https://api.stripe.com`.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// A cloneable handle for control calls without HTTP.
    pub fn control(&self) -> Control {
        Control {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Stops serving, which cuts requests under way, and writes the last snapshot.
    ///
    /// # Errors
    /// When the snapshot cannot be written.
    pub async fn stop(self) -> Result<(), Error> {
        self.running.stop().await;
        self.shared.save()
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Handle")
            .field("address", &self.running.address())
            .finish_non_exhaustive()
    }
}

/// Control calls in-process; the same routes as `/__control` over HTTP.
#[derive(Clone)]
pub struct Control {
    shared: Arc<shared::Shared>,
}

impl Control {
    /// Makes one control call: `verb` is an HTTP verb, `path` starts after `/__control` (for example `/faults`), `body` is
    /// the JSON body (`Value::Null` for none).
    ///
    /// # Errors
    /// [`Error::Refused`] with the status and message that the HTTP route would answer.
    pub async fn call(&self, verb: &str, path: &str, body: Value) -> Result<Value, Error> {
        control::handle(&self.shared, ControlCall::new(verb, path, body))
            .await
            .map_err(|refusal| Error::Refused {
                status: refusal.status,
                message: refusal.message,
            })
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The state holds names, addresses and webhook secrets.
        formatter.write_str("Control(***)")
    }
}
