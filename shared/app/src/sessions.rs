//! A person's sessions: what begins one, what ends one, and which there are.

use domain::ids::{SessionId, UserId};
use store::keys::{self, USER_SESSION};
use store::row::{SessionRow, UserSessionRow};
use store::{Direction, Found, Page, Row as _, Transaction};

use crate::{App, AppError};

/// A person has at most so many sessions; one more ends the oldest. All of them can then be ended in one transaction,
/// tokens too, so that a former credential is dead everywhere at once.
pub const MOST_SESSIONS: usize = 30;
/// A person has made at most so many tokens that are good.
pub const MOST_TOKENS: usize = 10;
/// So many one transaction ends: two rows each, and room for what ends them.
pub const MOST_AT_ONCE: usize = MOST_SESSIONS + MOST_TOKENS;
/// So often a list is looked at again for what is left in it.
pub(crate) const LOOKS: usize = 5;

/// Writes a session and its place in the person's list. Two rows.
pub fn begin_session(transaction: &mut Transaction<'_>, session: &SessionRow, device: &str) {
    transaction.create(session);
    transaction.create(&UserSessionRow {
        id: session.id,
        user: session.user,
        token_hash: session.token_hash.clone(),
        device: device.to_owned(),
        created_at: session.created_at,
        absolute_until: session.absolute_until,
        token_of: session
            .token
            .as_ref()
            .and_then(|_| session.memberships.first())
            .map(|membership| membership.tenant),
    });
}

/// Deletes a session and its place in the list. Two rows.
pub fn end_session(transaction: &mut Transaction<'_>, session: &UserSessionRow) {
    transaction.delete_any::<SessionRow>(&keys::session(&session.token_hash));
    transaction.delete_any::<UserSessionRow>(&session.key());
}

impl App {
    /// A person's sessions and the tokens they made, oldest first; some may have ended by being idle. One call.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Found<UserSessionRow>>, AppError> {
        let page = Page {
            pk: &keys::user_of(user),
            from: USER_SESSION,
            to: &format!("{USER_SESSION}~"),
            direction: Direction::Forward,
            limit: 2 * MOST_AT_ONCE,
        };
        Ok(self.store.routing().list(&page).await?)
    }

    /// Ends what is left of a person's sessions and tokens after those in their list were ended; answers how many that were. What
    /// a session makes of itself while the list is read (a token, another session in its place) is not in that list, so it is read
    /// again until nothing but `kept` is in it. One call when nothing is left.
    ///
    /// # Errors
    /// When the database does not answer, or sessions begin all the while.
    pub async fn end_what_is_left(
        &self,
        user: UserId,
        kept: Option<SessionId>,
    ) -> Result<usize, AppError> {
        let routing = self.store.routing();
        let mut ended = 0;
        for _ in 0..LOOKS {
            let mut left = self.sessions_of(user).await?;
            left.retain(|found| Some(found.row.id) != kept);
            if left.is_empty() {
                return Ok(ended);
            }
            left.truncate(MOST_AT_ONCE);
            let mut transaction = routing.transaction();
            for found in &left {
                end_session(&mut transaction, &found.row);
            }
            transaction.commit().await?;
            ended += left.len();
        }
        Err(AppError::Underway("a login again and again"))
    }
}
