//! `GET /api/v1/bots`

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use crate::bot::{self, BotOut};

/// The bots of a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BotListOut {
    /// All of them, in the order they were first connected; disconnected ones too, because their history is there.
    bots: Vec<BotOut>,
}

/// Lists the bots of the workspace.
#[utoipa::path(get, path = "/api/v1/bots", operation_id = "list_bots", tag = "bots",
    responses((status = 200, description = "All bots.", body = BotListOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let bots = bot::all(&db).await.or_problem()?;
    http_kit::json(
        StatusCode::OK,
        &BotListOut {
            bots: bots.iter().map(|found| BotOut::from(&found.row)).collect(),
        },
    )
}
