//! What Telegram refuses for good, what it is asked beside messages, and what is too large for the queue.

use reqwest::Client;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

/// More than travels through the queue: 512 KiB.
const TOO_LARGE: usize = 600 * 1024;

struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
}

impl Desk {
    async fn open(name: &str) -> Self {
        let world = World::start().await;
        let creator = world.creator(name).await;
        let bot = creator.connect_bot(&world, "refused_test_bot").await;
        Self {
            world,
            creator,
            bot,
        }
    }

    /// A fan who has written, and their conversation.
    async fn fan(&self, name: &str) -> (Person, String) {
        let fan = self.world.person(name, "en").await;
        fan.says(&self.world, &self.bot, "hello").await;
        let conversation = self.creator.conversation(name).await;
        let id = conversation["id"].as_str().expect("an id");
        (fan, id.to_owned())
    }

    /// Calls of a method that reached Telegram.
    async fn calls(&self, method: &str) -> Vec<Value> {
        let path = format!("/log?bot={}&method={method}", self.bot.telegram_id);
        let log = self.world.telegram("GET", &path, Value::Null).await;
        log["calls"].as_array().expect("calls").clone()
    }

    async fn at_telegram(&self, what: &str) -> Value {
        let path = format!("/bots/{}{what}", self.bot.telegram_id);
        self.world.telegram("GET", &path, Value::Null).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_telegram_refuses_for_good_is_shown_with_its_cause_and_its_fan_as_unreachable()
 {
    let desk = Desk::open("Mira Vale").await;
    for (kind, code, reachability) in [
        ("blocked", "blocked_by_fan", "blocked"),
        ("deactivated", "account_deleted", "deactivated"),
        ("chat_not_found", "chat_not_found", "chat_gone"),
    ] {
        let (fan, conversation) = desk.fan(&format!("Fan {kind}")).await;
        let rule = json!({ "bot": desk.bot.telegram_id, "method": "sendMessage", "chat": fan.id, "count": 1,
            "fault": { "kind": kind } });
        desk.world.telegram("POST", "/faults", rule).await;
        desk.creator.answer(&conversation, "are you there?").await;
        let message = eventually("the message has failed", async || {
            let messages = desk.creator.messages(&conversation).await;
            let failed = |message: &Value| message["delivery"] == "failed";
            messages.into_iter().find(failed)
        })
        .await;
        assert_eq!(message["failure"], code, "{message}");
        let head = desk.creator.conversation(&fan.first_name).await;
        assert_eq!(head["reachability"], reachability, "{head}");
        let path = format!("/api/v1/conversations/{conversation}/messages");
        let again = desk.creator.api.post(&path, &json!({ "text": "?" })).await;
        assert_eq!(again.problem(409), "fan_unreachable");
    }
    let refused = desk.calls("sendMessage").await;
    assert_eq!(refused.len(), 3, "nothing is tried again: {refused:?}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_behind_a_message_that_a_fan_has_blocked_is_not_tried() {
    const WAITING: usize = 5;
    let desk = Desk::open("Lena Frost").await;
    let (fan, conversation) = desk.fan("Robin").await;
    desk.world.settled().await;
    let doorbell = |running| {
        let sources = desk.world.host.sources();
        sources.set_running("sofi-doorbell.fifo", running)
    };
    assert_eq!(doorbell(false), 1);
    for number in 0..WAITING {
        let text = format!("are you there? {number}");
        desk.creator.answer(&conversation, &text).await;
    }
    let rule = json!({ "bot": desk.bot.telegram_id, "method": "sendMessage", "chat": fan.id,
        "fault": { "kind": "blocked" } });
    desk.world.telegram("POST", "/faults", rule).await;
    doorbell(true);
    eventually("none has arrived", async || {
        let messages = desk.creator.messages(&conversation).await;
        let failed = |message: &&Value| {
            message["delivery"] == "failed" && message["failure"] == "blocked_by_fan"
        };
        (messages.iter().filter(failed).count() == WAITING).then_some(())
    })
    .await;
    let calls = desk.calls("sendMessage").await;
    assert_eq!(calls.len(), 1, "{calls:?}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_arrive_waits_for_a_person_until_they_say_that_it_is_dealt_with() {
    let desk = Desk::open("Ola Reed").await;
    let (fan, conversation) = desk.fan("Robin").await;
    let rule = json!({ "bot": desk.bot.telegram_id, "method": "sendMessage", "chat": fan.id, "count": 1,
        "fault": { "kind": "blocked" } });
    desk.world.telegram("POST", "/faults", rule).await;
    let path = format!("/api/v1/conversations/{conversation}");
    let api = &desk.creator.api;
    let waiting = async || {
        let page = api.get("/api/v1/conversations?view=unsent").await;
        page.expect(200)["conversations"].take()
    };
    assert_eq!(waiting().await, json!([]));
    desk.creator.answer(&conversation, "are you there?").await;
    // What is put away beforehand is shown all the same.
    api.patch(&path, &json!({ "done": true })).await.expect(200);
    let head = eventually("it waits for somebody", async || {
        waiting().await.as_array_mut().and_then(Vec::pop)
    })
    .await;
    assert_eq!(head["id"], conversation.as_str(), "{head}");
    let early = json!({ "unsent_through": "2020-01-01T00:00:00Z" });
    let state = api.patch(&path, &early).await.expect(200);
    assert_eq!(state["unsent_at"], head["unsent_at"], "{state}");
    let seen = json!({ "unsent_through": head["unsent_at"] });
    let state = api.patch(&path, &seen).await.expect(200);
    assert!(state["unsent_at"].is_null(), "{state}");
    assert_eq!(waiting().await, json!([]));
    desk.world.host.stop().await;
}

/// What is kept of what people write, by kind.
async fn kept(world: &World) -> Vec<(&'static str, usize)> {
    let mut kept = Vec::new();
    for kind in [
        "conversation",
        "fan",
        "message",
        "outbox",
        "parked",
        "waiting",
    ] {
        kept.push((kind, world.rows(kind).await.len()));
    }
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_in_groups_and_channels_is_neither_stored_nor_answered() {
    let desk = Desk::open("Una Moss").await;
    let (fan, _) = desk.fan("Robin").await;
    desk.world.settled().await;
    let before = kept(&desk.world).await;
    let user =
        json!({ "id": fan.id, "is_bot": false, "first_name": "Robin", "language_code": "en" });
    let path = format!("/bots/{}/updates", desk.bot.telegram_id);
    for kind in ["group", "supergroup", "channel"] {
        let chat = json!({ "id": -1_001_234_567_890_i64, "type": kind, "title": "Club" });
        let message = |number: i64, text: &str| json!({ "message_id": number, "date": 1_800_000_000, "from": user, "chat": chat, "text": text });
        let mut edited = message(2, "/privacy");
        edited["edit_date"] = json!(1_800_000_001);
        let member = |status: &str| json!({ "status": status, "user": user });
        for update in [
            json!({ "message": message(1, "/start") }),
            json!({ "message": message(2, "/export@refused_test_bot") }),
            json!({ "message": message(3, "are you a bot?") }),
            json!({ "edited_message": edited }),
            json!({ "message_reaction": { "chat": chat, "message_id": 1, "user": user, "date": 1_800_000_000,
                "old_reaction": [], "new_reaction": [{ "type": "emoji", "emoji": "\u{1F44D}" }] } }),
            json!({ "my_chat_member": { "chat": chat, "from": user, "date": 1_800_000_000,
                "old_chat_member": member("member"), "new_chat_member": member("kicked") } }),
            json!({ "callback_query": { "id": "q", "from": user, "chat_instance": "c", "data": "command:stop",
                "message": message(1, "a question") } }),
        ] {
            let update = json!({ "update": update });
            desk.world.telegram("POST", &path, update).await;
        }
    }
    desk.world.settled().await;
    assert_eq!(kept(&desk.world).await, before);
    for method in ["sendMessage", "sendDocument", "answerCallbackQuery"] {
        let calls = desk.calls(method).await;
        assert!(calls.is_empty(), "{calls:?}");
    }
    let head = desk.creator.conversation("Robin").await;
    assert_eq!(head["reachability"], "reachable", "{head}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_sees_that_somebody_is_typing() {
    let desk = Desk::open("Nia Hart").await;
    let (fan, conversation) = desk.fan("Robin").await;
    let path = format!("/api/v1/conversations/{conversation}/typing");
    let answer = desk.creator.api.post(&path, &json!({})).await;
    assert_eq!(answer.status, 204);
    let call = eventually("Telegram hears of it", async || {
        desk.calls("sendChatAction").await.pop()
    })
    .await;
    assert_eq!(call["status"], 200, "{call}");
    assert_eq!(call["params"]["action"], "typing", "{call}");
    let chat = &call["params"]["chat_id"];
    assert_eq!(chat.to_string().trim_matches('"'), fan.id.to_string());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_pays_is_told_in_time_that_nothing_is_for_sale() {
    let desk = Desk::open("Ada Lund").await;
    let (fan, _) = desk.fan("Robin").await;
    let invoice = json!({ "title": "A photo", "description": "One photo", "payload": "p1", "currency": "XTR",
        "prices": [{ "label": "Photo", "amount": 50 }] });
    let url = format!(
        "{}/bot{}/createInvoiceLink",
        desk.world.host.telegram_url(),
        desk.bot.token
    );
    let made = Client::new().post(url).json(&invoice).send().await;
    let made: Value = made
        .expect("the stand-in answers")
        .json()
        .await
        .expect("JSON");
    let link = made["result"].as_str().expect("a link");
    let pay = json!({ "act": "pay", "link": link });
    fan.act(&desk.world, &desk.bot, pay).await;
    let checkout = eventually("the checkout has ended", async || {
        let payments = desk.at_telegram("/payments").await;
        let mut checkouts = payments["checkouts"].as_array().expect("a list").clone();
        checkouts
            .pop()
            .filter(|checkout| checkout["state"] != "waiting")
    })
    .await;
    // Ten seconds after the question it would have timed out.
    assert_eq!(checkout["state"], "declined", "{checkout}");
    let reason = checkout["reason"].as_str().expect("a reason");
    assert!(reason.contains("Nothing can be bought"), "{reason}");
    let payments = desk.at_telegram("/payments").await;
    assert_eq!(payments["transactions"], json!([]), "nobody has paid");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_is_too_large_is_listed_without_its_content_and_holds_up_nobody() {
    let desk = Desk::open("Ines Roth").await;
    let (fan, _) = desk.fan("Robin").await;
    desk.world.settled().await;
    let (bot, large) = (desk.at_telegram("").await, "x".repeat(TOO_LARGE));
    let hook = bot["webhook"]["url"].as_str().expect("an address");
    let stranger = Client::new()
        .post(hook)
        .header("x-telegram-bot-api-secret-token", "wrong")
        .body(large.clone());
    let refused = stranger.send().await.expect("the host answers");
    assert_eq!(refused.status().as_u16(), 401);

    let path = format!("/bots/{}/updates", desk.bot.telegram_id);
    let update = json!({ "update": { "message": { "message_id": 900, "date": 1_800_000_000, "text": large,
        "from": { "id": fan.id, "is_bot": false, "first_name": "Robin" }, "chat": { "id": fan.id, "type": "private" } } } });
    desk.world.telegram("POST", &path, update).await;
    fan.says(&desk.world, &desk.bot, "afterwards").await;
    let api = &desk.creator.api;
    eventually("the next text arrives", async || {
        let page = api.get("/api/v1/conversations").await.expect(200);
        let heads = page["conversations"].as_array().expect("a list");
        let arrived = |head: &Value| head["snippet"] == "afterwards";
        heads.iter().any(arrived).then_some(())
    })
    .await;
    let log = format!("/deliveries?bot={}&limit=1000", desk.bot.telegram_id);
    let log = desk.world.telegram("GET", &log, Value::Null).await;
    let tries = log["deliveries"].as_array().expect("a list");
    let failed = tries.iter().find(|tried| tried["status"] != 200);
    assert_eq!(failed, None, "{tries:?}");

    let path = format!("/api/v1/bots/{}/parked-updates", desk.bot.id);
    let listed = api.get(&path).await.expect(200)["parked_updates"].take();
    let parked = listed.as_array().expect("a list");
    assert_eq!(parked.len(), 1, "{parked:?}");
    assert_eq!(parked[0]["reason"], "too_large");
    let id = parked[0]["id"].as_str().expect("an id");
    let again = api.post(&format!("{path}/{id}/replays"), &json!({})).await;
    assert_eq!(again.problem(409), "update_not_kept");
    desk.world.host.stop().await;
}
