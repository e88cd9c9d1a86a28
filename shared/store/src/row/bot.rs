//! Bots.

use domain::alert::AlertChat;
use domain::ids::{BotId, HookId, UserId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

/// Where a bot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BotState {
    /// Working.
    Connected,
    /// Telegram no longer takes the token.
    TokenDead,
    /// Disconnected by the creator; the token's ciphertext is gone.
    Disconnected,
    /// Silent, because its workspace is being closed; taking that back makes it work again.
    Stopped,
}

impl BotState {
    /// Whether it takes what fans write, and answers: the opposite of who is silent on the team's word.
    pub const fn is_on(self) -> bool {
        matches!(self, Self::Connected | Self::TokenDead)
    }
}

stored! {
    /// A connected Telegram bot.
    pub struct BotRow: "bot" {
        /// Our id.
        id: BotId => class::ACCOUNT,
        /// Telegram's id of the bot.
        telegram_id: i64 => class::ACCOUNT,
        /// The bot's @name.
        username: String => class::ACCOUNT,
        /// The bot's display name.
        name: String => class::ACCOUNT,
        /// The token, sealed by KMS under purpose `telegram`; absent once disconnected.
        token: Option<Sealed> => class::CREDENTIAL,
        /// The last four characters, for people to tell tokens apart.
        token_last4: String => class::ACCOUNT,
        /// The id in the webhook's address.
        hook: HookId => class::CREDENTIAL,
        /// Where it stands.
        state: BotState => class::ACCOUNT,
        /// Who connected it.
        connected_by: UserId => class::ACCOUNT,
        /// When.
        connected_at: Timestamp => class::ACCOUNT,
        /// When it was disconnected; absent while it is connected.
        #[serde(default)]
        disconnected_at: Option<Timestamp> => class::ACCOUNT,
        /// Whom of the team it tells in Telegram what waits.
        #[serde(default)]
        alerts: Vec<AlertChat> => class::ACCOUNT,
    }
}

impl Row for BotRow {
    const TABLE: Table = Table::Tenant;
    const BOT: Option<&'static str> = Some("id");
    fn key(&self) -> LocalKey {
        keys::bot(self.id)
    }
}
