//! What is promised by the clock to a fan with a long history: a copy of it within half a minute of `/export`, and a certificate
//! within a minute of the word to delete it.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Api, Bot, Person, eventually_within};

use crate::exports::sections;
use crate::imports::{open, records};
use crate::imports_history::HISTORIES;
use crate::journey_exports::{copies, files};
use crate::journey_privacy::{asked, certificate_of, erased, press, requests};

/// Messages of the fan.
const MESSAGES: i64 = 5_000;
/// Messages in one call.
const AT_ONCE: i64 = 200;
/// Telegram's numbers of them begin here: far from those of what is said in the test.
const FIRST: i64 = 1_000_000;
const COPIED: Duration = Duration::from_secs(30);
const CERTIFIED: Duration = Duration::from_secs(60);

/// One message of a history, a minute after the one before.
fn message(fan: &Person, place: i64) -> Value {
    let (day, hour, minute) = (1 + place / 1_440, place / 60 % 24, place % 60);
    json!({
        "telegram_id": fan.id.to_string(),
        "id": format!("told-{place}"),
        "message_id": FIRST + place,
        "author": "fan",
        "content_kind": "text",
        "content": { "text": format!("What I wanted to tell you, part {place}: it was a long day.") },
        "at": format!("2026-01-{day:02}T{hour:02}:{minute:02}:00Z"),
        "delivery": "received",
    })
}

/// Brings the history in, by the route by which a workspace does.
async fn bring(api: &Api, bot: &Bot, fan: &Person) {
    for page in 0..MESSAGES / AT_ONCE {
        let places = page * AT_ONCE..(page + 1) * AT_ONCE;
        let messages: Vec<_> = places.map(|place| message(fan, place)).collect();
        let body = json!({
            "bot_id": bot.id, "telegram_bot_id": bot.telegram_id.to_string(), "messages": messages, "dry_run": false,
        });
        let answer = api.post(HISTORIES, &body).await.expect(200);
        assert_eq!(answer["created"], AT_ONCE, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_with_five_thousand_messages_has_a_copy_in_30_seconds_and_is_erased_in_60() {
    let (world, mira, robin) = open().await;
    let bot = mira.connect_bot(&world, "mira_long_bot").await;
    robin.says(&world, &bot, "hello").await;
    mira.conversation("Robin").await;
    bring(&mira.api, &bot, &robin).await;
    world.settled().await;

    robin.says(&world, &bot, "/export").await;
    eventually_within(COPIED, "the copy is in the chat", async || {
        let sent = files(&world, &bot, &robin).await;
        (!sent.is_empty()).then_some(())
    })
    .await;
    let copy = copies(&world, &bot, &robin, 1).await.remove(0);
    let told = records(&sections(&copy.bytes), "message");
    let told = told.iter().filter(|one| !one["imported_at"].is_null());
    assert_eq!(i64::try_from(told.count()), Ok(MESSAGES));

    let (number, word) = asked(&world, &bot, &robin).await;
    press(&world, &bot, &robin, number, &word).await;
    let request = eventually_within(CERTIFIED, "the erasure is certified", async || {
        let requests = requests(&mira.api).await;
        requests.into_iter().find(|one| one["certified"] == true)
    })
    .await;
    assert!(erased(&request).get("message") >= Some(&MESSAGES.unsigned_abs()));
    let path = certificate_of(&request);
    mira.api.get(&path).await.expect(200);
    world.host.stop().await;
}
