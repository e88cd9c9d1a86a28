//! `GET /api/v1/workspace/tokens`
//!
//! Uses GetItem and BatchGetItem on `routing`, Query on `tenant`.

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::keys;
use store::row::{ApiTokenUseRow, SessionRow};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::ApiTokenOut;
use crate::team;

/// The tokens of a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiTokensOut {
    /// Newest first; at most 50.
    tokens: Vec<ApiTokenOut>,
}

/// Lists the tokens that are good. One that ended with its maker's rights is not among them.
#[utoipa::path(get, path = "/api/v1/workspace/tokens", operation_id = "list_api_tokens", tag = "workspaces",
    responses((status = 200, description = "The tokens that are good.", body = ApiTokensOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let listed = team::tokens(&db).await.or_problem()?;
    let routing = app.store.routing();
    let mut many = routing.read_many();
    let slots: Vec<_> = listed
        .iter()
        .map(|found| {
            let session = many.find::<SessionRow>(&keys::session(&found.row.token_hash));
            (
                session,
                many.find::<ApiTokenUseRow>(&keys::api_token_use(found.row.id)),
            )
        })
        .collect();
    let answers = many.send().await.or_problem()?;
    let mut tokens = Vec::with_capacity(listed.len());
    for (found, (session, last)) in listed.iter().zip(slots).rev() {
        if answers.get(session).or_problem()?.is_some() {
            let last = answers.get(last).or_problem()?;
            let last = last.map(|last| last.row.last_used_at.rfc3339());
            tokens.push(ApiTokenOut::new(&found.row, last));
        }
    }
    http_kit::json(StatusCode::OK, &ApiTokensOut { tokens })
}
