//! The answer of a passkey, and whether it is right.

use app::{App, Call, OrProblem};
use domain::Timestamp;
use domain::ids::UserId;
use http_kit::{FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::Found;
use store::row::{PasskeysRow, StoredPasskey};
use utoipa::ToSchema;
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, WebauthnError};

use super::{credential, question, relying_party, written};
use crate::error::AccountsError;
use crate::letters;

/// The answer of a passkey to a question of `POST /api/v1/sessions/passkey-challenges`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssertionIn {
    /// From the question.
    challenge: String,
    /// What the browser's `navigator.credentials.get` gave, as its `toJSON` writes it.
    #[schema(value_type = Object)]
    credential: PublicKeyCredential,
}

impl Validate for AssertionIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if self.challenge.is_empty() {
            errors.add("challenge", "required", "Please give the question's token.");
        }
    }
}

/// An answer whose question was taken, and whom it names.
pub(crate) struct Answered<'a> {
    party: Webauthn,
    state: DiscoverableAuthentication,
    credential: &'a PublicKeyCredential,
    /// Whose passkey it says it is. Nothing is proved yet.
    pub(crate) user: UserId,
}

impl<'a> Answered<'a> {
    /// Takes the question. Two calls.
    ///
    /// # Errors
    /// 422 when the question is over, or the answer names nobody.
    pub(crate) async fn of(app: &App, input: &'a AssertionIn) -> Result<Self, Problem> {
        let party = relying_party(app).or_problem()?;
        let state = question::take(app, &input.challenge, None).await?;
        let named = party.identify_discoverable_authentication(&input.credential);
        let (user, _) = named.map_err(|_| refused())?;
        Ok(Self {
            party,
            state,
            credential: &input.credential,
            user: UserId::from_bytes(user.into_bytes()),
        })
    }

    /// The person's passkeys after this use, to be written at the revision they were read at. Whoever owns a passkey whose
    /// counter went backwards is told by mail.
    ///
    /// # Errors
    /// 422, the same for a passkey that is not there, another site's, another question's, and a wrong signature.
    pub(crate) async fn verify(
        self,
        app: &App,
        call: &Call,
    ) -> Result<Found<PasskeysRow>, Problem> {
        let user = self.user;
        let found = super::of(app, user).await?.ok_or_else(refused)?;
        match self.used(&found.row, app.clock.now()) {
            Ok(row) => Ok(Found {
                row,
                rev: found.rev,
            }),
            Err(Refusal::Wrong) => Err(refused()),
            Err(Refusal::Copied(name)) => {
                Box::pin(letters::passkey_refused(app, call, user, name)).await?;
                Err(refused())
            }
            Err(Refusal::Ours(error)) => Err(error).or_problem(),
        }
    }

    fn used(self, row: &PasskeysRow, now: Timestamp) -> Result<PasskeysRow, Refusal> {
        let mut row = row.clone();
        let (stored, mut passkey) = found(&mut row.passkeys, self.credential)?;
        let result = self
            .party
            .finish_discoverable_authentication_v2(self.credential, self.state, &passkey)
            .map_err(|error| match error {
                WebauthnError::CredentialPossibleCompromise => Refusal::Copied(stored.name.clone()),
                _ => Refusal::Wrong,
            })?;
        if !result.user_verified() {
            return Err(Refusal::Wrong);
        }
        passkey.update_credential(&result);
        stored.credential = written(&passkey).map_err(Refusal::Ours)?;
        stored.used_at = Some(now);
        Ok(row)
    }
}

enum Refusal {
    Wrong,
    /// Its counter went backwards: there are two of it.
    Copied(String),
    Ours(AccountsError),
}

fn found<'a>(
    passkeys: &'a mut [StoredPasskey],
    answer: &PublicKeyCredential,
) -> Result<(&'a mut StoredPasskey, webauthn_rs::prelude::Passkey), Refusal> {
    for stored in passkeys {
        let passkey = credential(stored).map_err(Refusal::Ours)?;
        if passkey.cred_id().as_slice() == answer.get_credential_id() {
            return Ok((stored, passkey));
        }
    }
    Err(Refusal::Wrong)
}

/// The same for everything that is wrong with an answer.
pub(crate) fn refused() -> Problem {
    Problem::unprocessable(
        "passkey_refused",
        "This passkey does not open the account. Use another one, or the password.",
    )
}
