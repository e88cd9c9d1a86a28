//! A part of the day's budget, set aside for one call and settled after it.

use app::{App, OrProblem};
use domain::ids::BotId;
use http_kit::Problem;
use store::row::SpendRow;
use store::{Found, StoreError, TenantDb, keys};
use tenancy::Manager;

use crate::limits::Limits;
use crate::spend::{self, Spent, affordable, spent};
use crate::vendors::Bill;

/// Every reply of the workspace writes one of a few rows; so often a lost race is run again.
const RACES: usize = 8;

/// What was set aside. If nobody settles it, because the process died, it counts as spent until the day ends.
#[must_use = "what is set aside must be settled"]
pub(super) struct SetAside {
    day: i64,
    shard: u8,
    amount: (i64, i64),
}

impl SetAside {
    /// Sets aside what a call costs at most: millionths of a US dollar, and tokens.
    ///
    /// # Errors
    /// 409 when the day's budget does not allow it.
    pub(super) async fn take(
        app: &App,
        db: &TenantDb<Manager>,
        limits: &Limits,
        bot: BotId,
        amount: (i64, i64),
    ) -> Result<Self, Problem> {
        let (cost, tokens) = amount;
        let shard = keys::shard(bot.to_bytes());
        for _ in 0..RACES {
            let now = app.clock.now();
            let day = spend::day(now);
            let mut shards = all(db, day).await?;
            let today = spent(shards.iter().flatten().map(|found| &found.row));
            if !affordable(limits, today, cost, tokens) {
                return Err(reached(limits, today, amount));
            }
            let own = shards.get_mut(usize::from(shard)).and_then(Option::take);
            let (mut row, rev) = spend::opened(own.as_ref(), day, shard, now);
            row.reserved += cost;
            row.reserved_tokens += tokens;
            let mut transaction = db.transaction();
            spend::put(&mut transaction, &row, rev);
            match Box::pin(transaction.commit()).await {
                Ok(()) => return Ok(Self { day, shard, amount }),
                Err(error) if error.is_race() => {}
                Err(error) => return Err(error).or_problem(),
            }
        }
        Err(StoreError::Contention).or_problem()
    }

    /// Gives back what was set aside and counts what was billed, on the day on which it was set aside.
    ///
    /// # Errors
    /// When the database does not answer, or others kept writing the same row.
    pub(super) async fn settle(
        self,
        app: &App,
        db: &TenantDb<Manager>,
        bill: &Bill,
        replied: bool,
    ) -> Result<(), Problem> {
        for _ in 0..RACES {
            let mut reads = db.read_many();
            let slot = reads.find::<SpendRow>(&keys::spend(self.day, self.shard));
            let found = Box::pin(reads.send()).await.or_problem()?;
            let own = found.get(slot).or_problem()?;
            let (row, rev) = spend::opened(own.as_ref(), self.day, self.shard, app.clock.now());
            let row = settled(row, self.amount, bill, replied);
            let mut transaction = db.transaction();
            spend::put(&mut transaction, &row, rev);
            match Box::pin(transaction.commit()).await {
                Ok(()) => return Ok(()),
                Err(error) if error.is_race() => {}
                Err(error) => return Err(error).or_problem(),
            }
        }
        Err(StoreError::Contention).or_problem()
    }
}

/// A shard after a call: what was set aside is free again, what was billed is spent.
fn settled(mut row: SpendRow, amount: (i64, i64), bill: &Bill, replied: bool) -> SpendRow {
    spend::release(&mut row, amount);
    row.spent += bill.cost;
    row.tokens += bill.tokens();
    row.replies += i64::from(replied);
    row
}

async fn all(db: &TenantDb<Manager>, day: i64) -> Result<Vec<Option<Found<SpendRow>>>, Problem> {
    let mut reads = db.read_many();
    let slots: Vec<_> = (0..keys::SHARDS)
        .map(|shard| reads.find::<SpendRow>(&keys::spend(day, shard)))
        .collect();
    let found = Box::pin(reads.send()).await.or_problem()?;
    slots
        .into_iter()
        .map(|slot| found.get(slot))
        .collect::<Result<_, _>>()
        .or_problem()
}

/// What a reply may take at most, and what is left of the day for it.
fn reached(limits: &Limits, today: Spent, (cost, tokens): (i64, i64)) -> Problem {
    let left_cost = limits.daily_cost.saturating_sub(today.cost).max(0);
    let left_tokens = limits.daily_tokens.saturating_sub(today.tokens).max(0);
    let message = format!(
        "What is left of the day's AI budget does not cover a reply. One may take {tokens} tokens and {}; {left_tokens} tokens \
         and {} are left. Raise it, or try again after midnight UTC.",
        dollars(cost),
        dollars(left_cost)
    );
    Problem::conflict("budget_reached", message)
}

/// Millionths of a US dollar, as a price with its cents' hundredths.
fn dollars(micro: i64) -> String {
    format!("${}.{:04}", micro / 1_000_000, micro % 1_000_000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    #[test]
    fn who_is_refused_reads_what_is_left_and_what_a_reply_may_take() {
        let limits = Limits {
            daily_cost: 2_000_000,
            daily_tokens: 10_000,
            ..Limits::default()
        };
        let today = Spent {
            cost: 1_250_000,
            tokens: 7_500,
        };
        let Problem::Conflict { code, message } = reached(&limits, today, (30_000, 4_100)) else {
            panic!("a conflict");
        };
        assert_eq!(code, "budget_reached");
        for part in ["4100 tokens", "$0.0300", "2500 tokens", "$0.7500"] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn settling_frees_the_rest_and_leaves_what_others_set_aside() {
        let before = SpendRow {
            reserved: 150,
            reserved_tokens: 70,
            spent: 10,
            tokens: 5,
            replies: 1,
            ..spend::empty(1, 0, Timestamp::default())
        };
        let bill = Bill {
            cost: 30,
            input: 7,
            output: 3,
            ..Bill::default()
        };
        let after = settled(before.clone(), (100, 60), &bill, true);
        assert_eq!((after.reserved, after.spent), (50, 40));
        assert_eq!(after.reserved_tokens, 10);
        assert_eq!((after.tokens, after.replies), (15, 2));
        assert_eq!(
            settled(before, (100, 60), &Bill::default(), false).replies,
            1
        );
    }
}
