//! `POST /api/v1/sessions/current/proofs`

use app::{App, Call, OrProblem};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::Found;
use store::keys::{self, LocalKey, Throttled};
use store::row::{LoginRow, PasskeysRow, SecondFactorRow, SessionRow, ThrottleRow};
use tenancy::VerifiedSession;
use utoipa::ToSchema;

use crate::brake::Brake;
use crate::change::login_of;
use crate::factor::{self, confirm::wrong};
use crate::passkey::assertion::{Answered, AssertionIn, refused};
use crate::password::{Hasher, Password, Verdict};
use crate::password_change::wrong_password;
use crate::pepper::{self, Pepper};

/// A proof that the person at the keyboard is the one who logged in: the password, and the code where one is needed; or a
/// passkey alone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofIn {
    /// The password, byte for byte.
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<Password>,
    /// Six digits of the authenticator, or a recovery code; needed by who has a second factor.
    code: Option<String>,
    /// In place of both.
    passkey: Option<AssertionIn>,
}

impl Validate for ProofIn {
    fn validate(&self, errors: &mut FieldErrors) {
        match (&self.password, &self.passkey) {
            (Some(password), None) => password.validate_given("password", errors),
            (None, Some(passkey)) => passkey.validate(errors),
            _ => errors.add("password", "required", "Give the password or a passkey."),
        }
        if self.code.as_ref().is_some_and(|code| code.len() > 32) {
            errors.add("code", "invalid_code", "Please enter the code.");
        }
    }
}

/// Until when dangerous acts are open.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProofOut {
    /// RFC 3339 UTC.
    until: String,
}

/// Opens dangerous acts for five minutes. Tries count like those of a login, but by account alone and apart from them.
#[utoipa::path(post, path = "/api/v1/sessions/current/proofs", operation_id = "create_proof", tag = "accounts",
    request_body = ProofIn,
    responses((status = 200, description = "Dangerous acts are open for a while.", body = ProofOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: ProofIn) -> Answer {
    let session = call.session()?;
    let login = login_of(app, session.user()).await?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    Box::pin(Brake::on_proofs(&login.row.email_hash).pass(app)).await?;
    let taken = match (&input.passkey, &input.password) {
        (Some(passkey), _) => Box::pin(answered(app, call, session, passkey)).await?,
        (None, Some(password)) => {
            check(&pepper, &login.row, password)?;
            Box::pin(code(app, session, &pepper, &login.row, &input)).await?
        }
        (None, None) => return Err(wrong_password()),
    };
    let now = app.clock.now();
    let tries = keys::throttle(Throttled::Proofs, &login.row.email_hash);
    Box::pin(remember(app, call, session, taken, &tries)).await?;
    http_kit::json(
        StatusCode::OK,
        &ProofOut {
            until: now.plus(app::PROVED_FOR).rfc3339(),
        },
    )
}

/// What a proof has used up: to be written at the revision it was read at.
enum Taken {
    /// Nothing: the password was enough.
    Nothing,
    Code(Found<SecondFactorRow>),
    Passkey(Found<PasskeysRow>),
}

fn check(pepper: &Pepper, login: &LoginRow, password: &Password) -> Result<(), Problem> {
    let verdict = Hasher::new(pepper).and_then(|hasher| hasher.check(Some(login), password));
    match verdict.or_problem()? {
        Verdict::Wrong => Err(wrong_password()),
        Verdict::Right { .. } => Ok(()),
    }
}

/// A passkey of the person who is logged in. Somebody else's is like none.
async fn answered(
    app: &App,
    call: &Call,
    session: &VerifiedSession,
    input: &AssertionIn,
) -> Result<Taken, Problem> {
    let answered = Box::pin(Answered::of(app, input)).await?;
    if answered.user != session.user() {
        return Err(refused());
    }
    let used = Box::pin(answered.verify(app, call)).await?;
    Ok(Taken::Passkey(used))
}

/// The second factor after its code was taken.
async fn code(
    app: &App,
    session: &VerifiedSession,
    pepper: &Pepper,
    login: &LoginRow,
    input: &ProofIn,
) -> Result<Taken, Problem> {
    if !login.second_factor {
        return Ok(Taken::Nothing);
    }
    let scope = session.account();
    let found: Found<SecondFactorRow> = factor::of(app, &scope).await?.ok_or_else(wrong)?;
    let secret = factor::secret(app, &scope, &found.row).await?;
    let totp = factor::generator(&secret, None).or_problem()?;
    let code = input.code.as_deref().unwrap_or_default();
    let taken = factor::take(pepper, &totp, &found.row, code, app.clock.now()).ok_or_else(wrong)?;
    Ok(Taken::Code(Found {
        row: taken,
        rev: found.rev,
    }))
}

async fn remember(
    app: &App,
    call: &Call,
    session: &VerifiedSession,
    taken: Taken,
    tries: &LocalKey,
) -> Result<(), Problem> {
    let routing = app.store.routing();
    let found = routing
        .find_session(call.session_hash()?)
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)?;
    let db = app.store.within(&session.account()).or_problem()?;
    let mut transaction = db.transaction();
    let now = app.clock.now();
    let proved = SessionRow {
        proved_at: now,
        passkey_at: match taken {
            Taken::Passkey(_) => Some(now),
            Taken::Nothing | Taken::Code(_) => found.row.passkey_at,
        },
        ..found.row
    };
    transaction.replace(&proved, found.rev);
    transaction.delete_any::<ThrottleRow>(tries);
    match taken {
        Taken::Nothing => {}
        Taken::Code(factor) => {
            transaction.replace(&factor.row, factor.rev);
        }
        Taken::Passkey(used) => {
            transaction.replace(&used.row, used.rev);
        }
    }
    transaction.commit().await.or_problem()
}
