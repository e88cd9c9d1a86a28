//! The whole loop on the laptop host: workers cold and warm, and what one message costs.
//!
//! Functions are release binaries where there are some; the host, its AWS and its Telegram live in this process and speak
//! plain HTTP on loopback. A cold start is forced by killing the function's processes.

use std::time::Instant;

use serde_json::Value;

use crate::Failure;
use crate::measure::Plan;
use crate::prices::Prices;
use crate::promises::WARM_ROUND_TRIPS;
use crate::stats::{Sample, short};
use crate::subjects::Places;
use crate::way::{Mark, Remote, Way, function};
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
    /// Promises about round trips that are not kept.
    pub broken: Vec<String>,
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
    let binaries = places.all_functions()?;
    let began = Instant::now();
    let world = World::start(places.root.join("template.yaml"), binaries, 1).await?;
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
        let mark = Mark::of(&scene.world.host);
        scene.message_in(number).await?;
        seen.inward
            .add(&scene.world.host, &prices, &HANDLERS, mark, Remote::Added);
        let mark = Mark::of(&scene.world.host);
        scene.message_out(number).await?;
        seen.outward
            .add(&scene.world.host, &prices, &HANDLERS, mark, Remote::Added);
    }
    let workers = table_of_handlers(&scene, places);
    let costs = seen.table(&prices, messages)?;
    let mut broken = too_many_round_trips(&scene);
    #[expect(clippy::cast_precision_loss, reason = "some hundred")]
    let messages = messages as f64;
    broken.extend(too_many_runs(seen.inward.invocations / messages));
    scene.world.host.stop().await;
    Ok(Outcome {
        host_start_ms,
        workers,
        costs,
        broken,
    })
}

impl Scene {
    async fn set(mut world: World) -> Result<Self, Failure> {
        world.settle_in().await?;
        let mut fans = Vec::with_capacity(PEOPLE);
        for number in 0..PEOPLE {
            let fan = world.fan(&format!("Robin{number}")).await?;
            // Of a fan's first words the team is told besides, and that is no part of every message's way.
            world.says(&fan, "Hello, it is me.").await?;
            world.shows(&fan, "Hello, it is me.", |_| true).await?;
            world.answers(&fan, "Nice to meet you.").await?;
            world.shows(&fan, "Nice to meet you.", is_sent).await?;
            fans.push(fan);
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
                .kill(&function(&self.world.host, handler))
                .await;
        }
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
        self.world.shows(fan, &words, is_sent).await?;
        self.world.is_quiet().await
    }
}

#[derive(Default)]
struct Seen {
    inward: Way,
    outward: Way,
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

/// Whether Telegram has the message.
fn is_sent(message: &Value) -> bool {
    message["delivery"] == "sent"
}

/// A fan's message is one run of the webhook and one of `inbound`; now and then one is tried again. What makes more was counted with
/// it and is no part of its way.
fn too_many_runs(each: f64) -> Option<String> {
    (each > 2.05).then(|| format!("a fan's message makes {} runs", short(each)))
}

fn too_many_round_trips(scene: &Scene) -> Vec<String> {
    let mut broken = Vec::new();
    for (handler, most) in WARM_ROUND_TRIPS {
        let warm = scene
            .world
            .host
            .history()
            .select(|number, run| number > scene.set_by && run.handler == handler && !run.cold);
        let trips: Sample = warm
            .iter()
            .map(|(_, run)| f64::from(run.round_trips))
            .collect();
        if trips.median() > most {
            let trips = short(trips.median());
            broken.push(format!("{handler} takes {trips} round trips warm"));
        }
    }
    broken
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

#[cfg(test)]
mod tests {
    use super::too_many_runs;

    #[test]
    fn runs_that_are_no_part_of_a_messages_way_are_not_counted_as_one() {
        assert_eq!(too_many_runs(2.01), None);
        let told = Some("a fan's message makes 2.19 runs".to_owned());
        assert_eq!(too_many_runs(2.19), told);
    }
}
