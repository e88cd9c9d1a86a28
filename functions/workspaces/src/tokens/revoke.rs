//! `DELETE /api/v1/workspace/tokens/{token_id}`
//!
//! Uses GetItem on `routing`, `keys` and `tenant`, DeleteItem on `routing` and `tenant`, PutItem on `audit` and `work`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on the audit queue.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::ApiTokenId;
use http_kit::{Answer, Problem};
use store::row::{ApiTokenRow, ApiTokenUseRow};
use store::{Row, keys};
use tenancy::{Manager, TenantScope};

use super::{Noted, end};
use crate::team;

/// Ends a token, whoever made it, from the next call on.
#[utoipa::path(delete, path = "/api/v1/workspace/tokens/{token_id}", operation_id = "delete_api_token", tag = "workspaces",
    params(("token_id" = String, Path, description = "A token's id, from the list.")),
    responses((status = 204, description = "The token opens nothing any more.")))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, token: ApiTokenId) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let found = db.find::<ApiTokenRow>(&keys::api_token(token)).await;
    let found = found.or_problem()?.ok_or(Problem::NotFound)?;
    let entry = app
        .audit(scope, Action::ApiTokenRevoke, token)
        .values(&key, Some(&Noted::of(&found.row)), None::<&Noted<'_>>)
        .or_problem()?;
    let mut transaction = db.transaction();
    transaction.delete::<ApiTokenRow>(&found.row.key(), found.rev);
    transaction.delete_any::<ApiTokenUseRow>(&keys::api_token_use(token));
    end(&mut transaction, &found.row);
    entry.write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_audit(scope).await;
    http_kit::no_content()
}
