//! `POST /compliance/export-requests/{request_id}/approve`

use app::{App, Export, OrProblem, Received, longest_first, members};
use domain::Timestamp;
use domain::audit::{Action, Actor};
use domain::ids::{FanId, PrivacyRequestId, UserId};
use domain::privacy::{self, Origin};
use domain::role::Role;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::{ComplianceRequestRow, FanRow};
use store::{StoreError, TenantDb, keys};
use tenancy::{Officer, VerifiedStaff};
use utoipa::ToSchema;

use super::{ComplianceRequest, fan_is_gone, not_written, undecidable};
use crate::export::begin;

/// Where the request stands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceApprovalIn {
    /// Which workspace.
    workspace_id: String,
}

impl Validate for ComplianceApprovalIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// Approves a request that a colleague wrote down: the export begins, and is downloaded by an owner of the workspace, who is
/// told by mail when it is ready. It cannot be taken back; where an erasure takes the export back, the request is approved anew.
/// For who was appointed for compliance, and for their deputy.
#[utoipa::path(post, path = "/compliance/export-requests/{request_id}/approve", operation_id = "approve_compliance_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request.")),
    request_body = ComplianceApprovalIn,
    responses((status = 202, description = "The request; the export has begun.", body = ComplianceRequest)))]
pub(crate) async fn handle(
    app: &App,
    staff: &VerifiedStaff,
    id: PrivacyRequestId,
    input: ComplianceApprovalIn,
) -> Answer {
    let scope = super::approver(staff, &input.workspace_id)?;
    let db = app.store.within(&scope).or_problem()?;
    let found = super::find(&db, id).await?;
    let case = found.row;
    let state = privacy::approve(case.state, case.opened_by, staff.id()).map_err(undecidable)?;
    still_there(&db, case.fan).await?;
    begin::room(&begin::exports(&db).await.or_problem()?)?;
    let export = Export {
        fan: case.fan,
        by: Some(owner(&db).await?),
        asked_in: None,
        language: None,
    };
    let mut transaction = db.transaction();
    let fan = case
        .fan
        .map(|fan| transaction.require::<FanRow>(&keys::fan(fan)));
    let (tenant, since) = (scope.tenant(), received(&case));
    let (request, _) = app.begin_received_export(&mut transaction, tenant, &export, since);
    let now = app.clock.now();
    let row = ComplianceRequestRow {
        state,
        decided_by: Some(staff.id()),
        deputy: staff.is_deputy(),
        decided_at: Some(now),
        export: Some(request.id),
        ..heard(case, staff, now)
    };
    transaction.replace(&row, found.rev);
    app.audit(&scope, act(staff), id)
        .by(Actor::Staff(staff.id()))
        .write(&mut transaction);
    let done = transaction.commit().await;
    done.map_err(|error| not_begun(error, fan))?;
    app.ring_export(tenant, request.id).await;
    app.ring_audit(&scope).await;
    http_kit::json(StatusCode::ACCEPTED, &ComplianceRequest::new(tenant, &row))
}

/// An owner hears of a request for the whole workspace by the mail about its file. A fan gets none from us: that they were told is
/// written down by who told them.
fn heard(
    case: ComplianceRequestRow,
    staff: &VerifiedStaff,
    now: Timestamp,
) -> ComplianceRequestRow {
    match case.fan {
        Some(_) => case,
        None => case.acknowledged(staff.id(), now),
    }
}

/// What a deputy does stands in the workspace's log under a word of its own.
const fn act(staff: &VerifiedStaff) -> Action {
    match staff.is_deputy() {
        true => Action::ComplianceDeputise,
        false => Action::ComplianceApprove,
    }
}

/// The profile that had to be there is gone, or the request was changed.
fn not_begun(error: StoreError, fan: Option<usize>) -> Problem {
    match fan.and_then(|at| error.failed(at)) {
        Some(_) => fan_is_gone(),
        None => not_written(error),
    }
}

/// The clock of the export is that of the request.
fn received(case: &ComplianceRequestRow) -> Received {
    Received {
        origin: Origin::Compliance,
        at: case.received_at,
        due_at: case.extended_to.unwrap_or(case.due_at),
    }
}

/// A fan who was erased meanwhile, or is being erased, has nothing left to export.
async fn still_there(db: &TenantDb<Officer>, fan: Option<FanId>) -> Result<(), Problem> {
    let Some(fan) = fan else {
        return Ok(());
    };
    match begin::is_held(db, fan).await.or_problem()? {
        true => Ok(()),
        false => Err(fan_is_gone()),
    }
}

/// Who downloads the file: the owner who has been there for longest.
async fn owner(db: &TenantDb<Officer>) -> Result<UserId, Problem> {
    let team = members(db).await.or_problem()?;
    let owners = longest_first(&team, Role::Owner);
    owners.first().copied().ok_or_else(|| {
        Problem::conflict(
            "no_owner",
            "The workspace has no owner who could download the export.",
        )
    })
}
