//! `POST /api/v1/agreements`

use app::{App, Call, OrProblem};
use domain::audit::{Action, Version};
use domain::documents::DocumentId;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Serialize;
use store::row::AgreementRow;
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::agreements::{Accepted, record};

impl Validate for Accepted {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// A recorded acceptance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreementOut {
    /// `terms`, `privacy` or `dpa`.
    document: String,
    /// Its version.
    version: String,
    /// SHA-256 of its text, hex.
    sha256: String,
    /// Who accepted.
    accepted_by: String,
    /// When, RFC 3339 UTC.
    accepted_at: String,
}

impl From<AgreementRow> for AgreementOut {
    fn from(row: AgreementRow) -> Self {
        Self {
            document: row.document,
            version: row.version,
            sha256: row.sha256,
            accepted_by: row.actor.to_string(),
            accepted_at: row.accepted_at.rfc3339(),
        }
    }
}

/// Records that the current version of a text was accepted: terms and privacy policy by the person, the data processing
/// agreement by an owner for the workspace. Accepting twice changes nothing and answers with the first record.
#[utoipa::path(post, path = "/api/v1/agreements", operation_id = "create_agreement", tag = "accounts",
    request_body = Accepted,
    responses((status = 201, description = "The record; the first one if there was one.", body = AgreementOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: Accepted) -> Answer {
    let actor = call.session()?.user();
    let scope = scope(call, input.document.id())?;
    let row = record(input.current()?, actor, app.clock.now());
    let version: Version = row.version.parse().map_err(Problem::internal)?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    let index = transaction.create(&row);
    app.audit(
        &scope,
        Action::AgreementAccept,
        (input.document.id(), version),
    )
    .write(&mut transaction);
    let kept = match transaction.commit().await {
        Ok(()) => row,
        Err(error) => match error
            .failed(index)
            .and_then(|failed| failed.old::<AgreementRow>())
        {
            Some(first) => first,
            None => return Err(error).or_problem(),
        },
    };
    // Of a repeated request too: the first one may have died before it rang.
    app.ring_audit(&scope).await;
    http_kit::created(&AgreementOut::from(kept))
}

/// The contract about fans' data binds the workspace; the rest binds the person.
fn scope(call: &Call, document: DocumentId) -> Result<TenantScope<Owner>, Problem> {
    match document {
        DocumentId::Dpa => call.scope::<Owner>(),
        _ => Ok(call.session()?.account()),
    }
}
