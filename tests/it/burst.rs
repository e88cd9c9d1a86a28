//! A 429 in the middle of a burst stops the whole bot for exactly its time, and no other bot.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

const FANS: usize = 10;
const MESSAGES: usize = 200;
const RETRY_AFTER: i64 = 35;

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
