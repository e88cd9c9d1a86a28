//! The reasons for which a person takes over.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Why a message calls for a person. The graver reason is the greater one: [`Care::SelfHarm`] is above all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Care {
    /// Thoughts of suicide, plans of it, or hurting oneself; also of someone close.
    SelfHarm,
    /// Danger through others: violence, abuse, blackmail; or a medical emergency.
    Crisis,
    /// The fan says that they are under 18.
    Minor,
    /// Someone died.
    Grief,
    /// Debts, a lost job or home, hunger, gambling, or money spent that was needed.
    MoneyTrouble,
    /// Money wanted back, a chargeback, a charge of fraud.
    RefundDispute,
}

impl Care {
    /// Every reason, the gravest first.
    pub const ALL: [Care; 6] = [
        Care::SelfHarm,
        Care::Crisis,
        Care::Minor,
        Care::Grief,
        Care::MoneyTrouble,
        Care::RefundDispute,
    ];

    /// Its name in documents and events, equal to what serde writes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Care::SelfHarm => "self_harm",
            Care::Crisis => "crisis",
            Care::Minor => "minor",
            Care::Grief => "grief",
            Care::MoneyTrouble => "money_trouble",
            Care::RefundDispute => "refund_dispute",
        }
    }
}

impl Ord for Care {
    fn cmp(&self, other: &Self) -> Ordering {
        // Declared from the gravest down.
        (*other as u8).cmp(&(*self as u8))
    }
}

impl PartialOrd for Care {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Care;

    #[test]
    fn the_graver_reason_is_greater() {
        assert!(Care::ALL.windows(2).all(|pair| pair[0] > pair[1]));
        assert_eq!(Care::ALL.iter().max(), Some(&Care::SelfHarm));
    }

    #[test]
    fn a_reason_is_stored_under_its_name() {
        for care in Care::ALL {
            let stored = serde_json::to_string(&care).expect("a plain enum is written");
            assert_eq!(stored, format!("\"{}\"", care.name()));
            let read: Care = serde_json::from_str(&stored).expect("what was written is read");
            assert_eq!(read, care);
        }
    }
}
