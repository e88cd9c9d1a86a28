//! Money that goes back: refunds and disputes.

use serde_json::{Value, json};

use super::{State, id_in};
use crate::{
    form::Params,
    problem::Problem,
    store::{number, text},
};

impl State {
    pub(crate) fn create_refund(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&["charge", "payment_intent", "amount", "reason", "metadata"])?;
        let charge_id = match (params.text("charge"), params.text("payment_intent")) {
            (Some(id), _) => id.to_owned(),
            (None, Some(intent)) => {
                let intent = self.find_at("payment_intent", intent, "payment_intent")?;
                id_in(&intent, "latest_charge")
            }
            (None, None) => return Err(Problem::missing("charge")),
        };
        let charge = self.find_at("charge", &charge_id, "charge")?;
        if self.is_charged_back(&charge_id) {
            let message =
                format!("Charge {charge_id} has been charged back; cannot issue a refund.");
            return Err(Problem::invalid(message).coded("charge_disputed"));
        }
        let left = number(&charge, "amount_captured") - number(&charge, "amount_refunded");
        let amount = params.integer("amount")?.unwrap_or(left);
        if left == 0 {
            let message = format!("Charge {charge_id} has already been refunded.");
            return Err(Problem::invalid(message).coded("charge_already_refunded"));
        }
        if !(1..=left).contains(&amount) {
            let message = format!(
                "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
            );
            return Err(Problem::invalid(message).at("amount"));
        }
        let fields = json!({
            "amount": amount,
            "charge": charge_id,
            "currency": charge["currency"],
            "metadata": params.metadata("metadata"),
            "payment_intent": charge["payment_intent"],
            "reason": params.text("reason"),
            "status": "succeeded",
        });
        let refund = self.make("re", "refund", fields);
        let refund = self.add("refund.created", refund);
        self.amend(&charge_id, "charge.refunded", |charge| {
            let refunded = number(charge, "amount_refunded") + amount;
            charge["amount_refunded"] = json!(refunded);
            charge["refunded"] = json!(refunded == number(charge, "amount"));
        });
        Ok(refund)
    }

    /// Whether a bank has taken the money of a charge, or is about to: not while it only asks, and not once it was won.
    fn is_charged_back(&self, charge: &str) -> bool {
        let mut disputes = self.store.all("dispute");
        disputes.any(|dispute| {
            let holds = ["needs_response", "under_review", "lost"];
            dispute["charge"] == charge && holds.contains(&text(dispute, "status"))
        })
    }

    /// The bank takes a charge back, as no call can ask for.
    pub(crate) fn dispute(&mut self, charge: &str, reason: &str) -> Result<Value, Problem> {
        let found = self.find_at("charge", charge, "charge")?;
        if found["disputed"] == true || found["paid"] != true {
            return Err(Problem::invalid("This charge cannot be disputed.").at("charge"));
        }
        self.store
            .change(charge, |charge| charge["disputed"] = json!(true));
        let fields = json!({
            "amount": found["amount"],
            "charge": charge,
            "currency": found["currency"],
            "evidence": {},
            "evidence_details": { "due_by": self.now + 9 * 86_400, "has_evidence": false, "past_due": false, "submission_count": 0 },
            "is_charge_refundable": false,
            "metadata": {},
            "payment_intent": found["payment_intent"],
            "reason": reason,
            "status": "needs_response",
        });
        let dispute = self.make("dp", "dispute", fields);
        let dispute = self.add("charge.dispute.created", dispute);
        self.emit("charge.dispute.funds_withdrawn", &dispute);
        Ok(dispute)
    }

    pub(crate) fn update_dispute(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&["evidence", "submit", "metadata"])?;
        self.open_dispute(id)?;
        let submits = params.flag("submit")? != Some(false);
        Ok(self.amend(id, "charge.dispute.updated", |dispute| {
            if let Some(evidence) = params.at("evidence") {
                dispute["evidence"] = evidence.clone();
                dispute["evidence_details"]["has_evidence"] = json!(true);
                if submits {
                    dispute["status"] = json!("under_review");
                }
            }
            params.merge_metadata("metadata", &mut dispute["metadata"]);
        }))
    }

    /// The bank decides; a caller who closes gives up.
    pub(crate) fn close_dispute(&mut self, id: &str, is_won: bool) -> Result<Value, Problem> {
        self.open_dispute(id)?;
        let status = if is_won { "won" } else { "lost" };
        let closed = self.amend(id, "charge.dispute.closed", |dispute| {
            dispute["status"] = json!(status);
        });
        if is_won {
            self.emit("charge.dispute.funds_reinstated", &closed);
        }
        Ok(closed)
    }

    fn open_dispute(&self, id: &str) -> Result<(), Problem> {
        let dispute = self.find("dispute", id)?;
        if ["won", "lost"].contains(&text(&dispute, "status")) {
            return Err(Problem::invalid("This dispute is already closed."));
        }
        Ok(())
    }
}
