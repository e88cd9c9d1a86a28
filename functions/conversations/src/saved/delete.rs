//! `DELETE /api/v1/saved-replies/{reply_id}`
//!
//! Uses GetItem on `routing` and `tenant`, DeleteItem on `tenant`, PutItem on `work` and `audit`, sqs:SendMessage on `audit`.

use app::{App, IntoProblem, OrProblem};
use domain::audit::Action;
use domain::ids::SavedReplyId;
use http_kit::{Answer, Problem};
use store::keys;
use store::row::SavedReplyRow;
use tenancy::{Chatter, TenantScope};

/// Deletes a saved reply.
#[utoipa::path(delete, path = "/api/v1/saved-replies/{reply_id}",
    params(("reply_id" = String, Path, description = "The saved reply.")),
    responses((status = 204, description = "The saved reply is gone.")))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Chatter>, id: SavedReplyId) -> Answer {
    let db = app.store.within(&scope).or_problem()?;
    let key = keys::saved_reply(id);
    let found = db.find::<SavedReplyRow>(&key).await.or_problem()?;
    let found = found.ok_or(Problem::NotFound)?;
    let mut transaction = db.transaction();
    // It makes room and frees a shortcut: no other change has to come after it.
    transaction.delete::<SavedReplyRow>(&key, found.rev);
    app.audit(&scope, Action::SavedReplyDelete, id)
        .write(&mut transaction);
    match transaction.commit().await {
        Ok(()) => {
            app.ring_audit(&scope).await;
            http_kit::no_content()
        }
        Err(error) if error.is_race() => Err(Problem::conflict(
            "changed_meanwhile",
            "Somebody changed this saved reply meanwhile. Load it again.",
        )),
        Err(error) => Err(error.into_problem()),
    }
}
