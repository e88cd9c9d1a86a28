//! Leaves a failing vendor alone for a while. A pure state machine that the caller stores in a row.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::AskError;
use crate::vendor::Vendor;

/// This many failures within [`WINDOW`] open the breaker.
const FAILURES: usize = 3;
const WINDOW: Duration = Duration::from_secs(60);
/// How long it stays open at first.
pub const SHORTEST_OPEN: Duration = Duration::from_secs(30);
/// How long it stays open at most; each failed probe doubles the time up to here.
pub const LONGEST_OPEN: Duration = Duration::from_secs(600);
/// A probe that has not reported by then is lost with its process, and another may be sent.
const PROBE_LIMIT: Duration = Duration::from_secs(30);

/// The state of one vendor: closed, open until a moment, or half open with one probe under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breaker {
    #[serde(default)]
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum State {
    Closed {
        /// When the latest counted failures happened, oldest first, fewer than [`FAILURES`].
        failures: Vec<Timestamp>,
    },
    Open {
        until: Timestamp,
        for_millis: u64,
    },
    HalfOpen {
        probe_until: Timestamp,
        for_millis: u64,
    },
}

impl Default for State {
    fn default() -> Self {
        State::Closed {
            failures: Vec::new(),
        }
    }
}

impl Breaker {
    /// Whether the vendor may be asked now; an admission must be followed by [`Breaker::record`]. An open breaker
    /// whose time is over admits one probe, and the next one only when that has reported or is lost.
    ///
    /// # Errors
    /// The moment from which it is worth asking again.
    pub fn admit(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        match self.state {
            State::Closed { .. } => Ok(()),
            State::Open { until, for_millis }
            | State::HalfOpen {
                probe_until: until,
                for_millis,
            } => {
                if now < until {
                    return Err(until);
                }
                self.state = State::HalfOpen {
                    probe_until: now.plus(PROBE_LIMIT),
                    for_millis,
                };
                Ok(())
            }
        }
    }

    /// What [`Breaker::admit`] would say, without taking the probe.
    pub fn would_admit(&self, now: Timestamp) -> bool {
        match self.state {
            State::Closed { .. } => true,
            State::Open { until, .. }
            | State::HalfOpen {
                probe_until: until, ..
            } => now >= until,
        }
    }

    /// Whether the vendor is being left alone or probed: the state to show and to alarm on.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Closed { .. })
    }

    /// Takes note of how a call ended. A failure that does not count says that the vendor is well.
    pub fn record(&mut self, now: Timestamp, error: Option<&AskError>) {
        match error.filter(|error| error.counts_for_breaker()) {
            Some(error) => self.failed(now, error),
            None => self.went_well(),
        }
    }

    fn went_well(&mut self) {
        // A call from before the breaker opened may end well after; only a probe closes it.
        if matches!(self.state, State::HalfOpen { .. }) {
            self.state = State::default();
        }
    }

    fn failed(&mut self, now: Timestamp, error: &AskError) {
        match &mut self.state {
            State::Closed { failures } => {
                failures.retain(|at| at.until(now) < WINDOW);
                failures.push(now);
                if failures.len() >= FAILURES || error.opens_breaker_at_once() {
                    self.open(now, SHORTEST_OPEN, error);
                }
            }
            State::HalfOpen { for_millis, .. } => {
                let doubled = Duration::from_millis(for_millis.saturating_mul(2));
                self.open(now, doubled, error);
            }
            // A call from before it opened.
            State::Open { .. } => {}
        }
    }

    fn open(&mut self, now: Timestamp, least: Duration, error: &AskError) {
        let asked = match error {
            AskError::RateLimited { retry_after } => retry_after.unwrap_or_default(),
            _ => Duration::ZERO,
        };
        let open_for = least.min(LONGEST_OPEN);
        self.state = State::Open {
            until: now.plus(open_for.max(asked.min(LONGEST_OPEN))),
            for_millis: u64::try_from(open_for.as_millis()).unwrap_or(u64::MAX),
        };
    }
}

/// One breaker for each vendor. What a row does not mention is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Breakers {
    xai: Breaker,
    groq: Breaker,
}

impl Breakers {
    /// The breaker of a vendor, to admit and record.
    pub fn of(&mut self, vendor: Vendor) -> &mut Breaker {
        match vendor {
            Vendor::Xai => &mut self.xai,
            Vendor::Groq => &mut self.groq,
        }
    }

    /// The breaker of a vendor, to look at.
    pub fn peek(&self, vendor: Vendor) -> &Breaker {
        match vendor {
            Vendor::Xai => &self.xai,
            Vendor::Groq => &self.groq,
        }
    }
}
