//! `POST /api/v1/me/totp`

use app::{App, OrProblem, SealsJson as _, place};
use domain::email::EmailAddress;
use http_kit::{Answer, Problem};
use serde::Serialize;
use store::row::{AccountRow, SecondFactorRow};
use store::{Row as _, keys};
use tenancy::VerifiedSession;
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::generator;
use crate::error::AccountsError;
use crate::letters;

/// What the authenticator is given.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpOut {
    /// The secret in base 32, to type. Shown this once.
    secret: String,
    /// The same as an address, to draw as a QR code in the browser.
    uri: String,
}

/// Makes a secret for an authenticator. It counts once a code of it was confirmed; until then, asking again makes
/// another one.
#[utoipa::path(post, path = "/api/v1/me/totp", operation_id = "create_totp", tag = "accounts",
    responses((status = 201, description = "The secret.", body = TotpOut)))]
pub(crate) async fn handle(app: &App, session: &VerifiedSession) -> Answer {
    let scope = session.account();
    let db = app.store.within(&scope).or_problem()?;
    let mut many = db.read_many();
    let factor = many.find::<SecondFactorRow>(&keys::second_factor());
    let account = many.find::<AccountRow>(&keys::account());
    let answers = many.send().await.or_problem()?;
    let factor = answers.get(factor).or_problem()?;
    if factor
        .as_ref()
        .is_some_and(|found| found.row.confirmed_at.is_some())
    {
        return Err(Problem::conflict(
            "second_factor_in_use",
            "An authenticator is in use. Remove it before you set up another one.",
        ));
    }
    let account = answers
        .get(account)
        .or_problem()?
        .ok_or(AccountsError::Absent("account"))
        .or_problem()?
        .row;
    let key = app.tenant_key(&scope).await.or_problem()?;
    let address: String = key
        .open_json(
            &place::<AccountRow>(&account.key(), "email"),
            &account.email,
        )
        .or_problem()?;
    let address = EmailAddress::parse(&address).map_err(letters::no_address)?;
    let mut secret = Zeroizing::new([0; 20]);
    app.entropy.fill(secret.as_mut_slice());
    let totp = generator(secret.as_slice(), Some(&address)).or_problem()?;
    let row_key = keys::second_factor();
    let place = place::<SecondFactorRow>(&row_key, "secret");
    let row = SecondFactorRow {
        secret: key
            .seal_json(&place, &secret.as_slice(), app.entropy.as_ref())
            .or_problem()?,
        confirmed_at: None,
        last_step: 0,
        recovery: Vec::new(),
        created_at: app.clock.now(),
    };
    let mut transaction = db.transaction();
    match factor {
        Some(found) => transaction.replace(&row, found.rev),
        None => transaction.create(&row),
    };
    transaction.commit().await.or_problem()?;
    http_kit::created(&TotpOut {
        secret: totp.secret().to_base32(),
        uri: totp
            .to_url()
            .map_err(|_| AccountsError::Totp)
            .or_problem()?,
    })
}
