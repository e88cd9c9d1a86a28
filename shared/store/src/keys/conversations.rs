//! Keys of conversations: what stands in one, what waits for it, where it is listed, and what open dashboards hear of it.

use domain::Timestamp;
use domain::ids::{ConversationId, MessageId, NoteId, SavedReplyId};

use super::{LocalKey, key, moment, shard};

/// Telegram's message ids are positive and fit 31 bits; twelve digits leave room.
fn message_number(message_id: i64) -> String {
    format!("{:012}", message_id.max(0))
}

/// Partition of a workspace's saved replies.
pub const SAVED_REPLIES: &str = "REPLIES";

/// One saved reply.
pub fn saved_reply(reply: SavedReplyId) -> LocalKey {
    key(SAVED_REPLIES, reply.suffix())
}

/// What every change of a workspace's saved replies replaces, so that one comes after the other.
pub fn saved_replies() -> LocalKey {
    key(SAVED_REPLIES, "HEAD")
}

/// A conversation's head.
pub fn conversation(conversation: ConversationId) -> LocalKey {
    key(format!("CNV#{}", conversation.suffix()), "HEAD")
}

/// The inbox list, newest activity last.
pub fn inbox(conversation: ConversationId, last_activity: Timestamp) -> LocalKey {
    let shard = shard(conversation.to_bytes());
    key(
        format!("INBOX#{shard}"),
        format!("{}#{}", moment(last_activity), conversation.suffix()),
    )
}

/// Partition of one shard of the inbox list.
pub fn inbox_shard(shard: u8) -> String {
    format!("INBOX#{shard}")
}

/// Where a moment stands in a shard of the inbox list: before everything that happened then.
pub fn inbox_position(at: Timestamp) -> String {
    moment(at)
}

/// A message that Telegram has numbered.
pub fn message(conversation: ConversationId, message_id: i64) -> LocalKey {
    key(
        format!("CNV#{}", conversation.suffix()),
        format!("M#{}", message_number(message_id)),
    )
}

/// A message that Telegram refused or whose fate is unknown, at the moment it was tried.
pub fn unsent(conversation: ConversationId, at: Timestamp, message: MessageId) -> LocalKey {
    key(
        format!("CNV#{}", conversation.suffix()),
        format!("X#{}#{}", moment(at), message.suffix()),
    )
}

/// First part of the sort key of a conversation's private notes.
pub const NOTE: &str = "N#";

/// A private note of the team; ids sort by the moment they were made.
pub fn note(conversation: ConversationId, note: NoteId) -> LocalKey {
    key(
        format!("CNV#{}", conversation.suffix()),
        format!("{NOTE}{}", note.suffix()),
    )
}

/// An edit or reaction that came before its message.
pub fn waiting(conversation: ConversationId, message_id: i64, what: Waiting) -> LocalKey {
    let what = match what {
        Waiting::Edit => "EDIT",
        Waiting::Reaction => "REACTION",
    };
    key(
        format!("CNV#{}", conversation.suffix()),
        format!("W#{}#{what}", message_number(message_id)),
    )
}

/// What can wait for its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The newest edit.
    Edit,
    /// The newest reaction.
    Reaction,
}

/// The pointer from a conversation to its outbox row.
pub fn queued(conversation: ConversationId, message: MessageId) -> LocalKey {
    key(queued_of(conversation), message.suffix())
}

/// Partition of a conversation's pointers into the outbox.
pub fn queued_of(conversation: ConversationId) -> String {
    format!("QUEUED#{}", conversation.suffix())
}

/// An alert in the chat of somebody of the team.
pub fn alert(chat: ConversationId, message_id: i64) -> LocalKey {
    key(
        format!("ALERTS#{}", chat.suffix()),
        message_number(message_id),
    )
}

/// Partition of one shard of the event log.
pub fn events_of(shard: u8) -> String {
    format!("EVENTS#{shard}")
}

/// The one in which all events about a conversation stand.
pub fn events_about(conversation: ConversationId) -> String {
    events_of(shard(conversation.to_bytes()))
}

/// An event for open dashboards.
pub fn event(conversation: ConversationId, at: Timestamp, unique: &str) -> LocalKey {
    key(
        events_about(conversation),
        format!("{}#{unique}", moment(at)),
    )
}

/// Where a reader of events resumes: everything at or after this moment.
pub fn event_position(at: Timestamp) -> String {
    moment(at)
}
