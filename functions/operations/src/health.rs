//! `GET /api/v1/health`

use app::App;
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use utoipa::ToSchema;

/// That the service answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthOut {
    /// Always `ok`; anything else is no answer at all.
    status: &'static str,
    /// The stage that answered.
    stage: String,
    /// The service's time, RFC 3339 UTC.
    time: String,
}

/// Tells whether the service answers.
#[utoipa::path(get, path = "/api/v1/health", operation_id = "get_health", tag = "operations",
    responses((status = 200, description = "The service answers.", body = HealthOut)))]
pub(crate) async fn handle(app: &App) -> Answer {
    let time = app.clock.now().rfc3339();
    http_kit::json(
        StatusCode::OK,
        &HealthOut {
            status: "ok",
            stage: app.config.stage.clone(),
            time,
        },
    )
}
