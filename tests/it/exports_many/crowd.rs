//! Fans by the thousand, written straight into the database: what the product wrote of one fan, again under ids and keys of
//! their own.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Map, Value, json};
use tests::{Signed, World};

/// One fan in so many has the model's chat and facts, the others a profile alone: each partition costs the export a call.
const WITH_CHAT: usize = 20;
/// What DynamoDB takes at once.
const BATCH: usize = 25;
/// First byte of what is sealed.
const VERSION: u8 = 1;

/// A key, and the tenant to which it binds what it seals. The form is that of `shared/vault`, written down again.
struct Key {
    cipher: LessSafeKey,
    tenant: String,
}

/// Table, partition key, sort key and attribute.
type Place<'a> = [&'a str; 4];

impl Key {
    fn new(bytes: &[u8], tenant: &str) -> Self {
        let unbound = UnboundKey::new(&AES_256_GCM, bytes).expect("a key has 32 bytes");
        Self {
            cipher: LessSafeKey::new(unbound),
            tenant: tenant.to_owned(),
        }
    }

    fn bound(&self, place: Place<'_>) -> Aad<Vec<u8>> {
        let mut data = vec![VERSION];
        for part in [self.tenant.as_str()].into_iter().chain(place) {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        Aad::from(data)
    }

    fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, body) = sealed[1..].split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let opened = self
            .cipher
            .open_in_place(nonce, self.bound(place), &mut body);
        opened.ok().map(|opened| opened.to_vec())
    }

    fn seal(&self, place: Place<'_>, text: &[u8], random: &SystemRandom) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        random.fill(&mut nonce).expect("randomness");
        let mut body = text.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.cipher
            .seal_in_place_append_tag(unique, self.bound(place), &mut body)
            .expect("it is short");
        [&[VERSION][..], &nonce, &body].concat()
    }
}

/// A row of the model.
struct Pattern {
    table: String,
    /// As places name the table.
    short: &'static str,
    kind: String,
    /// Whether every fan has it.
    of_each: bool,
    /// The item without what is sealed, as JSON.
    plain: String,
    sealed: Vec<Field>,
}

/// A sealed attribute of the model.
struct Field {
    name: String,
    text: String,
    /// Under the fan's key, or under the tenant's.
    by_fan: bool,
}

/// Whom the crowd is made after: ids as the API tells them.
pub(crate) struct Model<'a> {
    /// The workspace.
    pub(crate) tenant: &'a str,
    /// The fan.
    pub(crate) fan: &'a str,
    /// The fan's conversation.
    pub(crate) chat: &'a str,
    /// What the fan is called.
    pub(crate) name: &'a str,
}

/// Fans of a workspace, as many as are wanted.
pub(crate) struct Crowd {
    tenant: String,
    fan: String,
    chat: String,
    name: String,
    key: Key,
    patterns: Vec<Pattern>,
    random: SystemRandom,
}

impl Crowd {
    /// Learns from everything that is held of the model.
    pub(crate) async fn after(world: &World, model: &Model<'_>) -> Self {
        let suffix = |id: &str| id.rsplit_once('_').expect("an id").1.to_owned();
        let (tenant, fan, chat) = (suffix(model.tenant), suffix(model.fan), suffix(model.chat));
        let prefix = format!("T#{tenant}#");
        let (_, keys) = rows(world, "keys");
        let wrapped = |kind: &str, pk: &str| {
            let mut found = keys.iter().filter(|row| text(row, "kind") == kind);
            let found = found.find(|row| text(row, "pk").starts_with(pk));
            bytes(&found.expect("a wrapped key")["wrapped"]["B"])
        };
        let ask = json!({
            "CiphertextBlob": STANDARD.encode(wrapped("tenant_key", &prefix)),
            "EncryptionContext": { "tenant": tenant, "purpose": "data" },
        });
        let opened = Signed::platform(world).kms("Decrypt", &ask).await;
        let opened = opened.expect("KMS opens it");
        let key = Key::new(&bytes(&opened["Plaintext"]), &tenant);
        let of_fan = wrapped("fan_key", &format!("{prefix}FANKEY#{fan}"));
        let of_fan = key.open(key_place(&fan), &of_fan);
        let of_fan = Key::new(&of_fan.expect("the fan's key opens"), &tenant);

        let mut patterns = Vec::new();
        for short in ["tenant", "work", "keys"] {
            let (table, items) = rows(world, short);
            for item in items {
                let Some(pk) = text(&item, "pk").strip_prefix(&prefix) else {
                    continue;
                };
                let of_fan_alone = pk == format!("FAN#{fan}") || pk == format!("FANKEY#{fan}");
                let listed = pk.starts_with("FANS#") && pk.len() == 6;
                let listed = listed && text(&item, "sk").ends_with(&fan);
                let in_chat = pk == format!("CNV#{chat}");
                // What waits for its moment would be looked after meanwhile.
                if (of_fan_alone || listed || in_chat) && item["dpk"].is_null() {
                    let of_each = !in_chat && text(&item, "kind") != "fact";
                    let kept = [&of_fan, &key];
                    patterns.push(pattern(&table, short, pk.to_owned(), of_each, &item, kept));
                }
            }
        }
        Self {
            tenant,
            fan,
            chat,
            name: model.name.to_owned(),
            key,
            patterns,
            random: SystemRandom::new(),
        }
    }

    /// Writes the fans of these numbers.
    pub(crate) fn write(&self, world: &World, numbers: Range<usize>) {
        let mut batch = Vec::new();
        for number in numbers {
            let mut secret = [0; 32];
            self.random.fill(&mut secret).expect("randomness");
            let with_chat = number.is_multiple_of(WITH_CHAT);
            for pattern in &self.patterns {
                if pattern.of_each || with_chat {
                    let item = self.item(pattern, number, &secret);
                    batch.push((pattern.table.as_str(), item));
                }
                if batch.len() == BATCH {
                    put(world, std::mem::take(&mut batch));
                }
            }
        }
        if !batch.is_empty() {
            put(world, batch);
        }
    }

    fn item(&self, pattern: &Pattern, number: usize, secret: &[u8; 32]) -> Value {
        let (fan, chat) = (format!("0{number:025}"), format!("1{number:025}"));
        let plain = pattern.plain.replace(&self.fan, &fan);
        let plain = plain.replace(&self.chat, &chat);
        let mut item: Value = serde_json::from_str(&plain).expect("JSON");
        let prefix = format!("T#{}#", self.tenant);
        match pattern.kind.as_str() {
            "fan" if !number.is_multiple_of(WITH_CHAT) => item["chats"] = json!({ "L": [] }),
            // The shard follows from the id's last byte, whose lowest bits are those of the last digit.
            "fan_entry" => item["pk"] = json!({ "S": format!("{prefix}FANS#{}", number % 10 % 4) }),
            "fan_key" => {
                let wrapped = self.key.seal(key_place(&fan), secret, &self.random);
                item["wrapped"] = json!({ "B": STANDARD.encode(wrapped) });
            }
            _ => {}
        }
        let pk = text(&item, "pk").strip_prefix(&prefix);
        let pk = pk.expect("a row of the tenant").to_owned();
        let sk = text(&item, "sk").to_owned();
        let of_fan = Key::new(secret, &self.tenant);
        for field in &pattern.sealed {
            let key = if field.by_fan { &of_fan } else { &self.key };
            let name = format!("{} {number}", self.name);
            let said = field.text.replace(&self.name, &name);
            let place = [pattern.short, &pk, &sk, &field.name];
            let sealed = key.seal(place, said.as_bytes(), &self.random);
            item[&field.name] = json!({ "B": STANDARD.encode(sealed) });
        }
        item
    }
}

fn pattern(
    table: &str,
    short: &'static str,
    pk: String,
    of_each: bool,
    item: &Value,
    [of_fan, of_tenant]: [&Key; 2],
) -> Pattern {
    let (kind, sk) = (text(item, "kind").to_owned(), text(item, "sk").to_owned());
    let (mut plain, mut sealed) = (Map::new(), Vec::new());
    for (name, value) in item.as_object().expect("an item") {
        if value["B"].is_null() || kind == "fan_key" {
            plain.insert(name.clone(), value.clone());
            continue;
        }
        let (place, value) = ([short, &pk, &sk, name], bytes(&value["B"]));
        let by_fan = of_fan.open(place, &value);
        sealed.push(Field {
            name: name.clone(),
            by_fan: by_fan.is_some(),
            text: by_fan
                .or_else(|| of_tenant.open(place, &value))
                .map(|opened| String::from_utf8(opened).expect("JSON"))
                .unwrap_or_else(|| panic!("{kind}.{name} opens")),
        });
    }
    Pattern {
        table: table.to_owned(),
        short,
        kind,
        of_each,
        plain: Value::Object(plain).to_string(),
        sealed,
    }
}

/// Where a fan's key is sealed to.
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

fn put(world: &World, batch: Vec<(&str, Value)>) {
    let mut tables: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (table, item) in batch {
        let put = json!({ "PutRequest": { "Item": item } });
        tables.entry(table).or_default().push(put);
    }
    let request = serde_json::from_value(json!({ "RequestItems": tables }));
    let database = world.host.aws().dynamodb().database();
    let done = database.batch_write_item(request.expect("a request"));
    let done = done.expect("they are written");
    assert!(done.unprocessed_items.is_empty(), "all of them");
}

fn text<'a>(item: &'a Value, name: &str) -> &'a str {
    item[name]["S"].as_str().expect("a text")
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("base 64");
    STANDARD.decode(text).expect("base 64")
}
