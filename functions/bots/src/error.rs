//! What can go wrong here that is no refusal.

use app::IntoProblem;
use http_kit::Problem;
use thiserror::Error;

/// A mistake of ours or of the stored state.
#[derive(Debug, Error)]
pub(crate) enum BotsError {
    /// The client of the Bot API could not be made.
    #[error("the telegram client could not be made")]
    Client(#[from] telegram::ClientError),
    /// What was sealed as a token is none.
    #[error("the sealed token has another form")]
    TokenForm(#[from] telegram::TokenError),
    /// The stack says no address that Telegram could call.
    #[error("the environment lacks PUBLIC_URL")]
    NoPublicUrl,
    /// A person's route was reached without a person.
    #[error("no person acts")]
    NoActor,
    /// The answer that was kept for an Idempotency-Key is not ours.
    #[error("the kept answer has another form")]
    Kept(#[source] serde_json::Error),
}

impl IntoProblem for BotsError {
    fn into_problem(self) -> Problem {
        Problem::internal(self)
    }
}
