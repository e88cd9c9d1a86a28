//! SQS event source mappings: what polls a queue and calls a function, as Lambda does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use emulator::sqs::{Receive, Received, Sqs};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::runtime::{Functions, Request};
use crate::template::QueueMapping;

/// How long one poll waits for a first message, by the emulator's clock.
const POLL: Duration = Duration::from_secs(20);
/// Rest after a failed poll.
const REST: Duration = Duration::from_millis(500);

/// All mappings of a deployment.
pub struct Sources {
    sources: BTreeMap<String, Arc<Source>>,
    pollers: Mutex<Vec<JoinHandle<()>>>,
    stop: watch::Sender<bool>,
}

struct Source {
    mapping: QueueMapping,
    queue: String,
    running: watch::Sender<bool>,
    counts: Mutex<Counts>,
    region: String,
}

/// Running totals of a mapping.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    /// Batches handed to the function.
    pub batches: u64,
    /// Messages handed to the function.
    pub messages: u64,
    /// Messages that came back: the function failed, or named them.
    pub failed: u64,
}

/// A mapping as the control page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct SourceState {
    /// The mapping.
    #[serde(flatten)]
    pub mapping: QueueMapping,
    /// Whether it polls.
    pub running: bool,
    /// Running totals.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Sources {
    /// Starts polling for every enabled mapping.
    pub(crate) fn start(
        mappings: &[QueueMapping],
        sqs: &Sqs,
        functions: &Arc<Functions>,
        concurrency: u32,
        region: &str,
    ) -> Self {
        let stop = watch::Sender::new(false);
        let mut sources = BTreeMap::new();
        let mut pollers = Vec::new();
        for mapping in mappings {
            let source = Arc::new(Source {
                queue: mapping
                    .queue_arn
                    .rsplit(':')
                    .next()
                    .unwrap_or(&mapping.queue_arn)
                    .to_owned(),
                running: watch::Sender::new(mapping.enabled),
                mapping: mapping.clone(),
                counts: Mutex::default(),
                region: region.to_owned(),
            });
            sources.insert(mapping.id.clone(), Arc::clone(&source));
            let poller = poll(
                source,
                sqs.clone(),
                Arc::clone(functions),
                concurrency,
                stop.subscribe(),
            );
            pollers.push(tokio::spawn(poller));
        }
        Self {
            sources,
            pollers: Mutex::new(pollers),
            stop,
        }
    }

    /// All mappings with their totals.
    #[must_use]
    pub fn states(&self) -> Vec<SourceState> {
        self.sources
            .values()
            .map(|source| SourceState {
                mapping: source.mapping.clone(),
                running: *source.running.borrow(),
                counts: *source.counts(),
            })
            .collect()
    }

    /// Pauses or resumes the mappings with this id, function name or queue name; answers how many.
    pub fn set_running(&self, wanted: &str, running: bool) -> usize {
        let mut changed = 0;
        for source in self.sources.values() {
            if source.mapping.id == wanted
                || source.mapping.function == wanted
                || source.queue == wanted
            {
                source.running.send_replace(running);
                changed += 1;
            }
        }
        changed
    }

    /// Pauses all mappings.
    pub fn pause_all(&self) {
        for source in self.sources.values() {
            source.running.send_replace(false);
        }
    }

    /// Takes no new messages and waits for the batches under way; what did not end is visible again at once.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        let pollers =
            std::mem::take(&mut *self.pollers.lock().unwrap_or_else(PoisonError::into_inner));
        for poller in pollers {
            let _ = poller.await;
        }
    }
}

impl Source {
    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn poll(
    source: Arc<Source>,
    sqs: Sqs,
    functions: Arc<Functions>,
    concurrency: u32,
    mut stop: watch::Receiver<bool>,
) {
    let most = source
        .mapping
        .maximum_concurrency
        .unwrap_or(concurrency)
        .min(concurrency)
        .max(1);
    let slots = Arc::new(Semaphore::new(most as usize));
    let mut batches = JoinSet::new();
    loop {
        while batches.try_join_next().is_some() {}
        let mut running = source.running.subscribe();
        // A slot first, then the messages: a received message must not wait for a free sandbox while its visibility
        // time-out runs.
        let next = async {
            let _ = running.wait_for(|running| *running).await;
            let slot = Arc::clone(&slots).acquire_owned().await.ok()?;
            tokio::select! {
                // Messages first: those just received would otherwise stay invisible until their time-out.
                biased;
                received = gather(&source, &sqs) => Some((slot, received)),
                // A pause must not wait for the end of a long poll.
                _ = running.wait_for(|running| !running) => None,
            }
        };
        let received = tokio::select! {
            biased;
            received = next => received,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match received {
            None => {}
            Some((_, Err(error))) => {
                tracing::warn!(queue = %source.queue, %error, "a queue could not be polled");
                tokio::time::sleep(REST).await;
            }
            Some((_, Ok(messages))) if messages.is_empty() => {}
            Some((slot, Ok(messages))) => {
                let (source, sqs, functions) =
                    (Arc::clone(&source), sqs.clone(), Arc::clone(&functions));
                let stop = stop.clone();
                batches.spawn(async move {
                    run_batch(&source, &sqs, &functions, messages, &stop).await;
                    drop(slot);
                });
            }
        }
    }
    while batches.join_next().await.is_some() {}
}

/// One batch: what a poll brings; with a window, as many polls as fit into it.
async fn gather(source: &Source, sqs: &Sqs) -> Result<Vec<Received>, emulator::ServiceError> {
    let batch_size = source.mapping.batch_size as usize;
    let receive = |max: usize, wait| {
        sqs.receive(
            &source.queue,
            Receive {
                max: max.min(10),
                visibility: None,
                wait,
            },
        )
    };
    let mut messages = receive(batch_size, POLL).await?;
    if source.mapping.window_seconds > 0 && !messages.is_empty() {
        let window =
            tokio::time::Instant::now() + Duration::from_secs(source.mapping.window_seconds.into());
        while messages.len() < batch_size && tokio::time::Instant::now() < window {
            let more = receive(batch_size - messages.len(), Duration::from_secs(1)).await?;
            messages.extend(more);
        }
    }
    Ok(messages)
}

async fn run_batch(
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
