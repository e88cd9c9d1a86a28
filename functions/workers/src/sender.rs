//! The sender: one per bot at a time (the doorbell's FIFO group), drains the bot's outbox lane by lane.
//!
//! `sending` is written before the call to Telegram. A row found in that state after its lease belongs to a sender that
//! died: its fate is unknown and it is never sent again by itself. Everything that Telegram surely did not take goes back
//! to `queued`; a 429 stops the whole bot until its time has passed. The queue's visibility is six times this function's
//! time-out; a ring is held for one, so that a sender that dies keeps its bot silent for a minute and not for six. Uses, in the tenant's session: Query, BatchGetItem,
//! GetItem, PutItem, DeleteItem, ConditionCheckItem on `work`; BatchGetItem, GetItem, PutItem, DeleteItem,
//! ConditionCheckItem, Query (when a bot is suspended) on `tenant`; BatchGetItem, GetItem on `keys`; kms:Decrypt for `data` and `telegram`,
//! kms:Encrypt for `mail`; and sqs:SendMessage on doorbell, wake and, with the mails about a suspended bot, on mail,
//! sqs:ChangeMessageVisibility on the doorbell. And s3:GetObject for the files of fans' exports. In its own: GetItem on `routing` (when a
//! member's chats ended).

mod alert;
mod decide;
mod document;
mod gone;
mod rest;
mod settle;
mod turn;
mod typing;

use std::time::Duration;

use app::{App, AppError};
use jobs::{Doorbell, Outcome, accept, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};
use thiserror::Error;

/// How much longer a ring is held than what it waits for, so that two never look at the same moment.
const HELD_LONGER: Duration = Duration::from_secs(2);

/// Why a ring could not be answered; it comes back.
#[derive(Debug, Error)]
pub(crate) enum SenderError {
    /// Rows, keys or queues.
    #[error("the sender could not do its bookkeeping")]
    App(#[from] AppError),
    /// The client for Telegram.
    #[error("no client for Telegram")]
    Client(#[from] telegram::ClientError),
    /// A message may be in the hands of another sender for so long yet.
    #[error("another sender may hold a message")]
    Held(Duration),
}

impl From<store::StoreError> for SenderError {
    fn from(error: store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<vault::VaultError> for SenderError {
    fn from(error: vault::VaultError) -> Self {
        Self::App(error.into())
    }
}

impl From<jobs::JobsError> for SenderError {
    fn from(error: jobs::JobsError) -> Self {
        Self::App(error.into())
    }
}

/// Answers rings of the doorbell.
pub(crate) async fn handle(
    app: &'static App,
    event: SqsEvent,
    invocation: Invocation,
) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| {
        Box::pin(answer_ring(app, message, invocation.clone()))
    })
    .await
}

async fn answer_ring(app: &'static App, message: SqsMessage, invocation: Invocation) -> Outcome {
    let Some((ring, job)) = accept::<Doorbell>(&message, &app.config.source_queue) else {
        // At once: as long as it is hidden, the bot's rings wait behind it.
        postpone(app, &message, Duration::ZERO).await;
        return Outcome::NotOurs;
    };
    let scope = job.scope();
    let (drained, ()) = futures::join!(
        Box::pin(turn::drain(app, &scope, ring.bot, &invocation)),
        postpone(app, &message, invocation.left() + HELD_LONGER)
    );
    match drained {
        Ok(()) => Outcome::Done,
        Err(SenderError::App(AppError::Absent(_))) => Outcome::Done,
        Err(SenderError::Held(left)) => {
            postpone(app, &message, left + HELD_LONGER).await;
            Outcome::Retry
        }
        Err(error) => {
            tracing::warn!(
                bot.id = ring.bot.to_string(),
                error.chain = telemetry::chain(&error),
                "sender must try again"
            );
            let delay = Duration::from_secs(1 << message.receive_count().clamp(1, 6));
            postpone(app, &message, delay).await;
            Outcome::Retry
        }
    }
}

/// Brings the ring back after so long instead of the queue's long visibility, if it is not answered by then.
async fn postpone(app: &App, message: &SqsMessage, delay: Duration) {
    let receipt = message.receipt_handle.as_deref().unwrap_or_default();
    if let Err(error) = app.jobs.postpone_ring(receipt, delay).await {
        tracing::warn!(
            error.chain = telemetry::chain(&error),
            "ring could not be postponed"
        );
    }
}
