//! `POST /api/v1/me/passkeys`

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::PasskeyId;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::Found;
use store::row::{PasskeysRow, StoredPasskey};
use tenancy::VerifiedSession;
use utoipa::ToSchema;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::claim::Claim;
use super::list::PasskeyOut;
use super::{MOST, question, relying_party, too_many, validate_name, written};
use crate::change::Change;
use crate::letters::Said;

/// A new passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyIn {
    /// From the question.
    challenge: String,
    /// What the browser's `navigator.credentials.create` gave, as its `toJSON` writes it.
    #[schema(value_type = Object)]
    credential: RegisterPublicKeyCredential,
    /// What its owner calls it, such as `My phone`.
    #[schema(min_length = 1, max_length = 64)]
    name: String,
}

impl Validate for PasskeyIn {
    fn validate(&self, errors: &mut FieldErrors) {
        validate_name(&self.name, errors);
    }
}

/// Adds a passkey: from now on it logs the person in by itself. All other sessions end.
#[utoipa::path(post, path = "/api/v1/me/passkeys", operation_id = "create_passkey", tag = "accounts",
    request_body = PasskeyIn,
    responses((status = 201, description = "The passkey.", body = PasskeyOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, input: PasskeyIn) -> Answer {
    let user = session.user();
    let state: PasskeyRegistration = question::take(app, &input.challenge, Some(user)).await?;
    let passkey = relying_party(app)
        .or_problem()?
        .finish_passkey_registration(&input.credential, &state)
        .map_err(|_| not_taken())?;
    let claim = Box::pin(Claim::of(app, user, &passkey)).await?;
    let added = StoredPasskey {
        id: app.mint(PasskeyId::new),
        name: input.name.trim().to_owned(),
        credential: written(&passkey).or_problem()?,
        created_at: app.clock.now(),
        used_at: None,
    };
    let found = super::of(app, user).await?;
    let rev = found.as_ref().map(|found| found.rev);
    let row = PasskeysRow {
        user,
        passkeys: with(found, added.clone())?,
    };
    let (action, said) = (Action::PasskeyAdd, Said::PasskeyAdded);
    let change = Box::pin(Change::begin(app, session, action, said)).await?;
    Box::pin(change.commit(app, None, |transaction| {
        match rev {
            Some(rev) => transaction.replace(&row, rev),
            None => transaction.create(&row),
        };
        claim.add_to(transaction);
    }))
    .await?;
    http_kit::created(&PasskeyOut::of(&added))
}

fn with(
    found: Option<Found<PasskeysRow>>,
    added: StoredPasskey,
) -> Result<Vec<StoredPasskey>, Problem> {
    let mut passkeys = found.map(|found| found.row.passkeys).unwrap_or_default();
    if passkeys.len() >= MOST {
        return Err(too_many());
    }
    passkeys.push(added);
    Ok(passkeys)
}

fn not_taken() -> Problem {
    Problem::unprocessable(
        "passkey_refused",
        "This passkey could not be taken: it answered another question, belongs to another site, or did not verify its user.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::UserId;

    fn passkey(number: u8) -> StoredPasskey {
        StoredPasskey {
            id: PasskeyId::from_bytes([number; 16]),
            name: "Phone".into(),
            credential: String::new(),
            created_at: Timestamp::default(),
            used_at: None,
        }
    }

    #[test]
    fn a_person_has_ten_passkeys_at_most() {
        let found = |count: u8| {
            let row = PasskeysRow {
                user: UserId::from_bytes([1; 16]),
                passkeys: (0..count).map(passkey).collect(),
            };
            Some(Found { row, rev: 1 })
        };
        assert_eq!(with(None, passkey(1)).expect("taken").len(), 1);
        assert_eq!(with(found(9), passkey(9)).expect("taken").len(), 10);
        assert!(with(found(10), passkey(10)).is_err());
    }
}
