//! Idempotency-Key on connecting.
//!
//! Connecting is repeatable by itself, because a bot is found again by Telegram's id; so no claim is taken before the
//! work. Only a finished request is recorded: a crash anywhere lets the repetition complete what is missing.

use app::{App, Claim, OrProblem};
use domain::Timestamp;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::Problem;
use serde::{Deserialize, Serialize};
use store::row::IdempotencyRow;
use store::{Row as _, TenantDb};
use tenancy::Writes;

use crate::error::BotsError;

/// What is kept of the answer: enough to give it again, and no name.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The bot.
    pub(crate) bot: BotId,
}

/// The status and bot of the first request with this key.
///
/// # Errors
/// 422 when the key was used for another request.
pub(crate) async fn answered<R: Writes>(
    claim: Option<&Claim>,
    db: &TenantDb<R>,
) -> Result<Option<(StatusCode, Kept)>, Problem> {
    let Some(claim) = claim else { return Ok(None) };
    let key = claim
        .finished(Timestamp::default(), StatusCode::OK, &())?
        .key();
    let Some(stored) = Box::pin(db.find::<IdempotencyRow>(&key))
        .await
        .or_problem()?
    else {
        return Ok(None);
    };
    let answer = claim.replay(&stored.row)?;
    let kept = serde_json::from_slice(answer.body())
        .map_err(BotsError::Kept)
        .or_problem()?;
    Ok(Some((answer.status(), kept)))
}

/// Records the answer. A second request with the same key may have been as fast; its answer is as good.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn keep<R: Writes>(
    claim: Option<&Claim>,
    app: &App,
    db: &TenantDb<R>,
    status: StatusCode,
    kept: &Kept,
) -> Result<(), Problem> {
    let Some(claim) = claim else { return Ok(()) };
    let mut transaction = db.transaction();
    transaction.create_or_revive(&claim.finished(app.clock.now(), status, kept)?);
    match transaction.commit().await {
        Err(error) if error.is_race() => Ok(()),
        other => other.or_problem(),
    }
}
