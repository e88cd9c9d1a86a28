//! How many remote calls stand one behind the other on a message's way, warm: from Telegram's post to the question that a vendor is
//! asked, and from a person's click to Telegram's socket.

use std::time::Duration;

use emulator::record::Record;
use serde_json::{Value, json};
use tests::World;

use crate::sofi::Chat;

/// Each remote call takes so much longer: what waits for an answer comes so much later, what goes side by side does not.
const LATENCY_MS: i64 = 150;
const LATENCY: Duration = Duration::from_millis(LATENCY_MS.unsigned_abs());
/// What is said is told apart by them. The fewest calls count: of the first way processes are new, and a machine that is busy can
/// hold back one of two calls that go side by side.
const SEASONS: [&str; 4] = ["winter", "spring", "summer", "autumn"];
/// What is promised of each of the two ways.
const MOST: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_is_asked_and_telegram_is_called_after_five_calls_one_behind_the_other() {
    let chat = Chat::open("auto").await;
    let world = &chat.world;
    chat.says("hello there").await;
    world.settled().await;
    world.host.gate().set_latency(LATENCY);

    let mut asked = Vec::new();
    for season in SEASONS {
        let words = format!("do you like {season}?");
        chat.says(&words).await;
        world.settled().await;
        let log = world.ai("GET", "/log", Value::Null).await;
        let at = first(&log, "request", &words);
        let way = ["telegram-hooks.webhook", "workers.inbound", "sofi.reply"];
        asked.push(way.map(|handler| before(world, handler, at)));
    }

    let conversation = chat.conversation().await;
    let path = format!("/api/v1/conversations/{conversation}/messages");
    let mut sent = Vec::new();
    for season in SEASONS {
        let words = format!("In {season} I am at the sea.");
        let body = json!({ "text": words, "bot_id": chat.bot.id });
        chat.creator.api.post(&path, &body).await.expect(201);
        world.settled().await;
        let log = world.telegram("GET", "/log?method=sendMessage", Value::Null);
        let at = first(&log.await, "params", &words);
        let way = ["conversations.send", "workers.sender"];
        sent.push(way.map(|handler| before(world, handler, at)));
    }

    println!("webhook, inbound, reply: {asked:?}; send, sender: {sent:?}");
    let mut counts = asked.iter().flatten().chain(sent.iter().flatten());
    assert!(counts.all(|calls| *calls > 0), "nothing was called");
    let webhook = asked.iter().map(|[webhook, ..]| *webhook).min();
    assert_eq!(webhook, Some(1), "{asked:?}");
    let asks = asked.iter().map(|way| way.iter().sum::<usize>()).min();
    assert!(asks.is_some_and(|calls| calls <= MOST), "{asked:?}");
    let sends = sent.iter().map(|way| way.iter().sum::<usize>()).min();
    assert!(sends.is_some_and(|calls| calls <= MOST), "{sent:?}");
    world.host.stop().await;
}

/// When the first call came in which these words stand.
fn first(log: &Value, field: &str, words: &str) -> i64 {
    let calls = log["calls"].as_array().expect("calls");
    let call = calls
        .iter()
        .find(|call| call[field].to_string().contains(words));
    let call = call.unwrap_or_else(|| panic!("nobody said {words}"));
    call["at_ms"].as_i64().expect("a time")
}

/// Calls one behind the other that a function had the answers of by then, in the run that was the last to start before it.
fn before(world: &World, handler: &str, at: i64) -> usize {
    let started = world
        .host
        .history()
        .select(|_, run| run.handler == handler && run.started_ms <= at);
    let (_, run) = started.last().expect("it ran");
    let gate = world.host.gate();
    let own = |record: &Record| {
        let owner = gate.owner(record.call.seq);
        owner.is_some_and(|(_, request)| request == run.request_id)
    };
    let records = world.host.aws().recorder().select(own);
    let began = records.iter().map(|record| record.call.at_ms);
    // What had no answer yet goes beside the call that is looked at.
    rounds(began.filter(|began| began + LATENCY_MS <= at).collect())
}

/// Groups of calls in which none can have waited for another.
fn rounds(mut began: Vec<i64>) -> usize {
    began.sort_unstable();
    let mut round: Option<i64> = None;
    let mut count = 0;
    for at in began {
        if round.is_none_or(|first| at - first >= LATENCY_MS) {
            round = Some(at);
            count += 1;
        }
    }
    count
}

#[test]
fn calls_side_by_side_are_one_round_and_one_that_waited_is_the_next() {
    assert_eq!(rounds(vec![]), 0);
    assert_eq!(rounds(vec![20, 0, 149]), 1);
    assert_eq!(rounds(vec![0, 150, 151, 301]), 3);
}
