//! Conversations and messages.

use domain::ids::{BotId, BusinessAccountId, ConversationId, FanId, MessageId, NoteId, UserId};
use domain::message::{Author, Delivery, Reachability};
use domain::registry::class;
use domain::sofi::ReplyMode;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey, Waiting};

stored! {
    /// The head of a conversation: what a list shows.
    pub struct ConversationRow: "conversation" {
        /// Its id.
        id: ConversationId => class::FAN_FACT,
        /// The bot.
        bot: BotId => class::FAN_FACT,
        /// The fan.
        fan: FanId => class::FAN_FACT,
        /// Display name, snippet and why the fan is in care mode as JSON, sealed under the fan's key.
        card: Sealed => class::FAN_CONTENT,
        /// Whether the bot may write.
        reachability: Reachability => class::FAN_FACT,
        /// The highest Telegram message id seen, either way.
        last_message_id: i64 => class::FAN_FACT,
        /// When anything last happened.
        last_activity: Timestamp => class::FAN_FACT,
        /// When the fan last wrote; what a file says does not count.
        last_inbound_at: Option<Timestamp> => class::FAN_FACT,
        /// Messages of the fan since a person's last answer.
        unanswered: u32 => class::FAN_FACT,
        /// The fan asked for a person, or a rule handed over, at this moment.
        needs_person_since: Option<Timestamp> => class::FAN_FACT,
        /// The fan last asked for a person at this moment, and none has answered: nothing that an AI wrote before leaves. A person
        /// may have been asked for earlier and for another reason.
        #[serde(default)]
        wished_at: Option<Timestamp> => class::FAN_FACT,
        /// What Sofi does here, where it differs from the bot's setting.
        #[serde(default)]
        ai_mode: Option<ReplyMode> => class::FAN_FACT,
        /// When the fan was last told that an AI writes.
        #[serde(default)]
        disclosed_at: Option<Timestamp> => class::FAN_FACT,
        /// When the fan was last told that a person will answer.
        #[serde(default)]
        promised_at: Option<Timestamp> => class::FAN_FACT,
        /// Care mode that began here, since: no AI, no offers, a person answers. Zero: not. Why stands in the sealed card; that it
        /// holds in all of the fan's chats, in the fan's row.
        #[serde(default)]
        care_at: Timestamp => class::FAN_FACT,
        /// When the fan was last answered with a caring text.
        #[serde(default)]
        care_answered_at: Option<Timestamp> => class::FAN_FACT,
        /// Telegram's number of the newest message of the fan that has been answered. A reply may get a higher number than
        /// a message that it does not answer.
        #[serde(default)]
        answered_through: i64 => class::FAN_FACT,
        /// A draft waits for a person since.
        #[serde(default)]
        draft_since: Option<Timestamp> => class::FAN_FACT,
        /// The account in whose chats this is; absent in the bot's own.
        #[serde(default)]
        account: Option<BusinessAccountId> => class::FAN_FACT,
        /// In an account's chat: when the notice that an AI takes part was last queued.
        #[serde(default)]
        notice_at: Option<Timestamp> => class::FAN_FACT,
        /// Telegram's number of that notice, once it was sent. Nothing up to it reaches a vendor.
        #[serde(default)]
        noticed: Option<i64> => class::FAN_FACT,
        /// The member of the team who is to deal with it.
        #[serde(default)]
        assigned_to: Option<UserId> => class::FAN_FACT,
        /// Out of the working views until this moment. Past, or taken away by the fan's next message: awake.
        #[serde(default)]
        snoozed_until: Option<Timestamp> => class::FAN_FACT,
        /// Dealt with since; the fan's next message opens it again.
        #[serde(default)]
        done_at: Option<Timestamp> => class::FAN_FACT,
        /// Messages of the fan that nobody of the team has marked as read.
        #[serde(default)]
        unread: u32 => class::FAN_FACT,
        /// Who wrote the message with the highest number that Telegram gave; absent in heads of an earlier release and where there is
        /// none.
        #[serde(default)]
        newest_author: Option<Author> => class::FAN_FACT,
        /// The person on whose word that message was sent.
        #[serde(default)]
        newest_by: Option<UserId> => class::FAN_FACT,
        /// When a message to the fan last failed, or its fate became unknown, and nobody has dealt with that since.
        #[serde(default)]
        unsent_at: Option<Timestamp> => class::FAN_FACT,
    }
}

impl ConversationRow {
    /// A chat with a reachable fan, of which nothing else is known.
    pub fn new(id: ConversationId, bot: BotId, fan: FanId) -> Self {
        Self {
            id,
            bot,
            fan,
            card: Sealed::default(),
            reachability: Reachability::Reachable,
            last_message_id: 0,
            last_activity: Timestamp::default(),
            last_inbound_at: None,
            unanswered: 0,
            needs_person_since: None,
            wished_at: None,
            ai_mode: None,
            disclosed_at: None,
            promised_at: None,
            care_at: Timestamp::default(),
            care_answered_at: None,
            answered_through: 0,
            draft_since: None,
            account: None,
            notice_at: None,
            noticed: None,
            assigned_to: None,
            snoozed_until: None,
            done_at: None,
            unread: 0,
            newest_author: None,
            newest_by: None,
            unsent_at: None,
        }
    }

    /// Whether it waits for its moment, out of the working views.
    pub fn is_asleep(&self, now: Timestamp) -> bool {
        self.snoozed_until.is_some_and(|until| until > now)
    }

    /// Whether it belongs into the working views: neither dealt with nor asleep.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.done_at.is_none() && !self.is_asleep(now)
    }
}

impl Row for ConversationRow {
    const TABLE: Table = Table::Tenant;
    const BOT: Option<&'static str> = Some("bot");
    fn key(&self) -> LocalKey {
        keys::conversation(self.id)
    }
    fn list_key(&self) -> Option<LocalKey> {
        Some(keys::inbox(self.id, self.last_activity))
    }
}

stored! {
    /// One message, in or out.
    pub struct MessageRow: "message" {
        /// Its id.
        id: MessageId => class::FAN_FACT,
        /// The conversation.
        conversation: ConversationId => class::FAN_FACT,
        /// Telegram's number; absent while Telegram has not confirmed one.
        message_id: Option<i64> => class::FAN_FACT,
        /// Who wrote it.
        author: Author => class::FAN_FACT,
        /// What it is: `text`, `photo`, `voice`, ...
        content_kind: String => class::FAN_FACT,
        /// Text, entities and media reference as JSON, sealed under the fan's key.
        content: Sealed => class::FAN_CONTENT,
        /// When it was written (fan) or sent (us).
        at: Timestamp => class::FAN_FACT,
        /// When it was last edited.
        edited_at: Option<Timestamp> => class::FAN_FACT,
        /// The message it answers.
        reply_to: Option<i64> => class::FAN_FACT,
        /// The album it belongs to.
        album: Option<String> => class::FAN_FACT,
        /// The fan's reactions, as emoji or custom emoji ids, sealed under the fan's key.
        reactions: Option<Sealed> => class::FAN_CONTENT,
        /// Where it stands.
        delivery: Delivery => class::FAN_FACT,
        /// Why it failed: a stable code.
        failure: Option<String> => class::FAN_FACT,
        /// The person who wrote it.
        sent_by: Option<UserId> => class::FAN_FACT,
        /// Who changed it last while it was a draft of Sofi; absent where nobody did.
        #[serde(default)]
        edited_by: Option<UserId> => class::FAN_FACT,
        /// When it was brought in from an export; absent where it came from Telegram or went there, which we witnessed.
        #[serde(default)]
        imported_at: Option<Timestamp> => class::FAN_FACT,
    }
}

impl Row for MessageRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        match self.message_id {
            Some(number) => keys::message(self.conversation, number),
            None => keys::unsent(self.conversation, self.at, self.id),
        }
    }
}

stored! {
    /// A private note of the team in a conversation; no fan ever gets it.
    pub struct NoteRow: "note" {
        /// Its id.
        id: NoteId => class::FAN_FACT,
        /// The conversation.
        conversation: ConversationId => class::FAN_FACT,
        /// Who wrote it.
        author: Option<UserId> => class::FAN_FACT,
        /// The text as JSON, sealed under the fan's key.
        text: Sealed => class::FAN_CONTENT,
        /// When.
        at: Timestamp => class::FAN_FACT,
    }
}

impl Row for NoteRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::note(self.conversation, self.id)
    }
}

stored! {
    /// An edit or reaction that came before its message.
    pub struct WaitingRow: "waiting" {
        /// The conversation.
        conversation: ConversationId => class::FAN_TRANSIT_FACT,
        /// Telegram's number of the awaited message.
        message_id: i64 => class::FAN_TRANSIT_FACT,
        /// Whether it is a reaction (else an edit).
        reaction: bool => class::FAN_TRANSIT_FACT,
        /// Its content as it will be applied, sealed under the fan's key.
        content: Sealed => class::FAN_TRANSIT,
        /// Telegram's date of it; the newest wins.
        at: Timestamp => class::FAN_TRANSIT_FACT,
        /// When it stops waiting.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for WaitingRow {
    // In `work`: nothing that may never be claimed belongs into the recoverable table.
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        let what = if self.reaction {
            Waiting::Reaction
        } else {
            Waiting::Edit
        };
        keys::waiting(self.conversation, self.message_id, what)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
