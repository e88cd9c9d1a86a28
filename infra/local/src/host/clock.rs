//! Moving the clock of everything.

use std::time::{Duration, Instant};

use super::Host;

/// How long what is under way may take to end before the clock is moved all the same.
const PATIENCE: Duration = Duration::from_secs(5);
/// An answer that takes so long is held back on purpose: nobody waits for the invocation that waits for it.
const HELD: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(10);

impl Host {
    /// Moves the clock of everything by `by`, once nothing is under way ([`Host::quiet`]): a delay that a running invocation asks
    /// for afterwards would count from the new time, and pass in real time. Functions start afresh with the new time. Ends when
    /// Stripe has delivered what it has to say about that, or has tried to.
    pub async fn advance(&self, by: time::Duration) {
        self.quiet().await;
        self.advance_meanwhile(by).await;
    }

    /// The same in the middle of whatever is under way.
    pub async fn advance_meanwhile(&self, by: time::Duration) {
        let by_ms = i64::try_from(by.whole_milliseconds()).unwrap_or(i64::MAX);
        self.inner.clock.shift(by_ms);
        if let Some(file) = &self.inner.clock_file
            && let Err(error) = std::fs::write(file, self.inner.clock.offset_ms().to_string())
        {
            tracing::warn!(%error, "the clock's offset could not be kept");
        }
        self.inner.functions.recycle().await;
        if let Some(telegram) = &self.inner.telegram {
            telegram.clock_moved();
        }
        let swept = self.inner.emulator.dynamodb().sweep_ttl();
        if let Err(error) = swept {
            tracing::warn!(%error, "expired items could not be swept");
        }
        if let Some(stripe) = self.stripe()
            && let Err(error) = stripe
                .call("POST", "/settle", serde_json::Value::Null)
                .await
        {
            tracing::warn!(%error, "Stripe has not delivered everything");
        }
    }

    /// Waits until no invocation is under way and no message about to be delivered, a few seconds at most. Neither an invocation
    /// whose call somebody holds back is waited for, nor one that a schedule made: that comes again by itself.
    pub async fn quiet(&self) {
        let deadline = Instant::now() + PATIENCE;
        // Seen twice: what is on its way from a queue to its function is at neither for a moment.
        let mut seen = 0;
        loop {
            seen = if self.is_quiet() { seen + 1 } else { 0 };
            if seen == 2 || Instant::now() >= deadline {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn is_quiet(&self) -> bool {
        let Self { inner } = self;
        let mut besides = inner.gate.tracker.held(HELD);
        let scheduled = inner.deployment.schedules.iter();
        besides.extend(scheduled.map(|schedule| (schedule.function.clone(), usize::MAX)));
        let (sources, sqs) = (&inner.sources, inner.emulator.sqs());
        inner.functions.are_quiet(&besides) && sources.are_quiet(sqs, &inner.functions, &besides)
    }
}
