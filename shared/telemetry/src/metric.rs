//! Metrics as CloudWatch embedded-metric lines: no API call, no agent, one line on standard output.

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::fields::is_token;
use crate::layer;

/// Namespace of all our metrics.
const NAMESPACE: &str = "Sofi";

/// Unit of a metric, as CloudWatch spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// A duration in milliseconds.
    Milliseconds,
    /// A size in bytes.
    Bytes,
    /// A share, 0 to 100.
    Percent,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
            Self::Bytes => "Bytes",
            Self::Percent => "Percent",
        }
    }
}

/// What a metric can be split by. Each combination of values is a metric that is paid for, so there
/// is no dimension per tenant, bot or fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// The function, such as `workers.inbound`.
    Function,
    /// The operation of a vendor or of our API.
    Operation,
    /// A queue.
    Queue,
    /// A kind of job.
    JobKind,
    /// A lane of the outbox.
    Lane,
    /// A vendor, such as `telegram`.
    Vendor,
    /// A stable code of a problem or refusal.
    Code,
    /// A kind of Telegram update.
    UpdateKind,
}

impl Dimension {
    fn name(self) -> &'static str {
        match self {
            Self::Function => "Function",
            Self::Operation => "Operation",
            Self::Queue => "Queue",
            Self::JobKind => "JobKind",
            Self::Lane => "Lane",
            Self::Vendor => "Vendor",
            Self::Code => "Code",
            Self::UpdateKind => "UpdateKind",
        }
    }
}

/// Writes one value of the metric `name`, with the stage as a dimension beside those given.
///
/// A value that is not finite is dropped. A dimension value that is not a token of at most 64 bytes
/// becomes `other`.
pub fn metric(name: &'static str, unit: Unit, value: f64, dimensions: &[(Dimension, &str)]) {
    let stage = layer::stage();
    if let Some(line) = metric_line(
        OffsetDateTime::now_utc(),
        &stage,
        name,
        unit,
        value,
        dimensions,
    ) {
        layer::write_stdout(line.as_bytes());
    }
}

/// The line that [`metric`] writes, line feed included; `None` for a value that is not finite.
pub fn metric_line(
    now: OffsetDateTime,
    stage: &str,
    name: &'static str,
    unit: Unit,
    value: f64,
    dimensions: &[(Dimension, &str)],
) -> Option<String> {
    let number = serde_json::Number::from_f64(value)?;
    let mut names = vec!["Stage"];
    let mut members = Map::new();
    members.insert("Stage".to_owned(), stage.into());
    for (dimension, value) in dimensions {
        let value = if !value.is_empty() && is_token(value, 64) {
            value
        } else {
            "other"
        };
        names.push(dimension.name());
        members.insert(dimension.name().to_owned(), value.into());
    }
    members.insert(name.to_owned(), Value::Number(number));
    let milliseconds = i64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX);
    members.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": milliseconds,
            "CloudWatchMetrics": [{
                "Namespace": NAMESPACE,
                "Dimensions": [names],
                "Metrics": [{ "Name": name, "Unit": unit.name() }],
            }],
        }),
    );
    let mut line = Value::Object(members).to_string();
    line.push('\n');
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn line(value: f64, dimensions: &[(Dimension, &str)]) -> Option<Value> {
        metric_line(
            datetime!(2026-01-02 03:04:05.678 UTC),
            "dev",
            "updates_parked",
            Unit::Count,
            value,
            dimensions,
        )
        .map(|line| {
            assert!(line.ends_with('\n') && line.matches('\n').count() == 1);
            serde_json::from_str(&line).expect("a line is JSON")
        })
    }

    #[test]
    fn a_metric_line_has_the_shape_that_cloudwatch_reads() {
        let line = line(2.0, &[(Dimension::Queue, "inbound.fifo")]).expect("finite");
        assert_eq!(line["updates_parked"], 2.0);
        assert_eq!(line["Queue"], "inbound.fifo");
        assert_eq!(line["_aws"]["Timestamp"], 1_767_323_045_678_i64);
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(directive["Namespace"], "Sofi");
        assert_eq!(directive["Dimensions"], json!([["Stage", "Queue"]]));
        assert_eq!(
            directive["Metrics"],
            json!([{ "Name": "updates_parked", "Unit": "Count" }])
        );
    }

    #[test]
    fn free_text_in_a_dimension_becomes_other() {
        let line = line(1.0, &[(Dimension::Code, "dear fan, hello")]).expect("finite");
        assert_eq!(line["Code"], "other");
    }

    #[test]
    fn a_value_that_is_not_finite_is_dropped() {
        assert_eq!(line(f64::NAN, &[]), None);
        assert_eq!(line(f64::INFINITY, &[]), None);
    }
}
