//! Products and prices.

use serde_json::{Value, json};

use super::State;
use crate::{calendar::Interval, form::Params, problem::Problem, store::text};

const PRODUCT: [&str; 8] = [
    "name",
    "active",
    "description",
    "metadata",
    "tax_code",
    "default_price",
    "statement_descriptor",
    "unit_label",
];
const PRICE: [&str; 11] = [
    "currency",
    "unit_amount",
    "product",
    "product_data",
    "recurring",
    "nickname",
    "lookup_key",
    "metadata",
    "active",
    "tax_behavior",
    "billing_scheme",
];

impl State {
    pub(crate) fn create_product(&mut self, params: &Params) -> Result<Value, Problem> {
        let mut known = PRODUCT.to_vec();
        known.push("id");
        params.only(&known)?;
        let mut product = self.new_product(params.require("name")?, params.metadata("metadata"));
        for field in [
            "description",
            "tax_code",
            "statement_descriptor",
            "unit_label",
        ] {
            product[field] = json!(params.text(field));
        }
        product["active"] = json!(params.flag("active")?.unwrap_or(true));
        if let Some(id) = params.text("id") {
            if self.store.get(id).is_some() {
                let exists = Problem::invalid("Product already exists.");
                return Err(exists.at("id").coded("resource_already_exists"));
            }
            product["id"] = json!(id);
        }
        Ok(self.add("product.created", product))
    }

    fn new_product(&mut self, name: &str, metadata: Value) -> Value {
        let fields = json!({
            "active": true,
            "default_price": null,
            "description": null,
            "images": [],
            "marketing_features": [],
            "metadata": metadata,
            "name": name,
            "tax_code": null,
            "type": "service",
            "updated": self.now,
            "url": null,
        });
        self.make("prod", "product", fields)
    }

    pub(crate) fn update_product(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&PRODUCT)?;
        self.find("product", id)?;
        let active = params.flag("active")?;
        let now = self.now;
        Ok(self.amend(id, "product.updated", |product| {
            for field in [
                "name",
                "description",
                "tax_code",
                "default_price",
                "unit_label",
            ] {
                if let Some(text) = params.text(field) {
                    product[field] = json!(text);
                }
            }
            if let Some(active) = active {
                product["active"] = json!(active);
            }
            params.merge_metadata("metadata", &mut product["metadata"]);
            product["updated"] = json!(now);
        }))
    }

    pub(crate) fn create_price(&mut self, params: &Params) -> Result<Value, Problem> {
        params.only(&PRICE)?;
        let currency = params.require("currency")?.to_lowercase();
        let amount = params.integer("unit_amount")?;
        let amount = amount.ok_or_else(|| Problem::missing("unit_amount"))?;
        if amount < 0 {
            return Err(Problem::invalid("Invalid non-negative integer").at("unit_amount"));
        }
        let recurring = recurring(params)?;
        let product = match params.text("product") {
            Some(id) => text(&self.find_at("product", id, "product")?, "id").to_owned(),
            None => {
                let name = params.require("product_data[name]")?;
                let product = self.new_product(name, params.metadata("product_data[metadata]"));
                text(&self.add("product.created", product), "id").to_owned()
            }
        };
        let fields = json!({
            "active": params.flag("active")?.unwrap_or(true),
            "billing_scheme": "per_unit",
            "currency": currency,
            "custom_unit_amount": null,
            "lookup_key": params.text("lookup_key"),
            "metadata": params.metadata("metadata"),
            "nickname": params.text("nickname"),
            "product": product,
            "recurring": recurring,
            "tax_behavior": params.text("tax_behavior").unwrap_or("unspecified"),
            "tiers_mode": null,
            "transform_quantity": null,
            "type": if recurring.is_null() { "one_time" } else { "recurring" },
            "unit_amount": amount,
            "unit_amount_decimal": amount.to_string(),
        });
        let price = self.make("price", "price", fields);
        Ok(self.add("price.created", price))
    }

    /// Of a price only what does not change the amount may change.
    pub(crate) fn update_price(&mut self, id: &str, params: &Params) -> Result<Value, Problem> {
        params.only(&[
            "active",
            "nickname",
            "lookup_key",
            "metadata",
            "tax_behavior",
        ])?;
        self.find("price", id)?;
        let active = params.flag("active")?;
        Ok(self.amend(id, "price.updated", |price| {
            for field in ["nickname", "lookup_key", "tax_behavior"] {
                if let Some(text) = params.text(field) {
                    price[field] = json!(text);
                }
            }
            if let Some(active) = active {
                price["active"] = json!(active);
            }
            params.merge_metadata("metadata", &mut price["metadata"]);
        }))
    }
}

fn recurring(params: &Params) -> Result<Value, Problem> {
    if params.at("recurring").is_none() {
        return Ok(Value::Null);
    }
    let count = params.integer("recurring[interval_count]")?.unwrap_or(1);
    let interval = params.require("recurring[interval]")?;
    if Interval::new(interval, count).is_none() || !(1..=1_095).contains(&count) {
        let allowed = "day, month, week, or year";
        return Err(Problem::not_one_of("recurring[interval]", allowed));
    }
    Ok(json!({
        "interval": interval,
        "interval_count": count,
        "meter": params.text("recurring[meter]"),
        "trial_period_days": null,
        "usage_type": params.text("recurring[usage_type]").unwrap_or("licensed"),
    }))
}

/// How often a recurring price is charged; `None` for one that is paid once.
pub(super) fn interval(price: &Value) -> Option<Interval> {
    let recurring = &price["recurring"];
    let count = recurring["interval_count"].as_i64().unwrap_or(1);
    Interval::new(text(recurring, "interval"), count)
}
