//! Whether a member's Telegram chat still may hear of what waits. It began with a session of theirs, so it ends with what ends
//! sessions: a new password, a new address, "log out everywhere". One row says when; the chats themselves stand in rows of
//! bots, in workspaces that whoever changes a password has no key to.

use domain::alert::AlertChat;
use domain::ids::UserId;
use store::row::HearingRow;
use store::{Transaction, keys};

use crate::{App, AppError};

impl App {
    /// Ends every Telegram chat in which a person hears of what waits, and every link that was asked for. One row.
    pub fn end_hearing(&self, transaction: &mut Transaction<'_>, user: UserId) {
        transaction.put_any(&HearingRow {
            user,
            ended_at: self.clock.now(),
        });
    }

    /// Whether a chat has not been ended so. One call.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn still_hears(&self, chat: &AlertChat) -> Result<bool, AppError> {
        let key = keys::hearing(chat.user);
        let ended = self.store.routing().find::<HearingRow>(&key).await?;
        Ok(ended.is_none_or(|ended| chat.outlives(ended.row.ended_at)))
    }
}
