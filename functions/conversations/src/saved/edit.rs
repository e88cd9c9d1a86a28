//! `PATCH /api/v1/saved-replies/{reply_id}`
//!
//! Uses GetItem on `routing`, `keys` and `tenant`, Query and PutItem on `tenant`, PutItem on `work` and `audit`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::SavedReplyId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use serde::Deserialize;
use store::StoreError;
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{Content, SavedReplyOut, Shelf, TRIES, check, sealed, settled};

/// What changes about a saved reply. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedReplyUpdate {
    /// The shortcut from now on.
    #[serde(default)]
    shortcut: Option<String>,
    /// The text from now on.
    #[serde(default)]
    text: Option<String>,
}

impl Validate for SavedReplyUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        check(errors, self.shortcut.as_deref(), self.text.as_deref());
    }
}

/// Changes a saved reply.
#[utoipa::path(patch, path = "/api/v1/saved-replies/{reply_id}", request_body = SavedReplyUpdate,
    params(("reply_id" = String, Path, description = "The saved reply.")),
    responses((status = 200, description = "The saved reply as it is now.", body = SavedReplyOut)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    id: SavedReplyId,
    input: SavedReplyUpdate,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let shelf = Shelf::read(&db, &key).await.or_problem()?;
        let (found, was) = shelf.find(id)?;
        let content = Content {
            shortcut: input.shortcut.as_ref().unwrap_or(&was.shortcut).clone(),
            text: input.text.as_ref().unwrap_or(&was.text).clone(),
        };
        shelf.free(&content.shortcut, Some(id))?;
        let row = sealed(app, &key, id, scope.actor(), &content).or_problem()?;
        let mut transaction = db.transaction();
        shelf.turn(&mut transaction, row.changed_at);
        transaction.replace(&row, found.rev);
        app.audit(&scope, Action::SavedReplyChange, id)
            .write(&mut transaction);
        if settled(transaction.commit().await)? {
            app.ring_audit(&scope).await;
            return http_kit::json(StatusCode::OK, &SavedReplyOut::new(&row, content));
        }
    }
    Err(StoreError::Contention).or_problem()
}
