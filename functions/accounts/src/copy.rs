//! `GET /api/v1/me/export`: what is held of a person, for themselves. Nothing that opens anything is in it. Entries of the log about
//! the account have an export of their own (`GET /api/v1/audit/account/export`), because they come with what proves them.

use app::{App, OrProblem, SealsJson as _, place};
use domain::consent::ConsentAct;
use domain::notice::MailTopic;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{
    AccountRow, AgreementRow, BotRow, EmailChangeRow, EmailUndosRow, LoginRow, MailTroubleRow,
    MemberRow, Membership, UsageWordRow, UserSessionRow,
};
use store::{Direction, Page, Row as _, TenantDb, keys};
use tenancy::{Owner, Reader, VerifiedSession};
use utoipa::ToSchema;
use vault::TenantKey;

use crate::change::login_of;
use crate::error::AccountsError;
use crate::me::{self, MailTroubleOut};
use crate::passkey;
use crate::passkey::list::PasskeyOut;

/// Everything that is held of a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonCopyOut {
    /// The person's id.
    id: String,
    /// The person's name.
    name: String,
    /// In which language they are written to.
    language: String,
    /// When they registered, RFC 3339 UTC.
    created_at: String,
    /// When they attested to be of age, RFC 3339 UTC.
    adult_attested_at: String,
    /// The address, one that waits for its code, and former ones that can still come back.
    addresses: Vec<HeldAddressOut>,
    /// Whether a login needs a code.
    second_factor: bool,
    /// When they objected to being counted, RFC 3339 UTC.
    usage_objected_at: Option<String>,
    /// Each word of theirs on being counted, the earliest first.
    usage_words: Vec<HeldUsageWordOut>,
    /// Mails that they do without.
    mails_off: Vec<MailTopic>,
    /// What became of our last mail to them.
    mail_trouble: Option<MailTroubleOut>,
    /// Where they are logged in, and their tokens.
    sessions: Vec<HeldSessionOut>,
    /// Their passkeys.
    passkeys: Vec<PasskeyOut>,
    /// Their workspaces.
    memberships: Vec<HeldMembershipOut>,
    /// What they accepted for themselves.
    agreements: Vec<HeldAgreementOut>,
}

/// An address that is held.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldAddressOut {
    /// The address.
    email: String,
    /// `current`, `waiting` or `former`.
    state: &'static str,
    /// Until when it is held, RFC 3339 UTC; null for the current one.
    until: Option<String>,
}

/// A session or a token.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldSessionOut {
    /// Its id.
    id: String,
    /// Browser and system; empty for a token.
    device: String,
    /// The workspace whose token it is; null for a session.
    token_of: Option<String>,
    /// When it began, RFC 3339 UTC.
    created_at: String,
    /// When it ends in any case, RFC 3339 UTC.
    until: String,
}

/// A membership, and what it is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldMembershipOut {
    /// The workspace.
    workspace_id: String,
    /// What the person may do in it.
    role: domain::role::Role,
    /// The bots that the person sees; null for all.
    bots: Option<Vec<String>>,
    /// Since when, RFC 3339 UTC.
    joined_at: Option<String>,
    /// When alerts that can wait do: from, to and time zone.
    quiet_hours: Option<String>,
    /// Bots whose chat with the person hears of what waits.
    alerts: Vec<String>,
}

/// An acceptance.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldAgreementOut {
    /// `terms` or `privacy`.
    document: String,
    /// Its version.
    version: String,
    /// SHA-256 of the text that was shown, hex.
    sha256: String,
    /// When, RFC 3339 UTC.
    accepted_at: String,
}

/// A word on being counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldUsageWordOut {
    /// What was said.
    act: ConsentAct,
    /// When, RFC 3339 UTC.
    at: String,
    /// The version of the privacy policy that told of it then.
    policy: String,
    /// SHA-256 of that text, hex.
    policy_sha256: String,
}

/// Gives the person who calls what is held of them, but for the log: that has an export of its own.
#[utoipa::path(get, path = "/api/v1/me/export", operation_id = "export_account", tag = "accounts",
    responses((status = 200, description = "What is held of the person.", body = PersonCopyOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let scope = session.account();
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let account = db.find::<AccountRow>(&keys::account()).await.or_problem()?;
    let account = account.ok_or(AccountsError::Absent("account"));
    let account = account.or_problem()?.row;
    let login = login_of(app, session.user()).await?.row;
    let trouble = db.find::<MailTroubleRow>(&keys::mail_trouble()).await;
    let sessions = app.sessions_of(session.user()).await.or_problem()?;
    let passkeys = passkey::of(app, session.user()).await?;
    let passkeys = passkeys.map(|found| found.row.passkeys).unwrap_or_default();
    let row_key = account.key();
    let out = PersonCopyOut {
        id: account.user.to_string(),
        name: key
            .open_json(&place::<AccountRow>(&row_key, "name"), &account.name)
            .or_problem()?,
        language: account.language.clone(),
        created_at: account.created_at.rfc3339(),
        adult_attested_at: account.adult_attested_at.rfc3339(),
        addresses: Box::pin(addresses(app, &key, &account)).await?,
        second_factor: login.second_factor,
        usage_objected_at: login.usage_objected_at.map(|at| at.rfc3339()),
        usage_words: Box::pin(words(&db)).await?,
        mails_off: account.mails_off.clone().unwrap_or_default(),
        mail_trouble: trouble.or_problem()?.map(|found| me::shown(&found.row)),
        sessions: sessions.iter().map(|found| held(&found.row)).collect(),
        passkeys: passkeys.iter().map(PasskeyOut::of).collect(),
        memberships: Box::pin(memberships(app, session, &login)).await?,
        agreements: Box::pin(agreements(&db)).await?,
    };
    http_kit::json(StatusCode::OK, &out)
}

async fn addresses(
    app: &App,
    key: &TenantKey,
    account: &AccountRow,
) -> Result<Vec<HeldAddressOut>, Problem> {
    let row_key = account.key();
    let own = place::<AccountRow>(&row_key, "email");
    let mut addresses = vec![HeldAddressOut {
        email: key.open_json(&own, &account.email).or_problem()?,
        state: "current",
        until: None,
    }];
    let routing = app.store.routing();
    let change = keys::email_change(account.user);
    let waiting = routing.find::<EmailChangeRow>(&change).await.or_problem()?;
    if let Some(waiting) = waiting {
        let place = place::<EmailChangeRow>(&change, "email");
        addresses.push(HeldAddressOut {
            email: key.open_json(&place, &waiting.row.email).or_problem()?,
            state: "waiting",
            until: Some(waiting.row.until.rfc3339()),
        });
    }
    let undos = keys::email_undos(account.user);
    let former = routing.find::<EmailUndosRow>(&undos).await.or_problem()?;
    for undo in former.into_iter().flat_map(|found| found.row.undos) {
        addresses.push(HeldAddressOut {
            email: key.open_json(&own, &undo.email).or_problem()?,
            state: "former",
            until: Some(undo.until.rfc3339()),
        });
    }
    Ok(addresses)
}

fn held(row: &UserSessionRow) -> HeldSessionOut {
    HeldSessionOut {
        id: row.id.to_string(),
        device: row.device.clone(),
        token_of: row.token_of.map(|workspace| workspace.to_string()),
        created_at: row.created_at.rfc3339(),
        until: row.absolute_until.rfc3339(),
    }
}

async fn memberships(
    app: &App,
    session: &VerifiedSession,
    login: &LoginRow,
) -> Result<Vec<HeldMembershipOut>, Problem> {
    let mut all = Vec::with_capacity(login.memberships.len());
    for membership in &login.memberships {
        // One that was joined elsewhere since this session began is in the next copy.
        let Ok(scope) = session.scope::<Reader>(Some(membership.tenant)) else {
            continue;
        };
        let db = app.store.within(&scope).or_problem()?;
        let own = keys::member(session.user());
        let member = db.find::<MemberRow>(&own).await.or_problem()?;
        let bots = db.list::<BotRow>(&all_of(keys::BOTS)).await.or_problem()?;
        let heard = |bot: &BotRow| bot.alerts.iter().any(|one| one.user == session.user());
        let alerts = bots.iter().filter(|bot| heard(&bot.row));
        let alerts = alerts.map(|bot| bot.row.id.to_string()).collect();
        all.push(told(membership, member.map(|found| found.row), alerts));
    }
    Ok(all)
}

fn told(
    membership: &Membership,
    member: Option<MemberRow>,
    alerts: Vec<String>,
) -> HeldMembershipOut {
    let joined_at = member.as_ref().map(|member| member.joined_at.rfc3339());
    let quiet = member.and_then(|member| member.quiet);
    let words = |quiet: domain::quiet::QuietHours| {
        format!("{} {} {}", quiet.begins(), quiet.ends(), quiet.zone())
    };
    HeldMembershipOut {
        workspace_id: membership.tenant.to_string(),
        role: membership.role,
        bots: me::bots_out(&membership.data),
        joined_at,
        quiet_hours: quiet.map(words),
        alerts,
    }
}

async fn agreements(db: &TenantDb<Owner>) -> Result<Vec<HeldAgreementOut>, Problem> {
    let pk = keys::agreement("", "").pk;
    let found = db.list::<AgreementRow>(&all_of(&pk)).await.or_problem()?;
    let shown = |row: AgreementRow| HeldAgreementOut {
        document: row.document,
        version: row.version,
        sha256: row.sha256,
        accepted_at: row.accepted_at.rfc3339(),
    };
    Ok(found.into_iter().map(|found| shown(found.row)).collect())
}

async fn words(db: &TenantDb<Owner>) -> Result<Vec<HeldUsageWordOut>, Problem> {
    let pk = keys::account().pk;
    let page = Page {
        from: keys::USAGE_WORD,
        to: "USAGE~",
        ..all_of(&pk)
    };
    let found = db.list::<UsageWordRow>(&page).await.or_problem()?;
    let shown = |row: UsageWordRow| HeldUsageWordOut {
        act: row.act,
        at: row.at.rfc3339(),
        policy: row.policy,
        policy_sha256: row.policy_sha256,
    };
    Ok(found.into_iter().map(|found| shown(found.row)).collect())
}

/// A whole partition.
fn all_of(pk: &str) -> Page<'_> {
    Page {
        pk,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    }
}
