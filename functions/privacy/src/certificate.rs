//! `GET /api/v1/privacy/requests/{request_id}/certificate`

use app::{App, OrProblem};
use domain::ids::PrivacyRequestId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::PrivacyRequestRow;
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

/// The certificate of an erasure. It names nobody.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasureCertificate {
    /// Canonical JSON, exactly as it was signed: what was deleted in each store, what remains and until when, and the key.
    certificate: String,
    /// The signature of that text: ECDSA on P-256 over its SHA-256, DER, in base 64 with padding.
    signature: String,
}

/// Gives the certificate of an erasure that is over. It is there moments after the erasure, and 404 until then.
#[utoipa::path(get, path = "/api/v1/privacy/requests/{request_id}/certificate", operation_id = "get_erasure_certificate", tag = "privacy",
    params(("request_id" = String, Path, description = "The request for the erasure.")),
    responses((status = 200, description = "The certificate and its signature.", body = ErasureCertificate)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    request: PrivacyRequestId,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = keys::privacy_request(request);
    let found = db.find::<PrivacyRequestRow>(&key).await.or_problem()?;
    let row = found.ok_or(Problem::NotFound)?.row;
    let certificate = row.certificate.ok_or(Problem::NotFound)?;
    let signature = row.certificate_signature.ok_or(Problem::NotFound)?;
    http_kit::json(
        StatusCode::OK,
        &ErasureCertificate {
            certificate,
            signature,
        },
    )
}
