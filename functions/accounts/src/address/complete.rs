//! `POST /api/v1/me/email-changes/completions`

use app::{App, Call, OrProblem, SealsJson as _, begin_session, device_name, place};
use domain::Sealed;
use domain::audit::Action;
use domain::email::EmailAddress;
use domain::ids::UserId;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use mail::{Language, To};
use serde::Deserialize;
use store::row::{AccountRow, EmailChangeRow, EmailUndo, EmailUndosRow, LoginRow};
use store::{Found, Row as _, keys};
use tenancy::{Owner, TenantScope, hash_token_hex};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::{UNDONE_FOR, code_of, living, write_undos};
use crate::change::{Change, login_of};
use crate::device;
use crate::error::AccountsError;
use crate::letters::{self, Draft, Said};
use crate::password;
use crate::pepper;
use crate::session::{self, Fresh};
use crate::verify::{Shown, TRIES, used_up, wrong_code};

/// The proof that the mail arrived: the code that was typed, or the token of the link that was opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmationIn {
    /// The eight digits of the mail.
    code: Option<String>,
    /// What follows `#` in the mail's link.
    token: Option<String>,
}

impl Validate for ConfirmationIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.shown().validate(errors);
    }
}

impl ConfirmationIn {
    fn shown(&self) -> Shown<'_> {
        Shown {
            code: self.code.as_deref(),
            token: self.token.as_deref(),
        }
    }
}

/// Gives the account its new address, with the code or the link of the mail. From now on only the new address logs in;
/// every session ends, and this call gets a fresh one; the former address is told, with a link that takes the change back for
/// 72 hours.
#[utoipa::path(post, path = "/api/v1/me/email-changes/completions", operation_id = "complete_email_change", tag = "accounts",
    request_body = ConfirmationIn,
    responses((status = 201, description = "The account has the new address; the only session that is left, also set as the cookie.", body = crate::session::SessionOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: ConfirmationIn) -> Answer {
    let session = call.session()?;
    let user = session.user();
    let pepper = Box::pin(pepper::existing(app)).await?;
    let pending = Box::pin(count(app, user)).await?;
    let row = &pending.row;
    let shown = input.shown();
    if !shown.proves(&pepper, code_of(user), &row.code_hash, &row.link_hash) {
        return Err(wrong_code());
    }
    let login = login_of(app, user).await?;
    if password::mark(&login.row) != row.password_mark {
        return Err(nothing_begun());
    }
    let moved = LoginRow {
        email_hash: row.email_hash.clone(),
        verified_at: Some(app.clock.now()),
        ..login.row.clone()
    };
    let fresh = Fresh::in_place_of_former(app, call, &moved).await?;
    let (action, said) = (Action::EmailChange, Said::AddressChanged);
    let kept = Some(fresh.row.id);
    let change = Change::of(app, session.account(), login, kept, action, said);
    let change = Box::pin(change).await?;
    let scope = session.account();
    let account = Account::read(app, &scope, row).await?;
    let (undo, token) = account.undo(app);
    let draft = Draft {
        to: To::address(&account.former),
        language: Language::from_tag(&account.found.row.language),
        template: letters::address_replaced(app, &token, undo.until),
    };
    let told = letters::to_address(app, &scope, draft).await?;
    let (mut undos, rev) = undos_of(app, user).await?;
    undos.push(undo);
    let staying = device::staying(app, call, &change.login.row, change.at).await?;
    let device = device_name(call.user_agent());
    Box::pin(change.commit(app, Some(&moved), |transaction| {
        transaction.replace(&account.changed(row), account.found.rev);
        transaction.delete::<EmailChangeRow>(&row.key(), pending.rev);
        write_undos(transaction, user, undos, rev);
        mail::trouble::clear(transaction);
        told.add_to(transaction);
        begin_session(transaction, &fresh.row, &device);
        if let Some(staying) = &staying {
            transaction.put_any(staying);
        }
    }))
    .await?;
    told.post(app).await;
    fresh.answer()
}

/// Counts a try before it is looked at.
async fn count(app: &App, user: UserId) -> Result<Found<EmailChangeRow>, Problem> {
    let routing = app.store.routing();
    let found = routing
        .find::<EmailChangeRow>(&keys::email_change(user))
        .await
        .or_problem()?
        .ok_or_else(nothing_begun)?;
    if found.row.tries >= TRIES {
        return Err(used_up());
    }
    let row = EmailChangeRow {
        tries: found.row.tries + 1,
        ..found.row
    };
    routing.replace(row, found.rev).await.or_problem()
}

fn nothing_begun() -> Problem {
    Problem::conflict(
        "nothing_to_confirm",
        "No change of address waits for a code. Ask for one first.",
    )
}

async fn undos_of(app: &App, user: UserId) -> Result<(Vec<EmailUndo>, Option<u64>), Problem> {
    let routing = app.store.routing();
    let found = routing
        .find::<EmailUndosRow>(&keys::email_undos(user))
        .await
        .or_problem()?;
    Ok(match found {
        Some(found) => (living(found.row.undos, app.clock.now()), Some(found.rev)),
        None => (Vec::new(), None),
    })
}

/// The account's row as it was read, and both addresses.
struct Account {
    found: Found<AccountRow>,
    former: EmailAddress,
    new: Sealed,
}

impl Account {
    async fn read(
        app: &App,
        scope: &TenantScope<Owner>,
        pending: &EmailChangeRow,
    ) -> Result<Self, Problem> {
        let db = app.store.within(scope).or_problem()?;
        let found: Found<AccountRow> = db
            .find(&keys::account())
            .await
            .or_problem()?
            .ok_or(AccountsError::Absent("account"))
            .or_problem()?;
        let key = app.tenant_key(scope).await.or_problem()?;
        let (account_key, pending_key) = (found.row.key(), pending.key());
        let at = place::<AccountRow>(&account_key, "email");
        let former: String = key.open_json(&at, &found.row.email).or_problem()?;
        let waits = place::<EmailChangeRow>(&pending_key, "email");
        let new: String = key.open_json(&waits, &pending.email).or_problem()?;
        Ok(Self {
            former: EmailAddress::parse(&former).map_err(letters::no_address)?,
            new: key
                .seal_json(&at, &new, app.entropy.as_ref())
                .or_problem()?,
            found,
        })
    }

    /// The row with the new address.
    fn changed(&self, pending: &EmailChangeRow) -> AccountRow {
        AccountRow {
            email: self.new.clone(),
            email_hash: pending.email_hash.clone(),
            ..self.found.row.clone()
        }
    }

    /// What brings the former address back. The token begins with whose it is, so that all of a person's are one row.
    fn undo(&self, app: &App) -> (EmailUndo, Zeroizing<String>) {
        let (user, secret) = (self.found.row.user.suffix(), session::token(app));
        let token = Zeroizing::new(format!("{user}{}", secret.as_str()));
        let now = app.clock.now();
        let undo = EmailUndo {
            token_hash: hash_token_hex(token.as_bytes()),
            email_hash: self.found.row.email_hash.clone(),
            email: self.found.row.email.clone(),
            changed_at: now,
            until: now.plus(UNDONE_FOR),
        };
        (undo, token)
    }
}
