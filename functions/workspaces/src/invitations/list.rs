//! `GET /api/v1/workspace/invitations`
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`).

use app::{App, AppError, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use super::{InvitationOut, open_email};
use crate::team;

/// The open invitations.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitationsOut {
    /// Oldest first.
    invitations: Vec<InvitationOut>,
}

/// Lists the invitations that can still be accepted.
#[utoipa::path(get, path = "/api/v1/workspace/invitations", operation_id = "list_invitations", tag = "workspaces",
    responses((status = 200, description = "The open invitations.", body = InvitationsOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let found = team::invitations(&db).await.or_problem()?;
    let invitations = found
        .iter()
        .filter(|found| found.row.token_hash.is_some())
        .map(|found| {
            Ok(InvitationOut::new(
                &found.row,
                open_email(&key, &found.row)?,
            ))
        })
        .collect::<Result<_, AppError>>()
        .or_problem()?;
    http_kit::json(StatusCode::OK, &InvitationsOut { invitations })
}
