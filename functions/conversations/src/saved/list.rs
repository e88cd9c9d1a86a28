//! `GET /api/v1/saved-replies`: all of them; there are never many.
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`).

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use super::SavedReplyOut;

/// The saved replies of a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedReplyList {
    /// By shortcut.
    saved_replies: Vec<SavedReplyOut>,
}

/// Lists the workspace's saved replies.
#[utoipa::path(get, path = "/api/v1/saved-replies",
    responses((status = 200, description = "All saved replies.", body = SavedReplyList)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut all = super::all(&db, &key).await.or_problem()?;
    all.sort_by_key(|(_, content)| content.shortcut.to_lowercase());
    let shown = all.into_iter();
    let saved_replies = shown
        .map(|(found, content)| SavedReplyOut::new(&found.row, content))
        .collect();
    http_kit::json(StatusCode::OK, &SavedReplyList { saved_replies })
}
