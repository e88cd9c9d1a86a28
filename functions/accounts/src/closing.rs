//! `POST /api/v1/me/closing`
//!
//! A login within the seven days takes it back ([`crate::login::opened`]); after them `privacy.erase-workspace` erases the account
//! (decision 0038).

use app::{App, CLOSING_PATIENCE, OrProblem, members};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::PrivacyRequestId;
use domain::role::Role;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{ClosingRow, LoginRow, Membership, WorkspaceRow};
use store::{Found, Row as _, keys};
use tenancy::{Reader, VerifiedSession};
use utoipa::ToSchema;

use crate::change::{Change, login_of};
use crate::letters::Said;
use crate::logout;

/// Owners of other workspaces who are held at most: with every session, every token and what goes with a closing they fit one
/// transaction.
const MOST_OWNERS: usize = 12;

/// An account that is being closed.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountClosingOut {
    /// When it was closed, RFC 3339 UTC.
    closed_at: String,
    /// When it is erased, RFC 3339 UTC. A login before then takes the closing back.
    closes_at: String,
}

/// Closes the account of the person who calls. Every session and every token of theirs ends at once; seven days later everything
/// that is held of them is erased. Logging in before then takes it back. Refused while they are the only owner of a workspace.
#[utoipa::path(post, path = "/api/v1/me/closing", operation_id = "close_account", tag = "accounts",
    responses((status = 202, description = "It is being closed; the session has ended and its cookie is removed.", body = AccountClosingOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let login = login_of(app, session.user()).await?;
    let owners = Box::pin(owners(app, session, &login.row.memberships)).await?;
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let former = db.find::<ClosingRow>(&keys::closing()).await.or_problem()?;
    let (request, now) = (app.mint(PrivacyRequestId::new), app.clock.now());
    let wakes_at = now.plus(CLOSING_PATIENCE);
    let closing = ClosingRow::begin(request, scope.tenant(), session.user(), now, wakes_at);
    let closed = LoginRow {
        closes_at: Some(closing.closes_at),
        ..login.row.clone()
    };
    let said = Said::AccountCloses(closing.closes_at);
    let change = Change::of(app, scope, login, None, Action::AccountClose, said).await?;
    let written = change.commit(app, Some(&closed), |transaction| {
        match &former {
            // One that was taken back stands until its job sees that.
            Some(former) => transaction.replace(&closing, former.rev),
            None => transaction.create(&closing),
        };
        for owner in &owners {
            transaction.require_revision::<LoginRow>(&owner.row.key(), owner.rev);
        }
    });
    Box::pin(written).await?;
    app.ring_closing(closing.tenant, closing.request).await;
    let out = AccountClosingOut {
        closed_at: closing.asked_at.rfc3339(),
        closes_at: closing.closes_at.rfc3339(),
    };
    logout::forget(http_kit::json(StatusCode::ACCEPTED, &out))
}

/// For each workspace that the person owns the login of another owner, who must stay one: two owners cannot close their
/// accounts at once and leave it alone. A workspace that is being closed itself needs nobody.
///
/// # Errors
/// 409 naming the workspaces that nobody else owns.
async fn owners(
    app: &App,
    session: &VerifiedSession,
    memberships: &[Membership],
) -> Result<Vec<Found<LoginRow>>, Problem> {
    let (mut others, mut alone) = (Vec::<Found<LoginRow>>::new(), Vec::new());
    let owned = |own: &&Membership| own.role == Role::Owner && own.closes_at.is_none();
    for own in memberships.iter().filter(owned) {
        let scope = session.scope::<Reader>(Some(own.tenant));
        let scope = scope.map_err(|_| Problem::NotFound)?;
        let db = app.store.within(&scope).or_problem()?;
        let team = members(&db).await.or_problem()?;
        let other = app.other_owner(own.tenant, &team, session.user()).await;
        match other.or_problem()? {
            Some(other) => {
                if !others.iter().any(|held| held.row.user == other.row.user) {
                    others.push(other);
                }
            }
            None => {
                let row = db.find::<WorkspaceRow>(&keys::workspace()).await;
                alone.extend(row.or_problem()?.map(|found| found.row.name));
            }
        }
    }
    if !alone.is_empty() {
        return Err(left_alone(&alone));
    }
    match others.len() > MOST_OWNERS {
        true => Err(too_many()),
        false => Ok(others),
    }
}

fn left_alone(workspaces: &[String]) -> Problem {
    Problem::conflict(
        "last_owner_of",
        format!(
            "Nobody else owns {}. Make somebody else an owner there, or close the workspace, first.",
            workspaces.join(", ")
        ),
    )
}

fn too_many() -> Problem {
    Problem::conflict(
        "too_many_workspaces",
        "You own workspaces with many others. Leave some of them first.",
    )
}

/// Refuses a login whose account is being erased.
///
/// # Errors
/// 409 once the seven days are over.
pub(crate) fn refuse_late(login: &LoginRow, now: Timestamp) -> Result<(), Problem> {
    match login.closes_at.is_some_and(|closes_at| closes_at <= now) {
        true => Err(too_late()),
        false => Ok(()),
    }
}

/// What a login to an account that is being erased, or was, answers.
pub(crate) fn too_late() -> Problem {
    Problem::conflict(
        "account_erased",
        "This account was closed and its seven days are over: it is being erased.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_every_workspace_that_would_be_left_alone() {
        let named = ["Vale".to_owned(), "Holt".to_owned()];
        let Problem::Conflict { code, message } = left_alone(&named) else {
            panic!("another refusal");
        };
        assert_eq!(code, "last_owner_of");
        assert!(message.contains("Vale, Holt"), "{message}");
    }
}
