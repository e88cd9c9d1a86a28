//! `POST /compliance/export-requests/{request_id}/acknowledge`

use app::App;
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{PrivacyRequestId, StaffId};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::ComplianceRequestRow;
use tenancy::VerifiedStaff;
use utoipa::ToSchema;

use super::{CaseKey, ComplianceRequest, Words, check_words};

/// How whoever asked was told that their request is here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceAcknowledgementIn {
    /// Which workspace.
    workspace_id: String,
    /// When, RFC 3339, since it was received; now when absent.
    acknowledged_at: Option<String>,
    /// By which mail or letter, in 10 to 500 characters that the workspace will read.
    how: String,
}

impl Validate for ComplianceAcknowledgementIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check_words(errors, "how", &self.how);
    }
}

/// Writes down that whoever asked was told that their request is here: once. What they hear of it later, a refusal or that it takes
/// longer, counts as that by itself. Whoever says the same again, because an answer was lost, gets the request as it is.
#[utoipa::path(post, path = "/compliance/export-requests/{request_id}/acknowledge", operation_id = "acknowledge_compliance_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request.")),
    request_body = ComplianceAcknowledgementIn,
    responses((status = 200, description = "The request as it is now.", body = ComplianceRequest)))]
pub(crate) async fn handle(
    app: &App,
    staff: &VerifiedStaff,
    id: PrivacyRequestId,
    input: ComplianceAcknowledgementIn,
) -> Answer {
    let (scope, db, found) = super::begun(app, staff, &input.workspace_id, id).await?;
    if let Some(at) = found.row.acknowledged_at {
        let words = super::written(app, &scope, &db, &found.row).await?;
        again(&found.row, words.as_ref(), (staff.id(), at), &input)?;
        let shown = ComplianceRequest::new(scope.tenant(), &found.row);
        return http_kit::json(StatusCode::OK, &shown);
    }
    let now = app.clock.now();
    let at = told(input.acknowledged_at.as_deref(), found.row.received_at, now)?;
    let key = CaseKey::of(app, &scope, &db, found.row.fan).await?;
    let how = input.how.trim();
    let words = Words {
        acknowledged: Some(how.to_owned()),
        ..key.open(&found.row)?
    };
    let row = found.row.acknowledged(staff.id(), at);
    super::record(
        app,
        staff,
        &scope,
        (&key, &words),
        (row, found.rev),
        (Action::ComplianceAcknowledge, how),
    )
    .await
}

/// What was written down stays: it shows that the time was kept. The same person saying the same changes nothing of it.
fn again(
    row: &ComplianceRequestRow,
    words: Option<&Words>,
    (staff, at): (StaffId, Timestamp),
    input: &ComplianceAcknowledgementIn,
) -> Result<(), Problem> {
    let before = words.and_then(|words| words.acknowledged.as_deref());
    let moment = input.acknowledged_at.as_deref();
    let is_same = row.acknowledged_by == Some(staff)
        && before == Some(input.how.trim())
        && moment.is_none_or(|text| Timestamp::from_rfc3339(text) == Some(at));
    if is_same {
        return Ok(());
    }
    let when = at.rfc3339();
    let is_by_act = words.is_some() && before.is_none();
    let message = if row.decided_at == Some(at) {
        format!("The decision of {when} told whoever asked that their request is here.")
    } else if is_by_act {
        format!(
            "Whoever asked heard of their request on {when}: by a decision, or that it takes longer."
        )
    } else {
        format!("It is written down already that whoever asked was told on {when}.")
    };
    Err(Problem::conflict("already_acknowledged", message))
}

/// Nobody was told before the request was there, or will have been.
fn told(text: Option<&str>, received: Timestamp, now: Timestamp) -> Result<Timestamp, Problem> {
    let Some(text) = text else {
        return Ok(now);
    };
    Timestamp::from_rfc3339(text)
        .filter(|at| (received..=now).contains(at))
        .ok_or_else(|| {
            Problem::invalid(
                "acknowledged_at",
                "invalid_value",
                "A request is acknowledged after it was received and not after now, in RFC 3339.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_was_told_of_a_request_before_it_was_received_or_will_have_been() {
        let moment = |text| Timestamp::from_rfc3339(text).expect("a moment");
        let received = moment("2026-12-01T09:00:00Z");
        let now = moment("2026-12-10T09:00:00Z");
        let told = |text| told(text, received, now).ok();
        assert_eq!(told(None), Some(now));
        assert_eq!(told(Some("2026-12-01T10:00:00+01:00")), Some(received));
        assert_eq!(told(Some("2026-12-10T09:00:00Z")), Some(now));
        for refused in ["2026-12-01T08:59:59Z", "2026-12-10T09:00:01Z", "last week"] {
            assert_eq!(told(Some(refused)), None, "{refused}");
        }
    }
}
