//! The edge of every HTTP function: access before the handler, problem bodies after it. The runtime logs the outcome.

use std::time::Duration;

use bytes::Bytes;
use domain::ids::{BotId, UserId};
use domain::role::{Right, Role};
use http::header::{HOST, ORIGIN};
use http::{Request, Response};
use http_kit::{
    Access, Answer, CSRF_HEADER, Cookie, Credential, CsrfFacts, Method, Problem, Route, check_csrf,
    gpc,
};
use lambda::{BoxFuture, HttpFn, Invocation, PathParams};
use store::keys;
use store::row::{SessionRow, StaffRow};
use tenancy::{
    Member, Refused, SessionEvidence, StaffEvidence, VerifiedSession, VerifiedStaff, hash_token_hex,
};

use crate::problem::OrProblem;
use crate::tokens::{self, Allowance};
use crate::{App, Call};

/// A handler after its proofs were taken from the call.
pub type Handler = fn(&'static App, Call) -> BoxFuture<'static, Answer>;

/// How long a proof counts for a dangerous act.
pub const PROVED_FOR: Duration = Duration::from_secs(5 * 60);

impl App {
    /// Wraps a handler for its route.
    pub fn serve(&'static self, route: &'static Route, handler: Handler) -> HttpFn {
        Box::new(move |request| Box::pin(self.answer(route, handler, request)))
    }

    async fn answer(
        &'static self,
        route: &'static Route,
        handler: Handler,
        request: Request<Bytes>,
    ) -> Response<Bytes> {
        let request_id = request
            .extensions()
            .get::<Invocation>()
            .map(|call| call.request_id.clone())
            .unwrap_or_default();
        let mut allowance = None;
        let answer = match Box::pin(self.admit(route, request, &mut allowance)).await {
            Ok(call) => handler(self, call).await,
            Err(problem) => Err(problem),
        };
        let mut response = http_kit::respond(answer, &request_id);
        if let Some(allowance) = allowance {
            allowance.tell(response.headers_mut());
        }
        response
    }

    /// The call, or why it is refused; and, where a token asks, what that token has left.
    async fn admit(
        &self,
        route: &'static Route,
        request: Request<Bytes>,
        allowance: &mut Option<Allowance>,
    ) -> Result<Call, Problem> {
        if request.body().len() > route.max_body {
            return Err(Problem::TooLarge {
                limit: route.max_body,
            });
        }
        let bearer = http_kit::bearer(request.headers()).map(str::to_owned);
        let cookie = http_kit::cookie(request.headers(), Cookie::Session).map(str::to_owned);
        let credential = match (&bearer, &cookie) {
            (Some(_), _) => Credential::Bearer,
            (None, Some(_)) => Credential::Cookie,
            (None, None) => Credential::Absent,
        };
        if route.access != Access::Hook && !route.harmless {
            self.check_origin(&request, credential)?;
        }
        if matches!(route.access, Access::Public | Access::Hook) {
            return Ok(Call {
                route,
                request,
                session: None,
                session_hash: None,
                staff: None,
                counted: false,
                gpc: false,
                proved: false,
            });
        }
        let token = bearer.or(cookie).ok_or(Problem::Unauthenticated)?;
        let known = Box::pin(self.verify(&token)).await?;
        let user = known.0.user();
        let admitted = self.admit_known(route, request, (credential, known), allowance);
        Box::pin(admitted)
            .await
            .inspect_err(|problem| tell_refused(user, problem))
    }

    /// Lets in somebody who is known, or not. What they do is counted once they are in: a refusal is told of with their id, and
    /// no id stands beside what is counted.
    async fn admit_known(
        &self,
        route: &'static Route,
        request: Request<Bytes>,
        (credential, (session, row)): (Credential, (VerifiedSession, SessionRow)),
        allowance: &mut Option<Allowance>,
    ) -> Result<Call, Problem> {
        if let Some(grant) = &row.token {
            tokens::admit(grant, route, credential)?;
            let spent = Box::pin(self.count_token(grant, row.absolute_until)).await?;
            allowance.insert(spent).judge()?;
        }
        let staff = match route.access {
            Access::Staff => Some(Box::pin(self.staff(&session, &row)).await?),
            _ => None,
        };
        let call = Call {
            route,
            request,
            staff,
            counted: row.usage.is_some(),
            gpc: row.gpc,
            proved: self.clock.now() <= row.proved_at.plus(PROVED_FOR),
            session: Some(session),
            session_hash: Some(row.token_hash),
        };
        if let Access::Session { right } = route.access {
            require_right(&call, right)?;
            require_open(&call)?;
        }
        if route.step_up {
            call.require_proof()?;
        }
        count_usage(route, row.usage.as_deref(), call.request.headers());
        Ok(call)
    }

    /// The appointment is read at each call: one that was taken back opens nothing any more. Who has none learns nothing.
    async fn staff(
        &self,
        session: &VerifiedSession,
        row: &SessionRow,
    ) -> Result<VerifiedStaff, Problem> {
        let key = keys::staff(session.user());
        let found = self.store.routing().find::<StaffRow>(&key).await;
        let appointed = found.or_problem()?.ok_or(Problem::NotFound)?.row;
        let evidence = StaffEvidence {
            user: appointed.user,
            id: appointed.id,
            role: appointed.role,
            deputy_until: appointed.deputy_until,
            passkey_at: row.passkey_at,
        };
        VerifiedStaff::verify(session, &evidence, self.clock.now()).map_err(|refused| match refused {
            Refused::Invalid => Problem::forbidden(
                "passkey_required",
                "Staff prove who they are with a passkey each day: POST /api/v1/sessions/current/proofs with one.",
            ),
            Refused::NotAMember | Refused::RoleTooLow => Problem::NotFound,
        })
    }

    fn check_origin(
        &self,
        request: &Request<Bytes>,
        credential: Credential,
    ) -> Result<(), Problem> {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        // On a laptop the dashboard is served from whichever address the person opened.
        let own_host = header(HOST.as_str())
            .map(|host| format!("http://{host}"))
            .filter(|_| self.config.app_origin.is_empty());
        let own = own_host.as_deref().unwrap_or(&self.config.app_origin);
        check_csrf(&CsrfFacts {
            method: request.method(),
            credential,
            sec_fetch_site: header("sec-fetch-site"),
            origin: header(ORIGIN.as_str()),
            marker: header(CSRF_HEADER),
            own_origins: &[own],
        })?;
        Ok(())
    }

    async fn verify(&self, token: &str) -> Result<(VerifiedSession, SessionRow), Problem> {
        let hex = hash_token_hex(token.as_bytes());
        let found = self
            .store
            .routing()
            .find_session(&hex)
            .await
            .or_problem()?
            .ok_or(Problem::Unauthenticated)?;
        let stored = from_hex(&found.row.token_hash).ok_or(Problem::Unauthenticated)?;
        let memberships: Vec<_> = found
            .row
            .memberships
            .iter()
            .map(|entry| Member {
                tenant: entry.tenant,
                role: entry.role,
                data: entry.data.clone(),
                closes_at: entry.closes_at,
            })
            .collect();
        let evidence = SessionEvidence {
            token_hash: &stored,
            id: found.row.id,
            user: found.row.user,
            memberships: &memberships,
            expires_at: found.row.idle_until.min(found.row.absolute_until),
            token: found.row.token.as_ref().map(|grant| grant.id),
        };
        let session = VerifiedSession::verify(token.as_bytes(), &evidence, self.clock.now());
        session
            .map(|session| (session, found.row))
            .map_err(|_| Problem::Unauthenticated)
    }
}

/// Acts are counted, not looks: what a dashboard asks for by itself says nothing about anybody's work. A browser that sends
/// its signal from now on is taken at its word from now on.
fn count_usage(route: &Route, login: Option<&str>, headers: &http::HeaderMap) {
    if let Some(login) = login.filter(|_| is_counted(route, headers)) {
        tracing::info!(
            usage.event = route.operation_id,
            usage.login = login,
            "used"
        );
    }
}

/// Who was refused, once a call; why stands in the last line of the call. What we could not find out is no refusal.
fn tell_refused(user: UserId, problem: &Problem) {
    if problem.status().is_client_error() {
        tracing::info!(user.id = %user, "refused");
    }
}

fn is_counted(route: &Route, headers: &http::HeaderMap) -> bool {
    route.method != Method::Get && !gpc(headers)
}

pub(crate) fn step_up_required() -> Problem {
    Problem::forbidden(
        "step_up_required",
        "Please prove again that it is you: POST /api/v1/sessions/current/proofs with your password or a code.",
    )
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

/// The route's floor, checked here so that no handler can forget it; the handler's scope type repeats it.
fn require_right(call: &Call, right: Right) -> Result<(), Problem> {
    require_sight(call)?;
    match right.minimum() {
        Role::Analyst => call.scope::<tenancy::Reader>().map(drop),
        Role::Chatter => call.scope::<tenancy::Chatter>().map(drop),
        Role::Manager => call.scope::<tenancy::Manager>().map(drop),
        Role::Owner => call.scope::<tenancy::Owner>().map(drop),
    }
}

/// The data of a workspace that is being closed stands still: whoever takes it back finds it as it was.
fn require_open(call: &Call) -> Result<(), Problem> {
    let named = call.scope::<tenancy::Reader>()?.tenant();
    let memberships = call.session()?.memberships();
    let closing = memberships
        .iter()
        .any(|member| member.tenant == named && member.closes_at.is_some());
    match closing && call.route.needs_open_workspace() {
        true => Err(Problem::conflict(
            "workspace_closing",
            "This workspace is being closed. Until it is erased it can be read and exported, and an owner can take the closing back.",
        )),
        false => Ok(()),
    }
}

/// A bot in the path that the member does not see is not there, whatever the route does with it.
fn require_sight(call: &Call) -> Result<(), Problem> {
    let named = call.request().extensions().get::<PathParams>();
    let named = named.and_then(|params| params.get("bot_id")?.parse::<BotId>().ok());
    let scope = call.scope::<tenancy::Reader>()?;
    match named.is_none_or(|bot| scope.data().sees(bot)) {
        true => Ok(()),
        false => Err(Problem::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue};

    const ACT: Route = Route::put("/api/v1/x", "x.set", "set_x", Access::Person);
    const LOOK: Route = Route::get("/api/v1/x", "x.get", "get_x", Access::Person);

    #[test]
    fn who_is_refused_is_told_of_and_what_we_could_not_find_out_is_no_refusal() {
        let capture = telemetry::testing::Capture::default();
        let guard = capture.install("x.set");
        let user = UserId::from_bytes([1; 16]);
        tell_refused(user, &Problem::NotFound);
        let unknown = Problem::unavailable(store::StoreError::Contention);
        tell_refused(user, &unknown);
        drop(guard);
        let lines = capture.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0]["user.id"], user.to_string());
    }

    #[test]
    fn an_act_is_counted_until_the_browser_signals() {
        let mut headers = HeaderMap::new();
        assert!(is_counted(&ACT, &headers));
        assert!(!is_counted(&LOOK, &headers), "a look says nothing");
        headers.insert("sec-gpc", HeaderValue::from_static("1"));
        assert!(!is_counted(&ACT, &headers));
    }
}
