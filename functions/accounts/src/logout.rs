//! `DELETE /api/v1/sessions/current`

use app::{App, OrProblem};
use domain::audit::Action;
use http::HeaderValue;
use http_kit::{Answer, Cookie};
use store::keys;
use store::row::{SessionRow, UserSessionRow};
use tenancy::VerifiedSession;

/// What the browser forgets with the session.
const FORGET: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// Ends the session of this call. A token that was shown once more afterwards opens nothing.
#[utoipa::path(delete, path = "/api/v1/sessions/current", operation_id = "delete_current_session", tag = "accounts",
    responses((status = 204, description = "The session has ended; its cookie is removed.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, session_hash: &str) -> Answer {
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    transaction.delete_any::<SessionRow>(&keys::session(session_hash));
    transaction.delete_any::<UserSessionRow>(&keys::user_session(session.user(), session.id()));
    app.audit(&scope, Action::SessionEnd, session.id())
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    forget(http_kit::no_content())
}

/// The answer after which the browser has nothing of the session any more.
pub(crate) fn forget(answer: Answer) -> Answer {
    let mut answer = http_kit::with_cookie(answer?, Cookie::Session.clear());
    answer.headers_mut().insert("clear-site-data", FORGET);
    Ok(answer)
}
