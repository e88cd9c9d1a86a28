//! `POST /api/v1/staff/looks`
//!
//! Our staff see what a workspace is made of, never what is in it; the workspace sees who of us looked, when and why. Uses
//! GetItem on `routing` (session, appointment) and `keys`, BatchGetItem and Query on `tenant`, ConditionCheckItem on `tenant`,
//! PutItem on `audit` and `work`, kms:Decrypt (purpose `data`), sqs:SendMessage on the audit queue.

use std::collections::BTreeMap;

use app::{App, OrProblem};
use domain::audit::{Action, Actor};
use domain::documents::{self, DocumentId};
use domain::ids::TenantId;
use domain::role::{Role, StaffRole};
use futures::future::try_join3;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{AgreementRow, BotRow, BotState, MemberRow, WorkspaceRow};
use store::{Direction, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Overseer, VerifiedStaff};
use utoipa::ToSchema;

/// Rows of a kind that are looked at, more than a workspace can have members.
const MOST: usize = 250;

/// A look at a workspace.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookIn {
    /// Which workspace.
    workspace_id: String,
    /// Why, in 10 to 500 characters that the workspace will read.
    reason: String,
}

impl Validate for LookIn {
    fn validate(&self, errors: &mut FieldErrors) {
        app::check_reason(&self.reason, errors);
    }
}

/// What a workspace is made of.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct LookOut {
    /// Which workspace.
    workspace_id: String,
    /// When it was made, RFC 3339 UTC.
    created_at: String,
    /// When the processing agreement in force was accepted, RFC 3339 UTC; null while it is not.
    agreement_accepted_at: Option<String>,
    /// How many members there are of each role.
    members: Vec<RoleCountOut>,
    /// Its bots.
    bots: Vec<SeenBotOut>,
}

/// Members of a role.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RoleCountOut {
    /// Which role.
    role: Role,
    /// How many.
    count: usize,
}

/// A bot, without its token and its name.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SeenBotOut {
    /// Its id.
    id: String,
    /// `connected`, `token_dead` or `disconnected`.
    state: &'static str,
    /// Since when, RFC 3339 UTC.
    connected_at: String,
}

/// What the workspace's log keeps of a look.
#[derive(Serialize)]
struct Noted<'a> {
    staff_role: StaffRole,
    reason: &'a str,
}

/// Looks at what a workspace is made of. The workspace finds the look, its reason and who looked in its audit log; when that
/// cannot be written, nothing is shown.
#[utoipa::path(post, path = "/api/v1/staff/looks", operation_id = "create_staff_look", tag = "operations",
    request_body = LookIn,
    responses((status = 201, description = "What the workspace is made of.", body = LookOut)))]
pub(crate) async fn handle(app: &App, staff: &VerifiedStaff, input: LookIn) -> Answer {
    let workspace: TenantId = input.workspace_id.parse().map_err(|_| Problem::NotFound)?;
    let scope = staff.overseer(workspace);
    let db = app.store.within(&scope).or_problem()?;
    let seen = Box::pin(seen(&db)).await.or_problem()?;
    let out = seen.ok_or(Problem::NotFound)?.shown(workspace);
    let key = Box::pin(app.tenant_key(&scope)).await.or_problem()?;
    let noted = Noted {
        staff_role: staff.role(),
        reason: input.reason.trim(),
    };
    let entry = app
        .audit(&scope, Action::StaffLook, workspace)
        .by(Actor::Staff(staff.id()))
        .values(&key, None, Some(&noted))
        .or_problem()?;
    let mut transaction = db.transaction();
    transaction.require::<WorkspaceRow>(&keys::workspace());
    entry.write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    http_kit::created(&out)
}

/// The rows that a look is made of.
struct Seen {
    workspace: WorkspaceRow,
    agreement: Option<AgreementRow>,
    members: Vec<MemberRow>,
    bots: Vec<BotRow>,
}

/// `None` for what is no workspace. Three calls beside each other.
async fn seen(db: &TenantDb<Overseer>) -> Result<Option<Seen>, StoreError> {
    let (named, members, bots) = try_join3(
        workspace(db),
        list::<MemberRow>(db, &keys::workspace().pk, keys::MEMBER),
        list::<BotRow>(db, keys::BOTS, "0"),
    )
    .await?;
    Ok(named.map(|(workspace, agreement)| Seen {
        workspace,
        agreement,
        members,
        bots,
    }))
}

async fn workspace(
    db: &TenantDb<Overseer>,
) -> Result<Option<(WorkspaceRow, Option<AgreementRow>)>, StoreError> {
    let current = documents::current(DocumentId::Dpa);
    let mut many = db.read_many();
    let workspace = many.find::<WorkspaceRow>(&keys::workspace());
    let agreement = keys::agreement(DocumentId::Dpa.as_str(), current.version);
    let agreement = many.find::<AgreementRow>(&agreement);
    let answers = many.send().await?;
    let agreement = answers.get(agreement)?.map(|found| found.row);
    Ok(answers.get(workspace)?.map(|found| (found.row, agreement)))
}

async fn list<T: Row>(
    db: &TenantDb<Overseer>,
    pk: &str,
    prefix: &str,
) -> Result<Vec<T>, StoreError> {
    let page = Page {
        pk,
        from: prefix,
        to: &format!("{prefix}~"),
        direction: Direction::Forward,
        limit: MOST,
    };
    let found = db.list::<T>(&page).await?;
    Ok(found.into_iter().map(|found| found.row).collect())
}

impl Seen {
    fn shown(&self, workspace: TenantId) -> LookOut {
        let mut counts: BTreeMap<Role, usize> = BTreeMap::new();
        for member in &self.members {
            *counts.entry(member.role).or_default() += 1;
        }
        let members = counts.into_iter().rev();
        LookOut {
            workspace_id: workspace.to_string(),
            created_at: self.workspace.created_at.rfc3339(),
            agreement_accepted_at: self.agreement.as_ref().map(|row| row.accepted_at.rfc3339()),
            members: members
                .map(|(role, count)| RoleCountOut { role, count })
                .collect(),
            bots: self.bots.iter().map(bot).collect(),
        }
    }
}

fn bot(row: &BotRow) -> SeenBotOut {
    SeenBotOut {
        id: row.id.to_string(),
        state: match row.state {
            BotState::Connected => "connected",
            BotState::TokenDead => "token_dead",
            BotState::Disconnected => "disconnected",
            BotState::Stopped => "stopped",
        },
        connected_at: row.connected_at.rfc3339(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{BotId, HookId, UserId};

    fn member(byte: u8, role: Role) -> MemberRow {
        MemberRow::new(UserId::from_bytes([byte; 16]), role, Timestamp::default())
    }

    #[test]
    fn a_look_counts_members_and_shows_neither_names_nor_tokens() {
        let workspace = TenantId::from_bytes([1; 16]);
        let seen = Seen {
            workspace: WorkspaceRow::new(workspace, "canary".into(), Timestamp::from_seconds(0)),
            agreement: None,
            members: vec![
                member(2, Role::Chatter),
                member(3, Role::Owner),
                member(4, Role::Chatter),
            ],
            bots: vec![BotRow {
                id: BotId::from_bytes([5; 16]),
                telegram_id: 4_711,
                username: "canary_bot".into(),
                name: "canary".into(),
                token: None,
                token_last4: "4711".into(),
                hook: HookId::from_bytes([6; 16]),
                state: BotState::TokenDead,
                connected_by: UserId::from_bytes([3; 16]),
                connected_at: Timestamp::from_seconds(60),
                disconnected_at: None,
                alerts: Vec::new(),
            }],
        };
        let out = seen.shown(workspace);
        let counted: Vec<_> = out.members.iter().map(|of| (of.role, of.count)).collect();
        assert_eq!(counted, [(Role::Owner, 1), (Role::Chatter, 2)]);
        assert_eq!(out.bots[0].state, "token_dead");
        let text = serde_json::to_string(&out).expect("JSON");
        assert!(!text.contains("canary") && !text.contains("4711"), "{text}");
    }

    #[test]
    fn a_reason_is_more_than_a_word() {
        let codes = |reason: &str| {
            let input = LookIn {
                workspace_id: String::new(),
                reason: reason.to_owned(),
            };
            let mut errors = FieldErrors::default();
            input.validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(codes("support   ") && codes(&"x".repeat(501)));
        assert!(!codes("ticket 4711: bot does not answer"));
    }
}
