//! `POST /compliance/export-requests`

use std::time::Duration;

use app::{App, Call, Claim, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{FanId, PrivacyRequestId};
use domain::privacy::{Law, RequestClock};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::row::{ComplianceRequestRow, FanRow, IdempotencyRow, WorkspaceRow};
use store::{StoreError, TenantDb, keys};
use tenancy::{Officer, VerifiedStaff};
use utoipa::ToSchema;

use super::{CaseKey, ComplianceRequest, Words, check_words, entry};

/// How long before it is written down a request may have been received. What is older is answered late whatever is done.
const RECEIVED_WITHIN: Duration = Duration::from_secs(90 * 24 * 3600);

/// A request that reached our staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComplianceRequestIn {
    /// Which workspace.
    workspace_id: String,
    /// What is held of this fan; without one, everything of the workspace.
    #[schema(value_type = Option<String>)]
    fan_id: Option<FanId>,
    /// The law under which somebody asks: which clocks run.
    law: Law,
    /// When it was received, RFC 3339, at most 90 days ago; now when absent.
    received_at: Option<String>,
    /// Who asks, how and why, in 10 to 500 characters that the workspace will read.
    reason: String,
}

impl Validate for ComplianceRequestIn {
    fn validate(&self, errors: &mut FieldErrors) {
        check_words(errors, "reason", &self.reason);
    }
}

/// Writes down a request for an export that reached our staff, from which its clocks run. Nothing is exported before another
/// one of them approves it. The workspace finds it in its audit log.
#[utoipa::path(post, path = "/compliance/export-requests", operation_id = "create_compliance_request", tag = "privacy",
    request_body = ComplianceRequestIn,
    responses((status = 201, description = "The request; it waits for a second person.", body = ComplianceRequest)))]
pub(crate) async fn handle(app: &App, call: &Call, input: ComplianceRequestIn) -> Answer {
    let (staff, claim) = (call.staff()?, call.claim()?);
    let scope = super::scope(staff, &input.workspace_id)?;
    let db = app.store.within(&scope).or_problem()?;
    known(&db, input.fan_id).await?;
    let key = CaseKey::of(app, &scope, &db, input.fan_id).await?;
    let words = Words {
        reason: input.reason.trim().to_owned(),
        acknowledged: None,
        extended: None,
        refused: None,
    };
    let row = key.seal(app, case(app, staff, &input)?, &words);
    let row = row.or_problem()?;
    let shown = ComplianceRequest::new(scope.tenant(), &row);
    let mut transaction = db.transaction();
    transaction.create(&row);
    // What is written down goes with the fan: there must be one.
    let fan = row
        .fan
        .map(|fan| transaction.require::<FanRow>(&keys::fan(fan)));
    let whose = (staff, &scope, &mut transaction);
    let why = (Action::ComplianceOpen, words.reason.as_str());
    entry(app, whose, (&key, &row), why).or_problem()?;
    let mut record = None;
    if let Some(claim) = &claim {
        let finished = claim.finished(row.opened_at, StatusCode::CREATED, &shown)?;
        record = Some(transaction.create_or_revive(&finished));
    }
    match transaction.commit().await {
        Ok(()) => {}
        Err(error) => return again(claim.as_ref(), (record, fan), error),
    }
    app.ring_audit(&scope).await;
    http_kit::created(&shown)
}

/// The answer of the first call with the same key, where that is what stood in the way; a fan who was erased meanwhile is not
/// found.
fn again(
    claim: Option<&Claim>,
    (record, fan): (Option<usize>, Option<usize>),
    error: StoreError,
) -> Answer {
    let failed = |place: Option<usize>| place.and_then(|at| error.failed(at));
    let first = failed(record).and_then(|failed| failed.old::<IdempotencyRow>());
    match (claim, first) {
        (Some(claim), Some(first)) => claim.replay(&first),
        _ if failed(fan).is_some() => Err(Problem::NotFound),
        _ => Err(error).or_problem(),
    }
}

/// There is such a workspace, and such a fan in it.
async fn known(db: &TenantDb<Officer>, fan: Option<FanId>) -> Result<(), Problem> {
    let mut read = db.read_many();
    let workspace = read.find::<WorkspaceRow>(&keys::workspace());
    let fan = fan.map(|fan| read.find::<FanRow>(&keys::fan(fan)));
    let found = read.send().await.or_problem()?;
    found
        .get(workspace)
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    if let Some(fan) = fan {
        found.get(fan).or_problem()?.ok_or(Problem::NotFound)?;
    }
    Ok(())
}

fn case(
    app: &App,
    staff: &VerifiedStaff,
    input: &ComplianceRequestIn,
) -> Result<ComplianceRequestRow, Problem> {
    let now = app.clock.now();
    let clock = RequestClock::start(input.law, received(input.received_at.as_deref(), now)?);
    Ok(ComplianceRequestRow::open(
        app.mint(PrivacyRequestId::new),
        input.fan_id,
        &clock,
        (staff.id(), now),
    ))
}

fn received(text: Option<&str>, now: Timestamp) -> Result<Timestamp, Problem> {
    let Some(text) = text else {
        return Ok(now);
    };
    Timestamp::from_rfc3339(text)
        .filter(|at| *at <= now && now <= at.plus(RECEIVED_WITHIN))
        .ok_or_else(|| {
            Problem::invalid(
                "received_at",
                "invalid_value",
                "A request was received at a moment of the last 90 days, in RFC 3339.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_runs_since_a_request_was_received_and_not_since_it_was_written_down() {
        let now = Timestamp::from_rfc3339("2026-12-10T09:00:00Z").expect("a moment");
        let before = Timestamp::from_rfc3339("2026-12-01T09:00:00Z").expect("a moment");
        assert_eq!(received(None, now).ok(), Some(now));
        let text = "2026-12-01T10:00:00+01:00";
        assert_eq!(received(Some(text), now).ok(), Some(before));
        for refused in ["2026-12-10T09:00:01Z", "2026-09-10T09:00:00Z", "yesterday"] {
            assert!(received(Some(refused), now).is_err(), "{refused}");
        }
    }
}
