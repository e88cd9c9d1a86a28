//! What an AI-answered message costs, in six columns, beside the stated minimum.
//!
//! Fans of a bot in mode `auto` write on the laptop host, every message is answered by Sofi, and everything that functions do
//! from the webhook until the outbox is empty is counted. Remote calls and the vendor take as long as on AWS, so that what
//! runs side by side there does so here.

mod cast;
mod logged;
mod minimum;
mod questions;
mod table;
mod times;

use std::time::Duration;

use serde_json::{Value, json};

use crate::Failure;
use crate::prices::Prices;
use crate::subjects::Places;
use crate::way::{Mark, Remote, Way, function};
use crate::world::{Fan, World};
use logged::Logged;
use minimum::Minimum;
use questions::Asked;
use times::{Sent, Times};

/// What a message passes, in order.
const HANDLERS: [&str; 5] = [
    "telegram-hooks.webhook",
    "workers.inbound",
    "sofi.reply",
    "workers.wake",
    "workers.sender",
];
/// Processes of one function at a time.
const PROCESSES: u32 = 4;
/// Between two messages to the bot: two or three turns are under way at a time.
const BETWEEN: Duration = Duration::from_millis(700);
/// Greeted at once before anything is measured, so that every process has started.
const WARMERS: usize = 8;

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    /// The tables.
    pub text: String,
    /// Columns above what is allowed, with how many times the minimum they took.
    pub above: Vec<String>,
}

/// Everything that was counted.
#[derive(Debug)]
struct Counted {
    messages: f64,
    /// A way for each of [`HANDLERS`].
    ways: Vec<Way>,
    logged: Logged,
    asked: Asked,
    times: Times,
    cold: usize,
}

/// Runs everything.
///
/// # Errors
/// When a binary is missing, a price is, or a message was not answered once.
pub async fn run(places: &Places) -> Result<Outcome, Failure> {
    let prices = Prices::read(&places.root.join("infra/bench/prices.toml"))?;
    let minimum = Minimum::read(&places.root.join("infra/bench/minimum.toml"))?;
    let template = places.root.join("template.yaml");
    let mut world = World::start(template, places.all_functions()?, PROCESSES).await?;
    let fans = set(&mut world, &prices).await?;
    let counted = count(&world, &fans, &prices, &minimum).await?;
    world.host.stop().await;
    table::outcome(&counted, &prices, &minimum)
}

/// A bot whose Sofi answers, fans who pressed start, warm processes, and remote calls that take their time.
async fn set(world: &mut World, prices: &Prices) -> Result<Vec<Fan>, Failure> {
    world.settle_in().await?;
    world.sofi_answers(cast::PERSONA).await?;
    let mut fans = Vec::new();
    for number in 0..cast::SOME + cast::DEEP + WARMERS {
        fans.push(world.fan(&format!("Robin{number}")).await?);
    }
    world.is_quiet().await?;
    let round_trip = Duration::from_secs_f64(prices.assumed.round_trip_ms / 1e3);
    world.host.gate().set_latency(round_trip);
    let vendor = json!({ "delay_ms": prices.assumed.vendor_ms });
    world.ai("PATCH", "/settings", vendor).await?;
    for talk in cast::TALKS {
        let facts: Vec<_> = talk
            .fact
            .iter()
            .map(|fact| json!({"text": fact, "confidence": 90}))
            .collect();
        let script = json!({"match": talk.words, "reply": talk.reply, "facts": facts});
        world.ai("POST", "/replies", script).await?;
    }
    let before = world.sent().await?.len();
    let warmers = fans.split_off(cast::SOME + cast::DEEP);
    for fan in &warmers {
        world.says(fan, "Good morning, how are you?").await?;
    }
    all_sent(world, before + warmers.len()).await?;
    world.ai("DELETE", "/log", Value::Null).await?;
    Ok(fans)
}

async fn count(
    world: &World,
    fans: &[Fan],
    prices: &Prices,
    minimum: &Minimum,
) -> Result<Counted, Failure> {
    let host = &world.host;
    let mark = Mark::of(host);
    let before = world.sent().await?.len();
    let mut ticks = tokio::time::interval(BETWEEN);
    let mut people = Vec::with_capacity(cast::MESSAGES);
    for place in 0..cast::MESSAGES {
        ticks.tick().await;
        let line = cast::line(place);
        let fan = &fans[line.fan];
        world.says(fan, line.words).await?;
        people.push(fan.person);
    }
    let sent = all_sent(world, before + people.len()).await?;

    let runs = host
        .history()
        .select(|number, run| number > mark.invocation && HANDLERS.contains(&run.handler.as_str()));
    let mut hooks: Vec<i64> = runs
        .iter()
        .filter(|(_, run)| run.handler == HANDLERS[0])
        .map(|(_, run)| run.started_ms)
        .collect();
    hooks.sort_unstable();
    let said: Vec<(i64, i64)> = people.into_iter().zip(hooks).collect();

    let mut asked = Asked::default();
    let log = world.ai("GET", "/log?limit=2000", Value::Null).await?;
    for call in log["calls"].as_array().into_iter().flatten() {
        asked.add(call, minimum.cached.block);
    }
    let replies: Vec<Sent> = sent[before..].iter().map(reply).collect();
    let times = times::paired(
        &said,
        &replies,
        f64::from(prices.assumed.vendor_ms),
        &minimum.time,
    )
    .ok_or_else(|| Failure::Loop("not every message was answered once".into()))?;

    let mut ways = Vec::with_capacity(HANDLERS.len());
    for handler in HANDLERS {
        let mut way = Way::default();
        way.add(host, prices, &[handler], mark, Remote::Simulated);
        ways.push(way);
    }
    let ours: Vec<String> = HANDLERS.iter().map(|name| function(host, name)).collect();
    let mut logged = Logged::default();
    for line in host
        .log()
        .select(|line| line.number > mark.line && ours.contains(&line.function))
    {
        logged.add(&line.text);
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundred")]
    let messages = said.len() as f64;
    Ok(Counted {
        messages,
        ways,
        logged,
        asked,
        times,
        cold: runs.iter().filter(|(_, run)| run.cold).count(),
    })
}

/// Waits until Telegram has so many messages and all queues are empty. Where some do not come, the error says how turns ended.
async fn all_sent(world: &World, wanted: usize) -> Result<Vec<Value>, Failure> {
    if let Err(error) = world.has_sent(wanted).await {
        let lines = world.host.log().select(|_| true);
        let ends = logged::codes(lines.iter().map(|line| line.text.as_str()), "TurnEnded");
        let sent = world.sent().await?.len();
        return Err(Failure::Loop(format!(
            "{error}; {sent} of {wanted} were sent; turns ended: {ends:?}"
        )));
    }
    world.is_quiet().await?;
    world.sent().await
}

fn reply(call: &Value) -> Sent {
    let at_ms = call["at_ms"].as_i64().unwrap_or_default();
    let took_ms = call["duration_ms"].as_i64().unwrap_or_default();
    let text = call["params"]["text"].as_str().unwrap_or_default();
    Sent {
        person: call["params"]["chat_id"].as_i64().unwrap_or_default(),
        at_ms: at_ms + took_ms,
        characters: text.chars().count(),
    }
}
