//! `workers.inbound`: turns updates into messages and profiles.
//!
//! Messages of one chat in order, chats side by side. Per update: one read of all rows that it concerns, one pure
//! decision, one transaction; if a command was answered, one ring. In a new sandbox before that: a tenant session, the
//! tenant's key and its opening. Sequential remote calls warm: 2, with a reply 3, where a turn that waits may end one more; none
//! for what is not stored.
//!
//! Actions under the tenant session: `dynamodb:BatchGetItem` on `tenant`, `work` and `keys`; `dynamodb:GetItem` and
//! `dynamodb:PutItem` on `keys`; `dynamodb:PutItem` on `tenant`, for `/forget` and for a fan's new name
//! `dynamodb:DeleteItem`, for `/forget` and where a turn that waits may end `dynamodb:Query`, for an account that is connected
//! `dynamodb:ConditionCheckItem`; `dynamodb:PutItem` and `dynamodb:DeleteItem` on `work`; for
//! `/delete` and a link of alerts that was opened `dynamodb:PutItem` on `audit`; `kms:Decrypt` for purpose `data`, for the mail
//! about such a link `kms:Encrypt` for purpose `mail`; for a new fan `dynamodb:PutItem` on `routing` (that the workspace holds the
//! person). Under the function's own session, for the key of that mark, every five minutes in which there is a new fan:
//! `dynamodb:GetItem` on `routing` and `kms:Decrypt` for purpose `platform`; with the first fan of a deployment
//! `dynamodb:PutItem` and `kms:Encrypt`. Besides, `sqs:SendMessage` on the doorbell queue, Sofi's, `alerts`, `erasures`, `audit`
//! and `mail`, `sqs:ChangeMessageVisibility` on the inbound queue.

mod alert;
mod asked;
mod business;
mod content;
mod decide;
mod erased;
mod exporting;
mod failure;
mod load;
pub(crate) mod park;
mod save;
mod sofi;
pub(crate) mod state;
mod subject;
pub(crate) mod tally;
mod words;
pub(crate) mod work;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::App;
use futures::FutureExt;
use futures::future::join_all;
use jobs::{InboundUpdate, Outcome, run_fifo_batch};
use lambda::{BoxFuture, Invocation, SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};
use tenancy::{TenantScope, TrustedJob, Worker};

use failure::{Cure, cure};
use park::Delivery;
use tally::{Split, Tally};

const FUNCTION: &str = "workers.inbound";
/// So often an update is tried that needs what another one brings.
const AWAITED: u32 = 3;

pub(crate) async fn handle(
    app: &'static App,
    event: SqsEvent,
    _invocation: Invocation,
) -> SqsBatchResponse {
    let tally = Arc::new(Tally::default());
    let strangers = Arc::new(Mutex::new(Vec::new()));
    let mut receipts = receipts(&event);
    let work = |message: SqsMessage| -> BoxFuture<'static, Outcome> {
        let (tally, strangers) = (tally.clone(), strangers.clone());
        Box::pin(async move {
            let outcome = one(app, &message, &tally).await;
            if outcome == Outcome::NotOurs {
                let mut strangers = strangers.lock().unwrap_or_else(PoisonError::into_inner);
                strangers.push(message.id().to_owned());
            }
            outcome
        })
    };
    let response = run_fifo_batch(event, &work).await;
    // What is no job goes to the dead letters without a pause: as long as it is hidden, its chat waits behind it.
    {
        let strangers = strangers.lock().unwrap_or_else(PoisonError::into_inner);
        let found = receipts.iter_mut();
        for receipt in found.filter(|receipt| strangers.contains(&receipt.id)) {
            receipt.pause = Duration::ZERO;
        }
    }
    postpone(app, &receipts, &response).await;
    tally.flush(FUNCTION);
    response
}

/// What is needed to hide a message for a while: its id, its receipt handle, and for how long.
struct Receipt {
    id: String,
    handle: String,
    pause: Duration,
}

fn receipts(event: &SqsEvent) -> Vec<Receipt> {
    let receipt = |message: &SqsMessage| Receipt {
        id: message.id().to_owned(),
        handle: message.receipt_handle.clone().unwrap_or_default(),
        pause: pause(message.receive_count()),
    };
    event.records.iter().map(receipt).collect()
}

/// 2, 4, 8 seconds; before the last try a minute, so that a short outage fills no dead letters.
fn pause(receive_count: u32) -> Duration {
    Duration::from_secs(match receive_count {
        0 | 1 => 2,
        2 => 4,
        3 => 8,
        _ => 60,
    })
}

/// A handed-back message would stay hidden for six minutes and its whole chat with it; so all of them, the unworked
/// ones too, come back soon. Failing to say so only makes it later.
async fn postpone(app: &App, receipts: &[Receipt], response: &SqsBatchResponse) {
    let handed_back = |receipt: &&Receipt| {
        response
            .batch_item_failures
            .iter()
            .any(|failure| failure.item_identifier == receipt.id)
    };
    let calls = receipts.iter().filter(handed_back).map(async |receipt| {
        if let Err(error) = app
            .jobs
            .postpone_inbound(&receipt.handle, receipt.pause)
            .await
        {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "a message was not postponed"
            );
        }
    });
    join_all(calls).await;
}

async fn one(app: &App, message: &SqsMessage, tally: &Tally) -> Outcome {
    let Some((delivery, trusted)) = accept(app, message) else {
        return Outcome::NotOurs;
    };
    let (scope, job) = (trusted.scope(), &delivery.job);
    // A panic is this update's misfortune, not the batch's.
    let worked = AssertUnwindSafe(Box::pin(work::work(app, &scope, &delivery, tally)))
        .catch_unwind()
        .await;
    let (cure, chain) = match worked {
        Ok(Ok(())) => return Outcome::Done,
        Ok(Err(error)) => (cure(&error), telemetry::chain(&error)),
        Err(_panic) => (
            Cure::Park("panic"),
            telemetry::take_panic_location().unwrap_or_default(),
        ),
    };
    tracing::error!(tenant.id = %job.tenant, bot.id = %job.bot, attempt = message.receive_count(), error.chain = chain, "an update was not worked");
    match cure {
        Cure::Later => Outcome::Retry,
        Cure::Await(_) if message.receive_count() < AWAITED => Outcome::Retry,
        Cure::Drop => lost(job, "tenant_key_absent", tally),
        Cure::Await(reason) | Cure::Park(reason) => {
            set_aside(app, &scope, &delivery, reason, tally).await
        }
    }
}

/// The update and the proof that one of our own functions queued it; nothing for a message that is no such job.
pub(crate) fn accept(app: &App, message: &SqsMessage) -> Option<(Delivery, TrustedJob)> {
    let (job, trusted) = jobs::accept::<InboundUpdate>(message, &app.config.source_queue)?;
    let unique = message
        .attributes
        .get("MessageDeduplicationId")
        .cloned()
        .unwrap_or_default();
    Some((Delivery { job, unique }, trusted))
}

async fn set_aside(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    reason: &'static str,
    tally: &Tally,
) -> Outcome {
    let error = match work::aside(app, scope, delivery, reason, tally).await {
        Ok(()) => return Outcome::Done,
        Err(error) => error,
    };
    match cure(&error) {
        Cure::Drop => lost(&delivery.job, "tenant_key_absent", tally),
        // The dead letters' drain parks it, or an operator sees it there.
        Cure::Later | Cure::Await(_) | Cure::Park(_) => Outcome::Retry,
    }
}

/// Nobody is left to keep it for.
pub(crate) fn lost(job: &InboundUpdate, code: &'static str, tally: &Tally) -> Outcome {
    tracing::error!(tenant.id = %job.tenant, bot.id = %job.bot, code, "an update was dropped");
    tally.count("updates_dropped", Split::Code(code));
    Outcome::Done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_failed_comes_back_soon_at_first_and_later_before_its_last_try() {
        let pauses: Vec<u64> = [0, 1, 2, 3, 4, 9]
            .map(|count| pause(count).as_secs())
            .to_vec();
        assert_eq!(pauses, [2, 2, 4, 8, 60, 60]);
    }
}
