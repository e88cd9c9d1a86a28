//! `workers.drain`: parks dead inbound updates, sealed, where a person sees them.
//!
//! Idempotent: an update is kept under an id that follows from its delivery, and one that was worked after all is
//! not kept. What cannot be kept now, or is no update, stays in the queue and goes to its own dead letters in the end.
//!
//! Actions under the tenant session: `dynamodb:BatchGetItem` on `tenant` and `work`, `dynamodb:PutItem` on `work`,
//! `dynamodb:GetItem` on `keys`, `kms:Decrypt` for purpose `data`.

use std::sync::Arc;

use app::{App, AppError};
use jobs::{Outcome, run_fifo_batch};
use lambda::{BoxFuture, SqsBatchResponse, SqsEvent, SqsMessage};

use crate::inbound::tally::Tally;
use crate::inbound::{accept, lost, work};

const FUNCTION: &str = "workers.drain";
/// Why these updates are kept.
const REASON: &str = "dead_letter";

pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    let tally = Arc::new(Tally::default());
    let work = |message: SqsMessage| -> BoxFuture<'static, Outcome> {
        let tally = tally.clone();
        Box::pin(async move { one(app, &message, &tally).await })
    };
    let response = run_fifo_batch(event, &work).await;
    tally.flush(FUNCTION);
    response
}

async fn one(app: &App, message: &SqsMessage, tally: &Tally) -> Outcome {
    let Some((delivery, trusted)) = accept(app, message) else {
        return Outcome::NotOurs;
    };
    match work::aside(app, &trusted.scope(), &delivery, REASON, tally).await {
        Ok(()) => Outcome::Done,
        Err(AppError::Absent("key")) => lost(&delivery.job, "tenant_key_absent", tally),
        Err(error) => {
            let (job, chain) = (&delivery.job, telemetry::chain(&error));
            tracing::error!(tenant.id = %job.tenant, bot.id = %job.bot, error.chain = chain, "a dead letter was not parked");
            Outcome::Retry
        }
    }
}
