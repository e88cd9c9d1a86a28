//! Tokens of the API: for programs, with some rights of whoever made them, for at most a year.
//!
//! A token is a session of its maker that was given less (`store::row::TokenGrant`): whatever ends the maker's sessions, a
//! new password or another role, ends it too.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod revoke;

use app::{App, OrProblem};
use domain::ids::{ApiTokenId, SessionId};
use domain::role::Right;
use http_kit::Problem;
use serde::Serialize;
use store::row::{ApiTokenRow, ApiTokenUseRow, SessionRow, UserSessionRow};
use store::{LocalKey, TenantDb, Transaction, keys};
use tenancy::Reads;
use utoipa::ToSchema;

use crate::team;

/// Good tokens of a workspace at most.
pub(crate) const MOST_OF_A_WORKSPACE: usize = 50;

/// A token that is good.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokenOut {
    /// Its id; opens nothing.
    id: String,
    /// What the team calls it.
    name: String,
    /// What it may do.
    rights: Vec<Right>,
    /// Who made it. It ends with their rights.
    made_by: String,
    /// When, RFC 3339 UTC.
    created_at: String,
    /// Until when it is good, RFC 3339 UTC.
    until: String,
    /// When it was last used, RFC 3339 UTC; null if never.
    last_used_at: Option<String>,
}

impl ApiTokenOut {
    fn new(row: &ApiTokenRow, last_used_at: Option<String>) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name.clone(),
            rights: row.rights.clone(),
            made_by: row.made_by.to_string(),
            created_at: row.created_at.rfc3339(),
            until: row.until.rfc3339(),
            last_used_at,
        }
    }
}

/// What an audit entry keeps of a token.
#[derive(Serialize)]
struct Noted<'a> {
    name: &'a str,
    rights: &'a [Right],
}

impl<'a> Noted<'a> {
    fn of(row: &'a ApiTokenRow) -> Self {
        Self {
            name: &row.name,
            rights: &row.rights,
        }
    }
}

/// The tokens of a workspace that are good, newest first. One that ended with its maker's rights is in the workspace's list
/// until its time is over, and not among them.
async fn living<R: Reads>(app: &App, db: &TenantDb<R>) -> Result<Vec<ApiTokenOut>, Problem> {
    let listed = team::tokens(db).await.or_problem()?;
    let routing = app.store.routing();
    let mut many = routing.read_many();
    let slots: Vec<_> = listed
        .iter()
        .map(|found| {
            let session = many.find::<SessionRow>(&keys::session(&found.row.token_hash));
            let last = many.find::<ApiTokenUseRow>(&keys::api_token_use(found.row.id));
            (session, last)
        })
        .collect();
    let answers = many.send().await.or_problem()?;
    let mut living = Vec::with_capacity(listed.len());
    for (found, (session, last)) in listed.iter().zip(slots) {
        if answers.get(session).or_problem()?.is_some() {
            let last = answers.get(last).or_problem()?;
            let last = last.map(|last| last.row.last_used_at.rfc3339());
            living.push(ApiTokenOut::new(&found.row, last));
        }
    }
    Ok(living)
}

/// The session that a token is: the same number under another name.
const fn session_of(token: ApiTokenId) -> SessionId {
    SessionId::from_bytes(token.to_bytes())
}

/// Where a token stands among its maker's sessions.
fn listed(row: &ApiTokenRow) -> LocalKey {
    keys::user_session(row.made_by, session_of(row.id))
}

/// Ends the session that a token is. Two rows.
fn end(transaction: &mut Transaction<'_>, row: &ApiTokenRow) {
    transaction.delete_any::<SessionRow>(&keys::session(&row.token_hash));
    transaction.delete_any::<UserSessionRow>(&listed(row));
}
