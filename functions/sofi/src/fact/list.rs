//! `GET /api/v1/fans/{fan_id}/facts`
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem and Query on `tenant`, BatchGetItem on `keys`, kms:Decrypt (purpose
//! `data`).

use app::{App, AppError, OrProblem};
use domain::ids::FanId;
use futures::try_join;
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use super::{FactOut, FanSlots};

/// What Sofi remembers about a fan.
#[derive(Serialize, ToSchema)]
pub(crate) struct FactList {
    /// All facts that still hold, at most 60, most recent first.
    facts: Vec<FactOut>,
}

/// Lists what Sofi remembers about a fan.
#[utoipa::path(get, path = "/api/v1/fans/{fan_id}/facts",
    params(("fan_id" = String, Path, description = "The fan.")),
    responses((status = 200, description = "All facts.", body = FactList)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>, fan: FanId) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let mut reads = db.read_many();
    let slots = FanSlots::ask(&mut reads, fan, &key, scope.data())?;
    let (found, facts) = try_join!(Box::pin(reads.send()), super::all(&db, fan)).or_problem()?;
    let fan_key = slots.open(&found, &key)?;
    let facts = facts
        .iter()
        .map(|found| Ok(FactOut::new(&found.row, super::open(&fan_key, &found.row)?)))
        .collect::<Result<_, AppError>>()
        .or_problem()?;
    http_kit::json(StatusCode::OK, &FactList { facts })
}
