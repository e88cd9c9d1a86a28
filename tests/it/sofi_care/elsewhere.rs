//! Care mode of one chat holds in all chats of the fan, and in nobody else's.

use serde_json::{Value, json};
use tests::{Bot, Person, eventually};

use super::{DISTRESS, sender};
use crate::sofi::{Chat, DEMO};

/// A creator with a second bot, for which Sofi does the same.
async fn open(mode: &str) -> (Chat, Bot) {
    let chat = Chat::open(mode).await;
    let name = "second_test_bot";
    let second = chat.creator.connect_bot(&chat.world, name).await;
    chat.creator.sofi(&second, &json!({ "mode": mode })).await;
    (chat, second)
}

/// The fan's own chat with a bot, as the team sees it.
async fn shown(chat: &Chat, bot: &Bot) -> Value {
    eventually("the chat is listed", async || {
        let all = chat.creator.conversations().await;
        all.into_iter().find(|one| {
            let own = one["business_account_id"].is_null();
            own && one["bot_id"] == bot.id && one["name"] == "Robin"
        })
    })
    .await
}

fn path_of(conversation: &Value) -> String {
    let id = conversation["id"].as_str().expect("an id");
    format!("/api/v1/conversations/{id}")
}

/// The path of the fan's chat with a bot, as soon as it is in care mode.
async fn in_care(chat: &Chat, bot: &Bot) -> String {
    eventually("the chat is in care mode", async || {
        let shown = shown(chat, bot).await;
        shown["care"].is_object().then(|| path_of(&shown))
    })
    .await
}

async fn end(chat: &Chat, path: &str) {
    let ended = chat.creator.api.delete(&format!("{path}/care")).await;
    assert_eq!(ended.status, 204);
}

/// Since when the fan is in care, as their profile says.
async fn since(chat: &Chat) -> Value {
    let shown = shown(chat, &chat.bot).await;
    let path = format!("/api/v1/fans/{}", shown["fan_id"].as_str().expect("an id"));
    let fan = chat.creator.api.get(&path).await.expect(200);
    fan["care_at"].clone()
}

/// What a bot has written to somebody, oldest first.
async fn written(chat: &Chat, bot: &Bot, to: &Person) -> Vec<String> {
    let seen = to.sees(&chat.world, bot).await.into_iter();
    let of_bot = seen.filter(|(from_bot, _)| *from_bot);
    of_bot.map(|(_, text)| text).collect()
}

/// The same as soon as there is so much.
async fn answered(chat: &Chat, bot: &Bot, to: &Person, number: usize) -> Vec<String> {
    let answered = async || {
        let all = written(chat, bot, to).await;
        (all.len() >= number).then_some(all)
    };
    chat.world.soon("somebody is answered", answered).await
}

/// The draft in a chat, as soon as one waits.
async fn draft(chat: &Chat, path: &str) -> Value {
    let path = format!("{path}/draft");
    let waits = async || {
        let answer = chat.creator.api.get(&path).await;
        (answer.status == 200).then_some(answer.body)
    };
    chat.world.soon("a draft waits", waits).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_distress_in_one_chat_silences_sofi_in_the_fans_other_one_until_a_person_ends_it() {
    let (chat, second) = open("auto").await;
    let fan = &chat.fan;
    fan.says(&chat.world, &second, "hello there").await;
    let before = answered(&chat, &second, fan, 1).await;
    assert!(before[0].contains(DEMO), "{before:?}");
    chat.says(DISTRESS).await;
    let first = in_care(&chat, &chat.bot).await;
    assert!(chat.answered(1).await[0].contains("988"));

    let asked = chat.prompts().await.len();
    fan.says(&chat.world, &second, "what shall we play?").await;
    chat.quiet().await;
    assert_eq!(written(&chat, &second, fan).await, before, "no AI's text");
    assert_eq!(chat.prompts().await.len(), asked, "no vendor was asked");
    let other = shown(&chat, &second).await;
    assert_eq!(other["care"], Value::Null, "it did not begin there");
    assert!(other["needs_person_since"].is_string(), "{other}");
    assert!(since(&chat).await.is_string());

    let kim = chat.world.person("Kim", "en").await;
    kim.says(&chat.world, &second, "hi, I am new").await;
    let answers = answered(&chat, &second, &kim, 1).await;
    assert!(answers[0].contains(DEMO), "another fan: {answers:?}");

    // A person's own words go, and take the chat over for a while.
    let other = other["id"].as_str().expect("an id");
    chat.creator.answer(other, "I am here, Robin.").await;
    answered(&chat, &second, fan, 2).await;
    let takeover = format!("/api/v1/conversations/{other}/takeover");
    assert_eq!(chat.creator.api.delete(&takeover).await.status, 204);
    fan.says(&chat.world, &second, "and you?").await;
    chat.quiet().await;
    assert_eq!(written(&chat, &second, fan).await.len(), 2);

    end(&chat, &first).await;
    assert_eq!(since(&chat).await, Value::Null);
    fan.says(&chat.world, &second, "which games do you like?")
        .await;
    let answers = answered(&chat, &second, fan, 3).await;
    assert!(answers[2].contains(DEMO), "{answers:?}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn care_that_began_in_two_chats_goes_on_until_a_person_has_ended_it_in_both() {
    let (chat, second) = open("auto").await;
    chat.says(DISTRESS).await;
    chat.fan.says(&chat.world, &second, DISTRESS).await;
    let first = in_care(&chat, &chat.bot).await;
    let other = in_care(&chat, &second).await;
    chat.answered(1).await;
    end(&chat, &first).await;
    chat.says("thank you, I am better today").await;
    assert_eq!(chat.quiet().await.len(), 1, "the other chat is in care");
    assert!(since(&chat).await.is_string());
    end(&chat, &other).await;
    chat.says("shall we play?").await;
    assert!(chat.answered(2).await[1].contains(DEMO));
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_a_draft_in_another_chat_of_a_fan_in_distress_is_not_approved_until_a_person_ends_care()
{
    let (chat, second) = open("draft").await;
    let (fan, api) = (&chat.fan, &chat.creator.api);
    fan.says(&chat.world, &second, "which games do you like?")
        .await;
    let path = path_of(&shown(&chat, &second).await);
    let draft = draft(&chat, &path).await;
    let seen = draft["answers_message_id"].clone();
    chat.says(DISTRESS).await;
    let first = in_care(&chat, &chat.bot).await;

    let approvals = format!("{path}/draft/approvals");
    let approval = json!({ "rev": draft["rev"], "last_seen_message_id": seen });
    let refused = api.post(&approvals, &approval).await;
    assert_eq!(refused.problem(409), "fan_in_care");
    let copied = json!({ "text": draft["text"], "last_seen_message_id": seen });
    let refused = api.post(&format!("{path}/messages"), &copied).await;
    assert_eq!(refused.problem(409), "fan_in_care");
    chat.quiet().await;
    assert!(written(&chat, &second, fan).await.is_empty());

    end(&chat, &first).await;
    api.post(&approvals, &approval).await.expect(201);
    let answers = answered(&chat, &second, fan, 1).await;
    assert!(answers[0].contains(DEMO), "{answers:?}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_what_was_approved_in_another_chat_is_not_sent_once_the_fan_is_in_distress() {
    let (chat, second) = open("draft").await;
    let fan = &chat.fan;
    fan.says(&chat.world, &second, "which games do you like?")
        .await;
    let other = shown(&chat, &second).await;
    let path = path_of(&other);
    let draft = draft(&chat, &path).await;
    sender(&chat, "pause").await;
    let approval = json!({ "rev": draft["rev"] });
    let approvals = format!("{path}/draft/approvals");
    let approved = chat.creator.api.post(&approvals, &approval).await;
    approved.expect(201);
    chat.says(DISTRESS).await;
    in_care(&chat, &chat.bot).await;
    sender(&chat, "resume").await;
    assert!(chat.answered(1).await[0].contains("988"));
    chat.quiet().await;
    assert!(written(&chat, &second, fan).await.is_empty());
    let id = other["id"].as_str().expect("an id");
    let messages = chat.creator.messages(id).await;
    let unsent = messages.iter().find(|message| message["id"] == draft["id"]);
    assert_eq!(unsent.expect("it is shown")["failure"], "care");
    chat.world.host.stop().await;
}

/// No turn is worked until the word is `resume`.
async fn turns(chat: &Chat, word: &str) {
    let path = format!("/__local/functions/sofi.reply/{word}");
    chat.world.api().post(&path, &json!({})).await.expect(200);
}

/// The fan writes this to the second bot, and no turn answers it yet; then care begins in the chat with the first one.
async fn written_before_care(texts: &[&str]) -> (Chat, Bot) {
    let (chat, second) = open("auto").await;
    turns(&chat, "pause").await;
    for text in texts {
        chat.fan.says(&chat.world, &second, text).await;
    }
    chat.world.settled_but(&["-sofi"]).await;
    chat.says(DISTRESS).await;
    in_care(&chat, &chat.bot).await;
    (chat, second)
}

/// What the honest answer says and no disclosure does.
const HONEST: &str = "I'm an AI assistant";

#[tokio::test(flavor = "multi_thread")]
async fn the_question_who_writes_is_answered_once_though_care_begins_in_another_chat() {
    let (chat, second) = written_before_care(&["are you a bot?", "hm"]).await;
    turns(&chat, "resume").await;
    let told = answered(&chat, &second, &chat.fan, 1).await;
    assert!(told[0].contains(HONEST), "{told:?}");
    chat.quiet().await;
    assert_eq!(written(&chat, &second, &chat.fan).await.len(), 1, "once");
    assert!(chat.prompts().await.is_empty(), "no vendor was asked");
    let other = shown(&chat, &second).await;
    assert_eq!(other["care"], Value::Null, "it did not begin there");
    assert!(other["needs_person_since"].is_string(), "{other}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_truth_that_waits_to_be_sent_leaves_though_care_begins_in_another_chat() {
    let (chat, second) = open("auto").await;
    sender(&chat, "pause").await;
    chat.fan.says(&chat.world, &second, "are you a bot?").await;
    let other = shown(&chat, &second).await;
    let other = other["id"].as_str().expect("an id");
    eventually("the answer waits", async || {
        let messages = chat.creator.messages(other).await;
        let mut waiting = messages.into_iter();
        waiting.find(|message| message["author"] == "ai" && message["delivery"] == "queued")
    })
    .await;
    chat.says(DISTRESS).await;
    in_care(&chat, &chat.bot).await;
    sender(&chat, "resume").await;
    let told = answered(&chat, &second, &chat.fan, 1).await;
    assert!(told[0].contains(HONEST), "{told:?}");
    chat.quiet().await;
    assert_eq!(written(&chat, &second, &chat.fan).await.len(), 1, "once");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn distress_in_pieces_of_a_turn_is_heard_though_care_in_another_chat_ends_it() {
    for by_next_message in [false, true] {
        let pieces: &[&str] = match by_next_message {
            true => &["i wanna", "/help"],
            false => &["i wanna", "/help", "die"],
        };
        let (chat, second) = written_before_care(pieces).await;
        if by_next_message {
            chat.fan.says(&chat.world, &second, "die").await;
        }
        let care = async || shown(&chat, &second).await["care"].is_object();
        if by_next_message {
            eventually("it is heard without a turn", async || {
                care().await.then_some(())
            })
            .await;
        } else {
            assert!(!care().await, "only the turn hears it");
        }
        turns(&chat, "resume").await;
        let told = answered(&chat, &second, &chat.fan, 2).await;
        assert!(told[1].contains("988"), "{by_next_message}: {told:?}");
        chat.quiet().await;
        assert_eq!(written(&chat, &second, &chat.fan).await.len(), 2);
        let other = shown(&chat, &second).await;
        assert_eq!(other["care"]["kind"], "self_harm", "{other}");
        assert!(chat.prompts().await.is_empty(), "no vendor was asked");
        chat.world.host.stop().await;
    }
}

/// An account whose owner and whose workspace let Sofi write in its chats, and in which the fan has been told so.
async fn connected(chat: &Chat) -> Person {
    let owner = chat.world.person("Mira", "en").await;
    let connect = json!({ "act": "connect_business" });
    owner.act(&chat.world, &chat.bot, connect).await;
    chat.world.settled().await;
    let list = format!("/api/v1/bots/{}/business-accounts", chat.bot.id);
    let page = chat.creator.api.get(&list).await.expect(200);
    let account = &page["business_accounts"][0]["id"];
    let path = format!("{list}/{}", account.as_str().expect("an id"));
    let lets = json!({ "sofi": true });
    chat.creator.api.patch(&path, &lets).await.expect(200);
    owner.says(&chat.world, &chat.bot, "/allow_ai").await;
    chat.world.settled().await;
    writes(chat, &owner, "hello Mira").await;
    read(chat, &owner, "/human", 1).await;
    chat.world.settled().await;
    owner
}

/// The fan writes to the account.
async fn writes(chat: &Chat, owner: &Person, text: &str) {
    let act = json!({ "act": "text", "business": owner.id, "text": text });
    chat.fan.act(&chat.world, &chat.bot, act).await;
}

/// How many texts with these words the fan's chat with the account shows.
async fn count(chat: &Chat, owner: &Person, words: &str) -> usize {
    let path = format!(
        "/bots/{}/business/{}/chats/{}",
        chat.bot.telegram_id, owner.id, chat.fan.id
    );
    let seen = chat.world.telegram("GET", &path, Value::Null).await;
    let messages = seen["messages"].as_array().expect("a transcript").iter();
    let texts = messages.filter_map(|entry| entry["message"]["text"].as_str());
    texts.filter(|text| text.contains(words)).count()
}

/// Waits until there are so many.
async fn read(chat: &Chat, owner: &Person, words: &str, number: usize) {
    let there = async || (count(chat, owner, words).await == number).then_some(());
    chat.world.soon("the fan reads it there", there).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_distress_that_the_bot_is_told_silences_sofi_in_the_chats_of_an_account_too() {
    let chat = Chat::open("auto").await;
    let owner = connected(&chat).await;
    writes(&chat, &owner, "do you like winter?").await;
    read(&chat, &owner, DEMO, 1).await;
    chat.says(DISTRESS).await;
    let path = in_care(&chat, &chat.bot).await;
    let asked = chat.prompts().await.len();
    writes(&chat, &owner, "and spring?").await;
    chat.quiet().await;
    assert_eq!(count(&chat, &owner, DEMO).await, 1, "no AI's text");
    assert_eq!(chat.prompts().await.len(), asked, "no vendor was asked");
    end(&chat, &path).await;
    writes(&chat, &owner, "and summer?").await;
    read(&chat, &owner, DEMO, 2).await;
    chat.world.host.stop().await;
}
