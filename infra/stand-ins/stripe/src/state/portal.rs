//! The Billing Portal: its configurations, its sessions, and what a person does there.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Card, State, catalogue, entries, id_in};
use crate::{
    form::Params,
    problem::Problem,
    random,
    store::{number, text},
};

/// A portal's address works for so long.
const VALID_FOR: i64 = 3_600;

/// What a person does on the page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Act {
    Change {
        price: String,
    },
    Cancel,
    Resume,
    /// Another card, which behaves so from now on.
    Card {
        card: Card,
    },
    /// Pays what is open with the present card.
    Pay,
    Leave,
}

impl State {
    pub(crate) fn create_portal_configuration(
        &mut self,
        params: &Params,
    ) -> Result<Value, Problem> {
        params.only(&[
            "features",
            "business_profile",
            "default_return_url",
            "metadata",
            "name",
        ])?;
        let features = params
            .at("features")
            .ok_or_else(|| Problem::missing("features"))?;
        let fields = json!({
            "active": true,
            "application": null,
            "business_profile": params.at("business_profile"),
            "default_return_url": params.text("default_return_url"),
            "features": features,
            "is_default": false,
            "login_page": { "enabled": false, "url": null },
            "metadata": params.metadata("metadata"),
            "updated": self.now,
        });
        let configuration = self.make("bpc", "billing_portal.configuration", fields);
        Ok(self.add("billing_portal.configuration.created", configuration))
    }

    pub(crate) fn create_portal(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "customer",
            "return_url",
            "configuration",
            "locale",
            "flow_data",
            "on_behalf_of",
        ])?;
        let customer = params.require("customer")?.to_owned();
        self.living_customer(&customer)?;
        let configuration = "billing_portal.configuration";
        if let Some(id) = params.text("configuration") {
            self.find_at(configuration, id, "configuration")?;
        }
        let address = format!(
            "{}/p/session/{}",
            self.base_url,
            random::id(&mut self.generator, "test")
        );
        let fields = json!({
            "configuration": params.text("configuration").unwrap_or("bpc_default"),
            "customer": customer,
            "flow": params.at("flow_data"),
            "locale": params.text("locale"),
            "on_behalf_of": null,
            "return_url": params.text("return_url"),
            "url": address,
        });
        let portal = self.make("bps", "billing_portal.session", fields);
        Ok(self.add("billing_portal.session.created", portal))
    }

    /// The portal at a secret address, while it is valid.
    pub(crate) fn portal(&self, secret: &str) -> Result<Value, Problem> {
        let ending = format!("/{secret}");
        let mut portals = self.store.all("billing_portal.session");
        let found = portals.find(|portal| text(portal, "url").ends_with(&ending));
        found
            .filter(|portal| number(portal, "created") + VALID_FOR > self.now)
            .cloned()
            .ok_or_else(|| Problem::no_such("session", secret, None))
    }

    /// The subscription that a portal shows: the newest one that runs.
    pub(crate) fn portal_subscription(&self, portal: &Value) -> Option<Value> {
        let customer = text(portal, "customer");
        self.subscriptions_of(customer).last().cloned()
    }

    /// The prices to which a subscription can change.
    pub(crate) fn portal_prices(&self, subscription: &Value) -> Vec<Value> {
        let present = entries(subscription, "items").first();
        let present = present.map(|item| item["price"]["id"].clone());
        let prices = self.store.all("price").filter(|price| {
            price["active"] == true
                && price["currency"] == subscription["currency"]
                && price["recurring"]["usage_type"] == "licensed"
                && catalogue::interval(price).is_some()
                && Some(&price["id"]) != present.as_ref()
        });
        prices.cloned().collect()
    }

    /// What a person does in a portal; answers where they are sent.
    pub(crate) fn act_in_portal(
        &mut self,
        secret: &str,
        act: &Act,
    ) -> Result<Option<String>, Problem> {
        let portal = self.portal(secret)?;
        let customer = id_in(&portal, "customer");
        let subscription = self.portal_subscription(&portal).unwrap_or_default();
        let id = id_in(&subscription, "id");
        let missing = || Problem::no_such("subscription", "of this customer", None);
        if matches!(act, Act::Change { .. } | Act::Cancel | Act::Resume) && id.is_empty() {
            return Err(missing());
        }
        match act {
            Act::Change { price } => {
                let item = entries(&subscription, "items").first();
                let item = item.map(|item| id_in(item, "id"));
                let wanted = json!({
                    "items": [{ "id": item, "price": price }],
                    "proration_behavior": "create_prorations",
                });
                self.update_subscription(&id, &Params::of(wanted))?;
            }
            Act::Cancel => self.cancel_at_period_end(&id, true),
            Act::Resume => self.cancel_at_period_end(&id, false),
            Act::Card { card } => {
                self.set_card(&customer, *card)?;
            }
            Act::Pay => self.pay_open(&customer)?,
            Act::Leave => return Ok(portal["return_url"].as_str().map(str::to_owned)),
        }
        Ok(None)
    }

    fn pay_open(&mut self, customer: &str) -> Result<(), Problem> {
        let open: Vec<String> = self
            .store
            .all("invoice")
            .filter(|invoice| invoice["status"] == "open" && invoice["customer"] == customer)
            .map(|invoice| id_in(invoice, "id"))
            .collect();
        for invoice in open {
            self.pay_call(&invoice, &Params::of(json!({})))?;
        }
        Ok(())
    }
}
