//! SQS: standard and FIFO queues, held in memory and written through.
//!
//! The rules are in `queue.rs`, free of I/O; this file adds the lock, persistence, dead-letter moves and waiting;
//! `wire.rs` is the JSON protocol.

mod message;
mod queue;
mod rules;
mod settings;
mod store;
#[cfg(test)]
mod tests;
mod types;
mod wire;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::Place;
use crate::clock::wait_until;
use crate::error::ServiceError;
use crate::iam::random_uuid;
pub(crate) use message::md5_hex;
use queue::Queue;
use settings::{Settings, invalid};
pub use types::{Depths, MessageAttribute, QueueRef, Receive, Received, Send, Sent};

/// All queues; clones share them.
#[derive(Clone)]
pub struct Sqs {
    place: Place,
    queues: Arc<Mutex<HashMap<String, Queue>>>,
    stopped: Arc<watch::Sender<bool>>,
}

impl Sqs {
    /// Creates a queue, or answers the present one when the attributes agree (as SQS does).
    /// Attributes as in the `CreateQueue` API: text values, `RedrivePolicy` as JSON text; its target must exist.
    pub fn create_queue(
        &self,
        name: &str,
        attributes: &BTreeMap<String, String>,
    ) -> Result<QueueRef, ServiceError> {
        let settings = Settings::new(name, attributes)?;
        let mut queues = self.lock();
        self.check_redrive(&queues, name, &settings)?;
        if let Some(present) = queues.get(name) {
            if let Some(attribute) = present.settings.difference(&settings) {
                let message = format!(
                    "A queue already exists with the same name and a different value for attribute {attribute}"
                );
                return Err(ServiceError::client("QueueNameExists", message));
            }
            return Ok(self.names(name));
        }
        let queue = Queue::new(name, settings, self.place.clock.now_ms());
        self.store(&queue)?;
        queues.insert(name.to_owned(), queue);
        Ok(self.names(name))
    }

    /// Changes attributes of a queue; an empty value removes one.
    pub fn set_attributes(
        &self,
        name: &str,
        attributes: &BTreeMap<String, String>,
    ) -> Result<(), ServiceError> {
        let mut queues = self.lock();
        let mut settings = found(&mut queues, name)?.settings.clone();
        if attributes.contains_key("FifoQueue") {
            return Err(ServiceError::client(
                "InvalidAttributeName",
                "Unknown Attribute FifoQueue.",
            ));
        }
        settings.change(attributes, name.ends_with(".fifo"))?;
        self.check_redrive(&queues, name, &settings)?;
        let queue = found(&mut queues, name)?;
        queue.settings = settings;
        queue.modified_ms = self.place.clock.now_ms();
        self.store(queue)?;
        queue.wake();
        Ok(())
    }

    /// Every queue, in order of name.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueRef> {
        let mut names: Vec<String> = self.lock().keys().cloned().collect();
        names.sort();
        names.iter().map(|name| self.names(name)).collect()
    }

    /// The names of a queue by its name, URL or ARN.
    pub fn queue(&self, name_url_or_arn: &str) -> Result<QueueRef, ServiceError> {
        let name = name_url_or_arn
            .rsplit(['/', ':'])
            .next()
            .unwrap_or(name_url_or_arn);
        found(&mut self.lock(), name)?;
        Ok(self.names(name))
    }

    /// A queue's attributes as `GetQueueAttributes` answers them for `All`.
    pub fn attributes(&self, name: &str) -> Result<BTreeMap<String, String>, ServiceError> {
        let now = self.place.clock.now_ms();
        let mut queues = self.lock();
        let queue = found(&mut queues, name)?;
        let depths = queue.depths(now);
        self.flush(queue)?;
        let mut all = queue.settings.with_defaults();
        for (attribute, value) in [
            ("QueueArn", self.names(name).arn),
            ("ApproximateNumberOfMessages", depths.visible.to_string()),
            (
                "ApproximateNumberOfMessagesNotVisible",
                depths.in_flight.to_string(),
            ),
            (
                "ApproximateNumberOfMessagesDelayed",
                depths.delayed.to_string(),
            ),
            ("CreatedTimestamp", (queue.created_ms / 1000).to_string()),
            (
                "LastModifiedTimestamp",
                (queue.modified_ms / 1000).to_string(),
            ),
        ] {
            all.insert(attribute.to_owned(), value);
        }
        Ok(all)
    }

    /// How many messages a queue holds.
    pub fn depths(&self, name: &str) -> Result<Depths, ServiceError> {
        let mut queues = self.lock();
        let queue = found(&mut queues, name)?;
        let depths = queue.depths(self.place.clock.now_ms());
        self.flush(queue)?;
        Ok(depths)
    }

    /// Whether a receive would get a message now: none behind a locked group, none that is not visible yet.
    pub fn is_due(&self, name: &str) -> Result<bool, ServiceError> {
        let now = self.place.clock.now_ms();
        Ok(found(&mut self.lock(), name)?.is_due(now))
    }

    /// When the next message that was sent for later is due, in milliseconds since the Unix epoch.
    pub fn next_delayed_ms(&self, name: &str) -> Result<Option<i64>, ServiceError> {
        let now = self.place.clock.now_ms();
        Ok(found(&mut self.lock(), name)?.next_delayed_ms(now))
    }

    /// Receives up to `max` messages; waits as long as `wait` for the first one without polling.
    /// Messages received too often go to the dead-letter queue on the way. Stopping the emulator ends the wait.
    pub async fn receive(&self, name: &str, how: Receive) -> Result<Vec<Received>, ServiceError> {
        let clock = self.place.clock.clone();
        let deadline = clock.now_ms() + i64::try_from(how.wait.as_millis()).unwrap_or(i64::MAX / 2);
        let mut stopped = self.stopped.subscribe();
        loop {
            // Each time anew: meanwhile it may have become another queue of the same name.
            let mut changes = found(&mut self.lock(), name)?.changes.subscribe();
            let (received, next_visible) = self.receive_now(name, how)?;
            if !received.is_empty() || clock.now_ms() >= deadline {
                return Ok(received);
            }
            let until = next_visible.map_or(deadline, |at| at.min(deadline));
            tokio::select! {
                _ = changes.changed() => {}
                () = wait_until(&*clock, until) => {}
                () = crate::stopped(&mut stopped) => return Ok(Vec::new()),
            }
        }
    }

    fn receive_now(
        &self,
        name: &str,
        how: Receive,
    ) -> Result<(Vec<Received>, Option<i64>), ServiceError> {
        let now = self.place.clock.now_ms();
        let mut queues = self.lock();
        let redrive = found(&mut queues, name)?.settings.redrive();
        let target = redrive
            .as_ref()
            .map(|r| last_part(&r.target_arn).to_owned())
            .filter(|t| queues.contains_key(t));
        let max_receives = redrive.filter(|_| target.is_some()).map(|r| r.max_receives);
        let queue = found(&mut queues, name)?;
        let taken = queue.receive(how, max_receives, random_uuid, now);
        let next_visible = queue.next_visible_ms(now);
        let moved = !taken.dead.is_empty();
        // The target is written before the source, so that a kill in between doubles a message but never loses it.
        if let Some(dead_letters) = target
            .filter(|_| moved)
            .and_then(|target| queues.get_mut(&target))
        {
            let source = self.names(name).arn;
            for message in taken.dead {
                dead_letters.bury(message, &source, now);
            }
            self.flush(dead_letters)?;
            dead_letters.wake();
        }
        let queue = found(&mut queues, name)?;
        self.flush(queue)?;
        if moved {
            queue.wake();
        }
        Ok((taken.received, next_visible))
    }

    /// Deletes a received message.
    pub fn delete(&self, name: &str, receipt_handle: &str) -> Result<(), ServiceError> {
        let now = self.place.clock.now_ms();
        self.change(name, |queue| queue.delete(receipt_handle, now))
    }

    /// Makes a received message visible again after `seconds` (0: at once).
    pub fn change_visibility(
        &self,
        name: &str,
        receipt_handle: &str,
        seconds: i64,
    ) -> Result<(), ServiceError> {
        let now = self.place.clock.now_ms();
        self.change(name, |queue| {
            queue.change_visibility(receipt_handle, seconds, now)
        })
    }

    /// Sends a message.
    pub fn send(&self, name: &str, message: Send) -> Result<Sent, ServiceError> {
        let now = self.place.clock.now_ms();
        self.change(name, |queue| queue.send(message, random_uuid(), now))
    }

    /// Removes every message.
    pub fn purge(&self, name: &str) -> Result<(), ServiceError> {
        let now = self.place.clock.now_ms();
        self.change(name, |queue| {
            queue.purge();
            queue.purged_ms = Some(now);
            Ok(())
        })
    }

    /// Makes visible again what is in flight: for whoever knows that every receiver is gone. SQS itself waits for the
    /// visibility time-out.
    pub fn release(&self, name: &str) -> Result<(), ServiceError> {
        let now = self.place.clock.now_ms();
        self.change(name, |queue| {
            queue.release(now);
            Ok(())
        })
    }

    /// Removes a queue.
    pub fn delete_queue(&self, name: &str) -> Result<(), ServiceError> {
        let mut queues = self.lock();
        let queue = found(&mut queues, name)?;
        queue.purge();
        let remembered: Vec<String> = queue.remembered.drain().map(|(key, _)| key).collect();
        queue.dirty_remembered.extend(remembered);
        self.flush(queue)?;
        // Long polls end with it.
        queues.remove(name);
        self.forget(name)
    }

    /// Up to `limit` messages in order, received or not, without touching them.
    pub fn peek(&self, name: &str, limit: usize) -> Result<Vec<Received>, ServiceError> {
        let mut queues = self.lock();
        let queue = found(&mut queues, name)?;
        let fifo = queue.fifo;
        Ok(queue
            .messages
            .iter()
            .take(limit)
            .map(|(order, m)| m.received(*order, String::new(), fifo))
            .collect())
    }

    /// Moves all messages of a dead-letter queue back to where they came from, or to `destination`. Answers how many.
    pub fn move_back(&self, name: &str, destination: Option<&str>) -> Result<usize, ServiceError> {
        let now = self.place.clock.now_ms();
        let mut queues = self.lock();
        let orders: Vec<u64> = found(&mut queues, name)?.messages.keys().copied().collect();
        let mut moved = 0;
        for order in orders {
            let source = found(&mut queues, name)?;
            let Some(message) = source
                .messages
                .get(&order)
                .filter(|m| !m.in_flight(now))
                .cloned()
            else {
                continue;
            };
            let target = destination
                .or(message.dead_letter_source.as_deref())
                .map(last_part)
                .map(str::to_owned);
            let Some(target) = target.and_then(|target| queues.get_mut(&target)) else {
                continue;
            };
            let mut message = message;
            let origin = message.dead_letter_source.take();
            target.bury(message, origin.as_deref().unwrap_or_default(), now);
            self.flush(target)?;
            target.wake();
            let source = found(&mut queues, name)?;
            source.messages.remove(&order);
            source.dirty.insert(order);
            self.flush(source)?;
            source.wake();
            moved += 1;
        }
        Ok(moved)
    }

    /// Ends all long polls; later receives do not wait any more.
    pub(crate) fn stop(&self) {
        self.stopped.send_replace(true);
    }

    fn change<T>(
        &self,
        name: &str,
        change: impl FnOnce(&mut Queue) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut queues = self.lock();
        let queue = found(&mut queues, name)?;
        let result = change(queue)?;
        self.flush(queue)?;
        queue.wake();
        Ok(result)
    }

    fn check_redrive(
        &self,
        queues: &HashMap<String, Queue>,
        name: &str,
        settings: &Settings,
    ) -> Result<(), ServiceError> {
        let Some(redrive) = settings.redrive() else {
            return Ok(());
        };
        let target = last_part(&redrive.target_arn);
        let wrong = |why: &str| {
            let value = settings
                .given()
                .get("RedrivePolicy")
                .map_or("", String::as_str);
            Err(invalid(format!(
                "Value {value} for parameter RedrivePolicy is invalid. Reason: {why}"
            )))
        };
        if redrive.target_arn != self.names(target).arn || !queues.contains_key(target) {
            return wrong("Dead letter target does not exist.");
        }
        if target.ends_with(".fifo") != name.ends_with(".fifo") {
            return wrong("Dead-letter queue must be same type of queue as the source.");
        }
        Ok(())
    }

    fn names(&self, name: &str) -> QueueRef {
        QueueRef {
            name: name.to_owned(),
            url: format!("{}/{}/{name}", self.place.endpoint, self.place.account_id),
            arn: self.place.arn("sqs", name),
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Receive {
    /// Up to `max` messages, the queue's own visibility time-out, waiting `wait`.
    #[must_use]
    pub fn up_to(max: usize, wait: Duration) -> Self {
        Self {
            max,
            visibility: None,
            wait,
        }
    }
}

fn found<'a>(
    queues: &'a mut HashMap<String, Queue>,
    name: &str,
) -> Result<&'a mut Queue, ServiceError> {
    queues.get_mut(name).ok_or_else(|| {
        ServiceError::client("QueueDoesNotExist", "The specified queue does not exist.")
    })
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}
