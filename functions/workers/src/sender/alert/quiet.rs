//! Quiet hours: what can wait does, and is then told in one line. What is held back is written into one row for each chat and
//! end, which is for later like a reminder; the alerts themselves go.

use app::open_outbox;
use domain::Timestamp;
use domain::alert::{AlertSummary, MOST_SUMMED};
use domain::content::Outgoing;
use domain::ids::ConversationId;
use domain::message::Lane;
use store::row::{BotRow, ConversationRow, FanRow, MemberRow, OutboxRow};
use store::{Found, Row, StoreError, keys};
use telegram::Below;
use telegram::commands::Language;

use super::{Told, may_hear, tell};
use crate::sender::SenderError;
use crate::sender::settle;
use crate::sender::turn::{Next, Turn, pace};

const MOST_RACES: usize = 8;

/// When the member's quiet hours end, if they are in them.
pub(super) fn until(member: &MemberRow, now: Timestamp) -> Option<Timestamp> {
    member.quiet.as_ref().and_then(|hours| hours.until(now))
}

/// Of what is for later, the lines that nothing holds back any more: their readers have changed their hours since.
pub(in crate::sender) async fn over(
    turn: &Turn<'_>,
    bot: Option<&Found<BotRow>>,
    later: Vec<Found<OutboxRow>>,
) -> Result<Vec<Found<OutboxRow>>, SenderError> {
    let (mut reads, mut lines) = (turn.db.read_many(), Vec::new());
    let hearers = bot.map(|bot| bot.row.alerts.as_slice()).unwrap_or_default();
    for line in later.into_iter().filter(|row| is_line(&row.row)) {
        let chat = line.row.conversation;
        if let Some(reader) = hearers.iter().find(|known| known.chat == chat) {
            let member = reads.find::<MemberRow>(&keys::member(reader.user));
            lines.push((line, member));
        }
    }
    let members = reads.send().await?;
    let mut over = Vec::new();
    for (line, member) in lines {
        let member = members.get(member)?;
        let waits = member.is_some_and(|member| until(&member.row, turn.now()).is_some());
        if !waits {
            over.push(line);
        }
    }
    Ok(over)
}

/// Whether the row is what waits for a chat.
fn is_line(row: &OutboxRow) -> bool {
    row.id == AlertSummary::id(row.conversation)
}

/// Lets what a row tells of wait until then, together with what waits already.
pub(super) async fn hold(
    turn: &Turn<'_>,
    row: &Found<OutboxRow>,
    about: &[ConversationId],
    until: Timestamp,
) -> Result<Next, SenderError> {
    let (chat, tenant) = (row.row.conversation, turn.scope.tenant());
    let key = keys::outbox(turn.bot, Lane::Ai, until, AlertSummary::id(chat));
    for _ in 0..MOST_RACES {
        let found = turn.db.find::<OutboxRow>(&key).await?;
        let before = match &found {
            Some(found) => held(turn, &found.row)?,
            None => AlertSummary::default(),
        };
        let to = (turn.bot, chat);
        let summary = AlertSummary {
            about: there(turn, &before.with(about).about).await?,
        };
        let after = turn
            .app
            .alert_summary((tenant, &turn.key), to, summary, until)?;
        let mut transaction = turn.db.transaction();
        let gone = transaction.delete::<OutboxRow>(&row.row.key(), row.rev);
        match &found {
            Some(found) => transaction.replace(&after, found.rev),
            None => transaction.create(&after),
        };
        match transaction.commit().await {
            Ok(()) => return Ok(Next::Continue),
            // Somebody else dealt with this very row.
            Err(error) if error.failed(gone).is_some() => return Ok(Next::Continue),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

/// Those of the conversations that are still there: a line does not name what was erased.
async fn there(
    turn: &Turn<'_>,
    about: &[ConversationId],
) -> Result<Vec<ConversationId>, SenderError> {
    let mut reads = turn.db.read_many();
    let heads: Vec<_> = about
        .iter()
        .map(|about| reads.find::<ConversationRow>(&keys::conversation(*about)))
        .collect();
    let found = reads.send().await?;
    let mut there = Vec::new();
    for (about, head) in about.iter().zip(heads) {
        if found.get(head)?.is_some() {
            there.push(*about);
        }
    }
    Ok(there)
}

/// What waits in a row already.
fn held(turn: &Turn<'_>, row: &OutboxRow) -> Result<AlertSummary, SenderError> {
    Ok(match open_outbox(&turn.key, row)? {
        Outgoing::AlertSummary(summary) => summary,
        _ => AlertSummary::default(),
    })
}

/// Tells in one line what has waited, if anything still does and its reader still may hear of it.
pub(in crate::sender) async fn tell_all(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    bot: &Found<BotRow>,
    summary: &AlertSummary,
) -> Result<Next, SenderError> {
    let chat = row.row.conversation;
    let reader = bot.row.alerts.iter().find(|known| known.chat == chat);
    let member = match reader {
        Some(reader) => {
            let key = keys::member(reader.user);
            turn.db.find::<MemberRow>(&key).await?
        }
        None => None,
    };
    let (Some(reader), Some(member)) = (reader, member) else {
        settle::forget(turn, &row).await?;
        return Ok(Next::Continue);
    };
    // The hours may have been changed meanwhile.
    if let Some(until) = until(&member.row, turn.now()) {
        return Box::pin(hold(turn, &row, &summary.about, until)).await;
    }
    let hears = may_hear(&member.row, bot.row.id) && turn.app.still_hears(reader).await?;
    let waiting = match hears {
        true => count(turn, summary).await?,
        false => 0,
    };
    if waiting == 0 {
        settle::forget(turn, &row).await?;
        return Ok(Next::Continue);
    }
    let is_full = summary.about.len() >= MOST_SUMMED;
    let language = Language::of(reader.language.as_deref());
    let line = telegram::alert::summary(waiting, is_full, language);
    let told = tell(turn, row, bot, &line, Below::Nothing);
    let (row, took) = match Box::pin(told).await? {
        Told::Sent(row, _, took) => (row, took),
        Told::Not(next) => return Ok(next),
    };
    settle::forget(turn, &row).await?;
    telemetry::metric("AlertSent", telemetry::Unit::Count, 1.0, &[]);
    pace(took).await;
    Ok(Next::Continue)
}

/// In how many of the conversations something still waits for a person. Whose data is only kept is told of to nobody.
async fn count(turn: &Turn<'_>, summary: &AlertSummary) -> Result<usize, SenderError> {
    let mut reads = turn.db.read_many();
    let slots: Vec<_> = summary
        .about
        .iter()
        .map(|about| reads.find::<ConversationRow>(&keys::conversation(*about)))
        .collect();
    let found = reads.send().await?;
    let mut fans = turn.db.read_many();
    let mut profiles = Vec::new();
    for slot in slots {
        if let Some(head) = found.get(slot)?.filter(|head| waits(&head.row, turn.now())) {
            profiles.push(fans.find::<FanRow>(&keys::fan(head.row.fan)));
        }
    }
    let found = fans.send().await?;
    let mut waiting = 0;
    for profile in profiles {
        let profile = found.get(profile)?;
        waiting += usize::from(profile.is_some_and(|profile| !profile.row.is_restricted()));
    }
    Ok(waiting)
}

/// Whether a fan waits there, or a draft for its word.
fn waits(head: &ConversationRow, now: Timestamp) -> bool {
    let something =
        head.unanswered > 0 || head.needs_person_since.is_some() || head.draft_since.is_some();
    something && head.is_open(now)
}
