//! Whom of the team an update concerns.

use app::AppError;
use domain::Timestamp;
use domain::alert::{Alert, AlertChat};
use store::row::BotRow;
use store::{Found, Transaction};

use super::{Decision, Desk};

impl Desk<'_> {
    /// Queues what the team hears, and takes a new chat among those that hear.
    pub(super) fn write_alerts(
        &self,
        transaction: &mut Transaction<'_>,
        bot: &Found<BotRow>,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<(), AppError> {
        if let Some(cause) = decision.alert {
            let alert = Alert {
                about: self.at.conversation,
                cause,
                draft: None,
            };
            let tenant = self.scope.tenant();
            for row in self.app.alerts(tenant, self.key, &bot.row, &alert, now)? {
                transaction.create(&row);
            }
        }
        if let Some((user, language)) = &decision.begins_alerts {
            let chat = AlertChat {
                user: *user,
                chat: self.at.conversation,
                language: language.clone(),
                since: now,
            };
            transaction.replace(&heard_by(&bot.row, chat), bot.rev);
        }
        Ok(())
    }
}

/// The bot with one more chat that hears. A person hears in one chat, and a chat belongs to one person.
fn heard_by(bot: &BotRow, chat: AlertChat) -> BotRow {
    let mut row = bot.clone();
    row.alerts
        .retain(|known| known.user != chat.user && known.chat != chat.chat);
    row.alerts.push(chat);
    row
}
