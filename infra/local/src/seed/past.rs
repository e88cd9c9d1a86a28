//! What was said in the last thirty days: updates that say so, delivered as Telegram delivers them.

use serde_json::{Value, json};

use super::cast::{self, Fan};
use super::client::{Desk, eventually, refused};
use super::{Bot, Size, act};
use crate::HostError;

const DAYS: i64 = 30;
/// Updates under way at once, and posted before progress is told.
const CONCURRENCY: usize = 8;
const CHUNK: usize = 200;

/// All that was said in thirty days, as updates in the order of their dates.
pub(super) async fn history(
    desk: &Desk<'_>,
    bot: &Bot,
    owner: i64,
    size: Size,
    fans: &[Fan],
    people: &[i64],
) -> Result<Vec<Value>, HostError> {
    let now = desk.host.now_ms().div_euclid(1000);
    // `/start` and its answer are messages too, and some is said afterwards.
    let told = size.messages - 2 * size.to_the_bot() - size.asking() - size.answered();
    let mut updates = Vec::new();
    for (number, (fan, &person)) in fans.iter().zip(people).enumerate() {
        let to_the_bot = number < size.to_the_bot();
        if to_the_bot {
            act(desk, person, bot, json!({ "act": "start" })).await?;
        }
        let count = told / size.fans + usize::from(number < told % size.fans);
        let lines = cast::talk(fan.language);
        for line in 0..count {
            let pair = if to_the_bot { line } else { line / 2 };
            let (asked, answered) = lines[(number + pair) % lines.len()];
            let by_owner = !to_the_bot && line % 2 == 1;
            let said = match (by_owner, to_the_bot) {
                (true, _) => {
                    json!({ "act": "text", "business": owner, "to": person, "text": answered })
                }
                (false, false) => json!({ "act": "text", "business": owner, "text": asked }),
                (false, true) => json!({ "act": "text", "text": asked }),
            };
            let mut said = said;
            said["deliver"] = json!(false);
            let writer = if by_owner { owner } else { person };
            let done = act(desk, writer, bot, said).await?;
            let date = date(now, number, line, count);
            updates.extend(
                done["updates"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|update| dated(update, date)),
            );
        }
    }
    Ok(updates)
}

/// Over the thirty days, and never the same moment for two fans.
fn date(now: i64, fan: usize, line: usize, of: usize) -> i64 {
    let span = DAYS * 86_400;
    let whole = |number: usize| i64::try_from(number).unwrap_or_default();
    // Whoever came first in the list wrote last; every second line is an answer, minutes later.
    let newest = 600 + whole(fan) * 1_700;
    let step = (span - newest) / whole(of.max(1));
    let pair = whole(line - line % 2);
    let late = if line % 2 == 1 {
        240 + whole(fan % 7) * 60
    } else {
        0
    };
    now - newest - (whole(of) - pair) * step + late
}

fn dated(update: &Value, date: i64) -> Value {
    let mut update = update.clone();
    for kind in ["message", "business_message"] {
        if update[kind].is_object() {
            update[kind]["date"] = json!(date);
        }
    }
    update
}

pub(super) async fn deliver(
    desk: &Desk<'_>,
    bot: &Bot,
    updates: Vec<Value>,
    say: impl Fn(&str),
) -> Result<(), HostError> {
    let all = updates.len();
    let mut sent = 0;
    for chunk in updates.chunks(CHUNK) {
        let body = json!({ "updates": chunk, "concurrency": CONCURRENCY });
        let outcome = desk
            .telegram(&format!("/bots/{}/bulk", bot.username), body)
            .await?;
        if outcome["failed"] != 0 {
            return Err(refused("the fans' messages", &outcome.to_string()));
        }
        sent += chunk.len();
        say(&format!("Seeding: {sent} of {all} messages ..."));
        eventually("the inbound queue is empty", async || {
            Ok((waiting(desk)? == 0).then_some(()))
        })
        .await?;
    }
    Ok(())
}

/// Updates that are queued or being worked.
fn waiting(desk: &Desk<'_>) -> Result<usize, HostError> {
    let sqs = desk.host.aws().sqs();
    let mut waiting = 0;
    for queue in sqs.queues() {
        if queue.name.ends_with("inbound.fifo") {
            let depths = sqs
                .depths(&queue.name)
                .map_err(|error| refused("a queue", &error.to_string()))?;
            waiting += depths.visible + depths.in_flight + depths.delayed;
        }
    }
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use super::{DAYS, date};

    #[test]
    fn a_talk_goes_forward_and_ends_before_now() {
        let now = 1_000_000_000;
        for fan in 0..60 {
            let dates: Vec<i64> = (0..33).map(|line| date(now, fan, line, 33)).collect();
            assert!(dates.is_sorted(), "{fan}: {dates:?}");
            assert!(
                dates
                    .iter()
                    .all(|&date| date < now && date > now - (DAYS + 1) * 86_400)
            );
        }
    }
}
