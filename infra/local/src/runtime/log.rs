//! What the functions write, line by line, with the invocation that was running.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// Lines kept in memory; the oldest go first.
const KEPT: usize = 100_000;
/// Longest line kept whole, in bytes; Lambda cuts at 256 KiB.
const LONGEST: usize = 262_144;

/// One line of a function's log.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Running number, from 1.
    pub number: u64,
    /// When, by the host's clock: milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// Function name.
    pub function: String,
    /// Sandbox that wrote it.
    pub sandbox: String,
    /// The invocation running at that moment, if any.
    pub request_id: Option<String>,
    /// Whether it went to standard error.
    pub is_error_stream: bool,
    /// The line.
    pub text: String,
}

/// The functions' logs.
#[derive(Debug, Default)]
pub struct LogBook {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    lines: VecDeque<Line>,
    file: Option<File>,
}

impl LogBook {
    /// A book that also appends to a file.
    #[must_use]
    pub fn with_file(file: Option<File>) -> Self {
        Self {
            kept: Mutex::new(Kept {
                file,
                ..Kept::default()
            }),
        }
    }

    pub(crate) fn push(&self, mut line: Line) {
        if line.text.len() > LONGEST {
            let mut end = LONGEST;
            while !line.text.is_char_boundary(end) {
                end -= 1;
            }
            line.text.truncate(end);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        line.number = kept.last;
        if let Some(file) = &mut kept.file {
            // A full disk must not stop the functions; the lines stay in memory.
            let _ = writeln!(
                file,
                "{} {} {}",
                line.function,
                line.request_id.as_deref().unwrap_or("-"),
                line.text
            );
        }
        if kept.lines.len() >= KEPT {
            kept.lines.pop_front();
        }
        kept.lines.push_back(line);
    }

    /// Lines that `wanted` accepts, oldest first.
    #[must_use]
    pub fn select(&self, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.lines
            .iter()
            .filter(|line| wanted(line))
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .lines
            .clear();
    }
}
