//! Keeping what cannot be worked: sealed for a week where a person sees it, found by bot and chat, replayable.
//!
//! The id of a kept update follows from when it was received and what made it unique in the queue: a repeated delivery
//! is kept once, a replay that fails again is kept under a new id, and ids sort by time. A kept update leaves no mark of
//! having been worked, so that its replay is worked.

use std::time::Duration;

use app::{App, AppError, Event, event_row, place, tombstone_mark};
use domain::Timestamp;
use domain::ids::{BotId, ConversationId, ParkedId};
use jobs::InboundUpdate;
use ring::digest::{Context, SHA256};
use store::row::{BotRow, ParkedRow, TombstoneRow, UpdateRow};
use store::{Slot, keys};
use telegram::{Envelope, UpdateKind};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::erased::is_gone_aside;
use super::save::put_parked;

/// How long it is kept.
const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);
/// So often a lost race is run again.
const RACES: u32 = 8;

/// An update as it came out of the queue.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) job: InboundUpdate,
    /// What made it unique in the queue: for updates the bot and their number, for a replay something new.
    pub(crate) unique: String,
}

impl Delivery {
    /// The id under which it is kept.
    pub(crate) fn parked_id(&self) -> ParkedId {
        parked_id(
            self.job.bot,
            self.job.received_at,
            &self.unique,
            &self.job.body(),
        )
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Kept now, or once more.
    Parked,
    /// It was worked after all.
    Worked,
    /// Its fan was erased since.
    Erased,
    /// Its bot is not connected.
    NoBot,
}

/// Seals the body and keeps it. One read and one transaction.
///
/// # Errors
/// When the tenant has no key any more, or the database or KMS does not answer.
pub(crate) async fn keep(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    reason: &'static str,
) -> Result<Kept, AppError> {
    let job = &delivery.job;
    let body = job.body();
    let envelope = Envelope::parse(&body).ok();
    let key = app.tenant_key(scope).await?;
    let db = app.store.within(scope)?;
    let row = row(app, &key, delivery, &body, envelope.as_ref(), reason);
    let update_id = envelope.as_ref().and_then(|envelope| envelope.update_id);
    for _ in 0..RACES {
        let mut read = db.read_many();
        let bot: Slot<BotRow> = read.find(&keys::bot(job.bot));
        let former: Slot<ParkedRow> = read.find(&keys::parked(job.bot, row.id));
        let seen: Option<Slot<UpdateRow>> =
            update_id.map(|update| read.find(&keys::update(job.bot, update)));
        let tombstone = row
            .conversation
            .and_then(|conversation| key.peer_ids().fan_of(conversation).ok())
            .map(|fan| tombstone_mark(&key, fan))
            .map(|mark| read.find::<TombstoneRow>(&keys::tombstone(&mark)));
        let answers = read.send().await?;
        let tombstone = match tombstone {
            Some(slot) => answers.get(slot)?.map(|found| found.row),
            None => None,
        };
        if is_gone_aside(tombstone.as_ref(), row.received_at)? {
            return Ok(Kept::Erased);
        }
        if answers
            .get(bot)?
            .is_none_or(|found| !found.row.state.is_on())
        {
            return Ok(Kept::NoBot);
        }
        if seen
            .map(|seen| answers.get(seen))
            .transpose()?
            .flatten()
            .is_some()
        {
            return Ok(Kept::Worked);
        }
        let mut transaction = db.transaction();
        put_parked(&mut transaction, &row, answers.get(former)?.as_ref());
        if let Some(conversation) = row.conversation {
            transaction.create(&event_row(
                app,
                app.clock.now(),
                Event::ConversationChanged,
                conversation,
                None,
                None,
            ));
        }
        match transaction.commit().await {
            Ok(()) => return Ok(Kept::Parked),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(AppError::Store(store::StoreError::Contention))
}

/// The row of a kept update.
pub(crate) fn row(
    app: &App,
    key: &TenantKey,
    delivery: &Delivery,
    body: &[u8],
    envelope: Option<&Envelope>,
    reason: &'static str,
) -> ParkedRow {
    let (job, id) = (&delivery.job, delivery.parked_id());
    let row_key = keys::parked(job.bot, id);
    ParkedRow {
        id,
        bot: job.bot,
        conversation: envelope.and_then(|envelope| conversation(key, job.bot, envelope)),
        reason: reason.to_owned(),
        update_kind: envelope.and_then(safe_kind),
        raw: key.seal(
            &place::<ParkedRow>(&row_key, "raw"),
            body,
            app.entropy.as_ref(),
        ),
        received_at: job.received_at,
        until: app.clock.now().plus(KEEP),
    }
}

fn parked_id(bot: BotId, received_at: Timestamp, unique: &str, body: &[u8]) -> ParkedId {
    let mut context = Context::new(&SHA256);
    context.update(&bot.to_bytes());
    context.update(if unique.is_empty() {
        body
    } else {
        unique.as_bytes()
    });
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&received_at.millis().max(0).to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&context.finish().as_ref()[..10]);
    ParkedId::from_bytes(bytes)
}

/// The fan's chat with the bot, where one can be told, so that erasure finds the row. Private chats have their person's
/// number, which is positive.
fn conversation(key: &TenantKey, bot: BotId, envelope: &Envelope) -> Option<ConversationId> {
    let of_a_person = |id: &i64| *id > 0;
    let chat = envelope.chat_id.filter(of_a_person);
    let chat = chat.or(envelope.user_id.filter(of_a_person))?;
    Some(key.peer_ids().conversation(bot, chat))
}

/// A name that a vendor gave, if it looks like one.
fn safe_kind(envelope: &Envelope) -> Option<String> {
    let name = envelope.kind.name();
    let is_word = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    (envelope.kind != UpdateKind::Missing && is_word).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(bot: u8, second: i64, unique: &str, body: &[u8]) -> ParkedId {
        parked_id(
            BotId::from_bytes([bot; 16]),
            Timestamp::from_seconds(second),
            unique,
            body,
        )
    }

    #[test]
    fn each_delivery_of_an_update_is_kept_under_the_same_id_and_a_replay_under_another() {
        assert_eq!(id(1, 5, "b#7", b"x"), id(1, 5, "b#7", b"x"));
        assert_ne!(id(1, 5, "b#7", b"x"), id(1, 5, "replay", b"x"));
        assert_ne!(id(1, 5, "b#7", b"x"), id(2, 5, "b#7", b"x"));
        assert_ne!(id(1, 5, "", b"x"), id(1, 5, "", b"y"));
    }

    #[test]
    fn kept_updates_sort_by_when_they_came() {
        assert!(id(1, 5, "z", b"").suffix() < id(1, 6, "a", b"").suffix());
    }

    #[test]
    fn only_a_word_is_kept_of_an_unknown_kind() {
        let kind = |body: &str| {
            Envelope::parse(body.as_bytes())
                .ok()
                .and_then(|envelope| safe_kind(&envelope))
        };
        assert_eq!(
            kind(r#"{"update_id":1,"message":{}}"#).as_deref(),
            Some("message")
        );
        assert_eq!(
            kind(r#"{"update_id":1,"new_kind_2":{}}"#).as_deref(),
            Some("new_kind_2")
        );
        assert_eq!(kind(r#"{"update_id":1,"Ana said hi":{}}"#), None);
        assert_eq!(kind(r#"{"update_id":1}"#), None);
    }
}
