//! `POST /api/v1/me/recovery-codes`

use app::App;
use domain::audit::Action;
use http_kit::{Answer, Problem};
use store::row::SecondFactorRow;
use tenancy::VerifiedSession;

use super::confirm::RecoveryCodesOut;
use super::{recovery_codes, recovery_hashes};
use crate::change::Change;
use crate::letters::Said;
use crate::pepper;

/// Makes ten new recovery codes; the former ones are dead. All other sessions end.
#[utoipa::path(post, path = "/api/v1/me/recovery-codes", operation_id = "create_recovery_codes", tag = "accounts",
    responses((status = 201, description = "The new codes.", body = RecoveryCodesOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let found = super::of(app, &session.account())
        .await?
        .filter(|found| found.row.confirmed_at.is_some())
        .ok_or(Problem::NotFound)?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let codes = recovery_codes(app);
    let row = SecondFactorRow {
        recovery: recovery_hashes(&pepper, &codes),
        ..found.row.clone()
    };
    let change = Change::begin(
        app,
        session,
        Action::RecoveryCodesCreate,
        Said::NewRecoveryCodes,
    )
    .await?;
    change
        .commit(app, None, |transaction| {
            transaction.replace(&row, found.rev);
        })
        .await?;
    http_kit::created(&RecoveryCodesOut::of(&codes))
}
