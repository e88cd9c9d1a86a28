//! `DELETE /api/v1/sessions`

use app::{App, OrProblem, end_session};
use http_kit::Answer;
use store::row::UserSessionRow;
use tenancy::VerifiedSession;

/// Ends every session of the person but the one of this call, at once. Tokens of the API go on.
#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "delete_other_sessions", tag = "accounts",
    responses((status = 204, description = "All other sessions have ended.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let listed = app.sessions_of(session.user()).await.or_problem()?;
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    let other = |row: &UserSessionRow| row.id != session.id() && row.token_of.is_none();
    for other in listed.iter().filter(|found| other(&found.row)) {
        end_session(&mut transaction, &other.row);
    }
    transaction.commit().await.or_problem()?;
    http_kit::no_content()
}
