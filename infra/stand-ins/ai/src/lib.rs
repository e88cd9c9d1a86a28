//! A stand-in for two AI vendors, xAI and Groq, for laptops and tests.
//!
//! One loopback port serves xAI's Responses API (`/v1/responses`), Groq's chat and transcriptions (`/openai/v1/...`), both
//! lists of models, a page that shows what was asked (`/`), and a control API (`/__control`, described in `README.md`).
//! No language model runs: an answer is a labelled template that is picked by a hash, or what a script says.
//!
//! It shares no type, constant or parser with the product, so that a mistake cannot agree with itself, and it calls nobody.
//! Start reading at [`start`], then `serve.rs` (a request's way), `reply.rs` (what is answered) and `wire.rs` (in which form).

mod audio;
mod control;
mod faults;
mod http_server;
mod journal;
mod models;
mod page;
mod random;
mod replies;
mod reply;
mod schema;
mod serve;
mod shared;
mod tokens;
mod wire;
mod world;

use std::{fmt, net::SocketAddr, sync::Arc};

use serde_json::Value;
use stand_in_kit::{ControlCall, Running};

pub use stand_in_kit::{Clock, ListenError, ManualClock};

/// What a stand-in is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 picks a free one. Only loopback addresses are allowed.
    pub listen: SocketAddr,
    /// The time that answers and the log are stamped with. Delays, holds and hangs take real time.
    pub clock: Clock,
    /// Seed of ids and of faults with a probability; the same seed and calls give the same values.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock: Clock::system(),
            seed: 1,
        }
    }
}

/// Why the stand-in could not start or follow a control call.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not loopback or taken.
    #[error(transparent)]
    Listen(#[from] ListenError),
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
/// When the address is not loopback or taken.
pub async fn start(options: Options) -> Result<Handle, Error> {
    let (listener, address) = stand_in_kit::listen(options.listen).await?;
    let shared = Arc::new(shared::Shared::new(&options));
    let server = tokio::spawn(http_server::serve(listener, Arc::clone(&shared)));
    Ok(Handle {
        running: Running::new(address, vec![server]),
        shared,
    })
}

/// A running stand-in. Dropping it stops the server.
pub struct Handle {
    running: Running,
    shared: Arc<shared::Shared>,
}

impl Handle {
    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// The base URL without a trailing slash: both vendors' base address, and the page's.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// A cloneable handle for control calls without HTTP.
    pub fn control(&self) -> Control {
        Control {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Stops serving; requests under way are cut.
    pub async fn stop(self) {
        self.running.stop().await;
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
        // The state holds prompts.
        formatter.write_str("Control(***)")
    }
}
