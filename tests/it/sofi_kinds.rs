//! What a fan sends that is no plain text: one considerate answer, or a person; and a bot that is seen to type first.

use serde_json::{Value, json};
use tests::{Person, eventually};

use crate::sofi::{Chat, DEMO};

async fn received(chat: &Chat, fan: &Person) -> Vec<String> {
    let seen = fan.sees(&chat.world, &chat.bot).await;
    seen.into_iter()
        .filter_map(|(from_bot, text)| from_bot.then_some(text))
        .collect()
}

/// A person of this name sends it.
async fn sends(chat: &Chat, name: &str, act: Value) -> Person {
    let fan = chat.world.person(name, "en").await;
    fan.act(&chat.world, &chat.bot, act).await;
    fan
}

/// The one answer that a fan has got, when nothing more comes.
async fn one_answer(chat: &Chat, fan: &Person) -> String {
    let is_answered = async || (!received(chat, fan).await.is_empty()).then_some(());
    chat.world.soon("the fan is answered", is_answered).await;
    chat.world.settled_soon().await;
    let answers = received(chat, fan).await;
    assert_eq!(answers.len(), 1, "{}: {answers:?}", fan.first_name);
    answers.concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn stickers_albums_and_contacts_get_one_considerate_line_and_a_person() {
    let chat = Chat::open("auto").await;
    let contact = json!({ "contact": { "phone_number": "+491700000000", "first_name": "Al", "user_id": 4711 } });
    let cases = [
        ("Ann", json!({ "act": "sticker" }), "sticker"),
        (
            "Ben",
            json!({ "act": "album", "items": [{ "media": "photo" }, { "media": "photo" }] }),
            "pictures",
        ),
        (
            "Cem",
            json!({ "act": "content", "content": contact }),
            "handing this to a person",
        ),
    ];
    let mut fans = Vec::new();
    for (name, act, words) in cases {
        fans.push((sends(&chat, name, act).await, words));
    }
    for (fan, words) in &fans {
        let answer = one_answer(&chat, fan).await;
        assert!(
            answer.contains(words) && answer.contains("AI") && !answer.contains(DEMO),
            "{}: {answer}",
            fan.first_name
        );
        let conversation = chat.creator.conversation(&fan.first_name).await;
        assert!(
            conversation["needs_person_since"].is_string(),
            "{conversation}"
        );
    }
    assert!(chat.prompts().await.is_empty(), "no vendor was asked");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caption_is_answered_by_who_knows_that_the_photo_was_not_seen() {
    let chat = Chat::open("auto").await;
    let script = json!({ "match": "rate my selfie", "reply": "I love that picture you sent" });
    chat.world.ai("POST", "/replies", script).await;
    let photo = |caption: &str| json!({ "act": "photo", "caption": caption });
    let honest = sends(&chat, "Dora", photo("my new bike, finally")).await;
    let answer = one_answer(&chat, &honest).await;
    assert!(answer.contains("my new bike"), "{answer}");
    let prompt = chat.prompts().await.pop().expect("a prompt");
    assert!(prompt.contains("a photo that you cannot see"), "{prompt}");

    let pretended = sends(&chat, "Eli", photo("rate my selfie")).await;
    let answer = one_answer(&chat, &pretended).await;
    assert!(!answer.contains("I love that picture"), "{answer}");
    let conversation = chat.creator.conversation("Eli").await;
    assert!(
        conversation["needs_person_since"].is_string(),
        "{conversation}"
    );
    chat.world.host.stop().await;
}

/// Numbers in Telegram's log of what was asked of a method for this fan's chat.
async fn calls(chat: &Chat, method: &str) -> Vec<u64> {
    let path = format!("/log?bot={}&method={method}", chat.bot.telegram_id);
    let log = chat.world.telegram("GET", &path, Value::Null).await;
    let calls = log["calls"].as_array().expect("calls");
    let (number, text) = (json!(chat.fan.id), json!(chat.fan.id.to_string()));
    let theirs = calls.iter().filter(|call| {
        let to = &call["params"]["chat_id"];
        *to == number || *to == text
    });
    theirs.filter_map(|call| call["seq"].as_u64()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fan_sees_somebody_type_before_the_reply_is_there() {
    let chat = Chat::open("auto").await;
    chat.hold(true).await;
    chat.says("hello there").await;
    chat.held().await;
    let typed = eventually("the bot is shown as typing", async || {
        calls(&chat, "sendChatAction").await.first().copied()
    })
    .await;
    assert!(calls(&chat, "sendMessage").await.is_empty());
    chat.hold(false).await;
    chat.answered(1).await;
    let sent = calls(&chat, "sendMessage").await;
    assert!(sent.len() == 1 && typed < sent[0], "{typed} {sent:?}");
    chat.world.host.stop().await;
}
