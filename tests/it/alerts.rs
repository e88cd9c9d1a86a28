//! The team in their own Telegram chats: what waits is told there, and decided there.

mod quiet;

use serde_json::{Value, json};
use tests::{Bot, Creator, PASSWORD, Person, World, eventually};

use crate::journey_access::{api, log_in, prove};
use crate::journey_alerts::{alert, begin, press, reply_to};
use crate::journey_team::colleague;

const REPLY: &str = "Thank you for asking! How is yours?";

/// A bot for which Sofi writes drafts, its owner with a phone, and a fan.
struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
    owner: Person,
    fan: Person,
}

impl Desk {
    async fn open(name: &str, mode: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "alerts_test_bot").await;
        creator.sofi(&bot, &json!({ "mode": mode })).await;
        let script = json!({ "match": "your day", "reply": REPLY });
        world.ai("POST", "/replies", script).await;
        let owner = world.person("Mira", "en").await;
        begin(&world, &creator.api, &bot, &owner).await;
        let fan = world.person("Robin", "en").await;
        Self {
            world,
            creator,
            bot,
            owner,
            fan,
        }
    }

    /// The fan has asked for Sofi's draft; the number of the alert in the owner's chat.
    async fn drafted(&self) -> i64 {
        self.fan
            .says(&self.world, &self.bot, "how was your day?")
            .await;
        alert(&self.world, &self.bot, &self.owner, REPLY).await
    }

    /// What the bot has written to the fan, as soon as there is this much.
    async fn received(&self, number: usize) -> Vec<String> {
        eventually("the fan is answered", async || {
            let seen = self.fan.sees(&self.world, &self.bot).await;
            let of_bot: Vec<String> = seen
                .into_iter()
                .filter_map(|(from_bot, text)| from_bot.then_some(text))
                .collect();
            (of_bot.len() >= number).then_some(of_bot)
        })
        .await
    }

    /// What the bot has told the owner in answer to a press or a reply.
    async fn told(&self, words: &str) {
        eventually(&format!("the owner is told: {words}"), async || {
            let path = format!("/log?bot={}", self.bot.telegram_id);
            let log = self.world.telegram("GET", &path, Value::Null).await;
            log.to_string().contains(words).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_approved_from_the_owners_own_chat_and_sent_once() {
    let desk = Desk::open("Mira Vale", "draft").await;
    let number = desk.drafted().await;
    let act =
        json!({ "act": "press", "message_id": number, "data": "alert:approve", "deliver": false });
    let pressed = desk.owner.act(&desk.world, &desk.bot, act).await;
    let twice = json!({ "updates": pressed["updates"], "copies": 3, "concurrency": 3, "shuffle": true, "seed": 1, "tries": 5 });
    let path = format!("/bots/{}/bulk", desk.bot.telegram_id);
    desk.world.telegram("POST", &path, twice).await;
    let received = desk.received(1).await;
    assert!(received[0].ends_with(REPLY), "{received:?}");
    desk.told("On its way to the fan.").await;
    desk.world.settled().await;
    assert_eq!(desk.received(1).await.len(), 1);
    let conversation = desk.creator.conversation("Robin").await;
    let messages = desk
        .creator
        .messages(conversation["id"].as_str().expect("an id"))
        .await;
    let sent = messages.iter().find(|message| message["author"] == "ai");
    assert!(sent.expect("Sofi's words")["sent_by"].is_string());
    // Other people's words are no part of the owner's own chat.
    let own = desk.creator.conversation("Mira").await;
    let kept = desk
        .creator
        .messages(own["id"].as_str().expect("an id"))
        .await;
    let kept = json!(kept).to_string();
    assert!(!kept.contains(REPLY) && !kept.contains("Robin"), "{kept}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_own_words_go_instead_of_the_draft() {
    let desk = Desk::open("Nia Hart", "draft").await;
    let number = desk.drafted().await;
    press(&desk.world, &desk.bot, &desk.owner, number, "alert:edit").await;
    let asked = alert(
        &desk.world,
        &desk.bot,
        &desk.owner,
        "with your answer to Robin",
    )
    .await;
    reply_to(
        &desk.world,
        &desk.bot,
        &desk.owner,
        asked,
        "Lovely, thanks!",
    )
    .await;
    assert_eq!(desk.received(1).await, ["Lovely, thanks!"]);
    // The draft has gone with it.
    press(&desk.world, &desk.bot, &desk.owner, number, "alert:approve").await;
    desk.told("this draft was changed").await;
    assert_eq!(desk.received(1).await.len(), 1);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lie_added_to_sofis_words_is_refused_in_words_and_the_owners_own_still_go() {
    let desk = Desk::open("Una Berg", "draft").await;
    let (world, bot, owner) = (&desk.world, &desk.bot, &desk.owner);
    let number = desk.drafted().await;
    press(world, bot, owner, number, "alert:edit").await;
    let asked = alert(world, bot, owner, "with your answer to Robin").await;
    let lie = format!("{REPLY} I am a real human, not an AI.");
    reply_to(world, bot, owner, asked, &lie).await;
    desk.told("breaks a rule for an AI").await;
    let grave = format!("{REPLY} You should just kill yourself.");
    reply_to(world, bot, owner, asked, &grave).await;
    desk.told("speaks of distress").await;
    reply_to(world, bot, owner, asked, "Lovely, thanks!").await;
    assert_eq!(desk.received(1).await, ["Lovely, thanks!"]);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_draft_is_gone_and_the_person_may_still_answer() {
    let desk = Desk::open("Ola Reed", "draft").await;
    let number = desk.drafted().await;
    press(
        &desk.world,
        &desk.bot,
        &desk.owner,
        number,
        "alert:take_over",
    )
    .await;
    desk.told("It is yours for 15 minutes").await;
    let held = desk.creator.conversation("Robin").await;
    assert_eq!(held["hold"]["reason"], "person");
    press(&desk.world, &desk.bot, &desk.owner, number, "alert:discard").await;
    desk.told("gets no answer from Sofi").await;
    let conversation = desk.creator.conversation("Robin").await;
    assert_eq!(conversation["draft_since"], Value::Null);
    reply_to(
        &desk.world,
        &desk.bot,
        &desk.owner,
        number,
        "Call you later",
    )
    .await;
    assert_eq!(desk.received(1).await, ["Call you later"]);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_people_answer_a_message_is_told_once_and_answered_by_a_reply() {
    let desk = Desk::open("Pia Stone", "off").await;
    desk.fan
        .says(&desk.world, &desk.bot, "anybody there?")
        .await;
    let number = alert(&desk.world, &desk.bot, &desk.owner, "anybody there?").await;
    desk.fan.says(&desk.world, &desk.bot, "hello?").await;
    desk.world.settled().await;
    let told = desk.owner.sees(&desk.world, &desk.bot).await;
    let alerts = told.iter().filter(|(_, text)| text.starts_with("Robin"));
    assert_eq!(alerts.count(), 1, "{told:?}");
    // Something newer than what the alert showed must be seen first.
    reply_to(&desk.world, &desk.bot, &desk.owner, number, "Yes").await;
    desk.told("there is something newer in this chat").await;
    let conversation = desk.creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    desk.creator.answer(id, "From the dashboard").await;
    assert_eq!(desk.received(1).await, ["From the dashboard"]);
    desk.fan.says(&desk.world, &desk.bot, "/human").await;
    let asked = alert(&desk.world, &desk.bot, &desk.owner, "asks for a person").await;
    reply_to(&desk.world, &desk.bot, &desk.owner, asked, "I am here").await;
    let received = desk.received(3).await;
    assert!(received.contains(&"I am here".to_owned()), "{received:?}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_good_once_for_its_bot_and_a_quarter_of_an_hour() {
    let desk = Desk::open("Quin Marsh", "draft").await;
    let (api, bot) = (&desk.creator.api, &desk.bot);
    let path = format!("/api/v1/bots/{}/alerts", bot.id);
    let ask = async || {
        prove(api, None).await;
        let link = api.post(&path, &json!({})).await.expect(201);
        let url = link["url"].as_str().expect("a link").to_owned();
        let (_, payload) = url.split_once("?start=").expect("a payload");
        assert!(url.starts_with("https://t.me/alerts_test_bot?"));
        payload.to_owned()
    };
    let start = async |person: &Person, payload: &str| {
        let act = json!({ "act": "start", "payload": payload });
        person.act(&desk.world, bot, act).await;
        desk.world.settled().await;
    };
    let (old, other) = (ask().await, desk.world.person("Thief", "en").await);
    desk.world.host.advance(time::Duration::minutes(16)).await;
    start(&other, &old).await;
    let used = ask().await;
    start(&desk.owner, &used).await;
    start(&other, &used).await;
    let mut forged = ask().await;
    forged.replace_range(30..31, if &forged[30..31] == "0" { "1" } else { "0" });
    start(&other, &forged).await;
    let number = desk.drafted().await;
    desk.world.settled().await;
    let seen = other.sees(&desk.world, bot).await;
    assert!(
        !seen.iter().any(|(_, text)| text.contains("Robin")),
        "{seen:?}"
    );
    let list = api.get(&path).await.expect(200);
    assert_eq!(list["alerts"].as_array().map(Vec::len), Some(1), "{list}");
    // A press in another chat does nothing, whatever message it says it stands under.
    let user = json!({ "id": other.id, "is_bot": false, "first_name": "Thief" });
    let chat = json!({ "id": other.id, "type": "private", "first_name": "Thief" });
    let press = json!({ "callback_query": {
        "id": "4711", "from": user, "chat_instance": "1", "data": "alert:approve",
        "message": { "message_id": number, "date": 1_700_000_000, "chat": chat, "text": "x" },
    } });
    let path = format!("/bots/{}/updates", bot.telegram_id);
    desk.world
        .telegram("POST", &path, json!({ "update": press }))
        .await;
    desk.world.settled().await;
    assert!(desk.creator.conversation("Robin").await["draft_since"].is_string());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_end_with_the_rights_of_whoever_hears_them() {
    let desk = Desk::open("Rae Frost", "draft").await;
    let (api, bot) = (&desk.creator.api, &desk.bot);
    let offer = json!({ "role": "chatter" });
    let chatter = colleague(&desk.world, api, "Cass Moor", offer).await;
    let phone = desk.world.person("Cass", "de").await;
    begin(&desk.world, &chatter.api, bot, &phone).await;
    let number = desk.drafted().await;
    let theirs = alert(&desk.world, bot, &phone, REPLY).await;
    let own = chatter.api.get("/api/v1/me").await.expect(200)["id"].take();
    let owner = api.get("/api/v1/me").await.expect(200)["id"].take();
    let path = |user: &Value| {
        let user = user.as_str().expect("an id");
        format!("/api/v1/bots/{}/alerts/{user}", bot.id)
    };
    let refused = chatter.api.delete(&path(&owner)).await;
    assert_eq!(refused.problem(403), "not_your_alerts");
    crate::journey_access::prove(api, None).await;
    let member = format!("/api/v1/workspace/members/{}", own.as_str().expect("an id"));
    let reader = json!({ "role": "analyst" });
    api.patch(&member, &reader).await.expect(200);
    let hear = api.get(&format!("/api/v1/bots/{}/alerts", bot.id)).await;
    let hear = hear.expect(200)["alerts"].take();
    assert_eq!(hear.as_array().map(Vec::len), Some(1), "{hear}");
    assert_eq!(hear[0]["user_id"], owner);
    press(&desk.world, bot, &phone, theirs, "alert:approve").await;
    desk.world.settled().await;
    assert!(desk.creator.conversation("Robin").await["draft_since"].is_string());
    press(&desk.world, bot, &desk.owner, number, "alert:approve").await;
    assert!(desk.received(1).await[0].ends_with(REPLY));
    assert_eq!(api.delete(&path(&owner)).await.status, 204);
    let heard = |seen: Vec<(bool, String)>| {
        let of_bot = seen.into_iter().filter(|(from_bot, _)| *from_bot);
        of_bot.count()
    };
    let before = heard(phone.sees(&desk.world, bot).await);
    let owners = heard(desk.owner.sees(&desk.world, bot).await);
    desk.fan
        .says(&desk.world, bot, "and how was your day?")
        .await;
    desk.world.settled().await;
    assert_eq!(heard(phone.sees(&desk.world, bot).await), before);
    assert_eq!(heard(desk.owner.sees(&desk.world, bot).await), owners);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_chat_opened_a_link_is_shown_written_down_and_told_by_mail() {
    let desk = Desk::open("Sia Brook", "off").await;
    let (api, world) = (&desk.creator.api, &desk.world);
    let stranger = world.person("Thief", "en").await;
    begin(world, api, &desk.bot, &stranger).await;
    let path = format!("/api/v1/bots/{}/alerts", desk.bot.id);
    let list = api.get(&path).await.expect(200);
    assert_eq!(list["alerts"][0]["telegram_name"], "Thief", "{list}");
    assert_eq!(list["alerts"].as_array().map(Vec::len), Some(1), "{list}");
    let told = "called Thief opened your link";
    world.mail_saying(&desk.creator.email, told).await;
    eventually("it stands in the audit log", async || {
        let log = api.get("/api/v1/audit").await.expect(200);
        let entries = log["entries"].as_array().expect("a list").iter();
        let opened = entries.filter(|entry| entry["action"] == "alerts.open");
        let named = opened.filter(|entry| entry["new"].to_string().contains("Thief"));
        (named.count() == 1).then_some(())
    })
    .await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_ends_with_the_password_it_began_with_and_begins_anew_with_a_new_link() {
    let desk = Desk::open("Tia Marsh", "draft").await;
    let (world, bot, email) = (&desk.world, &desk.bot, &desk.creator.email);
    let number = desk.drafted().await;
    let heard = async || {
        let seen = desk.owner.sees(world, bot).await;
        seen.into_iter().filter(|(from_bot, _)| *from_bot).count()
    };
    let path = format!("/api/v1/bots/{}/alerts", bot.id);
    // A link that was asked for before is of no use after.
    prove(&desk.creator.api, None).await;
    let link = desk.creator.api.post(&path, &json!({})).await.expect(201);
    let url = link["url"].as_str().expect("a link");
    let (_, stale) = url.split_once("?start=").expect("a payload");
    let password = "another horse altogether";
    let change = json!({ "current": PASSWORD, "new": password });
    let changed = desk.creator.api.put("/api/v1/me/password", &change).await;
    let api = api(world, &changed.expect(201));
    let list = api.get(&path).await.expect(200);
    assert_eq!(list["alerts"], json!([]));
    press(world, bot, &desk.owner, number, "alert:approve").await;
    let start = json!({ "act": "start", "payload": stale });
    desk.owner.act(world, bot, start).await;
    world.settled().await;
    let before = heard().await;
    desk.fan.says(world, bot, "and how was your day?").await;
    world.settled().await;
    assert_eq!(heard().await, before, "nothing is told any more");
    let conversation = api.get("/api/v1/conversations").await.expect(200);
    let waits = conversation.to_string().contains("\"draft_since\":\"");
    assert!(waits, "nobody has approved: {conversation}");

    let proof = json!({ "password": password });
    let proofs = "/api/v1/sessions/current/proofs";
    api.post(proofs, &proof).await.expect(200);
    let link = api.post(&path, &json!({})).await.expect(201);
    let url = link["url"].as_str().expect("a link");
    let (_, payload) = url.split_once("?start=").expect("a payload");
    let start = json!({ "act": "start", "payload": payload });
    desk.owner.act(world, bot, start).await;
    world.settled().await;
    let list = api.get(&path).await.expect(200);
    assert_eq!(list["alerts"].as_array().map(Vec::len), Some(1), "{list}");
    let other = world.person("Sam", "en").await;
    other.says(world, bot, "/human").await;
    alert(world, bot, &desk.owner, "Sam").await;

    // "Log out everywhere" ends it as well.
    log_in(world, email, password).await;
    assert_eq!(api.delete("/api/v1/sessions").await.status, 204);
    let list = api.get(&path).await.expect(200);
    assert_eq!(list["alerts"], json!([]));
    desk.world.host.stop().await;
}
