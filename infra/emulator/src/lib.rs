//! A small AWS made of real protocols, on one loopback port.
//!
//! DynamoDB (dynoxide on SQLite), SQS, KMS, S3, SES v1, STS and EventBridge Scheduler, with IAM enforced on every call,
//! every call recorded, and a gate around every call for faults. The laptop host embeds it; functions and tests reach it
//! through unchanged AWS SDKs with `AWS_ENDPOINT_URL` set to [`Emulator::endpoint`].
//!
//! # For the host
//!
//! ```no_run
//! # async fn example() -> Result<(), emulator::Error> {
//! use std::sync::Arc;
//! use emulator::{Emulator, Options, ShiftClock, iam::Role};
//!
//! let emulator = Emulator::start(Options::new(Arc::new(ShiftClock::default()))).await?;
//! emulator.iam().put_role(Role {
//!     arn: "arn:aws:iam::000000000000:role/fans-get".into(),
//!     policies: vec![serde_json::json!({"Statement": []})],
//!     trust: serde_json::json!({"Statement": []}),
//! })?;
//! let key = emulator.iam().issue_key("arn:aws:iam::000000000000:role/fans-get")?;
//! // AWS_ENDPOINT_URL=endpoint, AWS_ACCESS_KEY_ID=key.id, AWS_SECRET_ACCESS_KEY=key.secret, AWS_SESSION_TOKEN
//! # let _ = (emulator.endpoint(), key);
//! # Ok(())
//! # }
//! ```
//!
//! - Roles and keys: [`iam::Iam`]. Requests signed with a role's key must carry its session token, as on Lambda.
//! - Event sources poll in-process: [`sqs::Sqs::receive`] long-polls without a busy loop.
//! - Recording: [`record::Recorder`]; a [`record::Check`] replays with [`iam::evaluate`]. Correlate a call with an
//!   invocation by `principal.access_key_id` (a session from STS: by `principal.role_arn`) or by `trace_id`.
//! - Faults and kill points: [`gate::Gate`] through [`Emulator::set_gate`].
//! - Time: everything follows the given [`Clock`]; moving a [`ShiftClock`] wakes all that waits.

pub mod clock;
pub mod dynamodb;
pub mod error;
pub mod gate;
mod gateway;
pub mod iam;
pub mod kms;
pub mod record;
pub mod s3;
pub mod scheduler;
pub mod ses;
pub mod sqs;
mod state;
mod sts;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;
use tokio::task::JoinSet;

pub use clock::{Clock, ManualClock, ShiftClock};
pub use dynoxide::Database;
pub use error::{Error, ServiceError};

/// How to start an emulator.
#[derive(Clone)]
pub struct Options {
    /// Loopback address to listen on; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Folder for all state; `None` keeps everything in memory.
    pub data_dir: Option<PathBuf>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Twelve digits.
    pub account_id: String,
    /// Region of every ARN and queue URL.
    pub region: String,
}

impl Options {
    /// In memory, on a free port, account `000000000000`, region `eu-central-1`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data_dir: None,
            clock,
            account_id: "000000000000".into(),
            region: "eu-central-1".into(),
        }
    }
}

/// A running emulator; clones share it. Stop it with [`Emulator::stop`].
#[derive(Clone)]
pub struct Emulator {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    address: SocketAddr,
    region: String,
    clock: Arc<dyn Clock>,
    iam: iam::Iam,
    dynamodb: dynamodb::DynamoDb,
    sqs: sqs::Sqs,
    kms: kms::Kms,
    s3: s3::S3,
    ses: ses::Ses,
    sts: sts::Sts,
    scheduler: scheduler::Scheduler,
    recorder: record::Recorder,
    gate: RwLock<Option<Arc<dyn gate::Gate>>>,
    stop: watch::Sender<bool>,
    tasks: tokio::sync::Mutex<JoinSet<()>>,
}

impl Emulator {
    /// Opens the state, binds the port and starts serving.
    pub async fn start(options: Options) -> Result<Self, Error> {
        let listen_error = |source| Error::Listen {
            address: options.listen,
            source,
        };
        let listener = tokio::net::TcpListener::bind(options.listen)
            .await
            .map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        if let Some(folder) = &options.data_dir {
            std::fs::create_dir_all(folder).map_err(Error::DataFolder)?;
        }
        let file = options
            .data_dir
            .as_ref()
            .map(|folder| folder.join("aws-state.sqlite"));
        let state = state::State::open(file.as_deref())?;
        let place = Place {
            endpoint: format!("http://{address}"),
            account_id: options.account_id.clone(),
            region: options.region.clone(),
            clock: options.clock.clone(),
            state,
        };
        let stop = watch::Sender::new(false);
        let mut tasks = JoinSet::new();
        let iam = iam::Iam::open(
            place.state.clone(),
            place.clock.clone(),
            &options.account_id,
        )?;
        let sqs = sqs::Sqs::open(&place)?;
        let tables = options
            .data_dir
            .as_ref()
            .map(|folder| folder.join("dynamodb.sqlite"));
        let inner = Arc::new(Inner {
            address,
            region: options.region,
            clock: options.clock,
            dynamodb: dynamodb::DynamoDb::open(
                &place,
                tables.as_deref(),
                stop.subscribe(),
                &mut tasks,
            )?,
            kms: kms::Kms::open(&place)?,
            s3: s3::S3::open(&place)?,
            ses: ses::Ses::open(&place, sqs.clone())?,
            sts: sts::Sts::new(&place, iam.clone()),
            scheduler: scheduler::Scheduler::open(&place, sqs.clone(), iam.clone(), &mut tasks)?,
            sqs,
            iam,
            recorder: record::Recorder::default(),
            gate: RwLock::new(None),
            stop,
            tasks: tokio::sync::Mutex::new(tasks),
        });
        let serving = gateway::serve(listener, inner.clone(), inner.stop.subscribe());
        inner.tasks.lock().await.spawn(serving);
        Ok(Self { inner })
    }

    /// `http://127.0.0.1:<port>`, without a slash at the end: the value for `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// The address listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.inner.address
    }

    /// The region given at the start.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.inner.region
    }

    /// The clock given at the start.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// Roles, keys, sessions.
    #[must_use]
    pub fn iam(&self) -> &iam::Iam {
        &self.inner.iam
    }

    /// Tables.
    #[must_use]
    pub fn dynamodb(&self) -> &dynamodb::DynamoDb {
        &self.inner.dynamodb
    }

    /// Queues.
    #[must_use]
    pub fn sqs(&self) -> &sqs::Sqs {
        &self.inner.sqs
    }

    /// Keys for encryption.
    #[must_use]
    pub fn kms(&self) -> &kms::Kms {
        &self.inner.kms
    }

    /// Buckets.
    #[must_use]
    pub fn s3(&self) -> &s3::S3 {
        &self.inner.s3
    }

    /// Mail.
    #[must_use]
    pub fn ses(&self) -> &ses::Ses {
        &self.inner.ses
    }

    /// Schedules.
    #[must_use]
    pub fn scheduler(&self) -> &scheduler::Scheduler {
        &self.inner.scheduler
    }

    /// The record of calls.
    #[must_use]
    pub fn recorder(&self) -> &record::Recorder {
        &self.inner.recorder
    }

    /// Sets or removes the gate around every call.
    pub fn set_gate(&self, gate: Option<Arc<dyn gate::Gate>>) {
        *self
            .inner
            .gate
            .write()
            .unwrap_or_else(PoisonError::into_inner) = gate;
    }

    /// Stops serving and waits until all tasks have ended. Long polls are answered empty.
    pub async fn stop(&self) {
        self.inner.stop.send_replace(true);
        self.inner.scheduler.stop();
        self.inner.sqs.stop();
        let mut tasks = self.inner.tasks.lock().await;
        while tasks.join_next().await.is_some() {}
    }
}

/// What every service needs to know about where it is.
#[derive(Clone)]
pub(crate) struct Place {
    pub endpoint: String,
    pub account_id: String,
    pub region: String,
    pub clock: Arc<dyn Clock>,
    pub state: state::State,
}

impl Place {
    /// `arn:aws:<service>:<region>:<account>:<resource>`
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!(
            "arn:aws:{service}:{}:{}:{resource}",
            self.region, self.account_id
        )
    }
}

#[cfg(test)]
mod tests;

/// Waits until the flag is raised (or nobody is left to raise it).
pub(crate) async fn stopped(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|raised| *raised).await;
}
