//! Reading everything that one turn concerns, in one round trip, and opening it.

use app::{App, AppError, SealsJson, place};
use domain::billing::{Lapse, Standing};
use domain::content::{FanProfile, MessageContent};
use domain::ids::{ConversationId, FactId};
use domain::message::Author;
use domain::sofi::{MOST_FACTS, Sensitivity, VendorName};
use domain::{Sealed, Timestamp};
use jobs::SofiTurn;
use store::row::{
    AiLimitsRow, AiMonthRow, AnsweredRow, BotRow, BusinessAccountRow, ConversationRow, FactRow,
    FanKeyRow, FanRow, HoldRow, MessageRow, PersonaRow, SofiRow, SpendRow, SubscriptionRow,
    TurnRow, VendorRow, WorkspaceRow,
};
use store::{Direction, Found, Page, Row, Slot, StoreError, TenantDb, keys};
use telegram::commands::FanCommand;
use tenancy::{TenantScope, Worker};
use vault::{FanKey, TenantKey};

use crate::persona;

/// Messages that are read back. The prompt takes the newer half at least, and as many of them as fit.
pub(crate) const HISTORY: usize = 32;
/// Messages that are read at once where a file's stand among those that wait.
const WIDE: usize = 250;
/// How often that many are.
const WIDE_READS: usize = 4;

/// One message, opened.
pub(crate) struct Said {
    pub(crate) message_id: i64,
    pub(crate) author: Author,
    pub(crate) kind: String,
    pub(crate) text: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) album: Option<String>,
    /// Whether nothing of it waits for Sofi: a command that the bot has answered by itself, or what a file tells.
    pub(crate) settled: bool,
    /// Whether the fan asks with it to be forgotten.
    pub(crate) forgets: bool,
}

/// One fact, opened.
pub(crate) struct Known {
    pub(crate) id: FactId,
    pub(crate) text: String,
    pub(crate) confidence: u32,
    pub(crate) sensitivity: Sensitivity,
}

/// Everything about a turn.
pub(crate) struct View {
    pub(crate) turn: Found<TurnRow>,
    pub(crate) hold: Option<HoldRow>,
    /// The account in whose chats it is.
    pub(crate) account: Option<BusinessAccountRow>,
    /// Telegram's number of the newest message that was answered or handed over.
    pub(crate) answered_through: i64,
    pub(crate) head: Found<ConversationRow>,
    pub(crate) bot: Option<BotRow>,
    pub(crate) creator: String,
    pub(crate) settings: Option<SofiRow>,
    pub(crate) persona: Option<(u32, String)>,
    pub(crate) limits: Option<AiLimitsRow>,
    pub(crate) spend: Vec<Option<Found<SpendRow>>>,
    /// How the workspace stands, and its copy of what was bought.
    pub(crate) standing: Standing,
    pub(crate) bought: Option<SubscriptionRow>,
    /// What Sofi wrote in this month, in shards.
    pub(crate) month: Vec<Option<Found<AiMonthRow>>>,
    pub(crate) vendors: Vec<VendorRow>,
    pub(crate) profile: FanProfile,
    /// The fan as they stand in the workspace.
    pub(crate) fan: Option<Found<FanRow>>,
    pub(crate) fan_key: FanKey,
    /// Newest first.
    pub(crate) said: Vec<Said>,
    pub(crate) facts: Vec<Known>,
}

impl View {
    /// The fan's own row.
    pub(crate) fn fan(&self) -> Option<&FanRow> {
        self.fan.as_ref().map(|found| &found.row)
    }
}

/// Reads and opens; nothing when no turn waits here.
pub(crate) async fn load(
    app: &App,
    scope: &TenantScope<Worker>,
    db: &TenantDb<Worker>,
    key: &TenantKey,
    job: &SofiTurn,
) -> Result<Option<View>, AppError> {
    let fan = match key.peer_ids().fan_of(job.conversation) {
        Ok(fan) => fan,
        Err(_) => return Ok(None),
    };
    let now = app.clock.now();
    let (day, month) = (crate::spend::day(now), now.month());
    let mut read = db.read_many();
    let turn: Slot<TurnRow> = read.find(&keys::turn(job.conversation));
    let hold: Slot<HoldRow> = read.find(&keys::hold(job.conversation));
    let answered: Slot<AnsweredRow> = read.find(&keys::answered(job.conversation));
    let head: Slot<ConversationRow> = read.find(&keys::conversation(job.conversation));
    let bot: Slot<BotRow> = read.find(&keys::bot(job.bot));
    let workspace: Slot<WorkspaceRow> = read.find(&keys::workspace());
    let bought: Slot<SubscriptionRow> = read.find(&keys::subscription());
    let settings: Slot<SofiRow> = read.find(&keys::sofi(job.bot));
    let persona: Slot<PersonaRow> = read.find(&keys::persona_in_use(job.bot));
    let limits: Slot<AiLimitsRow> = read.find(&keys::ai_limits());
    let profile: Slot<FanRow> = read.find(&keys::fan(fan));
    let fan_key: Slot<FanKeyRow> = read.find(&keys::fan_key(fan));
    let spend: Vec<Slot<SpendRow>> = (0..keys::SHARDS)
        .map(|shard| read.find(&keys::spend(day, shard)))
        .collect();
    let months: Vec<Slot<AiMonthRow>> = (0..keys::SHARDS)
        .map(|shard| read.find(&keys::ai_month(month, shard)))
        .collect();
    let vendors: Vec<Slot<VendorRow>> = VendorName::ALL
        .iter()
        .map(|vendor| read.find(&keys::vendor(*vendor)))
        .collect();
    let (conversation, facts) = (keys::conversation(job.conversation).pk, keys::fan(fan).pk);
    let history = Page {
        pk: &conversation,
        from: "M#",
        to: "M~",
        direction: Direction::Backward,
        limit: HISTORY,
    };
    let facts = Page {
        pk: &facts,
        from: "FACT#",
        to: "FACT~",
        direction: Direction::Backward,
        limit: MOST_FACTS,
    };
    let (answers, history, facts) = futures::join!(
        read.send(),
        db.list::<MessageRow>(&history),
        db.list::<FactRow>(&facts)
    );
    let answers = answers?;
    let (Some(turn), Some(head), Some(fan_key)) = (
        answers.get(turn)?,
        answers.get(head)?,
        answers.get(fan_key)?,
    ) else {
        return Ok(None);
    };
    tracing::debug!(tenant.id = %scope.tenant(), "a turn was read");
    let dealt_with = answers.get(answered)?.map_or(0, |found| found.row.through);
    let answered_through = head.row.answered_through.max(dealt_with);
    let history = up_to(db, &turn.row, answered_through, history?).await?;
    let fan_key = key.open_fan_key(fan, &fan_key.row.wrapped)?;
    let account = account_of(db, job, &head.row).await?;
    let persona = match answers.get(persona)? {
        Some(found) => Some((found.row.version, persona::open(key, &found.row)?)),
        None => None,
    };
    let profile = answers.get(profile)?;
    let bot = answers.get(bot)?.map(|found| found.row);
    let username = bot.as_ref().map_or("", |bot| bot.username.as_str());
    let workspace = answers.get(workspace)?.map(|found| found.row);
    let bought = answers.get(bought)?.map(|found| found.row);
    Ok(Some(View {
        answered_through,
        hold: answers.get(hold)?.map(|found| found.row),
        account,
        // Without its own row it is being erased, and nothing more is written.
        standing: workspace
            .as_ref()
            .map_or(Standing::Lapsed(Lapse::Ended), |workspace| {
                app::standing_of(workspace, bought.as_ref(), now)
            }),
        bought,
        creator: workspace.map(|row| row.name).unwrap_or_default(),
        settings: answers.get(settings)?.map(|found| found.row),
        persona,
        limits: answers.get(limits)?.map(|found| found.row),
        spend: spend
            .into_iter()
            .map(|slot| answers.get(slot))
            .collect::<Result<_, _>>()?,
        month: months
            .into_iter()
            .map(|slot| answers.get(slot))
            .collect::<Result<_, _>>()?,
        vendors: vendors
            .into_iter()
            .filter_map(|slot| answers.get(slot).transpose())
            .map(|found| found.map(|found| found.row))
            .collect::<Result<_, _>>()?,
        profile: match &profile {
            Some(found) => fan_key.open_json(
                &place::<FanRow>(&found.row.key(), "profile"),
                &found.row.profile,
            )?,
            None => FanProfile::default(),
        },
        fan: profile,
        said: history
            .iter()
            .filter(|found| may_be_read(&head.row, &found.row))
            .map(|found| open_message(&fan_key, &found.row, &head.row, username))
            .collect::<Result<_, _>>()?,
        facts: facts?
            .iter()
            .map(|found| open_fact(&fan_key, &found.row))
            .collect::<Result<_, _>>()?,
        bot: bot.filter(|bot| bot.state.is_on()),
        turn,
        head,
        fan_key,
    }))
}

/// What was said up to a turn. A file may have named numbers that Telegram has yet to give, or has given elsewhere: what stands there
/// would hide what the fan has written. What is above the newest that waits is passed over, which takes one more round trip; between
/// those that wait it is read past, to the oldest of them or as far as is bearable.
async fn up_to(
    db: &TenantDb<Worker>,
    turn: &TurnRow,
    answered_through: i64,
    history: Vec<Found<MessageRow>>,
) -> Result<Vec<Found<MessageRow>>, AppError> {
    let mut read = history.iter();
    let mut history = match read.any(|found| may_hide(&found.row, turn.newest)) {
        true => back(db, turn.conversation, (0, turn.newest), HISTORY).await?,
        false => history,
    };
    let mut next = hidden(&history, answered_through);
    for _ in 0..WIDE_READS {
        let Some(newest) = next else { break };
        let waits = (answered_through.saturating_add(1), newest);
        let more = back(db, turn.conversation, waits, WIDE).await?;
        next = below(&more, WIDE, answered_through);
        history.extend(more.into_iter().filter(|found| !is_told(&found.row)));
    }
    // No more that wait than are read elsewhere.
    history.truncate(2 * HISTORY);
    Ok(history)
}

/// Messages with numbers from one to another, newest first.
async fn back(
    db: &TenantDb<Worker>,
    conversation: ConversationId,
    (oldest, newest): (i64, i64),
    limit: usize,
) -> Result<Vec<Found<MessageRow>>, StoreError> {
    let oldest = keys::message(conversation, oldest);
    let newest = keys::message(conversation, newest);
    let page = Page {
        pk: &newest.pk,
        from: &oldest.sk,
        to: &newest.sk,
        direction: Direction::Backward,
        limit,
    };
    db.list(&page).await
}

/// Below which number something that waits may be hidden: a file's message stands among those that were read and want an answer.
fn hidden(read: &[Found<MessageRow>], answered_through: i64) -> Option<i64> {
    let mut rows = read.iter();
    let is_among = rows.any(|found| may_hide(&found.row, answered_through));
    below(read, HISTORY, answered_through).filter(|_| is_among)
}

/// The number at which reading goes on: a page was full, and did not end with the oldest message that can wait.
fn below(read: &[Found<MessageRow>], limit: usize, answered_through: i64) -> Option<i64> {
    let last = read.last().filter(|_| read.len() >= limit)?;
    let next = last.row.message_id?.saturating_sub(1);
    (next > answered_through).then_some(next)
}

/// Whether a message takes a place before one with this number, and Telegram did not put it there: with messages of ours after the
/// fan's, it need not be the newest of all.
fn may_hide(message: &MessageRow, number: i64) -> bool {
    is_told(message) && message.message_id > Some(number)
}

/// Whether a file says so, and nobody here has seen it.
fn is_told(message: &MessageRow) -> bool {
    message.imported_at.is_some()
}

/// One more round trip, in the chats of an account only.
async fn account_of(
    db: &TenantDb<Worker>,
    job: &SofiTurn,
    head: &ConversationRow,
) -> Result<Option<BusinessAccountRow>, AppError> {
    let Some(account) = head.account else {
        return Ok(None);
    };
    let mut read = db.read_many();
    let slot: Slot<BusinessAccountRow> = read.find(&keys::business_account(job.bot, account));
    Ok(read.send().await?.get(slot)?.map(|found| found.row))
}

/// In an account's chat: only what was written after the fan was told that an AI takes part.
fn may_be_read(head: &ConversationRow, message: &MessageRow) -> bool {
    let number = message.message_id.unwrap_or_default();
    head.account.is_none() || head.noticed.is_some_and(|notice| number > notice)
}

/// Whether the bot answers it by itself. In an account's chat nobody greets the bot or asks it for help.
fn is_answered(command: FanCommand, head: &ConversationRow) -> bool {
    let for_the_bot = matches!(command, FanCommand::Start | FanCommand::Help);
    head.account.is_none() || !for_the_bot
}

fn open_message(
    key: &FanKey,
    row: &MessageRow,
    head: &ConversationRow,
    username: &str,
) -> Result<Said, AppError> {
    let content: MessageContent =
        key.open_json(&place::<MessageRow>(&row.key(), "content"), &row.content)?;
    let plain = content
        .text
        .as_deref()
        .filter(|_| row.content_kind == "text");
    let command = plain.and_then(|text| FanCommand::parse(text, username));
    let told = is_told(row);
    Ok(Said {
        settled: told || command.is_some_and(|command| is_answered(command, head)),
        forgets: !told && row.author == Author::Fan && command == Some(FanCommand::Forget),
        message_id: row.message_id.unwrap_or_default(),
        author: row.author,
        kind: row.content_kind.clone(),
        text: content.text,
        at: row.at,
        album: row.album.clone(),
    })
}

pub(crate) fn open_fact(key: &FanKey, row: &FactRow) -> Result<Known, AppError> {
    let text = |sealed: &Sealed| key.open_json(&place::<FactRow>(&row.key(), "text"), sealed);
    Ok(Known {
        id: row.id,
        text: text(&row.text)?,
        confidence: row.confidence,
        sensitivity: row.sensitivity,
    })
}

#[cfg(test)]
mod tests {
    use domain::ids::MessageId;
    use domain::message::Delivery;

    use super::*;

    fn message(number: i64, imported: bool) -> MessageRow {
        MessageRow {
            id: MessageId::from_bytes([1; 16]),
            conversation: ConversationId::from_bytes([2; 16]),
            message_id: Some(number),
            author: Author::Fan,
            content_kind: "text".to_owned(),
            content: Sealed::default(),
            at: Timestamp::from_seconds(9),
            edited_at: None,
            reply_to: None,
            album: None,
            reactions: None,
            delivery: Delivery::Received,
            failure: None,
            sent_by: None,
            edited_by: None,
            imported_at: imported.then(|| Timestamp::from_seconds(10)),
        }
    }

    #[test]
    fn numbers_of_a_file_between_what_waits_and_a_later_message_of_ours_hide_nothing() {
        let newest_that_waits = 950;
        for (number, imported, hides) in [
            (1_000, false, false),
            (999, true, true),
            (951, true, true),
            (950, false, false),
            (949, true, false),
        ] {
            let message = message(number, imported);
            assert_eq!(may_hide(&message, newest_that_waits), hides, "{number}");
        }
    }

    /// The messages of a chat up to a number, newest first, as a page of the database has them.
    fn page(all: &[(i64, bool)], newest: i64, limit: usize) -> Vec<Found<MessageRow>> {
        let mut all: Vec<_> = all.iter().filter(|(number, _)| *number <= newest).collect();
        all.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        let rows = all.into_iter().take(limit);
        rows.map(|(number, imported)| Found {
            row: message(*number, *imported),
            rev: 1,
        })
        .collect()
    }

    #[test]
    fn numbers_of_a_file_between_two_messages_that_wait_are_read_past_to_the_older_one() {
        for between in [1, 30, 31, 40, 249, 250, 251, 700] {
            let mut all = vec![(2, false), (5, false), (2_000, false)];
            all.extend((10..10 + between).map(|number| (number, true)));
            let mut seen: Vec<i64> = Vec::new();
            let mut note = |rows: &[Found<MessageRow>]| {
                seen.extend(rows.iter().filter_map(|found| found.row.message_id));
            };
            let first = page(&all, 2_000, HISTORY);
            note(&first);
            let (mut next, mut reads) = (hidden(&first, 2), 0);
            while let Some(newest) = next {
                let rows = page(&all, newest, WIDE);
                note(&rows);
                next = below(&rows, WIDE, 2);
                reads += 1;
            }
            assert!(seen.contains(&5), "{between}");
            assert!(reads <= WIDE_READS, "{between}");
        }
    }

    #[test]
    fn nothing_is_read_twice_where_no_file_stands_among_what_waits() {
        let seen: Vec<_> = (1..=100).map(|number| (number, false)).collect();
        assert_eq!(
            hidden(&page(&seen, 100, HISTORY), 0),
            None,
            "all of it ours"
        );
        let brought: Vec<_> = (1..=100).map(|number| (number, number < 99)).collect();
        let read = page(&brought, 100, HISTORY);
        assert_eq!(hidden(&read, 98), None, "it is older than the last answer");
        assert_eq!(hidden(&read, 0), Some(68));
        assert_eq!(hidden(&read[..HISTORY - 1], 0), None, "there is no more");
    }
}
