//! What two archives of the same records have in common when one is of another workspace: a sum over what of each record means the
//! same there.
//!
//! Ids are a workspace's own, and the order of records follows ids. So neither counts: an id that stands for a person is replaced by
//! the number by which Telegram knows them, other ids are left out, and the hashes of the records are added up.

use std::collections::BTreeMap;

use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::canonical;
use crate::manifest::hex;

/// How a value of a record counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carry {
    /// As it is.
    Value,
    /// An id of a fan or of a fan's conversation: the number by which Telegram knows the fan.
    Person,
}

/// Which values of a section's records count: a field's name, or a field's and a key's in its object with a dot between.
pub type Portable = BTreeMap<String, Carry>;

/// Sum of SHA-256s modulo 2^256, the most significant byte first. Unlike a hash it can be put aside between two slices, and
/// the order of what is added does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum([u8; 32]);

impl Sum {
    /// Adds a record by its portable line.
    pub fn add(&mut self, line: &str) {
        let hash = digest(&SHA256, line.as_bytes());
        let (bytes, mut carry): (&[u8], u16) = (hash.as_ref(), 0);
        for (own, other) in self.0.iter_mut().zip(bytes).rev() {
            let [high, low] = (u16::from(*own) + u16::from(*other) + carry).to_be_bytes();
            *own = low;
            carry = u16::from(high);
        }
    }

    /// In hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.0)
    }
}

/// What of a record counts, in canonical form. `person` gives the number of the fan whom an id stands for; what is missing, or
/// stands for nobody who is known, is `null`.
pub(crate) fn line(
    portable: &Portable,
    record: &Map<String, Value>,
    person: impl Fn(&str) -> Option<String>,
) -> String {
    let pairs = portable.iter().map(|(path, carry)| {
        let found = at(record, path);
        let value = match carry {
            Carry::Value => found.cloned(),
            Carry::Person => found
                .and_then(Value::as_str)
                .and_then(&person)
                .map(Value::String),
        };
        (path.clone(), value.unwrap_or_default())
    });
    canonical(&Value::Object(pairs.collect()))
}

/// The field that a path begins with.
pub(crate) fn field(path: &str) -> &str {
    path.split_once('.').map_or(path, |(field, _)| field)
}

fn at<'a>(record: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        Some((field, key)) => record.get(field)?.get(key),
        None => record.get(path),
    }
}
