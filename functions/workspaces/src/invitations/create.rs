//! `POST /api/v1/workspace/invitations`
//!
//! Uses GetItem on `routing` and `keys`, Query, BatchGetItem, GetItem and PutItem on `tenant`, PutItem on `routing`,
//! `audit` and `work`, kms:Decrypt (purpose `data`), kms:Encrypt (purpose `mail`), both for the platform's key,
//! sqs:SendMessage on the audit and mail queues.

use std::time::Duration;

use app::{App, AppError, Call, OrProblem, SealsJson, place};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::Action;
use domain::billing::{Meter, Standing};
use domain::email::EmailAddress;
use domain::entropy::random_32;
use domain::ids::{BotId, InvitationId};
use domain::role::Role;
use futures::future::try_join;
use http::header::ACCEPT_LANGUAGE;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Language, Notice, NoticeDraft, NoticeId, Template, To};
use serde::{Deserialize, Serialize};
use store::row::{InvitationLinkRow, InvitationRow, MemberRow, SubscriptionRow, WorkspaceRow};
use store::{Found, Row, TenantDb, keys};
use tenancy::{Manager, TenantScope, hash_token_hex};
use utoipa::ToSchema;
use vault::TenantKey;
use zeroize::Zeroizing;

use super::bound::Counted;
use super::{InvitationOut, open_email, same_address};
use crate::{input, team};

/// How long an invitation can be accepted.
const OPEN_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// Who is invited, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationIn {
    /// The address that the invitation is for.
    email: String,
    /// The role: lower than one's own, or any for an owner.
    role: Role,
    /// The bots that they will see; left out or `null` for all. For chatters and analysts only.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    bots: Option<Vec<BotId>>,
}

impl Validate for InvitationIn {
    fn validate(&self, errors: &mut FieldErrors) {
        errors.check("email", "invalid_email", EmailAddress::parse(&self.email));
        input::check_bots(errors, Some(self.role), self.bots.as_deref());
    }
}

/// What an audit entry keeps of an invitation.
#[derive(Serialize)]
struct Noted<'a> {
    email: &'a str,
    role: Role,
    bots: Option<&'a [BotId]>,
}

/// Invites somebody by mail. They log in, or sign up without a workspace, and accept within seven days. One address is sent
/// at most eight invitations in a day, of all workspaces together, whether or not it has an account; one person sends at most
/// fifty in a day, for all their workspaces together. Inviting a manager or
/// an owner needs a proof of the last five minutes. 409 `plan_limit` when members and open invitations fill the plan's seats.
#[utoipa::path(post, path = "/api/v1/workspace/invitations", operation_id = "create_invitation", tag = "workspaces",
    request_body = InvitationIn,
    responses((status = 201, description = "The mail is on its way.", body = InvitationOut)))]
pub(crate) async fn handle(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    input: InvitationIn,
) -> Answer {
    let email = EmailAddress::parse(&input.email)
        .map_err(|_| Problem::invalid("email", "invalid_email", "Not an e-mail address."))?;
    let inviter = call.session()?.user();
    let key = app.tenant_key(scope).await.or_problem()?;
    let db = app.store.within(scope).or_problem()?;
    let team = team::members(&db).await.or_problem()?;
    let former = team::invitations(&db).await.or_problem()?;
    let own = team::find(&team, inviter)?;
    judge(own.row.role, input.role)?;
    if rules(input.role) {
        call.require_proof()?;
    }
    let (standing, workspace) = stands(app, &db).await?;
    room(standing, &team, &former)?;
    known(&key, &team, &former, email.as_str())?;
    let data = input::data_scope(&db, input.bots.as_deref()).await?;
    let counted = Box::pin(Counted::of(app, inviter, &email)).await?;

    let token = Zeroizing::new(URL_SAFE_NO_PAD.encode(random_32(app.entropy.as_ref())));
    let now = app.clock.now();
    let id = app.mint(InvitationId::new);
    let sealed = key
        .seal_json(
            &place::<InvitationRow>(&keys::invitation(id), "email"),
            &email.as_str(),
            app.entropy.as_ref(),
        )
        .or_problem()?;
    let row = InvitationRow {
        id,
        email: sealed,
        role: input.role,
        data,
        invited_by: inviter,
        token_hash: Some(hash_token_hex(token.as_bytes())),
        created_at: now,
        until: now.plus(OPEN_FOR),
    };
    let template = Template::Invitation {
        workspace: workspace.name,
        inviter: team::card(&key, &own.row).or_problem()?.name,
        role: row.role,
        link: format!("{}/invitation#{}", app.config.site(), token.as_str()),
        until: row.until,
    };
    let notice = letter(app, call, scope, &row, &email, template).await?;
    let noted = Noted {
        email: email.as_str(),
        role: row.role,
        bots: row.data.bots(),
    };
    let entry = app
        .audit(scope, Action::InvitationCreate, scope.tenant())
        .values(&key, None::<&Noted<'_>>, Some(&noted))
        .or_problem()?;
    let mut transaction = db.transaction();
    transaction.create(&row);
    transaction.create(&InvitationLinkRow {
        token_hash: hash_token_hex(token.as_bytes()),
        tenant: scope.tenant(),
        invitation: id,
        until: row.until,
    });
    counted.add_to(&mut transaction);
    // A manager who is being made a chatter at this moment invites nobody.
    transaction.require_revision::<MemberRow>(&own.row.key(), own.rev);
    entry.write(&mut transaction);
    notice.add_to(&mut transaction);
    transaction.commit().await.map_err(team::meanwhile)?;
    notice.post(app).await;
    app.ring_audit(scope).await;
    http_kit::created(&InvitationOut::new(&row, email.as_str().to_owned()))
}

async fn letter(
    app: &App,
    call: &Call,
    scope: &TenantScope<Manager>,
    row: &InvitationRow,
    email: &EmailAddress,
    template: Template,
) -> Result<Notice, Problem> {
    let header = call.request().headers().get(ACCEPT_LANGUAGE);
    let language = header.and_then(|value| value.to_str().ok());
    let draft = NoticeDraft {
        id: NoticeId::new("invitation", row.id.suffix()).map_err(Problem::internal)?,
        to: To::address(email),
        language: Language::from_tag(language.unwrap_or_default()),
        template,
    };
    Box::pin(mail::notice(app, scope, draft)).await.or_problem()
}

/// Nobody gives what they do not have: managers invite to lower roles, owners to any.
pub(super) fn judge(own: Role, invited: Role) -> Result<(), Problem> {
    match own == Role::Owner || invited < own {
        true => Ok(()),
        false => Err(Problem::forbidden(
            "role_too_low",
            "You can invite people to a role lower than your own. Ask an owner.",
        )),
    }
}

/// Whoever joins in such a role can take the workspace over, so a session that was left open invites nobody to it.
fn rules(invited: Role) -> bool {
    invited >= Role::Manager
}

/// How the workspace stands, and what it is called.
async fn stands(app: &App, db: &TenantDb<Manager>) -> Result<(Standing, WorkspaceRow), Problem> {
    let (workspace, bought) = (keys::workspace(), keys::subscription());
    let (workspace, bought) = try_join(
        Box::pin(db.find::<WorkspaceRow>(&workspace)),
        Box::pin(db.find::<SubscriptionRow>(&bought)),
    )
    .await
    .or_problem()?;
    let workspace = workspace.ok_or(Problem::NotFound)?.row;
    let bought = bought.map(|found| found.row);
    let standing = app::standing_of(&workspace, bought.as_ref(), app.clock.now());
    Ok((standing, workspace))
}

fn room(
    standing: Standing,
    team: &[Found<MemberRow>],
    former: &[Found<InvitationRow>],
) -> Result<(), Problem> {
    if team.len() >= team::MOST_MEMBERS {
        return Err(Problem::conflict(
            "team_full",
            "A team has at most 200 members.",
        ));
    }
    if former.len() >= team::MOST_INVITATIONS {
        return Err(Problem::conflict(
            "too_many_invitations",
            "At most 50 invitations can be sent in seven days. Wait until earlier ones end.",
        ));
    }
    let open = former.iter().filter(|found| found.row.token_hash.is_some());
    app::require_room(standing, Meter::Seats, team.len() + open.count())
}

fn known(
    key: &TenantKey,
    team: &[Found<MemberRow>],
    former: &[Found<InvitationRow>],
    email: &str,
) -> Result<(), Problem> {
    let cards = team.iter().map(|found| team::card(key, &found.row));
    let cards: Vec<_> = cards.collect::<Result<_, AppError>>().or_problem()?;
    if cards.iter().any(|card| same_address(&card.email, email)) {
        return Err(Problem::conflict(
            "already_member",
            "Somebody with this address is in the team.",
        ));
    }
    for open in former.iter().filter(|found| found.row.token_hash.is_some()) {
        if same_address(&open_email(key, &open.row).or_problem()?, email) {
            return Err(Problem::conflict(
                "already_invited",
                "This address has an open invitation. Take it back to send a new one.",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::tests::member;
    use domain::billing::Plan;

    #[test]
    fn nobody_invites_to_a_role_that_they_could_not_give() {
        assert!(judge(Role::Manager, Role::Chatter).is_ok());
        assert!(judge(Role::Manager, Role::Manager).is_err());
        assert!(judge(Role::Manager, Role::Owner).is_err());
        assert!(judge(Role::Owner, Role::Owner).is_ok());
    }

    #[test]
    fn inviting_a_manager_or_an_owner_asks_for_a_proof() {
        assert!(rules(Role::Owner) && rules(Role::Manager));
        assert!(!rules(Role::Chatter) && !rules(Role::Analyst));
    }

    #[test]
    fn a_full_team_invites_nobody() {
        let team: Vec<_> = (0..200).map(|_| member(1, Role::Chatter)).collect();
        let large = Standing::Active { plan: Plan::Agency };
        assert!(room(large, &team, &[]).is_err());
        assert!(room(large, &team[..99], &[]).is_ok());
    }

    #[test]
    fn a_plan_has_so_many_seats_and_no_more() {
        let seats = Plan::Creator.offer().entitlements.seats;
        let seats = usize::try_from(seats).expect("a small number");
        let team: Vec<_> = (0..seats).map(|_| member(1, Role::Chatter)).collect();
        let standing = Standing::Active {
            plan: Plan::Creator,
        };
        let Err(Problem::Conflict { code, .. }) = room(standing, &team, &[]) else {
            panic!("refused")
        };
        assert_eq!(code, "plan_limit");
        assert!(room(standing, &team[1..], &[]).is_ok());
    }

    #[test]
    fn an_invitation_names_an_address_a_role_and_nothing_undeclared() {
        let read = |text: &str| serde_json::from_str::<InvitationIn>(text);
        assert!(read(r#"{"email":"a@example.com","role":"chatter"}"#).is_ok());
        assert!(read(r#"{"email":"a@example.com","role":"chatter","note":"x"}"#).is_err());
        assert!(read(r#"{"email":"a@example.com","role":"king"}"#).is_err());
    }
}
