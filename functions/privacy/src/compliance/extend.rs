//! `POST /compliance/export-requests/{request_id}/extend`

use app::App;
use domain::audit::Action;
use domain::ids::PrivacyRequestId;
use domain::privacy::{CaseState, NotExtended, Undecidable};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::ComplianceRequestRow;
use tenancy::VerifiedStaff;
use utoipa::ToSchema;

use super::{CaseKey, ComplianceRequest, Words, check_words, undecidable};

/// Why a request takes longer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceExtensionIn {
    /// Which workspace.
    workspace_id: String,
    /// Why, in 10 to 500 characters that the workspace will read.
    reason: String,
}

impl Validate for ComplianceExtensionIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check_words(errors, "reason", &self.reason);
    }
}

/// Says that a request takes longer: once, and while its first time runs.
#[utoipa::path(post, path = "/compliance/export-requests/{request_id}/extend", operation_id = "extend_compliance_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request.")),
    request_body = ComplianceExtensionIn,
    responses((status = 200, description = "The request as it is now.", body = ComplianceRequest)))]
pub(crate) async fn handle(
    app: &App,
    staff: &VerifiedStaff,
    id: PrivacyRequestId,
    input: ComplianceExtensionIn,
) -> Answer {
    let (scope, db, found) = super::begun(app, staff, &input.workspace_id, id).await?;
    let row = extended(app, staff, found.row)?;
    let key = CaseKey::of(app, &scope, &db, row.fan).await?;
    let reason = input.reason.trim();
    let words = Words {
        extended: Some(reason.to_owned()),
        ..key.open(&row)?
    };
    super::record(
        app,
        staff,
        &scope,
        (&key, &words),
        (row, found.rev),
        (Action::ComplianceExtend, reason),
    )
    .await
}

/// The row with its second time. Whoever hears that it takes longer hears that it is here.
fn extended(
    app: &App,
    staff: &VerifiedStaff,
    row: ComplianceRequestRow,
) -> Result<ComplianceRequestRow, Problem> {
    if row.state != CaseState::Open {
        return Err(undecidable(Undecidable::Decided));
    }
    let now = app.clock.now();
    let clock = row.clock().extend(now).map_err(refusal)?;
    Ok(ComplianceRequestRow {
        extended_to: clock.extended_to,
        ..row.acknowledged(staff.id(), now)
    })
}

fn refusal(why: NotExtended) -> Problem {
    match why {
        NotExtended::Already => Problem::conflict(
            "already_extended",
            "This request was extended already. The law knows one extension.",
        ),
        NotExtended::TooLate => Problem::conflict(
            "too_late_to_extend",
            "The time in which an extension could be announced is over.",
        ),
    }
}
