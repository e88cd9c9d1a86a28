//! `GET /compliance/export-requests` and `GET /compliance/export-requests/{request_id}`

use app::{App, OrProblem};
use domain::ids::PrivacyRequestId;
use domain::privacy::ExportState;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ComplianceRequestRow, ExportRow};
use store::{Direction, Page, TenantDb, keys};
use tenancy::{Officer, VerifiedStaff};
use utoipa::{IntoParams, ToSchema};

use super::{ComplianceRequest, ComplianceRequestDetail};

/// Requests that are listed. Each was written down by hand; older ones are found by their ids.
const LISTED: usize = 100;

/// Of which workspace.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceQuery {
    /// Which workspace.
    workspace_id: String,
}

/// Requests of one workspace that reached our staff.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComplianceRequestList {
    /// The newest hundred, newest first.
    requests: Vec<ComplianceRequest>,
}

/// Lists the requests of a workspace that reached our staff, with their clocks.
#[utoipa::path(get, path = "/compliance/export-requests", operation_id = "list_compliance_requests", tag = "privacy",
    params(WorkspaceQuery), responses((status = 200, description = "The newest requests.", body = ComplianceRequestList)))]
pub(crate) async fn list(app: &App, staff: &VerifiedStaff, query: WorkspaceQuery) -> Answer {
    let scope = super::scope(staff, &query.workspace_id)?;
    let db = app.store.within(&scope).or_problem()?;
    let page = Page {
        pk: keys::COMPLIANCE,
        from: "0",
        to: "~",
        direction: Direction::Backward,
        limit: LISTED,
    };
    let found = db.list::<ComplianceRequestRow>(&page).await.or_problem()?;
    let shown = found.iter();
    let requests = shown
        .map(|found| ComplianceRequest::new(scope.tenant(), &found.row))
        .collect();
    http_kit::json(StatusCode::OK, &ComplianceRequestList { requests })
}

/// Gives one request with what was written down, and how far its export is. Nothing of what is in the export is shown.
#[utoipa::path(get, path = "/compliance/export-requests/{request_id}", operation_id = "get_compliance_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request."), WorkspaceQuery),
    responses((status = 200, description = "The request.", body = ComplianceRequestDetail)))]
pub(crate) async fn one(
    app: &App,
    staff: &VerifiedStaff,
    id: PrivacyRequestId,
    query: WorkspaceQuery,
) -> Answer {
    let scope = super::approver(staff, &query.workspace_id)?;
    let db = app.store.within(&scope).or_problem()?;
    let row = super::find(&db, id).await?.row;
    let words = super::written(app, &scope, &db, &row).await?;
    let export = match row.export {
        Some(export) => file(&db, export).await?,
        None => None,
    };
    let request = ComplianceRequest::new(scope.tenant(), &row);
    let shown = ComplianceRequestDetail::new(request, words, export.as_ref());
    http_kit::json(StatusCode::OK, &shown)
}

/// The work on an export, as long as there is a file to write or to download.
async fn file(
    db: &TenantDb<Officer>,
    export: PrivacyRequestId,
) -> Result<Option<ExportRow>, Problem> {
    let found = db.find::<ExportRow>(&keys::export(export)).await;
    let found = found.or_problem()?.map(|found| found.row);
    Ok(found.filter(|row| row.state != ExportState::Gone))
}
