//! Business accounts: a bot that reads and writes in a person's name.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod stage;

use serde_json::{Value, json};
use stage::stage;
use telegram_stand_in::{Error, Options, start};

fn refusal(result: Result<Value, Error>) -> u16 {
    match result.unwrap_err() {
        Error::Refused { status, .. } => status,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_connection_begins_changes_and_ends_and_the_bot_hears_of_each_step() {
    let stage = stage().await;
    let id = stage
        .act(stage.owner, json!({ "act": "connect_business" }))
        .await["connection"]
        .clone();
    stage.clock.advance_ms(5_000);
    let change = json!({ "act": "change_business", "can_reply": false });
    assert_eq!(stage.act(stage.owner, change).await["connection"], id);
    stage
        .act(stage.owner, json!({ "act": "end_business" }))
        .await;
    let updates = stage.updates().await;
    let user = json!({ "id": stage.owner, "is_bot": false, "first_name": "Ophelia" });
    let steps = [
        (json!({ "can_reply": true }), true),
        (json!({}), true),
        (json!({}), false),
    ];
    assert_eq!(updates.len(), steps.len());
    for ((kind, update), (rights, is_enabled)) in updates.iter().zip(steps) {
        assert_eq!(kind, "business_connection");
        let expected = json!({
            "id": id, "user": user, "user_chat_id": stage.owner, "date": 1_800_000_000,
            "rights": rights, "is_enabled": is_enabled,
        });
        assert_eq!(*update, expected);
    }
    let asked = stage
        .method(
            "getBusinessConnection",
            json!({ "business_connection_id": id }),
        )
        .await;
    assert_eq!(asked["result"], updates[2].1);
}

#[tokio::test]
async fn connecting_again_gives_a_new_id_and_the_old_one_stays_ended() {
    let stage = stage().await;
    let first = stage.connect().await;
    let again = json!({ "act": "connect_business" });
    assert_eq!(
        refusal(stage.try_act(stage.owner, again.clone()).await),
        409
    );
    stage
        .act(stage.owner, json!({ "act": "end_business" }))
        .await;
    let second = stage.connect().await;
    assert_ne!(first, second);
    stage.fan_writes("hi").await;
    assert_eq!(
        stage.bot_writes(&first, "hello").await["description"],
        "Bad Request: business connection not found"
    );
    assert_eq!(stage.bot_writes(&second, "hello").await["ok"], true);
}

#[tokio::test]
async fn a_second_bot_takes_the_place_of_the_first() {
    let stage = stage().await;
    let first = stage.connect().await;
    stage
        .control
        .call("POST", "/bots", json!({ "username": "second_bot" }))
        .await
        .unwrap();
    let act = json!({ "act": "connect_business", "bot": "second_bot" });
    stage.act(stage.owner, act).await;
    let told = stage.updates().await;
    assert_eq!(
        (&told[0].1["id"], &told[0].1["is_enabled"]),
        (&json!(first), &json!(false))
    );
    let act = json!({ "act": "text", "business": stage.owner, "text": "hi" });
    assert_eq!(refusal(stage.try_act(stage.fan, act.clone()).await), 409);
    let mut act = act;
    act["bot"] = json!("second_bot");
    let seen = stage.act(stage.fan, act).await;
    assert_eq!(seen["updates"][0]["business_message"]["text"], "hi");
    assert!(stage.updates().await.is_empty());
}

#[tokio::test]
async fn a_bot_that_takes_no_accounts_cannot_be_connected() {
    let stage = stage().await;
    assert_eq!(
        stage.method("getMe", json!({})).await["result"]["can_connect_to_business"],
        true
    );
    let path = format!("/bots/{}", stage.bot);
    let change = json!({ "can_connect_to_business": false });
    stage.control.call("PATCH", &path, change).await.unwrap();
    assert_eq!(
        stage.method("getMe", json!({})).await["result"]["can_connect_to_business"],
        false
    );
    let act = json!({ "act": "connect_business" });
    assert_eq!(refusal(stage.try_act(stage.owner, act).await), 409);
}

#[tokio::test]
async fn a_fans_message_reaches_the_connected_bot_under_the_fans_chat() {
    let stage = stage().await;
    let id = stage.connect().await;
    let message = stage.fan_writes("hi").await;
    let expected = json!({
        "message_id": 1, "date": 1_800_000_000, "text": "hi", "business_connection_id": id,
        "chat": { "id": stage.fan, "type": "private", "first_name": "Fabian", "username": "fabian_fan" },
        "from": { "id": stage.fan, "is_bot": false, "first_name": "Fabian", "username": "fabian_fan" },
    });
    assert_eq!(message, expected);
    assert_eq!(
        stage.updates().await,
        [("business_message".to_owned(), expected)]
    );
    let photo = json!({ "act": "photo", "business": stage.owner, "caption": "me", "reply_to": 1 });
    let photo = stage.act(stage.fan, photo).await;
    let seen = &photo["updates"][0]["business_message"];
    assert_eq!(seen["reply_to_message"]["text"], "hi");
    let file = stage
        .method("getFile", json!({ "file_id": seen["photo"][0]["file_id"] }))
        .await;
    assert_eq!(file["ok"], true);
}

#[tokio::test]
async fn nobody_is_told_of_an_account_without_a_bot() {
    let stage = stage().await;
    let act = json!({ "act": "text", "business": stage.owner, "text": "anyone?" });
    let done = stage.act(stage.fan, act).await;
    assert_eq!(done["updates"], json!([]));
    assert_eq!(done["message"].get("business_connection_id"), None);
    let id = stage.connect().await;
    let edit = json!({ "act": "edit", "business": stage.owner, "message_id": 1, "text": "hello?" });
    let seen = stage.act(stage.fan, edit).await["updates"][0]["edited_business_message"].take();
    assert_eq!(seen["business_connection_id"], json!(id));
    assert_eq!(seen["text"], "hello?");
}

#[tokio::test]
async fn the_owners_own_messages_are_seen_in_the_fans_chat() {
    let stage = stage().await;
    stage.connect().await;
    let act =
        json!({ "act": "text", "business": stage.owner, "to": stage.fan, "text": "it is me" });
    let seen = stage.act(stage.owner, act).await["updates"][0]["business_message"].take();
    assert_eq!(seen["chat"]["id"], json!(stage.fan));
    assert_eq!(seen["from"]["id"], json!(stage.owner));
    assert_eq!(seen.get("sender_business_bot"), None);
    let edit = json!({ "act": "edit", "business": stage.owner, "message_id": 1, "text": "mine" });
    assert_eq!(refusal(stage.try_act(stage.fan, edit.clone()).await), 409);
    let mut edit = edit;
    edit["to"] = json!(stage.fan);
    let seen = stage.act(stage.owner, edit).await;
    let edited = &seen["updates"][0]["edited_business_message"];
    assert_eq!(
        (&edited["text"], &edited["edit_date"]),
        (&json!("mine"), &json!(1_800_000_000))
    );
    let alone = json!({ "act": "text", "business": stage.owner, "text": "to whom?" });
    assert_eq!(refusal(stage.try_act(stage.owner, alone).await), 400);
}

#[tokio::test]
async fn the_bots_own_message_comes_back_in_the_owners_name() {
    let stage = stage().await;
    let id = stage.connect().await;
    stage.fan_writes("hi").await;
    stage.updates().await;
    let sent = stage.bot_writes(&id, "hello").await["result"].take();
    assert_eq!(sent["business_connection_id"], json!(id));
    assert_eq!(sent["from"]["id"], json!(stage.owner));
    assert_eq!(sent["sender_business_bot"]["id"], json!(stage.bot));
    assert_eq!(
        stage.updates().await,
        [("business_message".to_owned(), sent)]
    );
    let edit = json!({ "business_connection_id": id, "chat_id": stage.fan, "message_id": 2, "text": "hello!" });
    let edited = stage.method("editMessageText", edit).await["result"].take();
    assert_eq!(
        stage.updates().await,
        [("edited_business_message".to_owned(), edited)]
    );
    let transcript = stage
        .transcript(&format!(
            "business/{}/chats/{}?limit=1",
            stage.owner, stage.fan
        ))
        .await;
    assert_eq!(transcript["messages"][0]["from_bot"], true);
    assert_eq!(transcript["messages"][0]["message"]["text"], "hello!");
}

#[tokio::test]
async fn a_chat_action_shows_in_the_accounts_chat_until_the_message_comes() {
    let stage = stage().await;
    let id = stage.connect().await;
    stage.fan_writes("hi").await;
    let typing = json!({ "business_connection_id": id, "chat_id": stage.fan, "action": "typing" });
    assert_eq!(stage.method("sendChatAction", typing).await["ok"], true);
    let path = format!("business/{}/chats/{}", stage.owner, stage.fan);
    assert_eq!(stage.transcript(&path).await["action"], "typing");
    stage.bot_writes(&id, "hello").await;
    assert_eq!(stage.transcript(&path).await["action"], Value::Null);
}

#[tokio::test]
async fn a_person_who_was_silent_for_more_than_24_hours_cannot_be_written_to() {
    let stage = stage().await;
    let id = stage.connect().await;
    let invalid = "Bad Request: BUSINESS_PEER_USAGE_MISSING";
    let to_fan = json!({ "act": "text", "business": stage.owner, "to": stage.fan, "text": "psst" });
    stage.act(stage.owner, to_fan).await;
    assert_eq!(stage.bot_writes(&id, "hello").await["description"], invalid);
    stage.fan_writes("hi").await;
    stage.clock.advance_ms(24 * 3_600_000);
    assert_eq!(stage.bot_writes(&id, "hello").await["ok"], true);
    stage.clock.advance_ms(1_000);
    assert_eq!(stage.bot_writes(&id, "hello").await["description"], invalid);
    let photo = json!({ "business_connection_id": id, "chat_id": stage.fan, "action": "typing" });
    assert_eq!(
        stage.method("sendChatAction", photo).await["description"],
        invalid
    );
    stage.fan_writes("back").await;
    assert_eq!(stage.bot_writes(&id, "hello").await["ok"], true);
}

#[tokio::test]
async fn neither_an_unknown_nor_an_ended_nor_a_read_only_connection_can_write() {
    let stage = stage().await;
    let id = stage.connect().await;
    stage.fan_writes("hi").await;
    let invalid = "Bad Request: business connection not found";
    let unknown = stage.bot_writes("made-up", "hello").await;
    assert_eq!(
        (&unknown["error_code"], &unknown["description"]),
        (&json!(400), &json!(invalid))
    );
    let asked = stage
        .method(
            "getBusinessConnection",
            json!({ "business_connection_id": "made-up" }),
        )
        .await;
    assert_eq!(asked["description"], invalid);
    let change = |can| json!({ "act": "change_business", "can_reply": can });
    stage.act(stage.owner, change(false)).await;
    assert_eq!(
        stage.bot_writes(&id, "hello").await["description"],
        "Bad Request: BUSINESS_CONNECTION_NOT_ALLOWED"
    );
    stage.act(stage.owner, change(true)).await;
    assert_eq!(stage.bot_writes(&id, "hello").await["ok"], true);
    stage
        .act(stage.owner, json!({ "act": "end_business" }))
        .await;
    assert_eq!(stage.bot_writes(&id, "hello").await["description"], invalid);
    assert_eq!(refusal(stage.try_act(stage.owner, change(true)).await), 409);
}

#[tokio::test]
async fn deleted_messages_are_named_once_and_cannot_be_answered() {
    let stage = stage().await;
    let id = stage.connect().await;
    stage.fan_writes("one").await;
    stage.fan_writes("two").await;
    stage.updates().await;
    let act =
        json!({ "act": "delete_messages", "business": stage.owner, "message_ids": [1, 2, 9] });
    let done = stage.act(stage.fan, act.clone()).await;
    assert_eq!(done["deleted"], json!([1, 2]));
    let updates = stage.updates().await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0].0, "deleted_business_messages");
    let expected = json!({
        "business_connection_id": id, "message_ids": [1, 2],
        "chat": { "id": stage.fan, "type": "private", "first_name": "Fabian", "username": "fabian_fan" },
    });
    assert_eq!(updates[0].1, expected);
    assert_eq!(refusal(stage.try_act(stage.fan, act).await), 404);
    let reply = json!({
        "business_connection_id": id, "chat_id": stage.fan, "text": "?", "reply_parameters": { "message_id": 1 },
    });
    assert_eq!(
        stage.method("sendMessage", reply).await["description"],
        "Bad Request: message to be replied not found"
    );
    stage.fan_writes("three").await;
    let act = json!({ "act": "delete_messages", "business": stage.owner, "chat": stage.fan, "message_ids": [3] });
    assert_eq!(stage.act(stage.owner, act).await["deleted"], json!([3]));
}

#[tokio::test]
async fn messages_are_numbered_once_per_account_and_apart_from_the_bots_own_chats() {
    let stage = stage().await;
    let id = stage.connect().await;
    let other = stage
        .control
        .call("POST", "/people", json!({}))
        .await
        .unwrap();
    let other = other["id"].as_i64().unwrap();
    let write = json!({ "act": "text", "business": stage.owner, "text": "hi" });
    let own = json!({ "act": "text", "text": "hi bot" });
    let number = |done: Value| done["message"]["message_id"].as_i64().unwrap();
    assert_eq!(number(stage.act(stage.fan, write.clone()).await), 1);
    assert_eq!(number(stage.act(other, write.clone()).await), 2);
    assert_eq!(number(stage.act(stage.fan, own.clone()).await), 1);
    let sent = stage.bot_writes(&id, "hello").await;
    assert_eq!(sent["result"]["message_id"], 3);
    assert_eq!(number(stage.act(stage.fan, own).await), 2);
    let mut to_other_owner = write;
    to_other_owner["business"] = json!(other);
    assert_eq!(number(stage.act(stage.fan, to_other_owner).await), 1);
    let own_chat = stage.transcript(&format!("chats/{}", stage.fan)).await;
    assert_eq!(own_chat["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_button_in_an_accounts_chat_is_pressed_there() {
    let stage = stage().await;
    let id = stage.connect().await;
    stage.fan_writes("hi").await;
    let button = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "yes" }]] });
    let params = json!({
        "business_connection_id": id, "chat_id": stage.fan, "text": "?", "reply_markup": button,
    });
    let sent = stage.method("sendMessage", params).await["result"].take();
    let press =
        json!({ "act": "press", "business": stage.owner, "message_id": sent["message_id"] });
    let done = stage.act(stage.fan, press).await;
    let query = &done["updates"][0]["callback_query"];
    assert_eq!((&query["data"], &query["message"]), (&json!("yes"), &sent));
}

#[tokio::test]
async fn an_injected_connection_and_message_can_be_answered() {
    let stage = stage().await;
    let user = json!({ "id": 41, "is_bot": false, "first_name": "Ophelia" });
    let fan = json!({ "id": 42, "is_bot": false, "first_name": "Fabian" });
    let chat = json!({ "id": 42, "type": "private", "first_name": "Fabian" });
    let inject = async |update: Value| {
        let path = format!("/bots/{}/updates", stage.bot);
        let body = json!({ "update": update });
        stage.control.call("POST", &path, body).await.unwrap();
    };
    let message = json!({ "business_message": {
        "message_id": 500, "date": 1_800_000_000, "chat": chat, "from": fan, "text": "hi",
        "business_connection_id": "injected",
    } });
    let answer = json!({ "business_connection_id": "injected", "chat_id": 42, "text": "hello" });
    inject(message.clone()).await;
    assert_eq!(
        stage.method("sendMessage", answer.clone()).await["description"],
        "Bad Request: business connection not found"
    );
    inject(json!({ "business_connection": {
        "id": "injected", "user": user, "user_chat_id": 41, "date": 1_800_000_000,
        "rights": { "can_reply": true }, "is_enabled": true,
    } }))
    .await;
    inject(message).await;
    let sent = stage.method("sendMessage", answer).await["result"].take();
    assert_eq!(
        (&sent["message_id"], &sent["from"]["first_name"]),
        (&json!(501), &json!("Ophelia"))
    );
    inject(json!({ "deleted_business_messages": {
        "business_connection_id": "injected", "chat": chat, "message_ids": [500],
    } }))
    .await;
    let transcript = stage.transcript("business/41/chats/42").await;
    let deleted: Vec<&Value> = transcript["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["deleted"])
        .collect();
    assert_eq!(deleted, [true, false]);
}

#[tokio::test]
async fn a_snapshot_without_accounts_is_read_and_connections_survive_a_restart() {
    let folder =
        std::env::temp_dir().join(format!("telegram-stand-in-business-{}", std::process::id()));
    let options = Options {
        data_dir: Some(folder.clone()),
        ..Options::default()
    };
    let post = |control: telegram_stand_in::Control, path: &'static str, body: Value| async move {
        control.call("POST", path, body).await.unwrap()
    };
    let first = start(options.clone()).await.unwrap();
    post(first.control(), "/bots", json!({ "username": "kept_bot" })).await;
    post(first.control(), "/people", json!({ "id": 7 })).await;
    first.stop().await.unwrap();

    // What an older version wrote knows neither accounts nor the bot's consent to them.
    let path = folder.join("snapshot.json");
    let mut old: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    old.as_object_mut().unwrap().remove("business").unwrap();
    for bot in old["bots"].as_object_mut().unwrap().values_mut() {
        let fields = bot.as_object_mut().unwrap();
        fields.remove("can_connect_to_business").unwrap();
    }
    std::fs::write(&path, old.to_string()).unwrap();

    let second = start(options.clone()).await.unwrap();
    let act = json!({ "bot": "kept_bot", "act": "connect_business" });
    let connected = post(second.control(), "/people/7/acts", act).await;
    second.stop().await.unwrap();

    let third = start(options).await.unwrap();
    let act = json!({ "bot": "kept_bot", "act": "change_business" });
    let changed = post(third.control(), "/people/7/acts", act).await;
    assert_eq!(changed["connection"], connected["connection"]);
    third.stop().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}
