//! What Sofi would write and a person decides: drafts, taking over, ending care mode.

mod wishes;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Bot, Creator, Person, World, eventually};

const REPLY: &str = "Thank you for asking! How is yours?";

/// A bot for which Sofi writes drafts, and a fan who has written nothing yet.
struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
}

impl Desk {
    async fn open(name: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "drafts_test_bot").await;
        let path = format!("/api/v1/bots/{}/sofi", bot.id);
        let mode = json!({ "mode": "draft" });
        creator.api.put(&path, &mode).await.expect(200);
        let script = json!({ "match": "your day", "reply": REPLY });
        world.ai("POST", "/replies", script).await;
        let fan = world.person("Robin", "en").await;
        Self {
            world,
            creator,
            bot,
            fan,
        }
    }

    /// The fan writes; the draft in answer to it, and the conversation's address.
    async fn drafted(&self, text: &str) -> (Value, String) {
        self.fan.says(&self.world, &self.bot, text).await;
        let conversation = self.creator.conversation("Robin").await;
        let path = path_of(&conversation["id"]);
        (self.waiting(&path).await, path)
    }

    /// The draft as soon as one waits.
    async fn waiting(&self, path: &str) -> Value {
        let waits = async || {
            let answer = self.creator.api.get(&format!("{path}/draft")).await;
            (answer.status == 200).then_some(answer.body)
        };
        self.world.soon("a draft waits", waits).await
    }

    async fn conversation(&self) -> Value {
        self.creator.conversation("Robin").await
    }

    /// Waits until a view of the inbox, which may lag behind, shows these fans and no other.
    async fn lists(&self, view: &str, names: &[&str]) {
        let path = format!("/api/v1/conversations?view={view}");
        eventually(&format!("{view} shows {names:?}"), async || {
            let page = self.creator.api.get(&path).await.expect(200);
            let list = page["conversations"].as_array().expect("a list").clone();
            let shown = list.iter().map(|entry| entry["name"].as_str());
            shown.eq(names.iter().map(|name| Some(*name))).then_some(())
        })
        .await;
    }

    /// Waits until the fan's wish for a person is seen, or answered.
    async fn is_asked_for(&self, asked: bool) {
        eventually("the wish for a person is shown as it is", async || {
            let since = self.conversation().await["needs_person_since"].clone();
            (since.is_string() == asked).then_some(())
        })
        .await;
    }

    /// The message with this id as soon as it is shown: the one that is sent has the draft's.
    async fn message(&self, id: &Value) -> Value {
        let conversation = self.conversation().await["id"].clone();
        let conversation = conversation.as_str().expect("an id");
        eventually("the message is shown", async || {
            let all = self.creator.messages(conversation).await;
            all.into_iter().find(|message| message["id"] == *id)
        })
        .await
    }

    /// What the bot has written to the fan.
    async fn received(&self) -> Vec<String> {
        let seen = self.fan.sees(&self.world, &self.bot).await;
        let of_bot = seen.into_iter().filter(|(from_bot, _)| *from_bot);
        of_bot.map(|(_, text)| text).collect()
    }

    async fn approve(&self, path: &str, body: &Value, key: &str) -> Answer {
        let path = format!("{path}/draft/approvals");
        let headers = [("idempotency-key", key)];
        self.creator
            .api
            .send(Method::POST, &path, Some(body), &headers)
            .await
    }

    /// Adds words to a draft that an AI must not send, and tries every way to send them: the draft as it waits then, and
    /// why it is refused.
    async fn refused(&self, draft: &Value, path: &str, added: &str, code: &str) -> (Value, String) {
        let api = &self.creator.api;
        let text = format!("{REPLY} {added}");
        let edit = json!({ "text": text, "rev": draft["rev"] });
        let edited = api.patch(&format!("{path}/draft"), &edit).await.expect(200);
        let approval = json!({ "rev": edited["rev"] });
        let refused = self.approve(path, &approval, code).await;
        let message = refused.body["message"].to_string();
        assert_eq!(refused.problem(422), code);
        // The ordinary way to send is no way around it.
        let own = json!({ "text": text, "last_seen_message_id": draft["answers_message_id"] });
        let refused = api.post(&format!("{path}/messages"), &own).await;
        assert_eq!(refused.problem(422), code);
        let kept = api.get(&format!("{path}/draft")).await.expect(200);
        assert_eq!(kept, edited, "nothing of it is lost");
        self.world.settled().await;
        assert!(self.received().await.is_empty());
        (edited, message)
    }
}

fn path_of(id: &Value) -> String {
    format!("/api/v1/conversations/{}", id.as_str().expect("an id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_two_people_approve_at_once_reaches_the_fan_once() {
    let desk = Desk::open("Mira Vale").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    assert_eq!(draft["text"], REPLY);
    assert_eq!(draft["edited_by"], Value::Null);
    desk.lists("drafts", &["Robin"]).await;
    assert!(desk.received().await.is_empty(), "nothing leaves by itself");

    let api = &desk.creator.api;
    let edit = json!({ "text": "It was fine. And yours?", "rev": draft["rev"] });
    let edited = api.patch(&format!("{path}/draft"), &edit).await.expect(200);
    assert!(edited["edited_by"].is_string());
    let stale = api.patch(&format!("{path}/draft"), &edit).await;
    assert_eq!(stale.problem(409), "changed_meanwhile");
    let unseen = json!({ "rev": draft["rev"] });
    let refused = desk.approve(&path, &unseen, "unseen").await;
    assert_eq!(refused.problem(409), "changed_meanwhile");

    let approval = json!({ "rev": edited["rev"] });
    let (one, two) = tokio::join!(
        desk.approve(&path, &approval, "one"),
        desk.approve(&path, &approval, "two")
    );
    let (winner, won, lost) = match one.status {
        201 => ("one", one, two),
        _ => ("two", two, one),
    };
    let queued = won.expect(201);
    assert_eq!(lost.problem(409), "changed_meanwhile");
    assert_eq!(queued["id"], draft["id"]);
    let again = desk.approve(&path, &approval, winner).await.expect(201);
    assert_eq!(again, queued, "the same request has the same answer");
    let late = desk.approve(&path, &approval, "late").await;
    assert_eq!(late.problem(409), "changed_meanwhile");

    eventually("the fan has the message", async || {
        (!desk.received().await.is_empty()).then_some(())
    })
    .await;
    desk.world.settled().await;
    assert_eq!(desk.received().await, ["It was fine. And yours?"]);
    let sent = desk.message(&draft["id"]).await;
    assert_eq!(sent["author"], "person");
    assert!(sent["sent_by"].is_string());
    assert_eq!(sent["edited_by"], edited["edited_by"]);
    assert_eq!(api.get(&format!("{path}/draft")).await.status, 404);
    desk.lists("drafts", &[]).await;
    let trace = format!(
        "{path}/messages/{}/trace",
        draft["id"].as_str().expect("an id")
    );
    let trace = api.get(&trace).await.expect(200);
    assert_eq!(
        (&trace["end"], &trace["vendor"]),
        (&json!("drafted"), &json!("xai"))
    );
    assert!(!trace.to_string().contains(REPLY), "a trace holds no text");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_changed_by_one_character_says_that_an_ai_wrote_it_and_waits_for_who_has_seen_the_newest()
 {
    let desk = Desk::open("Nia Hart").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    let touched = REPLY.replace('!', ".");
    let edit = json!({ "text": touched, "rev": draft["rev"] });
    let api = &desk.creator.api;
    let draft = api.patch(&format!("{path}/draft"), &edit).await.expect(200);
    let before = desk.conversation().await["last_message_id"].clone();
    // The next turn is held at the vendor, so that the first draft stays the one that waits.
    let hold = |held: bool| json!({ "hold": held });
    desk.world.ai("PATCH", "/settings", hold(true)).await;
    desk.fan
        .says(&desk.world, &desk.bot, "and your week?")
        .await;
    let newest = eventually("the second message is there", async || {
        let newest = desk.conversation().await["last_message_id"].clone();
        (newest != before).then_some(newest)
    })
    .await;
    let approval = json!({ "rev": draft["rev"] });
    let blind = desk.approve(&path, &approval, "blind").await;
    assert_eq!(blind.problem(409), "conversation_moved_on");
    let knowing = json!({ "rev": draft["rev"], "last_seen_message_id": newest });
    desk.approve(&path, &knowing, "knowing").await.expect(201);
    let text = eventually("the fan has the message", async || {
        desk.received().await.into_iter().next()
    })
    .await;
    assert!(
        text.ends_with(&touched) && text.len() > REPLY.len() && text.contains("/human"),
        "{text}"
    );
    assert_eq!(desk.message(&draft["id"]).await["author"], "ai");
    desk.world.ai("PATCH", "/settings", hold(false)).await;
    desk.world.ai("POST", "/release", json!({})).await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ais_words_that_a_person_added_a_lie_to_leave_by_no_way_and_wait_to_be_mended() {
    let desk = Desk::open("Una Berg").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    let lie = "I am a real human, not an AI. https://evil.example/x";
    let (edited, message) = desk.refused(&draft, &path, lie, "breaks_rule").await;
    for named in ["R01_links", "R09_honesty", "your own answer"] {
        assert!(message.contains(named), "{message}");
    }
    let mended = REPLY.replace('!', ".");
    let mending = json!({ "rev": edited["rev"], "text": mended });
    desk.approve(&path, &mending, "mended").await.expect(201);
    let text = eventually("the fan has the message", async || {
        desk.received().await.into_iter().next()
    })
    .await;
    assert!(text.ends_with(&mended), "{text}");
    assert_eq!(desk.message(&draft["id"]).await["author"], "ai");
    let id = draft["id"].as_str().expect("an id");
    let trace = format!("{path}/messages/{id}/trace");
    let trace = desk.creator.api.get(&trace).await;
    let ran = trace.expect(200)["rules_run"].clone();
    let ran = ran.as_array().expect("rules");
    assert!(ran.contains(&json!("R09_honesty")), "{ran:?}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_an_ais_words_that_speak_of_distress_leave_by_no_way_and_a_persons_own_do() {
    let desk = Desk::open("Vera Holm").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    let grave = "You should just kill yourself.";
    let (edited, message) = desk.refused(&draft, &path, grave, "care_in_reply").await;
    for named in ["self_harm", "your own answer"] {
        assert!(message.contains(named), "{message}");
    }
    let own = json!({ "rev": edited["rev"], "text": "I will call you tonight." });
    desk.approve(&path, &own, "own").await.expect(201);
    eventually("the fan has the message", async || {
        (desk.received().await == ["I will call you tonight."]).then_some(())
    })
    .await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_draft_is_held_against_the_rules_of_the_moment_at_which_it_is_approved() {
    let desk = Desk::open("Ria Falk").await;
    let said = format!("{REPLY} https://mira.example/lake");
    let script = json!({ "match": "the lake", "reply": said });
    desk.world.ai("POST", "/replies", script).await;
    let allow = async |hosts: Value| {
        let settings = json!({ "mode": "draft", "allowed_hosts": hosts });
        desk.creator.sofi(&desk.bot, &settings).await;
    };
    allow(json!(["mira.example"])).await;
    let (draft, path) = desk.drafted("where is the lake?").await;
    assert_eq!(draft["text"], said);
    allow(json!([])).await;
    let approval = json!({ "rev": draft["rev"] });
    let refused = desk.approve(&path, &approval, "forbidden").await;
    assert_eq!(refused.problem(422), "breaks_rule");
    allow(json!(["mira.example"])).await;
    desk.approve(&path, &approval, "allowed").await.expect(201);
    eventually("the fan has the message", async || {
        let received = desk.received().await;
        let arrived = received.iter().any(|text| text.ends_with(&said));
        arrived.then_some(())
    })
    .await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_draft_is_gone_and_a_takeover_shows_until_it_is_given_back() {
    let desk = Desk::open("Ola Reed").await;
    let (_, path) = desk.drafted("how was your day?").await;
    let api = &desk.creator.api;
    for _ in 0..2 {
        let discarded = api.delete(&format!("{path}/draft")).await;
        assert_eq!(discarded.status, 204);
    }
    assert_eq!(api.get(&format!("{path}/draft")).await.status, 404);
    desk.lists("drafts", &[]).await;

    let taken = json!({ "minutes": 30 });
    let hold = api
        .put(&format!("{path}/takeover"), &taken)
        .await
        .expect(200);
    let shown = desk.conversation().await;
    assert_eq!((&shown["hold"], &hold["reason"]), (&hold, &json!("person")));
    let page = api.get(&format!("{path}/messages")).await.expect(200);
    assert_eq!(page["conversation"]["hold"], hold);
    let released = api.delete(&format!("{path}/takeover")).await;
    assert_eq!(released.status, 204);
    assert_eq!(desk.conversation().await["hold"], Value::Null);

    for mode in [json!("off"), Value::Null] {
        let body = json!({ "mode": mode });
        let set = api.put(&format!("{path}/ai-mode"), &body).await.expect(200);
        assert_eq!(set, body);
        eventually("the list shows the mode", async || {
            (desk.conversation().await["ai_mode"] == mode).then_some(())
        })
        .await;
    }
    desk.world.settled().await;
    assert!(desk.received().await.is_empty());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_whoever_asked_for_a_person_gets_no_draft_of_before() {
    let desk = Desk::open("Ida Moss").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    desk.fan.says(&desk.world, &desk.bot, "/human").await;
    desk.is_asked_for(true).await;
    // The answer to the command is a message too.
    desk.world.settled().await;
    let newest = desk.conversation().await["last_message_id"].clone();
    let as_drafted = json!({ "rev": draft["rev"], "last_seen_message_id": newest });
    let refused = desk.approve(&path, &as_drafted, "as-drafted").await;
    assert_eq!(refused.problem(409), "fan_wants_person");
    let own = json!({ "rev": draft["rev"], "last_seen_message_id": newest, "text": "I am here." });
    desk.approve(&path, &own, "own-words").await.expect(201);
    let sent = desk.message(&draft["id"]).await;
    assert!(sent["edited_by"].is_string(), "{sent}");
    assert_eq!(sent["edited_by"], sent["sent_by"], "who sent other words");

    let gone = format!(
        "{path}/draft?rev={}",
        draft["rev"].as_str().expect("a revision")
    );
    let late = desk.creator.api.delete(&gone).await;
    assert_eq!(
        late.problem(409),
        "changed_meanwhile",
        "it is with the fan by now"
    );
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_an_approved_draft_is_shown_as_not_sent_when_the_fan_asks_for_a_person_first() {
    let desk = Desk::open("Elin Sand").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    let host = desk.world.api();
    let sender = |word: &str| format!("/__local/functions/workers.sender/{word}");
    host.post(&sender("pause"), &json!({})).await.expect(200);
    let approval = json!({ "rev": draft["rev"] });
    desk.approve(&path, &approval, "before").await.expect(201);
    desk.fan.says(&desk.world, &desk.bot, "/human").await;
    desk.is_asked_for(true).await;
    host.post(&sender("resume"), &json!({})).await.expect(200);
    desk.world.settled().await;
    let unsent = desk.message(&draft["id"]).await;
    assert_eq!(unsent["failure"], "fan_wants_person", "{unsent}");
    let received = desk.received().await;
    assert!(
        received.len() == 1 && !received[0].contains(REPLY),
        "{received:?}"
    );
    desk.is_asked_for(true).await;
    let conversation = desk.conversation().await["id"].clone();
    let conversation = conversation.as_str().expect("an id");
    desk.creator.answer(conversation, "I am here.").await;
    desk.is_asked_for(false).await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_and_an_own_message_in_the_same_moment_do_not_both_reach_the_fan() {
    let desk = Desk::open("Kim Sauer").await;
    let (draft, path) = desk.drafted("how was your day?").await;
    let seen = draft["answers_message_id"].clone();
    let own = json!({ "text": "I am at the lake.", "last_seen_message_id": seen });
    let approval = json!({ "rev": draft["rev"], "last_seen_message_id": seen });
    let messages = format!("{path}/messages");
    let (sent, approved) = tokio::join!(
        desk.creator.api.post(&messages, &own),
        desk.approve(&path, &approval, "at-once")
    );
    let mut statuses = [sent.status, approved.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", sent.body, approved.body);
    eventually("the fan has one of them", async || {
        (!desk.received().await.is_empty()).then_some(())
    })
    .await;
    desk.world.settled().await;
    assert_eq!(desk.received().await.len(), 1);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_takes_back_the_draft_for_the_former_words_and_a_new_one_answers_the_new_ones() {
    let desk = Desk::open("Lea Brandt").await;
    let script = json!({ "match": "your week", "reply": "Busy, and yours?" });
    desk.world.ai("POST", "/replies", script).await;
    let said = desk
        .fan
        .says(&desk.world, &desk.bot, "how was your day?")
        .await;
    let path = path_of(&desk.conversation().await["id"]);
    let former = desk.waiting(&path).await;
    let number = said["message"]["message_id"].as_i64().expect("a number");
    let edit = json!({ "act": "edit", "message_id": number, "text": "how was your week?" });
    desk.fan.act(&desk.world, &desk.bot, edit).await;
    let draft = eventually("another draft waits", async || {
        let answer = desk.creator.api.get(&format!("{path}/draft")).await;
        (answer.status == 200 && answer.body["id"] != former["id"]).then_some(answer.body)
    })
    .await;
    assert_eq!(draft["text"], "Busy, and yours?");
    let seen = json!({ "rev": former["rev"], "last_seen_message_id": number.to_string() });
    let refused = desk.approve(&path, &seen, "former").await;
    assert_eq!(refused.problem(409), "changed_meanwhile");
    desk.world.settled().await;
    assert!(desk.received().await.is_empty());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn care_mode_ends_when_a_person_says_so() {
    let desk = Desk::open("Pia Lund").await;
    desk.fan
        .says(&desk.world, &desk.bot, "i want to kill myself")
        .await;
    let care = eventually("the conversation is in care mode", async || {
        let care = desk.conversation().await["care"].clone();
        (!care.is_null()).then_some(care)
    })
    .await;
    assert_eq!(care["kind"], "self_harm");
    desk.lists("care", &["Robin"]).await;
    let path = path_of(&desk.conversation().await["id"]);
    for _ in 0..2 {
        let ended = desk.creator.api.delete(&format!("{path}/care")).await;
        assert_eq!(ended.status, 204);
    }
    desk.lists("care", &[]).await;
    let after = desk.conversation().await;
    assert_eq!(after["care"], Value::Null);
    assert!(after["needs_person_since"].is_string(), "still asked for");
    desk.world.host.stop().await;
}
