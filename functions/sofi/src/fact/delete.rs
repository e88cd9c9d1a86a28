//! `DELETE /api/v1/fans/{fan_id}/facts/{fact_id}`
//!
//! Uses GetItem on `routing`, BatchGetItem and DeleteItem on `tenant`, BatchGetItem and GetItem on `keys`,
//! kms:Decrypt (purpose `data`).

use app::{App, OrProblem};
use domain::ids::{FactId, FanId};
use http_kit::Answer;
use store::keys;
use store::row::FactRow;
use tenancy::{Chatter, TenantScope};

use super::FanSlots;

/// Has Sofi forget something about a fan. Forgetting it twice changes nothing.
#[utoipa::path(delete, path = "/api/v1/fans/{fan_id}/facts/{fact_id}",
    params(("fan_id" = String, Path, description = "The fan."), ("fact_id" = String, Path, description = "The fact.")),
    responses((status = 204, description = "It is forgotten.")))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Chatter>,
    (fan, fact): (FanId, FactId),
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let mut reads = db.read_many();
    let slots = FanSlots::ask(&mut reads, fan, &key, scope.data())?;
    let found = Box::pin(reads.send()).await.or_problem()?;
    slots.wrapped(&found)?;
    let mut transaction = db.transaction();
    transaction.delete_any::<FactRow>(&keys::fact(fan, fact));
    Box::pin(transaction.commit()).await.or_problem()?;
    http_kit::no_content()
}
