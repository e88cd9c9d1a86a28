//! What is no job of its queue ends among the dead letters, where an alarm shows it; what stands behind it is worked.

use std::collections::BTreeMap;

use emulator::sqs::{Send as Message, Sqs};
use serde_json::{Value, json};
use tests::{Creator, World, eventually};

/// Longer than any queue hides a message.
const HIDDEN: time::Duration = time::Duration::seconds(400);
/// Twenty receives are the most of any queue, and five more those of the inbound updates' dead letters.
const ROUNDS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn garbage_in_any_queue_ends_among_its_dead_letters_and_what_is_behind_it_is_worked() {
    let world = World::start().await;
    let creator = world.creator("Tidy Owner").await;
    let bot = creator.connect_bot(&world, "garbage_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "first").await;
    let conversation = creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    world.settled().await;

    world.host.sources().pause_all();
    fan.says(&world, &bot, "before the garbage").await;
    creator.answer(id, "answer before the garbage").await;
    waits(&world, "inbound.fifo", 1).await;
    waits(&world, "doorbell.fifo", 1).await;
    ring_the_log(&creator, 1).await;
    waits(&world, "audit.fifo", 1).await;
    let sqs = world.host.aws().sqs();
    let ends: BTreeMap<String, String> = worked_queues(&world)
        .into_iter()
        .map(|queue| (queue.clone(), end_of(sqs, &queue)))
        .collect();
    for (queue, end) in &ends {
        assert_ne!(queue, end, "a worker's queue has dead letters");
        throw(sqs, queue);
    }
    fan.says(&world, &bot, "behind the garbage").await;
    creator.answer(id, "answer behind the garbage").await;
    waits(&world, "inbound.fifo", 3).await;
    ring_the_log(&creator, 2).await;
    waits(&world, "audit.fifo", 3).await;
    for source in world.host.sources().states() {
        world.host.sources().set_running(&source.mapping.id, true);
    }

    // Without any help of the clock: nothing waits for garbage to leave.
    eventually("the fan's text behind it is stored", async || {
        let messages = creator.messages(id).await;
        let stored = |message: &Value| message["text"] == "behind the garbage";
        messages.iter().any(stored).then_some(())
    })
    .await;
    eventually("the answer behind it is sent", async || {
        let seen = fan.sees(&world, &bot).await;
        let sent = (true, "answer behind the garbage".to_owned());
        seen.contains(&sent).then_some(())
    })
    .await;

    for queue in ["audit.fifo", "alerts.fifo"] {
        waits(&world, queue, 0).await;
    }
    let audit = creator.api.get("/api/v1/audit?limit=1").await.expect(200);
    let newest = &audit["entries"][0];
    assert_eq!(newest["action"], "budget.change", "{audit}");
    assert_ne!(newest["sequence"], Value::Null, "it is chained: {audit}");

    // Its events outlive days without Stripe, three hundred tries: garbage makes them all at once.
    eventually("what was thrown to billing has ended", async || {
        let left = lost(sqs, &ends);
        let waits = left.iter().any(|queue| queue.ends_with("-billing.fifo"));
        (!waits).then_some(())
    })
    .await;
    for _ in 0..ROUNDS {
        if lost(sqs, &ends).is_empty() {
            break;
        }
        eventually("what is left is hidden", async || {
            let visible = |queue: &String| sqs.depths(queue).expect("a queue").visible;
            (ends.keys().map(visible).sum::<usize>() == 0).then_some(())
        })
        .await;
        world.host.advance(HIDDEN).await;
    }
    let lost = lost(sqs, &ends);
    assert!(lost.is_empty(), "not among the dead letters: {lost:?}");
    world.settled().await;
    // Mail, the audit log and the rest still work.
    world.creator("Later Owner").await;
    println!("{} queues: {ends:#?}", ends.len());
    world.host.stop().await;
}

/// An act that stands in the audit log, whose job is asked for at once.
async fn ring_the_log(creator: &Creator, tokens: u32) {
    let body = json!({ "vendors": ["xai"], "daily_cost_micro_usd": 5_000_000, "daily_tokens": 4_000_000 + tokens });
    let set = creator.api.put("/api/v1/ai/budget", &body).await;
    set.expect(200);
}

/// Names of the queues that have a worker.
fn worked_queues(world: &World) -> Vec<String> {
    let mappings = world.host.deployment().mappings.iter();
    mappings
        .map(|mapping| name_of(&mapping.queue_arn).to_owned())
        .collect()
}

fn name_of(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// Where a message stays that no worker takes.
fn end_of(sqs: &Sqs, queue: &str) -> String {
    let mut end = queue.to_owned();
    while let Some(next) = dead_letters_of(sqs, &end) {
        end = next;
    }
    end
}

fn dead_letters_of(sqs: &Sqs, queue: &str) -> Option<String> {
    let attributes = sqs.attributes(queue).expect("a queue");
    let policy: Value = serde_json::from_str(attributes.get("RedrivePolicy")?).expect("JSON");
    let arn = policy["deadLetterTargetArn"].as_str().expect("an ARN");
    Some(name_of(arn).to_owned())
}

/// Into the group of whatever waits there, so that something stands before and behind it.
pub(crate) fn throw(sqs: &Sqs, queue: &str) {
    let waiting = sqs.peek(queue, 1).expect("a queue");
    let group = waiting
        .first()
        .and_then(|message| message.attributes.get("MessageGroupId").cloned());
    let fifo = queue.ends_with(".fifo");
    let message = Message {
        body: format!("garbage in {queue}"),
        group_id: fifo.then(|| group.unwrap_or_else(|| "any".to_owned())),
        deduplication_id: fifo.then(|| format!("garbage-{queue}")),
        ..Message::default()
    };
    sqs.send(queue, message).expect("the queue takes it");
}

/// Queues whose garbage has not arrived.
fn lost(sqs: &Sqs, ends: &BTreeMap<String, String>) -> Vec<String> {
    let arrived = |queue: &str, end: &str| {
        let letters = sqs.peek(end, 100).expect("a queue");
        let body = format!("garbage in {queue}");
        letters.iter().any(|letter| letter.body == body)
    };
    ends.iter()
        .filter(|(queue, end)| !arrived(queue, end))
        .map(|(queue, _)| queue.clone())
        .collect()
}

async fn waits(world: &World, queue: &str, depth: usize) {
    eventually(&format!("{depth} wait in {queue}"), async || {
        (world.depth(queue) == depth).then_some(())
    })
    .await;
}
