//! `POST /api/v1/password-resets/completions`

use app::{App, Call, OrProblem};
use domain::audit::Action;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use serde::Deserialize;
use store::keys::{self, Throttled};
use store::row::{PasswordResetRow, ThrottleRow};
use store::{Found, Row as _};
use tenancy::{ProofEvidence, VerifiedProof, hash_token_hex};
use utoipa::ToSchema;

use crate::called::Called;
use crate::change::Change;
use crate::device::{self, Marked};
use crate::letters::Said;
use crate::password::{self, Hasher, Password};
use crate::pepper;

/// The proof from the mail, and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompletionIn {
    /// What follows `#` in the mail's link.
    token: String,
    /// 8 to 128 characters of any kind that nobody has lost yet and that are not the person's own name or address.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    password: Password,
}

impl Validate for CompletionIn {
    fn validate(&self, errors: &mut FieldErrors) {
        self.password.validate_new("password", &[], errors);
    }
}

/// Sets a new password with the link of a mail, once. Ends every session, forgets failed tries, opens no session and
/// passes no second factor. The browser that did it is a known device from now on: whoever keeps guessing at the account
/// does not keep its owner out.
#[utoipa::path(post, path = "/api/v1/password-resets/completions", operation_id = "complete_password_reset", tag = "accounts",
    request_body = CompletionIn,
    responses((status = 204, description = "The person can log in with the new password. The cookie `__Host-sofi_device` marks the browser as one of theirs.")))]
pub(crate) async fn handle(app: &App, call: &Call, input: CompletionIn) -> Answer {
    let (reset, row) = verified(app, &input.token).await?;
    let routing = app.store.routing();
    let login = routing
        .find_login(&row.row.email_hash)
        .await
        .or_problem()?
        .filter(|login| login.row.user == reset.user())
        .filter(|login| password::mark(&login.row) == row.row.password_mark)
        .ok_or_else(used)?;
    let former = device::of(app, call, login.row.user).await?;
    let scope = reset.account();
    let called = Box::pin(Called::of(app, &scope)).await?;
    called.refuse("password", &input.password)?;
    let pepper = Box::pin(pepper::existing(app)).await?;
    let changed = Hasher::new(&pepper)
        .and_then(|hasher| hasher.with_password(&login.row, &input.password, app.entropy.as_ref()))
        .or_problem()?;
    let said = Said::PasswordChanged;
    let change = Change::of(app, scope, login, None, Action::PasswordReset, said);
    let counters = [Throttled::Account, Throttled::Proofs]
        .map(|counter| keys::throttle(counter, &changed.email_hash));
    let change = Box::pin(change).await?;
    let marked = Marked::by_reset(app, call, changed.user, former, change.at);
    Box::pin(change.commit(app, Some(&changed), |transaction| {
        transaction.delete::<PasswordResetRow>(&row.row.key(), row.rev);
        for counter in &counters {
            transaction.delete_any::<ThrottleRow>(counter);
        }
        transaction.put_any(&marked.row);
    }))
    .await?;
    marked.on(http_kit::no_content())
}

/// The same for a link that was never made, was used, is too old, or is for a password that was changed since.
fn used() -> Problem {
    Problem::unprocessable(
        "link_not_valid",
        "This link has been used or is older than 30 minutes. Have a new one sent.",
    )
}

async fn verified(
    app: &App,
    token: &str,
) -> Result<(VerifiedProof, Found<PasswordResetRow>), Problem> {
    let key = keys::password_reset(&hash_token_hex(token.as_bytes()));
    let found: Found<PasswordResetRow> = app
        .store
        .routing()
        .find(&key)
        .await
        .or_problem()?
        .ok_or_else(used)?;
    let evidence = ProofEvidence {
        token_hash: &found.row.token_hash,
        user: found.row.user,
        until: found.row.until,
    };
    let reset = VerifiedProof::verify(token.as_bytes(), &evidence, app.clock.now());
    Ok((reset.map_err(|_| used())?, found))
}
