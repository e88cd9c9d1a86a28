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
use tokio::{net::TcpListener, task::JoinHandle};

pub use stand_in_kit::{Clock, ManualClock};

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
    /// The address is not a loopback one: the control API has no authentication and must not be reachable from outside.
    #[error("the stand-in listens on loopback addresses only, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// Why the system refused it.
        #[source]
        source: io::Error,
    },
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
    if !options.listen.ip().is_loopback() {
        return Err(Error::NotLoopback(options.listen));
    }
    let failed = |source| Error::Listen {
        address: options.listen,
        source,
    };
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let shared = shared::Shared::open(&options, format!("http://{address}"))?;
    let shared = Arc::new(shared);
    let saver = Arc::clone(&shared);
    let tasks = vec![
        tokio::spawn(http_server::serve(listener, Arc::clone(&shared))),
        tokio::spawn(courier::run(Arc::clone(&shared))),
        tokio::spawn(async move { saver.keep_saving().await }),
    ];
    Ok(Handle {
        address,
        shared,
        tasks,
    })
}

/// A running stand-in. Dropping it stops the server; [`Handle::stop`] also writes the last snapshot.
pub struct Handle {
    address: SocketAddr,
    shared: Arc<shared::Shared>,
    tasks: Vec<JoinHandle<()>>,
}

impl Handle {
    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL without a trailing slash: what a client takes for `https://api.stripe.com`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
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
    pub async fn stop(mut self) -> Result<(), Error> {
        for task in self.tasks.drain(..) {
            task.abort();
            // A cancelled task reports its own cancellation: nothing to learn from it.
            let _ = task.await;
        }
        self.shared.save()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Handle")
            .field("address", &self.address)
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
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        control::handle(&self.shared, verb, path, query, body)
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
