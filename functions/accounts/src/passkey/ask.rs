//! `POST /api/v1/sessions/passkey-challenges`

use app::{App, Call, OrProblem};
use http_kit::Answer;

use super::begin::QuestionOut;
use super::question::Question;
use super::relying_party;
use crate::brake::Brake;
use crate::error::AccountsError;
use crate::pepper::{self, Pepper};

/// Asks whichever passkey the person has; nobody says who they are. For a login, and for a proof of who is logged in.
#[utoipa::path(post, path = "/api/v1/sessions/passkey-challenges", operation_id = "create_session_challenge", tag = "accounts",
    responses((status = 201, description = "The question.", body = QuestionOut)))]
pub(crate) async fn handle(app: &App, call: &Call) -> Answer {
    let pepper = Box::pin(pepper::load(app))
        .await?
        .unwrap_or_else(Pepper::nobodys);
    Box::pin(Brake::on_questions(app, call, &pepper).pass(app)).await?;
    let (options, state) = relying_party(app)
        .or_problem()?
        .start_discoverable_authentication()
        .map_err(|_| AccountsError::Passkey)
        .or_problem()?;
    let question = Question::new(app, None, &state)?;
    question.remember(app).await?;
    http_kit::created(&QuestionOut::of(&question, &options)?)
}
