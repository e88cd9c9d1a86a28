//! `PATCH /api/v1/me/passkeys/{passkey_id}`

use app::{App, OrProblem};
use domain::ids::PasskeyId;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use tenancy::VerifiedSession;
use utoipa::ToSchema;

use super::list::PasskeyOut;
use super::validate_name;

/// Another name of a passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasskeyNameIn {
    /// What its owner calls it, such as `My phone`.
    #[schema(min_length = 1, max_length = 64)]
    name: String,
}

impl Validate for PasskeyNameIn {
    fn validate(&self, errors: &mut FieldErrors) {
        validate_name(&self.name, errors);
    }
}

/// Gives a passkey another name; it opens what it opened. Another person's passkey is not found.
#[utoipa::path(patch, path = "/api/v1/me/passkeys/{passkey_id}", operation_id = "update_passkey", tag = "accounts",
    params(("passkey_id" = String, Path, description = "A passkey's id, from the list")),
    request_body = PasskeyNameIn,
    responses((status = 200, description = "The passkey.", body = PasskeyOut)))]
pub(crate) async fn handle(
    app: &App,
    session: &VerifiedSession,
    id: PasskeyId,
    input: PasskeyNameIn,
) -> Answer {
    let found = super::of(app, session.user()).await?;
    let mut found = found.ok_or(Problem::NotFound)?;
    let named = found
        .row
        .passkeys
        .iter_mut()
        .find(|passkey| passkey.id == id);
    let named = named.ok_or(Problem::NotFound)?;
    named.name = input.name.trim().to_owned();
    let out = PasskeyOut::of(named);
    let routing = app.store.routing();
    let mut transaction = routing.transaction();
    transaction.replace(&found.row, found.rev);
    transaction.commit().await.or_problem()?;
    http_kit::json(StatusCode::OK, &out)
}
