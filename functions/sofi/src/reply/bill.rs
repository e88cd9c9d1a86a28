//! What a vendor billed for a turn that somebody else has changed or ended meanwhile.

use store::row::{SpendRow, TraceRow, TurnRow, TurnState};
use store::{Found, StoreError, keys};

use super::ReplyError;
use super::load::View;
use super::turn::Desk;
use crate::spend;

const RACES: usize = 8;

/// What became of the turn, and with it of what had been set aside for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// It waits again and still holds it.
    Held,
    /// `inbound` ended it and noted what was left set aside.
    Noted,
    /// Somebody claimed it since then; that claim took ours for spent.
    TakenForSpent,
    /// Somebody ended it without a vendor, and gave back what was set aside.
    GivenBack,
    /// Its fan was erased, and its trace with them: what was set aside still is.
    Erased,
}

/// `turn` and `trace` as they are now; `reserved` was set aside by us.
fn left(turn: Option<&TurnRow>, trace: Option<&TraceRow>, reserved: i64) -> Left {
    match (turn, trace) {
        (Some(turn), _) if turn.state == TurnState::Waiting && turn.reserved == reserved => {
            Left::Held
        }
        (Some(_), _) => Left::TakenForSpent,
        (None, Some(trace)) if trace.set_aside > 0 => Left::Noted,
        (None, Some(trace)) if trace.asked.is_empty() => Left::GivenBack,
        (None, Some(_)) => Left::TakenForSpent,
        (None, None) => Left::Erased,
    }
}

/// The day's sum after it: exactly what was billed has been spent, and nothing stays set aside for it. Cost and tokens.
fn settled(
    mut row: SpendRow,
    left: Left,
    reserved: (i64, i64),
    (cost, tokens): (i64, i64),
) -> SpendRow {
    row.spent += cost;
    row.tokens += tokens;
    match left {
        Left::TakenForSpent => {
            row.spent -= reserved.0;
            row.tokens -= reserved.1;
        }
        Left::Held | Left::Noted | Left::Erased => spend::release(&mut row, reserved),
        Left::GivenBack => {}
    }
    row
}

/// Counts what was billed, once.
pub(crate) async fn bill(
    desk: &Desk<'_>,
    view: &View,
    cost: i64,
    tokens: i64,
) -> Result<(), ReplyError> {
    let (ours, now) = (&view.turn.row, desk.app.clock.now());
    let shard = keys::shard(ours.conversation.to_bytes());
    let day = spend::day(now);
    for _ in 0..RACES {
        let mut read = desk.db.read_many();
        let turn = read.find::<TurnRow>(&keys::turn(ours.conversation));
        let trace = read.find::<TraceRow>(&keys::trace(ours.conversation, ours.id));
        let sum = read.find::<SpendRow>(&keys::spend(day, shard));
        let answers = read.send().await?;
        let mut turn: Option<Found<TurnRow>> = answers.get(turn)?;
        // Another turn of this conversation is none of ours.
        turn = turn.filter(|found| found.row.id == ours.id);
        let trace: Option<Found<TraceRow>> = answers.get(trace)?;
        let (row, rev) = spend::opened(answers.get(sum)?.as_ref(), day, shard, now);
        let left = left(
            turn.as_ref().map(|found| &found.row),
            trace.as_ref().map(|found| &found.row),
            ours.reserved,
        );
        let reserved = (ours.reserved, ours.reserved_tokens);
        let row = settled(row, left, reserved, (cost, tokens));
        let mut transaction = desk.db.transaction();
        spend::put(&mut transaction, &row, rev);
        match (left, turn, trace) {
            (Left::Held, Some(mut turn), _) => {
                (turn.row.reserved, turn.row.reserved_tokens) = (0, 0);
                transaction.replace(&turn.row, turn.rev);
            }
            (Left::Noted, _, Some(mut trace)) => {
                trace.row.set_aside = 0;
                transaction.replace(&trace.row, trace.rev);
            }
            _ => {}
        }
        match transaction.commit().await {
            Ok(()) => return Ok(()),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{BotId, ConversationId, MessageId, TenantId};
    use domain::sofi::TurnEnd;

    pub(in crate::reply) fn turn(state: TurnState, reserved: i64) -> TurnRow {
        TurnRow {
            id: MessageId::from_bytes([1; 16]),
            tenant: TenantId::from_bytes([2; 16]),
            bot: BotId::from_bytes([3; 16]),
            conversation: ConversationId::from_bytes([4; 16]),
            newest: 7,
            began_at: Timestamp::default(),
            quiet_until: Timestamp::default(),
            state,
            lease_until: Timestamp::default(),
            attempts: 1,
            reserved,
            reserved_tokens: 0,
            due_at: Timestamp::default(),
        }
    }

    fn trace(set_aside: i64, asked: &[&str]) -> TraceRow {
        let ended = TraceRow::ended(
            &turn(TurnState::Waiting, set_aside),
            TurnEnd::HandedOver,
            "care",
            Timestamp::default(),
        );
        TraceRow {
            set_aside,
            asked: asked.iter().map(|&name| name.to_owned()).collect(),
            ..ended
        }
    }

    #[test]
    fn whatever_became_of_the_turn_the_day_counts_what_was_billed() {
        let waiting = turn(TurnState::Waiting, 100);
        let claimed = turn(TurnState::Generating, 80);
        let (noted, silent, replied) = (trace(100, &[]), trace(0, &[]), trace(0, &["xai:ok"]));
        // What the day holds before: (spent, set aside) as each way leaves it. Tokens go the same ways, in tenths.
        let cases = [
            (left(Some(&waiting), None, 100), (0, 100), (30, 0)),
            (left(None, Some(&noted), 100), (0, 100), (30, 0)),
            (left(Some(&claimed), None, 100), (100, 80), (30, 80)),
            (left(None, Some(&replied), 100), (150, 0), (80, 0)),
            (left(None, Some(&silent), 100), (0, 0), (30, 0)),
            (left(None, None, 100), (0, 100), (30, 0)),
        ];
        for (left, (spent, reserved), after) in cases {
            let row = SpendRow {
                spent,
                reserved,
                tokens: spent / 10,
                reserved_tokens: reserved / 10,
                ..spend::empty(1, 0, Timestamp::default())
            };
            let row = settled(row, left, (100, 10), (30, 3));
            assert_eq!((row.spent, row.reserved), after, "{left:?}");
            let tenths = (row.tokens * 10, row.reserved_tokens * 10);
            assert_eq!(tenths, after, "{left:?}");
        }
    }
}
