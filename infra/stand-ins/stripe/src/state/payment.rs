//! Taking money for an invoice, which succeeds, fails or waits for the person; and retries on the clock.

use serde_json::{Value, json};

use super::{Card, State, id_in};
use crate::{
    problem::Problem,
    random,
    settings::DunningEnd,
    store::{number, text},
};

const DAY: i64 = 86_400;

/// Who tries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A bill that was opened, or a moment of the schedule.
    Schedule,
    /// Somebody who pays.
    Person,
}

impl State {
    /// Tries to collect an open invoice.
    pub(super) fn attempt(&mut self, id: &str) -> Result<(), Problem> {
        self.collect_by(By::Schedule, id)
    }

    /// Somebody tries to pay an open invoice. After the first try this is no part of the schedule.
    pub(super) fn attempt_by_hand(&mut self, id: &str) -> Result<(), Problem> {
        self.collect_by(By::Person, id)
    }

    fn collect_by(&mut self, by: By, id: &str) -> Result<(), Problem> {
        let Some(invoice) = self.store.of("invoice", id).cloned() else {
            return Ok(());
        };
        if number(&invoice, "amount_remaining") == 0 {
            self.settle_invoice(id, None);
            return Ok(());
        }
        match self.card(&id_in(&invoice, "customer")) {
            Some(Card::Works) => {
                let intent = self.charge(&invoice, None);
                self.settle_invoice(id, Some(&intent));
                Ok(())
            }
            other => {
                let code = match other {
                    Some(Card::NeedsAction) => "authentication_required",
                    Some(_) => "insufficient_funds",
                    None => "no_payment_method",
                };
                self.charge(&invoice, Some(code));
                self.unpaid(by, id, other == Some(Card::NeedsAction));
                Err(Problem::declined(code))
            }
        }
    }

    /// Makes the payment intent and the charge of one try; answers the intent.
    fn charge(&mut self, invoice: &Value, failure: Option<&str>) -> String {
        let amount = number(invoice, "amount_remaining");
        let customer = self.store.get(text(invoice, "customer")).cloned();
        let method =
            customer.map(|customer| customer["invoice_settings"]["default_payment_method"].clone());
        let needs_action = failure == Some("authentication_required");
        let fields = json!({
            "amount": amount,
            "amount_received": if failure.is_none() { amount } else { 0 },
            "capture_method": "automatic",
            "currency": invoice["currency"],
            "customer": invoice["customer"],
            "description": "Subscription update",
            "last_payment_error": failure.map(|code| json!({ "type": "card_error", "code": "card_declined", "decline_code": code })),
            "latest_charge": null,
            "metadata": {},
            "payment_method": method,
            "status": match failure {
                None => "succeeded",
                Some(_) if needs_action => "requires_action",
                Some(_) => "requires_payment_method",
            },
        });
        let mut intent = self.make("pi", "payment_intent", fields);
        let intent_id = text(&intent, "id").to_owned();
        if !needs_action {
            let charge = self.make_charge(invoice, &intent, failure);
            intent["latest_charge"] = charge["id"].clone();
        }
        let event = match failure {
            None => "payment_intent.succeeded",
            Some(_) if needs_action => "payment_intent.requires_action",
            Some(_) => "payment_intent.payment_failed",
        };
        self.add(event, intent);
        intent_id
    }

    fn make_charge(&mut self, invoice: &Value, intent: &Value, failure: Option<&str>) -> Value {
        let amount = number(intent, "amount");
        let fields = json!({
            "amount": amount,
            "amount_captured": number(intent, "amount_received"),
            "amount_refunded": 0,
            "billing_details": { "email": invoice["customer_email"], "name": invoice["customer_name"] },
            "captured": failure.is_none(),
            "currency": intent["currency"],
            "customer": intent["customer"],
            "disputed": false,
            "failure_code": failure,
            "metadata": {},
            "paid": failure.is_none(),
            "payment_intent": intent["id"],
            "payment_method": intent["payment_method"],
            "receipt_url": null,
            "refunded": false,
            "status": if failure.is_none() { "succeeded" } else { "failed" },
        });
        let charge = self.make("ch", "charge", fields);
        let event = if failure.is_none() {
            "charge.succeeded"
        } else {
            "charge.failed"
        };
        self.add(event, charge)
    }

    /// The invoice is paid, and its subscription with it.
    pub(super) fn settle_invoice(&mut self, id: &str, intent: Option<&str>) {
        let payment = intent.map(|intent| {
            json!({
                "id": random::id(&mut self.generator, "inpay"),
                "object": "invoice_payment",
                "amount_paid": self.store.field(intent, "amount"),
                "created": self.now,
                "invoice": id,
                "is_default": true,
                "payment": { "type": "payment_intent", "payment_intent": intent },
                "status": "paid",
            })
        });
        let now = self.now;
        let paid = self.amend(id, "invoice.paid", |invoice| {
            invoice["amount_paid"] = invoice["amount_due"].clone();
            invoice["amount_remaining"] = json!(0);
            invoice["attempted"] = json!(true);
            if payment.is_some() {
                invoice["attempt_count"] = json!(number(invoice, "attempt_count") + 1);
            }
            invoice["next_payment_attempt"] = Value::Null;
            invoice["status"] = json!("paid");
            invoice["status_transitions"]["paid_at"] = json!(now);
            if let Some(payment) = payment {
                invoice["payments"]["data"] = json!([payment]);
                invoice["payments"]["total_count"] = json!(1);
            }
        });
        self.emit("invoice.payment_succeeded", &paid);
        let subscription = self.subscription_of(id);
        let status = self.store.field(&subscription, "status");
        if ["incomplete", "past_due", "unpaid"].contains(&status.as_str().unwrap_or_default())
            && !self.has_open_invoice(&subscription)
        {
            self.set_status(&subscription, "active");
        }
        self.set_delinquent(&id_in(&paid, "customer"), false);
    }

    fn has_open_invoice(&self, subscription: &str) -> bool {
        let mut invoices = self.store.all("invoice");
        invoices.any(|invoice| {
            invoice["status"] == "open"
                && invoice["parent"]["subscription_details"]["subscription"] == subscription
        })
    }

    pub(super) fn set_status(&mut self, subscription: &str, status: &str) {
        self.amend(subscription, "customer.subscription.updated", |it| {
            it["status"] = json!(status);
        });
    }

    fn set_delinquent(&mut self, customer: &str, is_delinquent: bool) {
        self.amend(customer, "customer.updated", |customer| {
            if customer["deleted"] != true {
                customer["delinquent"] = json!(is_delinquent);
            }
        });
    }

    /// A try failed: the next one is planned, or what comes after the last. One of a person's own changes neither.
    fn unpaid(&mut self, by: By, id: &str, needs_action: bool) {
        let tried = number(self.store.get(id).unwrap_or(&Value::Null), "attempt_count");
        if by == By::Person && tried > 0 {
            let failed = self.store.get(id).cloned().unwrap_or_default();
            self.emit("invoice.payment_failed", &failed);
            if needs_action {
                self.emit("invoice.payment_action_required", &failed);
            }
            return;
        }
        let subscription = self.subscription_of(id);
        let status = self.store.field(&subscription, "status");
        let is_first = status == "incomplete";
        let days = usize::try_from(tried)
            .ok()
            .and_then(|tried| self.settings.dunning_days.get(tried).copied());
        // A first payment is the person's to make; Stripe retries renewals only.
        let next = days
            .filter(|_| !is_first && status != "canceled")
            .map(|days| self.now + days * DAY);
        let event = "invoice.payment_failed";
        let failed = self.amend(id, event, |invoice| {
            invoice["attempt_count"] = json!(tried + 1);
            invoice["attempted"] = json!(true);
            invoice["next_payment_attempt"] = json!(next);
        });
        if needs_action {
            self.emit("invoice.payment_action_required", &failed);
        }
        self.set_delinquent(&id_in(&failed, "customer"), true);
        match (status.as_str(), next) {
            (Some("incomplete" | "canceled"), _) => {}
            (_, Some(_)) => self.set_status(&subscription, "past_due"),
            (_, None) => self.end_dunning(&subscription),
        }
    }

    fn end_dunning(&mut self, subscription: &str) {
        match self.settings.dunning_end {
            DunningEnd::Cancel => self.end_subscription(subscription, "payment_failed"),
            DunningEnd::Unpaid => self.set_status(subscription, "unpaid"),
            DunningEnd::PastDue => self.set_status(subscription, "past_due"),
        }
    }

    /// The payment intent of a paid invoice, for refunds.
    pub(super) fn intent_of(&self, invoice: &str) -> String {
        let invoice = self.store.get(invoice).cloned().unwrap_or_default();
        super::entries(&invoice, "payments")
            .first()
            .map(|payment| id_in(&payment["payment"], "payment_intent"))
            .unwrap_or_default()
    }
}
