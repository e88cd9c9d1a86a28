//! Time as the emulator sees it: injected, and able to jump.
//!
//! Everything that waits (long polls, delays, schedules, session expiry) asks the clock what time it is and, when it
//! has to wait, is woken either by real time passing or by a jump.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// Source of time. Milliseconds since the Unix epoch.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> i64;

    /// Changes whenever time jumps, so that waiting tasks look again.
    fn jumps(&self) -> watch::Receiver<u64>;

    /// How long to sleep in real time until `until_ms`; `None` for a clock that only moves by jumps.
    fn real_wait(&self, until_ms: i64) -> Option<Duration>;

    /// Seconds since the Unix epoch.
    fn now_seconds(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }
}

/// Waits until the clock reads `until_ms` or later, or until the clock has jumped (callers look again in both cases).
pub async fn wait_until(clock: &dyn Clock, until_ms: i64) {
    let mut jumps = clock.jumps();
    jumps.mark_unchanged();
    if clock.now_ms() >= until_ms {
        return;
    }
    match clock.real_wait(until_ms) {
        Some(wait) => {
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = jumps.changed() => {}
            }
        }
        None => {
            // A closed channel means that the clock is gone; nothing will ever move again.
            if jumps.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

/// The machine's clock plus an offset that can be moved while everything runs.
#[derive(Debug)]
pub struct ShiftClock {
    offset_ms: AtomicI64,
    jumps: watch::Sender<u64>,
}

impl ShiftClock {
    /// A clock that starts `offset` ahead of the machine's.
    #[must_use]
    pub fn new(offset_ms: i64) -> Self {
        Self {
            offset_ms: AtomicI64::new(offset_ms),
            jumps: watch::Sender::new(0),
        }
    }

    /// The present offset from the machine's clock, in milliseconds.
    #[must_use]
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(Ordering::Relaxed)
    }

    /// Moves the clock by `by_ms` (may be negative) and wakes everything that waits.
    pub fn shift(&self, by_ms: i64) {
        self.offset_ms.fetch_add(by_ms, Ordering::Relaxed);
        self.jumps.send_modify(|count| *count += 1);
    }
}

impl Default for ShiftClock {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Clock for ShiftClock {
    fn now_ms(&self) -> i64 {
        machine_ms() + self.offset_ms()
    }

    fn jumps(&self) -> watch::Receiver<u64> {
        self.jumps.subscribe()
    }

    fn real_wait(&self, until_ms: i64) -> Option<Duration> {
        // One millisecond more than the difference: the reading was rounded down.
        let wait = until_ms
            .saturating_sub(self.now_ms())
            .saturating_add(1)
            .max(0);
        Some(Duration::from_millis(wait.unsigned_abs()))
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: AtomicI64,
    jumps: watch::Sender<u64>,
}

impl ManualClock {
    /// A clock that reads `now_ms` until moved.
    #[must_use]
    pub fn new(now_ms: i64) -> Self {
        Self {
            now_ms: AtomicI64::new(now_ms),
            jumps: watch::Sender::new(0),
        }
    }

    /// Moves the clock forward by `by_ms` and wakes everything that waits.
    pub fn advance(&self, by_ms: i64) {
        self.now_ms.fetch_add(by_ms, Ordering::Relaxed);
        self.jumps.send_modify(|count| *count += 1);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::Relaxed)
    }

    fn jumps(&self) -> watch::Receiver<u64> {
        self.jumps.subscribe()
    }

    fn real_wait(&self, _until_ms: i64) -> Option<Duration> {
        None
    }
}

fn machine_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-01-31T12:00:00Z`
pub(crate) fn iso_seconds(seconds: i64) -> String {
    let format =
        time::macros::format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    let at = time::OffsetDateTime::from_unix_timestamp(seconds)
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
    at.format(format).unwrap_or_default()
}
