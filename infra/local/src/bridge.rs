//! The bridge: a real bot on a laptop without a public address.
//!
//! Telegram cannot reach a laptop, so webhooks are emulated. Functions talk to the real Bot API through the host's relay;
//! the bridge answers `setWebhook`, `deleteWebhook` and `getWebhookInfo` itself, polls `getUpdates` for each bot whose
//! webhook points here, and posts every update to that webhook with its secret header, in order, until it answers 2xx.
//!
//! A bot whose real webhook is set belongs to a deployed stage (or another tool): `setWebhook` is refused, nothing of it
//! is changed, and it is not polled.
//!
//! Tokens are held in memory only. The file keeps bot id, address and secret; after a restart polling goes on as soon as a
//! function has called Telegram for that bot, which tells the token again. Until then updates wait at Telegram.

mod wire;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::runtime::relay::{Intercept, RelayedCall};
use wire::{Api, CallError};

/// How long one poll waits at Telegram, in seconds.
const POLL_SECONDS: u64 = 25;
/// Rest after a failed poll, and the first rest after a refused delivery; doubled up to a minute.
const REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// What the product asked Telegram to do for one bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Hook {
    url: String,
    secret_token: Option<String>,
    allowed_updates: Option<Vec<String>>,
    max_connections: Option<u64>,
}

/// A bridged bot as the control page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct BridgedBot {
    /// Bot id: the part of the token before the colon.
    pub bot_id: String,
    /// Whether updates are being fetched.
    pub polling: bool,
    /// Updates handed over since the start.
    pub delivered: u64,
    /// Last trouble, in words without secrets.
    pub trouble: Option<String>,
}

#[derive(Debug, Default)]
struct Bot {
    hook: Option<Hook>,
    polling: Option<JoinHandle<()>>,
    delivered: u64,
    trouble: Option<String>,
    trouble_at: Option<u64>,
}

/// The bridge of all bots.
pub struct Bridge {
    state: std::sync::Arc<State>,
}

struct State {
    api: Api,
    file: Option<PathBuf>,
    bots: Mutex<BTreeMap<String, Bot>>,
}

impl Bridge {
    /// A bridge to the Bot API at `api_url`; hooks are kept in `file`.
    pub(crate) fn new(client: reqwest::Client, api_url: String, file: Option<PathBuf>) -> Self {
        let state = State {
            api: Api { client, api_url },
            file,
            bots: Mutex::default(),
        };
        Self {
            state: std::sync::Arc::new(state),
        }
    }

    /// Reads the hooks of the last run.
    pub(crate) fn start(&self) {
        let Some(text) = self
            .state
            .file
            .as_ref()
            .and_then(|file| std::fs::read(file).ok())
        else {
            return;
        };
        match serde_json::from_slice::<BTreeMap<String, Hook>>(&text) {
            Ok(hooks) => {
                let mut bots = self.state.bots();
                for (id, hook) in hooks {
                    bots.insert(
                        id,
                        Bot {
                            hook: Some(hook),
                            ..Bot::default()
                        },
                    );
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the bridge's file is not readable; connect the bots again")
            }
        }
    }

    /// All bots that the bridge knows.
    #[must_use]
    pub fn bots(&self) -> Vec<BridgedBot> {
        let bots = self.state.bots();
        let show = |(id, bot): (&String, &Bot)| BridgedBot {
            bot_id: id.clone(),
            polling: bot.polling.as_ref().is_some_and(|task| !task.is_finished()),
            delivered: bot.delivered,
            trouble: bot.trouble.clone(),
        };
        bots.iter().map(show).collect()
    }

    /// Stops all polling.
    pub(crate) async fn stop(&self) {
        let tasks: Vec<_> = self
            .state
            .bots()
            .values_mut()
            .filter_map(|bot| bot.polling.take())
            .collect();
        for task in tasks {
            task.abort();
            let _ = task.await;
        }
    }
}

impl Intercept for Bridge {
    fn intercept<'a>(&'a self, call: &'a RelayedCall) -> BoxFuture<'a, Option<Value>> {
        Box::pin(async move {
            let (token, method) = wire::token_and_method(&call.path)?;
            let bot_id = token.split(':').next()?.to_owned();
            let state = &self.state;
            match method.to_ascii_lowercase().as_str() {
                "setwebhook" => Some(
                    state
                        .set_webhook(token, &bot_id, &wire::parameters(call))
                        .await,
                ),
                "deletewebhook" => Some(state.delete_webhook(&bot_id)),
                "getwebhookinfo" => state.webhook_info(token, &bot_id).await,
                _ => {
                    state.resume(token, &bot_id);
                    None
                }
            }
        })
    }
}

impl State {
    fn bots(&self) -> MutexGuard<'_, BTreeMap<String, Bot>> {
        self.bots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn set_webhook(
        self: &std::sync::Arc<Self>,
        token: &str,
        bot_id: &str,
        asked: &Value,
    ) -> Value {
        let url = asked
            .get("url")
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned();
        if url.is_empty() {
            return self.delete_webhook(bot_id);
        }
        // The product may point a bot here only when nothing else has it.
        match self.api.call(token, "getWebhookInfo", json!({})).await {
            Ok(info) => {
                let real = info.get("url").and_then(Value::as_str).unwrap_or("");
                if !real.is_empty() {
                    let host = url::Url::parse(real)
                        .ok()
                        .and_then(|url| url.host_str().map(str::to_owned));
                    self.trouble(bot_id, "its webhook belongs to a deployed stage");
                    return refusal(
                        409,
                        &format!(
                            "Conflict: the bot's webhook is set to {}; the laptop's bridge does not take over a deployed bot",
                            host.as_deref().unwrap_or("another address"),
                        ),
                    );
                }
            }
            Err(CallError::Refused(answer)) => return answer,
            Err(CallError::Unreachable) => {
                return refusal(502, "Bad Gateway: Telegram is not reachable");
            }
        }
        let texts = |value: &Value| {
            let list = match value {
                Value::Array(list) => list.clone(),
                Value::String(text) => serde_json::from_str(text).ok()?,
                _ => return None,
            };
            Some(
                list.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        };
        let hook = Hook {
            url,
            secret_token: asked
                .get("secret_token")
                .and_then(Value::as_str)
                .map(str::to_owned),
            allowed_updates: asked
                .get("allowed_updates")
                .and_then(texts)
                .filter(|list| !list.is_empty()),
            max_connections: asked.get("max_connections").and_then(Value::as_u64),
        };
        {
            let mut bots = self.bots();
            let bot = bots.entry(bot_id.to_owned()).or_default();
            if let Some(task) = bot.polling.take() {
                task.abort();
            }
            *bot = Bot {
                hook: Some(hook),
                ..Bot::default()
            };
        }
        self.save();
        self.resume(token, bot_id);
        json!({"ok": true, "result": true, "description": "Webhook was set"})
    }

    fn delete_webhook(&self, bot_id: &str) -> Value {
        if let Some(task) = self
            .bots()
            .remove(bot_id)
            .and_then(|mut bot| bot.polling.take())
        {
            task.abort();
        }
        self.save();
        json!({"ok": true, "result": true, "description": "Webhook was deleted"})
    }

    /// Telegram's own answer with our address in it. A bot that is not bridged gets Telegram's answer untouched.
    async fn webhook_info(self: &std::sync::Arc<Self>, token: &str, bot_id: &str) -> Option<Value> {
        self.resume(token, bot_id);
        let (hook, trouble, trouble_at) = {
            let bots = self.bots();
            let bot = bots.get(bot_id)?;
            (bot.hook.clone()?, bot.trouble.clone(), bot.trouble_at)
        };
        let mut info = match self.api.call(token, "getWebhookInfo", json!({})).await {
            Ok(info) => info,
            Err(CallError::Refused(answer)) => return Some(answer),
            Err(CallError::Unreachable) => {
                return Some(refusal(502, "Bad Gateway: Telegram is not reachable"));
            }
        };
        // A webhook set for real since then is shown: the doctor must see that another tool took the bot over.
        if info
            .get("url")
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            info["url"] = json!(hook.url);
            info["max_connections"] = json!(hook.max_connections.unwrap_or(40));
            if let Some(allowed) = hook.allowed_updates {
                info["allowed_updates"] = json!(allowed);
            }
            if let (Some(trouble), Some(at)) = (trouble, trouble_at) {
                info["last_error_message"] = json!(trouble);
                info["last_error_date"] = json!(at);
            }
        }
        Some(json!({"ok": true, "result": info}))
    }

    /// Starts polling for a bot that has a hook and is not being polled.
    fn resume(self: &std::sync::Arc<Self>, token: &str, bot_id: &str) {
        let mut bots = self.bots();
        let Some(bot) = bots.get_mut(bot_id) else {
            return;
        };
        let Some(hook) = bot.hook.clone() else { return };
        if bot.polling.as_ref().is_none_or(JoinHandle::is_finished) {
            let (state, token, bot_id) = (
                std::sync::Arc::clone(self),
                token.to_owned(),
                bot_id.to_owned(),
            );
            bot.polling = Some(tokio::spawn(async move {
                state.poll(&token, &bot_id, &hook).await
            }));
        }
    }

    async fn poll(&self, token: &str, bot_id: &str, hook: &Hook) {
        let mut offset: i64 = 0;
        loop {
            let mut asked = json!({"offset": offset, "timeout": POLL_SECONDS});
            if let Some(allowed) = &hook.allowed_updates {
                asked["allowed_updates"] = json!(allowed);
            }
            match self.api.call(token, "getUpdates", asked).await {
                Ok(updates) => {
                    for update in updates.as_array().into_iter().flatten() {
                        self.deliver(token, bot_id, hook, update).await;
                        if let Some(id) = update.get("update_id").and_then(Value::as_i64) {
                            offset = id + 1;
                        }
                    }
                }
                Err(CallError::Refused(answer)) => {
                    let code = answer
                        .get("error_code")
                        .and_then(Value::as_u64)
                        .unwrap_or(0);
                    self.trouble(bot_id, &format!("getUpdates was refused with {code}"));
                    // Revoked, or taken over by a webhook or another poller: polling on would only do harm.
                    if matches!(code, 401 | 404 | 409) {
                        return;
                    }
                    tokio::time::sleep(wire::retry_after(&answer).unwrap_or(REST)).await;
                }
                Err(CallError::Unreachable) => {
                    self.trouble(bot_id, "Telegram is not reachable");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    /// Posts one update until the webhook takes it, and carries out a method that the answer names.
    async fn deliver(&self, token: &str, bot_id: &str, hook: &Hook, update: &Value) {
        let mut rest = REST;
        loop {
            match self
                .api
                .post_update(&hook.url, hook.secret_token.as_deref(), update)
                .await
            {
                Ok(answer) => {
                    if let Some(entry) = self.bots().get_mut(bot_id) {
                        entry.delivered += 1;
                        entry.trouble = None;
                        entry.trouble_at = None;
                    }
                    if let Some((method, parameters)) = answer.as_ref().and_then(wire::reply) {
                        // Its result is invisible with a real webhook, too.
                        let _ = self.api.call(token, method, parameters).await;
                    }
                    return;
                }
                Err(problem) => self.trouble(bot_id, &problem),
            }
            tokio::time::sleep(rest).await;
            rest = (rest * 2).min(LONGEST_REST);
        }
    }

    fn trouble(&self, bot_id: &str, what: &str) {
        tracing::warn!(bot = bot_id, what, "bridge");
        if let Some(bot) = self.bots().get_mut(bot_id) {
            let now = std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap_or_default();
            bot.trouble = Some(what.to_owned());
            bot.trouble_at = Some(now.as_secs());
        }
    }

    fn save(&self) {
        let Some(file) = &self.file else { return };
        let hooks: BTreeMap<String, Hook> = self
            .bots()
            .iter()
            .filter_map(|(id, bot)| Some((id.clone(), bot.hook.clone()?)))
            .collect();
        let text = serde_json::to_vec_pretty(&hooks).expect("texts and numbers serialise");
        if let Err(error) = std::fs::write(file, text) {
            tracing::warn!(%error, "the bridge's file could not be written");
        }
    }
}

fn refusal(code: u16, description: &str) -> Value {
    json!({"ok": false, "error_code": code, "description": description})
}
