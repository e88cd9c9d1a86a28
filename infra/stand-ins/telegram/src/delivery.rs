//! The queue of one bot's undelivered updates: order, retry and expiry, without any network.

use std::collections::{HashSet, VecDeque};

use serde::{Deserialize, Serialize};
use stand_in_kit::Generator;

use crate::updates::{self, Body};

/// One update that waits for its delivery.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Our own number: several entries may carry the same update id (scripted duplicates).
    pub seq: u64,
    pub update_id: Option<i64>,
    pub kind: String,
    pub queue: String,
    pub body: Body,
    pub expires_ms: u64,
    pub not_before_ms: u64,
    pub failures: u32,
    #[serde(skip)]
    pub in_flight: bool,
}

/// A delivery to make now.
#[derive(Debug, Clone)]
pub(crate) struct Dispatch {
    pub seq: u64,
    pub update_id: Option<i64>,
    pub kind: String,
    /// 1 for the first try.
    pub attempt: u32,
    pub body: String,
}

/// The undelivered updates of one bot, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Queue {
    pub pending: Vec<Pending>,
    next_seq: u64,
    /// Updates dropped because their time was over.
    pub expired: u64,
    /// The last delivered updates, so that a test can have one delivered again.
    #[serde(skip)]
    pub delivered: VecDeque<Pending>,
}

/// Delivered updates that are remembered.
const REMEMBERED: usize = 2_000;

impl Queue {
    /// The number that the next entry will get.
    pub(crate) fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// Adds an update at the end of its queue.
    pub(crate) fn push(
        &mut self,
        update_id: Option<i64>,
        kind: &str,
        queue: String,
        body: Body,
        now_ms: u64,
    ) -> u64 {
        let seq = self.next_seq;
        self.next_seq += 1;
        self.pending.push(Pending {
            seq,
            update_id,
            kind: kind.to_owned(),
            queue,
            body,
            expires_ms: now_ms + updates::lifetime_ms(kind),
            not_before_ms: now_ms,
            failures: 0,
            in_flight: false,
        });
        seq
    }

    /// Drops what has expired, except a delivery that is under way.
    pub(crate) fn expire(&mut self, now_ms: u64) {
        let before = self.pending.len();
        self.pending
            .retain(|update| update.in_flight || update.expires_ms > now_ms);
        self.expired += (before - self.pending.len()) as u64;
    }

    /// Takes the deliveries that may start now: the head of each queue, at most `max_connections` under way together.
    pub(crate) fn take_due(&mut self, now_ms: u64, max_connections: usize) -> Vec<Dispatch> {
        self.expire(now_ms);
        let under_way = self
            .pending
            .iter()
            .filter(|update| update.in_flight)
            .count();
        let mut room = max_connections.saturating_sub(under_way);
        let mut heads = HashSet::new();
        let mut due = Vec::new();
        for update in &mut self.pending {
            if room == 0 {
                break;
            }
            let is_head = heads.insert(update.queue.as_str());
            if !is_head || update.in_flight || update.not_before_ms > now_ms {
                continue;
            }
            update.in_flight = true;
            room -= 1;
            due.push(Dispatch {
                seq: update.seq,
                update_id: update.update_id,
                kind: update.kind.clone(),
                attempt: update.failures + 1,
                body: update.body.wire(),
            });
        }
        due
    }

    /// When the next waiting head comes due; `None` when nothing waits.
    pub(crate) fn next_due_ms(&self) -> Option<u64> {
        let mut heads = HashSet::new();
        self.pending
            .iter()
            .filter(|update| heads.insert(update.queue.as_str()) && !update.in_flight)
            .map(|update| update.not_before_ms.min(update.expires_ms))
            .min()
    }

    pub(crate) fn any_in_flight(&self) -> bool {
        self.pending.iter().any(|update| update.in_flight)
    }

    /// Removes a delivered update.
    pub(crate) fn delivered(&mut self, seq: u64) {
        let Some(place) = self.pending.iter().position(|update| update.seq == seq) else {
            return;
        };
        if self.delivered.len() == REMEMBERED {
            self.delivered.pop_front();
        }
        self.delivered.push_back(self.pending.remove(place));
    }

    /// Books a failed delivery: the first retry at once, then 2, 4, 8 ... seconds up to a random 60 to 120, or what the receiver's
    /// `Retry-After` asked for (at most an hour).
    pub(crate) fn failed(
        &mut self,
        seq: u64,
        now_ms: u64,
        retry_after_s: Option<u64>,
        rng: &mut Generator,
    ) {
        let Some(update) = self.pending.iter_mut().find(|update| update.seq == seq) else {
            return;
        };
        update.in_flight = false;
        update.failures += 1;
        let delay_s = match retry_after_s {
            Some(seconds) => seconds.min(3_600),
            None if update.failures == 1 => 0,
            None => {
                let doubled = 1_u64 << (update.failures - 1).min(20);
                doubled.min(60 + rng.below(61))
            }
        };
        update.not_before_ms = now_ms + delay_s * 1_000;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn push(queue: &mut Queue, key: &str, kind: &str, now_ms: u64) -> u64 {
        queue.push(Some(1), kind, key.to_owned(), Body::Json(json!({})), now_ms)
    }

    fn due(queue: &mut Queue, now_ms: u64) -> Vec<u64> {
        queue
            .take_due(now_ms, 40)
            .into_iter()
            .map(|dispatch| dispatch.seq)
            .collect()
    }

    #[test]
    fn one_queue_has_one_delivery_under_way_and_keeps_its_order() {
        let mut queue = Queue::default();
        let first = push(&mut queue, "chat:1", "message", 0);
        let second = push(&mut queue, "chat:1", "message", 0);
        assert_eq!(due(&mut queue, 0), [first]);
        assert!(due(&mut queue, 0).is_empty());
        queue.delivered(first);
        assert_eq!(due(&mut queue, 0), [second]);
    }

    #[test]
    fn queues_run_side_by_side_up_to_max_connections() {
        let mut queue = Queue::default();
        for chat in 0..5 {
            push(&mut queue, &format!("chat:{chat}"), "message", 0);
        }
        assert_eq!(queue.take_due(0, 3).len(), 3);
        assert!(queue.take_due(0, 3).is_empty());
        queue.delivered(0);
        assert_eq!(queue.take_due(0, 3).len(), 1);
    }

    #[test]
    fn the_first_retry_is_immediate_and_later_ones_double_up_to_a_random_minute_or_two() {
        let mut queue = Queue::default();
        let mut rng = Generator::new(7);
        let seq = push(&mut queue, "chat:1", "message", 0);
        let mut now_ms = 0;
        let mut delays = Vec::new();
        for _ in 0..10 {
            assert_eq!(due(&mut queue, now_ms), [seq]);
            queue.failed(seq, now_ms, None, &mut rng);
            let next = queue.next_due_ms().unwrap();
            delays.push((next - now_ms) / 1_000);
            now_ms = next;
        }
        assert_eq!(delays[..6], [0, 2, 4, 8, 16, 32]);
        assert!(
            delays[6..].iter().all(|delay| (60..=120).contains(delay)),
            "{delays:?}"
        );
    }

    #[test]
    fn a_failing_update_holds_back_its_own_queue_only() {
        let mut queue = Queue::default();
        let mut rng = Generator::new(7);
        let poison = push(&mut queue, "chat:1", "message", 0);
        push(&mut queue, "chat:1", "message", 0);
        let other = push(&mut queue, "chat:2", "message", 0);
        assert_eq!(due(&mut queue, 0), [poison, other]);
        queue.failed(poison, 0, None, &mut rng);
        queue.delivered(other);
        assert_eq!(due(&mut queue, 0), [poison]);
        queue.failed(poison, 0, None, &mut rng);
        assert!(due(&mut queue, 1_999).is_empty());
        assert_eq!(due(&mut queue, 2_000), [poison]);
    }

    #[test]
    fn retry_after_replaces_the_delay_and_is_capped_at_an_hour() {
        let mut queue = Queue::default();
        let mut rng = Generator::new(7);
        let seq = push(&mut queue, "chat:1", "message", 0);
        due(&mut queue, 0);
        queue.failed(seq, 0, Some(17), &mut rng);
        assert_eq!(queue.next_due_ms(), Some(17_000));
        due(&mut queue, 17_000);
        queue.failed(seq, 17_000, Some(99_999), &mut rng);
        assert_eq!(queue.next_due_ms(), Some(17_000 + 3_600_000));
    }

    #[test]
    fn callbacks_and_checkouts_die_after_150_seconds_inline_queries_after_30_messages_after_a_day()
    {
        for (kind, life_s) in [
            ("callback_query", 150),
            ("pre_checkout_query", 150),
            ("inline_query", 30),
            ("message", 86_400),
        ] {
            let mut queue = Queue::default();
            push(&mut queue, "q", kind, 0);
            queue.expire(life_s * 1_000 - 1);
            assert_eq!(queue.pending.len(), 1, "{kind}");
            queue.expire(life_s * 1_000);
            assert!(queue.pending.is_empty(), "{kind}");
        }
    }

    #[test]
    fn an_expired_head_lets_the_next_update_of_its_queue_through() {
        let mut queue = Queue::default();
        push(&mut queue, "callback:1", "callback_query", 0);
        let second = push(&mut queue, "callback:1", "callback_query", 100_000);
        assert_eq!(due(&mut queue, 160_000), [second]);
        assert_eq!(queue.expired, 1);
    }
}
