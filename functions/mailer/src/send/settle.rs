//! Writing what became of a notice.

use std::time::Duration;

use app::App;
use domain::Timestamp;
use jobs::MailJob;
use mail::{SendError, SesMessageId};
use store::row::{NoticeRow, NoticeState};
use store::{Found, TenantDb};
use telemetry::{Dimension, Unit};
use tenancy::Worker;

use super::decide::{End, Verdict, verdict};
use crate::error::MailerError;

/// Longer than the call to SES and the writes around it can take.
const LEASE: Duration = Duration::from_secs(60);
/// The queue's longest delay; what waits longer is left to `tick`.
const LONGEST_DELAY: Duration = Duration::from_secs(900);
/// After so long `tick` asks for a notice whose message was lost.
const ASKED_AFTER: Duration = Duration::from_secs(60);
/// How long the ledger knows a mail after its end.
const KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// Marks the notice as under way, for this mailer alone.
///
/// # Errors
/// A race, when another mailer was faster.
pub(super) async fn claim(
    app: &App,
    db: &TenantDb<Worker>,
    found: Found<NoticeRow>,
) -> Result<Found<NoticeRow>, MailerError> {
    let lease = app.clock.now().plus(LEASE);
    let mut row = found.row;
    row.state = NoticeState::Sending;
    row.attempts += 1;
    row.next_at = lease;
    row.due_at = Some(lease);
    replace(db, &row, found.rev).await?;
    Ok(Found {
        row,
        rev: found.rev + 1,
    })
}

/// Records what SES answered.
pub(super) async fn after_call(
    app: &App,
    db: &TenantDb<Worker>,
    claimed: Found<NoticeRow>,
    answer: Result<SesMessageId, SendError>,
) -> Result<(), MailerError> {
    if let Err(error) = &answer {
        tracing::warn!(
            job.id = %claimed.row.id,
            tenant.id = %claimed.row.tenant,
            attempt = claimed.row.attempts,
            error.chain = telemetry::chain(error),
            "SES did not confirm a mail"
        );
    }
    match verdict(&claimed.row, &answer, app.clock.now()) {
        Verdict::End(end) => self::end(app, db, &claimed, end).await,
        Verdict::Again(wait) => again(app, db, claimed, wait).await,
    }
}

/// Writes an end. Address and content go: what is kept says only that there was a mail, and what became of it.
pub(super) async fn end(
    app: &App,
    db: &TenantDb<Worker>,
    found: &Found<NoticeRow>,
    end: End,
) -> Result<(), MailerError> {
    let row = ended(&found.row, end, app.clock.now());
    replace(db, &row, found.rev).await?;
    let code = match row.state {
        NoticeState::Sent => "sent",
        NoticeState::Failed => "failed",
        NoticeState::Unknown => "unknown",
        NoticeState::Suppressed => "suppressed",
        NoticeState::Pending | NoticeState::Sending => return Ok(()),
    };
    telemetry::metric("MailEnded", Unit::Count, 1.0, &[(Dimension::Code, code)]);
    Ok(())
}

fn ended(row: &NoticeRow, end: End, now: Timestamp) -> NoticeRow {
    let mut row = row.clone();
    row.state = end.state;
    row.reason = end.reason.map(str::to_owned);
    row.ses_id = end.ses_id;
    row.content = None;
    row.ended_at = Some(now);
    row.due_at = None;
    row.until = Some(now.plus(KEEP));
    row
}

/// Gives a notice back that SES surely did not take.
async fn again(
    app: &App,
    db: &TenantDb<Worker>,
    claimed: Found<NoticeRow>,
    wait: Duration,
) -> Result<(), MailerError> {
    let next = app.clock.now().plus(wait);
    let mut row = claimed.row;
    row.state = NoticeState::Pending;
    row.next_at = next;
    row.due_at = Some(match wait <= LONGEST_DELAY {
        true => next.plus(ASKED_AFTER),
        false => next,
    });
    replace(db, &row, claimed.rev).await?;
    telemetry::metric("MailPostponed", Unit::Count, 1.0, &[]);
    if wait <= LONGEST_DELAY {
        let job = MailJob::new(row.tenant, row.id);
        // The sweep asks as well.
        if let Err(error) = Box::pin(app.jobs.mail_later(row.lane, &job, wait)).await {
            tracing::warn!(
                error.chain = telemetry::chain(&error),
                "mail was not asked for; the sweep will"
            );
        }
    }
    Ok(())
}

async fn replace(db: &TenantDb<Worker>, row: &NoticeRow, rev: u64) -> Result<(), MailerError> {
    let mut transaction = db.transaction();
    transaction.replace(row, rev);
    Ok(Box::pin(transaction.commit()).await?)
}

#[cfg(test)]
mod tests {
    use super::super::decide::tests::row;
    use super::*;
    use store::Row as _;

    #[test]
    fn an_ended_notice_is_not_due_keeps_no_content_and_goes_after_ninety_days() {
        let now = Timestamp::from_seconds(2_000_000);
        let row = ended(&row(NoticeState::Sending, now), End::lost(), now);
        assert_eq!((row.due(), row.content.clone()), (None, None));
        assert_eq!(row.expires_at(), Some(now.plus(KEEP)));
        assert_eq!(row.reason.as_deref(), Some("mailer_died"));
    }
}
