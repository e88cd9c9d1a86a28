//! Raw updates, duplicates included.

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Refusal, parse};

use super::find_bot;
use crate::{
    shared::Shared,
    updates::{self, Body},
    world::World,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Injection {
    /// Any JSON. An object without `update_id` gets the next one, unless `as_is`.
    #[serde(default)]
    update: Option<Value>,
    /// Any text as the body, instead of `update`.
    #[serde(default)]
    text: Option<String>,
    /// Copies queued, one after the other.
    #[serde(default = "one")]
    times: u32,
    #[serde(default)]
    as_is: bool,
    /// The queue to wait in; by the update's kind and ids when missing.
    #[serde(default)]
    queue: Option<String>,
    /// An update id that waits or was delivered lately: the same body is queued again.
    #[serde(default)]
    repeat: Option<i64>,
}

fn one() -> u32 {
    1
}

/// Queues a raw update, whatever `allowed_updates` say.
pub(super) fn inject(shared: &Shared, bot: &str, body: Value) -> Result<Value, Refusal> {
    let injection: Injection = parse(body)?;
    shared.with(|world, now_ms| {
        let bot = find_bot(world, bot)?;
        let (body, update_id) = match (injection.update, injection.text, injection.repeat) {
            (Some(update), None, None) => complete(world, bot, update, injection.as_is, now_ms),
            (None, Some(text), None) => (Body::Text(text), None),
            (None, None, Some(update_id)) => {
                let queue = &world.bot(bot)?.queue;
                let known = queue
                    .pending
                    .iter()
                    .chain(&queue.delivered)
                    .find(|update| update.update_id == Some(update_id));
                (
                    known
                        .ok_or_else(|| Refusal::missing("this update"))?
                        .body
                        .clone(),
                    Some(update_id),
                )
            }
            _ => return Err(Refusal::bad("give one of update, text and repeat")),
        };
        let (kind, derived) = place(&body);
        let queue = injection.queue.unwrap_or(derived);
        let entry = world.bot_mut(bot)?;
        for _ in 0..injection.times {
            entry
                .queue
                .push(update_id, &kind, queue.clone(), body.clone(), now_ms);
        }
        Ok(json!({ "update_id": update_id, "queue": queue }))
    })
}

/// Gives an update its id, and takes in the people and chats that it names.
pub(super) fn complete(
    world: &mut World,
    bot: i64,
    mut update: Value,
    as_is: bool,
    now_ms: u64,
) -> (Body, Option<i64>) {
    if update.is_object() && update.get("update_id").is_none() && !as_is {
        update["update_id"] = json!(world.take_update_id(bot, now_ms));
    }
    let update_id = update.get("update_id").and_then(Value::as_i64);
    world.adopt(bot, &update);
    (Body::Json(update), update_id)
}

fn place(body: &Body) -> (String, String) {
    match body {
        Body::Json(update) => match updates::kind_of(update) {
            Some(kind) => (kind.to_owned(), updates::queue_key(kind, &update[kind])),
            None => ("unknown".to_owned(), "unknown:".to_owned()),
        },
        Body::Text(_) => ("unknown".to_owned(), "unknown:".to_owned()),
    }
}
