//! `privacy.erase`: carries an erasure out.
//!
//! What is found in a place goes in transactions of at most 99 deletions, each of a row that must be there, together with the
//! row of the work, which must be as it was read and counts them. So a job that was killed left the count that fits what is
//! gone; of two jobs at once one stops; and nothing is counted twice.
//!
//! Requests that reached our staff are ended beside it, and those whose export is taken back wait for a decision again ([`cases`]).
//!
//! When every place was empty in one walk through all of them, the profile goes, if it is still the one that led there, and its place
//! in the list of all fans. Whoever
//! writes something of a fan requires profile or conversation to be there: from then on nothing new comes, and a second walk,
//! in which the key goes as well, makes the end of it. The last transaction completes the record and the tombstone, and puts the last
//! word to a fan who asked in the chat into the outbox. What is left of the work names nobody: [`certify`] ends it.
//!
//! The same queue has workspaces searched for fans whose time is over ([`search`]), and for those who were erased and are back
//! by an older copy ([`replay`]).
//!
//! A job stops before its time-out and asks for another one, which goes on at the place that was reached ([`mentions`]); one that was
//! lost is made up for by `tick`.
//!
//! Uses, in the tenant's session: Query, BatchGetItem, PutItem, DeleteItem on `tenant` and `work`; Query on the list index of
//! `tenant`; GetItem on `tenant`; GetItem,
//! BatchGetItem, DeleteItem on `keys`; BatchGetItem, DeleteItem on `routing` (that the workspace holds the person); kms:Decrypt
//! (purpose `data`); DeleteObject and AbortMultipartUpload on exports. In its own: GetItem on `routing` and kms:Decrypt (purpose
//! `platform`), for the key of those marks; kms:GetPublicKey, kms:Sign; sqs:SendMessage on `erasures` and the doorbell.

mod cases;
pub(crate) mod certify;
mod mentions;
mod replay;

use std::collections::BTreeMap;
use std::time::Duration;

use app::{App, AppError, ERASURE_PATIENCE, FanLists, tombstone_mark, unused_tags};
use domain::alert::AlertSummary;
use domain::content::Outgoing;
use domain::ids::{BotId, ConversationId, FanId};
use domain::message::Lane;
use domain::privacy::ExportState;
use domain::registry::Registered;
use jobs::{ErasureJob, ErasuresJob, Outcome, accept, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage};
use objects::Objects;
use store::row::{
    BusinessLinkRow, ErasureRow, ExportRow, FanRow, OutboxRow, PrivacyRequestRow, TagRow,
    TombstoneRow,
};
use store::{Found, Row, StoreError, TenantDb, Traced, Transaction, keys};
use telegram::commands::{Erasing, Language};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use crate::error::{PrivacyError, outcome};
use crate::export::file;
use crate::holdings::Holdings;
use crate::retention::search;

/// Rows of one transaction besides the work's own.
pub(crate) const AT_ONCE: usize = 99;
/// Time to leave unused: one transaction, with its retries, and the ring for the next job.
pub(crate) const RESERVE: Duration = Duration::from_secs(10);
/// So often a row may be gone before it is deleted here.
const RACES: usize = 8;

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
    let Some((job, trusted)) = accept::<ErasuresJob>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    let scope = trusted.scope();
    let done = match &job {
        ErasuresJob::Erasure(job) => Box::pin(work((app, objects), &scope, job, &invocation)).await,
        ErasuresJob::Retention(_) => Box::pin(search::run(app, &scope, &invocation)).await,
        ErasuresJob::Replay(job) => Box::pin(replay::run(app, &scope, job, &invocation)).await,
    };
    outcome(scope.tenant(), done)
}

/// One erasure in hand.
struct Desk<'a> {
    app: &'a App,
    objects: &'a Objects,
    scope: &'a TenantScope<Worker>,
    db: &'a TenantDb<Worker>,
    key: TenantKey,
    job: &'a ErasureJob,
    invocation: &'a Invocation,
    fan: FanId,
    work: Found<ErasureRow>,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// As it was meant.
    Done,
    /// Something else was written meanwhile: look again.
    Again,
    /// Another job has taken over, or will go on.
    Stop,
}

async fn work(
    (app, objects): (&App, &Objects),
    scope: &TenantScope<Worker>,
    job: &ErasureJob,
    invocation: &Invocation,
) -> Result<(), PrivacyError> {
    let db = app.store.within(scope)?;
    let mut read = db.read_many();
    let found = read.find::<ErasureRow>(&keys::erasure(job.request));
    let Some(work) = read.send().await?.get(found)? else {
        return Ok(());
    };
    // Before anything can fail: whatever stops this job, `tick` asks for the next one.
    let Some(work) = touched(app, &db, work).await? else {
        return Ok(());
    };
    let Some(fan) = work.row.fan else {
        return Box::pin(certify::certify(app, &db, &work)).await;
    };
    let mut desk = Desk {
        app,
        objects,
        scope,
        db: &db,
        key: app.tenant_key(scope).await?,
        job,
        invocation,
        fan,
        work,
    };
    loop {
        let known = &desk.work.row.chats;
        let holdings = Holdings::of((app, scope), &db, &desk.key, fan, known).await?;
        let step = match (desk.empty(&holdings).await?, holdings.profile()) {
            (Step::Done, Some(rev)) => desk.close(&holdings, rev).await?,
            (Step::Done, None) => {
                return match Box::pin(desk.finish()).await? {
                    Some(owed) => Box::pin(certify::certify(app, &db, &owed)).await,
                    None => Ok(()),
                };
            }
            (step, _) => step,
        };
        if step == Step::Stop {
            return Ok(());
        }
    }
}

/// The work with a new moment at which `tick` looks; nothing if another job has it.
async fn touched(
    app: &App,
    db: &TenantDb<Worker>,
    mut work: Found<ErasureRow>,
) -> Result<Option<Found<ErasureRow>>, AppError> {
    work.row.wakes_at = app.clock.now().plus(ERASURE_PATIENCE);
    let mut transaction = db.transaction();
    let own = transaction.replace(&work.row, work.rev);
    let step = step(transaction.commit().await, own)?;
    work.rev += 1;
    Ok((step == Step::Done).then_some(work))
}

impl Desk<'_> {
    /// Walks through every place and empties it. Done when all were found empty.
    async fn empty(&mut self, holdings: &Holdings<'_>) -> Result<Step, PrivacyError> {
        let mut clean = Step::Done;
        for export in holdings.exports().await? {
            clean = Step::Again;
            file::remove(self.objects, self.scope, &export.row).await?;
            if self.withdraw(&export).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        match Box::pin(self.close_cases()).await? {
            Step::Done => {}
            Step::Again => clean = Step::Again,
            Step::Stop => return Ok(Step::Stop),
        }
        match Box::pin(self.end_connections(holdings.links().await?)).await? {
            Step::Done => {}
            Step::Again => clean = Step::Again,
            Step::Stop => return Ok(Step::Stop),
        }
        for (pk, name) in holdings.mentioning() {
            match Box::pin(self.sweep(holdings, (pk.as_str(), name))).await? {
                Step::Done => {}
                Step::Again => clean = Step::Again,
                Step::Stop => return Ok(Step::Stop),
            }
        }
        for place in &holdings.places() {
            let mut at_once = AT_ONCE;
            loop {
                if Box::pin(self.is_late()).await? {
                    return Ok(Step::Stop);
                }
                let rows = holdings.at(place, at_once).await?;
                if rows.is_empty() {
                    break;
                }
                clean = Step::Again;
                match self.delete(&rows).await {
                    Ok(Step::Stop) => return Ok(Step::Stop),
                    Ok(_) => {}
                    // Too large together, it may be: kept updates are.
                    Err(_) if rows.len() > 1 => at_once = rows.len() / 2,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        // Only now that the fan stands in no list.
        match Box::pin(self.drop_tags(holdings.tags())).await? {
            Step::Done => {}
            Step::Again => clean = Step::Again,
            Step::Stop => return Ok(Step::Stop),
        }
        for (line, left) in holdings.held(&self.key).await? {
            clean = Step::Again;
            if self.unsay(&line, left).await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        Ok(clean)
    }

    /// The connections of the fan's own accounts end: what still comes over one is dropped, and its row says no longer whose it
    /// was. It stays, so it is not counted. Done where there are none.
    async fn end_connections(
        &mut self,
        links: Vec<Found<BusinessLinkRow>>,
    ) -> Result<Step, AppError> {
        let mut clean = Step::Done;
        for some in links.chunks(AT_ONCE) {
            clean = Step::Again;
            let work = self.work.row.clone();
            let step = self.write(work, |transaction| {
                for link in some {
                    let ended = BusinessLinkRow {
                        account: None,
                        ..link.row.clone()
                    };
                    transaction.replace(&ended, link.rev);
                }
            });
            if step.await? == Step::Stop {
                return Ok(Step::Stop);
            }
        }
        Ok(clean)
    }

    /// Tags that were the fan's alone: their words may be about nobody else. Done where there are none.
    async fn drop_tags(&mut self, tags: &[String]) -> Result<Step, AppError> {
        let lists = FanLists::of(&self.key);
        let mut unused = unused_tags(self.db, &lists, tags).await?;
        unused.truncate(AT_ONCE);
        if unused.is_empty() {
            return Ok(Step::Done);
        }
        let mut work = self.work.row.clone();
        for _ in &unused {
            *work.erased.entry(TagRow::KIND.to_owned()).or_default() += 1;
        }
        let step = self.write(work, |transaction| {
            for tag in &unused {
                transaction.delete::<TagRow>(&tag.row.key(), tag.rev);
            }
        });
        Ok(match step.await? {
            Step::Stop => Step::Stop,
            Step::Done | Step::Again => Step::Again,
        })
    }

    /// A line that waits for a member's quiet hours to end goes on without the fan. It is the member's, so it is not counted.
    async fn unsay(
        &mut self,
        line: &Found<OutboxRow>,
        left: AlertSummary,
    ) -> Result<Step, AppError> {
        let row = match left.about.is_empty() {
            true => None,
            false => {
                let content = Outgoing::AlertSummary(left);
                let (app, row) = (self.app, line.row.clone());
                Some(app.seal_outbox(&self.key, row, &content)?)
            }
        };
        self.write(self.work.row.clone(), |transaction| {
            match &row {
                Some(row) => transaction.replace(row, line.rev),
                None => transaction.delete::<OutboxRow>(&line.row.key(), line.rev),
            };
        })
        .await
    }

    /// An export that holds something of the fan goes, and its request says why. Whoever asked can ask again; what reached our
    /// staff waits for their decision again.
    async fn withdraw(&mut self, export: &Found<ExportRow>) -> Result<Step, AppError> {
        let key = keys::privacy_request(export.row.request);
        let request = self.db.find::<PrivacyRequestRow>(&key).await?;
        let case = self.case_of(export.row.request).await?;
        // What was there for its whole week is not taken back.
        let is_there = export.row.state != ExportState::Gone;
        let (request, case) = (request.filter(|_| is_there), case.filter(|_| is_there));
        let mut work = self.work.row.clone();
        *work.erased.entry(ExportRow::KIND.to_owned()).or_default() += 1;
        if let Some(file) = certify::file_of(&export.row) {
            *work.files.entry(file.to_owned()).or_default() += 1;
        }
        let now = self.app.clock.now();
        self.write(work, |transaction| {
            transaction.delete::<ExportRow>(&export.row.key(), export.rev);
            if let Some(mut request) = request {
                request.row.withdrawn_at = Some(now);
                transaction.replace(&request.row, request.rev);
            }
            if let Some(case) = case {
                transaction.replace(&cases::reopened(case.row, now), case.rev);
            }
        })
        .await
    }

    /// The profile goes: nothing new comes from here on. With it goes the place in the list of all fans, through which [`replay`]
    /// finds whom an older copy has brought back: until then it leads to the profile in every copy.
    async fn close(&mut self, holdings: &Holdings<'_>, rev: u64) -> Result<Step, AppError> {
        let listed = holdings.in_all().await?;
        let mut work = self.work.row.clone();
        if let Some(entry) = &listed {
            *work.erased.entry(entry.kind.clone()).or_default() += 1;
        }
        *work.erased.entry(FanRow::KIND.to_owned()).or_default() += 1;
        work.chats = holdings.chats().to_vec();
        // Whoever wrote before this moment may have written before the page that was reached.
        work.walked.clear();
        let fan = keys::fan(self.fan);
        self.write(work, |transaction| {
            transaction.delete::<FanRow>(&fan, rev);
            if let Some(entry) = &listed {
                transaction.delete_traced(entry);
            }
        })
        .await
    }

    /// Deletes and counts.
    async fn delete(&mut self, rows: &[Traced]) -> Result<Step, AppError> {
        let mut work = self.work.row.clone();
        for row in rows {
            *work.erased.entry(row.kind.clone()).or_default() += 1;
        }
        self.write(work, |transaction| {
            for row in rows {
                transaction.delete_traced(row);
            }
        })
        .await
    }

    /// Writes the work together with what belongs to it.
    async fn write(
        &mut self,
        mut work: ErasureRow,
        also: impl FnOnce(&mut Transaction<'_>),
    ) -> Result<Step, AppError> {
        work.wakes_at = self.app.clock.now().plus(ERASURE_PATIENCE);
        let mut transaction = self.db.transaction();
        let own = transaction.replace(&work, self.work.rev);
        also(&mut transaction);
        let step = step(transaction.commit().await, own)?;
        if step == Step::Done {
            self.work = Found {
                row: work,
                rev: self.work.rev + 1,
            };
        }
        Ok(step)
    }

    /// The end: the record, and the word that it is done. Gives what is left of the work, which is to sign the certificate,
    /// unless another job has it.
    async fn finish(&self) -> Result<Option<Found<ErasureRow>>, AppError> {
        let (work, now) = (&self.work.row, self.app.clock.now());
        let mark = tombstone_mark(&self.key, self.fan);
        let owed = ErasureRow {
            fan: None,
            mark: Some(mark.clone()),
            asked_in: None,
            language: None,
            chats: Vec::new(),
            walked: BTreeMap::new(),
            wakes_at: now.plus(ERASURE_PATIENCE),
            ..work.clone()
        };
        for _ in 0..RACES {
            let mut read = self.db.read_many();
            let request = read.find::<PrivacyRequestRow>(&keys::privacy_request(work.request));
            let tombstone = read.find::<TombstoneRow>(&keys::tombstone(&mark));
            let found = read.send().await?;
            let mut transaction = self.db.transaction();
            let own = transaction.replace(&owed, self.work.rev);
            if let Some(mut request) = found.get(request)? {
                request.row.finished_at = Some(now);
                request.row.erased = work.erased.clone();
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
                Step::Done => {
                    tracing::info!(tenant.id = %work.tenant, "a fan was erased");
                    telemetry::metric("FanErased", telemetry::Unit::Count, 1.0, &[]);
                    if let Some((bot, _)) = asked {
                        let unique = self.app.unique();
                        self.app.jobs.ring(work.tenant, bot, &unique).await?;
                    }
                    let rev = self.work.rev + 1;
                    return Ok(Some(Found { row: owed, rev }));
                }
                Step::Stop => return Ok(None),
                Step::Again => {}
            }
        }
        Err(StoreError::Contention.into())
    }

    fn last_word(&self, to: (BotId, ConversationId)) -> Result<OutboxRow, AppError> {
        let work = &self.work.row;
        let language = Language::of(work.language.as_deref());
        let content = Outgoing::Aside {
            text: Erasing::Done.says(language).to_owned(),
        };
        let (app, now) = (self.app, self.app.clock.now());
        app.to_chat((work.tenant, &self.key), to, Lane::Person, &content, now)
    }
}

pub(crate) fn step(outcome: Result<(), StoreError>, own: usize) -> Result<Step, AppError> {
    match outcome {
        Ok(()) => Ok(Step::Done),
        Err(error) if error.failed(own).is_some() => Ok(Step::Stop),
        Err(error) if error.is_race() => Ok(Step::Again),
        Err(error) => Err(error.into()),
    }
}
