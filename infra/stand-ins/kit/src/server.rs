//! One loopback port over hyper, which lets a scripted fault cut a connection at any point.

use std::{io, net::SocketAddr, time::Duration};

use http::{Request, Response};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    task::{JoinHandle, JoinSet},
};

use crate::wire::{Body, Cut};

/// Why a stand-in cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address is not a loopback one: the control API has no authentication and must not be reachable from outside.
    #[error("the stand-in listens on loopback addresses only, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("cannot listen on {address}")]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// Why the system refused it.
        #[source]
        source: io::Error,
    },
}

/// Takes a loopback address, and says which one that is: port 0 picks a free one.
///
/// # Errors
/// When the address is not loopback or taken.
pub async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ListenError> {
    if !address.ip().is_loopback() {
        return Err(ListenError::NotLoopback(address));
    }
    let failed = |source| ListenError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let taken = listener.local_addr().map_err(failed)?;
    Ok((listener, taken))
}

/// The connections of a server. They end with it: a set that is dropped aborts what is in it.
#[derive(Debug, Default)]
pub struct Connections(JoinSet<Result<(), hyper::Error>>);

impl Connections {
    /// Accepts connections and answers their requests, for ever. When it is cancelled, the connections go on.
    pub async fn accept<R, F>(&mut self, listener: &TcpListener, respond: R)
    where
        R: Fn(Request<Incoming>) -> F + Clone + Send + 'static,
        F: Future<Output = Result<Response<Body>, Cut>> + Send + 'static,
    {
        loop {
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Too many open files, most likely: the next accept may succeed.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            // Answers are small and somebody waits for each.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "cannot switch off delayed sending");
            }
            self.0.spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service_fn(respond.clone())),
            );
            while self.0.try_join_next().is_some() {}
        }
    }
}

/// The tasks of a stand-in, and where it listens. Dropping it stops them.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Keeps tasks that were spawned.
    pub fn new(address: SocketAddr, tasks: Vec<JoinHandle<()>>) -> Self {
        Self { address, tasks }
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the tasks and waits for their end; requests under way are cut.
    pub async fn stop(mut self) {
        for task in self.tasks.drain(..) {
            task.abort();
            // A cancelled task reports its own cancellation: nothing to learn from it.
            let _ = task.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
