//! `DELETE /api/v1/sessions`

use app::{App, OrProblem, end_session};
use domain::audit::Action;
use http_kit::Answer;
use store::row::UserSessionRow;
use tenancy::VerifiedSession;

/// Ends every session of the person but the one of this call, at once; their Telegram chats hear no more until they open a
/// new link. Tokens of the API go on.
#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "delete_other_sessions", tag = "accounts",
    responses((status = 204, description = "All other sessions have ended.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let listed = app.sessions_of(session.user()).await.or_problem()?;
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let other = |row: &UserSessionRow| row.id != session.id() && row.token_of.is_none();
    let others = listed.iter().filter(|found| other(&found.row));
    let others: Vec<_> = others.map(|found| &found.row).collect();
    let (first, more) = others.split_at(others.len().min(app::MOST_AT_ONCE));
    let mut transaction = db.transaction();
    first
        .iter()
        .for_each(|row| end_session(&mut transaction, row));
    app.end_hearing(&mut transaction, session.user());
    app.audit(&scope, Action::SessionRevoke, session.user())
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    // Logins side by side leave more than one transaction takes.
    for some in more.chunks(app::MOST_AT_ONCE) {
        let mut transaction = db.transaction();
        some.iter()
            .for_each(|row| end_session(&mut transaction, row));
        transaction.commit().await.or_problem()?;
    }
    app.ring_audit(&scope).await;
    http_kit::no_content()
}
