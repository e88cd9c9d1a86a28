//! How long a bot makes no call: because Telegram said so, or because a call has just failed. The row that says so outlives this
//! process and every ring obeys it, so that a burst of rings does not spend all tries of a message at once.

use std::time::Duration;

use store::Found;
use store::row::{OutboxRow, SenderRow};

use super::turn::{Next, Turn};
use super::{SenderError, settle};

/// A wait this short is sat out; a longer one is left to the wake queue.
const SHORT_WAIT: Duration = Duration::from_secs(2);
/// The wake queue's longest delay; longer waits are left to `tick`.
const LONGEST_WAKE: Duration = Duration::from_secs(900);

impl Turn<'_> {
    /// Obeys what an earlier call has left.
    pub(super) async fn wait_for_block(
        &self,
        state: Option<&Found<SenderRow>>,
    ) -> Result<Next, SenderError> {
        let Some(until) = state.and_then(|found| found.row.blocked_until) else {
            return Ok(Next::Continue);
        };
        let left = self.now().until(until);
        if left.is_zero() {
            return Ok(Next::Continue);
        }
        if left > SHORT_WAIT {
            // Whoever set the block asked for a wake; `tick` has it in its index as well.
            return Ok(Next::Stop);
        }
        tokio::time::sleep(left).await;
        Ok(Next::Continue)
    }

    /// Puts a message back that Telegram surely did not take, and keeps the bot silent for so many seconds: Telegram `named`
    /// them, or the call has just failed.
    pub(super) async fn put_back(
        &self,
        row: Found<OutboxRow>,
        seconds: i64,
        named: bool,
    ) -> Result<Next, SenderError> {
        let silent = self.silent_for(seconds);
        settle::requeue(self, row, Some(&silent), named).await?;
        self.wake_after(seconds, named).await
    }

    /// No call for this bot for so many seconds, as Telegram named them where no message goes back with it.
    pub(super) async fn block(&self, seconds: i64) -> Result<Next, SenderError> {
        settle::fall_silent(self, &self.silent_for(seconds)).await?;
        self.wake_after(seconds, true).await
    }

    fn silent_for(&self, seconds: i64) -> SenderRow {
        SenderRow {
            tenant: self.scope.tenant(),
            bot: self.bot,
            blocked_until: Some(self.now().plus(length(seconds))),
        }
    }

    async fn wake_after(&self, seconds: i64, named: bool) -> Result<Next, SenderError> {
        if named {
            telemetry::metric("SenderBlocked", telemetry::Unit::Count, 1.0, &[]);
        }
        let wait = length(seconds);
        if wait <= LONGEST_WAKE {
            let (tenant, jobs) = (self.scope.tenant(), &self.app.jobs);
            jobs.wake_later(tenant, self.bot, wait).await?;
        }
        Ok(Next::Stop)
    }

    /// Has the next invocation go on where this one ends.
    pub(super) async fn ring(&self) -> Result<(), SenderError> {
        let (tenant, unique) = (self.scope.tenant(), self.app.unique());
        Ok(self.app.jobs.ring(tenant, self.bot, &unique).await?)
    }
}

fn length(seconds: i64) -> Duration {
    Duration::from_secs(seconds.max(1).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_at_least_a_second_and_as_long_as_telegram_says() {
        assert_eq!([-5, 0, 35].map(|wait| length(wait).as_secs()), [1, 1, 35]);
    }
}
