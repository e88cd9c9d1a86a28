//! Lines of invoices: periods, trials, usage and what a change in the middle of a period costs.

use serde_json::{Value, json};

use super::{State, entries, id_in};
use crate::{
    random,
    store::{number, text},
};

/// What a line charges for.
pub(super) struct Charge<'a> {
    pub item: &'a Value,
    pub amount: i64,
    pub start: i64,
    pub end: i64,
    pub proration: bool,
    pub description: String,
}

impl State {
    pub(super) fn line(&mut self, subscription: &str, charge: Charge<'_>) -> Value {
        let price = &charge.item["price"];
        json!({
            "id": random::id(&mut self.generator, "il"),
            "object": "line_item",
            "amount": charge.amount,
            "currency": price["currency"],
            "description": charge.description,
            "discount_amounts": [],
            "discountable": !charge.proration,
            "livemode": self.settings.livemode,
            "metadata": {},
            "parent": {
                "type": "subscription_item_details",
                "subscription_item_details": {
                    "proration": charge.proration,
                    "subscription": subscription,
                    "subscription_item": charge.item["id"],
                },
            },
            "period": { "start": charge.start, "end": charge.end },
            "pricing": {
                "type": "price_details",
                "price_details": { "price": price["id"], "product": price["product"] },
                "unit_amount_decimal": price["unit_amount_decimal"],
            },
            "quantity": charge.item["quantity"],
            "subtotal": charge.amount,
            "taxes": [],
        })
    }

    /// A line for each item's present period. Metered items charge what was used in the period before.
    pub(super) fn period_lines(&mut self, subscription: &Value, is_trial: bool) -> Vec<Value> {
        let mut lines = Vec::new();
        for item in entries(subscription, "items") {
            let (start, end) = period(item);
            let unit = number(&item["price"], "unit_amount");
            let is_metered = is_metered(item);
            let used = if is_metered {
                self.used_before(subscription, item)
            } else {
                number(item, "quantity")
            };
            let name = self.product_name(item);
            let description = if is_trial {
                format!("Trial period for {name}")
            } else {
                format!("{used} × {name}")
            };
            let charge = Charge {
                item,
                amount: if is_trial { 0 } else { unit * used },
                start,
                end,
                proration: false,
                description,
            };
            lines.push(self.line(text(subscription, "id"), charge));
        }
        lines
    }

    fn used_before(&self, subscription: &Value, item: &Value) -> i64 {
        let meter = text(&item["price"]["recurring"], "meter");
        let (start, _) = period(item);
        let begun = number(item, "previous_period_start").max(number(subscription, "created"));
        self.usage(meter, text(subscription, "customer"), begun, start)
    }

    pub(super) fn product_name(&self, item: &Value) -> String {
        let product = id_in(&item["price"], "product");
        let name = self.store.field(&product, "name");
        name.as_str().unwrap_or_default().to_owned()
    }

    /// What is given back for an item, or charged for it, from now to the end of its period.
    pub(super) fn proration(
        &mut self,
        subscription: &str,
        item: &Value,
        is_credit: bool,
    ) -> Option<Value> {
        let (start, end) = period(item);
        if is_metered(item) || end <= self.now || end <= start {
            return None;
        }
        let whole = number(&item["price"], "unit_amount") * number(item, "quantity");
        let length = end - start;
        // To the nearest cent.
        let share = (whole * (end - self.now) + length / 2) / length;
        let name = self.product_name(item);
        let quantity = number(item, "quantity");
        let (amount, words) = if is_credit {
            (-share, "Unused time on")
        } else {
            (share, "Remaining time on")
        };
        let charge = Charge {
            item,
            amount,
            start: self.now,
            end,
            proration: true,
            description: format!("{words} {quantity} × {name}"),
        };
        Some(self.line(subscription, charge))
    }
}

/// Start and end of an item's present period.
pub(super) fn period(item: &Value) -> (i64, i64) {
    let start = number(item, "current_period_start");
    (start, number(item, "current_period_end"))
}

pub(super) fn is_metered(item: &Value) -> bool {
    item["price"]["recurring"]["usage_type"] == "metered"
}
