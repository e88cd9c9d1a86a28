//! Fans who are being erased or were: what of theirs still comes in, and the press with which one asks for it.
//!
//! Nothing from before an erasure comes back, however late it is delivered, replayed or redriven. What a fan writes afterwards
//! makes a new subject; while the erasure runs it waits in the queue.

use std::time::Duration;

use app::{App, AppError, Erasure, opens_erasure, tombstone_mark};
use domain::Timestamp;
use domain::alert::AlertAnswer;
use domain::audit::Action;
use domain::content::Outgoing;
use domain::ids::{ConversationId, FanId, PrivacyRequestId};
use domain::message::Lane;
use domain::privacy::Origin;
use jobs::InboundUpdate;
use store::row::{BotRow, FanRow, OutboxRow, TombstoneRow, UpdateRow};
use store::{Found, StoreError, TenantDb, Transaction, keys};
use telegram::commands::{Erasing, Language};
use telegram::{Envelope, Incoming};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::load::Loaded;
use super::park::Delivery;
use super::save::REMEMBER;
use super::subject::ErasePress;
use super::tally::{Split, Tally};
use super::work::ring;

/// So often a lost race is run again.
const RACES: u32 = 8;
/// The press is answered out of the outbox, which the erasure empties: it begins a little later.
const ANSWERED_WITHIN: Duration = Duration::from_secs(2);

/// Whether an update belongs to somebody who was erased.
///
/// # Errors
/// [`AppError::Underway`] for what came later than the erasure began and must wait for its end.
pub(crate) fn is_gone(
    loaded: &Loaded,
    incoming: &Incoming,
    job: &InboundUpdate,
) -> Result<bool, AppError> {
    let Some(tombstone) = &loaded.tombstone else {
        return Ok(false);
    };
    let begins = matches!(incoming, Incoming::Message(_));
    is_before(
        tombstone,
        happened(incoming, job),
        loaded.head.is_some() || begins,
    )
}

/// The same for an update that is kept aside: it is as old as its delivery.
///
/// # Errors
/// As [`is_gone`].
pub(crate) fn is_gone_aside(
    tombstone: Option<&TombstoneRow>,
    received_at: Timestamp,
) -> Result<bool, AppError> {
    tombstone.map_or(Ok(false), |tombstone| {
        is_before(tombstone, received_at, true)
    })
}

/// `known`: whether it belongs to somebody of whom something is held again, or begins with holding something.
fn is_before(tombstone: &TombstoneRow, happened: Timestamp, known: bool) -> Result<bool, AppError> {
    // Telegram counts whole seconds.
    if happened.seconds() <= tombstone.erased_at.seconds() {
        return Ok(true);
    }
    match tombstone.complete {
        true => Ok(!known),
        false => Err(AppError::Underway("an erasure")),
    }
}

/// When it happened, by Telegram's clock: an edit is as old as its message.
fn happened(incoming: &Incoming, job: &InboundUpdate) -> Timestamp {
    let date = match incoming {
        Incoming::Message(message) | Incoming::Edited(message) => message.date,
        Incoming::Reaction(reaction) => reaction.date,
        Incoming::Membership(change) => change.date,
        _ => 0,
    };
    match date {
        0 => job.received_at,
        date => Timestamp::from_seconds(date),
    }
}

/// The button under "delete everything?" was pressed: begins the erasure and says so.
pub(crate) async fn pressed(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    envelope: &Envelope,
    press: &ErasePress,
    tally: &Tally,
) -> Result<(), AppError> {
    let job = &delivery.job;
    let key = app.tenant_key(scope).await?;
    let db = app.store.within(scope)?;
    let desk = Press {
        app,
        scope,
        key: &key,
        job,
        press,
        update_id: envelope.update_id.unwrap_or_default(),
    };
    for _ in 0..RACES {
        let found = desk.read(&db).await?;
        let passed = match (found.seen, &found.bot) {
            (true, _) => Some(("updates_duplicate", "update")),
            (false, None) => Some(("updates_dropped", "bot_not_connected")),
            (false, Some(_)) => None,
        };
        if let Some((name, code)) = passed {
            tally.count(name, Split::Code(code));
            return Ok(());
        }
        let mut transaction = db.transaction();
        let begun = desk.write(&mut transaction, &found)?;
        match transaction.commit().await {
            Ok(()) => {}
            Err(error) if error.is_race() => continue,
            Err(error) => return Err(error.into()),
        }
        ring(app, job).await;
        if let Some(request) = begun {
            app.ring_erasure(job.tenant, request, ANSWERED_WITHIN).await;
            app.ring_audit(scope).await;
        } else if let Some(runs) = found.running() {
            app.ring_erasure(job.tenant, runs, Duration::ZERO).await;
        }
        tally.count("updates_applied", Split::Kind("erasure_press".to_owned()));
        return Ok(());
    }
    Err(StoreError::Contention.into())
}

/// What was read about a press.
struct Read {
    seen: bool,
    bot: Option<Found<BotRow>>,
    is_known: bool,
    tombstone: Option<Found<TombstoneRow>>,
}

impl Read {
    fn running(&self) -> Option<PrivacyRequestId> {
        self.tombstone
            .as_ref()
            .and_then(|found| found.row.running())
    }
}

/// A press and what it needs.
struct Press<'a> {
    app: &'a App,
    scope: &'a TenantScope<Worker>,
    key: &'a TenantKey,
    job: &'a InboundUpdate,
    press: &'a ErasePress,
    update_id: i64,
}

impl Press<'_> {
    fn fan(&self) -> FanId {
        self.key.peer_ids().fan(self.press.chat_id)
    }

    fn chat(&self) -> ConversationId {
        let ids = self.key.peer_ids();
        ids.conversation(self.job.bot, self.press.chat_id)
    }

    async fn read(&self, db: &TenantDb<Worker>) -> Result<Read, AppError> {
        let mark = tombstone_mark(self.key, self.fan());
        let mut read = db.read_many();
        let bot = read.find::<BotRow>(&keys::bot(self.job.bot));
        let fan = read.find::<FanRow>(&keys::fan(self.fan()));
        let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
        let seen = read.find::<UpdateRow>(&keys::update(self.job.bot, self.update_id));
        let found = read.send().await?;
        let connected = |bot: &Found<BotRow>| bot.row.state.is_on();
        Ok(Read {
            seen: found.get(seen)?.is_some(),
            bot: found.get(bot)?.filter(connected),
            is_known: found.get(fan)?.is_some(),
            tombstone: found.get(tombstone)?,
        })
    }

    /// What the fan is told, and the request if one begins.
    fn write(
        &self,
        transaction: &mut Transaction<'_>,
        found: &Read,
    ) -> Result<Option<PrivacyRequestId>, AppError> {
        let now = self.app.clock.now();
        let pressed = self.job.received_at;
        let asked = opens_erasure(self.key, self.chat(), &self.press.word, pressed);
        // A word counts once: it does not reach what came after the erasure that it began.
        let before = found.tombstone.as_ref().map(|found| found.row.erased_at);
        let asked = asked.filter(|asked| before.is_none_or(|before| *asked > before));
        let runs = found.running().is_some();
        let said = match (asked, runs, found.is_known) {
            (_, true, _) | (Some(_), false, true) => Erasing::Begun,
            (None, false, _) => Erasing::Late,
            (Some(_), false, false) => Erasing::Nothing,
        };
        transaction.create_or_revive(&UpdateRow {
            bot: self.job.bot,
            update_id: self.update_id,
            until: now.plus(REMEMBER),
        });
        transaction.create(&self.answer(said, now)?);
        if said != Erasing::Begun || runs {
            return Ok(None);
        }
        let erasure = Erasure {
            fan: self.fan(),
            origin: Origin::Fan,
            by: None,
            asked_in: Some((self.job.bot, self.chat())),
            language: self.press.language.clone(),
            asked_at: pressed,
        };
        let whose = (self.job.tenant, self.key);
        let former = found.tombstone.as_ref();
        let request = self.app.begin_erasure(transaction, whose, &erasure, former);
        let entry = self.app.audit(self.scope, Action::FanErase, self.fan());
        entry.write(transaction);
        Ok(Some(request.id))
    }

    /// What is shown over the chat; the button goes.
    fn answer(&self, said: Erasing, now: Timestamp) -> Result<OutboxRow, AppError> {
        let content = Outgoing::AlertAnswer(AlertAnswer {
            press: Some(self.press.id.clone()),
            message_id: self.press.message_id,
            notice: said
                .says(Language::of(self.press.language.as_deref()))
                .to_owned(),
            closes: true,
        });
        let (app, to) = (self.app, (self.job.bot, self.chat()));
        app.to_chat((self.job.tenant, self.key), to, Lane::Person, &content, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tombstone(complete: bool) -> TombstoneRow {
        TombstoneRow {
            mark: "ab".to_owned(),
            request: PrivacyRequestId::from_bytes([1; 16]),
            erased_at: Timestamp::from_millis(100_900),
            complete,
        }
    }

    #[test]
    fn p27_nothing_from_before_an_erasure_comes_back() {
        for (second, known) in [(99, true), (100, true), (100, false)] {
            let at = Timestamp::from_seconds(second);
            for complete in [true, false] {
                assert!(is_before(&tombstone(complete), at, known).expect("a verdict"));
            }
        }
    }

    #[test]
    fn what_a_fan_writes_afterwards_makes_a_new_subject_and_waits_for_the_end_of_the_erasure() {
        let after = Timestamp::from_seconds(101);
        assert!(!is_before(&tombstone(true), after, true).expect("a verdict"));
        assert!(is_before(&tombstone(false), after, true).is_err());
    }

    #[test]
    fn a_reaction_or_a_block_alone_makes_no_new_subject() {
        let after = Timestamp::from_seconds(101);
        assert!(is_before(&tombstone(true), after, false).expect("a verdict"));
    }
}
