//! Ends every session and every token of a person: an operator invokes it, nothing else does.
//!
//! For an account that somebody else has got into, or a person who cannot get in to do it. A login that waits for its code ends
//! too. They log in again as before; whoever knows the password can too, so the answer says how many ended and the operator
//! asks for a reset. The act is an entry of the
//! account's own log. Uses, under the function's own session: kms:Decrypt for `platform`; GetItem, Query, PutItem and
//! DeleteItem on `routing`; by the account's session PutItem on `audit` and `work`; sqs:SendMessage on the audit queue.

use app::{App, AppError, end_session};
use domain::audit::Action;
use domain::email::EmailAddress;
use domain::ids::UserId;
use http_kit::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use tenancy::Addressee;
use thiserror::Error;

use crate::pepper;

/// Why nothing was ended. Quotes nothing of the input.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    /// Not an object of an address.
    #[error("the input must be {{\"email\": ...}} and nothing else")]
    Form,
    /// An address without a verified account.
    #[error("this address has no account")]
    NoAccount,
    /// The database or KMS.
    #[error("the account could not be read")]
    Account(#[source] Problem),
    /// The same, while writing.
    #[error("the sessions could not be ended")]
    App(#[from] AppError),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    email: String,
}

/// Ends them. Answers `{"ended"}`: how many.
pub(crate) async fn handle(app: &'static App, input: Value) -> Result<Value, lambda::BoxError> {
    let address = checked(input)?;
    let user = Box::pin(pepper::user_at(app, &address)).await;
    let user = user.map_err(Refused::Account)?.ok_or(Refused::NoAccount)?;
    let ended = Box::pin(end(app, user)).await.map_err(Refused::App)?;
    tracing::info!(count = ended, "all sessions of a person were ended");
    Ok(json!({ "ended": ended }))
}

fn checked(input: Value) -> Result<EmailAddress, Refused> {
    // The parser's own words would quote what it read.
    let input: Input = serde_json::from_value(input).map_err(|_| Refused::Form)?;
    EmailAddress::parse(&input.email).map_err(|_| Refused::Form)
}

/// Writes the act down with the end of what is in the list; then ends what came into it meanwhile.
async fn end(app: &App, user: UserId) -> Result<usize, AppError> {
    let mut listed = app.sessions_of(user).await?;
    listed.truncate(app::MOST_AT_ONCE);
    let addressee = Addressee::of(user);
    let scope = addressee.scope();
    let db = app.store.within(&scope)?;
    let mut transaction = db.transaction();
    for found in &listed {
        end_session(&mut transaction, &found.row);
    }
    app.end_hearing(&mut transaction, user);
    app.audit(&scope, Action::SessionRevoke, user)
        .write(&mut transaction);
    transaction.commit().await?;
    app.ring_audit(&scope).await;
    let left = Box::pin(app.end_what_is_left(user, None)).await?;
    Ok(listed.len() + left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_nothing_else_is_taken_and_a_refusal_quotes_nothing() {
        let address = checked(json!({ "email": "uma@example.com" })).expect("an address");
        assert_eq!(address.as_str(), "uma@example.com");
        for input in [
            json!({ "email": "canary" }),
            json!({ "email": "canary@example.com", "more": 1 }),
            json!({ "user": "canary" }),
            json!("canary"),
        ] {
            let refused = checked(input).expect_err("refused");
            assert!(matches!(refused, Refused::Form));
            assert!(!refused.to_string().contains("canary"));
        }
    }
}
