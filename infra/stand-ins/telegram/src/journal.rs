//! What happened: the request log, the deliveries, and counters. Never a token.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;
use serde_json::Value;

/// Entries kept of each log.
const KEPT: usize = 20_000;

/// One Bot API call.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Call {
    pub seq: u64,
    pub at_ms: u64,
    /// `None` for a token that belongs to no bot.
    pub bot: Option<i64>,
    pub method: String,
    /// Parameters with tokens and webhook secrets replaced by `***`; uploads as their name, type and size.
    pub params: Value,
    /// The HTTP status; `None` when no answer was sent.
    pub status: Option<u16>,
    pub answer: Value,
    pub duration_ms: u64,
    /// `http`, or `webhook_reply` for a method in a webhook's answer.
    pub via: &'static str,
    /// The scripted fault that hit the call.
    pub fault: Option<String>,
    /// Whether the method was carried out.
    pub executed: bool,
}

/// One try to deliver an update.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeliveryTry {
    pub seq: u64,
    pub at_ms: u64,
    pub bot: i64,
    pub update_id: Option<i64>,
    pub kind: String,
    pub attempt: u32,
    /// The receiver's status; `None` when there was no answer.
    pub status: Option<u16>,
    pub error: Option<String>,
    pub duration_ms: u64,
}

/// Counts of one bot's calls of one method.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct MethodCount {
    pub calls: u64,
    pub executed: u64,
    /// Answers by HTTP status; `0` when no answer was sent.
    pub statuses: BTreeMap<u16, u64>,
}

/// Counts of one bot.
#[derive(Debug, Default, Clone, Serialize)]
pub(crate) struct BotCount {
    pub methods: BTreeMap<String, MethodCount>,
    /// Calls made while the bot had been told to wait by a scripted 429.
    pub flood_violations: u64,
    pub deliveries: u64,
    pub deliveries_ok: u64,
}

/// The logs; not kept over restarts.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub calls: VecDeque<Call>,
    pub deliveries: VecDeque<DeliveryTry>,
    pub counts: BTreeMap<i64, BotCount>,
    next: u64,
}

impl Journal {
    pub(crate) fn record_call(&mut self, mut call: Call) {
        self.next += 1;
        call.seq = self.next;
        if let Some(bot) = call.bot {
            let count = self
                .counts
                .entry(bot)
                .or_default()
                .methods
                .entry(call.method.clone())
                .or_default();
            count.calls += 1;
            count.executed += u64::from(call.executed);
            *count.statuses.entry(call.status.unwrap_or(0)).or_default() += 1;
        }
        if self.calls.len() == KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(call);
    }

    pub(crate) fn record_delivery(&mut self, mut delivery: DeliveryTry) {
        self.next += 1;
        delivery.seq = self.next;
        let count = self.counts.entry(delivery.bot).or_default();
        count.deliveries += 1;
        count.deliveries_ok += u64::from(
            delivery
                .status
                .is_some_and(|status| (200..300).contains(&status)),
        );
        if self.deliveries.len() == KEPT {
            self.deliveries.pop_front();
        }
        self.deliveries.push_back(delivery);
    }
}

/// Replaces tokens wherever they stand in a logged value.
pub(crate) fn redact(value: &mut Value, tokens: &[String]) {
    match value {
        Value::String(text) => {
            for token in tokens {
                if text.contains(token.as_str()) {
                    *text = text.replace(token.as_str(), "***");
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, tokens)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "secret_token" {
                    *field = Value::from("***");
                } else {
                    redact(field, tokens);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn neither_a_token_nor_a_webhook_secret_is_logged() {
        let mut value = json!({ "secret_token": "s3cret", "text": "my token is 1:AAx, yes", "nested": [{ "secret_token": "b" }] });
        redact(&mut value, &["1:AAx".to_owned()]);
        assert_eq!(
            value,
            json!({ "secret_token": "***", "text": "my token is ***, yes", "nested": [{ "secret_token": "***" }] })
        );
    }
}
