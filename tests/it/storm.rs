//! A thousand updates, each delivered three times, shuffled, fifty at once, while workers die between two calls.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually_within};

const FANS: usize = 20;
const MESSAGES_PER_FAN: usize = 50;
const LIMIT: Duration = Duration::from_secs(600);
/// At one look in 25 ms: when nothing has moved for so long, what is left is hidden by a visibility time-out.
const LOOKS_WITHOUT_PROGRESS: u32 = 200;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_while_workers_are_killed() {
    let world = World::start().await;
    let creator = world.creator("Storm Owner").await;
    let bot = creator.connect_bot(&world, "storm_test_bot").await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let fans = people(&world).await;
    for fan in &fans {
        fan.starts(&world, &bot).await;
    }
    for fan in &fans {
        creator.conversation(&fan.first_name).await;
    }
    world.settled().await;

    plan_kills(&world);
    let updates = updates(&world, &bot, &fans).await;
    let storm = json!({ "updates": updates, "copies": 3, "concurrency": 50, "shuffle": true, "seed": 7, "tries": 20 });
    let path = format!("/bots/{}/bulk", bot.telegram_id);
    let (sent, answers) = tokio::join!(
        world.telegram("POST", &path, storm),
        answer_everybody(&creator, &fans)
    );
    assert_eq!(sent["failed"], 0, "{sent}");
    heal(&world).await;

    let stored = stored(&creator, &fans).await;
    reconcile(&world, &bot, &creator, &fans, &answers, &stored).await;
    world.host.stop().await;
}

async fn people(world: &World) -> Vec<Person> {
    let mut fans = Vec::new();
    for number in 0..FANS {
        fans.push(world.person(&format!("Fan {number:02}"), "en").await);
    }
    fans
}

/// Every kill is placed before or after one recorded call of an invocation; see [`is_between`] for what counts.
fn plan_kills(world: &World) {
    let plan =
        |function: &str, before: Option<u32>, after: Option<u32>, skip: u32| local::KillPlan {
            function: Some(function.to_owned()),
            before_call: before,
            after_call: after,
            operation: None,
            times: 1,
            skip,
        };
    // Warm, a webhook makes one call, and these die behind it.
    for skip in [3, 90, 400] {
        world
            .host
            .plan_kill(plan("telegram-hooks.webhook", None, Some(1), skip));
    }
    // In a new process it makes two. Each that dies between them is replaced by a new one, which dies in its turn.
    world.host.plan_kill(local::KillPlan {
        operation: Some("dynamodb:GetItem".to_owned()),
        times: 5,
        ..plan("telegram-hooks.webhook", None, Some(1), 0)
    });
    world.host.plan_kill(local::KillPlan {
        times: 6,
        ..plan("telegram-hooks.webhook", Some(2), None, 0)
    });
    for (call, skip) in [
        (1, 2),
        (2, 5),
        (3, 8),
        (4, 11),
        (2, 14),
        (2, 20),
        (2, 26),
        (3, 30),
        (1, 40),
        (2, 50),
    ] {
        world.host.plan_kill(plan(
            "workers.inbound",
            (call % 2 == 0).then_some(call),
            (call % 2 == 1).then_some(call),
            skip,
        ));
    }
    // A sender drains everything in one invocation, so its kills are placed at single operations of it.
    let at = |operation: &str, before: Option<u32>, after: Option<u32>| local::KillPlan {
        operation: Some(operation.to_owned()),
        ..plan("workers.sender", before, after, 0)
    };
    for (operation, before, after) in [
        ("dynamodb:Query", None, Some(1)),
        ("dynamodb:TransactWriteItems", Some(1), None),
        ("dynamodb:TransactWriteItems", None, Some(1)),
        ("telegram:sendMessage", Some(1), None),
        ("telegram:sendMessage", None, Some(1)),
        ("dynamodb:TransactWriteItems", Some(2), None),
        ("dynamodb:TransactWriteItems", None, Some(2)),
    ] {
        world.host.plan_kill(at(operation, before, after));
    }
}

async fn updates(world: &World, bot: &Bot, fans: &[Person]) -> Vec<Value> {
    let mut updates = Vec::new();
    for round in 0..MESSAGES_PER_FAN {
        for fan in fans {
            let act = json!({ "act": "text", "text": format!("message {round:02} of {}", fan.first_name), "deliver": false });
            let done = fan.act(world, bot, act).await;
            updates.extend(done["updates"].as_array().expect("updates").iter().cloned());
        }
    }
    assert_eq!(updates.len(), FANS * MESSAGES_PER_FAN);
    updates
}

/// One answer per fan while the storm goes on. The client repeats with the same Idempotency-Key, as a client should.
async fn answer_everybody(creator: &Creator, fans: &[Person]) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for fan in fans {
        let conversation = creator.conversation(&fan.first_name).await;
        let id = conversation["id"].as_str().expect("an id").to_owned();
        let text = format!("answer to {}", fan.first_name);
        let key = format!("answer-{}", fan.id);
        let path = format!("/api/v1/conversations/{id}/messages");
        let body = json!({ "text": text });
        eventually_within(LIMIT, "the answer is queued", async || {
            let answer = creator
                .api
                .send(
                    reqwest::Method::POST,
                    &path,
                    Some(&body),
                    &[("idempotency-key", &key)],
                )
                .await;
            (answer.status == 201).then_some(())
        })
        .await;
        answers.insert(fan.first_name.clone(), text);
    }
    answers
}

/// Lets the queues' visibility pass by the clock whenever nothing moves any more, until everything has been worked.
async fn heal(world: &World) {
    let waiting = || {
        ["inbound.fifo", "inbound-dlq.fifo", "doorbell.fifo", "-wake"]
            .map(|queue| world.depth(queue))
    };
    let mut idle = (waiting(), 0);
    eventually_within(LIMIT, "everything has been worked", async || {
        let now = waiting();
        idle = if now == idle.0 {
            (now, idle.1 + 1)
        } else {
            (now, 0)
        };
        if now.iter().sum::<usize>() == 0 {
            return Some(());
        }
        if idle.1 > LOOKS_WITHOUT_PROGRESS {
            println!("nothing moves: {now:?}; advancing the clock");
            world.host.advance(time_of(400)).await;
            idle.1 = 0;
        }
        None
    })
    .await;
    world.host.clear_kill_plans();
    // A sender that died leaves a row that `tick` finds when it is due.
    for _ in 0..3 {
        world.host.advance(time_of(120)).await;
        world.settled().await;
    }
}

const fn time_of(seconds: i64) -> time::Duration {
    time::Duration::seconds(seconds)
}

async fn stored(creator: &Creator, fans: &[Person]) -> BTreeMap<String, Vec<Value>> {
    let mut stored = BTreeMap::new();
    for fan in fans {
        let conversation = creator.conversation(&fan.first_name).await;
        let id = conversation["id"].as_str().expect("an id");
        let mut messages = creator.messages(id).await;
        messages.reverse();
        stored.insert(fan.first_name.clone(), messages);
    }
    stored
}

async fn reconcile(
    world: &World,
    bot: &Bot,
    creator: &Creator,
    fans: &[Person],
    answers: &BTreeMap<String, String>,
    stored: &BTreeMap<String, Vec<Value>>,
) {
    let texts: Vec<&str> = stored
        .values()
        .flatten()
        .filter(|m| m["author"] == "fan")
        .filter_map(|m| m["text"].as_str())
        .collect();
    let from_fans = texts
        .iter()
        .filter(|text| text.starts_with("message "))
        .count();
    let distinct: BTreeSet<&str> = texts
        .iter()
        .copied()
        .filter(|text| text.starts_with("message "))
        .collect();
    assert_eq!(distinct.len(), FANS * MESSAGES_PER_FAN, "each text once");
    let (mut sent, mut unknown, mut lost, mut doubled) = (0, 0, 0, 0);
    for fan in fans {
        let in_order: Vec<i64> = stored[&fan.first_name]
            .iter()
            .filter(|message| message["author"] == "fan")
            .map(|message| {
                message["telegram_message_id"]
                    .as_str()
                    .and_then(|id| id.parse().ok())
                    .or(message["telegram_message_id"].as_i64())
                    .expect("numbered")
            })
            .collect();
        assert!(
            in_order.is_sorted_by(|before, after| before < after)
                && in_order.len() == MESSAGES_PER_FAN + 1,
            "{}: {}",
            fan.first_name,
            in_order.len()
        );
        let answer = &answers[&fan.first_name];
        let seen = fan
            .sees(world, bot)
            .await
            .into_iter()
            .filter(|(from_bot, text)| *from_bot && text == answer)
            .count();
        let shown: Vec<&str> = stored[&fan.first_name]
            .iter()
            .filter(|message| message["author"] == "person")
            .filter_map(|message| message["delivery"].as_str())
            .collect();
        assert_eq!(shown.len(), 1, "{}: {shown:?}", fan.first_name);
        match (shown[0], seen) {
            ("sent", 1) => sent += 1,
            ("unknown", 0 | 1) => unknown += 1,
            (_, 0) => lost += 1,
            _ => doubled += 1,
        }
    }
    let kills = world.host.kills();
    let [hooks, inbound, sender] = ["webhook", "inbound", "sender"].map(|worker| {
        let of_worker = |kill: &&local::Kill| kill.function.ends_with(worker) && is_between(kill);
        kills.iter().filter(of_worker).count()
    });
    println!(
        "reconciliation: {from_fans} messages stored of {}; answers: {sent} sent once, {unknown} unknown, {lost} lost, \
         {doubled} doubled; kills: {}, of them between two calls {hooks} webhook, {inbound} inbound, {sender} sender",
        FANS * MESSAGES_PER_FAN,
        kills.len()
    );
    assert_eq!((from_fans, lost, doubled), (FANS * MESSAGES_PER_FAN, 0, 0));
    assert_eq!(sent + unknown, FANS);
    assert!(
        hooks >= 5 && inbound >= 5 && sender >= 5 && hooks + inbound + sender >= 20,
        "{kills:?}"
    );
    for queue in ["-dlq", "-dlq.fifo"] {
        assert_eq!(world.depth(queue), 0, "{queue}");
    }
    let parked = creator
        .api
        .get(&format!("/api/v1/bots/{}/parked-updates", bot.id))
        .await
        .expect(200);
    assert_eq!(
        parked["parked_updates"].as_array().map(Vec::len),
        Some(0),
        "{parked}"
    );
}

/// Whether an invocation died between two of its calls: one had been made and another was about to be. Behind the call that may be
/// its last it dies too, which does not count here.
fn is_between(kill: &local::Kill) -> bool {
    // The webhook puts into the queue what it found the hook of; the sender sends what it found and settles what it sent.
    const FOLLOWED: [&str; 3] = ["dynamodb:GetItem", "dynamodb:Query", "telegram:sendMessage"];
    match kill.moment {
        "before" => kill.call > 1,
        _ => FOLLOWED.contains(&kill.operation.as_str()),
    }
}
