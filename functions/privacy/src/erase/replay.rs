//! Fans who were erased and whom an older copy of the tables has brought back (decision 0039): their erasures begin again,
//! under the request that they had.
//!
//! What was erased stands in `work`, which is never restored. First every tombstone is put back that the copy lacks; then one
//! walk through the list of all fans finds those who have such a mark. A slice that ends asks for the next one, which goes on
//! at its place; whoever was begun is not begun twice.

use std::collections::BTreeMap;
use std::time::Duration;

use app::{App, AppError, ERASURE_PATIENCE, tombstone_mark};
use domain::Timestamp;
use domain::ids::FanId;
use domain::privacy::{RequestKind, due};
use jobs::ReplayJob;
use lambda::Invocation;
use store::keys::{self, FanList};
use store::row::{
    ErasedRow, ErasureRow, FanEntryRow, FanKeyRow, FanRow, PrivacyRequestRow, TombstoneRow,
};
use store::{Direction, Found, Page, Row, StoreError, TenantDb};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::{RACES, RESERVE};
use crate::error::PrivacyError;
use crate::holdings::whole;

/// Entries of the list read at once.
const PAGE: usize = 500;
/// Tombstones read at once.
const MARKS: usize = 40;

/// One look in hand.
struct Look<'a> {
    app: &'a App,
    scope: &'a TenantScope<Worker>,
    db: &'a TenantDb<Worker>,
    key: TenantKey,
    invocation: &'a Invocation,
    /// The newest erasure of each mark.
    erased: BTreeMap<String, ErasedRow>,
}

/// Looks through one workspace, as far as the time allows.
pub(super) async fn run(
    app: &App,
    scope: &TenantScope<Worker>,
    job: &ReplayJob,
    invocation: &Invocation,
) -> Result<(), PrivacyError> {
    let db = app.store.within(scope)?;
    let rows = db
        .list::<ErasedRow>(&whole(keys::ERASED, usize::MAX))
        .await?;
    let look = Look {
        app,
        scope,
        db: &db,
        key: app.tenant_key(scope).await?,
        invocation,
        erased: newest(rows.into_iter().map(|found| found.row)),
    };
    if job.after.is_none() && !Box::pin(look.put_back()).await? {
        return look.later(None).await;
    }
    Box::pin(look.walk(job.after)).await
}

impl Look<'_> {
    /// Puts back the tombstones that the copy lacks, and ends those whose work is over. Says whether all were looked at.
    async fn put_back(&self) -> Result<bool, PrivacyError> {
        let all: Vec<(&String, &ErasedRow)> = self.erased.iter().collect();
        for some in all.chunks(MARKS) {
            if self.invocation.left() < RESERVE {
                return Ok(false);
            }
            let mut read = self.db.read_many();
            let mut slots = Vec::new();
            for (mark, erased) in some {
                let tombstone = read.find::<TombstoneRow>(&keys::tombstone(mark));
                let work = read.find::<ErasureRow>(&keys::erasure(erased.request));
                slots.push((tombstone, work));
            }
            let found = read.send().await?;
            for ((mark, erased), (tombstone, work)) in some.iter().zip(slots) {
                let (tombstone, work) = (found.get(tombstone)?, found.get(work)?);
                let runs = work.is_some_and(|work| work.row.fan.is_some());
                let former = tombstone.as_ref().map(|found| &found.row);
                if !stands(former, erased, runs) {
                    self.mark(mark, erased, tombstone.as_ref(), runs).await?;
                }
            }
        }
        Ok(true)
    }

    async fn mark(
        &self,
        mark: &str,
        erased: &ErasedRow,
        former: Option<&Found<TombstoneRow>>,
        runs: bool,
    ) -> Result<(), StoreError> {
        let row = tombstone_of(mark, erased, !runs);
        let mut transaction = self.db.transaction();
        match former {
            Some(found) => transaction.replace(&row, found.rev),
            None => transaction.create_or_revive(&row),
        };
        match transaction.commit().await {
            // Another look has put it back, or its erasure has ended.
            Err(error) if error.is_race() => Ok(()),
            other => other,
        }
    }

    /// Walks through the list of all fans.
    async fn walk(&self, mut after: Option<(Timestamp, FanId)>) -> Result<(), PrivacyError> {
        let partitions = FanList::All.partitions();
        let place = after.map(|(at, fan)| keys::fan_entry(&FanList::All, at, fan));
        let first = place
            .as_ref()
            .and_then(|place| partitions.iter().position(|pk| *pk == place.pk));
        let mut position = place.map_or_else(start, |place| behind(&place.sk));
        for pk in partitions.iter().skip(first.unwrap_or_default()) {
            loop {
                let page = Page {
                    pk,
                    from: &position,
                    to: "~",
                    direction: Direction::Forward,
                    limit: PAGE,
                };
                let entries = self.db.list::<FanEntryRow>(&page).await?;
                for entry in &entries {
                    if self.invocation.left() < RESERVE {
                        return self.later(after).await;
                    }
                    Box::pin(self.meet(entry.row.fan)).await?;
                    after = Some((entry.row.at, entry.row.fan));
                }
                match entries.last() {
                    Some(last) if entries.len() >= PAGE => position = behind(&last.row.key().sk),
                    _ => break,
                }
            }
            position = start();
        }
        Ok(())
    }

    /// Has the next job go on after this place.
    async fn later(&self, after: Option<(Timestamp, FanId)>) -> Result<(), PrivacyError> {
        let job = ReplayJob::new(self.scope.tenant(), after);
        let next = self.app.jobs.replay(&job).await;
        Ok(next.map_err(AppError::from)?)
    }

    /// Begins the erasure of a fan again who has the mark of one.
    async fn meet(&self, fan: FanId) -> Result<(), PrivacyError> {
        let mark = tombstone_mark(&self.key, fan);
        let Some(erased) = self.erased.get(&mark) else {
            return Ok(());
        };
        for _ in 0..RACES {
            let mut read = self.db.read_many();
            let profile = read.find::<FanRow>(&keys::fan(fan));
            let wrapped = read.find::<FanKeyRow>(&keys::fan_key(fan));
            let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
            let request = read.find::<PrivacyRequestRow>(&keys::privacy_request(erased.request));
            let work = read.find::<ErasureRow>(&keys::erasure(erased.request));
            let found = read.send().await?;
            let profile = found.get(profile)?;
            if !profile.is_some_and(|profile| is_back(&profile.row, erased)) {
                return Ok(());
            }
            if found.get(wrapped)?.is_none() {
                // Nothing of it opens; but without the key the lists of names cannot be found either.
                tracing::warn!(tenant.id = %erased.tenant, "an erased fan is back without the key");
                telemetry::metric("ErasedWithoutKey", telemetry::Unit::Count, 1.0, &[]);
                return Ok(());
            }
            let work = found.get(work)?;
            let runs = work.as_ref().is_some_and(|work| work.row.fan.is_some());
            let (tombstone, request) = (found.get(tombstone)?, found.get(request)?);
            let again = (fan, erased);
            if runs || Box::pin(self.begin(again, work, tombstone, request)).await? {
                let (tenant, request) = (erased.tenant, erased.request);
                self.app.ring_erasure(tenant, request, Duration::ZERO).await;
                return Ok(());
            }
        }
        Err(StoreError::Contention.into())
    }

    /// Request, tombstone and work, as they were when the erasure began. Says whether they are written.
    async fn begin(
        &self,
        (fan, erased): (FanId, &ErasedRow),
        work: Option<Found<ErasureRow>>,
        tombstone: Option<Found<TombstoneRow>>,
        request: Option<Found<PrivacyRequestRow>>,
    ) -> Result<bool, StoreError> {
        let mark = erased.mark.as_deref().unwrap_or_default();
        let running = tombstone_of(mark, erased, false);
        let again = work_of(erased, fan, self.app.clock.now());
        let asked = request_of(erased);
        let mut transaction = self.db.transaction();
        match request {
            Some(found) => transaction.replace(&asked, found.rev),
            None => transaction.create(&asked),
        };
        match tombstone {
            Some(found) => transaction.replace(&running, found.rev),
            None => transaction.create_or_revive(&running),
        };
        match work {
            Some(found) => transaction.replace(&again, found.rev),
            None => transaction.create(&again),
        };
        match transaction.commit().await {
            Ok(()) => {}
            Err(error) if error.is_race() => return Ok(false),
            Err(error) => return Err(error),
        }
        tracing::info!(tenant.id = %erased.tenant, "a fan is erased again");
        telemetry::metric("ErasedAgain", telemetry::Unit::Count, 1.0, &[]);
        Ok(true)
    }
}

/// The newest erasure of each mark: a fan may have come back as a new subject, and have been erased once more.
fn newest(rows: impl Iterator<Item = ErasedRow>) -> BTreeMap<String, ErasedRow> {
    let mut newest: BTreeMap<String, ErasedRow> = BTreeMap::new();
    for row in rows {
        let Some(mark) = row.mark.clone() else {
            continue;
        };
        let known = newest.get(&mark);
        if known.is_none_or(|known| known.asked_at < row.asked_at) {
            newest.insert(mark, row);
        }
    }
    newest
}

/// Whether a profile is of the subject that was erased; by Telegram's clock, which counts whole seconds.
fn is_back(profile: &FanRow, erased: &ErasedRow) -> bool {
    profile.first_seen.seconds() <= erased.asked_at.seconds()
}

/// Whether a tombstone is there as this erasure has left it.
fn stands(tombstone: Option<&TombstoneRow>, erased: &ErasedRow, runs: bool) -> bool {
    tombstone.is_some_and(|found| found.request == erased.request && found.complete != runs)
}

fn tombstone_of(mark: &str, erased: &ErasedRow, complete: bool) -> TombstoneRow {
    TombstoneRow {
        mark: mark.to_owned(),
        request: erased.request,
        erased_at: erased.asked_at,
        complete,
    }
}

fn request_of(erased: &ErasedRow) -> PrivacyRequestRow {
    PrivacyRequestRow {
        id: erased.request,
        request: RequestKind::Erasure,
        origin: erased.origin,
        requested_by: erased.requested_by,
        requested_at: erased.asked_at,
        due_at: due(erased.asked_at),
        finished_at: None,
        erased: BTreeMap::new(),
        withdrawn_at: None,
        certificate: None,
        certificate_signature: None,
    }
}

/// The work, without a chat: nobody asks a second time.
fn work_of(erased: &ErasedRow, fan: FanId, now: Timestamp) -> ErasureRow {
    ErasureRow {
        request: erased.request,
        tenant: erased.tenant,
        fan: Some(fan),
        mark: None,
        asked_in: None,
        language: None,
        chats: Vec::new(),
        erased: BTreeMap::new(),
        files: BTreeMap::new(),
        walked: BTreeMap::new(),
        wakes_at: now.plus(ERASURE_PATIENCE),
    }
}

fn start() -> String {
    "!".to_owned()
}

/// Right behind a sort key: no key ends where another one goes on.
fn behind(sort: &str) -> String {
    format!("{sort}!")
}

#[cfg(test)]
mod tests {
    use domain::ids::{PrivacyRequestId, TenantId};
    use domain::privacy::Origin;

    use super::*;

    fn erased(request: u8, mark: Option<&str>, seconds: i64) -> ErasedRow {
        ErasedRow {
            request: PrivacyRequestId::from_bytes([request; 16]),
            tenant: TenantId::from_bytes([1; 16]),
            mark: mark.map(str::to_owned),
            origin: Origin::Fan,
            requested_by: None,
            owners: Vec::new(),
            workspaces: Vec::new(),
            asked_at: Timestamp::from_seconds(seconds),
            begun_at: Timestamp::from_seconds(seconds),
        }
    }

    #[test]
    fn of_a_fan_who_was_erased_twice_the_later_erasure_counts() {
        let rows = [
            erased(1, Some("a"), 20),
            erased(2, Some("a"), 10),
            erased(3, Some("b"), 5),
            erased(4, None, 30),
        ];
        let found = newest(rows.into_iter());
        let of = |mark: &str| found.get(mark).map(|row| row.request);
        assert_eq!(of("a"), Some(PrivacyRequestId::from_bytes([1; 16])));
        assert_eq!(of("b"), Some(PrivacyRequestId::from_bytes([3; 16])));
        assert_eq!(found.len(), 2, "a workspace is no fan");
    }

    #[test]
    fn a_tombstone_is_put_back_unless_it_is_that_of_this_erasure() {
        let erased = erased(1, Some("a"), 20);
        let (open, done) = (
            tombstone_of("a", &erased, false),
            tombstone_of("a", &erased, true),
        );
        assert!(stands(Some(&done), &erased, false));
        assert!(stands(Some(&open), &erased, true));
        assert!(!stands(Some(&open), &erased, false), "nobody works on it");
        assert!(!stands(None, &erased, false));
        let other = TombstoneRow {
            request: PrivacyRequestId::from_bytes([9; 16]),
            ..done
        };
        assert!(!stands(Some(&other), &erased, false));
    }
}
