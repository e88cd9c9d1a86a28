//! Gives entries their numbers. One job a tenant at a time (the group of the FIFO queue), and correct without that.
//!
//! An entry waits as a row in `work`, written in the transaction of its act. The job reads what waits, oldest first, and the
//! head of the chain, and then writes in one transaction, for each entry: its number (`CHAIN`, must be absent), what ties it
//! to that number (`CHAINED`, must be absent) and the end of its waiting (must be at the revision read). So:
//!
//! - killed before the transaction, nothing has happened; killed after it, nothing is left to do. The ring comes back, and a
//!   ring that is lost is made up for by `tick`, which finds what waits in the due index;
//! - of two jobs at once, one finds its numbers taken, reads again and goes on from there: no number twice, because it is a
//!   key; no gap, because each follows the newest one read; no entry twice, because `CHAINED` is there for good.
//!
//! Uses, in the tenant's session: Query, PutItem, DeleteItem on `work`; Query, BatchGetItem, PutItem on `audit`; and
//! s3:PutObject ([`crate::anchoring`]). In its own: sqs:ChangeMessageVisibility on its queue.

use anchors::Anchors;
use app::App;
use domain::ids::TenantId;
use futures::future::try_join;
use jobs::{AuditRing, Outcome, accept, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage};
use store::row::{AuditRow, ChainRow, ChainedRow, UnchainedRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Reads, TenantScope, Worker};

use crate::anchoring;
use crate::chain::{Head, canonical};
use crate::error::AuditError;

/// Entries in one transaction: three rows each, and at most a hundred rows.
const BATCH: usize = 25;
/// Transactions in one run; what waits then is left to the next ring.
const BATCHES: usize = 20;

/// Looks at the log of every ring.
pub(crate) async fn handle(
    app: &'static App,
    anchors: &'static Anchors,
    event: SqsEvent,
) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(answer(app, anchors, message))).await
}

async fn answer(app: &App, anchors: &Anchors, message: SqsMessage) -> Outcome {
    let Some((_, job)) = accept::<AuditRing>(&message, &app.config.source_queue) else {
        give_back(app, &message).await;
        return Outcome::NotOurs;
    };
    match look(app, anchors, &job.scope()).await {
        Ok(()) => Outcome::Done,
        Err(error) => {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "the audit log must be looked at again"
            );
            Outcome::Retry
        }
    }
}

/// At once: as long as it is hidden, the rings of its log wait behind it. Failing to say so only makes them later.
async fn give_back(app: &App, message: &SqsMessage) {
    let receipt = message.receipt_handle.as_deref().unwrap_or_default();
    if let Err(error) = app.jobs.give_back_ring(receipt).await {
        tracing::warn!(
            error.chain = telemetry::chain(&error),
            "a message was not given back"
        );
    }
}

async fn look(app: &App, anchors: &Anchors, scope: &TenantScope<Worker>) -> Result<(), AuditError> {
    let db = app.store.within(scope)?;
    Box::pin(append(app, &db, scope.tenant())).await?;
    Box::pin(anchoring::close_days(app, anchors, &db, scope)).await
}

async fn append(app: &App, db: &TenantDb<Worker>, tenant: TenantId) -> Result<(), AuditError> {
    let mut after = String::from("0");
    for _ in 0..BATCHES {
        let waiting = waiting(db, &after).await?;
        let Some(last) = waiting.last() else {
            return Ok(());
        };
        let last = last.row.key().sk;
        let (head, entries) = try_join(head(db), entries(db, &waiting)).await?;
        let mut transaction = db.transaction();
        for (waits, row) in waiting.iter().zip(&number(tenant, head, &entries)) {
            let Some((chain, chained)) = row else {
                // Its number would stand for nothing. The row that waits is kept: it is all that tells of the entry.
                tracing::error!("an audit entry was gone before it had a number");
                continue;
            };
            transaction.create(chain);
            transaction.create(chained);
            transaction.delete::<UnchainedRow>(&waits.row.key(), waits.rev);
        }
        if !transaction.is_empty() {
            transaction.put_any(&anchoring::day(tenant, app.clock.now()));
        }
        match Box::pin(transaction.commit()).await {
            Ok(()) => after = format!("{last}~"),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(AuditError::Unfinished)
}

async fn waiting(
    db: &TenantDb<Worker>,
    after: &str,
) -> Result<Vec<Found<UnchainedRow>>, StoreError> {
    let page = Page {
        pk: keys::UNCHAINED,
        from: after,
        to: "~",
        direction: Direction::Forward,
        limit: BATCH,
    };
    Box::pin(db.list(&page)).await
}

/// The newest number and its hash.
///
/// # Errors
/// When the row at the head has another form: whatever followed on it would hide that.
pub(crate) async fn head<R: Reads>(db: &TenantDb<R>) -> Result<Head, AuditError> {
    newest(db).await?.as_ref().map_or(Ok(Head::START), at)
}

/// Where a number leads.
///
/// # Errors
/// When its hash is none.
pub(crate) fn at(row: &ChainRow) -> Result<Head, AuditError> {
    Ok(Head {
        seq: row.seq,
        hash: row.hash.parse().map_err(|_| AuditError::Head)?,
    })
}

/// The row of the newest number; nothing where none was ever given.
///
/// # Errors
/// When the database does not answer, or the row has another form.
pub(crate) async fn newest<R: Reads>(db: &TenantDb<R>) -> Result<Option<ChainRow>, AuditError> {
    let page = Page {
        pk: keys::CHAIN,
        from: "0",
        to: "~",
        direction: Direction::Backward,
        limit: 1,
    };
    let newest = Box::pin(db.list::<ChainRow>(&page)).await?;
    Ok(newest.into_iter().next().map(|found| found.row))
}

/// The entries that wait, in the same order; nothing for one that is gone or has another form.
async fn entries(
    db: &TenantDb<Worker>,
    waiting: &[Found<UnchainedRow>],
) -> Result<Vec<Option<AuditRow>>, AuditError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = waiting
        .iter()
        .map(|waits| reads.find::<AuditRow>(&keys::audit(waits.row.at, waits.row.id)))
        .collect();
    let found = Box::pin(reads.send()).await?;
    let entry = |slot| match found.get(slot) {
        Ok(found) => Ok(found.map(|found| found.row)),
        Err(StoreError::Form(_)) => Ok(None),
        Err(error) => Err(error.into()),
    };
    slots.into_iter().map(entry).collect()
}

/// The numbers of entries that follow on a head.
fn number(
    tenant: TenantId,
    mut head: Head,
    entries: &[Option<AuditRow>],
) -> Vec<Option<(ChainRow, ChainedRow)>> {
    let next = |entry: &Option<AuditRow>| {
        let entry = entry.as_ref()?;
        let (seq, prev) = (head.seq + 1, head.hash);
        let hash = prev.followed_by(canonical(tenant, seq, entry).as_bytes());
        head = Head { seq, hash };
        Some(rows(seq, entry, &prev.to_string(), &hash.to_string()))
    };
    entries.iter().map(next).collect()
}

fn rows(seq: u64, entry: &AuditRow, prev: &str, hash: &str) -> (ChainRow, ChainedRow) {
    let at = entry.at;
    let chain = ChainRow {
        seq,
        id: entry.id,
        at,
        prev: prev.to_owned(),
        hash: hash.to_owned(),
    };
    let chained = ChainedRow {
        id: entry.id,
        at,
        seq,
        hash: hash.to_owned(),
    };
    (chain, chained)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::{TENANT, entry};
    use crate::chain::{Hash, follow};
    use crate::evidence::{Evidence, Seen};
    use crate::horizon::Horizon;

    #[test]
    fn entries_are_numbered_without_a_gap_and_the_chain_follows() {
        let entries = [Some(entry(1)), None, Some(entry(2)), Some(entry(3))];
        let head = Head {
            seq: 41,
            hash: Hash::GENESIS.followed_by(b"before"),
        };
        let rows = number(TENANT, head, &entries);
        assert!(rows[1].is_none());
        let mut reached = head;
        for (row, entry) in rows.iter().zip(&entries) {
            let (Some((chain, chained)), Some(entry)) = (row, entry) else {
                continue;
            };
            let evidence = Evidence {
                chain: Seen::Row(chain.clone()),
                entry: Seen::Row(entry.clone()),
                chained: Seen::Row(chained.clone()),
            };
            let claim = evidence
                .claim(TENANT, chain.seq, &Horizon::of(&[], entry.at))
                .expect("consistent");
            reached = follow(reached, claim.as_ref()).expect("the chain follows");
        }
        assert_eq!(reached.seq, 44);
    }
}
