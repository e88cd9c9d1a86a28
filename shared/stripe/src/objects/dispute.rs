//! Payments that a bank takes back.

use serde_json::Value;

use super::words;
use crate::read;

words! {
    /// How far a dispute is.
    DisputeStatus {
        /// A warning that waits for an answer: no money has gone yet.
        WarningNeedsResponse = "warning_needs_response",
        /// A warning that was answered.
        WarningUnderReview = "warning_under_review",
        /// A warning that came to nothing.
        WarningClosed = "warning_closed",
        /// The money is gone, and an answer is waited for.
        NeedsResponse = "needs_response",
        /// It was answered.
        UnderReview = "under_review",
        /// The money came back.
        Won = "won",
        /// It stays gone.
        Lost = "lost",
        /// It was headed off.
        Prevented = "prevented",
    }
}

impl DisputeStatus {
    /// Whether nothing more comes of it. A word that nobody knows is no end.
    pub const fn is_settled(&self) -> bool {
        matches!(
            self,
            DisputeStatus::WarningClosed
                | DisputeStatus::Won
                | DisputeStatus::Lost
                | DisputeStatus::Prevented
        )
    }

    /// Whether the money is gone and may come back: what it paid cannot be refunded meanwhile. A warning leaves it where it is.
    pub const fn is_undecided(&self) -> bool {
        matches!(
            self,
            DisputeStatus::NeedsResponse | DisputeStatus::UnderReview | DisputeStatus::Unknown(_)
        )
    }
}

/// A payment that a bank takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// `dp_...` or `du_...`
    pub id: String,
    /// How far it is.
    pub status: DisputeStatus,
    /// How much, in the smallest unit of the payment's currency.
    pub amount: i64,
    /// Who had paid; only where the charge was asked for with it.
    pub customer: Option<String>,
}

impl Dispute {
    /// Reads a dispute of any version.
    pub fn read(value: &Value) -> Option<Self> {
        Some(Dispute {
            id: read::string(value, "/id")?,
            status: read::text(value, "/status")?.into(),
            amount: read::integer(value, "/amount").unwrap_or(0),
            customer: read::id(value, "/charge/customer"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_dispute_leads_to_its_payer_by_its_charge_and_lasts_until_it_is_decided() {
        let read = |charge: Value, status: &str| {
            let value = json!({ "id": "du_1", "charge": charge, "status": status, "amount": 900 });
            Dispute::read(&value).expect("a dispute")
        };
        let whole = read(json!({ "id": "ch_1", "customer": "cus_1" }), "under_review");
        assert_eq!(
            (whole.customer.as_deref(), whole.amount),
            (Some("cus_1"), 900)
        );
        assert_eq!(read(json!("ch_1"), "won").customer, None);
        let settled = |status: &str| read(json!("ch_1"), status).status.is_settled();
        for status in ["won", "lost", "warning_closed", "prevented"] {
            assert!(settled(status), "{status}");
        }
        for status in [
            "needs_response",
            "under_review",
            "warning_needs_response",
            "dreaming",
        ] {
            assert!(!settled(status), "{status}");
        }
    }

    #[test]
    fn only_a_dispute_that_took_the_money_and_may_give_it_back_keeps_it_from_being_refunded() {
        let is_undecided = |status: &str| DisputeStatus::from(status).is_undecided();
        for status in ["needs_response", "under_review", "dreaming"] {
            assert!(is_undecided(status), "{status}");
        }
        for status in [
            "warning_needs_response",
            "warning_under_review",
            "warning_closed",
            "won",
            "lost",
            "prevented",
        ] {
            assert!(!is_undecided(status), "{status}");
        }
    }
}
