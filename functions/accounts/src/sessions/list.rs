//! `GET /api/v1/sessions`

use app::{App, OrProblem};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::keys;
use store::row::{SessionRow, UserSessionRow};
use tenancy::VerifiedSession;
use utoipa::ToSchema;

/// The open sessions of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionListOut {
    /// Newest first; at most 30.
    sessions: Vec<ListedSessionOut>,
}

/// One open session.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ListedSessionOut {
    /// Its id.
    id: String,
    /// Browser and system, such as `Firefox, Linux`.
    device: String,
    /// When it began, RFC 3339 UTC.
    created_at: String,
    /// When it ends unless it is used, RFC 3339 UTC.
    idle_until: String,
    /// When it ends in any case, RFC 3339 UTC.
    absolute_until: String,
    /// Whether it is the session of this call.
    current: bool,
}

/// Lists where the person is logged in.
#[utoipa::path(get, path = "/api/v1/sessions", operation_id = "list_sessions", tag = "accounts",
    responses((status = 200, description = "The open sessions.", body = SessionListOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let mut listed = app.sessions_of(session.user()).await.or_problem()?;
    listed.retain(|found| found.row.token_of.is_none());
    let routing = app.store.routing();
    let mut many = routing.read_many();
    let slots: Vec<_> = listed
        .iter()
        .map(|found| many.find::<SessionRow>(&keys::session(&found.row.token_hash)))
        .collect();
    let answers = many.send().await.or_problem()?;
    let mut sessions = Vec::with_capacity(listed.len());
    for (entry, slot) in listed.iter().zip(slots).rev() {
        // One that ended by being idle is still in the list until DynamoDB clears it away.
        if let Some(open) = answers.get(slot).or_problem()? {
            sessions.push(shown(&entry.row, &open.row, session));
        }
    }
    http_kit::json(StatusCode::OK, &SessionListOut { sessions })
}

fn shown(entry: &UserSessionRow, open: &SessionRow, current: &VerifiedSession) -> ListedSessionOut {
    ListedSessionOut {
        id: entry.id.to_string(),
        device: entry.device.clone(),
        created_at: entry.created_at.rfc3339(),
        idle_until: open.idle_until.rfc3339(),
        absolute_until: open.absolute_until.rfc3339(),
        current: entry.id == current.id(),
    }
}
