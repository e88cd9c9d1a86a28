//! `privacy.erase`: carries an erasure out.
//!
//! What is found in a place goes in transactions of at most 99 deletions, each of a row that must be there, together with the
//! row of the work, which must be as it was read and counts them. So a job that was killed left the count that fits what is
//! gone; of two jobs at once one stops; and nothing is counted twice. When every place was empty in one walk through all of
//! them, profile and key go in the last transaction, together with the work, the record, the tombstone's completion and the
//! last word to a fan who asked in the chat.
//!
//! A job stops before its time-out and asks for another one; one that was lost is made up for by `tick`.
//!
//! Uses, in the tenant's session: Query, BatchGetItem, PutItem, DeleteItem on `tenant` and `work`; GetItem, BatchGetItem,
//! DeleteItem on `keys`; kms:Decrypt (purpose `data`). In its own: sqs:SendMessage on `erasures` and the doorbell.

use std::time::Duration;

use app::{App, AppError, ERASURE_PATIENCE, tombstone_mark};
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, MessageId};
use domain::message::{Author, Lane};
use jobs::{ErasureJob, Outcome, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};
use store::row::{ErasureRow, OutboxRow, PrivacyRequestRow, TombstoneRow};
use store::{Found, Row, StoreError, TenantDb, Traced, keys};
use telegram::commands::{Erasing, Language};
use tenancy::{QueueEvidence, TenantScope, TrustedJob, Worker};
use vault::TenantKey;

use crate::holdings::{Holdings, Place};

/// Rows of one transaction besides the work's own.
const AT_ONCE: usize = 99;
/// Time to leave unused: one transaction, with its retries, and the ring for the next job.
const RESERVE: Duration = Duration::from_secs(10);
/// So often a row may be gone before it is deleted here.
const RACES: usize = 8;
/// When `tick` rings for the last word if nobody has sent it.
const LAST_WORD_DUE: Duration = Duration::from_secs(60);

/// Works every job of a batch.
pub(crate) async fn handle(
    app: &'static App,
    event: SqsEvent,
    invocation: Invocation,
) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| {
        Box::pin(one(app, message, invocation.clone()))
    })
    .await
}

async fn one(app: &App, message: SqsMessage, invocation: Invocation) -> Outcome {
    let job = match ErasureJob::parse(message.text()) {
        Ok(job) => job,
        Err(error) => {
            tracing::error!(error.chain = telemetry::chain(&error), "a job is not ours");
            return Outcome::Done;
        }
    };
    let evidence = QueueEvidence {
        source_arn: message.event_source_arn.as_deref().unwrap_or_default(),
        expected_queue: &app.config.source_queue,
    };
    let Ok(trusted) = TrustedJob::verify(&evidence, job.tenant) else {
        tracing::error!("a job came from another queue");
        return Outcome::Done;
    };
    match Box::pin(work(app, &trusted.scope(), &job, &invocation)).await {
        // The tenant is gone, and with it everything.
        Ok(()) | Err(AppError::Absent(_)) => Outcome::Done,
        Err(error) => {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %job.tenant, error.chain = chain, "an erasure did not go on");
            Outcome::Retry
        }
    }
}

/// One erasure in hand.
struct Desk<'a> {
    app: &'a App,
    db: &'a TenantDb<Worker>,
    key: TenantKey,
    holdings: Holdings<'a>,
    work: Found<ErasureRow>,
}

/// Whether the work goes on here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// These rows are gone, and counted.
    Gone,
    /// A row was gone already: look again.
    Again,
    /// Another job has taken over.
    Taken,
}

async fn work(
    app: &App,
    scope: &TenantScope<Worker>,
    job: &ErasureJob,
    invocation: &Invocation,
) -> Result<(), AppError> {
    let key = app.tenant_key(scope).await?;
    let db = app.store.within(scope)?;
    let mut read = db.read_many();
    let found = read.find::<ErasureRow>(&keys::erasure(job.request));
    let Some(work) = read.send().await?.get(found)? else {
        return Ok(());
    };
    let holdings = Holdings::of(&db, &key, work.row.fan).await?;
    let mut desk = Desk {
        app,
        db: &db,
        key,
        holdings,
        work,
    };
    let places = desk.holdings.places();
    loop {
        let mut clean = true;
        for place in &places {
            loop {
                if invocation.left() < RESERVE {
                    return Ok(app.jobs.erase(job).await?);
                }
                let rows = desk.holdings.at(place, AT_ONCE).await?;
                if rows.is_empty() {
                    break;
                }
                clean = false;
                if desk.delete(&rows).await? == Step::Taken {
                    return Ok(());
                }
            }
        }
        if clean {
            return Box::pin(desk.finish()).await;
        }
    }
}

impl Desk<'_> {
    /// Deletes and counts.
    async fn delete(&mut self, rows: &[Traced]) -> Result<Step, AppError> {
        let mut work = self.work.row.clone();
        count(&mut work, rows);
        work.wakes_at = self.app.clock.now().plus(ERASURE_PATIENCE);
        let mut transaction = self.db.transaction();
        let own = transaction.replace(&work, self.work.rev);
        for row in rows {
            transaction.delete_traced(row);
        }
        match step(transaction.commit().await, own)? {
            Step::Gone => {
                self.work = Found {
                    row: work,
                    rev: self.work.rev + 1,
                };
                Ok(Step::Gone)
            }
            other => Ok(other),
        }
    }

    /// The end: what leads to the fan, the work, and the word that it is done.
    async fn finish(&self) -> Result<(), AppError> {
        let (work, now) = (&self.work.row, self.app.clock.now());
        for _ in 0..RACES {
            let rows = self.holdings.at(&Place::Last, AT_ONCE).await?;
            let mut read = self.db.read_many();
            let request = read.find::<PrivacyRequestRow>(&keys::privacy_request(work.request));
            let mark = tombstone_mark(&self.key, work.fan);
            let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
            let found = read.send().await?;
            let mut done = work.clone();
            count(&mut done, &rows);
            let mut transaction = self.db.transaction();
            let own = transaction.delete::<ErasureRow>(&work.key(), self.work.rev);
            for row in &rows {
                transaction.delete_traced(row);
            }
            if let Some(mut request) = found.get(request)? {
                request.row.finished_at = Some(now);
                request.row.erased = done.erased;
                transaction.replace(&request.row, request.rev);
            }
            if let Some(mut tombstone) = found.get(tombstone)? {
                tombstone.row.complete = true;
                transaction.replace(&tombstone.row, tombstone.rev);
            }
            let asked = work.asked_in;
            if let Some(to) = asked {
                transaction.create(&self.last_word(to)?);
            }
            match step(transaction.commit().await, own)? {
                Step::Gone => {
                    tracing::info!(tenant.id = %work.tenant, "a fan was erased");
                    telemetry::metric("FanErased", telemetry::Unit::Count, 1.0, &[]);
                    if let Some((bot, _)) = asked {
                        self.app
                            .jobs
                            .ring(work.tenant, bot, &self.app.unique())
                            .await?;
                    }
                    return Ok(());
                }
                Step::Taken => return Ok(()),
                Step::Again => {}
            }
        }
        Err(StoreError::Contention.into())
    }

    fn last_word(&self, (bot, chat): (BotId, ConversationId)) -> Result<OutboxRow, AppError> {
        let (work, now) = (&self.work.row, self.app.clock.now());
        let language = Language::of(work.language.as_deref());
        let content = Outgoing::Aside {
            text: Erasing::Done.says(language).to_owned(),
        };
        let id = self.app.mint(MessageId::new);
        let to = (work.tenant, bot, chat);
        let row = OutboxRow {
            due_at: Some(now.plus(LAST_WORD_DUE)),
            ..OutboxRow::queued(id, to, (Lane::Person, Author::Automation), now)
        };
        self.app.seal_outbox(&self.key, row, &content)
    }
}

fn count(work: &mut ErasureRow, rows: &[Traced]) {
    for row in rows {
        *work.erased.entry(row.kind.clone()).or_default() += 1;
    }
}

fn step(outcome: Result<(), StoreError>, own: usize) -> Result<Step, AppError> {
    match outcome {
        Ok(()) => Ok(Step::Gone),
        Err(error) if error.failed(own).is_some() => Ok(Step::Taken),
        Err(error) if error.is_race() => Ok(Step::Again),
        Err(error) => Err(error.into()),
    }
}
