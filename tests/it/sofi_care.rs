//! A fan in distress: the team hears of it by its name whatever it has heard before, and what waits for the fan is withdrawn.

use serde_json::{Value, json};
use tests::{Person, eventually};

use crate::journey_alerts::{alert, begin};
use crate::sofi::Chat;

const DISTRESS: &str = "i want to kill myself";

/// A chat whose creator hears of it in Telegram.
async fn heard(mode: &str) -> (Chat, Person) {
    let chat = Chat::open(mode).await;
    let owner = chat.world.person("Mira", "en").await;
    begin(&chat.world, &chat.creator.api, &chat.bot, &owner).await;
    (chat, owner)
}

/// What the owner has been told of Robin, oldest first.
async fn told(chat: &Chat, owner: &Person) -> Vec<String> {
    let seen = owner.sees(&chat.world, &chat.bot).await;
    seen.into_iter()
        .filter(|(from_bot, text)| *from_bot && text.contains("Robin"))
        .map(|(_, text)| text)
        .collect()
}

/// The fan says so: one more alert than before, and it says what it is about.
async fn is_told_anew(chat: &Chat, owner: &Person) {
    let before = told(chat, owner).await;
    chat.says(DISTRESS).await;
    let newest = eventually("the owner hears of it", async || {
        let mut now = told(chat, owner).await;
        (now.len() > before.len()).then(|| now.pop()).flatten()
    })
    .await;
    let words = newest.to_lowercase();
    assert!(words.contains("distress"), "it names care: {newest}");
    chat.world.settled().await;
    assert_eq!(told(chat, owner).await.len(), before.len() + 1, "once");
    let shown = chat.creator.conversation("Robin").await;
    assert_eq!(shown["care"]["kind"], "self_harm", "{shown}");
    assert!(shown["needs_person_since"].is_string(), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_is_told_anew_though_the_fan_has_asked_for_a_person_before() {
    let (chat, owner) = heard("auto").await;
    chat.says("/human").await;
    alert(&chat.world, &chat.bot, &owner, "asks for a person").await;
    is_told_anew(&chat, &owner).await;
    assert!(chat.prompts().await.is_empty());
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_is_told_where_only_people_answer() {
    let (chat, owner) = heard("off").await;
    chat.says("hello").await;
    alert(&chat.world, &chat.bot, &owner, "hello").await;
    is_told_anew(&chat, &owner).await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains("988"), "{answers:?}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_waits_in_the_outbox_is_withdrawn_when_the_fan_is_in_distress() {
    let chat = Chat::open("auto").await;
    let sender = |what: &str| format!("/__local/functions/workers.sender/{what}");
    let host = chat.world.api();
    host.post(&sender("pause"), &json!({})).await.expect(200);
    chat.says("which games do you like?").await;
    let conversation = chat.conversation().await;
    let reply = eventually("a reply waits", async || {
        let messages = chat.creator.messages(&conversation).await;
        let mut waiting = messages.into_iter();
        waiting.find(|message| message["author"] == "ai" && message["delivery"] == "queued")
    })
    .await;
    chat.says(DISTRESS).await;
    eventually("the chat is in care mode", async || {
        let shown = chat.creator.conversation("Robin").await;
        shown["care"].is_object().then_some(())
    })
    .await;
    host.post(&sender("resume"), &json!({})).await.expect(200);
    chat.answered(1).await;
    let answers = chat.quiet().await;
    assert!(
        answers.len() == 1 && answers[0].contains("988"),
        "{answers:?}"
    );
    let path = format!(
        "/api/v1/conversations/{conversation}/messages/{}/trace",
        reply["id"].as_str().expect("an id")
    );
    let trace = chat.creator.api.get(&path).await.expect(200);
    assert_eq!(
        (&trace["end"], &trace["reason"]),
        (&json!("handed_over"), &json!("care")),
        "{trace}"
    );
    assert_eq!(trace["vendor"], "xai");
    let none: Vec<Value> = chat.creator.messages(&conversation).await;
    assert!(
        none.iter().all(|message| message["id"] != reply["id"]),
        "{none:?}"
    );
    chat.world.host.stop().await;
}
