//! `GET /api/v1/privacy/requests` and `GET /api/v1/privacy/requests/{request_id}`

use app::{App, OrProblem};
use domain::ids::PrivacyRequestId;
use domain::privacy::ExportState;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Serialize};
use store::row::{ErasureRow, ExportRow, PrivacyRequestRow};
use store::{BESIDE_A_PAGE, Direction, Page, cut, keys};
use tenancy::{Manager, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::out::PrivacyRequest;

/// Which requests.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestsQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of requests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyRequestList {
    /// Newest first. Of one that runs, the request itself says how far it is.
    requests: Vec<PrivacyRequest>,
    /// Where the next page begins; null at the end of the list.
    next_cursor: Option<String>,
}

/// Lists requests about personal data, newest first.
#[utoipa::path(get, path = "/api/v1/privacy/requests", operation_id = "list_privacy_requests", tag = "privacy",
    params(RequestsQuery), responses((status = 200, description = "A page of requests.", body = PrivacyRequestList)))]
pub(crate) async fn list(app: &App, scope: &TenantScope<Manager>, query: RequestsQuery) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let label = format!("{}/privacy.requests", scope.tenant().suffix());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let before = cursors.open::<String>(query.cursor.as_deref())?;
    let (before, limit) = (before.as_deref(), query.limit.get());
    let db = app.store.within(scope).or_problem()?;
    let page = Page {
        pk: keys::REQUESTS,
        from: "0",
        to: before.unwrap_or("~"),
        direction: Direction::Backward,
        limit: limit + BESIDE_A_PAGE,
    };
    let found = db.list::<PrivacyRequestRow>(&page).await.or_problem()?;
    let (found, next) = cut(found, before, limit);
    let next_cursor = cursors.next(next.as_ref())?;
    let shown = found
        .iter()
        .map(|found| PrivacyRequest::new(&found.row, None));
    let requests = shown.collect();
    http_kit::json(
        StatusCode::OK,
        &PrivacyRequestList {
            requests,
            next_cursor,
        },
    )
}

/// Gives one request; while it runs with what was deleted so far, and with the file of an export.
#[utoipa::path(get, path = "/api/v1/privacy/requests/{request_id}", operation_id = "get_privacy_request", tag = "privacy",
    params(("request_id" = String, Path, description = "The request.")),
    responses((status = 200, description = "The request.", body = PrivacyRequest)))]
pub(crate) async fn one(
    app: &App,
    scope: &TenantScope<Manager>,
    request: PrivacyRequestId,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let mut read = db.read_many();
    let row = read.find::<PrivacyRequestRow>(&keys::privacy_request(request));
    let work = read.find::<ErasureRow>(&keys::erasure(request));
    let team = read.find::<ExportRow>(&keys::export(request));
    let own = read.find::<ExportRow>(&keys::own_export(request));
    let found = read.send().await.or_problem()?;
    let row = found.get(row).or_problem()?.ok_or(Problem::NotFound)?;
    let work = found.get(work).or_problem()?;
    let (team, own) = (found.get(team).or_problem()?, found.get(own).or_problem()?);
    let so_far = work.as_ref().map(|work| &work.row.erased);
    let mut shown = PrivacyRequest::new(&row.row, so_far);
    let export = team.or(own);
    if let Some(export) = export.filter(|found| found.row.state != ExportState::Gone) {
        shown = shown.with_export(&export.row);
    }
    http_kit::json(StatusCode::OK, &shown)
}
