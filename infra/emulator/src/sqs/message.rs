//! One message in a queue.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::types::{MessageAttribute, Received};
use crate::gateway::hex;

/// A message with its delivery state; the order it stands in is its key in the queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Message {
    pub id: String,
    pub body: String,
    pub attributes: BTreeMap<String, MessageAttribute>,
    pub group: Option<String>,
    pub deduplication_id: Option<String>,
    pub trace_header: Option<String>,
    pub sent_ms: i64,
    /// Counts retention; a standard dead-letter queue keeps the original one.
    pub retained_from_ms: i64,
    pub visible_at_ms: i64,
    pub receive_count: u32,
    pub first_received_ms: Option<i64>,
    /// Number of the receive that holds it, part of the receipt handle. `None`: not in flight.
    pub receipt: Option<String>,
    pub dead_letter_source: Option<String>,
}

impl Message {
    /// Received, and its visibility time-out has not passed.
    pub fn in_flight(&self, now_ms: i64) -> bool {
        self.receipt.is_some() && self.visible_at_ms > now_ms
    }

    /// Waiting for its first delivery.
    pub fn delayed(&self, now_ms: i64) -> bool {
        self.receipt.is_none() && self.visible_at_ms > now_ms
    }

    /// The message as a receiver sees it.
    pub fn received(&self, order: u64, receipt_handle: String, fifo: bool) -> Received {
        let mut attributes = BTreeMap::from([
            ("SenderId".to_owned(), "AROAEMULATOR".to_owned()),
            ("SentTimestamp".to_owned(), self.sent_ms.to_string()),
            (
                "ApproximateReceiveCount".to_owned(),
                self.receive_count.to_string(),
            ),
        ]);
        let mut optional = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                attributes.insert(name.to_owned(), value);
            }
        };
        optional(
            "ApproximateFirstReceiveTimestamp",
            self.first_received_ms.map(|ms| ms.to_string()),
        );
        optional("MessageGroupId", self.group.clone());
        optional("MessageDeduplicationId", self.deduplication_id.clone());
        optional("SequenceNumber", fifo.then(|| sequence_number(order)));
        optional("AWSTraceHeader", self.trace_header.clone());
        optional("DeadLetterQueueSourceArn", self.dead_letter_source.clone());
        Received {
            message_id: self.id.clone(),
            receipt_handle,
            body: self.body.clone(),
            md5_of_body: md5_hex(self.body.as_bytes()),
            attributes,
            message_attributes: self.attributes.clone(),
        }
    }
}

/// Twenty digits that grow with the order of sending.
pub(super) fn sequence_number(order: u64) -> String {
    format!("{order:020}")
}

/// Hex MD5 of bytes.
pub(crate) fn md5_hex(bytes: &[u8]) -> String {
    hex(&Md5::digest(bytes))
}

/// Hex MD5 over message attributes as the SDKs check it; `None` when there are none.
pub(super) fn md5_of_attributes(attributes: &BTreeMap<String, MessageAttribute>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut digest = Md5::new();
    let mut field = |bytes: &[u8], transport: Option<u8>| {
        digest.update(transport.as_slice());
        digest.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        digest.update(bytes);
    };
    for (name, attribute) in attributes {
        field(name.as_bytes(), None);
        field(attribute.data_type.as_bytes(), None);
        match (&attribute.string_value, &attribute.binary_value) {
            (_, Some(binary)) => field(&STANDARD.decode(binary).unwrap_or_default(), Some(2)),
            (text, None) => field(text.as_deref().unwrap_or("").as_bytes(), Some(1)),
        }
    }
    Some(hex(&digest.finalize()))
}

/// Bytes that count towards the size limit.
pub(super) fn size(body: &str, attributes: &BTreeMap<String, MessageAttribute>) -> usize {
    let extra: usize = attributes
        .iter()
        .map(|(name, a)| {
            let text = a.string_value.as_ref().map_or(0, String::len);
            let binary = a
                .binary_value
                .as_ref()
                .map_or(0, |b| STANDARD.decode(b).map_or(b.len(), |v| v.len()));
            name.len() + a.data_type.len() + text + binary
        })
        .sum();
    body.len() + extra
}
