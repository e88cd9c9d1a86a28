//! Queue messages and how batches are worked: the only crate that may use the SQS SDK.
//!
//! Messages carry a version, ids and, for updates, the body as Telegram sent it; the queues are encrypted and only our
//! roles may write them. Consumers are idempotent on business keys, never on SQS message ids.

mod batch;
mod billing;
mod job;
mod message;
mod queue;

use thiserror::Error;

pub use batch::{Outcome, Work, run_fifo_batch};
pub use billing::{BillingSync, Hint, Whose};
pub use job::{Job, Unaddressed, accept, accept_unaddressed};
pub use message::{
    AlertWord, AuditRing, ClosingJob, Doorbell, ErasureJob, ErasuresJob, ExportJob, InboundUpdate,
    MailJob, ReplayJob, RetentionJob, Said, SofiTurn, Wake,
};
pub use queue::{Jobs, QueueUrls};

/// Why a message could not be queued or postponed.
#[derive(Debug, Error)]
pub enum JobsError {
    /// The queue's address is not in this function's environment.
    #[error("this function has no queue {0}")]
    NoQueue(&'static str),
    /// SQS refused or did not answer.
    #[error("the queue did not answer as expected")]
    Queue(#[source] Box<dyn std::error::Error + Send + Sync>),
}
