//! `PUT /api/v1/sessions/current`

use app::{App, OrProblem};
use domain::Timestamp;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::SessionRow;
use utoipa::ToSchema;

use crate::session::IDLE;

/// Until when the session lasts.
#[derive(Serialize, ToSchema)]
pub(crate) struct RenewedSessionOut {
    /// When it ends unless it is renewed again, RFC 3339 UTC.
    idle_until: String,
    /// When it ends in any case, RFC 3339 UTC.
    absolute_until: String,
}

/// Tells that a person is at work: the session's idle time begins again. A dashboard calls this when somebody clicks or
/// types, not when it polls; no other route makes a session last longer.
#[utoipa::path(put, path = "/api/v1/sessions/current", operation_id = "renew_current_session", tag = "accounts",
    responses((status = 200, description = "Until when the session lasts.", body = RenewedSessionOut)))]
pub(crate) async fn handle(app: &App, session_hash: &str) -> Answer {
    let routing = app.store.routing();
    let found = routing
        .find_session(session_hash)
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)?;
    let renewed = renewed(&found.row, app.clock.now());
    // A session that ended meanwhile must not come back to life.
    let renewed = routing.replace(renewed, found.rev).await.or_problem()?.row;
    http_kit::json(
        StatusCode::OK,
        &RenewedSessionOut {
            idle_until: renewed.idle_until.rfc3339(),
            absolute_until: renewed.absolute_until.rfc3339(),
        },
    )
}

fn renewed(session: &SessionRow, now: Timestamp) -> SessionRow {
    SessionRow {
        idle_until: now.plus(IDLE).min(session.absolute_until),
        ..session.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{SessionId, UserId};
    use std::time::Duration;

    #[test]
    fn renewing_never_goes_past_the_absolute_end() {
        let row = SessionRow {
            id: SessionId::from_bytes([1; 16]),
            token_hash: "ab".into(),
            user: UserId::from_bytes([2; 16]),
            memberships: Vec::new(),
            created_at: Timestamp::from_seconds(0),
            idle_until: Timestamp::from_seconds(100),
            absolute_until: Timestamp::from_seconds(50_000),
            proved_at: Timestamp::from_seconds(0),
            passkey_at: None,
            usage: None,
            gpc: false,
            token: None,
        };
        let soon = renewed(&row, Timestamp::from_seconds(50));
        assert_eq!(soon.idle_until, Timestamp::from_seconds(50).plus(IDLE));
        let late = renewed(&row, Timestamp::from_seconds(49_000));
        assert_eq!(late.idle_until, row.absolute_until);
        assert!(IDLE < Duration::from_secs(50_000));
    }
}
