//! A copy of the tables from the middle of an erasure is put back after its end: who is back by it is found, and erased again.

use serde_json::json;
use tests::{Bot, Creator, World, eventually};

use super::restored::{REPLAY, RESTORED, Tables, WORDS, copy, plan_kill, put_back};
use super::rows::{self, ids, text};
use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, finished};

/// In which of a job's transactions the lists of the only fan may go; the first one says that a job is at it.
const CALLS: std::ops::Range<u32> = 2..12;

/// A fan whose erasure is over, and the tables as they were in the middle of it.
struct Torn {
    /// The fan's id.
    fan: String,
    copy: Tables,
}

/// Has a job die between the lists and the profile: of one fan after the other, one transaction later for each.
async fn torn(world: &World, eve: &Creator, bot: &Bot) -> Torn {
    for (before, call) in CALLS.enumerate() {
        let name = format!("Tessera{call:02}");
        let fan = world.person(&name, "en").await;
        fan.says(world, bot, WORDS).await;
        let fan = text(&eve.conversation(&name).await["fan_id"]);
        world.settled().await;
        let killed = world.host.kills().len();
        let operation = "dynamodb:TransactWriteItems";
        plan_kill(world, "privacy.erase", operation, call);
        prove(&eve.api, None).await;
        let body = json!({ "fan_id": fan });
        eve.api.post(ERASURES, &body).await.expect(202);
        eventually("the job has died", async || {
            (world.host.kills().len() > killed).then_some(())
        })
        .await;
        let copy = copy(world);
        let held = rows::naming(&rows::dump(world).await, &ids(&[&json!(fan)]));
        let kinds = rows::count(&held);
        world.host.clear_kill_plans();
        // What the job was at is hidden for its visibility time-out.
        world.host.advance(time::Duration::seconds(400)).await;
        finished(&eve.api, before + 1).await;
        world.settled().await;
        // In the list of all fans, and in no other.
        let entries = kinds.get("fan_entry").copied().unwrap_or_default();
        if kinds.contains_key("fan") && entries <= 1 {
            assert_eq!(entries, 1, "they can be found: {kinds:?}");
            return Torn { fan, copy };
        }
    }
    panic!("no job died between the lists and the profile");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_copy_from_the_middle_of_an_erasure_brings_back_is_erased_again() {
    let world = World::start().await;
    let eve = world.creator("Eve Rook").await;
    let bot = eve.connect_bot(&world, "eve_torn_bot").await;
    let Torn { fan, copy } = torn(&world, &eve, &bot).await;
    let own = ids(&[&json!(fan)]);
    rows::assert_gone(&rows::dump(&world).await, &own);

    put_back(&world, &copy, &RESTORED);
    let path = format!("/api/v1/fans/{fan}");
    let back = eve.api.get(&path).await.expect(200);
    assert!(back.to_string().contains("Tessera"), "readable: {back}");
    let replay = world.api().post(REPLAY, &json!({})).await;
    replay.expect(200);
    world.settled().await;
    eventually("they are gone again", async || {
        (eve.api.get(&path).await.status == 404).then_some(())
    })
    .await;
    world.settled().await;
    rows::assert_gone(&rows::dump(&world).await, &own);
    world.host.stop().await;
}
