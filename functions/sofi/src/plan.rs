//! What the workspace's plan lets Sofi write, from our own copy: Stripe is never asked on the way to a reply.
//!
//! The month's messages are counted in shards, like the day's spending and in the same transactions: what is said of it in
//! [`crate::spend`] holds here, so calls that begin in the same moment may pass the limit by as many.

use std::time::Duration;

use domain::Timestamp;
use domain::billing::Standing;
use store::row::AiMonthRow;
use store::{Found, Transaction};

/// A month is shown until the next one is over.
const KEEP: Duration = Duration::from_secs(70 * 24 * 3600);

/// Why a turn ends when nothing is paid for.
pub(crate) const LAPSED: &str = "plan_lapsed";
/// Why a turn ends when the month's messages are used up.
pub(crate) const MESSAGES: &str = "plan_messages";

/// Why Sofi writes nothing by itself, as a stable code; nothing where it may.
pub(crate) fn stops(standing: Standing, messages: u64) -> Option<&'static str> {
    if !standing.allows_ai() {
        return Some(LAPSED);
    }
    (messages >= standing.entitlements().ai_messages).then_some(MESSAGES)
}

/// What was written in a month, over all shards.
pub(crate) fn written<'a>(shards: impl IntoIterator<Item = &'a AiMonthRow>) -> u64 {
    let sum: i64 = shards.into_iter().map(|row| row.messages).sum();
    u64::try_from(sum).unwrap_or(0)
}

/// Counts one more message of this month.
pub(crate) fn count(
    transaction: &mut Transaction<'_>,
    found: Option<&Found<AiMonthRow>>,
    shard: u8,
    now: Timestamp,
) {
    match found.filter(|found| found.row.month == now.month()) {
        Some(found) => transaction.replace(&one_more(&found.row), found.rev),
        None => transaction.create_or_revive(&one_more(&empty(shard, now))),
    };
}

fn one_more(row: &AiMonthRow) -> AiMonthRow {
    AiMonthRow {
        messages: row.messages + 1,
        ..row.clone()
    }
}

fn empty(shard: u8, now: Timestamp) -> AiMonthRow {
    AiMonthRow {
        month: now.month(),
        shard: u32::from(shard),
        messages: 0,
        until: now.plus(KEEP),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::billing::{Lapse, Plan};

    #[test]
    fn a_plan_stops_sofi_at_its_last_message_and_a_lapsed_one_at_once() {
        let plan = Plan::Creator;
        let most = plan.offer().entitlements.ai_messages;
        let paid = Standing::Active { plan };
        assert_eq!(stops(paid, most - 1), None);
        assert_eq!(stops(paid, most), Some(MESSAGES));
        let grace = Standing::Grace {
            plan,
            until: Timestamp::default(),
        };
        assert_eq!(stops(grace, 0), None);
        assert_eq!(stops(Standing::Lapsed(Lapse::Unpaid), 0), Some(LAPSED));
    }

    #[test]
    fn the_shards_of_a_month_are_one_number() {
        let now = Timestamp::from_seconds(1_795_456_800);
        let row = one_more(&one_more(&empty(2, now)));
        assert_eq!((row.month, row.messages), (now.month(), 2));
        assert_eq!(written([&row, &one_more(&empty(0, now))]), 3);
    }
}
