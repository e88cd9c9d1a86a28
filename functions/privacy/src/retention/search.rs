//! Finds whose time is over and has them erased: one walk a day through the inbox list, oldest activity first, up to the day that
//! still counts.
//!
//! The list is a hint: whose conversation is silent may have been heard of in another one, so every conversation of the fan is read.
//! Their heads are written as they were read, in the transaction that begins the erasure. Whoever writes at that moment is
//! either first, and the erasure does not begin, or meets the tombstone and waits for its end.
//!
//! Then it goes through the lists of bots that were disconnected thirty days ago: who is known by no other bot goes too.
//!
//! Who is held back meanwhile, and until when, says [`holds`].
//!
//! The same look tells of requests to our staff that are nearly due ([`late`]).
//!
//! So many begin within a minute; then `tick` asks for the next walk, which goes on where this one stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use app::{App, AppError, Erasure, tombstone_mark};
use domain::Timestamp;
use domain::ids::{BotId, ConversationId, FanId};
use domain::privacy::Origin;
use domain::retention::{BOT_LASTS, Choice, RETENTION_EVERY};
use lambda::Invocation;
use store::keys::FanList;
use store::row::{
    BotRow, BusinessAccountRow, ClosingRow, ComplianceRequestRow, ConversationRow, FanEntryRow,
    FanRow, RetentionRow, TombstoneRow, WorkspaceRow,
};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use crate::error::PrivacyError;
use crate::holdings::{accounts, bots};
use crate::retention::holds::{self, Holds};
use crate::retention::late;

/// So many erasures of a workspace begin within [`MINUTE`].
const AT_ONCE: u32 = 20;
const MINUTE: Duration = Duration::from_secs(60);
/// Heads of conversations read at once.
const PAGE: usize = 50;
/// A walk whose job died is begun again after so long: longer than a job lasts.
const HELD: Duration = Duration::from_secs(120);
/// Time to leave unused: what begins one erasure, with its retries, and remembering the place.
const RESERVE: Duration = Duration::from_secs(10);

/// Where a walk stands in the list of a bot: its shard, and since when the next fan is listed.
type Behind = (BotId, u8, Timestamp);

/// One walk in hand.
struct Walk<'a> {
    app: &'a App,
    scope: &'a TenantScope<Worker>,
    db: &'a TenantDb<Worker>,
    key: TenantKey,
    choice: Choice,
    now: Timestamp,
    begun: u32,
    search: Found<RetentionRow>,
    holds: Holds,
    /// Bots that are connected.
    on: Vec<BotId>,
    /// Bots that are no longer connected, and since when.
    disconnected: BTreeMap<BotId, Timestamp>,
}

/// Requests that reached our staff.
async fn cases(db: &TenantDb<Worker>) -> Result<Vec<Found<ComplianceRequestRow>>, StoreError> {
    let page = Page {
        pk: keys::COMPLIANCE,
        from: "!",
        to: "~",
        direction: Direction::Forward,
        limit: usize::MAX,
    };
    db.list(&page).await
}

/// Walks on, if it is time.
pub(crate) async fn run(
    app: &App,
    scope: &TenantScope<Worker>,
    invocation: &Invocation,
) -> Result<(), PrivacyError> {
    let db = app.store.within(scope)?;
    let mut read = db.read_many();
    let search = read.find::<RetentionRow>(&keys::retention());
    let workspace = read.find::<WorkspaceRow>(&keys::workspace());
    let closing = read.find::<ClosingRow>(&keys::closing());
    let found = read.send().await?;
    let (Some(search), Some(workspace)) = (found.get(search)?, found.get(workspace)?) else {
        return Ok(());
    };
    let closes = found.get(closing)?.is_some();
    let now = app.clock.now();
    if search.row.wakes_at > now {
        return Ok(());
    }
    let bots = bots(&db).await?;
    let on = bots.iter().filter(|bot| bot.state.is_on());
    let on = on.map(|bot| bot.id).collect();
    let cases = cases(&db).await?;
    late::tell(scope.tenant(), &cases, now);
    let mut walk = Walk {
        app,
        scope,
        db: &db,
        key: app.tenant_key(scope).await?,
        choice: workspace.row.retention(),
        now,
        begun: 0,
        search,
        holds: holds::read(&db, &cases, now).await?,
        on,
        disconnected: disconnected(&bots),
    };
    let held = RetentionRow {
        wakes_at: now.plus(HELD),
        ..walk.search.row
    };
    if !walk.remember(held).await? {
        return Ok(());
    }
    let left = match walk.holds.everybody(now) {
        Some(at) if !closes => Box::pin(walk.on(at, invocation)).await?,
        // Whoever is in a workspace that is closed goes with it, or is looked at once it is open again.
        _ => walk.tomorrow(),
    };
    walk.remember(left).await?;
    Ok(())
}

impl Walk<'_> {
    /// Walks until the end, or until it is enough for now, past those who were due at a moment; gives where the next walk begins, and
    /// when.
    async fn on(
        &mut self,
        at: Timestamp,
        invocation: &Invocation,
    ) -> Result<RetentionRow, PrivacyError> {
        // Also where the walk stands behind a bot that is gone: its many fans keep nobody else's time from being looked at.
        if let Some(left) = Box::pin(self.in_inbox(at, invocation)).await? {
            let behind = self.search.row.behind;
            return Ok(RetentionRow { behind, ..left });
        }
        let left = Box::pin(self.behind_gone_bots(at, invocation)).await?;
        Ok(left.unwrap_or_else(|| self.tomorrow()))
    }

    /// Whether it is enough for this job.
    fn is_enough(&self, invocation: &Invocation) -> bool {
        self.begun == AT_ONCE || invocation.left() < RESERVE
    }

    /// Through the inbox list; gives where it goes on, unless it came to the end.
    async fn in_inbox(
        &mut self,
        at: Timestamp,
        invocation: &Invocation,
    ) -> Result<Option<RetentionRow>, PrivacyError> {
        let (first, mut from) = (self.search.row.shard, self.search.row.from);
        let end = keys::inbox_position(self.choice.cutoff(at));
        for shard in first..keys::SHARDS {
            let pk = keys::inbox_shard(shard);
            let mut position = keys::inbox_position(from);
            loop {
                let page = Page {
                    pk: &pk,
                    from: &position,
                    to: &end,
                    direction: Direction::Forward,
                    limit: PAGE,
                };
                // Nothing lies between a place that is behind and an end before it.
                let heads = match position < end {
                    true => self.db.list_index::<ConversationRow>(&page).await?,
                    false => Vec::new(),
                };
                for head in &heads {
                    if self.is_enough(invocation) {
                        return Ok(Some(RetentionRow {
                            shard,
                            from: head.row.last_activity,
                            ..self.anew()
                        }));
                    }
                    let begins = Box::pin(self.begin(head.row.fan, Some(head.row.id))).await?;
                    if begins && at < self.now {
                        return Ok(Some(self.anew()));
                    }
                }
                match heads.last().and_then(|head| head.row.list_key()) {
                    // The next one: no key ends where another one goes on.
                    Some(last) if heads.len() >= PAGE => position = format!("{}!", last.sk),
                    _ => break,
                }
            }
            from = Timestamp::default();
        }
        Ok(None)
    }

    /// Has those erased who are known by bots alone that were disconnected long ago; gives where it goes on, unless it came to the
    /// end.
    async fn behind_gone_bots(
        &mut self,
        at: Timestamp,
        invocation: &Invocation,
    ) -> Result<Option<RetentionRow>, PrivacyError> {
        let gone = gone(&self.disconnected, at);
        for (pk, (bot, shard, from)) in ahead(&gone, self.search.row.behind) {
            let mut position = keys::fan_position(from);
            loop {
                let page = Page {
                    pk: &pk,
                    from: &position,
                    to: "~",
                    direction: Direction::Forward,
                    limit: PAGE,
                };
                let entries = self.db.list::<FanEntryRow>(&page).await?;
                for entry in &entries {
                    if self.is_enough(invocation) {
                        return Ok(Some(RetentionRow {
                            behind: Some((bot, shard, entry.row.at)),
                            ..self.anew()
                        }));
                    }
                    let begins = Box::pin(self.begin(entry.row.fan, None)).await?;
                    if begins && at < self.now {
                        return Ok(Some(self.anew()));
                    }
                }
                match entries.last() {
                    // The next one: no key ends where another one goes on.
                    Some(last) if entries.len() >= PAGE => {
                        position = format!("{}!", last.row.key().sk);
                    }
                    _ => break,
                }
            }
        }
        Ok(None)
    }

    fn tomorrow(&self) -> RetentionRow {
        let next = self.now.plus(RETENTION_EVERY);
        RetentionRow::at(self.scope.tenant(), next)
    }

    /// A walk from the beginning, in a minute. Also once somebody went although exports hold others back: it takes those back.
    fn anew(&self) -> RetentionRow {
        RetentionRow::at(self.scope.tenant(), self.now.plus(MINUTE))
    }

    /// Has a fan erased whose time is over; says whether it has begun.
    async fn begin(&mut self, id: FanId, listed: Option<ConversationId>) -> Result<bool, AppError> {
        let Some(at) = self.holds.fan(id, self.now) else {
            return Ok(false);
        };
        let mark = tombstone_mark(&self.key, id);
        let mut read = self.db.read_many();
        let fan = read.find::<FanRow>(&keys::fan(id));
        let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
        let workspace = read.find::<WorkspaceRow>(&keys::workspace());
        let closing = read.find::<ClosingRow>(&keys::closing());
        let mut connected = Vec::new();
        for (bot, account) in accounts(&self.key, id, self.on.iter().copied()) {
            let account = keys::business_account(bot, account);
            connected.push(read.find::<BusinessAccountRow>(&account));
        }
        let found = read.send().await?;
        let choice = found.get(workspace)?.map(|found| found.row.retention());
        if choice != Some(self.choice) || found.get(closing)?.is_some() {
            return Ok(false);
        }
        // Whoever lets a bot into their own account has not gone silent, whatever their own chat with it says.
        for slot in connected {
            if found.get(slot)?.is_some_and(|account| account.row.enabled) {
                return Ok(false);
            }
        }
        let (fan, former) = (found.get(fan)?, found.get(tombstone)?);
        let runs = former.as_ref().and_then(|found| found.row.running());
        // Of somebody whose data is only kept nothing is deleted without their word (Art. 18).
        let is_free = |fan: &Found<FanRow>| runs.is_none() && !fan.row.is_restricted();
        let Some(fan) = fan.filter(is_free) else {
            return Ok(false);
        };
        let heads = self.heads(&fan.row, listed).await?;
        if !is_due(self.choice, &gone(&self.disconnected, at), &heads, at) {
            return Ok(false);
        }
        let mut transaction = self.db.transaction();
        // As it was judged: it might be restricted at this moment.
        transaction.replace(&fan.row, fan.rev);
        for head in &heads {
            transaction.replace(&head.row, head.rev);
        }
        let whose = (self.scope.tenant(), &self.key);
        let erasure = self.erasure(id);
        let app = self.app;
        let request = app.begin_erasure(&mut transaction, whose, &erasure, former.as_ref());
        match transaction.commit().await {
            Ok(()) => {}
            // Somebody has just written: this fan is not due any more.
            Err(error) if error.is_race() => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        // One after the other, so that a fan who asks for it does not wait behind all of them.
        let delay = MINUTE * self.begun / AT_ONCE;
        app.ring_erasure(self.scope.tenant(), request.id, delay)
            .await;
        self.begun += 1;
        Ok(true)
    }

    /// Every conversation of a fan, as it is now.
    async fn heads(
        &self,
        fan: &FanRow,
        listed: Option<ConversationId>,
    ) -> Result<Vec<Found<ConversationRow>>, StoreError> {
        let mut chats: BTreeSet<_> = fan.chats.iter().copied().collect();
        chats.extend(listed);
        let mut read = self.db.read_many();
        let slots: Vec<_> = chats
            .into_iter()
            .map(|chat| read.find::<ConversationRow>(&keys::conversation(chat)))
            .collect();
        let found = read.send().await?;
        let mut heads = Vec::new();
        for slot in slots {
            heads.extend(found.get(slot)?);
        }
        Ok(heads)
    }

    fn erasure(&self, fan: FanId) -> Erasure {
        Erasure {
            fan,
            origin: Origin::Retention,
            by: None,
            asked_in: None,
            language: None,
            asked_at: self.app.clock.now(),
        }
    }

    /// Writes where the search stands, unless another job has it or the choice was changed meanwhile.
    async fn remember(&mut self, row: RetentionRow) -> Result<bool, StoreError> {
        let mut transaction = self.db.transaction();
        transaction.replace(&row, self.search.rev);
        match transaction.commit().await {
            Ok(()) => {
                let rev = self.search.rev + 1;
                self.search = Found { row, rev };
                Ok(true)
            }
            Err(error) if error.is_race() => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn disconnected(bots: &[BotRow]) -> BTreeMap<BotId, Timestamp> {
    let since = |bot: &BotRow| bot.disconnected_at.map(|at| (bot.id, at));
    bots.iter().filter_map(since).collect()
}

/// Bots that were disconnected so long before a moment that what they brought was kept no longer then.
fn gone(disconnected: &BTreeMap<BotId, Timestamp>, at: Timestamp) -> BTreeSet<BotId> {
    let over = disconnected
        .iter()
        .filter(|(_, since)| since.plus(BOT_LASTS) <= at);
    over.map(|(bot, _)| *bot).collect()
}

/// What is left of the lists of bots, each partition with the place from which it goes on.
fn ahead(gone: &BTreeSet<BotId>, place: Option<Behind>) -> Vec<(String, Behind)> {
    let shards = gone.iter().flat_map(|bot| {
        let pks = FanList::Bot(*bot).partitions();
        (0..).zip(pks).map(move |(shard, pk)| (pk, (*bot, shard)))
    });
    let stands = place.map(|(bot, shard, _)| (bot, shard));
    shards
        .filter(|(_, at)| stands.is_none_or(|stands| *at >= stands))
        .map(|(pk, (bot, shard))| {
            let here = place.filter(|_| stands == Some((bot, shard)));
            let from = here.map(|(_, _, from)| from).unwrap_or_default();
            (pk, (bot, shard, from))
        })
        .collect()
}

/// Whether a fan was due at a moment: nothing is left of them but conversations that are over, by their age or because their bots are gone.
fn is_due(
    choice: Choice,
    gone: &BTreeSet<BotId>,
    heads: &[Found<ConversationRow>],
    at: Timestamp,
) -> bool {
    let kept = heads.iter().filter(|head| !gone.contains(&head.row.bot));
    let contacts: Vec<_> = kept.map(|head| head.row.last_activity).collect();
    let behind_gone_bots = contacts.is_empty() && !heads.is_empty();
    behind_gone_bots || choice.is_over(contacts, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: BotId = BotId::from_bytes([1; 16]);
    const SECOND: BotId = BotId::from_bytes([2; 16]);
    const THIRD: BotId = BotId::from_bytes([3; 16]);
    const LISTED: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn places(gone: &[BotId], place: Option<Behind>) -> Vec<Behind> {
        let gone = gone.iter().copied().collect();
        let left = ahead(&gone, place).into_iter();
        left.map(|(_, place)| place).collect()
    }

    #[test]
    fn a_walk_through_the_lists_of_bots_goes_on_where_it_stopped() {
        let nothing = Timestamp::default();
        let whole = |bot| (0..keys::SHARDS).map(move |shard| (bot, shard, nothing));
        let all: Vec<_> = whole(FIRST).chain(whole(SECOND)).collect();
        assert_eq!(places(&[FIRST, SECOND], None), all);
        let left = places(&[FIRST, SECOND], Some((FIRST, 2, LISTED)));
        let mut expected = vec![(FIRST, 2, LISTED), (FIRST, 3, nothing)];
        expected.extend(whole(SECOND));
        assert_eq!(left, expected);
        // The bot was connected again meanwhile.
        let left = places(&[FIRST, THIRD], Some((SECOND, 1, LISTED)));
        assert_eq!(left, whole(THIRD).collect::<Vec<_>>());
    }

    #[test]
    fn the_place_in_a_list_is_that_of_whoever_was_listed_then() {
        let left = ahead(&BTreeSet::from([FIRST]), None);
        let fan = FanId::from_bytes([6; 16]);
        let entry = keys::fan_entry(&FanList::Bot(FIRST), LISTED, fan);
        assert!(left.iter().any(|(pk, _)| *pk == entry.pk));
        let position = keys::fan_position(LISTED);
        assert!(position < entry.sk && entry.sk.starts_with(&position));
    }

    #[test]
    fn a_bot_is_gone_thirty_days_after_it_was_disconnected() {
        let bots = BTreeMap::from([(FIRST, LISTED)]);
        let over = LISTED.plus(BOT_LASTS);
        assert_eq!(gone(&bots, over), BTreeSet::from([FIRST]));
        let before = over.minus(Duration::from_millis(1));
        assert!(gone(&bots, before).is_empty());
    }
}
