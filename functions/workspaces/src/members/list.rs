//! `GET /api/v1/workspace/members`
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`).

use app::{App, OrProblem};
use domain::content::MemberCard;
use domain::ids::UserId;
use domain::role::{Right, Role};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::row::MemberRow;
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;

use super::own::QuietHoursOut;
use crate::{input, team};

/// The team.
#[derive(Serialize, ToSchema)]
pub(crate) struct MembersOut {
    /// Everybody, owners first.
    members: Vec<MemberOut>,
}

/// A member of the workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberOut {
    /// Who.
    user_id: String,
    /// Their name when they joined.
    name: String,
    /// Their address when they joined; null for those who may not invite.
    email: Option<String>,
    /// Their role.
    role: Role,
    /// The bots that they see; null for all.
    bots: Option<Vec<String>>,
    /// Whether this is who asks.
    you: bool,
    /// Since when, RFC 3339 UTC.
    joined_at: String,
    /// When alerts that can wait do; told to nobody but oneself.
    quiet_hours: Option<QuietHoursOut>,
}

impl MemberOut {
    pub(crate) fn new(row: &MemberRow, card: MemberCard, asker: Option<UserId>, all: bool) -> Self {
        let you = Some(row.user) == asker;
        let quiet = row.quiet.as_ref().filter(|_| you);
        Self {
            user_id: row.user.to_string(),
            name: card.name,
            email: all.then_some(card.email),
            role: row.role,
            bots: input::shown(&row.data),
            you,
            joined_at: row.joined_at.rfc3339(),
            quiet_hours: quiet.map(QuietHoursOut::from),
        }
    }
}

/// Lists the team.
#[utoipa::path(get, path = "/api/v1/workspace/members", operation_id = "list_members", tag = "workspaces",
    responses((status = 200, description = "The team.", body = MembersOut)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Reader>) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let mut team = team::members(&db).await.or_problem()?;
    team.sort_by_key(|found| (std::cmp::Reverse(found.row.role), found.row.joined_at));
    let invites = team.iter().any(|found| {
        Some(found.row.user) == scope.actor() && found.row.role >= Right::InviteMembers.minimum()
    });
    let members = team
        .iter()
        .map(|found| {
            let card = team::card(&key, &found.row)?;
            Ok(MemberOut::new(&found.row, card, scope.actor(), invites))
        })
        .collect::<Result<_, app::AppError>>()
        .or_problem()?;
    http_kit::json(StatusCode::OK, &MembersOut { members })
}
