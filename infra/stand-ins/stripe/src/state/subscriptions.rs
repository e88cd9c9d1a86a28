//! Subscriptions: how they begin and end.

use serde_json::{Value, json};

use super::{Card, State, catalogue, entries, inner_list};
use crate::{
    form::Params,
    problem::Problem,
    random,
    store::{number, text},
};

const DAY: i64 = 86_400;

/// What a new subscription is made of.
pub(super) struct Start {
    pub customer: String,
    /// Prices with their quantities.
    pub prices: Vec<(Value, i64)>,
    pub trial_end: Option<i64>,
    pub metadata: Value,
    pub automatic_tax: bool,
    /// What becomes of a trial that ends without a card.
    pub missing_card: String,
}

impl State {
    pub(crate) fn create_subscription(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "customer",
            "items",
            "trial_period_days",
            "trial_end",
            "trial_settings",
            "metadata",
            "payment_behavior",
            "payment_settings",
            "automatic_tax",
            "off_session",
            "cancel_at_period_end",
        ])?;
        let customer = params.require("customer")?.to_owned();
        self.living_customer(&customer)?;
        let prices = self.prices(params, "items")?;
        let trial_end = match params.text("trial_end") {
            Some("now") => None,
            _ => params.integer("trial_end")?.filter(|end| *end > self.now),
        };
        let days = params
            .integer("trial_period_days")?
            .filter(|days| *days > 0);
        let start = Start {
            trial_end: trial_end.or(days.map(|days| self.now + days * DAY)),
            prices,
            metadata: params.metadata("metadata"),
            automatic_tax: params.flag("automatic_tax[enabled]")?.unwrap_or(false),
            missing_card: missing_card(params, "trial_settings"),
            customer,
        };
        let behaviour = params
            .text("payment_behavior")
            .unwrap_or("allow_incomplete");
        let card = self.card(&start.customer);
        let pays_now = start.trial_end.is_none();
        if pays_now && behaviour == "error_if_incomplete" && card != Some(Card::Works) {
            return Err(Problem::declined("generic_decline"));
        }
        if pays_now && card.is_none() && behaviour == "allow_incomplete" {
            let message = "This customer has no attached payment source or default payment method. Please consider adding a \
                           default payment method.";
            return Err(Problem::invalid(message).coded("resource_missing"));
        }
        let id = self.start(start, behaviour != "default_incomplete");
        if params.flag("cancel_at_period_end")? == Some(true) {
            self.cancel_at_period_end(&id, true);
        }
        self.find("subscription", &id)
    }

    /// The recurring prices of a list of items, all charged equally often and in one currency.
    pub(super) fn prices(&self, params: &Params, list: &str) -> Result<Vec<(Value, i64)>, Problem> {
        let count = params.count(list);
        if count == 0 {
            return Err(Problem::missing(list));
        }
        let mut prices: Vec<(Value, i64)> = Vec::new();
        for place in 0..count {
            let name = format!("{list}[{place}][price]");
            let price = self.find_at("price", params.require(&name)?, &name)?;
            if catalogue::interval(&price).is_none() {
                let message = "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.";
                return Err(Problem::invalid(message).at(&name));
            }
            if price["active"] != true {
                return Err(Problem::invalid("The price specified is inactive.").at(&name));
            }
            let quantity = params.integer(&format!("{list}[{place}][quantity]"))?;
            prices.push((price, quantity.unwrap_or(1)));
        }
        let kind = |price: &Value| (catalogue::interval(price), price["currency"].clone());
        let first = prices.first().map(|(price, _)| kind(price));
        if prices.iter().any(|(price, _)| Some(kind(price)) != first) {
            let message = "All prices of a subscription must have the same interval and currency.";
            return Err(Problem::invalid(message).at(list));
        }
        Ok(prices)
    }

    /// Begins a subscription; without a trial its first invoice is opened, and collected if `collects`.
    pub(super) fn start(&mut self, start: Start, collects: bool) -> String {
        let is_trial = start.trial_end.is_some();
        let subscription = self.new_subscription(&start);
        let id = text(&subscription, "id").to_owned();
        self.add("customer.subscription.created", subscription.clone());
        let lines = self.period_lines(&subscription, is_trial);
        let invoice = self.draft(&subscription, "subscription_create", lines);
        self.finalize(&invoice);
        if collects || is_trial {
            // A first payment that fails leaves the subscription incomplete: its status tells.
            let _ = self.attempt(&invoice);
        }
        id
    }

    fn new_subscription(&mut self, start: &Start) -> Value {
        let anchor = start.trial_end.unwrap_or(self.now);
        let id = random::id(&mut self.generator, "sub");
        let mut items = Vec::new();
        for (price, quantity) in &start.prices {
            let end = start.trial_end.or_else(|| {
                catalogue::interval(price).map(|interval| interval.end_after(anchor, anchor))
            });
            items.push(self.new_item(&id, price, *quantity, (self.now, end.unwrap_or(anchor))));
        }
        let currency = start
            .prices
            .first()
            .map(|(price, _)| price["currency"].clone());
        let fields = json!({
            "id": id,
            "application": null,
            "automatic_tax": { "disabled_reason": null, "enabled": start.automatic_tax, "liability": null },
            "billing_cycle_anchor": anchor,
            "billing_mode": { "type": "classic" },
            "cancel_at": null,
            "cancel_at_period_end": false,
            "canceled_at": null,
            "cancellation_details": { "comment": null, "feedback": null, "reason": null },
            "collection_method": "charge_automatically",
            "currency": currency,
            "customer": start.customer,
            "days_until_due": null,
            "default_payment_method": null,
            "description": null,
            "discounts": [],
            "ended_at": null,
            "items": inner_list(&format!("/v1/subscription_items?subscription={id}"), items),
            "latest_invoice": null,
            "metadata": start.metadata,
            "next_pending_invoice_item_invoice": null,
            "pause_collection": null,
            "payment_settings": { "payment_method_types": null, "save_default_payment_method": "off" },
            "pending_setup_intent": null,
            "pending_update": null,
            "schedule": null,
            "start_date": self.now,
            "status": if start.trial_end.is_some() { "trialing" } else { "incomplete" },
            "trial_end": start.trial_end,
            "trial_settings": { "end_behavior": { "missing_payment_method": start.missing_card } },
            "trial_start": start.trial_end.map(|_| self.now),
        });
        self.make("sub", "subscription", fields)
    }

    pub(super) fn new_item(
        &mut self,
        subscription: &str,
        price: &Value,
        quantity: i64,
        period: (i64, i64),
    ) -> Value {
        let is_metered = price["recurring"]["usage_type"] == "metered";
        let fields = json!({
            "billing_thresholds": null,
            "current_period_end": period.1,
            "current_period_start": period.0,
            "discounts": [],
            "metadata": {},
            "price": price,
            "quantity": (!is_metered).then_some(quantity),
            "subscription": subscription,
            "tax_rates": [],
        });
        self.make("si", "subscription_item", fields)
    }

    /// Ends a subscription now. What it owes is not tried again.
    pub(super) fn end_subscription(&mut self, id: &str, reason: &str) {
        let now = self.now;
        self.amend(id, "customer.subscription.deleted", |subscription| {
            subscription["status"] = json!("canceled");
            if subscription["canceled_at"].is_null() {
                subscription["canceled_at"] = json!(now);
            }
            subscription["ended_at"] = json!(now);
            if subscription["cancellation_details"]["reason"].is_null() {
                subscription["cancellation_details"]["reason"] = json!(reason);
            }
        });
        let open: Vec<String> = self
            .store
            .all("invoice")
            .filter(|invoice| {
                invoice["parent"]["subscription_details"]["subscription"] == id
                    && ["open", "draft"].contains(&text(invoice, "status"))
            })
            .map(|invoice| text(invoice, "id").to_owned())
            .collect();
        for invoice in open {
            self.store.change(&invoice, |invoice| {
                invoice["auto_advance"] = json!(false);
                invoice["next_payment_attempt"] = Value::Null;
                invoice["automatically_finalizes_at"] = Value::Null;
            });
        }
    }

    /// `DELETE /v1/subscriptions/{id}`.
    pub(crate) fn cancel(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&["invoice_now", "prorate", "cancellation_details"])?;
        let subscription = self.running(id)?;
        for field in ["comment", "feedback"] {
            let given = params.text(&format!("cancellation_details[{field}]"));
            let given = given.map(str::to_owned);
            self.store.change(id, |it| {
                if let Some(given) = given {
                    it["cancellation_details"][field] = json!(given);
                }
            });
        }
        if params.flag("prorate")? == Some(true) && number(&subscription, "trial_end") <= self.now {
            for item in entries(&subscription, "items") {
                let credit = self.proration(id, item, true);
                self.pending
                    .entry(id.to_owned())
                    .or_default()
                    .extend(credit);
            }
        }
        if params.flag("invoice_now")? == Some(true) && self.pending.contains_key(id) {
            let invoice = self.draft(&subscription, "manual", Vec::new());
            self.finalize(&invoice);
            // A subscription that ends does not wait for its last payment.
            let _ = self.attempt(&invoice);
        }
        self.end_subscription(id, "cancellation_requested");
        self.find("subscription", id)
    }

    /// A subscription that has not ended.
    pub(super) fn running(&self, id: &str) -> Result<Value, Problem> {
        let subscription = self.find("subscription", id)?;
        if ["canceled", "incomplete_expired"].contains(&text(&subscription, "status")) {
            return Err(Problem::no_such("subscription", id, None));
        }
        Ok(subscription)
    }
}

/// What the caller wants of a trial that ends without a card.
pub(super) fn missing_card(params: &Params, folder: &str) -> String {
    let name = format!("{folder}[end_behavior][missing_payment_method]");
    params.text(&name).unwrap_or("create_invoice").to_owned()
}
