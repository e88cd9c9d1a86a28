//! One queue as a state machine: no I/O, time comes in as a number.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use tokio::sync::watch;

use super::message::{Message, md5_hex, md5_of_attributes, sequence_number};
use super::rules;
use super::settings::{Settings, invalid};
use super::types::{Depths, Receive, Received, Send, Sent};
use crate::error::ServiceError;
use crate::gateway::hex;

/// How long a FIFO queue remembers deduplication ids.
pub(super) const DEDUPLICATION_MS: i64 = 300_000;

/// A message remembered for deduplication.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Remembered {
    pub message_id: String,
    pub order: u64,
    pub at_ms: i64,
}

/// A queue's messages in order of sending.
#[derive(Debug)]
pub(super) struct Queue {
    pub name: String,
    pub fifo: bool,
    pub settings: Settings,
    pub created_ms: i64,
    pub modified_ms: i64,
    pub purged_ms: Option<i64>,
    pub messages: BTreeMap<u64, Message>,
    pub remembered: HashMap<String, Remembered>,
    last_order: u64,
    /// Orders to write or remove, and deduplication keys likewise.
    pub dirty: BTreeSet<u64>,
    pub dirty_remembered: BTreeSet<String>,
    /// Changes whenever this queue does, so that its long polls look again. Of its own: there is a poll on each of dozens of queues,
    /// and a look at one goes through all of its messages.
    pub changes: watch::Sender<u64>,
}

/// What a receive yields besides messages.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub received: Vec<Received>,
    /// Messages received too often, to be moved to the dead-letter queue.
    pub dead: Vec<Message>,
}

impl Queue {
    pub fn new(name: &str, settings: Settings, now_ms: i64) -> Self {
        Self {
            name: name.to_owned(),
            fifo: name.ends_with(".fifo"),
            settings,
            created_ms: now_ms,
            modified_ms: now_ms,
            purged_ms: None,
            messages: BTreeMap::new(),
            remembered: HashMap::new(),
            last_order: 0,
            dirty: BTreeSet::new(),
            dirty_remembered: BTreeSet::new(),
            changes: watch::Sender::new(0),
        }
    }

    /// Lets long polls look again.
    pub fn wake(&self) {
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Takes back a stored message.
    pub fn restore(&mut self, order: u64, message: Message) {
        self.last_order = self.last_order.max(order);
        self.messages.insert(order, message);
    }

    /// Accepts a message, or answers the one it duplicates.
    pub fn send(
        &mut self,
        send: Send,
        message_id: String,
        now_ms: i64,
    ) -> Result<Sent, ServiceError> {
        rules::check(&self.settings, self.fifo, &send)?;
        let md5_of_body = md5_hex(send.body.as_bytes());
        let md5_of_attributes = md5_of_attributes(&send.attributes);
        let sent = |message_id, order: Option<u64>| Sent {
            message_id,
            sequence_number: order.map(sequence_number),
            md5_of_body,
            md5_of_attributes,
        };
        let deduplication_id = self.fifo.then(|| {
            send.deduplication_id
                .clone()
                .unwrap_or_else(|| content_hash(&send.body))
        });
        let order = self.next_order(now_ms);
        if let Some(id) = &deduplication_id {
            let key = self.deduplication_key(id, send.group_id.as_deref());
            self.forget_old(now_ms);
            if let Some(first) = self.remembered.get(&key) {
                return Ok(sent(first.message_id.clone(), Some(first.order)));
            }
            self.dirty_remembered.insert(key.clone());
            self.remembered.insert(
                key,
                Remembered {
                    message_id: message_id.clone(),
                    order,
                    at_ms: now_ms,
                },
            );
        }
        let delay = send
            .delay
            .map_or(self.settings.number("DelaySeconds"), |d| {
                i64::try_from(d.as_secs()).unwrap_or(900)
            });
        self.messages.insert(
            order,
            Message {
                id: message_id.clone(),
                body: send.body,
                attributes: send.attributes,
                group: send.group_id,
                deduplication_id,
                trace_header: send.trace_header,
                sent_ms: now_ms,
                retained_from_ms: now_ms,
                visible_at_ms: now_ms + delay * 1000,
                receive_count: 0,
                first_received_ms: None,
                receipt: None,
                dead_letter_source: None,
            },
        );
        self.dirty.insert(order);
        Ok(sent(message_id, self.fifo.then_some(order)))
    }

    /// Takes a message that its source queue gave up. FIFO queues take the message id as deduplication id.
    pub fn bury(&mut self, mut message: Message, source_arn: &str, now_ms: i64) {
        let order = self.next_order(now_ms);
        message.receipt = None;
        message.receive_count = 0;
        message.first_received_ms = None;
        message.visible_at_ms = now_ms;
        message.dead_letter_source = Some(source_arn.to_owned());
        if self.fifo {
            message.deduplication_id = Some(message.id.clone());
            message.retained_from_ms = now_ms;
        }
        self.messages.insert(order, message);
        self.dirty.insert(order);
    }

    /// Receives up to `how.max` messages that may be delivered now.
    /// `max_receives` is that of the redrive policy, given only while its target exists.
    pub fn receive(
        &mut self,
        how: Receive,
        max_receives: Option<u32>,
        new_receipt: impl Fn() -> String,
        now_ms: i64,
    ) -> Taken {
        self.expire(now_ms);
        let mut taken = Taken::default();
        let visibility = how
            .visibility
            .map_or(self.settings.number("VisibilityTimeout"), |v| {
                i64::try_from(v.as_secs()).unwrap_or(0)
            });
        let mut blocked = self.groups_in_flight(now_ms);
        let orders: Vec<u64> = self.messages.keys().copied().collect();
        for order in orders {
            if taken.received.len() >= how.max {
                break;
            }
            let Some(message) = self.messages.get_mut(&order) else {
                continue;
            };
            let group = if self.fifo {
                message.group.clone()
            } else {
                None
            };
            if group.as_ref().is_some_and(|group| blocked.contains(group)) {
                continue;
            }
            if message.visible_at_ms > now_ms {
                // Not yet visible: in a FIFO queue everything behind it in its group waits too.
                blocked.extend(group);
                continue;
            }
            if max_receives.is_some_and(|most| message.receive_count >= most) {
                taken.dead.extend(self.messages.remove(&order));
                self.dirty.insert(order);
                continue;
            }
            let receipt = new_receipt();
            message.receive_count += 1;
            message.first_received_ms.get_or_insert(now_ms);
            message.visible_at_ms = now_ms + visibility * 1000;
            message.receipt = Some(receipt.clone());
            taken.received.push(message.received(
                order,
                handle(&self.name, order, &receipt),
                self.fifo,
            ));
            self.dirty.insert(order);
        }
        taken
    }

    /// Deletes by receipt handle. An outdated handle deletes nothing, and on FIFO queues an expired one is refused.
    pub fn delete(&mut self, receipt_handle: &str, now_ms: i64) -> Result<(), ServiceError> {
        let (order, receipt) = self.read_handle(receipt_handle)?;
        let Some(message) = self.messages.get(&order) else {
            return Ok(());
        };
        if message.receipt.as_deref() != Some(&receipt) {
            return Ok(());
        }
        if self.fifo && !message.in_flight(now_ms) {
            return Err(invalid(format!(
                "Value {receipt_handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
            )));
        }
        self.messages.remove(&order);
        self.dirty.insert(order);
        Ok(())
    }

    /// Changes when an in-flight message becomes visible again.
    pub fn change_visibility(
        &mut self,
        receipt_handle: &str,
        seconds: i64,
        now_ms: i64,
    ) -> Result<(), ServiceError> {
        if !(0..=43_200).contains(&seconds) {
            return Err(invalid(format!(
                "Value {seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer \
                 between 0 and 43200."
            )));
        }
        let (order, receipt) = self.read_handle(receipt_handle)?;
        let in_flight =
            |m: &&mut Message| m.receipt.as_deref() == Some(&receipt) && m.in_flight(now_ms);
        let Some(message) = self.messages.get_mut(&order).filter(in_flight) else {
            return Err(ServiceError::client(
                "MessageNotInflight",
                "The message referred to is not in flight.",
            ));
        };
        message.visible_at_ms = now_ms + seconds * 1000;
        self.dirty.insert(order);
        Ok(())
    }

    /// Removes every message.
    pub fn purge(&mut self) {
        self.dirty.extend(self.messages.keys());
        self.messages.clear();
    }

    /// Makes visible again what a receiver holds that is no more.
    pub fn release(&mut self, now_ms: i64) {
        for (order, message) in &mut self.messages {
            if message.in_flight(now_ms) {
                message.visible_at_ms = now_ms;
                self.dirty.insert(*order);
            }
        }
    }

    /// How many messages there are in each state.
    pub fn depths(&mut self, now_ms: i64) -> Depths {
        self.expire(now_ms);
        let mut depths = Depths::default();
        for message in self.messages.values() {
            if message.in_flight(now_ms) {
                depths.in_flight += 1;
            } else if message.delayed(now_ms) {
                depths.delayed += 1;
            } else {
                depths.visible += 1;
            }
        }
        depths
    }

    /// Whether a receive would get a message.
    pub fn is_due(&self, now_ms: i64) -> bool {
        let mut blocked = self.groups_in_flight(now_ms);
        self.messages.values().any(|message| {
            let group = message.group.as_ref().filter(|_| self.fifo);
            if group.is_some_and(|group| blocked.contains(group)) {
                return false;
            }
            let is_visible = message.visible_at_ms <= now_ms;
            if !is_visible {
                blocked.extend(group.cloned());
            }
            is_visible
        })
    }

    /// When the next message that was sent for later is due.
    pub fn next_delayed_ms(&self, now_ms: i64) -> Option<i64> {
        let delayed = self.messages.values().filter(|m| m.delayed(now_ms));
        delayed.map(|m| m.visible_at_ms).min()
    }

    /// When the next message becomes visible, if one is waiting for that.
    pub fn next_visible_ms(&self, now_ms: i64) -> Option<i64> {
        self.messages
            .values()
            .map(|m| m.visible_at_ms)
            .filter(|at| *at > now_ms)
            .min()
    }

    /// Drops messages older than the retention period.
    fn expire(&mut self, now_ms: i64) {
        let oldest = now_ms - self.settings.number("MessageRetentionPeriod") * 1000;
        let gone: Vec<u64> = self
            .messages
            .iter()
            .filter(|(_, m)| m.retained_from_ms < oldest)
            .map(|(o, _)| *o)
            .collect();
        for order in gone {
            self.messages.remove(&order);
            self.dirty.insert(order);
        }
    }

    fn groups_in_flight(&self, now_ms: i64) -> HashSet<String> {
        if !self.fifo {
            return HashSet::new();
        }
        self.messages
            .values()
            .filter(|m| m.in_flight(now_ms))
            .filter_map(|m| m.group.clone())
            .collect()
    }

    fn forget_old(&mut self, now_ms: i64) {
        let oldest = now_ms - DEDUPLICATION_MS;
        let gone: Vec<String> = self
            .remembered
            .iter()
            .filter(|(_, first)| first.at_ms <= oldest)
            .map(|(key, _)| key.clone())
            .collect();
        for key in gone {
            self.remembered.remove(&key);
            self.dirty_remembered.insert(key);
        }
    }

    fn deduplication_key(&self, id: &str, group: Option<&str>) -> String {
        match group {
            Some(group) if self.settings.deduplicates_per_group() => format!("{group}\n{id}"),
            _ => id.to_owned(),
        }
    }

    /// Orders grow across restarts because they are never behind the clock (in microseconds).
    fn next_order(&mut self, now_ms: i64) -> u64 {
        let by_clock = u64::try_from(now_ms).unwrap_or(0).saturating_mul(1000);
        self.last_order = by_clock.max(self.last_order + 1);
        self.last_order
    }

    fn read_handle(&self, receipt_handle: &str) -> Result<(u64, String), ServiceError> {
        let wrong = || {
            let message = format!(
                "The input receipt handle \"{receipt_handle}\" is not a valid receipt handle."
            );
            ServiceError::client("ReceiptHandleIsInvalid", message)
        };
        let bytes = URL_SAFE_NO_PAD
            .decode(receipt_handle)
            .map_err(|_| wrong())?;
        let text = String::from_utf8(bytes).map_err(|_| wrong())?;
        let mut parts = text.split('/');
        match (
            parts.next(),
            parts.next().and_then(|order| order.parse().ok()),
            parts.next(),
        ) {
            (Some(queue), Some(order), Some(receipt)) if queue == self.name => {
                Ok((order, receipt.to_owned()))
            }
            _ => Err(wrong()),
        }
    }
}

fn handle(queue: &str, order: u64, receipt: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{queue}/{order}/{receipt}"))
}

fn content_hash(body: &str) -> String {
    hex(digest::digest(&digest::SHA256, body.as_bytes()).as_ref())
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
