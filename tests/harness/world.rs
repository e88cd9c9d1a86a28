//! A host with everything in memory and on free ports.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use emulator::ses::Mail;
use local::{Host, HostOptions};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::time;

use crate::told::{self, Told};
use crate::{Api, Creator, Person, StripeAccount};

const LIMIT: Duration = Duration::from_secs(120);
/// So long is not waited for what nobody can hasten ([`World::soon`]): a fan's pause, a reply's typing, a second try.
const SHORT: Duration = Duration::from_secs(6);
const SETTLED: &str = "everything is delivered and all queues are empty";
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// A look that asks the API costs the processor time that whatever it waits for needs.
const LOOK_REST: Duration = Duration::from_millis(250);

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
        options.clock.shift(to_the_beginning());
        change(&mut options);
        Self {
            host: Host::start(options).await.expect("the host starts"),
        }
    }

    /// The API without a session.
    pub fn api(&self) -> Api {
        Api::new(self.host.url(), None)
    }

    /// Keeps everything that is said to the API from now on, until [`World::told`].
    pub fn watch(&self) {
        told::watch(&self.host.url());
    }

    /// What was said since [`World::watch`].
    pub fn told(&self) -> Told {
        told::end(&self.host.url())
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

    /// The Stripe stand-in's control API.
    pub async fn stripe(&self, method: &str, path: &str, body: Value) -> Value {
        let control = self.host.stripe().expect("the stand-in runs");
        control
            .call(method, path, body)
            .await
            .unwrap_or_else(|error| panic!("{method} {path}: {error:?}"))
    }

    /// What the product has at Stripe, as whoever has its key sees it.
    pub fn stripe_account(&self) -> StripeAccount {
        StripeAccount::of(&self.host)
    }

    /// The host's control API.
    pub async fn control(&self, path: &str) -> Value {
        let answer = Api::new(self.host.url(), None)
            .get(&format!("/__local{path}"))
            .await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// What everybody's clock shows.
    pub fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(self.host.now_ms())
    }

    /// Every stored row of a kind, with its table.
    pub async fn rows(&self, kind: &str) -> Vec<(String, Value)> {
        let dump = self.control("/dump").await;
        let tables = dump["tables"].as_object().expect("tables");
        let all = tables.iter().flat_map(|(table, rows)| {
            let rows = rows.as_array().into_iter().flatten();
            rows.map(move |row| (table, row))
        });
        let of_kind = all.filter(|(_, row)| row["kind"]["S"] == kind);
        of_kind
            .map(|(table, row)| (table.clone(), row.clone()))
            .collect()
    }

    /// The mails that an address got, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut inbox = self.host.aws().ses().inbox();
        inbox.retain(|mail| mail.destinations.iter().any(|to| to == address));
        inbox
    }

    /// The newest mail to an address, as soon as there are more than `known`.
    pub async fn next_mail(&self, address: &str, known: usize) -> Mail {
        eventually("a mail arrives", async || {
            let mut mails = self.mails_to(address);
            (mails.len() > known).then(|| mails.pop()).flatten()
        })
        .await
    }

    /// The newest mail to an address whose text has these words, as soon as there is one.
    pub async fn mail_saying(&self, address: &str, words: &str) -> Mail {
        eventually(&format!("a mail says {words}"), async || {
            let mails = self.mails_to(address);
            let says = |mail: &Mail| {
                mail.text
                    .as_deref()
                    .is_some_and(|text| text.contains(words))
            };
            mails.into_iter().rev().find(says)
        })
        .await
    }

    /// The code of the newest mail to an address, as soon as there is one.
    pub async fn mailed_code(&self, address: &str) -> String {
        code_in(&self.next_mail(address, 0).await)
    }

    /// Messages that wait or are being worked in a queue, by the end of its name.
    pub fn depth(&self, queue: &str) -> usize {
        let names = self.queues_named(queue);
        names.iter().map(|name| self.depth_of(name)).sum()
    }

    /// Names of the queues that end so; at least one.
    fn queues_named(&self, end: &str) -> Vec<String> {
        let known = self.host.aws().sqs().queues();
        let names = known.into_iter().map(|queue| queue.name);
        let named: Vec<String> = names.filter(|name| name.ends_with(end)).collect();
        assert!(!named.is_empty(), "there is no queue {end}");
        named
    }

    fn depth_of(&self, name: &str) -> usize {
        let sqs = self.host.aws().sqs();
        let depths = sqs.depths(name).expect("the queue exists");
        depths.visible + depths.in_flight + depths.delayed
    }

    /// Waits until Telegram and Stripe have delivered everything and no queue holds a message.
    ///
    /// Looked at in the order of a message's way, and twice: a message that moves on between two looks is then seen in
    /// the second round.
    pub async fn settled(&self) {
        self.settled_but(&[]).await;
    }

    /// The same, while messages wait in these queues on purpose.
    pub async fn settled_but(&self, waiting: &[&str]) {
        let names = self.ways_but(waiting);
        eventually(SETTLED, async || {
            self.is_settled(&names).await.then_some(())
        })
        .await;
    }

    /// Waits for what [`World::settled`] waits for, as [`World::soon`] does.
    pub async fn settled_soon(&self) {
        let names = self.ways_but(&[]);
        self.soon(SETTLED, async || {
            self.is_settled(&names).await.then_some(())
        })
        .await;
    }

    /// [`eventually`], where seconds in which everybody waits for a message that was sent for later pass at once. They count: the
    /// clock is moved by them.
    pub async fn soon<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        eventually(what, async || {
            let found = look().await;
            if found.is_none() && self.undelivered().await == 0 {
                self.host.skip(SHORT).await;
            }
            found
        })
        .await
    }

    /// Names of the queues of a message's way, without these.
    fn ways_but(&self, waiting: &[&str]) -> Vec<String> {
        let ways = [
            "inbound.fifo",
            "billing.fifo",
            "-sofi",
            "alerts.fifo",
            "-erasures",
            "-closings",
            "-exports",
            "doorbell.fifo",
            "-wake",
            "audit.fifo",
            "-mail-events",
            "-mail-bulk",
            "-mail",
        ];
        let looked = ways.iter().filter(|way| !waiting.contains(way));
        looked.flat_map(|way| self.queues_named(way)).collect()
    }

    async fn is_settled(&self, names: &[String]) -> bool {
        let is_empty = |name: &String| self.depth_of(name) == 0;
        // To look at a queue costs nothing; whoever delivers is asked only when that may be the last word.
        names.iter().all(is_empty)
            && self.undelivered().await == 0
            && self.is_stripe_settled().await
            && names.iter().chain(names).all(is_empty)
    }

    /// Whether no webhook of Stripe's is due or under way. One that was refused is due later.
    async fn is_stripe_settled(&self) -> bool {
        self.stripe("GET", "/state", Value::Null).await["is_settled"] == true
    }

    /// Updates that Telegram has not handed over yet, of all bots.
    async fn undelivered(&self) -> u64 {
        let told = self.telegram("GET", "/pending", Value::Null).await;
        told["pending"].as_u64().expect("a number")
    }
}

/// The code that a mail asks to type: its only word of eight digits.
pub fn code_in(mail: &Mail) -> String {
    let text = mail.text.as_deref().expect("a mail has text");
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    let code = words.find(|word| word.len() == 8);
    let subject = &mail.subject;
    code.unwrap_or_else(|| panic!("no code of eight digits in {subject:?}"))
        .to_owned()
}

/// The token of the link in a mail: what follows `#`.
pub fn token_in(mail: &Mail) -> String {
    let text = mail.text.as_deref().expect("a mail has text");
    let mut links = text
        .split_whitespace()
        .filter_map(|word| word.split_once('#'));
    let (_, token) = links.next().expect("the mail has a link with a token");
    token.to_owned()
}

/// Milliseconds, whole seconds of them, from the machine's clock to the time at which every world begins: the tenth of next month, just after nine. What is counted
/// by day or by month then counts alike whenever the tests run. `TESTS_BEGIN` (`2027-01-31T23:50:00Z`) is another time, to look for
/// what a change of day breaks; a time that has passed is refused, because browsers' and clients' own clocks are the machine's.
fn to_the_beginning() -> i64 {
    let now = OffsetDateTime::now_utc();
    let begins = match std::env::var("TESTS_BEGIN") {
        Ok(text) => OffsetDateTime::parse(&text, &Rfc3339).expect("TESTS_BEGIN is a time"),
        Err(_) => {
            let next = now.replace_day(1).expect("a first day") + time::Duration::days(40);
            let tenth = next.replace_day(10).expect("a tenth day");
            tenth.replace_time(time!(9:00:05))
        }
    };
    assert!(begins >= now, "{begins} has passed");
    // Functions are told whole seconds: with a part of one they would be behind everybody else.
    (begins - now).whole_seconds() * 1_000
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Looks again until there is something, at most two minutes: tests share two cores with each other.
pub async fn eventually<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    eventually_within(LIMIT, what, look).await
}

/// Looks again until there is something, at most so long. Between two looks it rests twice as long as the first of them took, a
/// quarter of a second at most.
pub async fn eventually_within<T>(
    limit: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    let deadline = Instant::now() + limit;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        let begun = Instant::now();
        if let Some(found) = look().await {
            return found;
        }
        let rest = (begun.elapsed() * 2).clamp(LOOK_EVERY, LOOK_REST);
        ticks.reset_after(rest);
        assert!(
            Instant::now() < deadline,
            "never came true within {limit:?}: {what}"
        );
    }
}
