//! One batch of messages: the event, the call, and what happens to the messages after it.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use emulator::sqs::{Received, Sqs};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::Source;
use crate::runtime::{Functions, Request};

pub(super) async fn run_batch(
    source: &Source,
    sqs: &Sqs,
    functions: &Functions,
    messages: Vec<Received>,
    stop: &watch::Receiver<bool>,
) {
    let request = Request {
        payload: Bytes::from(event(source, &messages).to_string()),
        source: format!("sqs {}", source.queue),
        // A batch of one goes on with its message's trace; one of many has a trace of its own.
        trace_root: match messages.as_slice() {
            [only] => only.attributes.get("AWSTraceHeader").and_then(|header| {
                header
                    .split(';')
                    .find_map(|part| part.trim().strip_prefix("Root="))
                    .map(str::to_owned)
            }),
            _ => None,
        },
    };
    let ids = || {
        messages
            .iter()
            .map(|message| message.message_id.clone())
            .collect()
    };
    let failed: BTreeSet<String> = match functions.invoke(&source.mapping.function, request).await {
        Ok(answer) if source.mapping.partial_failures => {
            failures(&answer, &messages).unwrap_or_else(ids)
        }
        Ok(_) => BTreeSet::new(),
        Err(error) => {
            tracing::debug!(queue = %source.queue, %error, "a batch failed");
            ids()
        }
    };
    for message in &messages {
        let settled = if !failed.contains(&message.message_id) {
            sqs.delete(&source.queue, &message.receipt_handle)
        } else if *stop.borrow() {
            // The host stops: give the message back now, instead of after its visibility time-out.
            sqs.change_visibility(&source.queue, &message.receipt_handle, 0)
        } else {
            continue;
        };
        if let Err(error) = settled {
            tracing::debug!(queue = %source.queue, %error, "a message could not be settled");
        }
    }
    let mut counts = source.counts();
    counts.batches += 1;
    counts.messages += messages.len() as u64;
    counts.failed += failed.len() as u64;
}

/// The Lambda event of a batch.
fn event(source: &Source, messages: &[Received]) -> Value {
    let records: Vec<_> = messages
        .iter()
        .map(|message| {
            let attributes: BTreeMap<_, _> = message
                .message_attributes
                .iter()
                .map(|(name, attribute)| {
                    let mut value = json!({
                        "dataType": attribute.data_type, "stringListValues": [], "binaryListValues": [],
                    });
                    if let Some(text) = &attribute.string_value {
                        value["stringValue"] = json!(text);
                    }
                    if let Some(bytes) = &attribute.binary_value {
                        value["binaryValue"] = json!(bytes);
                    }
                    (name, value)
                })
                .collect();
            json!({
                "messageId": message.message_id,
                "receiptHandle": message.receipt_handle,
                "body": message.body,
                "attributes": message.attributes,
                "messageAttributes": attributes,
                "md5OfBody": message.md5_of_body,
                "eventSource": "aws:sqs",
                "eventSourceARN": source.mapping.queue_arn,
                "awsRegion": source.region,
            })
        })
        .collect();
    json!({ "Records": records })
}

/// The messages that an answer names as failed; `None` when Lambda takes the whole batch as failed: the answer is no
/// JSON, an item has no id, or an id is not of this batch.
fn failures(answer: &[u8], messages: &[Received]) -> Option<BTreeSet<String>> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let items = match answer.get("batchItemFailures") {
        None | Some(Value::Null) => return Some(BTreeSet::new()),
        Some(items) => items.as_array()?,
    };
    items
        .iter()
        .map(|item| {
            let id = item.get("itemIdentifier")?.as_str()?;
            messages
                .iter()
                .any(|message| message.message_id == id)
                .then(|| id.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Received, failures};

    fn message(id: &str) -> Received {
        Received {
            message_id: id.into(),
            receipt_handle: String::new(),
            body: String::new(),
            md5_of_body: String::new(),
            attributes: Default::default(),
            message_attributes: Default::default(),
        }
    }

    #[test]
    fn an_answer_names_the_failed_messages_or_the_whole_batch_fails() {
        let batch = [message("a"), message("b")];
        let failed = |answer: &str| failures(answer.as_bytes(), &batch);
        assert_eq!(failed("{}").map(|ids| ids.len()), Some(0));
        assert_eq!(failed("null").map(|ids| ids.len()), Some(0));
        assert_eq!(
            failed(r#"{"batchItemFailures":[{"itemIdentifier":"b"}]}"#).map(|ids| ids.len()),
            Some(1)
        );
        assert_eq!(
            failed(r#"{"batchItemFailures":[{"itemIdentifier":"foreign"}]}"#),
            None
        );
        assert_eq!(
            failed(r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#),
            None
        );
        assert_eq!(failed(r#"{"batchItemFailures":[{}]}"#), None);
        assert_eq!(failed("no json"), None);
    }
}
