//! SQS: standard and FIFO queues, held in memory and written through.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ServiceError};
use crate::Place;

/// All queues; clones share them.
#[derive(Clone)]
pub struct Sqs {
    place: Place,
}

/// A queue's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueueRef {
    /// Its name (`.fifo` at the end for FIFO queues).
    pub name: String,
    /// `http://127.0.0.1:<port>/<account>/<name>`.
    pub url: String,
    /// Its ARN.
    pub arn: String,
}

/// How many messages a queue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Depths {
    /// Ready to be received (FIFO: also those behind a locked group).
    pub visible: usize,
    /// Received and neither deleted nor visible again.
    pub in_flight: usize,
    /// Not yet visible for the first time.
    pub delayed: usize,
}

/// How to receive.
#[derive(Debug, Clone, Copy)]
pub struct Receive {
    /// 1 to 10.
    pub max: usize,
    /// Overrides the queue's visibility time-out (whole seconds).
    pub visibility: Option<Duration>,
    /// Long poll: how long to wait for a first message, by the emulator's clock.
    pub wait: Duration,
}

/// A message to send.
#[derive(Debug, Clone, Default)]
pub struct Send {
    /// Text, 1 MiB at most with attributes.
    pub body: String,
    /// FIFO only, and needed there.
    pub group_id: Option<String>,
    /// FIFO only; needed unless the queue deduplicates by content.
    pub deduplication_id: Option<String>,
    /// Standard only.
    pub delay: Option<Duration>,
    /// Message attributes, in the wire form `{"Name": {"DataType": "String", "StringValue": "x"}}`.
    pub attributes: BTreeMap<String, MessageAttribute>,
}

/// A message attribute in its wire form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MessageAttribute {
    /// `String`, `Number` or `Binary`, optionally with `.custom`.
    pub data_type: String,
    /// For text and numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string_value: Option<String>,
    /// For bytes: base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binary_value: Option<String>,
}

/// What a send answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message's id (of the first one, for a FIFO duplicate).
    pub message_id: String,
    /// FIFO only.
    pub sequence_number: Option<String>,
}

/// A message as received or peeked at. Field names are those of the Lambda SQS event where both have them.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// Its id.
    pub message_id: String,
    /// Handle for delete and change of visibility; empty when peeked at.
    pub receipt_handle: String,
    /// Text.
    pub body: String,
    /// Hex MD5 of the body.
    pub md5_of_body: String,
    /// System attributes: `ApproximateReceiveCount`, `SentTimestamp`, `MessageGroupId`, `SequenceNumber` and so on.
    pub attributes: BTreeMap<String, String>,
    /// Message attributes in their wire form.
    pub message_attributes: BTreeMap<String, MessageAttribute>,
}

impl Sqs {
    pub(crate) fn open(place: &Place) -> Result<Self, Error> {
        Ok(Self { place: place.clone() })
    }

    /// Creates a queue, or answers the present one when the attributes agree (as SQS does).
    /// Attributes as in the `CreateQueue` API: text values, `RedrivePolicy` as JSON text.
    pub fn create_queue(&self, _name: &str, _attributes: &BTreeMap<String, String>) -> Result<QueueRef, ServiceError> {
        Err(not_yet())
    }

    /// Changes attributes of a queue.
    pub fn set_attributes(&self, _name: &str, _attributes: &BTreeMap<String, String>) -> Result<(), ServiceError> {
        Err(not_yet())
    }

    /// Every queue, in order of name.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueRef> {
        Vec::new()
    }

    /// The names of a queue by its name, URL or ARN.
    pub fn queue(&self, _name_url_or_arn: &str) -> Result<QueueRef, ServiceError> {
        Err(not_yet())
    }

    /// A queue's attributes as `GetQueueAttributes` answers them for `All`.
    pub fn attributes(&self, _name: &str) -> Result<BTreeMap<String, String>, ServiceError> {
        Err(not_yet())
    }

    /// How many messages a queue holds.
    pub fn depths(&self, _name: &str) -> Result<Depths, ServiceError> {
        Err(not_yet())
    }

    /// Receives up to `max` messages; waits as long as `wait` for the first one without polling.
    /// Messages received too often go to the dead-letter queue on the way.
    pub async fn receive(&self, _name: &str, _how: Receive) -> Result<Vec<Received>, ServiceError> {
        Err(not_yet())
    }

    /// Deletes a received message.
    pub fn delete(&self, _name: &str, _receipt_handle: &str) -> Result<(), ServiceError> {
        Err(not_yet())
    }

    /// Makes a received message visible again after `seconds` (0: at once).
    pub fn change_visibility(&self, _name: &str, _receipt_handle: &str, _seconds: i64) -> Result<(), ServiceError> {
        Err(not_yet())
    }

    /// Sends a message.
    pub fn send(&self, _name: &str, _message: Send) -> Result<Sent, ServiceError> {
        Err(not_yet())
    }

    /// Removes every message.
    pub fn purge(&self, _name: &str) -> Result<(), ServiceError> {
        Err(not_yet())
    }

    /// Removes a queue.
    pub fn delete_queue(&self, _name: &str) -> Result<(), ServiceError> {
        Err(not_yet())
    }

    /// Up to `limit` messages in order, received or not, without touching them.
    pub fn peek(&self, _name: &str, _limit: usize) -> Result<Vec<Received>, ServiceError> {
        Err(not_yet())
    }

    pub(crate) fn stop(&self) {
        tracing::debug!(endpoint = %self.place.endpoint, "queues stop");
    }
}

fn not_yet() -> ServiceError {
    ServiceError::internal("not built yet")
}
