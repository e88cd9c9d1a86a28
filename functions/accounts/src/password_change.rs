//! `PUT /api/v1/me/password`

use app::{App, Call, OrProblem, begin_session, device_name};
use domain::audit::Action;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys::{self, Throttled};
use store::row::ThrottleRow;
use utoipa::ToSchema;

use crate::brake::Brake;
use crate::called::Called;
use crate::change::{Change, login_of};
use crate::device;
use crate::letters::Said;
use crate::password::{Hasher, Password, Verdict};
use crate::pepper;
use crate::session::Fresh;

/// The password in force and the one to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordIn {
    /// The password in force, byte for byte.
    #[schema(value_type = String, format = Password)]
    current: Password,
    /// 8 to 128 characters of any kind that are in no list of breached passwords and not the person's own name or address.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    new: Password,
}

impl Validate for PasswordIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.current.validate_given("current", errors);
        self.new.validate_new("new", &[], errors);
    }
}

/// Changes the password. Every session ends with the former one, on every device at once; this call gets a fresh one.
/// Tries count like those of a login, but by account alone and apart from them.
#[utoipa::path(put, path = "/api/v1/me/password", operation_id = "change_password", tag = "accounts",
    request_body = PasswordIn,
    responses((status = 201, description = "The only session that is left; also set as the cookie.", body = crate::session::SessionOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: PasswordIn) -> Answer {
    let session = call.session()?;
    let login = login_of(app, session.user()).await?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let email_hash = &login.row.email_hash;
    Box::pin(Brake::on_proofs(email_hash).pass(app)).await?;
    let tries = keys::throttle(Throttled::Proofs, email_hash);
    let hasher = Hasher::new(&pepper).or_problem()?;
    let verdict = hasher
        .check(Some(&login.row), &input.current)
        .or_problem()?;
    if verdict == Verdict::Wrong {
        return Err(wrong_password());
    }
    if input.new == input.current {
        return Err(Problem::invalid(
            "new",
            "same_password",
            "This is the password in force. Please choose another one.",
        ));
    }
    let scope = session.account();
    let called = Box::pin(Called::of(app, &scope)).await?;
    called.refuse("new", &input.new)?;
    let changed = hasher
        .with_password(&login.row, &input.new, app.entropy.as_ref())
        .or_problem()?;
    let mut fresh = Fresh::in_place_of_former(app, call, &changed).await?;
    fresh.proved_by_password(&changed);
    let kept = Some(fresh.row.id);
    let said = Said::PasswordChanged;
    let change = Box::pin(Change::of(
        app,
        scope,
        login,
        kept,
        Action::PasswordChange,
        said,
    ))
    .await?;
    let staying = device::staying(app, call, &change.login.row, change.at).await?;
    let device = device_name(call.user_agent());
    Box::pin(change.commit(app, Some(&changed), |transaction| {
        begin_session(transaction, &fresh.row, &device);
        if let Some(staying) = &staying {
            transaction.put_any(staying);
        }
        // Where a code is needed too, guesses at it go on being counted.
        if !changed.second_factor {
            transaction.delete_any::<ThrottleRow>(&tries);
        }
    }))
    .await?;
    fresh.answer()
}

/// Not the password in force.
pub(crate) fn wrong_password() -> Problem {
    Problem::unprocessable("wrong_password", "The password in force is another one.")
}
