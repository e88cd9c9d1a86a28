//! `POST /api/v1/privacy/exports`

use app::{App, Call, Export, OrProblem};
use domain::audit::Action;
use domain::ids::FanId;
use domain::privacy::ExportState;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::Template;
use serde::Deserialize;
use store::row::{ErasureRow, ExportRow, FanRow, PrivacyRequestRow};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use tenancy::{Manager, Reads, TenantScope};
use utoipa::ToSchema;

use crate::out::PrivacyRequest;
use crate::owners;

/// Exports of the team that a workspace can have at once. Each is there for a week. What fans ask for takes no place of theirs.
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
/// when it can be downloaded. Owners other than who asks are told by mail. Answers with the request that runs, if the same person has the same exported already.
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
    if let Some(fan) = input.fan_id
        && !is_held(&db, fan).await.or_problem()?
    {
        return Err(Problem::NotFound);
    }
    let others = exports(&db).await.or_problem()?;
    // Of each person their own: nobody else may download it.
    let same = |row: &ExportRow| {
        row.fan == input.fan_id && row.requested_by == Some(by) && row.until.is_none()
    };
    if let Some(found) = others.iter().find(|found| same(&found.row)) {
        let request = keys::privacy_request(found.row.request);
        let request = db.find::<PrivacyRequestRow>(&request).await.or_problem()?;
        let request = request.ok_or(Problem::NotFound)?.row;
        app.ring_export(scope.tenant(), found.row.request).await;
        let shown = PrivacyRequest::new(&request, None).with_export(&found.row);
        return http_kit::json(StatusCode::ACCEPTED, &shown);
    }
    room(&others)?;
    let asked = Export {
        fan: input.fan_id,
        by: Some(by),
        asked_in: None,
        language: None,
    };
    let told = Box::pin(owners::told(app, scope, by, false, |deed| {
        Template::ExportAsked {
            workspace: deed.workspace,
            name: deed.name,
        }
    }))
    .await?;
    let mut transaction = db.transaction();
    let fan = input
        .fan_id
        .map(|fan| transaction.require::<FanRow>(&keys::fan(fan)));
    let (request, export) = app.begin_export(&mut transaction, scope.tenant(), &asked);
    let entry = app.audit(scope, Action::ExportCreate, request.id);
    entry.write(&mut transaction);
    for notice in &told {
        notice.add_to(&mut transaction);
    }
    match transaction.commit().await {
        Ok(()) => {}
        Err(error) if fan.is_some_and(|at| error.failed(at).is_some()) => {
            return Err(Problem::NotFound);
        }
        Err(error) => return Err(error).or_problem(),
    }
    app.ring_export(scope.tenant(), request.id).await;
    app.ring_audit(scope).await;
    for notice in told {
        notice.post(app).await;
    }
    let shown = PrivacyRequest::new(&request, None).with_export(&export);
    http_kit::json(StatusCode::ACCEPTED, &shown)
}

/// Whether a fan is held and is not being erased. What begins beside this look requires the profile: an erasure that began
/// meanwhile finds the export and takes it back, and one that is past the profile lets nothing begin.
pub(crate) async fn is_held<R: Reads>(db: &TenantDb<R>, fan: FanId) -> Result<bool, StoreError> {
    if db.find::<FanRow>(&keys::fan(fan)).await?.is_none() {
        return Ok(false);
    }
    let page = Page {
        pk: keys::ERASURES,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    let erasures = db.list::<ErasureRow>(&page).await?;
    Ok(erasures.iter().all(|work| work.row.fan != Some(fan)))
}

/// What the team asked for, also where the file is gone.
pub(crate) async fn exports<R: Reads>(
    db: &TenantDb<R>,
) -> Result<Vec<Found<ExportRow>>, StoreError> {
    let page = Page {
        pk: keys::EXPORTS,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    db.list(&page).await
}

/// Refuses one more than a workspace can have.
pub(crate) fn room(others: &[Found<ExportRow>]) -> Result<(), Problem> {
    let is_there = |row: &ExportRow| row.requested_by.is_some() && row.state != ExportState::Gone;
    if others.iter().filter(|found| is_there(&found.row)).count() >= MOST {
        return Err(Problem::conflict(
            "too_many_exports",
            "There are 20 exports already. Each goes a week after it was ready.",
        ));
    }
    Ok(())
}
