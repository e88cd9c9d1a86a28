//! `POST /api/v1/workspaces`
//!
//! Uses GetItem, Query, PutItem and DeleteItem on `routing`; in the person's account: GetItem on `tenant`; in the new
//! workspace: PutItem on `tenant`, `keys`, `audit` and `work`; GetItem on `keys`, kms:GenerateDataKey and kms:Decrypt
//! (purpose `data`), sqs:SendMessage on the audit queue.

use app::{App, OrProblem, SealsJson, place};
use domain::audit::{Action, Actor};
use domain::ids::TenantId;
use domain::name;
use domain::role::{DataScope, Role};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::{
    MemberRow, Membership, ReconciliationRow, RetentionRow, TenantKeyRow, WorkspaceRow,
};
use tenancy::{Provisioning, VerifiedSession};
use utoipa::ToSchema;

use crate::invitations::accept::person;
use crate::team;

/// A new workspace.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkspaceIn {
    /// What fans see as the creator's name, 1 to 100 characters.
    name: String,
}

impl Validate for WorkspaceIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if let Err(error) = name::check(&self.name) {
            errors.add("name", error.code(), error.says());
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
    room(change.memberships())?;
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
    transaction.create(&ReconciliationRow::begin(id, now));
    transaction.create(&MemberRow {
        card: Some(sealed),
        ..MemberRow::new(session.user(), Role::Owner, now)
    });
    change.write(&mut transaction, &memberships);
    app.audit(&scope, Action::WorkspaceCreate, id)
        .by(Actor::Person(session.user()))
        .write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_audit(&scope).await;
    change.sweep(app, &memberships).await.or_problem()?;
    http_kit::created(&WorkspaceOut {
        id: id.to_string(),
        name: workspace.name,
    })
}

/// Refuses one more than a person can have.
fn room(memberships: &[Membership]) -> Result<(), Problem> {
    let owned = memberships.iter().filter(|own| own.role == Role::Owner);
    let message = if owned.count() >= team::MOST_OWNED {
        "A person owns at most 10 workspaces. Close one first, or write to us."
    } else if memberships.len() >= team::MOST_MEMBERSHIPS {
        "A person belongs to at most 50 workspaces. Leave one first."
    } else {
        return Ok(());
    };
    Err(Problem::conflict("too_many_workspaces", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memberships(role: Role, number: u8) -> Vec<Membership> {
        let of = |byte| Membership {
            tenant: TenantId::from_bytes([byte; 16]),
            role,
            data: DataScope::AllBots,
            closes_at: None,
        };
        (0..number).map(of).collect()
    }

    #[test]
    fn a_person_owns_ten_workspaces_and_belongs_to_fifty() {
        assert!(room(&memberships(Role::Owner, 9)).is_ok());
        assert!(room(&memberships(Role::Owner, 10)).is_err());
        assert!(room(&memberships(Role::Manager, 49)).is_ok());
        assert!(room(&memberships(Role::Manager, 50)).is_err());
    }

    #[test]
    fn a_workspace_is_not_called_by_an_address() {
        let mut errors = FieldErrors::new();
        let name = "Claim it at https://win.example".to_owned();
        WorkspaceIn { name }.validate(&mut errors);
        assert!(errors.finish().is_err());
    }
}
