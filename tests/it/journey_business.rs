//! The part of the walk that leads through the chats of a connected account.

use serde_json::{Value, json};
use tests::{World, eventually};

use crate::journey::Journey;

/// An account is connected, listed, declined and taken again; a fan writes to it, is answered and has a message deleted;
/// its owner writes too; a message of a connection that nobody told of is kept, and asked about.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let owner = world.person("Mira", "en").await;
    let fan = world.person("Jona", "en").await;
    let (bot, api) = (&journey.bot, &journey.creator.api);
    let sofi = json!({ "mode": "auto" });
    journey.creator.sofi(bot, &sofi).await;
    owner
        .act(world, bot, json!({ "act": "connect_business" }))
        .await;
    let list = format!("/api/v1/bots/{}/business-accounts", bot.id);
    let account = eventually("the account is listed", async || {
        let page = api.get(&list).await.expect(200);
        page["business_accounts"][0]["id"]
            .as_str()
            .map(str::to_owned)
    })
    .await;
    for stored in [false, true] {
        let body = json!({ "stored": stored, "sofi": stored });
        api.patch(&format!("{list}/{account}"), &body)
            .await
            .expect(200);
    }
    owner.says(world, bot, "/allow_ai").await;
    world.settled().await;

    let to_owner = |text: &str| json!({ "act": "text", "business": owner.id, "text": text });
    let written = fan.act(world, bot, to_owner("hello Mira")).await;
    let conversation = journey.creator.conversation("Jona").await;
    let id = conversation["id"].as_str().expect("an id");
    assert_eq!(conversation["business_account_id"], account);
    answered(journey, id, "automation").await;
    fan.act(world, bot, to_owner("what a day!")).await;
    answered(journey, id, "ai").await;
    let typing = format!("/api/v1/conversations/{id}/typing");
    assert_eq!(api.post(&typing, &json!({})).await.status, 204);
    journey.creator.answer(id, "hi Jona").await;
    answered(journey, id, "person").await;
    let own = json!({ "act": "text", "business": owner.id, "to": fan.id, "text": "back home" });
    owner.act(world, bot, own).await;
    let number = &written["message"]["message_id"];
    let delete = json!({ "act": "delete_messages", "business": owner.id, "message_ids": [number] });
    fan.act(world, bot, delete).await;
    eventually("the message is emptied", async || {
        let all = journey.creator.messages(id).await;
        all.iter()
            .any(|message| message["kind"] == "deleted")
            .then_some(())
    })
    .await;
    untold(world, journey).await;
    journey.creator.sofi(bot, &json!({ "mode": "off" })).await;
    world.settled().await;
}

/// Waits for a message of this author that Telegram has.
async fn answered(journey: &Journey, conversation: &str, author: &str) {
    eventually(&format!("a message of {author} is sent"), async || {
        let all = journey.creator.messages(conversation).await;
        let sent = |message: &Value| message["author"] == author && message["delivery"] == "sent";
        all.iter().any(sent).then_some(())
    })
    .await;
}

/// A connection that Telegram does not know any more either.
async fn untold(world: &World, journey: &Journey) {
    let update = json!({ "business_message": {
        "message_id": 1, "date": 1_795_000_000, "business_connection_id": "never-told",
        "chat": { "id": 700_123, "type": "private", "first_name": "Lou" },
        "from": { "id": 700_123, "is_bot": false, "first_name": "Lou" }, "text": "hello" } });
    let path = format!("/bots/{}/updates", journey.bot.telegram_id);
    world
        .telegram("POST", &path, json!({ "update": update }))
        .await;
    let api = &journey.creator.api;
    let list = format!("/api/v1/bots/{}/parked-updates", journey.bot.id);
    let parked = eventually("it is kept", async || {
        let page = api.get(&list).await.expect(200);
        let mut all = page["parked_updates"].as_array().expect("a list").iter();
        all.find(|kept| kept["reason"] == "business_connection_unknown")
            .cloned()
    })
    .await;
    let replay = format!("{list}/{}/replays", parked["id"].as_str().expect("an id"));
    let refused = api.post(&replay, &json!({})).await;
    assert_eq!(refused.problem(409), "business_connection_ended");
}
