//! The history of a workspace in another one: record by record out of its export, once, and without waking anybody.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Api, Bot, Creator, Person, World, eventually};

use crate::exports::sections;
use crate::imports::{REPLIES, as_file, exported, open, people, portable, records, send};
use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, finished};
use crate::sofi::DEMO;

/// Where history goes.
pub(crate) const HISTORIES: &str = "/api/v1/fans/histories";
/// Records in one call: few, so that a fan's come in several.
const PAGE: usize = 3;

/// A record and the field of the body that takes it.
type Told = (&'static str, Value);

/// Of each section the field for it, whose a record is, and what counts in its own workspace only.
const KINDS: [(&str, &str, &str, &[&str]); 3] = [
    (
        "message",
        "messages",
        "conversation",
        &["conversation", "sent_by", "edited_by", "imported_at"],
    ),
    ("note", "notes", "conversation", &["conversation", "author"]),
    (
        "fact",
        "facts",
        "fan",
        &["fan", "conversation", "edited_by"],
    ),
];

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// What an export says of fans, each record with the fan's number instead of ids.
fn told(export: &BTreeMap<String, String>) -> Vec<Told> {
    let mut numbers: BTreeMap<String, Value> = BTreeMap::new();
    for one in records(export, "fan_number") {
        numbers.insert(text(&one["fan"]), one["telegram_id"].clone());
    }
    for one in records(export, "conversation") {
        let number = numbers[&text(&one["fan"])].clone();
        numbers.insert(text(&one["id"]), number);
    }
    let mut all = Vec::new();
    for (section, field, whose, own) in KINDS {
        for mut record in records(export, section) {
            let number = numbers[&text(&record[whose])].clone();
            let fields = record.as_object_mut().expect("a record");
            fields.retain(|name, _| !own.contains(&name.as_str()));
            fields.insert("telegram_id".to_owned(), number);
            all.push((field, record));
        }
    }
    all
}

fn body(bot: &Bot, records: &[Told], dry_run: bool) -> Value {
    let number = bot.telegram_id.to_string();
    let mut body = json!({ "bot_id": bot.id, "telegram_bot_id": number, "dry_run": dry_run });
    for (_, field, ..) in KINDS {
        let of_kind = records.iter().filter(|(other, _)| *other == field);
        body[field] = of_kind.map(|(_, record)| record.clone()).collect();
    }
    body
}

/// Sends records page by page. Gives how many were, or would be: created, left as they are, refused.
async fn bring(api: &Api, bot: &Bot, records: &[Told], dry_run: bool) -> [u64; 3] {
    let mut sums = [0; 3];
    for page in records.chunks(PAGE) {
        let answer = api.post(HISTORIES, &body(bot, page, dry_run)).await;
        let answer = answer.expect(200);
        for (sum, field) in sums.iter_mut().zip(["created", "unchanged", "refused"]) {
            *sum += answer[field].as_u64().expect("a number");
        }
        let wrote = !dry_run && answer["created"] != 0;
        assert_eq!(answer["written"], wrote, "{answer}");
    }
    sums
}

/// Everything that a section is compared by: a message that was edited, reacted and replied to, files, one that failed, a note,
/// a fact, a persona, a saved reply, tags.
async fn lived(world: &World, mira: &Creator, bot: &Bot, robin: &Person) {
    let act = async |what: Value| robin.act(world, bot, what).await;
    let said = robin.says(world, bot, "hello").await;
    let number = said["message"]["message_id"].as_i64().expect("a number");
    act(json!({ "act": "edit", "message_id": number, "text": "hello, you" })).await;
    act(json!({ "act": "react", "message_id": number, "emoji": ["\u{1F44D}"] })).await;
    act(json!({ "act": "text", "text": "and this", "reply_to": number })).await;
    act(json!({ "act": "album", "items": [{ "media": "photo" }, { "media": "photo" }] })).await;
    let chat = mira.conversation("Robin").await;
    let (id, fan) = (text(&chat["id"]), text(&chat["fan_id"]));
    mira.answer(&id, "hi!").await;
    for (path, words) in [
        (format!("/api/v1/conversations/{id}/notes"), "asks for more"),
        (format!("/api/v1/fans/{fan}/facts"), "likes winter"),
        (format!("/api/v1/bots/{}/personas", bot.id), "Warm, short."),
    ] {
        let body = json!({ "text": words });
        mira.api.post(&path, &body).await.expect(201);
    }
    let reply = json!({ "shortcut": "hi", "text": "Hello, you" });
    mira.api.post(REPLIES, &reply).await.expect(201);
    let profile = json!({ "note": "met in May", "tags": ["VIP", "Berlin, Mitte"] });
    let path = format!("/api/v1/fans/{fan}");
    mira.api.patch(&path, &profile).await.expect(200);
    world.settled().await;
    let rule = json!({ "bot": bot.telegram_id, "method": "sendMessage", "chat": robin.id, "count": 1,
        "fault": { "kind": "blocked" } });
    world.telegram("POST", "/faults", rule).await;
    mira.answer(&id, "are you there?").await;
    eventually("the message has failed", async || {
        let messages = mira.messages(&id).await;
        let failed = |message: &Value| message["delivery"] == "failed";
        messages.iter().any(failed).then_some(())
    })
    .await;
    world.settled().await;
}

/// A bot goes from one workspace to another.
async fn moved(world: &World, (from, to): (&Creator, &Creator), bot: &Bot) -> Bot {
    prove(&from.api, None).await;
    let path = format!("/api/v1/bots/{}", bot.id);
    from.api.delete(&path).await.expect(200);
    // Telegram takes one setWebhook a second.
    world.host.advance(time::Duration::seconds(2)).await;
    let body = json!({ "token": bot.token });
    let connected = to.api.post("/api/v1/bots", &body).await.expect(201);
    Bot {
        id: text(&connected["id"]),
        telegram_id: bot.telegram_id,
        username: bot.username.clone(),
        token: bot.token.clone(),
    }
}

/// Brings in all of an export but its history, by the routes that people use.
async fn settle_in(api: &Api, bot: &Bot, export: &BTreeMap<String, String>) {
    prove(api, None).await;
    let file = as_file(&people(export));
    send(api, &file, false, false).await.expect(200);
    for reply in records(export, "saved_reply") {
        api.post(REPLIES, &reply["content"]).await.expect(201);
    }
    let path = format!("/api/v1/bots/{}/personas", bot.id);
    for persona in records(export, "persona") {
        if persona["in_use"] == false {
            let body = json!({ "text": persona["text"] });
            api.post(&path, &body).await.expect(201);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p29_a_workspace_brought_into_another_one_is_exported_with_equal_sums_of_every_section() {
    let (world, mira, robin) = open().await;
    let eve = world.creator("Eve Lund").await;
    let bot = mira.connect_bot(&world, "mira_moving_bot").await;
    lived(&world, &mira, &bot, &robin).await;
    let old = exported(&world, &mira.api).await;
    let (sums, export) = (portable(&old), sections(&old));
    assert_eq!(sums.len(), 7, "{sums:?}");
    for (section, (records, _)) in &sums {
        assert!(*records > 0, "{section} has nothing to compare");
    }
    let bot = moved(&world, (&mira, &eve), &bot).await;
    settle_in(&eve.api, &bot, &export).await;

    let told = told(&export);
    let all = told.len() as u64;
    let seen = robin.sees(&world, &bot).await;
    assert_eq!(bring(&eve.api, &bot, &told, true).await, [all, 0, 0]);
    assert_eq!(eve.conversations().await, Vec::<Value>::new());
    assert_eq!(bring(&eve.api, &bot, &told, false).await, [all, 0, 0]);
    let new = exported(&world, &eve.api).await;
    assert_eq!(portable(&new), sums);

    assert_eq!(bring(&eve.api, &bot, &told, false).await, [0, all, 0]);
    let own = self::told(&sections(&new));
    assert_eq!(bring(&eve.api, &bot, &own, false).await, [0, all, 0]);
    let again = exported(&world, &eve.api).await;
    assert_eq!(portable(&again), sums, "a file brings nothing twice");
    world.settled().await;
    assert_eq!(robin.sees(&world, &bot).await, seen, "nothing is sent");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn history_wakes_nobody_and_the_fan_who_writes_goes_on_in_it() {
    let (world, mira, robin) = open().await;
    let eve = world.creator("Eve Lund").await;
    let bot = mira.connect_bot(&world, "mira_quiet_bot").await;
    lived(&world, &mira, &bot, &robin).await;
    let export = sections(&exported(&world, &mira.api).await);
    let bot = moved(&world, (&mira, &eve), &bot).await;
    settle_in(&eve.api, &bot, &export).await;
    eve.sofi(&bot, &json!({ "mode": "auto" })).await;
    bring(&eve.api, &bot, &told(&export), false).await;
    world.settled().await;

    let chat = eve.conversation("Robin").await;
    for (field, expected) in [
        ("unread", json!(0)),
        ("unanswered", json!(0)),
        ("ai_mode", json!("off")),
        ("unsent_at", Value::Null),
        ("needs_person_since", Value::Null),
        ("snippet", json!("hi!")),
        ("snippet_author", json!("person")),
        ("last_inbound_at", Value::Null),
    ] {
        assert_eq!(chat[field], expected, "{field}: {chat}");
    }
    assert!(chat["done_at"].is_string(), "{chat}");
    let id = text(&chat["id"]);
    let old = eve.messages(&id).await;
    assert!(old.len() > 5, "{old:?}");
    for message in &old {
        assert!(message["imported_at"].is_string(), "{message}");
        assert_eq!(message["sent_by"], Value::Null, "{message}");
    }

    robin.says(&world, &bot, "I am here").await;
    let new = eventually("Robin's message is there", async || {
        let messages = eve.messages(&id).await;
        messages.into_iter().find(|one| one["text"] == "I am here")
    })
    .await;
    assert_eq!(new["imported_at"], Value::Null, "{new}");
    assert_eq!(eve.messages(&id).await.len(), old.len() + 1);
    let chat = eve.conversation("Robin").await;
    assert_eq!(
        (&chat["unread"], &chat["done_at"]),
        (&json!(1), &Value::Null)
    );
    world.host.stop().await;
}

/// Why a note of a person is refused.
async fn refused(api: &Api, bot: &Bot, user: i64, at: &Value) -> Value {
    let note =
        json!({ "telegram_id": user.to_string(), "id": "one", "text": "old words", "at": at });
    let body = body(bot, &[("notes", note)], false);
    let answer = api.post(HISTORIES, &body).await.expect(200);
    assert_eq!(
        (&answer["refused"], &answer["written"]),
        (&json!(1), &json!(false))
    );
    answer["refusals"][0]["reason"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn history_comes_only_to_a_fan_who_is_here_may_be_used_and_was_not_erased() {
    let (world, mira, robin) = open().await;
    let api = &mira.api;
    let bot = mira.connect_bot(&world, "mira_refusing_bot").await;
    robin.says(&world, &bot, "hello").await;
    let chat = mira.conversation("Robin").await;
    let (fan, at) = (text(&chat["fan_id"]), chat["last_activity"].clone());
    let stranger = refused(api, &bot, 4_503_599_627_370_001, &at).await;
    assert_eq!(stranger, "unknown_fan");
    let restriction = format!("/api/v1/fans/{fan}/restriction");
    let kept = json!({ "reason": "asked by mail" });
    api.put(&restriction, &kept).await.expect(200);
    assert_eq!(refused(api, &bot, robin.id, &at).await, "restricted");
    let ended = json!({ "reason": null });
    api.put(&restriction, &ended).await.expect(200);

    let mut another = body(&bot, &[], false);
    another["telegram_bot_id"] = json!("1");
    let note = json!({ "telegram_id": robin.id.to_string(), "id": "one", "text": "a", "at": at });
    another["notes"] = json!([note]);
    let answer = api.post(HISTORIES, &another).await;
    assert_eq!(answer.problem(409), "another_bot");
    another["notes"][0]["at"] = json!("2999-01-01T00:00:00Z");
    another["telegram_bot_id"] = json!(bot.telegram_id.to_string());
    let answer = api.post(HISTORIES, &another).await;
    assert_eq!(answer.body["field_errors"][0]["field"], "notes.0.at");
    assert_eq!(answer.problem(400), "invalid_input");

    prove(api, None).await;
    let erasure = json!({ "fan_id": fan });
    api.post(ERASURES, &erasure).await.expect(202);
    finished(api, 1).await;
    assert_eq!(refused(api, &bot, robin.id, &at).await, "erased");
    world.host.advance(time::Duration::seconds(2)).await;
    robin.says(&world, &bot, "hello again").await;
    mira.conversation("Robin").await;
    let back = refused(api, &bot, robin.id, &at).await;
    assert_eq!(back, "erased", "what is older does not come back");
    world.host.stop().await;
}

/// A message of a file under a number that Telegram has yet to give.
fn forged(robin: &Person, number: i64, at: &Value) -> Told {
    let told = json!({
        "telegram_id": robin.id.to_string(), "id": number.to_string(), "message_id": number, "author": "fan",
        "content_kind": "text", "content": { "text": "put into my mouth" }, "at": at, "delivery": "received",
    });
    ("messages", told)
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_a_file_has_taken_keep_nothing_of_the_fan_and_of_the_team_from_being_heard() {
    let (world, mira, robin) = open().await;
    let bot = mira.connect_bot(&world, "mira_forged_bot").await;
    let said = robin.says(&world, &bot, "hello").await;
    let last = said["message"]["message_id"].as_i64().expect("a number");
    let chat = mira.conversation("Robin").await;
    let (id, fan) = (text(&chat["id"]), text(&chat["fan_id"]));
    world.settled().await;
    // Far more than Telegram gives in this test.
    let numbers = last + 1..last + 31;
    let forged: Vec<Told> = numbers
        .map(|number| forged(&robin, number, &chat["last_activity"]))
        .collect();
    assert_eq!(bring(&mira.api, &bot, &forged, false).await, [30, 0, 0]);

    robin.says(&world, &bot, "/stop").await;
    let words = eventually("the fan's word is heard", async || {
        let path = format!("/api/v1/fans/{fan}");
        let profile = mira.api.get(&path).await.expect(200);
        let words = profile["consents"].as_array().cloned()?;
        (!words.is_empty()).then_some(words)
    })
    .await;
    assert_eq!(words[0]["command"], "/stop");
    mira.answer(&id, "nobody wrote that").await;
    world.settled().await;
    let messages = mira.messages(&id).await;
    for words in ["/stop", "nobody wrote that"] {
        let found = messages.iter().find(|one| one["text"] == words);
        let found = found.expect("it is there");
        assert_eq!(found["imported_at"], Value::Null, "{found}");
        assert!(found["telegram_message_id"].is_string(), "{found}");
        let arrived =
            ["received", "sent"].contains(&found["delivery"].as_str().unwrap_or_default());
        assert!(arrived, "{found}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_is_answered_though_a_file_has_taken_all_numbers_far_above_theirs() {
    let (world, mira, robin) = open().await;
    let bot = mira.connect_bot(&world, "mira_far_bot").await;
    let said = robin.says(&world, &bot, "hello").await;
    let last = said["message"]["message_id"].as_i64().expect("a number");
    mira.conversation("Robin").await;
    world.settled().await;
    let chat = mira.conversation("Robin").await;
    // More than Sofi reads back.
    let numbers = last + 1_000..last + 1_040;
    let forged: Vec<Told> = numbers
        .map(|number| forged(&robin, number, &chat["last_activity"]))
        .collect();
    assert_eq!(bring(&mira.api, &bot, &forged, false).await, [40, 0, 0]);
    let shown = mira.conversation("Robin").await;
    assert_eq!(shown["snippet"], "put into my mouth", "{shown}");
    for field in ["last_message_id", "last_inbound_at"] {
        assert_eq!(shown[field], chat[field], "{field}: {shown}");
    }

    mira.sofi(&bot, &json!({ "mode": "auto" })).await;
    robin.says(&world, &bot, "how was your day?").await;
    eventually("Robin is answered", async || {
        let seen = robin.sees(&world, &bot).await;
        let is_answer = |(from_bot, text): &(bool, String)| *from_bot && text.contains(DEMO);
        seen.iter().any(is_answer).then_some(())
    })
    .await;
    world.settled().await;
    let chat = mira.conversation("Robin").await;
    let number: i64 = text(&chat["last_message_id"]).parse().expect("a number");
    assert!((last + 1..last + 1_000).contains(&number), "{chat}");
    assert_ne!(chat["snippet"], "put into my mouth", "{chat}");
    world.host.stop().await;
}
