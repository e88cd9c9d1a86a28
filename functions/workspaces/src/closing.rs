//! `POST` and `DELETE /api/v1/workspace/closing`
//!
//! Both use GetItem, Query, PutItem and DeleteItem on `routing`; GetItem and PutItem on `work`; PutItem on `audit`;
//! sqs:SendMessage on the closings and the audit queue. Bots, the other members and their mails are `privacy.erase-workspace`'s:
//! a team is larger than a transaction.

use app::{App, CLOSING_PATIENCE, Call, MembershipChange, OrProblem};
use domain::audit::Action;
use domain::ids::{PrivacyRequestId, TenantId, UserId};
use domain::privacy::ClosingState;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::keys;
use store::row::{ClosingRow, ReconciliationRow};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use crate::team;

/// A workspace that is being closed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClosingOut {
    /// When it was closed, RFC 3339 UTC.
    closed_at: String,
    /// When it is erased, RFC 3339 UTC. Until then an owner can take the closing back.
    closes_at: String,
}

impl From<&ClosingRow> for ClosingOut {
    fn from(row: &ClosingRow) -> Self {
        Self {
            closed_at: row.asked_at.rfc3339(),
            closes_at: row.closes_at.rfc3339(),
        }
    }
}

/// Closes the workspace. Its bots fall silent and its data stands still at once: members can read and export it. After seven
/// days everything in it is erased. Every owner is told by mail. The other sessions of who calls end, and so do the
/// workspace's tokens and invitations. Closing twice changes nothing.
#[utoipa::path(post, path = "/api/v1/workspace/closing", operation_id = "close_workspace", tag = "workspaces",
    responses((status = 202, description = "It is being closed.", body = ClosingOut)))]
pub(crate) async fn close(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    let (by, tenant) = (call.session()?.user(), scope.tenant());
    let db = app.store.within(scope).or_problem()?;
    let found = db.find::<ClosingRow>(&keys::closing()).await.or_problem()?;
    if let Some(found) = found {
        return again(app, &found.row).await;
    }
    let change = own(app, call).await?;
    let closing = begun(app, tenant, by);
    let mut transaction = db.transaction();
    transaction.create(&closing);
    // What was bought is looked at now: a page that is open to buy on would stay so for hours.
    transaction.put_any(&ReconciliationRow::at(tenant, closing.asked_at));
    let closed = change.with_closing(tenant, Some(closing.closes_at));
    if let Some(closed) = &closed {
        change.write(&mut transaction, closed);
    }
    let entry = app.audit(scope, Action::WorkspaceClose, tenant);
    entry.write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_closing(tenant, closing.request).await;
    app.ring_audit(scope).await;
    let memberships = closed.as_deref().unwrap_or_else(|| change.memberships());
    change.sweep(app, memberships).await.or_problem()?;
    http_kit::json(StatusCode::ACCEPTED, &ClosingOut::from(&closing))
}

/// Takes the closing of the workspace back: members get their rights again and bots work again within moments. Tokens and
/// invitations that ended stay ended.
#[utoipa::path(delete, path = "/api/v1/workspace/closing", operation_id = "delete_workspace_closing", tag = "workspaces",
    responses((status = 204, description = "It stays.")))]
pub(crate) async fn reopen(app: &App, call: &Call, scope: &TenantScope<Owner>) -> Answer {
    let (now, tenant) = (app.clock.now(), scope.tenant());
    let db = app.store.within(scope).or_problem()?;
    let found = db.find::<ClosingRow>(&keys::closing()).await.or_problem()?;
    let found = found.ok_or(Problem::NotFound)?;
    if found.row.state == ClosingState::Reopening {
        app.ring_closing(tenant, found.row.request).await;
        return http_kit::no_content();
    }
    if !found.row.state.can_be_taken_back() || found.row.closes_at <= now {
        return Err(too_late());
    }
    let change = own(app, call).await?;
    // Whoever asked for it was held from that moment on, the others as the job reached them.
    let mut told = found.row.told.clone();
    if !told.contains(&found.row.asked_by) {
        told.push(found.row.asked_by);
    }
    let reopening = ClosingRow {
        state: ClosingState::Reopening,
        told,
        wakes_at: now.plus(CLOSING_PATIENCE),
        ..found.row
    };
    let mut transaction = db.transaction();
    transaction.replace(&reopening, found.rev);
    let open = change.with_closing(tenant, None);
    if let Some(open) = &open {
        change.write(&mut transaction, open);
    }
    let entry = app.audit(scope, Action::WorkspaceReopen, tenant);
    entry.write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_closing(tenant, reopening.request).await;
    app.ring_audit(scope).await;
    let memberships = open.as_deref().unwrap_or_else(|| change.memberships());
    change.sweep(app, memberships).await.or_problem()?;
    http_kit::no_content()
}

/// The memberships of who calls, whose own session goes on.
async fn own(app: &App, call: &Call) -> Result<MembershipChange, Problem> {
    let (by, session) = (call.session()?.user(), call.session_hash()?);
    let change = app.change_memberships(by, Some(session)).await;
    change.or_problem()?.ok_or(Problem::Unauthenticated)
}

/// What a second wish to close answers.
async fn again(app: &App, row: &ClosingRow) -> Answer {
    app.ring_closing(row.tenant, row.request).await;
    match row.state {
        ClosingState::Reopening => Err(Problem::conflict(
            "workspace_reopening",
            "The closing was taken back a moment ago. Close the workspace again when that is done.",
        )),
        _ => http_kit::json(StatusCode::ACCEPTED, &ClosingOut::from(row)),
    }
}

fn begun(app: &App, tenant: TenantId, by: UserId) -> ClosingRow {
    let (request, now) = (app.mint(PrivacyRequestId::new), app.clock.now());
    ClosingRow::begin(request, tenant, by, now, now.plus(CLOSING_PATIENCE))
}

fn too_late() -> Problem {
    Problem::conflict(
        "too_late",
        "The seven days are over: the workspace is being erased.",
    )
}
