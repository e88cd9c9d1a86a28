//! What goes back into the queue: a message that Telegram surely did not take, or all of a bot whose token it no longer takes.

use std::time::Duration;

use domain::Timestamp;
use store::row::{BotRow, BotState, OutboxRow, OutboxState, SenderRow};
use store::{Found, StoreError, keys};

use super::{MOST_RACES, told};
use crate::sender::SenderError;
use crate::sender::turn::Turn;

/// When `tick` rings for what could not be tried. It looks at a moment only once.
const AGAIN: Duration = Duration::from_secs(60);

/// Puts a message back that Telegram surely did not take; with the same breath the bot falls silent, where it has to: a sender
/// that dies leaves neither without the other. `untried`: what came of the call says nothing about the message.
pub(in crate::sender) async fn requeue(
    turn: &Turn<'_>,
    found: Found<OutboxRow>,
    silent: Option<&SenderRow>,
    untried: bool,
) -> Result<(), SenderError> {
    let mut transaction = turn.db.transaction();
    let own = transaction.replace(&waiting(found.row, untried), found.rev);
    if let Some(silent) = silent {
        transaction.put_any(silent);
    }
    match (transaction.commit().await, silent) {
        // Its fan was erased meanwhile: what Telegram has said of the bot still holds.
        (Err(error), Some(silent)) if error.failed(own).is_some() => {
            fall_silent(turn, silent).await
        }
        (Err(error), None) if error.failed(own).is_some() => Ok(()),
        (outcome, _) => Ok(outcome?),
    }
}

/// Writes down until when a bot makes no call.
pub(in crate::sender) async fn fall_silent(
    turn: &Turn<'_>,
    silent: &SenderRow,
) -> Result<(), SenderError> {
    let mut transaction = turn.db.transaction();
    transaction.put_any(silent);
    Ok(transaction.commit().await?)
}

/// Has `tick` ring once more for a message that could not be tried for now.
pub(in crate::sender) async fn defer(
    turn: &Turn<'_>,
    found: Found<OutboxRow>,
) -> Result<(), SenderError> {
    let mut transaction = turn.db.transaction();
    transaction.replace(&deferred(found.row, turn.now()), found.rev);
    match transaction.commit().await {
        Err(error) if !error.is_race() => Err(error.into()),
        // Who was faster has taken it back.
        _ => Ok(()),
    }
}

fn deferred(row: OutboxRow, now: Timestamp) -> OutboxRow {
    OutboxRow {
        due_at: Some(now.plus(AGAIN)),
        ..row
    }
}

/// The row as it waits again.
fn waiting(row: OutboxRow, untried: bool) -> OutboxRow {
    OutboxRow {
        state: OutboxState::Queued,
        attempts: row.attempts.saturating_sub(u32::from(untried)),
        ..row
    }
}

/// Stops a bot whose token Telegram no longer takes, as it was when the message was sent; a new token starts it again. The message
/// waits for that. In the transaction that stops it stand the mails to the owners: of all senders that meet the refusal one stops
/// the bot, and where that one dies before it asks for the mails, `tick` does.
pub(in crate::sender) async fn suspend(
    turn: &Turn<'_>,
    row: Found<OutboxRow>,
    refused: &BotRow,
) -> Result<(), SenderError> {
    requeue(turn, row, None, true).await?;
    let mut written = None;
    for _ in 0..MOST_RACES {
        let Some(found) = turn.db.find::<BotRow>(&keys::bot(turn.bot)).await? else {
            return Ok(());
        };
        // Whoever has written another token meanwhile has rung for the message.
        let Some(row) = suspended(&found.row, refused) else {
            return Ok(());
        };
        let mails = match written.take() {
            Some(mails) => mails,
            None => Box::pin(told::mails(turn, &row)).await?,
        };
        let mut transaction = turn.db.transaction();
        transaction.replace(&row, found.rev);
        for mail in &mails {
            mail.add_to(&mut transaction);
        }
        match transaction.commit().await {
            Ok(()) => {
                told::ask_for(turn, mails).await;
                return Ok(());
            }
            Err(error) if error.is_race() => written = Some(mails),
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Contention.into())
}

/// The bot at rest, if the token that was refused is still the one that it has.
fn suspended(bot: &BotRow, refused: &BotRow) -> Option<BotRow> {
    let is_the_same = bot.state == BotState::Connected && bot.token == refused.token;
    is_the_same.then(|| BotRow {
        state: BotState::TokenDead,
        ..bot.clone()
    })
}

#[cfg(test)]
mod tests {
    use domain::Sealed;
    use domain::ids::{BotId, HookId, UserId};

    use super::super::tests::{QUEUED, reply};
    use super::*;

    #[test]
    fn a_message_that_telegrams_limit_held_back_has_all_its_tries_left() {
        let sending = OutboxRow {
            state: OutboxState::Sending,
            attempts: 1,
            ..reply()
        };
        let (limited, failed) = (waiting(sending.clone(), true), waiting(sending, false));
        assert_eq!((limited.state, limited.attempts), (OutboxState::Queued, 0));
        assert_eq!((failed.state, failed.attempts), (OutboxState::Queued, 1));
    }

    #[test]
    fn what_could_not_be_tried_is_due_anew_however_long_it_has_waited() {
        let now = QUEUED.plus(AGAIN * 100);
        let row = deferred(reply(), now);
        assert_eq!(row.due_at, Some(now.plus(AGAIN)));
        assert_eq!((row.queued_at, row.state), (QUEUED, OutboxState::Queued));
    }

    fn bot(state: BotState, token: u8) -> BotRow {
        BotRow {
            id: BotId::from_bytes([3; 16]),
            telegram_id: 1_234_567_890,
            username: "example_bot".into(),
            name: "Example".into(),
            token: Some(Sealed::from_bytes(vec![token])),
            token_last4: "xamp".into(),
            hook: HookId::from_bytes([4; 16]),
            state,
            connected_by: UserId::from_bytes([5; 16]),
            connected_at: Timestamp::from_seconds(50),
            disconnected_at: None,
            alerts: Vec::new(),
        }
    }

    #[test]
    fn a_bot_whose_token_was_replaced_while_the_former_one_was_refused_goes_on() {
        let refused = bot(BotState::Connected, 1);
        let stopped = suspended(&refused, &refused).map(|row| row.state);
        assert_eq!(stopped, Some(BotState::TokenDead));
        let rotated = bot(BotState::Connected, 2);
        assert!(suspended(&rotated, &refused).is_none());
        for state in [
            BotState::TokenDead,
            BotState::Disconnected,
            BotState::Stopped,
        ] {
            assert!(suspended(&bot(state, 1), &refused).is_none(), "{state:?}");
        }
    }
}
