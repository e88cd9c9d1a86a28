//! `POST /api/v1/sessions/passkeys`

use app::{App, Call, OrProblem};
use http_kit::{Answer, Problem};
use store::keys::{self, Throttled};
use store::row::{ThrottleRow, UserLoginRow};

use super::assertion::{Answered, AssertionIn, refused};
use crate::login::gate::{Gate, Passed};
use crate::login::{Entrance, opened, said_of};
use crate::pepper;

/// Opens the session of a person whose passkey answered rightly. It verified its user and is something that they have, so
/// neither password nor code is asked for. Tries count like those of a login with a password.
#[utoipa::path(post, path = "/api/v1/sessions/passkeys", operation_id = "create_session_with_passkey", tag = "accounts",
    request_body = AssertionIn,
    responses((status = 201, description = "The session; also set as the cookie `__Host-sofi`.", body = crate::session::SessionOut)))]
pub(crate) async fn handle(app: &App, call: &Call, input: AssertionIn) -> Answer {
    let answered = Box::pin(Answered::of(app, &input)).await?;
    let passed = Box::pin(pass(app, call, &answered)).await?;
    let user = answered.user;
    let login = passed.login.filter(|login| login.row.user == user);
    let login = login.ok_or_else(refused)?;
    let used = Box::pin(answered.verify(app, call)).await?;
    let entrance = Entrance {
        login: &login,
        by_passkey: true,
        said: said_of(
            call,
            &login.row,
            passed.device.as_ref().map(|found| &found.row),
        ),
        knows_device: passed.device.is_some(),
        renewed: None,
    };
    Box::pin(opened(app, call, entrance, |transaction| {
        transaction.replace(&used.row, used.rev);
        // A passkey is worth more than the codes that were guessed at.
        transaction.delete_any::<ThrottleRow>(&keys::throttle(Throttled::Codes, &user.suffix()));
    }))
    .await
}

/// Counts the try, and reads the login of whom the answer names.
async fn pass(app: &App, call: &Call, answered: &Answered<'_>) -> Result<Passed, Problem> {
    let pointer = app
        .store
        .routing()
        .find::<UserLoginRow>(&keys::user_login(answered.user))
        .await
        .or_problem()?
        .ok_or_else(refused)?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    Gate::of(app, call, &pepper, pointer.row.email_hash)
        .pass(app)
        .await
}
