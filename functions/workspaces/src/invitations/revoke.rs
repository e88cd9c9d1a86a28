//! `DELETE /api/v1/workspace/invitations/{invitation_id}`
//!
//! Uses GetItem on `routing`, `keys` and `tenant`, PutItem on `tenant`, `audit` and `work`, DeleteItem on `routing`,
//! kms:Decrypt (purpose `data`), sqs:SendMessage on the audit queue.

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::InvitationId;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::{InvitationLinkRow, InvitationRow};
use tenancy::{Manager, TenantScope};

use super::open_email;
use crate::team;

#[derive(Serialize)]
struct Noted {
    email: String,
}

/// Takes an invitation back: its link opens nothing any more.
#[utoipa::path(delete, path = "/api/v1/workspace/invitations/{invitation_id}", operation_id = "delete_invitation", tag = "workspaces",
    params(("invitation_id" = String, Path, description = "The invitation.")),
    responses((status = 204, description = "It cannot be accepted any more.")))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    invitation: InvitationId,
) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let found = db
        .find::<InvitationRow>(&keys::invitation(invitation))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let token_hash = found.row.token_hash.as_deref().ok_or(Problem::NotFound)?;
    let noted = Noted {
        email: open_email(&key, &found.row).or_problem()?,
    };
    let entry = app
        .audit(scope, Action::InvitationRevoke, scope.tenant())
        .values(&key, Some(&noted), None::<&Noted>)
        .or_problem()?;
    let mut transaction = db.transaction();
    let taken_back = InvitationRow {
        token_hash: None,
        ..found.row.clone()
    };
    transaction.replace(&taken_back, found.rev);
    transaction.delete_any::<InvitationLinkRow>(&keys::invitation_link(token_hash));
    entry.write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_audit(scope).await;
    http_kit::no_content()
}
