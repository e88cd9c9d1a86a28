//! `POST /api/v1/email-change-reversals`

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::UserId;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::{Deserialize, Serialize};
use store::row::{
    AccountRow, EmailChangeRow, EmailUndo, EmailUndosRow, LoginRow, PasskeysRow, PasswordResetRow,
    SecondFactorRow,
};
use store::{Found, keys};
use tenancy::{Owner, ProofEvidence, TenantScope, VerifiedProof, hash_token_hex};
use utoipa::ToSchema;

use super::{before, write_undos};
use crate::change::{Change, login_of};
use crate::error::AccountsError;
use crate::factor;
use crate::letters::Said;
use crate::password::{self, Hasher, Password};
use crate::pepper;
use crate::reset;
use crate::session;

/// Characters of a person's id at the front of a token.
const WHOSE: usize = 26;

/// The proof from the mail to the former address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReversalIn {
    /// What follows `#` in the mail's link.
    token: String,
}

impl Validate for ReversalIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.token.is_empty() {
            errors.add("token", "required", "Please give the token of the link.");
        }
    }
}

/// What happens next.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReversalOut {
    /// Always `reset_password`.
    next: &'static str,
    /// The same for people, in English.
    message: &'static str,
}

/// Takes a change of address back, once and within 72 hours: the former address is the account's again. Nothing that
/// opened the account meanwhile opens it any more: sessions, passkeys, the password, and an authenticator that was set up
/// after the change. A link to choose a new password is mailed to the address that is back. Links of later changes are
/// void; those of earlier ones still work.
#[utoipa::path(post, path = "/api/v1/email-change-reversals", operation_id = "create_email_change_reversal", tag = "accounts",
    request_body = ReversalIn,
    responses((status = 201, description = "The former address is back.", body = ReversalOut)))]
pub(crate) async fn handle(app: &App, input: ReversalIn) -> Answer {
    let (proof, found, undo) = verified(app, &input.token).await?;
    let (user, scope) = (proof.user(), proof.account());
    let account = account(app, &scope).await?;
    let intruders = factor_since(app, &scope, &undo).await?;
    let login = login_of(app, user).await?;
    let restored = restored(app, &login.row, &undo, intruders.is_some()).await?;
    let (row, said) = reset_for(app, &restored);
    let change = Change::of(app, scope, login, None, Action::EmailRestore, said);
    let change = Box::pin(change).await?;
    Box::pin(change.commit(app, Some(&restored), |transaction| {
        transaction.replace(&with_former(&account.row, &undo), account.rev);
        transaction.create(&row);
        transaction.delete_any::<EmailChangeRow>(&keys::email_change(user));
        transaction.delete_any::<PasskeysRow>(&keys::passkeys(user));
        if let Some(factor) = &intruders {
            transaction.delete::<SecondFactorRow>(&keys::second_factor(), factor.rev);
        }
        write_undos(
            transaction,
            user,
            before(found.row.undos, &undo),
            Some(found.rev),
        );
    }))
    .await?;
    http_kit::created(&ReversalOut {
        next: "reset_password",
        message: "Your former address is back. We have sent a mail to it: choose a new password with the link in it.",
    })
}

async fn verified(
    app: &App,
    token: &str,
) -> Result<(VerifiedProof, Found<EmailUndosRow>, EmailUndo), Problem> {
    let user = whose(token).ok_or_else(over)?;
    let routing = app.store.routing();
    let found = routing
        .find::<EmailUndosRow>(&keys::email_undos(user))
        .await
        .or_problem()?
        .ok_or_else(over)?;
    let hash = hash_token_hex(token.as_bytes());
    let known = found.row.undos.iter().find(|undo| undo.token_hash == hash);
    let undo = known.ok_or_else(over)?.clone();
    let evidence = ProofEvidence {
        token_hash: &undo.token_hash,
        user: found.row.user,
        until: undo.until,
    };
    let proof = VerifiedProof::verify(token.as_bytes(), &evidence, app.clock.now());
    Ok((proof.map_err(|_| over())?, found, undo))
}

fn whose(token: &str) -> Option<UserId> {
    UserId::from_suffix(token.get(..WHOSE)?).ok()
}

/// The same for a link that was never made, was used, is void or is too old.
fn over() -> Problem {
    Problem::unprocessable(
        "link_not_valid",
        "This link has been used, was replaced, or is older than 72 hours.",
    )
}

async fn account(app: &App, scope: &TenantScope<Owner>) -> Result<Found<AccountRow>, Problem> {
    let db = app.store.within(scope).or_problem()?;
    let found = db.find(&keys::account()).await.or_problem()?;
    found.ok_or(AccountsError::Absent("account")).or_problem()
}

fn with_former(account: &AccountRow, undo: &EmailUndo) -> AccountRow {
    AccountRow {
        email: undo.email.clone(),
        email_hash: undo.email_hash.clone(),
        ..account.clone()
    }
}

/// An authenticator that was set up after the change. An older one stays: a mailbox alone must not get past it.
async fn factor_since(
    app: &App,
    scope: &TenantScope<Owner>,
    undo: &EmailUndo,
) -> Result<Option<Found<SecondFactorRow>>, Problem> {
    let found = factor::of(app, scope).await?;
    Ok(found.filter(|found| is_since(&found.row, undo)))
}

fn is_since(factor: &SecondFactorRow, undo: &EmailUndo) -> bool {
    factor
        .confirmed_at
        .is_none_or(|confirmed_at| undo.changed_at <= confirmed_at)
}

/// The login under its former address, with a password that nobody knows.
async fn restored(
    app: &App,
    login: &LoginRow,
    undo: &EmailUndo,
    without_factor: bool,
) -> Result<LoginRow, Problem> {
    let pepper = Box::pin(pepper::existing(app)).await?;
    let unknown = Password::of_nobody(session::token(app));
    let closed = Hasher::new(&pepper)
        .and_then(|hasher| hasher.with_password(login, &unknown, app.entropy.as_ref()))
        .or_problem()?;
    Ok(LoginRow {
        email_hash: undo.email_hash.clone(),
        second_factor: login.second_factor && !without_factor,
        ..closed
    })
}

/// A reset for the address that is back, and the mail with its link.
fn reset_for(app: &App, login: &LoginRow) -> (PasswordResetRow, Said) {
    let token = session::token(app);
    let row = PasswordResetRow {
        token_hash: hash_token_hex(token.as_bytes()),
        email_hash: login.email_hash.clone(),
        password_mark: password::mark(login),
        user: login.user,
        until: app.clock.now().plus(reset::KEPT),
    };
    (row, Said::AddressRestored(token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Sealed, Timestamp};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn an_authenticator_from_before_the_change_stays_and_a_later_one_goes() {
        let undo = EmailUndo {
            token_hash: String::new(),
            email_hash: String::new(),
            email: Sealed::default(),
            changed_at: at(100),
            until: at(200),
        };
        let confirmed = |confirmed_at| SecondFactorRow {
            secret: Sealed::default(),
            confirmed_at,
            last_step: 0,
            recovery: Vec::new(),
            created_at: at(1),
        };
        assert!(!is_since(&confirmed(Some(at(99))), &undo));
        assert!(is_since(&confirmed(Some(at(100))), &undo));
        assert!(is_since(&confirmed(None), &undo));
    }

    #[test]
    fn a_token_says_whose_it_is() {
        let user = UserId::from_bytes([7; 16]);
        assert_eq!(whose(&format!("{}secret", user.suffix())), Some(user));
        for text in ["", "short", "ääääääääääääääääääääääääää"] {
            assert_eq!(whose(text), None);
        }
    }
}
