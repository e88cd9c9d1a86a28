//! Finds whose time is over and has them erased: one walk a day through the inbox list, oldest activity first, up to the day that
//! still counts.
//!
//! The list is a hint: whose conversation is silent may have been heard of in another one, so every conversation of the fan is read.
//! Their heads are written as they were read, in the transaction that begins the erasure. Whoever writes at that moment is
//! either first, and the erasure does not begin, or meets the tombstone and waits for its end.
//!
//! Then it goes through the lists of bots that were disconnected thirty days ago: who is known by no other bot goes too.
//!
//! The same look tells of requests to our staff that are nearly due ([`late`]).
//!
//! So many begin within a minute; then `tick` asks for the next walk, which goes on where this one stopped.

use std::collections::BTreeSet;
use std::time::Duration;

use app::{App, AppError, Erasure, tombstone_mark};
use domain::Timestamp;
use domain::ids::{BotId, ConversationId, FanId};
use domain::privacy::{CaseState, ExportState, Origin};
use domain::retention::{BOT_LASTS, Choice, RETENTION_EVERY};
use lambda::Invocation;
use store::keys::FanList;
use store::row::{
    BotRow, BusinessAccountRow, ClosingRow, ComplianceRequestRow, ConversationRow, ExportRow,
    FanEntryRow, FanRow, RetentionRow, TombstoneRow, WorkspaceRow,
};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use crate::error::PrivacyError;
use crate::export::begin::exports;
use crate::export::rows;
use crate::holdings::{accounts, bots};
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
    asked_for: AskedFor,
    /// Bots that are connected.
    on: Vec<BotId>,
    /// Bots that were disconnected so long ago that what they brought is kept no longer.
    gone: BTreeSet<BotId>,
}

/// What somebody has asked to see: it is not deleted before they have.
#[derive(Default)]
struct AskedFor {
    everybody: bool,
    fans: BTreeSet<FanId>,
}

impl AskedFor {
    /// Exports whose file is made or there, and requests of which our staff have not decided.
    async fn read(
        db: &TenantDb<Worker>,
        cases: &[Found<ComplianceRequestRow>],
    ) -> Result<Self, StoreError> {
        let open = cases
            .iter()
            .filter(|case| case.row.state == CaseState::Open);
        let exports = exports(db).await?;
        let there = exports
            .iter()
            .filter(|export| export.row.state != ExportState::Gone);
        let mut asked_for = Self::default();
        for fan in open
            .map(|case| case.row.fan)
            .chain(there.map(|export| export.row.fan))
        {
            match fan {
                Some(fan) => drop(asked_for.fans.insert(fan)),
                None => asked_for.everybody = true,
            }
        }
        let own = |export: Found<ExportRow>| {
            if export.row.state != ExportState::Gone {
                asked_for.fans.extend(export.row.fan);
            }
        };
        rows::each_own(db, own).await?;
        Ok(asked_for)
    }
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
        asked_for: AskedFor::read(&db, &cases).await?,
        on,
        gone: gone(&bots, now),
    };
    let held = RetentionRow {
        wakes_at: now.plus(HELD),
        ..walk.search.row
    };
    if !walk.remember(held).await? {
        return Ok(());
    }
    let left = match closes || walk.asked_for.everybody {
        // Whoever is in a workspace that is closed goes with it, or is looked at once it is open again. An erasure takes back every
        // export that its fan is in.
        true => walk.tomorrow(),
        false => Box::pin(walk.on(invocation)).await?,
    };
    walk.remember(left).await?;
    Ok(())
}

impl Walk<'_> {
    /// Walks until the end, or until it is enough for now; gives where the next walk begins, and when.
    async fn on(&mut self, invocation: &Invocation) -> Result<RetentionRow, PrivacyError> {
        let (first, mut from) = (self.search.row.shard, self.search.row.from);
        let end = keys::inbox_position(self.choice.cutoff(self.now));
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
                    if self.begun == AT_ONCE || invocation.left() < RESERVE {
                        return Ok(RetentionRow {
                            shard,
                            from: head.row.last_activity,
                            wakes_at: self.now.plus(MINUTE),
                            ..self.search.row
                        });
                    }
                    if Box::pin(self.begin(head.row.fan, Some(head.row.id))).await? {
                        self.begun += 1;
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
        Box::pin(self.behind_gone_bots(invocation)).await
    }

    /// Has those erased who are known by bots alone that were disconnected long ago. Who cannot be looked at for want of time is
    /// looked at tomorrow.
    async fn behind_gone_bots(
        &mut self,
        invocation: &Invocation,
    ) -> Result<RetentionRow, PrivacyError> {
        let gone = self.gone.iter().copied().map(FanList::Bot);
        let partitions: Vec<_> = gone.flat_map(|list| list.partitions()).collect();
        for pk in partitions {
            let mut from = "!".to_owned();
            loop {
                let page = Page {
                    pk: &pk,
                    from: &from,
                    to: "~",
                    direction: Direction::Forward,
                    limit: PAGE,
                };
                let entries = self.db.list::<FanEntryRow>(&page).await?;
                for entry in &entries {
                    if self.begun == AT_ONCE {
                        let next = self.now.plus(MINUTE);
                        return Ok(RetentionRow::at(self.scope.tenant(), next));
                    }
                    if invocation.left() < RESERVE {
                        return Ok(self.tomorrow());
                    }
                    if Box::pin(self.begin(entry.row.fan, None)).await? {
                        self.begun += 1;
                    }
                }
                match entries.last() {
                    // The next one: no key ends where another one goes on.
                    Some(last) if entries.len() >= PAGE => from = format!("{}!", last.row.key().sk),
                    _ => break,
                }
            }
        }
        Ok(self.tomorrow())
    }

    fn tomorrow(&self) -> RetentionRow {
        let next = self.now.plus(RETENTION_EVERY);
        RetentionRow::at(self.scope.tenant(), next)
    }

    /// Has a fan erased whose time is over; says whether it has begun.
    async fn begin(&self, id: FanId, listed: Option<ConversationId>) -> Result<bool, AppError> {
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
        let is_asked_for = self.asked_for.fans.contains(&id);
        let is_free = |fan: &Found<FanRow>| !fan.row.is_restricted() && !is_asked_for;
        let Some(fan) = fan.filter(|fan| runs.is_none() && is_free(fan)) else {
            return Ok(false);
        };
        let heads = self.heads(&fan.row, listed).await?;
        if !is_due(self.choice, &self.gone, &heads, self.now) {
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

/// Bots whose thirty days are over.
fn gone(bots: &[BotRow], now: Timestamp) -> BTreeSet<BotId> {
    let is_over = |at: Timestamp| at.plus(BOT_LASTS) <= now;
    let gone = |bot: &BotRow| bot.disconnected_at.is_some_and(is_over).then_some(bot.id);
    bots.iter().filter_map(gone).collect()
}

/// Whether a fan goes: nothing is left of them but conversations that are over, by their age or because their bots are gone.
fn is_due(
    choice: Choice,
    gone: &BTreeSet<BotId>,
    heads: &[Found<ConversationRow>],
    now: Timestamp,
) -> bool {
    let kept = heads.iter().filter(|head| !gone.contains(&head.row.bot));
    let contacts: Vec<_> = kept.map(|head| head.row.last_activity).collect();
    let behind_gone_bots = contacts.is_empty() && !heads.is_empty();
    behind_gone_bots || choice.is_over(contacts, now)
}
