//! What is promised of the webhook and of a message's way: broken promises, in words.

use crate::measure::{Results, Run};
use crate::quota::SHARE;
use crate::report::cold;
use crate::stats::{Sample, short};

/// So many times as fast as Node, from exec to the first answer.
const TIMES_NODE: f64 = 15.0;
/// The first answer after init, under the share of a CPU that 256 MB have.
const FIRST_UNDER_QUOTA_MS: f64 = 10.0;
const PEAK_MB: f64 = 16.0;
/// Sequential remote calls of the webhook: for a hook's first call in a process, and then.
const WEBHOOK_ROUND_TRIPS: (usize, usize) = (2, 1);
/// The same of each handler on a message's way, warm. A person's send may take five to Telegram's socket, of which the sender's
/// are two.
pub const WARM_ROUND_TRIPS: [(&str, f64); 2] =
    [("telegram-hooks.webhook", 1.0), ("conversations.send", 3.0)];

/// Of the floor, our webhook, and its peer.
pub fn of_webhook(results: &[Results]) -> Vec<String> {
    let [_, ours, .., peer] = results else {
        return vec!["nothing to compare".to_owned()];
    };
    let most = |pick: fn(&Run) -> usize| ours.runs.iter().map(pick).max().unwrap_or(0);
    let times = cold(peer).median() / cold(ours).median();
    let under_quota = first_under_quota(ours).median();
    let peak = ours.runs.iter().map(|run| run.peak_mb).collect::<Sample>();
    let (first, warm) = (
        most(|run| run.first_round_trips),
        most(|run| run.warm_round_trips),
    );
    let mut broken = Vec::new();
    let mut promise = |kept: bool, words: String| {
        if !kept {
            broken.push(words);
        }
    };
    promise(
        times >= TIMES_NODE,
        format!("{} times as fast as Node", short(times)),
    );
    promise(
        under_quota <= FIRST_UNDER_QUOTA_MS,
        format!("first answer under quota {} ms", short(under_quota)),
    );
    promise(
        peak.quantile(1.0) <= PEAK_MB,
        format!("peak memory {} MB", short(peak.quantile(1.0))),
    );
    promise(
        first <= WEBHOOK_ROUND_TRIPS.0 && warm <= WEBHOOK_ROUND_TRIPS.1,
        format!("round trips {first} and then {warm}"),
    );
    broken
}

/// As measured. Where the machine lets us make no control group, nothing was, and the bound that needs none stands in: an empty row
/// would keep any promise.
fn first_under_quota(ours: &Results) -> Sample {
    if ours.throttled_ms.is_empty() {
        let by_cpu = |run: &Run| run.first_cpu_ms / SHARE;
        return ours.runs.iter().map(by_cpu).collect();
    }
    ours.throttled_ms.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(name: &'static str, first_ms: f64, trips: usize) -> Results {
        let run = Run {
            first_ms,
            peak_mb: 8.0,
            first_round_trips: trips,
            ..Run::default()
        };
        Results {
            name,
            runs: vec![run],
            throttled_ms: vec![first_ms / 2.0],
        }
    }

    #[test]
    fn a_promise_that_is_not_kept_is_named() {
        let of = |ours: Results| {
            of_webhook(&[results("floor", 1.0, 0), ours, results("node", 300.0, 2)])
        };
        assert_eq!(of(results("webhook", 15.0, 2)), Vec::<String>::new());
        let broken = of(results("webhook", 30.0, 3));
        assert_eq!(
            broken,
            [
                "10.0 times as fast as Node",
                "first answer under quota 15.0 ms",
                "round trips 3 and then 0",
            ]
        );
    }

    #[test]
    fn where_nothing_was_measured_under_a_quota_the_time_on_a_cpu_is_held_to_the_promise() {
        let of = |first_cpu_ms: f64| {
            let mut ours = results("webhook", 15.0, 2);
            ours.throttled_ms.clear();
            ours.runs[0].first_cpu_ms = first_cpu_ms;
            of_webhook(&[results("floor", 1.0, 0), ours, results("node", 300.0, 2)])
        };
        assert_eq!(of(1.3), Vec::<String>::new());
        assert_eq!(of(2.9), ["first answer under quota 20.0 ms"]);
    }
}
