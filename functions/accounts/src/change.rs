//! Changes of how a person gets in: address, password, second factor. What was a credential before is dead everywhere at once,
//! and with it the Telegram chats that it opened.

use app::{App, IntoProblem as _, OrProblem, end_session};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::{SessionId, UserId};
use http_kit::Problem;
use mail::Notice;
use store::row::{LoginRow, UserLoginRow, UserSessionRow};
use store::{Found, Row as _, StoreError, Transaction, keys};
use tenancy::{Owner, TenantScope, VerifiedSession};

use crate::error::AccountsError;
use crate::letters::{self, Said};

/// A change that is about to happen.
pub(crate) struct Change {
    /// The login as it was read.
    pub(crate) login: Found<LoginRow>,
    scope: TenantScope<Owner>,
    user: UserId,
    kept: Option<SessionId>,
    sessions: Vec<Found<UserSessionRow>>,
    action: Action,
    notice: Notice,
    /// When it happens.
    pub(crate) at: Timestamp,
}

impl Change {
    /// A change by a person who is logged in; their session stays.
    pub(crate) async fn begin(
        app: &App,
        session: &VerifiedSession,
        action: Action,
        said: Said,
    ) -> Result<Self, Problem> {
        let login = login_of(app, session.user()).await?;
        Self::of(
            app,
            session.account(),
            login,
            Some(session.id()),
            action,
            said,
        )
        .await
    }

    /// A change of a login by whoever holds its account's scope; of its sessions only `kept` stays.
    pub(crate) async fn of(
        app: &App,
        scope: TenantScope<Owner>,
        login: Found<LoginRow>,
        kept: Option<SessionId>,
        action: Action,
        said: Said,
    ) -> Result<Self, Problem> {
        let user = login.row.user;
        Ok(Self {
            sessions: app.sessions_of(user).await.or_problem()?,
            notice: letters::to_owner(app, &scope, said).await?,
            user,
            login,
            scope,
            kept,
            action,
            at: app.clock.now(),
        })
    }

    /// Writes the login if it changes (under a new address: moves it), what `add` adds, and the end of the other sessions;
    /// tells the person.
    ///
    /// # Errors
    /// 409 when the login or one of the added rows changed meanwhile, or the new address has an account by now.
    pub(crate) async fn commit(
        self,
        app: &App,
        login: Option<&LoginRow>,
        add: impl FnOnce(&mut Transaction<'_>),
    ) -> Result<(), Problem> {
        let db = app.store.within(&self.scope).or_problem()?;
        let mut transaction = db.transaction();
        let login = login.map(|login| dated(login, self.action, self.at));
        let moved = write_login(&mut transaction, &self.login, login.as_ref());
        end_others(&mut transaction, &self.sessions, self.kept);
        if gives_new_credentials(self.action) {
            app.end_hearing(&mut transaction, self.user);
        }
        app.audit(&self.scope, self.action, self.user)
            .write(&mut transaction);
        self.notice.add_to(&mut transaction);
        add(&mut transaction);
        match transaction.commit().await {
            Err(error) if moved.is_some_and(|login| error.failed(login).is_some()) => {
                Err(address_has_account())
            }
            other => other.map_err(meanwhile),
        }?;
        self.notice.post(app).await;
        app.ring_audit(&self.scope).await;
        sweep(app, self.user, self.kept).await
    }
}

/// Whether what opened the account before opens it no more. Telegram chats in which the person heard of what waits began with
/// it, so they end too.
const fn gives_new_credentials(action: Action) -> bool {
    matches!(
        action,
        Action::PasswordChange | Action::PasswordReset | Action::EmailChange | Action::EmailRestore
    )
}

/// The login, with the moments of a change by which devices are judged.
fn dated(login: &LoginRow, action: Action, at: Timestamp) -> LoginRow {
    let by_mail = matches!(action, Action::PasswordReset | Action::EmailRestore);
    LoginRow {
        recovered_at: by_mail.then_some(at).or(login.recovered_at),
        credentials_at: gives_new_credentials(action)
            .then_some(at)
            .or(login.credentials_at),
        ..login.clone()
    }
}

/// The login of a person.
pub(crate) async fn login_of(app: &App, user: UserId) -> Result<Found<LoginRow>, Problem> {
    let routing = app.store.routing();
    let pointer = routing
        .find::<UserLoginRow>(&keys::user_login(user))
        .await
        .or_problem()?
        .ok_or(AccountsError::Absent("login"))
        .or_problem()?;
    routing
        .find_login(&pointer.row.email_hash)
        .await
        .or_problem()?
        .ok_or(Problem::Unauthenticated)
}

/// The position of the login under its new address, if it has one.
fn write_login(
    transaction: &mut Transaction<'_>,
    former: &Found<LoginRow>,
    login: Option<&LoginRow>,
) -> Option<usize> {
    match login {
        None => {
            transaction.require_revision::<LoginRow>(&former.row.key(), former.rev);
            None
        }
        Some(changed) if changed.email_hash == former.row.email_hash => {
            transaction.replace(changed, former.rev);
            None
        }
        Some(moved) => {
            transaction.delete::<LoginRow>(&former.row.key(), former.rev);
            // It leads to the login that was just deleted as it was read: nobody else can have moved it.
            transaction.put_any(&UserLoginRow {
                user: moved.user,
                email_hash: moved.email_hash.clone(),
            });
            Some(transaction.create(moved))
        }
    }
}

fn address_has_account() -> Problem {
    Problem::conflict(
        "address_has_account",
        "This address has an account by now. Nothing was changed.",
    )
}

fn end_others(
    transaction: &mut Transaction<'_>,
    sessions: &[Found<UserSessionRow>],
    kept: Option<SessionId>,
) {
    let others = sessions.iter().filter(|found| Some(found.row.id) != kept);
    // Logins side by side leave more of them than one transaction takes: the sweep ends the rest.
    for former in others.take(app::MOST_AT_ONCE) {
        end_session(transaction, &former.row);
    }
}

fn meanwhile(error: StoreError) -> Problem {
    match error {
        StoreError::Condition(_) => Problem::conflict(
            "changed_meanwhile",
            "The account changed meanwhile. Please try again.",
        ),
        other => other.into_problem(),
    }
}

/// Ends what a login with the former credential began between our look at the list and the change. None can begin later:
/// a login requires the login row as it was, and that has just been replaced.
async fn sweep(app: &App, user: UserId, kept: Option<SessionId>) -> Result<(), Problem> {
    let ended = Box::pin(app.end_what_is_left(user, kept)).await;
    ended.or_problem()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_remembers_when_its_credentials_changed_and_when_a_mail_brought_it_back() {
        let at = Timestamp::from_seconds;
        let login = LoginRow {
            recovered_at: Some(at(1)),
            credentials_at: Some(at(2)),
            ..LoginRow::new(
                UserId::from_bytes([1; 16]),
                "ab".into(),
                Default::default(),
                at(0),
            )
        };
        let moments = |action| {
            let dated = dated(&login, action, at(9));
            (dated.recovered_at, dated.credentials_at)
        };
        let (first, second, now) = (Some(at(1)), Some(at(2)), Some(at(9)));
        for action in [Action::PasswordReset, Action::EmailRestore] {
            assert_eq!(moments(action), (now, now));
        }
        for action in [Action::PasswordChange, Action::EmailChange] {
            assert_eq!(moments(action), (first, now));
        }
        assert_eq!(moments(Action::SecondFactorBegin), (first, second));
    }
}
