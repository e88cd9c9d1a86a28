//! Appoints somebody to our staff, or takes an appointment back: an operator invokes it, nothing else does.
//!
//! Who is appointed has an account and a passkey, and opens what is for staff only with that passkey. Who helps creators can be
//! named as the deputy of those who see to requests about personal data, until a moment of the next two weeks. The act is an entry of
//! their account's own log. Uses, under the function's own session: kms:Decrypt for `platform`; GetItem, PutItem and
//! DeleteItem on `routing`; by the account's session PutItem on `audit` and `work`; sqs:SendMessage on the audit queue.

use app::{App, AppError};
use domain::Timestamp;
use domain::audit::Action;
use domain::email::EmailAddress;
use domain::ids::{StaffId, UserId};
use domain::role::{DEPUTY_LASTS, StaffRole};
use http_kit::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use store::keys;
use store::row::StaffRow;
use tenancy::Addressee;
use thiserror::Error;

use crate::{passkey, pepper};

/// Why nobody was appointed. Quotes nothing of the input.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    /// Not an object of an address and a role.
    #[error(
        "the input must be {{\"email\": ..., \"role\": \"support\", \"compliance\" or null}}, with \"support\" and \"deputy_until\": ... if wanted, and nothing else"
    )]
    Form,
    /// A deputy of another role, or for too long.
    #[error(
        "a deputy has the role support, and is one until a moment of the next 14 days in RFC 3339"
    )]
    Deputy,
    /// An address without a verified account.
    #[error("this address has no account: the person signs up first, without a workspace")]
    NoAccount,
    /// An account without a passkey.
    #[error("this account has no passkey: staff come with one, so the person adds it first")]
    NoPasskey,
    /// The database or KMS.
    #[error("the account could not be read")]
    Account(#[source] Problem),
    /// The same, while writing.
    #[error("the appointment could not be written")]
    App(#[from] AppError),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    email: String,
    /// `null` takes the appointment back.
    #[serde(deserialize_with = "Option::deserialize")]
    role: Option<StaffRole>,
    /// Until when they also stand in for compliance.
    deputy_until: Option<String>,
}

/// What is asked for.
#[derive(Debug)]
struct Wanted {
    address: EmailAddress,
    role: Option<StaffRole>,
    deputy_until: Option<Timestamp>,
}

/// Appoints or dismisses. Answers `{"staff_id", "role", "deputy_until"}`; of a dismissal with nulls.
pub(crate) async fn handle(app: &'static App, input: Value) -> Result<Value, lambda::BoxError> {
    let Wanted {
        address,
        role,
        deputy_until,
    } = checked(input, app.clock.now())?;
    let user = Box::pin(person(app, &address)).await?;
    let row = match role {
        Some(role) => Some(appointment(app, user, (role, deputy_until)).await?),
        None => None,
    };
    Box::pin(write(app, user, row.as_ref())).await?;
    tracing::info!(
        code = role.map_or("none", StaffRole::as_str),
        "staff changed"
    );
    Ok(json!({
        "staff_id": row.map(|row| row.id.to_string()),
        "role": role,
        "deputy_until": deputy_until.map(|at| at.rfc3339()),
    }))
}

fn checked(input: Value, now: Timestamp) -> Result<Wanted, Refused> {
    // The parser's own words would quote what it read.
    let input: Input = serde_json::from_value(input).map_err(|_| Refused::Form)?;
    let address = EmailAddress::parse(&input.email).map_err(|_| Refused::Form)?;
    let deputy_until = match input.deputy_until {
        Some(text) => Some(until(&text, input.role, now)?),
        None => None,
    };
    Ok(Wanted {
        address,
        role: input.role,
        deputy_until,
    })
}

/// Until when somebody is a deputy: a word that nobody takes back ends by itself.
fn until(text: &str, role: Option<StaffRole>, now: Timestamp) -> Result<Timestamp, Refused> {
    Timestamp::from_rfc3339(text)
        .filter(|at| role == Some(StaffRole::Support) && now < *at && *at <= now.plus(DEPUTY_LASTS))
        .ok_or(Refused::Deputy)
}

async fn person(app: &App, address: &EmailAddress) -> Result<UserId, Refused> {
    let found = Box::pin(pepper::user_at(app, address)).await;
    found.map_err(Refused::Account)?.ok_or(Refused::NoAccount)
}

/// The appointment of somebody with a passkey. Another role of who is appointed already keeps the name that tenants know.
async fn appointment(
    app: &App,
    user: UserId,
    (role, deputy_until): (StaffRole, Option<Timestamp>),
) -> Result<StaffRow, Refused> {
    let passkeys = passkey::of(app, user).await.map_err(Refused::Account)?;
    if passkeys.is_none_or(|found| found.row.passkeys.is_empty()) {
        return Err(Refused::NoPasskey);
    }
    let former = app
        .store
        .routing()
        .find::<StaffRow>(&keys::staff(user))
        .await;
    let former = former.map_err(AppError::from)?;
    Ok(StaffRow {
        id: former.map_or_else(|| app.mint(StaffId::new), |found| found.row.id),
        user,
        role,
        appointed_at: app.clock.now(),
        deputy_until,
    })
}

async fn write(app: &App, user: UserId, row: Option<&StaffRow>) -> Result<(), AppError> {
    let addressee = Addressee::of(user);
    let scope = addressee.scope();
    let db = app.store.within(&scope)?;
    let mut transaction = db.transaction();
    match row {
        Some(row) => transaction.put_any(row),
        None => transaction.delete_any::<StaffRow>(&keys::staff(user)),
    };
    app.audit(&scope, Action::StaffAppoint, user)
        .write(&mut transaction);
    transaction.commit().await?;
    app.ring_audit(&scope).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    #[test]
    fn a_deputy_helps_creators_and_is_one_for_two_weeks_at_most() {
        let after = |seconds: i64| Timestamp::from_seconds(NOW.seconds() + seconds).rfc3339();
        let read = |role: Value, until: &str| {
            let input = json!({ "email": "uma@example.com", "role": role, "deputy_until": until });
            checked(input, NOW).map(|wanted| wanted.deputy_until)
        };
        let longest = 14 * 86_400;
        let until = read(json!("support"), &after(longest)).expect("two weeks");
        assert_eq!(until, Some(NOW.plus(DEPUTY_LASTS)));
        for (role, until) in [
            (json!("support"), after(longest + 1)),
            (json!("support"), after(0)),
            (json!("support"), "next week".to_owned()),
            (json!("compliance"), after(60)),
            (Value::Null, after(60)),
        ] {
            let refused = read(role.clone(), &until).expect_err("refused");
            assert!(matches!(refused, Refused::Deputy), "{role} {until}");
        }
    }

    #[test]
    fn an_appointment_names_an_address_and_a_role_or_none() {
        let read = |role: Value| {
            let wanted = checked(json!({ "email": "uma@example.com", "role": role }), NOW).ok()?;
            assert_eq!(wanted.deputy_until, None);
            Some((wanted.address.as_str().to_owned(), wanted.role))
        };
        let uma = |role| Some(("uma@example.com".to_owned(), role));
        assert_eq!(read(json!("support")), uma(Some(StaffRole::Support)));
        assert_eq!(read(json!("compliance")), uma(Some(StaffRole::Compliance)));
        assert_eq!(read(Value::Null), uma(None));
    }

    #[test]
    fn another_form_is_refused_without_quoting_it() {
        for input in [
            json!({ "email": "canary@example.com" }),
            json!({ "email": "canary", "role": null }),
            json!({ "email": "canary@example.com", "role": "owner" }),
            json!({ "email": "canary@example.com", "role": "support", "more": 1 }),
            json!("canary"),
        ] {
            let refused = checked(input, NOW).expect_err("refused");
            assert!(matches!(refused, Refused::Form));
            assert!(!refused.to_string().contains("canary"));
        }
    }
}
