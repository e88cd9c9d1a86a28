//! `DELETE /api/v1/me/totp`

use app::App;
use domain::audit::Action;
use http_kit::{Answer, Problem};
use store::keys;
use store::row::{LoginRow, SecondFactorRow};
use tenancy::VerifiedSession;

use crate::change::Change;
use crate::letters::Said;

/// Removes the authenticator and the recovery codes. All other sessions end.
#[utoipa::path(delete, path = "/api/v1/me/totp", operation_id = "delete_totp", tag = "accounts",
    responses((status = 204, description = "A login needs the password alone.")))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let scope = session.account();
    let found = super::of(app, &scope).await?.ok_or(Problem::NotFound)?;
    let change =
        Change::begin(app, session, Action::SecondFactorEnd, Said::SecondFactorOff).await?;
    let without = LoginRow {
        second_factor: false,
        ..change.login.row.clone()
    };
    change
        .commit(app, Some(&without), |transaction| {
            transaction.delete::<SecondFactorRow>(&keys::second_factor(), found.rev);
        })
        .await?;
    http_kit::no_content()
}
