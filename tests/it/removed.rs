//! Five removals, picked by a seed out of what calls have used, run for real: Lambda's side of `removal.rs`.

use std::collections::BTreeSet;

use emulator::iam::{Role, removals};
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, eventually};

use crate::journey;

const SEED: usize = 20_261_123;
const PICKED: usize = 5;
/// Functions that are called here one by one, by how their roles are named.
const CALLED: [&str; 12] = [
    "accounts-me",
    "accounts-sessions",
    "bots-doctor",
    "bots-list",
    "conversations-list",
    "conversations-send",
    "conversations-sync",
    "conversations-take-over",
    "conversations-typing",
    "telegram-hooks-webhook",
    "workers-inbound",
    "workers-sender",
];
const WRITES: [&str; 3] = ["dynamodb:PutItem", "dynamodb:DeleteItem", "sqs:SendMessage"];
/// Longer than any queue hides a message that was not worked.
const HIDDEN: time::Duration = time::Duration::seconds(400);

/// Who calls.
struct Walk {
    world: World,
    creator: Creator,
    bot: Bot,
    fan: Person,
    conversation: String,
}

/// An action that a role has used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Used {
    name: &'static str,
    arn: String,
    action: String,
}

impl Used {
    fn by_a_worker(&self) -> bool {
        self.name.starts_with("workers-")
    }

    fn writes(&self) -> bool {
        WRITES.contains(&self.action.as_str())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_removals_picked_by_a_seed_are_refused_for_real() {
    let walk = Walk::begin().await;
    let mut matrix = BTreeSet::new();
    for name in CALLED {
        let used = walk.used_by(name).await;
        assert!(!used.is_empty(), "{name} uses nothing");
        matrix.extend(used);
    }
    let matrix: Vec<Used> = matrix.into_iter().collect();
    let picked = picked(&matrix);
    println!(
        "{} actions of {} roles; picked: {picked:#?}",
        matrix.len(),
        CALLED.len()
    );
    let iam = walk.world.host.aws().iam();
    for used in picked {
        let whole = iam.role(&used.arn).expect("a role");
        let reduced = Role {
            policies: without(&whole.policies, &used.action),
            ..whole.clone()
        };
        walk.restart(used.name).await;
        iam.put_role(reduced).expect("a role");
        walk.call(used.name).await;
        let denied = |denial: &local::gate::Denial| {
            denial.role_arn == used.arn && denial.action == used.action
        };
        eventually(&format!("{used:?} is refused"), async || {
            let denials = walk.world.host.gate().denials();
            denials.iter().any(denied).then_some(())
        })
        .await;
        iam.put_role(whole).expect("a role");
        walk.restart(used.name).await;
        // What was refused is tried again, with the whole role.
        walk.world.host.advance(HIDDEN).await;
        walk.world.settled().await;
    }
    walk.world.host.stop().await;
}

/// At least one of a worker and one write; the rest is anything.
fn picked(matrix: &[Used]) -> Vec<Used> {
    let workers = matrix.iter().filter(|used| used.by_a_worker());
    let writes = matrix.iter().filter(|used| used.writes());
    let mut picked = Vec::new();
    for some in [workers.collect::<Vec<_>>(), writes.collect()] {
        picked.push(some[SEED % some.len()].clone());
    }
    picked.dedup();
    // The step has no divisor in common with the length, so every one comes once before any comes again.
    let step = (7..).find(|step| gcd(*step, matrix.len()) == 1);
    let step = step.expect("a prime that is larger");
    let mut at = SEED % matrix.len();
    while picked.len() < PICKED {
        if !picked.contains(&matrix[at]) {
            picked.push(matrix[at].clone());
        }
        at = (at + step) % matrix.len();
    }
    picked
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The policies without an action, wherever it stands.
fn without(policies: &[Value], action: &str) -> Vec<Value> {
    let mut reduced = policies.to_vec();
    while let Some(next) = removals(&reduced)
        .into_iter()
        .find(|removal| removal.action == action)
    {
        reduced = next.policies;
    }
    reduced
}

impl Walk {
    async fn begin() -> Self {
        let world = World::start().await;
        world
            .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
            .await;
        let creator = world.creator("Mira Vale").await;
        let bot = creator.connect_bot(&world, "removed_test_bot").await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "hello").await;
        let conversation = creator.conversation("Robin").await;
        let conversation = conversation["id"].as_str().expect("an id").to_owned();
        world.settled().await;
        Self {
            world,
            creator,
            bot,
            fan,
            conversation,
        }
    }

    /// Has a function called once, whatever comes of it.
    async fn call(&self, name: &str) {
        let (api, path) = (
            &self.creator.api,
            format!("/api/v1/conversations/{}", self.conversation),
        );
        match name {
            "accounts-me" => drop(api.get("/api/v1/me").await),
            "accounts-sessions" => drop(api.get("/api/v1/sessions").await),
            "bots-doctor" => {
                let health = format!("/api/v1/bots/{}/health", self.bot.id);
                drop(api.get(&health).await);
            }
            "bots-list" => drop(api.get("/api/v1/bots").await),
            "conversations-list" => drop(api.get("/api/v1/conversations").await),
            "conversations-sync" => drop(api.get("/api/v1/sync").await),
            "conversations-take-over" => {
                drop(api.put(&format!("{path}/takeover"), &json!({})).await);
            }
            "conversations-typing" => {
                drop(api.post(&format!("{path}/typing"), &json!({})).await);
            }
            "conversations-send" | "workers-sender" => {
                let text = json!({ "text": format!("by {name}") });
                drop(api.post(&format!("{path}/messages"), &text).await);
            }
            "telegram-hooks-webhook" | "workers-inbound" => {
                self.fan.says(&self.world, &self.bot, name).await;
            }
            other => panic!("nobody calls {other}"),
        }
    }

    async fn restart(&self, name: &str) {
        journey::restart(&self.world, &handler(name)).await;
    }

    /// What a function uses in one call in a new process.
    async fn used_by(&self, name: &'static str) -> BTreeSet<Used> {
        self.restart(name).await;
        let recorder = self.world.host.aws().recorder();
        let before = recorder.select(|_| true);
        let before = before.iter().map(|record| record.call.seq).max();
        self.call(name).await;
        self.world.settled().await;
        let end = format!("/sofi-{name}");
        let records = recorder.select(|record| Some(record.call.seq) > before);
        let mut used = BTreeSet::new();
        for record in records {
            let Some(arn) = record.call.principal.role_arn else {
                continue;
            };
            if !arn.ends_with(&end) {
                continue;
            }
            let own = record.call.checks.into_iter();
            used.extend(
                own.filter(|check| !check.granted_by_resource)
                    .map(|check| Used {
                        name,
                        arn: arn.clone(),
                        action: check.request.action,
                    }),
            );
        }
        used
    }
}

/// A role is named as its handler, with a dash for the dot between crate and function.
fn handler(role: &str) -> String {
    match role.strip_prefix("telegram-hooks-") {
        Some(function) => format!("telegram-hooks.{function}"),
        None => role.replacen('-', ".", 1),
    }
}
