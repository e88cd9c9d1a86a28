//! The part of the walk in which fans are erased: on their own word, on a member's, and where the ring for it is lost; and in which
//! it is chosen how long fans are kept.

use std::collections::BTreeMap;

use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::{Answer, Api, Bot, Person, World, eventually};

use crate::journey::Journey;
use crate::journey_access::prove;

/// Where a member has a fan erased.
pub(crate) const ERASURES: &str = "/api/v1/privacy/erasures";
/// Where requests are listed.
pub(crate) const REQUESTS: &str = "/api/v1/privacy/requests";

/// Three requests, and every look at them.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let (api, bot) = (&journey.creator.api, &journey.bot);
    let bea = world.person("Bea", "en").await;
    known(world, journey, &bea).await;
    let (number, word) = asked(world, bot, &bea).await;
    press(world, bot, &bea, number, &word).await;
    let request = finished(api, 1).await;
    api.get(&certificate_of(&request)).await.expect(200);
    last_words(world, bot, &bea, number).await;

    let max = world.person("Max", "en").await;
    let fan = known(world, journey, &max).await;
    prove(api, None).await;
    let job = |what: &str| format!("/__local/functions/privacy.erase/{what}");
    let hold = async |what: &str| world.api().post(&job(what), &json!({})).await;
    hold("pause").await.expect(200);
    let body = json!({ "fan_id": fan });
    let first = api.post(ERASURES, &body).await.expect(202);
    let second = api.post(ERASURES, &body).await.expect(202);
    assert_eq!(first["id"], second["id"], "the one that runs");
    let path = format!("{REQUESTS}/{}", first["id"].as_str().expect("an id"));
    assert_eq!(api.get(&path).await.expect(200)["state"], "running");
    hold("resume").await.expect(200);
    finished(api, 2).await;

    let pat = world.person("Pat", "en").await;
    let fan = known(world, journey, &pat).await;
    // A new choice is looked at by the sweep that also makes up for the lost ring.
    let choice = json!({ "days": 180 });
    api.put("/api/v1/privacy/retention", &choice)
        .await
        .expect(200);
    lose_ring(world, api, &fan).await.expect(202);
    finished(api, 3).await;
    let page = api.get(&format!("{REQUESTS}?limit=1")).await.expect(200);
    let next = page["next_cursor"].as_str().expect("there is more");
    let older = api.get(&format!("{REQUESTS}?limit=1&cursor={next}")).await;
    let older = older.expect(200)["requests"][0].take();
    let path = format!("{REQUESTS}/{}", older["id"].as_str().expect("an id"));
    assert_eq!(api.get(&path).await.expect(200), older);
}

/// A fan with a conversation, an answer, a note and a fact; the fan's id.
pub(crate) async fn known(world: &World, journey: &Journey, fan: &Person) -> String {
    let api = &journey.creator.api;
    fan.says(world, &journey.bot, "do you know me?").await;
    let conversation = journey.creator.conversation(&fan.first_name).await;
    let text = |field: &str| conversation[field].as_str().expect("an id").to_owned();
    let (id, fan) = (text("id"), text("fan_id"));
    journey.creator.answer(&id, "I do").await;
    let body = json!({ "text": "likes tea" });
    for path in [
        format!("/api/v1/conversations/{id}/notes"),
        format!("/api/v1/fans/{fan}/facts"),
    ] {
        api.post(&path, &body).await.expect(201);
    }
    world.settled().await;
    fan
}

/// A member asks for a fan to be erased and no ring for it gets through; `tick` makes up for it two minutes later.
pub(crate) async fn lose_ring(world: &World, api: &Api, fan: &str) -> Answer {
    let functions = world.host.functions();
    let function = functions
        .resolve("privacy.erase-fan")
        .expect("a function")
        .to_owned();
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("sqs".to_owned()),
        operation: Some("SendMessage".to_owned()),
        function: Some(function),
        times: None,
        skip: 0,
        delay_ms: 0,
    });
    let answer = api.post(ERASURES, &json!({ "fan_id": fan })).await;
    world.host.gate().clear_faults();
    assert!(
        answer.status >= 400 || requests(api).await[0]["state"] == "running",
        "nobody rang, so nobody works: {}",
        answer.body
    );
    world.host.advance(time::Duration::seconds(200)).await;
    answer
}

/// A fan asks for everything to be deleted: the number of the bot's question and what its button carries.
pub(crate) async fn asked(world: &World, bot: &Bot, fan: &Person) -> (i64, String) {
    let known = questions(world, bot, fan).await.len();
    fan.says(world, bot, "/delete").await;
    eventually("the bot asks back", async || {
        let mut questions = questions(world, bot, fan).await;
        (questions.len() > known).then(|| questions.pop()).flatten()
    })
    .await
}

async fn questions(world: &World, bot: &Bot, fan: &Person) -> Vec<(i64, String)> {
    let question = |message: &Value| {
        let button = &message["reply_markup"]["inline_keyboard"][0][0];
        let word = button["callback_data"].as_str()?;
        let number = message["message_id"].as_i64()?;
        word.starts_with("erase:")
            .then(|| (number, word.to_owned()))
    };
    let said = said(world, bot, fan).await;
    said.iter().filter_map(question).collect()
}

/// Messages of the bot in a fan's chat, as Telegram has them, oldest first.
async fn said(world: &World, bot: &Bot, fan: &Person) -> Vec<Value> {
    let path = format!("/bots/{}/chats/{}", bot.telegram_id, fan.id);
    let chat = world.telegram("GET", &path, Value::Null).await;
    let messages = chat["messages"].as_array().expect("a transcript");
    let of_bot = messages.iter().filter(|entry| entry["from_bot"] == true);
    of_bot.map(|entry| entry["message"].clone()).collect()
}

/// Presses the button under the question.
pub(crate) async fn press(world: &World, bot: &Bot, fan: &Person, number: i64, word: &str) {
    let act = json!({ "act": "press", "message_id": number, "data": word });
    fan.act(world, bot, act).await;
}

/// What the bot has told a fan since that message, as soon as there is something.
pub(crate) async fn last_words(world: &World, bot: &Bot, fan: &Person, number: i64) -> Vec<String> {
    eventually("the fan is told that everything is gone", async || {
        let texts = words_after(world, bot, fan, number).await;
        (!texts.is_empty()).then_some(texts)
    })
    .await
}

/// What the bot has told a fan since that message.
pub(crate) async fn words_after(
    world: &World,
    bot: &Bot,
    fan: &Person,
    number: i64,
) -> Vec<String> {
    let later = |message: &Value| message["message_id"].as_i64() > Some(number);
    let text = |message: &Value| message["text"].as_str().unwrap_or_default().to_owned();
    let said = said(world, bot, fan).await;
    said.iter().filter(|one| later(one)).map(text).collect()
}

/// All requests of a workspace, newest first.
pub(crate) async fn requests(api: &Api) -> Vec<Value> {
    let page = api.get(&format!("{REQUESTS}?limit=100")).await.expect(200);
    page["requests"].as_array().expect("a list").clone()
}

/// Where the certificate of a request is.
pub(crate) fn certificate_of(request: &Value) -> String {
    let id = request["id"].as_str().expect("an id");
    format!("{REQUESTS}/{id}/certificate")
}

/// The newest of so many requests, as soon as all of them are there, finished and certified.
pub(crate) async fn finished(api: &Api, count: usize) -> Value {
    eventually(&format!("{count} erasures are finished"), async || {
        let requests = requests(api).await;
        let done = requests
            .iter()
            .all(|request| request["state"] == "finished" && request["certified"] == true);
        (done && requests.len() == count).then(|| requests[0].clone())
    })
    .await
}

/// What a request says was deleted.
pub(crate) fn erased(request: &Value) -> BTreeMap<String, u64> {
    let listed = request["erased"].as_array().expect("a list").iter();
    let row = |entry: &Value| {
        let kind = entry["kind"].as_str().expect("a kind").to_owned();
        (kind, entry["rows"].as_u64().expect("a number"))
    };
    listed.map(row).collect()
}
