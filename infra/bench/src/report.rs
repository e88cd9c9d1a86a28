//! Markdown, written between markers of a document, so that the rest of it stays.

use std::fs;
use std::path::Path;

use crate::measure::{Results, Run};
use crate::quota::{Quota, SHARE};
use crate::stats::{Sample, short};
use crate::{Failure, Flags};

/// Puts `text` between the markers named `section`.
///
/// # Errors
/// When the document cannot be read or written, or lacks the markers.
pub fn replace(document: &Path, section: &'static str, text: &str) -> Result<(), Failure> {
    let old = fs::read_to_string(document)?;
    let new = between(&old, section, text).ok_or(Failure::NoMarkers(section))?;
    Ok(fs::write(document, new)?)
}

fn between(old: &str, section: &str, text: &str) -> Option<String> {
    let (begin, end) = (
        format!("<!-- {section} -->\n"),
        format!("<!-- /{section} -->"),
    );
    let start = old.find(&begin)? + begin.len();
    let stop = start + old[start..].find(&end)?;
    Some(format!(
        "{}{}\n{}",
        &old[..start],
        text.trim_end(),
        &old[stop..]
    ))
}

/// The table of cold and warm figures, how they were taken, and how much faster the second is than the last.
pub fn functions(results: &[Results], quota: &Quota, flags: &Flags) -> String {
    let mut table = String::from(
        "| | init ms | first answer ms | cold ms | cold CPU ms | first answer at 256 MB, ms | its CPU ms / 0.145 | warm p50 / p99 ms | warm CPU ms | peak MB | round trips first / warm |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for result in results {
        let of = |pick: fn(&Run) -> f64| result.runs.iter().map(pick).collect::<Sample>();
        let warm: Sample = result
            .runs
            .iter()
            .flat_map(|run| run.warm_ms.iter().copied())
            .collect();
        let throttled: Sample = result.throttled_ms.iter().copied().collect();
        let most = |pick: fn(&Run) -> usize| result.runs.iter().map(pick).max().unwrap_or(0);
        let cells = [
            result.name.to_owned(),
            of(|run| run.init_ms).text(),
            of(|run| run.first_ms).text(),
            cold(result).text(),
            of(|run| run.cold_cpu_ms).text(),
            if result.throttled_ms.is_empty() {
                "not measured".into()
            } else {
                throttled.text()
            },
            short(of(|run| run.first_cpu_ms).median() / SHARE),
            format!("{} / {}", short(warm.median()), short(warm.quantile(0.99))),
            short(of(|run| run.warm_cpu_ms).median()),
            short(of(|run| run.peak_mb).quantile(1.0)),
            format!(
                "{} / {}",
                most(|run| run.first_round_trips),
                most(|run| run.warm_round_trips)
            ),
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table.push_str(&format!(
        "\nMedians (least-most) of {} interleaved cold starts, {} warm calls after each; profile `{}`; CPU share by: {}; {}.\n",
        flags.plan.rounds,
        flags.plan.warm_calls,
        flags.profile,
        quota.name(),
        if flags.first { "real-time priority on a machine with other work" } else { "ordinary priority" }
    ));
    if let [_, ours, .., peer] = results {
        let times = cold(peer).median() / cold(ours).median();
        table.push_str(&format!(
            "Cold, exec to first answer: {} times as fast as Node.\n",
            short(times)
        ));
    }
    for result in results {
        let handshakes = result
            .runs
            .iter()
            .map(|run| run.first_handshakes)
            .max()
            .unwrap_or(0);
        if handshakes > 0 {
            table.push_str(&format!(
                "{}: {handshakes} connections are opened in the first answer, not in init.\n",
                result.name
            ));
        }
    }
    table
}

/// Exec to first answer.
pub fn cold(result: &Results) -> Sample {
    result
        .runs
        .iter()
        .map(|run| run.init_ms + run.first_ms)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_between_the_markers_changes() {
        let old = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
        assert_eq!(
            between(old, "x", "new\n").as_deref(),
            Some("a\n<!-- x -->\nnew\n<!-- /x -->\nb\n")
        );
        assert_eq!(between(old, "y", "new"), None);
    }
}
