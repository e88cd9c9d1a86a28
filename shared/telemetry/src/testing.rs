//! Capturing log lines in tests, also for other crates' "this never reaches the log" tests.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::layer::{JsonLayer, LogConfig};

/// With a single subscriber alive, `tracing` asks only the calling thread whether a new log line is
/// wanted and remembers the answer for all threads, so a test without a capture would silence one with
/// it. A second subscriber that wants nothing makes it ask everyone.
static SECOND: OnceLock<Dispatch> = OnceLock::new();

/// Lines that were logged while it was installed.
#[derive(Clone, Default)]
pub struct Capture {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Capture {
    /// Everything written so far.
    pub fn text(&self) -> String {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Everything written so far, line by line.
    ///
    /// # Panics
    /// When a line is not JSON, which is a bug of this crate.
    pub fn lines(&self) -> Vec<serde_json::Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).expect("every log line is JSON"))
            .collect()
    }

    /// Installs capturing for this thread until the guard is dropped. `function_crate` is the crate
    /// under test, with underscores; lines of all levels are captured from it.
    pub fn install(&self, function_crate: &str) -> tracing::subscriber::DefaultGuard {
        SECOND.get_or_init(|| Dispatch::new(NoSubscriber::default()));
        let bytes = Arc::clone(&self.bytes);
        let config = LogConfig {
            level: LevelFilter::TRACE,
            function_crate: function_crate.to_owned(),
        };
        let layer = JsonLayer::new(
            config,
            Box::new(move |line| {
                bytes
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .extend_from_slice(line)
            }),
        );
        tracing::subscriber::set_default(tracing_subscriber::registry().with(layer))
    }
}
