//! A fan's message, in and out.

use tests::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_writes_and_a_person_answers() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let bot = creator.connect_bot(&world, "mira_test_bot").await;
    let fan = world.person("Robin", "en").await;

    fan.says(&world, &bot, "hello \u{1F44B}\u{200D} שלום").await;
    let conversation = creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    let messages = creator.messages(id).await;
    assert_eq!(messages[0]["text"], "hello \u{1F44B}\u{200D} שלום");
    assert_eq!(messages[0]["author"], "fan");

    creator.answer(id, "hi Robin").await;
    eventually("the fan sees the answer", async || {
        fan.sees(&world, &bot)
            .await
            .contains(&(true, "hi Robin".to_owned()))
            .then_some(())
    })
    .await;
    let newest = eventually("the answer is shown as sent", async || {
        let newest = creator.messages(id).await.swap_remove(0);
        (newest["delivery"] == "sent").then_some(newest)
    })
    .await;
    assert_eq!(
        (newest["text"].as_str(), newest["author"].as_str()),
        (Some("hi Robin"), Some("person"))
    );
    world.host.stop().await;
}
