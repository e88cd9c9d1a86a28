//! The state behind one running stand-in: one lock, one change counter, one snapshot file.

use std::{
    fs, io,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use stand_in_kit::{Watched, keep_saving};
use tokio::sync::{Notify, watch};

use crate::{
    Clock, Error, Options,
    courier::{self, HttpClient},
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
    rate_limits: bool,
}

impl Shared {
    /// Opens the state: the snapshot of the data folder, or an empty one.
    pub(crate) fn open(options: &Options) -> Result<Self, Error> {
        let mut world = World::new(options.seed, options.rate_limits);
        if let Some(folder) = &options.data_dir {
            fs::create_dir_all(folder).map_err(|source| Error::Data {
                path: folder.clone(),
                source,
            })?;
            let path = folder.join("snapshot.json");
            match fs::read(&path) {
                Ok(bytes) => {
                    world = serde_json::from_slice(&bytes)
                        .map_err(|source| Error::Snapshot { path, source })?;
                    world.skip_numbers();
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(Error::Data { path, source }),
            }
            world.blobs.folder = Some(folder.join("files"));
        }
        Ok(Self {
            world: Watched::new(world),
            clock: options.clock.clone(),
            client: courier::client(),
            courier: Notify::new(),
            dirty: AtomicBool::new(false),
            data_dir: options.data_dir.clone(),
            seed: options.seed,
            rate_limits: options.rate_limits,
        })
    }

    /// Changes the state; whoever waits for changes or deliveries looks again.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut World, u64) -> T) -> T {
        let result = {
            let mut world = self.world.lock();
            let now_ms = self.clock.now_ms() + world.skew_ms;
            change(&mut world, now_ms)
        };
        self.dirty.store(true, Ordering::SeqCst);
        self.wake();
        result
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World, u64) -> T) -> T {
        let world = self.world.lock();
        let now_ms = self.clock.now_ms() + world.skew_ms;
        look(&world, now_ms)
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.read(|_, now_ms| now_ms)
    }

    /// A counter that moves with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.world.changes()
    }

    pub(crate) fn wake(&self) {
        self.world.wake();
        self.courier.notify_one();
    }

    /// Waits for the next change, at most for `limit` of real time.
    pub(crate) async fn courier_wakes(&self, limit: Duration) {
        // Both outcomes mean the same: look again.
        let _ = tokio::time::timeout(limit, self.courier.notified()).await;
    }

    /// Forgets everything.
    pub(crate) fn reset(&self) {
        self.with(|world, _| {
            let folder = world.blobs.folder.take();
            if let Some(folder) = &folder {
                // A folder that was never written is not there.
                let _ = fs::remove_dir_all(folder);
            }
            *world = World::new(self.seed, self.rate_limits);
            world.blobs.folder = folder;
        });
    }

    /// Writes the snapshot when something changed. It replaces the old file in one step.
    pub(crate) fn save(&self) -> Result<(), Error> {
        let Some(folder) = &self.data_dir else {
            return Ok(());
        };
        if !self.dirty.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let path = folder.join("snapshot.json");
        let bytes = serde_json::to_vec(&*self.world.lock()).map_err(|source| Error::Snapshot {
            path: path.clone(),
            source,
        })?;
        let next = folder.join("snapshot.next");
        fs::write(&next, bytes)
            .and_then(|()| fs::rename(&next, &path))
            .map_err(|source| Error::Data { path, source })
    }

    /// Keeps the snapshot fresh.
    pub(crate) async fn keep_saving(&self) {
        keep_saving(self.changes(), || self.save()).await;
    }
}
