//! Exports hold what is held, nothing else, and are handed to whoever asked, once.

mod again;
mod bought;
mod complete;
mod fans;
mod planted;

use std::collections::BTreeMap;
use std::io::Cursor;

use emulator::sqs::Send as Message;
use local::KillPlan;
use serde_json::{Value, json};
use tests::{Api, Bot, Creator, PASSWORD, Person, World, eventually};

use crate::journey_access::{log_in, prove};
use crate::journey_exports::{
    DOWNLOADS, EXPORTS, download, fetched, hold, id, link, ready, shown, signer,
};
use crate::journey_privacy::ERASURES;
use crate::journey_team::colleague;

/// Two workspaces that know the same person, and a neighbour of theirs.
struct Stage {
    world: World,
    mira: Creator,
    bot: Bot,
    robin: Person,
    fan: String,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let mira = world.creator("Mira").await;
        let eve = world.creator("Eve").await;
        let bot = mira.connect_bot(&world, "mira_bot").await;
        let foreign = eve.connect_bot(&world, "eve_bot").await;
        let robin = world.person("Robin", "en").await;
        let sam = world.person("Sam", "en").await;
        robin.says(&world, &bot, "canary-of-robin =1+1").await;
        sam.says(&world, &bot, "canary-of-sam").await;
        robin.says(&world, &foreign, "canary-of-eve").await;
        let chat = mira.conversation("Robin").await;
        let (chat, fan) = (text(&chat["id"]), text(&chat["fan_id"]));
        mira.answer(&chat, "canary-of-an-answer").await;
        let note = json!({ "text": "canary-of-a-note" });
        let path = format!("/api/v1/conversations/{chat}/notes");
        mira.api.post(&path, &note).await.expect(201);
        let fact = json!({ "text": "canary-of-a-fact" });
        let path = format!("/api/v1/fans/{fan}/facts");
        mira.api.post(&path, &fact).await.expect(201);
        let profile = json!({ "note": "canary-of-a-profile", "tags": ["canary-of-a-tag"] });
        let path = format!("/api/v1/fans/{fan}");
        mira.api.patch(&path, &profile).await.expect(200);
        world.settled().await;
        prove(&mira.api, None).await;
        Self {
            world,
            mira,
            bot,
            robin,
            fan,
        }
    }

    async fn export(&self, body: &Value) -> (String, BTreeMap<String, String>) {
        let request = self.mira.api.post(EXPORTS, body).await.expect(202);
        let id = id(&request);
        ready(&self.mira.api, &id).await;
        let file = download(&self.mira.api, &id).await;
        let key = signer(&self.world).await;
        let findings = archive::verify(&mut Cursor::new(&file), &key).expect("reads");
        assert_eq!(findings, []);
        (id, sections(&file))
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The members of an archive, by path; it is stored and not compressed.
pub(crate) fn members(file: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let number = |at: usize| {
        let bytes: [u8; 4] = file[at..at + 4].try_into().expect("four bytes");
        u32::from_le_bytes(bytes) as usize
    };
    let mut at = 0;
    while file[at..].starts_with(b"PK\x03\x04") {
        let (size, name) = (number(at + 18), number(at + 26) & 0xffff);
        let path = String::from_utf8(file[at + 30..at + 30 + name].to_vec()).expect("a path");
        let from = at + 30 + name;
        found.insert(path, file[from..from + size].to_vec());
        at = from + size;
    }
    found
}

/// The JSON lines of each section.
pub(crate) fn sections(file: &[u8]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (path, bytes) in members(file) {
        let lines = path
            .strip_prefix("data/")
            .and_then(|path| path.strip_suffix(".jsonl"));
        if let Some((section, _)) = lines.and_then(|name| name.rsplit_once('-')) {
            let lines = String::from_utf8(bytes).expect("text");
            found
                .entry(section.to_owned())
                .or_default()
                .push_str(&lines);
        }
    }
    found
}

/// In which sections each word stands.
fn places(sections: &BTreeMap<String, String>, word: &str) -> Vec<String> {
    let holding = sections.iter().filter(|(_, lines)| lines.contains(word));
    holding.map(|(name, _)| name.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn p25_an_export_holds_what_is_held_and_nothing_of_anybody_else() {
    let stage = Stage::open().await;
    let (_, whole) = stage.export(&json!({})).await;
    for (word, expected) in [
        ("canary-of-robin", vec!["conversation", "message"]),
        ("canary-of-sam", vec!["conversation", "message"]),
        ("canary-of-an-answer", vec!["message"]),
        ("canary-of-a-note", vec!["note"]),
        ("canary-of-a-fact", vec!["fact"]),
        ("canary-of-a-profile", vec!["audit_entry", "fan"]),
        ("mira_bot", vec!["bot"]),
        ("canary-of-eve", vec![]),
        ("eve_bot", vec![]),
    ] {
        let mut found = places(&whole, word);
        // The card of a chat shows its newest message, whichever that is.
        found.retain(|section| section != "conversation" || expected.contains(&"conversation"));
        let missing = expected.iter().filter(|name| **name != "conversation");
        for name in missing {
            assert!(
                found.iter().any(|section| section == name),
                "{word}: {found:?}"
            );
        }
        assert_eq!(expected.is_empty(), found.is_empty(), "{word}: {found:?}");
    }
    let (_, own) = stage.export(&json!({ "fan_id": stage.fan })).await;
    for word in ["canary-of-robin", "canary-of-a-note", "canary-of-a-fact"] {
        assert_eq!(places(&own, word), places(&whole, word), "{word}");
    }
    assert_eq!(places(&own, "canary-of-sam"), [""; 0], "somebody else's");
    assert!(!own.contains_key("member") && !own.contains_key("audit_entry"));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_wherever_it_is_an_export_is_the_same_and_one_mail_says_so() {
    let stage = Stage::open().await;
    let (_, calm) = stage.export(&json!({ "fan_id": stage.fan })).await;
    let mails = stage.world.mails_to(&stage.mira.email).len();
    let calls = [2, 5, 9, 13, 17, 20];
    for call in calls {
        stage.world.host.plan_kill(KillPlan {
            function: Some("privacy.export".to_owned()),
            before_call: Some(call),
            after_call: None,
            operation: None,
            times: 1,
            skip: 0,
        });
    }
    let body = json!({ "fan_id": stage.fan });
    let request = stage.mira.api.post(EXPORTS, &body).await.expect(202);
    let id = id(&request);
    // The row belongs to who died until its time is over; time goes slowly beside a job that works.
    eventually("it is ready in spite of all kills", async || {
        stage.world.host.advance(time::Duration::seconds(5)).await;
        let request = shown(&stage.mira.api, &id).await;
        (request["export"]["state"] == "ready").then_some(())
    })
    .await;
    assert_eq!(stage.world.host.kills().len(), calls.len());
    prove(&stage.mira.api, None).await;
    let file = download(&stage.mira.api, &id).await;
    let key = signer(&stage.world).await;
    assert_eq!(
        archive::verify(&mut Cursor::new(&file), &key).expect("reads"),
        []
    );
    assert_eq!(sections(&file), calm);
    // What the killed ones had in hand is hidden for its visibility time-out.
    stage.world.host.advance(time::Duration::seconds(460)).await;
    stage.world.settled().await;
    assert_eq!(stage.world.mails_to(&stage.mira.email).len(), mails + 1);
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_before_the_file_is_there_leaves_it_to_another_owner_and_to_nobody_else() {
    let stage = Stage::open().await;
    let (world, mira) = (&stage.world, &stage.mira.api);
    let ada = colleague(world, mira, "Ada Stone", json!({ "role": "owner" })).await;
    let ola = colleague(world, mira, "Ola Berg", json!({ "role": "manager" })).await;
    prove(mira, None).await;
    hold(world, "pause").await;
    let request = id(&mira.post(EXPORTS, &json!({})).await.expect(202));
    let left = mira.delete("/api/v1/workspace/members/current").await;
    assert_eq!(left.status, 204, "{}", left.body);
    hold(world, "resume").await;
    ready(&ada.api, &request).await;
    world.mail_saying(&ada.email, &request).await;
    assert!(world.mails_to(&stage.mira.email).iter().all(|mail| {
        let text = mail.text.as_deref().unwrap_or_default();
        !text.contains(&request)
    }));

    prove(&ola.api, None).await;
    let path = format!("/api/v1/privacy/requests/{request}/links");
    let refused = ola.api.post(&path, &json!({})).await;
    assert_eq!(refused.problem(403), "not_yours");
    prove(&ada.api, None).await;
    assert!(download(&ada.api, &request).await.starts_with(b"PK"));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_in_time_for_who_made_it_with_a_proof_and_every_try_is_noted() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    hold(world, "pause").await;
    let request = api.post(EXPORTS, &json!({})).await.expect(202);
    let id = id(&request);
    let path = format!("/api/v1/privacy/requests/{id}/links");
    assert_eq!(api.post(&path, &json!({})).await.problem(409), "not_ready");
    hold(world, "resume").await;
    ready(api, &id).await;

    let used = link(api, &id).await;
    api.post(DOWNLOADS, &used).await.expect(200);
    assert_eq!(
        api.post(DOWNLOADS, &used).await.problem(409),
        "link_spent",
        "twice"
    );
    let replaced = link(api, &id).await;
    let newest = link(api, &id).await;
    assert_eq!(
        api.post(DOWNLOADS, &replaced).await.problem(409),
        "link_spent",
        "replaced"
    );
    let other: Api = log_in(world, &stage.mira.email, PASSWORD).await;
    assert_eq!(
        other.post(DOWNLOADS, &newest).await.problem(409),
        "link_spent",
        "elsewhere"
    );
    let guessed = json!({ "request_id": id, "token": "x".repeat(43) });
    assert_eq!(
        api.post(DOWNLOADS, &guessed).await.problem(409),
        "link_spent",
        "guessed"
    );
    world.host.advance(time::Duration::seconds(301)).await;
    assert_eq!(
        api.post(DOWNLOADS, &newest).await.problem(403),
        "step_up_required"
    );
    prove(api, None).await;
    world.host.advance(time::Duration::seconds(299)).await;
    assert_eq!(
        api.post(DOWNLOADS, &newest).await.problem(409),
        "link_spent",
        "late"
    );

    let fresh = link(api, &id).await;
    let given = api.post(DOWNLOADS, &fresh).await.expect(200);
    let url = text(&given["url"]);
    world.host.advance(time::Duration::seconds(61)).await;
    let late = fetched(&url).await;
    assert_eq!(late.status(), 403, "the address is good for a minute");

    world.settled().await;
    let log = api.get("/api/v1/audit?limit=100").await.expect(200);
    let entries = log["entries"].as_array().expect("entries").clone();
    let of = |action: &str| {
        let ours = entries.iter().filter(|entry| entry["action"] == action);
        ours.filter(|entry| entry["subject"] == id.as_str()).count()
    };
    assert_eq!((of("export.create"), of("export.link")), (1, 4));
    assert_eq!((of("export.download"), of("export.refuse")), (2, 6));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_a_link_at_one_moment_one_gets_the_file_and_both_tries_are_noted() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let request = id(&api.post(EXPORTS, &json!({})).await.expect(202));
    ready(api, &request).await;
    let used = link(api, &request).await;
    let (one, two) = tokio::join!(api.post(DOWNLOADS, &used), api.post(DOWNLOADS, &used));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.body, two.body);
    world.settled().await;
    for (action, count) in [("export.download", 1), ("export.refuse", 1)] {
        let log = api.get(&format!("/api/v1/audit?action={action}")).await;
        let log = log.expect(200);
        let noted = log["entries"].as_array().map(Vec::len);
        assert_eq!(noted, Some(count), "{action}");
    }
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_for_an_export_that_is_not_there_is_noted_as_well() {
    let stage = Stage::open().await;
    let api = &stage.mira.api;
    let request = id(&api.post(EXPORTS, &json!({})).await.expect(202));
    let (start, last) = request.split_at(request.len() - 1);
    let unknown = format!("{start}{}", if last == "0" { "1" } else { "0" });
    let guess = json!({ "request_id": unknown, "token": "x".repeat(43) });
    api.post(DOWNLOADS, &guess).await.problem(404);
    stage.world.settled().await;
    let log = api.get("/api/v1/audit?action=export.refuse").await;
    let log = log.expect(200);
    let entries = log["entries"].as_array().expect("entries");
    let subjects: Vec<_> = entries.iter().map(|entry| &entry["subject"]).collect();
    assert_eq!(subjects, [&json!(unknown)]);
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_takes_back_what_was_exported_before() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let (id, _) = stage.export(&json!({})).await;
    let objects = async || world.control("/dump").await["buckets"].to_string();
    assert!(objects().await.contains(".zip"));
    let body = json!({ "fan_id": stage.fan });
    api.post(ERASURES, &body).await.expect(202);
    let request = eventually("the export is taken back", async || {
        let request = shown(api, &id).await;
        (request["state"] == "withdrawn").then_some(request)
    })
    .await;
    assert_eq!(request["export"], Value::Null);
    assert!(!objects().await.contains(".zip"), "the file is gone");
    // Until the erasure is over, whatever is exported is taken back.
    world.settled().await;
    let (_, again) = stage.export(&json!({})).await;
    assert_eq!(places(&again, "canary-of-robin"), [""; 0]);
    assert!(!places(&again, "canary-of-sam").is_empty());
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_after_it_was_ready_the_file_is_gone_and_its_record_stays() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let (id, _) = stage.export(&json!({ "fan_id": stage.fan })).await;
    let objects = async || world.control("/dump").await["buckets"].to_string();
    let me = stage.mira.api.get("/api/v1/me").await.expect(200);
    let looked = json!({ "v": 1, "tenant": me["workspaces"][0]["id"], "request": id });
    // The sweep asks as well, within a minute.
    let look = || {
        let sqs = world.host.aws().sqs();
        let mut names = sqs.queues().into_iter().map(|queue| queue.name);
        let queue = names.find(|name| name.ends_with("-exports"));
        let body = looked.to_string();
        let message = Message {
            body,
            ..Message::default()
        };
        sqs.send(&queue.expect("a queue"), message)
            .expect("takes it");
    };
    let almost = time::Duration::days(7) - time::Duration::minutes(1);
    world.host.advance(almost).await;
    look();
    world.settled().await;
    assert!(objects().await.contains(".zip"), "not before its time");
    world.host.advance(time::Duration::minutes(2)).await;
    look();
    eventually("the file is gone with its tail", async || {
        (!objects().await.contains(&id[4..])).then_some(())
    })
    .await;
    let api = stage.mira.log_in(world).await;
    let request = shown(&api, &id).await;
    assert_eq!(
        (&request["state"], &request["export"]),
        (&json!("finished"), &Value::Null)
    );
    let path = format!("/api/v1/privacy/requests/{id}/links");
    api.post(&path, &json!({})).await.problem(404);
    // An erasure afterwards finds the row, but there is nothing to take back.
    let body = json!({ "fan_id": stage.fan });
    api.post(ERASURES, &body).await.expect(202);
    world.settled().await;
    assert_eq!(shown(&api, &id).await["state"], "finished");
    stage.world.host.stop().await;
}
