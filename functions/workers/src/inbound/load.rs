//! Reading everything that one update concerns, in one round trip, and opening it.

use app::{AppError, SealsJson, heads, open_card, place, tombstone_mark};
use care::Care;
use domain::content::KeptCard;
use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId, ParkedId};
use domain::sofi::HoldReason;
use store::row::{
    AlertRow, BotRow, BusinessAccountRow, ConversationRow, FanKeyRow, FanRow, HoldRow, MessageRow,
    ParkedRow, SofiRow, TombstoneRow, TurnRow, UpdateRow, WaitingRow, WorkspaceRow,
};
use store::{Answers, Found, Slot, TenantDb, keys};
use tenancy::Worker;
use vault::{FanKey, TenantKey};

use super::asked::Waiting;
use super::exporting::Before;
use super::state::{Chat, ContentOf, Desk, Fan, Head, ProfileOf, Stored};

/// Where an update belongs: our ids of what it concerns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) bot: BotId,
    pub(crate) conversation: ConversationId,
    pub(crate) fan: FanId,
    /// The account in whose chats it is; nothing in the bot's own.
    pub(crate) account: Option<BusinessAccountId>,
    /// Telegram's number of the message that it is or concerns.
    pub(crate) message_id: Option<i64>,
    /// Telegram's number of the update.
    pub(crate) update_id: Option<i64>,
    /// Under which id the raw update would be kept.
    pub(crate) parked: ParkedId,
}

/// What is worth reading for this update beside the chat itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extras {
    /// The creator's name, for fixed texts.
    pub(crate) creator: bool,
    /// Whether the raw update may have to be kept.
    pub(crate) parked: bool,
    /// What the message says of the fan's distress.
    pub(crate) care: Option<Care>,
    /// The account that the writer would own, where the words are an owner's.
    pub(crate) owned: Option<BusinessAccountId>,
    /// Telegram's number of the message that it replies to: it may be an alert.
    pub(crate) replies_to: Option<i64>,
}

/// The rows as they were read.
pub(crate) struct Loaded {
    pub(crate) chat: Chat,
    /// The bot, while it is connected.
    pub(crate) bot: Option<Found<BotRow>>,
    /// The alert that it replies to.
    pub(crate) alert: Option<AlertRow>,
    /// Whether this update was worked before.
    pub(crate) seen: bool,
    pub(crate) creator: Option<String>,
    pub(crate) fan_key: Option<FanKey>,
    pub(crate) head: Option<Found<ConversationRow>>,
    pub(crate) fan: Option<Found<FanRow>>,
    pub(crate) message: Option<Found<MessageRow>>,
    pub(crate) edit: Option<Found<WaitingRow>>,
    pub(crate) reaction: Option<Found<WaitingRow>>,
    pub(crate) parked: Option<Found<ParkedRow>>,
    /// What Sofi does for the bot.
    pub(crate) sofi: Option<SofiRow>,
    /// Who keeps Sofi silent here.
    pub(crate) hold: Option<HoldRow>,
    /// The turn that waits here.
    pub(crate) turn: Option<Found<TurnRow>>,
    /// What that turn waits with, where it matters.
    pub(crate) waiting: Waiting,
    /// That the fan is being erased, or was.
    pub(crate) tombstone: Option<TombstoneRow>,
    /// The account in whose chats it is, or that the writer owns.
    pub(crate) account: Option<Found<BusinessAccountRow>>,
    /// What the fan had exported before, where another wish for it came.
    pub(crate) exports: Option<Before>,
    /// The fan's other chats, where what was said takes the drafts in them back.
    pub(crate) elsewhere: Vec<Found<ConversationRow>>,
}

impl Loaded {
    /// Whether the fan may be in distress, as one of their chats says.
    pub(crate) fn cares_for_fan(&self) -> bool {
        self.fan
            .as_ref()
            .is_some_and(|found| found.row.is_in_care())
    }

    /// Whether a person is to answer, because the fan may be in distress.
    pub(crate) fn is_in_care(&self) -> bool {
        let head = self.chat.head.as_ref();
        self.cares_for_fan() || head.is_some_and(|head| head.in_care_since().is_some())
    }

    /// Whether no turn of Sofi answers what is written here now: in care, or while the fan waits for a person.
    pub(crate) fn has_no_turn(&self) -> bool {
        let fans = self.hold.as_ref();
        self.is_in_care() || fans.is_some_and(|hold| hold.reason == HoldReason::Fan)
    }

    /// Whether a draft of Sofi waits.
    pub(crate) fn has_draft(&self) -> bool {
        let head = self.head.as_ref();
        head.is_some_and(|found| found.row.draft_since.is_some())
    }

    /// Whether the workspace does not want the chats of the account that it came through.
    pub(crate) fn is_declined(&self, at: &Place) -> bool {
        let account = self.account.as_ref().filter(|_| at.account.is_some());
        account.is_some_and(|found| found.row.declined_at.is_some())
    }
}

/// Reads and opens. One round trip.
pub(crate) async fn load(
    db: &TenantDb<Worker>,
    key: &TenantKey,
    at: &Place,
    extras: Extras,
) -> Result<Loaded, AppError> {
    let mut read = db.read_many();
    let bot: Slot<BotRow> = read.find(&keys::bot(at.bot));
    let head: Slot<ConversationRow> = read.find(&keys::conversation(at.conversation));
    let fan: Slot<FanRow> = read.find(&keys::fan(at.fan));
    let fan_key: Slot<FanKeyRow> = read.find(&keys::fan_key(at.fan));
    let seen: Option<Slot<UpdateRow>> = at
        .update_id
        .map(|update| read.find(&keys::update(at.bot, update)));
    let message: Option<Slot<MessageRow>> = at
        .message_id
        .map(|number| read.find(&keys::message(at.conversation, number)));
    let mut waiting = |what| {
        at.message_id
            .map(|number| read.find::<WaitingRow>(&keys::waiting(at.conversation, number, what)))
    };
    let edit = waiting(keys::Waiting::Edit);
    let reaction = waiting(keys::Waiting::Reaction);
    let workspace: Option<Slot<WorkspaceRow>> =
        extras.creator.then(|| read.find(&keys::workspace()));
    let parked: Option<Slot<ParkedRow>> = extras
        .parked
        .then(|| read.find(&keys::parked(at.bot, at.parked)));
    let sofi: Slot<SofiRow> = read.find(&keys::sofi(at.bot));
    let hold: Slot<HoldRow> = read.find(&keys::hold(at.conversation));
    let turn: Slot<TurnRow> = read.find(&keys::turn(at.conversation));
    let tombstone: Slot<TombstoneRow> = read.find(&keys::tombstone(&tombstone_mark(key, at.fan)));
    let account = at.account.or(extras.owned);
    let account: Option<Slot<BusinessAccountRow>> =
        account.map(|account| read.find(&keys::business_account(at.bot, account)));
    let alert: Option<Slot<AlertRow>> = extras
        .replies_to
        .map(|number| read.find(&keys::alert(at.conversation, number)));
    let answers = read.send().await?;

    let fan_key: Option<Found<FanKeyRow>> = answers.get(fan_key)?;
    let fan_key = fan_key
        .map(|found| key.open_fan_key(at.fan, &found.row.wrapped))
        .transpose()?;
    let mut loaded = Loaded {
        chat: Chat::default(),
        bot: answers.get(bot)?.filter(|found| found.row.state.is_on()),
        alert: get(&answers, alert)?.map(|found| found.row),
        seen: get(&answers, seen)?.is_some(),
        creator: get(&answers, workspace)?.map(|found| found.row.name),
        fan_key,
        head: answers.get(head)?,
        fan: answers.get(fan)?,
        message: get(&answers, message)?,
        edit: get(&answers, edit)?,
        reaction: get(&answers, reaction)?,
        parked: get(&answers, parked)?,
        sofi: answers.get(sofi)?.map(|found| found.row),
        hold: answers.get(hold)?.map(|found| found.row),
        turn: answers.get(turn)?,
        tombstone: answers.get(tombstone)?.map(|found| found.row),
        account: get(&answers, account)?,
        exports: None,
        waiting: Waiting::default(),
        elsewhere: Vec::new(),
    };
    loaded.chat = open(&loaded, at.conversation)?;
    Ok(loaded)
}

/// The creator's name, for a chat in which only its head said that it is needed. One round trip.
pub(crate) async fn creator(db: &TenantDb<Worker>) -> Result<Option<String>, AppError> {
    let mut read = db.read_many();
    let workspace: Slot<WorkspaceRow> = read.find(&keys::workspace());
    Ok(read
        .send()
        .await?
        .get(workspace)?
        .map(|found| found.row.name))
}

/// The fan's other chats as they are now. One round trip, where there are any.
pub(crate) async fn elsewhere(
    db: &TenantDb<Worker>,
    loaded: &Loaded,
    at: &Place,
) -> Result<Vec<Found<ConversationRow>>, AppError> {
    let fan = loaded.fan.iter();
    let chats = fan.flat_map(|found| found.row.chats.iter().copied());
    let others: Vec<_> = chats.filter(|chat| *chat != at.conversation).collect();
    Ok(heads(db, &others).await?)
}

fn get<T: store::Row>(
    answers: &Answers,
    slot: Option<Slot<T>>,
) -> Result<Option<Found<T>>, AppError> {
    match slot {
        Some(slot) => Ok(answers.get(slot)?),
        None => Ok(None),
    }
}

fn open(rows: &Loaded, conversation: ConversationId) -> Result<Chat, AppError> {
    let sealed_by_fan = rows.head.is_some()
        || rows.fan.is_some()
        || rows.message.is_some()
        || rows.edit.is_some()
        || rows.reaction.is_some();
    let fan_key = match &rows.fan_key {
        Some(key) => Some(key),
        None if sealed_by_fan => return Err(AppError::Absent("fan key")),
        None => None,
    };
    let Some(fan_key) = fan_key else {
        return Ok(Chat::default());
    };
    Ok(Chat {
        head: rows
            .head
            .as_ref()
            .map(|found| open_head(fan_key, &found.row))
            .transpose()?,
        fan: rows
            .fan
            .as_ref()
            .map(|found| open_fan(fan_key, &found.row, conversation))
            .transpose()?,
        message: rows
            .message
            .as_ref()
            .map(|found| open_message(fan_key, &found.row))
            .transpose()?,
        edit: rows
            .edit
            .as_ref()
            .map(|found| open_waiting(fan_key, &found.row))
            .transpose()?,
        reaction: rows
            .reaction
            .as_ref()
            .map(|found| open_waiting(fan_key, &found.row))
            .transpose()?,
    })
}

fn open_head(key: &FanKey, row: &ConversationRow) -> Result<Head, AppError> {
    let card: KeptCard = open_card(key, row)?;
    Ok(Head {
        card,
        reachability: row.reachability,
        last_message_id: row.last_message_id,
        last_activity: row.last_activity,
        last_inbound_at: row.last_inbound_at,
        unanswered: row.unanswered,
        needs_person_since: row.needs_person_since,
        wished_at: row.wished_at,
        ai_mode: row.ai_mode,
        disclosed_at: row.disclosed_at,
        promised_at: row.promised_at,
        care_at: row.care_at,
        care_answered_at: row.care_answered_at,
        draft_since: row.draft_since,
        answered_through: row.answered_through,
        notice_at: row.notice_at,
        noticed: row.noticed,
        desk: Desk {
            assigned_to: row.assigned_to,
            snoozed_until: row.snoozed_until,
            done_at: row.done_at,
            unread: row.unread,
            newest_author: row.newest_author,
            newest_by: row.newest_by,
            unsent_at: row.unsent_at,
        },
    })
}

fn open_fan(key: &FanKey, row: &FanRow, conversation: ConversationId) -> Result<Fan, AppError> {
    let at = keys::fan(row.id);
    let profile: ProfileOf = key.open_json(&place::<FanRow>(&at, "profile"), &row.profile)?;
    let source = row.source.as_ref();
    let source = source.map(|sealed| key.open_json(&place::<FanRow>(&at, "source"), sealed));
    Ok(Fan {
        profile,
        source: source.transpose()?,
        stopped_at: row.stopped_at,
        restricted_at: row.restricted_at,
        team_restricts: row.team_restricted_at.is_some(),
        no_ai_at: row.no_ai_at,
        care_at: row.care_at,
        cared_for_here: row.care_in.contains(&conversation),
        first_seen: row.first_seen,
        last_seen: row.last_seen,
    })
}

fn open_message(key: &FanKey, row: &MessageRow) -> Result<Stored, AppError> {
    let at = store::Row::key(row);
    let content: ContentOf = key.open_json(&place::<MessageRow>(&at, "content"), &row.content)?;
    let reactions = match &row.reactions {
        Some(sealed) => key.open_json(&place::<MessageRow>(&at, "reactions"), sealed)?,
        None => Vec::new(),
    };
    Ok(Stored {
        author: row.author,
        kind: row.content_kind.clone(),
        content,
        at: row.at,
        edited_at: row.edited_at,
        reply_to: row.reply_to,
        album: row.album.clone(),
        reactions,
        imported: row.imported_at.is_some(),
    })
}

fn open_waiting<T: serde::de::DeserializeOwned>(
    key: &FanKey,
    row: &WaitingRow,
) -> Result<T, AppError> {
    key.open_json(
        &place::<WaitingRow>(&store::Row::key(row), "content"),
        &row.content,
    )
}
