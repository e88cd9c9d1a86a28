//! A fan is erased: on their own word or on a member's, completely, once, and without coming back.

mod again;
mod certificate;
mod in_flight;
mod letters;
mod person;
mod restored;
mod rows;
mod stage;
mod torn;

use std::collections::BTreeMap;
use std::time::Duration;

use local::KillPlan;
use serde_json::{Value, json};
use tests::{World, eventually, eventually_within};

use crate::journey_access::prove;
use crate::journey_privacy::{
    ERASURES, REQUESTS, asked, erased, finished, last_words, lose_ring, press, requests,
    words_after,
};
use crate::journey_team::colleague;
use crate::sofi::Chat;
use rows::{Rows, ids, text};
use stage::{BLOCKED, Stage, found, search, tenant};

/// More than four transactions of the job can take at once.
const LONG: usize = 420;
const LIMIT: Duration = Duration::from_secs(600);

#[tokio::test(flavor = "multi_thread")]
async fn p27_a_fan_deletes_themselves_and_nothing_of_them_is_left() {
    let stage = Stage::open().await;
    let (world, day) = (&stage.world, &stage.day);
    let (late, word) = asked(world, day, &stage.canary).await;
    world.host.advance(time::Duration::minutes(11)).await;
    press(world, day, &stage.canary, late, &word).await;
    world.settled().await;
    assert!(requests(&stage.mira.api).await.is_empty(), "too late");

    let canary = stage.fill().await;
    let robin = stage.conversation(day, "Robin").await;
    stage.keep(&robin, ["likes cats", "has two", "vip"]).await;
    let robin = ids(&[&robin["fan_id"], &robin["id"]]);
    let (number, word) = asked(world, day, &stage.canary).await;
    stage.void_words(number, &word).await;
    let (ours, theirs) = (tenant(&stage.mira).await, tenant(&stage.eve).await);
    let night = stage.canary.sees(world, &stage.night).await;
    let before = rows::dump(world).await;
    let held = rows::naming(&before, &canary);
    let kinds = rows::count(&held);
    println!("held before: {kinds:?}");
    for kind in [
        "business_account",
        "business_link",
        "conversation",
        "draft",
        "fact",
        "fan",
        "fan_entry",
        "fan_key",
        "message",
        "note",
        "outbox",
        "parked",
        "queued",
        "waiting",
    ] {
        assert!(kinds.contains_key(kind), "{kind} in {kinds:?}");
    }
    assert_eq!(kinds["conversation"], 2);
    let tables = world.control("/dump").await["tables"].to_string();
    let none: [&str; 0] = [];
    assert_eq!(found(&tables), none, "nothing is in the clear, nor a tag");
    let words = found(&rows::opened(world, &ours).await);
    assert!(
        words.contains(&"quizzatag"),
        "the workspace has its word: {words:?}"
    );

    press(world, day, &stage.canary, number, &word).await;
    let request = finished(&stage.mira.api, 1).await;
    let told = last_words(world, day, &stage.canary, number).await;
    world.settled_but(&BLOCKED).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("deleted"), "{told:?}");
    let heard = words_after(world, day, &stage.canary, number).await;
    assert_eq!(heard, told, "and silence");
    assert_eq!(stage.canary.sees(world, &stage.night).await, night);

    let after = rows::dump(world).await;
    search(world).await;
    rows::assert_gone(&rows::of(&after, &ours), &canary);
    let words = found(&rows::opened(world, &ours).await);
    assert!(words.is_empty(), "{words:?} opens");
    let mut gone = rows::gone(&held, &after);
    gone.extend(rows::gone(&rows::holders(&before), &after));
    assert_eq!(gone["holder"], 1, "the other workspace's stays");
    gone.extend(rows::gone(&rows::tags(&before), &after));
    assert_eq!(gone["tag"], 1, "the neighbour's stays");
    assert_eq!(erased(&request), gone, "{request}");
    assert_eq!(request["origin"], "fan");
    assert_eq!(request["requested_by"], Value::Null);
    let kept = |rows: &Rows| rows::naming(&rows::of(rows, &ours), &robin);
    assert_eq!(kept(&before), kept(&after), "the neighbour's");
    let foreign = |rows: &Rows| rows::of(rows, &theirs);
    assert_eq!(foreign(&before), foreign(&after), "the other workspace's");
    let marks: Vec<_> = after
        .keys()
        .filter(|place| place.contains("#GONE#"))
        .collect();
    assert_eq!(marks.len(), 1, "{marks:?}");
    stage.write_to_the_account().await;
    stage.look(&canary).await;
    stage.export().await;
    let elsewhere = stage.eve.api.get("/api/v1/fans?query=quizza").await;
    let elsewhere = elsewhere.expect(200);
    assert_eq!(elsewhere["fans"].as_array().map(Vec::len), Some(1));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_of_an_erasure_repeats_and_miscounts_nothing() {
    let chat = Chat::open("off").await;
    let limits = json!({ "rate_limits": false });
    chat.world.telegram("PATCH", "/settings", limits).await;
    chat.says("hello").await;
    let shown = chat.creator.conversation("Robin").await;
    let ids = ids(&[&shown["fan_id"], &shown["id"]]);
    talk(&chat).await;
    let (number, word) = asked(&chat.world, &chat.bot, &chat.fan).await;
    chat.world.settled().await;
    let before = rows::dump(&chat.world).await;
    let mut held = rows::naming(&before, &ids);
    held.extend(rows::holders(&before));
    assert!(rows::count(&held)["message"] > LONG as u64);

    let kills = plan_kills(&chat.world);
    press(&chat.world, &chat.bot, &chat.fan, number, &word).await;
    for number in 1..=kills {
        eventually("the job dies or is done", async || {
            let done = requests(&chat.creator.api)
                .await
                .iter()
                .any(|request| request["state"] == "finished");
            let died = chat.world.host.kills().len() >= number;
            (died || done).then_some(())
        })
        .await;
        // What it was at is hidden for its visibility time-out.
        chat.world.host.advance(time::Duration::seconds(400)).await;
    }
    chat.world.host.clear_kill_plans();
    let request = finished(&chat.creator.api, 1).await;
    let told = last_words(&chat.world, &chat.bot, &chat.fan, number).await;
    let killed = chat.world.host.kills();
    let moments: Vec<_> = killed
        .iter()
        .map(|kill| format!("{} {} {}", kill.moment, kill.call, kill.operation))
        .collect();
    println!("killed: {moments:?}");
    assert!(killed.len() >= 4, "{moments:?}");

    // Nothing is left to do, whoever is rung for again.
    chat.world.host.advance(time::Duration::seconds(400)).await;
    let tick = "/__local/functions/operations.tick/invoke";
    chat.world.api().post(tick, &json!({})).await.expect(200);
    chat.world.settled().await;
    let path = format!("{REQUESTS}/{}", text(&request["id"]));
    let later = chat.creator.api.get(&path).await.expect(200);
    assert_eq!(later, request, "finished once");
    let heard = words_after(&chat.world, &chat.bot, &chat.fan, number).await;
    assert_eq!((heard.len(), &heard), (1, &told));
    let after = rows::dump(&chat.world).await;
    rows::assert_gone(&after, &ids);
    assert_eq!(erased(&request), rows::gone(&held, &after));
    let log = chat.creator.api.get("/api/v1/audit?action=fan.erase").await;
    let log = log.expect(200);
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "{log}");
    assert_eq!(chat.world.depth("-erasures-dlq"), 0);
    chat.world.host.stop().await;
}

/// A long chat, as fast as it can be delivered.
async fn talk(chat: &Chat) {
    let mut updates = Vec::new();
    for number in 0..LONG {
        let words = format!("message {number:03}");
        let act = json!({ "act": "text", "text": words, "deliver": false });
        let done = chat.fan.act(&chat.world, &chat.bot, act).await;
        updates.extend(done["updates"].as_array().expect("updates").clone());
    }
    let path = format!("/bots/{}/bulk", chat.bot.telegram_id);
    let all = json!({ "updates": updates, "copies": 1, "concurrency": 20, "shuffle": false, "seed": 1, "tries": 5 });
    let sent = chat.world.telegram("POST", &path, all).await;
    assert_eq!(sent["failed"], 0, "{sent}");
    eventually_within(LIMIT, "everything is stored", async || {
        (chat.world.depth("inbound.fifo") == 0).then_some(())
    })
    .await;
    chat.world.settled().await;
}

/// Kills of the job, each in an invocation of its own as far as it gets there; how many.
fn plan_kills(world: &World) -> usize {
    let plans = [
        ("dynamodb:Query", None, Some(1)),
        ("dynamodb:TransactWriteItems", Some(1), None),
        ("dynamodb:TransactWriteItems", None, Some(1)),
        ("dynamodb:TransactWriteItems", Some(2), None),
        ("dynamodb:TransactWriteItems", None, Some(2)),
        ("sqs:SendMessage", None, Some(1)),
    ];
    for (operation, before_call, after_call) in plans {
        world.host.plan_kill(KillPlan {
            function: Some("privacy.erase".to_owned()),
            before_call,
            after_call,
            operation: Some(operation.to_owned()),
            times: 1,
            skip: 0,
        });
    }
    plans.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_erases_a_fan_with_proof_and_sees_the_record() {
    let chat = Chat::open("off").await;
    let (world, owner) = (&chat.world, &chat.creator.api);
    chat.says("a word of the fan").await;
    let shown = chat.creator.conversation("Robin").await;
    let body = json!({ "fan_id": shown["fan_id"] });
    let ola = colleague(world, owner, "Ola Berg", json!({ "role": "manager" })).await;
    let uma = colleague(world, owner, "Uma Lind", json!({ "role": "chatter" })).await;
    let eve = world.creator("Eve Rook").await;

    world.host.advance(time::Duration::seconds(301)).await;
    let unproved = ola.api.post(ERASURES, &body).await;
    assert_eq!(unproved.problem(403), "step_up_required");
    for api in [&ola.api, &uma.api, &eve.api] {
        prove(api, None).await;
    }
    let low = uma.api.post(ERASURES, &body).await;
    assert_eq!(low.problem(403), "role_too_low");
    let foreign = eve.api.post(ERASURES, &body).await;
    assert_eq!(foreign.problem(404), "not_found");
    let nobody = json!({ "fan_id": "fan_00000000000000000000000000" });
    let missing = ola.api.post(ERASURES, &nobody).await;
    assert_eq!(missing.problem(404), "not_found");
    assert!(requests(owner).await.is_empty());

    let job = |what: &str| format!("/__local/functions/privacy.erase/{what}");
    world
        .api()
        .post(&job("pause"), &json!({}))
        .await
        .expect(200);
    prove(owner, None).await;
    let request = ola.api.post(ERASURES, &body).await.expect(202);
    for api in [&ola.api, owner] {
        let again = api.post(ERASURES, &body).await.expect(202);
        assert_eq!(again["id"], request["id"], "the one that runs");
    }
    let running = requests(&ola.api).await;
    assert_eq!(running.len(), 1);
    for (field, expected) in [
        ("kind", json!("erasure")),
        ("origin", json!("team")),
        ("requested_by", json!(ola.user)),
        ("state", json!("running")),
        ("finished_at", Value::Null),
        ("remains", json!([])),
    ] {
        assert_eq!(running[0][field], expected, "{field}");
    }
    world
        .api()
        .post(&job("resume"), &json!({}))
        .await
        .expect(200);

    let record = finished(&ola.api, 1).await;
    assert!(record["finished_at"].is_string() && record["due_at"].is_string());
    let counts = erased(&record);
    let expected: BTreeMap<&str, u64> = BTreeMap::from([
        ("conversation", 1),
        ("fan", 1),
        ("fan_key", 1),
        ("message", 1),
    ]);
    for (kind, rows) in expected {
        assert_eq!(counts.get(kind), Some(&rows), "{counts:?}");
    }
    let remains = record["remains"].to_string();
    assert!(
        remains.contains("audit") && remains.contains("tombstone"),
        "{remains}"
    );
    let path = format!("{REQUESTS}/{}", text(&record["id"]));
    assert_eq!(owner.get(&path).await.expect(200), record);
    let mut personal = ids(&[&shown["fan_id"], &shown["id"]]);
    personal.extend([
        "Robin".to_owned(),
        chat.fan.id.to_string(),
        "a word of".to_owned(),
    ]);
    for word in personal {
        assert!(!record.to_string().contains(&word), "{word} in {record}");
    }

    prove(&ola.api, None).await;
    let again = ola.api.post(ERASURES, &body).await;
    assert_eq!(again.problem(404), "not_found");
    assert_eq!(eve.api.get(&path).await.problem(404), "not_found");
    for path in [REQUESTS, path.as_str()] {
        assert_eq!(uma.api.get(path).await.problem(403), "role_too_low");
    }
    let log = owner
        .get("/api/v1/audit?action=fan.erase")
        .await
        .expect(200);
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "{log}");
    assert_eq!(log["entries"][0]["actor"], ola.user.as_str());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_ring_is_found_by_tick() {
    let chat = Chat::open("off").await;
    let api = &chat.creator.api;
    chat.says("hello").await;
    let shown = chat.creator.conversation("Robin").await;
    chat.world.settled().await;
    prove(api, None).await;
    let fan = text(&shown["fan_id"]);
    lose_ring(&chat.world, api, &fan).await.expect(202);
    let request = finished(api, 1).await;
    assert!(erased(&request).contains_key("message"), "{request}");
    let rows = rows::dump(&chat.world).await;
    rows::assert_gone(&rows, &ids(&[&shown["fan_id"], &shown["id"]]));
    chat.world.host.stop().await;
}
