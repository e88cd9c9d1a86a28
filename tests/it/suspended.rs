//! A bot that sends nothing: what is to be sent waits while somebody can still see to it, and is shown as not sent where nobody can.

use local::KillPlan;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::journey_access::prove;
use crate::journey_team::colleague;

/// Where answers wait for the sender.
const DOORBELL: &str = "sofi-doorbell.fifo";
/// More than the sender looks at at once.
const WAITING: usize = 25;
/// Longer than `tick` looks back for what was due.
const LATER: time::Duration = time::Duration::minutes(10);
/// What the mail about a suspended bot is called.
const STOPPED: &str = "Your bot has stopped: Telegram refuses its token";

struct Desk {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
    conversation: String,
}

impl Desk {
    async fn open(owner: &str, username: &str) -> Self {
        let world = World::start().await;
        world
            .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
            .await;
        let creator = world.creator(owner).await;
        let bot = creator.connect_bot(&world, username).await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "hello").await;
        let conversation = creator.conversation("Robin").await;
        let conversation = conversation["id"].as_str().expect("an id").to_owned();
        world.settled().await;
        Self {
            world,
            creator,
            bot,
            fan,
            conversation,
        }
    }

    fn path(&self) -> String {
        format!("/api/v1/bots/{}", self.bot.id)
    }

    /// Telegram refuses the token once, for this answer; the sweep has looked at it for the last time.
    async fn is_refused(&self, text: &str) {
        let fault = json!({ "kind": "unauthorized" });
        let id = self.bot.telegram_id;
        let rule = json!({ "bot": id, "method": "sendMessage", "count": 1, "fault": fault });
        self.world.telegram("POST", "/faults", rule).await;
        self.creator.answer(&self.conversation, text).await;
        eventually("the bot is suspended", async || {
            let bots = self.creator.api.get("/api/v1/bots").await.expect(200);
            (bots["bots"][0]["state"] == "token_dead").then_some(())
        })
        .await;
        self.world.settled().await;
        self.sweep().await;
        assert_eq!(self.seen(text).await, 0);
    }

    /// Time passes, and the sweep looks at what was due.
    async fn sweep(&self) {
        self.world.host.advance(LATER).await;
        let tick = "/__local/functions/operations.tick/invoke";
        self.world.api().post(tick, &json!({})).await.expect(200);
        self.world.settled().await;
    }

    async fn repair(&self) {
        let path = format!("{}/repairs", self.path());
        let repaired = self.creator.api.post(&path, &json!({})).await.expect(201);
        assert_eq!(repaired["state"], "connected");
    }

    /// How often this address was told that a bot was suspended.
    fn told(&self, address: &str) -> usize {
        let mails = self.world.mails_to(address);
        mails.iter().filter(|mail| mail.subject == STOPPED).count()
    }

    async fn seen(&self, text: &str) -> usize {
        let seen = self.fan.sees(&self.world, &self.bot).await;
        let same = |(from_bot, said): &&(bool, String)| *from_bot && said == text;
        seen.iter().filter(same).count()
    }

    async fn goes_once(&self, text: &str) {
        eventually("the answer is sent", async || {
            (self.seen(text).await > 0).then_some(())
        })
        .await;
        self.world.settled().await;
        assert_eq!(self.seen(text).await, 1);
        let messages = self.creator.messages(&self.conversation).await;
        let answer = messages.iter().find(|message| message["text"] == text);
        assert_eq!(answer.expect("it is shown")["delivery"], "sent");
    }

    /// What the doctor says of sending, and whether the bot is well.
    async fn sending(&self) -> (Value, Value) {
        let health = format!("{}/health", self.path());
        let health = self.creator.api.get(&health).await.expect(200);
        let checks = health["checks"].as_array().expect("checks");
        let sending = checks
            .iter()
            .find(|check| check["check"] == "sending_allowed");
        (sending.expect("a check").clone(), health["healthy"].clone())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_token_goes_as_soon_as_there_is_one() {
    const TEXT: &str = "written with a dead token";
    let desk = Desk::open("Rotating Owner", "rotating_test_bot").await;
    desk.is_refused(TEXT).await;
    let revoke = format!("/bots/{}/revoke", desk.bot.telegram_id);
    let made = desk.world.telegram("POST", &revoke, Value::Null).await;
    prove(&desk.creator.api, None).await;
    let path = format!("{}/token", desk.path());
    let body = json!({ "token": made["token"] });
    let rotated = desk.creator.api.put(&path, &body).await.expect(200);
    assert_eq!(rotated["state"], "connected");
    desk.goes_once(TEXT).await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_telegram_refused_by_mistake_is_red_until_it_is_repaired_and_sends_then() {
    const TEXT: &str = "refused by mistake";
    let desk = Desk::open("Repairing Owner", "repairing_test_bot").await;
    desk.is_refused(TEXT).await;
    let (sending, healthy) = desk.sending().await;
    assert_eq!(
        (&sending["state"], &sending["fix"]["action"], &healthy),
        (&json!("red"), &json!("repair"), &json!(false)),
        "{sending}"
    );
    desk.repair().await;
    desk.goes_once(TEXT).await;
    let (sending, healthy) = desk.sending().await;
    assert_eq!(
        (&sending["state"], &healthy),
        (&json!("green"), &json!(true)),
        "{sending}"
    );
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_suspension_is_told_once_to_every_owner_with_the_bot_and_the_remedy_and_to_nobody_else()
 {
    let desk = Desk::open("Told Owner", "told_test_bot").await;
    let (world, owner) = (&desk.world, &desk.creator);
    let second = json!({ "role": "owner" });
    let second = colleague(world, &owner.api, "Ada Stone", second).await;
    let manager = json!({ "role": "manager" });
    let manager = colleague(world, &owner.api, "Rio Vance", manager).await;
    let told = || [&owner.email, &second.email, &manager.email].map(|address| desk.told(address));
    desk.is_refused("the first").await;
    assert_eq!(told(), [1, 1, 0]);
    let mail = world.mail_saying(&owner.email, "Replace token").await;
    assert_eq!(mail.subject, STOPPED);
    let text = mail.text.expect("text");
    assert!(
        text.contains("told_test_bot") && text.contains("/bots"),
        "{text}"
    );
    // What is written while nothing is sent is no new suspension.
    owner.answer(&desk.conversation, "meanwhile").await;
    world.settled().await;
    desk.sweep().await;
    assert_eq!(told(), [1, 1, 0]);

    desk.repair().await;
    desk.goes_once("the first").await;
    desk.goes_once("meanwhile").await;
    desk.is_refused("the second").await;
    assert_eq!(told(), [2, 2, 0]);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_dies_around_a_suspension_leaves_the_bot_suspended_and_its_owner_told_once() {
    const SUSPENDS: &str = "dynamodb:TransactWriteItems";
    // The first write comes before the call, with the second one the message goes back, and the third one suspends the bot.
    for (operation, before, after) in [
        (SUSPENDS, Some(3), None),
        (SUSPENDS, None, Some(3)),
        ("sqs:SendMessage", Some(1), None),
    ] {
        let desk = Desk::open("Dying Owner", "dying_told_bot").await;
        let host = &desk.world.host;
        let revoke = format!("/bots/{}/revoke", desk.bot.telegram_id);
        desk.world.telegram("POST", &revoke, Value::Null).await;
        host.plan_kill(KillPlan {
            function: Some("workers.sender".to_owned()),
            before_call: before,
            after_call: after,
            operation: Some(operation.to_owned()),
            times: 1,
            skip: 0,
        });
        desk.creator
            .answer(&desk.conversation, "who is told?")
            .await;
        eventually("the sender dies", async || {
            (host.kills().len() == 1).then_some(())
        })
        .await;
        // Its ring comes back, and the sweep asks for what it has not asked for.
        for _ in 0..3 {
            desk.sweep().await;
        }
        let bots = desk.creator.api.get("/api/v1/bots").await.expect(200);
        assert_eq!(bots["bots"][0]["state"], "token_dead", "{operation}");
        assert_eq!(
            desk.told(&desk.creator.email),
            1,
            "{operation} {before:?} {after:?}"
        );
        host.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_waits_at_a_bot_that_is_disconnected_is_shown_as_not_sent() {
    let desk = Desk::open("Parting Owner", "parting_test_bot").await;
    let host = &desk.world.host;
    assert_eq!(host.sources().set_running(DOORBELL, false), 1);
    for number in 0..WAITING {
        let text = format!("never sent {number:02}");
        desk.creator.answer(&desk.conversation, &text).await;
    }
    // Their rings were answered while Telegram had asked for a pause.
    host.aws().sqs().purge(DOORBELL).expect("a queue");
    prove(&desk.creator.api, None).await;
    desk.creator.api.delete(&desk.path()).await.expect(200);
    host.sources().set_running(DOORBELL, true);
    eventually("all are shown as not sent", async || {
        let messages = desk.creator.messages(&desk.conversation).await;
        let failed = |message: &&Value| {
            message["delivery"] == "failed" && message["failure"] == "bot_not_connected"
        };
        (messages.iter().filter(failed).count() == WAITING).then_some(())
    })
    .await;
    let log = format!("/log?bot={}&method=sendMessage", desk.bot.telegram_id);
    let log = desk.world.telegram("GET", &log, Value::Null).await;
    assert_eq!(log["calls"].as_array().map(Vec::len), Some(0), "{log}");
    host.stop().await;
}
