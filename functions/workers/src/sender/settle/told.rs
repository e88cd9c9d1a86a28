//! Telling the owners of a workspace by mail that a bot of theirs was suspended. Each suspension is a fact of its own: the mails
//! are created with it, and with nothing else.

use app::{longest_first, members};
use domain::ids::UserId;
use domain::role::Role;
use mail::{Language, MailError, Notice, NoticeDraft, NoticeId, Template, To};
use store::row::BotRow;

use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// Owners that are told: each mail is a row of the transaction that suspends the bot.
const MOST: usize = 20;

/// The mails about the suspension of a bot, to be written with it. A read, and for each owner a call to KMS.
pub(super) async fn mails(turn: &Turn<'_>, bot: &BotRow) -> Result<Vec<Notice>, SenderError> {
    let owners = longest_first(&members(&turn.db).await?, Role::Owner);
    let fact = format!("suspended-{}", turn.app.unique());
    let mut mails = Vec::new();
    for owner in owners.into_iter().take(MOST) {
        match Box::pin(mail_to(turn, bot, &fact, owner)).await {
            Ok(mail) => mails.push(mail),
            Err(MailError::App(error)) => return Err(error.into()),
            // A bot that cannot send is suspended though nobody can be told.
            Err(error) => tracing::error!(
                bot.id = %turn.bot,
                error.chain = telemetry::chain(&error),
                "no mail can be written about a suspended bot"
            ),
        }
    }
    Ok(mails)
}

async fn mail_to(
    turn: &Turn<'_>,
    bot: &BotRow,
    fact: &str,
    owner: UserId,
) -> Result<Notice, MailError> {
    let draft = NoticeDraft {
        id: NoticeId::new(fact, owner.suffix())?,
        to: To::Account(owner),
        language: Language::default(),
        template: Template::BotSuspended {
            bot: bot.username.clone(),
            link: format!("{}/bots", turn.app.config.site()),
        },
    };
    Box::pin(mail::notice(turn.app, turn.scope, draft)).await
}

/// Has the mails sent, once they are written.
pub(super) async fn ask_for(turn: &Turn<'_>, mails: Vec<Notice>) {
    for mail in mails {
        mail.post(turn.app).await;
    }
}

#[cfg(test)]
mod tests {
    use domain::notice::MAX_NOTICE_ID;

    use super::*;

    #[test]
    fn a_suspension_and_an_owner_together_name_a_mail() {
        let fact = format!("suspended-{}", UserId::from_bytes([1; 16]).suffix());
        let id = NoticeId::new(&fact, UserId::from_bytes([2; 16]).suffix()).expect("an id");
        assert!(id.as_str().len() <= MAX_NOTICE_ID);
    }
}
