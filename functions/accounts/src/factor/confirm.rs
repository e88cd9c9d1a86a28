//! `PUT /api/v1/me/totp`

use app::{App, Call, OrProblem};
use domain::audit::Action;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{LoginRow, SecondFactorRow};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::{generator, recovery_codes, recovery_hashes, secret, taken_step, validate_code};
use crate::change::Change;
use crate::device;
use crate::letters::Said;
use crate::pepper;

/// A first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeIn {
    /// The six digits that the authenticator shows.
    pub(crate) code: String,
}

impl Validate for CodeIn {
    fn validate(&self, errors: &mut FieldErrors) {
        validate_code(&self.code, errors);
    }
}

/// Codes for when the authenticator is lost.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesOut {
    /// Ten codes; each counts once. Shown this once.
    recovery_codes: Vec<String>,
}

impl RecoveryCodesOut {
    /// Codes that were made a moment ago.
    pub(crate) fn of(codes: &[Zeroizing<String>]) -> Self {
        Self {
            recovery_codes: codes.iter().map(|code| code.to_string()).collect(),
        }
    }
}

/// Confirms that the authenticator has the secret. From now on a login needs a code; all other sessions end.
#[utoipa::path(put, path = "/api/v1/me/totp", operation_id = "confirm_totp", tag = "accounts",
    request_body = CodeIn,
    responses((status = 200, description = "Codes for when the authenticator is lost.", body = RecoveryCodesOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: CodeIn) -> Answer {
    let session = call.session()?;
    let scope = session.account();
    let found = super::of(app, &scope)
        .await?
        .filter(|found| found.row.confirmed_at.is_none())
        .ok_or_else(nothing_begun)?;
    let opened = secret(app, &scope, &found.row).await?;
    let totp = generator(&opened, None).or_problem()?;
    let now = app.clock.now();
    let last_step = taken_step(&totp, 0, input.code.trim(), now).ok_or_else(wrong)?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let codes = recovery_codes(app);
    let row = SecondFactorRow {
        confirmed_at: Some(now),
        last_step,
        recovery: recovery_hashes(&pepper, &codes),
        ..found.row.clone()
    };
    let change = Change::begin(
        app,
        session,
        Action::SecondFactorBegin,
        Said::SecondFactorOn,
    )
    .await?;
    let with_factor = LoginRow {
        second_factor: true,
        ..change.login.row.clone()
    };
    let staying = device::staying(app, call, &change.login.row, now).await?;
    change
        .commit(app, Some(&with_factor), |transaction| {
            transaction.replace(&row, found.rev);
            if let Some(staying) = &staying {
                transaction.put_any(staying);
            }
        })
        .await?;
    http_kit::json(StatusCode::OK, &RecoveryCodesOut::of(&codes))
}

fn nothing_begun() -> Problem {
    Problem::conflict(
        "nothing_to_confirm",
        "No authenticator is being set up. Ask for a secret first.",
    )
}

/// A code that is not right, is too old, or was taken before.
pub(crate) fn wrong() -> Problem {
    Problem::unprocessable(
        "wrong_code",
        "This code is not right or was used before. Wait for the next one.",
    )
}
