//! `GET /api/v1/workspace/tokens`
//!
//! Uses GetItem and BatchGetItem on `routing`, Query on `tenant`.

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::{ApiTokenOut, living};

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
    let tokens = living(app, &db).await?;
    http_kit::json(StatusCode::OK, &ApiTokensOut { tokens })
}
