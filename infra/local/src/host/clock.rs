//! Moving the clock of everything.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::{Host, Inner};

/// How long what is under way may take to end before the clock is moved all the same.
const PATIENCE: Duration = Duration::from_secs(5);
/// An answer that takes so long is held back on purpose: nobody waits for the invocation that waits for it.
const HELD: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// What is on its way from a queue to its function is at neither for a moment.
const LOOKS: usize = 2;

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
        self.shift(i64::try_from(by.whole_milliseconds()).unwrap_or(i64::MAX))
            .await;
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

    /// Moves the clock to where the next message that was sent for later is due, if that is within `most` and nothing at all is
    /// under way: the time passes that everybody would only wait for. Whether it did.
    pub async fn skip(&self, most: Duration) -> bool {
        for look in 0..LOOKS {
            if look > 0 {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            if !self.is_quiet_besides(BTreeMap::new()) {
                return false;
            }
        }
        let Inner {
            sources,
            functions,
            emulator,
            ..
        } = &*self.inner;
        let Some(due) = sources.next_delayed_ms(emulator.sqs(), functions) else {
            return false;
        };
        // Functions are told whole seconds.
        let by_ms = (due - self.now_ms() + 999).div_euclid(1_000) * 1_000;
        let is_near = by_ms > 0 && by_ms.unsigned_abs() <= most.as_secs() * 1_000;
        if is_near {
            self.shift(by_ms).await;
        }
        is_near
    }

    async fn shift(&self, by_ms: i64) {
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
    }

    /// Waits until no invocation is under way and no message about to be delivered, a few seconds at most. Neither an invocation
    /// whose call somebody holds back is waited for, nor one that a schedule made: that comes again by itself.
    pub async fn quiet(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = 0;
        loop {
            let held = self.inner.gate.tracker.held(HELD);
            seen = match self.is_quiet_besides(held) {
                true => seen + 1,
                false => 0,
            };
            if seen == LOOKS || Instant::now() >= deadline {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn is_quiet_besides(&self, mut besides: BTreeMap<String, usize>) -> bool {
        let Self { inner } = self;
        let scheduled = inner.deployment.schedules.iter();
        besides.extend(scheduled.map(|schedule| (schedule.function.clone(), usize::MAX)));
        let (sources, sqs) = (&inner.sources, inner.emulator.sqs());
        inner.functions.are_quiet(&besides) && sources.are_quiet(sqs, &inner.functions, &besides)
    }
}
