//! A 429 in the middle of a burst stops the whole bot for exactly its time, and no other bot.

use local::KillPlan;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

const FANS: usize = 10;
const MESSAGES: usize = 200;
const RETRY_AFTER: i64 = 35;
/// Longer than a ring is held whose sender has died.
const LONG: i64 = 300;
/// Where answers wait for the sender.
const DOORBELL: &str = "sofi-doorbell.fifo";

#[tokio::test(flavor = "multi_thread")]
async fn a_429_stops_the_bot_until_it_has_passed_and_then_all_goes_once() {
    let world = World::start().await;
    let creator = world.creator("Burst Owner").await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let bot = creator.connect_bot(&world, "burst_test_bot").await;
    let other = creator.connect_bot(&world, "calm_test_bot").await;
    let conversations = meet(&world, &creator, &bot, "Fan", FANS).await;
    let calm = meet(&world, &creator, &other, "Calm", 1).await;
    world.settled().await;

    let fault = json!({ "kind": "too_many_requests", "retry_after": RETRY_AFTER });
    let rule = json!({ "bot": bot.telegram_id, "method": "sendMessage", "skip": 20, "count": 1, "fault": fault });
    world.telegram("POST", "/faults", rule).await;
    for number in 0..MESSAGES {
        let (_, conversation) = &conversations[number % FANS];
        creator
            .answer(conversation, &format!("burst {number:03}"))
            .await;
    }
    eventually("Telegram refused once", async || {
        (refusals(&world, &bot).await == 1).then_some(())
    })
    .await;
    let calls = executed(&world, &bot).await;

    creator.answer(&calm[0].1, "still here").await;
    eventually("the other bot goes on", async || {
        calm[0]
            .0
            .sees(&world, &other)
            .await
            .contains(&(true, "still here".to_owned()))
            .then_some(())
    })
    .await;
    assert_eq!(
        executed(&world, &bot).await,
        calls,
        "no call while the bot is blocked"
    );

    // The wait ends by the clock; the wake that was asked for rings the doorbell.
    world
        .host
        .advance(time::Duration::seconds(RETRY_AFTER + 1))
        .await;
    eventually("all messages are sent", async || {
        (executed(&world, &bot).await == MESSAGES).then_some(())
    })
    .await;
    let mut seen: Vec<String> = Vec::new();
    for (fan, _) in &conversations {
        seen.extend(
            fan.sees(&world, &bot)
                .await
                .into_iter()
                .filter(|(from_bot, _)| *from_bot)
                .map(|(_, text)| text),
        );
    }
    seen.retain(|text| text.starts_with("burst "));
    seen.sort();
    let all: Vec<String> = (0..MESSAGES)
        .map(|number| format!("burst {number:03}"))
        .collect();
    assert_eq!(seen, all);
    let counters = world
        .telegram(
            "GET",
            &format!("/bots/{}/counters", bot.telegram_id),
            Value::Null,
        )
        .await;
    assert_eq!(counters["flood_violations"], 0, "{counters}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_dies_with_a_429_in_its_hands_leaves_a_bot_that_obeys_it() {
    let world = World::start().await;
    let creator = world.creator("Dying Owner").await;
    let bot = creator.connect_bot(&world, "dying_test_bot").await;
    let met = meet(&world, &creator, &bot, "Fan", 1).await;
    let (fan, conversation) = &met[0];
    world.settled().await;

    let fault = json!({ "kind": "too_many_requests", "retry_after": LONG });
    let rule =
        json!({ "bot": bot.telegram_id, "method": "sendMessage", "count": 1, "fault": fault });
    world.telegram("POST", "/faults", rule).await;
    // The first write is the one before the call; with the second one the message goes back.
    world.host.plan_kill(KillPlan {
        function: Some("workers.sender".to_owned()),
        before_call: None,
        after_call: Some(2),
        operation: Some("dynamodb:TransactWriteItems".to_owned()),
        times: 1,
        skip: 0,
    });
    creator.answer(conversation, "with patience").await;
    eventually("the sender dies", async || {
        (world.host.kills().len() == 1).then_some(())
    })
    .await;
    assert_eq!(refusals(&world, &bot).await, 1);
    world.host.advance(time::Duration::seconds(90)).await;
    world.settled().await;
    let calls = count(&world, &bot, |_| true).await;
    assert_eq!(calls, 1, "no call while the bot is blocked");

    world.host.advance(time::Duration::seconds(LONG)).await;
    let tick = "/__local/functions/operations.tick/invoke";
    world.api().post(tick, &json!({})).await.expect(200);
    eventually("the answer is sent", async || {
        (executed(&world, &bot).await == 1).then_some(())
    })
    .await;
    let seen = fan.sees(&world, &bot).await;
    assert!(seen.contains(&(true, "with patience".to_owned())));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ring_does_not_shorten_the_pause_after_a_call_that_failed() {
    let world = World::start().await;
    let creator = world.creator("Ringing Owner").await;
    let bot = creator.connect_bot(&world, "ringing_test_bot").await;
    let met = meet(&world, &creator, &bot, "Fan", 2).await;
    world.settled().await;

    let doorbell = |running| world.host.sources().set_running(DOORBELL, running);
    assert_eq!(doorbell(false), 1);
    for (fan, conversation) in &met {
        let text = format!("to {}", fan.first_name);
        creator.answer(conversation, &text).await;
    }
    let fault = json!({ "kind": "server_error" });
    let rule =
        json!({ "bot": bot.telegram_id, "method": "sendMessage", "count": 1, "fault": fault });
    world.telegram("POST", "/faults", rule).await;
    doorbell(true);
    eventually("both are sent", async || {
        (executed(&world, &bot).await == 2).then_some(())
    })
    .await;
    let path = format!("/log?bot={}&method=sendMessage", bot.telegram_id);
    let log = world.telegram("GET", &path, Value::Null).await;
    let at = |call: usize| log["calls"][call]["at_ms"].as_i64().expect("a number");
    // Two seconds, but for what clocks differ by.
    assert!(at(1) - at(0) >= 1_900, "{log}");
    assert_eq!(count(&world, &bot, |_| true).await, 3, "{log}");
    world.host.stop().await;
}

async fn meet(
    world: &World,
    creator: &Creator,
    bot: &Bot,
    name: &str,
    count: usize,
) -> Vec<(Person, String)> {
    let mut met = Vec::new();
    for number in 0..count {
        let fan = world.person(&format!("{name} {number:02}"), "en").await;
        fan.says(world, bot, "hello").await;
        let conversation = creator.conversation(&fan.first_name).await;
        met.push((fan, conversation["id"].as_str().expect("an id").to_owned()));
    }
    met
}

async fn executed(world: &World, bot: &Bot) -> usize {
    count(world, bot, |call| call["status"] == 200).await
}

async fn refusals(world: &World, bot: &Bot) -> usize {
    count(world, bot, |call| call["status"] == 429).await
}

async fn count(world: &World, bot: &Bot, wanted: impl Fn(&Value) -> bool) -> usize {
    let path = format!("/log?bot={}&method=sendMessage&limit=1000", bot.telegram_id);
    let log = world.telegram("GET", &path, Value::Null).await;
    log["calls"]
        .as_array()
        .expect("calls")
        .iter()
        .filter(|call| wanted(call))
        .count()
}
