//! `POST /api/v1/sessions/second-factors`

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::ids::UserId;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::keys::{self, Throttled};
use store::row::{ChallengeRow, DeviceRow, HearingRow, LoginRow, SecondFactorRow, ThrottleRow};
use store::{Found, Row as _};
use tenancy::{ProofEvidence, VerifiedProof, hash_token_hex};
use utoipa::ToSchema;

use crate::brake::busy;
use crate::device;
use crate::factor::{self, confirm::wrong};
use crate::letters::Said;
use crate::login::{Entrance, opened, said_of};
use crate::password;
use crate::pepper::{self, Pepper};
use crate::session;
use crate::throttle;

/// How long a login waits for its code.
const KEPT: Duration = Duration::from_secs(5 * 60);
/// Codes that may be tried for one password.
const TRIES: u32 = 5;

/// The password was right; now the code.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChallengeOut {
    /// Always `second_factor`.
    next: &'static str,
    /// What `POST /api/v1/sessions/second-factors` takes with the code. Opens nothing by itself.
    challenge: String,
    /// Until when, RFC 3339 UTC.
    until: String,
}

/// A login whose password was right: a token for the second step, and the row behind it.
pub(crate) fn of(app: &App, login: &LoginRow) -> (ChallengeRow, ChallengeOut) {
    let token = session::token(app);
    let row = ChallengeRow {
        token_hash: hash_token_hex(token.as_bytes()),
        user: login.user,
        email_hash: login.email_hash.clone(),
        password_mark: password::mark(login),
        tries: 0,
        until: app.clock.now().plus(KEPT),
    };
    let out = ChallengeOut {
        next: "second_factor",
        challenge: token.to_string(),
        until: row.until.rfc3339(),
    };
    (row, out)
}

/// The second step of a login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorIn {
    /// From the answer to the password.
    challenge: String,
    /// Six digits of the authenticator, or a recovery code.
    code: String,
}

impl Validate for SecondFactorIn {
    fn validate(&self, errors: &mut FieldErrors) {
        factor::validate_code(&self.code, errors);
    }
}

/// Opens the session of a person whose password was right and who has the second factor. Each code counts once.
#[utoipa::path(post, path = "/api/v1/sessions/second-factors", operation_id = "create_session_with_code", tag = "accounts",
    request_body = SecondFactorIn,
    responses((status = 201, description = "The session; also set as the cookie `__Host-sofi`.", body = crate::session::SessionOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: SecondFactorIn) -> Answer {
    let waits = waiting(app, &input.challenge).await?;
    let proof = proof(&input.challenge, &waits.row, app.clock.now())?;
    let login = app
        .store
        .routing()
        .find_login(&waits.row.email_hash)
        .await
        .or_problem()?
        .filter(|login| login.row.user == proof.user())
        .filter(|login| waits.row.password_mark == password::mark(&login.row))
        .ok_or_else(over)?;
    refuse_ended(app, &waits.row).await?;
    let scope = proof.account();
    let factor = factor::of(app, &scope).await?.ok_or_else(over)?;
    let device = device::of(app, call, login.row.user).await?;
    let name = counted_as(&factor.row, login.row.user, device.as_ref());
    let counted = Box::pin(count(app, waits, &name)).await?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let secret = factor::secret(app, &scope, &factor.row).await?;
    let taken = taken(&pepper, &secret, &factor, &input.code, app.clock.now())?;
    let device = device.filter(|device| device::is_known(device, &login.row));
    let said = match taken.recovery.len() < factor.row.recovery.len() {
        true => Some(Said::RecoveryCodeUsed),
        false => said_of(call, &login.row, device.as_ref()),
    };
    let entrance = Entrance {
        login: &login,
        by_passkey: false,
        knows_device: device.is_some(),
        said,
        renewed: None,
    };
    Box::pin(opened(app, call, entrance, |transaction| {
        transaction.delete::<ChallengeRow>(&counted.row.key(), counted.rev);
        transaction.delete_any::<ThrottleRow>(&keys::throttle(Throttled::Codes, &name));
        transaction.replace(&taken, factor.rev);
    }))
    .await
}

/// Under which name a code is counted. A device that has used the authenticator has a counter of its own: its owner gets in while
/// somebody with their password or their mailbox guesses.
fn counted_as(factor: &SecondFactorRow, user: UserId, device: Option<&DeviceRow>) -> String {
    let own = device.filter(|device| device::has_used(device, factor));
    own.map_or_else(|| user.suffix(), |device| device.hash.clone())
}

fn taken(
    pepper: &Pepper,
    secret: &[u8],
    factor: &Found<SecondFactorRow>,
    code: &str,
    now: Timestamp,
) -> Result<SecondFactorRow, Problem> {
    let totp = factor::generator(secret, None).or_problem()?;
    factor::take(pepper, &totp, &factor.row, code, now).ok_or_else(wrong)
}

async fn waiting(app: &App, token: &str) -> Result<Found<ChallengeRow>, Problem> {
    let key = keys::challenge(&hash_token_hex(token.as_bytes()));
    let found: Option<Found<ChallengeRow>> = app.store.routing().find(&key).await.or_problem()?;
    found
        .filter(|found| found.row.tries < TRIES)
        .ok_or_else(over)
}

/// Counts a try before it is looked at: at this login, and under the name over all logins, or each right password would give
/// five tries more.
async fn count(
    app: &App,
    waits: Found<ChallengeRow>,
    name: &str,
) -> Result<Found<ChallengeRow>, Problem> {
    let routing = app.store.routing();
    let key = keys::throttle(Throttled::Codes, name);
    let former: Option<Found<ThrottleRow>> = routing.find(&key).await.or_problem()?;
    let tries = former.as_ref().map(|found| &found.row);
    let tries = throttle::count(Throttled::Codes, name, tries, app.clock.now())
        .map_err(|retry_after| Problem::RateLimited { retry_after })?;
    let row = ChallengeRow {
        tries: waits.row.tries + 1,
        ..waits.row
    };
    let mut transaction = routing.transaction();
    transaction.replace(&row, waits.rev);
    match former {
        Some(former) => transaction.replace(&tries, former.rev),
        None => transaction.create_or_revive(&tries),
    };
    match transaction.commit().await {
        Err(error) if error.is_race() => Err(busy()),
        other => other.or_problem(),
    }?;
    Ok(Found {
        row,
        rev: waits.rev + 1,
    })
}

/// What ends every session of a person ends their logins that wait for a code too. One call.
async fn refuse_ended(app: &App, row: &ChallengeRow) -> Result<(), Problem> {
    let routing = app.store.routing();
    let ended = routing.find::<HearingRow>(&keys::hearing(row.user)).await;
    match ended.or_problem()? {
        Some(ended) if began_before(row, ended.row.ended_at) => Err(over()),
        _ => Ok(()),
    }
}

fn began_before(row: &ChallengeRow, ended_at: Timestamp) -> bool {
    row.until <= ended_at.plus(KEPT)
}

fn proof(token: &str, row: &ChallengeRow, now: Timestamp) -> Result<VerifiedProof, Problem> {
    let evidence = ProofEvidence {
        token_hash: &row.token_hash,
        user: row.user,
        until: row.until,
    };
    VerifiedProof::verify(token.as_bytes(), &evidence, now).map_err(|_| over())
}

/// The same for a challenge that was never made, was used, was tried too often, is too old, or has ended.
fn over() -> Problem {
    Problem::unprocessable(
        "challenge_over",
        "This login has ended. Please begin again with the password.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_that_waits_ends_with_what_was_begun_before_and_not_with_what_ended_earlier() {
        let begun_at = Timestamp::from_seconds(1_000);
        let row = ChallengeRow {
            token_hash: "h".into(),
            user: UserId::from_bytes([1; 16]),
            email_hash: "ab".into(),
            password_mark: "m".into(),
            tries: 0,
            until: begun_at.plus(KEPT),
        };
        assert!(began_before(&row, begun_at.plus(Duration::from_millis(1))));
        assert!(!began_before(&row, Timestamp::from_seconds(999)));
    }
}
