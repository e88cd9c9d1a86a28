//! Many updates at once, shuffled and side by side, past the queues: what a test of duplicates and disorder needs.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use futures::{StreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Generator, Refusal, parse};

use super::{find_bot, inject};
use crate::{courier, shared::Shared, updates::Body, world::Webhook};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bulk {
    updates: Vec<Value>,
    /// Deliveries of each update.
    #[serde(default = "one")]
    copies: u32,
    /// Deliveries under way together.
    #[serde(default = "one")]
    concurrency: usize,
    #[serde(default)]
    shuffle: bool,
    #[serde(default)]
    seed: u64,
    /// Tries per delivery until a 2xx; a short real wait lies between two.
    #[serde(default = "tries")]
    tries: u32,
}

fn one<T: From<u8>>() -> T {
    T::from(1)
}

fn tries() -> u32 {
    20
}

struct Outcome {
    statuses: Vec<String>,
    accepted: bool,
}

/// Posts every copy to the bot's webhook and answers what came of it.
pub(super) async fn deliver(shared: &Shared, bot: &str, body: Value) -> Result<Value, Refusal> {
    let bulk: Bulk = parse(body)?;
    let (webhook, timeout, bodies) = shared.with(|world, now_ms| {
        let bot = find_bot(world, bot)?;
        let webhook = world
            .bot(bot)?
            .webhook
            .clone()
            .ok_or_else(|| Refusal::conflict("this bot has no webhook"))?;
        let bodies: Vec<Body> = bulk
            .updates
            .into_iter()
            .map(|update| inject::complete(world, bot, update, false, now_ms).0)
            .collect();
        Ok((
            webhook,
            Duration::from_millis(world.settings.webhook_timeout_ms),
            bodies,
        ))
    })?;
    let mut order: Vec<usize> = (0..bulk.copies).flat_map(|_| 0..bodies.len()).collect();
    if bulk.shuffle {
        let mut rng = Generator::new(bulk.seed);
        for last in (1..order.len()).rev() {
            let pick = usize::try_from(rng.below(last as u64 + 1)).unwrap_or(0);
            order.swap(last, pick);
        }
    }
    let started = Instant::now();
    let sent = order.len();
    let posts = order
        .into_iter()
        .map(|index| post(shared, &webhook, bodies[index].wire(), timeout, bulk.tries));
    let outcomes: Vec<Outcome> = stream::iter(posts)
        .buffer_unordered(bulk.concurrency.max(1))
        .collect()
        .await;

    let mut statuses: BTreeMap<String, u64> = BTreeMap::new();
    for status in outcomes.iter().flat_map(|outcome| &outcome.statuses) {
        *statuses.entry(status.clone()).or_default() += 1;
    }
    let accepted = outcomes.iter().filter(|outcome| outcome.accepted).count();
    Ok(json!({
        "sent": sent, "accepted": accepted, "failed": sent - accepted, "statuses": statuses,
        "duration_ms": u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    }))
}

async fn post(
    shared: &Shared,
    webhook: &Webhook,
    body: String,
    timeout: Duration,
    tries: u32,
) -> Outcome {
    let mut statuses = Vec::new();
    for attempt in 0..tries.max(1) {
        if attempt > 0 {
            tokio::time::sleep(Duration::from_millis(u64::from(attempt.min(20)) * 50)).await;
        }
        match courier::post(&shared.client, webhook, body.clone(), timeout).await {
            Ok(answer) => {
                statuses.push(answer.status.to_string());
                if (200..300).contains(&answer.status) {
                    return Outcome {
                        statuses,
                        accepted: true,
                    };
                }
            }
            Err(error) => statuses.push(error),
        }
    }
    Outcome {
        statuses,
        accepted: false,
    }
}
