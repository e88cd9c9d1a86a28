//! `POST /api/v1/me/passkeys/challenges`

use app::{App, OrProblem};
use http_kit::{Answer, Problem};
use serde::Serialize;
use serde_json::Value;
use tenancy::VerifiedSession;
use utoipa::ToSchema;
use webauthn_rs::prelude::{CreationChallengeResponse, Passkey, PasskeyRegistration, Uuid};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::question::Question;
use super::{MOST, credential, relying_party, too_many};
use crate::called::Called;
use crate::error::AccountsError;

/// What a passkey is asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionOut {
    /// What the answer must come with. Opens nothing by itself.
    pub(crate) challenge: String,
    /// What the browser's `navigator.credentials` takes, after `parseCreationOptionsFromJSON` or
    /// `parseRequestOptionsFromJSON`.
    #[schema(value_type = Object)]
    pub(crate) options: Value,
    /// Until when it can be answered, RFC 3339 UTC.
    pub(crate) until: String,
}

impl QuestionOut {
    /// A question that was remembered, with what the browser is given.
    pub(crate) fn of(question: &Question, options: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self {
            challenge: question.token.to_string(),
            options: serde_json::to_value(options).map_err(Problem::internal)?,
            until: question.until.rfc3339(),
        })
    }
}

/// Asks for a new passkey of the person. It must verify its user (by finger, face or PIN) and be found without an address.
#[utoipa::path(post, path = "/api/v1/me/passkeys/challenges", operation_id = "create_passkey_challenge", tag = "accounts",
    responses((status = 201, description = "The question.", body = QuestionOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let user = session.user();
    let known = known(app, session).await?;
    // How the person is called in the list that their device shows.
    let called = Called::of(app, &session.account()).await?;
    let (options, state) = asked(app, session, &called, known).or_problem()?;
    let question = Question::new(app, Some(user), &state)?;
    question.remember(app).await?;
    http_kit::created(&QuestionOut::of(&question, &options)?)
}

async fn known(app: &App, session: &VerifiedSession) -> Result<Vec<Passkey>, Problem> {
    let Some(found) = super::of(app, session.user()).await? else {
        return Ok(Vec::new());
    };
    if found.row.passkeys.len() >= MOST {
        return Err(too_many());
    }
    let passkeys = found.row.passkeys.iter().map(credential);
    passkeys.collect::<Result<_, _>>().or_problem()
}

fn asked(
    app: &App,
    session: &VerifiedSession,
    called: &Called,
    known: Vec<Passkey>,
) -> Result<(CreationChallengeResponse, PasskeyRegistration), AccountsError> {
    let party = relying_party(app)?;
    let user = Uuid::from_bytes(session.user().to_bytes());
    let known = known.iter().map(|passkey| passkey.cred_id().clone());
    let (mut options, state) = party
        .start_passkey_registration(user, &called.email, &called.name, Some(known.collect()))
        .map_err(|_| AccountsError::Passkey)?;
    // A login asks nobody for an address, so the passkey must know whose it is.
    if let Some(selection) = &mut options.public_key.authenticator_selection {
        selection.resident_key = Some(ResidentKeyRequirement::Required);
        selection.require_resident_key = true;
    }
    Ok((options, state))
}
