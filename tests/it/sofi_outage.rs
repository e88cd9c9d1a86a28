//! Both vendors down: people answer as ever, the fan hears one honest line, and nothing is answered late.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Person, eventually, eventually_within};

use crate::sofi::{Chat, DEMO};

/// Less than `tick` takes to look at a turn that nobody looks at.
const BEFORE_A_TICK: Duration = Duration::from_secs(45);
/// Two tries of a turn against vendors that never answer, on a machine with other work.
const LONG: Duration = Duration::from_secs(240);

async fn later(chat: &Chat, minutes: i64) {
    let by = time::Duration::minutes(minutes);
    chat.world.host.advance(by).await;
}

async fn received(chat: &Chat, fan: &Person) -> Vec<String> {
    let seen = fan.sees(&chat.world, &chat.bot).await;
    seen.into_iter()
        .filter_map(|(from_bot, text)| from_bot.then_some(text))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_answers_in_the_middle_of_an_hour_without_vendors_and_at_its_end() {
    let chat = Chat::open("auto").await;
    let down = json!({ "fault": { "kind": "unavailable" } });
    chat.world.ai("POST", "/faults", down).await;
    chat.says("hello?").await;
    let line = chat.answered(1).await.concat();
    assert!(line.contains("A person from") && !line.contains(DEMO));
    let conversation = chat.conversation().await;

    later(&chat, 10).await;
    chat.says("anybody here?").await;
    assert_eq!(chat.quiet().await.len(), 1, "one line is enough");
    later(&chat, 20).await;
    chat.creator.answer(&conversation, "I am here now").await;
    assert_eq!(chat.answered(2).await[1], "I am here now");

    later(&chat, 16).await;
    chat.says("great, what now?").await;
    assert_eq!(chat.quiet().await.len(), 2, "it has been promised");
    let waits = chat.creator.conversation("Robin").await;
    assert!(waits["needs_person_since"].is_string(), "{waits}");
    later(&chat, 14).await;
    chat.creator.answer(&conversation, "the late show").await;
    assert_eq!(chat.answered(3).await[2], "the late show");

    chat.world.ai("DELETE", "/faults", Value::Null).await;
    later(&chat, 20).await;
    assert_eq!(chat.quiet().await.len(), 3, "the backlog stays with people");
    chat.says("good night").await;
    let answers = chat.answered(4).await;
    assert!(answers[3].contains("good night"), "{answers:?}");
    chat.world.host.stop().await;
}

/// Requests that no vendor has answered yet.
async fn hanging(chat: &Chat) -> usize {
    let state = chat.world.ai("GET", "/state", Value::Null).await;
    let pending = state["pending"].as_u64().expect("a number");
    usize::try_from(pending).expect("a small number")
}

#[tokio::test(flavor = "multi_thread")]
async fn while_both_vendors_hang_a_person_answers_at_once_and_others_hear_one_line() {
    let chat = Chat::open("auto").await;
    let hangs = json!({ "fault": { "kind": "hang", "ms": 60_000 } });
    chat.world.ai("POST", "/faults", hangs).await;
    let sam = chat.world.person("Sam", "en").await;
    chat.says("hello?").await;
    sam.says(&chat.world, &chat.bot, "are you there?").await;
    eventually("both are asked about", async || {
        (hanging(&chat).await >= 2).then_some(())
    })
    .await;
    let sams = chat.creator.conversation("Sam").await;
    let sams = sams["id"].as_str().expect("an id");
    chat.creator.answer(sams, "A person is here.").await;
    eventually("Sam has the person's answer", async || {
        (received(&chat, &sam).await == ["A person is here."]).then_some(())
    })
    .await;
    assert!(hanging(&chat).await > 0, "the vendors are still silent");

    let lines = eventually_within(LONG, "Robin hears that a person will answer", async || {
        let answers = chat.answers().await;
        (!answers.is_empty()).then_some(answers)
    })
    .await;
    assert!(!lines[0].contains(DEMO), "{lines:?}");
    let robin = chat.creator.conversation("Robin").await;
    assert!(robin["needs_person_since"].is_string(), "{robin}");

    chat.world.ai("DELETE", "/faults", Value::Null).await;
    later(&chat, 20).await;
    assert_eq!(chat.quiet().await.len(), 1);
    assert_eq!(received(&chat, &sam).await, ["A person is here."]);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_fans_at_once_all_hear_that_no_vendor_answers_before_anybody_waits_for_a_tick() {
    let chat = Chat::open("auto").await;
    let down = json!({ "fault": { "kind": "server_error" } });
    chat.world.ai("POST", "/faults", down).await;
    let mut fans = Vec::new();
    for number in 1..=12 {
        let name = format!("Fan {number}");
        fans.push(chat.world.person(&name, "en").await);
    }
    for fan in &fans {
        fan.says(&chat.world, &chat.bot, "hello?").await;
    }
    eventually_within(BEFORE_A_TICK, "every fan hears a line", async || {
        for fan in &fans {
            if received(&chat, fan).await.is_empty() {
                return None;
            }
        }
        Some(())
    })
    .await;
    chat.world.settled().await;
    for fan in &fans {
        let lines = received(&chat, fan).await;
        assert!(lines.len() == 1 && !lines[0].contains(DEMO), "{lines:?}");
    }
    let budget = chat.creator.api.get("/api/v1/ai/budget").await.expect(200);
    let left = &budget["today"]["reserved_micro_usd"];
    assert_eq!(*left, 0, "nothing stays set aside: {budget}");
    chat.world.host.stop().await;
}
