//! Claiming a turn together with a part of the day's budget.

use std::time::Duration;

use app::App;
use domain::Timestamp;
use domain::content::Outgoing;
use domain::ids::{BusinessAccountId, MessageId};
use domain::message::{Author, Lane};
use store::row::{OutboxRow, SpendRow, TurnRow, TurnState};
use store::{Found, keys};
use vault::TenantKey;

use super::ReplyError;
use super::load::View;
use super::turn::Desk;
use crate::spend;

/// Longer than the function runs: a claim that is over cannot still be at work.
const LEASE: Duration = Duration::from_secs(45);

/// The shard in which this conversation's spending is counted.
pub(crate) fn shard_row(view: &View, now: Timestamp) -> (SpendRow, Option<u64>) {
    let shard = keys::shard(view.turn.row.conversation.to_bytes());
    let found = view.spend.get(usize::from(shard)).and_then(Option::as_ref);
    spend::opened(found, spend::day(now), shard, now)
}

/// A shard after a claim of cost and tokens. A claim of the same turn that was cut off may have been billed: it counts as
/// spent.
pub(crate) fn claimed(
    mut shard: SpendRow,
    former: &TurnRow,
    (cost, tokens): (i64, i64),
) -> SpendRow {
    shard.spent += former.reserved;
    shard.tokens += former.reserved_tokens;
    spend::release(&mut shard, (former.reserved, former.reserved_tokens));
    shard.reserved += cost;
    shard.reserved_tokens += tokens;
    shard
}

/// Claims. `None` when somebody else was faster: look again.
pub(crate) async fn claim(
    desk: &Desk<'_>,
    view: &View,
    reserve: (i64, i64),
    typing: bool,
) -> Result<Option<Found<TurnRow>>, ReplyError> {
    let now = desk.app.clock.now();
    let mut turn = view.turn.row.clone();
    let (shard, rev) = shard_row(view, now);
    let shard = claimed(shard, &turn, reserve);
    turn.state = TurnState::Generating;
    turn.lease_until = now.plus(LEASE);
    turn.due_at = turn.lease_until;
    turn.attempts += 1;
    (turn.reserved, turn.reserved_tokens) = reserve;
    let mut transaction = desk.db.transaction();
    transaction.replace(&turn, view.turn.rev);
    spend::put(&mut transaction, &shard, rev);
    if typing {
        transaction.create(&typing_row(
            desk.app,
            desk.key,
            &turn,
            view.head.row.account,
            now,
        )?);
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
    account: Option<BusinessAccountId>,
    now: Timestamp,
) -> Result<OutboxRow, ReplyError> {
    let to = (turn.tenant, turn.bot, turn.conversation);
    let id = app.mint(MessageId::new);
    let row = OutboxRow {
        account,
        ..OutboxRow::queued(id, to, (Lane::Ai, Author::Ai), now)
    };
    Ok(app.seal_outbox(key, row, &Outgoing::Typing)?)
}

#[cfg(test)]
mod tests {
    use super::super::bill::tests::turn;
    use super::*;

    #[test]
    fn a_claim_that_was_cut_off_counts_as_spent_with_its_tokens() {
        let former = TurnRow {
            reserved_tokens: 40,
            ..turn(TurnState::Generating, 80)
        };
        let shard = SpendRow {
            reserved: 100,
            reserved_tokens: 50,
            ..spend::empty(1, 0, Timestamp::default())
        };
        let shard = claimed(shard, &former, (30, 9));
        assert_eq!((shard.spent, shard.reserved), (80, 50));
        assert_eq!((shard.tokens, shard.reserved_tokens), (40, 19));
    }
}
