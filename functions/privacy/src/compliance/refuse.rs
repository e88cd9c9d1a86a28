//! `POST /compliance/export-requests/{request_id}/refuse`

use app::App;
use domain::audit::Action;
use domain::ids::PrivacyRequestId;
use domain::privacy::{self, RefusalGround};
use http_kit::{Answer, FieldErrors, Validate};
use serde::Deserialize;
use store::row::ComplianceRequestRow;
use tenancy::VerifiedStaff;
use utoipa::ToSchema;

use super::{CaseKey, ComplianceRequest, Words, check_words, undecidable};

/// Why a request is refused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceRefusalIn {
    /// Which workspace.
    workspace_id: String,
    /// On which ground.
    ground: RefusalGround,
    /// Why, in 10 to 500 characters that the workspace will read.
    text: String,
}

impl Validate for ComplianceRefusalIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check_words(errors, "text", &self.text);
    }
}

/// Refuses a request. It cannot be taken back; whoever asked may ask again.
#[utoipa::path(post, path = "/compliance/export-requests/{request_id}/refuse", operation_id = "refuse_compliance_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request.")),
    request_body = ComplianceRefusalIn,
    responses((status = 200, description = "The request as it is now.", body = ComplianceRequest)))]
pub(crate) async fn handle(
    app: &App,
    staff: &VerifiedStaff,
    id: PrivacyRequestId,
    input: ComplianceRefusalIn,
) -> Answer {
    let (scope, db, found) = super::begun(app, staff, &input.workspace_id, id).await?;
    let state = privacy::refuse(found.row.state).map_err(undecidable)?;
    let key = CaseKey::of(app, &scope, &db, found.row.fan).await?;
    let text = input.text.trim();
    let words = Words {
        refused: Some(text.to_owned()),
        ..key.open(&found.row)?
    };
    let now = app.clock.now();
    let row = ComplianceRequestRow {
        state,
        decided_by: Some(staff.id()),
        decided_at: Some(now),
        ground: Some(input.ground),
        ..found.row.acknowledged(staff.id(), now)
    };
    super::record(
        app,
        staff,
        &scope,
        (&key, &words),
        (row, found.rev),
        (Action::ComplianceRefuse, text),
    )
    .await
}
