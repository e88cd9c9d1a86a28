//! The part of the walk in which a fan writes.

use serde_json::json;
use tests::{Bot, Creator, Person, World, eventually};

/// What a fan writes, does and takes back; gives their conversation.
pub(super) async fn inbound(world: &World, creator: &Creator, bot: &Bot, fan: &Person) -> String {
    fan.starts(world, bot).await;
    let said = fan.says(world, bot, "hello").await;
    let number = said["message"]["message_id"].as_i64().expect("a number");
    fan.act(
        world,
        bot,
        json!({ "act": "edit", "message_id": number, "text": "hello there" }),
    )
    .await;
    fan.act(
        world,
        bot,
        json!({ "act": "react", "message_id": number, "emoji": ["\u{1F44D}"] }),
    )
    .await;
    fan.act(world, bot, json!({ "act": "photo", "caption": "look" }))
        .await;
    fan.says(world, bot, "/privacy").await;
    fan.act(world, bot, json!({ "act": "block" })).await;
    fan.act(world, bot, json!({ "act": "unblock" })).await;
    let other = world.person("Kim", "de").await;
    other.says(world, bot, "hallo").await;
    creator.conversation("Kim").await;
    let conversation = creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id").to_owned();
    eventually("the edit is there", async || {
        creator
            .messages(&id)
            .await
            .iter()
            .any(|message| message["text"] == "hello there")
            .then_some(())
    })
    .await;
    let photo = eventually("the photo is there", async || {
        let messages = creator.messages(&id).await;
        messages
            .into_iter()
            .find(|message| message["kind"] == "photo")
    })
    .await;
    let photo = photo["telegram_message_id"].as_str().expect("a number");
    let path = format!("/api/v1/conversations/{id}/media/{photo}");
    assert_eq!(creator.api.get(&path).await.status, 200, "{path}");
    early_edit(world, creator, bot, fan, (&id, number + 1_000)).await;
    id
}

/// An edit that comes before its message waits for it.
async fn early_edit(world: &World, creator: &Creator, bot: &Bot, fan: &Person, at: (&str, i64)) {
    let (conversation, number) = at;
    let message = |text: &str| {
        json!({
            "message_id": number, "date": 1_800_000_000, "edit_date": 1_800_000_001, "text": text,
            "chat": { "id": fan.id, "type": "private", "first_name": fan.first_name },
            "from": { "id": fan.id, "is_bot": false, "first_name": fan.first_name },
        })
    };
    let path = format!("/bots/{}/updates", bot.telegram_id);
    world
        .telegram(
            "POST",
            &path,
            json!({ "update": { "edited_message": message("later") } }),
        )
        .await;
    let mut first = message("sooner");
    first
        .as_object_mut()
        .expect("an object")
        .remove("edit_date");
    world
        .telegram("POST", &path, json!({ "update": { "message": first } }))
        .await;
    eventually("the edit has found its message", async || {
        creator
            .messages(conversation)
            .await
            .iter()
            .any(|message| message["text"] == "later")
            .then_some(())
    })
    .await;
}
