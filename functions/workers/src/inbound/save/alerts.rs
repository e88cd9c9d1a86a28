//! Whom of the team an update concerns.

use app::AppError;
use domain::Timestamp;
use domain::alert::{Alert, AlertCause, AlertChat, REMINDED_AFTER};
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
                unanswered_since: None,
            };
            self.queue_alert(transaction, bot, &alert, now)?;
        }
        if decision.reminds_since.is_some() {
            let reminder = Alert {
                about: self.at.conversation,
                cause: AlertCause::Care,
                draft: None,
                unanswered_since: decision.reminds_since,
            };
            for wait in REMINDED_AFTER {
                self.queue_alert(transaction, bot, &reminder, now.plus(wait))?;
            }
        }
        if let Some((link, language)) = &decision.begins_alerts {
            let chat = AlertChat {
                user: link.user,
                chat: self.at.conversation,
                language: language.clone(),
                since: now,
                asked_at: Some(link.asked_at),
            };
            transaction.replace(&heard_by(&bot.row, chat), bot.rev);
            self.opening(link, decision)?.write(transaction);
        }
        Ok(())
    }

    /// One row for each chat that hears, to be sent from a moment on. `tick` rings then; what has been dealt with by then is
    /// not sent.
    fn queue_alert(
        &self,
        transaction: &mut Transaction<'_>,
        bot: &Found<BotRow>,
        alert: &Alert,
        at: Timestamp,
    ) -> Result<(), AppError> {
        let tenant = self.scope.tenant();
        for row in self.app.alerts(tenant, self.key, &bot.row, alert, at)? {
            transaction.create(&row);
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
