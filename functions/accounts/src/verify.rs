//! `POST /api/v1/registrations/{registration_id}/verifications`

mod rows;

use std::fmt::Display;

use app::{App, OrProblem};
use domain::audit::{Action, Actor};
use domain::ids::{RegistrationId, TenantId};
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::RegistrationRow;
use store::{Found, Row as _, StoreError, keys};
use subtle::ConstantTimeEq as _;
use tenancy::{Provisioning, hash_token_hex};
use utoipa::ToSchema;

use crate::letters;
use crate::password::{Hasher, Password};
use crate::pepper::{self, Pepper};
use crate::register::Form;
use rows::{Fresh, Rows, Workspace};

/// Codes that may be tried for one mail; a new mail has a new code.
pub(crate) const TRIES: u32 = 8;

/// The proof that the mail arrived: the code, typed into the page that signed up, or the token of the link, opened anywhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerificationIn {
    /// The eight digits of the mail.
    code: Option<String>,
    /// What follows `#` in the mail's link.
    token: Option<String>,
    /// The password that the sign-up chose. Goes with the token: whoever opens the link of somebody else's sign-up must
    /// not finish it for them.
    #[schema(value_type = Option<String>, format = Password)]
    password: Option<Password>,
}

impl Validate for VerificationIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.shown().validate(errors);
        match &self.password {
            Some(password) => password.validate_given("password", errors),
            None if self.token.is_some() => errors.add(
                "password",
                "required",
                "Please enter the password that you chose when you signed up.",
            ),
            None => {}
        }
    }
}

impl VerificationIn {
    fn shown(&self) -> Shown<'_> {
        Shown {
            code: self.code.as_deref(),
            token: self.token.as_deref(),
        }
    }
}

/// What somebody shows of a mail.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) code: Option<&'a str>,
    pub(crate) token: Option<&'a str>,
}

impl Shown<'_> {
    /// Reports both or nothing.
    pub(crate) fn validate(self, errors: &mut FieldErrors) {
        if self.code.is_some() == self.token.is_some() {
            errors.add("code", "required", "Give either the code or the token.");
        }
    }

    /// Whether it is what the mail said: the code of this thing, or the token of the link.
    pub(crate) fn proves(
        self,
        pepper: &Pepper,
        of: impl Display,
        code_hash: &str,
        link_hash: &str,
    ) -> bool {
        let same = |one: &str, other: &str| bool::from(one.as_bytes().ct_eq(other.as_bytes()));
        let code = self.code.is_some_and(|code| {
            let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
            same(&pepper.code_hash(&of.to_string(), &digits), code_hash)
        });
        let token = self.token;
        code || token.is_some_and(|token| same(&hash_token_hex(token.as_bytes()), link_hash))
    }
}

/// Neither the code nor the link of the latest mail.
pub(crate) fn wrong_code() -> Problem {
    Problem::unprocessable("wrong_code", "This code is not the one of the latest mail.")
}

/// The link of a sign-up, opened by somebody who does not know its password.
fn not_yours() -> Problem {
    Problem::unprocessable(
        "wrong_password",
        "This is not the password of the sign-up. If you did not sign up, close this page: nothing is made without it.",
    )
}

/// Too many codes were tried for one mail.
pub(crate) fn used_up() -> Problem {
    Problem::conflict(
        "code_used_up",
        "Too many codes were tried. Have a new mail sent.",
    )
}

/// The account is there.
#[derive(Serialize, ToSchema)]
pub(crate) struct VerifiedOut {
    /// Always `log_in`: a link that somebody else opens must not let them in.
    next: &'static str,
}

/// Verifies the address of a sign-up: the person and their first workspace come into being. Opens no session.
///
/// The link asks for the password that was chosen at the sign-up. Whoever signs up with somebody else's address is thereby
/// not helped by that person's curiosity: the link alone makes nothing, and our pages take the code only where the sign-up
/// was made.
///
/// Two partitions are written, each by its own tenant session. The workspace comes first, if one is made; the person's
/// partition, the login and the end of the sign-up come last, together. A crash in between leaves a workspace that nobody
/// owns and nothing that stands in a repetition's way; it holds the owner's name and address sealed under its own key.
#[utoipa::path(post, path = "/api/v1/registrations/{registration_id}/verifications", operation_id = "create_verification",
    tag = "accounts", request_body = VerificationIn,
    params(("registration_id" = String, Path, description = "The sign-up, from the answer to it or from the link")),
    responses((status = 201, description = "The person can log in.", body = VerifiedOut)))]
pub(crate) async fn handle(app: &App, id: RegistrationId, input: VerificationIn) -> Answer {
    let found = app
        .store
        .routing()
        .find::<RegistrationRow>(&keys::registration(id))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let pepper = Box::pin(pepper::load(app))
        .await?
        .ok_or(Problem::NotFound)?;
    let counted = Box::pin(count(app, &found)).await?;
    let row = &counted.row;
    let shown = input.shown();
    if !shown.proves(&pepper, row.id, &row.code_hash, &row.link_hash) {
        return Err(wrong_code());
    }
    let form = letters::open(app, row).await?;
    if let Some(password) = &input.password
        && !chose(&pepper, &form, password)?
    {
        return Err(not_yours());
    }
    Box::pin(create(app, &form, &counted)).await?;
    http_kit::created(&VerifiedOut { next: "log_in" })
}

/// Whether the sign-up chose this password.
fn chose(pepper: &Pepper, form: &Form, password: &Password) -> Result<bool, Problem> {
    Hasher::new(pepper)
        .and_then(|hasher| hasher.is_right(&form.password, &form.pepper, password))
        .or_problem()
}

/// Counts a try before it is looked at, so that many at once are many.
async fn count(
    app: &App,
    found: &Found<RegistrationRow>,
) -> Result<Found<RegistrationRow>, Problem> {
    if found.row.tries >= TRIES {
        return Err(used_up());
    }
    let row = RegistrationRow {
        tries: found.row.tries + 1,
        ..found.row.clone()
    };
    app.store
        .routing()
        .replace(row, found.rev)
        .await
        .or_problem()
}

async fn create(app: &App, form: &Form, found: &Found<RegistrationRow>) -> Result<(), Problem> {
    let fresh = Fresh {
        user: found.row.user,
        workspace: app.mint(TenantId::new),
        now: app.clock.now(),
        email_hash: found.row.email_hash.clone(),
    };
    let rows = Rows::new(form, fresh);
    let actor = Actor::Person(rows.login.user);
    if let Some(workspace) = &rows.workspace {
        Box::pin(create_workspace(app, form, workspace, actor)).await?;
    }
    let person = Provisioning::of(rows.login.user.account_tenant()).scope();
    let vault = app.vault.within(&person).or_problem()?;
    let (key, wrapped) = Box::pin(vault.create_key()).await.or_problem()?;
    let account = rows
        .account(form, &key, app.entropy.as_ref())
        .or_problem()?;

    let db = app.store.within(&person).or_problem()?;
    let mut transaction = db.transaction();
    rows.add_person(&mut transaction, &account, wrapped);
    app.audit(&person, Action::AccountCreate, rows.login.user)
        .by(actor)
        .write(&mut transaction);
    let login = transaction.create(&rows.login);
    transaction.delete::<RegistrationRow>(&found.row.key(), found.rev);
    match transaction.commit().await {
        Err(error) if is_known(&error, login) => Err(Problem::conflict(
            "address_has_account",
            "This address has an account by now. Log in, or reset its password.",
        )),
        other => other.or_problem(),
    }?;
    app.ring_audit(&person).await;
    Ok(())
}

async fn create_workspace(
    app: &App,
    form: &Form,
    workspace: &Workspace,
    actor: Actor,
) -> Result<(), Problem> {
    let scope = Provisioning::of(workspace.row.id).scope();
    let vault = app.vault.within(&scope).or_problem()?;
    let (key, wrapped) = vault.create_key().await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let mut transaction = db.transaction();
    workspace
        .add(
            &mut transaction,
            form,
            (&key, wrapped),
            app.entropy.as_ref(),
        )
        .or_problem()?;
    app.audit(&scope, Action::WorkspaceCreate, workspace.row.id)
        .by(actor)
        .write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(&scope).await;
    Ok(())
}

fn is_known(error: &StoreError, login: usize) -> bool {
    error.failed(login).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is_valid(body: serde_json::Value) -> bool {
        let input: VerificationIn = serde_json::from_value(body).expect("reads");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        errors.finish().is_ok()
    }

    #[test]
    fn the_link_of_a_sign_up_is_nothing_without_its_password() {
        assert!(is_valid(json!({ "code": "12345678" })));
        assert!(is_valid(
            json!({ "token": "t", "password": "my own horse" })
        ));
        assert!(!is_valid(json!({ "token": "t" })));
        assert!(!is_valid(json!({ "token": "t", "password": "" })));
        assert!(!is_valid(json!({ "password": "my own horse" })));
        assert!(!is_valid(
            json!({ "code": "12345678", "token": "t", "password": "my own horse" })
        ));
    }
}
