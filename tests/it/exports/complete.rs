//! A copy is whole: product paths fill every field that is handed out, each word stands where it is declared and nowhere
//! else, and what is corrected or objected to is in the next copy.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use serde_json::{Value, json};
use tests::{Api, World, eventually};

use super::planted::Planted;
use super::{Stage, members, places, sections};
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, download, id, ready, signer};

/// Fields that hold nothing in this copy, and why.
const UNREACHED: [(&str, &str); 3] = [
    (
        "subscription.disputes",
        "while a bank decides, Sofi would rest here",
    ),
    (
        "subscription.past_due_since",
        "no payment fails before a month is over",
    ),
    (
        "subscription.trial_end",
        "no plan is sold with a trial of Stripe's",
    ),
];

/// What repeats the words of other rows: the card of a chat its newest message, the log what was there and is.
const REPEATS: [&str; 3] = ["conversation.card", "audit_entry.old", "audit_entry.new"];

/// Words of one fan, and every field in which each of them stands.
const OF_ROBIN: [(&str, &[&str]); 15] = [
    ("Quizzalast", &["fan.profile", "parked.raw"]),
    ("quizza_user", &["fan.profile", "parked.raw"]),
    ("quizzasource", &["fan.source", "message.content"]),
    ("quizzaprofile", &["fan.note"]),
    ("quizzatag", &["fan.tags", "tag.name"]),
    ("quizzaedit", &["message.content"]),
    ("\u{1F44D}", &["message.reactions"]),
    ("quizzareply", &["message.content"]),
    ("quizzaanswer", &["message.content"]),
    ("quizzanote", &["note.text"]),
    ("quizzafact", &["fact.text"]),
    ("quizzasmell", &["parked.raw"]),
    ("quizzaearly", &["waiting.content"]),
    ("quizzaqueued", &["outbox.content"]),
    ("words for Eve", &[]),
];

/// The same of the workspace and of other fans.
const OF_OTHERS: [(&str, &[&str]); 18] = [
    ("quizzamember.lind@", &["member.card"]),
    ("Quizzamember Lind", &["member.card"]),
    ("quizzainvited@", &["invitation.email"]),
    ("Quizzatoken", &["api_token.name"]),
    ("quizzasaved", &["saved_reply.content"]),
    ("quizza_day_bot", &["bot.name", "bot.username"]),
    ("quizza_night_bot", &["bot.name", "bot.username"]),
    ("quizza_gone_bot", &["bot.name", "bot.username"]),
    ("quizzapersona", &["persona.text"]),
    ("quizzahost", &["sofi.allowed_hosts"]),
    ("quizzahandle", &["sofi.allowed_handles"]),
    ("quizzakayak", &["fact.text", "message.content"]),
    ("quizzawritten", &["draft.written", "message.content"]),
    ("quizzachanged", &["draft.text"]),
    ("quizzaapproved", &["message.content"]),
    ("quizzabrought", &["message.content"]),
    ("quizzareason", &["fan.team_restricted_why"]),
    ("quizzacase", &["compliance_request.words"]),
];

/// A copy as it was handed out.
struct Copy {
    file: Vec<u8>,
    /// The fields of each section, as the manifest has them from the registry.
    declared: BTreeMap<String, Vec<String>>,
    records: BTreeMap<String, Vec<Value>>,
}

impl Copy {
    async fn of(world: &World, api: &Api, body: &Value) -> Self {
        prove(api, None).await;
        let request = id(&api.post(EXPORTS, body).await.expect(202));
        ready(api, &request).await;
        let file = download(api, &request).await;
        let key = signer(world).await;
        let findings = archive::verify(&mut Cursor::new(&file), &key).expect("reads");
        assert_eq!(findings, []);
        let manifest: Value =
            serde_json::from_slice(&members(&file)["manifest.json"]).expect("JSON");
        let listed = manifest["sections"].as_array().expect("sections").iter();
        let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
        let declared = listed
            .map(|section| {
                let fields = section["fields"].as_array().expect("fields").iter();
                (name(section), fields.map(name).collect())
            })
            .collect();
        let read = |lines: String| {
            let record = |line: &str| serde_json::from_str(line).expect("a record");
            lines.split_terminator('\n').map(record).collect()
        };
        let records = sections(&file).into_iter();
        Self {
            declared,
            records: records.map(|(name, lines)| (name, read(lines))).collect(),
            file,
        }
    }

    /// Every field with a value, once for each record: section and field, and what stands there.
    fn values(&self) -> impl Iterator<Item = (String, &Value)> {
        self.records.iter().flat_map(|(section, records)| {
            let fields = records.iter().filter_map(Value::as_object).flatten();
            fields.map(move |(field, value)| (format!("{section}.{field}"), value))
        })
    }

    /// Where a word stands.
    fn holding(&self, word: &str) -> BTreeSet<String> {
        let values = self.values();
        let found = values.filter(|(_, value)| value.to_string().contains(word));
        found.map(|(place, _)| place).collect()
    }

    /// Every field that a section declares.
    fn every_field(&self) -> BTreeSet<String> {
        let each = self.declared.iter();
        each.flat_map(|(section, fields)| {
            let place = move |field: &String| format!("{section}.{field}");
            fields.iter().map(place)
        })
        .collect()
    }

    /// Those of them in which something stands.
    fn filled(&self) -> BTreeSet<String> {
        let empty = [Value::Null, json!(""), json!([]), json!({})];
        let full = self.values().filter(|(_, value)| !empty.contains(value));
        full.map(|(place, _)| place).collect()
    }

    /// Each word stands in these fields, as far as the copy has their sections, and in no other.
    fn has(&self, words: &[(&str, &[&str])]) {
        for (word, expected) in words {
            let is_here = |place: &&&str| self.declared.contains_key(section_of(place));
            let expected: BTreeSet<_> = expected.iter().filter(is_here).copied().collect();
            let found = self.holding(word);
            let own = found.iter().map(String::as_str);
            let own: BTreeSet<_> = own.filter(|place| !REPEATS.contains(place)).collect();
            assert_eq!(own, expected, "{word}");
        }
    }

    /// No word of these stands anywhere.
    fn has_none(&self, words: &[(&str, &[&str])]) {
        for (word, _) in words {
            assert_eq!(self.holding(word), BTreeSet::new(), "{word}");
        }
    }

    /// No record has a field that is withheld, no file a secret, and no page asks a network for anything.
    fn keeps_to_itself(&self, secrets: &[String]) {
        for (section, records) in &self.records {
            for record in records {
                let fields = record.as_object().expect("a record").keys();
                let declared: BTreeSet<_> = self.declared[section].iter().collect();
                assert_eq!(fields.collect::<BTreeSet<_>>(), declared, "{section}");
            }
        }
        let whole = String::from_utf8_lossy(&self.file);
        assert!(
            secrets
                .iter()
                .all(|secret| !whole.contains(secret.as_str()))
        );
        for (path, bytes) in members(&self.file) {
            let page = String::from_utf8_lossy(&bytes);
            let asks = ["<script", "src=", "href=\"http", "url(", "@import"];
            let asks = asks.iter().find(|word| page.contains(**word));
            assert!(
                !path.ends_with(".html") || asks.is_none(),
                "{path}: {asks:?}"
            );
        }
    }
}

/// The section of a field.
fn section_of(place: &str) -> &str {
    place.split('.').next().expect("a section")
}

#[tokio::test(flavor = "multi_thread")]
async fn p25_every_declared_field_is_written_by_the_product_and_stands_where_it_is_declared() {
    let planted = Box::pin(Planted::open()).await;
    let (world, api) = (&planted.world, &planted.mira.api);
    let whole = Copy::of(world, api, &json!({})).await;
    let (declared, filled) = (whole.every_field(), whole.filled());
    let empty = declared.difference(&filled).map(String::as_str);
    let empty: BTreeSet<_> = empty.collect();
    let known: BTreeSet<_> = UNREACHED.iter().map(|(place, _)| *place).collect();
    assert_eq!(empty, known, "a field without a word in it proves nothing");
    whole.has(&OF_ROBIN);
    whole.has(&OF_OTHERS);
    whole.keeps_to_itself(&planted.secrets);

    let body = json!({ "fan_id": planted.fan("Robin").await });
    let robins = Copy::of(world, api, &body).await;
    robins.has(&OF_ROBIN);
    robins.has_none(&OF_OTHERS);
    robins.keeps_to_itself(&planted.secrets);
    let body = json!({ "fan_id": planted.fan("Sam").await });
    let sams = Copy::of(world, api, &body).await;
    sams.has_none(&OF_ROBIN);
    assert!(!sams.holding("quizzachanged").is_empty());

    // The neighbour knows the same person's name, and nothing that was said elsewhere.
    let eves = Copy::of(world, &planted.eve.api, &json!({})).await;
    eves.has_none(&OF_ROBIN[2..14]);
    eves.has_none(&OF_OTHERS);
    let words = eves.holding("words for Eve");
    assert!(words.contains("message.content"), "{words:?}");
    let tokens = &planted.secrets;
    eves.keeps_to_itself(tokens);
    planted.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p22_the_same_person_is_in_the_export_of_each_creator_with_that_creators_words_alone() {
    let stage = Stage::open().await;
    let nia = stage.world.creator("Nia").await;
    let bot = nia.connect_bot(&stage.world, "nia_bot").await;
    stage.robin.says(&stage.world, &bot, "canary-of-nia").await;
    let theirs = nia.conversation("Robin").await;
    stage.world.settled().await;
    assert_ne!(theirs["fan_id"], stage.fan.as_str(), "somebody else's id");
    let (_, ours) = stage.export(&json!({ "fan_id": stage.fan })).await;
    let body = json!({ "fan_id": theirs["fan_id"] });
    let copy = Copy::of(&stage.world, &nia.api, &body).await;
    let hidden = sections(&copy.file);
    for (word, here, there) in [("canary-of-robin", 1, 0), ("canary-of-nia", 0, 1)] {
        let count = |found: Vec<String>| found.iter().filter(|name| *name == "message").count();
        assert_eq!(count(places(&ours, word)), here, "{word}");
        assert_eq!(count(places(&hidden, word)), there, "{word}");
    }
    prove(&nia.api, None).await;
    let body = json!({ "fan_id": stage.fan });
    let foreign = nia.api.post(EXPORTS, &body).await;
    assert_eq!(foreign.problem(404), "not_found");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p26_what_was_corrected_is_gone_from_what_is_shown_and_from_the_next_copy() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let path = format!("/api/v1/fans/{}", stage.fan);
    let body = json!({ "note": "corrected-note", "tags": ["corrected-tag"] });
    api.patch(&path, &body).await.expect(200);
    let shown = api.get(&path).await.expect(200).to_string();
    world.settled().await;
    let body = json!({ "fan_id": stage.fan });
    let copy = Copy::of(world, api, &body).await;
    let tables = world.control("/dump").await["tables"].to_string();
    for (former, now) in [
        ("canary-of-a-profile", "corrected-note"),
        ("canary-of-a-tag", "corrected-tag"),
    ] {
        assert!(shown.contains(now) && !shown.contains(former), "{former}");
        assert!(!copy.holding(now).is_empty(), "{now}");
        assert_eq!(copy.holding(former), BTreeSet::new());
        assert!(!tables.contains(former), "{former} is stored in the clear");
    }
    let log = format!("/api/v1/audit?subject={}", stage.fan);
    let log = api.get(&log).await.expect(200);
    let entry = &log["entries"][0];
    let me = api.get("/api/v1/me").await.expect(200);
    assert_eq!(entry["action"], "fan.change", "{log}");
    assert_eq!(entry["actor"], me["id"], "who: {log}");
    assert!(entry["at"].is_string(), "when: {log}");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p29_every_section_is_there_as_lines_of_json_and_as_a_table_with_the_same_fields() {
    let stage = Stage::open().await;
    let copy = Copy::of(&stage.world, &stage.mira.api, &json!({})).await;
    let files = members(&copy.file);
    let mut tables = 0;
    for (path, bytes) in &files {
        let Some(name) = path.strip_suffix(".jsonl") else {
            continue;
        };
        let table = String::from_utf8(files[&format!("{name}.csv")].clone()).expect("text");
        let table = archive::csv::parse(&table).expect("a table");
        let section = name
            .strip_prefix("data/")
            .and_then(|name| name.rsplit_once('-'));
        let (section, _) = section.expect("a section");
        let heads: Vec<_> = table[0].iter().flatten().cloned().collect();
        assert_eq!(heads, copy.declared[section], "{path}");
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(table.len() - 1, lines, "{path}");
        tables += 1;
    }
    assert!(tables > 5, "only {tables} tables");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p30_who_wants_no_marketing_is_noted_at_once_and_their_copy_says_so() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    stage.robin.says(world, &stage.bot, "/stop").await;
    let path = format!("/api/v1/fans/{}", stage.fan);
    let since = eventually("it is noted", async || {
        let fan = api.get(&path).await.expect(200);
        fan["stopped_at"].as_str().map(str::to_owned)
    })
    .await;
    stage.robin.says(world, &stage.bot, "hello again").await;
    world.settled().await;
    let fan = api.get(&path).await.expect(200);
    assert_eq!(
        fan["stopped_at"], since,
        "what is said later changes nothing"
    );
    let body = json!({ "fan_id": stage.fan });
    let copy = Copy::of(world, api, &body).await;
    assert!(copy.filled().contains("fan.stopped_at"));
    stage.world.host.stop().await;
}
