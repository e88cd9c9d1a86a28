//! The JSON protocol of SQS.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::queue::Queue;
use super::settings::{MAX_MESSAGE_BYTES, invalid};
use super::types::{MessageAttribute, Receive, Received, Send, Sent};
use super::{Sqs, message};
use crate::error::ServiceError;
use crate::gateway::{Reply, Request, Want};

/// A second purge within this time is refused.
const PURGE_PAUSE_MS: i64 = 60_000;

impl Sqs {
    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let action = request
            .operation
            .strip_suffix("Batch")
            .unwrap_or(&request.operation);
        let named = ["QueueUrl", "QueueName", "SourceArn"]
            .iter()
            .find_map(|member| request.text(member));
        let resource = match named {
            Some(name) if request.operation != "ListQueues" => self
                .place
                .arn("sqs", name.rsplit(['/', ':']).next().unwrap_or(name)),
            _ => "*".to_owned(),
        };
        vec![Want::new(format!("sqs:{action}"), resource)]
    }

    pub(crate) async fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let answer = match request.operation.as_str() {
            "ReceiveMessage" => self.wire_receive(request).await?,
            _ => self.wire_call(request)?,
        };
        Ok(Reply::json(request.service, &answer))
    }

    fn wire_call(&self, request: &Request) -> Result<Value, ServiceError> {
        let body = &request.json;
        match request.operation.as_str() {
            "CreateQueue" => {
                let name = need(request, "QueueName")?;
                Ok(json!({ "QueueUrl": self.create_queue(name, &texts(&body["Attributes"]))?.url }))
            }
            "GetQueueUrl" => {
                Ok(json!({ "QueueUrl": self.queue(need(request, "QueueName")?)?.url }))
            }
            "ListQueues" => {
                let prefix = request.text("QueueNamePrefix").unwrap_or("");
                let urls: Vec<String> = self
                    .queues()
                    .into_iter()
                    .filter(|q| q.name.starts_with(prefix))
                    .map(|q| q.url)
                    .collect();
                Ok(if urls.is_empty() {
                    json!({})
                } else {
                    json!({ "QueueUrls": urls })
                })
            }
            "DeleteQueue" => self.delete_queue(&self.named(request)?).map(|()| json!({})),
            "GetQueueAttributes" => self.wire_attributes(request),
            "SetQueueAttributes" => self
                .set_attributes(&self.named(request)?, &texts(&body["Attributes"]))
                .map(|()| json!({})),
            "PurgeQueue" => self.wire_purge(request),
            "SendMessage" => {
                let sent = self.send(&self.named(request)?, read_send(body)?)?;
                Ok(sent_json(&sent))
            }
            "SendMessageBatch" => self.wire_send_batch(request),
            "DeleteMessage" => self
                .delete(&self.named(request)?, need(request, "ReceiptHandle")?)
                .map(|()| json!({})),
            "DeleteMessageBatch" => {
                let name = self.named(request)?;
                batch(request, |entry| {
                    self.delete(&name, entry["ReceiptHandle"].as_str().unwrap_or(""))
                        .map(|()| json!({}))
                })
            }
            "ChangeMessageVisibility" => {
                let seconds = body["VisibilityTimeout"]
                    .as_i64()
                    .ok_or_else(|| missing("VisibilityTimeout"))?;
                let name = self.named(request)?;
                self.change_visibility(&name, need(request, "ReceiptHandle")?, seconds)
                    .map(|()| json!({}))
            }
            "ChangeMessageVisibilityBatch" => {
                let name = self.named(request)?;
                batch(request, |entry| {
                    let seconds = entry["VisibilityTimeout"].as_i64().unwrap_or(0);
                    let handle = entry["ReceiptHandle"].as_str().unwrap_or("");
                    self.change_visibility(&name, handle, seconds)
                        .map(|()| json!({}))
                })
            }
            "ListDeadLetterSourceQueues" => self.wire_sources(request),
            "StartMessageMoveTask" => {
                let source = self.queue(need(request, "SourceArn")?)?.name;
                self.move_back(&source, request.text("DestinationArn"))?;
                Ok(json!({ "TaskHandle": crate::iam::random_uuid() }))
            }
            "ListQueueTags" => Ok(json!({})),
            other => Err(ServiceError::client(
                "UnsupportedOperation",
                format!("{other} is not supported"),
            )),
        }
    }

    async fn wire_receive(&self, request: &Request) -> Result<Value, ServiceError> {
        let body = &request.json;
        let name = self.named(request)?;
        let ranged = |parameter: &str, low: i64, high: i64| match body[parameter].as_i64() {
            Some(value) if !(low..=high).contains(&value) => Err(invalid(format!(
                "Value {value} for parameter {parameter} is invalid. Reason: Must be between {low} and {high}, if provided."
            ))),
            value => Ok(value.and_then(|value| u64::try_from(value).ok())),
        };
        let wait = match ranged("WaitTimeSeconds", 0, 20)? {
            Some(wait) => wait,
            None => {
                u64::try_from(self.setting(&name, "ReceiveMessageWaitTimeSeconds")?).unwrap_or(0)
            }
        };
        let how = Receive {
            max: usize::try_from(ranged("MaxNumberOfMessages", 1, 10)?.unwrap_or(1)).unwrap_or(1),
            visibility: ranged("VisibilityTimeout", 0, 43_200)?.map(Duration::from_secs),
            wait: Duration::from_secs(wait),
        };
        let received = self.receive(&name, how).await?;
        if received.is_empty() {
            return Ok(json!({}));
        }
        let messages: Vec<Value> = received
            .into_iter()
            .map(|message| received_json(message, body))
            .collect();
        Ok(json!({ "Messages": messages }))
    }

    fn wire_attributes(&self, request: &Request) -> Result<Value, ServiceError> {
        let all = self.attributes(&self.named(request)?)?;
        let names = list(&request.json["AttributeNames"]);
        if names.is_empty() {
            return Ok(json!({}));
        }
        let known = |name: &&str| {
            all.contains_key(*name)
                || [
                    "All",
                    "Policy",
                    "RedrivePolicy",
                    "KmsMasterKeyId",
                    "RedriveAllowPolicy",
                    "KmsDataKeyReusePeriodSeconds",
                    "FifoQueue",
                    "ContentBasedDeduplication",
                ]
                .contains(name)
        };
        if let Some(unknown) = names.iter().find(|name| !known(name)) {
            return Err(ServiceError::client(
                "InvalidAttributeName",
                format!("Unknown Attribute {unknown}."),
            ));
        }
        let wanted = |name: &str| names.contains(&"All") || names.contains(&name);
        let chosen: Map<String, Value> = all
            .into_iter()
            .filter(|(name, _)| wanted(name))
            .map(|(name, value)| (name, value.into()))
            .collect();
        Ok(json!({ "Attributes": chosen }))
    }

    fn wire_purge(&self, request: &Request) -> Result<Value, ServiceError> {
        let name = self.named(request)?;
        let now = self.place.clock.now_ms();
        let last = super::found(&mut self.lock(), &name)?.purged_ms;
        if last.is_some_and(|at| now - at < PURGE_PAUSE_MS) {
            let message =
                format!("Only one PurgeQueue operation on {name} is allowed every 60 seconds.");
            return Err(ServiceError::with_status(
                403,
                "PurgeQueueInProgress",
                message,
            ));
        }
        self.purge(&name).map(|()| json!({}))
    }

    fn wire_send_batch(&self, request: &Request) -> Result<Value, ServiceError> {
        let name = self.named(request)?;
        let entries = request.json["Entries"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let total: usize = entries
            .iter()
            .map(|entry| {
                message::size(
                    entry["MessageBody"].as_str().unwrap_or(""),
                    &attributes(&entry["MessageAttributes"]),
                )
            })
            .sum();
        if total > MAX_MESSAGE_BYTES {
            let message = format!(
                "Batch requests cannot be longer than {MAX_MESSAGE_BYTES} bytes. You have sent {total} bytes."
            );
            return Err(ServiceError::client("BatchRequestTooLong", message));
        }
        batch(request, |entry| {
            Ok(sent_json(&self.send(&name, read_send(entry)?)?))
        })
    }

    fn wire_sources(&self, request: &Request) -> Result<Value, ServiceError> {
        let arn = self.names(&self.named(request)?).arn;
        let points_here = |queue: &&Queue| {
            queue
                .settings
                .redrive()
                .is_some_and(|redrive| redrive.target_arn == arn)
        };
        let mut urls: Vec<String> = self
            .lock()
            .values()
            .filter(points_here)
            .map(|q| self.names(&q.name).url)
            .collect();
        urls.sort();
        Ok(json!({ "queueUrls": urls }))
    }

    fn setting(&self, name: &str, attribute: &str) -> Result<i64, ServiceError> {
        Ok(super::found(&mut self.lock(), name)?
            .settings
            .number(attribute))
    }

    /// The queue's name from its URL, refused when there is no such queue.
    fn named(&self, request: &Request) -> Result<String, ServiceError> {
        Ok(self.queue(need(request, "QueueUrl")?)?.name)
    }
}

/// Runs a batch: checks its shape as a whole, then answers each entry by itself.
fn batch(
    request: &Request,
    run: impl Fn(&Value) -> Result<Value, ServiceError>,
) -> Result<Value, ServiceError> {
    let entries = request.json["Entries"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if entries.is_empty() {
        let message = "There should be at least one entry in the request.";
        return Err(ServiceError::client("EmptyBatchRequest", message));
    }
    if entries.len() > 10 {
        let message = format!(
            "Maximum number of entries per request are 10. You have sent {}.",
            entries.len()
        );
        return Err(ServiceError::client(
            "TooManyEntriesInBatchRequest",
            message,
        ));
    }
    let ids: Vec<&str> = entries
        .iter()
        .map(|entry| entry["Id"].as_str().unwrap_or(""))
        .collect();
    let valid = |id: &&str| {
        !id.is_empty()
            && id.len() <= 80
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if !ids.iter().all(valid) {
        let message = "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.";
        return Err(ServiceError::client("InvalidBatchEntryId", message));
    }
    if let Some((_, id)) = ids
        .iter()
        .enumerate()
        .find(|(index, id)| ids[..*index].contains(id))
    {
        return Err(ServiceError::client(
            "BatchEntryIdsNotDistinct",
            format!("Id {id} repeated."),
        ));
    }
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for (entry, id) in entries.iter().zip(ids) {
        match run(entry) {
            Ok(mut answer) => {
                answer["Id"] = id.into();
                successful.push(answer);
            }
            Err(error) => failed.push(json!({
                "Id": id, "Code": error.code, "Message": error.message, "SenderFault": error.is_sender(),
            })),
        }
    }
    Ok(json!({ "Successful": successful, "Failed": failed }))
}

fn read_send(value: &Value) -> Result<Send, ServiceError> {
    let text = |member: &str| value[member].as_str().map(str::to_owned);
    let delay = match value["DelaySeconds"].as_i64() {
        Some(seconds) => Some(Duration::from_secs(u64::try_from(seconds).map_err(|_| {
            invalid(format!("Value {seconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."))
        })?)),
        None => None,
    };
    Ok(Send {
        body: text("MessageBody").unwrap_or_default(),
        group_id: text("MessageGroupId"),
        deduplication_id: text("MessageDeduplicationId"),
        delay,
        attributes: attributes(&value["MessageAttributes"]),
        trace_header: value
            .pointer("/MessageSystemAttributes/AWSTraceHeader/StringValue")
            .and_then(Value::as_str)
            .map(str::to_owned),
    })
}

fn sent_json(sent: &Sent) -> Value {
    let mut answer = json!({ "MessageId": sent.message_id, "MD5OfMessageBody": sent.md5_of_body });
    if let Some(md5) = &sent.md5_of_attributes {
        answer["MD5OfMessageAttributes"] = md5.as_str().into();
    }
    if let Some(sequence) = &sent.sequence_number {
        answer["SequenceNumber"] = sequence.as_str().into();
    }
    answer
}

/// Only the attributes that were asked for are told.
fn received_json(received: Received, body: &Value) -> Value {
    let system: Vec<&str> = list(&body["AttributeNames"])
        .into_iter()
        .chain(list(&body["MessageSystemAttributeNames"]))
        .collect();
    let chosen: Map<String, Value> = received
        .attributes
        .into_iter()
        .filter(|(name, _)| system.contains(&"All") || system.contains(&name.as_str()))
        .map(|(name, value)| (name, value.into()))
        .collect();
    let asked = list(&body["MessageAttributeNames"]);
    let wanted = |name: &str| {
        asked
            .iter()
            .any(|pattern| match pattern.strip_suffix(".*") {
                Some(prefix) => name.starts_with(prefix),
                None => *pattern == "All" || *pattern == name,
            })
    };
    let attributes: BTreeMap<String, MessageAttribute> = received
        .message_attributes
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .collect();
    let mut answer = json!({
        "MessageId": received.message_id,
        "ReceiptHandle": received.receipt_handle,
        "Body": received.body,
        "MD5OfBody": received.md5_of_body,
    });
    if !chosen.is_empty() {
        answer["Attributes"] = chosen.into();
    }
    if let Some(md5) = message::md5_of_attributes(&attributes) {
        answer["MD5OfMessageAttributes"] = md5.into();
        answer["MessageAttributes"] = json!(attributes);
    }
    answer
}

fn attributes(value: &Value) -> BTreeMap<String, MessageAttribute> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

fn texts(value: &Value) -> BTreeMap<String, String> {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

fn list(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn need<'a>(request: &'a Request, member: &str) -> Result<&'a str, ServiceError> {
    request.text(member).ok_or_else(|| missing(member))
}

fn missing(member: &str) -> ServiceError {
    ServiceError::client(
        "MissingParameter",
        format!("The request must contain the parameter {member}."),
    )
}
