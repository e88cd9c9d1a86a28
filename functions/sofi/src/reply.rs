//! `sofi.reply`: answers what a fan wrote, once.
//!
//! A turn (see [`store::row::TurnRow`]) waits in the conversation. The job reads everything in one round trip, decides,
//! claims the turn together with a part of the day's budget, asks a vendor, checks what it wrote, and ends the turn in
//! one transaction that holds the reply. Whatever happens meanwhile (a newer message, a person who takes over, care
//! mode) changes a row that this transaction asks about; the reply is then not taken. A process that dies leaves a
//! claim whose lease ends; `tick` has the turn looked at again.
//!
//! Sequential calls, warm: 1 to read, 1 to claim, the vendor, 1 to end, 1 to ring. Uses, in the tenant's session:
//! BatchGetItem on `tenant`, `work`, `keys`; Query on `tenant`; GetItem on `keys`; PutItem and ConditionCheckItem on
//! `tenant`; PutItem, DeleteItem and ConditionCheckItem on `work`; kms:Decrypt for `data`, kms:Encrypt for `mail`.
//! And in its own: GetItem on `routing` (platform secrets), kms:Decrypt for `platform`, sqs:SendMessage on doorbell, wake,
//! mail-bulk and its own queue.

mod again;
mod ask;
mod bill;
mod claim;
mod decide;
mod distress;
mod finish;
mod history;
mod load;
mod plan;
mod tell;
mod turn;
mod withheld;

use app::{App, AppError};
use jobs::{Outcome, SofiTurn, accept, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage};
use thiserror::Error;

use crate::vendors::VendorsError;

/// Why a turn could not be worked now; it is looked at again.
#[derive(Debug, Error)]
pub(crate) enum ReplyError {
    /// Rows, keys or queues.
    #[error("Sofi could not do its bookkeeping")]
    App(#[from] AppError),
    /// The vendors' keys or clients.
    #[error("the vendors could not be made ready")]
    Vendors(#[from] VendorsError),
    /// The mail to the workspace's owners.
    #[error("the owners could not be told")]
    Mail(#[from] mail::MailError),
}

impl From<store::StoreError> for ReplyError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<vault::VaultError> for ReplyError {
    fn from(error: vault::VaultError) -> Self {
        Self::App(error.into())
    }
}

impl From<jobs::JobsError> for ReplyError {
    fn from(error: jobs::JobsError) -> Self {
        Self::App(error.into())
    }
}

/// Looks at every conversation of a batch.
pub(crate) async fn handle(
    app: &'static App,
    event: SqsEvent,
    invocation: Invocation,
) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| {
        Box::pin(one(app, message, invocation.clone()))
    })
    .await
}

async fn one(app: &'static App, message: SqsMessage, invocation: Invocation) -> Outcome {
    let Some((job, trusted)) = accept::<SofiTurn>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    match Box::pin(turn::work(app, &trusted.scope(), &job, &invocation)).await {
        Ok(()) | Err(ReplyError::App(AppError::Absent(_))) => Outcome::Done,
        Err(error) => {
            tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, error.chain = telemetry::chain(&error), "a turn was not worked");
            Outcome::Retry
        }
    }
}
