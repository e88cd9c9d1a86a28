//! A fan in distress: the team hears of it by its name whatever it has heard before, and what waits for the fan is withdrawn.

mod elsewhere;

use serde_json::{Value, json};
use tests::{Person, eventually};

use crate::journey_access::prove;
use crate::journey_alerts::{alert, begin};
use crate::journey_closing::{CLOSING, stopped};
use crate::sofi::Chat;

const DISTRESS: &str = "i want to kill myself";

/// A chat whose creator hears of it in Telegram.
pub(crate) async fn heard(mode: &str) -> (Chat, Person) {
    let chat = Chat::open(mode).await;
    let owner = chat.world.person("Mira", "en").await;
    begin(&chat.world, &chat.creator.api, &chat.bot, &owner).await;
    (chat, owner)
}

/// What the owner has been told of Robin, oldest first.
pub(crate) async fn told(chat: &Chat, owner: &Person) -> Vec<String> {
    let seen = owner.sees(&chat.world, &chat.bot).await;
    seen.into_iter()
        .filter(|(from_bot, text)| *from_bot && text.contains("Robin"))
        .map(|(_, text)| text)
        .collect()
}

/// The fan says so: one more alert than before, and it says what it is about.
async fn is_told_anew(chat: &Chat, owner: &Person) {
    let before = told(chat, owner).await;
    chat.says(DISTRESS).await;
    let newest = eventually("the owner hears of it", async || {
        let mut now = told(chat, owner).await;
        (now.len() > before.len()).then(|| now.pop()).flatten()
    })
    .await;
    let words = newest.to_lowercase();
    assert!(words.contains("distress"), "it names care: {newest}");
    chat.world.settled().await;
    assert_eq!(told(chat, owner).await.len(), before.len() + 1, "once");
    let shown = chat.creator.conversation("Robin").await;
    assert_eq!(shown["care"]["kind"], "self_harm", "{shown}");
    assert!(shown["needs_person_since"].is_string(), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_is_told_anew_though_the_fan_has_asked_for_a_person_before() {
    let (chat, owner) = heard("auto").await;
    chat.says("/human").await;
    alert(&chat.world, &chat.bot, &owner, "asks for a person").await;
    is_told_anew(&chat, &owner).await;
    assert!(chat.prompts().await.is_empty());
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_is_reminded_of_distress_though_its_workspace_is_being_closed() {
    let (chat, owner) = heard("off").await;
    is_told_anew(&chat, &owner).await;
    let conversation = chat.conversation().await;
    prove(&chat.creator.api, None).await;
    let closed = chat.creator.api.post(CLOSING, &json!({})).await;
    closed.expect(202);
    stopped(&chat.creator, &chat.bot).await;
    chat.world.settled().await;
    let before = told(&chat, &owner).await.len();
    let answered = chat.creator.messages(&conversation).await;
    chat.world.host.advance(time::Duration::minutes(17)).await;
    eventually("the owner is reminded", async || {
        (told(&chat, &owner).await.len() > before).then_some(())
    })
    .await;
    assert_eq!(chat.creator.messages(&conversation).await, answered);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_is_told_where_only_people_answer() {
    let (chat, owner) = heard("off").await;
    chat.says("hello").await;
    alert(&chat.world, &chat.bot, &owner, "hello").await;
    is_told_anew(&chat, &owner).await;
    let answers = chat.answered(1).await;
    assert!(answers[0].contains("988"), "{answers:?}");
    chat.world.host.stop().await;
}

/// Nothing is sent until the word is `resume`.
async fn sender(chat: &Chat, word: &str) {
    let path = format!("/__local/functions/workers.sender/{word}");
    chat.world.api().post(&path, &json!({})).await.expect(200);
}

/// The fan is in distress while an AI's words wait in the outbox, and hears the caring text alone.
async fn hears_care_alone(chat: &Chat) {
    chat.says(DISTRESS).await;
    eventually("the chat is in care mode", async || {
        let shown = chat.creator.conversation("Robin").await;
        shown["care"].is_object().then_some(())
    })
    .await;
    sender(chat, "resume").await;
    chat.answered(1).await;
    let answers = chat.quiet().await;
    assert!(
        answers.len() == 1 && answers[0].contains("988"),
        "{answers:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_a_reply_that_waits_in_the_outbox_is_withdrawn_when_the_fan_is_in_distress() {
    let chat = Chat::open("auto").await;
    sender(&chat, "pause").await;
    chat.says("which games do you like?").await;
    let conversation = chat.conversation().await;
    let reply = eventually("a reply waits", async || {
        let messages = chat.creator.messages(&conversation).await;
        let mut waiting = messages.into_iter();
        waiting.find(|message| message["author"] == "ai" && message["delivery"] == "queued")
    })
    .await;
    hears_care_alone(&chat).await;
    let path = format!(
        "/api/v1/conversations/{conversation}/messages/{}/trace",
        reply["id"].as_str().expect("an id")
    );
    let trace = chat.creator.api.get(&path).await.expect(200);
    assert_eq!(
        (&trace["end"], &trace["reason"]),
        (&json!("handed_over"), &json!("care")),
        "{trace}"
    );
    assert_eq!(trace["vendor"], "xai");
    let none: Vec<Value> = chat.creator.messages(&conversation).await;
    assert!(
        none.iter().all(|message| message["id"] != reply["id"]),
        "{none:?}"
    );
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_an_approved_draft_is_shown_as_not_sent_when_the_fan_is_in_distress_before_it_leaves() {
    let chat = Chat::open("draft").await;
    chat.says("which games do you like?").await;
    let conversation = chat.conversation().await;
    let path = format!("/api/v1/conversations/{conversation}/draft");
    let draft = eventually("a draft waits", async || {
        let answer = chat.creator.api.get(&path).await;
        (answer.status == 200).then_some(answer.body)
    })
    .await;
    sender(&chat, "pause").await;
    let approval = json!({ "rev": draft["rev"] });
    let approvals = format!("{path}/approvals");
    let approved = chat.creator.api.post(&approvals, &approval).await;
    approved.expect(201);
    hears_care_alone(&chat).await;
    let messages = chat.creator.messages(&conversation).await;
    let unsent = messages.iter().find(|message| message["id"] == draft["id"]);
    assert_eq!(unsent.expect("it is shown")["failure"], "care");
    chat.world.host.stop().await;
}

/// The kind of care that the team sees, as soon as there is one.
pub(crate) async fn cared_for(chat: &Chat) -> Value {
    eventually("the chat is in care mode", async || {
        let shown = chat.creator.conversation("Robin").await;
        let kind = shown["care"]["kind"].clone();
        (kind.is_string() && shown["needs_person_since"].is_string()).then_some(kind)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_behind_a_command_begins_care_mode_and_the_command_is_carried_out() {
    let (chat, owner) = heard("auto").await;
    chat.says("/stop i want to die, nobody cares").await;
    alert(&chat.world, &chat.bot, &owner, "distress").await;
    let answers = chat.answered(2).await;
    let says = |words: &str| answers.iter().any(|answer| answer.contains(words));
    assert!(says("no more advertising") && says("988"), "{answers:?}");
    assert_eq!(cared_for(&chat).await, "self_harm");
    chat.says("are you there?").await;
    assert_eq!(chat.quiet().await.len(), 2);
    assert!(chat.prompts().await.is_empty(), "no vendor was asked");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_a_person_and_who_writes_in_one_message_is_told_the_truth() {
    let chat = Chat::open("auto").await;
    chat.says("/human are you a bot?").await;
    let answers = chat.answered(2).await;
    // What a command answers and what is said of Sofi stand in lanes of their own.
    let says = |words: &str| answers.iter().any(|answer| answer.contains(words));
    assert!(says("24 hours") && says("an AI assistant"), "{answers:?}");
    assert_eq!(chat.quiet().await.len(), 2);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_distress_in_two_quick_messages_is_answered_by_no_model_in_any_mode() {
    for mode in ["auto", "draft", "off"] {
        let (chat, owner) = heard(mode).await;
        chat.says("i wanna").await;
        chat.says("die").await;
        alert(&chat.world, &chat.bot, &owner, "distress").await;
        assert_eq!(cared_for(&chat).await, "self_harm", "{mode}");
        let answers = chat.answered(1).await;
        assert!(answers[0].contains("988"), "{mode}: {answers:?}");
        assert_eq!(chat.quiet().await.len(), 1, "{mode}");
        assert!(chat.prompts().await.is_empty(), "{mode}: asked a vendor");
        chat.world.host.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_that_only_the_whole_turn_says_is_answered_by_no_model() {
    let (chat, owner) = heard("auto").await;
    for text in ["i wanna", "/help", "die"] {
        chat.says(text).await;
    }
    alert(&chat.world, &chat.bot, &owner, "distress").await;
    let answers = chat.answered(2).await;
    assert!(answers[1].contains("988"), "{answers:?}");
    assert_eq!(cared_for(&chat).await, "self_harm");
    assert_eq!(chat.quiet().await.len(), 2);
    assert!(chat.prompts().await.is_empty(), "no vendor was asked");
    let counts = chat.care_counts().await;
    assert!(counts.to_string().contains("self_harm"), "{counts}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_begins_with_a_stroke_and_is_no_command_is_answered() {
    let chat = Chat::open("auto").await;
    chat.says("/hi how are you").await;
    assert!(chat.answered(1).await[0].contains(crate::sofi::DEMO));
    chat.says("/are you real?").await;
    let answers = chat.answered(2).await;
    assert!(answers[1].contains("AI") && !answers[1].contains(crate::sofi::DEMO));
    chat.world.host.stop().await;
}
