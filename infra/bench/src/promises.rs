//! What is promised of the webhook and of a message's way: broken promises, in words.

use crate::measure::{Results, Run};
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
    let throttled: Sample = ours.throttled_ms.iter().copied().collect();
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
    // Without a control group nothing was measured.
    promise(
        throttled.median() <= FIRST_UNDER_QUOTA_MS,
        format!("first answer under quota {} ms", short(throttled.median())),
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
}
