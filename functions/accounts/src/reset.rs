//! `POST /api/v1/password-resets`

pub(crate) mod complete;

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::email::EmailAddress;
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Validate};
use mail::To;
use serde::{Deserialize, Serialize};
use store::row::PasswordResetRow;
use tenancy::{hash_token, hash_token_hex};
use utoipa::ToSchema;

use crate::brake::Brake;
use crate::letters::{self, Draft};
use crate::password;
use crate::pepper;
use crate::session;

/// How long the link of a reset works; at least as long as [`crate::throttle`] lets nobody ask for the next one.
pub(crate) const KEPT: Duration = Duration::from_secs(30 * 60);

/// Whose password is forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetIn {
    /// The address of the account.
    email: String,
}

impl Validate for ResetIn {
    fn validate(&self, errors: &mut FieldErrors) {
        errors.check("email", "invalid_email", EmailAddress::parse(&self.email));
    }
}

/// What happens next. The same for every address.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResetOut {
    /// For people, in English.
    message: &'static str,
}

/// Mails a link with which a new password can be set. Answers the same, after the same calls, whether or not the address
/// has an account; an address without one is told so by mail.
#[utoipa::path(post, path = "/api/v1/password-resets", operation_id = "create_password_reset", tag = "accounts",
    request_body = ResetIn,
    responses((status = 202, description = "A mail is on its way.", body = ResetOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: ResetIn) -> Answer {
    let address = EmailAddress::parse(&input.email).map_err(letters::no_address)?;
    letters::have_address(app)?;
    let pepper = Box::pin(pepper::load_or_create(app)).await?;
    let email_hash = pepper.address_hash(&address);
    Box::pin(Brake::on_resets(app, call, &pepper, &email_hash).pass(app)).await?;
    let found = app
        .store
        .routing()
        .find_login(&email_hash)
        .await
        .or_problem()?;
    let known = found.as_ref().map(|found| found.row.user);
    let token = session::token(app);
    let row = PasswordResetRow {
        token_hash: hash_token_hex(token.as_bytes()),
        // An address without an account has a mark as well: both rows are alike.
        password_mark: found
            .as_ref()
            .map_or_else(|| email_hash.clone(), |found| password::mark(&found.row)),
        user: known.unwrap_or_else(|| nobody(&email_hash)),
        email_hash,
        until: app.clock.now().plus(KEPT),
    };
    // The link opens the account: it goes to the account's own address, not to what somebody typed.
    let (to, template) = match known {
        Some(user) => (To::Account(user), letters::password_reset(app, &token)),
        None => (To::address(&address), letters::no_account()),
    };
    let draft = Draft {
        to,
        language: letters::language(call),
        template,
    };
    letters::with_reset(app, &row, draft).await?;
    http_kit::json(
        StatusCode::ACCEPTED,
        &ResetOut {
            message: "We have sent a mail to this address. Open the link in it within 30 minutes.",
        },
    )
}

/// The same id for the same address each time, so that a second request finds the same things cached as for a person.
fn nobody(email_hash: &str) -> UserId {
    let hash = hash_token(email_hash.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    UserId::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_an_account_stands_for_the_same_nobody_each_time() {
        assert_eq!(nobody("ab"), nobody("ab"));
        assert_ne!(nobody("ab"), nobody("cd"));
    }
}
