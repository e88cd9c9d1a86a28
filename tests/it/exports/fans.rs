//! Fans ask for what is held of them in the chat with the bot, and get it there.

use std::io::Cursor;

use local::KillPlan;
use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::eventually;

use super::{Stage, places, sections, text};
use crate::journey_exports::{copies, files, hold, id, shown, signer};
use crate::journey_privacy::{ERASURES, requests};

impl Stage {
    /// With Telegram's limits out of the way, which are no matter of these tests.
    async fn open_at_leisure() -> Self {
        let stage = Self::open().await;
        let limits = json!({ "rate_limits": false });
        stage.world.telegram("PATCH", "/settings", limits).await;
        stage
    }

    async fn asks(&self) {
        self.robin.says(&self.world, &self.bot, "/export").await;
    }

    /// Waits until the bot has said something to the fan that holds these words, so often.
    async fn told(&self, words: &str, count: usize) {
        eventually(&format!("the fan reads {words:?}"), async || {
            let seen = self.robin.sees(&self.world, &self.bot).await;
            let said = seen
                .iter()
                .filter(|(from_bot, text)| *from_bot && text.contains(words));
            (said.count() == count).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p25_a_fan_asks_in_the_chat_and_gets_what_is_held_of_them_and_of_nobody_else() {
    let stage = Stage::open_at_leisure().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let mails = world.mails_to(&stage.mira.email).len();
    stage.asks().await;
    stage.told("Your copy is being made", 1).await;
    let copy = copies(world, &stage.bot, &stage.robin, 1).await.remove(0);
    assert_eq!(copy.name, "sofi-export.zip");
    assert!(copy.caption.contains("about.txt"), "{}", copy.caption);
    let key = signer(world).await;
    let findings = archive::verify(&mut Cursor::new(&copy.bytes), &key).expect("reads");
    assert_eq!(findings, []);
    let held = sections(&copy.bytes);
    for word in [
        "canary-of-robin",
        "canary-of-an-answer",
        "canary-of-a-note",
        "canary-of-a-fact",
        "canary-of-a-profile",
    ] {
        assert!(!places(&held, word).is_empty(), "{word}");
    }
    for word in ["canary-of-sam", "canary-of-eve", "eve_bot"] {
        assert_eq!(places(&held, word), [""; 0], "{word}");
    }
    assert!(!held.contains_key("member") && !held.contains_key("audit_entry"));

    world.settled().await;
    let request = requests(api).await.remove(0);
    assert_eq!(
        (&request["origin"], &request["requested_by"]),
        (&json!("fan"), &Value::Null)
    );
    assert_eq!(request["state"], "finished");
    let one = shown(api, &id(&request)).await;
    assert_eq!(one["export"]["fan_id"], stage.fan.as_str());
    assert_eq!(world.mails_to(&stage.mira.email).len(), mails, "no mail");
    let log = api.get("/api/v1/audit?limit=100").await.expect(200);
    let entries = log["entries"].as_array().expect("entries").iter();
    let begun = entries.filter(|entry| entry["action"] == "export.create");
    assert_eq!(begun.count(), 1);
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_update_and_a_second_wish_meanwhile_begin_no_second_export() {
    let stage = Stage::open_at_leisure().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    hold(world, "pause").await;
    let message = json!({
        "message_id": 7_000, "date": 1_800_000_000, "text": "/export",
        "from": { "id": stage.robin.id, "is_bot": false, "first_name": "Robin", "language_code": "en" },
        "chat": { "id": stage.robin.id, "type": "private", "first_name": "Robin" },
        "entities": [{ "type": "bot_command", "offset": 0, "length": 7 }],
    });
    let path = format!("/bots/{}/updates", stage.bot.telegram_id);
    // The same update twice, and the same message in another one.
    let update = json!({ "update": { "message": message }, "times": 2 });
    for _ in 0..2 {
        world.telegram("POST", &path, update.clone()).await;
    }
    stage.told("Your copy is being made", 1).await;
    stage.asks().await;
    stage.told("A copy is being made already", 1).await;
    world.settled_but(&["-exports"]).await;
    assert_eq!(requests(api).await.len(), 1);
    hold(world, "resume").await;
    copies(world, &stage.bot, &stage.robin, 1).await;
    world.settled().await;
    assert_eq!(files(world, &stage.bot, &stage.robin).await.len(), 1);
    stage.told("Your copy is being made", 1).await;
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fourth_wish_of_a_day_is_refused_and_that_of_the_next_day_is_not() {
    let stage = Stage::open_at_leisure().await;
    let (world, bot) = (&stage.world, &stage.bot);
    for count in 1..=3 {
        stage.asks().await;
        copies(world, bot, &stage.robin, count).await;
        world.settled().await;
    }
    stage.asks().await;
    stage.told("three copies", 1).await;
    world.settled().await;
    assert_eq!(requests(&stage.mira.api).await.len(), 3);
    assert_eq!(files(world, bot, &stage.robin).await.len(), 3);
    world.host.advance(time::Duration::hours(25)).await;
    stage.asks().await;
    copies(world, bot, &stage.robin, 4).await;
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_while_the_export_runs_gets_no_file() {
    let stage = Stage::open_at_leisure().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    hold(world, "pause").await;
    stage.asks().await;
    stage.told("Your copy is being made", 1).await;
    let export = id(&requests(api).await[0]);
    let body = json!({ "fan_id": stage.fan });
    api.post(ERASURES, &body).await.expect(202);
    eventually("the export is taken back", async || {
        (shown(api, &export).await["state"] == "withdrawn").then_some(())
    })
    .await;
    world.settled_but(&["-exports"]).await;
    hold(world, "resume").await;
    world.settled().await;
    assert!(files(world, &stage.bot, &stage.robin).await.is_empty());
    let left = world.control("/dump").await["buckets"].to_string();
    assert!(!left.contains(".zip"), "no file either");
    assert_eq!(shown(api, &export).await["state"], "withdrawn");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_behind_a_file_does_not_wait_for_s3() {
    let stage = Stage::open_at_leisure().await;
    let world = &stage.world;
    let sender = world.host.functions().resolve("workers.sender");
    let sender = sender.expect("a function").to_owned();
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("s3".to_owned()),
        operation: Some("GetObject".to_owned()),
        function: Some(sender.clone()),
        times: None,
        skip: 0,
        delay_ms: 0,
    });
    stage.asks().await;
    eventually("the file cannot be read", async || {
        let failed = world.host.log().select(|line| {
            line.function == sender && line.text.contains("an export could not be read")
        });
        (!failed.is_empty()).then_some(())
    })
    .await;
    let chat = stage.mira.conversation("Robin").await;
    stage.mira.answer(&text(&chat["id"]), "meanwhile").await;
    stage.told("meanwhile", 1).await;
    let open = requests(&stage.mira.api).await.remove(0);
    assert_eq!(open["state"], "running", "nothing has arrived");
    // The sweep looks at a moment only once: what fails for longer is due anew each time.
    for _ in 0..2 {
        world.host.advance(time::Duration::minutes(10)).await;
        let tick = "/__local/functions/operations.tick/invoke";
        world.api().post(tick, &json!({})).await.expect(200);
        world.settled().await;
    }
    world.host.gate().clear_faults();
    // The sweep rings for what waits.
    world.host.advance(time::Duration::seconds(130)).await;
    copies(world, &stage.bot, &stage.robin, 1).await;
    world.settled().await;
    let request = shown(&stage.mira.api, &id(&open)).await;
    assert_eq!(request["state"], "finished");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_finished_with_its_file_even_if_the_sender_dies_at_that_moment() {
    let stage = Stage::open_at_leisure().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    hold(world, "pause").await;
    stage.asks().await;
    stage.told("Your copy is being made", 1).await;
    world.settled_but(&["-exports"]).await;
    // The first write says that the file is being sent, the second one that it was.
    world.host.plan_kill(KillPlan {
        function: Some("workers.sender".to_owned()),
        before_call: None,
        after_call: Some(2),
        operation: Some("dynamodb:TransactWriteItems".to_owned()),
        times: 1,
        skip: 0,
    });
    hold(world, "resume").await;
    eventually("the sender dies", async || {
        (!world.host.kills().is_empty()).then_some(())
    })
    .await;
    // What it had in hand is hidden for its visibility time-out.
    world.host.advance(time::Duration::seconds(460)).await;
    world.settled().await;
    assert_eq!(files(world, &stage.bot, &stage.robin).await.len(), 1);
    let request = requests(api).await.remove(0);
    assert_eq!(request["state"], "finished", "{request}");
    stage.world.host.stop().await;
}
