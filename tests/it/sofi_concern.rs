//! Distress that code does not notice and the model does: what the model says of the fan's words counts like a word of ours.

use serde_json::{Value, json};
use tests::eventually;

use crate::journey_alerts::alert;
use crate::sofi::Chat;
use crate::sofi_care::{cared_for, heard, told};

/// No word of it is on any list; what it means is for the model to say.
const OBLIQUE: &str = "I have labels on all the boxes now so it is easy to sort later";
/// What the model writes beside it.
const WRITTEN: &str = "How tidy, all those labels!";

/// The model says this of the fan's words.
async fn notices(chat: &Chat, concern: &str) {
    let script = json!({
        "match": "labels", "reply": WRITTEN, "concern": concern,
        "facts": [{ "text": "Has labels on all the boxes", "confidence": 90 }],
    });
    chat.world.ai("POST", "/replies", script).await;
}

/// How the turn went that a message of the bot's ended, by the author of the message.
async fn trace(chat: &Chat, author: &str) -> Value {
    let conversation = chat.conversation().await;
    let messages = chat.creator.messages(&conversation).await;
    let message = messages.iter().find(|message| message["author"] == author);
    let path = format!(
        "/api/v1/conversations/{conversation}/messages/{}/trace",
        message.expect("a message")["id"].as_str().expect("an id")
    );
    chat.creator.api.get(&path).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_distress_that_only_the_model_notices_is_answered_by_no_text_of_its_own_in_any_mode() {
    for mode in ["auto", "draft"] {
        let (chat, owner) = heard(mode).await;
        notices(&chat, "self_harm").await;
        chat.says(OBLIQUE).await;
        alert(&chat.world, &chat.bot, &owner, "distress").await;
        assert_eq!(cared_for(&chat).await, "self_harm", "{mode}");
        let answers = chat.answered(1).await;
        assert!(answers[0].contains("988"), "{mode}: {answers:?}");
        assert_eq!(chat.prompts().await.len(), 1, "{mode}: code noticed it");
        chat.world.settled().await;

        let trace = trace(&chat, "automation").await;
        assert_eq!(
            (&trace["end"], &trace["reason"]),
            (&json!("handed_over"), &json!("care")),
            "{trace}"
        );
        assert_eq!(trace["rules_hit"], json!(["concern:self_harm"]));
        assert_eq!(trace["vendor"], "xai", "{trace}");
        assert!(trace["cost_micro_usd"].as_i64() > Some(0), "{trace}");
        let draft = format!("/api/v1/conversations/{}/draft", chat.conversation().await);
        assert_eq!(chat.creator.api.get(&draft).await.status, 404, "{mode}");
        let facts = chat.facts().await;
        let facts = chat.creator.api.get(&facts).await.expect(200);
        assert_eq!(facts["facts"], json!([]), "{mode}");
        let counts = chat.care_counts().await;
        assert_eq!(counts["counts"][0]["kind"], "self_harm", "{counts}");
        assert_eq!(counts["counts"][0]["answered"], 1, "{counts}");

        chat.says("are you there?").await;
        let all = chat.quiet().await;
        assert!(!all.join("\n").contains(WRITTEN), "{mode}: {all:?}");
        assert_eq!(all.len(), 1, "{mode}: nothing but the fixed text");
        assert_eq!(chat.prompts().await.len(), 1, "{mode}: asked again");
        chat.world.host.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_is_reminded_of_distress_that_only_the_model_noticed() {
    let (chat, owner) = heard("auto").await;
    notices(&chat, "minor").await;
    chat.says(OBLIQUE).await;
    alert(&chat.world, &chat.bot, &owner, "distress").await;
    assert_eq!(cared_for(&chat).await, "minor");
    chat.world.settled().await;
    let before = told(&chat, &owner).await.len();
    chat.world.host.advance(time::Duration::minutes(17)).await;
    eventually("the owner is reminded", async || {
        (told(&chat, &owner).await.len() > before).then_some(())
    })
    .await;
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_without_a_concern_are_answered_and_remembered() {
    let chat = Chat::open("auto").await;
    notices(&chat, "none").await;
    chat.says(OBLIQUE).await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains(WRITTEN), "{answers:?}");
    chat.world.settled().await;
    let trace = trace(&chat, "ai").await;
    assert_eq!(trace["rules_hit"], json!([]), "{trace}");
    let shown = chat.creator.conversation("Robin").await;
    assert_eq!(shown["care"], Value::Null, "{shown}");
    let facts = chat.facts().await;
    let facts = chat.creator.api.get(&facts).await.expect(200);
    assert_eq!(facts["facts"].as_array().map(Vec::len), Some(1), "{facts}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_took_the_chat_over_while_the_model_was_asked_hears_of_grief_and_the_fan_gets_no_text()
 {
    let (chat, owner) = heard("auto").await;
    notices(&chat, "grief").await;
    chat.hold(true).await;
    chat.says(OBLIQUE).await;
    chat.held().await;
    let path = format!(
        "/api/v1/conversations/{}/takeover",
        chat.conversation().await
    );
    chat.creator.api.put(&path, &json!({})).await.expect(200);
    chat.hold(false).await;
    alert(&chat.world, &chat.bot, &owner, "distress").await;
    assert_eq!(cared_for(&chat).await, "grief");
    assert!(chat.quiet().await.is_empty(), "a person has the chat");
    let counts = chat.care_counts().await;
    assert_eq!(counts["counts"][0]["answered"], 0, "{counts}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_chat_shows_what_a_fan_would_be_told_when_only_the_model_notices() {
    let chat = Chat::open("auto").await;
    notices(&chat, "self_harm").await;
    let talk = json!({ "messages": [{ "from": "fan", "text": OBLIQUE }], "language": "en-US" });
    let path = format!("/api/v1/bots/{}/test-chats", chat.bot.id);
    let shown = chat.creator.api.post(&path, &talk).await.expect(201);
    assert_eq!(
        (&shown["handed_over"], &shown["care"]),
        (&json!("care"), &json!("self_harm")),
        "{shown}"
    );
    let reply = shown["reply"].as_str().expect("a fixed text");
    assert!(reply.contains("988") && !reply.contains(WRITTEN), "{reply}");
    assert_eq!(shown["rules_hit"], json!(["concern:self_harm"]));
    assert_eq!(
        (&shown["vendor"], &shown["facts"]),
        (&Value::Null, &json!([]))
    );
    assert!(shown["cost_micro_usd"].as_i64() > Some(0), "{shown}");
    assert!(chat.creator.conversations().await.is_empty());
    chat.world.host.stop().await;
}
