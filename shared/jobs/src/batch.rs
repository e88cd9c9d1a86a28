//! Working a batch of a FIFO queue: groups side by side, messages of a group in order, and after a failure the rest of
//! that group is handed back unworked.

use futures::future::join_all;
use lambda::{BatchItemFailure, BoxFuture, SqsBatchResponse, SqsEvent, SqsMessage, SqsMessageExt};

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Worked, or parked for good: take it off the queue.
    Done,
    /// To be tried again; later messages of its group wait.
    Retry,
    /// No job of this queue. It comes back until it stands among the dead letters, where the alarm shows it; nothing
    /// waits for it, because no order follows from it. A FIFO queue hides its whole group as long as it hides this one, so
    /// there the worker gives it back at once.
    NotOurs,
}

/// How one message is worked.
pub type Work<'a> = dyn Fn(SqsMessage) -> BoxFuture<'static, Outcome> + Send + Sync + 'a;

/// Works a batch and says which messages must come back. Messages without a group form one of their own.
pub async fn run_fifo_batch(event: SqsEvent, work: &Work<'_>) -> SqsBatchResponse {
    let mut groups: Vec<(Option<String>, Vec<SqsMessage>)> = Vec::new();
    for message in event.records {
        let group = message.group().map(str::to_owned);
        match groups
            .iter_mut()
            .find(|(known, _)| group.is_some() && *known == group)
        {
            Some((_, messages)) => messages.push(message),
            None => groups.push((group, vec![message])),
        }
    }
    let failed = join_all(
        groups
            .into_iter()
            .map(|(_, messages)| work_group(messages, work)),
    )
    .await;
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failed.into_iter().flatten().map(failure).collect();
    response
}

async fn work_group(messages: Vec<SqsMessage>, work: &Work<'_>) -> Vec<String> {
    let mut failed = Vec::new();
    let mut messages = messages.into_iter();
    while let Some(message) = messages.next() {
        let id = message.id().to_owned();
        match work(message).await {
            Outcome::Done => {}
            Outcome::NotOurs => failed.push(id),
            Outcome::Retry => {
                failed.push(id);
                failed.extend(messages.map(|message| message.id().to_owned()));
                return failed;
            }
        }
    }
    failed
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda::testing::{SqsRecord, sqs_event};

    async fn failed(records: &[SqsRecord]) -> Vec<String> {
        let event: SqsEvent =
            serde_json::from_str(&sqs_event("q.fifo", records)).expect("an event");
        let answer = run_fifo_batch(event, &|message| {
            Box::pin(async move {
                match message.text() {
                    "bad" => Outcome::Retry,
                    "garbage" => Outcome::NotOurs,
                    _ => Outcome::Done,
                }
            })
        })
        .await;
        let failures = answer.batch_item_failures.into_iter();
        failures.map(|failure| failure.item_identifier).collect()
    }

    #[tokio::test]
    async fn after_a_failure_the_rest_of_its_group_comes_back_and_other_groups_do_not() {
        let records = [
            SqsRecord::new("a1", "ok").group("a"),
            SqsRecord::new("b1", "bad").group("b"),
            SqsRecord::new("a2", "ok").group("a"),
            SqsRecord::new("b2", "ok").group("b"),
        ];
        assert_eq!(failed(&records).await, ["b1", "b2"]);
    }

    #[tokio::test]
    async fn what_is_no_job_comes_back_alone() {
        let records = [
            SqsRecord::new("a1", "garbage").group("a"),
            SqsRecord::new("a2", "ok").group("a"),
            SqsRecord::new("a3", "bad").group("a"),
            SqsRecord::new("a4", "ok").group("a"),
        ];
        assert_eq!(failed(&records).await, ["a1", "a3", "a4"]);
    }
}
