//! Lists with cursors and filters, and fields that are expanded to whole objects.

use serde_json::{Value, json};

use super::{State, entries};
use crate::{
    form::Params,
    problem::Problem,
    shape::WITH_PAYMENTS,
    store::{number, text},
};

const CURSORS: [&str; 4] = ["limit", "starting_after", "ending_before", "created"];

impl State {
    /// A page of the objects of a kind, newest first. `filters` are parameters that equal a field of that name.
    pub(crate) fn list(
        &self,
        kind: &str,
        url: &str,
        params: &Params,
        filters: &[&str],
    ) -> Result<Value, Problem> {
        let known: Vec<&str> = CURSORS.iter().chain(filters).copied().collect();
        params.only(&known)?;
        let newest_first = self.store.all(kind).rev();
        let mut matching = Vec::new();
        for object in newest_first.filter(|object| object["deleted"] != true) {
            let equals = |name: &&str| is_equal(object, name, params);
            if filters.iter().all(equals) && is_in_range(object, params)? {
                matching.push(object);
            }
        }
        page(&matching, url, params)
    }

    /// A page of the subscriptions that have not ended.
    pub(crate) fn list_running(
        &self,
        url: &str,
        params: &Params,
        filters: &[&str],
    ) -> Result<Value, Problem> {
        let known: Vec<&str> = CURSORS.iter().chain(filters).copied().collect();
        params.only(&known)?;
        let mut matching = Vec::new();
        for object in self.store.all("subscription").rev() {
            let equals = |name: &&str| is_equal(object, name, params);
            let is_running = object["status"] != "canceled";
            if is_running && filters.iter().all(equals) && is_in_range(object, params)? {
                matching.push(object);
            }
        }
        page(&matching, url, params)
    }

    /// A customer's cards.
    pub(crate) fn methods_of(&self, customer: &str) -> Result<Value, Problem> {
        self.find("customer", customer)?;
        let methods = self.store.all("payment_method");
        let own: Vec<Value> = methods
            .filter(|method| method["customer"] == customer)
            .cloned()
            .collect();
        let url = format!("/v1/customers/{customer}/payment_methods");
        Ok(json!({ "object": "list", "url": url, "has_more": false, "data": own }))
    }

    /// Events as a list: by types, and by whether every endpoint took them.
    pub(crate) fn list_events(&self, params: &Params) -> Result<Value, Problem> {
        let mut known = CURSORS.to_vec();
        known.extend(["type", "types", "delivery_success"]);
        params.only(&known)?;
        let types = params.texts("types");
        let success = params.flag("delivery_success")?;
        let mut matching = Vec::new();
        for event in self.store.all("event").rev() {
            let kind = text(event, "type");
            let is_typed = params.text("type").is_none_or(|wanted| wanted == kind)
                && (types.is_empty() || types.iter().any(|wanted| wanted == kind));
            let is_delivered = !self.queue.is_undelivered(text(event, "id"));
            let has_success = success.is_none_or(|wanted| wanted == is_delivered);
            if is_typed && has_success && is_in_range(event, params)? {
                matching.push(event);
            }
        }
        let mut list = page(&matching, "/v1/events", params)?;
        for event in list["data"].as_array_mut().into_iter().flatten() {
            *event = self.told_event(event);
        }
        Ok(list)
    }

    /// What paid which invoices, newest invoice first. A payment is named together with its type.
    pub(crate) fn list_invoice_payments(&self, params: &Params) -> Result<Value, Problem> {
        let known = ["invoice", "payment", "status"];
        let known: Vec<&str> = CURSORS.iter().chain(&known).copied().collect();
        params.only(&known)?;
        let kind = params
            .at("payment")
            .map(|_| params.require("payment[type]"));
        let kind = kind.transpose()?;
        let intent = params.text("payment[payment_intent]");
        let mut matching = Vec::new();
        for invoice in self.store.all("invoice").rev() {
            for made in entries(invoice, "payments") {
                let is = |name: &str, wanted: Option<&str>| {
                    wanted.is_none_or(|wanted| made["payment"][name] == wanted)
                };
                let equals = |name: &&str| is_equal(made, name, params);
                let is_wanted = is("type", kind) && is("payment_intent", intent);
                let is_named = ["invoice", "status"].iter().all(equals);
                if is_wanted && is_named && is_in_range(made, params)? {
                    matching.push(made);
                }
            }
        }
        page(&matching, "/v1/invoice_payments", params)
    }

    /// Puts whole objects where `expand[]` asks for them.
    pub(crate) fn expand(&self, answer: &mut Value, params: &Params) -> Result<(), Problem> {
        for path in params.texts("expand") {
            let parts: Vec<&str> = path.split('.').collect();
            if !self.expand_at(answer, &parts) {
                let message = format!("This property cannot be expanded ({path}).");
                return Err(Problem::invalid(message).at("expand[0]"));
            }
        }
        Ok(())
    }

    /// Whether there is such a field, or nothing to expand in it.
    fn expand_at(&self, node: &mut Value, path: &[&str]) -> bool {
        if let Some(list) = node.as_array_mut() {
            return list.iter_mut().all(|entry| self.expand_at(entry, path));
        }
        let Some((name, rest)) = path.split_first() else {
            return true;
        };
        if *name == "payments" && node["object"] == "invoice" {
            node[WITH_PAYMENTS] = json!(true);
        }
        let Some(inner) = node.get_mut(*name) else {
            return false;
        };
        if let Some(whole) = inner.as_str().and_then(|id| self.store.get(id)) {
            *inner = whole.clone();
        }
        inner.is_null() || ((inner.is_object() || inner.is_array()) && self.expand_at(inner, rest))
    }
}

fn is_equal(object: &Value, name: &str, params: &Params) -> bool {
    let wanted = params.text(name);
    let subscription = &object["parent"]["subscription_details"]["subscription"];
    if name == "subscription" && object["object"] == "invoice" {
        return wanted.is_none_or(|wanted| subscription == wanted);
    }
    if name == "lookup_keys" {
        let keys = params.texts(name);
        return keys.is_empty() || keys.iter().any(|key| object["lookup_key"] == *key);
    }
    wanted.is_none_or(|wanted| match (&object[name], name) {
        // Without a status, and with `all`, the caller's list says what it shows.
        (_, "status") if wanted == "all" => true,
        (Value::String(text), _) => text == wanted,
        (Value::Bool(flag), _) => flag.to_string() == wanted,
        (Value::Object(inner), _) => inner.get("id").is_some_and(|id| id == wanted),
        _ => false,
    })
}

fn is_in_range(object: &Value, params: &Params) -> Result<bool, Problem> {
    let created = number(object, "created");
    let holds = |name: &str, compare: fn(&i64, &i64) -> bool| -> Result<bool, Problem> {
        let bound = params.integer(name)?;
        Ok(bound.is_none_or(|bound| compare(&created, &bound)))
    };
    Ok(holds("created[gt]", i64::gt)?
        && holds("created[gte]", i64::ge)?
        && holds("created[lt]", i64::lt)?
        && holds("created[lte]", i64::le)?
        && holds("created", i64::eq)?)
}

/// The part of `matching` that limit and cursor name.
fn page(matching: &[&Value], url: &str, params: &Params) -> Result<Value, Problem> {
    let limit = params.integer("limit")?.unwrap_or(10);
    let limit = usize::try_from(limit)
        .ok()
        .filter(|limit| (1..=100).contains(limit))
        .ok_or_else(|| Problem::invalid("limit must be between 1 and 100").at("limit"))?;
    let place = |param: &str| -> Result<Option<usize>, Problem> {
        let Some(id) = params.text(param) else {
            return Ok(None);
        };
        let place = matching.iter().position(|object| object["id"] == id);
        let missing = || Problem::no_such("object", id, Some(param));
        place.map(Some).ok_or_else(missing)
    };
    let (data, has_more) = match (place("starting_after")?, place("ending_before")?) {
        (Some(_), Some(_)) => {
            let message = "You can only use one of starting_after and ending_before.";
            return Err(Problem::invalid(message).at("ending_before"));
        }
        (None, Some(end)) => (&matching[end.saturating_sub(limit)..end], end > limit),
        (start, None) => {
            let start = start.map_or(0, |place| place + 1);
            let end = matching.len().min(start + limit);
            (&matching[start..end], end < matching.len())
        }
    };
    Ok(json!({ "object": "list", "url": url, "has_more": has_more, "data": data }))
}
