//! Rings doorbells that were asked for later: from the standard queue `wake`, which knows delays, to the FIFO doorbell,
//! which knows none. Uses sqs:SendMessage on the doorbell.

use app::App;
use jobs::{Outcome, Wake, accept, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage};

/// Rings for every message.
pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(ring(app, message))).await
}

async fn ring(app: &App, message: SqsMessage) -> Outcome {
    let Some((wake, _)) = accept::<Wake>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    match app.jobs.ring(wake.tenant, wake.bot, &app.unique()).await {
        Ok(()) => Outcome::Done,
        Err(error) => {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "wake could not ring"
            );
            Outcome::Retry
        }
    }
}
