//! A state that others wait for.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::watch;

/// Shortest time between two snapshots.
const SNAPSHOT_EVERY: Duration = Duration::from_millis(50);

/// A state behind one lock, and a counter that moves with every change.
#[derive(Debug)]
pub struct Watched<S> {
    state: Mutex<S>,
    version: watch::Sender<u64>,
}

impl<S> Watched<S> {
    /// A state that has not changed yet.
    pub fn new(state: S) -> Self {
        Self {
            state: Mutex::new(state),
            version: watch::Sender::new(0),
        }
    }

    /// The state; nobody else has it meanwhile.
    pub fn lock(&self) -> MutexGuard<'_, S> {
        // A panic inside a rule is a bug of the stand-in; the state is still the best there is.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the counter: whoever waits looks again.
    pub fn wake(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    /// The counter.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}

/// Keeps a snapshot fresh; a large state is written less often.
pub async fn keep_saving<E: fmt::Display>(
    mut changes: watch::Receiver<u64>,
    save: impl Fn() -> Result<(), E>,
) {
    while changes.changed().await.is_ok() {
        let started = Instant::now();
        if let Err(error) = save() {
            tracing::warn!(%error, "the snapshot could not be written");
        }
        tokio::time::sleep(SNAPSHOT_EVERY.max(started.elapsed() * 20)).await;
    }
}
