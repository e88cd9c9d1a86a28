//! Making a session: its row, its answer, its cookie.

use std::time::Duration;

use app::{App, Call, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::entropy::random_32;
use domain::ids::SessionId;
use domain::{Entropy, Timestamp};
use http::HeaderMap;
use http_kit::{Answer, Cookie, Problem, gpc};
use serde::Serialize;
use store::row::{LoginRow, SessionRow};
use tenancy::{SessionEvidence, VerifiedSession, hash_token, hash_token_hex};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::error::AccountsError;
use crate::usage;

/// A session that is not used ends.
pub(crate) const IDLE: Duration = Duration::from_secs(12 * 3600);
/// A session ends in any case.
const ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 3600);

/// An open session. Browsers get it as a cookie, and as nothing that a script could read; programs send `session_token` as
/// `Authorization: Bearer`.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionOut {
    /// Who has logged in.
    user_id: String,
    /// The session's id, for lists; opens nothing.
    session_id: String,
    /// What opens the session: 256 random bits. Shown this once, stored as a hash. Not in answers to browsers, which say
    /// `Sec-Fetch-Site` and have the cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<String>,
    /// When the session ends unless it is used, RFC 3339 UTC.
    idle_until: String,
    /// When the session ends in any case, RFC 3339 UTC.
    absolute_until: String,
    /// Whether the account was being closed, and this login took that back.
    account_reopened: bool,
}

/// A fresh session and the token that opens it.
pub(crate) struct Fresh {
    pub(crate) row: SessionRow,
    /// Whether its login takes the closing of the account back.
    pub(crate) reopens: bool,
    token: Zeroizing<String>,
    to_browser: bool,
}

/// Whether a browser asks: with each request that changes something it says where that comes from, and no page can leave
/// that out. Older ones know only `origin`.
fn is_browser(headers: &HeaderMap) -> bool {
    headers.contains_key("sec-fetch-site") || headers.contains_key("origin")
}

/// A token of 256 random bits, as text that fits cookies and addresses.
pub(crate) fn token(app: &App) -> Zeroizing<String> {
    drawn(app.entropy.as_ref())
}

fn drawn(entropy: &dyn Entropy) -> Zeroizing<String> {
    Zeroizing::new(URL_SAFE_NO_PAD.encode(random_32(entropy)))
}

impl Fresh {
    /// A session of the person behind a login, begun by this call.
    pub(crate) fn of(app: &App, call: &Call, login: &LoginRow) -> Self {
        let (id, now) = (app.mint(SessionId::new), app.clock.now());
        let mut fresh = Self::new(id, token(app), login, now);
        fresh.row.gpc = gpc(call.request().headers());
        fresh.row.usage = usage::name(app, login, fresh.row.gpc);
        fresh.to_browser = is_browser(call.request().headers());
        fresh
    }

    /// The session of this call under another token and id: what it proved, and when it ends in any case, stay. One call.
    ///
    /// # Errors
    /// 401 when it ended meanwhile.
    pub(crate) async fn in_place_of_former(
        app: &App,
        call: &Call,
        login: &LoginRow,
    ) -> Result<Self, Problem> {
        let routing = app.store.routing();
        let former = routing.find_session(call.session_hash()?).await;
        let former = former.or_problem()?.ok_or(Problem::Unauthenticated)?;
        let mut fresh = Self::of(app, call, login);
        fresh.goes_on_from(&former.row);
        Ok(fresh)
    }

    /// What a password proves, once it was found right: everything, or nothing where a code is needed too.
    pub(crate) fn proved_by_password(&mut self, login: &LoginRow) {
        if !login.second_factor {
            self.row.proved_at = self.row.created_at;
        }
    }

    fn goes_on_from(&mut self, former: &SessionRow) {
        self.row.absolute_until = former.absolute_until;
        self.row.idle_until = self.row.idle_until.min(former.absolute_until);
        self.row.proved_at = former.proved_at;
        self.row.passkey_at = former.passkey_at;
        self.row.usage = former.usage.clone();
        self.row.gpc = former.gpc;
    }

    fn new(id: SessionId, token: Zeroizing<String>, login: &LoginRow, now: Timestamp) -> Self {
        let row = SessionRow {
            id,
            token_hash: hash_token_hex(token.as_bytes()),
            user: login.user,
            memberships: login.memberships.clone(),
            created_at: now,
            idle_until: now.plus(IDLE),
            absolute_until: now.plus(ABSOLUTE),
            proved_at: now,
            passkey_at: None,
            usage: None,
            gpc: false,
            token: None,
        };
        Self {
            row,
            reopens: login.closes_at.is_some(),
            token,
            to_browser: false,
        }
    }

    /// The session as a proof: the token is known, and its row is about to be written.
    ///
    /// # Errors
    /// Never in practice: token and row were made together.
    pub(crate) fn verified(&self) -> Result<VerifiedSession, AccountsError> {
        let evidence = SessionEvidence {
            token_hash: &hash_token(self.token.as_bytes()),
            id: self.row.id,
            user: self.row.user,
            memberships: &[],
            expires_at: self.row.idle_until,
            token: None,
        };
        VerifiedSession::verify(self.token.as_bytes(), &evidence, self.row.created_at)
            .map_err(|_| AccountsError::Absent("session"))
    }

    /// 201 with the session, and its cookie; the token itself for programs only.
    pub(crate) fn answer(&self) -> Answer {
        let out = SessionOut {
            user_id: self.row.user.to_string(),
            session_id: self.row.id.to_string(),
            session_token: (!self.to_browser).then(|| self.token.to_string()),
            idle_until: self.row.idle_until.rfc3339(),
            absolute_until: self.row.absolute_until.rfc3339(),
            account_reopened: self.reopens,
        };
        let cookie = Cookie::Session
            .set(&self.token, ABSOLUTE)
            .map_err(AccountsError::from)
            .or_problem()?;
        Ok(http_kit::with_cookie(http_kit::created(&out)?, cookie))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    use domain::SystemEntropy;
    use domain::ids::{TenantId, UserId};
    use domain::role::{DataScope, Role};
    use store::row::Membership;

    fn login() -> LoginRow {
        LoginRow {
            memberships: vec![Membership {
                tenant: TenantId::from_bytes([2; 16]),
                role: Role::Owner,
                data: DataScope::AllBots,
                closes_at: None,
            }],
            ..LoginRow::new(
                UserId::from_bytes([1; 16]),
                "ab".into(),
                Default::default(),
                Timestamp::default(),
            )
        }
    }

    fn made(token: &str) -> Fresh {
        Fresh::new(
            SessionId::from_bytes([3; 16]),
            Zeroizing::new(token.to_owned()),
            &login(),
            Timestamp::from_seconds(1_000),
        )
    }

    #[test]
    fn a_token_is_256_bits_of_the_generator_and_never_the_same_twice() {
        struct Known;
        impl Entropy for Known {
            fn fill(&self, bytes: &mut [u8]) {
                bytes.fill(7);
            }
        }
        let bits = URL_SAFE_NO_PAD.decode(drawn(&Known).as_bytes());
        assert_eq!(bits.expect("base64url"), [7; 32]);
        let system = SystemEntropy::new();
        let tokens = (0..1_000).map(|_| drawn(&system).to_string());
        let different: HashSet<String> = tokens.collect();
        assert_eq!(different.len(), 1_000);
    }

    #[test]
    fn a_session_holds_the_hash_of_its_token_and_never_the_token() {
        let row = made("canary-token").row;
        assert_eq!(row.token_hash.len(), 64);
        assert!(
            !serde_json::to_string(&row)
                .expect("JSON")
                .contains("canary")
        );
    }

    #[test]
    fn a_session_ends_after_twelve_idle_hours_and_after_thirty_days() {
        let row = made("token").row;
        assert_eq!(row.idle_until.seconds(), 1_000 + 43_200);
        assert_eq!(row.absolute_until.seconds(), 1_000 + 2_592_000);
        assert_eq!(row.memberships, login().memberships);
    }

    #[test]
    fn a_session_in_place_of_another_proves_no_more_and_lasts_no_longer() {
        let former = SessionRow {
            proved_at: Timestamp::from_seconds(10),
            absolute_until: Timestamp::from_seconds(2_000),
            usage: Some("name".into()),
            ..made("token").row
        };
        let mut fresh = made("another");
        fresh.goes_on_from(&former);
        assert_eq!(fresh.row.proved_at, former.proved_at);
        assert_eq!(fresh.row.idle_until, former.absolute_until);
        assert_eq!(fresh.row.absolute_until, former.absolute_until);
        assert_eq!(fresh.row.usage, former.usage);
        assert_ne!(fresh.row.token_hash, former.token_hash);
    }

    #[test]
    fn a_password_proves_who_is_there_where_no_code_is_needed() {
        let former = SessionRow {
            proved_at: Timestamp::from_seconds(10),
            ..made("token").row
        };
        for (second_factor, proved_at) in [(false, 1_000), (true, 10)] {
            let mut fresh = made("another");
            fresh.goes_on_from(&former);
            fresh.proved_by_password(&LoginRow {
                second_factor,
                ..login()
            });
            assert_eq!(fresh.row.proved_at.seconds(), proved_at);
        }
    }

    #[test]
    fn the_answer_sets_the_cookie_with_the_token_of_the_body() {
        let answer = made("token-1").answer().expect("an answer");
        let cookie = answer.headers()[http::header::SET_COOKIE]
            .to_str()
            .expect("text");
        assert!(cookie.starts_with("__Host-sofi=token-1;"), "{cookie}");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(body["session_token"], "token-1");
    }

    #[test]
    fn a_browser_gets_the_token_as_a_cookie_and_not_in_the_body() {
        let mut headers = HeaderMap::new();
        assert!(!is_browser(&headers));
        let site = http::HeaderValue::from_static("same-origin");
        headers.insert("sec-fetch-site", site);
        let mut fresh = made("token-1");
        fresh.to_browser = is_browser(&headers);
        let mut older = HeaderMap::new();
        older.insert(
            "origin",
            http::HeaderValue::from_static("https://example.com"),
        );
        assert!(is_browser(&older));
        let answer = fresh.answer().expect("an answer");
        let cookie = answer.headers()[http::header::SET_COOKIE]
            .to_str()
            .expect("text");
        assert!(cookie.starts_with("__Host-sofi=token-1;"), "{cookie}");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(body.get("session_token"), None);
        assert_eq!(body["user_id"], fresh.row.user.to_string());
    }

    #[test]
    fn a_fresh_session_is_a_proof_of_its_own() {
        let fresh = made("token-1");
        let verified = fresh.verified().expect("verified");
        assert_eq!(
            (verified.id(), verified.user()),
            (fresh.row.id, login().user)
        );
    }
}
