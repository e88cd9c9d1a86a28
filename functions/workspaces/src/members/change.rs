//! `PATCH /api/v1/workspace/members/{user_id}`
//!
//! Uses GetItem, Query, PutItem, DeleteItem and ConditionCheckItem on `routing`, Query, BatchGetItem, GetItem and PutItem on
//! `tenant`, GetItem on `keys`, PutItem on `audit` and `work`, kms:Decrypt (purpose `data`) and kms:Encrypt (purpose
//! `mail`), sqs:SendMessage on the audit and mail queues.

use app::{App, Call, OrProblem};
use domain::audit::Action;
use domain::ids::{BotId, UserId};
use domain::role::{DataScope, Right, Role};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Patch, Problem, Validate};
use mail::Template;
use serde::Deserialize;
use store::row::{MemberRow, Membership};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use super::Noted;
use super::list::MemberOut;
use super::remove::told;
use crate::{input, team};

/// What changes about a member. What is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberUpdate {
    /// The role from now on.
    #[serde(default)]
    role: Option<Role>,
    /// The bots that they see from now on; `null` for all. For chatters and analysts only.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    bots: Patch<Vec<BotId>>,
}

impl Validate for MemberUpdate {
    fn validate(&self, errors: &mut FieldErrors) {
        let bots = self.bots.value().map(Vec::as_slice);
        input::check_bots(errors, self.role, bots);
    }
}

/// Changes a member's role, or which bots they see. Their sessions end, and so do their Telegram chats with bots of which they
/// may hear no more: the former rights are gone everywhere at once.
#[utoipa::path(patch, path = "/api/v1/workspace/members/{user_id}", operation_id = "update_member", tag = "workspaces",
    params(("user_id" = String, Path, description = "The member.")), request_body = MemberUpdate,
    responses((status = 200, description = "The member as they are now.", body = MemberOut)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Owner>,
    member: UserId,
) -> Answer {
    let update: MemberUpdate = call.json()?;
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let team = team::members(&db).await.or_problem()?;
    let former = team::find(&team, member)?;
    let data = match &update.bots {
        Patch::Absent => former.row.data.clone(),
        Patch::Null => DataScope::AllBots,
        Patch::Value(bots) => input::data_scope(&db, Some(bots)).await?,
    };
    let row = changed(&former.row, update.role, data)?;
    let card = team::card(&key, &row).or_problem()?;
    let out = MemberOut::new(&row, card, scope.actor(), true);
    if row == former.row {
        return http_kit::json(StatusCode::OK, &out);
    }
    let kept = (scope.actor() == Some(member)).then(|| call.session_hash());
    let change = app
        .change_memberships(member, kept.transpose()?)
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let entry = app
        .audit(scope, Action::MemberChange, member)
        .values(
            &key,
            Some(&Noted::new(former.row.role, &former.row.data)),
            Some(&Noted::new(row.role, &row.data)),
        )
        .or_problem()?;
    let heard = team::heard(&db, member).await.or_problem()?;
    let role = row.role;
    let notice = told(app, scope, member, |workspace| Template::RoleChanged {
        workspace,
        role,
    })
    .await?;
    let owner = team::other_owner(app, scope.tenant(), &team, (&former.row, row.role)).await?;
    let mut transaction = db.transaction();
    transaction.replace(&row, former.rev);
    team::hold_owner(&mut transaction, owner.as_ref());
    team::end_hearing(&mut transaction, heard, member, |bot| may_hear(&row, bot));
    let memberships = memberships(change.memberships(), scope, &row);
    change.write(&mut transaction, &memberships);
    entry.write(&mut transaction);
    notice.add_to(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    notice.post(app).await;
    app.ring_audit(scope).await;
    change.sweep(app, &memberships).await.or_problem()?;
    http_kit::json(StatusCode::OK, &out)
}

/// Whether a member may have a chat in which they hear of this bot's fans.
fn may_hear(member: &MemberRow, bot: BotId) -> bool {
    member.role >= Right::HearAlerts.minimum() && member.data.sees(bot)
}

fn changed(former: &MemberRow, role: Option<Role>, data: DataScope) -> Result<MemberRow, Problem> {
    let role = role.unwrap_or(former.role);
    if !role.can_be_narrowed() && data.bots().is_some() && data != former.data {
        return Err(Problem::invalid(
            "bots",
            "not_for_this_role",
            "Owners and managers see all bots. Leave this out, or choose another role.",
        ));
    }
    let data = match role.can_be_narrowed() {
        true => data,
        false => DataScope::AllBots,
    };
    Ok(MemberRow {
        role,
        data,
        ..former.clone()
    })
}

fn memberships(
    former: &[Membership],
    scope: &TenantScope<Owner>,
    row: &MemberRow,
) -> Vec<Membership> {
    let changed = |membership: &Membership| match membership.tenant == scope.tenant() {
        true => Membership {
            tenant: membership.tenant,
            role: row.role,
            data: row.data.clone(),
            closes_at: membership.closes_at,
        },
        false => membership.clone(),
    };
    former.iter().map(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::tests::member;

    #[test]
    fn a_narrowed_chatter_who_becomes_a_manager_sees_everything() {
        let narrow = DataScope::Bots(vec![BotId::from_bytes([1; 16])]);
        let former = MemberRow {
            data: narrow.clone(),
            ..member(1, Role::Chatter).row
        };
        let row = changed(&former, Some(Role::Manager), narrow.clone()).expect("a change");
        assert_eq!((row.role, row.data), (Role::Manager, DataScope::AllBots));
        let row = changed(&former, Some(Role::Analyst), narrow.clone()).expect("a change");
        assert_eq!(row.data, narrow);
    }

    #[test]
    fn who_may_not_answer_fans_of_a_bot_does_not_hear_of_them() {
        let [mine, other] = [1, 2].map(|byte| BotId::from_bytes([byte; 16]));
        let narrowed = |role| MemberRow {
            data: DataScope::Bots(vec![mine]),
            ..member(1, role).row
        };
        assert!(may_hear(&narrowed(Role::Chatter), mine));
        assert!(!may_hear(&narrowed(Role::Chatter), other));
        assert!(!may_hear(&narrowed(Role::Analyst), mine));
        assert!(may_hear(&member(1, Role::Manager).row, other));
    }

    #[test]
    fn a_manager_is_not_narrowed_by_naming_bots_alone() {
        let narrow = DataScope::Bots(vec![BotId::from_bytes([1; 16])]);
        let refused = changed(&member(1, Role::Manager).row, None, narrow);
        assert!(matches!(refused, Err(Problem::Invalid(_))));
    }
}
