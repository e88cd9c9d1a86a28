//! Changing which workspaces a person belongs to, and as what. The login names them, each session has a copy: both change
//! in one transaction with the workspace's own rows, so that a former right is gone everywhere at once.

use domain::Timestamp;
use domain::ids::{TenantId, UserId};
use store::row::{LoginRow, Membership, SessionRow, UserLoginRow, UserSessionRow};
use store::{Found, Transaction, keys};

use crate::{App, AppError, end_session};

/// A change of one person's memberships that is about to happen.
pub struct MembershipChange {
    login: Found<LoginRow>,
    sessions: Vec<Found<UserSessionRow>>,
    kept: Option<Found<SessionRow>>,
}

impl MembershipChange {
    /// What the person belongs to now, in the order they joined.
    pub fn memberships(&self) -> &[Membership] {
        &self.login.row.memberships
    }

    /// The memberships when they say that a workspace is being closed, or no longer. `None` when they say so already, and for
    /// somebody who does not belong to it.
    pub fn with_closing(
        &self,
        tenant: TenantId,
        closes_at: Option<Timestamp>,
    ) -> Option<Vec<Membership>> {
        let mut memberships = self.memberships().to_vec();
        let own = memberships.iter_mut().find(|one| one.tenant == tenant)?;
        if own.closes_at == closes_at {
            return None;
        }
        own.closes_at = closes_at;
        Some(memberships)
    }

    /// The memberships without a workspace. `None` for somebody who does not belong to it.
    pub fn without(&self, tenant: TenantId) -> Option<Vec<Membership>> {
        let former = self.memberships();
        let others = former.iter().filter(|one| one.tenant != tenant).cloned();
        let others: Vec<_> = others.collect();
        (others.len() < former.len()).then_some(others)
    }

    /// Writes the new memberships: into the login, into the session that is kept, and the end of the others. Tokens of a
    /// workspace where nothing changes go on. At most 82 rows.
    pub fn write(&self, transaction: &mut Transaction<'_>, memberships: &[Membership]) {
        let login = LoginRow {
            memberships: memberships.to_vec(),
            ..self.login.row.clone()
        };
        transaction.replace(&login, self.login.rev);
        if let Some(kept) = &self.kept {
            let session = SessionRow {
                memberships: memberships.to_vec(),
                ..kept.row.clone()
            };
            transaction.replace(&session, kept.rev);
        }
        let of = |memberships: &[Membership], tenant: TenantId| {
            memberships
                .iter()
                .find(|entry| entry.tenant == tenant)
                .cloned()
        };
        let goes_on = |tenant| of(self.memberships(), tenant) == of(memberships, tenant);
        for other in self.others(&self.sessions) {
            if !other.token_of.is_some_and(goes_on) {
                end_session(transaction, other);
            }
        }
    }

    fn others<'a>(
        &self,
        sessions: &'a [Found<UserSessionRow>],
    ) -> impl Iterator<Item = &'a UserSessionRow> {
        let kept = self.kept.as_ref().map(|kept| kept.row.id);
        sessions
            .iter()
            .map(|found| &found.row)
            .filter(move |row| Some(row.id) != kept)
    }

    /// Ends what a login with the former rights began between our look at the list and the change. None can begin later:
    /// a login requires the login row as it was, and that has just been replaced. Making a token requires the member's row
    /// as it was, so no token is left.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sweep(&self, app: &App) -> Result<(), AppError> {
        let left = app.sessions_of(self.login.row.user).await?;
        let routing = app.store.routing();
        let mut transaction = routing.transaction();
        for other in self.others(&left).filter(|other| other.token_of.is_none()) {
            end_session(&mut transaction, other);
        }
        // An empty transaction makes no call.
        Ok(transaction.commit().await?)
    }
}

impl App {
    /// Begins a change of somebody's memberships; of their sessions only the one with hash `kept` goes on, with the new
    /// rights. `None` when the person has no login any more. Three or four calls.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn change_memberships(
        &self,
        user: UserId,
        kept: Option<&str>,
    ) -> Result<Option<MembershipChange>, AppError> {
        let routing = self.store.routing();
        let pointer = routing
            .find::<UserLoginRow>(&keys::user_login(user))
            .await?;
        let Some(pointer) = pointer else {
            return Ok(None);
        };
        let Some(login) = routing.find_login(&pointer.row.email_hash).await? else {
            return Ok(None);
        };
        let kept = match kept {
            Some(hash) => routing.find_session(hash).await?,
            None => None,
        };
        let sessions = self.sessions_of(user).await?;
        Ok(Some(MembershipChange {
            login,
            sessions,
            kept,
        }))
    }
}
