//! A 429 meets a bot in whose outbox answers of people and of Sofi wait: people's go first.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::sofi::DEMO;

/// Answers of people and of Sofi, together a burst of 200.
const ANSWERS: usize = 188;
const FANS: usize = 12;
const RETRY_AFTER: i64 = 35;
/// Where answers wait for the sender.
const DOORBELL: &str = "sofi-doorbell.fifo";

#[tokio::test(flavor = "multi_thread")]
async fn after_a_429_every_answer_of_a_person_goes_before_every_answer_of_sofi() {
    let world = World::start().await;
    let creator = world.creator("Lanes Owner").await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let bot = creator.connect_bot(&world, "lanes_test_bot").await;
    let answered = meet(&world, &creator, &bot, "Known").await;
    world.settled().await;

    let doorbell = |running| world.host.sources().set_running(DOORBELL, running);
    assert_eq!(doorbell(false), 1);
    creator.sofi(&bot, &json!({ "mode": "auto" })).await;
    meet(&world, &creator, &bot, "New").await;
    eventually("Sofi's answers wait", async || {
        (waiting(&world, "ai") == FANS).then_some(())
    })
    .await;
    for number in 0..ANSWERS {
        let text = format!("person {number:02}");
        creator.answer(&answered[number % FANS], &text).await;
    }
    assert_eq!(waiting(&world, "person"), ANSWERS);
    assert_eq!(calls(&world, &bot).await.len(), 0);

    let fault = json!({ "kind": "too_many_requests", "retry_after": RETRY_AFTER });
    let rule =
        json!({ "bot": bot.telegram_id, "method": "sendMessage", "count": 1, "fault": fault });
    world.telegram("POST", "/faults", rule).await;
    doorbell(true);
    let refused = eventually("Telegram refuses once", async || {
        let calls = calls(&world, &bot).await;
        calls.first().filter(|call| call["status"] == 429).cloned()
    })
    .await;
    // Close to its end, as far as a machine that is slow lets us tell: when each call came is looked at below.
    let until = number(&refused, "at_ms") + RETRY_AFTER * 1_000;
    world.host.quiet().await;
    let left = time::Duration::milliseconds((until - 1_000 - world.host.now_ms()).max(0));
    world.host.advance_meanwhile(left).await;
    let early = calls(&world, &bot).await;
    assert!(
        early.len() == 1 || world.host.now_ms() >= until,
        "{early:?}"
    );
    world.host.advance(time::Duration::seconds(3)).await;

    let sent = eventually("all is sent", async || {
        let mut calls = calls(&world, &bot).await;
        (calls.len() == 1 + ANSWERS + FANS).then(|| calls.split_off(1))
    })
    .await;
    for call in &sent {
        assert!(number(call, "at_ms") >= until, "before {until}: {call}");
        assert_eq!(call["status"], 200, "{call}");
    }
    let texts = sent.iter().map(|call| text(call).to_owned());
    let (people, sofi): (Vec<String>, Vec<String>) =
        texts.partition(|text| text.starts_with("person "));
    assert!(sofi.iter().all(|text| text.contains(DEMO)), "{sofi:?}");
    assert_eq!((people.len(), sofi.len()), (ANSWERS, FANS));
    let mut once = people.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ANSWERS, "each once: {people:?}");
    assert!(
        sent[..ANSWERS]
            .iter()
            .all(|call| text(call).starts_with("person ")),
        "people first: {sent:?}"
    );
    world.host.stop().await;
}

/// Fans who have said a first word; their conversations.
async fn meet(world: &World, creator: &Creator, bot: &Bot, name: &str) -> Vec<String> {
    let mut met = Vec::new();
    for number in 0..FANS {
        let fan: Person = world.person(&format!("{name} {number:02}"), "en").await;
        fan.says(world, bot, "hello").await;
        let conversation = creator.conversation(&fan.first_name).await;
        met.push(conversation["id"].as_str().expect("an id").to_owned());
    }
    met
}

/// Messages of a lane in the outbox. That somebody types, which goes before a reply of Sofi's, answers nothing.
fn waiting(world: &World, lane: &str) -> usize {
    let rows = world.host.aws().dynamodb().dump("sofi-work");
    let rows = rows.expect("a table");
    let of_lane = |row: &&Value| row["kind"]["S"] == "outbox" && row["lane"]["S"] == lane;
    let is_message = |row: &&Value| lane != "ai" || row["answers"]["N"] != "0";
    rows.iter().filter(of_lane).filter(is_message).count()
}

/// What the bot asked Telegram to send, in order.
async fn calls(world: &World, bot: &Bot) -> Vec<Value> {
    let path = format!("/log?bot={}&method=sendMessage&limit=1000", bot.telegram_id);
    let log = world.telegram("GET", &path, Value::Null).await;
    log["calls"].as_array().expect("calls").clone()
}

fn text(call: &Value) -> &str {
    call["params"]["text"].as_str().unwrap_or_default()
}

fn number(call: &Value, field: &str) -> i64 {
    call[field].as_i64().expect("a number")
}
