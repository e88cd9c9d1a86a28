//! `GET /api/v1/bots/{bot_id}/alerts`

use app::{App, OrProblem};
use domain::alert::AlertChat;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use crate::bot;

/// Somebody who hears.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertOut {
    /// The member.
    user_id: String,
    /// Since when, RFC 3339 UTC.
    since: String,
}

/// Everybody who hears of a bot's fans.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertListOut {
    /// Ten at most, in the order in which they began.
    alerts: Vec<AlertOut>,
}

impl From<&AlertChat> for AlertOut {
    fn from(chat: &AlertChat) -> Self {
        Self {
            user_id: chat.user.to_string(),
            since: chat.since.rfc3339(),
        }
    }
}

/// Lists who of the team hears in Telegram of what waits for this bot's fans.
#[utoipa::path(get, path = "/api/v1/bots/{bot_id}/alerts", operation_id = "list_alerts", tag = "bots",
    params(("bot_id" = String, Path, description = "The bot.")),
    responses((status = 200, description = "Who hears.", body = AlertListOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, id: BotId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let bot = bot::find(&db, id).await?;
    let alerts = bot.row.alerts.iter().map(AlertOut::from).collect();
    http_kit::json(StatusCode::OK, &AlertListOut { alerts })
}
