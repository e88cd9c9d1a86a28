//! Both forms of sealed values (`shared/vault/src/seal.rs`), written down again: the product writes one of them, and here the other
//! one is put into the database.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use tests::{Signed, World};

/// The form that is written, and the other one.
pub(super) const WRITTEN: u8 = 1;
pub(super) const FORMER: u8 = 2;
/// Where sealed values stand that a job may change.
const TABLES: [&str; 3] = ["tenant", "work", "keys"];
/// What DynamoDB takes at once.
const BATCH: usize = 25;

/// Table, partition key, sort key and attribute.
type Place<'a> = [&'a str; 4];

/// A key, and the tenant to which it binds what it seals.
struct Key {
    bytes: Vec<u8>,
    tenant: String,
}

impl Key {
    fn cipher(&self, form: u8) -> LessSafeKey {
        let unbound = if form == FORMER {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &self.bytes);
            let derived = hmac::sign(&key, b"seal-2");
            UnboundKey::new(&CHACHA20_POLY1305, derived.as_ref())
        } else {
            UnboundKey::new(&AES_256_GCM, &self.bytes)
        };
        LessSafeKey::new(unbound.expect("a key has 32 bytes"))
    }

    fn bound(&self, form: u8, place: Place<'_>) -> Aad<Vec<u8>> {
        let mut data = vec![form];
        for part in [self.tenant.as_str()].into_iter().chain(place) {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        Aad::from(data)
    }

    fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&form, rest) = sealed.split_first()?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let cipher = self.cipher(form);
        let opened = cipher.open_in_place(nonce, self.bound(form, place), &mut body);
        opened.ok().map(|opened| opened.to_vec())
    }

    fn seal(&self, form: u8, place: Place<'_>, text: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).expect("randomness");
        let mut body = text.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.cipher(form)
            .seal_in_place_append_tag(unique, self.bound(form, place), &mut body)
            .expect("it is short");
        [&[form][..], &nonce, &body].concat()
    }
}

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
        let (_, mut rows) = rows(world, "keys");
        rows.retain(|row| text(row, "pk").starts_with(&prefix));
        let own = rows.iter().find(|row| text(row, "kind") == "tenant_key");
        let own = own.expect("the tenant's key");
        let ask = json!({
            "CiphertextBlob": own["wrapped"]["B"],
            "EncryptionContext": { "tenant": tenant, "purpose": "data" },
        });
        let opened = Signed::platform(world).kms("Decrypt", &ask).await;
        let key = |bytes| Key {
            bytes,
            tenant: tenant.to_owned(),
        };
        let own = key(bytes(&opened.expect("KMS opens it")["Plaintext"]));
        let fans = rows.iter().filter(|row| text(row, "kind") == "fan_key");
        let of_fans = fans
            .map(|row| {
                let (_, fan) = text(row, "pk").rsplit_once('#').expect("a fan's key");
                let opened = own.open(key_place(fan), &bytes(&row["wrapped"]["B"]));
                key(opened.expect("the fan's key opens"))
            })
            .collect();
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
            for batch in changed.chunks(BATCH) {
                put(world, &table, batch);
            }
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

fn key_place(fan: &str) -> Place<'_> {
    ["keys", "FANKEY", fan, "wrapped"]
}

/// The full name of a table, and all of its rows.
fn rows(world: &World, short: &str) -> (String, Vec<Value>) {
    let dynamodb = world.host.aws().dynamodb();
    let mut tables = dynamodb.tables().expect("tables").into_iter();
    let table = tables.find(|name| name.ends_with(&format!("-{short}")));
    let table = table.expect("a table");
    let rows = dynamodb.dump(&table).expect("rows");
    (table, rows)
}

fn put(world: &World, table: &str, items: &[Value]) {
    let puts: Vec<_> = items
        .iter()
        .map(|item| json!({ "PutRequest": { "Item": item } }))
        .collect();
    let request = serde_json::from_value(json!({ "RequestItems": { table: puts } }));
    let database = world.host.aws().dynamodb().database();
    let done = database.batch_write_item(request.expect("a request"));
    let done = done.expect("they are written");
    assert!(done.unprocessed_items.is_empty(), "all of them");
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name]["S"].as_str().expect("a text")
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("base 64");
    STANDARD.decode(text).expect("base 64")
}
