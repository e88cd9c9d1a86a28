//! Changing which workspaces a person belongs to, and as what. The login names them, each session has a copy: both change
//! in one transaction with the workspace's own rows, so that a former right is gone everywhere at once.

use domain::Timestamp;
use domain::ids::{TenantId, UserId};
use domain::role::Role;
use store::row::{LoginRow, MemberRow, Membership, SessionRow, UserLoginRow, UserSessionRow};
use store::{Found, Transaction, keys};

use crate::sessions::{LOOKS, MOST_AT_ONCE};
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

    /// Writes the new memberships: into the login, into the session that is kept, and the end of the others, as many as one
    /// transaction ends. Tokens of a workspace where nothing changes go on. At most 82 rows.
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
        let ending = self.sessions.iter().map(|found| &found.row);
        let ending = ending.filter(|row| self.ends(row, memberships));
        for other in ending.take(MOST_AT_ONCE) {
            end_session(transaction, other);
        }
    }

    /// Whether a session or a token of the person's does not outlive the change to these memberships.
    fn ends(&self, row: &UserSessionRow, memberships: &[Membership]) -> bool {
        let is_kept = self.kept.as_ref().is_some_and(|kept| kept.row.id == row.id);
        let goes_on = |tenant| goes_on(tenant, self.memberships(), memberships);
        !is_kept && !row.token_of.is_some_and(goes_on)
    }

    /// Ends what the change to these memberships left: what a login with the former rights, or a token of a workspace that
    /// changed, began between our look at the list and the change, and what was beyond the list. None can begin later: a login
    /// requires the login row as it was, a token the member's row and no closing. One call when nothing is left.
    ///
    /// # Errors
    /// When the database does not answer, or sessions begin all the while.
    pub async fn sweep(&self, app: &App, memberships: &[Membership]) -> Result<(), AppError> {
        let routing = app.store.routing();
        for _ in 0..LOOKS {
            let mut left = app.sessions_of(self.login.row.user).await?;
            left.retain(|found| self.ends(&found.row, memberships));
            if left.is_empty() {
                return Ok(());
            }
            let mut transaction = routing.transaction();
            for found in left.iter().take(MOST_AT_ONCE) {
                end_session(&mut transaction, &found.row);
            }
            transaction.commit().await?;
        }
        Err(AppError::Underway("a login again and again"))
    }
}

impl App {
    /// What a person has that does not say that a workspace is being closed until then: sessions that began beside the telling,
    /// and tokens of the workspace, of which a closing leaves none. Whoever ends them does so together with the closing's row:
    /// once it was taken back, a session that does not say so is as it should be. Two calls.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn untold_of(
        &self,
        user: UserId,
        tenant: TenantId,
        closes_at: Timestamp,
    ) -> Result<Vec<UserSessionRow>, AppError> {
        let listed = self.sessions_of(user).await?;
        let routing = self.store.routing();
        let mut many = routing.read_many();
        let slots: Vec<_> = listed
            .iter()
            .map(|listed| many.find::<SessionRow>(&keys::session(&listed.row.token_hash)))
            .collect();
        let sessions = many.send().await?;
        let mut untold = Vec::new();
        for (listed, slot) in listed.into_iter().zip(slots) {
            let is_untold = match listed.row.token_of {
                Some(of) => of == tenant,
                None => sessions
                    .get(slot)?
                    .is_some_and(|found| is_untold(&found.row.memberships, tenant, closes_at)),
            };
            if is_untold {
                untold.push(listed.row);
            }
        }
        Ok(untold)
    }

    /// A person's login, whatever their address is by now. `None` when they have none any more. Two calls.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn login_of(&self, user: UserId) -> Result<Option<Found<LoginRow>>, AppError> {
        let routing = self.store.routing();
        let pointer = routing
            .find::<UserLoginRow>(&keys::user_login(user))
            .await?;
        let Some(pointer) = pointer else {
            return Ok(None);
        };
        let login = routing.find_login(&pointer.row.email_hash).await?;
        // An older copy of the pointer may lead to whoever has the address now.
        Ok(login.filter(|login| login.row.user == user))
    }

    /// The login of somebody else who owns the workspace. Whoever stops owning it requires that login to be as it was read:
    /// a role, a membership and the closing of an account all change it, so two owners cannot leave each other alone. An
    /// account that is being closed owns nothing for long. Two calls for each owner who is asked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn other_owner(
        &self,
        workspace: TenantId,
        team: &[Found<MemberRow>],
        member: UserId,
    ) -> Result<Option<Found<LoginRow>>, AppError> {
        let others = team.iter().map(|found| &found.row);
        for other in others.filter(|other| other.role == Role::Owner && other.user != member) {
            let login = self.login_of(other.user).await?;
            if let Some(login) = login.filter(|login| owns(&login.row, workspace)) {
                return Ok(Some(login));
            }
        }
        Ok(None)
    }

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
        let Some(login) = self.login_of(user).await? else {
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

/// Whether nothing changes about a workspace to which the person still belongs, so that a token of theirs goes on there.
fn goes_on(tenant: TenantId, former: &[Membership], now: &[Membership]) -> bool {
    let own = now.iter().find(|entry| entry.tenant == tenant);
    own.is_some() && own == former.iter().find(|entry| entry.tenant == tenant)
}

/// Whether memberships name a workspace as if it were not being closed until then.
fn is_untold(memberships: &[Membership], tenant: TenantId, closes_at: Timestamp) -> bool {
    let own = memberships.iter().find(|own| own.tenant == tenant);
    own.is_some_and(|own| own.closes_at != Some(closes_at))
}

/// Whether a login says that its person owns a workspace, and will.
fn owns(login: &LoginRow, workspace: TenantId) -> bool {
    let mut own = login.memberships.iter();
    login.closes_at.is_none() && own.any(|own| own.tenant == workspace && own.role == Role::Owner)
}

#[cfg(test)]
mod tests {
    use domain::role::DataScope;

    use super::*;

    #[test]
    fn a_token_goes_on_only_where_its_maker_is_what_they_were() {
        let of = |byte, role| Membership {
            tenant: TenantId::from_bytes([byte; 16]),
            role,
            data: DataScope::AllBots,
            closes_at: None,
        };
        let former = [of(1, Role::Manager), of(2, Role::Owner)];
        let goes_on =
            |byte, now: &[Membership]| goes_on(TenantId::from_bytes([byte; 16]), &former, now);
        let lower = [of(1, Role::Chatter), of(2, Role::Owner)];
        assert!(!goes_on(1, &lower) && goes_on(2, &lower));
        assert!(!goes_on(1, &lower[1..]), "who has left");
        assert!(!goes_on(3, &lower), "who never belonged there");
    }

    #[test]
    fn an_account_that_is_being_closed_owns_nothing_for_long() {
        let workspace = TenantId::from_bytes([1; 16]);
        let login = |role, closes_at| LoginRow {
            memberships: vec![Membership {
                tenant: workspace,
                role,
                data: DataScope::AllBots,
                closes_at: None,
            }],
            closes_at,
            ..LoginRow::new(
                UserId::from_bytes([2; 16]),
                "ab".into(),
                Default::default(),
                Timestamp::default(),
            )
        };
        assert!(owns(&login(Role::Owner, None), workspace));
        assert!(!owns(&login(Role::Manager, None), workspace));
        let closing = login(Role::Owner, Some(Timestamp::default()));
        assert!(!owns(&closing, workspace));
        let elsewhere = TenantId::from_bytes([3; 16]);
        assert!(!owns(&login(Role::Owner, None), elsewhere));
    }
}
