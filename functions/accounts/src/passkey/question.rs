//! What a passkey is asked: remembered for five minutes, taken once.

use app::{App, OrProblem};
use domain::Timestamp;
use domain::ids::UserId;
use http_kit::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::row::PasskeyChallengeRow;
use store::{Found, Row as _, StoreError, keys};
use tenancy::hash_token_hex;
use zeroize::Zeroizing;

use super::ASKED_FOR;
use crate::session;

/// A question that was remembered.
pub(crate) struct Question {
    /// What its answer must come with. Opens nothing by itself.
    pub(crate) token: Zeroizing<String>,
    /// Until when it can be answered.
    pub(crate) until: Timestamp,
    row: PasskeyChallengeRow,
}

impl Question {
    /// A fresh one: for a new passkey of `user`, or for anybody who wants in.
    ///
    /// # Errors
    /// When the state is no JSON, which does not happen.
    pub(crate) fn new(
        app: &App,
        user: Option<UserId>,
        state: &impl Serialize,
    ) -> Result<Self, Problem> {
        let token = session::token(app);
        let until = app.clock.now().plus(ASKED_FOR);
        let row = PasskeyChallengeRow {
            token_hash: hash_token_hex(token.as_bytes()),
            user,
            state: serde_json::to_string(state).map_err(Problem::internal)?,
            until,
        };
        Ok(Self { token, until, row })
    }

    /// Writes it. One call.
    pub(crate) async fn remember(&self, app: &App) -> Result<(), Problem> {
        let routing = app.store.routing();
        let mut transaction = routing.transaction();
        transaction.create(&self.row);
        transaction.commit().await.or_problem()
    }
}

/// Takes a question back before its answer is looked at, so that each is answered once, rightly or wrongly.
///
/// # Errors
/// 422 when there is none, its time is over, or it is somebody else's or for something else.
pub(crate) async fn take<T: DeserializeOwned>(
    app: &App,
    token: &str,
    user: Option<UserId>,
) -> Result<T, Problem> {
    let routing = app.store.routing();
    let key = keys::passkey_challenge(&hash_token_hex(token.as_bytes()));
    let found = routing
        .find(&key)
        .await
        .or_problem()?
        .filter(|found: &Found<PasskeyChallengeRow>| found.row.user == user)
        .ok_or_else(over)?;
    let mut transaction = routing.transaction();
    transaction.delete::<PasskeyChallengeRow>(&found.row.key(), found.rev);
    match transaction.commit().await {
        Err(StoreError::Condition(_)) => return Err(over()),
        other => other.or_problem(),
    }?;
    serde_json::from_str(&found.row.state).map_err(|_| over())
}

fn over() -> Problem {
    Problem::unprocessable(
        "challenge_over",
        "This question was answered before or is older than five minutes. Please begin again.",
    )
}
