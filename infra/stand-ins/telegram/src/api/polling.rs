//! getUpdates: one poller at a time, never beside a webhook.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::{ApiError, params::Params};
use crate::{
    shared::Shared,
    updates::{self, Body},
    world::World,
};

const WEBHOOK_ACTIVE: &str = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const OTHER_POLLER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";

/// Answers at once when updates wait, else after `timeout` seconds of real time.
pub(super) async fn get_updates(
    shared: &Shared,
    bot: i64,
    params: &Params,
) -> Result<Value, ApiError> {
    let timeout = u64::try_from(params.int("timeout").unwrap_or(0))
        .unwrap_or(0)
        .min(50);
    let offset = params.int("offset").unwrap_or(0);
    let limit = usize::try_from(params.int("limit").unwrap_or(100))
        .unwrap_or(100)
        .clamp(1, 100);
    let listed = params.json("allowed_updates")?;
    let mut changes = shared.changes();
    let generation = shared.with(|world, _| start(world, bot, offset, listed.as_ref()))?;
    let _open = OpenPoll { shared, bot };
    let deadline = Instant::now() + Duration::from_secs(timeout);
    loop {
        changes.mark_unchanged();
        let found =
            shared.read(|world, now_ms| look(world, bot, generation, offset, limit, now_ms))?;
        if !found.is_empty() {
            return Ok(Value::Array(found));
        }
        match tokio::time::timeout_at(deadline, changes.changed()).await {
            Ok(Ok(())) => {}
            // Time is over, or the stand-in stops.
            Ok(Err(_)) | Err(_) => return Ok(json!([])),
        }
    }
}

/// Counts a poll as open until it ends, also when its client goes away.
struct OpenPoll<'a> {
    shared: &'a Shared,
    bot: i64,
}

impl Drop for OpenPoll<'_> {
    fn drop(&mut self) {
        self.shared.with(|world, _| {
            if let Some(bot) = world.bots.get_mut(&self.bot) {
                bot.polls_open = bot.polls_open.saturating_sub(1);
            }
        });
    }
}

/// Ends an older poll, forgets confirmed updates, remembers the list of kinds.
fn start(
    world: &mut World,
    bot: i64,
    offset: i64,
    listed: Option<&Value>,
) -> Result<u64, ApiError> {
    let bot = world
        .bots
        .get_mut(&bot)
        .ok_or_else(ApiError::unauthorized)?;
    if bot.webhook.is_some() {
        return Err(ApiError::conflict(WEBHOOK_ACTIVE));
    }
    if let Some(list) = listed {
        bot.allowed_updates = updates::parse_allowed(
            list.as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        );
    }
    if offset > 0 {
        bot.queue
            .pending
            .retain(|update| update.update_id.is_none_or(|id| id >= offset));
    } else if offset < 0 {
        let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
        let drop = bot.queue.pending.len().saturating_sub(keep);
        bot.queue.pending.drain(..drop);
    }
    bot.poll_generation += 1;
    bot.poll_ended_by_webhook = false;
    bot.polls_open += 1;
    Ok(bot.poll_generation)
}

fn look(
    world: &World,
    bot: i64,
    generation: u64,
    offset: i64,
    limit: usize,
    now_ms: u64,
) -> Result<Vec<Value>, ApiError> {
    let bot = world.bots.get(&bot).ok_or_else(ApiError::unauthorized)?;
    if bot.poll_generation != generation {
        return Err(ApiError::conflict(if bot.poll_ended_by_webhook {
            "terminated by setWebhook request"
        } else {
            OTHER_POLLER
        }));
    }
    let waiting = bot
        .queue
        .pending
        .iter()
        .filter(|update| update.expires_ms > now_ms);
    let bodies = waiting.filter_map(|update| match (&update.body, update.update_id) {
        (Body::Json(body), Some(id)) if id >= offset => Some(body.clone()),
        _ => None,
    });
    Ok(bodies.take(limit).collect())
}
