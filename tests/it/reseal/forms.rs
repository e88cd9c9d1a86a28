//! What a tenant has sealed, in either form: the product writes one of them, and here the other one is put into the database.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::World;

use crate::sealing::{FORMER, Key, Place, bytes, key_place, rows, text};

/// Where sealed values stand that a job may change.
const TABLES: [&str; 3] = ["tenant", "work", "keys"];

/// Everything that opens values of one tenant.
pub(super) struct Keys {
    prefix: String,
    own: Key,
    of_fans: Vec<Key>,
}

/// A row of the tenant in which something is sealed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    pub(super) kind: String,
    /// What is not sealed.
    pub(super) plain: Value,
    /// What is: form and content.
    pub(super) sealed: BTreeMap<String, (u8, Vec<u8>)>,
}

impl Keys {
    /// Opens them.
    pub(super) async fn of(world: &World, tenant: &str) -> Self {
        let prefix = format!("T#{tenant}#");
        let own = Key::of_tenant(world, tenant).await;
        let (_, mut rows) = rows(world, "keys");
        rows.retain(|row| text(row, "pk").starts_with(&prefix) && text(row, "kind") == "fan_key");
        let of_fans = rows.iter().map(|row| own.of_fan(row)).collect();
        Self {
            prefix,
            own,
            of_fans,
        }
    }

    /// The key that opens a value, and its content; nothing for what KMS has sealed.
    fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<(&Key, Vec<u8>)> {
        let mut keys = [&self.own].into_iter().chain(&self.of_fans);
        keys.find_map(|key| Some((key, key.open(place, sealed)?)))
    }

    /// Rows in which something is sealed, by table, partition and sort key.
    pub(super) fn held(&self, world: &World) -> BTreeMap<String, Held> {
        let mut held = BTreeMap::new();
        for short in TABLES {
            for row in self.rows(world, short).1 {
                let mut plain = row.clone();
                let mut sealed = BTreeMap::new();
                for (name, value) in self.values(short, &row) {
                    let content = self.open(place(short, &row, &name, &self.prefix), &value);
                    if let Some((_, content)) = content {
                        plain[&name] = Value::Null;
                        sealed.insert(name, (value[0], content));
                    }
                }
                if !sealed.is_empty() {
                    let at = format!("{short} {} {}", text(&row, "pk"), text(&row, "sk"));
                    let kind = text(&row, "kind").to_owned();
                    let found = Held {
                        kind,
                        plain,
                        sealed,
                    };
                    held.insert(at, found);
                }
            }
        }
        held
    }

    /// Puts everything that is sealed into the other form; how many values.
    pub(super) fn put_former(&self, world: &World) -> u64 {
        let mut values = 0;
        for short in TABLES {
            let (table, rows) = self.rows(world, short);
            let mut changed = Vec::new();
            for row in rows {
                let mut former = row.clone();
                for (name, value) in self.values(short, &row) {
                    let place = place(short, &row, &name, &self.prefix);
                    if let Some((key, content)) = self.open(place, &value) {
                        let sealed = key.seal(FORMER, place, &content);
                        former[&name] = json!({ "B": STANDARD.encode(sealed) });
                        values += 1;
                    }
                }
                if former != row {
                    changed.push(former);
                }
            }
            let database = world.host.aws().dynamodb();
            let loaded = database.load(&table, &json!(changed).to_string());
            loaded.expect("they are written");
        }
        values
    }

    fn rows(&self, world: &World, short: &str) -> (String, Vec<Value>) {
        let (table, mut found) = rows(world, short);
        found.retain(|row| text(row, "pk").starts_with(&self.prefix));
        (table, found)
    }

    /// Attributes that may be sealed.
    fn values(&self, short: &str, row: &Value) -> Vec<(String, Vec<u8>)> {
        let attributes = row.as_object().expect("an item").iter();
        let values = attributes.filter(|(_, value)| value["B"].is_string());
        let values = values.map(|(name, value)| (name.clone(), bytes(&value["B"])));
        // The tenant's own key is KMS's.
        values
            .filter(|_| short != "keys" || text(row, "kind") == "fan_key")
            .collect()
    }
}

/// Where a value is sealed to; a fan's key has a place of its own.
fn place<'a>(short: &'a str, row: &'a Value, name: &'a str, prefix: &str) -> Place<'a> {
    let pk = text(row, "pk").strip_prefix(prefix);
    let pk = pk.expect("a row of the tenant");
    match short {
        "keys" => key_place(pk.rsplit_once('#').expect("a fan's key").1),
        _ => [short, pk, text(row, "sk"), name],
    }
}
