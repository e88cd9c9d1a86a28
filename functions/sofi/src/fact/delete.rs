//! `DELETE /api/v1/fans/{fan_id}/facts/{fact_id}`
//!
//! Uses GetItem on `routing`, BatchGetItem and DeleteItem on `tenant`, BatchGetItem and GetItem on `keys`, PutItem on `work`
//! and `audit`, kms:Decrypt (purpose `data`), sqs:SendMessage on `audit`.

use app::{App, OrProblem};
use domain::audit::Action;
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
    let known = reads.find::<FactRow>(&keys::fact(fan, fact));
    let found = Box::pin(reads.send()).await.or_problem()?;
    slots.wrapped(&found)?;
    if found.get(known).or_problem()?.is_none() {
        return http_kit::no_content();
    }
    let mut transaction = db.transaction();
    transaction.delete_any::<FactRow>(&keys::fact(fan, fact));
    app.audit(scope, Action::FactDelete, fan)
        .write(&mut transaction);
    Box::pin(transaction.commit()).await.or_problem()?;
    app.ring_audit(scope).await;
    http_kit::no_content()
}
