//! Telling the owners of a workspace by mail what was done with what is held of fans: a manager may do it, and an owner
//! answers for it.

use app::{App, OrProblem, SealsJson as _, members, place};
use domain::content::MemberCard;
use domain::ids::UserId;
use domain::role::Role;
use http_kit::Problem;
use mail::{Language, Notice, NoticeDraft, NoticeId, Template, To};
use store::row::{MemberRow, WorkspaceRow};
use store::{Found, Row as _, TenantDb, keys};
use tenancy::{Manager, TenantScope};

/// Owners that are told: each is a mail, written with the fact itself.
const MOST: usize = 20;

/// Who did it, and to what.
pub(crate) struct Deed {
    /// The workspace, as its team calls it.
    pub(crate) workspace: String,
    /// Who, as the team knows them.
    pub(crate) name: String,
}

/// Mails to every owner, or to every one but who did it: to be added to the transaction of the fact. Three reads, and for each
/// owner a call to KMS.
pub(crate) async fn told(
    app: &App,
    scope: &TenantScope<Manager>,
    by: UserId,
    with_themselves: bool,
    template: impl FnOnce(Deed) -> Template,
) -> Result<Vec<Notice>, Problem> {
    let db = app.store.within(scope).or_problem()?;
    let team = members(&db).await.or_problem()?;
    let owners = team.iter().map(|found| &found.row);
    let owners = owners.filter(|member| member.role == Role::Owner);
    let owners = owners.filter(|member| with_themselves || member.user != by);
    let owners: Vec<UserId> = owners.map(|member| member.user).take(MOST).collect();
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let template = template(deed(app, scope, &db, &team, by).await?);
    let fact = format!("owners-{}", app.unique());
    let mut notices = Vec::with_capacity(owners.len());
    for owner in owners {
        let draft = NoticeDraft {
            id: NoticeId::new(&fact, owner.suffix()).map_err(Problem::internal)?,
            to: To::Account(owner),
            language: Language::default(),
            template: template.clone(),
        };
        let notice = Box::pin(mail::notice(app, scope, draft)).await;
        notices.push(notice.or_problem()?);
    }
    Ok(notices)
}

async fn deed(
    app: &App,
    scope: &TenantScope<Manager>,
    db: &TenantDb<Manager>,
    team: &[Found<MemberRow>],
    by: UserId,
) -> Result<Deed, Problem> {
    let workspace = db.find::<WorkspaceRow>(&keys::workspace()).await;
    let workspace = workspace.or_problem()?.ok_or(Problem::NotFound)?.row.name;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let member = team.iter().find(|found| found.row.user == by);
    let sealed = member.and_then(|found| Some((found.row.key(), found.row.card.as_ref()?)));
    let card: Option<MemberCard> = sealed
        .map(|(at, card)| key.open_json(&place::<MemberRow>(&at, "card"), card))
        .transpose()
        .or_problem()?;
    Ok(Deed {
        workspace,
        name: card.map_or_else(String::new, |card| card.name),
    })
}
