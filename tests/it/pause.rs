//! Workers that stand still for ten minutes lose nothing.

use local::KillPlan;
use serde_json::json;
use tests::{World, eventually};

const MESSAGES: usize = 60;

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_stop_for_ten_minutes_of_clock_lose_nothing() {
    let world = World::start().await;
    let creator = world.creator("Patient Owner").await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let bot = creator.connect_bot(&world, "patient_test_bot").await;
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &bot, "first").await;
    let conversation = creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id").to_owned();
    world.settled().await;

    world.host.sources().pause_all();
    for number in 0..MESSAGES {
        fan.says(&world, &bot, &format!("while you slept {number:02}"))
            .await;
    }
    creator.answer(&id, "written into the silence").await;
    eventually("Telegram has delivered everything", async || {
        let queued = world.depth("inbound.fifo");
        (queued == MESSAGES).then_some(())
    })
    .await;
    world.host.advance(time::Duration::minutes(10)).await;
    assert_eq!(
        creator
            .messages(&id)
            .await
            .iter()
            .filter(|message| message["author"] == "fan")
            .count(),
        1
    );

    for source in world.host.sources().states() {
        world.host.sources().set_running(&source.mapping.id, true);
    }
    let texts = eventually("everything is stored", async || {
        let messages = creator.messages(&id).await;
        let texts: Vec<String> = messages
            .iter()
            .rev()
            .filter(|message| message["author"] == "fan")
            .map(text)
            .collect();
        (texts.len() == MESSAGES + 1).then_some(texts)
    })
    .await;
    let expected: Vec<String> = (0..MESSAGES)
        .map(|number| format!("while you slept {number:02}"))
        .collect();
    assert_eq!(texts[1..], expected);
    eventually("the answer is sent once", async || {
        let seen = fan.sees(&world, &bot).await;
        let times = seen
            .iter()
            .filter(|(from_bot, text)| *from_bot && text == "written into the silence")
            .count();
        assert!(times <= 1);
        (times == 1).then_some(())
    })
    .await;
    world.settled().await;
    assert_eq!(
        world.depth("inbound-dlq.fifo") + world.depth("doorbell-dlq.fifo"),
        0
    );
    world.host.stop().await;
}

fn text(message: &serde_json::Value) -> String {
    message["text"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_dies_keeps_its_bot_silent_for_a_minute_and_not_for_six() {
    let world = World::start().await;
    let creator = world.creator("Ada Lund").await;
    let bot = creator.connect_bot(&world, "killed_sender_bot").await;
    let (first, second) = (
        world.person("Robin", "en").await,
        world.person("Sam", "en").await,
    );
    let mut conversations = Vec::new();
    for fan in [&first, &second] {
        fan.says(&world, &bot, "hello").await;
        let conversation = creator.conversation(&fan.first_name).await;
        conversations.push(conversation["id"].as_str().expect("an id").to_owned());
    }
    world.settled().await;
    world.host.plan_kill(KillPlan {
        function: Some("workers.sender".to_owned()),
        before_call: Some(1),
        after_call: None,
        operation: Some("telegram:sendMessage".to_owned()),
        times: 1,
        skip: 0,
    });
    creator.answer(&conversations[0], "to Robin").await;
    eventually("the sender dies", async || {
        (world.host.kills().len() == 1).then_some(())
    })
    .await;
    creator.answer(&conversations[1], "to Sam").await;
    world.host.advance(time::Duration::seconds(90)).await;
    world.settled().await;
    let seen = second.sees(&world, &bot).await;
    assert!(seen.contains(&(true, "to Sam".to_owned())), "{seen:?}");
    // Nobody knows whether Telegram had it: it is shown so, and not sent again.
    let messages = creator.messages(&conversations[0]).await;
    let fate = messages
        .iter()
        .find(|message| message["text"] == "to Robin");
    assert_eq!(fate.expect("it is shown")["delivery"], "unknown");
    let unsent = "/api/v1/conversations?view=unsent";
    let waiting = creator.api.get(unsent).await.expect(200);
    let waiting = waiting["conversations"].as_array().expect("a list");
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(waiting[0]["id"], conversations[0].as_str());
    world.host.stop().await;
}
