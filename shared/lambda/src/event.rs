//! What handlers receive beside the payload, and the events of queues and schedules.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use telemetry::TraceId;

pub use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};

/// Facts about one invocation. HTTP handlers find it in the request's extensions; queue and schedule
/// handlers get it as second argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Lambda's request id; sent to clients as `x-request-id`.
    pub request_id: String,
    /// Trace of the work this invocation belongs to.
    pub trace_id: Option<TraceId>,
    /// When Lambda stops this invocation, in milliseconds of the Unix epoch.
    pub deadline_ms: u64,
    /// Address of the peer as the HTTP API saw it; only for HTTP.
    pub source_ip: Option<IpAddr>,
    /// The `User-Agent` header as the HTTP API saw it, at most 256 characters; only for HTTP.
    pub user_agent: Option<String>,
}

impl Invocation {
    /// An invocation outside Lambda, without a deadline.
    pub fn in_process(request_id: &str) -> Self {
        Self {
            request_id: request_id.to_owned(),
            trace_id: None,
            deadline_ms: u64::MAX,
            source_ip: None,
            user_agent: None,
        }
    }

    /// Time until the platform stops this invocation, by the machine's clock. The product's clock may be moved on a
    /// laptop; the platform's deadline is not.
    pub fn left(&self) -> Duration {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        self.remaining(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
    }

    /// Time left at `now_ms` (milliseconds of the Unix epoch, real time, never an offset clock);
    /// zero when it is over.
    pub fn remaining(&self, now_ms: u64) -> Duration {
        Duration::from_millis(self.deadline_ms.saturating_sub(now_ms))
    }
}

/// Parameters of the route's path template, percent-decoded by the HTTP API. An extension of the
/// request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathParams(BTreeMap<String, String>);

impl PathParams {
    /// The value of `{name}` in the route's template.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for PathParams {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// An event of an EventBridge rule or schedule. Everything is optional: a schedule may send its own input.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct ScheduleEvent {
    /// Id of the event, the same for each attempt to deliver it.
    #[serde(default)]
    pub id: Option<String>,
    /// When the rule fired, RFC 3339 UTC.
    #[serde(default)]
    pub time: Option<String>,
    /// ARNs of the rules that fired.
    #[serde(default)]
    pub resources: Vec<String>,
    /// What the rule sends along.
    #[serde(default)]
    pub detail: serde_json::Value,
}

/// Reading an SQS message's attributes.
pub trait SqsMessageExt {
    /// Id to report in a partial batch answer; empty only if the platform sent none.
    fn id(&self) -> &str;
    /// The body; empty if there is none.
    fn text(&self) -> &str;
    /// How often this message was received, this time included; 1 if unknown.
    fn receive_count(&self) -> u32;
    /// Group of a FIFO queue's message.
    fn group(&self) -> Option<&str>;
    /// Trace under which the message was sent.
    fn trace_id(&self) -> Option<TraceId>;
    /// When the message was sent, in milliseconds of the Unix epoch.
    fn sent_ms(&self) -> Option<u64>;
}

impl SqsMessageExt for SqsMessage {
    fn id(&self) -> &str {
        self.message_id.as_deref().unwrap_or_default()
    }

    fn text(&self) -> &str {
        self.body.as_deref().unwrap_or_default()
    }

    fn receive_count(&self) -> u32 {
        self.attributes
            .get("ApproximateReceiveCount")
            .and_then(|count| count.parse().ok())
            .unwrap_or(1)
    }

    fn group(&self) -> Option<&str> {
        self.attributes.get("MessageGroupId").map(String::as_str)
    }

    fn trace_id(&self) -> Option<TraceId> {
        self.attributes
            .get(TraceId::SQS_ATTRIBUTE)
            .and_then(|header| TraceId::parse(header))
    }

    fn sent_ms(&self) -> Option<u64> {
        self.attributes
            .get("SentTimestamp")
            .and_then(|sent| sent.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_out_at_the_deadline_and_not_below_zero() {
        let mut invocation = Invocation::in_process("r");
        invocation.deadline_ms = 10_000;
        assert_eq!(invocation.remaining(9_000), Duration::from_secs(1));
        assert_eq!(invocation.remaining(11_000), Duration::ZERO);
    }

    #[test]
    fn a_schedule_with_an_input_of_its_own_is_accepted() {
        let event: ScheduleEvent =
            serde_json::from_str(r#"{"detail-type":"x"}"#).expect("tolerant");
        assert_eq!(event.time, None);
        assert!(serde_json::from_str::<ScheduleEvent>("{}").is_ok());
    }
}
