//! `GET /api/v1/bots/{bot_id}/sofi`
//!
//! Uses GetItem on `routing`, BatchGetItem on `tenant`.

use app::{App, OrProblem};
use domain::ids::BotId;
use http::StatusCode;
use http_kit::Answer;
use tenancy::{Reader, TenantScope};

use super::SofiSettings;
use crate::desk;

/// Shows what Sofi does for a bot.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/sofi", params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "The settings.", body = SofiSettings)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, bot: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let found = desk::settings(&db, bot).await?;
    http_kit::json(
        StatusCode::OK,
        &SofiSettings::of(found.as_ref().map(|found| &found.row)),
    )
}
