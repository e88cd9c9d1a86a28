//! That a chat opened the link of a member: whoever has it in their hands hears from then on, and answers fans. So it stands in
//! the audit log, and the member is told by mail.

use app::{AlertLink, AppError, AuditEntry};
use domain::audit::Action;
use domain::ids::UserId;
use mail::{Language, MailError, Notice, NoticeDraft, NoticeId, Template, To};
use serde::Serialize;
use store::Found;
use store::row::BotRow;
use vault::TenantKey;

use super::{Decision, Desk};

/// What the audit entry keeps: whose link it was, and what the chat that opened it is called.
#[derive(Serialize)]
struct Opened<'a> {
    user_id: UserId,
    telegram_name: &'a str,
}

impl Desk<'_> {
    /// The entry.
    pub(super) fn opening(
        &self,
        link: &AlertLink,
        decision: &Decision,
    ) -> Result<AuditEntry<'_, TenantKey>, AppError> {
        let opened = Opened {
            user_id: link.user,
            telegram_name: telegram_name(decision),
        };
        self.app
            .audit(self.scope, Action::AlertsOpen, self.at.bot)
            .values(self.key, None, Some(&opened))
    }

    /// The mail to whose link it was. Nothing where no link was opened.
    pub(super) async fn told(
        &self,
        bot: Option<&Found<BotRow>>,
        decision: &Decision,
    ) -> Result<Option<Notice>, AppError> {
        let (Some(bot), Some((link, language))) = (bot, &decision.begins_alerts) else {
            return Ok(None);
        };
        let Ok(id) = NoticeId::new("alerts", self.app.unique()) else {
            return Ok(None);
        };
        let draft = NoticeDraft {
            id,
            to: To::Account(link.user),
            language: Language::from_tag(language.as_deref().unwrap_or_default()),
            template: Template::AlertsOpened {
                bot: bot.row.username.clone(),
                name: telegram_name(decision).to_owned(),
            },
        };
        match Box::pin(mail::notice(self.app, self.scope, draft)).await {
            Ok(notice) => Ok(Some(notice)),
            Err(MailError::App(error)) => Err(error),
            Err(error) => {
                tracing::error!(
                    bot.id = %self.at.bot,
                    error.chain = telemetry::chain(&error),
                    "no mail can be written about an opened link"
                );
                Ok(None)
            }
        }
    }
}

/// What the chat is called in Telegram.
fn telegram_name(decision: &Decision) -> &str {
    let head = decision.after.head.as_ref();
    head.map_or("", |head| head.card.card.name.as_str())
}
