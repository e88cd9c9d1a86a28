//! How a person is called: address and name, from under their own key.

use app::{App, OrProblem, SealsJson as _, place};
use http_kit::{FieldErrors, Problem};
use store::row::AccountRow;
use store::{Row as _, keys};
use tenancy::{Owner, TenantScope};

use crate::error::AccountsError;
use crate::password::Password;

/// What a person is called.
pub(crate) struct Called {
    pub(crate) email: String,
    pub(crate) name: String,
}

impl Called {
    /// Reads and opens it. Two calls, and KMS where the key is not known yet.
    ///
    /// # Errors
    /// When the database or KMS does not answer.
    pub(crate) async fn of(app: &App, scope: &TenantScope<Owner>) -> Result<Self, Problem> {
        let db = app.store.within(scope).or_problem()?;
        let account: AccountRow = db
            .find(&keys::account())
            .await
            .or_problem()?
            .ok_or(AccountsError::Absent("account"))
            .or_problem()?
            .row;
        let key = app.tenant_key(scope).await.or_problem()?;
        let row_key = account.key();
        let open = |field, sealed| key.open_json(&place::<AccountRow>(&row_key, field), sealed);
        Ok(Self {
            email: open("email", &account.email).or_problem()?,
            name: open("name", &account.name).or_problem()?,
        })
    }

    /// Refuses a new password that is made of what its person is called, as a registration does.
    ///
    /// # Errors
    /// 400 naming the field.
    pub(crate) fn refuse(&self, field: &str, password: &Password) -> Result<(), Problem> {
        let own = [self.name.as_str(), self.email.as_str()];
        let mut errors = FieldErrors::new();
        password.validate_new(field, &own, &mut errors);
        errors.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_made_of_the_persons_own_words_is_refused_wherever_it_is_chosen() {
        let ana = Called {
            email: "ana.holt@example.com".into(),
            name: "Ana Holt".into(),
        };
        let password = |text: &str| Password::of_nobody(text.to_owned().into());
        for own in ["ana.holt@example.com", "AnaHolt1990!", "h0lt-ana-holt"] {
            assert!(ana.refuse("new", &password(own)).is_err(), "{own}");
        }
        let good = password("correct horse battery staple");
        assert!(ana.refuse("new", &good).is_ok());
    }
}
