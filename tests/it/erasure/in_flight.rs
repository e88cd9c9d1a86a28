//! Sofi has an answer in hand while its fan is erased: what the vendor says comes to nothing.

use serde_json::json;
use tests::eventually;

use super::rows::{self, ids};
use super::stage::search;
use crate::journey_access::prove;
use crate::journey_privacy::{ERASURES, erased, finished};
use crate::sofi::Chat;

#[tokio::test(flavor = "multi_thread")]
async fn p27_an_answer_that_is_being_written_comes_to_nothing_once_its_fan_is_erased() {
    let chat = Chat::open("auto").await;
    let (world, api) = (&chat.world, &chat.creator.api);
    chat.hold(true).await;
    chat.says("quizzatext, are we on for the stream?").await;
    chat.held().await;
    let shown = chat.creator.conversation("Robin").await;
    let about = ids(&[&shown["fan_id"], &shown["id"]]);
    assert!(!rows::naming(&rows::dump(world).await, &about).is_empty());

    prove(api, None).await;
    let body = json!({ "fan_id": shown["fan_id"] });
    api.post(ERASURES, &body).await.expect(202);
    let request = finished(api, 1).await;
    let counts = erased(&request);
    assert_eq!(counts.get("turn"), Some(&1), "it was in hand: {counts:?}");
    chat.hold(false).await;
    assert_eq!(chat.quiet().await, [""; 0], "nobody is answered");
    let prompts = chat.prompts().await;
    assert!(prompts[0].contains("quizzatext"), "it was asked");

    rows::assert_gone(&rows::dump(world).await, &about);
    search(world).await;
    eventually("the list follows", async || {
        let listed = chat.creator.conversations().await;
        listed.is_empty().then_some(())
    })
    .await;
    let budget = api.get("/api/v1/ai/budget").await.expect(200);
    let today = &budget["today"];
    assert_eq!(today["reserved_micro_usd"], 0, "{budget}");
    let spent = today["spent_micro_usd"].as_i64();
    assert!(spent > Some(0), "what was billed counts: {budget}");
    world.host.stop().await;
}
