//! `POST /api/v1/registrations`

pub(crate) mod form;
pub(crate) mod input;

use std::time::Duration;

use app::{App, Call, OrProblem};
use domain::ids::{RegistrationId, UserId};
use http_kit::Answer;
use mail::To;
use serde::Serialize;
use store::row::RegistrationRow;
use utoipa::ToSchema;

pub(crate) use form::Form;
pub(crate) use input::RegisterIn;

use crate::brake::Brake;
use crate::letters::{self, Draft, Proofs};
use crate::password::Hasher;
use crate::pepper;

/// A sign-up whose address is not verified is gone after this time.
const KEPT: Duration = Duration::from_secs(48 * 3600);

/// What happens next. The same for a new address and one that has an account.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegistrationOut {
    /// The sign-up; `POST /api/v1/registrations/{registration_id}/verifications` takes the code for it.
    registration_id: String,
    /// Always `verify`.
    next: &'static str,
    /// The same for people, in English.
    message: &'static str,
    /// Until when the address can be verified, RFC 3339 UTC.
    until: String,
}

/// Takes a sign-up and mails a code and a link to the address. Nothing but the sealed form exists until one of them comes
/// back, and nothing of it after 48 hours. Answers the same, after the same calls and work, whether or not the address
/// has an account; who owns that account is told by mail.
#[utoipa::path(post, path = "/api/v1/registrations", operation_id = "create_registration", tag = "accounts",
    request_body = RegisterIn,
    responses((status = 201, description = "A mail is on its way.", body = RegistrationOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: RegisterIn) -> Answer {
    let order = input.order()?;
    letters::have_address(app)?;
    let pepper = Box::pin(pepper::load_or_create(app)).await?;
    let email_hash = pepper.address_hash(&order.email);
    Box::pin(Brake::on_letters(app, call, &pepper, &email_hash).pass(app)).await?;
    let known = app
        .store
        .routing()
        .find_login(&email_hash)
        .await
        .or_problem()?
        .is_some();
    let password = Hasher::new(&pepper)
        .and_then(|hasher| hasher.hash(&order.password, app.entropy.as_ref()))
        .or_problem()?;
    let now = app.clock.now();
    let language = letters::language(call);
    let form = Form::new(&order, password, pepper.generation(), now, language);
    let (id, proofs) = (app.mint(RegistrationId::new), Proofs::new(app));
    let row = RegistrationRow {
        id,
        user: app.mint(UserId::new),
        email_hash,
        form: letters::seal(app, &form).await?,
        code_hash: proofs.code_hash(&pepper, id),
        link_hash: proofs.link_hash(),
        tries: 0,
        mails: 1,
        mailed_at: now,
        until: now.plus(KEPT),
    };
    let draft = Draft {
        to: To::address(&order.email),
        language,
        template: match known {
            true => letters::already_registered(),
            false => proofs.verify_address(app, id),
        },
    };
    letters::with_registration(app, &row, None, draft).await?;
    http_kit::created(&RegistrationOut {
        registration_id: id.to_string(),
        next: "verify",
        message: "We have sent a mail to this address. Type the code from it here, or open the link in it.",
        until: row.until.rfc3339(),
    })
}
