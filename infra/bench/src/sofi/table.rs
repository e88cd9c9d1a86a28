//! Six columns, measured and at least, and what stands behind them.

use super::minimum::{Compared, Minimum};
use super::{Counted, HANDLERS, Outcome, PROCESSES};
use crate::Failure;
use crate::prices::{Bill, Prices};
use crate::stats::{Sample, short};
use crate::way::Way;

/// The columns, each with what was measured and what would do.
fn columns(counted: &Counted, minimum: &Minimum) -> [(&'static str, Compared); 6] {
    let each = |sum: f64| sum / counted.messages;
    let tokens = counted.asked.all;
    let time: f64 = counted.times.each_ms.iter().sum();
    [
        (
            "AWS calls",
            Compared::cost(each(counted.ways.iter().map(calls).sum()), minimum.calls()),
        ),
        (
            "tokens",
            Compared::cost(
                each(tokens.input + tokens.output),
                each(tokens.needed + tokens.said),
            ),
        ),
        (
            "cached tokens",
            Compared::saving(each(tokens.cached), each(tokens.cacheable)),
        ),
        (
            "logs, bytes",
            Compared::cost(each(counted.logged.bytes), minimum.log_bytes()),
        ),
        (
            "metrics",
            Compared::cost(each(counted.logged.values()), len(&minimum.metrics)),
        ),
        (
            "time, ms",
            Compared::cost(each(time), each(counted.times.least_ms)),
        ),
    ]
}

/// Calls of functions, and those with which event sources fetch and delete.
fn calls(way: &Way) -> f64 {
    way.calls.values().sum::<f64>() + 2.0 * way.deliveries
}

#[expect(clippy::cast_precision_loss, reason = "a handful")]
fn len<T>(items: &[T]) -> f64 {
    items.len() as f64
}

/// The tables, and which columns are above what is allowed.
pub(super) fn outcome(
    counted: &Counted,
    prices: &Prices,
    minimum: &Minimum,
) -> Result<Outcome, Failure> {
    let columns = columns(counted, minimum);
    let above = columns
        .iter()
        .filter(|(_, compared)| compared.times() > minimum.most_times)
        .map(|(name, compared)| format!("{name} {} times", short(compared.times())))
        .collect();
    let text = [
        six(&columns),
        reasons(counted, minimum),
        by_handler(counted, minimum),
        money(counted, prices)?,
        how(counted, prices),
    ]
    .join("\n");
    Ok(Outcome { text, above })
}

fn six(columns: &[(&'static str, Compared)]) -> String {
    let row = |name: &str, cell: fn(&Compared) -> f64| {
        let cells: Vec<_> = columns.iter().map(|(_, one)| short(cell(one))).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    format!(
        "| an AI-answered message | {} |\n|{}\n{}{}{}",
        names.join(" | "),
        "---|".repeat(columns.len() + 1),
        row("measured", |one| one.measured),
        row("at best", |one| one.best),
        row("times", Compared::times),
    )
}

fn reasons(counted: &Counted, minimum: &Minimum) -> String {
    let each = |sum: f64| short(sum / counted.messages);
    let tokens = counted.asked.all;
    let kinds: Vec<_> = counted
        .logged
        .kinds
        .iter()
        .map(|(kind, count)| format!("{} {kind}", each(*count)))
        .collect();
    let values: Vec<_> = minimum
        .metrics
        .iter()
        .map(|metric| format!("{} ({})", metric.name, metric.why))
        .collect();
    let lines: Vec<_> = minimum.logs.iter().map(|log| log.why.as_str()).collect();
    let mut text = format!(
        "- Tokens: {} in, {} out. At least: {}\n",
        each(tokens.input),
        each(tokens.output),
        minimum.tokens.why
    );
    text.push_str(&format!(
        "- Cached: {} % of what went in. {}\n",
        percent(tokens.cached, tokens.input),
        minimum.cached.why
    ));
    let (moved, asked) = (counted.asked.moved, &counted.asked);
    if asked.moved_questions > 0.0 {
        text.push_str(&format!(
            "  In the {} questions before which the history's beginning had moved on: {} % of what went in, {} % at best.\n",
            asked.moved_questions,
            percent(moved.cached, moved.input),
            percent(moved.cacheable, moved.input)
        ));
    }
    text.push_str(&format!(
        "- Logs: {} lines ({}). At least a line each: {}.\n",
        each(counted.logged.lines),
        kinds.join(", "),
        lines.join("; ")
    ));
    text.push_str(&format!("- Metrics at least: {}.\n", values.join("; ")));
    let times: Sample = counted.times.each_ms.iter().copied().collect();
    text.push_str(&format!(
        "- Time: p50 {} ms, p99 {} ms. Of the mean, {} ms wait for quiet, the vendor takes {} ms, {} ms wait on top of that for \
         the time that typing takes; the rest are functions, queues and whole seconds of a queue's delay. Functions are billed \
         for {} ms. At least: {}\n",
        short(times.median()),
        short(times.quantile(0.99)),
        minimum.time.quiet_ms,
        short(counted.asked.took_ms / counted.asked.questions),
        each(counted.times.pause_ms),
        each(counted.ways.iter().map(|way| way.billed_ms).sum()),
        minimum.time.why
    ));
    text
}

fn by_handler(counted: &Counted, minimum: &Minimum) -> String {
    let mut table = String::from(
        "| | runs | AWS calls | of the function | at least | why not fewer |\n|---|---|---|---|---|---|\n",
    );
    for (handler, way) in HANDLERS.iter().zip(&counted.ways) {
        let (least, why) = minimum
            .calls
            .iter()
            .find(|step| step.handler == *handler)
            .map_or((0, "not stated"), |step| (step.count, step.why.as_str()));
        table.push_str(&format!(
            "| {handler} | {} | {} | {} | {least} | {why} |\n",
            short(way.invocations / counted.messages),
            short(calls(way) / counted.messages),
            way.calls_text(counted.messages),
        ));
    }
    table
}

fn money(counted: &Counted, prices: &Prices) -> Result<String, Failure> {
    let mut aws = 0.0;
    for way in &counted.ways {
        aws += prices.cost(&way.bill)?;
    }
    let mut written = Bill::default();
    written.add("log_kilobyte", counted.logged.bytes / 1e3);
    let logs = prices.cost(&written)?;
    let million = |dollars: f64| short(dollars / counted.messages * 1e6);
    Ok(format!(
        "USD per million: {} = {} for AWS (calls, compute, queues), {} for logs, {} for tokens at the product's own prices of {}.\n",
        million(aws + logs + counted.asked.dollars),
        million(aws),
        million(logs),
        million(counted.asked.dollars),
        ai::cost::PRICED_ON,
    ))
}

fn how(counted: &Counted, prices: &Prices) -> String {
    format!(
        "{} messages of {} fans, means; {} cold starts among them; up to {PROCESSES} processes of a function. Prices: {}, recalled {}. \
         Simulated: {} ms a round trip, {} ms the vendor; Telegram's {} ms are added to what is billed.",
        counted.messages,
        super::cast::SOME + super::cast::DEEP,
        counted.cold,
        prices.region,
        prices.recalled,
        prices.assumed.round_trip_ms,
        prices.assumed.vendor_ms,
        prices.assumed.telegram_ms,
    )
}

fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 {
        short(part / whole * 100.0)
    } else {
        "0".into()
    }
}
