//! What a workspace spends: the day's sum, in shards, and what still fits into it.

use std::time::Duration;

use domain::Timestamp;
use store::row::{AiLimitsRow, SpendRow};
use store::{Found, Transaction};

use crate::limits::Limits;

/// Seconds of a UTC day.
const DAY: i64 = 24 * 3600;
/// Days' sums are kept for the month's report.
const KEEP: Duration = Duration::from_secs(40 * 24 * 3600);

/// What was spent and set aside of a day, over all shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    /// In millionths of a US dollar.
    pub(crate) cost: i64,
    /// In and out.
    pub(crate) tokens: i64,
}

/// Adds up the shards of a day.
pub(crate) fn spent<'a>(shards: impl IntoIterator<Item = &'a SpendRow>) -> Spent {
    shards.into_iter().fold(Spent::default(), |sum, row| Spent {
        cost: sum.cost + row.spent + row.reserved,
        tokens: sum.tokens + row.tokens + row.reserved_tokens,
    })
}

/// Gives back what was set aside for one call.
pub(crate) fn release(row: &mut SpendRow, (cost, tokens): (i64, i64)) {
    row.reserved = (row.reserved - cost).max(0);
    row.reserved_tokens = (row.reserved_tokens - tokens).max(0);
}

/// Whether a call that costs at most this much, and uses at most so many tokens, still fits into the day.
///
/// It is judged over all shards and claimed in one. Two calls of one shard cannot both be claimed on the same sight of it;
/// calls of different shards can. So calls that begin in the same moment may pass a limit, by at most as many as there are
/// other shards ([`store::keys::SHARDS`]), each at its worst. To ask of every shard that it has not moved would make every
/// reply of a workspace wait for every other.
pub(crate) fn affordable(limits: &Limits, spent: Spent, cost: i64, tokens: i64) -> bool {
    spent.cost.saturating_add(cost) <= limits.daily_cost
        && spent.tokens.saturating_add(tokens) <= limits.daily_tokens
}

/// The limits of a workspace.
pub(crate) fn limits_of(row: Option<&AiLimitsRow>) -> Limits {
    row.map_or_else(Limits::default, Limits::of)
}

/// Days since the epoch: the unit of a budget.
pub(crate) const fn day(now: Timestamp) -> i64 {
    now.seconds().div_euclid(DAY)
}

/// When a day begins: midnight, UTC.
pub(crate) const fn midnight(day: i64) -> Timestamp {
    Timestamp::from_seconds(day * DAY)
}

/// A shard before anything was spent.
pub(crate) fn empty(day: i64, shard: u8, now: Timestamp) -> SpendRow {
    SpendRow {
        day,
        shard: u32::from(shard),
        reserved: 0,
        reserved_tokens: 0,
        spent: 0,
        tokens: 0,
        replies: 0,
        refused: 0,
        refused_tokens: 0,
        until: now.plus(KEEP),
    }
}

/// A shard as it was read, or an empty one, with the revision to write against.
pub(crate) fn opened(
    found: Option<&Found<SpendRow>>,
    day: i64,
    shard: u8,
    now: Timestamp,
) -> (SpendRow, Option<u64>) {
    match found {
        Some(found) => (found.row.clone(), Some(found.rev)),
        None => (empty(day, shard, now), None),
    }
}

/// Adds a shard to a transaction; returns its place.
pub(crate) fn put(transaction: &mut Transaction<'_>, row: &SpendRow, rev: Option<u64>) -> usize {
    match rev {
        Some(rev) => transaction.replace(row, rev),
        None => transaction.create_or_revive(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(spent: i64, reserved: i64, tokens: i64) -> SpendRow {
        SpendRow {
            spent,
            reserved,
            tokens,
            ..empty(1, 0, Timestamp::default())
        }
    }

    #[test]
    fn what_is_set_aside_counts_like_what_is_spent() {
        let sum = spent([&row(10, 5, 100), &row(1, 0, 7)]);
        let expected = Spent {
            cost: 16,
            tokens: 107,
        };
        assert_eq!(sum, expected);
    }

    #[test]
    fn tokens_that_are_set_aside_count_until_they_are_given_back() {
        let mut row = SpendRow {
            reserved_tokens: 50,
            ..row(0, 7, 100)
        };
        assert_eq!(spent([&row]).tokens, 150);
        release(&mut row, (4, 20));
        assert_eq!((row.reserved, row.reserved_tokens), (3, 30));
        release(&mut row, (9, 90));
        assert_eq!(
            spent([&row]),
            Spent {
                cost: 0,
                tokens: 100
            }
        );
    }

    #[test]
    fn a_day_of_an_earlier_release_has_no_tokens_set_aside() {
        let mut stored = serde_json::to_value(row(1, 2, 3)).expect("JSON");
        let fields = stored.as_object_mut().expect("an object");
        assert!(fields.remove("reserved_tokens").is_some());
        let read: SpendRow = serde_json::from_value(stored).expect("a row");
        assert_eq!(read, row(1, 2, 3));
    }

    #[test]
    fn a_call_that_might_pass_either_limit_is_not_made() {
        let limits = Limits {
            daily_cost: 100,
            daily_tokens: 1_000,
            ..Limits::default()
        };
        let at = |cost, tokens| Spent { cost, tokens };
        assert!(affordable(&limits, at(90, 0), 10, 1_000));
        assert!(!affordable(&limits, at(91, 0), 10, 0));
        assert!(!affordable(&limits, at(0, 1), 0, 1_000));
    }

    #[test]
    fn a_day_ends_at_midnight() {
        let now = Timestamp::from_seconds(3 * DAY + 5);
        assert_eq!(day(now), 3);
        assert_eq!(midnight(day(now) + 1), Timestamp::from_seconds(4 * DAY));
    }
}
