//! Stripe's rules without any network: objects, and what time and calls make of them.
//!
//! Time is an argument: [`State::advance`] carries out, one after the other and each at its own moment, whatever came due.

mod catalogue;
mod checkout;
mod credit_notes;
mod customers;
mod cycle;
mod endpoints;
mod events;
mod invoices;
mod lines;
mod listing;
mod money;
mod payment;
mod portal;
mod subscriptions;
#[cfg(test)]
mod tests;
mod update;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::Generator;

use crate::{
    delivery::Queue,
    problem::Problem,
    random,
    settings::Settings,
    store::{Store, text},
};

pub(crate) use checkout::Act as CheckoutAct;
pub(crate) use endpoints::Post;
pub(crate) use portal::Act as PortalAct;
pub(crate) use usage::Use;

/// How a customer's card behaves from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Card {
    Works,
    Declines,
    /// The bank wants to see the person.
    NeedsAction,
}

/// The call that is being carried out, as events name it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cause {
    pub request: Option<String>,
    pub idempotency_key: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct State {
    /// Seconds since the Unix epoch.
    pub now: i64,
    /// The address of the pages.
    #[serde(skip)]
    pub base_url: String,
    pub settings: Settings,
    pub store: Store,
    pub queue: Queue,
    #[serde(skip)]
    pub cause: Cause,
    /// How each customer's card behaves; none has no card.
    cards: BTreeMap<String, Card>,
    /// Lines that wait for the next invoice of a subscription.
    pending: BTreeMap<String, Vec<Value>>,
    /// What is told once only: a trial's nearing end, a coming renewal.
    told: BTreeSet<String>,
    uses: Vec<Use>,
    invoices: u64,
    pub generator: Generator,
}

impl State {
    pub(crate) fn new(seed: u64, base_url: &str) -> Self {
        Self {
            now: 0,
            base_url: base_url.to_owned(),
            settings: Settings::default(),
            store: Store::default(),
            queue: Queue::default(),
            cause: Cause::default(),
            cards: BTreeMap::new(),
            pending: BTreeMap::new(),
            told: BTreeSet::new(),
            uses: Vec::new(),
            invoices: 0,
            generator: Generator::new(seed),
        }
    }

    /// A new object with what all have; `fields` are its own.
    fn make(&mut self, prefix: &str, kind: &str, fields: Value) -> Value {
        let mut object = json!({
            "id": random::id(&mut self.generator, prefix),
            "object": kind,
            "created": self.now,
            "livemode": self.settings.livemode,
        });
        overlay(&mut object, fields);
        object
    }

    /// Stores a new object and tells of it.
    fn add(&mut self, event: &str, object: Value) -> Value {
        self.store.put(object.clone());
        self.emit(event, &object);
        object
    }

    /// Changes an object and tells of it, if anything changed; answers the object.
    fn amend(&mut self, id: &str, event: &str, change: impl FnOnce(&mut Value)) -> Value {
        let Some(before) = self.store.get(id).cloned() else {
            return Value::Null;
        };
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            self.store.put(after.clone());
            self.emit_change(event, &after, &before);
        }
        after
    }

    /// The object of this kind that a path names.
    pub(crate) fn find(&self, kind: &str, id: &str) -> Result<Value, Problem> {
        let found = self.store.of(kind, id).cloned();
        found.ok_or_else(|| Problem::no_such(name(kind), id, None))
    }

    /// The object of this kind that a parameter names.
    fn find_at(&self, kind: &str, id: &str, param: &str) -> Result<Value, Problem> {
        let found = self.store.of(kind, id).cloned();
        found.ok_or_else(|| Problem::no_such(name(kind), id, Some(param)))
    }

    /// A customer that was not deleted.
    fn living_customer(&self, id: &str) -> Result<Value, Problem> {
        let customer = self.find_at("customer", id, "customer")?;
        if customer["deleted"] == true {
            return Err(Problem::no_such("customer", id, Some("customer")));
        }
        Ok(customer)
    }
}

/// A kind's name in messages: `checkout.session` is only a session there.
fn name(kind: &str) -> &str {
    kind.rsplit_once('.').map_or(kind, |(_, name)| name)
}

/// Puts the fields of `over` into `object`.
fn overlay(object: &mut Value, over: Value) {
    if let (Some(fields), Value::Object(over)) = (object.as_object_mut(), over) {
        fields.extend(over);
    }
}

/// A list object as it stands inside another object.
fn inner_list(url: &str, data: Vec<Value>) -> Value {
    json!({ "object": "list", "has_more": false, "total_count": data.len(), "url": url, "data": data })
}

/// The entries of an inner list.
fn entries<'a>(object: &'a Value, name: &str) -> &'a [Value] {
    object[name]["data"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The id in a field that holds an id or a whole object.
fn id_in(object: &Value, name: &str) -> String {
    match &object[name] {
        Value::String(id) => id.clone(),
        inner => text(inner, "id").to_owned(),
    }
}
