//! Accounts whose owners let the bot take part in their chats.

use serde_json::{Value, json};

use crate::stage::{Stage, stage};

impl Stage {
    async fn does(&self, person: i64, mut act: Value) -> Value {
        act["bot"] = json!(self.bot);
        let path = format!("/people/{person}/acts");
        self.control.call("POST", &path, act).await.unwrap()
    }

    async fn owner(&self) -> i64 {
        let owner = json!({ "first_name": "Mira" });
        let owner = self.control.call("POST", "/people", owner).await.unwrap();
        owner["id"].as_i64().unwrap()
    }

    /// The bodies of the updates of a kind that the bot got.
    fn got(&self, kind: &str) -> Vec<Value> {
        let bodies = self.hook.lock().unwrap().bodies.clone();
        let of_kind = bodies
            .into_iter()
            .filter_map(|mut body| body.get_mut(kind).map(Value::take));
        of_kind.collect()
    }
}

#[tokio::test]
async fn a_connection_is_told_changed_ended_and_begun_anew_under_another_id() {
    let stage = stage().await;
    let owner = stage.owner().await;
    let first = stage
        .does(owner, json!({ "act": "connect_business" }))
        .await;
    stage
        .does(
            owner,
            json!({ "act": "change_business", "can_reply": false }),
        )
        .await;
    stage.does(owner, json!({ "act": "end_business" })).await;
    let second = stage
        .does(owner, json!({ "act": "connect_business" }))
        .await;
    stage.settle().await;
    assert_ne!(first["connection"], second["connection"]);
    let told: Vec<_> = stage
        .got("business_connection")
        .iter()
        .map(|told| {
            (
                told["id"].clone(),
                told["is_enabled"] == true,
                told["rights"]["can_reply"] == true,
            )
        })
        .collect();
    let (first, second) = (first["connection"].clone(), second["connection"].clone());
    let expected = [
        (first.clone(), true, true),
        (first.clone(), true, false),
        (first, false, false),
        (second, true, true),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn everybody_in_an_accounts_chat_is_told_of_and_the_bots_own_words_come_back() {
    let stage = stage().await;
    let (owner, fan) = (stage.owner().await, stage.fan);
    let connection = stage
        .does(owner, json!({ "act": "connect_business" }))
        .await["connection"]
        .clone();
    stage
        .does(
            fan,
            json!({ "act": "text", "business": owner, "text": "hello" }),
        )
        .await;
    stage
        .does(
            owner,
            json!({ "act": "text", "business": owner, "to": fan, "text": "hi" }),
        )
        .await;
    let sent = stage
        .method(
            "sendMessage",
            json!({ "chat_id": fan, "text": "ours", "business_connection_id": connection }),
        )
        .await;
    stage.settle().await;
    assert_eq!(sent["result"]["from"]["id"], json!(owner));
    let told: Vec<_> = stage
        .got("business_message")
        .iter()
        .map(|told| {
            let from = told["from"]["id"].as_i64().unwrap();
            (
                told["message_id"].as_i64().unwrap(),
                from,
                told["sender_business_bot"]["id"].as_i64(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, fan, None),
            (2, owner, None),
            (3, owner, Some(stage.bot))
        ]
    );
    let path = format!("/bots/{}/business/{owner}/chats/{fan}", stage.bot);
    let chat = stage.control.call("GET", &path, Value::Null).await.unwrap();
    assert_eq!(chat["messages"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_bot_writes_only_where_it_may_and_within_a_day() {
    let stage = stage().await;
    let (owner, fan) = (stage.owner().await, stage.fan);
    let connection = stage
        .does(owner, json!({ "act": "connect_business" }))
        .await["connection"]
        .clone();
    let send = async || {
        let body = json!({ "chat_id": fan, "text": "ours", "business_connection_id": connection });
        stage.method("sendMessage", body).await["description"]
            .as_str()
            .unwrap_or("sent")
            .to_owned()
    };
    assert_eq!(send().await, "Bad Request: BUSINESS_PEER_INVALID");
    stage
        .does(
            fan,
            json!({ "act": "text", "business": owner, "text": "hello" }),
        )
        .await;
    assert_eq!(send().await, "sent");
    stage
        .does(
            owner,
            json!({ "act": "change_business", "can_reply": false }),
        )
        .await;
    assert_eq!(send().await, "Bad Request: BUSINESS_CONNECTION_NOT_ALLOWED");
    stage
        .does(
            owner,
            json!({ "act": "change_business", "can_reply": true }),
        )
        .await;
    stage.advance_s(24 * 3_600).await;
    assert_eq!(send().await, "Bad Request: BUSINESS_PEER_INVALID");
    stage.does(owner, json!({ "act": "end_business" })).await;
    assert_eq!(send().await, "Bad Request: BUSINESS_CONNECTION_INVALID");
}

#[tokio::test]
async fn edits_and_deletions_are_told_and_nothing_is_after_the_end() {
    let stage = stage().await;
    let (owner, fan) = (stage.owner().await, stage.fan);
    stage
        .does(owner, json!({ "act": "connect_business" }))
        .await;
    stage
        .does(
            fan,
            json!({ "act": "text", "business": owner, "text": "helo" }),
        )
        .await;
    stage
        .does(
            fan,
            json!({ "act": "edit", "business": owner, "message_id": 1, "text": "hello" }),
        )
        .await;
    stage
        .does(
            fan,
            json!({ "act": "delete_messages", "business": owner, "message_ids": [1] }),
        )
        .await;
    stage.does(owner, json!({ "act": "end_business" })).await;
    stage
        .does(
            fan,
            json!({ "act": "text", "business": owner, "text": "unseen" }),
        )
        .await;
    stage.settle().await;
    assert_eq!(stage.got("edited_business_message")[0]["text"], "hello");
    assert_eq!(
        stage.got("deleted_business_messages")[0]["message_ids"],
        json!([1])
    );
    assert_eq!(stage.got("business_message").len(), 1);
}
