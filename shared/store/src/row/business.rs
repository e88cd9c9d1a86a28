//! Telegram Business: accounts whose owners let a bot take part in their chats.

use domain::ids::{BotId, BusinessAccountId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::keys::{self, LocalKey};
use crate::{Require, Table};

stored! {
    /// An account that is or was connected to a bot.
    pub struct BusinessAccountRow: "business_account" {
        /// Our id; Telegram's number of the owner is inside it.
        id: BusinessAccountId => class::ACCOUNT,
        /// The bot.
        bot: BotId => class::ACCOUNT,
        /// The owner's names as JSON, sealed under the tenant's key.
        owner: Sealed => class::ACCOUNT_SEALED,
        /// Telegram's id of the newest connection, sealed under the tenant's key: it is what writing in the owner's name needs.
        connection: Sealed => class::ACCOUNT_SEALED,
        /// When that connection began.
        connected_at: Timestamp => class::ACCOUNT,
        /// Whether the connection is in force.
        enabled: bool => class::ACCOUNT,
        /// Whether the owner lets the bot write.
        may_reply: bool => class::ACCOUNT,
        /// The workspace does not want these chats: nothing more of them is stored.
        declined_at: Option<Timestamp> => class::ACCOUNT,
        /// The workspace lets Sofi take part in these chats, since: it is its persona and its budget.
        #[serde(default)]
        sofi_since: Option<Timestamp> => class::ACCOUNT,
        /// The owner lets an AI read and answer, since.
        ai_authorised_at: Option<Timestamp> => class::ACCOUNT,
        /// The version of the wording that the owner agreed to.
        ai_wording: Option<String> => class::ACCOUNT,
    }
}

impl BusinessAccountRow {
    /// Whether an AI may read and answer in this account's chats, as far as its owner and the workspace are concerned.
    pub const fn lets_ai(&self) -> bool {
        self.enabled
            && self.declined_at.is_none()
            && self.sofi_since.is_some()
            && self.ai_authorised_at.is_some()
    }

    /// What [`Self::lets_ai`] asks for, as a transaction demands it at this moment; whether the account is still connected is no word,
    /// and the sender knows it.
    pub fn letting_ai(now: Timestamp) -> [Require<'static>; 3] {
        [
            Require::AbsentOrAtMost("declined_at", 0),
            Require::AtMost("ai_authorised_at", now.millis()),
            Require::AtMost("sofi_since", now.millis()),
        ]
    }
}

impl Row for BusinessAccountRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::business_account(self.bot, self.id)
    }
}

stored! {
    /// Whose a connection is: updates name the connection only.
    pub struct BusinessLinkRow: "business_link" {
        /// The bot.
        bot: BotId => class::ACCOUNT,
        /// The mark of Telegram's id of the connection.
        mark: String => class::ACCOUNT,
        /// The account; none once its owner was erased: nothing of such a connection is taken any more, and the mark names nobody.
        account: Option<BusinessAccountId> => class::ACCOUNT,
    }
}

impl Row for BusinessLinkRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::business_link(self.bot, &self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_the_workspace_declined_lets_no_ai_write_whatever_was_allowed_before() {
        let wanted = BusinessAccountRow::letting_ai(Timestamp::from_seconds(1));
        assert!(wanted.contains(&Require::AbsentOrAtMost("declined_at", 0)));
    }
}
