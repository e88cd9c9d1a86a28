//! Rings doorbells that were asked for later: from the standard queue `wake`, which knows delays, to the FIFO doorbell,
//! which knows none. Uses sqs:SendMessage on the doorbell.

use app::App;
use jobs::{Outcome, Wake, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};

/// Rings for every message; a message that is none of ours goes with an error in the log.
pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(ring(app, message))).await
}

async fn ring(app: &App, message: SqsMessage) -> Outcome {
    let wake = match Wake::parse(message.text()) {
        Ok(wake) => wake,
        Err(error) => {
            tracing::error!(
                error.chain = telemetry::chain(&error),
                "wake message is not ours"
            );
            return Outcome::Done;
        }
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
