//! What was written before an erasure does not come back, however late and on whichever way.

use serde_json::{Value, json};
use tests::{World, eventually};

use super::rows::{self, ids, text};
use crate::journey_privacy::{asked, finished, last_words, press, words_after};
use crate::sofi::{Chat, DEMO};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_before_the_erasure_does_not_come_back() {
    let mut chat = Chat::open("auto").await;
    let said = chat.fan.says(&chat.world, &chat.bot, "first words").await;
    let first = chat.answered(1).await;
    assert!(!first[0].starts_with(DEMO), "disclosed: {first:?}");
    chat.says("second words").await;
    let second = chat.answered(2).await;
    assert!(second[1].starts_with(DEMO), "disclosed once: {second:?}");
    chat.world.settled().await;
    let letter = dead_letter(&chat).await;
    let mut former = vec![said["updates"][0].clone()];
    former.extend(undelivered(&chat, &said).await);
    let smell = json!({ "act": "content", "content": { "smell": { "strength": 3 } } });
    chat.fan.act(&chat.world, &chat.bot, smell).await;
    eventually("it is parked", async || {
        (parked(&chat).await.len() == 1).then_some(())
    })
    .await;
    chat.world.settled().await;
    let raw = parked(&chat).await.swap_remove(0);
    let ids = {
        let shown = chat.creator.conversation("Robin").await;
        ids(&[&shown["fan_id"], &shown["id"]])
    };

    pass_seconds(&chat.world).await;
    let (number, word) = asked(&chat.world, &chat.bot, &chat.fan).await;
    press(&chat.world, &chat.bot, &chat.fan, number, &word).await;
    finished(&chat.creator.api, 1).await;
    last_words(&chat.world, &chat.bot, &chat.fan, number).await;
    chat.world.settled().await;
    pass_seconds(&chat.world).await;

    let replay = format!("{}/{}/replays", parked_path(&chat), text(&raw["id"]));
    assert_eq!(chat.creator.api.post(&replay, &json!({})).await.status, 404);
    again(&chat, &former).await;
    for (at, queue) in ["inbound.fifo", "inbound-dlq.fifo"].into_iter().enumerate() {
        send(&chat.world, queue, &letter, &format!("again-{at}"));
    }
    eventually("the dead letter is dealt with", async || {
        (chat.world.depth("inbound-dlq.fifo") == 0).then_some(())
    })
    .await;
    chat.world.settled().await;
    for kept in parked(&chat).await {
        let replay = format!("{}/{}/replays", parked_path(&chat), text(&kept["id"]));
        chat.creator.api.post(&replay, &json!({})).await.expect(202);
    }
    chat.world.settled().await;
    assert!(parked(&chat).await.is_empty());
    nothing_is_stored(&chat, &ids).await;
    assert_eq!(
        words_after(&chat.world, &chat.bot, &chat.fan, number)
            .await
            .len(),
        1
    );

    chat.says("hello again").await;
    let told = eventually("the new subject is answered", async || {
        let told = words_after(&chat.world, &chat.bot, &chat.fan, number).await;
        (told.len() == 2).then_some(told)
    })
    .await;
    assert!(
        told[1].contains(DEMO) && !told[1].starts_with(DEMO),
        "disclosed as to anybody new: {told:?}"
    );
    chat.world.settled().await;
    let prompt = chat.prompts().await.pop().expect("a prompt");
    assert!(
        prompt.contains("hello again") && !prompt.contains("first words"),
        "{prompt}"
    );
    only_the_new_message(&chat).await;

    // Marks of seen updates are kept for a week; the erased fan's for longer.
    chat.world.host.advance(time::Duration::days(8)).await;
    chat.creator.api = chat.creator.log_in(&chat.world).await;
    again(&chat, &former).await;
    chat.world.settled().await;
    only_the_new_message(&chat).await;
    chat.world.host.stop().await;
}

/// Telegram dates by the second: what comes before and after must not share one.
async fn pass_seconds(world: &World) {
    world.host.advance(time::Duration::seconds(5)).await;
}

/// What the fan did and Telegram has not delivered yet.
async fn undelivered(chat: &Chat, said: &Value) -> Vec<Value> {
    let number = &said["message"]["message_id"];
    let mut updates = Vec::new();
    for mut act in [
        json!({ "act": "text", "text": "late words" }),
        json!({ "act": "edit", "message_id": number, "text": "late change" }),
        json!({ "act": "react", "message_id": number, "emoji": ["\u{1F44D}"] }),
        json!({ "act": "photo", "caption": "late look" }),
    ] {
        act["deliver"] = json!(false);
        let done = chat.fan.act(&chat.world, &chat.bot, act).await;
        updates.extend(done["updates"].as_array().expect("updates").clone());
    }
    updates
}

/// Every update once more, twice.
async fn again(chat: &Chat, updates: &[Value]) {
    let path = format!("/bots/{}/bulk", chat.bot.telegram_id);
    let all = json!({ "updates": updates, "copies": 2, "concurrency": 4, "shuffle": true, "seed": 3, "tries": 5 });
    let sent = chat.world.telegram("POST", &path, all).await;
    assert_eq!(sent["failed"], 0, "{sent}");
}

/// The name of the queue that ends so.
pub(super) fn queue(world: &World, end: &str) -> String {
    let queues = world.host.aws().sqs().queues();
    let found = queues.into_iter().find(|queue| queue.name.ends_with(end));
    found.unwrap_or_else(|| panic!("a queue {end}")).name
}

/// A message of the fan that was tried too often: taken from the queue, as if it lay among the dead letters since.
pub(super) async fn dead_letter(chat: &Chat) -> (String, Option<String>) {
    let world = &chat.world;
    let (sqs, name) = (world.host.aws().sqs(), queue(world, "inbound.fifo"));
    world.host.sources().pause_all();
    chat.says("poison").await;
    let message = eventually("the update waits", async || {
        let waiting = sqs.peek(&name, 10).expect("the queue exists");
        waiting.into_iter().next()
    })
    .await;
    sqs.purge(&name).expect("the queue exists");
    for source in world.host.sources().states() {
        world.host.sources().set_running(&source.mapping.id, true);
    }
    let group = message.attributes.get("MessageGroupId").cloned();
    (message.body, group)
}

/// Puts a message into a queue.
pub(super) fn send(
    world: &World,
    end: &str,
    (body, group): &(String, Option<String>),
    unique: &str,
) {
    let message = emulator::sqs::Send {
        body: body.clone(),
        group_id: group.clone(),
        deduplication_id: Some(unique.to_owned()),
        delay: None,
        attributes: Default::default(),
        trace_header: None,
    };
    let sqs = world.host.aws().sqs();
    sqs.send(&queue(world, end), message)
        .expect("the queue exists");
}

fn parked_path(chat: &Chat) -> String {
    format!("/api/v1/bots/{}/parked-updates", chat.bot.id)
}

async fn parked(chat: &Chat) -> Vec<Value> {
    let page = chat.creator.api.get(&parked_path(chat)).await.expect(200);
    page["parked_updates"].as_array().expect("a list").clone()
}

async fn nothing_is_stored(chat: &Chat, ids: &[String]) {
    let rows = rows::dump(&chat.world).await;
    rows::assert_gone(&rows, ids);
    let kinds = rows::count(&rows);
    for kind in [
        "conversation",
        "fan",
        "fan_key",
        "holder",
        "message",
        "waiting",
    ] {
        assert!(!kinds.contains_key(kind), "{kind} in {kinds:?}");
    }
    eventually("the list follows", async || {
        let listed = chat.creator.conversations().await;
        listed.is_empty().then_some(())
    })
    .await;
}

async fn only_the_new_message(chat: &Chat) {
    let api = &chat.creator.api;
    let shown = chat.creator.conversation("Robin").await;
    let messages = chat.creator.messages(&text(&shown["id"])).await;
    let authors: Vec<_> = messages.iter().map(|one| text(&one["author"])).collect();
    assert_eq!(authors, ["ai", "fan"]);
    assert_eq!(messages[1]["text"], "hello again");
    let path = format!("/api/v1/fans/{}", text(&shown["fan_id"]));
    let fan = api.get(&path).await.expect(200);
    assert_eq!((&fan["note"], &fan["tags"]), (&Value::Null, &json!([])));
    let found = api.get("/api/v1/fans?query=robin").await.expect(200);
    assert_eq!(found["fans"].as_array().map(Vec::len), Some(1), "{found}");
}
