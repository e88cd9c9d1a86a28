//! Fans by the thousand, written straight into the database: what the product wrote of one fan, again under ids and keys of
//! their own.
//!
//! Rows are put together as text, which the emulator reads: it is optimised and this is not, and they are hundreds of thousands.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Map, Value};
use tests::World;

use crate::sealing::{Key, WRITTEN, bytes, key_place, rows, text};

/// One fan in so many has the model's chat and facts, the others a profile alone: each partition costs the export a call.
const WITH_CHAT: usize = 20;
/// How many fans' rows are written at once.
const BATCH: usize = 500;

/// A row of the model.
struct Pattern {
    table: String,
    /// As places name the table.
    short: &'static str,
    kind: String,
    /// Without the tenant.
    pk: Cut,
    sk: Cut,
    /// Whether every fan has it.
    of_each: bool,
    /// The item without what each has of its own and what is sealed, as JSON without the last bracket.
    plain: Cut,
    /// The chats of a fan's row, as JSON.
    chats: Cut,
    sealed: Vec<Field>,
}

/// A text of the model, cut wherever it names the fan or the chat.
struct Cut {
    /// What stands before each name, and whose it is.
    pieces: Vec<(String, Whose)>,
    rest: String,
}

#[derive(Clone, Copy)]
enum Whose {
    Fan,
    Chat,
}

/// Ids of a fan of the crowd.
struct Ids {
    fan: String,
    chat: String,
}

impl Cut {
    fn new(text: &str, ids: &Ids) -> Self {
        let (mut pieces, mut rest) = (Vec::new(), text);
        let names = [(&ids.fan, Whose::Fan), (&ids.chat, Whose::Chat)];
        while let Some(((before, after), whose)) = names
            .iter()
            .filter_map(|(id, whose)| Some((rest.split_once(id.as_str())?, *whose)))
            .min_by_key(|((before, _), _)| before.len())
        {
            pieces.push((before.to_owned(), whose));
            rest = after;
        }
        let rest = rest.to_owned();
        Self { pieces, rest }
    }

    fn of(&self, ids: &Ids) -> String {
        let mut text = String::new();
        for (piece, whose) in &self.pieces {
            text.push_str(piece);
            text.push_str(match whose {
                Whose::Fan => &ids.fan,
                Whose::Chat => &ids.chat,
            });
        }
        text.push_str(&self.rest);
        text
    }
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
    name: String,
    key: Key,
    patterns: Vec<Pattern>,
    random: SystemRandom,
}

impl Crowd {
    /// Learns from everything that is held of the model.
    pub(crate) async fn after(world: &World, model: &Model<'_>) -> Self {
        let suffix = |id: &str| id.rsplit_once('_').expect("an id").1.to_owned();
        let tenant = suffix(model.tenant);
        let ids = Ids {
            fan: suffix(model.fan),
            chat: suffix(model.chat),
        };
        let Ids { fan, chat } = &ids;
        let prefix = format!("T#{tenant}#");
        let key = Key::of_tenant(world, &tenant).await;
        let (_, keys) = rows(world, "keys");
        let wrapped = format!("{prefix}FANKEY#{fan}");
        let wrapped = keys.iter().find(|row| text(row, "pk") == wrapped);
        let of_fan = key.of_fan(wrapped.expect("the fan's key"));

        let mut patterns = Vec::new();
        for short in ["tenant", "work", "keys"] {
            let (table, items) = rows(world, short);
            for item in items {
                let Some(pk) = text(&item, "pk").strip_prefix(&prefix) else {
                    continue;
                };
                let of_fan_alone = pk == format!("FAN#{fan}") || pk == format!("FANKEY#{fan}");
                let listed = pk.starts_with("FANS#") && pk.len() == 6;
                let listed = listed && text(&item, "sk").ends_with(fan.as_str());
                let in_chat = pk == format!("CNV#{chat}");
                // What waits for its moment would be looked after meanwhile.
                if (of_fan_alone || listed || in_chat) && item["dpk"].is_null() {
                    let of_each = !in_chat && text(&item, "kind") != "fact";
                    let place = (table.as_str(), short, pk);
                    patterns.push(pattern(place, of_each, &item, &ids, [&of_fan, &key]));
                }
            }
        }
        Self {
            tenant,
            name: model.name.to_owned(),
            key,
            patterns,
            random: SystemRandom::new(),
        }
    }

    /// Writes the fans of these numbers.
    pub(crate) fn write(&self, world: &World, numbers: Range<usize>) {
        let database = world.host.aws().dynamodb();
        let mut left = numbers;
        while !left.is_empty() {
            let end = left.end.min(left.start + BATCH);
            let mut tables: BTreeMap<&str, String> = BTreeMap::new();
            for number in left.start..end {
                let mut secret = [0; 32];
                self.random.fill(&mut secret).expect("randomness");
                let with_chat = number.is_multiple_of(WITH_CHAT);
                for pattern in &self.patterns {
                    if pattern.of_each || with_chat {
                        let rows = tables.entry(&pattern.table).or_default();
                        rows.push(if rows.is_empty() { '[' } else { ',' });
                        rows.push_str(&self.item(pattern, number, &secret));
                    }
                }
            }
            for (table, rows) in tables {
                let rows = rows + "]";
                database.load(table, &rows).expect("they are written");
            }
            left.start = end;
        }
    }

    /// A row as JSON.
    fn item(&self, pattern: &Pattern, number: usize, secret: &[u8; 32]) -> String {
        let ids = Ids {
            fan: format!("0{number:025}"),
            chat: format!("1{number:025}"),
        };
        let pk = match pattern.kind.as_str() {
            // The shard follows from the id's last byte, whose lowest bits are those of the last digit.
            "fan_entry" => format!("FANS#{}", number % 10 % 4),
            _ => pattern.pk.of(&ids),
        };
        let sk = pattern.sk.of(&ids);
        let mut item = pattern.plain.of(&ids);
        let mut add = |name: &str, kind: &str, value: &str| {
            write!(item, r#","{name}":{{"{kind}":"{value}"}}"#).expect("a text takes all");
        };
        add("pk", "S", &format!("T#{}#{pk}", self.tenant));
        if pattern.kind == "fan_key" {
            let wrapped = self.key.seal(WRITTEN, key_place(&ids.fan), secret);
            add("wrapped", "B", &STANDARD.encode(wrapped));
        }
        let of_fan = Key::new(secret, &self.tenant);
        for field in &pattern.sealed {
            let key = if field.by_fan { &of_fan } else { &self.key };
            let name = format!("{} {number}", self.name);
            let said = field.text.replace(&self.name, &name);
            let place = [pattern.short, &pk, &sk, &field.name];
            let sealed = key.seal(WRITTEN, place, said.as_bytes());
            add(&field.name, "B", &STANDARD.encode(sealed));
        }
        if pattern.kind == "fan" {
            let chats = if number.is_multiple_of(WITH_CHAT) {
                pattern.chats.of(&ids)
            } else {
                r#"{"L":[]}"#.to_owned()
            };
            item.push_str(r#","chats":"#);
            item.push_str(&chats);
        }
        item + "}"
    }
}

fn pattern(
    (table, short, pk): (&str, &'static str, &str),
    of_each: bool,
    item: &Value,
    ids: &Ids,
    [of_fan, of_tenant]: [&Key; 2],
) -> Pattern {
    let (kind, sk) = (text(item, "kind").to_owned(), text(item, "sk").to_owned());
    let own = match kind.as_str() {
        "fan" => "chats",
        "fan_key" => "wrapped",
        _ => "pk",
    };
    let (mut plain, mut sealed) = (Map::new(), Vec::new());
    for (name, value) in item.as_object().expect("an item") {
        if name == "pk" || name == own {
            continue;
        }
        if value["B"].is_null() || kind == "fan_key" {
            plain.insert(name.clone(), value.clone());
            continue;
        }
        let (place, value) = ([short, pk, &sk, name], bytes(&value["B"]));
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
    let plain = Value::Object(plain).to_string();
    let plain = plain.strip_suffix('}').expect("an object");
    Pattern {
        table: table.to_owned(),
        short,
        kind,
        pk: Cut::new(pk, ids),
        sk: Cut::new(&sk, ids),
        of_each,
        plain: Cut::new(plain, ids),
        chats: Cut::new(&item["chats"].to_string(), ids),
        sealed,
    }
}
