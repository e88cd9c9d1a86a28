//! A creator, a bot and fans on a laptop host in this process.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use local::{Host, HostOptions, Telegram};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Failure;

/// Nothing here takes this long.
const LIMIT: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(5);
const PASSWORD: &str = "correct horse battery staple";
/// The queues that a message passes.
const QUEUES: [&str; 4] = ["inbound.fifo", "doorbell.fifo", "-wake", "-sofi"];

/// Someone with Telegram, and their conversation.
#[derive(Debug)]
pub struct Fan {
    /// Telegram's number of the person and of the chat.
    pub person: i64,
    name: String,
    /// Our id of the conversation.
    pub conversation: String,
}

/// The host, and a creator who is logged in.
pub struct World {
    /// The host.
    pub host: Host,
    /// Our id of the creator's bot.
    pub bot: String,
    client: Client,
    token: String,
    telegram_bot: Value,
}

impl World {
    /// Starts a host with everything in memory and so many processes of one function at a time, and waits until it answers.
    ///
    /// # Errors
    /// When the host cannot start.
    pub async fn start(
        template: PathBuf,
        binaries: PathBuf,
        concurrency: u32,
    ) -> Result<Self, Failure> {
        let mut options = HostOptions::new(template, binaries);
        options.concurrency = concurrency;
        let listen = options.listen;
        options.telegram = Telegram::StandIn {
            listen,
            seed: 1,
            rate_limits: false,
        };
        let host = Host::start(options)
            .await
            .map_err(|error| Failure::Loop(error.to_string()))?;
        let client = Client::builder().build().map_err(failed)?;
        let world = Self {
            host,
            bot: String::new(),
            client,
            token: String::new(),
            telegram_bot: Value::Null,
        };
        world.api(Method::GET, "health", None).await?;
        Ok(world)
    }

    /// Registers a creator and connects a bot.
    ///
    /// # Errors
    /// When the product refuses.
    pub async fn settle_in(&mut self) -> Result<(), Failure> {
        let mut accepted = Vec::new();
        for name in ["terms", "privacy", "dpa"] {
            let document = self
                .api(Method::GET, &format!("documents/{name}"), None)
                .await?;
            accepted.push(json!({"document": name, "version": document["version"], "sha256": document["sha256"]}));
        }
        let person = json!({
            "name": "Mira Vale", "email": "mira@example.com", "password": PASSWORD, "adult_attested": true,
            "workspace_name": "Mira Vale", "accepted": accepted,
        });
        let taken = self
            .api(Method::POST, "registrations", Some(&person))
            .await?;
        let code = json!({ "code": self.mailed_code().await? });
        let verification = format!(
            "registrations/{}/verifications",
            text(&taken["registration_id"])
        );
        self.api(Method::POST, &verification, Some(&code)).await?;
        let login = json!({ "email": "mira@example.com", "password": PASSWORD });
        let session = self.api(Method::POST, "sessions", Some(&login)).await?;
        self.token = text(&session["session_token"]);
        let bot = json!({"username": "mira_bench_bot", "first_name": "Mira"});
        let made = self.telegram("POST", "/bots", bot).await?;
        let pasted = json!({ "token": made["message"] });
        let connected = self.api(Method::POST, "bots", Some(&pasted)).await?;
        self.telegram_bot = made["id"].clone();
        self.bot = text(&connected["id"]);
        Ok(())
    }

    /// The code of the mail that the sign-up brought.
    async fn mailed_code(&self) -> Result<String, Failure> {
        let deadline = Instant::now() + LIMIT;
        loop {
            let inbox = self.host.aws().ses().inbox();
            let texts = inbox.iter().filter_map(|mail| mail.text.as_deref());
            let mut words = texts.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
            if let Some(code) = words.find(|word| word.len() == 8) {
                return Ok(code.to_owned());
            }
            if Instant::now() > deadline {
                return Err(Failure::Loop("no mail with a code arrives".to_owned()));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// A new fan who has pressed start.
    ///
    /// # Errors
    /// When no conversation comes of it.
    pub async fn fan(&self, name: &str) -> Result<Fan, Failure> {
        let made = self
            .telegram(
                "POST",
                "/people",
                json!({"first_name": name, "language_code": "en"}),
            )
            .await?;
        let mut fan = Fan {
            person: made["id"].as_i64().unwrap_or_default(),
            name: name.to_owned(),
            conversation: String::new(),
        };
        self.act(&fan, json!({ "act": "start" })).await?;
        fan.conversation = eventually("the conversation is listed", async || {
            let page = self
                .api(Method::GET, "conversations?limit=100", None)
                .await?;
            let listed = page["conversations"].as_array().into_iter().flatten();
            let ours = listed.into_iter().find(|one| one["name"] == fan.name);
            Ok(ours.map(|one| text(&one["id"])))
        })
        .await?;
        Ok(fan)
    }

    /// A fan writes.
    ///
    /// # Errors
    /// When the stand-in refuses.
    pub async fn says(&self, fan: &Fan, words: &str) -> Result<(), Failure> {
        self.act(fan, json!({"act": "text", "text": words})).await
    }

    /// A person answers, as a dashboard does, which knows the bot from the conversation.
    ///
    /// # Errors
    /// When the product refuses.
    pub async fn answers(&self, fan: &Fan, words: &str) -> Result<(), Failure> {
        let path = format!("conversations/{}/messages", fan.conversation);
        let body = json!({ "text": words, "bot_id": self.bot });
        self.api(Method::POST, &path, Some(&body)).await.map(drop)
    }

    /// Lets Sofi answer the bot's fans in this tone.
    ///
    /// # Errors
    /// When the product refuses.
    pub async fn sofi_answers(&self, persona: &str) -> Result<(), Failure> {
        let bot = format!("bots/{}", self.bot);
        let tone = json!({ "text": persona });
        self.api(Method::POST, &format!("{bot}/personas"), Some(&tone))
            .await?;
        let budget = json!({
            "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000,
        });
        self.api(Method::PUT, "ai/budget", Some(&budget)).await?;
        let mode = json!({"mode": "auto"});
        self.api(Method::PUT, &format!("{bot}/sofi"), Some(&mode))
            .await
            .map(drop)
    }

    /// What Telegram was asked to send, oldest first, as its stand-in logged it.
    ///
    /// # Errors
    /// When the stand-in refuses.
    pub async fn sent(&self) -> Result<Vec<Value>, Failure> {
        let log = self
            .telegram("GET", "/log?method=sendMessage&limit=5000", Value::Null)
            .await?;
        Ok(log["calls"].as_array().cloned().unwrap_or_default())
    }

    /// Waits until Telegram was asked to send so many messages.
    ///
    /// # Errors
    /// When that never comes true.
    pub async fn has_sent(&self, wanted: usize) -> Result<(), Failure> {
        eventually("all replies are sent", async || {
            Ok((self.sent().await?.len() >= wanted).then_some(()))
        })
        .await
    }

    /// Asks the stand-in for the AI vendors.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn ai(&self, method: &str, path: &str, body: Value) -> Result<Value, Failure> {
        let control = self
            .host
            .ai()
            .ok_or_else(|| Failure::Loop("no stand-in".into()))?;
        let answer = control.call(method, path, body).await;
        answer.map_err(|error| Failure::Loop(format!("{method} {path}: {error:?}")))
    }

    /// Waits until the newest messages show one with these words that is as wanted.
    ///
    /// # Errors
    /// When that never comes true.
    pub async fn shows(
        &self,
        fan: &Fan,
        words: &str,
        wanted: fn(&Value) -> bool,
    ) -> Result<(), Failure> {
        let path = format!("conversations/{}/messages", fan.conversation);
        eventually("the message is shown", async || {
            let page = self.api(Method::GET, &path, None).await?;
            let mut shown = page["messages"].as_array().into_iter().flatten();
            Ok(shown
                .any(|one| one["text"] == words && wanted(one))
                .then_some(()))
        })
        .await
    }

    /// Waits until no queue holds a message.
    ///
    /// # Errors
    /// When that never comes true.
    pub async fn is_quiet(&self) -> Result<(), Failure> {
        eventually("all queues are empty", async || {
            let sqs = self.host.aws().sqs();
            let passed = sqs
                .queues()
                .into_iter()
                .filter(|queue| QUEUES.iter().any(|name| queue.name.ends_with(name)));
            let mut waiting = 0;
            for queue in passed {
                let depths = sqs
                    .depths(&queue.name)
                    .map_err(|error| Failure::Loop(error.to_string()))?;
                waiting += depths.visible + depths.in_flight + depths.delayed;
            }
            Ok((waiting == 0).then_some(()))
        })
        .await
    }

    async fn act(&self, fan: &Fan, mut act: Value) -> Result<(), Failure> {
        act["bot"] = self.telegram_bot.clone();
        let path = format!("/people/{}/acts", fan.person);
        self.telegram("POST", &path, act).await.map(drop)
    }

    async fn telegram(&self, method: &str, path: &str, body: Value) -> Result<Value, Failure> {
        let control = self
            .host
            .telegram()
            .ok_or_else(|| Failure::Loop("no stand-in".into()))?;
        let answer = control.call(method, path, body).await;
        answer.map_err(|error| Failure::Loop(format!("{method} {path}: {error:?}")))
    }

    async fn api(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let url = format!("{}/api/v1/{path}", self.host.url());
        let mut request = self.client.request(method, url).header("x-sofi-csrf", "1");
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(failed)?;
        let status = response.status();
        let body: Value = response.json().await.map_err(failed)?;
        if status.is_success() {
            Ok(body)
        } else {
            Err(Failure::Loop(format!("{path}: {status} {body}")))
        }
    }
}

async fn eventually<T>(
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    let deadline = Instant::now() + LIMIT;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    while Instant::now() < deadline {
        ticks.tick().await;
        if let Some(found) = look().await? {
            return Ok(found);
        }
    }
    Err(Failure::Loop(format!("never came true: {what}")))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn failed(error: reqwest::Error) -> Failure {
    Failure::Loop(error.to_string())
}
