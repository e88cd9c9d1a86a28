//! The stated minimum, `minimum.toml`, and how a measurement stands to it.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::Failure;

/// `minimum.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// More times the minimum than this is a failure.
    pub most_times: f64,
    /// AWS calls by handler.
    pub calls: Vec<Calls>,
    /// Lines of the log.
    pub logs: Vec<LogLine>,
    /// Metrics, one value each.
    pub metrics: Vec<Metric>,
    /// Tokens.
    pub tokens: Reason,
    /// Cached tokens.
    pub cached: Cached,
    /// Time.
    pub time: Time,
}

/// The least calls of one handler.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// `workers.sender`.
    pub handler: String,
    /// How many.
    pub count: u32,
    /// Why not fewer.
    pub why: String,
}

/// A line that must be written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogLine {
    /// As it could be.
    pub line: String,
    /// What it tells.
    pub why: String,
}

/// A metric that must be counted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// Who needs it.
    pub why: String,
}

/// A minimum that follows from what was measured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// How.
    pub why: String,
}

/// What a vendor's cache could give.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cached {
    /// Tokens that are cached together.
    pub block: u64,
    /// Why not more.
    pub why: String,
}

/// The times that are waited on purpose, in milliseconds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Why not less.
    pub why: String,
    /// A fan who is quiet for so long has said what there was to say.
    pub quiet_ms: u32,
    first_pause_ms: u32,
    per_character_ms: u32,
    longest_pause_ms: u32,
}

impl Minimum {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is missing or has another form.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        toml::from_str(&fs::read_to_string(path)?)
            .map_err(|error| Failure::Usage(error.to_string()))
    }

    /// AWS calls of one message.
    pub fn calls(&self) -> f64 {
        f64::from(self.calls.iter().map(|step| step.count).sum::<u32>())
    }

    /// Bytes of all lines, with their line feeds.
    #[expect(clippy::cast_precision_loss, reason = "some thousand bytes")]
    pub fn log_bytes(&self) -> f64 {
        self.logs
            .iter()
            .map(|log| log.line.len() as f64 + 1.0)
            .sum()
    }
}

impl Time {
    /// What somebody who types so many characters takes, in milliseconds.
    pub fn pause_ms(&self, characters: usize) -> f64 {
        let characters = u32::try_from(characters).unwrap_or(u32::MAX);
        let typing = self.per_character_ms.saturating_mul(characters);
        f64::from(
            self.first_pause_ms
                .saturating_add(typing)
                .min(self.longest_pause_ms),
        )
    }

    /// From the fan's message to the reply, when the vendor took so long and the reply has so many characters.
    pub fn least_ms(&self, vendor_ms: f64, characters: usize) -> f64 {
        f64::from(self.quiet_ms) + vendor_ms.max(self.pause_ms(characters))
    }
}

/// Something measured beside the best there could be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// What it was.
    pub measured: f64,
    /// What it could have been.
    pub best: f64,
    /// Whether more is better, as with what a cache gives.
    pub more_is_better: bool,
}

impl Compared {
    /// Of something that costs.
    pub fn cost(measured: f64, least: f64) -> Self {
        Self {
            measured,
            best: least,
            more_is_better: false,
        }
    }

    /// Of something that saves.
    pub fn saving(measured: f64, most: f64) -> Self {
        Self {
            measured,
            best: most,
            more_is_better: true,
        }
    }

    /// How many times worse than the best. Nothing where nothing was possible is as good as it gets; something for
    /// nothing is infinitely worse.
    pub fn times(&self) -> f64 {
        let (worse, better) = if self.more_is_better {
            (self.best, self.measured)
        } else {
            (self.measured, self.best)
        };
        if worse <= better { 1.0 } else { worse / better }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minimum() -> Minimum {
        Minimum::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("minimum.toml"))
            .expect("the table is sound")
    }

    fn same(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn a_cost_is_compared_downwards_and_a_saving_upwards() {
        assert!(same(Compared::cost(30.0, 20.0).times(), 1.5));
        assert!(same(Compared::saving(20.0, 30.0).times(), 1.5));
    }

    #[test]
    fn what_costs_something_and_need_not_is_infinitely_worse() {
        assert!(Compared::cost(1.0, 0.0).times().is_infinite());
        assert!(Compared::saving(0.0, 64.0).times().is_infinite());
        assert!(same(Compared::cost(0.0, 0.0).times(), 1.0));
    }

    #[test]
    fn every_line_of_the_minimum_is_json_and_every_metric_stands_in_one() {
        let minimum = minimum();
        let lines: Vec<serde_json::Value> = minimum
            .logs
            .iter()
            .map(|log| serde_json::from_str(&log.line).expect("JSON"))
            .collect();
        for metric in &minimum.metrics {
            let bearing = lines.iter().filter(|line| line[&metric.name].is_number());
            assert_eq!(bearing.count(), 1, "{}", metric.name);
        }
    }

    #[test]
    fn a_slow_vendor_hides_the_time_that_typing_takes() {
        let time = minimum().time;
        assert!(same(time.least_ms(5_000.0, 10), 8_000.0));
        assert!(same(time.least_ms(100.0, 20), 4_000.0));
        assert!(same(time.least_ms(100.0, 4_000), 6_000.0));
    }
}
