//! What can go wrong here that is no refusal.

use app::IntoProblem;
use http_kit::Problem;
use thiserror::Error;

/// A mistake of ours or of the stored state.
#[derive(Debug, Error)]
pub(crate) enum AccountsError {
    /// The password hash could not be made or read. The error holds no part of either.
    #[error("the password hash could not be made or read")]
    Hash(#[from] argon2::password_hash::Error),
    /// The parameters of the password hash are out of range.
    #[error("the parameters of the password hash are not possible")]
    Parameters(#[from] argon2::Error),
    /// A login was peppered with a secret of another generation.
    #[error("the pepper of this login is not there")]
    PepperGone,
    /// The pepper has another form.
    #[error("the stored pepper has another form")]
    PepperForm,
    /// A cookie could not be written.
    #[error("the session cookie could not be written")]
    Cookie(#[from] http_kit::CookieError),
    /// A secret of an authenticator has another form.
    #[error("the secret of the authenticator has another form")]
    Totp,
    /// No passkey can be made for the address of the dashboard, or what was stored of one has another form.
    #[error("passkeys cannot be read, or not be used at this address")]
    Passkey,
    /// The deployment has no `APP_ORIGIN`.
    #[error("no address of the dashboard is configured: deploy with AppOrigin or a domain")]
    NoOrigin,
    /// A row that was written together with the login is not there.
    #[error("the account has no {0}")]
    Absent(&'static str),
}

impl IntoProblem for AccountsError {
    fn into_problem(self) -> Problem {
        match self {
            Self::NoOrigin => Problem::unavailable(self),
            other => Problem::internal(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployment_without_an_address_is_not_ready_and_no_mistake_of_a_call() {
        let status = |error: AccountsError| error.into_problem().status().as_u16();
        assert_eq!(status(AccountsError::NoOrigin), 503);
        assert_eq!(status(AccountsError::PepperGone), 500);
    }
}
