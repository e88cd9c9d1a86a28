//! `POST /api/v1/sessions`

use std::time::Duration;

use app::{App, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::audit::Action;
use domain::email::EmailAddress;
use domain::entropy::random_32;
use domain::ids::SessionId;
use http_kit::{Answer, Cookie, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{LoginRow, SessionRow};
use store::{Found, StoreError};
use tenancy::{SessionEvidence, VerifiedSession, hash_token};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::error::AccountsError;
use crate::password::{Hasher, Password, Verdict};
use crate::pepper::{self, Pepper};

/// A session that is not used ends.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// A session ends in any case.
const ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 3600);

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

/// An open session. Browsers get it as a cookie too; programs send `session_token` as `Authorization: Bearer`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionOut {
    /// Who has logged in.
    user_id: String,
    /// The session's id, for lists; opens nothing.
    session_id: String,
    /// What opens the session: 256 random bits. Shown this once, stored as a hash.
    session_token: String,
    /// When the session ends unless it is used, RFC 3339 UTC.
    idle_until: String,
    /// When the session ends in any case, RFC 3339 UTC.
    absolute_until: String,
}

/// Logs a person in. An unknown address and a wrong password are refused alike, after the same work.
#[utoipa::path(post, path = "/api/v1/sessions", operation_id = "create_session", tag = "accounts",
    request_body = LoginIn,
    responses((status = 201, description = "The session; also set as the cookie `__Host-sofi`.", body = SessionOut)))]
pub(crate) async fn handle(app: &App, input: LoginIn) -> Answer {
    let pepper = Box::pin(pepper::load(app))
        .await?
        .unwrap_or_else(Pepper::nobodys);
    let address = EmailAddress::parse(&input.email).map_err(|_| refused())?;
    let found = app
        .store
        .routing()
        .find_login(&pepper.address_hash(&address))
        .await
        .or_problem()?;
    let hasher = Hasher::new(&pepper).or_problem()?;
    let verdict = hasher
        .check(found.as_ref().map(|found| &found.row), &input.password)
        .or_problem()?;
    let (Some(found), Verdict::Right { stale }) = (found, verdict) else {
        return Err(refused());
    };
    let password = if stale {
        Some(
            hasher
                .hash(&input.password, app.entropy.as_ref())
                .or_problem()?,
        )
    } else {
        None
    };
    let token = Zeroizing::new(URL_SAFE_NO_PAD.encode(random_32(app.entropy.as_ref())));
    let session = session(
        app.mint(SessionId::new),
        &token,
        &found.row,
        app.clock.now(),
    );
    Box::pin(open(app, &found, password, &token, &session)).await?;
    answer(&token, &session)
}

/// The same for an unknown address and a wrong password.
fn refused() -> Problem {
    Problem::unprocessable(
        "wrong_credentials",
        "The address or the password is not right.",
    )
}

fn session(id: SessionId, token: &str, login: &LoginRow, now: Timestamp) -> SessionRow {
    SessionRow {
        id,
        token_hash: hash_token(token.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        user: login.user,
        memberships: login.memberships.clone(),
        created_at: now,
        idle_until: now.plus(IDLE),
        absolute_until: now.plus(ABSOLUTE),
    }
}

/// Writes the session, and the new hash of a password whose parameters were of the past. A login that changed meanwhile
/// (the password, the workspaces) is not written over, and opens no session with what it said before.
async fn open(
    app: &App,
    login: &Found<LoginRow>,
    password: Option<String>,
    token: &str,
    session: &SessionRow,
) -> Result<(), Problem> {
    let hash = hash_token(token.as_bytes());
    let evidence = SessionEvidence {
        token_hash: &hash,
        user: session.user,
        memberships: &[],
        expires_at: session.idle_until,
    };
    let verified = VerifiedSession::verify(token.as_bytes(), &evidence, app.clock.now())
        .map_err(|_| Problem::Unauthenticated)?;
    let account = verified.account();
    let db = app.store.within(&account).or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(session);
    app.audit(&account, Action::SessionBegin, session.id)
        .write(&mut transaction);
    if let Some(password) = password {
        transaction.replace(
            &LoginRow {
                password,
                ..login.row.clone()
            },
            login.rev,
        );
    }
    match transaction.commit().await {
        Err(StoreError::Condition(_)) => Err(Problem::conflict(
            "changed_meanwhile",
            "The account changed meanwhile. Please log in again.",
        )),
        Err(error) => Err(error).or_problem(),
        Ok(()) => {
            app.ring_audit(&account).await;
            Ok(())
        }
    }
}

fn answer(token: &str, session: &SessionRow) -> Answer {
    let out = SessionOut {
        user_id: session.user.to_string(),
        session_id: session.id.to_string(),
        session_token: token.to_owned(),
        idle_until: session.idle_until.rfc3339(),
        absolute_until: session.absolute_until.rfc3339(),
    };
    let cookie = Cookie::Session
        .set(token, ABSOLUTE)
        .map_err(AccountsError::from)
        .or_problem()?;
    Ok(http_kit::with_cookie(http_kit::created(&out)?, cookie))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{TenantId, UserId};
    use domain::role::Role;
    use store::row::Membership;

    fn login() -> LoginRow {
        LoginRow {
            email_hash: "ab".into(),
            user: UserId::from_bytes([1; 16]),
            password: String::new(),
            pepper: String::new(),
            memberships: vec![Membership {
                tenant: TenantId::from_bytes([2; 16]),
                role: Role::Owner,
            }],
            verified_at: None,
            created_at: Timestamp::default(),
        }
    }

    fn made(token: &str) -> SessionRow {
        session(
            SessionId::from_bytes([3; 16]),
            token,
            &login(),
            Timestamp::from_seconds(1_000),
        )
    }

    #[test]
    fn a_session_holds_the_hash_of_its_token_and_never_the_token() {
        let row = made("canary-token");
        assert_eq!(row.token_hash.len(), 64);
        assert!(
            !serde_json::to_string(&row)
                .expect("JSON")
                .contains("canary")
        );
    }

    #[test]
    fn a_session_ends_after_twelve_idle_hours_and_after_thirty_days() {
        let row = made("token");
        assert_eq!(row.idle_until.seconds(), 1_000 + 43_200);
        assert_eq!(row.absolute_until.seconds(), 1_000 + 2_592_000);
        assert_eq!(row.memberships, login().memberships);
    }

    #[test]
    fn the_answer_sets_the_cookie_with_the_token_of_the_body() {
        let answer = answer("token-1", &made("token-1")).expect("an answer");
        let cookie = answer.headers()[http::header::SET_COOKIE]
            .to_str()
            .expect("text");
        assert!(cookie.starts_with("__Host-sofi=token-1;"), "{cookie}");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(body["session_token"], "token-1");
    }
}
