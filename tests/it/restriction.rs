//! A fan whose data is only kept, by their own word or the team's, and one who wants no AI.

mod ledger;

use serde_json::{Value, json};
use tests::{Answer, eventually};

use crate::journey_access::prove;
use crate::journey_alerts::begin;
use crate::journey_exports::{EXPORTS, download, id, ready};
use crate::journey_privacy::press;
use crate::sofi::{Chat, DEMO};

impl Chat {
    async fn fan_path(&self) -> String {
        let conversation = self.creator.conversation("Robin").await;
        let fan = conversation["fan_id"].as_str().expect("an id");
        format!("/api/v1/fans/{fan}")
    }

    /// The fan as the team sees them.
    async fn profile(&self) -> Value {
        let path = self.fan_path().await;
        self.creator.api.get(&path).await.expect(200)
    }

    /// The team has the fan's data only kept, or ends that.
    async fn restrict(&self, reason: Value) -> Value {
        let path = format!("{}/restriction", self.fan_path().await);
        let body = json!({ "reason": reason });
        self.creator.api.put(&path, &body).await.expect(200)
    }

    /// Asks something of the conversation.
    async fn post(&self, what: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/conversations/{}/{what}", self.conversation().await);
        self.creator.api.post(&path, body).await
    }

    async fn writes(&self) -> Answer {
        self.post("messages", &json!({ "text": "hi Robin" })).await
    }

    /// The fan's export, which is stored and not compressed.
    async fn export(&self) -> String {
        let fan = self.profile().await["id"].clone();
        let api = &self.creator.api;
        prove(api, None).await;
        let body = json!({ "fan_id": fan });
        let request = id(&api.post(EXPORTS, &body).await.expect(202));
        ready(api, &request).await;
        String::from_utf8_lossy(&download(api, &request).await).into_owned()
    }

    /// The newest message of the bot that has buttons beginning so: its number, and what they carry.
    async fn buttons(&self, begin: &str) -> (i64, Vec<String>) {
        let path = format!("/bots/{}/chats/{}", self.bot.telegram_id, self.fan.id);
        eventually("the bot offers buttons", async || {
            let chat = self.world.telegram("GET", &path, Value::Null).await;
            let messages = chat["messages"].as_array().expect("a transcript");
            messages.iter().rev().find_map(|entry| {
                let message = &entry["message"];
                let rows = message["reply_markup"]["inline_keyboard"].as_array()?;
                let carried = rows.iter().map(|row| row[0]["callback_data"].as_str());
                let carried: Vec<_> = carried.flatten().map(str::to_owned).collect();
                let number = message["message_id"].as_i64()?;
                let begins = carried.first()?.starts_with(begin);
                begins.then_some((number, carried))
            })
        })
        .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p28_a_fan_who_has_their_data_only_kept_is_stored_and_shown_and_neither_read_nor_answered()
{
    let chat = Chat::open("auto").await;
    chat.says("/restrict").await;
    let told = chat.answered(1).await;
    assert!(told[0].contains("/unrestrict"), "{told:?}");
    chat.says("are you there?").await;
    let seen = chat.quiet().await;
    assert_eq!(seen, told, "nobody answers");
    assert_eq!(chat.prompts().await, [""; 0], "no AI was asked");
    let messages = chat.creator.messages(&chat.conversation().await).await;
    let shown = |text: &str| messages.iter().any(|message| message["text"] == text);
    assert!(shown("are you there?"), "{messages:?}");

    assert_eq!(chat.writes().await.problem(409), "fan_restricted");
    let typing = chat.post("typing", &json!({})).await;
    assert_eq!(typing.problem(409), "fan_restricted");
    let profile = chat.profile().await;
    assert!(profile["restricted_at"].is_string(), "{profile}");
    assert_eq!(profile["restriction"], Value::Null);
    let export = chat.export().await;
    assert!(
        export.contains(r#""restricted_at":"20"#),
        "the fan's copy says so"
    );

    chat.says("/privacy").await;
    chat.answered(2).await;
    chat.says("/unrestrict").await;
    chat.answered(3).await;
    chat.says("and now?").await;
    let answers = chat.answered(4).await;
    assert!(answers[3].contains(DEMO), "{answers:?}");
    assert_eq!(chat.prompts().await.len(), 1);
    assert_eq!(chat.profile().await["restricted_at"], Value::Null);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p28_the_teams_restriction_takes_the_draft_back_and_the_fan_does_not_end_it() {
    let chat = Chat::open("draft").await;
    chat.says("how was your day?").await;
    let path = format!("/api/v1/conversations/{}/draft", chat.conversation().await);
    let waits = async || {
        let draft = chat.creator.api.get(&path).await;
        (draft.status == 200).then_some(())
    };
    chat.world.soon("a draft waits", waits).await;
    let fan = chat.restrict(json!("reason-of-the-team")).await;
    assert_eq!(fan["restriction"]["reason"], "reason-of-the-team", "{fan}");
    let me = chat.creator.api.get("/api/v1/me").await.expect(200);
    assert_eq!(fan["restriction"]["by"], me["id"]);
    assert_eq!(chat.creator.api.get(&path).await.status, 404, "withdrawn");

    chat.says("/unrestrict").await;
    let told = chat.answered(1).await;
    assert!(told[0].contains("has restricted the use"), "{told:?}");
    chat.says("anyone?").await;
    assert_eq!(chat.quiet().await, told);
    assert_eq!(chat.prompts().await.len(), 1, "asked before, not since");
    assert_eq!(chat.writes().await.problem(409), "fan_restricted");
    assert!(chat.export().await.contains("reason-of-the-team"));
    let log = "/api/v1/audit?action=fan.restrict";
    let log = chat.creator.api.get(log).await.expect(200);
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(1), "{log}");

    let fan = chat.restrict(Value::Null).await;
    assert_eq!(fan["restriction"], Value::Null, "{fan}");
    chat.writes().await.expect(201);
    assert_eq!(chat.answered(2).await[1], "hi Robin");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p28_the_fans_own_restriction_takes_the_drafts_back_in_all_of_their_chats() {
    let chat = Chat::open("draft").await;
    let second = chat
        .creator
        .connect_bot(&chat.world, "second_test_bot")
        .await;
    let draft = json!({ "mode": "draft" });
    chat.creator.sofi(&second, &draft).await;
    chat.says("how was your day?").await;
    let elsewhere = "how was your night?";
    chat.fan.says(&chat.world, &second, elsewhere).await;
    let waiting = async || {
        let all = chat.creator.conversations().await;
        let drafts = all.iter().filter(|one| one["draft_since"].is_string());
        (all.len(), drafts.count())
    };
    let both = async || (waiting().await == (2, 2)).then_some(());
    chat.world.soon("a draft waits in both chats", both).await;
    chat.says("/restrict").await;
    chat.answered(1).await;
    assert_eq!(waiting().await, (2, 0));
    for conversation in chat.creator.conversations().await {
        let id = conversation["id"].as_str().expect("an id");
        let path = format!("/api/v1/conversations/{id}/draft");
        assert_eq!(chat.creator.api.get(&path).await.status, 404, "withdrawn");
    }
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p28_nobody_is_told_of_a_reply_that_came_too_late_for_a_fan_whose_data_is_only_kept() {
    let chat = Chat::open("auto").await;
    let owner = chat.world.person("Mira", "en").await;
    begin(&chat.world, &chat.creator.api, &chat.bot, &owner).await;
    chat.sender_works(false);
    chat.says("are you live tonight?").await;
    let reply = id(&chat.queued_reply().await);
    chat.restrict(json!("asked by mail")).await;
    chat.world.host.advance(time::Duration::minutes(20)).await;
    chat.sender_works(true);
    chat.tick().await;
    let path = format!(
        "/api/v1/conversations/{}/messages/{reply}/trace",
        chat.conversation().await
    );
    eventually("the reply is taken back as too late", async || {
        let trace = chat.creator.api.get(&path).await.expect(200);
        (trace["reason"] == "too_late").then_some(())
    })
    .await;
    assert!(chat.quiet().await.is_empty(), "stale words are not sent");
    let shown = chat.creator.conversation("Robin").await;
    assert_eq!(shown["needs_person_since"], Value::Null, "{shown}");
    let told = owner.sees(&chat.world, &chat.bot).await;
    let told = told.iter().filter(|(from_bot, _)| *from_bot);
    assert_eq!(told.count(), 1, "nothing since the link");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p31_who_wants_no_ai_costs_no_vendor_call_and_nobody_else_allows_one_again() {
    let chat = Chat::open("auto").await;
    chat.says("/noai").await;
    let told = chat.answered(1).await;
    chat.says("hello there").await;
    assert_eq!(chat.quiet().await, told);
    assert_eq!(chat.prompts().await, [""; 0], "no AI was asked");
    let mode = format!(
        "/api/v1/conversations/{}/ai-mode",
        chat.conversation().await
    );
    let refused = chat
        .creator
        .api
        .put(&mode, &json!({ "mode": "auto" }))
        .await;
    assert_eq!(refused.problem(409), "fan_refuses_ai");
    let off = chat.creator.api.put(&mode, &json!({ "mode": null })).await;
    off.expect(200);
    assert!(chat.profile().await["no_ai_at"].is_string());
    assert!(chat.export().await.contains(r#""no_ai_at":"20"#));

    chat.says("/ai").await;
    chat.answered(2).await;
    chat.says("and now?").await;
    let answers = chat.answered(3).await;
    assert!(answers[2].contains(DEMO), "{answers:?}");
    assert_eq!(chat.prompts().await.len(), 1);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p28_a_button_under_the_privacy_text_is_its_command_and_the_fans_alone() {
    let chat = Chat::open("off").await;
    chat.says("/privacy").await;
    let (number, carried) = chat.buttons("command:").await;
    let offered = ["export", "delete", "stop", "noai", "restrict"];
    assert_eq!(carried, offered.map(|name| format!("command:{name}")));

    let other = chat.world.person("Somebody", "en").await;
    let update = json!({ "callback_query": {
        "id": "4711", "chat_instance": "1", "data": "command:restrict",
        "from": { "id": other.id, "is_bot": false, "first_name": "Somebody" },
        "message": { "message_id": number, "date": 1_800_000_000, "text": "x",
            "chat": { "id": chat.fan.id, "type": "private", "first_name": "Robin" } },
    } });
    let path = format!("/bots/{}/updates", chat.bot.telegram_id);
    chat.world
        .telegram("POST", &path, json!({ "update": update }))
        .await;
    let before = chat.quiet().await;
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!(chat.profile().await["restricted_at"], Value::Null);

    let pressed = async |data: &str| press(&chat.world, &chat.bot, &chat.fan, number, data).await;
    pressed("command:stop").await;
    chat.answered(2).await;
    pressed("command:restrict").await;
    let told = chat.answered(3).await;
    assert!(told[2].contains("/unrestrict"), "{told:?}");
    let profile = chat.profile().await;
    assert!(profile["stopped_at"].is_string() && profile["restricted_at"].is_string());
    pressed("command:delete").await;
    chat.buttons("erase:").await;
    chat.world.host.stop().await;
}
