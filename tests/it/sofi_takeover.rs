//! A person at the keyboard: whoever types or sends has the chat, and the reply in flight does not arrive.

use serde_json::{Value, json};
use tests::eventually;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::journey_team::colleague;
use crate::sofi::{Chat, DEMO};

/// How long a person has the chat after typing or sending.
const MINUTES: i64 = 15;

/// A reply is being written and held at the vendor; its conversation.
async fn in_flight(chat: &Chat) -> String {
    chat.hold(true).await;
    chat.says("are we on for the stream?").await;
    chat.held().await;
    chat.conversation().await
}

/// A moment so many minutes from the host's present, as the API writes it.
fn in_minutes(chat: &Chat, minutes: i64) -> String {
    let second = chat.world.host.now_ms() / 1_000 + minutes * 60;
    let moment = OffsetDateTime::from_unix_timestamp(second).expect("a moment");
    moment
        .format(format_description!(
            "[year]-[month]-[day]T[hour]:[minute]:[second]Z"
        ))
        .expect("a date")
}

/// The chat and the list both say who has it, and until when.
async fn is_the_members(chat: &Chat, conversation: &str) {
    let me = chat.creator.api.get("/api/v1/me").await.expect(200);
    let path = format!("/api/v1/conversations/{conversation}/messages");
    let page = chat.creator.api.get(&path).await.expect(200);
    let listed = chat.creator.conversation("Robin").await;
    let (soonest, latest) = (in_minutes(chat, MINUTES - 2), in_minutes(chat, MINUTES + 1));
    for hold in [&page["conversation"]["hold"], &listed["hold"]] {
        assert_eq!(
            (&hold["reason"], &hold["by"]),
            (&json!("person"), &me["id"]),
            "{hold}"
        );
        let until = hold["until"].as_str().expect("a moment");
        assert!(
            soonest.as_str() < until && until < latest.as_str(),
            "{hold} between {soonest} and {latest}"
        );
    }
}

/// How the turns of this world ended, and why.
fn ends(chat: &Chat) -> Vec<(String, String)> {
    let dynamodb = chat.world.host.aws().dynamodb();
    let tables = dynamodb.tables().expect("tables");
    let table = tables.iter().find(|name| name.ends_with("-tenant"));
    let mut rows = dynamodb.dump(table.expect("a table")).expect("its rows");
    rows.retain(|row| row["kind"]["S"] == "trace");
    let text = |value: &Value| value["S"].as_str().unwrap_or_default().to_owned();
    let end = |row: &Value| (text(&row["end"]), text(&row["reason"]));
    rows.iter().map(end).collect()
}

/// The vendor answers now: its words end with nobody, and nothing stays set aside for them.
async fn comes_to_nothing(chat: &Chat, seen: &[&str]) {
    chat.hold(false).await;
    assert_eq!(chat.quiet().await, seen);
    assert_eq!(chat.prompts().await.len(), 1, "it was asked once");
    let ends = ends(chat);
    let replied = ends.iter().filter(|(end, _)| end == "replied").count();
    assert!(replied == 0 && !ends.is_empty(), "{ends:?}");
    let budget = chat.creator.api.get("/api/v1/ai/budget").await.expect(200);
    assert_eq!(budget["today"]["reserved_micro_usd"], 0, "{budget}");
    assert!(
        budget["today"]["spent_micro_usd"].as_i64() > Some(0),
        "what was billed counts: {budget}"
    );
}

/// The time of the person passes, and Sofi goes on by itself.
async fn goes_on(chat: &Chat, number: usize) {
    let after = time::Duration::minutes(MINUTES + 1);
    chat.world.host.advance(after).await;
    chat.says("which game?").await;
    let answers = chat.answered(number).await;
    let newest = answers.last().expect("an answer");
    assert!(
        newest.contains(DEMO) && newest.contains("which game?"),
        "{answers:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_in_flight_does_not_arrive_once_a_person_types() {
    let chat = Chat::open("auto").await;
    let conversation = in_flight(&chat).await;
    let path = format!("/api/v1/conversations/{conversation}/typing");
    let typed = chat.creator.api.post(&path, &json!({})).await;
    assert_eq!(typed.status, 204, "{}", typed.body);
    is_the_members(&chat, &conversation).await;
    comes_to_nothing(&chat, &[]).await;
    goes_on(&chat, 1).await;
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_in_flight_does_not_arrive_once_a_person_has_answered() {
    let chat = Chat::open("auto").await;
    let conversation = in_flight(&chat).await;
    chat.creator.answer(&conversation, "yes, at eight!").await;
    is_the_members(&chat, &conversation).await;
    comes_to_nothing(&chat, &["yes, at eight!"]).await;
    goes_on(&chat, 2).await;
    chat.world.host.stop().await;
}

/// What keeps Sofi silent, as the chat shows it.
async fn hold_of(chat: &Chat, conversation: &str) -> Value {
    let path = format!("/api/v1/conversations/{conversation}/messages");
    let page = chat.creator.api.get(&path).await.expect(200);
    page["conversation"]["hold"].clone()
}

/// Somebody of the team types.
async fn types(chat: &Chat, conversation: &str) {
    let path = format!("/api/v1/conversations/{conversation}/typing");
    let typed = chat.creator.api.post(&path, &json!({})).await;
    assert_eq!(typed.status, 204, "{}", typed.body);
    chat.quiet().await;
}

/// The fan is told that no AI writes until a person has answered, within 24 hours; the conversation.
async fn wished_for(chat: &Chat) -> String {
    chat.says("/human").await;
    let told = chat.answered(1).await;
    assert!(told[0].contains("24 hours"), "{told:?}");
    chat.quiet().await;
    chat.conversation().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keystroke_does_not_end_what_the_fan_was_told_and_an_answer_does() {
    let chat = Chat::open("auto").await;
    let conversation = wished_for(&chat).await;
    let before = hold_of(&chat, &conversation).await;
    types(&chat, &conversation).await;
    assert_eq!(hold_of(&chat, &conversation).await, before);
    let after = time::Duration::minutes(MINUTES + 1);
    chat.world.host.advance(after).await;
    chat.says("which game was it?").await;
    assert_eq!(chat.quiet().await.len(), 1, "no AI: nobody has answered");
    assert!(chat.prompts().await.is_empty(), "nor was one asked");

    chat.creator.answer(&conversation, "I am here").await;
    assert_eq!(chat.quiet().await.len(), 2);
    is_the_members(&chat, &conversation).await;
    goes_on(&chat, 3).await;
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_keeps_its_end_while_whoever_has_it_types_and_answers_and_the_fan_asks_for_a_person()
{
    let chat = Chat::open("auto").await;
    chat.says("hello").await;
    chat.answered(1).await;
    let conversation = chat.conversation().await;
    let path = format!("/api/v1/conversations/{conversation}/takeover");
    let week = json!({ "minutes": 7 * 24 * 60 });
    let week = chat.creator.api.put(&path, &week).await.expect(200);
    chat.creator.answer(&conversation, "I am here").await;
    types(&chat, &conversation).await;
    assert_eq!(hold_of(&chat, &conversation).await, week);
    chat.says("/human").await;
    assert_eq!(chat.quiet().await.len(), 3, "the fan is told all the same");
    assert_eq!(hold_of(&chat, &conversation).await, week);
    chat.creator.answer(&conversation, "Still me").await;
    assert_eq!(chat.quiet().await.len(), 4);
    let after = time::Duration::minutes(MINUTES + 1);
    chat.world.host.advance(after).await;
    chat.says("which game?").await;
    assert_eq!(chat.quiet().await.len(), 4, "it is still the member's");
    assert_eq!(hold_of(&chat, &conversation).await, week);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_over_chooses_an_end_and_not_before_that_of_the_fans_wish() {
    let chat = Chat::open("auto").await;
    let conversation = wished_for(&chat).await;
    let wish = hold_of(&chat, &conversation).await;
    let path = format!("/api/v1/conversations/{conversation}/takeover");
    let take = async |minutes: i64| {
        let body = json!({ "minutes": minutes });
        chat.creator.api.put(&path, &body).await.expect(200)
    };
    let until = |hold: &Value| hold["until"].as_str().expect("a moment").to_owned();
    let days = take(2 * 24 * 60).await;
    assert_eq!(days["reason"], "person");
    assert!(until(&days) > until(&wish), "{days}");
    let shorter = take(5).await;
    assert_eq!(shorter["reason"], "fan", "the wish lasts longer: {shorter}");
    assert_eq!(until(&shorter), until(&wish));
    chat.world.host.advance(time::Duration::minutes(6)).await;
    chat.says("which game was it?").await;
    assert_eq!(chat.quiet().await.len(), 1, "no AI: nobody has answered");
    chat.creator.answer(&conversation, "I am here").await;
    assert_eq!(chat.quiet().await.len(), 2);
    let own = take(5).await;
    assert_eq!(own["reason"], "person", "the wish is answered: {own}");
    assert!(until(&own) < in_minutes(&chat, 7), "{own}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chatter_lets_sofi_do_less_in_a_chat_and_never_more_than_the_bots_setting() {
    let chat = Chat::open("off").await;
    let owner = chat.creator.log_in(&chat.world).await;
    let uma = colleague(
        &chat.world,
        &owner,
        "Uma Lind",
        json!({ "role": "chatter" }),
    )
    .await;
    chat.says("hello").await;
    let conversation = chat.conversation().await;
    let path = format!("/api/v1/conversations/{conversation}/ai-mode");
    for mode in ["auto", "draft"] {
        let more = uma.api.put(&path, &json!({ "mode": mode })).await;
        assert_eq!(more.problem(403), "role_too_low", "{mode}");
    }
    let less = uma.api.put(&path, &json!({ "mode": "off" })).await;
    less.expect(200);
    chat.creator
        .sofi(&chat.bot, &json!({ "mode": "draft" }))
        .await;
    let draft = uma.api.put(&path, &json!({ "mode": "draft" })).await;
    draft.expect(200);
    let more = uma.api.put(&path, &json!({ "mode": "auto" })).await;
    assert_eq!(more.problem(403), "role_too_low");
    let owners = owner.put(&path, &json!({ "mode": "auto" })).await;
    owners.expect(200);
    let acts = format!("/api/v1/audit?subject={conversation}");
    eventually("every change of the mode is listed", async || {
        let page = owner.get(&acts).await.expect(200);
        let entries = page["entries"].as_array().expect("a list");
        let modes = entries
            .iter()
            .filter(|entry| entry["action"] == "conversation.mode");
        (modes.count() == 3).then_some(())
    })
    .await;
    chat.world.host.stop().await;
}
