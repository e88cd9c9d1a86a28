//! Queues on disk: every change is written before it is answered.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::Sqs;
use super::message::Message;
use super::queue::{Queue, Remembered};
use super::settings::Settings;
use crate::Place;
use crate::error::{Error, ServiceError};

const QUEUES: &str = "sqs.queue";
const MESSAGES: &str = "sqs.message";
const REMEMBERED: &str = "sqs.deduplication";

#[derive(Debug, Serialize, Deserialize)]
struct StoredQueue {
    attributes: BTreeMap<String, String>,
    created_ms: i64,
    modified_ms: i64,
}

impl Sqs {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        let mut queues = HashMap::new();
        for (name, stored) in place.state.load::<StoredQueue>(QUEUES)? {
            let mut queue = Queue::new(
                &name,
                Settings::stored(stored.attributes),
                stored.created_ms,
            );
            queue.modified_ms = stored.modified_ms;
            queues.insert(name, queue);
        }
        for (key, message) in place.state.load::<Message>(MESSAGES)? {
            if let Some((queue, order)) = split_key(&mut queues, &key) {
                queue.restore(order.parse().unwrap_or(0), message);
            }
        }
        for (key, remembered) in place.state.load::<Remembered>(REMEMBERED)? {
            if let Some((queue, id)) = split_key(&mut queues, &key) {
                let id = id.to_owned();
                queue.remembered.insert(id, remembered);
            }
        }
        Ok(Self {
            place: place.clone(),
            queues: Arc::new(Mutex::new(queues)),
            stopped: Arc::new(watch::Sender::new(false)),
        })
    }

    /// Writes what has changed in a queue.
    pub(super) fn flush(&self, queue: &mut Queue) -> Result<(), ServiceError> {
        for order in std::mem::take(&mut queue.dirty) {
            let key = format!("{}/{order:020}", queue.name);
            match queue.messages.get(&order) {
                Some(message) => self.place.state.put(MESSAGES, &key, message)?,
                None => self.place.state.delete(MESSAGES, &key)?,
            }
        }
        for id in std::mem::take(&mut queue.dirty_remembered) {
            let key = format!("{}/{id}", queue.name);
            match queue.remembered.get(&id) {
                Some(first) => self.place.state.put(REMEMBERED, &key, first)?,
                None => self.place.state.delete(REMEMBERED, &key)?,
            }
        }
        Ok(())
    }

    pub(super) fn store(&self, queue: &Queue) -> Result<(), ServiceError> {
        let stored = StoredQueue {
            attributes: queue.settings.given().clone(),
            created_ms: queue.created_ms,
            modified_ms: queue.modified_ms,
        };
        Ok(self.place.state.put(QUEUES, &queue.name, &stored)?)
    }

    /// Forgets a queue whose messages are gone already.
    pub(super) fn forget(&self, name: &str) -> Result<(), ServiceError> {
        Ok(self.place.state.delete(QUEUES, name)?)
    }
}

fn split_key<'a, 'k>(
    queues: &'a mut HashMap<String, Queue>,
    key: &'k str,
) -> Option<(&'a mut Queue, &'k str)> {
    let (name, rest) = key.split_once('/')?;
    Some((queues.get_mut(name)?, rest))
}
