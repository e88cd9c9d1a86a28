//! People from a file of another tool or an export of ours: looked at first, brought in once, and the same fans when they
//! write.

use std::collections::BTreeMap;
use std::io::Cursor;

use serde_json::{Value, json};
use tests::{Answer, Api, Creator, Person, World, eventually};

use crate::exports::{members, sections};
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, download, id, ready, signer};
use crate::journey_privacy::{ERASURES, finished};

/// Where a file goes.
pub(crate) const IMPORTS: &str = "/api/v1/fans/imports";

/// A workspace whose owner has just proved who they are, and somebody who will be in its files.
pub(crate) async fn open() -> (World, Creator, Person) {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let robin = world.person("Robin", "en").await;
    prove(&mira.api, None).await;
    (world, mira, robin)
}

/// A file in the words of another tool.
fn file(rows: &[String]) -> Value {
    let csv = format!(
        "User,Given name,Handle,Labels,Remarks\r\n{}\r\n",
        rows.join("\r\n")
    );
    let columns = json!({
        "User": "telegram_id", "Given name": "first_name", "Handle": "username", "Labels": "tags", "Remarks": "note",
    });
    json!({ "csv": csv, "columns": columns })
}

pub(crate) async fn send(api: &Api, file: &Value, dry_run: bool, skip_errors: bool) -> Answer {
    let mut body = file.clone();
    body["dry_run"] = json!(dry_run);
    body["skip_errors"] = json!(skip_errors);
    api.post(IMPORTS, &body).await
}

/// How many were, or would be: created, changed, left as they are, wrong; and whether anything was written.
fn counts(answer: &Value) -> ([u64; 4], bool) {
    let count = |field: &str| answer[field].as_u64().expect("a number");
    let counts = ["created", "changed", "unchanged", "wrong"].map(count);
    (counts, answer["written"] == true)
}

/// What is wrong, as row, column and code.
fn wrong(answer: &Value) -> Value {
    let errors = answer["errors"].as_array().expect("a list").iter();
    errors
        .map(|error| json!([error["row"], error["column"], error["code"]]))
        .collect()
}

async fn fans(api: &Api, query: &str) -> Vec<Value> {
    let page = api.get(&format!("/api/v1/fans{query}")).await.expect(200);
    page["fans"].as_array().expect("a list").clone()
}

/// A fan's page, found by name.
async fn profile(api: &Api, query: &str) -> Value {
    let found = fans(api, query).await;
    assert_eq!(found.len(), 1, "{query}: {found:?}");
    let id = found[0]["id"].as_str().expect("an id");
    api.get(&format!("/api/v1/fans/{id}")).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn p29_people_of_another_tools_file_are_brought_in_once_and_are_the_fans_who_write_later() {
    let (world, mira, robin) = open().await;
    let api = &mira.api;
    let rows = [
        format!(
            "{},Robbie,@old_name,\"VIP; Berlin\",\"met in May, tall\"",
            robin.id
        ),
        "4503599627370001,Zoë,,berlin,".to_owned(),
        "4503599627370002,,@only_a_name,,".to_owned(),
    ];
    let file = file(&rows);
    let looked = send(api, &file, true, false).await.expect(200);
    assert_eq!(counts(&looked), ([3, 0, 0, 0], false), "{looked}");
    let first = json!({
        "row": 2, "telegram_id": robin.id.to_string(), "first_name": "Robbie", "last_name": null, "username": "old_name",
        "language": null, "tags": ["VIP", "Berlin"], "note": "met in May, tall",
    });
    assert_eq!(looked["preview"][0], first);
    assert_eq!(fans(api, "").await, Vec::<Value>::new(), "only looked at");

    let done = send(api, &file, false, false).await.expect(200);
    assert_eq!(counts(&done), ([3, 0, 0, 0], true), "{done}");
    let again = send(api, &file, false, false).await.expect(200);
    assert_eq!(counts(&again), ([0, 0, 3, 0], false), "{again}");
    assert_eq!(fans(api, "").await.len(), 3);
    assert_eq!(fans(api, "?tag=BERLIN").await.len(), 2);
    assert_eq!(fans(api, "?query=only").await.len(), 1);
    let known = profile(api, "?query=robbie").await;
    assert_eq!(known["note"], "met in May, tall");
    assert_eq!(known["tags"], json!(["VIP", "Berlin"]));
    assert_eq!(known["conversations"], json!([]));

    let bot = mira.connect_bot(&world, "mira_import_bot").await;
    robin.says(&world, &bot, "hello").await;
    mira.conversation("Robin").await;
    let met = profile(api, "?query=robin").await;
    for same in ["id", "tags", "note"] {
        assert_eq!(met[same], known[same], "{same}");
    }
    assert_eq!(
        met["profile"]["first_name"], "Robin",
        "Telegram's word counts"
    );
    assert_eq!(met["conversations"].as_array().map(Vec::len), Some(1));
    assert_eq!(fans(api, "?query=robbie").await, Vec::<Value>::new());
    assert_eq!(fans(api, "").await.len(), 3);
    world.settled().await;
    let log = "/api/v1/audit?action=fan.import";
    let log = api.get(log).await.expect(200);
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(3), "{log}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_adds_tags_to_a_fan_and_a_note_where_there_is_none() {
    let (world, mira, robin) = open().await;
    let api = &mira.api;
    let bot = mira.connect_bot(&world, "mira_adds_bot").await;
    robin.says(&world, &bot, "hello").await;
    mira.conversation("Robin").await;
    let id = profile(api, "?query=robin").await["id"].clone();
    let path = format!("/api/v1/fans/{}", id.as_str().expect("an id"));
    let body = json!({ "tags": ["VIP"] });
    api.patch(&path, &body).await.expect(200);

    let row = |tags: &str, note: &str| file(&[format!("{},Somebody,,{tags},{note}", robin.id)]);
    let done = send(api, &row("vip; new", "from the file"), false, false).await;
    assert_eq!(counts(&done.expect(200)), ([0, 1, 0, 0], true));
    let later = send(api, &row("vip", "another note"), false, false).await;
    assert_eq!(counts(&later.expect(200)), ([0, 0, 1, 0], false));
    let fan = api.get(&path).await.expect(200);
    assert_eq!(fan["tags"], json!(["VIP", "new"]));
    assert_eq!(fan["note"], "from the file");
    assert_eq!(fan["name"], "Robin", "what Telegram says stays");
    assert_eq!(fans(api, "?tag=new").await.len(), 1);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_row_keeps_all_of_them_out_unless_it_is_to_be_left_out() {
    let (world, mira, robin) = open().await;
    let api = &mira.api;
    let rows = [
        format!("{},Robbie,,VIP,", robin.id),
        "7.1E+09,Zoë,no name,,".to_owned(),
        format!("{},Robbie again,,,", robin.id),
    ];
    let file = file(&rows);
    let expected = json!([
        [3, "User", "invalid_value"],
        [3, "Handle", "invalid_value"],
        [4, "User", "duplicate"],
    ]);
    let refused = send(api, &file, false, false).await.expect(200);
    assert_eq!(wrong(&refused), expected);
    assert_eq!(counts(&refused), ([1, 0, 0, 2], false));
    assert_eq!(fans(api, "").await, Vec::<Value>::new());
    let skipped = send(api, &file, false, true).await.expect(200);
    assert_eq!(wrong(&skipped), expected);
    assert_eq!(counts(&skipped), ([1, 0, 0, 2], true));
    assert_eq!(fans(api, "").await.len(), 1);

    let mut broken = file.clone();
    broken["columns"]["Nowhere"] = json!("language");
    assert_eq!(
        send(api, &broken, false, true).await.problem(400),
        "invalid_input"
    );
    world.host.advance(time::Duration::seconds(301)).await;
    let unproved = send(api, &file, true, false).await;
    assert_eq!(unproved.problem(403), "step_up_required");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_a_file_does_not_bring_back_who_was_erased() {
    let (world, mira, robin) = open().await;
    let api = &mira.api;
    let file = file(&[format!("{},Robbie,,VIP,old words", robin.id)]);
    send(api, &file, false, false).await.expect(200);
    let fan = fans(api, "?query=robbie").await[0]["id"].clone();
    let body = json!({ "fan_id": fan });
    api.post(ERASURES, &body).await.expect(202);
    finished(api, 1).await;
    world.settled().await;
    for dry_run in [true, false] {
        let again = send(api, &file, dry_run, true).await.expect(200);
        assert_eq!(wrong(&again), json!([[2, "User", "erased"]]));
        assert_eq!(counts(&again), ([0, 0, 0, 1], false));
    }
    assert_eq!(fans(api, "").await, Vec::<Value>::new());

    let bot = mira.connect_bot(&world, "mira_erased_bot").await;
    world.host.advance(time::Duration::seconds(2)).await;
    robin.says(&world, &bot, "hello again").await;
    eventually("who writes again is met again", async || {
        (fans(api, "").await.len() == 1).then_some(())
    })
    .await;
    let back = send(api, &file, false, false).await.expect(200);
    assert_eq!(counts(&back), ([0, 1, 0, 0], true), "{back}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_at_once_makes_each_fan_once() {
    let (world, mira, _) = open().await;
    let rows: Vec<_> = (1..=40)
        .map(|number| format!("{},Fan {number},,shared,note {number}", 9_000_000 + number))
        .collect();
    let file = file(&rows);
    let (one, other) = tokio::join!(
        send(&mira.api, &file, false, false),
        send(&mira.api, &file, false, false)
    );
    let (one, other) = (one.expect(200), other.expect(200));
    let sum = |field: &str| one[field].as_u64().zip(other[field].as_u64());
    let sums = ["created", "changed", "unchanged"].map(|field| {
        let (one, other) = sum(field).expect("numbers");
        one + other
    });
    assert_eq!(sums, [40, 0, 40], "{one} {other}");
    assert_eq!(fans(&mira.api, "?limit=100").await.len(), 40);
    assert_eq!(fans(&mira.api, "?limit=100&tag=shared").await.len(), 40);
    world.host.stop().await;
}

/// An export of everything, in which nothing is wrong.
pub(crate) async fn exported(world: &World, api: &Api) -> Vec<u8> {
    prove(api, None).await;
    let request = id(&api.post(EXPORTS, &json!({})).await.expect(202));
    ready(api, &request).await;
    let file = download(api, &request).await;
    let key = signer(world).await;
    let findings = archive::verify(&mut Cursor::new(&file), &key).expect("reads");
    assert_eq!(findings, []);
    file
}

/// Of each section that means something in another workspace, the number of records and their portable sum.
pub(crate) fn portable(file: &[u8]) -> BTreeMap<String, (u64, String)> {
    let files = members(file);
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).expect("a manifest");
    let all = manifest["sections"].as_array().expect("sections").iter();
    let told = all.filter_map(|one| {
        let sum = one["portable"]["sum"].as_str()?.to_owned();
        let records = one["records"].as_u64()?;
        Some((one["name"].as_str()?.to_owned(), (records, sum)))
    });
    told.collect()
}

/// The records of a section.
pub(crate) fn records(export: &BTreeMap<String, String>, section: &str) -> Vec<Value> {
    let lines = export[section].split_terminator('\n');
    let record = |line: &str| serde_json::from_str(line).expect("a record");
    lines.map(record).collect()
}

/// What an export says of people that another workspace can take, by Telegram's numbers: its own ids say nothing elsewhere.
pub(crate) fn people(export: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let numbers = records(export, "fan_number");
    let numbers: BTreeMap<_, _> = numbers
        .iter()
        .map(|one| (text(&one["fan"]), text(&one["telegram_id"])))
        .collect();
    let person = |fan: &Value| {
        let mut said = json!({ "tags": fan["tags"], "note": fan["note"] });
        for name in NAMES {
            said[name] = fan["profile"][name].clone();
        }
        (numbers[&text(&fan["id"])].clone(), said)
    };
    records(export, "fan").iter().map(person).collect()
}

pub(crate) const REPLIES: &str = "/api/v1/saved-replies";
const NAMES: [&str; 4] = ["first_name", "last_name", "username", "language_code"];

/// The same as a file that is brought in.
pub(crate) fn as_file(people: &BTreeMap<String, Value>) -> Value {
    let mut csv = String::new();
    let heads = ["telegram_id", "note", "tags"];
    let heads = heads.iter().chain(&NAMES).map(|head| Some(*head));
    archive::csv::push_row(&mut csv, heads);
    for (number, said) in people {
        let tags = said["tags"].as_array().expect("a list").iter();
        let tags = tags.map(|tag| format!("{}\n", tag.as_str().expect("a text")));
        let tags: String = tags.collect();
        let own = [Some(number.as_str()), said["note"].as_str(), Some(&*tags)];
        let names = NAMES.map(|name| said[name].as_str());
        archive::csv::push_row(&mut csv, own.into_iter().chain(names));
    }
    json!({ "csv": csv, "columns": {
        "telegram_id": "telegram_id", "note": "note", "tags": "tags", "first_name": "first_name",
        "last_name": "last_name", "username": "username", "language_code": "language",
    } })
}

#[tokio::test(flavor = "multi_thread")]
async fn p29_the_people_of_an_export_brought_into_a_new_workspace_are_exported_alike() {
    let (world, mira, robin) = open().await;
    let eve = world.creator("Eve Lund").await;
    let bot = mira.connect_bot(&world, "mira_portable_bot").await;
    let zoe = json!({ "first_name": "Zoë", "last_name": "Çelik-Groß", "username": "zc_photos", "language_code": "de" });
    let zoe = world.telegram("POST", "/people", zoe).await["id"].clone();
    let act = json!({ "act": "text", "text": "hallo", "bot": bot.telegram_id });
    let path = format!("/people/{}/acts", zoe.as_i64().expect("an id"));
    world.telegram("POST", &path, act).await;
    robin.says(&world, &bot, "hello").await;
    mira.conversation("Robin").await;
    let tags: Vec<_> = (0..30).map(|number| format!("tag, {number}")).collect();
    let known = profile(&mira.api, "?query=robin").await;
    let known = known["id"].as_str().expect("an id");
    let body = json!({ "tags": tags, "note": "=1+1, \"quoted\"\nand a line" });
    let path = format!("/api/v1/fans/{known}");
    mira.api.patch(&path, &body).await.expect(200);
    eventually("both are there", async || {
        (fans(&mira.api, "").await.len() == 2).then_some(())
    })
    .await;
    let file_of_another = file(&["4503599627370002,,@only_a_name,VIP,".to_owned()]);
    let done = send(&mira.api, &file_of_another, false, false).await;
    done.expect(200);

    let reply = json!({ "shortcut": "hi", "text": "Hello, \"you\"\n=1+1" });
    mira.api.post(REPLIES, &reply).await.expect(201);

    let old = exported(&world, &mira.api).await;
    let first = people(&sections(&old));
    assert_eq!(first.len(), 3, "{first:?}");
    assert_eq!(first[&robin.id.to_string()]["tags"], json!(tags));
    let taken = as_file(&first);
    prove(&eve.api, None).await;
    let looked = send(&eve.api, &taken, true, false).await.expect(200);
    assert_eq!(counts(&looked), ([3, 0, 0, 0], false), "{looked}");
    let done = send(&eve.api, &taken, false, false).await.expect(200);
    assert_eq!(counts(&done), ([3, 0, 0, 0], true), "{done}");
    for reply in records(&sections(&old), "saved_reply") {
        let body = &reply["content"];
        eve.api.post(REPLIES, body).await.expect(201);
    }
    let new = exported(&world, &eve.api).await;
    let second = sections(&new);
    assert_eq!(people(&second), first);
    assert!(
        !second["fan"].contains(known),
        "the old id says nothing here"
    );
    let (old, new) = (portable(&old), portable(&new));
    for (section, count) in [("fan", 3), ("fan_number", 3), ("saved_reply", 1)] {
        assert_eq!(old[section].0, count, "{section}");
        assert_eq!(old[section], new[section], "{section}");
    }
    assert!(old["message"].0 > 0, "{old:?}");
    assert_eq!(new["message"].0, 0, "messages come by themselves");
    let again = send(&mira.api, &taken, false, false).await.expect(200);
    assert_eq!(counts(&again), ([0, 0, 3, 0], false), "{again}");
    world.host.stop().await;
}
