//! Short-lived rows: idempotency, outbox, events, parked updates.

use domain::ids::{
    BotId, BusinessAccountId, ConversationId, FanId, MessageId, ParkedId, TenantId, UserId,
};
use domain::message::{Author, Lane};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};
use serde::{Deserialize, Serialize};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// The mark of a processed update.
    pub struct UpdateRow: "update" {
        /// The bot it came to.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// Telegram's number of it.
        update_id: i64 => class::FAN_TRANSIT_FACT,
        /// Until when it is remembered.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for UpdateRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::update(self.bot, self.update_id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

/// Where an outbox row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits for its turn.
    Queued,
    /// The call is under way; a row found like this after its lease has an unknown fate.
    Sending,
}

stored! {
    /// A message that waits to be sent. `work` has no backups, so its content may be under the tenant's key.
    pub struct OutboxRow: "outbox" {
        /// Its id.
        id: MessageId => class::FAN_TRANSIT_FACT,
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::FAN_TRANSIT_FACT,
        /// Through which bot.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// To whom.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// In which lane.
        lane: Lane => class::FAN_TRANSIT_FACT,
        /// Who wrote it.
        author: Author => class::FAN_TRANSIT_FACT,
        /// Text and options as JSON, sealed under the tenant's key.
        content: Sealed => class::FAN_TRANSIT,
        /// The message it answers.
        reply_to: Option<i64> => class::FAN_TRANSIT_FACT,
        /// Where it stands.
        state: OutboxState => class::FAN_TRANSIT_FACT,
        /// How often it was tried.
        attempts: u32 => class::FAN_TRANSIT_FACT,
        /// When it was queued.
        queued_at: Timestamp => class::FAN_TRANSIT_FACT,
        /// When `tick` rings if nobody has sent it.
        due_at: Option<Timestamp> => class::FAN_TRANSIT_FACT,
        /// The person who wrote it.
        sent_by: Option<UserId> => class::FAN_TRANSIT_FACT,
        /// Who changed it last while it was a draft of Sofi; absent where nobody did.
        #[serde(default)]
        edited_by: Option<UserId> => class::FAN_TRANSIT_FACT,
        /// Whether it says that an AI writes; once it is sent, the fan knows.
        #[serde(default)]
        discloses: bool => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the newest message that it answers; zero: whatever came before it.
        #[serde(default)]
        answers: i64 => class::FAN_TRANSIT_FACT,
        /// The account in whose name it is sent; absent: the bot's own.
        #[serde(default)]
        account: Option<BusinessAccountId> => class::FAN_TRANSIT_FACT,
    }
}

impl OutboxRow {
    /// A message that waits from `at` on, still without content: the bot's own, answering nothing, on nobody's word.
    pub fn queued(
        id: MessageId,
        (tenant, bot, conversation): (TenantId, BotId, ConversationId),
        (lane, author): (Lane, Author),
        at: Timestamp,
    ) -> Self {
        Self {
            id,
            tenant,
            bot,
            conversation,
            lane,
            author,
            content: Sealed::default(),
            reply_to: None,
            state: OutboxState::Queued,
            attempts: 0,
            queued_at: at,
            due_at: None,
            sent_by: None,
            edited_by: None,
            discloses: false,
            answers: 0,
            account: None,
        }
    }
}

impl Row for OutboxRow {
    const TABLE: Table = Table::Work;
    const BOT: Option<&'static str> = Some("bot");
    fn key(&self) -> LocalKey {
        keys::outbox(self.bot, self.lane, self.queued_at, self.id)
    }
    fn due(&self) -> Option<Due> {
        self.due_at.map(|at| Due {
            at,
            tenant: self.tenant,
            bot: self.bot,
            unique: self.id.suffix(),
        })
    }
}

stored! {
    /// An alert that somebody of the team has in their Telegram: what their word for it is about.
    pub struct AlertRow: "alert" {
        /// Through which bot.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// In whose chat.
        chat: ConversationId => class::FAN_TRANSIT_FACT,
        /// Telegram's number of it.
        message_id: i64 => class::FAN_TRANSIT_FACT,
        /// In which conversation something waits.
        about: ConversationId => class::FAN_TRANSIT_FACT,
        /// The draft as it was shown, named as the API names it.
        draft: Option<String> => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the newest message that was shown.
        seen: i64 => class::FAN_TRANSIT_FACT,
        /// Until when it can be answered.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for AlertRow {
    const TABLE: Table = Table::Work;
    const BOT: Option<&'static str> = Some("bot");
    fn key(&self) -> LocalKey {
        keys::alert(self.chat, self.message_id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// The pointer from a conversation to its outbox row.
    pub struct QueuedRow: "queued" {
        /// The message.
        id: MessageId => class::FAN_TRANSIT_FACT,
        /// Its conversation.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// Its bot.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// Its lane.
        lane: Lane => class::FAN_TRANSIT_FACT,
        /// When it was queued.
        queued_at: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl QueuedRow {
    /// What points to a message that waits.
    pub fn of(outbox: &OutboxRow) -> Self {
        Self {
            id: outbox.id,
            conversation: outbox.conversation,
            bot: outbox.bot,
            lane: outbox.lane,
            queued_at: outbox.queued_at,
        }
    }

    /// The key of the outbox row that it points to.
    pub fn outbox_key(&self) -> LocalKey {
        keys::outbox(self.bot, self.lane, self.queued_at, self.id)
    }
}

impl Row for QueuedRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::queued(self.conversation, self.id)
    }
}

stored! {
    /// A bot's sending state: obeyed before every call.
    pub struct SenderRow: "sender" {
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// Which bot's.
        bot: BotId => class::TECHNICAL,
        /// No call before this moment: Telegram said so, or a call has just failed.
        blocked_until: Option<Timestamp> => class::TECHNICAL,
    }
}

impl Row for SenderRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::sender(self.bot)
    }
    fn due(&self) -> Option<Due> {
        self.blocked_until.map(|at| Due {
            at,
            tenant: self.tenant,
            bot: self.bot,
            unique: "BLOCKED".to_owned(),
        })
    }
}

stored! {
    /// Something that open dashboards should know.
    pub struct EventRow: "event" {
        /// Makes the key unique.
        unique: String => class::FAN_TRANSIT_FACT,
        /// For example `message.received`.
        event: String => class::FAN_TRANSIT_FACT,
        /// The conversation it happened in.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// The fan.
        fan: Option<FanId> => class::FAN_TRANSIT_FACT,
        /// The message.
        message: Option<MessageId> => class::FAN_TRANSIT_FACT,
        /// When.
        at: Timestamp => class::FAN_TRANSIT_FACT,
        /// Until when it is kept.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for EventRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::event(self.conversation, self.at, &self.unique)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// An update that we could not process, kept sealed where a person sees it.
    pub struct ParkedRow: "parked" {
        /// Its id.
        id: ParkedId => class::FAN_TRANSIT_FACT,
        /// The bot it came to.
        bot: BotId => class::FAN_TRANSIT_FACT,
        /// The conversation, where one can be told, so that erasure finds it.
        conversation: Option<ConversationId> => class::FAN_TRANSIT_FACT,
        /// Why: a stable code such as `unparsable` or `unsupported_kind`.
        reason: String => class::FAN_TRANSIT_FACT,
        /// The kind of update, where it has one that we know or a safe name.
        update_kind: Option<String> => class::FAN_TRANSIT_FACT,
        /// The body as it came, sealed under the tenant's key.
        raw: Sealed => class::FAN_TRANSIT,
        /// When it came.
        received_at: Timestamp => class::FAN_TRANSIT_FACT,
        /// Until when it is kept.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for ParkedRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::parked(self.bot, self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// The answer kept for an Idempotency-Key.
    pub struct IdempotencyRow: "idempotency" {
        /// Hex of a hash over caller, route and key.
        hash: String => class::TECHNICAL,
        /// Hex of SHA-256 of the request body.
        body_hash: String => class::TECHNICAL,
        /// The answer's status; absent while the first request runs.
        status: Option<u16> => class::TECHNICAL,
        /// The answer's body: ids and states only.
        answer: Option<String> => class::TECHNICAL,
        /// While it runs: until when nobody else may take over.
        lease_until: Timestamp => class::TECHNICAL,
        /// Until when it is kept.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for IdempotencyRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::idempotency(&self.hash)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// How far `tick` has looked.
    pub struct TickRow: "tick" {
        /// The last minute since the epoch that was swept completely.
        swept_minute: i64 => class::TECHNICAL,
    }
}

impl Row for TickRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::tick_cursor()
    }
}
