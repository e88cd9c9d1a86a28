//! Deliveries over real sockets, with a clock that only the test moves.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stage;

use std::net::SocketAddr;

use serde_json::{Value, json};
use stage::stage;
use telegram_stand_in::{Error, ListenError, Options, start};

#[tokio::test]
async fn a_failure_is_retried_at_once_and_then_after_2_and_4_seconds_of_the_clock() {
    let stage = stage().await;
    stage.answer_next(500, &[], "", 4);
    stage.act(json!({ "act": "text", "text": "hello" })).await;
    stage.settle().await;
    assert_eq!(stage.texts().len(), 2);
    stage.advance_s(1).await;
    assert_eq!(stage.texts().len(), 2);
    stage.advance_s(1).await;
    assert_eq!(stage.texts().len(), 3);
    stage.advance_s(4).await;
    assert_eq!(stage.texts().len(), 4);
    stage.advance_s(8).await;
    assert_eq!(stage.texts(), ["hello"; 5]);
    assert_eq!(stage.pending().await, 0);
    let info = stage.method("getWebhookInfo", json!({})).await;
    assert_eq!(
        info["result"]["last_error_message"],
        "Wrong response from the webhook: 500 Internal Server Error"
    );
    assert_eq!(info["result"]["last_error_date"], 1_800_000_006);
    assert!(
        stage
            .hook
            .lock()
            .unwrap()
            .secrets
            .iter()
            .all(|secret| secret.as_deref() == Some("s3cret"))
    );
}

#[tokio::test]
async fn any_2xx_is_a_success_and_a_redirect_is_not_followed() {
    let stage = stage().await;
    stage.answer_next(302, &[("location", "http://127.0.0.1:9/")], "", 1);
    stage.answer_next(204, &[], "", 1);
    stage.act(json!({ "act": "text", "text": "hello" })).await;
    stage.settle().await;
    assert_eq!(stage.texts().len(), 2);
    assert_eq!(stage.pending().await, 0);
}

#[tokio::test]
async fn retry_after_of_the_receiver_is_obeyed() {
    let stage = stage().await;
    stage.answer_next(503, &[("retry-after", "30")], "", 1);
    stage.act(json!({ "act": "text", "text": "hello" })).await;
    stage.settle().await;
    stage.advance_s(29).await;
    assert_eq!(stage.texts().len(), 1);
    stage.advance_s(1).await;
    assert_eq!(stage.texts().len(), 2);
}

#[tokio::test]
async fn a_failing_message_holds_back_its_chat_while_its_callback_and_other_chats_go_on() {
    let stage = stage().await;
    let other = stage
        .control
        .call("POST", "/people", json!({}))
        .await
        .unwrap()["id"]
        .as_i64()
        .unwrap();
    stage.act(json!({ "act": "start" })).await;
    stage.settle().await;
    let button = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "yes" }]] });
    let sent = stage
        .method(
            "sendMessage",
            json!({ "chat_id": stage.fan, "text": "?", "reply_markup": button }),
        )
        .await;
    stage.answer_next(500, &[], "", 2);
    stage.act(json!({ "act": "text", "text": "poison" })).await;
    stage.settle().await;
    stage.act(json!({ "act": "text", "text": "waits" })).await;
    stage
        .act(json!({ "act": "press", "message_id": sent["result"]["message_id"] }))
        .await;
    stage
        .act_as(other, json!({ "act": "text", "text": "other chat" }))
        .await;
    stage.settle().await;
    assert_eq!(stage.pending().await, 2);
    assert!(stage.texts().contains(&"other chat".to_owned()));
    assert!(
        stage
            .hook
            .lock()
            .unwrap()
            .bodies
            .iter()
            .any(|body| body["callback_query"]["data"] == "yes")
    );
    stage.advance_s(2).await;
    let texts = stage.texts();
    assert_eq!(texts[texts.len() - 2..], ["poison", "waits"]);
}

#[tokio::test]
async fn no_more_than_max_connections_are_under_way() {
    let stage = stage().await;
    stage
        .control
        .call("PATCH", "/settings", json!({ "hold_deliveries": true }))
        .await
        .unwrap();
    for _ in 0..12 {
        let fan = stage
            .control
            .call("POST", "/people", json!({}))
            .await
            .unwrap()["id"]
            .as_i64()
            .unwrap();
        stage.act_as(fan, json!({ "act": "start" })).await;
        stage
            .act_as(fan, json!({ "act": "text", "text": "two" }))
            .await;
    }
    stage
        .control
        .call("PATCH", "/settings", json!({ "hold_deliveries": false }))
        .await
        .unwrap();
    stage.settle().await;
    let hook = stage.hook.lock().unwrap();
    assert_eq!(hook.bodies.len(), 24);
    assert!(
        (2..=3).contains(&hook.most_under_way),
        "{}",
        hook.most_under_way
    );
}

#[tokio::test]
async fn a_callback_dies_after_150_seconds_and_a_message_after_a_day() {
    let stage = stage().await;
    stage.act(json!({ "act": "start" })).await;
    stage.settle().await;
    let button = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "yes" }]] });
    let sent = stage
        .method(
            "sendMessage",
            json!({ "chat_id": stage.fan, "text": "?", "reply_markup": button }),
        )
        .await;
    stage.answer_next(500, &[], "", 100);
    stage.act(json!({ "act": "text", "text": "late" })).await;
    stage
        .act(json!({ "act": "press", "message_id": sent["result"]["message_id"] }))
        .await;
    stage.settle().await;
    assert_eq!(stage.pending().await, 2);
    stage.advance_s(150).await;
    assert_eq!(stage.pending().await, 1);
    stage.advance_s(86_400 - 151).await;
    assert_eq!(stage.pending().await, 1);
    stage.advance_s(1).await;
    assert_eq!(
        stage.method("getWebhookInfo", json!({})).await["result"]["pending_update_count"],
        0
    );
}

#[tokio::test]
async fn a_pre_checkout_answered_in_the_webhooks_response_is_paid() {
    let stage = stage().await;
    stage.act(json!({ "act": "start" })).await;
    stage.settle().await;
    let invoice = json!({
        "chat_id": stage.fan, "title": "Set", "description": "Ten photos", "payload": "order-1", "currency": "XTR", "prices": [{ "label": "Set", "amount": 5 }],
    });
    let message = stage.method("sendInvoice", invoice).await;
    stage
        .control
        .call("PATCH", "/settings", json!({ "hold_deliveries": true }))
        .await
        .unwrap();
    let asked = stage
        .act(json!({ "act": "pay", "message_id": message["result"]["message_id"] }))
        .await;
    let reply = json!({ "method": "answerPreCheckoutQuery", "pre_checkout_query_id": asked["pre_checkout_query_id"], "ok": true });
    stage.answer_next(
        200,
        &[("content-type", "application/json")],
        &reply.to_string(),
        1,
    );
    stage
        .control
        .call("PATCH", "/settings", json!({ "hold_deliveries": false }))
        .await
        .unwrap();
    stage.settle().await;
    let hook = stage.hook.lock().unwrap();
    assert_eq!(
        hook.bodies.last().unwrap()["message"]["successful_payment"]["invoice_payload"],
        "order-1"
    );
}

#[tokio::test]
async fn answers_that_read_or_move_the_webhook_are_ignored() {
    let stage = stage().await;
    for method in ["deleteWebhook", "setWebhook", "getMe", "logOut", "close"] {
        stage.answer_next(
            200,
            &[("content-type", "application/json")],
            &json!({ "method": method }).to_string(),
            1,
        );
        stage.act(json!({ "act": "text", "text": "hi" })).await;
        stage.settle().await;
    }
    let log = stage
        .control
        .call("GET", "/log", Value::Null)
        .await
        .unwrap();
    assert!(
        log["calls"]
            .as_array()
            .unwrap()
            .iter()
            .all(|call| call["via"] == "http")
    );
    assert_eq!(
        stage.method("getWebhookInfo", json!({})).await["result"]["url"],
        stage.hook_url.as_str()
    );
}

#[tokio::test]
async fn pending_updates_outlive_a_deleted_webhook_unless_they_are_dropped() {
    let stage = stage().await;
    stage.method("deleteWebhook", json!({})).await;
    stage.act(json!({ "act": "text", "text": "kept" })).await;
    stage.clock.advance_ms(1_000);
    stage
        .method("setWebhook", json!({ "url": stage.hook_url }))
        .await;
    stage.settle().await;
    assert_eq!(stage.texts(), ["kept"]);
    assert_eq!(stage.hook.lock().unwrap().secrets.last().unwrap(), &None);
    stage.method("deleteWebhook", json!({})).await;
    stage.act(json!({ "act": "text", "text": "dropped" })).await;
    stage.clock.advance_ms(1_000);
    stage
        .method(
            "setWebhook",
            json!({ "url": stage.hook_url, "drop_pending_updates": true }),
        )
        .await;
    stage.settle().await;
    assert_eq!(stage.texts(), ["kept"]);
}

#[tokio::test]
async fn a_receiver_that_is_gone_for_23_hours_loses_its_webhook() {
    let stage = stage().await;
    stage.answer_next(410, &[], "", 1_000);
    stage.act(json!({ "act": "text", "text": "hi" })).await;
    stage.settle().await;
    stage.advance_s(22 * 3_600).await;
    assert_eq!(
        stage.method("getWebhookInfo", json!({})).await["result"]["url"],
        stage.hook_url.as_str()
    );
    stage.advance_s(3_600).await;
    assert_eq!(
        stage.method("getWebhookInfo", json!({})).await["result"]["url"],
        ""
    );
}

#[tokio::test]
async fn state_survives_a_restart() {
    let folder = std::env::temp_dir().join(format!("telegram-stand-in-{}", std::process::id()));
    let options = Options {
        data_dir: Some(folder.clone()),
        ..Options::default()
    };
    let first = start(options.clone()).await.unwrap();
    let bot = first
        .control()
        .call("POST", "/bots", json!({ "username": "kept_bot" }))
        .await
        .unwrap();
    let fan = first
        .control()
        .call("POST", "/people", json!({ "first_name": "Ada" }))
        .await
        .unwrap();
    let act = json!({ "bot": "kept_bot", "act": "text", "text": "waits" });
    first
        .control()
        .call("POST", &format!("/people/{}/acts", fan["id"]), act)
        .await
        .unwrap();
    first.stop().await.unwrap();

    let second = start(options).await.unwrap();
    let pending = second
        .control()
        .call("GET", "/bots/kept_bot/pending", Value::Null)
        .await
        .unwrap();
    assert_eq!(pending["pending"].as_array().unwrap().len(), 1);
    let again = second
        .control()
        .call("GET", "/bots/kept_bot/botfather", Value::Null)
        .await
        .unwrap();
    assert_eq!(again["token"], bot["token"]);
    // Numbers that were handed out after the last snapshot are never handed out again.
    let act = json!({ "bot": "kept_bot", "act": "text", "text": "later" });
    let path = format!("/people/{}/acts", fan["id"]);
    let later = second.control().call("POST", &path, act).await.unwrap();
    assert!(later["message"]["message_id"].as_i64().unwrap() > 1_000);
    second.stop().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn only_loopback_addresses_are_listened_on() {
    let options = Options {
        listen: SocketAddr::from(([0, 0, 0, 0], 0)),
        ..Options::default()
    };
    assert!(matches!(
        start(options).await,
        Err(Error::Listen(ListenError::NotLoopback(_)))
    ));
}
