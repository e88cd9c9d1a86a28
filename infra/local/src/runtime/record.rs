//! What happened in each invocation.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// Invocations kept; the oldest go first.
const KEPT: usize = 50_000;

/// How an invocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The function answered.
    Answered,
    /// The function reported an error.
    Failed,
    /// The function ran past its time-out and was killed.
    TimedOut,
    /// The process ended on its own or was killed in the middle.
    Exited,
    /// The process did not get as far as asking for work.
    InitFailed,
}

/// One invocation.
#[derive(Debug, Clone, Serialize)]
pub struct Invocation {
    /// Request id that the function saw.
    pub request_id: String,
    /// X-Ray header that the function saw.
    pub trace_id: String,
    /// Function name.
    pub function: String,
    /// Handler as written in the template.
    pub handler: String,
    /// What called: `GET /api/v1/health`, `sqs inbound.fifo`, `schedule ...`, `control`.
    pub source: String,
    /// Start by the host's clock, milliseconds since the Unix epoch.
    pub started_ms: i64,
    /// Sandbox that ran it.
    pub sandbox: String,
    /// Whether the process was started for it.
    pub cold: bool,
    /// From start of the process to its first request for work, in milliseconds.
    pub init_ms: Option<f64>,
    /// From handing over the event to the answer, in milliseconds; init not included.
    pub duration_ms: f64,
    /// Time spent waiting for a free sandbox, in milliseconds.
    pub waited_ms: f64,
    /// How it ended.
    pub ending: Ending,
    /// Error type as reported, or what ended the process. Never the error's message, which could carry content.
    pub error: Option<String>,
    /// Peak resident memory of the process so far, in KiB, where the system tells.
    pub peak_rss_kib: Option<u64>,
    /// CPU time of this invocation (with init, when cold), in milliseconds, where the system tells.
    pub cpu_ms: Option<f64>,
    /// Remote calls made: AWS, Telegram and AI vendors.
    pub calls: u32,
    /// Longest chain of remote calls of which each began after the one before had ended. Exact with a simulated latency
    /// (see [`crate::gate::HostGate::set_latency`]), else an upper bound.
    pub round_trips: u32,
    /// Remote calls made by the process before the first invocation.
    pub init_calls: u32,
    /// Size of the event in bytes.
    pub request_bytes: usize,
    /// Size of the answer in bytes.
    pub response_bytes: usize,
}

/// The newest invocations.
#[derive(Debug, Default)]
pub struct History {
    kept: Mutex<(u64, VecDeque<(u64, Invocation)>)>,
}

impl History {
    pub(crate) fn push(&self, invocation: Invocation) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 += 1;
        let number = kept.0;
        if kept.1.len() >= KEPT {
            kept.1.pop_front();
        }
        kept.1.push_back((number, invocation));
    }

    /// Invocations that `wanted` accepts, oldest first, each with its running number.
    #[must_use]
    pub fn select(&self, wanted: impl Fn(u64, &Invocation) -> bool) -> Vec<(u64, Invocation)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1
            .iter()
            .filter(|(number, invocation)| wanted(*number, invocation))
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .clear();
    }
}
