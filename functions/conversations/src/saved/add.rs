//! `POST /api/v1/saved-replies`
//!
//! Uses GetItem on `routing`, `keys` and `tenant`, Query and PutItem on `tenant`, PutItem on `work` and `audit`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::SavedReplyId;
use http_kit::{Answer, FieldErrors, Validate};
use serde::Deserialize;
use store::StoreError;
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;

use super::{Content, SavedReplyOut, Shelf, TRIES, check, sealed, settled};

/// A reply to keep at hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedReplyIn {
    /// What it is found by: 1 to 40 letters, digits, hyphens, underscores or dots. Unique, whatever its case.
    shortcut: String,
    /// The text, 1 to 4,096 UTF-16 units, not only blanks.
    text: String,
}

impl Validate for SavedReplyIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check(errors, Some(&self.shortcut), Some(&self.text));
    }
}

/// Saves a reply. A workspace has at most 200.
#[utoipa::path(post, path = "/api/v1/saved-replies", request_body = SavedReplyIn,
    responses((status = 201, description = "The saved reply.", body = SavedReplyOut)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Chatter>, input: SavedReplyIn) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let content = Content {
        shortcut: input.shortcut,
        text: input.text,
    };
    let id = app.mint(SavedReplyId::new);
    for _ in 0..TRIES {
        let shelf = Shelf::read(&db, &key).await.or_problem()?;
        shelf.room()?;
        shelf.free(&content.shortcut, None)?;
        let row = sealed(app, &key, id, scope.actor(), &content).or_problem()?;
        let mut transaction = db.transaction();
        shelf.turn(&mut transaction, row.changed_at);
        transaction.create(&row);
        app.audit(&scope, Action::SavedReplyCreate, id)
            .write(&mut transaction);
        if settled(transaction.commit().await)? {
            app.ring_audit(&scope).await;
            return http_kit::created(&SavedReplyOut::new(&row, content));
        }
    }
    Err(StoreError::Contention).or_problem()
}
