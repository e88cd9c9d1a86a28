//! What is used of what a plan lets have.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Entitlements;

/// Something that is counted against a plan.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Meter {
    /// Bots that are connected.
    Bots,
    /// Members.
    Seats,
    /// Fans.
    Fans,
    /// Messages that Sofi wrote in this month.
    AiMessages,
}

/// A mark that was reached.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Four fifths are used.
    Near,
    /// Nothing is left.
    Full,
}

/// What is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Bots that are connected.
    pub bots: u64,
    /// Members.
    pub seats: u64,
    /// Fans.
    pub fans: u64,
    /// Messages that Sofi wrote in this month.
    pub ai_messages: u64,
}

impl Meter {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Bots, Self::Seats, Self::Fans, Self::AiMessages];

    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bots => "bots",
            Self::Seats => "seats",
            Self::Fans => "fans",
            Self::AiMessages => "ai_messages",
        }
    }
}

impl Usage {
    /// What one meter shows.
    pub const fn of(&self, meter: Meter) -> u64 {
        match meter {
            Meter::Bots => self.bots,
            Meter::Seats => self.seats,
            Meter::Fans => self.fans,
            Meter::AiMessages => self.ai_messages,
        }
    }

    /// The meters that have reached a mark, and which.
    pub fn marks(&self, entitlements: &Entitlements) -> Vec<(Meter, Mark)> {
        let reached = |meter| Some((meter, mark(self.of(meter), entitlements.of(meter))?));
        Meter::ALL.into_iter().filter_map(reached).collect()
    }
}

impl Entitlements {
    /// What one meter may show.
    pub const fn of(&self, meter: Meter) -> u64 {
        match meter {
            Meter::Bots => self.bots,
            Meter::Seats => self.seats,
            Meter::Fans => self.fans,
            Meter::AiMessages => self.ai_messages,
        }
    }
}

/// The highest mark that is reached. Where nothing is allowed, nothing is left.
pub fn mark(used: u64, allowed: u64) -> Option<Mark> {
    if used >= allowed {
        return Some(Mark::Full);
    }
    // Wide enough for every number: the product of two cannot overflow.
    let is_near = u128::from(used) * 100 >= u128::from(allowed) * 80;
    is_near.then_some(Mark::Near)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_marks_are_at_four_fifths_and_at_the_whole() {
        for (used, allowed, expected) in [
            (0, 5, None),
            (3, 5, None),
            (4, 5, Some(Mark::Near)),
            (5, 5, Some(Mark::Full)),
            (9, 5, Some(Mark::Full)),
            (79, 100, None),
            (80, 100, Some(Mark::Near)),
            (0, 0, Some(Mark::Full)),
            (u64::MAX - 1, u64::MAX, Some(Mark::Near)),
        ] {
            assert_eq!(mark(used, allowed), expected, "{used} of {allowed}");
        }
    }

    #[test]
    fn each_meter_is_held_against_its_own_entitlement() {
        let allowed = Entitlements {
            bots: 10,
            seats: 10,
            fans: 10,
            ai_messages: 10,
        };
        let used = Usage {
            bots: 1,
            seats: 8,
            fans: 10,
            ai_messages: 7,
        };
        let marks = [(Meter::Seats, Mark::Near), (Meter::Fans, Mark::Full)];
        assert_eq!(used.marks(&allowed), marks);
    }

    proptest! {
        #[test]
        fn using_more_never_takes_a_mark_back(used: u64, more: u64, allowed: u64) {
            prop_assert!(mark(used.saturating_add(more), allowed) >= mark(used, allowed));
        }
    }
}
