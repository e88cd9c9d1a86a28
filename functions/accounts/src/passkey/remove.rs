//! `DELETE /api/v1/me/passkeys/{passkey_id}`

use app::{App, OrProblem};
use domain::audit::Action;
use domain::ids::PasskeyId;
use http_kit::{Answer, Problem};
use store::keys;
use store::row::{PasskeyClaimRow, PasskeysRow};
use tenancy::VerifiedSession;

use super::claim::hash_of;
use super::credential;
use crate::change::Change;
use crate::letters::Said;

/// Removes a passkey: it opens nothing any more. All other sessions end. Another person's passkey is not found.
#[utoipa::path(delete, path = "/api/v1/me/passkeys/{passkey_id}", operation_id = "delete_passkey", tag = "accounts",
    params(("passkey_id" = String, Path, description = "A passkey's id, from the list")),
    responses((status = 204, description = "The passkey opens nothing any more.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession, id: PasskeyId) -> Answer {
    let user = session.user();
    let found = super::of(app, user).await?.ok_or(Problem::NotFound)?;
    let mut passkeys = found.row.passkeys;
    let place = passkeys.iter().position(|passkey| passkey.id == id);
    let removed = passkeys.remove(place.ok_or(Problem::NotFound)?);
    let claim = keys::passkey_claim(&hash_of(&credential(&removed).or_problem()?));
    let row = PasskeysRow { user, passkeys };
    let (action, said) = (Action::PasskeyRemove, Said::PasskeyRemoved);
    let change = Box::pin(Change::begin(app, session, action, said)).await?;
    Box::pin(change.commit(app, None, |transaction| {
        transaction.replace(&row, found.rev);
        transaction.delete_any::<PasskeyClaimRow>(&claim);
    }))
    .await?;
    http_kit::no_content()
}
