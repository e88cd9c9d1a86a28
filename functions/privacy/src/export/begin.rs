//! `POST /api/v1/privacy/exports`

use std::collections::BTreeMap;

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{FanId, PrivacyRequestId, UserId};
use domain::privacy::{ExportState, Origin, RequestKind, due};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use jobs::ExportJob;
use serde::Deserialize;
use store::row::{ExportRow, FanRow, PrivacyRequestRow};
use store::{Direction, Page, keys};
use tenancy::{Manager, TenantScope};
use utoipa::ToSchema;

use crate::out::PrivacyRequest;

/// Exports that a workspace can have at once. Each is there for a week.
const MOST: usize = 20;

/// What to export.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportIn {
    /// Everything that is held of this fan; without one, everything of the workspace.
    #[schema(value_type = Option<String>)]
    fan_id: Option<FanId>,
}

impl Validate for ExportIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// Has an export written: everything that is held of the workspace or of one fan, as a signed ZIP of JSON lines, CSV and
/// pages to read (`infra/docs/export-format.md`). It takes seconds to hours; the request says how far it is, and a mail
/// when it can be downloaded. Answers with the request that runs, if the same person has the same exported already.
#[utoipa::path(post, path = "/api/v1/privacy/exports", operation_id = "begin_export", tag = "privacy",
    request_body = ExportIn,
    responses((status = 202, description = "The request; the work has begun.", body = PrivacyRequest)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: ExportIn,
) -> Answer {
    let by = call.session()?.user();
    let db = app.store.within(scope).or_problem()?;
    if let Some(fan) = input.fan_id {
        let fan = db.find::<FanRow>(&keys::fan(fan)).await.or_problem()?;
        fan.ok_or(Problem::NotFound)?;
    }
    let page = Page {
        pk: keys::EXPORTS,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    let others = db.list::<ExportRow>(&page).await.or_problem()?;
    // Of each person their own: nobody else may download it.
    let same =
        |row: &ExportRow| row.fan == input.fan_id && row.requested_by == by && row.until.is_none();
    if let Some(found) = others.iter().find(|found| same(&found.row)) {
        let request = keys::privacy_request(found.row.request);
        let request = db.find::<PrivacyRequestRow>(&request).await.or_problem()?;
        let request = request.ok_or(Problem::NotFound)?.row;
        ring(app, &found.row).await;
        let shown = PrivacyRequest::new(&request, None).with_export(&found.row);
        return http_kit::json(StatusCode::ACCEPTED, &shown);
    }
    let is_there = |row: &ExportRow| row.state != ExportState::Gone;
    if others.iter().filter(|found| is_there(&found.row)).count() >= MOST {
        return Err(Problem::conflict(
            "too_many_exports",
            "There are 20 exports already. Each goes a week after it was ready.",
        ));
    }
    let (request, export) = rows(app, scope, by, input.fan_id);
    let mut transaction = db.transaction();
    transaction.create(&request);
    transaction.create(&export);
    let entry = app.audit(scope, Action::ExportCreate, request.id);
    entry.write(&mut transaction);
    transaction.commit().await.or_problem()?;
    ring(app, &export).await;
    app.ring_audit(scope).await;
    let shown = PrivacyRequest::new(&request, None).with_export(&export);
    http_kit::json(StatusCode::ACCEPTED, &shown)
}

fn rows(
    app: &App,
    scope: &TenantScope<Manager>,
    by: UserId,
    fan: Option<FanId>,
) -> (PrivacyRequestRow, ExportRow) {
    let (id, now) = (app.mint(PrivacyRequestId::new), app.clock.now());
    let request = PrivacyRequestRow {
        id,
        request: RequestKind::Export,
        origin: Origin::Team,
        requested_by: Some(by),
        requested_at: now,
        due_at: due(now),
        finished_at: None,
        erased: BTreeMap::new(),
        withdrawn_at: None,
    };
    let export = ExportRow {
        request: id,
        tenant: scope.tenant(),
        fan,
        requested_by: by,
        state: ExportState::Running,
        progress: None,
        fans: 0,
        records: 0,
        bytes: 0,
        held_until: Timestamp::default(),
        wakes_at: now.plus(super::PATIENCE),
        until: None,
        link: None,
        link_session: None,
        link_until: None,
    };
    (request, export)
}

/// Best effort: what a lost ring leaves behind, `tick` finds within minutes.
async fn ring(app: &App, row: &ExportRow) {
    let job = ExportJob::new(row.tenant, row.request);
    if let Err(error) = app.jobs.export(&job).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(tenant.id = %row.tenant, error.chain = chain, "an export was not rung for");
    }
}
