//! Credit notes of invoices that were paid: what goes back by a refund, to the customer's balance, or outside Stripe.

use serde_json::{Value, json};

use super::{State, id_in};
use crate::{
    form::Params,
    problem::Problem,
    store::{number, text},
};

/// How what a note credits is given back; together they are its amount.
const PARTS: [&str; 3] = ["refund_amount", "credit_amount", "out_of_band_amount"];

impl State {
    pub(crate) fn create_credit_note(&mut self, params: &Params) -> Result<Value, Problem> {
        let mut known = vec!["invoice", "amount", "memo", "metadata"];
        known.extend(PARTS);
        params.only(&known)?;
        let invoice = self.find_at("invoice", params.require("invoice")?, "invoice")?;
        let amount = params.integer("amount")?;
        let amount = amount.ok_or_else(|| Problem::missing("amount"))?;
        let [refunded, balance, outside] = parts(params, amount)?;
        let credited = number(&invoice, "post_payment_credit_notes_amount");
        let left = number(&invoice, "total") - credited;
        if invoice["status"] != "paid" || !(1..=left).contains(&amount) {
            return Err(Problem::invalid("This invoice cannot be credited so.").at("amount"));
        }
        let id = text(&invoice, "id");
        let refunds = self.refunds_of_note(id, refunded)?;
        let fields = json!({
            "amount": amount,
            "currency": invoice["currency"],
            "customer": invoice["customer"],
            "customer_balance_transaction": self.credit_balance(&id_in(&invoice, "customer"), balance),
            "invoice": id,
            "memo": params.text("memo"),
            "metadata": params.metadata("metadata"),
            "out_of_band_amount": (outside > 0).then_some(outside),
            "post_payment_amount": amount,
            "pre_payment_amount": 0,
            "refunds": refunds,
            "status": "issued",
            "type": "post_payment",
        });
        let note = self.make("cn", "credit_note", fields);
        // The invoice says it before anybody hears of the note.
        self.amend(id, "invoice.updated", |invoice| {
            invoice["post_payment_credit_notes_amount"] = json!(credited + amount);
        });
        Ok(self.add("credit_note.created", note))
    }

    fn refunds_of_note(&mut self, invoice: &str, amount: i64) -> Result<Value, Problem> {
        if amount == 0 {
            return Ok(json!([]));
        }
        let intent = self.intent_of(invoice);
        let params = json!({ "payment_intent": intent, "amount": amount.to_string() });
        let refund = self.create_refund(&Params::of(params))?;
        Ok(json!([{ "amount_refunded": amount, "refund": refund["id"], "type": "refund" }]))
    }

    /// Credits a customer's balance, which pays the next invoices: the transaction, where there is one.
    fn credit_balance(&mut self, customer: &str, amount: i64) -> Value {
        if amount == 0 {
            return Value::Null;
        }
        let found = self.store.get(customer);
        let ending = found.map_or(0, |found| number(found, "balance")) - amount;
        let fields = json!({ "amount": -amount, "customer": customer, "ending_balance": ending, "type": "credit_note" });
        let transaction = self.make("cbtxn", "customer_balance_transaction", fields);
        let id = transaction["id"].clone();
        self.store.put(transaction);
        self.amend(customer, "customer.updated", |customer| {
            customer["balance"] = json!(ending);
        });
        id
    }
}

fn parts(params: &Params, amount: i64) -> Result<[i64; 3], Problem> {
    let mut parts = [0; 3];
    for (part, name) in parts.iter_mut().zip(PARTS) {
        *part = params.integer(name)?.unwrap_or(0);
    }
    if parts.iter().any(|part| *part < 0) || parts.iter().sum::<i64>() != amount {
        let message = "The sum of credit amount, refund amount and out of band amount must equal the credit note amount.";
        return Err(Problem::invalid(message).at("amount"));
    }
    Ok(parts)
}
