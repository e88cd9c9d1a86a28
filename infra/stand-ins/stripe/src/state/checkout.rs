//! Checkout Sessions: made by a call, ended by a person on the page, or by time.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Card, State, id_in, inner_list,
    subscriptions::{Start, missing_card},
};
use crate::{
    form::Params,
    problem::Problem,
    store::{number, text},
};

const DAY: i64 = 86_400;

/// What a person does on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    Pay,
    /// Pays now; every later charge of the card fails.
    PayOnce,
    Decline,
    Leave,
}

impl State {
    pub(crate) fn create_session(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "mode",
            "customer",
            "customer_email",
            "customer_update",
            "client_reference_id",
            "line_items",
            "subscription_data",
            "allow_promotion_codes",
            "automatic_tax",
            "tax_id_collection",
            "billing_address_collection",
            "consent_collection",
            "payment_method_collection",
            "payment_method_types",
            "custom_text",
            "locale",
            "metadata",
            "success_url",
            "cancel_url",
            "expires_at",
        ])?;
        if params.require("mode")? != "subscription" {
            return Err(Problem::not_one_of(
                "mode",
                "subscription (the stand-in has no other)",
            ));
        }
        let success_url = params.require("success_url")?.to_owned();
        let expires_at = params.integer("expires_at")?.unwrap_or(self.now + DAY);
        if !(self.now + 1_800..=self.now + DAY).contains(&expires_at) {
            let message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
            return Err(Problem::invalid(message).at("expires_at"));
        }
        let email = params.text("customer_email").map(str::to_owned);
        let email = match params.text("customer") {
            Some(_) if email.is_some() => {
                let message =
                    "You may only specify one of these parameters: customer, customer_email.";
                return Err(Problem::invalid(message).at("customer"));
            }
            Some(id) => self.living_customer(id)?["email"]
                .as_str()
                .map(str::to_owned),
            None => email,
        };
        let prices = self.prices(params, "line_items")?;
        let days = trial_days(params)?;
        let trial_end = trial_end(params, self.now)?;
        let has_trial = days.is_some() || trial_end.is_some();
        let total: i64 = prices
            .iter()
            .map(|(price, quantity)| number(price, "unit_amount") * quantity)
            .sum();
        let fields = json!({
            "allow_promotion_codes": params.flag("allow_promotion_codes")?,
            "amount_subtotal": total,
            "amount_total": if has_trial { 0 } else { total },
            "automatic_tax": { "enabled": params.flag("automatic_tax[enabled]")?.unwrap_or(false), "liability": null, "status": null },
            "billing_address_collection": params.text("billing_address_collection"),
            "cancel_url": params.text("cancel_url"),
            "client_reference_id": params.text("client_reference_id"),
            "consent": null,
            "consent_collection": params.at("consent_collection"),
            "currency": prices.first().map(|(price, _)| price["currency"].clone()),
            "customer": params.text("customer"),
            "customer_details": { "address": null, "email": email, "name": null, "phone": null, "tax_exempt": "none", "tax_ids": [] },
            "customer_email": params.text("customer_email"),
            "customer_update": params.at("customer_update"),
            "expires_at": expires_at,
            "invoice": null,
            "locale": params.text("locale"),
            "metadata": params.metadata("metadata"),
            "mode": "subscription",
            "payment_intent": null,
            "payment_method_collection": params.text("payment_method_collection").unwrap_or("always"),
            "payment_method_types": ["card"],
            "payment_status": if has_trial { "no_payment_required" } else { "unpaid" },
            "status": "open",
            "subscription": null,
            "success_url": success_url,
            "tax_id_collection": { "enabled": params.flag("tax_id_collection[enabled]")?.unwrap_or(false), "required": "never" },
            "ui_mode": "hosted",
        });
        let mut session = self.make("cs_test", "checkout.session", fields);
        let id = text(&session, "id").to_owned();
        session["url"] = json!(format!("{}/c/pay/{id}", self.base_url));
        // What Stripe does not show again, and needs when the person pays.
        let start = json!({
            "prices": prices.iter().map(|(price, quantity)| json!([price, quantity])).collect::<Value>(),
            "trial_days": days,
            "trial_end": trial_end,
            "metadata": params.metadata("subscription_data[metadata]"),
            "missing_card": missing_card(params, "subscription_data[trial_settings]"),
        });
        session["_start"] = start;
        self.store.put(session.clone());
        Ok(session)
    }

    /// What a person does on the page; answers where they are sent.
    pub(crate) fn act_on_session(
        &mut self,
        id: &str,
        act: Act,
        email: Option<&str>,
    ) -> Result<Option<String>, Problem> {
        let session = self.open_session(id)?;
        let to = |name: &str| {
            let url = text(&session, name).replace("{CHECKOUT_SESSION_ID}", id);
            Some(url).filter(|url| !url.is_empty())
        };
        match act {
            Act::Leave => Ok(to("cancel_url")),
            Act::Decline => Err(Problem::declined("generic_decline")),
            Act::Pay | Act::PayOnce => {
                self.complete(&session, email)?;
                if act == Act::PayOnce {
                    let customer = id_in(&self.find("checkout.session", id)?, "customer");
                    self.set_card(&customer, Card::Declines)?;
                }
                Ok(to("success_url"))
            }
        }
    }

    fn open_session(&self, id: &str) -> Result<Value, Problem> {
        let session = self.find("checkout.session", id)?;
        if session["status"] == "open" {
            return Ok(session);
        }
        let message = format!("This Checkout Session is {}.", text(&session, "status"));
        Err(Problem::invalid(message))
    }

    fn complete(&mut self, session: &Value, email: Option<&str>) -> Result<(), Problem> {
        let customer = match session["customer"].as_str() {
            Some(id) => id.to_owned(),
            None => {
                let known = session["customer_details"]["email"].as_str();
                let email = known.or(email).ok_or_else(|| Problem::missing("email"))?;
                let params = Params::of(json!({ "email": email }));
                text(&self.create_customer(&params)?, "id").to_owned()
            }
        };
        self.living_customer(&customer)?;
        self.set_card(&customer, Card::Works)?;
        let kept = &session["_start"];
        let prices = kept["prices"].as_array().into_iter().flatten();
        let start = Start {
            prices: prices
                .map(|pair| (pair[0].clone(), pair[1].as_i64().unwrap_or(1)))
                .collect(),
            trial_end: kept["trial_days"]
                .as_i64()
                .map(|days| self.now + days * DAY)
                .or(kept["trial_end"].as_i64()),
            metadata: kept["metadata"].clone(),
            automatic_tax: session["automatic_tax"]["enabled"] == true,
            missing_card: text(kept, "missing_card").to_owned(),
            customer: customer.clone(),
        };
        let is_trial = start.trial_end.is_some();
        let subscription = self.start(start, true);
        let invoice = self.store.field(&subscription, "latest_invoice");
        let owner = self.living_customer(&customer)?;
        let id = text(session, "id").to_owned();
        self.amend(&id, "checkout.session.completed", |session| {
            session["customer"] = json!(customer);
            session["customer_details"]["email"] = owner["email"].clone();
            session["customer_details"]["name"] = owner["name"].clone();
            session["invoice"] = invoice;
            if session["consent_collection"]["terms_of_service"] == "required" {
                session["consent"] = json!({ "promotions": null, "terms_of_service": "accepted" });
            }
            session["payment_status"] = json!(if is_trial {
                "no_payment_required"
            } else {
                "paid"
            });
            session["status"] = json!("complete");
            session["subscription"] = json!(subscription);
            session["url"] = Value::Null;
        });
        Ok(())
    }

    /// Closes an open session without a purchase.
    pub(super) fn expire_session(&mut self, id: &str) -> Value {
        self.amend(id, "checkout.session.expired", |session| {
            session["status"] = json!("expired");
            session["url"] = Value::Null;
        })
    }

    pub(crate) fn expire_call(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&[])?;
        self.open_session(id)?;
        Ok(self.expire_session(id))
    }

    /// What a session sells, as a list.
    pub(crate) fn session_lines(&self, id: &str) -> Result<Value, Problem> {
        let session = self.find("checkout.session", id)?;
        let pairs = session["_start"]["prices"].as_array().into_iter().flatten();
        let lines = pairs.enumerate().map(|(place, pair)| {
            let total = number(&pair[0], "unit_amount") * pair[1].as_i64().unwrap_or(1);
            json!({
                "id": format!("li_{place}_{id}"),
                "object": "item",
                "amount_subtotal": total,
                "amount_total": total,
                "currency": pair[0]["currency"],
                "description": self.store.field(text(&pair[0], "product"), "name"),
                "price": pair[0],
                "quantity": pair[1],
            })
        });
        Ok(inner_list(
            &format!("/v1/checkout/sessions/{id}/line_items"),
            lines.collect(),
        ))
    }
}

fn trial_days(params: &Params) -> Result<Option<i64>, Problem> {
    let name = "subscription_data[trial_period_days]";
    match params.integer(name)? {
        Some(days) if !(1..=730).contains(&days) => {
            let message = "The number of trial period days must be between 1 and 730.";
            Err(Problem::invalid(message).at(name))
        }
        days => Ok(days),
    }
}

fn trial_end(params: &Params, now: i64) -> Result<Option<i64>, Problem> {
    let name = "subscription_data[trial_end]";
    let end = params.integer(name)?;
    if end.is_some() && params.at("subscription_data[trial_period_days]").is_some() {
        let message = "You may only specify one of these parameters: trial_end, trial_period_days.";
        return Err(Problem::invalid(message).at(name));
    }
    if end.is_some_and(|end| end < now + 2 * DAY) {
        let message = "The `trial_end` date has to be at least 2 days in the future.";
        return Err(Problem::invalid(message).at(name));
    }
    Ok(end)
}
