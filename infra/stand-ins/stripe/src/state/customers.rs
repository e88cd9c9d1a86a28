//! Customers and the cards that are said to be theirs.

use serde_json::{Value, json};

use super::{Card, State, id_in};
use crate::{form::Params, problem::Problem, store::text};

const CUSTOMER: [&str; 10] = [
    "name",
    "email",
    "description",
    "phone",
    "address",
    "metadata",
    "preferred_locales",
    "tax",
    "tax_exempt",
    "invoice_settings",
];

impl State {
    pub(crate) fn create_customer(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&CUSTOMER)?;
        check_email(params.text("email"))?;
        let fields = json!({
            "address": params.at("address"),
            "balance": 0,
            "currency": null,
            "default_source": null,
            "delinquent": false,
            "description": params.text("description"),
            "discount": null,
            "email": params.text("email"),
            "invoice_prefix": "SOFITEST",
            "invoice_settings": { "custom_fields": null, "default_payment_method": null, "footer": null },
            "metadata": params.metadata("metadata"),
            "name": params.text("name"),
            "phone": params.text("phone"),
            "preferred_locales": params.texts("preferred_locales"),
            "shipping": null,
            "tax_exempt": params.text("tax_exempt").unwrap_or("none"),
        });
        let customer = self.make("cus", "customer", fields);
        Ok(self.add("customer.created", customer))
    }

    pub(crate) fn update_customer(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&CUSTOMER)?;
        check_email(params.text("email"))?;
        self.living(id)?;
        let method = "invoice_settings[default_payment_method]";
        if let Some(id) = params.text(method) {
            self.find_at("payment_method", id, method)?;
        }
        Ok(self.amend(id, "customer.updated", |customer| {
            for field in ["name", "email", "description", "phone", "tax_exempt"] {
                match params.text(field) {
                    Some("") => customer[field] = Value::Null,
                    Some(text) => customer[field] = json!(text),
                    None => {}
                }
            }
            if let Some(address) = params.at("address") {
                customer["address"] = address.clone();
            }
            if let Some(id) = params.text(method) {
                customer["invoice_settings"]["default_payment_method"] = json!(id);
            }
            params.merge_metadata("metadata", &mut customer["metadata"]);
        }))
    }

    /// Ends what the customer subscribed to; only a tombstone stays.
    pub(crate) fn delete_customer(&mut self, id: &str) -> Result<Value, Problem> {
        let customer = self.living(id)?;
        let running: Vec<String> = self
            .subscriptions_of(id)
            .map(|subscription| id_in(subscription, "id"))
            .collect();
        for subscription in running {
            self.end_subscription(&subscription, "cancellation_requested");
        }
        let tombstone = json!({ "id": id, "object": "customer", "deleted": true });
        self.store.put(tombstone.clone());
        self.cards.remove(id);
        self.emit("customer.deleted", &customer);
        Ok(tombstone)
    }

    /// The customer that a path names; a deleted one cannot be changed.
    fn living(&self, id: &str) -> Result<Value, Problem> {
        let customer = self.find("customer", id)?;
        if customer["deleted"] == true {
            return Err(Problem::no_such("customer", id, None));
        }
        Ok(customer)
    }

    /// The customer's subscriptions that have not ended.
    pub(super) fn subscriptions_of(&self, customer: &str) -> impl Iterator<Item = &Value> {
        let all = self.store.all("subscription");
        all.filter(move |subscription| {
            subscription["customer"] == customer
                && !["canceled", "incomplete_expired"].contains(&text(subscription, "status"))
        })
    }

    /// Lets the customer's card behave so from now on; the first time a card is attached.
    pub(crate) fn set_card(&mut self, customer: &str, card: Card) -> Result<Value, Problem> {
        let found = self.living_customer(customer)?;
        self.cards.insert(customer.to_owned(), card);
        let settings = &found["invoice_settings"];
        if !settings["default_payment_method"].is_null() {
            return Ok(found);
        }
        let fields = json!({
            "allow_redisplay": "limited",
            "billing_details": { "address": null, "email": found["email"], "name": found["name"], "phone": null },
            "card": {
                "brand": "visa", "country": "DE", "exp_month": 12, "exp_year": 2040,
                "funding": "credit", "last4": "4242",
            },
            "customer": customer,
            "metadata": {},
            "type": "card",
        });
        let method = self.make("pm", "payment_method", fields);
        let id = text(&method, "id").to_owned();
        self.add("payment_method.attached", method);
        Ok(self.amend(customer, "customer.updated", |customer| {
            customer["invoice_settings"]["default_payment_method"] = json!(id);
        }))
    }

    pub(super) fn card(&self, customer: &str) -> Option<Card> {
        self.cards.get(customer).copied()
    }
}

fn check_email(email: Option<&str>) -> Result<(), Problem> {
    match email {
        Some(text) if !text.is_empty() && !text.contains('@') => {
            let message = format!("Invalid email address: {text}");
            Err(Problem::invalid(message).at("email").coded("email_invalid"))
        }
        _ => Ok(()),
    }
}
