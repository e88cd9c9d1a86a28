//! Requests for an export that reached our staff: written down by one of them, decided by another, seen by the workspace.
//!
//! Each act is an entry of the workspace's audit log. What staff see is what they wrote down themselves, clocks, states and
//! numbers; the file goes to an owner of the workspace (decision 0032). What they wrote down about a fan goes with the fan.

pub(crate) mod acknowledge;
pub(crate) mod approve;
pub(crate) mod extend;
pub(crate) mod open;
pub(crate) mod refuse;
pub(crate) mod show;
mod words;

use app::{App, IntoProblem, OrProblem};
use domain::audit::Action;
use domain::ids::{PrivacyRequestId, TenantId};
use domain::privacy::{CaseState, Law, RefusalGround, Undecidable};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem};
use serde::Serialize;
use store::row::{ComplianceRequestRow, ExportRow};
use store::{Found, StoreError, TenantDb, keys};
use tenancy::{Officer, Refused, TenantScope, VerifiedStaff};
use utoipa::ToSchema;

use crate::export::counted::CountedSection;
use crate::out::ExportOut;
use words::{CaseKey, Words, entry};

/// Characters of what is written down.
const WORDS: std::ops::RangeInclusive<usize> = 10..=500;

/// A request that reached our staff.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComplianceRequest {
    /// Its id.
    id: String,
    /// The workspace.
    workspace_id: String,
    /// The fan; null: the whole workspace, or somebody who was erased.
    fan_id: Option<String>,
    /// The law under which somebody asks.
    law: Law,
    /// Who of us wrote it down.
    opened_by: String,
    /// When it was received, RFC 3339 UTC.
    received_at: String,
    /// By when it is acknowledged; null where the law does not say so.
    acknowledge_by: Option<String>,
    /// When whoever asked was told that it is here, RFC 3339 UTC; null: nobody has written that down.
    acknowledged_at: Option<String>,
    /// Who of us says so.
    acknowledged_by: Option<String>,
    /// By when it is answered.
    due_at: String,
    /// By when it is answered since it was extended; null while it was not.
    extended_to: Option<String>,
    /// What was decided.
    state: CaseState,
    /// Who of us decided.
    decided_by: Option<String>,
    /// Whether they did so as the deputy of those who see to such requests.
    deputy: bool,
    /// When, RFC 3339 UTC.
    decided_at: Option<String>,
    /// Why it was refused.
    ground: Option<RefusalGround>,
    /// When its export was taken back, because somebody who may be in it was erased, RFC 3339 UTC: it is decided anew.
    reopened_at: Option<String>,
    /// When the fan it was about was erased, RFC 3339 UTC: what was written down is gone.
    erased_at: Option<String>,
}

impl ComplianceRequest {
    fn new(workspace: TenantId, row: &ComplianceRequestRow) -> Self {
        Self {
            id: row.id.to_string(),
            workspace_id: workspace.to_string(),
            fan_id: row.fan.map(|fan| fan.to_string()),
            law: row.law,
            opened_by: row.opened_by.to_string(),
            received_at: row.received_at.rfc3339(),
            acknowledge_by: row.acknowledge_by.map(|at| at.rfc3339()),
            acknowledged_at: row.acknowledged_at.map(|at| at.rfc3339()),
            acknowledged_by: row.acknowledged_by.map(|staff| staff.to_string()),
            due_at: row.due_at.rfc3339(),
            extended_to: row.extended_to.map(|at| at.rfc3339()),
            state: row.state,
            decided_by: row.decided_by.map(|staff| staff.to_string()),
            deputy: row.deputy,
            decided_at: row.decided_at.map(|at| at.rfc3339()),
            ground: row.ground,
            reopened_at: row.reopened_at.map(|at| at.rfc3339()),
            erased_at: row.erased_at.map(|at| at.rfc3339()),
        }
    }
}

/// A request with what was written down, and how far its export is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComplianceRequestDetail {
    /// The request.
    request: ComplianceRequest,
    /// Why it was written down; null once the fan it was about is erased.
    reason: Option<String>,
    /// By which mail or letter whoever asked was told that it is here.
    acknowledgement: Option<String>,
    /// Why it takes longer.
    extension_reason: Option<String>,
    /// Why it was refused, in words.
    refusal_text: Option<String>,
    /// The export: how far it is, and numbers of what is in it; null while there is none, and once its file is gone.
    export: Option<ExportOut>,
    /// How much of each kind is in it; empty while there is none, and once its file is gone.
    sections: Vec<CountedSection>,
}

impl ComplianceRequestDetail {
    fn new(request: ComplianceRequest, words: Option<Words>, export: Option<&ExportRow>) -> Self {
        let (reason, more) = match words {
            Some(words) => (
                Some(words.reason),
                (words.acknowledged, words.extended, words.refused),
            ),
            None => (None, (None, None, None)),
        };
        let (acknowledgement, extension_reason, refusal_text) = more;
        Self {
            request,
            reason,
            acknowledgement,
            extension_reason,
            refusal_text,
            export: export.map(ExportOut::new),
            sections: export.map(CountedSection::all).unwrap_or_default(),
        }
    }
}

/// The scope of a workspace that one of our staff names, for those who were appointed for it.
fn scope(staff: &VerifiedStaff, workspace: &str) -> Result<TenantScope<Officer>, Problem> {
    staff.officer(named(workspace)?).map_err(compliance_only)
}

/// The same, for who reads a request and approves it: a deputy may as well.
fn approver(staff: &VerifiedStaff, workspace: &str) -> Result<TenantScope<Officer>, Problem> {
    staff.approver(named(workspace)?).map_err(compliance_only)
}

fn named(workspace: &str) -> Result<TenantId, Problem> {
    workspace.parse::<TenantId>().map_err(|_| Problem::NotFound)
}

fn compliance_only(_: Refused) -> Problem {
    Problem::forbidden(
        "compliance_only",
        "This is for members of our staff who were appointed for compliance.",
    )
}

/// What an act on a request begins with: the scope of its workspace, where its rows are, and the request.
async fn begun(
    app: &App,
    staff: &VerifiedStaff,
    workspace: &str,
    id: PrivacyRequestId,
) -> Result<Begun, Problem> {
    let scope = scope(staff, workspace)?;
    let db = app.store.within(&scope).or_problem()?;
    let found = find(&db, id).await?;
    Ok((scope, db, found))
}

type Begun = (
    TenantScope<Officer>,
    TenantDb<Officer>,
    Found<ComplianceRequestRow>,
);

async fn find(
    db: &TenantDb<Officer>,
    id: PrivacyRequestId,
) -> Result<Found<ComplianceRequestRow>, Problem> {
    let key = keys::compliance_request(id);
    let found = db.find::<ComplianceRequestRow>(&key).await.or_problem()?;
    found.ok_or(Problem::NotFound)
}

/// What was written down about a request; nothing once the fan it was about is erased.
async fn written(
    app: &App,
    scope: &TenantScope<Officer>,
    db: &TenantDb<Officer>,
    row: &ComplianceRequestRow,
) -> Result<Option<Words>, Problem> {
    match row.words {
        Some(_) => CaseKey::of(app, scope, db, row.fan)
            .await?
            .open(row)
            .map(Some),
        None => Ok(None),
    }
}

/// Writes what was done to a request, and why, into the request and into the workspace's log. Answers with the request.
async fn record(
    app: &App,
    staff: &VerifiedStaff,
    scope: &TenantScope<Officer>,
    (key, words): (&CaseKey, &Words),
    (changed, rev): (ComplianceRequestRow, u64),
    (action, reason): (Action, &str),
) -> Answer {
    let row = &key.seal(app, changed, words).or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let mut transaction = db.transaction();
    transaction.replace(row, rev);
    let whose = (staff, scope, &mut transaction);
    entry(app, whose, (key, row), (action, reason)).or_problem()?;
    transaction.commit().await.map_err(not_written)?;
    app.ring_audit(scope).await;
    http_kit::json(StatusCode::OK, &ComplianceRequest::new(scope.tenant(), row))
}

fn undecidable(why: Undecidable) -> Problem {
    match why {
        Undecidable::Decided => Problem::conflict(
            "already_decided",
            "This request was decided already. What was decided stays.",
        ),
        Undecidable::OwnRequest => Problem::forbidden(
            "second_person_needed",
            "Whoever wrote a request down does not approve it. Ask a colleague.",
        ),
    }
}

/// A fan who was erased, or is being erased, has nothing left to hand out.
fn fan_is_gone() -> Problem {
    Problem::conflict(
        "fan_is_gone",
        "Nothing is held of this fan any more, or it is being erased. The request is closed by that.",
    )
}

/// What a commit that did not happen is answered with.
fn not_written(error: StoreError) -> Problem {
    match error.is_race() {
        true => Problem::conflict(
            "changed_meanwhile",
            "Somebody changed this request meanwhile. Load it again.",
        ),
        false => error.into_problem(),
    }
}

fn check_words(errors: &mut FieldErrors, field: &str, words: &str) {
    if !WORDS.contains(&words.trim().chars().count()) {
        errors.add(
            field,
            "wrong_length",
            "What is written down has 10 to 500 characters.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_more_than_a_word() {
        let refused = |words: &str| {
            let mut errors = FieldErrors::default();
            check_words(&mut errors, "reason", words);
            errors.finish().is_err()
        };
        assert!(refused("asked     ") && refused(&"x".repeat(501)));
        assert!(!refused("A letter came, ticket 4711."));
    }

    #[test]
    fn a_second_person_and_a_first_decision_are_asked_for_by_name() {
        assert_eq!(undecidable(Undecidable::Decided).code(), "already_decided");
        let own = undecidable(Undecidable::OwnRequest);
        assert_eq!(own.code(), "second_person_needed");
    }
}
