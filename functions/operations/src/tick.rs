//! The minute's sweep, so that nothing stays stuck when a ring was lost: rings the doorbell of every bot with something due,
//! has Sofi look at every turn, the mailer at every notice, the audit chain at every log that is due, and erasures, exports and
//! closings go on, each workspace is searched for fans whose time is over, and what it bought is compared with Stripe. Each minute of the due index is looked at until it has been swept completely; late ticks catch up.

use std::time::Duration;

use app::{App, AppError};
use domain::Timestamp;
use jobs::{BillingSync, ClosingJob, ErasureJob, ExportJob, MailJob, RetentionJob, SofiTurn};
use store::{DueDb, DueWork};

/// How far back the first sweep of a new deployment looks, in minutes.
const FIRST_LOOK_BACK: i64 = 5;
/// Minutes looked at again: a row may be written a little after its due minute began.
const OVERLAP: i64 = 2;
/// At most so many minutes in one run; the next run goes on from there.
const LONGEST_SWEEP: i64 = 600;

/// Sweeps everything that is due now.
pub(crate) async fn handle(app: &'static App) -> Result<(), lambda::BoxError> {
    let db = app.store.due();
    let before = db.swept().await?;
    let minutes = sweep(
        app.clock.now(),
        before.as_ref().map(|found| found.row.swept_minute),
    );
    for minute in minutes.clone() {
        for due in db.due_in(minute).await? {
            ask(app, due).await?;
        }
    }
    remember(&db, *minutes.end(), before.as_ref()).await
}

async fn ask(app: &App, due: DueWork) -> Result<(), AppError> {
    match due {
        DueWork::Outbox { tenant, bot } => app.jobs.ring(tenant, bot, &app.unique()).await?,
        DueWork::Turn {
            tenant,
            bot,
            conversation,
        } => {
            let turn = SofiTurn::new(tenant, bot, conversation);
            app.jobs.sofi_later(&turn, Duration::ZERO).await?;
        }
        DueWork::Notice {
            tenant,
            lane,
            notice,
        } => {
            let job = MailJob::new(tenant, notice);
            app.jobs.mail_later(lane, &job, Duration::ZERO).await?;
        }
        DueWork::Erasure { tenant, request } => {
            let job = ErasureJob::new(tenant, request);
            app.jobs.erase(&job, Duration::ZERO).await?;
        }
        DueWork::Export { tenant, request } => {
            let job = ExportJob::new(tenant, request);
            app.jobs.export(&job).await?;
        }
        DueWork::Closing { tenant, request } => {
            let job = ClosingJob::new(tenant, request);
            app.jobs.close(&job).await?;
        }
        DueWork::Retention { tenant } => app.jobs.retain(&RetentionJob::new(tenant)).await?,
        DueWork::Reconciliation { tenant } => {
            let job = BillingSync::look(tenant);
            app.jobs.sync_billing(&job, &app.unique()).await?;
        }
        DueWork::Audit { tenant } => app.jobs.ring_audit(tenant, &app.unique()).await?,
    }
    Ok(())
}

async fn remember(
    db: &DueDb,
    last: i64,
    before: Option<&store::Found<store::row::TickRow>>,
) -> Result<(), lambda::BoxError> {
    match db.remember(last, before).await {
        // Another sweep was faster; ringing twice is harmless.
        Err(error) if error.is_race() => Ok(()),
        other => Ok(other?),
    }
}

/// The minutes to look at: from a little before the last complete sweep to now.
fn sweep(now: Timestamp, swept: Option<i64>) -> std::ops::RangeInclusive<i64> {
    let first = swept.map_or(now.minute() - FIRST_LOOK_BACK, |minute| minute - OVERLAP);
    let last = now.minute().min(first.saturating_add(LONGEST_SWEEP));
    first.min(last)..=last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_tick_catches_up_from_where_the_last_one_ended() {
        let now = Timestamp::from_seconds(100 * 60 + 30);
        assert_eq!(sweep(now, Some(90)), 88..=100);
        assert_eq!(sweep(now, None), 95..=100);
    }

    #[test]
    fn a_very_late_tick_sweeps_in_portions() {
        let now = Timestamp::from_seconds(10_000 * 60);
        assert_eq!(sweep(now, Some(1_002)), 1_000..=1_600);
    }

    #[test]
    fn a_clock_that_went_back_sweeps_the_present_minute() {
        let now = Timestamp::from_seconds(50 * 60);
        assert_eq!(sweep(now, Some(90)), 50..=50);
    }
}
