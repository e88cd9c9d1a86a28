//! A stand-in for the Telegram Bot API, for laptops and tests.
//!
//! It serves four things on one loopback port: the Bot API (`/bot<token>/<method>`), file downloads (`/file/bot<token>/<path>`), a page
//! on which one person is several fans (`/`), and a control API (`/__control`, described in `README.md`). Updates are delivered to webhooks
//! with Telegram's rules of order, retry and expiry.
//!
//! It shares no type, constant or parser with the product, so that a mistake cannot agree with itself. It never calls any
//! address but loopback ones. Start reading at [`start`], then `world.rs` (the state) and `delivery.rs` (the queue rules).

mod api;
mod content;
mod control;
mod courier;
mod delivery;
mod faults;
mod http_server;
mod journal;
mod limits;
mod page;
mod random;
mod shared;
mod synthetic;
mod updates;
mod world;

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

use serde_json::Value;
use stand_in_kit::{ControlCall, Running};

pub use stand_in_kit::{Clock, ListenError, ManualClock};

/// What a stand-in is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 picks a free one. Only loopback addresses are allowed.
    pub listen: SocketAddr,
    /// The time of every rule (retry, expiry, rate limits, pre-checkout).
    pub clock: Clock,
    /// A folder that keeps bots, chats, webhooks and pending updates over restarts; `None` keeps them in memory.
    pub data_dir: Option<PathBuf>,
    /// Seed of every random choice (tokens, update ids, retry jitter); the same seed and calls give the same values.
    pub seed: u64,
    /// Whether Telegram's rate limits start switched on; the control API can switch them later.
    pub rate_limits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock: Clock::system(),
            data_dir: None,
            seed: 1,
            rate_limits: true,
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
    let shared = Arc::new(shared::Shared::open(&options)?);
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
#[derive(Debug)]
pub struct Handle {
    running: Running,
    shared: Arc<shared::Shared>,
}

impl Handle {
    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// The base URL without a trailing slash: the Bot API's root, and the page's address.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// A cloneable handle for control calls without HTTP.
    pub fn control(&self) -> Control {
        Control {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Stops serving and delivering, and writes the last snapshot.
    ///
    /// # Errors
    /// When the snapshot cannot be written.
    pub async fn stop(self) -> Result<(), Error> {
        self.running.stop().await;
        self.shared.save()
    }
}

/// Control calls in-process; the same routes as `/__control` over HTTP.
#[derive(Clone, Debug)]
pub struct Control {
    shared: Arc<shared::Shared>,
}

impl Control {
    /// Makes one control call: `verb` is an HTTP verb, `path` starts after `/__control` (for example `/bots`), `body` is
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

    /// Tells the stand-in that the host's clock has jumped, so that due deliveries go out at once.
    pub fn clock_moved(&self) {
        self.shared.wake();
    }
}
