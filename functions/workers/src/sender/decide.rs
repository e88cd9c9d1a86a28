//! What follows from the end of a call, and from a look at the outbox: pure.

use domain::Timestamp;
use domain::message::Reachability;
use store::Found;
use store::row::OutboxRow;
use telegram::Consequence;

/// Tries of a message that surely did not arrive, before it is shown as failed.
const MOST_TRIES: u32 = 6;
/// Tries after an explicit server error.
const TRIES_AFTER_SERVER_ERROR: u32 = 2;

/// What to do with a message and with its bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Not accepted: back into the queue; no call for this bot before so many seconds have passed.
    Requeue {
        /// Seconds.
        wait: i64,
        /// Whether Telegram named the wait: then it was no try of the message.
        blocked: bool,
    },
    /// Refused for good.
    Failed {
        /// A stable code for people and programs.
        code: &'static str,
        /// What it says about the fan, if anything.
        reachability: Option<Reachability>,
    },
    /// May have arrived.
    Unknown,
    /// The token is dead: back into the queue, and the bot is suspended.
    Suspend,
}

/// Decides after try number `attempt` (the first is 1).
pub(crate) fn verdict(consequence: Consequence, attempt: u32) -> Verdict {
    let failed = |code, reachability| Verdict::Failed { code, reachability };
    match consequence {
        Consequence::Retry if attempt >= MOST_TRIES => failed("telegram_unreachable", None),
        Consequence::Retry => Verdict::Requeue {
            wait: 1 << attempt.min(6),
            blocked: false,
        },
        Consequence::RetryAfter(seconds) => Verdict::Requeue {
            wait: seconds,
            blocked: true,
        },
        Consequence::RetryOnce if attempt >= TRIES_AFTER_SERVER_ERROR => Verdict::Unknown,
        Consequence::RetryOnce => Verdict::Requeue {
            wait: 2,
            blocked: false,
        },
        Consequence::Blocked => failed("blocked_by_fan", Some(Reachability::Blocked)),
        Consequence::Deactivated => failed("account_deleted", Some(Reachability::Deactivated)),
        Consequence::NeverStarted => failed("never_started", Some(Reachability::Blocked)),
        Consequence::ChatGone => failed("chat_not_found", Some(Reachability::ChatGone)),
        Consequence::ConnectionEnded => failed("business_not_connected", None),
        Consequence::WindowClosed => failed("business_chat_closed", None),
        Consequence::Migrate(_) => failed("chat_moved", Some(Reachability::ChatGone)),
        Consequence::TokenDead => Verdict::Suspend,
        Consequence::NotModified | Consequence::TooLate | Consequence::BadRequest => {
            failed("refused_by_telegram", None)
        }
        Consequence::Unknown => Verdict::Unknown,
    }
}

/// The lane to look at next where a full page holds only what is for later: rows stand by lane, then by moment.
pub(super) fn behind_later(rows: &[Found<OutboxRow>], page: usize, now: Timestamp) -> Option<u8> {
    let only_later = rows.iter().all(|found| found.row.queued_at > now);
    let last = rows.last().filter(|_| rows.len() == page && only_later)?;
    Some(last.row.lane.digit() + 1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::ids::{BotId, ConversationId, MessageId, TenantId};
    use domain::message::{Author, Lane};

    use super::*;

    #[test]
    fn a_429_blocks_the_bot_for_exactly_the_named_time() {
        assert_eq!(
            verdict(Consequence::RetryAfter(35), 9),
            Verdict::Requeue {
                wait: 35,
                blocked: true
            }
        );
    }

    #[test]
    fn what_may_have_arrived_is_never_queued_again() {
        for attempt in 1..10 {
            assert_eq!(verdict(Consequence::Unknown, attempt), Verdict::Unknown);
        }
    }

    #[test]
    fn an_explicit_server_error_is_tried_once_more() {
        assert!(matches!(
            verdict(Consequence::RetryOnce, 1),
            Verdict::Requeue { .. }
        ));
        assert_eq!(verdict(Consequence::RetryOnce, 2), Verdict::Unknown);
    }

    #[test]
    fn a_message_that_cannot_leave_fails_visibly_in_the_end() {
        assert!(matches!(
            verdict(Consequence::Retry, 1),
            Verdict::Requeue {
                wait: 2,
                blocked: false
            }
        ));
        assert!(matches!(
            verdict(Consequence::Retry, MOST_TRIES),
            Verdict::Failed {
                code: "telegram_unreachable",
                ..
            }
        ));
    }

    #[test]
    fn a_dead_token_keeps_the_message_and_stops_the_bot() {
        assert_eq!(verdict(Consequence::TokenDead, 1), Verdict::Suspend);
    }

    const NOW: Timestamp = Timestamp::from_seconds(1_000);
    const PAGE: usize = 10;

    fn page(rows: usize, lane: Lane, at: Timestamp) -> Vec<Found<OutboxRow>> {
        let to = (
            TenantId::from_bytes([1; 16]),
            BotId::from_bytes([2; 16]),
            ConversationId::from_bytes([3; 16]),
        );
        let id = MessageId::from_bytes([4; 16]);
        let row = OutboxRow::queued(id, to, (lane, Author::Automation), at);
        vec![Found { row, rev: 1 }; rows]
    }

    #[test]
    fn what_is_for_later_hides_nothing_that_is_due() {
        let later = NOW.plus(Duration::from_secs(1));
        let full = page(PAGE, Lane::Ai, later);
        assert_eq!(behind_later(&full, PAGE, NOW), Some(Lane::Sequence.digit()));
        assert_eq!(behind_later(&full, PAGE, later), None, "it is due");
        let rest = page(PAGE - 1, Lane::Ai, later);
        assert_eq!(behind_later(&rest, PAGE, NOW), None, "there is no more");
        let mut mixed = page(1, Lane::Ai, NOW);
        mixed.extend(page(PAGE - 1, Lane::Ai, later));
        assert_eq!(
            behind_later(&mixed, PAGE, NOW),
            None,
            "the due one goes first"
        );
        assert_eq!(behind_later(&[], PAGE, NOW), None);
    }
}
