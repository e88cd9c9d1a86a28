//! The state behind one running stand-in: one lock, one change counter.

use std::{
    path::PathBuf,
    sync::{
        MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use stand_in_kit::{Watched, keep_saving};
use tokio::sync::{Notify, watch};

use crate::{
    Clock, Error, Options,
    courier::{self, HttpClient},
    snapshot,
    world::World,
};

#[derive(Debug)]
pub(crate) struct Shared {
    world: Watched<World>,
    clock: Clock,
    pub(crate) client: HttpClient,
    courier: Notify,
    dirty: AtomicBool,
    data_dir: Option<PathBuf>,
    seed: u64,
    base_url: String,
}

impl Shared {
    /// Opens the state: the snapshot of the data folder, or an empty one.
    pub(crate) fn open(options: &Options, base_url: String) -> Result<Self, Error> {
        let mut world = World::new(options.seed, &base_url);
        if let Some(folder) = &options.data_dir {
            snapshot::read(folder, &mut world)?;
        }
        Ok(Self {
            world: Watched::new(world),
            clock: options.clock.clone(),
            client: courier::client(),
            courier: Notify::new(),
            dirty: AtomicBool::new(false),
            data_dir: options.data_dir.clone(),
            seed: options.seed,
            base_url,
        })
    }

    /// The state as of now: whatever came due is done before anybody looks.
    fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock();
        let now_ms = self.clock.now_ms() + world.skew_ms;
        let now = i64::try_from(now_ms / 1_000).unwrap_or(i64::MAX);
        world.state.advance(now);
        world
    }

    /// Changes the state; whoever waits for changes or deliveries looks again.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.lock());
        self.dirty.store(true, Ordering::SeqCst);
        self.world.wake();
        self.courier.notify_one();
        result
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// A counter that moves with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.world.changes()
    }

    /// Waits until `found` says so. Time alone may make it true: it is looked at every so often.
    pub(crate) async fn until(&self, found: impl Fn(&World) -> bool) {
        const LOOK_EVERY: Duration = Duration::from_millis(50);
        let mut changes = self.changes();
        loop {
            changes.mark_unchanged();
            if self.read(&found) {
                return;
            }
            // A change and a pause mean the same: look again.
            let _ = tokio::time::timeout(LOOK_EVERY, changes.changed()).await;
        }
    }

    /// Waits for the next change, at most for `limit` of real time.
    pub(crate) async fn courier_wakes(&self, limit: Duration) {
        // Both outcomes mean the same: look again.
        let _ = tokio::time::timeout(limit, self.courier.notified()).await;
    }

    /// Writes the snapshot when something changed.
    pub(crate) fn save(&self) -> Result<(), Error> {
        match &self.data_dir {
            Some(folder) if self.dirty.swap(false, Ordering::SeqCst) => {
                // The lock ends here: who asks something need not wait for the disk.
                let bytes = snapshot::of(&self.lock());
                bytes.and_then(|bytes| snapshot::write(folder, &bytes))
            }
            _ => Ok(()),
        }
    }

    /// Keeps the snapshot fresh.
    pub(crate) async fn keep_saving(&self) {
        keep_saving(self.changes(), || self.save()).await;
    }

    /// Forgets everything. Requests that are held go on.
    pub(crate) fn reset(&self) {
        self.with(|world| {
            let calls = world.journal.calls.followed();
            let (skew_ms, now) = (world.skew_ms, world.state.now);
            *world = World::new(self.seed, &self.base_url);
            world.journal.calls = calls;
            // Time does not go back.
            world.skew_ms = skew_ms;
            world.state.now = now;
        });
    }
}
