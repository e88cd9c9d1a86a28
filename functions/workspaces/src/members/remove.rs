//! `DELETE /api/v1/workspace/members/{user_id}` and `DELETE /api/v1/workspace/members/current`
//!
//! AWS actions as in `change`, and DeleteItem on `tenant`; leaving mails nothing. Members are told by mail, and bots forget
//! their chats.

use app::{App, Call, OrProblem};
use domain::audit::Action;
use domain::ids::UserId;
use domain::role::Role;
use http_kit::{Answer, Problem};
use mail::{Language, Notice, NoticeDraft, NoticeId, Template, To};
use store::row::{MemberRow, Membership, WorkspaceRow};
use store::{Row, keys};
use tenancy::{Leaver, Owner, TenantScope, Writes};

use super::Noted;
use crate::team;

/// Removes a member. Their sessions end, and their Telegram chats hear no more; other workspaces of theirs stay.
#[utoipa::path(delete, path = "/api/v1/workspace/members/{user_id}", operation_id = "delete_member", tag = "workspaces",
    params(("user_id" = String, Path, description = "The member.")),
    responses((status = 204, description = "They are no member any more.")))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    member: UserId,
) -> Answer {
    if scope.actor() == Some(member) {
        return Box::pin(end(app, scope, member, Some(call.session_hash()?), None)).await;
    }
    let notice = told(app, scope, member, |workspace| Template::MemberRemoved {
        workspace,
    })
    .await?;
    Box::pin(end(app, scope, member, None, Some(notice))).await
}

/// Leaves the workspace. The last owner cannot.
#[utoipa::path(delete, path = "/api/v1/workspace/members/current", operation_id = "delete_current_member", tag = "workspaces",
    responses((status = 204, description = "Who called is no member any more.")))]
pub(crate) async fn leave(app: &App, call: &Call, scope: &TenantScope<Leaver>) -> Answer {
    let member = call.session()?.user();
    Box::pin(end(app, scope, member, Some(call.session_hash()?), None)).await
}

async fn end<R: Writes>(
    app: &App,
    scope: &TenantScope<R>,
    member: UserId,
    kept: Option<&str>,
    notice: Option<Notice>,
) -> Answer {
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let team = team::members(&db).await.or_problem()?;
    let former = team::find(&team, member)?;
    let change = app.change_memberships(member, kept).await.or_problem()?;
    let action = match kept {
        Some(_) => Action::MemberLeave,
        None => Action::MemberRemove,
    };
    let was = Noted::new(former.row.role, &former.row.data);
    let entry = app
        .audit(scope, action, member)
        .values(&key, Some(&was), None::<&Noted<'_>>)
        .or_problem()?;
    let heard = team::heard(&db, member).await.or_problem()?;
    let left = (&former.row, Role::Analyst);
    let owner = team::other_owner(app, scope.tenant(), &team, left).await?;
    let mut transaction = db.transaction();
    transaction.delete::<MemberRow>(&former.row.key(), former.rev);
    team::hold_owner(&mut transaction, owner.as_ref());
    team::end_hearing(&mut transaction, heard, member, |_| false);
    let change = change.map(|change| {
        let others = without(change.memberships(), scope);
        (change, others)
    });
    if let Some((change, others)) = &change {
        change.write(&mut transaction, others);
    }
    entry.write(&mut transaction);
    if let Some(notice) = &notice {
        notice.add_to(&mut transaction);
    }
    transaction.commit().await.map_err(team::meanwhile)?;
    if let Some(notice) = notice {
        notice.post(app).await;
    }
    app.ring_audit(scope).await;
    if let Some((change, others)) = change {
        change.sweep(app, &others).await.or_problem()?;
    }
    http_kit::no_content()
}

fn without<R: Writes>(former: &[Membership], scope: &TenantScope<R>) -> Vec<Membership> {
    former
        .iter()
        .filter(|membership| membership.tenant != scope.tenant())
        .cloned()
        .collect()
}

/// A mail to a member about this workspace.
pub(super) async fn told(
    app: &App,
    scope: &TenantScope<Owner>,
    member: UserId,
    template: impl FnOnce(String) -> Template,
) -> Result<Notice, Problem> {
    let db = app.store.within(scope).or_problem()?;
    let workspace = db
        .find::<WorkspaceRow>(&keys::workspace())
        .await
        .or_problem()?;
    let draft = NoticeDraft {
        id: NoticeId::new("team", app.unique()).map_err(Problem::internal)?,
        to: To::Account(member),
        language: Language::default(),
        template: template(workspace.ok_or(Problem::NotFound)?.row.name),
    };
    Box::pin(mail::notice(app, scope, draft)).await.or_problem()
}
