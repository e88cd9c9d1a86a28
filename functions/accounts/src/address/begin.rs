//! `POST /api/v1/me/email-changes`

use app::{App, Call, OrProblem, SealsJson as _, place};
use domain::Sealed;
use domain::audit::Action;
use domain::email::EmailAddress;
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::To;
use serde::{Deserialize, Serialize};
use store::keys;
use store::row::{EmailChangeRow, EmailUndosRow, LoginRow};
use tenancy::{Owner, TenantScope};
use utoipa::ToSchema;

use super::{KEPT, MOST, code_of, living};
use crate::brake::Brake;
use crate::change::login_of;
use crate::letters::{self, Draft, Proofs};
use crate::password;
use crate::pepper;

/// The address to come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmailChangeIn {
    /// The new address of the account.
    email: String,
}

impl Validate for EmailChangeIn {
    fn validate(&self, errors: &mut FieldErrors) {
        errors.check("email", "invalid_email", EmailAddress::parse(&self.email));
    }
}

/// What happens next. The same for every address.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmailChangeOut {
    /// Always `confirm`.
    next: &'static str,
    /// The same for people, in English.
    message: &'static str,
    /// Until when the change can be completed, RFC 3339 UTC.
    until: String,
}

/// Mails a code and a link to a new address; the account keeps its address until one of them comes back. Asking again
/// forgets the former question; a person asks five times in a day at most. Answers the same, after the same calls, whether or not the new address has an account;
/// who owns that account is told by mail.
#[utoipa::path(post, path = "/api/v1/me/email-changes", operation_id = "create_email_change", tag = "accounts",
    request_body = EmailChangeIn,
    responses((status = 202, description = "A mail is on its way.", body = EmailChangeOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: EmailChangeIn) -> Answer {
    let session = call.session()?;
    let (scope, user) = (session.account(), session.user());
    let address = EmailAddress::parse(&input.email).map_err(letters::no_address)?;
    letters::have_address(app)?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let email_hash = pepper.address_hash(&address);
    Box::pin(Brake::on_letters(app, call, &pepper, &email_hash).pass(app)).await?;
    let state = State::read(app, user, &email_hash).await?;
    Box::pin(Brake::on_changes(user).pass(app)).await?;
    let proofs = Proofs::new(app);
    let login = login_of(app, user).await?;
    let row = EmailChangeRow {
        user,
        password_mark: password::mark(&login.row),
        email: sealed(app, &scope, user, &address).await?,
        code_hash: proofs.code_hash(&pepper, code_of(user)),
        link_hash: proofs.link_hash(),
        tries: 0,
        until: app.clock.now().plus(KEPT),
        email_hash,
    };
    let draft = Draft {
        to: To::address(&address),
        language: letters::language(call),
        template: match state.known {
            true => letters::address_taken(),
            false => proofs.confirm_address(app),
        },
    };
    Box::pin(remember(app, &scope, &row, state.rev, draft)).await?;
    http_kit::json(
        StatusCode::ACCEPTED,
        &EmailChangeOut {
            next: "confirm",
            message: "We have sent a mail to the new address. Type the code from it here, or open the link in it.",
            until: row.until.rfc3339(),
        },
    )
}

/// What is there already.
struct State {
    /// Whether the new address has an account.
    known: bool,
    /// The revision of the change that waits, if one does.
    rev: Option<u64>,
}

impl State {
    async fn read(app: &App, user: UserId, email_hash: &str) -> Result<Self, Problem> {
        let routing = app.store.routing();
        let mut many = routing.read_many();
        let login = many.find::<LoginRow>(&keys::login(email_hash));
        let former = many.find::<EmailChangeRow>(&keys::email_change(user));
        let undos = many.find::<EmailUndosRow>(&keys::email_undos(user));
        let answers = many.send().await.or_problem()?;
        let undos = answers.get(undos).or_problem()?;
        let undos = undos.map(|found| living(found.row.undos, app.clock.now()));
        if undos.is_some_and(|undos| undos.len() >= MOST) {
            return Err(Problem::conflict(
                "too_many_changes",
                "The address was changed five times in three days. Please try again later.",
            ));
        }
        Ok(Self {
            known: answers.get(login).or_problem()?.is_some(),
            rev: answers.get(former).or_problem()?.map(|found| found.rev),
        })
    }
}

async fn sealed(
    app: &App,
    scope: &TenantScope<Owner>,
    user: UserId,
    address: &EmailAddress,
) -> Result<Sealed, Problem> {
    let key = app.tenant_key(scope).await.or_problem()?;
    let row_key = keys::email_change(user);
    key.seal_json(
        &place::<EmailChangeRow>(&row_key, "email"),
        &address.as_str(),
        app.entropy.as_ref(),
    )
    .or_problem()
}

async fn remember(
    app: &App,
    scope: &TenantScope<Owner>,
    row: &EmailChangeRow,
    rev: Option<u64>,
    draft: Draft,
) -> Result<(), Problem> {
    let notice = letters::to_address(app, scope, draft).await?;
    let db = app.store.within(scope).or_problem()?;
    let mut transaction = db.transaction();
    match rev {
        Some(rev) => transaction.replace(row, rev),
        None => transaction.create_or_revive(row),
    };
    notice.add_to(&mut transaction);
    app.audit(scope, Action::EmailRequest, row.user)
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    notice.post(app).await;
    app.ring_audit(scope).await;
    Ok(())
}
