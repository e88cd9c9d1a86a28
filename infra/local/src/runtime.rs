//! Runs the function binaries over the Lambda Runtime API, one process per sandbox.
//!
//! A process starts on the first invocation, is reused while warm, and is killed when it runs past its time-out. Each
//! process has a server and an access key of its own, so that every remote call can be laid at the door of the
//! invocation that made it.

pub(crate) mod calls;
mod environment;
mod kill;
pub mod log;
mod pool;
pub mod record;
pub(crate) mod relay;
pub(crate) mod sandbox;
mod server;
mod usage;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub use kill::{Kill, KillPlan};
use pool::Pool;
pub use pool::{Counts, FunctionState};
pub(crate) use pool::{Credentials, Shared};
pub(crate) use server::PAYLOAD_LIMIT;

use crate::template::Function;

/// One call of a function.
#[derive(Debug, Clone)]
pub struct Request {
    /// The event.
    pub payload: Bytes,
    /// What calls, for the record.
    pub source: String,
    /// X-Ray root id to go on with.
    pub trace_root: Option<String>,
}

/// Why an invocation has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// There is no function of that name.
    #[error("there is no function {0}")]
    Unknown(String),
    /// The event is larger than Lambda takes.
    #[error("the event has {bytes} bytes, more than 6 MB")]
    TooLarge {
        /// Size of the event.
        bytes: usize,
    },
    /// The process did not get ready.
    #[error("{function} did not start: {reason}")]
    Init {
        /// Handler of the function.
        function: String,
        /// What happened.
        reason: String,
    },
    /// The function reported an error.
    #[error("the function failed: {kind}")]
    Function {
        /// Error type.
        kind: String,
        /// The report.
        body: Bytes,
    },
    /// The function ran past its time-out.
    #[error("the function timed out")]
    TimedOut {
        /// The report as Lambda words it.
        body: Bytes,
    },
    /// The process ended in the middle.
    #[error("the function's process ended: {reason}")]
    Exited {
        /// Exit status or reason.
        reason: String,
    },
    /// The host is stopping.
    #[error("the host is stopping")]
    Stopped,
}

/// All functions of a deployment.
pub struct Functions {
    pools: BTreeMap<String, Arc<Pool>>,
    pub(crate) shared: Arc<Shared>,
}

impl Functions {
    pub(crate) fn new(functions: &[Function], concurrency: u32, shared: Arc<Shared>) -> Self {
        let pool =
            |function: &Function| Pool::new(function.clone(), concurrency, Arc::clone(&shared));
        let pools = functions
            .iter()
            .map(|f| (f.name.clone(), Arc::new(pool(f))))
            .collect();
        Self { pools, shared }
    }

    /// Runs one invocation and waits for its answer.
    ///
    /// # Errors
    /// See [`InvokeError`].
    pub async fn invoke(&self, function: &str, request: Request) -> Result<Bytes, InvokeError> {
        self.pool(function)?.invoke(request).await
    }

    /// The name of a function by name, logical id or handler.
    #[must_use]
    pub fn resolve(&self, wanted: &str) -> Option<&str> {
        self.pool(wanted)
            .ok()
            .map(|pool| pool.function.name.as_str())
    }

    /// All functions with their processes and totals.
    #[must_use]
    pub fn states(&self) -> Vec<FunctionState> {
        self.pools.values().map(|pool| pool.state()).collect()
    }

    /// Kills all processes of a function at once, in the middle of whatever they do.
    ///
    /// # Errors
    /// When there is no such function.
    pub async fn kill(&self, function: &str) -> Result<usize, InvokeError> {
        Ok(self.pool(function)?.kill("killed by request").await)
    }

    /// New invocations of a function wait until [`Functions::resume`].
    ///
    /// # Errors
    /// When there is no such function.
    pub fn pause(&self, function: &str) -> Result<(), InvokeError> {
        self.pool(function)?.pause(true);
        Ok(())
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// When there is no such function.
    pub fn resume(&self, function: &str) -> Result<(), InvokeError> {
        self.pool(function)?.pause(false);
        Ok(())
    }

    /// Whether nothing is under way besides so many invocations of each function.
    pub(crate) fn are_quiet(&self, besides: &BTreeMap<String, usize>) -> bool {
        let is_quiet = |(name, pool): (&String, &Arc<Pool>)| {
            pool.under_way() <= besides.get(name).copied().unwrap_or(0)
        };
        self.pools.iter().all(is_quiet)
    }

    /// Whether invocations of a function wait for [`Functions::resume`].
    pub(crate) fn is_paused(&self, function: &str) -> bool {
        self.pool(function).is_ok_and(|pool| pool.is_paused())
    }

    /// Starts all functions afresh: idle processes end now, busy ones after their invocation.
    pub async fn recycle(&self) {
        futures::future::join_all(self.pools.values().map(|pool| pool.recycle())).await;
    }

    /// Takes no new work, gives running invocations up to `grace` to end, then kills what is left.
    pub(crate) async fn stop(&self, grace: Duration) {
        for pool in self.pools.values() {
            pool.close();
        }
        let deadline = tokio::time::Instant::now() + grace;
        while tokio::time::Instant::now() < deadline
            && self.pools.values().any(|pool| pool.busy_count() > 0)
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        futures::future::join_all(self.pools.values().map(|pool| pool.kill("the host stops")))
            .await;
    }

    pub(crate) async fn kill_all(&self) {
        futures::future::join_all(self.pools.values().map(|pool| pool.kill("reset"))).await;
    }

    fn pool(&self, wanted: &str) -> Result<&Arc<Pool>, InvokeError> {
        self.pools
            .get(wanted)
            .or_else(|| {
                let is_it = |pool: &&Arc<Pool>| {
                    pool.function.handler == wanted || pool.function.logical_id == wanted
                };
                self.pools.values().find(is_it)
            })
            .ok_or_else(|| InvokeError::Unknown(wanted.to_owned()))
    }
}
