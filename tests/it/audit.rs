//! The audit log: what was done is chained, and whoever lays hands on it is given away.

mod acts;
mod desk;
mod kept;

use std::collections::BTreeMap;
use std::process::Command;

use local::KillPlan;
use ring::digest::{Context, SHA256};
use serde_json::{Value, json};
use tests::{Api, World, eventually, root};

use crate::journey_access::prove;
use desk::{Desk, found, in_place_of, text, with};

/// The log of the account of whoever asks.
const OWN: &str = "/api/v1/audit/account";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_listed_with_its_values_and_the_export_is_verified_by_a_strangers_program()
{
    let desk = Desk::open().await;
    let verdict = desk.chained(7).await;
    let entries = desk.entries("").await;
    let acts: Vec<_> = entries.iter().map(|entry| text(&entry["action"])).collect();
    let expected = [
        "budget.change",
        "sofi.change",
        "fan.change",
        "fan.change",
        "fan.change",
        "bot.connect",
        "workspace.create",
    ];
    assert_eq!(acts, expected);
    let numbers: Vec<_> = entries
        .iter()
        .map(|entry| entry["sequence"].as_u64())
        .collect();
    let count = verdict["count"].as_u64().expect("a number");
    assert_eq!(numbers, (1..=count).rev().map(Some).collect::<Vec<_>>());
    let note = &entries[2];
    assert_eq!(note["new"]["value"]["note"], "note 3");
    assert_eq!(note["old"]["value"]["note"], "note 2");
    assert_eq!(note["subject"], desk.fan.as_str());
    let actor = text(&note["actor"]);
    assert!(actor.starts_with("usr_"), "{actor}");
    for (filter, expected) in [
        (format!("&subject={}", desk.fan), 3),
        ("&action=budget.change".to_owned(), 1),
        ("&actor=system".to_owned(), 0),
        (format!("&actor={}", actor), numbers.len()),
        (format!("&from={}", text(&note["at"])), 3),
        ("&to=2026-01-01T00:00:00Z".to_owned(), 0),
    ] {
        assert_eq!(desk.entries(&filter).await.len(), expected, "{filter}");
    }
    // No stored row holds a note in the clear.
    for row in desk.rows("-audit", "INTENTS") {
        assert!(!row.to_string().contains("note 3"));
    }
    let export = desk.export().await;
    let file = std::env::temp_dir().join(format!("audit-export-{}.jsonl", desk.tenant));
    std::fs::write(&file, &export).expect("a file");
    assert_eq!(
        program(&file),
        format!("ok {count} {}", text(&verdict["head"]))
    );
    std::fs::write(&file, export.replacen("sofi.change", "bot.rotate", 1)).expect("a file");
    assert!(
        program(&file).starts_with("broken at "),
        "{}",
        program(&file)
    );
    name_flips(&file, &export);
    std::fs::remove_file(&file).expect("a file");
    // Whoever took the log away stands in it.
    let taken = desk.entries("&action=audit.export").await;
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(text(&taken[0]["actor"]), actor);
    desk.world.host.stop().await;
}

/// Flips one bit in each of 50 places that lie over the whole file, opened values and the last line too: each is told of.
fn name_flips(file: &std::path::Path, export: &str) {
    let count = export.lines().count() - 1;
    for place in 0..50 {
        let mut damaged = export.as_bytes().to_vec();
        let at = place * (damaged.len() - 1) / 49;
        damaged[at] ^= 1 << (place % 8);
        std::fs::write(file, &damaged).expect("a file");
        let said = program(file);
        let before = String::from_utf8_lossy(&export.as_bytes()[..at]);
        let number = 1 + before.matches('\n').count();
        let named = [
            format!("broken at {number}"),
            format!("broken at the part that ends with {count}"),
        ];
        assert!(named.contains(&said), "byte {at}: {said}, not {named:?}");
    }
}

/// Runs the program that stands in the document, and nothing of ours.
fn program(export: &std::path::Path) -> String {
    let document = std::fs::read_to_string(root().join("infra/docs/audit.md")).expect("a document");
    let (_, rest) = document.split_once("```python\n").expect("a program");
    let (program, _) = rest.split_once("```").expect("it ends");
    let run = Command::new("python3")
        .arg("-c")
        .arg(program)
        .arg(export)
        .output();
    let output = run.expect("python runs");
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert!(
        !said.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_own_log_is_checked_and_exported_by_that_person() {
    let desk = Desk::open().await;
    let api = &desk.creator.api;
    let phone = desk.creator.log_in(&desk.world).await;
    let listed = phone.get(OWN).await.expect(200);
    let count = listed["entries"].as_array().expect("a list").len();
    assert!(count >= 2, "{listed}");
    let verification = format!("{OWN}/verification");
    let verdict = eventually("every act is chained", async || {
        let verdict = api.get(&verification).await.expect(200);
        assert_eq!(verdict["state"], "ok", "{verdict}");
        (verdict["count"] == count).then_some(verdict)
    })
    .await;

    let path = format!("{OWN}/export");
    desk.world.host.advance(time::Duration::seconds(301)).await;
    assert_eq!(api.get(&path).await.problem(403), "step_up_required");
    prove(api, None).await;
    let export = own_export(api, &path).await;
    for (act, stands) in [("session.begin", true), ("workspace.create", false)] {
        assert_eq!(export.contains(act), stands, "{act}");
    }
    let file = std::env::temp_dir().join(format!("own-export-{}.jsonl", desk.tenant));
    std::fs::write(&file, &export).expect("a file");
    let head = text(&verdict["head"]);
    assert_eq!(program(&file), format!("ok {count} {head}"));
    std::fs::remove_file(&file).expect("a file");

    let second = export.lines().nth(1).expect("a second line");
    let second: Value = serde_json::from_str(second).expect("JSON");
    let tenant = text(&second["entry"]["tenant"]);
    let nia = desk.world.creator("Nia Hart").await;
    let theirs = own_export(&nia.api, &path).await;
    assert!(!theirs.contains(&tenant), "a log is its person's alone");
    let suffix = tenant.rsplit_once('_').expect("a prefix").1;
    let rows = desk.rows_of(suffix, "-audit", "INTENTS");
    let edited = with(&rows[1], "action", json!({ "S": "bot.rotate" }));
    desk.put(&edited).await;
    let verdict = api.get(&verification).await.expect(200);
    assert_eq!(verdict["finding"], found("edited", 2), "{verdict}");
    desk.world.host.stop().await;
}

async fn own_export(api: &Api, path: &str) -> String {
    let answer = api.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    String::from_utf8(answer.bytes).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_ends_before_it_begins_has_no_entries() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    for path in ["/api/v1/audit", "/api/v1/audit/account"] {
        let backwards = format!("{path}?from=2026-11-29T00:00:00Z&to=2026-11-28T00:00:00Z");
        let page = creator.api.get(&backwards).await.expect(200);
        assert_eq!(page["entries"], serde_json::json!([]), "{path}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_edits_deletes_overwrites_or_swaps_a_row_is_given_away_by_its_number() {
    let desk = Desk::open().await;
    let count = desk.entries("").await.len();
    desk.chained(count).await;
    let entries = desk.rows("-audit", "INTENTS");
    let chain = desk.rows("-audit", "CHAIN");
    let chained = desk.rows("-audit", "CHAINED");
    assert_eq!(
        (entries.len(), chain.len(), chained.len()),
        (count, count, count)
    );
    let text = |value: &str| json!({ "S": value });
    let (third, fifth) = (2, 4);
    let is = async |name: &str, before: &[&Value], after: &[Option<Value>], expected: Value| {
        assert_eq!(desk.tampered(name, before, after).await, expected, "{name}");
    };
    let edited = with(&entries[third], "action", text("bot.rotate"));
    is(
        "an entry is edited",
        &[&entries[third]],
        &[Some(edited)],
        found("edited", 3),
    )
    .await;
    let nonsense = with(&entries[third], "action", text("nothing of ours"));
    is(
        "an entry is made unreadable",
        &[&entries[third]],
        &[Some(nonsense)],
        found("edited", 3),
    )
    .await;
    let blamed = with(&entries[third], "actor", text("system"));
    is(
        "an entry is laid at another door",
        &[&entries[third]],
        &[Some(blamed)],
        found("edited", 3),
    )
    .await;
    let moment = entries[third]["at"]["N"].as_str().expect("a moment");
    let last = if moment.ends_with('7') { '8' } else { '7' };
    let later = format!("{}{last}", &moment[..moment.len() - 1]);
    let dated = with(&entries[third], "at", json!({ "N": later }));
    is(
        "one digit of an entry's moment is edited",
        &[&entries[third]],
        &[Some(dated)],
        found("edited", 3),
    )
    .await;
    let zeros = with(&chain[third], "hash", text(&"0".repeat(64)));
    is(
        "a hash is edited",
        &[&chain[third]],
        &[Some(zeros)],
        found("edited", 3),
    )
    .await;
    is(
        "an entry is deleted",
        &[&entries[fifth]],
        &[None],
        found("missing", 5),
    )
    .await;
    is(
        "a number is deleted",
        &[&chain[fifth]],
        &[None],
        found("missing", 5),
    )
    .await;
    is(
        "the last number is deleted",
        &[&chain[count - 1]],
        &[None],
        found("missing", count as u64),
    )
    .await;
    let swapped = [
        Some(in_place_of(&entries[third], &entries[fifth])),
        Some(in_place_of(&entries[fifth], &entries[third])),
    ];
    is(
        "two entries are swapped",
        &[&entries[third], &entries[fifth]],
        &swapped,
        found("swapped", 3),
    )
    .await;
    let swapped = [
        Some(in_place_of(&chain[third], &chain[fifth])),
        Some(in_place_of(&chain[fifth], &chain[third])),
    ];
    is(
        "two numbers are swapped",
        &[&chain[third], &chain[fifth]],
        &swapped,
        found("swapped", 3),
    )
    .await;
    let (rows, forged) = (
        [&entries[third], &chain[third], &chained[third]],
        overwritten(&desk.export().await, third, &entries, &chain, &chained),
    );
    is(
        "an entry is written anew with its hash",
        &rows,
        &forged,
        found("overwritten", 3),
    )
    .await;
    let loose = with(
        &with(
            &entries[0],
            "sk",
            text("1000000000000#00000000000000000000000000"),
        ),
        "at",
        json!({ "N": "1000000000000" }),
    );
    let loose = with(&loose, "id", text("aud_00000000000000000000000000"));
    desk.put(&loose).await;
    let finding = desk.verdict().await["finding"].clone();
    assert_eq!(
        finding,
        json!({ "how": "unchained", "sequence": null, "entry": "aud_00000000000000000000000000" })
    );
    desk.delete("-audit", &loose).await;
    desk.world.host.stop().await;
}

/// The rows of an entry with another actor, as somebody writes them who knows the format.
fn overwritten(
    export: &str,
    index: usize,
    entries: &[Value],
    chain: &[Value],
    chained: &[Value],
) -> [Option<Value>; 3] {
    let line: Value =
        serde_json::from_str(export.lines().nth(index).expect("a line")).expect("JSON");
    let entry: BTreeMap<String, Value> =
        serde_json::from_value(line["entry"].clone()).expect("an object");
    let forged = serde_json::to_string(&entry)
        .expect("JSON")
        .replace(&text(&line["entry"]["actor"]), "system");
    let mut context = Context::new(&SHA256);
    let prev = text(&line["prev"]);
    for digits in prev.as_bytes().chunks(2) {
        let digits = std::str::from_utf8(digits).expect("ASCII");
        context.update(&[u8::from_str_radix(digits, 16).expect("hex")]);
    }
    context.update(forged.as_bytes());
    let hash: String = context
        .finish()
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let hash = json!({ "S": hash });
    [
        Some(with(&entries[index], "actor", json!({ "S": "system" }))),
        Some(with(&chain[index], "hash", hash.clone())),
        Some(with(&chained[index], "hash", hash)),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_whose_key_is_destroyed_leaves_a_valid_chain_and_nothing_to_read() {
    let desk = Desk::open().await;
    let count = desk.entries("").await.len();
    let before = desk.chained(count).await;
    let suffix = desk.fan.rsplit_once('_').expect("a prefix").1.to_owned();
    let keys = desk.rows("-keys", &format!("FANKEY#{suffix}"));
    assert_eq!(keys.len(), 1);
    desk.delete("-keys", &keys[0]).await;
    assert_eq!(
        desk.verdict().await,
        before,
        "the chain is as valid as before"
    );
    let entries = desk.entries(&format!("&subject={}", desk.fan)).await;
    assert_eq!(entries.len(), 3);
    let erased = json!({ "state": "erased", "value": null });
    for entry in &entries {
        assert_eq!((&entry["old"], &entry["new"]), (&erased, &erased));
    }
    let export = desk.export().await;
    assert!(!export.contains("note 3"), "{export}");
    let others = desk.entries("&action=sofi.change").await;
    assert_eq!(others[0]["new"]["state"], "shown");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_any_two_calls_the_job_leaves_no_gap_and_doubles_nothing() {
    let desk = Desk::open().await;
    let count = desk.entries("").await.len();
    desk.chained(count).await;
    let function = desk
        .world
        .host
        .functions()
        .resolve("audit.chain")
        .expect("a function")
        .to_owned();
    // What one run calls, the session aside: what waits, the head beside the entries, the transaction, what still
    // waits, the open days.
    let moments = (1..=6).flat_map(|call| [(Some(call), None), (None, Some(call))]);
    let (mut acts, mut killed) = (count, 0);
    for (before_call, after_call) in moments {
        desk.world.host.plan_kill(KillPlan {
            function: Some(function.clone()),
            before_call,
            after_call,
            operation: None,
            times: 1,
            skip: 0,
        });
        desk.note(&format!("killed {before_call:?} {after_call:?}"))
            .await;
        (acts, killed) = (acts + 1, killed + 1);
        let kills = || desk.world.host.kills();
        eventually("the job is killed", async || {
            (kills().len() == killed).then_some(())
        })
        .await;
        // The ring comes back when the queue no longer hides it.
        desk.world.host.advance(time::Duration::seconds(200)).await;
        desk.chained(acts).await;
    }
    let calls: Vec<_> = desk
        .world
        .host
        .kills()
        .into_iter()
        .map(|kill| (kill.moment, kill.call, kill.operation))
        .collect();
    println!("{} kills: {calls:?}", calls.len());
    assert_eq!(desk.rows("-audit", "CHAIN").len(), acts);
    assert_eq!(desk.rows("-audit", "CHAINED").len(), acts);
    assert_eq!(desk.rows("-audit", "INTENTS").len(), acts);
    assert!(desk.rows("-work", "UNCHAINED").is_empty());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tail_that_is_written_anew_or_cut_off_contradicts_the_anchor_of_its_day() {
    let mut desk = Desk::open().await;
    let count = desk.entries("").await.len();
    desk.chained(count).await;
    let (entries, chain, chained) = (
        desk.rows("-audit", "INTENTS"),
        desk.rows("-audit", "CHAIN"),
        desk.rows("-audit", "CHAINED"),
    );
    let last = count - 1;
    let export = desk.unheard_export().await;
    let forged = overwritten(&export, last, &entries, &chain, &chained);
    let rows = [&entries[last], &chain[last], &chained[last]];
    for row in forged.iter().flatten() {
        desk.put(row).await;
    }
    assert_eq!(
        desk.verdict().await["state"],
        "ok",
        "nothing tells before the day is anchored"
    );
    for row in rows {
        desk.put(row).await;
    }
    desk.anchor().await;
    desk.creator.api = desk.creator.log_in(&desk.world).await;
    let verdict = desk.chained(count).await;
    assert_eq!(verdict["anchors"], 1);
    let number = count as u64;
    let finding = desk
        .tampered("the tail is written anew", &rows, &forged)
        .await;
    assert_eq!(finding, found("overwritten", number));
    let finding = desk
        .tampered("the tail is cut off", &rows, &[None, None, None])
        .await;
    assert_eq!(finding, found("missing", number));
    desk.world.host.stop().await;
}
