//! `privacy.export`: writes an export, slice by slice, and takes its file away when its time is over.
//!
//! A slice takes the row for itself, goes on with the walk where the last checkpoint stands, and ends long before its
//! time-out. What it uploads after its last checkpoint is written again by the next one with the same bytes, because walk and
//! archive depend on the rows alone. A job that died holds the row until its time is over; `tick` looks then.
//!
//! Uses, in the tenant's session: Query, BatchGetItem, PutItem on `tenant`; Query, GetItem, PutItem on `work`;
//! Query on `audit`; GetItem, BatchGetItem on `keys`; kms:Decrypt (purpose `data`), kms:Encrypt (purpose `mail`); objects of
//! its own prefix. In its own: kms:GetPublicKey, kms:Sign; sqs:SendMessage on `exports`, the mail queue and the doorbell.

pub(crate) mod begin;
mod carried;
pub(crate) mod counted;
pub(crate) mod download;
pub(crate) mod file;
pub(crate) mod link;
mod record;
pub(crate) mod rows;
mod sections;
mod walk;
mod word;

use std::time::Duration;

use app::{App, AppError};
use archive::{Due, Head, Section};
use domain::Timestamp;
use domain::privacy::{EXPORT_LASTS, ExportState};
use jobs::{ExportJob, Outcome, accept, run_fifo_batch};
use lambda::{Invocation, SqsBatchResponse, SqsEvent, SqsMessage};
use objects::Objects;
use store::row::{BotRow, ExportRow, FanRow, PrivacyRequestRow};
use store::{Direction, Found, Page, TenantDb, keys};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use crate::error::{PrivacyError, outcome};
use crate::holdings::accounts;
use crate::signing_key;
use file::{File, Progress};
use sections::Scope;
use walk::{Position, Step, Walk};

/// When `tick` rings for a word to a fan that nobody has sent.
const PATIENCE: Duration = Duration::from_secs(60);
/// For so long a job has the row: longer than its time-out.
const HELD: Duration = Duration::from_secs(90);
/// Time to leave unused: two parts, the tail and the checkpoint.
const RESERVE: Duration = Duration::from_secs(25);
/// A checkpoint is made after so many parts, if the slice is not over before.
const PARTS: u32 = 4;

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
    let Some((job, trusted)) = accept::<ExportJob>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    let done = Box::pin(work(app, objects, &trusted.scope(), &job, &invocation)).await;
    outcome(job.tenant, done)
}

/// An export in the hands of this job.
struct Desk<'a> {
    app: &'a App,
    objects: &'a Objects,
    scope: &'a TenantScope<Worker>,
    db: &'a TenantDb<Worker>,
    work: Found<ExportRow>,
}

async fn work(
    app: &App,
    objects: &Objects,
    scope: &TenantScope<Worker>,
    job: &ExportJob,
    invocation: &Invocation,
) -> Result<(), PrivacyError> {
    let db = app.store.within(scope)?;
    let Some(work) = rows::find(&db, job.request).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let mut desk = Desk {
        app,
        objects,
        scope,
        db: &db,
        work,
    };
    match desk.work.row.until {
        Some(_) if desk.work.row.state == ExportState::Gone => return Ok(()),
        Some(until) if until <= now => return desk.take_away().await,
        Some(_) => return Ok(()),
        None => {}
    }
    if desk.work.row.held_until > now || !desk.hold(now.plus(HELD)).await? {
        return Ok(());
    }
    match Box::pin(desk.slice(invocation)).await {
        Ok(true) => return Box::pin(desk.finish()).await,
        Ok(false) => {}
        Err(error) if error.ends_export() => {
            let chain = telemetry::chain(&error);
            let tenant = desk.work.row.tenant;
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "an export begins again");
            return Box::pin(desk.begin_again()).await;
        }
        Err(error) => return Err(error),
    }
    app.jobs.export(job).await.map_err(AppError::from)?;
    Ok(())
}

/// Where a slice ended.
enum Reached {
    /// Everything is written.
    End,
    /// The next job goes on.
    Time,
    /// The row is gone or somebody else's; this is what was written last.
    Nothing(Progress),
}

impl Desk<'_> {
    /// Replaces the row. False: somebody else did, or it is gone.
    async fn write(&mut self, row: ExportRow) -> Result<bool, PrivacyError> {
        let mut transaction = self.db.transaction();
        transaction.replace(&row, self.work.rev);
        match transaction.commit().await {
            Ok(()) => {
                let rev = self.work.rev + 1;
                self.work = Found { row, rev };
                Ok(true)
            }
            Err(error) if error.is_race() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn hold(&mut self, until: Timestamp) -> Result<bool, PrivacyError> {
        let row = ExportRow {
            held_until: until,
            wakes_at: until,
            ..self.work.row.clone()
        };
        self.write(row).await
    }

    /// Goes on with the walk until it ends or the time is nearly over. True: everything is written and signed.
    async fn slice(&mut self, invocation: &Invocation) -> Result<bool, PrivacyError> {
        let key = self.app.tenant_key(self.scope).await?;
        let row = self.work.row.clone();
        let scope = match row.fan {
            Some(_) => Scope::Fan,
            None => Scope::Workspace,
        };
        let kinds = sections::kinds(scope);
        let sections = kinds.iter().map(|kind| {
            Section::new(kind.name, kind.title, kind.fields)?.carrying(carried::carried(kind.name))
        });
        let sections = sections.collect::<Result<Vec<_>, archive::Error>>()?;
        let progress: Option<Progress> = match &row.progress {
            Some(text) => Some(serde_json::from_str(text)?),
            None => None,
        };
        let (steps, position, mut file) = match progress {
            Some(progress) => {
                let mut file = File::resume(self.objects, self.scope, &row, &progress).await?;
                // A record would have no place in it, or what is past already would lack what this release hands out.
                if file.archive().sections() != sections {
                    return Err(PrivacyError::OtherSections);
                }
                (progress.steps, progress.position, file)
            }
            None => {
                let steps = self.steps(&row, &key).await?;
                let head = self.head(&row).await?;
                let mut file = File::begin(self.objects, self.scope, &row, head, sections).await?;
                file.archive().file("about.txt", ABOUT.as_bytes())?;
                (steps, Position::default(), file)
            }
        };
        let mut walk = Walk {
            db: self.db,
            key: &key,
            kinds: &kinds,
            steps: &steps,
            at: position,
            in_hand: None,
        };
        match Box::pin(self.write_on(&mut walk, &mut file, invocation)).await {
            Ok(Reached::End) => {
                self.work.row.bytes = Box::pin(file.close(signing_key(self.app))).await?;
                Ok(true)
            }
            Ok(Reached::Time) => Ok(false),
            // Somebody has taken the export back: nothing of it may stay.
            Ok(Reached::Nothing(progress)) => {
                let progress = Some(serde_json::to_string(&progress)?);
                let lost = ExportRow { progress, ..row };
                file::remove(self.objects, self.scope, &lost).await?;
                Ok(false)
            }
            Err(error) => {
                // The next job begins again, because no row knows of this upload.
                if self.work.row.progress.is_none() {
                    file.give_up().await;
                }
                Err(error)
            }
        }
    }

    /// Walks, writes and makes checkpoints.
    async fn write_on(
        &mut self,
        walk: &mut Walk<'_>,
        file: &mut File<'_>,
        invocation: &Invocation,
    ) -> Result<Reached, PrivacyError> {
        let (mut fans, mut records) = (self.work.row.fans, self.work.row.records);
        let mut counted = self.work.row.counted.clone();
        let mut parts = 0;
        loop {
            let found = Box::pin(walk.next()).await?;
            let ended = found.is_none();
            let found = found.unwrap_or_default();
            fans += found.fans;
            records += found.entries.len() as u64;
            if found.lost > 0 {
                let tenant = self.work.row.tenant;
                tracing::error!(tenant.id = %tenant, count = found.lost, "sealed values did not open for an export");
            }
            for entry in found.entries {
                let person = entry.person.as_deref();
                counted::count(&mut counted, entry.section, &entry.record);
                file.archive()
                    .record(entry.section, &entry.record, person)?;
                parts += u32::from(Box::pin(file.upload()).await?);
            }
            let over = !ended && invocation.left() < RESERVE;
            if !(ended || over || parts >= PARTS) {
                continue;
            }
            parts = 0;
            let now = self.app.clock.now();
            let progress = Box::pin(file.suspend(walk.steps, &walk.at)).await?;
            let next = ExportRow {
                state: match ended {
                    true => ExportState::Closing,
                    false => ExportState::Running,
                },
                progress: Some(serde_json::to_string(&progress)?),
                fans,
                records,
                counted: counted.clone(),
                bytes: file.archive().handed_out(),
                held_until: if over { now } else { now.plus(HELD) },
                wakes_at: now.plus(HELD),
                ..self.work.row.clone()
            };
            if !self.write(next).await? {
                return Ok(Reached::Nothing(progress));
            }
            file.forget_former_tail().await?;
            match (ended, over) {
                (true, _) => return Ok(Reached::End),
                (false, true) => return Ok(Reached::Time),
                (false, false) => {}
            }
        }
    }

    /// What was written so far goes, because nobody can go on with it. `tick` begins the export again when this job's time is over, so
    /// that no other job writes a tail under a name that is removed here.
    async fn begin_again(&mut self) -> Result<(), PrivacyError> {
        let former = self.work.row.clone();
        // As long as anything of it may be there the row names it: whoever comes after a death here finds no tail and is here again.
        file::remove(self.objects, self.scope, &former).await?;
        let again = ExportRow {
            fan: former.fan,
            requested_by: former.requested_by,
            asked_in: former.asked_in,
            language: former.language,
            held_until: former.held_until,
            wakes_at: former.wakes_at,
            ..ExportRow::new(former.request, former.tenant)
        };
        self.write(again).await.map(drop)
    }

    /// The file is there: the record and one mail say so, or it goes into the chat of the fan who asked.
    async fn finish(&mut self) -> Result<(), PrivacyError> {
        let (now, row) = (self.app.clock.now(), self.work.row.clone());
        let until = now.plus(EXPORT_LASTS);
        let word = Box::pin(self.word(now, until)).await?;
        let request = keys::privacy_request(row.request);
        let request = self.db.find::<PrivacyRequestRow>(&request).await?;
        let mut transaction = self.db.transaction();
        let ready = ExportRow {
            state: ExportState::Ready,
            until: Some(until),
            wakes_at: until,
            ..row.clone()
        };
        transaction.replace(&ready, self.work.rev);
        word.add_to(&mut transaction);
        if let Some(mut request) = request.filter(|_| word.answers()) {
            request.row.finished_at = Some(now);
            transaction.replace(&request.row, request.rev);
        }
        match transaction.commit().await {
            Ok(()) => {
                tracing::info!(tenant.id = %row.tenant, count = row.records, "an export is ready");
                telemetry::metric("ExportReady", telemetry::Unit::Count, 1.0, &[]);
                self.post(word).await;
                Ok(())
            }
            // Taken back at this moment, or told already.
            Err(error) if error.is_race() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The time of the file is over. The row goes by itself a day later.
    async fn take_away(&mut self) -> Result<(), PrivacyError> {
        file::remove(self.objects, self.scope, &self.work.row).await?;
        let gone = ExportRow {
            state: ExportState::Gone,
            progress: None,
            link: None,
            ..self.work.row.clone()
        };
        self.write(gone).await.map(drop)
    }

    async fn steps(&self, row: &ExportRow, key: &TenantKey) -> Result<Vec<Step>, PrivacyError> {
        let page = Page {
            pk: keys::BOTS,
            from: "!",
            to: "~",
            direction: Direction::Forward,
            limit: usize::MAX,
        };
        let bots: Vec<_> = self.db.list::<BotRow>(&page).await?;
        let bots: Vec<_> = bots.iter().map(|bot| bot.row.id).collect();
        let Some(fan) = row.fan else {
            return Ok(walk::workspace(&bots));
        };
        let profile = self.db.find::<FanRow>(&keys::fan(fan)).await?;
        let chats = profile.map(|found| found.row.chats).unwrap_or_default();
        let accounts = accounts(key, fan, bots.iter().copied());
        Ok(walk::fan(fan, &chats, &bots, &accounts))
    }

    async fn head(&self, row: &ExportRow) -> Result<Head, PrivacyError> {
        let request = keys::privacy_request(row.request);
        let request = self.db.find::<PrivacyRequestRow>(&request).await?;
        let request = request.ok_or(AppError::Absent("request"))?.row;
        let (subject, subject_id) = match row.fan {
            Some(fan) => ("fan", fan.to_string()),
            None => ("workspace", row.tenant.to_string()),
        };
        Ok(Head {
            as_of: self.app.clock.now().rfc3339(),
            created_at: request.requested_at.rfc3339(),
            due: vec![Due {
                at: request.due_at.rfc3339(),
                rule: "gdpr_month".to_owned(),
            }],
            request: request.id.to_string(),
            subject: subject.to_owned(),
            subject_id,
            tenant: row.tenant.to_string(),
        })
    }
}

/// What GDPR Art. 15(1) asks to be told, the same for everybody.
const ABOUT: &str = include_str!("export/about.txt");
