//! What goes in and out of the queues.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
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
    /// FIFO: needed. Standard: optional, for fair queues.
    pub group_id: Option<String>,
    /// FIFO only; needed unless the queue deduplicates by content.
    pub deduplication_id: Option<String>,
    /// Standard only; whole seconds.
    pub delay: Option<Duration>,
    /// Message attributes by name.
    pub attributes: BTreeMap<String, MessageAttribute>,
    /// `AWSTraceHeader` system attribute.
    pub trace_header: Option<String>,
}

/// A message attribute in its wire form, e.g. `{"DataType": "String", "StringValue": "x"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MessageAttribute {
    /// `String`, `Number` or `Binary`, optionally with `.custom`.
    pub data_type: String,
    /// For text and numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub string_value: Option<String>,
    /// For bytes: base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binary_value: Option<String>,
}

/// What a send answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message's id (of the first one, for a FIFO duplicate).
    pub message_id: String,
    /// FIFO only.
    pub sequence_number: Option<String>,
    /// Hex MD5 of the body.
    pub md5_of_body: String,
    /// Hex MD5 of the attributes, if there are any.
    pub md5_of_attributes: Option<String>,
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
    /// Message attributes by name.
    pub message_attributes: BTreeMap<String, MessageAttribute>,
}
