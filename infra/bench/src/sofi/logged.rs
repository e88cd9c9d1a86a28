//! What functions wrote: lines, bytes, values of metrics. Pure.

use std::collections::BTreeMap;

use serde_json::Value;

/// Lines of a log, summed.
#[derive(Debug, Default, PartialEq)]
pub struct Logged {
    /// How many.
    pub lines: f64,
    /// Their bytes, with their line feeds.
    pub bytes: f64,
    /// Values of metrics, by name: what CloudWatch counts is a value in each set of dimensions.
    pub metrics: BTreeMap<String, f64>,
    /// Lines by what they say: a message, or `metric`.
    pub kinds: BTreeMap<String, f64>,
}

impl Logged {
    /// Adds a line.
    #[expect(clippy::cast_precision_loss, reason = "a line's bytes")]
    pub fn add(&mut self, line: &str) {
        self.lines += 1.0;
        self.bytes += line.len() as f64 + 1.0;
        let read: Value = serde_json::from_str(line).unwrap_or_default();
        let kind = match &read["message"] {
            Value::String(message) => message.as_str(),
            _ if read["_aws"].is_object() => "metric",
            _ => "other",
        };
        *self.kinds.entry(kind.to_owned()).or_default() += 1.0;
        let directives = read["_aws"]["CloudWatchMetrics"].as_array();
        for directive in directives.into_iter().flatten() {
            let sets = directive["Dimensions"].as_array().map_or(0, Vec::len);
            for metric in directive["Metrics"].as_array().into_iter().flatten() {
                let name = metric["Name"].as_str().unwrap_or_default();
                *self.metrics.entry(name.to_owned()).or_default() += sets as f64;
            }
        }
    }

    /// Values of all metrics.
    pub fn values(&self) -> f64 {
        self.metrics.values().sum()
    }
}

/// How often a metric was counted, by its code.
pub fn codes<'a>(lines: impl Iterator<Item = &'a str>, metric: &str) -> BTreeMap<String, u32> {
    let mut codes = BTreeMap::new();
    for line in lines.filter(|line| line.contains(metric)) {
        let read: Value = serde_json::from_str(line).unwrap_or_default();
        let code = read["Code"].as_str().unwrap_or_default();
        *codes.entry(code.to_owned()).or_default() += 1;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_counts_once_for_each_set_of_dimensions() {
        let mut logged = Logged::default();
        logged.add(
            r#"{"n":1,"_aws":{"CloudWatchMetrics":[{"Dimensions":[["Stage"],["Stage","Code"]],"Metrics":[{"Name":"n"},{"Name":"m"}]}]}}"#,
        );
        assert_eq!(logged.metrics["n"], 2.0);
        assert_eq!(logged.values(), 4.0);
        assert_eq!(logged.kinds["metric"], 1.0);
    }

    #[test]
    fn a_line_that_is_no_json_costs_its_bytes_all_the_same() {
        let mut logged = Logged::default();
        logged.add("thread panicked");
        logged.add(r#"{"message":"batch done"}"#);
        assert_eq!((logged.lines, logged.bytes), (2.0, 16.0 + 25.0));
        assert_eq!(
            (logged.kinds["other"], logged.kinds["batch done"]),
            (1.0, 1.0)
        );
    }
}
