//! Sends notices. `sending` is written before the call to SES: a row found like that after its lease belongs to a mailer
//! that died, its fate is unknown, and it is never sent again by itself. What SES surely did not take goes back to
//! `pending` and is tried later, at growing distances.

mod decide;
mod settle;

use app::{App, AppError, SealsJson, place};
use domain::email::EmailAddress;
use domain::ids::UserId;
use jobs::{MailJob, Outcome, accept, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage};
use mail::{Content, Language, Ses, Tags, To, suppression};
use store::row::{AccountRow, NoticeRow};
use store::{Found, TenantDb, keys};
use tenancy::{QueueEvidence, TenantScope, TrustedJob, Worker};

use crate::error::MailerError;
use decide::{End, Step, is_off, nowhere, step};

/// Works messages of one of the two mail queues.
pub(crate) async fn handle(app: &'static App, ses: Ses, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| {
        Box::pin(answer(app, ses.clone(), message))
    })
    .await
}

async fn answer(app: &'static App, ses: Ses, message: SqsMessage) -> Outcome {
    let Some((job, trusted)) = accept::<MailJob>(&message, &app.config.source_queue) else {
        return Outcome::NotOurs;
    };
    let desk = Desk {
        app,
        ses,
        source_arn: message.event_source_arn.unwrap_or_default(),
    };
    match Box::pin(desk.work(&trusted.scope(), &job)).await {
        Ok(()) => Outcome::Done,
        Err(error) => {
            tracing::warn!(
                job.id = %job.notice,
                tenant.id = %job.tenant,
                error.chain = telemetry::chain(&error),
                "mail must be looked at again"
            );
            Outcome::Retry
        }
    }
}

/// What stays the same during one job.
pub(crate) struct Desk {
    pub(crate) app: &'static App,
    ses: Ses,
    source_arn: String,
}

impl Desk {
    async fn work(&self, scope: &TenantScope<Worker>, job: &MailJob) -> Result<(), MailerError> {
        let db = self.app.store.within(scope)?;
        let key = keys::notice(&job.notice);
        let Some(found) = Box::pin(db.find::<NoticeRow>(&key)).await? else {
            return Ok(());
        };
        let worked = match step(&found.row, self.app.clock.now()) {
            Step::Leave => return Ok(()),
            Step::Lost => settle::end(self.app, &db, &found, End::lost()).await,
            Step::Send => Box::pin(self.send(scope, &db, found)).await,
        };
        match worked {
            // Another mailer, or a bounce, was faster: whatever is to be done is due again.
            Err(error) if error.is_race() => Ok(()),
            other => other,
        }
    }

    async fn send(
        &self,
        scope: &TenantScope<Worker>,
        db: &TenantDb<Worker>,
        found: Found<NoticeRow>,
    ) -> Result<(), MailerError> {
        let app = self.app;
        let ready = match Box::pin(self.prepare(scope, &found.row)).await? {
            Ok(ready) => ready,
            Err(end) => return settle::end(app, db, &found, end).await,
        };
        let mail = mail::render(&ready.content.template, ready.language);
        let claimed = settle::claim(app, db, found).await?;
        let tags = Tags {
            tenant: scope.tenant(),
            notice: &claimed.row.id,
        };
        let answer = Box::pin(self.ses.send(&ready.to, &mail, tags)).await;
        settle::after_call(app, db, claimed, answer).await
    }

    /// Opens the content, finds the address and asks whether it may be written to; or how the notice ends without a call.
    async fn prepare(
        &self,
        scope: &TenantScope<Worker>,
        row: &NoticeRow,
    ) -> Result<Result<Ready, End>, MailerError> {
        let Some(sealed) = &row.content else {
            return Ok(Err(End::failed("content_gone")));
        };
        let opened = Box::pin(self.app.vault.within(scope)?.open_mail(sealed)).await?;
        let Ok(content) = Content::parse(&row.id, &opened) else {
            return Ok(Err(End::failed("content_does_not_open")));
        };
        let asked = content.language;
        let found = match &content.to {
            To::Address(address) => EmailAddress::parse(address)
                .map(|to| (to, asked))
                .map_err(|_| nowhere()),
            To::Account(user) => Box::pin(self.address_of(*user, &row.template))
                .await?
                .map(|(to, own)| (to, spoken(asked, own))),
        };
        let (to, language) = match found {
            Ok(found) => found,
            Err(end) => return Ok(Err(end)),
        };
        let known = Box::pin(suppression::find(self.app, &to)).await?;
        let now = self.app.clock.now();
        match known.and_then(|known| suppression::verdict(&known, row.lane, now)) {
            Some(reason) => Ok(Err(End::suppressed(reason))),
            None => Ok(Ok(Ready {
                content,
                language,
                to,
            })),
        }
    }

    /// A person's own address and language; or how the notice ends where the account is gone, or its person does without such mails.
    async fn address_of(
        &self,
        user: UserId,
        kind: &str,
    ) -> Result<Result<(EmailAddress, Language), End>, MailerError> {
        let Some(scope) = self.scope(user.account_tenant()) else {
            return Ok(Err(nowhere()));
        };
        let db = self.app.store.within(&scope)?;
        let row_key = keys::account();
        let Some(found) = Box::pin(db.find::<AccountRow>(&row_key)).await? else {
            return Ok(Err(nowhere()));
        };
        if is_off(found.row.mails_off.as_deref(), kind) {
            return Ok(Err(End::suppressed("switched_off")));
        }
        let key = match Box::pin(self.app.tenant_key(&scope)).await {
            Ok(key) => key,
            Err(AppError::Absent(_)) => return Ok(Err(nowhere())),
            Err(error) => return Err(error.into()),
        };
        let place = place::<AccountRow>(&row_key, "email");
        let address: String = key.open_json(&place, &found.row.email)?;
        let own = Language::from_tag(&found.row.language);
        Ok(EmailAddress::parse(&address)
            .map(|to| (to, own))
            .map_err(|_| nowhere()))
    }

    /// The scope of a tenant that a notice names: our functions alone write notices and the queue.
    fn scope(&self, tenant: domain::ids::TenantId) -> Option<TenantScope<Worker>> {
        let evidence = QueueEvidence {
            source_arn: &self.source_arn,
            expected_queue: &self.app.config.source_queue,
        };
        TrustedJob::verify(&evidence, tenant)
            .ok()
            .map(|job| job.scope())
    }
}

/// What SES is to be given.
struct Ready {
    content: Content,
    language: Language,
    to: EmailAddress,
}

/// In which language a person is written to. Jobs meet no browser and ask for English: then the account's own counts.
fn spoken(asked: Language, own: Language) -> Language {
    match asked == Language::default() {
        true => own,
        false => asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_job_writes_to_is_written_to_in_the_accounts_own_language() {
        let (en, de) = (Language::En, Language::De);
        assert_eq!(spoken(Language::default(), de), de);
        assert_eq!(spoken(en, en), en);
        assert_eq!(spoken(de, en), de, "a browser said so");
    }
}
