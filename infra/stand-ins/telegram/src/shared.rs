//! The state behind one running stand-in: one lock, one change counter, one snapshot file.

use std::{
    fs, io,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::sync::{Notify, watch};

use crate::{
    Clock, Error, Options, control,
    courier::{self, HttpClient},
    world::World,
};

/// Shortest time between two snapshots.
const SNAPSHOT_EVERY: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(crate) struct Shared {
    world: Mutex<World>,
    clock: Clock,
    pub(crate) client: HttpClient,
    version: watch::Sender<u64>,
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
            world: Mutex::new(world),
            clock: options.clock.clone(),
            client: courier::client(),
            version: watch::Sender::new(0),
            courier: Notify::new(),
            dirty: AtomicBool::new(false),
            data_dir: options.data_dir.clone(),
            seed: options.seed,
            rate_limits: options.rate_limits,
        })
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic inside a rule is a bug of the stand-in; the state is still the best there is.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state; whoever waits for changes or deliveries looks again.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut World, u64) -> T) -> T {
        let result = {
            let mut world = self.lock();
            let now_ms = self.clock.now_ms() + world.skew_ms;
            change(&mut world, now_ms)
        };
        self.dirty.store(true, Ordering::SeqCst);
        self.wake();
        result
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&World, u64) -> T) -> T {
        let world = self.lock();
        let now_ms = self.clock.now_ms() + world.skew_ms;
        look(&world, now_ms)
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.read(|_, now_ms| now_ms)
    }

    /// A counter that moves with every change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    pub(crate) fn wake(&self) {
        self.version.send_modify(|version| *version += 1);
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

    pub(crate) async fn control(
        &self,
        verb: &str,
        path: &str,
        body: Value,
    ) -> Result<Value, Error> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        control::handle(self, verb, path, query, body)
            .await
            .map_err(|refusal| Error::Refused {
                status: refusal.status,
                message: refusal.message,
            })
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
        let bytes = serde_json::to_vec(&*self.lock()).map_err(|source| Error::Snapshot {
            path: path.clone(),
            source,
        })?;
        let next = folder.join("snapshot.next");
        fs::write(&next, bytes)
            .and_then(|()| fs::rename(&next, &path))
            .map_err(|source| Error::Data { path, source })
    }

    /// Keeps the snapshot fresh; a large state is written less often.
    pub(crate) async fn keep_saving(&self) {
        let mut changes = self.changes();
        while changes.changed().await.is_ok() {
            let started = Instant::now();
            if let Err(error) = self.save() {
                tracing::warn!(%error, "the snapshot could not be written");
            }
            tokio::time::sleep(SNAPSHOT_EVERY.max(started.elapsed() * 20)).await;
        }
    }
}
