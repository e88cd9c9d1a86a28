//! That an AI writes is said again after a day: of what waits, on the day on which it leaves.

use serde_json::{Value, json};
use tests::eventually;

use crate::sofi::{Chat, DEMO};

/// The fan writes; the draft in answer to it, and the conversation's address.
async fn drafted(chat: &Chat, text: &str) -> (Value, String) {
    chat.says(text).await;
    let path = format!("/api/v1/conversations/{}", chat.conversation().await);
    let waits = async || {
        let answer = chat.creator.api.get(&format!("{path}/draft")).await;
        (answer.status == 200).then_some(answer.body)
    };
    let draft = chat.world.soon("a draft waits", waits).await;
    (draft, path)
}

/// A person lets a draft go as it is.
async fn approve(chat: &Chat, (draft, path): &(Value, String)) {
    let path = format!("{path}/draft/approvals");
    let approval = json!({ "rev": draft["rev"] });
    chat.creator.api.post(&path, &approval).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_telegram_holds_back_until_a_day_has_passed_says_again_that_an_ai_writes() {
    let chat = Chat::open("auto").await;
    chat.says("hello there").await;
    let first = chat.answered(1).await;
    assert!(!first[0].starts_with(DEMO), "{first:?}");
    chat.quiet().await;
    let nearly_a_day = time::Duration::hours(24) - time::Duration::minutes(5);
    chat.world.host.advance(nearly_a_day).await;
    chat.refused("good morning", 600).await;
    chat.advance(11).await;
    let second = chat.answered(2).await;
    assert!(
        !second[1].starts_with(DEMO) && second[1].contains("AI"),
        "{second:?}"
    );
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_draft_that_waited_past_the_day_is_shown_as_not_sent_and_says_why() {
    let mut chat = Chat::open("draft").await;
    let first = drafted(&chat, "hello there").await;
    approve(&chat, &first).await;
    let told = chat.answered(1).await;
    assert!(told[0].contains("/human"), "{told:?}");
    chat.quiet().await;

    let second = drafted(&chat, "and how are you?").await;
    chat.quiet().await;
    chat.sender_works(false);
    approve(&chat, &second).await;
    chat.world.host.advance(time::Duration::hours(25)).await;
    chat.creator.api = chat.creator.log_in(&chat.world).await;
    chat.sender_works(true);
    chat.tick().await;
    let conversation = chat.conversation().await;
    let unsent = eventually("the message is shown as not sent", async || {
        let all = chat.creator.messages(&conversation).await;
        all.into_iter()
            .find(|message| message["id"] == second.0["id"] && message["delivery"] == "failed")
    })
    .await;
    assert_eq!(unsent["failure"], "disclosure_due", "{unsent}");
    assert_eq!(chat.quiet().await.len(), 1);
    chat.world.host.stop().await;
}
