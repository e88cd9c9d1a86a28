//! `DELETE /api/v1/sessions`

use app::{App, OrProblem, end_session};
use http_kit::Answer;
use tenancy::VerifiedSession;

/// Ends every session of the person but the one of this call, at once.
#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "delete_other_sessions", tag = "accounts",
    responses((status = 204, description = "All other sessions have ended.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let listed = app.sessions_of(session.user()).await.or_problem()?;
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    for other in listed.iter().filter(|found| found.row.id != session.id()) {
        end_session(&mut transaction, &other.row);
    }
    transaction.commit().await.or_problem()?;
    http_kit::no_content()
}
