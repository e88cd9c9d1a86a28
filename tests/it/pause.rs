//! Workers that stand still for ten minutes lose nothing.

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
