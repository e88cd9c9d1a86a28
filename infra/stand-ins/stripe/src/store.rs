//! All objects by id, and the order in which they were made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The text of a field; empty when it is none.
pub(crate) fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}

/// The number of a field; 0 when it is none.
pub(crate) fn number(object: &Value, name: &str) -> i64 {
    object[name].as_i64().unwrap_or(0)
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Store {
    objects: BTreeMap<String, Value>,
    order: BTreeMap<String, Vec<String>>,
}

impl Store {
    /// Adds or replaces an object.
    pub(crate) fn put(&mut self, object: Value) {
        let id = text(&object, "id").to_owned();
        let kind = text(&object, "object").to_owned();
        if self.objects.insert(id.clone(), object).is_none() {
            self.order.entry(kind).or_default().push(id);
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Value> {
        self.objects.get(id)
    }

    /// The object of this kind and id.
    pub(crate) fn of(&self, kind: &str, id: &str) -> Option<&Value> {
        self.get(id).filter(|object| object["object"] == kind)
    }

    /// A field of an object, or nothing.
    pub(crate) fn field(&self, id: &str, name: &str) -> Value {
        self.get(id)
            .map_or(Value::Null, |object| object[name].clone())
    }

    /// Changes an object, if it is there.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(object) = self.objects.get_mut(id) {
            change(object);
        }
    }

    /// All objects of a kind, oldest first.
    pub(crate) fn all(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Value> {
        let ids = self.order.get(kind).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(move |id| self.objects.get(id))
    }
}
