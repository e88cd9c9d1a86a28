//! The rows of tags themselves.

use std::collections::HashMap;

use app::{App, AppError, FanLists, SealsJson, place};
use domain::Sealed;
use futures::future::try_join_all;
use store::row::{FanEntryRow, TagRow};
use store::{Direction, Page, Row, StoreError, TenantDb, Transaction, keys};
use tenancy::{Reads, Writes};
use vault::TenantKey;

/// The rows of tags that are about to be given: at which revision each is, if it is there.
pub(crate) struct Names {
    revisions: HashMap<String, Option<u64>>,
}

impl Names {
    /// Reads them; no call for no tags.
    pub(crate) async fn read<R: Reads>(
        db: &TenantDb<R>,
        lists: &FanLists,
        tags: &[String],
    ) -> Result<Self, StoreError> {
        let mut reads = db.read_many();
        let marks = tags.iter().map(|tag| lists.tag(tag));
        let slots: Vec<_> = marks
            .map(|mark| (reads.find::<TagRow>(&keys::tag(&mark)), mark))
            .collect();
        let found = reads.send().await?;
        let mut revisions = HashMap::new();
        for (slot, mark) in slots {
            revisions.insert(mark, found.get(slot)?.map(|found| found.rev));
        }
        Ok(Self { revisions })
    }

    /// Adds the rows of tags that are given now.
    pub(crate) fn write(
        &self,
        app: &App,
        key: &TenantKey,
        lists: &FanLists,
        transaction: &mut Transaction<'_>,
        given: &[String],
    ) -> Result<(), AppError> {
        for tag in given {
            let mut row = TagRow {
                mark: lists.tag(tag),
                name: Sealed::default(),
                used_at: app.clock.now(),
            };
            let at = row.key();
            row.name = key.seal_json(&place::<TagRow>(&at, "name"), tag, app.entropy.as_ref())?;
            match self.revisions.get(&row.mark).copied().flatten() {
                Some(rev) => transaction.replace(&row, rev),
                None => transaction.create(&row),
            };
        }
        Ok(())
    }

    /// What was added is written.
    pub(crate) fn written(&mut self, lists: &FanLists, given: &[String]) {
        for tag in given {
            let rev = self.revisions.entry(lists.tag(tag)).or_default();
            *rev = Some(rev.map_or(1, |rev| rev + 1));
        }
    }
}

/// Deletes the rows of tags that nobody has any more. A row that is used again meanwhile stays. The fans are changed by then:
/// what fails here is told in the log and must not make that look undone.
pub(crate) async fn sweep<R: Reads + Writes>(db: &TenantDb<R>, lists: &FanLists, taken: &[String]) {
    if let Err(error) = delete_unused(db, lists, taken).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(error.chain = chain, "tags that nobody has were left");
    }
}

async fn delete_unused<R: Reads + Writes>(
    db: &TenantDb<R>,
    lists: &FanLists,
    taken: &[String],
) -> Result<(), StoreError> {
    let names = Names::read(db, lists, taken).await?;
    let looks = taken.iter().map(async |tag| {
        let pk = lists.tagged(tag).partitions().concat();
        let page = Page {
            pk: &pk,
            from: "0",
            to: "~",
            direction: Direction::Backward,
            limit: 1,
        };
        let left = db.list::<FanEntryRow>(&page).await?;
        Ok::<_, StoreError>(left.is_empty().then(|| lists.tag(tag)))
    });
    let mut transaction = db.transaction();
    for mark in try_join_all(looks).await?.into_iter().flatten() {
        if let Some(rev) = names.revisions.get(&mark).copied().flatten() {
            transaction.delete::<TagRow>(&keys::tag(&mark), rev);
        }
    }
    match transaction.commit().await {
        Err(error) if error.is_race() => Ok(()),
        done => done,
    }
}
