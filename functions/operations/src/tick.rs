//! The minute's sweep, so that nothing stays stuck when a ring was lost: rings the doorbell of every bot with something due,
//! has Sofi look at every turn, the mailer at every notice, the audit chain at every log that is due, and erasures, exports and
//! closings go on, each workspace is searched for fans whose time is over, and what it bought is compared with Stripe. The due index is
//! looked at from where the last complete sweep ended: a late tick catches up, day by day.

use std::time::Duration;

use app::{App, AppError};
use domain::Timestamp;
use jobs::{BillingSync, ClosingJob, ErasureJob, ExportJob, MailJob, RetentionJob, SofiTurn};
use store::DueWork;

/// How far back the first sweep of a new deployment looks, in minutes.
const FIRST_LOOK_BACK: i64 = 5;
/// Minutes looked at again: a row may be written a little after its due minute began.
const OVERLAP: i64 = 2;
/// Minutes of a day: what the index keeps together.
const DAY: i64 = 24 * 60;
const MINUTE_MS: i64 = 60_000;

/// Sweeps everything that is due now.
pub(crate) async fn handle(app: &'static App) -> Result<(), lambda::BoxError> {
    let db = app.store.due();
    let mut before = db.swept().await?;
    let swept = before.as_ref().map(|found| found.row.swept_minute);
    for Portion { from, to } in sweep(app.clock.now(), swept) {
        let end = Timestamp::from_millis((to + 1) * MINUTE_MS - 1);
        for due in db
            .due_between(Timestamp::from_millis(from * MINUTE_MS), end)
            .await?
        {
            ask(app, due).await?;
        }
        // A run that is cut off has not looked in vain: the next one goes on from the last day that is remembered.
        match db.remember(to, before.as_ref()).await {
            Ok(now) => before = Some(now),
            // Another sweep was faster; ringing twice is harmless.
            Err(error) if error.is_race() => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
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

/// Minutes since the epoch, both included, all of one day.
#[derive(Debug, PartialEq, Eq)]
struct Portion {
    from: i64,
    to: i64,
}

/// What to look at, in the order of time: from a little before the last complete sweep to now.
fn sweep(now: Timestamp, swept: Option<i64>) -> impl Iterator<Item = Portion> {
    let last = now.minute();
    let first = swept.map_or(last - FIRST_LOOK_BACK, |minute| minute - OVERLAP);
    let first = first.min(last);
    (first.div_euclid(DAY)..=last.div_euclid(DAY)).map(move |day| Portion {
        from: first.max(day * DAY),
        to: last.min(day * DAY + DAY - 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(now_minute: i64, last: Option<i64>) -> Vec<(i64, i64)> {
        let now = Timestamp::from_seconds(now_minute * 60 + 30);
        sweep(now, last)
            .map(|portion| (portion.from, portion.to))
            .collect()
    }

    #[test]
    fn a_late_tick_catches_up_from_where_the_last_one_ended() {
        assert_eq!(swept(100, Some(90)), [(88, 100)]);
        assert_eq!(swept(100, None), [(95, 100)]);
    }

    #[test]
    fn a_very_late_tick_sweeps_day_by_day_and_leaves_no_minute_out() {
        assert_eq!(
            swept(3_000, Some(1_000)),
            [(998, 1_439), (1_440, 2_879), (2_880, 3_000)]
        );
        assert_eq!(swept(1_440, Some(1_439)), [(1_437, 1_439), (1_440, 1_440)]);
    }

    #[test]
    fn a_clock_that_went_back_sweeps_the_present_minute() {
        assert_eq!(swept(50, Some(90)), [(50, 50)]);
    }
}
