//! `POST /api/v1/sessions`

pub(crate) mod gate;

use app::{App, Call, OrProblem, begin_session, device_name, end_session};
use domain::audit::Action;
use domain::email::EmailAddress;
use http::StatusCode;
use http_kit::{Answer, Cookie, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys::{self, Throttled};
use store::row::{ClosedRow, DeviceRow, LoginRow, SessionRow, ThrottleRow, UserSessionRow};
use store::{Found, Row as _, StoreError, Transaction};
use tenancy::hash_token_hex;
use utoipa::ToSchema;

use crate::challenge;
use crate::closing;
use crate::device::{self, Marked};
use crate::letters::{self, Said};
use crate::password::{Hasher, Password, Verdict};
use crate::pepper::{self, Pepper};
use crate::session::Fresh;

use gate::Gate;

/// Who wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginIn {
    /// The address of the account.
    email: String,
    /// The password, byte for byte.
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Validate for LoginIn {
    fn validate(&self, errors: &mut FieldErrors) {
        errors.check("email", "invalid_email", EmailAddress::parse(&self.email));
        self.password.validate_given("password", errors);
    }
}

/// Logs a person in. An unknown address and a wrong password are refused alike, after the same calls and the same work.
/// A try is counted first: see [`crate::throttle`].
#[utoipa::path(post, path = "/api/v1/sessions", operation_id = "create_session", tag = "accounts",
    request_body = LoginIn,
    responses((status = 201, description = "The session; also set as the cookie `__Host-sofi`.", body = crate::session::SessionOut),
        (status = 202, description = "The password is right; a code is needed too.", body = crate::challenge::ChallengeOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: LoginIn) -> Answer {
    let pepper = Box::pin(pepper::load(app))
        .await?
        .unwrap_or_else(Pepper::nobodys);
    let address = EmailAddress::parse(&input.email).map_err(|_| refused())?;
    let gate = Gate::new(app, call, &pepper, &address);
    let passed = Box::pin(gate.pass(app)).await?;
    let hasher = Hasher::new(&pepper).or_problem()?;
    let verdict = hasher
        .check(
            passed.login.as_ref().map(|found| &found.row),
            &input.password,
        )
        .or_problem()?;
    let (Some(found), Verdict::Right { stale }) = (passed.login, verdict) else {
        return Err(refused());
    };
    let renewed = stale
        .then(|| hasher.with_password(&found.row, &input.password, app.entropy.as_ref()))
        .transpose()
        .or_problem()?;
    if found.row.second_factor {
        return Box::pin(ask_for_code(app, &found, renewed.as_ref())).await;
    }
    let entrance = Entrance {
        login: &found,
        by_passkey: false,
        said: said_of(
            call,
            &found.row,
            passed.device.as_ref().map(|found| &found.row),
        ),
        knows_device: passed.device.is_some(),
        renewed,
    };
    Box::pin(opened(app, call, entrance, |_| {})).await
}

/// The same for an unknown address and a wrong password.
fn refused() -> Problem {
    Problem::unprocessable(
        "wrong_credentials",
        "The address or the password is not right.",
    )
}

/// The tries on the account stay counted until the code was right too. A hash of the past is renewed here, where the password
/// is at hand; the code comes with another call.
async fn ask_for_code(app: &App, login: &Found<LoginRow>, renewed: Option<&LoginRow>) -> Answer {
    let (row, out) = challenge::of(app, renewed.unwrap_or(&login.row));
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    transaction.create(&row);
    if let Some(renewed) = renewed {
        transaction.replace(renewed, login.rev);
    }
    match transaction.commit().await {
        Err(StoreError::Condition(_)) => Err(changed_meanwhile()),
        other => other.or_problem(),
    }?;
    http_kit::json(StatusCode::ACCEPTED, &out)
}

/// Somebody who has proved who they are.
pub(crate) struct Entrance<'a> {
    /// Their login, as it was when they proved it.
    pub(crate) login: &'a Found<LoginRow>,
    /// Whether a passkey proved it.
    pub(crate) by_passkey: bool,
    /// Whether the device they came with is one of theirs.
    pub(crate) knows_device: bool,
    /// What they are told by mail, if anything.
    pub(crate) said: Option<Said>,
    /// The login with a new hash of the password, where parameters or pepper of the stored one are of the past.
    pub(crate) renewed: Option<LoginRow>,
}

/// What is told of a login: nothing where the person has logged in from that device with these credentials before.
pub(crate) fn said_of(call: &Call, login: &LoginRow, device: Option<&DeviceRow>) -> Option<Said> {
    let familiar = device.is_some_and(|device| device::is_familiar(device, login));
    (!familiar).then(|| Said::NewDevice(device_name(call.user_agent())))
}

/// Writes the session, with what `add` adds. A login that changed meanwhile (the password, the workspaces) is not written
/// over, and opens no session with what it said before. The session that the call came with ends. Where the account is being
/// closed this takes it back; to one that was erased a login that a backup brought back opens nothing.
pub(crate) async fn opened(
    app: &App,
    call: &Call,
    entrance: Entrance<'_>,
    add: impl FnOnce(&mut Transaction<'_>),
) -> Answer {
    let Entrance {
        login,
        by_passkey,
        knows_device,
        said,
        renewed,
    } = entrance;
    closing::refuse_late(&login.row, app.clock.now())?;
    let mut fresh = Fresh::of(app, call, &login.row);
    fresh.row.passkey_at = by_passkey.then_some(fresh.row.created_at);
    let scope = fresh.verified().or_problem()?.account();
    let former = app.sessions_of(login.row.user).await.or_problem()?;
    let surplus = surplus(&former);
    let left = came_with(app, call).await?;
    let left = left.filter(|left| !surplus.iter().any(|found| found.id == left.id));
    let failed = failed_before(app, &login.row, knows_device).await?;
    let marked = Marked::kept(app, call, login.row.user, knows_device);
    let named = device_name(call.user_agent());
    let notice = match said {
        Some(said) => Some(Box::pin(letters::to_owner(app, &scope, said)).await?),
        None => None,
    };
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    begin_session(&mut transaction, &fresh.row, &named);
    for ended in surplus {
        end_session(&mut transaction, ended);
    }
    if let Some(left) = &left {
        transaction.delete_any::<SessionRow>(&left.key());
        transaction.delete_any::<UserSessionRow>(&keys::user_session(left.user, left.id));
    }
    let tries = keys::throttle(Throttled::Account, &login.row.email_hash);
    transaction.delete_any::<ThrottleRow>(&tries);
    transaction.put_any(&marked.row);
    if failed {
        app.audit(&scope, Action::SessionRefuse, login.row.user)
            .write(&mut transaction);
    }
    app.audit(&scope, Action::SessionBegin, fresh.row.id)
        .write(&mut transaction);
    hold_login(&mut transaction, login, renewed);
    if fresh.reopens {
        let entry = app.audit(&scope, Action::AccountReopen, login.row.user);
        entry.write(&mut transaction);
    }
    let closed = keys::closed(login.row.user.account_tenant());
    let erased = transaction.require_absent::<ClosedRow>(&closed);
    if let Some(notice) = &notice {
        notice.add_to(&mut transaction);
    }
    add(&mut transaction);
    match transaction.commit().await {
        Err(error) if error.failed(erased).is_some() => Err(closing::too_late()),
        Err(StoreError::Condition(_)) => Err(changed_meanwhile()),
        other => other.or_problem(),
    }?;
    if let Some(notice) = notice {
        notice.post(app).await;
    }
    app.ring_audit(&scope).await;
    marked.on(fresh.answer())
}

fn changed_meanwhile() -> Problem {
    Problem::conflict(
        "changed_meanwhile",
        "The account changed meanwhile. Please log in again.",
    )
}

/// Whether tries at the account have failed since its last login. They are told of with the next login and not as they fail: a
/// stranger's guess has the same calls with and without an account, and a thousand guesses make one entry. The try that
/// succeeds now is counted beside them, but for one from a known device.
async fn failed_before(app: &App, login: &LoginRow, knows_device: bool) -> Result<bool, Problem> {
    let key = keys::throttle(Throttled::Account, &login.email_hash);
    let found = app.store.routing().find::<ThrottleRow>(&key).await;
    let tries = found.or_problem()?.map_or(0, |found| found.row.tries);
    Ok(tries > u32::from(!knows_device))
}

/// The session that a call came with, as a cookie or as a token, whoever's it is: whoever logs in leaves it. A token of the
/// API is none.
async fn came_with(app: &App, call: &Call) -> Result<Option<SessionRow>, Problem> {
    let headers = call.request().headers();
    let presented = http_kit::bearer(headers).or(http_kit::cookie(headers, Cookie::Session));
    let Some(presented) = presented else {
        return Ok(None);
    };
    let hash = hash_token_hex(presented.as_bytes());
    let found = app.store.routing().find_session(&hash).await.or_problem()?;
    Ok(found
        .map(|found| found.row)
        .filter(|row| row.token.is_none()))
}

/// The oldest sessions of a person, as many as are too many with one more.
fn surplus(former: &[Found<UserSessionRow>]) -> Vec<&UserSessionRow> {
    let open = former.iter().filter(|found| found.row.token_of.is_none());
    let many = (open.clone().count() + 1).saturating_sub(app::MOST_SESSIONS);
    open.take(many.min(app::MOST_AT_ONCE))
        .map(|found| &found.row)
        .collect()
}

fn hold_login(
    transaction: &mut Transaction<'_>,
    login: &Found<LoginRow>,
    renewed: Option<LoginRow>,
) {
    let row = LoginRow {
        closes_at: None,
        ..renewed.unwrap_or_else(|| login.row.clone())
    };
    if row == login.row {
        transaction.require_revision::<LoginRow>(&login.row.key(), login.rev);
    } else {
        transaction.replace(&row, login.rev);
    }
}
