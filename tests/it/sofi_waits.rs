//! What becomes of a fan's message that nobody answers at once: a person who took over and went, a sender that stood
//! still, a question that must not wait for anybody.

use serde_json::{Value, json};
use tests::eventually;

use crate::journey_alerts::{alert, begin};
use crate::sofi::{Chat, DEMO};

/// How long Telegram takes nothing, and when that is over.
const BLOCK_SECONDS: i64 = 600;
const BLOCK_MINUTES: i64 = 11;

impl Chat {
    /// What Sofi does in the bot's chats from now on.
    async fn set(&self, mode: &str) {
        self.creator.sofi(&self.bot, &json!({ "mode": mode })).await;
    }

    async fn take_over(&self, minutes: u32) {
        let path = format!(
            "/api/v1/conversations/{}/takeover",
            self.conversation().await
        );
        let wanted = json!({ "minutes": minutes });
        self.creator.api.put(&path, &wanted).await.expect(200);
    }

    /// Lets the sender work, or stand still.
    pub(crate) fn sender_works(&self, works: bool) {
        let sources = self.world.host.sources();
        let states = sources.states();
        let doorbell = states
            .iter()
            .find(|source| source.mapping.queue_arn.ends_with("doorbell.fifo"));
        let doorbell = &doorbell.expect("the sender's queue").mapping.id;
        sources.set_running(doorbell, works);
    }

    /// Sofi's reply, as soon as it waits in the outbox.
    pub(crate) async fn queued_reply(&self) -> Value {
        let conversation = self.conversation().await;
        let queued = async || {
            let messages = self.creator.messages(&conversation).await;
            messages
                .into_iter()
                .find(|message| message["author"] == "ai" && message["delivery"] == "queued")
        };
        self.world.soon("the reply is queued", queued).await
    }

    /// The fan writes, and Telegram takes the reply to it only after so many seconds.
    pub(crate) async fn refused(&self, text: &str, seconds: i64) {
        let bot = self.bot.telegram_id;
        let path = format!("/log?bot={bot}&method=sendMessage&status=429");
        let refusals = async || {
            let log = self.world.telegram("GET", &path, Value::Null).await;
            log["calls"].as_array().expect("calls").len()
        };
        let before = refusals().await;
        let fault = json!({ "kind": "too_many_requests", "retry_after": seconds });
        let rule = json!({ "bot": bot, "method": "sendMessage", "count": 1, "fault": fault });
        self.world.telegram("POST", "/faults", rule).await;
        self.says(text).await;
        let refused = async || (refusals().await > before).then_some(());
        self.world.soon("Telegram has said wait", refused).await;
    }

    pub(crate) async fn tick(&self) {
        let path = "/__local/functions/operations.tick/invoke";
        let invoked = self.world.api().post(path, &json!({})).await;
        assert_eq!(invoked.status, 200, "{}", invoked.body);
    }

    pub(crate) async fn advance(&self, minutes: i64) {
        self.world
            .host
            .advance(time::Duration::minutes(minutes))
            .await;
        self.tick().await;
    }

    async fn person_is_asked_for(&self) {
        eventually("a person is asked for", async || {
            let shown = self.creator.conversation("Robin").await;
            shown["needs_person_since"].is_string().then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_fan_writes_to_a_person_who_never_answers_does_not_wait_in_silence() {
    let chat = Chat::open("auto").await;
    chat.says("hi").await;
    chat.answered(1).await;
    chat.take_over(5).await;
    chat.says("which game tonight?").await;
    assert_eq!(chat.quiet().await.len(), 1, "a person has the chat");
    chat.advance(6).await;
    let answers = chat.answered(2).await;
    assert!(answers[1].contains(DEMO), "Sofi goes on: {answers:?}");

    chat.take_over(60).await;
    chat.says("and now?").await;
    assert_eq!(chat.quiet().await.len(), 2);
    let release = format!(
        "/api/v1/conversations/{}/takeover",
        chat.conversation().await
    );
    assert_eq!(chat.creator.api.delete(&release).await.status, 204);
    chat.advance(1).await;
    assert!(chat.answered(3).await[2].contains("and now?"));

    chat.take_over(30).await;
    chat.says("hello?").await;
    assert_eq!(chat.quiet().await.len(), 3);
    chat.advance(31).await;
    chat.person_is_asked_for().await;
    assert_eq!(
        chat.quiet().await.len(),
        3,
        "too late for an answer of Sofi"
    );
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_waited_out_a_sender_that_stood_still_is_not_sent_late() {
    let chat = Chat::open("auto").await;
    let owner = chat.world.person("Mira", "en").await;
    begin(&chat.world, &chat.creator.api, &chat.bot, &owner).await;
    chat.sender_works(false);
    chat.says("are you live tonight?").await;
    chat.queued_reply().await;
    chat.world.host.advance(time::Duration::minutes(20)).await;
    chat.sender_works(true);
    chat.tick().await;
    chat.person_is_asked_for().await;
    alert(&chat.world, &chat.bot, &owner, "are you live tonight?").await;
    assert!(chat.quiet().await.is_empty(), "stale words are not sent");
    chat.says("good night").await;
    assert!(chat.answered(1).await[0].contains("good night"));
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_until_telegram_takes_it_is_not_sent_where_sofi_answers_by_itself_no_longer() {
    let chat = Chat::open("auto").await;
    for (mode, text) in [("off", "are you live tonight?"), ("draft", "good night")] {
        chat.set("auto").await;
        chat.refused(text, BLOCK_SECONDS).await;
        chat.set(mode).await;
        chat.advance(BLOCK_MINUTES).await;
        chat.person_is_asked_for().await;
        assert!(chat.quiet().await.is_empty(), "{mode}");
    }
    let conversation = chat.conversation().await;
    let messages = chat.creator.messages(&conversation).await;
    let sofis = messages.iter().find(|message| message["author"] == "ai");
    assert!(sofis.is_none(), "nothing waits any more: {messages:?}");

    // The truth about who writes leaves in draft mode too, and what a chat says of itself counts before its bot.
    chat.refused("are you a bot?", BLOCK_SECONDS).await;
    chat.advance(BLOCK_MINUTES).await;
    assert!(chat.answered(1).await[0].contains("AI assistant"));
    let path = format!("/api/v1/conversations/{conversation}/ai-mode");
    let own = json!({ "mode": "auto" });
    chat.creator.api.put(&path, &own).await.expect(200);
    chat.refused("and what about the weekend?", BLOCK_SECONDS)
        .await;
    chat.advance(BLOCK_MINUTES).await;
    assert!(chat.answered(2).await[1].contains("weekend"));
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_is_being_written_when_only_drafts_are_wanted_waits_as_a_draft() {
    let chat = Chat::open("auto").await;
    chat.hold(true).await;
    chat.says("are you live tonight?").await;
    chat.held().await;
    chat.set("draft").await;
    chat.hold(false).await;
    let path = format!("/api/v1/conversations/{}/draft", chat.conversation().await);
    let waits = async || {
        let answer = chat.creator.api.get(&path).await;
        (answer.status == 200).then_some(answer.body)
    };
    let draft = chat.world.soon("a draft waits", waits).await;
    let text = draft["text"].as_str().expect("a text");
    assert!(text.starts_with(DEMO), "no line in front yet: {text}");
    assert!(chat.quiet().await.is_empty(), "nothing leaves by itself");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_whether_it_is_a_bot_is_told_at_once_in_draft_mode_and_in_care_mode() {
    let chat = Chat::open("draft").await;
    chat.says("are you a bot?").await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains("AI assistant"), "{answers:?}");
    chat.says("i want to kill myself").await;
    let answers = chat.answered(2).await;
    assert!(!answers[1].contains("AI assistant"), "{answers:?}");
    chat.says("is this even a real person?").await;
    let answers = chat.answered(3).await;
    assert!(answers[2].contains("AI assistant"), "{answers:?}");
    assert!(chat.prompts().await.is_empty(), "no model is asked");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_through_a_disconnected_bot_is_refused_with_what_to_do() {
    let chat = Chat::open("off").await;
    chat.says("hi").await;
    let conversation = chat.conversation().await;
    let bot = format!("/api/v1/bots/{}", chat.bot.id);
    assert!(chat.creator.api.delete(&bot).await.status < 300);
    let path = format!("/api/v1/conversations/{conversation}");
    let api = &chat.creator.api;
    let sent = api
        .post(&format!("{path}/messages"), &json!({ "text": "hi" }))
        .await;
    assert_eq!(sent.problem(409), "bot_disconnected");
    let typed = api.post(&format!("{path}/typing"), &json!({})).await;
    assert_eq!(typed.problem(409), "bot_disconnected");
    chat.world.host.stop().await;
}
