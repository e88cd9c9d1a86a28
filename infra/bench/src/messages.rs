//! The whole loop on the laptop host: workers cold and warm, and what one message costs.
//!
//! Functions are release binaries where there are some; the host, its AWS and its Telegram live in this process and speak
//! plain HTTP on loopback. A cold start is forced by killing the function's processes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

use crate::Failure;
use crate::measure::Plan;
use crate::prices::{Bill, Prices};
use crate::stats::{Sample, short};
use crate::subjects::Places;
use crate::world::{Fan, World};

/// Telegram takes one message a second in a chat, and so does the sender: so many people take turns.
const PEOPLE: usize = 40;
/// What is measured, in the order of a message's way.
const HANDLERS: [&str; 4] = [
    "telegram-hooks.webhook",
    "workers.inbound",
    "conversations.send",
    "workers.sender",
];

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    /// From nothing to 200 on the health route, in milliseconds.
    pub host_start_ms: f64,
    /// One row a handler.
    pub workers: String,
    /// Calls, CPU time and dollars of a message.
    pub costs: String,
}

struct Scene {
    world: World,
    fans: Vec<Fan>,
    /// Invocations up to this number set the scene: forty greetings in one turn, for example.
    set_by: u64,
}

/// Runs everything.
///
/// # Errors
/// When a binary is missing or a price is.
pub async fn run(places: &Places, plan: Plan) -> Result<Outcome, Failure> {
    let prices = Prices::read(&places.root.join("infra/bench/prices.toml"))?;
    let binaries = binaries(places)?;
    let began = Instant::now();
    let world = World::start(places.root.join("template.yaml"), binaries).await?;
    let host_start_ms = began.elapsed().as_secs_f64() * 1e3;

    let scene = Scene::set(world).await?;
    for round in 0..plan.rounds {
        scene.make_cold().await;
        scene.message_in(round).await?;
        scene.message_out(round).await?;
    }
    let mut seen = Seen::default();
    let messages = plan.warm_calls;
    // Every message has words of its own, or an earlier one would be taken for it.
    for number in plan.rounds..plan.rounds + messages {
        let mark = scene.mark();
        scene.message_in(number).await?;
        seen.inward.add(&scene, &prices, mark);
        let mark = scene.mark();
        scene.message_out(number).await?;
        seen.outward.add(&scene, &prices, mark);
    }
    let workers = table_of_handlers(&scene, places);
    let costs = seen.table(&prices, messages)?;
    scene.world.host.stop().await;
    Ok(Outcome {
        host_start_ms,
        workers,
        costs,
    })
}

/// Release binaries where there are some, else those of the ordinary build: only the measured ones must be fast.
fn binaries(places: &Places) -> Result<PathBuf, Failure> {
    let folder = places.own.join("bench-run/functions");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(places.root.join("functions"))? {
        let name = entry?.file_name();
        let candidates = [
            places.functions.join(&name),
            places.root.join("target/debug").join(&name),
        ];
        if let Some(binary) = candidates.iter().find(|path| path.is_file()) {
            link(binary, &folder.join(&name))?;
        }
    }
    Ok(folder)
}

fn link(binary: &Path, to: &Path) -> Result<(), Failure> {
    Ok(std::os::unix::fs::symlink(binary, to)?)
}

/// Where the records stood.
#[derive(Clone, Copy)]
struct Mark {
    call: u64,
    invocation: u64,
}

impl Scene {
    async fn set(mut world: World) -> Result<Self, Failure> {
        world.settle_in().await?;
        let mut fans = Vec::with_capacity(PEOPLE);
        for number in 0..PEOPLE {
            fans.push(world.fan(&format!("Robin{number}")).await?);
        }
        world.is_quiet().await?;
        let before = world.host.history().select(|_, _| true);
        let set_by = before.last().map_or(0, |(number, _)| *number);
        Ok(Self {
            world,
            fans,
            set_by,
        })
    }

    async fn make_cold(&self) {
        for handler in HANDLERS {
            let _ = self
                .world
                .host
                .functions()
                .kill(&self.function(handler))
                .await;
        }
    }

    fn function(&self, handler: &str) -> String {
        let functions = &self.world.host.deployment().functions;
        functions
            .iter()
            .find(|known| known.handler == handler)
            .map(|known| known.name.clone())
            .unwrap_or_default()
    }

    /// A fan writes; done when the queue is empty and the API shows it.
    async fn message_in(&self, number: usize) -> Result<(), Failure> {
        let fan = &self.fans[number % PEOPLE];
        let words = format!("How was your day? I made pancakes this morning. {number}");
        self.world.says(fan, &words).await?;
        self.world.shows(fan, &words, |_| true).await?;
        self.world.is_quiet().await
    }

    /// A person answers; done when Telegram has it and the API says so.
    async fn message_out(&self, number: usize) -> Result<(), Failure> {
        let fan = &self.fans[number % PEOPLE];
        let words = format!("Pancakes! Now I am hungry. {number}");
        self.world.answers(fan, &words).await?;
        let is_sent = |message: &Value| message["delivery"] == "sent";
        self.world.shows(fan, &words, is_sent).await?;
        self.world.is_quiet().await
    }

    fn mark(&self) -> Mark {
        let invocations = self.world.host.history().select(|_, _| true);
        Mark {
            call: self.world.host.aws().recorder().last_seq(),
            invocation: invocations.last().map_or(0, |(number, _)| *number),
        }
    }
}

/// One way of a message, summed over all messages.
#[derive(Default)]
struct Way {
    calls: BTreeMap<String, f64>,
    bill: Bill,
    cpu_ms: f64,
    invocations: f64,
    /// What the newest message's functions called, in order.
    order: Vec<String>,
}

#[derive(Default)]
struct Seen {
    inward: Way,
    outward: Way,
}

impl Way {
    fn add(&mut self, scene: &Scene, prices: &Prices, mark: Mark) {
        let host = &scene.world.host;
        let memory: BTreeMap<_, _> = host
            .deployment()
            .functions
            .iter()
            .map(|function| (function.name.clone(), function.memory_mb))
            .collect();
        let ours: BTreeSet<_> = HANDLERS
            .iter()
            .map(|handler| scene.function(handler))
            .collect();
        // Reading the messages for the test is no part of the message's way.
        let counted = host
            .history()
            .select(|number, run| number > mark.invocation && ours.contains(&run.function));
        for (_, run) in &counted {
            self.invocations += 1.0;
            self.cpu_ms += run.cpu_ms.unwrap_or(0.0);
            self.bill.add("lambda_request", 1.0);
            let remote = f64::from(run.round_trips) * prices.assumed.round_trip_ms
                + if run.handler == "workers.sender" {
                    prices.assumed.telegram_ms
                } else {
                    0.0
                };
            let gigabytes = f64::from(memory.get(&run.function).copied().unwrap_or(256)) / 1024.0;
            self.bill.add(
                "lambda_gb_second",
                (run.duration_ms + remote).ceil() / 1e3 * gigabytes,
            );
            if run.source.starts_with("sqs") {
                // The event source fetches and deletes.
                self.bill.add("sqs_fifo_request", 2.0);
            } else {
                self.bill.add("http_api_request", 1.0);
            }
        }
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

    fn row(&self, name: &str, prices: &Prices, messages: f64) -> Result<String, Failure> {
        let calls: Vec<_> = self
            .calls
            .iter()
            .map(|(name, count)| format!("{} {name}", short(count / messages)))
            .collect();
        let total: f64 = self.calls.values().sum();
        Ok(format!(
            "| {name} | {} | {} ({}) | {} | {} |\n",
            short(self.invocations / messages),
            short(total / messages),
            calls.join(", "),
            short(self.cpu_ms / messages),
            short(prices.cost(&self.bill)? / messages * 1e6),
        ))
    }
}

impl Seen {
    fn table(&self, prices: &Prices, messages: usize) -> Result<String, Failure> {
        #[expect(clippy::cast_precision_loss, reason = "some hundred")]
        let messages = messages as f64;
        Ok(format!(
            "| | invocations | AWS calls | our CPU ms | USD per million |\n|---|---|---|---|---|\n{}{}\n\
             In order, warm: in {}; out {}.\n\nPrices: {}, recalled {}. Assumed: {} ms a round trip, {} ms Telegram.\n",
            self.inward
                .row("a fan's message, until it is stored", prices, messages)?,
            self.outward
                .row("a person's answer, until it is sent", prices, messages)?,
            self.inward.order.join(", "),
            self.outward.order.join(", "),
            prices.region,
            prices.recalled,
            prices.assumed.round_trip_ms,
            prices.assumed.telegram_ms,
        ))
    }
}

/// A handler whose binary is not an optimised one is marked.
fn named(handler: &str, places: &Places) -> String {
    let binary = handler.split('.').next().unwrap_or_default();
    let mark = if places.functions.join(binary).is_file() {
        ""
    } else {
        " (unoptimised build)"
    };
    format!("{handler}{mark}")
}

fn table_of_handlers(scene: &Scene, places: &Places) -> String {
    let mut table = String::from(
        "| | init ms | first ms | cold ms | cold CPU ms | warm p50 / p99 ms | warm CPU ms | peak MB | calls first / warm | round trips first / warm |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    for handler in HANDLERS {
        let runs = scene
            .world
            .host
            .history()
            .select(|number, run| number > scene.set_by && run.handler == handler);
        let runs: Vec<_> = runs.into_iter().map(|(_, run)| run).collect();
        let (cold, warm): (Vec<_>, Vec<_>) = runs.iter().partition(|run| run.cold);
        let median = |values: Vec<f64>| values.into_iter().collect::<Sample>();
        let warm_ms = median(warm.iter().map(|run| run.duration_ms).collect());
        let middle =
            |values: Vec<u32>| short(median(values.into_iter().map(f64::from).collect()).median());
        #[expect(clippy::cast_precision_loss, reason = "kilobytes")]
        let peak = median(
            runs.iter()
                .filter_map(|run| run.peak_rss_kib)
                .map(|kib| kib as f64 / 1024.0)
                .collect(),
        );
        let cells = [
            named(handler, places),
            median(cold.iter().filter_map(|run| run.init_ms).collect()).text(),
            median(cold.iter().map(|run| run.duration_ms).collect()).text(),
            median(
                cold.iter()
                    .map(|run| run.init_ms.unwrap_or(0.0) + run.duration_ms)
                    .collect(),
            )
            .text(),
            median(cold.iter().filter_map(|run| run.cpu_ms).collect()).text(),
            format!(
                "{} / {}",
                short(warm_ms.median()),
                short(warm_ms.quantile(0.99))
            ),
            short(median(warm.iter().filter_map(|run| run.cpu_ms).collect()).median()),
            short(peak.quantile(1.0)),
            format!(
                "{} / {}",
                middle(cold.iter().map(|run| run.calls).collect()),
                middle(warm.iter().map(|run| run.calls).collect())
            ),
            format!(
                "{} / {}",
                middle(cold.iter().map(|run| run.round_trips).collect()),
                middle(warm.iter().map(|run| run.round_trips).collect())
            ),
        ];
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table
}
