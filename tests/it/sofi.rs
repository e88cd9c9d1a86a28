//! Sofi answers a fan: honest, careful, interruptible.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually, eventually_within};

pub(crate) const DEMO: &str = "[Demo reply";
/// What a fan waits for an answer at most.
const WITHIN: Duration = Duration::from_secs(10);

/// A creator whose bot answers by itself, and a fan.
pub(crate) struct Chat {
    pub(crate) world: World,
    pub(crate) creator: Creator,
    pub(crate) bot: Bot,
    pub(crate) fan: Person,
}

impl Chat {
    pub(crate) async fn open(mode: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator("Mira Vale").await;
        let bot = creator.connect_bot(&world, "sofi_test_bot").await;
        creator.sofi(&bot, &json!({ "mode": mode })).await;
        let fan = world.person("Robin", "en").await;
        Self {
            world,
            creator,
            bot,
            fan,
        }
    }

    pub(crate) async fn says(&self, text: &str) {
        self.fan.says(&self.world, &self.bot, text).await;
    }

    /// What the bot has written, oldest first.
    pub(crate) async fn answers(&self) -> Vec<String> {
        let seen = self.fan.sees(&self.world, &self.bot).await;
        seen.into_iter()
            .filter_map(|(from_bot, text)| from_bot.then_some(text))
            .collect()
    }

    /// The bot's answers as soon as there are so many.
    pub(crate) async fn answered(&self, number: usize) -> Vec<String> {
        let answered = async || {
            let answers = self.answers().await;
            (answers.len() >= number).then_some(answers)
        };
        self.world.soon("the fan is answered", answered).await
    }

    pub(crate) async fn conversation(&self) -> String {
        let conversation = self.creator.conversation("Robin").await;
        conversation["id"].as_str().expect("an id").to_owned()
    }

    /// What this year's cases of distress came to.
    pub(crate) async fn care_counts(&self) -> Value {
        let year = self.world.now().year();
        let counts = format!("/api/v1/ai/care-counts?year={year}");
        self.creator.api.get(&counts).await.expect(200)
    }

    /// Prompts that reached a vendor, oldest first.
    pub(crate) async fn prompts(&self) -> Vec<String> {
        let log = self.world.ai("GET", "/log", Value::Null).await;
        let calls = log["calls"].as_array().expect("calls");
        calls
            .iter()
            .map(|call| call["request"].to_string())
            .collect()
    }

    /// Waits until a reply is being generated and held there.
    pub(crate) async fn held(&self) {
        let held = async || {
            let state = self.world.ai("GET", "/state", Value::Null).await;
            (state["held"] != json!([])).then_some(())
        };
        self.world.soon("a reply is held", held).await;
    }

    pub(crate) async fn hold(&self, hold: bool) {
        self.world
            .ai("PATCH", "/settings", json!({ "hold": hold }))
            .await;
    }

    /// Everything that Telegram was asked to send to this fan is there, and nothing more comes.
    pub(crate) async fn quiet(&self) -> Vec<String> {
        self.world.settled_soon().await;
        self.answers().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_is_answered_soon_and_told_that_an_ai_writes() {
    let chat = Chat::open("auto").await;
    chat.says("hello there").await;
    let first = eventually_within(
        WITHIN,
        "the fan is answered within ten seconds",
        async || {
            let answers = chat.answers().await;
            (!answers.is_empty()).then_some(answers)
        },
    )
    .await;
    assert!(
        first[0].contains("AI") && first[0].contains(DEMO),
        "{first:?}"
    );
    let conversation = chat.conversation().await;
    let messages = eventually("the reply is stored", async || {
        let messages = chat.creator.messages(&conversation).await;
        messages
            .iter()
            .any(|m| m["author"] == "ai" && m["delivery"] == "sent")
            .then_some(messages)
    })
    .await;
    let reply = messages
        .iter()
        .find(|m| m["author"] == "ai")
        .expect("a reply");
    let path = format!(
        "/api/v1/conversations/{conversation}/messages/{}/trace",
        reply["id"].as_str().expect("an id")
    );
    let trace = chat.creator.api.get(&path).await.expect(200);
    assert_eq!(
        (&trace["end"], &trace["vendor"]),
        (&json!("replied"), &json!("xai")),
        "{trace}"
    );
    assert!(
        !trace["rules_run"].as_array().expect("rules").is_empty(),
        "{trace}"
    );

    chat.says("and how are you?").await;
    let second = chat.answered(2).await;
    assert!(second[1].starts_with(DEMO), "disclosed once: {second:?}");
    chat.world.host.advance(time::Duration::hours(25)).await;
    chat.says("good morning").await;
    let third = chat.answered(3).await;
    assert!(
        !third[2].starts_with(DEMO) && third[2].contains("AI"),
        "again after a day: {third:?}"
    );

    // Ids and names of accounts stay here.
    let prompts = chat.prompts().await.join("\n");
    for never in [
        conversation.as_str(),
        &chat.fan.id.to_string(),
        &chat.bot.token,
        "sofi_test_bot",
    ] {
        assert!(!prompts.contains(never), "{never} stands in a prompt");
    }
    assert!(prompts.contains("\"store\":false"), "{prompts}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_quick_messages_get_one_answer_to_the_newest() {
    let chat = Chat::open("auto").await;
    for text in ["hi", "quick question", "do you like winter?"] {
        chat.says(text).await;
    }
    chat.answered(1).await;
    assert_eq!(chat.quiet().await.len(), 1);
    let prompts = chat.prompts().await;
    assert!(
        prompts.last().expect("a prompt").contains("winter"),
        "{prompts:?}"
    );
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_or_the_fan_stops_a_reply_that_is_being_written() {
    let chat = Chat::open("auto").await;
    chat.hold(true).await;
    chat.says("are we on for the stream?").await;
    chat.held().await;
    let conversation = chat.conversation().await;
    let taken = chat
        .creator
        .api
        .put(
            &format!("/api/v1/conversations/{conversation}/takeover"),
            &json!({}),
        )
        .await
        .expect(200);
    assert_eq!(taken["reason"], "person");
    chat.hold(false).await;
    assert!(chat.quiet().await.is_empty(), "nothing of Sofi's arrived");
    chat.creator.answer(&conversation, "yes, at eight!").await;
    assert_eq!(chat.answered(1).await, ["yes, at eight!"]);

    let release = format!("/api/v1/conversations/{conversation}/takeover");
    assert_eq!(chat.creator.api.delete(&release).await.status, 204);
    chat.hold(true).await;
    chat.says("which game?").await;
    chat.held().await;
    chat.says("/human").await;
    let told = chat.answered(2).await;
    assert!(told[1].contains("24 hours"), "{told:?}");
    chat.hold(false).await;
    assert_eq!(chat.quiet().await.len(), 2, "no AI after /human");
    let budget = chat.creator.api.get("/api/v1/ai/budget").await.expect(200);
    assert_eq!(
        budget["today"]["reserved_micro_usd"], 0,
        "nothing stays set aside: {budget}"
    );
    chat.says("hello?").await;
    assert_eq!(chat.quiet().await.len(), 2);
    let needs = chat.creator.conversation("Robin").await;
    assert!(needs["needs_person_since"].is_string(), "{needs}");

    // By itself, after the hours that the fan was told.
    chat.world.host.advance(time::Duration::hours(25)).await;
    chat.says("still there?").await;
    assert!(chat.answered(3).await[2].contains(DEMO));
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_while_a_reply_is_written_gets_an_answer_to_the_new_text() {
    let chat = Chat::open("auto").await;
    chat.hold(true).await;
    let said = chat
        .fan
        .says(&chat.world, &chat.bot, "do you like dogs?")
        .await;
    chat.held().await;
    let number = said["message"]["message_id"].as_i64().expect("a number");
    let edit = json!({ "act": "edit", "message_id": number, "text": "do you like otters?" });
    chat.fan.act(&chat.world, &chat.bot, edit).await;
    chat.world
        .ai("POST", "/wait", json!({ "held": 2, "timeout_ms": 60_000 }))
        .await;
    chat.hold(false).await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains("otters"), "{answers:?}");
    assert_eq!(chat.quiet().await.len(), 1);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_is_answered_by_people_and_by_no_model() {
    let chat = Chat::open("auto").await;
    chat.says("i dont want to live anymore").await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains("988"), "{answers:?}");
    chat.says("please say something").await;
    assert_eq!(chat.quiet().await.len(), 1);
    assert!(chat.prompts().await.is_empty(), "no vendor was asked");
    let conversation = chat.creator.conversation("Robin").await;
    assert_eq!(conversation["care"]["kind"], "self_harm", "{conversation}");
    assert!(conversation["needs_person_since"].is_string());

    let id = conversation["id"].as_str().expect("an id");
    let path = format!("/api/v1/conversations/{id}/care");
    assert_eq!(chat.creator.api.delete(&path).await.status, 204);
    chat.says("thank you, I am better today").await;
    assert!(chat.answered(2).await[1].contains(DEMO));
    let counts = chat.care_counts().await;
    assert!(counts.to_string().contains("self_harm"), "{counts}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_gets_a_considerate_line_once_and_a_person() {
    let chat = Chat::open("auto").await;
    chat.fan
        .act(
            &chat.world,
            &chat.bot,
            json!({ "act": "voice", "duration": 7 }),
        )
        .await;
    let answers = chat.answered(1).await;
    assert!(!answers[0].contains(DEMO), "{answers:?}");
    chat.fan
        .act(&chat.world, &chat.bot, json!({ "act": "photo" }))
        .await;
    assert_eq!(chat.quiet().await.len(), 1);
    let conversation = chat.creator.conversation("Robin").await;
    assert!(conversation["needs_person_since"].is_string());
    assert!(chat.prompts().await.is_empty());
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_both_vendors_down_people_answer_and_the_fan_hears_one_honest_line() {
    let chat = Chat::open("auto").await;
    chat.world
        .ai(
            "POST",
            "/faults",
            json!({ "fault": { "kind": "unavailable" } }),
        )
        .await;
    chat.says("hello?").await;
    let answers = chat.answered(1).await;
    assert!(!answers[0].contains(DEMO), "{answers:?}");
    for minutes in [10, 20, 30] {
        chat.world
            .host
            .advance(time::Duration::minutes(minutes))
            .await;
        chat.says(&format!("anyone here after {minutes}?")).await;
        assert_eq!(chat.quiet().await.len(), 1, "one line is enough");
    }
    let conversation = chat.conversation().await;
    chat.creator.answer(&conversation, "I am here now").await;
    assert_eq!(chat.answered(2).await[1], "I am here now");
    chat.world.ai("DELETE", "/faults", Value::Null).await;
    chat.world.host.advance(time::Duration::minutes(20)).await;
    assert_eq!(
        chat.quiet().await.len(),
        2,
        "the backlog is not answered late"
    );
    chat.says("good night").await;
    let answers = chat.answered(3).await;
    assert!(answers[2].contains("good night"), "{answers:?}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_budget_asks_nobody_and_leaves_people_free() {
    let chat = Chat::open("auto").await;
    let stop =
        json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 0, "daily_tokens": 1_000 });
    chat.creator
        .api
        .put("/api/v1/ai/budget", &stop)
        .await
        .expect(200);
    let begun = chat.creator.api.get("/api/v1/sync").await.expect(200);
    let since = format!(
        "/api/v1/sync?cursor={}",
        begun["cursor"].as_str().expect("a cursor")
    );
    chat.says("hello?").await;
    let answers = chat.answered(1).await;
    assert!(!answers[0].contains(DEMO), "{answers:?}");
    assert!(chat.prompts().await.is_empty());
    let budget = chat.creator.api.get("/api/v1/ai/budget").await.expect(200);
    assert_eq!(budget["reached"], true, "{budget}");
    eventually("the feed tells of it", async || {
        let feed = chat.creator.api.get(&since).await.expect(200);
        feed.to_string().contains("budget.reached").then_some(())
    })
    .await;
    let conversation = chat.conversation().await;
    chat.creator.answer(&conversation, "a person").await;
    assert_eq!(chat.answered(2).await[1], "a person");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_the_creator_disabled_is_never_asked() {
    let chat = Chat::open("auto").await;
    chat.creator
        .api
        .put("/api/v1/ai/budget", &json!({ "vendors": ["groq"], "daily_cost_micro_usd": 5_000_000, "daily_tokens": 1_000_000 }))
        .await
        .expect(200);
    chat.world
        .ai(
            "POST",
            "/faults",
            json!({ "vendor": "groq", "count": 1, "fault": { "kind": "server_error" } }),
        )
        .await;
    chat.says("hello").await;
    chat.answered(1).await;
    chat.world.settled().await;
    let counters = chat.world.ai("GET", "/counters", Value::Null).await;
    assert_eq!(counters["xai"]["calls"], 0, "{counters}");
    assert!(counters["groq"]["calls"].as_u64() > Some(0), "{counters}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_fan_told_is_remembered_shown_and_forgotten() {
    let chat = Chat::open("auto").await;
    chat.tells_of_an_otter().await;
    let fan = chat.creator.conversation("Robin").await["fan_id"]
        .as_str()
        .expect("a fan")
        .to_owned();
    let path = format!("/api/v1/fans/{fan}/facts");
    let facts = chat.creator.api.get(&path).await.expect(200);
    let log = chat.world.ai("GET", "/log", Value::Null).await;
    assert_eq!(
        facts["facts"][0]["text"], "Has a pet otter called Bo",
        "{facts} {}",
        log["calls"][0]["answer"]
    );
    assert_eq!(facts["facts"][0]["confidence"], 90);
    chat.says("what should we play?").await;
    chat.answered(2).await;
    let with = chat.prompts().await.pop().expect("a prompt");
    assert!(with.contains("pet otter called Bo"), "{with}");

    chat.says("/forget").await;
    chat.answered(3).await;
    let facts = chat.creator.api.get(&path).await.expect(200);
    assert_eq!(facts["facts"], json!([]));
    chat.says("and now?").await;
    chat.answered(4).await;
    let without = chat.prompts().await.pop().expect("a prompt");
    assert!(!without.contains("Has a pet otter"), "{without}");
    chat.world.host.stop().await;
}
