//! A member's own chat with the bot: it begins to hear of what waits by a link, and what is said to an alert goes to the
//! job that acts on it (`conversations.alert`). Such words are for a fan, not from one: they are not stored here.

use app::{AlertLink, App, AppError, open_alert_link};
use domain::Timestamp;
use domain::alert::MOST_ALERT_CHATS;
use jobs::{AlertWord, InboundUpdate, Said};
use store::row::BotRow;
use telegram::{Envelope, Incoming};
use vault::TenantKey;

use super::load::{Loaded, Place};
use super::park::Delivery;
use super::subject::Press;
use super::tally::{Split, Tally};

/// The link that somebody came with, if it is one that is good now.
pub(crate) fn begins(
    key: &TenantKey,
    bot: &BotRow,
    incoming: &Incoming,
    at: &Place,
    now: Timestamp,
) -> Option<AlertLink> {
    let Incoming::Message(message) = incoming else {
        return None;
    };
    let command = message.command().filter(|_| at.account.is_none())?;
    let payload = command
        .start_payload()
        .filter(|_| command.is_for(&bot.username))?;
    let link = open_alert_link(key, at.bot, payload, &bot.alerts, now)?;
    let has_room = bot.alerts.len() < MOST_ALERT_CHATS;
    let is_known = || bot.alerts.iter().any(|known| known.user == link.user);
    (has_room || is_known()).then_some(link)
}

/// The reply of somebody who hears of this bot's fans to an alert that is still known.
pub(crate) fn reply(
    loaded: &Loaded,
    incoming: &Incoming,
    job: &InboundUpdate,
    at: &Place,
) -> Option<AlertWord> {
    let (Some(alert), Some(bot), Incoming::Message(message)) =
        (&loaded.alert, &loaded.bot, incoming)
    else {
        return None;
    };
    let hears = bot
        .row
        .alerts
        .iter()
        .any(|known| known.chat == at.conversation);
    let said = Said::Reply {
        message_id: message.message_id,
        text: message.content.text().unwrap_or_default().to_owned(),
    };
    let unique = format!("{}-m{}", at.conversation.suffix(), message.message_id);
    let whose = (job.tenant, job.bot, at.conversation);
    // A command is for the bot, wherever it stands.
    let is_command = message.command().is_some();
    (hears && !is_command).then(|| AlertWord::new(whose, alert.message_id, said, unique))
}

/// Hands a pressed button on.
pub(crate) async fn pressed(
    app: &App,
    key: &TenantKey,
    delivery: &Delivery,
    envelope: &Envelope,
    press: &Press,
    tally: &Tally,
) -> Result<(), AppError> {
    let job = &delivery.job;
    let chat = key.peer_ids().conversation(job.bot, press.chat_id);
    let number = envelope.update_id.unwrap_or_default();
    let said = Said::Press {
        id: press.id.clone(),
        button: press.button,
    };
    let unique = format!("{}-p{number}", chat.suffix());
    let whose = (job.tenant, job.bot, chat);
    let word = AlertWord::new(whose, press.message_id, said, unique);
    take(app, &word, tally).await
}

/// Hands a word on to the job that acts on it.
pub(crate) async fn take(app: &App, word: &AlertWord, tally: &Tally) -> Result<(), AppError> {
    app.jobs.take_word(word).await?;
    let what = match word.said {
        Said::Press { .. } => "alert_press",
        Said::Reply { .. } => "alert_reply",
    };
    tally.count("updates_applied", Split::Kind(what.to_owned()));
    Ok(())
}
