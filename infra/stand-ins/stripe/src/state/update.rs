//! Changes of a running subscription: other items with proration, an end, a trial's end, a resumption.

use serde_json::{Value, json};

use super::{State, catalogue, entries, id_in, inner_list, lines};
use crate::{
    form::Params,
    problem::Problem,
    store::{number, text},
};

/// One entry of `items`.
struct Wanted {
    item: Option<String>,
    price: Option<Value>,
    quantity: Option<i64>,
    is_deleted: bool,
}

impl State {
    pub(crate) fn update_subscription(
        &mut self,
        id: &str,
        params: &Params,
    ) -> Result<Value, Problem> {
        params.only(&[
            "items",
            "proration_behavior",
            "payment_behavior",
            "cancel_at_period_end",
            "cancel_at",
            "cancellation_details",
            "metadata",
            "trial_end",
            "trial_settings",
            "automatic_tax",
            "off_session",
        ])?;
        self.running(id)?;
        let cancels = params.flag("cancel_at_period_end")?;
        let wanted = self.wanted(params)?;
        if !wanted.is_empty() {
            let behaviour = params.text("proration_behavior");
            self.change_items(id, wanted, behaviour.unwrap_or("create_prorations"))?;
        }
        if let Some(cancels) = cancels {
            self.cancel_at_period_end(id, cancels);
        }
        self.update_fields(id, params)?;
        self.find("subscription", id)
    }

    fn update_fields(&mut self, id: &str, params: &Params) -> Result<(), Problem> {
        let tax = params.flag("automatic_tax[enabled]")?;
        let cancel_at = params.integer("cancel_at")?;
        let trial_end = match params.text("trial_end") {
            Some("now") => Some(self.now),
            _ => params.integer("trial_end")?,
        };
        self.amend(id, "customer.subscription.updated", |it| {
            params.merge_metadata("metadata", &mut it["metadata"]);
            for field in ["comment", "feedback"] {
                if let Some(given) = params.text(&format!("cancellation_details[{field}]")) {
                    it["cancellation_details"][field] = json!(given);
                }
            }
            if let Some(tax) = tax {
                it["automatic_tax"]["enabled"] = json!(tax);
            }
            match (params.text("cancel_at"), cancel_at) {
                (Some(""), _) => it["cancel_at"] = Value::Null,
                (_, Some(moment)) => it["cancel_at"] = json!(moment),
                _ => {}
            }
            if let Some(end) = trial_end.filter(|_| it["status"] == "trialing") {
                it["trial_end"] = json!(end);
                it["billing_cycle_anchor"] = json!(end);
                for item in it["items"]["data"].as_array_mut().into_iter().flatten() {
                    item["current_period_end"] = json!(end);
                }
            }
        });
        Ok(())
    }

    /// Lets a subscription end with its period, or go on after all.
    pub(super) fn cancel_at_period_end(&mut self, id: &str, cancels: bool) {
        let now = self.now;
        self.amend(id, "customer.subscription.updated", |it| {
            let end = entries(it, "items")
                .first()
                .map(|item| lines::period(item).1);
            it["cancel_at_period_end"] = json!(cancels);
            it["cancel_at"] = json!(end.filter(|_| cancels));
            it["canceled_at"] = json!(cancels.then_some(now));
            let reason = cancels.then_some("cancellation_requested");
            it["cancellation_details"]["reason"] = json!(reason);
        });
    }

    fn wanted(&self, params: &Params) -> Result<Vec<Wanted>, Problem> {
        let mut all = Vec::new();
        for place in 0..params.count("items") {
            let name = |field: &str| format!("items[{place}][{field}]");
            let price = match params.text(&name("price")) {
                Some(price) => Some(self.find_at("price", price, &name("price"))?),
                None => None,
            };
            all.push(Wanted {
                item: params.text(&name("id")).map(str::to_owned),
                price,
                quantity: params.integer(&name("quantity"))?,
                is_deleted: params.flag(&name("deleted"))?.unwrap_or(false),
            });
        }
        Ok(all)
    }

    fn change_items(&mut self, id: &str, all: Vec<Wanted>, behaviour: &str) -> Result<(), Problem> {
        if !["create_prorations", "always_invoice", "none"].contains(&behaviour) {
            let allowed = "create_prorations, always_invoice, or none";
            return Err(Problem::not_one_of("proration_behavior", allowed));
        }
        let before = self.running(id)?;
        let old = entries(&before, "items").to_vec();
        let mut items = old.clone();
        for (place, wanted) in all.into_iter().enumerate() {
            self.change_item(id, &mut items, wanted, place)?;
        }
        let interval = |items: &[Value]| {
            items
                .first()
                .and_then(|it| catalogue::interval(&it["price"]))
        };
        if items.is_empty() {
            let message = "A subscription must have at least one active plan.";
            return Err(Problem::invalid(message).at("items"));
        }
        let is_trial = before["status"] == "trialing";
        let restarts = interval(&old) != interval(&items) && !is_trial;
        let prorates = behaviour != "none" && !is_trial;
        let mut changed = Vec::new();
        if prorates {
            for (one, other, is_credit) in [(&old, &items, true), (&items, &old, false)] {
                let gone = one.iter().filter(|item| !other.contains(item));
                for item in gone.filter(|_| is_credit || !restarts) {
                    changed.extend(self.proration(id, item, is_credit));
                }
            }
        }
        if restarts {
            self.restart(&mut items);
        }
        let anchor = self.now;
        let after = self.amend(id, "customer.subscription.updated", |it| {
            if restarts {
                it["billing_cycle_anchor"] = json!(anchor);
            }
            it["items"] = inner_list(text(&it["items"], "url"), items);
        });
        self.pending
            .entry(id.to_owned())
            .or_default()
            .extend(changed);
        if restarts || (prorates && behaviour == "always_invoice") {
            let lines = if restarts {
                self.period_lines(&after, false)
            } else {
                Vec::new()
            };
            let invoice = self.draft(&after, "subscription_update", lines);
            self.finalize(&invoice);
            // A change whose payment fails leaves the subscription past due: its status tells.
            let _ = self.attempt(&invoice);
        }
        Ok(())
    }

    fn change_item(
        &mut self,
        id: &str,
        items: &mut Vec<Value>,
        wanted: Wanted,
        entry: usize,
    ) -> Result<(), Problem> {
        let Some(item) = &wanted.item else {
            let name = format!("items[{entry}][price]");
            let price = wanted.price.ok_or_else(|| Problem::missing(&name))?;
            let period = items.first().map_or((self.now, self.now), lines::period);
            items.push(self.new_item(id, &price, wanted.quantity.unwrap_or(1), period));
            return Ok(());
        };
        let place = items.iter().position(|it| it["id"] == item.as_str());
        let name = format!("items[{entry}][id]");
        let missing = || Problem::no_such("subscription_item", item, Some(&name));
        let place = place.ok_or_else(missing)?;
        if wanted.is_deleted {
            items.remove(place);
            return Ok(());
        }
        if let Some(price) = wanted.price {
            items[place]["price"] = price;
        }
        if let Some(quantity) = wanted.quantity {
            items[place]["quantity"] = json!(quantity);
        }
        Ok(())
    }

    /// Another interval begins a period of its own at once.
    fn restart(&self, items: &mut [Value]) {
        for item in items {
            let interval = catalogue::interval(&item["price"]);
            let end = interval.map(|interval| interval.end_after(self.now, self.now));
            item["current_period_start"] = json!(self.now);
            item["current_period_end"] = json!(end);
        }
    }

    /// `POST /v1/subscriptions/{id}/resume`: a paused one begins a new period.
    pub(crate) fn resume(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&["billing_cycle_anchor", "proration_behavior"])?;
        let paused = self.running(id)?;
        if paused["status"] != "paused" {
            return Err(Problem::invalid("This subscription is not paused."));
        }
        let mut items = entries(&paused, "items").to_vec();
        self.restart(&mut items);
        let anchor = self.now;
        let resumed = self.amend(id, "customer.subscription.resumed", |it| {
            it["status"] = json!("active");
            it["billing_cycle_anchor"] = json!(anchor);
            it["items"]["data"] = json!(items);
        });
        let lines = self.period_lines(&resumed, false);
        let invoice = self.draft(&resumed, "subscription_cycle", lines);
        self.finalize(&invoice);
        // The status tells whether it was paid.
        let _ = self.attempt(&invoice);
        self.find("subscription", id)
    }

    /// Moves a copy of a subscription to its next period.
    pub(super) fn move_period(&self, subscription: &mut Value) {
        let anchor = number(subscription, "billing_cycle_anchor");
        let items = subscription["items"]["data"].as_array_mut();
        for item in items.into_iter().flatten() {
            let (start, end) = lines::period(item);
            let next = catalogue::interval(&item["price"]).map(|it| it.end_after(anchor, end));
            item["previous_period_start"] = json!(start);
            item["current_period_start"] = json!(end);
            item["current_period_end"] = json!(next);
        }
    }

    /// The items of a subscription, as `GET /v1/subscription_items` lists them.
    pub(crate) fn subscription_items(&self, params: &Params) -> Result<Value, Problem> {
        params.only(&["subscription", "limit"])?;
        let id = params.require("subscription")?;
        let subscription = self.find_at("subscription", id, "subscription")?;
        let items = entries(&subscription, "items").to_vec();
        Ok(inner_list("/v1/subscription_items", items))
    }

    /// The customer of a subscription.
    pub(super) fn customer_of(&self, subscription: &str) -> String {
        let found = self.store.get(subscription).cloned().unwrap_or_default();
        id_in(&found, "customer")
    }
}
