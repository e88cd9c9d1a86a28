//! A host with everything in memory and on free ports.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use local::{Host, HostOptions};
use serde_json::Value;

use crate::{Api, Creator, Person};

const LIMIT: Duration = Duration::from_secs(120);
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// One small AWS, one Telegram, one product.
pub struct World {
    /// The host, for whatever a test must see or break.
    pub host: Host,
}

impl World {
    /// Starts everything.
    pub async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts everything with other options.
    pub async fn with(change: impl FnOnce(&mut HostOptions)) -> Self {
        let root = root();
        let binaries =
            std::env::var_os("PRODUCT_TARGET").map_or_else(|| root.join("target"), PathBuf::from);
        let mut options = HostOptions::new(root.join("template.yaml"), binaries.join("debug"));
        change(&mut options);
        Self {
            host: Host::start(options).await.expect("the host starts"),
        }
    }

    /// The API without a session.
    pub fn api(&self) -> Api {
        Api::new(self.host.url(), None)
    }

    /// A registered creator who is logged in and has accepted everything.
    pub async fn creator(&self, name: &str) -> Creator {
        Creator::register(self, name).await
    }

    /// A person with Telegram.
    pub async fn person(&self, first_name: &str, language: &str) -> Person {
        Person::create(self, first_name, language).await
    }

    /// The Telegram stand-in's control API.
    pub async fn telegram(&self, method: &str, path: &str, body: Value) -> Value {
        let control = self.host.telegram().expect("the stand-in runs");
        control
            .call(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{method} {path}: {error:?}"))
    }

    /// The AI stand-in's control API.
    pub async fn ai(&self, method: &str, path: &str, body: Value) -> Value {
        let control = self.host.ai().expect("the stand-in runs");
        control
            .call(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{method} {path}: {error:?}"))
    }

    /// The host's control API.
    pub async fn control(&self, path: &str) -> Value {
        let answer = Api::new(self.host.url(), None)
            .get(&format!("/__local{path}"))
            .await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Messages that wait or are being worked in a queue, by the end of its name.
    pub fn depth(&self, queue: &str) -> usize {
        let sqs = self.host.aws().sqs();
        let named: Vec<_> = sqs
            .queues()
            .into_iter()
            .filter(|known| known.name.ends_with(queue))
            .collect();
        assert!(!named.is_empty(), "there is no queue {queue}");
        let depths = named
            .iter()
            .map(|known| sqs.depths(&known.name).expect("the queue exists"));
        depths
            .map(|depths| depths.visible + depths.in_flight + depths.delayed)
            .sum()
    }

    /// The newest mail to an address, as soon as there are so many: codes and links stand in its text.
    pub async fn mail_to(&self, address: &str, number: usize) -> emulator::ses::Mail {
        eventually(&format!("{number} mails to one address"), async || {
            let mut mails = self.host.aws().ses().inbox();
            mails.retain(|mail| mail.destinations.iter().any(|to| to == address));
            (mails.len() >= number).then(|| mails.pop()).flatten()
        })
        .await
    }

    /// Waits until Telegram has delivered everything and no queue holds a message.
    ///
    /// Looked at in the order of a message's way, and twice: a message that moves on between two looks is then seen in
    /// the second round.
    pub async fn settled(&self) {
        eventually(
            "everything is delivered and all queues are empty",
            async || {
                if self.undelivered().await > 0 {
                    return None;
                }
                let ways = [
                    "inbound.fifo",
                    "-sofi",
                    "doorbell.fifo",
                    "-wake",
                    "-mail-events",
                    "-mail-bulk",
                    "-mail",
                ];
                let mut looks = ways.iter().chain(&ways);
                looks.all(|queue| self.depth(queue) == 0).then_some(())
            },
        )
        .await;
    }

    /// Updates that Telegram has not handed over yet, of all bots.
    async fn undelivered(&self) -> u64 {
        let state = self.telegram("GET", "/bots", Value::Null).await;
        let bots = state["bots"].as_array().expect("a list of bots");
        bots.iter()
            .map(|bot| bot["pending"].as_u64().expect("a number"))
            .sum()
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Looks again until there is something, at most two minutes: tests share two cores with each other.
pub async fn eventually<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    eventually_within(LIMIT, what, look).await
}

/// Looks again until there is something, at most so long.
pub async fn eventually_within<T>(
    limit: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    let deadline = Instant::now() + limit;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            Instant::now() < deadline,
            "never came true within {limit:?}: {what}"
        );
    }
}
