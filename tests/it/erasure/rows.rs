//! Every stored row, and whose it is.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::World;

use crate::sealing::{self, Key};

/// Rows by their place: table, partition and sort key.
pub(super) type Rows = BTreeMap<String, Value>;

/// Attributes that are part of a key, in a table or an index.
const KEYS: [&str; 6] = ["pk", "sk", "lpk", "lsk", "dpk", "dsk"];

/// All rows of all tables.
pub(super) async fn dump(world: &World) -> Rows {
    let dump = world.control("/dump").await;
    let tables = dump["tables"].as_object().expect("tables");
    let mut rows = Rows::new();
    for (table, listed) in tables {
        for row in listed.as_array().expect("rows") {
            let part = |name: &str| row[name]["S"].as_str().unwrap_or_default().to_owned();
            rows.insert(
                format!("{table} {} | {}", part("pk"), part("sk")),
                row.clone(),
            );
        }
    }
    rows
}

/// What a row is.
fn kind(row: &Value) -> &str {
    row["kind"]["S"].as_str().unwrap_or_default()
}

/// Rows of one workspace.
pub(super) fn of(rows: &Rows, tenant: &str) -> Rows {
    let prefix = format!("T#{tenant}#");
    chosen(rows, |row| {
        row["pk"]["S"]
            .as_str()
            .is_some_and(|pk| pk.starts_with(&prefix))
    })
}

/// Rows in which one of these ids stands somewhere, without the audit log.
pub(super) fn naming(rows: &Rows, ids: &[String]) -> Rows {
    chosen(rows, |row| {
        let text = row.to_string();
        !kind(row).starts_with("audit_") && ids.iter().any(|id| text.contains(id.as_str()))
    })
}

/// Those of them in whose keys one of these ids stands.
fn keyed(rows: &Rows, ids: &[String]) -> Rows {
    chosen(&naming(rows, ids), |row| {
        let mut keys = KEYS.iter().filter_map(|key| row[key]["S"].as_str());
        keys.any(|key| ids.iter().any(|id| key.contains(id.as_str())))
    })
}

/// Rows that say which workspace holds whom, under a mark that names nobody.
pub(super) fn holders(rows: &Rows) -> Rows {
    chosen(rows, |row| kind(row) == "holder")
}

/// Rows of tags, which name nobody but in words.
pub(super) fn tags(rows: &Rows) -> Rows {
    chosen(rows, |row| kind(row) == "tag")
}

/// Everything that is sealed under a workspace's own key, opened.
pub(super) async fn opened(world: &World, tenant: &str) -> String {
    let key = Key::of_tenant(world, tenant).await;
    let prefix = format!("T#{tenant}#");
    let mut opened = String::new();
    for short in ["tenant", "work"] {
        for row in sealing::rows(world, short).1 {
            let Some(pk) = sealing::text(&row, "pk").strip_prefix(&prefix) else {
                continue;
            };
            let sk = sealing::text(&row, "sk");
            let attributes = row.as_object().expect("an item").iter();
            for (name, value) in attributes.filter(|(_, value)| value["B"].is_string()) {
                let place = [short, pk, sk, name.as_str()];
                let content = key.open(place, &sealing::bytes(&value["B"]));
                opened.push_str(&String::from_utf8_lossy(&content.unwrap_or_default()));
                opened.push('\n');
            }
        }
    }
    opened
}

/// Rows that stay until somebody deletes them.
fn lasting(rows: &Rows) -> Rows {
    chosen(rows, |row| row.get("expires_at").is_none())
}

/// How many there are of each kind.
pub(super) fn count(rows: &Rows) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for row in rows.values() {
        *counted.entry(kind(row).to_owned()).or_default() += 1;
    }
    counted
}

/// What was there and is not any more, of each kind.
pub(super) fn gone(before: &Rows, after: &Rows) -> BTreeMap<String, u64> {
    let mut gone = before.clone();
    gone.retain(|place, _| !after.contains_key(place));
    count(&gone)
}

/// Nothing is stored under these ids; what still mentions them ends by itself.
pub(super) fn assert_gone(rows: &Rows, ids: &[String]) {
    let stored = keyed(rows, ids);
    assert!(stored.is_empty(), "{:?}", stored.keys());
    let named = naming(rows, ids);
    println!("still mentioned: {:?}", count(&named));
    let kept = lasting(&named);
    assert!(kept.is_empty(), "{:?}", kept.keys());
}

fn chosen(rows: &Rows, wanted: impl Fn(&Value) -> bool) -> Rows {
    let mut rows = rows.clone();
    rows.retain(|_, row| wanted(row));
    rows
}

/// A text of an answer.
pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The part of ids that stands in keys.
pub(super) fn ids(named: &[&Value]) -> Vec<String> {
    let part = |id: &&Value| {
        let id = id.as_str().expect("an id");
        id.rsplit_once('_').expect("a prefix").1.to_owned()
    };
    named.iter().map(part).collect()
}
