//! Queues: depths, messages, redrive.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use emulator::sqs::{Receive, Send};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

use super::problem;
use crate::host::Host;
use crate::ids;

pub(super) async fn list(State(host): State<Host>) -> Response {
    let sqs = host.inner.emulator.sqs();
    let queues = &host.inner.deployment.queues;
    let mut shown = Vec::new();
    for queue in sqs.queues() {
        let depths = match sqs.depths(&queue.name) {
            Ok(depths) => depths,
            Err(error) => return problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        };
        let dead_letters_of: Vec<_> = queues
            .iter()
            .filter(|source| source.dead_letter_arn().as_ref() == Some(&queue.arn))
            .map(|source| source.name.clone())
            .collect();
        shown.push(json!({
            "name": queue.name, "url": queue.url, "arn": queue.arn,
            "depths": depths, "dead_letters_of": dead_letters_of,
        }));
    }
    Json(shown).into_response()
}

/// How many messages to show.
#[derive(Debug, Deserialize)]
pub(super) struct Limit {
    limit: Option<usize>,
}

pub(super) async fn peek(
    State(host): State<Host>,
    Path(queue): Path<String>,
    Query(limit): Query<Limit>,
) -> Response {
    match host
        .inner
        .emulator
        .sqs()
        .peek(&queue, limit.limit.unwrap_or(100))
    {
        Ok(messages) => Json(messages).into_response(),
        Err(error) => problem(StatusCode::NOT_FOUND, &error.to_string()),
    }
}

pub(super) async fn purge(State(host): State<Host>, Path(queue): Path<String>) -> Response {
    match host.inner.emulator.sqs().purge(&queue) {
        Ok(()) => Json(json!({"purged": true})).into_response(),
        Err(error) => problem(StatusCode::NOT_FOUND, &error.to_string()),
    }
}

/// Moves what can be received from a dead-letter queue back to the queue it came from.
pub(super) async fn redrive(State(host): State<Host>, Path(queue): Path<String>) -> Response {
    let queues = &host.inner.deployment.queues;
    let Some(dead) = queues.iter().find(|candidate| candidate.name == queue) else {
        return problem(StatusCode::NOT_FOUND, &format!("there is no queue {queue}"));
    };
    let Some(source) = queues
        .iter()
        .find(|source| source.dead_letter_arn().as_ref() == Some(&dead.arn))
    else {
        return problem(
            StatusCode::BAD_REQUEST,
            &format!("{queue} is no queue's dead-letter queue"),
        );
    };
    match move_all(&host, &dead.name, &source.name).await {
        Ok(moved) => Json(json!({"moved": moved, "to": source.name})).into_response(),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn move_all(host: &Host, from: &str, to: &str) -> Result<usize, emulator::ServiceError> {
    let sqs = host.inner.emulator.sqs();
    let mut moved = 0;
    loop {
        let how = Receive {
            max: 10,
            visibility: Some(Duration::from_secs(30)),
            wait: Duration::ZERO,
        };
        let messages = sqs.receive(from, how).await?;
        if messages.is_empty() {
            return Ok(moved);
        }
        for message in messages {
            let group_id = message.attributes.get("MessageGroupId").cloned();
            sqs.send(
                to,
                Send {
                    body: message.body,
                    // A fresh id: the old one may still be remembered, and the message would be dropped as a duplicate.
                    deduplication_id: group_id
                        .is_some()
                        .then(|| format!("redrive-{}", ids::hex(16))),
                    group_id,
                    delay: None,
                    trace_header: message.attributes.get("AWSTraceHeader").cloned(),
                    attributes: message.message_attributes,
                },
            )?;
            sqs.delete(from, &message.receipt_handle)?;
            moved += 1;
        }
    }
}
