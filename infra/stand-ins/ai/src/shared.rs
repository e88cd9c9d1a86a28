//! The state behind one running stand-in: one lock, one change counter.

use stand_in_kit::Watched;
use tokio::sync::watch;

use crate::{Clock, Options, world::World};

pub(crate) struct Shared {
    world: Watched<World>,
    clock: Clock,
    seed: u64,
}

impl Shared {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            world: Watched::new(World::new(options.seed)),
            clock: options.clock.clone(),
            seed: options.seed,
        }
    }

    /// Changes the state; whoever waits for changes looks again.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.world.lock());
        self.world.wake();
        result
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock())
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A counter that moves with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.world.changes()
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
            let calls = world.journal.calls.followed();
            *world = World::new(self.seed);
            world.journal.calls = calls;
        });
    }
}
