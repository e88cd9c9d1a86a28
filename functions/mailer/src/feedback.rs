//! Hears from SES that a mail bounced or was called unwanted.
//!
//! SES's configuration set reports to EventBridge, whose rule puts the event into `mail-events`. The event names our
//! notice by its tags; the address stands in it and is kept as a keyed hash only.

mod event;

use app::App;
use domain::ids::TenantId;
use domain::notice::MailTrouble;
use jobs::{Outcome, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};
use mail::{suppression, trouble};
use store::keys;
use store::row::{NoticeRow, NoticeState};
use telemetry::{Dimension, Unit};
use tenancy::{QueueEvidence, TenantScope, TrustedJob, Worker};

use crate::error::MailerError;
use event::Report;

/// Takes reports; what is none ends among the dead letters.
pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(answer(app, message))).await
}

async fn answer(app: &'static App, message: SqsMessage) -> Outcome {
    let report = match event::read(message.text()) {
        Ok(Some(report)) => report,
        // A delay, an out-of-office answer, a mailbox that is full today.
        Ok(None) => return Outcome::Done,
        Err(error) => {
            tracing::error!(
                error.chain = telemetry::chain(&error),
                "mail report is not readable"
            );
            return Outcome::NotOurs;
        }
    };
    let source_arn = message.event_source_arn.as_deref().unwrap_or_default();
    match Box::pin(take(app, source_arn, &report)).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "mail report must be taken again"
            );
            Outcome::Retry
        }
    }
}

/// Remembers the address, then writes notice and mark. Each part may be repeated.
async fn take(
    app: &'static App,
    source_arn: &str,
    report: &Report,
) -> Result<Outcome, MailerError> {
    let (what, at) = (report.trouble, report.at);
    // A mail that the mailer did not send.
    let Some((tenant, notice)) = &report.notice else {
        return Ok(Outcome::Done);
    };
    let Some(scope) = scope(app, source_arn, *tenant) else {
        tracing::error!("mail report came from another queue");
        return Ok(Outcome::NotOurs);
    };
    for address in &report.addresses {
        Box::pin(suppression::remember(app, address, what, at)).await?;
    }
    let db = app.store.within(&scope)?;
    let found = Box::pin(db.find::<NoticeRow>(&keys::notice(notice))).await?;
    let Some(found) = found else {
        return Ok(Outcome::Done);
    };
    // The mailer is writing that SES has it: it must not find another revision.
    if found.row.state == NoticeState::Sending {
        return Ok(Outcome::Retry);
    }
    let mut row = found.row;
    row.trouble = Some(what);
    if row.state == NoticeState::Unknown {
        row.state = NoticeState::Sent;
    }
    let mut transaction = db.transaction();
    transaction.replace(&row, found.rev);
    Box::pin(transaction.commit()).await?;
    if let Some(user) = row.account
        && let Some(account) = self::scope(app, source_arn, user.account_tenant())
    {
        let own = app.store.within(&account)?;
        Box::pin(trouble::set(&own, user, what, at)).await?;
    }
    count(what);
    Ok(Outcome::Done)
}

fn scope(app: &App, source_arn: &str, tenant: TenantId) -> Option<TenantScope<Worker>> {
    let evidence = QueueEvidence {
        source_arn,
        expected_queue: &app.config.source_queue,
    };
    TrustedJob::verify(&evidence, tenant)
        .ok()
        .map(|job| job.scope())
}

fn count(what: MailTrouble) {
    let code = [(Dimension::Code, what.as_str())];
    telemetry::metric("MailTrouble", Unit::Count, 1.0, &code);
}
