//! SQS event source mappings: what polls a queue and calls a function, as Lambda does.

mod batch;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use emulator::sqs::{Receive, Received, Sqs};
use serde::Serialize;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::runtime::Functions;
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
    /// Batches that were received and are not settled.
    in_hand: AtomicUsize,
    region: String,
}

/// A batch, from its receipt until its messages are settled.
struct InHand(Arc<Source>);

impl InHand {
    fn of(source: &Arc<Source>) -> Self {
        source.in_hand.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(source))
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.in_hand.fetch_sub(1, Ordering::AcqRel);
    }
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
                in_hand: AtomicUsize::new(0),
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

    /// Whether no batch is in hand or about to be, besides those of so many invocations of each function.
    pub(crate) fn are_quiet(
        &self,
        sqs: &Sqs,
        functions: &Functions,
        besides: &BTreeMap<String, usize>,
    ) -> bool {
        self.sources.values().all(|source| {
            let function = &source.mapping.function;
            let in_hand = source.in_hand.load(Ordering::Acquire);
            match besides.get(function) {
                _ if functions.is_paused(function) => true,
                // What else is in its queue may wait for the process that one of them has.
                Some(others) => in_hand <= *others,
                None => in_hand == 0 && !source.is_next(sqs),
            }
        })
    }

    /// When the next message that was sent for later is due, of all queues that somebody listens to.
    pub(crate) fn next_delayed_ms(&self, sqs: &Sqs, functions: &Functions) -> Option<i64> {
        let listening = self.sources.values().filter(|source| {
            *source.running.borrow() && !functions.is_paused(&source.mapping.function)
        });
        let delayed = listening.filter_map(|source| sqs.next_delayed_ms(&source.queue).ok()?);
        delayed.min()
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
    /// Whether a batch is about to be received.
    fn is_next(&self, sqs: &Sqs) -> bool {
        *self.running.borrow() && sqs.is_due(&self.queue).unwrap_or(false)
    }

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
                let in_hand = InHand::of(&source);
                let (sqs, functions) = (sqs.clone(), Arc::clone(&functions));
                let stop = stop.clone();
                batches.spawn(async move {
                    batch::run_batch(&in_hand.0, &sqs, &functions, messages, &stop).await;
                    drop((in_hand, slot));
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
