//! Messages that nobody could work lie where no erasure reaches: its certificate says so, and for how long at most.

use serde_json::{Value, json};
use tests::{World, eventually};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::again::{dead_letter, queue, send};
use super::rows::{self, ids, text};
use crate::journey_access::prove;
use crate::journey_exports::{id, shown};
use crate::journey_privacy::{ERASURES, certificate_of};
use crate::sofi::Chat;

/// On which ways what somebody wrote travels as it came, each up to its last queue.
const WAYS: [&[&str]; 2] = [
    &["inbound.fifo", "inbound-dlq.fifo", "drain-dlq.fifo"],
    &["alerts.fifo", "alerts-dlq.fifo"],
];

/// For how long a message can lie in the queues of a way.
fn lasts(world: &World, way: &[&str]) -> time::Duration {
    let sqs = world.host.aws().sqs();
    let seconds = way.iter().map(|end| -> i64 {
        let attributes = sqs.attributes(&queue(world, end)).expect("a queue");
        let lasts = attributes.get("MessageRetentionPeriod");
        lasts.and_then(|lasts| lasts.parse().ok()).expect("seconds")
    });
    time::Duration::seconds(seconds.sum())
}

fn moment(value: &Value) -> OffsetDateTime {
    OffsetDateTime::parse(&text(value), &Rfc3339).expect("a moment")
}

#[tokio::test(flavor = "multi_thread")]
async fn p27_dead_letters_of_who_was_erased_are_gone_when_the_certificate_says_and_come_to_nothing()
{
    let chat = Chat::open("off").await;
    let (world, api) = (&chat.world, &chat.creator.api);
    chat.says("a word of the fan").await;
    let shown_as = chat.creator.conversation("Robin").await;
    world.settled().await;
    let letter = dead_letter(&chat).await;
    assert!(letter.0.contains("poison"), "{}", letter.0);
    send(world, "drain-dlq.fifo", &letter, "buried");
    let word = (letter.0.clone(), Some("a-chat".to_owned()));
    send(world, "alerts-dlq.fifo", &word, "word");
    let before = rows::dump(world).await;
    let about = ids(&[&shown_as["fan_id"], &shown_as["id"]]);
    assert!(!rows::naming(&before, &about).is_empty());

    prove(api, None).await;
    let body = json!({ "fan_id": shown_as["fan_id"] });
    let begun = api.post(ERASURES, &body).await.expect(202);
    let request = eventually("the erasure is certified", async || {
        let request = shown(api, &id(&begun)).await;
        (request["certified"] == true).then_some(request)
    })
    .await;
    world.settled().await;
    rows::assert_gone(&rows::dump(world).await, &about);
    let last = ["drain-dlq.fifo", "alerts-dlq.fifo"];
    let left = || last.map(|end| world.depth(end));
    assert_eq!(left(), [1, 1], "no erasure reaches them");
    let given = api.get(&certificate_of(&request)).await.expect(200);
    let certificate: Value = serde_json::from_str(&text(&given["certificate"])).expect("JSON");
    let kept = certificate["kept"].as_array().expect("a list").iter();
    let mut queues = kept.filter(|one| one["what"] == "queues");
    let until = moment(&queues.next().expect("it says so")["until"]);
    let finished = moment(&certificate["finished_at"]);
    for way in WAYS {
        let gone = finished + lasts(world, way);
        assert!(gone <= until, "{way:?}: {gone}, and it says {until}");
    }

    // Somebody has it worked after all.
    send(world, "inbound-dlq.fifo", &letter, "redriven");
    eventually("it is dealt with", async || {
        (world.depth("inbound-dlq.fifo") == 0).then_some(())
    })
    .await;
    world.settled().await;
    rows::assert_gone(&rows::dump(world).await, &about);
    assert!(world.rows("parked").await.is_empty(), "nor is it parked");
    world.host.advance(until - world.now()).await;
    assert_eq!(left(), [0, 0]);
    world.host.stop().await;
}
