//! Invoices from draft to paid, void or given up.

use serde_json::{Value, json};

use super::{State, entries, id_in, inner_list};
use crate::{
    form::Params,
    problem::Problem,
    store::{number, text},
};

impl State {
    /// A draft of these lines, with what waited for the next invoice.
    pub(super) fn draft(
        &mut self,
        subscription: &Value,
        reason: &str,
        lines: Vec<Value>,
    ) -> String {
        let id = text(subscription, "id").to_owned();
        let mut all = self.pending.remove(&id).unwrap_or_default();
        all.extend(lines);
        let fields = self.invoice_fields(subscription, reason, &all);
        let mut invoice = self.make("in", "invoice", fields);
        let invoice_id = text(&invoice, "id").to_owned();
        for line in &mut all {
            line["invoice"] = json!(invoice_id);
        }
        invoice["lines"] = inner_list(&format!("/v1/invoices/{invoice_id}/lines"), all);
        self.add("invoice.created", invoice);
        self.store.change(&id, |subscription| {
            subscription["latest_invoice"] = json!(invoice_id);
        });
        invoice_id
    }

    fn invoice_fields(&self, subscription: &Value, reason: &str, lines: &[Value]) -> Value {
        let total: i64 = lines.iter().map(|line| number(line, "amount")).sum();
        let customer_id = text(subscription, "customer");
        let customer = self.store.get(customer_id).cloned().unwrap_or_default();
        let balance = number(&customer, "balance");
        let due = (total + balance).max(0);
        let item = entries(subscription, "items").first();
        let period = |name| item.map_or(self.now, |item| number(item, name));
        json!({
            "account_country": "DE",
            "amount_due": due,
            "amount_overpaid": 0,
            "amount_paid": 0,
            "amount_remaining": due,
            "amount_shipping": 0,
            "attempt_count": 0,
            "attempted": false,
            "auto_advance": true,
            "automatic_tax": subscription["automatic_tax"],
            "automatically_finalizes_at": null,
            "billing_reason": reason,
            "collection_method": "charge_automatically",
            "currency": subscription["currency"],
            "customer": customer_id,
            "customer_email": customer["email"],
            "customer_name": customer["name"],
            "default_payment_method": null,
            "description": null,
            "due_date": null,
            "ending_balance": null,
            "hosted_invoice_url": null,
            "invoice_pdf": null,
            "metadata": {},
            "next_payment_attempt": null,
            "number": null,
            "parent": {
                "type": "subscription_details",
                "subscription_details": { "metadata": subscription["metadata"], "subscription": subscription["id"] },
            },
            "payments": inner_list("/v1/invoice_payments", Vec::new()),
            "period_end": period("current_period_start"),
            "period_start": period("current_period_start"),
            "post_payment_credit_notes_amount": 0,
            "starting_balance": balance,
            "status": "draft",
            "status_transitions": {
                "finalized_at": null, "marked_uncollectible_at": null, "paid_at": null, "voided_at": null,
            },
            "subtotal": total,
            "total": total,
            "total_discount_amounts": [],
            "total_taxes": [],
        })
    }

    /// Opens a draft: it gets its number and its page, and a credit is used or kept.
    pub(super) fn finalize(&mut self, id: &str) {
        let Some(invoice) = self.store.of("invoice", id).cloned() else {
            return;
        };
        self.invoices += 1;
        let number_text = format!("SOFITEST-{:04}", self.invoices);
        let page = format!("{}/i/{id}", self.base_url);
        let balance = (number(&invoice, "total") + number(&invoice, "starting_balance")).min(0);
        let now = self.now;
        self.amend(id, "invoice.finalized", |invoice| {
            invoice["status"] = json!("open");
            invoice["number"] = json!(number_text);
            invoice["hosted_invoice_url"] = json!(page);
            invoice["invoice_pdf"] = json!(format!("{page}/pdf"));
            invoice["ending_balance"] = json!(balance);
            invoice["automatically_finalizes_at"] = Value::Null;
            invoice["status_transitions"]["finalized_at"] = json!(now);
        });
        let customer = id_in(&invoice, "customer");
        let kept = self.store.field(&customer, "balance");
        if kept != json!(balance) {
            self.amend(&customer, "customer.updated", |customer| {
                customer["balance"] = json!(balance);
            });
        }
    }

    pub(crate) fn finalize_call(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&["auto_advance"])?;
        self.invoice_in(id, &["draft"], "finalized")?;
        self.finalize(id);
        self.find("invoice", id)
    }

    pub(crate) fn pay_call(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&["payment_method", "off_session", "paid_out_of_band"])?;
        let invoice = self.invoice_in(id, &["draft", "open", "uncollectible"], "paid")?;
        if invoice["status"] == "draft" {
            self.finalize(id);
        }
        if params.flag("paid_out_of_band")? == Some(true) {
            self.settle_invoice(id, None);
        } else {
            self.attempt_by_hand(id)?;
        }
        self.find("invoice", id)
    }

    pub(crate) fn void_invoice(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&[])?;
        self.invoice_in(id, &["open", "uncollectible"], "voided")?;
        Ok(self.close_invoice(id, "invoice.voided", "void", "voided_at"))
    }

    pub(crate) fn give_up_invoice(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&[])?;
        self.invoice_in(id, &["open"], "marked uncollectible")?;
        let event = "invoice.marked_uncollectible";
        Ok(self.close_invoice(id, event, "uncollectible", "marked_uncollectible_at"))
    }

    fn close_invoice(&mut self, id: &str, event: &str, status: &str, moment: &str) -> Value {
        let now = self.now;
        self.amend(id, event, |invoice| {
            invoice["status"] = json!(status);
            invoice["auto_advance"] = json!(false);
            invoice["next_payment_attempt"] = Value::Null;
            invoice["status_transitions"][moment] = json!(now);
        })
    }

    fn invoice_in(&self, id: &str, allowed: &[&str], verb: &str) -> Result<Value, Problem> {
        let invoice = self.find("invoice", id)?;
        let status = text(&invoice, "status");
        if allowed.contains(&status) {
            return Ok(invoice);
        }
        let message = match status {
            "paid" => "Invoice is already paid".to_owned(),
            _ => format!("This invoice is {status} and cannot be {verb}."),
        };
        Err(Problem::invalid(message).coded("invoice_not_editable"))
    }

    /// What the next invoice of a subscription would be; nothing is kept of it.
    pub(crate) fn preview(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&["customer", "subscription"])?;
        let id = params.require("subscription")?.to_owned();
        let mut next = self.find_at("subscription", &id, "subscription")?;
        self.move_period(&mut next);
        let mut lines = self.pending.get(&id).cloned().unwrap_or_default();
        lines.extend(self.period_lines(&next, false));
        let mut fields = self.invoice_fields(&next, "upcoming", &lines);
        fields["lines"] = inner_list("/v1/invoices/upcoming/lines", lines);
        Ok(self.make("upcoming_in", "invoice", fields))
    }

    /// The subscription that an invoice is of.
    pub(super) fn subscription_of(&self, invoice: &str) -> String {
        let parent = self.store.field(invoice, "parent");
        id_in(&parent["subscription_details"], "subscription")
    }
}
