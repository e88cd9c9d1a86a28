//! `DELETE /api/v1/sessions/{session_id}`

use app::{App, OrProblem, end_session};
use domain::audit::Action;
use domain::ids::SessionId;
use http_kit::{Answer, Problem};
use store::keys;
use store::row::UserSessionRow;
use tenancy::VerifiedSession;

/// Ends one session of the person, from the next call on. Another person's session is not found.
#[utoipa::path(delete, path = "/api/v1/sessions/{session_id}", operation_id = "delete_session", tag = "accounts",
    params(("session_id" = String, Path, description = "A session's id, from the list")),
    responses((status = 204, description = "The session has ended.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, id: SessionId) -> Answer {
    let routing = app.store.routing();
    let found = routing
        .find::<UserSessionRow>(&keys::user_session(session.user(), id))
        .await
        .or_problem()?
        .filter(|found| found.row.token_of.is_none())
        .ok_or(Problem::NotFound)?;
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    end_session(&mut transaction, &found.row);
    app.audit(&scope, Action::SessionRevoke, id)
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    http_kit::no_content()
}
