//! The rows of tags themselves.

use std::collections::HashMap;

use app::{App, AppError, FanLists, SealsJson, place, unused_tags};
use domain::Sealed;
use store::row::TagRow;
use store::{Row as _, StoreError, TenantDb, Transaction, keys};
use tenancy::{Reads, Writes};
use vault::TenantKey;

/// The rows of tags that are about to be given, by their marks: how each is, if it is there.
pub(crate) struct Names {
    rows: HashMap<String, Option<Kept>>,
}

/// A tag's row as it is now.
struct Kept {
    rev: u64,
    /// How the tag is written; absent in a row that this call made, which knows that.
    name: Option<Sealed>,
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
        let mut rows = HashMap::new();
        for (slot, mark) in slots {
            let kept = found.get(slot)?.map(|found| Kept {
                rev: found.rev,
                name: Some(found.row.name),
            });
            rows.insert(mark, kept);
        }
        Ok(Self { rows })
    }

    /// The tags as they are written already: whoever gives one in another case gives the one that is there, so that taking it
    /// back leaves the others' as it was.
    pub(crate) fn spelled(
        &self,
        key: &TenantKey,
        lists: &FanLists,
        tags: &[String],
    ) -> Result<Vec<String>, AppError> {
        let one = |tag: &String| {
            let mark = lists.tag(tag);
            match self.kept(&mark).and_then(|kept| kept.name.as_ref()) {
                Some(name) => key.open_json(&place::<TagRow>(&keys::tag(&mark), "name"), name),
                None => Ok(tag.clone()),
            }
        };
        tags.iter().map(one).collect()
    }

    fn kept(&self, mark: &str) -> Option<&Kept> {
        self.rows.get(mark).and_then(Option::as_ref)
    }

    /// Adds the rows of tags that are given now. One that is there stays written as it is.
    pub(crate) fn write(
        &self,
        app: &App,
        key: &TenantKey,
        lists: &FanLists,
        transaction: &mut Transaction<'_>,
        given: &[String],
    ) -> Result<(), AppError> {
        for tag in given {
            let mark = lists.tag(tag);
            let at = keys::tag(&mark);
            let kept = self.kept(&mark);
            let name = match kept.and_then(|kept| kept.name.clone()) {
                Some(name) => name,
                None => key.seal_json(&place::<TagRow>(&at, "name"), tag, app.entropy.as_ref())?,
            };
            let rev = kept.map(|kept| kept.rev);
            let row = TagRow {
                mark,
                name,
                used_at: app.clock.now(),
            };
            match rev {
                Some(rev) => transaction.replace(&row, rev),
                None => transaction.create(&row),
            };
        }
        Ok(())
    }

    /// What was added is written.
    pub(crate) fn written(&mut self, lists: &FanLists, given: &[String]) {
        for tag in given {
            let kept = self.rows.entry(lists.tag(tag)).or_default();
            match kept {
                Some(known) => known.rev += 1,
                None => *kept = Some(Kept { rev: 1, name: None }),
            }
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
    let mut transaction = db.transaction();
    for tag in unused_tags(db, lists, taken).await? {
        transaction.delete::<TagRow>(&tag.row.key(), tag.rev);
    }
    match transaction.commit().await {
        Err(error) if error.is_race() => Ok(()),
        done => done,
    }
}
