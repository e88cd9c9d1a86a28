//! `privacy.erase-workspace`: carries the closing of a workspace out (decision 0037), or of a person's account (decision 0038).
//!
//! A closing has a row of its own. First bots fall silent, open invitations end, and each member's login and sessions come to
//! say that the workspace is being closed ([`members`]); then it stands still until its time is over or an owner takes it back.
//! What is erased goes as a fan's does: each transaction deletes rows that must be there together with a new state of the
//! closing's row, which counts them ([`empty`]). When everything is gone, [`certify`] signs what was done. What an older copy
//! brings back is erased once more ([`again`]).
//!
//! A person's account is a tenant of its own, and goes through the same states ([`person`]); a job of each workspace ends the
//! membership there ([`leaver`]).
//!
//! A job stops before its time-out and asks for another one; one that was lost is made up for by `tick`.
//!
//! Uses, in the tenant's session: GetItem, BatchGetItem, Query, PutItem, DeleteItem on `tenant` and `work`; GetItem, BatchGetItem,
//! DeleteItem on `keys`; PutItem, DeleteItem on `routing`; kms:Decrypt (purpose `data`) and kms:Encrypt (purpose `mail`);
//! DeleteObject and AbortMultipartUpload on exports. In its own: GetItem, BatchGetItem, Query, DeleteItem on `routing`; kms:Decrypt
//! (purpose `platform`), for the key of the marks of who is held; kms:GetPublicKey, kms:Sign; sqs:SendMessage on `closings` and the mail queue.

mod again;
mod certify;
mod empty;
mod fans;
mod leaver;
mod members;
mod owned;
mod person;
pub(crate) mod show;

use app::{App, AppError, CLOSING_PATIENCE};
use domain::privacy::ClosingState;
use jobs::{ClosingJob, Outcome, accept, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage};
use objects::Objects;
use store::row::ClosingRow;
use store::{Found, TenantDb, Traced, Transaction, keys};
use tenancy::{TenantScope, Worker};

use crate::erase::{RESERVE, Step, step};
use crate::error::{PrivacyError, outcome};

/// Works every job of a batch.
pub(crate) async fn handle(
    app: &'static App,
    objects: &'static Objects,
    event: SqsEvent,
    invocation: Invocation,
) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| {
        Box::pin(one(app, objects, message, invocation.clone()))
    })
    .await
}

async fn one(app: &App, objects: &Objects, message: SqsMessage, invocation: Invocation) -> Outcome {
    let Some((job, trusted)) = accept::<ClosingJob>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    let scope = trusted.scope();
    let done = match job.leaver {
        Some(leaver) => Box::pin(leaver::leave(app, &scope, &job, leaver)).await,
        None => Box::pin(work((app, objects), &scope, &job, &invocation)).await,
    };
    outcome(job.tenant, done)
}

/// One closing in hand.
struct Desk<'a> {
    app: &'a App,
    objects: &'a Objects,
    scope: &'a TenantScope<Worker>,
    db: &'a TenantDb<Worker>,
    job: &'a ClosingJob,
    invocation: &'a Invocation,
    work: Found<ClosingRow>,
}

async fn work(
    (app, objects): (&App, &Objects),
    scope: &TenantScope<Worker>,
    job: &ClosingJob,
    invocation: &Invocation,
) -> Result<(), PrivacyError> {
    let db = app.store.within(scope)?;
    let found = db.find::<ClosingRow>(&keys::closing()).await?;
    let Some(work) = found.filter(|found| found.row.request == job.request) else {
        return Box::pin(again::begin(app, &db, job)).await;
    };
    let mut desk = Desk {
        app,
        objects,
        scope,
        db: &db,
        job,
        invocation,
        work,
    };
    if desk.waits() {
        return Ok(());
    }
    // Before anything can fail: whatever stops this job, `tick` asks for the next one.
    if desk.write(desk.work.row.clone(), |_| {}).await? != Step::Done {
        return Ok(());
    }
    while !desk.waits() && !desk.is_late().await? {
        let step = match (desk.work.row.state, desk.work.row.account()) {
            (ClosingState::Stopping, Some(user)) => Box::pin(desk.freeze(user)).await?,
            (ClosingState::Erasing, Some(user)) => Box::pin(desk.empty_account(user)).await?,
            (ClosingState::Stopping, None) => Box::pin(desk.stop()).await?,
            (ClosingState::Frozen, _) => Box::pin(desk.begin_erasure()).await?,
            (ClosingState::Reopening, _) => Box::pin(desk.reopen()).await?,
            (ClosingState::Erasing, None) => Box::pin(desk.empty()).await?,
            (ClosingState::Certifying, _) => return Box::pin(desk.certify()).await,
        };
        if step == Step::Stop {
            return Ok(());
        }
    }
    Ok(())
}

impl Desk<'_> {
    /// Whether there is nothing to do before the time is over.
    fn waits(&self) -> bool {
        let row = &self.work.row;
        row.state == ClosingState::Frozen && self.app.clock.now() < row.closes_at
    }

    /// Whether the next job has to go on, which is then asked for.
    async fn is_late(&self) -> Result<bool, PrivacyError> {
        if self.invocation.left() >= RESERVE {
            return Ok(false);
        }
        let next = self.app.jobs.close(self.job).await;
        next.map_err(AppError::from)?;
        Ok(true)
    }

    /// Writes the work together with what belongs to it.
    async fn write(
        &mut self,
        mut work: ClosingRow,
        also: impl FnOnce(&mut Transaction<'_>),
    ) -> Result<Step, PrivacyError> {
        work.wakes_at = match work.state {
            ClosingState::Frozen => work.closes_at,
            _ => self.app.clock.now().plus(CLOSING_PATIENCE),
        };
        let mut transaction = self.db.transaction();
        let own = transaction.replace(&work, self.work.rev);
        also(&mut transaction);
        let step = step(transaction.commit().await, own)?;
        if step == Step::Done {
            let rev = self.work.rev + 1;
            self.work = Found { row: work, rev };
        }
        Ok(step)
    }

    /// Deletes and counts.
    async fn delete(&mut self, rows: &[Traced]) -> Result<Step, PrivacyError> {
        let kinds = rows.iter().map(|row| row.kind.as_str());
        let work = counted(&self.work.row, kinds);
        self.write(work, |transaction| {
            for row in rows {
                transaction.delete_traced(row);
            }
        })
        .await
    }
}

/// The work with rows of these kinds counted as deleted.
fn counted<'a>(work: &ClosingRow, kinds: impl IntoIterator<Item = &'a str>) -> ClosingRow {
    let mut work = work.clone();
    for kind in kinds {
        *work.erased.entry(kind.to_owned()).or_default() += 1;
    }
    work
}
