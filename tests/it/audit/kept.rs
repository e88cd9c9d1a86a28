//! Entries go after 24 months, the chain stays, and no young entry goes by looking old.

use serde_json::{Value, json};
use tests::eventually;

use super::desk::{Desk, found, text, with};
use super::program;

/// Two years and two days, more than an entry is kept.
const DAYS: i64 = 733;

#[tokio::test(flavor = "multi_thread")]
async fn p41_entries_go_after_24_months_and_the_chain_stays_valid() {
    let mut desk = Desk::open().await;
    let count = desk.entries("").await.len();
    desk.chained(count).await;
    desk.anchor().await;
    // Two years of this machine's own work are not of interest here.
    desk.world.host.sources().pause_all();
    desk.after(DAYS - 4).await;
    let before = desk.chained(count).await;
    assert_eq!(before["gone_to"], 0, "{before}");
    let entries = desk.rows("-audit", "INTENTS");
    assert_eq!(entries.len(), count);
    let finding = desk
        .tampered("an entry goes a day too early", &[&entries[4]], &[None])
        .await;
    assert_eq!(finding, found("missing", 5));

    desk.after(4).await;
    let verdict = desk.chained(count).await;
    assert_eq!(verdict["gone_to"], count, "{verdict}");
    assert_eq!(verdict["head"], before["head"]);
    assert!(desk.entries("").await.is_empty(), "nothing reads them");
    let dynamodb = desk.world.host.aws().dynamodb();
    dynamodb.sweep_ttl().expect("the table deletes");
    assert!(desk.rows("-audit", "INTENTS").is_empty());
    assert_eq!(desk.chained(count).await, verdict, "as before");

    let chain = desk.rows("-audit", "CHAIN");
    let zeros = with(&chain[2], "hash", json!({ "S": "0".repeat(64) }));
    let finding = desk
        .tampered("a hash without an entry", &[&chain[2]], &[Some(zeros)])
        .await;
    assert_eq!(finding, found("edited", 3));
    let finding = desk
        .tampered("a number without an entry", &[&chain[2]], &[None])
        .await;
    assert_eq!(finding, found("missing", 3));

    taken_along(&desk, count, &text(&verdict["head"])).await;
    // What is done from now on follows on what is gone.
    let sources = desk.world.host.sources();
    for source in sources.states() {
        sources.set_running(&source.mapping.id, true);
    }
    eventually("the entry of the export is chained", async || {
        let verdict = desk.verdict().await;
        assert_eq!(verdict["state"], "ok", "{verdict}");
        assert_eq!(verdict["gone_to"], count, "{verdict}");
        (verdict["count"].as_u64() > Some(count as u64)).then_some(())
    })
    .await;
    desk.world.host.stop().await;
}

/// The export has numbers without entries, and a stranger's program says up to where.
async fn taken_along(desk: &Desk, count: usize, head: &str) {
    let export = desk.export().await;
    let lines: Vec<Value> = export
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), count + 1, "{export}");
    for line in &lines[..count] {
        assert_eq!(
            (&line["type"], &line["entry"]),
            (&json!("entry"), &Value::Null)
        );
    }
    let file = std::env::temp_dir().join(format!("audit-gone-{}.jsonl", desk.tenant));
    std::fs::write(&file, &export).expect("a file");
    assert_eq!(program(&file), format!("ok {count} {head} gone to {count}"));
    // The hash of an entry that is gone, and not the same where the next number says what it follows on.
    let own = |hash: &str| format!("\"hash\":\"{hash}\"");
    let forged = export.replacen(&own(&text(&lines[2]["hash"])), &own(&"0".repeat(64)), 1);
    std::fs::write(&file, forged).expect("a file");
    assert_eq!(program(&file), "broken at 4", "it leads nowhere");
    std::fs::remove_file(&file).expect("a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_young_entry_that_is_dated_back_is_missed_whatever_an_anchor_calls_itself() {
    let desk = Desk::open().await;
    let count = desk.entries("").await.len();
    desk.chained(count).await;
    let (entries, chain, chained) = (
        desk.rows("-audit", "INTENTS"),
        desk.rows("-audit", "CHAIN"),
        desk.rows("-audit", "CHAINED"),
    );
    let expired = with(&entries[2], "expires_at", json!({ "N": "1" }));
    let finding = desk
        .tampered(
            "an expiry is brought forward",
            &[&entries[2]],
            &[Some(expired)],
        )
        .await;
    assert_eq!(finding, found("missing", 3));

    // Our own job lays down an anchor of today that has the name of a day before two years, and reaches every number.
    desk.put_in("-work", &open_day(&desk.tenant)).await;
    let budget = json!({ "vendors": ["xai"], "daily_cost_micro_usd": 9, "daily_tokens": 9 });
    let set = desk.creator.api.put("/api/v1/ai/budget", &budget).await;
    set.expect(200);
    eventually("the old day is anchored", async || {
        let named = |name: &String| name.contains("/2024-10-04/");
        desk.anchors().iter().any(named).then_some(())
    })
    .await;
    let verdict = desk.chained(count + 1).await;
    assert_eq!(
        (&verdict["anchors"], &verdict["gone_to"]),
        (&json!(1), &json!(0))
    );

    // The entry goes, and all that is left of it says that it is of 2023.
    let old = "1700000000000";
    let key = text(&chained[2]["sk"]["S"]);
    let (_, id) = key.split_once('#').expect("a key");
    let moment = json!({ "N": old });
    let number = with(&chain[2], "at", moment.clone());
    let tie = with(&chained[2], "sk", json!({ "S": format!("{old}#{id}") }));
    let tie = with(&tie, "at", moment);
    desk.put(&tie).await;
    let finding = desk
        .tampered(
            "an entry is dated back and taken out",
            &[&entries[2], &chain[2], &chained[2]],
            &[None, Some(number), None],
        )
        .await;
    assert_eq!(finding, found("missing", 3));
    desk.delete("-audit", &tie).await;
    desk.world.host.stop().await;
}

/// A day long over whose head nobody has anchored yet.
fn open_day(tenant: &str) -> Value {
    json!({
        "pk": { "S": format!("T#{tenant}#ANCHORS") }, "sk": { "S": "20000" },
        "kind": { "S": "audit_anchor" }, "v": { "N": "1" }, "rev": { "N": "1" },
        "tenant": { "S": format!("ten_{tenant}") }, "day": { "N": "20000" }, "due_at": { "N": "1728086700000" },
    })
}
