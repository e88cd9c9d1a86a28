//! Alerts to somebody of the team, and what they are told of their word. No messages of a conversation: nothing of them is
//! kept there, and one whose fate is unknown is not shown to anybody.

pub(super) mod quiet;

use std::time::{Duration, Instant};

use app::{SealsJson, open_card, open_outbox, place};
use domain::Timestamp;
use domain::alert::{Alert, AlertAnswer, AlertCause};
use domain::content::{KeptCard, Outgoing};
use domain::ids::BotId;
use domain::role::Role;
use store::row::{
    AlertRow, BotRow, ConversationRow, DraftRow, FanKeyRow, FanRow, MemberRow, OutboxRow,
};
use store::{Found, Row, keys};
use telegram::alert::{Buttons, MOST_SHOWN, Shown, words};
use telegram::commands::Language;
use telegram::{Below, Consequence, LinkPreview, Sent, TextMessage};

use super::SenderError;
use super::decide::{Verdict, verdict};
use super::settle::{self, Marked};
use super::turn::{Next, Turn, client, pace};

/// How long an alert can be answered.
const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// Whether no message of the chat comes of it: what goes to the team, and a last word to a fan of whom nothing is kept.
pub(super) fn leaves_no_message(outgoing: &Outgoing) -> bool {
    matches!(
        outgoing,
        Outgoing::Alert(_)
            | Outgoing::AlertAnswer(_)
            | Outgoing::AlertSummary(_)
            | Outgoing::Aside { .. }
    )
}

/// Of what waits at a bot that is silent to fans while its workspace is being closed, what tells the team of a fan in distress:
/// they can still reach out by themselves. Everything else fails.
pub(super) async fn only_care(
    turn: &Turn<'_>,
    rows: Vec<Found<OutboxRow>>,
) -> Result<Vec<Found<OutboxRow>>, SenderError> {
    let (care, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| {
        open_outbox(&turn.key, &row.row).is_ok_and(|outgoing| tells_of_distress(&outgoing))
    });
    turn.fail_all(others, "bot_not_connected").await?;
    Ok(care)
}

/// Whether a fan in distress is what it tells of.
fn tells_of_distress(outgoing: &Outgoing) -> bool {
    matches!(outgoing, Outgoing::Alert(alert) if alert.cause == AlertCause::Care)
}

/// Sends a text that leaves nothing behind, whatever becomes of it.
pub(super) async fn aside(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    text: &str,
) -> Result<Next, SenderError> {
    let tell = tell(turn, row, bot, text, Below::Nothing);
    let (row, took) = match Box::pin(tell).await? {
        Told::Sent(row, _, took) => (row, took),
        Told::Not(next) => return Ok(next),
    };
    settle::forget(turn, &row).await?;
    pace(took).await;
    Ok(Next::Continue)
}

/// What became of a text that leaves no message.
enum Told {
    /// Telegram has it, after so long.
    Sent(Box<Found<OutboxRow>>, Sent, Duration),
    /// It was not sent, and that is settled.
    Not(Next),
}

async fn tell(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    text: &str,
    below: Below<'_>,
) -> Result<Told, SenderError> {
    let (Some(token), Ok(way)) = (turn.token(bot).await?, turn.way(&row.row).await?) else {
        return Ok(Told::Not(Next::Stop));
    };
    let Marked::Ours(row) = settle::mark_sending(turn, row).await? else {
        return Ok(Told::Not(Next::Continue));
    };
    let message = TextMessage {
        chat_id: way.chat_id,
        text,
        link_preview: LinkPreview::Hidden,
        below,
        ..TextMessage::default()
    };
    let began = Instant::now();
    match client(turn.app)?.send_message(&token, &message).await {
        Ok(sent) => Ok(Told::Sent(Box::new(row), sent, began.elapsed())),
        Err(error) => {
            tracing::warn!(bot.id = %turn.bot, error.chain = telemetry::chain(&error), "an alert or a last word was not sent");
            Ok(Told::Not(
                failed(turn, row, bot, error.consequence()).await?,
            ))
        }
    }
}

/// What is to be done with an alert.
enum Fate {
    /// It is sent.
    Told(Ready),
    /// It waits until its reader's quiet hours end.
    Waits(Timestamp),
    /// Nobody is to hear of it any more.
    Dropped,
}

/// An alert, ready to be sent.
struct Ready {
    text: String,
    buttons: Buttons,
    draft: Option<String>,
    seen: i64,
}

/// What was read about an alert.
struct View {
    /// Telegram's number of the newest message.
    newest: i64,
    /// Since when a person is asked for.
    asked: Option<Timestamp>,
    /// Whether the fan may be in distress.
    in_care: bool,
    unanswered: u32,
    card: KeptCard,
    draft: Option<(String, String)>,
}

/// Sends an alert, if what it tells of still waits and its reader still may hear of it.
pub(super) async fn send(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    alert: &Alert,
) -> Result<Next, SenderError> {
    let ready = match ready(turn, &row.row, &bot.row, alert).await? {
        Fate::Told(ready) => ready,
        Fate::Waits(until) => {
            let about = [alert.about];
            return Box::pin(quiet::hold(turn, &row, &about, until)).await;
        }
        Fate::Dropped => {
            settle::forget(turn, &row).await?;
            return Ok(Next::Continue);
        }
    };
    let rows = ready.buttons.rows();
    let tell = tell(turn, row, bot, &ready.text, ready.buttons.below(&rows));
    let (row, sent, took) = match Box::pin(tell).await? {
        Told::Sent(row, sent, took) => (row, sent, took),
        Told::Not(next) => return Ok(next),
    };
    let sent = AlertRow {
        bot: turn.bot,
        chat: row.row.conversation,
        message_id: sent.message_id,
        about: alert.about,
        draft: ready.draft,
        seen: ready.seen,
        until: turn.now().plus(GOOD_FOR),
    };
    settle::alerted(turn, &row, &sent).await?;
    telemetry::metric("AlertSent", telemetry::Unit::Count, 1.0, &[]);
    pace(took).await;
    Ok(Next::Continue)
}

async fn failed(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    consequence: Consequence,
) -> Result<Next, SenderError> {
    match verdict(consequence, row.row.attempts) {
        Verdict::Requeue { wait, blocked } => turn.put_back(row, wait, blocked).await,
        Verdict::Suspend => {
            settle::suspend(turn, row, &bot.row).await?;
            Ok(Next::Stop)
        }
        Verdict::Failed { .. } | Verdict::Unknown => {
            settle::forget(turn, &row).await?;
            Ok(Next::Continue)
        }
    }
}

/// Reads what an alert tells of. Nothing comes of it when it has been dealt with, or its reader may not answer fans here any
/// more.
async fn ready(
    turn: &Turn<'_>,
    row: &OutboxRow,
    bot: &BotRow,
    alert: &Alert,
) -> Result<Fate, SenderError> {
    let Some(reader) = bot
        .alerts
        .iter()
        .find(|known| known.chat == row.conversation)
    else {
        return Ok(Fate::Dropped);
    };
    let Ok(fan) = turn.key.peer_ids().fan_of(alert.about) else {
        return Ok(Fate::Dropped);
    };
    let mut reads = turn.db.read_many();
    let member = reads.find::<MemberRow>(&keys::member(reader.user));
    let head = reads.find::<ConversationRow>(&keys::conversation(alert.about));
    let draft = reads.find::<DraftRow>(&keys::draft(alert.about));
    let fan_key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let profile = reads.find::<FanRow>(&keys::fan(fan));
    let found = reads.send().await?;
    let (Some(member), Some(head), Some(fan_key)) =
        (found.get(member)?, found.get(head)?, found.get(fan_key)?)
    else {
        return Ok(Fate::Dropped);
    };
    if !may_hear(&member.row, bot.id) || !turn.app.still_hears(reader).await? {
        return Ok(Fate::Dropped);
    }
    let in_care = head.row.care_at > Timestamp::default();
    let profile = found.get(profile)?;
    // Care mode holds in all chats of a fan, whichever it began in.
    let cares = in_care || profile.as_ref().is_some_and(|found| found.row.is_in_care());
    let wakes = cares || matches!(alert.cause, AlertCause::Care | AlertCause::Rewrite);
    if !wakes && profile.is_some_and(|profile| profile.row.is_restricted()) {
        return Ok(Fate::Dropped);
    }
    if let Some(until) = quiet::until(&member.row, turn.now()).filter(|_| !wakes) {
        return Ok(Fate::Waits(until));
    }
    let fan_key = turn.key.open_fan_key(fan, &fan_key.row.wrapped)?;
    let draft = match found
        .get(draft)?
        .filter(|draft| Some(draft.row.id) == alert.draft)
    {
        Some(draft) => {
            let at = draft.row.key();
            let place = place::<DraftRow>(&at, "text");
            let text: String = fan_key.open_json(&place, &draft.row.text)?;
            Some((DraftRow::named(&draft), text))
        }
        None => None,
    };
    let card = open_card(&fan_key, &head.row)?;
    let view = View {
        newest: head.row.last_message_id,
        asked: head.row.needs_person_since,
        in_care,
        unanswered: head.row.unanswered,
        card,
        draft,
    };
    let language = Language::of(reader.language.as_deref());
    Ok(told(&view, alert, language).map_or(Fate::Dropped, Fate::Told))
}

/// Whether somebody of the team still hears of this bot's fans.
fn may_hear(member: &MemberRow, bot: BotId) -> bool {
    member.role >= Role::Chatter && member.data.sees(bot)
}

/// The alert in words, if it is still true.
fn told(view: &View, alert: &Alert, language: Language) -> Option<Ready> {
    let cause = alert.cause;
    let waits = match cause {
        AlertCause::Care => view.in_care && view.asked.is_some(),
        AlertCause::Draft => view.draft.is_some(),
        AlertCause::Person => view.asked.is_some(),
        AlertCause::Message => view.unanswered > 0,
        AlertCause::Rewrite => true,
    };
    // Somebody has answered since, also where the fan has asked anew: that has reminders of its own.
    let answered = alert
        .unanswered_since
        .is_some_and(|since| view.asked != Some(since));
    let (draft, text) = view.draft.clone().unzip();
    // What cannot be shown to its end is not approved from here.
    let whole = text.filter(|text| text.chars().count() <= MOST_SHOWN);
    let cause = match cause {
        AlertCause::Draft if whole.is_none() => AlertCause::Message,
        cause => cause,
    };
    (waits && !answered).then(|| Ready {
        text: words(
            &Shown {
                cause,
                name: &view.card.card.name,
                snippet: view.card.words_of_fan(),
                draft: whole.as_deref(),
                again: alert.unanswered_since.is_some(),
            },
            language,
        ),
        buttons: Buttons::new(cause, language),
        draft,
        seen: view.newest,
    })
}

/// Tells somebody what became of their word. Worth one try.
pub(super) async fn answer(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    answer: &AlertAnswer,
) -> Result<Next, SenderError> {
    settle::forget(turn, &row).await?;
    let (Some(token), Ok(way)) = (turn.token(bot).await?, turn.way(&row.row).await?) else {
        return Ok(Next::Continue);
    };
    let telegram = client(turn.app)?;
    let told = match &answer.press {
        Some(press) => {
            let notice = Some(answer.notice.as_str()).filter(|notice| !notice.is_empty());
            telegram.answer_callback_query(&token, press, notice).await
        }
        None => {
            let message = TextMessage {
                chat_id: way.chat_id,
                text: &answer.notice,
                reply_to: Some(answer.message_id),
                silent: true,
                ..TextMessage::default()
            };
            telegram.send_message(&token, &message).await.map(drop)
        }
    };
    let told = match told {
        Ok(()) if answer.closes => {
            telegram
                .remove_buttons(&token, way.chat_id, answer.message_id)
                .await
        }
        told => told,
    };
    match told.map_err(|error| error.consequence()) {
        Err(Consequence::RetryAfter(seconds)) => turn.block(seconds).await,
        _ => Ok(Next::Continue),
    }
}

#[cfg(test)]
mod tests;
