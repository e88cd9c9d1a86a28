//! The state of one stand-in.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use stand_in_kit::Generator;

use crate::{
    faults::Faults, journal::Journal, models::Vendor, replies::Replies, tokens::PromptCache,
};

/// What the control API can switch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Sound requests wait until they are released.
    pub hold: bool,
    /// Every sound request takes so much longer, in milliseconds of real time.
    pub delay_ms: u64,
    /// What xAI's header `x-zero-data-retention` says.
    pub zero_data_retention: bool,
    /// Whether keys that begin with `demo-` are accepted.
    pub accept_demo_keys: bool,
    /// Model ids that both vendors serve besides their own.
    pub extra_models: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hold: false,
            delay_ms: 0,
            zero_data_retention: true,
            accept_demo_keys: true,
            extra_models: Vec::new(),
        }
    }
}

/// Groq's minute: which tokens and requests its headers count.
#[derive(Default)]
pub(crate) struct Minute {
    started_ms: u64,
    pub tokens: u64,
    pub requests: u64,
}

impl Minute {
    /// Adds one request, in a new minute when the old one is over.
    pub(crate) fn add(&mut self, now_ms: u64, tokens: u64) {
        if now_ms.saturating_sub(self.started_ms) >= 60_000 {
            *self = Self {
                started_ms: now_ms,
                ..Self::default()
            };
        }
        self.tokens += tokens;
        self.requests += 1;
    }
}

pub(crate) struct World {
    pub settings: Settings,
    pub faults: Faults,
    pub replies: Replies,
    pub journal: Journal,
    pub cache: PromptCache,
    pub generator: Generator,
    pub minute: Minute,
    /// How many lies each language has told, so that they take turns.
    pub lies: BTreeMap<String, usize>,
    /// Requests that wait to be released, by their number in the log.
    pub held: BTreeSet<u64>,
    keys: BTreeSet<(Vendor, String)>,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            settings: Settings::default(),
            faults: Faults::new(seed),
            replies: Replies::default(),
            journal: Journal::default(),
            cache: PromptCache::default(),
            generator: Generator::new(seed),
            minute: Minute::default(),
            lies: BTreeMap::new(),
            held: BTreeSet::new(),
            keys: BTreeSet::new(),
        }
    }

    pub(crate) fn accepts(&self, vendor: Vendor, key: &str) -> bool {
        (self.settings.accept_demo_keys && key.starts_with("demo-"))
            || self.keys.contains(&(vendor, key.to_owned()))
    }

    pub(crate) fn add_key(&mut self, vendor: Vendor, key: String) {
        self.keys.insert((vendor, key));
    }

    pub(crate) fn clear_keys(&mut self) {
        self.keys.clear();
    }

    /// How many keys were added; the keys themselves are never shown.
    pub(crate) fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// Lets requests go on that are held, oldest first; answers how many.
    pub(crate) fn release(&mut self, count: usize) -> usize {
        let mut released = 0;
        while released < count && self.held.pop_first().is_some() {
            released += 1;
        }
        released
    }
}
