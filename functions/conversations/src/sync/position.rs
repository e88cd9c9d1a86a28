//! Where a reader of events stands: pure.
//!
//! Reading goes in rounds. A round reads every shard from a little before the start of the round before it; a shard
//! with more events than fit one answer goes on after its last one until it is drained. When all are drained, the next
//! round starts from the moment at which this one began. So nothing is missed that became visible within the overlap,
//! and a burst of any size ends.

use std::time::Duration;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::keys;

/// The longest time between an event's moment and its visibility: a transaction with all its retries, and clocks.
const OVERLAP_MS: i64 = 5_000;
/// Events are kept this long.
const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);
/// After an event the dashboard is kept lively for this long.
const LIVELY: Duration = Duration::from_secs(120);
const LIVELY_POLL_MS: u32 = 3_000;
const IDLE_POLL_MS: u32 = 10_000;

/// What remains to be read of one shard in this round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reading {
    /// Everything at or after this key.
    From(String),
    /// Everything after this key.
    After(String),
    /// Nothing.
    Drained,
}

impl Reading {
    /// The lowest key to ask for.
    pub(super) fn from(&self) -> &str {
        match self {
            Self::From(key) | Self::After(key) => key,
            Self::Drained => "~",
        }
    }

    /// Whether a key that was read is still to be given.
    pub(super) fn wants(&self, key: &str) -> bool {
        match self {
            Self::From(_) => true,
            Self::After(last) => key > last.as_str(),
            Self::Drained => false,
        }
    }
}

/// The content of a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// The next round reads from here, less the overlap.
    since: Timestamp,
    /// When the newest event happened that was given; decides the pace.
    newest: Timestamp,
    /// A round that is not finished: what remains of each shard.
    shards: Option<Vec<Reading>>,
}

impl Position {
    /// The present: the first answer has no events.
    pub(super) const fn starting(now: Timestamp) -> Self {
        Self {
            since: now,
            newest: now,
            shards: None,
        }
    }

    /// Whether the events since then are all still there.
    pub(super) fn is_usable(&self, now: Timestamp) -> bool {
        let fits = self
            .shards
            .as_ref()
            .is_none_or(|shards| shards.len() == usize::from(keys::SHARDS));
        fits && self.since.plus(KEEP) > now
    }

    /// What to read now.
    pub(super) fn plan(self, now: Timestamp) -> Plan {
        if let Some(shards) = self.shards {
            return Plan {
                began: self.since,
                newest: self.newest,
                shards,
            };
        }
        let from = Timestamp::from_millis(self.since.millis().saturating_sub(OVERLAP_MS));
        let shards = vec![Reading::From(keys::event_position(from)); usize::from(keys::SHARDS)];
        // A clock that went back must not move the reader back with it.
        Plan {
            began: now.max(self.since),
            newest: self.newest,
            shards,
        }
    }

    /// How long the client waits.
    pub(super) fn next_poll_ms(&self, now: Timestamp) -> u32 {
        if self.shards.is_some() {
            0
        } else if self.newest.plus(LIVELY) > now {
            LIVELY_POLL_MS
        } else {
            IDLE_POLL_MS
        }
    }
}

/// One answer's part of a round.
pub(super) struct Plan {
    began: Timestamp,
    newest: Timestamp,
    shards: Vec<Reading>,
}

/// Shard, whether more waits there, and key and moment of the last event that it gave.
pub(super) type Outcome = (usize, bool, Option<(String, Timestamp)>);

impl Plan {
    /// The shards that are not drained yet.
    pub(super) fn readings(&self) -> impl Iterator<Item = (usize, &Reading)> {
        self.shards
            .iter()
            .enumerate()
            .filter(|(_, reading)| **reading != Reading::Drained)
    }

    /// Where the reader stands afterwards.
    pub(super) fn after(self, outcome: &[Outcome]) -> Position {
        let mut shards = self.shards;
        let mut newest = self.newest;
        for (shard, full, last) in outcome {
            if let Some((_, at)) = last {
                newest = newest.max(*at);
            }
            let Some(reading) = shards.get_mut(*shard) else {
                continue;
            };
            *reading = match (full, last) {
                (true, Some((key, _))) => Reading::After(key.clone()),
                _ => Reading::Drained,
            };
        }
        let finished = shards.iter().all(|reading| *reading == Reading::Drained);
        Position {
            since: self.began,
            newest,
            shards: (!finished).then_some(shards),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_795_456_800 + seconds)
    }

    fn quiet() -> Vec<Outcome> {
        (0..usize::from(keys::SHARDS))
            .map(|shard| (shard, false, None))
            .collect()
    }

    #[test]
    fn each_round_reads_from_a_little_before_the_start_of_the_last_one() {
        let first = Position::starting(at(0)).plan(at(10));
        assert!(
            first
                .readings()
                .all(|(_, reading)| *reading == Reading::From(keys::event_position(at(-5))))
        );
        let second = first.after(&quiet()).plan(at(20));
        assert!(
            second
                .readings()
                .all(|(_, reading)| *reading == Reading::From(keys::event_position(at(5))))
        );
    }

    #[test]
    fn a_burst_is_read_on_after_its_last_event_until_it_is_drained() {
        let mut outcome = quiet();
        outcome[2] = (2, true, Some(("k1".into(), at(9))));
        let position = Position::starting(at(0)).plan(at(10)).after(&outcome);
        assert_eq!(position.next_poll_ms(at(10)), 0);
        let plan = position.plan(at(11));
        assert_eq!(
            plan.readings().collect::<Vec<_>>(),
            [(2, &Reading::After("k1".into()))]
        );
        let position = plan.after(&[(2, false, Some(("k2".into(), at(10))))]);
        assert_eq!(position.next_poll_ms(at(12)), LIVELY_POLL_MS);
        // Events that became visible during the round are looked for again from where the round began.
        let next = position.plan(at(15));
        assert!(
            next.readings()
                .all(|(_, reading)| *reading == Reading::From(keys::event_position(at(5))))
        );
    }

    #[test]
    fn the_last_event_of_a_portion_is_not_given_twice() {
        let reading = Reading::After("k1".into());
        assert!(!reading.wants("k1") && reading.wants("k2"));
    }

    #[test]
    fn the_pace_slows_down_two_minutes_after_the_last_event() {
        let position = Position::starting(at(0)).plan(at(10)).after(&quiet());
        assert_eq!(position.next_poll_ms(at(119)), LIVELY_POLL_MS);
        assert_eq!(position.next_poll_ms(at(120)), IDLE_POLL_MS);
    }

    #[test]
    fn a_cursor_older_than_the_events_is_of_no_use() {
        let position = Position::starting(at(0));
        assert!(position.is_usable(at(7 * 24 * 3600 - 1)));
        assert!(!position.is_usable(at(7 * 24 * 3600)));
        let other = Position {
            shards: Some(vec![Reading::Drained]),
            ..position
        };
        assert!(!other.is_usable(at(1)));
    }

    #[test]
    fn a_clock_that_went_back_does_not_move_the_reader_back() {
        let position = Position::starting(at(100)).plan(at(40)).after(&quiet());
        assert_eq!(position.since, at(100));
    }

    #[test]
    fn a_position_reads_back_from_its_cursor() {
        let cursors = http_kit::Cursors::new(&[7; 32], "l".to_owned());
        let mut outcome = quiet();
        outcome[0] = (0, true, Some(("1795456800123#01J".into(), at(1))));
        let position = Position::starting(at(0)).plan(at(10)).after(&outcome);
        let cursor = cursors.seal(&position).expect("seals");
        assert_eq!(cursors.open(Some(&cursor)).ok().flatten(), Some(position));
    }
}
