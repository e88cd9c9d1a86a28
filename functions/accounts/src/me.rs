//! `GET /api/v1/me`

use app::{App, Call, OrProblem, SealsJson, place};
use domain::Timestamp;
use domain::documents::{self, DocumentId};
use domain::notice::MailTopic;
use domain::retention::Choice;
use domain::role::{DataScope, Role};
use futures::future::{try_join, try_join_all};
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{AccountRow, AgreementRow, MailTroubleRow, SecondFactorRow, WorkspaceRow};
use store::{Row, StoreError, TenantDb, keys};
use tenancy::{Member, Reader, Reads, VerifiedSession};
use utoipa::ToSchema;

use crate::error::AccountsError;
use crate::usage::UsageState;

/// The person who is logged in.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeOut {
    /// The person's id.
    id: String,
    /// The person's name.
    name: String,
    /// The person's address.
    email: String,
    /// Set when our mail does not reach the address: show a banner, and have the person check or change it.
    mail_trouble: Option<MailTroubleOut>,
    /// Whether a login needs a code of an authenticator, or a recovery code, besides the password.
    totp_enabled: bool,
    /// Whether what is done in this session is counted for improving the product.
    usage: UsageState,
    /// Mails that the person does without.
    mails_off: Vec<MailTopic>,
    /// What the person has accepted, and what is still to be accepted.
    agreements: Vec<AgreementStateOut>,
    /// The person's workspaces; a call without `X-Sofi-Workspace` is for the first.
    workspaces: Vec<MyWorkspaceOut>,
}

/// What became of our last mail to the person.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MailTroubleOut {
    /// `bounced`: the server of the address refuses mail to it for good. `complained`: a mail of ours was called unwanted
    /// there; only mails about security are sent now.
    what: &'static str,
    /// When, RFC 3339 UTC.
    at: String,
}

/// A workspace of the person.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyWorkspaceOut {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// What the person may do in it.
    role: Role,
    /// The bots that the person sees; null for all.
    bots: Option<Vec<String>>,
    /// When it is erased, RFC 3339 UTC; null unless it is being closed.
    closes_at: Option<String>,
    /// What was accepted for it, and what is still to be accepted before the first bot.
    agreements: Vec<AgreementStateOut>,
    /// How long its fans are kept.
    retention: KeptOut,
}

/// For how many days a fan is kept after the last contact.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct KeptOut {
    /// Days that count now.
    days: u16,
    /// A shorter time that was chosen and counts later.
    next_days: Option<u16>,
    /// From when it counts, RFC 3339 UTC.
    next_from: Option<String>,
}

impl KeptOut {
    fn new(choice: Choice, now: Timestamp) -> Self {
        let next = choice.waiting(now);
        Self {
            days: choice.days(now),
            next_days: next.map(|(days, _)| days),
            next_from: next.map(|(_, from)| from.rfc3339()),
        }
    }
}

/// Where the acceptance of a text stands.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AgreementStateOut {
    /// `terms`, `privacy` or `dpa`.
    document: &'static str,
    /// The current version.
    current_version: &'static str,
    /// SHA-256 of the current text, hex: what an acceptance names.
    current_sha256: &'static str,
    /// When the current version was accepted, RFC 3339 UTC; null while it is not.
    accepted_at: Option<String>,
}

/// Tells who is logged in.
#[utoipa::path(get, path = "/api/v1/me", operation_id = "get_me", tag = "accounts",
    responses((status = 200, description = "The person, their workspaces and what is still to be accepted.", body = MeOut)))]
pub(crate) async fn handle(app: &App, call: &Call) -> Answer {
    let session = call.session()?;
    let usage = UsageState::of(call.is_counted(), call.gpc());
    let workspaces = try_join_all(
        session
            .memberships()
            .iter()
            .map(|member| workspace(app, session, member)),
    );
    let (mut me, workspaces) =
        try_join(Box::pin(person(app, session, usage)), Box::pin(workspaces)).await?;
    me.workspaces = workspaces.into_iter().flatten().collect();
    http_kit::json(StatusCode::OK, &me)
}

async fn person(app: &App, session: &VerifiedSession, usage: UsageState) -> Result<MeOut, Problem> {
    let scope = session.account();
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut many = db.read_many();
    let account = many.find::<AccountRow>(&keys::account());
    let trouble = many.find::<MailTroubleRow>(&keys::mail_trouble());
    let factor = many.find::<SecondFactorRow>(&keys::second_factor());
    let texts = [DocumentId::Terms, DocumentId::Privacy];
    let slots = texts.map(|text| many.find::<AgreementRow>(&accepted_key(text)));
    let answers = many.send().await.or_problem()?;
    let account = answers
        .get(account)
        .or_problem()?
        .ok_or(AccountsError::Absent("account"))
        .or_problem()?
        .row;
    let row_key = account.key();
    let mut agreements = Vec::with_capacity(texts.len());
    for (text, slot) in texts.into_iter().zip(slots) {
        agreements.push(state(
            text,
            answers
                .get(slot)
                .or_problem()?
                .map(|found| found.row)
                .as_ref(),
        ));
    }
    Ok(MeOut {
        id: account.user.to_string(),
        name: key
            .open_json(&place::<AccountRow>(&row_key, "name"), &account.name)
            .or_problem()?,
        email: key
            .open_json(&place::<AccountRow>(&row_key, "email"), &account.email)
            .or_problem()?,
        mail_trouble: answers
            .get(trouble)
            .or_problem()?
            .map(|found| shown(&found.row)),
        totp_enabled: answers
            .get(factor)
            .or_problem()?
            .is_some_and(|found| found.row.confirmed_at.is_some()),
        usage,
        mails_off: account.mails_off.unwrap_or_default(),
        agreements,
        workspaces: Vec::new(),
    })
}

pub(crate) fn shown(row: &MailTroubleRow) -> MailTroubleOut {
    MailTroubleOut {
        what: row.trouble.as_str(),
        at: row.at.rfc3339(),
    }
}

/// `None` for a workspace that was closed since the login.
async fn workspace(
    app: &App,
    session: &VerifiedSession,
    member: &Member,
) -> Result<Option<MyWorkspaceOut>, Problem> {
    let scope = session
        .scope::<Reader>(Some(member.tenant))
        .map_err(|_| Problem::NotFound)?;
    let db = app.store.within(&scope).or_problem()?;
    let Some((row, dpa)) = Box::pin(workspace_rows(&db)).await.or_problem()? else {
        return Ok(None);
    };
    let agreements = vec![state(DocumentId::Dpa, dpa.as_ref())];
    Ok(Some(MyWorkspaceOut {
        id: member.tenant.to_string(),
        retention: KeptOut::new(row.retention(), app.clock.now()),
        name: row.name,
        role: member.role,
        bots: bots_out(&member.data),
        closes_at: member.closes_at.map(|at| at.rfc3339()),
        agreements,
    }))
}

pub(crate) fn bots_out(data: &DataScope) -> Option<Vec<String>> {
    data.bots()
        .map(|bots| bots.iter().map(ToString::to_string).collect())
}

async fn workspace_rows<R: Reads>(
    db: &TenantDb<R>,
) -> Result<Option<(WorkspaceRow, Option<AgreementRow>)>, StoreError> {
    let mut many = db.read_many();
    let workspace = many.find::<WorkspaceRow>(&keys::workspace());
    let dpa = many.find::<AgreementRow>(&accepted_key(DocumentId::Dpa));
    let answers = many.send().await?;
    let dpa = answers.get(dpa)?.map(|found| found.row);
    Ok(answers.get(workspace)?.map(|found| (found.row, dpa)))
}

fn accepted_key(text: DocumentId) -> store::LocalKey {
    keys::agreement(text.as_str(), documents::current(text).version)
}

fn state(text: DocumentId, accepted: Option<&AgreementRow>) -> AgreementStateOut {
    let current = documents::current(text);
    AgreementStateOut {
        document: text.as_str(),
        current_version: current.version,
        current_sha256: current.sha256,
        accepted_at: accepted.map(|row| row.accepted_at.rfc3339()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::record;
    use domain::ids::UserId;

    #[test]
    fn what_is_still_to_be_accepted_has_no_time() {
        let current = documents::current(DocumentId::Dpa);
        assert_eq!(state(DocumentId::Dpa, None).accepted_at, None);
        let row = record(
            current,
            UserId::from_bytes([1; 16]),
            Timestamp::from_seconds(1_795_456_800),
        );
        let accepted = state(DocumentId::Dpa, Some(&row));
        assert_eq!(
            accepted.accepted_at.as_deref(),
            Some("2026-11-23T18:00:00Z")
        );
        assert_eq!(accepted.current_sha256, current.sha256);
    }
}
