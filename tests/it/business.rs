//! Telegram Business: the chats of an account whose owner lets the bot take part.

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::exports::sections;
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, download, id, ready};

/// A creator's own account, connected to the creator's bot, and a fan who writes to it.
struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
    owner: Person,
    fan: Person,
}

impl Desk {
    async fn open(name: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "business_test_bot").await;
        let owner = world.person("Mira", "en").await;
        let fan = world.person("Robin", "en").await;
        let desk = Self {
            world,
            creator,
            bot,
            owner,
            fan,
        };
        desk.owner_does(json!({ "act": "connect_business" })).await;
        desk.world.settled().await;
        desk
    }

    async fn owner_does(&self, act: Value) -> Value {
        self.owner.act(&self.world, &self.bot, act).await
    }

    /// The fan writes to the owner's account.
    async fn fan_says(&self, text: &str) -> i64 {
        let act = json!({ "act": "text", "business": self.owner.id, "text": text });
        let done = self.fan.act(&self.world, &self.bot, act).await;
        done["message"]["message_id"].as_i64().expect("a number")
    }

    /// The owner writes to the fan from the owner's phone.
    async fn owner_says(&self, text: &str) -> i64 {
        let act =
            json!({ "act": "text", "business": self.owner.id, "to": self.fan.id, "text": text });
        let done = self.owner_does(act).await;
        done["message"]["message_id"].as_i64().expect("a number")
    }

    async fn accounts(&self) -> Vec<Value> {
        let path = format!("/api/v1/bots/{}/business-accounts", self.bot.id);
        let page = self.creator.api.get(&path).await.expect(200);
        page["business_accounts"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// What the fan's chat with the owner shows, oldest first.
    async fn transcript(&self) -> Vec<String> {
        let path = format!(
            "/bots/{}/business/{}/chats/{}",
            self.bot.telegram_id, self.owner.id, self.fan.id
        );
        let chat = self.world.telegram("GET", &path, Value::Null).await;
        let shown = chat["messages"].as_array().expect("a transcript").iter();
        shown
            .map(|entry| {
                entry["message"]["text"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    }

    /// Waits until the fan's chat with the owner shows a text that contains this.
    async fn shows(&self, part: &str) -> String {
        eventually(&format!("the fan reads {part:?}"), async || {
            self.transcript()
                .await
                .into_iter()
                .find(|text| text.contains(part))
        })
        .await
    }

    /// The account's conversation and its address.
    async fn conversation(&self) -> (Value, String) {
        let conversation = self.creator.conversation("Robin").await;
        let path = format!(
            "/api/v1/conversations/{}",
            conversation["id"].as_str().expect("an id")
        );
        (conversation, path)
    }

    async fn stored(&self) -> Vec<Value> {
        let (conversation, _) = self.conversation().await;
        self.creator
            .messages(conversation["id"].as_str().expect("an id"))
            .await
    }

    /// Every prompt that a vendor was sent.
    async fn prompts(&self) -> Vec<Value> {
        let log = self.world.ai("GET", "/log", Value::Null).await;
        log["calls"].as_array().expect("a log").clone()
    }

    /// The account's owner writes to the bot itself.
    async fn orders(&self, word: &str) {
        self.owner.says(&self.world, &self.bot, word).await;
        let allowed = word == "/allow_ai";
        eventually("the owner's word is kept", async || {
            let ai = self.accounts().await[0]["ai"].clone();
            (ai.is_null() != allowed).then_some(())
        })
        .await;
    }

    async fn sofi(&self, mode: &str) {
        let account = self.accounts().await[0]["id"].clone();
        let path = format!(
            "/api/v1/bots/{}/business-accounts/{}",
            self.bot.id,
            account.as_str().expect("an id")
        );
        let lets = json!({ "sofi": true });
        self.creator.api.patch(&path, &lets).await.expect(200);
        self.creator.sofi(&self.bot, &json!({ "mode": mode })).await;
        let script = json!({ "match": "winter", "reply": "I love winter." });
        self.world.ai("POST", "/replies", script).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accounts_chats_are_stored_once_and_answered_in_the_owners_name() {
    let desk = Desk::open("Mira Vale").await;
    let accounts = desk.accounts().await;
    let [account] = accounts.as_slice() else {
        panic!("one account: {accounts:?}")
    };
    assert_eq!(
        (&account["state"], &account["name"]),
        (&json!("connected"), &json!("Mira"))
    );
    assert_eq!(account["ai"], Value::Null);
    let told = desk.owner.sees(&desk.world, &desk.bot).await;
    assert!(
        told.iter()
            .any(|(of_bot, text)| *of_bot && text.contains("/allow_ai")),
        "{told:?}"
    );

    desk.fan_says("hello Mira").await;
    let (conversation, path) = desk.conversation().await;
    assert_eq!(conversation["business_account_id"], account["id"]);
    let id = conversation["id"].as_str().expect("an id");
    desk.creator.answer(id, "hi Robin").await;
    desk.shows("hi Robin").await;
    desk.fan
        .says(&desk.world, &desk.bot, "and to the bot")
        .await;
    desk.world.settled().await;
    let shown: Vec<Value> = desk.creator.messages(id).await;
    let texts: Vec<_> = shown
        .iter()
        .map(|message| message["text"].as_str())
        .collect();
    assert_eq!(
        texts,
        [Some("hi Robin"), Some("hello Mira")],
        "Telegram's echo is no message"
    );
    let all = desk.creator.conversations().await;
    let of_fan: Vec<_> = all
        .iter()
        .filter(|entry| entry["name"] == "Robin")
        .collect();
    assert_eq!(
        of_fan.len(),
        2,
        "the bot's own chat is another conversation"
    );
    assert_eq!(of_fan[0]["fan_id"], of_fan[1]["fan_id"]);
    assert!(path.ends_with(id));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_vendor_sees_an_accounts_chat_before_its_owner_and_the_fan_know() {
    let desk = Desk::open("Lena Storm").await;
    desk.sofi("auto").await;
    desk.fan_says("CANARY-ONE do you like winter?").await;
    desk.world.settled().await;
    assert_eq!(desk.transcript().await.len(), 1, "nothing writes by itself");

    // Anybody else's word is an ordinary message.
    desk.fan.says(&desk.world, &desk.bot, "/allow_ai").await;
    desk.world.settled().await;
    assert_eq!(desk.accounts().await[0]["ai"], Value::Null);
    desk.owner.says(&desk.world, &desk.bot, "/allow_ai").await;
    desk.world.settled().await;
    assert!(desk.accounts().await[0]["ai"]["authorised_at"].is_string());

    desk.fan_says("CANARY-TWO and winter sports?").await;
    let notice = desk.shows("/human").await;
    desk.world.settled().await;
    assert!(
        desk.prompts()
            .await
            .iter()
            .all(|prompt| !prompt.to_string().contains("CANARY"))
    );
    desk.fan_says("so, winter?").await;
    desk.shows("I love winter.").await;
    desk.world.settled().await;
    let prompts = desk.prompts().await;
    assert!(
        prompts
            .iter()
            .any(|prompt| prompt.to_string().contains("so, winter?"))
    );
    assert!(
        prompts
            .iter()
            .all(|prompt| !prompt.to_string().contains("CANARY")),
        "from before the notice"
    );
    let transcript = desk.transcript().await;
    assert_eq!(
        transcript.iter().filter(|text| **text == notice).count(),
        1,
        "told once"
    );

    desk.owner.says(&desk.world, &desk.bot, "/forbid_ai").await;
    desk.world.settled().await;
    let asked = desk.prompts().await.len();
    desk.fan_says("and winter again?").await;
    desk.world.settled().await;
    assert_eq!(
        desk.prompts().await.len(),
        asked,
        "the owner's word ended it"
    );
    assert_eq!(desk.accounts().await[0]["ai"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a03_what_an_ai_wrote_leaves_in_an_accounts_chat_only_while_its_owner_allows_it() {
    let desk = Desk::open("Rosa Feld").await;
    desk.sofi("draft").await;
    desk.orders("/allow_ai").await;
    desk.fan_says("hello").await;
    desk.shows("/human").await;
    desk.world.settled().await;
    let seen = desk.fan_says("do you like winter?").await.to_string();
    let (conversation, path) = desk.conversation().await;
    let api = &desk.creator.api;
    let draft = eventually("a draft waits", async || {
        let answer = api.get(&format!("{path}/draft")).await;
        (answer.status == 200).then_some(answer.body)
    })
    .await;
    desk.orders("/forbid_ai").await;
    let approvals = format!("{path}/draft/approvals");
    let approval = json!({ "rev": draft["rev"], "last_seen_message_id": seen });
    let refused = api.post(&approvals, &approval).await;
    assert_eq!(refused.problem(409), "ai_not_authorised");
    let copied = json!({ "text": draft["text"], "last_seen_message_id": seen });
    let refused = api.post(&format!("{path}/messages"), &copied).await;
    assert_eq!(refused.problem(409), "ai_not_authorised");

    // The owner's word goes while an approved text waits to be sent.
    desk.orders("/allow_ai").await;
    desk.world.settled().await;
    let host = desk.world.api();
    let sender = |word: &str| format!("/__local/functions/workers.sender/{word}");
    host.post(&sender("pause"), &json!({})).await.expect(200);
    api.post(&approvals, &approval).await.expect(201);
    desk.orders("/forbid_ai").await;
    host.post(&sender("resume"), &json!({})).await.expect(200);
    desk.world.settled().await;
    let stored = desk.stored().await;
    let unsent = stored.iter().find(|message| message["id"] == draft["id"]);
    assert_eq!(unsent.expect("it is shown")["failure"], "ai_not_authorised");
    let id = conversation["id"].as_str().expect("an id");
    desk.creator.answer(id, "Snow is what I like.").await;
    desk.shows("Snow is what I like.").await;
    let transcript = desk.transcript().await;
    assert!(
        transcript.iter().all(|text| !text.contains("winter.")),
        "{transcript:?}"
    );
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_writes_counts_as_a_persons_answer_and_silences_sofi() {
    let desk = Desk::open("Nora Field").await;
    desk.sofi("auto").await;
    desk.owner.says(&desk.world, &desk.bot, "/allow_ai").await;
    desk.world.settled().await;
    desk.fan_says("hello").await;
    desk.shows("/human").await;
    desk.world.settled().await;
    desk.owner_says("back in a minute").await;
    desk.world.settled().await;
    let (conversation, _) = desk.conversation().await;
    assert_eq!(conversation["unanswered"], 0);
    assert_eq!(conversation["hold"]["reason"], "person");
    assert_eq!(conversation["snippet"], "back in a minute");
    let newest = desk.stored().await[0].clone();
    assert_eq!(
        (&newest["author"], &newest["delivery"]),
        (&json!("person"), &json!("sent"))
    );
    let asked = desk.prompts().await.len();
    desk.fan_says("do you like winter?").await;
    desk.world.settled().await;
    assert_eq!(desk.prompts().await.len(), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_in_telegram_is_gone_here_and_an_old_chat_is_closed() {
    let desk = Desk::open("Ines Brook").await;
    let secret = desk.fan_says("my address is CANARY street").await;
    let edited = desk.fan_says("I meen it").await;
    let edit = json!({ "act": "edit", "business": desk.owner.id, "message_id": edited, "text": "I mean it" });
    desk.fan.act(&desk.world, &desk.bot, edit).await;
    desk.world.settled().await;
    assert_eq!(desk.stored().await[0]["text"], "I mean it");
    let delete = json!({ "act": "delete_messages", "business": desk.owner.id, "message_ids": [secret, edited] });
    desk.fan.act(&desk.world, &desk.bot, delete).await;
    desk.world.settled().await;
    let stored = desk.stored().await;
    assert!(
        stored.iter().all(|message| message["kind"] == "deleted"),
        "{stored:?}"
    );
    assert!(!json!(stored).to_string().contains("CANARY"));
    let (conversation, path) = desk.conversation().await;
    assert_eq!(conversation["snippet"], "");

    desk.world.host.advance(time::Duration::hours(24)).await;
    let body = json!({ "text": "still there?" });
    let api = desk.creator.log_in(&desk.world).await;
    let refused = api.post(&format!("{path}/messages"), &body).await;
    assert_eq!(refused.problem(409), "business_chat_closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_refuses_chats_that_are_not_its_own() {
    let desk = Desk::open("Olga Reed").await;
    let account = desk.accounts().await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/api/v1/bots/{}/business-accounts/{account}", desk.bot.id);
    let api = &desk.creator.api;
    let declined = api
        .patch(&path, &json!({ "stored": false }))
        .await
        .expect(200);
    assert_eq!(declined["state"], "declined");
    desk.fan_says("not for you").await;
    desk.world.settled().await;
    assert!(
        desk.creator
            .conversations()
            .await
            .iter()
            .all(|entry| entry["name"] != "Robin")
    );
    api.patch(&path, &json!({ "stored": true }))
        .await
        .expect(200);
    desk.fan_says("for you").await;
    assert_eq!(desk.stored().await[0]["text"], "for you");
    assert_eq!(
        api.patch(&path, &json!({})).await.problem(400),
        "invalid_input"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_connected_before_the_bot_was_is_asked_for_on_replay() {
    let world = World::start().await;
    let creator = world.creator("Pia Lund").await;
    let made = json!({ "username": "early_test_bot", "first_name": "Early" });
    let made = world.telegram("POST", "/bots", made).await;
    let (owner, fan) = (
        world.person("Pia", "en").await,
        world.person("Robin", "en").await,
    );
    let early = Bot {
        id: String::new(),
        telegram_id: made["id"].as_i64().expect("an id"),
        username: "early_test_bot".into(),
        token: made["token"].as_str().expect("a token").into(),
    };
    owner
        .act(
            &world,
            &early,
            json!({ "act": "connect_business", "deliver": false }),
        )
        .await;
    let body = json!({ "token": made["message"] });
    let connected = creator.api.post("/api/v1/bots", &body).await.expect(201);
    let id = connected["id"].as_str().expect("an id");
    let act = json!({ "act": "text", "business": owner.id, "text": "hello" });
    fan.act(&world, &early, act).await;
    let path = format!("/api/v1/bots/{id}/parked-updates");
    let parked = eventually("it is kept where a person sees it", async || {
        let page = creator.api.get(&path).await.expect(200);
        page["parked_updates"]
            .as_array()
            .expect("a list")
            .first()
            .cloned()
    })
    .await;
    assert_eq!(parked["reason"], "business_connection_unknown");
    let replay = format!("{path}/{}/replays", parked["id"].as_str().expect("an id"));
    creator.api.post(&replay, &json!({})).await.expect(202);
    let conversation = creator.conversation("Robin").await;
    assert!(conversation["business_account_id"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_is_connected_finds_it_in_their_copy_and_nobody_else_does() {
    let desk = Desk::open("Mira Vale").await;
    let api = &desk.creator.api;
    desk.owner.says(&desk.world, &desk.bot, "hello, bot").await;
    desk.fan_says("hello, Mira").await;
    for (name, records) in [("Mira", 1), ("Robin", 0)] {
        let fan = desk.creator.conversation(name).await["fan_id"].clone();
        desk.world.settled().await;
        prove(api, None).await;
        let export = api.post(EXPORTS, &json!({ "fan_id": fan })).await;
        let export = id(&export.expect(202));
        ready(api, &export).await;
        let copy = sections(&download(api, &export).await);
        for section in ["business_account", "business_link"] {
            let lines = copy.get(section).map_or("", String::as_str);
            assert_eq!(lines.lines().count(), records, "{section} of {name}");
        }
    }
    desk.world.host.stop().await;
}
