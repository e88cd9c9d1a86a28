//! `GET /api/v1/me/passkeys`

use app::App;
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::row::StoredPasskey;
use tenancy::VerifiedSession;
use utoipa::ToSchema;

/// The passkeys of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyListOut {
    /// Oldest first; at most ten.
    passkeys: Vec<PasskeyOut>,
}

/// One passkey; nothing of its key.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyOut {
    /// Its id.
    id: String,
    /// What its owner calls it.
    name: String,
    /// When it was added, RFC 3339 UTC.
    created_at: String,
    /// When it was last used, RFC 3339 UTC; absent before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<String>,
}

impl PasskeyOut {
    /// A stored passkey as its owner sees it.
    pub(crate) fn of(stored: &StoredPasskey) -> Self {
        Self {
            id: stored.id.to_string(),
            name: stored.name.clone(),
            created_at: stored.created_at.rfc3339(),
            last_used_at: stored.used_at.map(|at| at.rfc3339()),
        }
    }
}

/// Lists which passkeys open the account.
#[utoipa::path(get, path = "/api/v1/me/passkeys", operation_id = "list_passkeys", tag = "accounts",
    responses((status = 200, description = "The passkeys.", body = PasskeyListOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let found = super::of(app, session.user()).await?;
    let passkeys = found.map(|found| found.row.passkeys).unwrap_or_default();
    let passkeys = passkeys.iter().map(PasskeyOut::of).collect();
    http_kit::json(StatusCode::OK, &PasskeyListOut { passkeys })
}
