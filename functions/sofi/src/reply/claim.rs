//! Claiming a turn together with a part of the day's budget.

use std::time::Duration;

use app::App;
use domain::content::Outgoing;
use domain::ids::MessageId;
use domain::message::{Author, Lane};
use domain::{Sealed, Timestamp};
use store::row::{AiLimitsRow, OutboxRow, OutboxState, SpendRow, TurnRow, TurnState};
use store::{Found, Row, Transaction, keys};
use vault::TenantKey;

use super::ReplyError;
use super::load::{View, day};
use super::turn::Desk;
use crate::limits::Limits;

/// Longer than the function runs: a claim that is over cannot still be at work.
const LEASE: Duration = Duration::from_secs(45);
/// Days' sums are kept for the month's report.
const KEEP: Duration = Duration::from_secs(40 * 24 * 3600);

/// What was spent and set aside of a day, over all shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) cost: i64,
    pub(crate) tokens: i64,
}

/// Adds up the shards of a day.
pub(crate) fn spent<'a>(shards: impl IntoIterator<Item = &'a SpendRow>) -> Spent {
    shards.into_iter().fold(Spent::default(), |sum, row| Spent {
        cost: sum.cost + row.spent + row.reserved,
        tokens: sum.tokens + row.tokens,
    })
}

/// Whether a call that costs at most this much still fits into the day.
pub(crate) fn affordable(limits: &Limits, spent: Spent, cost: i64, tokens: i64) -> bool {
    spent.cost.saturating_add(cost) <= limits.daily_cost
        && spent.tokens.saturating_add(tokens) <= limits.daily_tokens
}

/// The limits of a workspace.
pub(crate) fn limits_of(row: Option<&AiLimitsRow>) -> Limits {
    row.map_or_else(Limits::default, Limits::of)
}

/// The shard in which this conversation's spending is counted.
pub(crate) fn shard_row(view: &View, now: Timestamp) -> (SpendRow, Option<u64>) {
    let shard = keys::shard(view.turn.row.conversation.to_bytes());
    let found = view.spend.get(usize::from(shard)).and_then(Option::as_ref);
    match found {
        Some(found) => (found.row.clone(), Some(found.rev)),
        None => (empty(day(now), shard, now), None),
    }
}

fn empty(day: i64, shard: u8, now: Timestamp) -> SpendRow {
    SpendRow {
        day,
        shard: u32::from(shard),
        reserved: 0,
        spent: 0,
        tokens: 0,
        replies: 0,
        until: now.plus(KEEP),
    }
}

/// Adds a shard to a transaction; returns its place.
pub(crate) fn put_spend(
    transaction: &mut Transaction<'_>,
    row: &SpendRow,
    rev: Option<u64>,
) -> usize {
    match rev {
        Some(rev) => transaction.replace(row, rev),
        None => transaction.create_or_revive(row),
    }
}

/// Claims. `None` when somebody else was faster: look again.
pub(crate) async fn claim(
    desk: &Desk<'_>,
    view: &View,
    reserve: i64,
    typing: bool,
) -> Result<Option<Found<TurnRow>>, ReplyError> {
    let now = desk.app.clock.now();
    let mut turn = view.turn.row.clone();
    let (mut spend, rev) = shard_row(view, now);
    // A claim that was cut off may have been billed: it counts as spent.
    spend.spent += turn.reserved;
    spend.reserved = (spend.reserved - turn.reserved).max(0) + reserve;
    turn.state = TurnState::Generating;
    turn.lease_until = now.plus(LEASE);
    turn.due_at = turn.lease_until;
    turn.attempts += 1;
    turn.reserved = reserve;
    let mut transaction = desk.db.transaction();
    transaction.replace(&turn, view.turn.rev);
    put_spend(&mut transaction, &spend, rev);
    if typing {
        transaction.create(&typing_row(desk.app, desk.key, &turn, now)?);
    }
    match transaction.commit().await {
        Ok(()) => Ok(Some(Found {
            row: turn,
            rev: view.turn.rev + 1,
        })),
        Err(error) if error.is_race() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// "is typing", sent by the bot's one sender like everything else.
fn typing_row(
    app: &App,
    key: &TenantKey,
    turn: &TurnRow,
    now: Timestamp,
) -> Result<OutboxRow, ReplyError> {
    let mut row = OutboxRow {
        id: app.mint(MessageId::new),
        tenant: turn.tenant,
        bot: turn.bot,
        conversation: turn.conversation,
        lane: Lane::Ai,
        author: Author::Ai,
        content: Sealed::default(),
        reply_to: None,
        state: OutboxState::Queued,
        attempts: 0,
        queued_at: now,
        due_at: None,
        sent_by: None,
        discloses: false,
        answers: 0,
    };
    let row_key = row.key();
    row.content = app::SealsJson::seal_json(
        key,
        &app::place::<OutboxRow>(&row_key, "content"),
        &Outgoing::Typing,
        app.entropy.as_ref(),
    )?;
    Ok(row)
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
        assert_eq!(
            sum,
            Spent {
                cost: 16,
                tokens: 107
            }
        );
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
}
