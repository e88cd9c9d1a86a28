//! `GET /api/v1/privacy/closed-workspaces/{workspace_id}/certificate`

use app::{App, OrProblem};
use domain::ids::TenantId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::ClosedRow;
use tenancy::VerifiedSession;
use utoipa::ToSchema;

/// The certificate of a workspace's erasure. It names nobody.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceCertificate {
    /// Canonical JSON, exactly as it was signed: what was deleted in each store, what remains and until when, and the key.
    certificate: String,
    /// The signature of that text: ECDSA on P-256 over its SHA-256, DER, in base 64 with padding.
    signature: String,
}

/// Gives whoever owned a workspace the certificate that it was erased. 404 for everybody else, and until it is over.
#[utoipa::path(get, path = "/api/v1/privacy/closed-workspaces/{workspace_id}/certificate", operation_id = "get_workspace_certificate", tag = "privacy",
    params(("workspace_id" = String, Path, description = "The workspace that was closed.")),
    responses((status = 200, description = "The certificate and its signature.", body = WorkspaceCertificate)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, workspace: TenantId) -> Answer {
    let routing = app.store.routing();
    let found = routing.find::<ClosedRow>(&keys::closed(workspace)).await;
    let row = found.or_problem()?.ok_or(Problem::NotFound)?.row;
    if !row.owners.contains(&session.user()) {
        return Err(Problem::NotFound);
    }
    let certificate = row.certificate.ok_or(Problem::NotFound)?;
    let signature = row.certificate_signature.ok_or(Problem::NotFound)?;
    http_kit::json(
        StatusCode::OK,
        &WorkspaceCertificate {
            certificate,
            signature,
        },
    )
}
