//! One way of a message through functions and AWS, summed over many messages.

use std::collections::{BTreeMap, BTreeSet};

use local::Host;

use crate::Failure;
use crate::prices::{Bill, Prices};
use crate::stats::short;

/// Where the records stood.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The embedded AWS's last call.
    pub call: u64,
    /// The last invocation.
    pub invocation: u64,
    /// The last line of the log.
    pub line: u64,
}

impl Mark {
    /// Where they stand now.
    pub fn of(host: &Host) -> Self {
        let invocations = host.history().select(|_, _| true);
        let lines = host.log().select(|_| true);
        Self {
            call: host.aws().recorder().last_seq(),
            invocation: invocations.last().map_or(0, |(number, _)| *number),
            line: lines.last().map_or(0, |line| line.number),
        }
    }
}

/// How the time that remote calls take on AWS gets into an invocation's billed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remote {
    /// The host answered at once: each round trip is added.
    Added,
    /// The host was told to take as long as AWS: only what Telegram takes beyond that is added.
    Simulated,
}

/// One way of a message, summed over all messages.
#[derive(Debug, Default)]
pub struct Way {
    /// Calls by service and operation.
    pub calls: BTreeMap<String, f64>,
    /// What AWS bills.
    pub bill: Bill,
    /// Time on a CPU, in milliseconds.
    pub cpu_ms: f64,
    /// Invocations.
    pub invocations: f64,
    /// Those of them that a queue's event source made.
    pub deliveries: f64,
    /// Time that functions are billed for, in milliseconds.
    pub billed_ms: f64,
    /// What the newest message's functions called, in order.
    pub order: Vec<String>,
}

impl Way {
    /// Adds what these handlers did since then. Whatever else ran is no part of the message's way.
    pub fn add(
        &mut self,
        host: &Host,
        prices: &Prices,
        handlers: &[&str],
        mark: Mark,
        remote: Remote,
    ) {
        let ours: BTreeSet<_> = handlers.iter().map(|name| function(host, name)).collect();
        self.add_runs(host, prices, &ours, mark, remote);
        self.add_calls(host, prices, &ours, mark);
    }

    fn add_runs(
        &mut self,
        host: &Host,
        prices: &Prices,
        ours: &BTreeSet<String>,
        mark: Mark,
        remote: Remote,
    ) {
        let memory: BTreeMap<_, _> = host
            .deployment()
            .functions
            .iter()
            .map(|function| (function.name.clone(), function.memory_mb))
            .collect();
        let counted = host
            .history()
            .select(|number, run| number > mark.invocation && ours.contains(&run.function));
        for (_, run) in &counted {
            self.invocations += 1.0;
            self.cpu_ms += run.cpu_ms.unwrap_or(0.0);
            self.bill.add("lambda_request", 1.0);
            let (trip, telegram) = (prices.assumed.round_trip_ms, prices.assumed.telegram_ms);
            let asks_telegram = run.handler == "workers.sender";
            let beyond = match remote {
                Remote::Added => {
                    f64::from(run.round_trips) * trip + if asks_telegram { telegram } else { 0.0 }
                }
                Remote::Simulated if asks_telegram => telegram - trip,
                Remote::Simulated => 0.0,
            };
            let gigabytes = f64::from(memory.get(&run.function).copied().unwrap_or(256)) / 1024.0;
            let billed_ms = (run.duration_ms + beyond).ceil();
            self.billed_ms += billed_ms;
            self.bill
                .add("lambda_gb_second", billed_ms / 1e3 * gigabytes);
            if run.source.starts_with("sqs") {
                // The event source fetches and deletes.
                self.deliveries += 1.0;
                let unit = if run.source.ends_with(".fifo") {
                    "sqs_fifo_request"
                } else {
                    "sqs_request"
                };
                self.bill.add(unit, 2.0);
            } else {
                self.bill.add("http_api_request", 1.0);
            }
        }
    }

    fn add_calls(&mut self, host: &Host, prices: &Prices, ours: &BTreeSet<String>, mark: Mark) {
        let roles: BTreeSet<_> = host
            .deployment()
            .functions
            .iter()
            .filter(|function| ours.contains(&function.name))
            .map(|function| function.role_arn.clone())
            .collect();
        self.order.clear();
        for record in host.aws().recorder().since(mark.call) {
            let Ok(call) = serde_json::to_value(&record) else {
                continue;
            };
            if !call["principal"]["role_arn"]
                .as_str()
                .is_some_and(|arn| roles.contains(arn))
            {
                continue;
            }
            let name = format!("{} {}", record.call.service, record.call.operation);
            self.order.push(record.call.operation.clone());
            *self.calls.entry(name).or_default() += 1.0;
            prices.add_call(&mut self.bill, &call);
        }
    }

    /// Calls by name, each divided among so many messages.
    pub fn calls_text(&self, messages: f64) -> String {
        let calls: Vec<_> = self
            .calls
            .iter()
            .map(|(name, count)| format!("{} {name}", short(count / messages)))
            .collect();
        calls.join(", ")
    }

    /// A row of the table of costs.
    ///
    /// # Errors
    /// When a unit has no price.
    pub fn row(&self, name: &str, prices: &Prices, messages: f64) -> Result<String, Failure> {
        let total: f64 = self.calls.values().sum();
        Ok(format!(
            "| {name} | {} | {} ({}) | {} | {} |\n",
            short(self.invocations / messages),
            short(total / messages),
            self.calls_text(messages),
            short(self.cpu_ms / messages),
            short(prices.cost(&self.bill)? / messages * 1e6),
        ))
    }
}

/// A handler's function.
pub fn function(host: &Host, handler: &str) -> String {
    host.deployment()
        .functions
        .iter()
        .find(|known| known.handler == handler)
        .map(|known| known.name.clone())
        .unwrap_or_default()
}
