//! The part of the walk in which something goes wrong: unreadable updates, dead letters, a flood.

use serde_json::{Value, json};
use tests::{World, eventually};

use super::{Journey, delivery};

/// What cannot be read is kept aside, and tried again.
pub(super) async fn parking(world: &World, journey: &Journey) {
    let path = format!("/bots/{}/updates", journey.bot.telegram_id);
    for garbage in ["garbage", "[]", "{\"update_id\":"] {
        world
            .telegram("POST", &path, json!({ "text": garbage }))
            .await;
    }
    let list = parked_path(journey);
    let api = &journey.creator.api;
    let parked = eventually("three are parked", async || {
        let page = api.get(&list).await.expect(200);
        let all = page["parked_updates"].as_array().expect("a list").clone();
        (all.len() >= 3).then_some(all)
    })
    .await;
    let page = api.get(&format!("{list}?limit=1")).await.expect(200);
    let next = page["next_cursor"].as_str().expect("there is more");
    api.get(&format!("{list}?limit=1&cursor={next}"))
        .await
        .expect(200);
    let replay = format!(
        "{list}/{}/replays",
        parked[0]["id"].as_str().expect("an id")
    );
    api.post(&replay, &json!({})).await.expect(202);
    eventually("it came back", async || {
        let page = api.get(&list).await.expect(200);
        let all = page["parked_updates"].as_array().expect("a list");
        (all.len() >= 3 && all.iter().all(|other| other["id"] != parked[0]["id"])).then_some(())
    })
    .await;
}

/// An update that was tried too often is kept where a person sees it.
pub(super) async fn dead_letters(world: &World, journey: &Journey) {
    let sqs = world.host.aws().sqs();
    let named = |end: &str| {
        let found = sqs
            .queues()
            .into_iter()
            .find(|queue| queue.name.ends_with(end));
        found.unwrap_or_else(|| panic!("a queue {end}")).name
    };
    let (queue, dead) = (named("inbound.fifo"), named("inbound-dlq.fifo"));
    world.settled().await;
    world.host.sources().pause_all();
    journey.fan.says(world, &journey.bot, "poison").await;
    let message = eventually("the update waits", async || {
        sqs.peek(&queue, 10)
            .expect("the queue exists")
            .into_iter()
            .next()
    })
    .await;
    sqs.purge(&queue).expect("the queue exists");
    let send = emulator::sqs::Send {
        body: message.body,
        group_id: message.attributes.get("MessageGroupId").cloned(),
        deduplication_id: Some("poison".to_owned()),
        delay: None,
        attributes: Default::default(),
        trace_header: None,
    };
    sqs.send(&dead, send).expect("the queue exists");
    for source in world.host.sources().states() {
        world.host.sources().set_running(&source.mapping.id, true);
    }
    eventually("the dead letter is parked", async || {
        let page = journey
            .creator
            .api
            .get(&parked_path(journey))
            .await
            .expect(200);
        let all = page["parked_updates"].as_array().expect("a list");
        all.iter()
            .any(|parked| parked["reason"] == "dead_letter")
            .then_some(())
    })
    .await;
}

/// Telegram says wait; the wake queue and the tick bring the sender back.
pub(super) async fn flood(world: &World, journey: &Journey) {
    let fault = json!({ "bot": journey.bot.telegram_id, "method": "sendMessage", "count": 1,
        "fault": { "kind": "too_many_requests", "retry_after": 35 } });
    world.telegram("POST", "/faults", fault).await;
    journey
        .creator
        .answer(&journey.conversation, "after the flood")
        .await;
    eventually("Telegram has said wait", async || {
        let log = world
            .telegram(
                "GET",
                &format!(
                    "/log?bot={}&method=sendMessage&status=429",
                    journey.bot.telegram_id
                ),
                Value::Null,
            )
            .await;
        log["calls"]
            .as_array()
            .is_some_and(|calls| !calls.is_empty())
            .then_some(())
    })
    .await;
    eventually("a wake is asked for", async || {
        (world.depth("-wake") > 0).then_some(())
    })
    .await;
    tick(world).await;
    world.host.advance(time_seconds(40)).await;
    delivery(journey, "after the flood", "sent").await;
    tick(world).await;
}

fn time_seconds(seconds: i64) -> time::Duration {
    time::Duration::seconds(seconds)
}

async fn tick(world: &World) {
    let invoked = world
        .api()
        .post("/__local/functions/operations.tick/invoke", &json!({}))
        .await;
    assert_eq!(invoked.status, 200, "{}", invoked.body);
}

fn parked_path(journey: &Journey) -> String {
    format!("/api/v1/bots/{}/parked-updates", journey.bot.id)
}
