//! Everything one stand-in holds: Stripe's state, and what tests do to the way there.

use std::collections::BTreeSet;

use stand_in_kit::Refusal;

use crate::{faults::Faults, idempotency::Keys, journal::Journal, state::State};

impl From<crate::problem::Problem> for Refusal {
    fn from(problem: crate::problem::Problem) -> Self {
        Self {
            status: problem.status,
            message: problem.message,
        }
    }
}

#[derive(Debug)]
pub(crate) struct World {
    pub state: State,
    pub faults: Faults,
    pub journal: Journal,
    pub keys: Keys,
    /// Requests that wait to be released, by their number in the log.
    pub held: BTreeSet<u64>,
    /// How far the control API moved the clock.
    pub skew_ms: u64,
    /// Nobody listens until this is over; in real time.
    pub outage: Option<std::time::Instant>,
}

impl World {
    pub(crate) fn new(seed: u64, base_url: &str) -> Self {
        Self {
            state: State::new(seed, base_url),
            faults: Faults::new(seed),
            journal: Journal::default(),
            keys: Keys::default(),
            held: BTreeSet::new(),
            skew_ms: 0,
            outage: None,
        }
    }

    /// Lets requests go on that are held, oldest first; answers how many.
    pub(crate) fn release(&mut self, count: usize) -> usize {
        let mut released = 0;
        while released < count && self.held.pop_first().is_some() {
            released += 1;
        }
        released
    }

    pub(crate) fn is_out(&self) -> bool {
        self.outage
            .is_some_and(|end| end > std::time::Instant::now())
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self) -> bool {
        let queue = &self.state.queue;
        let is_held = self.state.settings.hold_deliveries;
        !queue.any_in_flight() && (is_held || !queue.has_due(self.state.now))
    }
}
