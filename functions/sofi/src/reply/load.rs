//! Reading everything that one turn concerns, in one round trip, and opening it.

use app::{App, AppError, SealsJson, place};
use domain::billing::{Lapse, Standing};
use domain::content::{FanProfile, MessageContent};
use domain::ids::FactId;
use domain::message::Author;
use domain::sofi::{MOST_FACTS, Sensitivity, VendorName};
use domain::{Sealed, Timestamp};
use jobs::SofiTurn;
use store::row::{
    AiLimitsRow, AiMonthRow, AnsweredRow, BotRow, BusinessAccountRow, ConversationRow, FactRow,
    FanKeyRow, FanRow, HoldRow, MessageRow, PersonaRow, SofiRow, SpendRow, SubscriptionRow,
    TurnRow, VendorRow, WorkspaceRow,
};
use store::{Direction, Found, Page, Row, Slot, TenantDb, keys};
use telegram::commands::FanCommand;
use tenancy::{TenantScope, Worker};
use vault::{FanKey, TenantKey};

use crate::persona;

/// Messages that are read back. The prompt takes the newer half at least, and as many of them as fit.
pub(crate) const HISTORY: usize = 32;

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
    /// Why no AI may take part in this fan's chats, as a stable code.
    pub(crate) refusal: Option<&'static str>,
    pub(crate) fan_key: FanKey,
    /// Newest first.
    pub(crate) said: Vec<Said>,
    pub(crate) facts: Vec<Known>,
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
    let history = up_to(db, &turn.row, history?).await?;
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
    let dealt_with = answers.get(answered)?.map_or(0, |found| found.row.through);
    Ok(Some(View {
        answered_through: head.row.answered_through.max(dealt_with),
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
        refusal: profile.as_ref().and_then(|found| found.row.ai_refusal()),
        profile: match profile {
            Some(found) => fan_key.open_json(
                &place::<FanRow>(&found.row.key(), "profile"),
                &found.row.profile,
            )?,
            None => FanProfile::default(),
        },
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

/// What was said up to a turn. A file may have named numbers that Telegram has yet to give: what stands there would hide what the
/// fan has written, so it is passed over, which takes one more round trip.
async fn up_to(
    db: &TenantDb<Worker>,
    turn: &TurnRow,
    history: Vec<Found<MessageRow>>,
) -> Result<Vec<Found<MessageRow>>, AppError> {
    let newest = history.first().and_then(|found| found.row.imported_at);
    if newest.is_none() {
        return Ok(history);
    }
    let newest = keys::message(turn.conversation, turn.newest);
    let page = Page {
        pk: &newest.pk,
        from: "M#",
        to: &newest.sk,
        direction: Direction::Backward,
        limit: HISTORY,
    };
    Ok(db.list(&page).await?)
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
fn is_command(text: &str, head: &ConversationRow, username: &str) -> bool {
    FanCommand::parse(text, username).is_some_and(|command| {
        let for_the_bot = matches!(command, FanCommand::Start | FanCommand::Help);
        head.account.is_none() || !for_the_bot
    })
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
    Ok(Said {
        settled: row.imported_at.is_some()
            || plain.is_some_and(|text| is_command(text, head, username)),
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
