//! `GET /api/v1/ai/budget`
//!
//! Uses GetItem on `routing`, BatchGetItem on `tenant` and `work`.

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use tenancy::{Reader, TenantScope};

use super::Budget;

/// Shows what Sofi may spend, and has spent today.
#[utoipa::path(get, path = "/api/v1/ai/budget",
    responses((status = 200, description = "Limits and today's spending.", body = Budget)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let (limits, _, today) = super::read(&db, app.clock.now()).await?;
    http_kit::json(StatusCode::OK, &Budget::of(&limits, &today))
}
