//! Records of a file as rows: under ids of this workspace, sealed for the fan.
//!
//! An id of the file is another workspace's and says nothing here. What stands for it is a keyed hash of it behind the moment
//! of the record, so that the same file again finds what it brought, and lists stay in their order.

use app::{App, AppError, SealsJson, place};
use domain::ids::{BotId, ConversationId, FactId, FanId, MessageId, NoteId};
use domain::{Sealed, Timestamp};
use store::row::{FactRow, MessageRow, NoteRow};
use store::{LocalKey, Row, keys};
use vault::{FanKey, TenantKey};

use super::told::{Fact, Message, Note};

/// The chat of a fan with a bot, as records of it are named and sealed.
pub(super) struct Chat<'a> {
    pub(super) app: &'a App,
    pub(super) key: &'a TenantKey,
    pub(super) fan: FanId,
    pub(super) conversation: ConversationId,
}

impl<'a> Chat<'a> {
    /// That of the person whom Telegram knows by a number.
    pub(super) fn of(app: &'a App, key: &'a TenantKey, bot: BotId, user: i64) -> Self {
        let ids = key.peer_ids();
        Self {
            app,
            key,
            fan: ids.fan(user),
            conversation: ids.conversation(bot, user),
        }
    }

    /// Where a message stands here.
    pub(super) fn message_key(&self, message: &Message) -> LocalKey {
        match message.told.message_id {
            Some(number) => keys::message(self.conversation, number),
            None => keys::unsent(self.conversation, message.at, self.message_id(message)),
        }
    }

    /// Where a note stands here.
    pub(super) fn note_key(&self, note: &Note) -> LocalKey {
        keys::note(self.conversation, self.note_id(note))
    }

    /// Where a fact stands here.
    pub(super) fn fact_key(&self, fact: &Fact) -> LocalKey {
        keys::fact(self.fan, self.fact_id(fact))
    }

    /// Where a message without a number stands, if the file is an export of this workspace.
    pub(super) fn own_message(&self, message: &Message) -> Option<LocalKey> {
        let told = &message.told;
        let id = told.id.parse().ok().filter(|_| told.message_id.is_none())?;
        Some(keys::unsent(self.conversation, message.at, id))
    }

    /// The same of a note.
    pub(super) fn own_note(&self, note: &Note) -> Option<LocalKey> {
        Some(keys::note(self.conversation, note.id.parse().ok()?))
    }

    /// The same of a fact.
    pub(super) fn own_fact(&self, fact: &Fact) -> Option<LocalKey> {
        Some(keys::fact(self.fan, fact.id.parse().ok()?))
    }

    fn message_id(&self, message: &Message) -> MessageId {
        let said = format!("{} {}", self.conversation, message.told.id);
        MessageId::from_bytes(named(self.key, message.at, &said))
    }

    fn note_id(&self, note: &Note) -> NoteId {
        let said = format!("{} {}", self.conversation, note.id);
        NoteId::from_bytes(named(self.key, note.at, &said))
    }

    fn fact_id(&self, fact: &Fact) -> FactId {
        // By fan: the same fact may come with the chats of each of their bots.
        let said = format!("{} {}", self.fan, fact.id);
        FactId::from_bytes(named(self.key, fact.at, &said))
    }

    /// A message, sealed. Who of the team sent it is another workspace's business.
    pub(super) fn message(
        &self,
        message: &Message,
        key: &FanKey,
        now: Timestamp,
    ) -> Result<MessageRow, AppError> {
        let told = &message.told;
        let mut row = MessageRow {
            id: self.message_id(message),
            conversation: self.conversation,
            message_id: told.message_id,
            author: told.author,
            content_kind: told.content_kind.clone(),
            content: Sealed::default(),
            at: message.at,
            edited_at: message.edited_at,
            reply_to: told.reply_to,
            album: told.album.clone(),
            reactions: None,
            delivery: told.delivery,
            failure: told.failure.clone(),
            sent_by: None,
            edited_by: None,
            imported_at: Some(now),
        };
        let (at, entropy) = (row.key(), self.app.entropy.as_ref());
        row.content =
            key.seal_json(&place::<MessageRow>(&at, "content"), &told.content, entropy)?;
        let marks = told.reactions.as_ref().filter(|marks| !marks.is_empty());
        let seal = |marks: &Vec<String>| {
            key.seal_json(&place::<MessageRow>(&at, "reactions"), marks, entropy)
        };
        row.reactions = marks.map(seal).transpose()?;
        Ok(row)
    }

    /// A note, sealed; nobody here wrote it.
    pub(super) fn note(&self, note: &Note, key: &FanKey) -> Result<NoteRow, AppError> {
        let mut row = NoteRow {
            id: self.note_id(note),
            conversation: self.conversation,
            author: None,
            text: Sealed::default(),
            at: note.at,
        };
        let (at, entropy) = (row.key(), self.app.entropy.as_ref());
        row.text = key.seal_json(&place::<NoteRow>(&at, "text"), &note.text, entropy)?;
        Ok(row)
    }

    /// A fact, sealed.
    pub(super) fn fact(&self, fact: &Fact, key: &FanKey) -> Result<FactRow, AppError> {
        let mut row = FactRow {
            id: self.fact_id(fact),
            fan: self.fan,
            text: Sealed::default(),
            conversation: fact.source.map(|_| self.conversation),
            source: fact.source,
            confidence: fact.confidence,
            sensitivity: fact.sensitivity,
            edited_by: None,
            at: fact.at,
            until: fact.until,
        };
        let (at, entropy) = (row.key(), self.app.entropy.as_ref());
        row.text = key.seal_json(&place::<FactRow>(&at, "text"), &fact.text, entropy)?;
        Ok(row)
    }
}

/// The 128 bits that stand for something of a file: its moment as in any id, then 80 bits of a mark.
fn named(key: &TenantKey, at: Timestamp, said: &str) -> [u8; 16] {
    let mark = key.mark(&format!("brought in {said}"));
    let mark = u128::from_str_radix(&mark, 16).expect("a mark is 32 digits in hex");
    stamped(at, mark)
}

fn stamped(at: Timestamp, mark: u128) -> [u8; 16] {
    let moment = u128::from(at.millis().unsigned_abs());
    ((moment << 80) | (mark >> 48)).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_what_was_brought_in_sort_by_its_moment() {
        let (early, late) = (Timestamp::from_seconds(5), Timestamp::from_seconds(6));
        assert!(stamped(early, u128::MAX) < stamped(late, 0));
        assert_ne!(stamped(early, u128::MAX), stamped(early, 0));
        let id = NoteId::from_bytes(stamped(late, 0)).to_bytes();
        assert_eq!(id[..6], 6_000_u64.to_be_bytes()[2..]);
    }
}
