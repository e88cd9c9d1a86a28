//! The state behind one running stand-in: one lock, one change counter.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::{Clock, Options, world::World};

pub(crate) struct Shared {
    world: Mutex<World>,
    clock: Clock,
    version: watch::Sender<u64>,
    seed: u64,
}

impl Shared {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            world: Mutex::new(World::new(options.seed)),
            clock: options.clock.clone(),
            version: watch::Sender::new(0),
            seed: options.seed,
        }
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic inside a rule is a bug of the stand-in; the state is still the best there is.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state; whoever waits for changes looks again.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.lock());
        self.version.send_modify(|version| *version += 1);
        result
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A counter that moves with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Waits until `found` says so.
    pub(crate) async fn until(&self, found: impl Fn(&World) -> bool) {
        let mut changes = self.changes();
        loop {
            changes.mark_unchanged();
            if self.read(&found) {
                return;
            }
            // The sender lives as long as this state, so a change is the only way on.
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Forgets everything. Requests that are held go on.
    pub(crate) fn reset(&self) {
        self.with(|world| {
            let first = world.journal.next_seq();
            *world = World::new(self.seed);
            // A request still under way must not write into a younger one's entry.
            world.journal.start_at(first);
        });
    }
}
