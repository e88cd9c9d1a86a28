//! `POST /api/v1/workspace/invitations/acceptances`
//!
//! Uses GetItem, Query, PutItem and DeleteItem on `routing`; in the workspace: BatchGetItem, PutItem, DeleteItem and
//! ConditionCheckItem on `tenant`, PutItem on `audit` and `work`; in the person's account: GetItem on `tenant`; GetItem on `keys`, kms:Decrypt
//! (purpose `data`), sqs:SendMessage on the audit queue.

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::audit::Action;
use domain::content::MemberCard;
use domain::role::{Right, Role};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{
    AccountRow, InvitationLinkRow, InvitationRow, MemberRow, Membership, WorkspaceRow,
};
use store::{Found, Row, keys};
use tenancy::{
    InvitationEvidence, Joiner, TenantScope, VerifiedInvitation, VerifiedSession, hash_token_hex,
};
use utoipa::ToSchema;

use super::{create, open_email, same_address};
use crate::members::Noted;
use crate::{input, team};

/// The proof that the invitation arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptanceIn {
    /// What follows `#` in the mail's link.
    token: String,
}

impl Validate for AcceptanceIn {
    fn validate(&self, _errors: &mut FieldErrors) {}
}

/// The workspace that was joined.
#[derive(Serialize, ToSchema)]
pub(crate) struct JoinedOut {
    /// Its id; `X-Sofi-Workspace` of calls that are for it.
    workspace_id: String,
    /// Its name.
    name: String,
    /// The person's role in it.
    role: Role,
    /// The bots that the person sees; null for all.
    bots: Option<Vec<String>>,
}

/// Accepts an invitation. It is good for the person whose address it was sent to, once, as long as whoever sent it may invite
/// to its role. The person's other sessions end.
#[utoipa::path(post, path = "/api/v1/workspace/invitations/acceptances", operation_id = "create_invitation_acceptance",
    tag = "workspaces", request_body = AcceptanceIn,
    responses((status = 201, description = "The person belongs to the workspace.", body = JoinedOut)))]
pub(crate) async fn handle(
    app: &App,
    session: &VerifiedSession,
    session_hash: &str,
    input: AcceptanceIn,
) -> Answer {
    let Invited {
        scope,
        invitation,
        workspace,
        inviter,
    } = Box::pin(invited(app, session, &input.token)).await?;
    let key = app.tenant_key(&scope).await.or_problem()?;
    let card = person(app, session).await?;
    let for_email = open_email(&key, &invitation.row).or_problem()?;
    if !same_address(&for_email, &card.email) {
        return Err(Problem::unprocessable(
            "other_address",
            "This invitation was sent to another address. Log in with the account of that address, or ask for a new one.",
        ));
    }
    let change = app
        .change_memberships(session.user(), Some(session_hash))
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)?;
    let row = &invitation.row;
    let memberships = joined(change.memberships(), &scope, row)?;
    let member_key = keys::member(session.user());
    let member = MemberRow {
        user: session.user(),
        role: row.role,
        data: row.data.clone(),
        card: Some(
            key.seal_json(
                &place::<MemberRow>(&member_key, "card"),
                &card,
                app.entropy.as_ref(),
            )
            .or_problem()?,
        ),
        joined_at: app.clock.now(),
        quiet: None,
    };
    let entry = app
        .audit(&scope, Action::MemberJoin, session.user())
        .values(
            &key,
            None::<&Noted<'_>>,
            Some(&Noted::new(row.role, &row.data)),
        )
        .or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(&member);
    transaction.delete::<InvitationRow>(&row.key(), invitation.rev);
    transaction.delete_any::<InvitationLinkRow>(&keys::invitation_link(&hash_token_hex(
        input.token.as_bytes(),
    )));
    // Whoever is being made less at this moment makes nobody what they no longer are.
    transaction.require_revision::<MemberRow>(&inviter.row.key(), inviter.rev);
    change.write(&mut transaction, &memberships);
    entry.write(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    app.ring_audit(&scope).await;
    change.sweep(app, &memberships).await.or_problem()?;
    http_kit::created(&JoinedOut {
        workspace_id: scope.tenant().to_string(),
        name: workspace.name,
        role: row.role,
        bots: input::shown(&row.data),
    })
}

/// What a token opens.
struct Invited {
    /// Of joining the workspace.
    scope: TenantScope<Joiner>,
    /// Open, and within what its sender may give.
    invitation: Found<InvitationRow>,
    workspace: WorkspaceRow,
    /// Its sender's place in the team.
    inviter: Found<MemberRow>,
}

/// The open invitation of a token, and what joining takes.
async fn invited(app: &App, session: &VerifiedSession, token: &str) -> Result<Invited, Problem> {
    let hash = hash_token_hex(token.as_bytes());
    let link = app
        .store
        .routing()
        .find::<InvitationLinkRow>(&keys::invitation_link(&hash))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?
        .row;
    let evidence = InvitationEvidence {
        token_hash: &link.token_hash,
        tenant: link.tenant,
        until: link.until,
    };
    let verified =
        VerifiedInvitation::verify(token.as_bytes(), &evidence, session, app.clock.now())
            .map_err(|_| Problem::NotFound)?;
    let scope = verified.scope();
    let db = app.store.within(&scope).or_problem()?;
    let mut reads = db.read_many();
    let invitation = reads.find::<InvitationRow>(&keys::invitation(link.invitation));
    let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
    let found = reads.send().await.or_problem()?;
    let invitation = found.get(invitation).or_problem()?;
    let open = invitation.filter(|found| found.row.token_hash.as_deref() == Some(hash.as_str()));
    let workspace = found.get(workspace).or_problem()?;
    let (Some(invitation), Some(workspace)) = (open, workspace) else {
        return Err(Problem::NotFound);
    };
    let mut reads = db.read_many();
    let inviter = reads.find::<MemberRow>(&keys::member(invitation.row.invited_by));
    let found = reads.send().await.or_problem()?;
    let inviter = found.get(inviter).or_problem()?;
    let inviter = inviter.filter(|inviter| gives(inviter.row.role, invitation.row.role));
    Ok(Invited {
        scope,
        invitation,
        workspace: workspace.row,
        inviter: inviter.ok_or(Problem::NotFound)?,
    })
}

/// Whether whoever sent an invitation to a role may send it today: who has left, or has become less, opens no door behind
/// them.
fn gives(inviter: Role, offered: Role) -> bool {
    inviter >= Right::InviteMembers.minimum() && create::judge(inviter, offered).is_ok()
}

/// Name and address of who accepts, from under their own key.
pub(crate) async fn person(app: &App, session: &VerifiedSession) -> Result<MemberCard, Problem> {
    let scope = session.account();
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let account = db.find::<AccountRow>(&keys::account()).await.or_problem()?;
    let account = account.ok_or(Problem::Unauthenticated)?.row;
    let row_key = account.key();
    let open =
        |field, sealed| key.open_json::<String>(&place::<AccountRow>(&row_key, field), sealed);
    let card = open("name", &account.name).and_then(|name| {
        Ok::<_, AppError>(MemberCard {
            name,
            email: open("email", &account.email)?,
        })
    });
    card.or_problem()
}

fn joined(
    former: &[Membership],
    scope: &TenantScope<Joiner>,
    invitation: &InvitationRow,
) -> Result<Vec<Membership>, Problem> {
    if former.iter().any(|entry| entry.tenant == scope.tenant()) {
        return Err(Problem::conflict(
            "already_member",
            "You belong to this workspace already.",
        ));
    }
    if former.len() >= team::MOST_MEMBERSHIPS {
        return Err(Problem::conflict(
            "too_many_workspaces",
            "A person belongs to at most 50 workspaces. Leave one first.",
        ));
    }
    let mut memberships = former.to_vec();
    memberships.push(Membership {
        tenant: scope.tenant(),
        role: invitation.role,
        data: invitation.data.clone(),
        closes_at: None,
    });
    Ok(memberships)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_worth_what_its_sender_could_give_today() {
        assert!(gives(Role::Owner, Role::Owner) && gives(Role::Manager, Role::Chatter));
        assert!(!gives(Role::Manager, Role::Owner) && !gives(Role::Manager, Role::Manager));
        assert!(!gives(Role::Chatter, Role::Analyst) && !gives(Role::Analyst, Role::Analyst));
    }
}
