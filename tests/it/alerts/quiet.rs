//! Quiet hours: what can wait does, and comes as one line.

use serde_json::{Value, json};
use tests::{World, eventually};

use super::Desk;
use crate::journey_access::prove;
use crate::journey_alerts::alert;

/// Quiet hours that have begun an hour ago and end within two.
fn quiet_now(world: &World) -> Value {
    let hour = world.now().hour();
    let time = |hour: u8| format!("{:02}:00", hour % 24);
    json!({ "from": time(hour + 23), "to": time(hour + 2), "time_zone": "UTC" })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_wait_waits_for_the_end_of_quiet_hours_and_comes_as_one_line() {
    let desk = Desk::open("Una Moss", "off").await;
    let (api, bot, world) = (&desk.creator.api, &desk.bot, &desk.world);
    let current = "/api/v1/workspace/members/current";
    let quiet = json!({ "quiet_hours": quiet_now(world) });
    api.patch(current, &quiet).await.expect(200);
    let team = api.get("/api/v1/workspace/members").await.expect(200);
    assert_eq!(team["members"][0]["quiet_hours"], quiet["quiet_hours"]);
    let (second, third) = (
        world.person("Sam", "en").await,
        world.person("Toni", "en").await,
    );
    desk.fan.says(world, bot, "anybody there?").await;
    second.says(world, bot, "when are you back?").await;
    third.says(world, bot, "i want to kill myself").await;
    // Somebody in distress is told of at any hour, and by then the others would have been.
    alert(world, bot, &desk.owner, "may be in distress").await;
    world.settled().await;
    let told = async || {
        let seen = desk.owner.sees(world, bot).await;
        let of_bot = seen.into_iter().filter(|(from_bot, _)| *from_bot);
        of_bot.map(|(_, text)| text).collect::<Vec<_>>()
    };
    let heard = told().await;
    let names = |text: &String| text.starts_with("Robin") || text.starts_with("Sam");
    assert!(!heard.iter().any(names), "{heard:?}");
    // Who has been answered meanwhile waits no more.
    let answered = desk.creator.conversation("Sam").await;
    let id = answered["id"].as_str().expect("an id");
    desk.creator.answer(id, "Tomorrow!").await;
    eventually("the answer is sent", async || {
        let seen = second.sees(world, bot).await;
        seen.iter()
            .any(|(from_bot, text)| *from_bot && text == "Tomorrow!")
            .then_some(())
    })
    .await;
    world.host.advance(time::Duration::minutes(125)).await;
    let line = "Fans who still wait for an answer: 1";
    alert(world, bot, &desk.owner, line).await;
    world.settled().await;
    let heard = told().await;
    assert!(!heard.iter().any(names), "{heard:?}");
    let lines = heard.iter().filter(|text| text.contains("quiet hours"));
    assert_eq!(lines.count(), 1, "{heard:?}");
    // The next one comes at once again.
    let fourth = world.person("Ulf", "en").await;
    fourth.says(world, bot, "hello there").await;
    alert(world, bot, &desk.owner, "hello there").await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_back_comes_when_quiet_hours_end_early_and_names_nobody_who_was_erased() {
    let desk = Desk::open("Wim Dale", "off").await;
    let (api, bot, world) = (&desk.creator.api, &desk.bot, &desk.world);
    let current = "/api/v1/workspace/members/current";
    let quiet = json!({ "quiet_hours": quiet_now(world) });
    let held = async || world.rows("outbox").await.len();
    api.patch(current, &quiet).await.expect(200);
    desk.fan.says(world, bot, "anybody there?").await;
    world.settled().await;
    assert_eq!(held().await, 1, "one line waits");
    let conversation = desk.creator.conversation("Robin").await;
    prove(api, None).await;
    let erased = json!({ "fan_id": conversation["fan_id"] });
    api.post("/api/v1/privacy/erasures", &erased)
        .await
        .expect(202);
    eventually("nothing waits that names the fan", async || {
        (held().await == 0).then_some(())
    })
    .await;

    let second = world.person("Sam", "en").await;
    second.says(world, bot, "when are you back?").await;
    world.settled().await;
    assert_eq!(held().await, 1, "another line waits");
    let off = json!({ "quiet_hours": null });
    api.patch(current, &off).await.expect(200);
    let line = "Fans who still wait for an answer: 1";
    alert(world, bot, &desk.owner, line).await;
    world.settled().await;
    assert_eq!(held().await, 0);
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_after_quiet_hours_in_which_everybody_was_answered() {
    let desk = Desk::open("Vera Quill", "off").await;
    let (api, bot, world) = (&desk.creator.api, &desk.bot, &desk.world);
    let quiet = json!({ "quiet_hours": quiet_now(world) });
    api.patch("/api/v1/workspace/members/current", &quiet)
        .await
        .expect(200);
    desk.fan.says(world, bot, "anybody there?").await;
    world.settled().await;
    let before = desk.owner.sees(world, bot).await;
    let conversation = desk.creator.conversation("Robin").await;
    let id = conversation["id"].as_str().expect("an id");
    desk.creator.answer(id, "Here I am").await;
    assert_eq!(desk.received(1).await, ["Here I am"]);
    world.host.advance(time::Duration::minutes(125)).await;
    // What is told anew afterwards comes behind what was held back.
    let other = world.person("Sam", "en").await;
    other.says(world, bot, "hello from Sam").await;
    alert(world, bot, &desk.owner, "hello from Sam").await;
    world.settled().await;
    let after = desk.owner.sees(world, bot).await;
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
    desk.world.host.stop().await;
}
