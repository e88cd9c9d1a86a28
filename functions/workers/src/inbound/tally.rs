//! Counters of one batch, written once at its end: a line per kind of outcome instead of one per update.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use telemetry::{Dimension, Unit};

/// What was counted.
#[derive(Default)]
pub(crate) struct Tally(Mutex<BTreeMap<(&'static str, Split), u32>>);

/// What a counter is split by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Split {
    /// A kind of update.
    Kind(String),
    /// A stable code.
    Code(&'static str),
}

impl Tally {
    /// Counts one.
    pub(crate) fn count(&self, name: &'static str, split: Split) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((name, split)).or_default() += 1;
    }

    /// Writes the counters as metrics of a function.
    pub(crate) fn flush(&self, function: &str) {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for ((name, split), count) in counts {
            let split = match &split {
                Split::Kind(kind) => (Dimension::UpdateKind, kind.as_str()),
                Split::Code(code) => (Dimension::Code, *code),
            };
            telemetry::metric(
                name,
                Unit::Count,
                f64::from(count),
                &[(Dimension::Function, function), split],
            );
        }
    }
}
