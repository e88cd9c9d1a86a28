//! `POST /api/v1/registrations/{registration_id}/codes`

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::ids::RegistrationId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use mail::To;
use serde::Serialize;
use store::keys;
use store::row::RegistrationRow;
use utoipa::ToSchema;

use crate::brake::Brake;
use crate::letters::{self, Draft, Proofs};
use crate::pepper;

/// Time between two mails of one sign-up.
const PAUSE: Duration = Duration::from_secs(60);

/// A mail is on its way.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResendOut {
    /// When another one can be asked for, RFC 3339 UTC.
    next_at: String,
}

/// Mails another code and link for a sign-up; the former ones are dead. Answers the same, after the same calls, whether
/// or not the address has an account.
#[utoipa::path(post, path = "/api/v1/registrations/{registration_id}/codes", operation_id = "create_verification_code",
    tag = "accounts",
    params(("registration_id" = String, Path, description = "The sign-up, from the answer to it")),
    responses((status = 202, description = "A mail is on its way.", body = ResendOut)))]
pub(crate) async fn handle(app: &App, call: &Call, id: RegistrationId) -> Answer {
    letters::have_address(app)?;
    let routing = app.store.routing();
    let found = routing
        .find::<RegistrationRow>(&keys::registration(id))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)?;
    let now = app.clock.now();
    let open_at = found.row.mailed_at.plus(PAUSE);
    if now < open_at {
        return Err(Problem::RateLimited {
            retry_after: now.until(open_at),
        });
    }
    let pepper = Box::pin(pepper::load_or_create(app)).await?;
    let email_hash = &found.row.email_hash;
    Box::pin(Brake::on_letters(app, call, &pepper, email_hash).pass(app)).await?;
    let known = routing.find_login(email_hash).await.or_problem()?.is_some();
    let form = letters::open(app, &found.row).await?;
    let proofs = Proofs::new(app);
    let row = RegistrationRow {
        code_hash: proofs.code_hash(&pepper, id),
        link_hash: proofs.link_hash(),
        tries: 0,
        mails: found.row.mails + 1,
        mailed_at: now,
        ..found.row.clone()
    };
    let draft = Draft {
        to: To::address(&form.address().or_problem()?),
        language: form.language(),
        template: match known {
            true => letters::already_registered(),
            false => proofs.verify_address(app, id),
        },
    };
    letters::with_registration(app, &row, Some(found.rev), draft).await?;
    http_kit::json(
        StatusCode::ACCEPTED,
        &ResendOut {
            next_at: now.plus(PAUSE).rfc3339(),
        },
    )
}
