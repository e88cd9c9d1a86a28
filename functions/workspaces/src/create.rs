//! `POST /api/v1/workspaces`
//!
//! Uses GetItem, Query, PutItem and DeleteItem on `routing`; in the person's account: GetItem on `tenant`; in the new
//! workspace: PutItem on `tenant`, `keys`, `audit` and `work`; GetItem on `keys`, kms:GenerateDataKey and kms:Decrypt
//! (purpose `data`), sqs:SendMessage on the audit queue.

use app::{App, OrProblem, SealsJson, place};
use domain::audit::{Action, Actor};
use domain::ids::TenantId;
use domain::role::{DataScope, Role};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::{MemberRow, Membership, RetentionRow, TenantKeyRow, WorkspaceRow};
use tenancy::{Provisioning, VerifiedSession};
use utoipa::ToSchema;

use crate::invitations::accept::person;
use crate::team;

const NAME: usize = 100;

/// A new workspace.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceIn {
    /// What fans see as the creator's name, 1 to 100 characters.
    name: String,
}

impl Validate for WorkspaceIn {
    fn validate(&self, errors: &mut FieldErrors) {
        let name = self.name.trim();
        if name.is_empty() {
            errors.add("name", "required", "Please enter a name.");
        } else if name.chars().count() > NAME {
            errors.add("name", "too_long", "A name has at most 100 characters.");
        } else if name.chars().any(char::is_control) {
            errors.add("name", "invalid_name", "A name has no control characters.");
        }
    }
}

/// A workspace of one's own.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceOut {
    /// Its id; `X-Sofi-Workspace` of calls that are for it.
    id: String,
    /// Its name.
    name: String,
}

/// Makes a workspace, owned by who calls. Before the first bot, the data processing agreement is accepted for it. The
/// person's other sessions end.
#[utoipa::path(post, path = "/api/v1/workspaces", operation_id = "create_workspace", tag = "workspaces",
    request_body = WorkspaceIn,
    responses((status = 201, description = "The workspace is there.", body = WorkspaceOut)))]
pub(crate) async fn handle(
    app: &App,
    session: &VerifiedSession,
    session_hash: &str,
    input: WorkspaceIn,
) -> Answer {
    let card = person(app, session).await?;
    let change = app
        .change_memberships(session.user(), Some(session_hash))
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)?;
    if change.memberships().len() >= team::MOST_MEMBERSHIPS {
        return Err(Problem::conflict(
            "too_many_workspaces",
            "A person belongs to at most 50 workspaces. Leave one first.",
        ));
    }
    let (id, now) = (app.mint(TenantId::new), app.clock.now());
    let scope = Provisioning::of(id).scope();
    let vault = app.vault.within(&scope).or_problem()?;
    let (key, wrapped) = Box::pin(vault.create_key()).await.or_problem()?;
    let member_key = keys::member(session.user());
    let sealed = key
        .seal_json(
            &place::<MemberRow>(&member_key, "card"),
            &card,
            app.entropy.as_ref(),
        )
        .or_problem()?;
    let workspace = WorkspaceRow::new(id, input.name.trim().to_owned(), now);
    let mut memberships = change.memberships().to_vec();
    memberships.push(Membership {
        tenant: id,
        role: Role::Owner,
        data: DataScope::AllBots,
        closes_at: None,
    });
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(&TenantKeyRow {
        wrapped,
        created_at: now,
    });
    transaction.create(&workspace);
    transaction.create(&RetentionRow::begin(id, now));
    transaction.create(&MemberRow {
        user: session.user(),
        role: Role::Owner,
        data: DataScope::AllBots,
        card: Some(sealed),
        joined_at: now,
        quiet: None,
    });
    change.write(&mut transaction, &memberships);
    app.audit(&scope, Action::WorkspaceCreate, id)
        .by(Actor::Person(session.user()))
        .write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_audit(&scope).await;
    change.sweep(app).await.or_problem()?;
    http_kit::created(&WorkspaceOut {
        id: id.to_string(),
        name: workspace.name,
    })
}
