//! The part of the walk in which the team hears in Telegram of what waits, and decides there.

use serde_json::{Value, json};
use tests::{Api, Bot, Person, World, eventually};

use crate::journey::Journey;
use crate::journey_access::prove;

/// A link, and everything that can be said to an alert.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let (api, bot) = (&journey.creator.api, &journey.bot);
    let owner = world.person("Mira", "en").await;
    begin(world, api, bot, &owner).await;
    let path = format!("/api/v1/bots/{}/alerts", bot.id);
    let list = api.get(&path).await.expect(200);
    let user = list["alerts"][0]["user_id"].as_str().expect("somebody");
    // Set and ended again: this walk must hear of everything.
    let night = json!({ "from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin" });
    for hours in [night, Value::Null] {
        let set = json!({ "quiet_hours": hours });
        let answer = api.patch("/api/v1/workspace/members/current", &set).await;
        assert_eq!(answer.expect(200)["quiet_hours"], hours);
    }
    let draft = json!({ "mode": "draft" });
    journey.creator.sofi(bot, &draft).await;
    let fan = world.person("Toni", "en").await;
    fan.says(world, bot, "what a morning!").await;
    let number = alert(world, bot, &owner, "what a morning!").await;
    press(world, bot, &owner, number, "alert:approve").await;
    world.settled().await;
    fan.says(world, bot, "what an evening!").await;
    let number = alert(world, bot, &owner, "what an evening!").await;
    press(world, bot, &owner, number, "alert:take_over").await;
    press(world, bot, &owner, number, "alert:discard").await;
    world.settled().await;
    reply_to(world, bot, &owner, number, "Good night").await;
    world.settled().await;
    let off = json!({ "mode": "off" });
    journey.creator.sofi(bot, &off).await;
    assert_eq!(api.delete(&format!("{path}/{user}")).await.status, 204);
}

/// Lets somebody's chat hear with the link that `api` asks for, which needs a proof.
pub(crate) async fn begin(world: &World, api: &Api, bot: &Bot, person: &Person) {
    prove(api, None).await;
    let path = format!("/api/v1/bots/{}/alerts", bot.id);
    let link = api.post(&path, &json!({})).await.expect(201);
    let url = link["url"].as_str().expect("a link");
    let (_, payload) = url.split_once("?start=").expect("a payload");
    let act = json!({ "act": "start", "payload": payload });
    person.act(world, bot, act).await;
    eventually("the chat is told that it hears", async || {
        let seen = person.sees(world, bot).await;
        seen.iter().any(|(from_bot, _)| *from_bot).then_some(())
    })
    .await;
}

/// Telegram's number of what the bot has told somebody with these words in it.
pub(crate) async fn alert(world: &World, bot: &Bot, person: &Person, words: &str) -> i64 {
    let path = format!("/bots/{}/chats/{}", bot.telegram_id, person.id);
    let told = async || {
        let chat = world.telegram("GET", &path, Value::Null).await;
        let messages = chat["messages"].as_array().expect("a transcript");
        let mut said = messages.iter().rev().filter(|entry| {
            let text = entry["message"]["text"].as_str().unwrap_or_default();
            entry["from_bot"] == true && text.contains(words)
        });
        said.next()?["message"]["message_id"].as_i64()
    };
    world.soon(&format!("an alert says {words}"), told).await
}

/// Presses a button under an alert.
pub(crate) async fn press(world: &World, bot: &Bot, person: &Person, number: i64, data: &str) {
    let act = json!({ "act": "press", "message_id": number, "data": data });
    person.act(world, bot, act).await;
}

/// Replies to an alert.
pub(crate) async fn reply_to(world: &World, bot: &Bot, person: &Person, number: i64, text: &str) {
    let act = json!({ "act": "text", "text": text, "reply_to": number });
    person.act(world, bot, act).await;
}
