//! A turn that no vendor answered: whether it is tried again, and how it waits for that.

use std::time::Duration;

use ai::AskError;
use ai::route::NoReply;
use domain::Timestamp;
use jobs::SofiTurn;
use store::StoreError;
use store::row::{TraceRow, TurnRow, TurnState};

use super::ReplyError;
use super::bill::bill;
use super::claim::shard_row;
use super::finish::refresh;
use super::load::View;
use super::turn::{Desk, RACES};
use crate::spend;

/// Tries of one turn before the fan is told that a person will answer.
pub(crate) const TRIES: u32 = 2;
/// Between two tries.
pub(crate) const PAUSE: Duration = Duration::from_secs(5);

/// Why no vendor's reply is there, as a stable code.
pub(crate) const fn silent(why: &NoReply) -> &'static str {
    match why {
        NoReply::Failed(AskError::Refused { .. }) => "vendor_refused",
        NoReply::Failed(AskError::TooLarge | AskError::Malformed { .. }) => "vendor_unreadable",
        NoReply::Failed(_) | NoReply::NoTime | NoReply::NoVendor | NoReply::AllOpen { .. } => {
            "vendors_down"
        }
    }
}

/// Whether the same question may be answered a little later.
pub(crate) fn worth_another(why: &NoReply) -> bool {
    match why {
        NoReply::Failed(error) => error.counts_for_breaker(),
        NoReply::NoTime => true,
        NoReply::NoVendor | NoReply::AllOpen { .. } => false,
    }
}

/// Gives the turn back for another try. Others who settle in the same shard of the day must not cost the fan a wait until the
/// lease ends.
pub(crate) async fn again(
    desk: &Desk<'_>,
    mut view: View,
    trace: &TraceRow,
    tokens: i64,
) -> Result<(), ReplyError> {
    let now = desk.app.clock.now();
    let ours = view.turn.row.clone();
    let turn = given_back(&ours, now);
    let job = SofiTurn::new(turn.tenant, turn.bot, turn.conversation);
    for _ in 0..RACES {
        let (mut shard, rev) = shard_row(&view, now);
        spend::release(&mut shard, (ours.reserved, ours.reserved_tokens));
        shard.spent += trace.cost;
        shard.tokens += tokens;
        let mut transaction = desk.db.transaction();
        let own = transaction.replace(&turn, view.turn.rev);
        spend::put(&mut transaction, &shard, rev);
        match transaction.commit().await {
            Ok(()) => {
                desk.app.jobs.sofi_later(&job, PAUSE).await?;
                return Ok(());
            }
            // Overtaken: whoever did it has it looked at.
            Err(error) if error.failed(own).is_some() => {
                bill(desk, &view, trace.cost, tokens).await?;
                return Ok(());
            }
            Err(error) if error.is_race() => refresh(desk, &mut view).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

/// A claimed turn that waits again, with nothing set aside.
fn given_back(turn: &TurnRow, now: Timestamp) -> TurnRow {
    TurnRow {
        state: TurnState::Waiting,
        lease_until: Timestamp::default(),
        quiet_until: now.plus(PAUSE),
        due_at: now.plus(Duration::from_secs(60)),
        reserved: 0,
        reserved_tokens: 0,
        ..turn.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::bill::tests::turn;
    use super::*;

    #[test]
    fn a_silence_says_what_it_was() {
        let failed = |error| silent(&NoReply::Failed(error));
        assert_eq!(failed(AskError::Refused { usage: None }), "vendor_refused");
        assert_eq!(failed(AskError::TooLarge), "vendor_unreadable");
        assert_eq!(failed(AskError::Timeout), "vendors_down");
        assert_eq!(silent(&NoReply::NoTime), "vendors_down");
    }

    #[test]
    fn a_turn_that_is_given_back_waits_for_the_next_try_and_not_for_its_lease() {
        let now = Timestamp::from_seconds(1_000);
        let claimed = TurnRow {
            lease_until: now.plus(Duration::from_secs(45)),
            ..turn(TurnState::Generating, 80)
        };
        let waits = given_back(&claimed, now);
        assert_eq!(waits.state, TurnState::Waiting);
        assert_eq!(
            (waits.lease_until, waits.reserved),
            (Timestamp::default(), 0)
        );
        assert_eq!(waits.quiet_until, now.plus(PAUSE));
        assert_eq!(waits.attempts, claimed.attempts, "it counts as a try");
    }

    #[test]
    fn a_refusal_of_the_content_is_not_asked_twice() {
        assert!(!worth_another(&NoReply::NoVendor));
        assert!(!worth_another(&NoReply::Failed(ai::AskError::Refused {
            usage: None
        })));
        assert!(worth_another(&NoReply::Failed(ai::AskError::Timeout)));
    }
}
