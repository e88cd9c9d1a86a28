//! `GET /api/v1/fans/{fan_id}`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant` and `keys`, Query on `tenant`, kms:Decrypt (purpose
//! `data`).

use app::{App, OrProblem};
use domain::ids::FanId;
use http::StatusCode;
use http_kit::Answer;
use tenancy::{Reader, TenantScope};

use crate::load;
use crate::out::FanOut;

/// Shows one fan.
#[utoipa::path(get, path = "/api/v1/fans/{fan_id}", params(("fan_id" = String, Path, description = "The fan.")),
    responses((status = 200, description = "The fan.", body = FanOut)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>, fan: FanId) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let loaded = load::fan(&db, scope.data(), &key, fan).await?;
    http_kit::json(StatusCode::OK, &FanOut::open(&loaded).or_problem()?)
}

const _: usize = 1;
