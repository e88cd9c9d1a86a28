//! Words about messages that the store, the API and the workers share.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The fan.
    Fan,
    /// A person of the creator's team.
    Person,
    /// Sofi.
    Ai,
    /// A rule: a command's answer, a sequence.
    Automation,
    /// A broadcast.
    Broadcast,
}

/// Where an outgoing message stands. Messages of a fan are `received`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Came from the fan.
    Received,
    /// Waits for its turn.
    Queued,
    /// The call to Telegram is under way.
    Sending,
    /// Telegram accepted it.
    Sent,
    /// Telegram refused it; `failure` says why.
    Failed,
    /// Telegram may or may not have it: the answer was lost. Never sent again by itself.
    Unknown,
}

/// The order in which a bot's budget is spent. The stored form sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// A person's answer, and answers to a fan's commands.
    Person,
    /// Payments.
    Payment,
    /// Sofi's replies.
    Ai,
    /// Steps of a sequence.
    Sequence,
    /// Broadcasts.
    Broadcast,
}

impl Lane {
    /// The digit that sorts outbox rows.
    pub const fn digit(self) -> u8 {
        match self {
            Lane::Person => 0,
            Lane::Payment => 1,
            Lane::Ai => 2,
            Lane::Sequence => 3,
            Lane::Broadcast => 4,
        }
    }
}

/// Whether the bot may write to a fan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reachability {
    /// Yes.
    #[default]
    Reachable,
    /// The fan blocked the bot; ends when the fan returns.
    Blocked,
    /// The fan's Telegram account is gone. Final.
    Deactivated,
    /// Telegram knows no such chat. Final.
    ChatGone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_sort_persons_before_broadcasts() {
        let digits: Vec<_> = [
            Lane::Person,
            Lane::Payment,
            Lane::Ai,
            Lane::Sequence,
            Lane::Broadcast,
        ]
        .map(Lane::digit)
        .to_vec();
        assert!(digits.is_sorted());
    }
}
