//! Everything that Telegram would know: bots, people, chats, files, payments, pending updates.
//!
//! The state is plain data behind one lock. No function here waits or does network work, so every rule can be tested with a
//! clock that stands still.

mod adopt;
pub(crate) mod business;
pub(crate) mod chats;
pub(crate) mod files;
pub(crate) mod messages;
pub(crate) mod payments;
pub(crate) mod people;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stand_in_kit::{Generator, Refusal};

use crate::{
    delivery::Queue,
    faults::Faults,
    journal::Journal,
    limits::Limits,
    random,
    updates::{self, Body},
};
use chats::Dialog;
use files::{Blobs, FileInfo};
use payments::Ledger;

/// Settings that the control API changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Whether bots are held to Telegram's rate limits.
    pub rate_limits: bool,
    /// Messages that one chat takes at once before it is held to one a second.
    pub chat_burst: u32,
    /// Calls per second that one bot may make over all chats.
    pub bot_per_second: u32,
    /// Messages per minute into one group or channel.
    pub group_per_minute: u32,
    /// Milliseconds of real time that a webhook has for its answer.
    pub webhook_timeout_ms: u64,
    /// Whether deliveries to webhooks are paused (updates wait).
    pub hold_deliveries: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_limits: true,
            chat_burst: 10,
            bot_per_second: 30,
            group_per_minute: 20,
            webhook_timeout_ms: 60_000,
            hold_deliveries: false,
        }
    }
}

/// Where a bot's updates are delivered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub url: String,
    pub secret_token: Option<String>,
    pub max_connections: u32,
    pub ip_address: Option<String>,
    pub has_custom_certificate: bool,
    pub last_error_ms: Option<u64>,
    pub last_error_message: Option<String>,
    /// Since when every answer has been 410 Gone.
    pub gone_since_ms: Option<u64>,
}

/// One bot as Telegram knows it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Bot {
    pub id: i64,
    pub token: String,
    pub username: String,
    pub first_name: String,
    pub reads_all_group_messages: bool,
    /// Whether people may let it into their accounts.
    #[serde(default = "yes")]
    pub can_connect_to_business: bool,
    pub webhook: Option<Webhook>,
    /// `None` means Telegram's default set.
    pub allowed_updates: Option<BTreeSet<String>>,
    pub queue: Queue,
    pub next_update_id: i64,
    pub last_update_ms: u64,
    pub next_message_id: i64,
    pub dialogs: BTreeMap<i64, Dialog>,
    /// file_id of this bot -> file_unique_id.
    pub files: BTreeMap<String, String>,
    pub ledger: Ledger,
    /// setMyCommands and friends: (what, scope, language) joined by `|`.
    pub profile: BTreeMap<String, Value>,
    pub callbacks: BTreeMap<String, Callback>,
    #[serde(default)]
    pub last_set_webhook_ms: Option<u64>,
    /// Raised by setWebhook, deleteWebhook and each getUpdates: a poll of an older number ends with 409.
    #[serde(skip)]
    pub poll_generation: u64,
    /// Whether the poll that was ended last was ended by setWebhook.
    #[serde(skip)]
    pub poll_ended_by_webhook: bool,
    #[serde(skip)]
    pub polls_open: u32,
    #[serde(skip)]
    pub flood_until_ms: u64,
}

fn yes() -> bool {
    true
}

/// A pressed button that waits for its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Callback {
    pub person: i64,
    pub pressed_ms: u64,
    pub answer: Option<Value>,
}

impl Bot {
    /// The bot as a `User` object.
    pub(crate) fn user(&self) -> Value {
        json!({ "id": self.id, "is_bot": true, "first_name": self.first_name, "username": self.username })
    }
}

/// The whole state.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct World {
    pub rng: Generator,
    pub settings: Settings,
    pub bots: BTreeMap<i64, Bot>,
    pub people: BTreeMap<i64, people::Person>,
    pub groups: BTreeMap<i64, chats::Group>,
    #[serde(default)]
    pub business: business::Business,
    /// file_unique_id -> what the file is.
    pub files: BTreeMap<String, FileInfo>,
    pub next_bot: i64,
    pub next_person: i64,
    pub next_group: i64,
    pub next_file: u64,
    /// Added to the clock by the control API.
    pub skew_ms: u64,
    #[serde(skip)]
    pub limits: Limits,
    #[serde(skip)]
    pub faults: Faults,
    #[serde(skip)]
    pub journal: Journal,
    #[serde(skip)]
    pub blobs: Blobs,
}

impl World {
    pub(crate) fn new(seed: u64, rate_limits: bool) -> Self {
        Self {
            rng: Generator::new(seed),
            settings: Settings {
                rate_limits,
                ..Settings::default()
            },
            bots: BTreeMap::new(),
            people: BTreeMap::new(),
            groups: BTreeMap::new(),
            business: business::Business::default(),
            files: BTreeMap::new(),
            next_bot: 7_000_000_001,
            next_person: 501_000_001,
            next_group: 1,
            next_file: 1,
            skew_ms: 0,
            limits: Limits::default(),
            faults: Faults::default(),
            journal: Journal::default(),
            blobs: Blobs::default(),
        }
    }

    /// Leaves room before the next numbers: what was handed out after the last snapshot is not handed out again.
    pub(crate) fn skip_numbers(&mut self) {
        const ROOM: i64 = 1_000;
        for bot in self.bots.values_mut() {
            bot.next_message_id += ROOM;
            bot.next_update_id += ROOM;
        }
        for group in self.groups.values_mut() {
            group.next_message_id += ROOM;
        }
        for account in self.business.accounts.values_mut() {
            account.last_message_id += ROOM;
        }
    }

    pub(crate) fn bot(&self, id: i64) -> Result<&Bot, Refusal> {
        self.bots
            .get(&id)
            .ok_or_else(|| Refusal::missing("this bot"))
    }

    pub(crate) fn bot_mut(&mut self, id: i64) -> Result<&mut Bot, Refusal> {
        self.bots
            .get_mut(&id)
            .ok_or_else(|| Refusal::missing("this bot"))
    }

    /// Creates a bot the way BotFather does; a missing id or token is made up.
    pub(crate) fn create_bot(
        &mut self,
        id: Option<i64>,
        token: Option<String>,
        username: String,
        first_name: String,
        now_ms: u64,
    ) -> Result<i64, Refusal> {
        let token_id = token
            .as_deref()
            .and_then(|token| token.split(':').next())
            .and_then(|id| id.parse::<i64>().ok());
        if token.is_some() && token_id.is_none() {
            return Err(Refusal::bad("a token reads <bot id>:<secret>"));
        }
        let id = id.or(token_id).unwrap_or(self.next_bot);
        if token_id.is_some_and(|token_id| token_id != id) {
            return Err(Refusal::bad("the token belongs to another bot id"));
        }
        if self.bots.contains_key(&id) {
            return Err(Refusal::conflict("a bot with this id exists"));
        }
        if self
            .bots
            .values()
            .any(|bot| bot.username.eq_ignore_ascii_case(&username))
        {
            return Err(Refusal::conflict("Sorry, this username is already taken."));
        }
        if !is_bot_username(&username) {
            return Err(Refusal::bad(
                "Sorry, the username must be 5 to 32 of A-Z, a-z, 0-9, _ and end in 'bot'.",
            ));
        }
        self.next_bot = self.next_bot.max(id + 1);
        let token = token.unwrap_or_else(|| self.fresh_token(id));
        let next_update_id = self.fresh_update_id();
        self.bots.insert(
            id,
            Bot {
                id,
                token,
                username,
                first_name,
                reads_all_group_messages: false,
                can_connect_to_business: true,
                webhook: None,
                allowed_updates: None,
                queue: Queue::default(),
                next_update_id,
                last_update_ms: now_ms,
                next_message_id: 1,
                dialogs: BTreeMap::new(),
                files: BTreeMap::new(),
                ledger: Ledger::default(),
                profile: BTreeMap::new(),
                callbacks: BTreeMap::new(),
                last_set_webhook_ms: None,
                poll_generation: 0,
                poll_ended_by_webhook: false,
                polls_open: 0,
                flood_until_ms: 0,
            },
        );
        Ok(id)
    }

    /// Replaces a bot's token; the old one answers 401 from now on. The webhook stays, as with BotFather's /revoke.
    pub(crate) fn revoke_token(&mut self, id: i64) -> Result<String, Refusal> {
        self.bot(id)?;
        let token = self.fresh_token(id);
        self.bot_mut(id)?.token.clone_from(&token);
        Ok(token)
    }

    fn fresh_token(&mut self, id: i64) -> String {
        format!("{id}:AA{}", random::word(&mut self.rng, 33))
    }

    fn fresh_update_id(&mut self) -> i64 {
        100_000_000 + i64::try_from(self.rng.below(800_000_000)).unwrap_or(0)
    }

    /// The next update id: one higher, or a random one after a week without updates.
    pub(crate) fn take_update_id(&mut self, bot: i64, now_ms: u64) -> i64 {
        const WEEK_MS: u64 = 7 * 24 * 3_600_000;
        let random = self.fresh_update_id();
        let Some(bot) = self.bots.get_mut(&bot) else {
            return random;
        };
        if now_ms.saturating_sub(bot.last_update_ms) > WEEK_MS {
            bot.next_update_id = random;
        }
        bot.last_update_ms = now_ms;
        let id = bot.next_update_id;
        bot.next_update_id += 1;
        id
    }

    /// Queues an update for a bot unless its `allowed_updates` leave the kind out. Answers the update id when queued.
    pub(crate) fn push_update(
        &mut self,
        bot_id: i64,
        kind: &str,
        payload: Value,
        now_ms: u64,
    ) -> Option<i64> {
        let bot = self.bots.get(&bot_id)?;
        if !updates::is_allowed(kind, bot.allowed_updates.as_ref()) {
            return None;
        }
        let update_id = self.take_update_id(bot_id, now_ms);
        let queue = updates::queue_key(kind, &payload);
        let body = json!({ "update_id": update_id, kind: payload });
        let bot = self.bots.get_mut(&bot_id)?;
        bot.queue
            .push(Some(update_id), kind, queue, Body::Json(body), now_ms);
        Some(update_id)
    }
}

fn is_bot_username(username: &str) -> bool {
    (5..=32).contains(&username.len())
        && username
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
        && username.to_ascii_lowercase().ends_with("bot")
}
