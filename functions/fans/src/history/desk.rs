//! One fan of a file: what is held of them, which records are missing, and the transactions that write those.

use std::collections::{BTreeSet, HashSet};

use app::{App, AppError, Event, event_row, relist};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::BotId;
use domain::sofi::MOST_FACTS;
use serde::Serialize;
use store::keys::FanList;
use store::row::{ConversationRow, FactRow, FanRow, MessageRow, NoteRow};
use store::{
    Answers, Direction, Found, LocalKey, Page, ReadMany, Row, Slot, StoreError, TenantDb, keys,
};
use tenancy::{Manager, TenantScope};
use vault::TenantKey;

use super::HistoryRefusal;
use super::head::head;
use super::rows::Chat;
use super::told::{Fact, Message, Note, Told};
use crate::held::{HeldFan, require_not_erased};
use crate::note::tell;

/// Times that the fan's own doings may come in between.
const TRIES: usize = 6;
/// Records in one transaction: it has a few rows beside them.
const AT_ONCE: usize = 40;

/// Everything that the fans of a file have in common.
pub(super) struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) scope: &'a TenantScope<Manager>,
    pub(super) db: &'a TenantDb<Manager>,
    pub(super) key: &'a TenantKey,
    pub(super) bot: BotId,
}

/// What is held of a fan and of the conversation.
struct Held {
    fan: HeldFan,
    head: Option<Found<ConversationRow>>,
    /// Records of the file that are here.
    there: HashSet<LocalKey>,
    facts: usize,
}

/// Where a record would stand here, and what tells whether it does: the export of a workspace has the workspace's own ids, and
/// brings nothing into it.
struct Sought<T> {
    at: LocalKey,
    brought: Slot<T>,
    own: Option<Slot<T>>,
}

impl<T: Row> Sought<T> {
    fn ask(read: &mut ReadMany<'_>, at: LocalKey, own: Option<LocalKey>) -> Self {
        Self {
            brought: read.find(&at),
            own: own.map(|own| read.find(&own)),
            at,
        }
    }

    /// The place, if the record is here.
    fn here(self, found: &Answers) -> Result<Option<LocalKey>, StoreError> {
        for slot in self.own.into_iter().chain([self.brought]) {
            if found.get(slot)?.is_some() {
                return Ok(Some(self.at));
            }
        }
        Ok(None)
    }
}

/// One record.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Message(&'a Message),
    Note(&'a Note),
    Fact(&'a Fact),
}

impl Item<'_> {
    /// When it happened in the conversation; a fact is about the fan.
    pub(super) const fn happened(&self) -> Option<Timestamp> {
        match self {
            Self::Message(message) => Some(message.at),
            Self::Note(note) => Some(note.at),
            Self::Fact(_) => None,
        }
    }
}

/// What became of a fan's records, or would.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) created: usize,
    pub(super) unchanged: usize,
    pub(super) refused: usize,
    pub(super) refusal: Option<HistoryRefusal>,
}

impl Outcome {
    const fn of(told: &Told, created: usize) -> Self {
        Self {
            created,
            unchanged: told.len() - created,
            refused: 0,
            refusal: None,
        }
    }

    const fn refused(told: &Told, created: usize, refusal: HistoryRefusal) -> Self {
        Self {
            created,
            unchanged: 0,
            refused: told.len() - created,
            refusal: Some(refusal),
        }
    }
}

/// What an entry of the log says.
#[derive(Default, Serialize)]
struct Brought {
    messages: usize,
    notes: usize,
    facts: usize,
}

impl Brought {
    fn of(items: &[Item<'_>]) -> Self {
        let mut brought = Self::default();
        for item in items {
            match item {
                Item::Message(_) => brought.messages += 1,
                Item::Note(_) => brought.notes += 1,
                Item::Fact(_) => brought.facts += 1,
            }
        }
        brought
    }
}

/// Why nothing may come of a fan. A file is older than what we hold, and than what was said since.
fn refusal(fan: Option<&FanRow>, erased: bool, facts: usize) -> Option<HistoryRefusal> {
    match fan {
        _ if erased => Some(HistoryRefusal::Erased),
        None => Some(HistoryRefusal::UnknownFan),
        Some(fan) if fan.is_restricted() => Some(HistoryRefusal::Restricted),
        Some(_) if facts > MOST_FACTS => Some(HistoryRefusal::TooManyFacts),
        Some(_) => None,
    }
}

/// Records that are missing, in their order; or why none may come.
fn missing<'a>(
    told: &'a Told,
    held: &Held,
    chat: &Chat<'_>,
    now: Timestamp,
) -> Result<Vec<Item<'a>>, HistoryRefusal> {
    let is_new = |key: &LocalKey| !held.there.contains(key);
    let messages = told.messages.iter();
    let messages = messages.filter(|one| is_new(&chat.message_key(one)));
    let notes = told.notes.iter();
    let notes = notes.filter(|one| is_new(&chat.note_key(one)));
    let facts = told.facts.iter().filter(|one| one.until > now);
    let facts: Vec<_> = facts
        .filter(|one| is_new(&chat.fact_key(one)))
        .map(Item::Fact)
        .collect();
    let remembered = match facts.len() {
        0 => 0,
        more => held.facts + more,
    };
    // Without a key there is no fan any more, whatever row may still be there.
    let fan = held.fan.row.as_ref().filter(|_| held.fan.key.is_some());
    let is_erased = held.fan.tombstone.is_some();
    if let Some(refusal) = refusal(fan.map(|found| &found.row), is_erased, remembered) {
        return Err(refusal);
    }
    let said = messages.map(Item::Message).chain(notes.map(Item::Note));
    Ok(said.chain(facts).collect())
}

impl Desk<'_> {
    fn chat(&self, user: i64) -> Chat<'_> {
        Chat::of(self.app, self.key, self.bot, user)
    }

    /// What would become of a fan's records.
    pub(super) async fn judge(&self, user: i64, told: &Told) -> Result<Outcome, AppError> {
        let chat = self.chat(user);
        let held = self.look(&chat, told).await?;
        Ok(match missing(told, &held, &chat, self.app.clock.now()) {
            Ok(missing) => Outcome::of(told, missing.len()),
            Err(refusal) => Outcome::refused(told, 0, refusal),
        })
    }

    /// Writes what is missing of a fan, some at a time, each time by what is right by then: whoever wrote, was restricted or
    /// erased meanwhile is looked at again.
    pub(super) async fn import(&self, user: i64, told: &Told) -> Result<Outcome, AppError> {
        let chat = self.chat(user);
        let (mut created, mut races) = (0, 0);
        while races < TRIES {
            let held = self.look(&chat, told).await?;
            let missing = match missing(told, &held, &chat, self.app.clock.now()) {
                Ok(missing) if missing.is_empty() => return Ok(Outcome::of(told, created)),
                Ok(missing) => missing,
                Err(refusal) => return Ok(Outcome::refused(told, created, refusal)),
            };
            let some = &missing[..missing.len().min(AT_ONCE)];
            match Box::pin(self.write(&chat, &held, some)).await {
                Ok(()) => created += some.len(),
                Err(AppError::Store(error)) if error.is_race() => races += 1,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Contention.into())
    }

    async fn look(&self, chat: &Chat<'_>, told: &Told) -> Result<Held, AppError> {
        let (fan, conversation) = (chat.fan, chat.conversation);
        let mut read = self.db.read_many();
        let asked = HeldFan::ask(&mut read, self.key, fan);
        let head = read.find::<ConversationRow>(&keys::conversation(conversation));
        let messages = told.messages.iter();
        let messages: Vec<Sought<MessageRow>> = messages
            .map(|one| Sought::ask(&mut read, chat.message_key(one), chat.own_message(one)))
            .collect();
        let notes = told.notes.iter();
        let notes: Vec<Sought<NoteRow>> = notes
            .map(|one| Sought::ask(&mut read, chat.note_key(one), chat.own_note(one)))
            .collect();
        let facts = told.facts.iter();
        let facts: Vec<Sought<FactRow>> = facts
            .map(|one| Sought::ask(&mut read, chat.fact_key(one), chat.own_fact(one)))
            .collect();
        let found = Box::pin(read.send()).await?;
        let mut there = HashSet::new();
        for one in messages {
            there.extend(one.here(&found)?);
        }
        for one in notes {
            there.extend(one.here(&found)?);
        }
        for one in facts {
            there.extend(one.here(&found)?);
        }
        Ok(Held {
            fan: asked.held(&found, self.key)?,
            head: found.get(head)?,
            there,
            facts: match told.facts.is_empty() {
                true => 0,
                false => self.facts(chat).await?,
            },
        })
    }

    /// How many facts of a fan there are.
    async fn facts(&self, chat: &Chat<'_>) -> Result<usize, AppError> {
        let page = Page {
            pk: &keys::fan(chat.fan).pk,
            from: "FACT#",
            to: "FACT~",
            direction: Direction::Forward,
            limit: MOST_FACTS,
        };
        let found = Box::pin(self.db.list::<FactRow>(&page)).await?;
        Ok(found.len())
    }

    async fn write(
        &self,
        chat: &Chat<'_>,
        held: &Held,
        items: &[Item<'_>],
    ) -> Result<(), AppError> {
        let found = held.fan.row.as_ref().ok_or(AppError::Absent("fan"))?;
        let key = held.fan.key.as_ref();
        let key = key.ok_or(AppError::Absent("fan key"))?;
        let now = self.app.clock.now();
        let mut transaction = self.db.transaction();
        require_not_erased(&mut transaction, self.key, chat.fan);
        for item in items {
            match item {
                Item::Message(message) => transaction.create(&chat.message(message, key, now)?),
                Item::Note(note) => transaction.create(&chat.note(note, key)?),
                Item::Fact(fact) => transaction.create_or_revive(&chat.fact(fact, key)?),
            };
        }
        let talks = items.iter().any(|item| item.happened().is_some());
        let before = held.head.as_ref();
        if talks {
            let whose = (self.bot, &found.row, key);
            let after = head(chat, whose, before.map(|head| &head.row), items)?;
            if let Some(row) = after {
                match before {
                    Some(head) => transaction.replace(&row, head.rev),
                    None => transaction.create(&row),
                };
                let event = Event::ConversationChanged;
                let (talk, fan) = (chat.conversation, Some(chat.fan));
                transaction.create(&event_row(self.app, now, event, talk, fan, None));
            }
        }
        let mut fan = found.row.clone();
        if talks && !fan.chats.contains(&chat.conversation) {
            fan = self.app.with_sealed_tags(key, fan)?;
            fan.chats.push(chat.conversation);
            transaction.replace(&fan, found.rev);
            let list = BTreeSet::from([FanList::Bot(self.bot)]);
            relist(&mut transaction, &fan, &BTreeSet::new(), &list);
        } else {
            // Whoever restricts the fan meanwhile comes first.
            transaction.require_revision::<FanRow>(&keys::fan(fan.id), found.rev);
        }
        let entry = self.app.audit(self.scope, Action::FanImport, fan.id);
        let entry = entry.values(key, None, Some(&Brought::of(items)))?;
        let newest = fan.chats.last().copied();
        tell(self.app, &mut transaction, &fan, newest, &entry);
        Ok(Box::pin(transaction.commit()).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Sealed;
    use domain::ids::FanId;

    fn row() -> FanRow {
        let id = FanId::from_bytes([1; 16]);
        FanRow::new(id, Sealed::default(), Timestamp::default())
    }

    #[test]
    fn nothing_comes_of_who_was_erased_is_restricted_or_unknown() {
        let restricted = FanRow {
            team_restricted_at: Some(Timestamp::from_seconds(1)),
            ..row()
        };
        assert_eq!(refusal(Some(&row()), false, 0), None);
        for (fan, erased, expected) in [
            (Some(&row()), true, HistoryRefusal::Erased),
            (None, true, HistoryRefusal::Erased),
            (None, false, HistoryRefusal::UnknownFan),
            (Some(&restricted), false, HistoryRefusal::Restricted),
        ] {
            assert_eq!(refusal(fan, erased, 0), Some(expected));
        }
    }

    #[test]
    fn a_fan_does_not_get_more_facts_than_sofi_remembers() {
        let many = Some(HistoryRefusal::TooManyFacts);
        assert_eq!(refusal(Some(&row()), false, MOST_FACTS), None);
        assert_eq!(refusal(Some(&row()), false, MOST_FACTS + 1), many);
    }

    #[test]
    fn each_record_is_counted_once() {
        let at = Timestamp::from_seconds(1);
        let note = |id: &str| Note {
            id: id.to_owned(),
            text: "a".to_owned(),
            at,
        };
        let told = Told {
            notes: vec![note("1"), note("2")],
            ..Told::default()
        };
        let outcome = Outcome::of(&told, 1);
        assert_eq!((outcome.created, outcome.unchanged), (1, 1));
        let outcome = Outcome::refused(&told, 0, HistoryRefusal::Erased);
        assert_eq!((outcome.created, outcome.refused), (0, 2));
        let brought = Brought::of(&[Item::Note(&told.notes[0])]);
        assert_eq!((brought.messages, brought.notes, brought.facts), (0, 1, 0));
    }
}
