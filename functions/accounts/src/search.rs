//! `POST /compliance/searches`
//!
//! Our staff find the workspaces that hold a person, and nothing of the person (decision 0046). Each workspace that is found reads
//! in its log who of us searched, and why; the search itself stands in the log of whoever searched before anything is looked up.
//! When one of these entries cannot be written, nothing is shown.
//!
//! Uses, under the function's own session: GetItem on `routing` (session, appointment, secrets, login), BatchGetItem and PutItem
//! (counter), Query (who holds somebody); kms:Decrypt for `platform`; sqs:SendMessage on the audit queue. In the session of the
//! searcher's account and of each workspace: GetItem on `keys`, kms:Decrypt for `data`, PutItem on `audit` and `work`; of each
//! workspace: BatchGetItem and ConditionCheckItem on `tenant`.

use app::{App, AppError, Call, OrProblem};
use domain::audit::{Action, Actor};
use domain::content::LARGEST_TELEGRAM_ID;
use domain::email::EmailAddress;
use domain::ids::{TenantId, UserId};
use domain::role::StaffRole;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{FanRow, HolderRow, MemberRow, WorkspaceRow};
use store::{Direction, Page, keys};
use tenancy::{VerifiedSession, VerifiedStaff};
use utoipa::ToSchema;
use vault::TenantKey;

use crate::brake::Brake;
use crate::pepper;

/// Workspaces of one answer.
const MOST: usize = 100;
/// Workspaces that are asked beside each other.
const AT_ONCE: usize = 8;

/// Whom to search for: by exactly one of both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolderSearchIn {
    /// Telegram's id of a person who may be a fan.
    telegram_id: Option<i64>,
    /// The address of a person who may have an account.
    email: Option<String>,
    /// Why, in 10 to 500 characters that each workspace that is found will read. They name nobody.
    reason: String,
}

impl Validate for HolderSearchIn {
    fn validate(&self, errors: &mut FieldErrors) {
        app::check_reason(&self.reason, errors);
    }
}

/// The workspaces that hold a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolderSearchOut {
    /// At most a hundred.
    workspaces: Vec<HolderOut>,
    /// Whether these are all.
    complete: bool,
}

/// A workspace that holds a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HolderOut {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
}

/// Whom a search is for.
enum Wanted {
    Fan(i64),
    Account(EmailAddress),
}

/// What a workspace is asked.
#[derive(Clone, Copy)]
enum Held {
    /// Whether this person is a fan, by Telegram's id.
    Fan(i64),
    /// Whether this person is a member.
    Member(UserId),
}

/// What a log keeps of a search.
#[derive(Serialize)]
struct Noted<'a> {
    staff_role: StaffRole,
    searched_by: &'static str,
    reason: &'a str,
}

/// Finds the workspaces that hold a person: as a fan, by Telegram's id, or as a member, by the address of an account. Nothing of the
/// person is shown. Each workspace that is found reads the search and its reason in its audit log; when that cannot be written,
/// nothing is shown. For who was appointed for compliance.
#[utoipa::path(post, path = "/compliance/searches", operation_id = "create_holder_search", tag = "accounts",
    request_body = HolderSearchIn,
    responses((status = 200, description = "The workspaces; none for somebody whom nobody holds.", body = HolderSearchOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: HolderSearchIn) -> Answer {
    let (staff, session) = (call.staff()?, call.session()?);
    if staff.role() != StaffRole::Compliance {
        return Err(compliance_only());
    }
    let wanted = wanted(&input)?;
    Box::pin(Brake::on_searches(session.user()).pass(app)).await?;
    let noted = Noted {
        staff_role: staff.role(),
        searched_by: wanted.word(),
        reason: input.reason.trim(),
    };
    Box::pin(note_own(app, session, &noted)).await?;
    let mut listed = Box::pin(listed(app, &wanted)).await?;
    let complete = listed.len() <= MOST;
    listed.truncate(MOST);
    let workspaces = Box::pin(ask_all(app, staff, listed, &noted)).await;
    let shown = HolderSearchOut {
        workspaces: workspaces.or_problem()?,
        complete,
    };
    http_kit::json(StatusCode::OK, &shown)
}

fn compliance_only() -> Problem {
    Problem::forbidden(
        "compliance_only",
        "This is for members of our staff who were appointed for compliance.",
    )
}

fn wanted(input: &HolderSearchIn) -> Result<Wanted, Problem> {
    match (input.telegram_id, &input.email) {
        (Some(id), None) if (1..=LARGEST_TELEGRAM_ID).contains(&id) => Ok(Wanted::Fan(id)),
        (Some(_), None) => Err(Problem::invalid(
            "telegram_id",
            "invalid_value",
            "Telegram's id of a person is a positive number of at most 52 bits.",
        )),
        (None, Some(email)) => EmailAddress::parse(email)
            .map(Wanted::Account)
            .map_err(|_| Problem::invalid("email", "invalid_value", "This is not an address.")),
        _ => Err(Problem::invalid(
            "telegram_id",
            "invalid_value",
            "A search has either Telegram's id or an address.",
        )),
    }
}

impl Wanted {
    const fn word(&self) -> &'static str {
        match self {
            Self::Fan(_) => "telegram_id",
            Self::Account(_) => "email",
        }
    }
}

/// The entry in the log of whoever searches.
async fn note_own(app: &App, session: &VerifiedSession, noted: &Noted<'_>) -> Result<(), Problem> {
    let scope = session.account();
    let key = Box::pin(app.tenant_key(&scope)).await.or_problem()?;
    let entry = app.audit(&scope, Action::StaffSearch, session.user());
    let entry = entry.values(&key, None, Some(noted)).or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    entry.write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    Ok(())
}

/// Workspaces that may hold the person, and what each is asked; one more than are answered. An index is a hint: a copy of it can be
/// older or newer than the workspace.
async fn listed(app: &App, wanted: &Wanted) -> Result<Vec<(TenantId, Held)>, Problem> {
    match wanted {
        Wanted::Fan(person) => {
            let holders = holders(app, *person).await.or_problem()?;
            Ok(holders
                .into_iter()
                .map(|workspace| (workspace, Held::Fan(*person)))
                .collect())
        }
        Wanted::Account(address) => {
            let hash = Box::pin(pepper::existing(app)).await?.address_hash(address);
            let login = app.store.routing().find_login(&hash).await.or_problem()?;
            let Some(login) = login.map(|found| found.row) else {
                return Ok(Vec::new());
            };
            let own = login.memberships.iter().map(|own| own.tenant);
            Ok(own.map(|own| (own, Held::Member(login.user))).collect())
        }
    }
}

async fn holders(app: &App, person: i64) -> Result<Vec<TenantId>, AppError> {
    let Some(marks) = app.holder_key().await? else {
        return Ok(Vec::new());
    };
    let page = Page {
        pk: &keys::holders_of(&marks.hash_person(person)),
        from: "0",
        to: "~",
        direction: Direction::Forward,
        limit: MOST + 1,
    };
    let found = app.store.routing().list::<HolderRow>(&page).await?;
    Ok(found.into_iter().map(|found| found.row.tenant).collect())
}

/// Those of them that hold the person.
async fn ask_all(
    app: &App,
    staff: &VerifiedStaff,
    listed: Vec<(TenantId, Held)>,
    noted: &Noted<'_>,
) -> Result<Vec<HolderOut>, AppError> {
    let found: Vec<_> = stream::iter(listed)
        .map(|(workspace, held)| Box::pin(ask(app, staff, workspace, held, noted)))
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    Ok(found.into_iter().flatten().collect())
}

/// The workspace, if it holds the person: the search is in its log by then.
async fn ask(
    app: &App,
    staff: &VerifiedStaff,
    workspace: TenantId,
    held: Held,
    noted: &Noted<'_>,
) -> Result<Option<HolderOut>, AppError> {
    let Ok(scope) = staff.officer(workspace) else {
        return Ok(None);
    };
    let key = match Box::pin(app.tenant_key(&scope)).await {
        Ok(key) => key,
        // It is gone, or nearly: nothing of it opens any more.
        Err(AppError::Absent(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let db = app.store.within(&scope)?;
    let mut read = db.read_many();
    let named = read.find::<WorkspaceRow>(&keys::workspace());
    let (fan, member) = match held {
        Held::Fan(person) => (Some(read.find::<FanRow>(&fan_at(&key, person))), None),
        Held::Member(user) => (None, Some(read.find::<MemberRow>(&keys::member(user)))),
    };
    let found = read.send().await?;
    let is_held = match (fan, member) {
        (Some(fan), _) => found.get(fan)?.is_some(),
        (None, Some(member)) => found.get(member)?.is_some(),
        (None, None) => false,
    };
    let Some(named) = found.get(named)?.filter(|_| is_held) else {
        return Ok(None);
    };
    let entry = app
        .audit(&scope, Action::StaffSearch, workspace)
        .by(Actor::Staff(staff.id()))
        .values(&key, None, Some(noted))?;
    let mut transaction = db.transaction();
    transaction.require::<WorkspaceRow>(&keys::workspace());
    entry.write(&mut transaction);
    transaction.commit().await?;
    app.ring_audit(&scope).await;
    Ok(Some(HolderOut {
        id: workspace.to_string(),
        name: named.row.name,
    }))
}

fn fan_at(key: &TenantKey, person: i64) -> store::LocalKey {
    keys::fan(key.peer_ids().fan(person))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(telegram_id: Option<i64>, email: Option<&str>, reason: &str) -> HolderSearchIn {
        HolderSearchIn {
            telegram_id,
            email: email.map(str::to_owned),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn a_search_is_for_one_person_by_one_of_both() {
        let read = |id, email| {
            let wanted = wanted(&input(id, email, "A letter came, ticket 4711.")).ok();
            wanted.map(|wanted| wanted.word())
        };
        assert_eq!(read(Some(700_001), None), Some("telegram_id"));
        assert_eq!(read(None, Some("uma@example.com")), Some("email"));
        assert_eq!(read(Some(700_001), Some("uma@example.com")), None);
        assert_eq!(read(None, None), None);
        assert_eq!(read(None, Some("uma")), None);
        for id in [0, -5, LARGEST_TELEGRAM_ID + 1] {
            assert_eq!(read(Some(id), None), None, "{id}");
        }
    }

    #[test]
    fn a_search_has_a_reason_that_is_more_than_a_word() {
        let refused = |reason: &str| {
            let mut errors = FieldErrors::default();
            input(Some(1), None, reason).validate(&mut errors);
            errors.finish().is_err()
        };
        assert!(refused("asked     ") && refused(&"x".repeat(501)));
        assert!(!refused("A letter came, ticket 4711."));
    }
}
