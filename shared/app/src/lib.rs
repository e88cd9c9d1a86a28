//! What a handler is given: clock, store, vault, queues, the caller's proof, idempotency.
//!
//! A function crate builds one [`App`] and wraps each handler with [`App::serve`], which checks the route's access
//! before the handler runs and turns refusals into problem bodies after it. Handlers take proofs as arguments; see
//! `infra/docs/adding-an-endpoint.md`.

mod address_key;
mod alert_link;
mod audit;
mod call;
mod cards;
mod client;
mod closing;
mod config;
mod drafts;
mod edge;
mod erasing;
mod events;
mod exporting;
mod finding;
mod hearing;
mod holders;
mod idempotency;
mod keyring;
mod memberships;
mod outbox;
mod plan;
mod problem;
mod reason;
mod sealing;
mod secrets;
mod sessions;
mod tags;
mod team;
mod tokens;

use std::sync::Arc;

use aws::Aws;
use domain::{Clock, Entropy, SystemClock, SystemEntropy};
use jobs::Jobs;
use store::Store;
use thiserror::Error;
use vault::Vault;

pub use address_key::AddressKey;
pub use alert_link::{ALERT_LINK_LASTS, AlertLink, alert_link, open_alert_link};
pub use audit::{AuditEntry, AuditSubject};
pub use call::Call;
pub use cards::open_card;
pub use client::{device_name, network};
pub use closing::CLOSING_PATIENCE;
pub use config::{Config, Models};
pub use drafts::{heads, withdraw_draft};
pub use edge::PROVED_FOR;
pub use erasing::{
    ERASURE_PATIENCE, Erasure, erasure_word, is_erasure_word, opens_erasure, tombstone_mark,
};
pub use events::{Event, event_row};
pub use exporting::{Export, Received, export_file};
pub use finding::{FanLists, relist, unused_tags};
pub use idempotency::{Claim, Replay};
pub use memberships::MembershipChange;
pub use outbox::open_outbox;
pub use plan::{require_room, standing_of};
pub use problem::{IntoProblem, OrProblem};
pub use reason::check_reason;
pub use sealing::{SealsJson, place};
pub use sessions::{MOST_AT_ONCE, MOST_SESSIONS, MOST_TOKENS, begin_session, end_session};
pub use tags::open_tags;
pub use team::{longest_first, members};

/// Why a function cannot work.
#[derive(Debug, Error)]
pub enum AppError {
    /// A variable of the template is missing.
    #[error("the environment lacks {0}")]
    Missing(&'static str),
    /// A variable has another form.
    #[error("the environment's {0} is not understood")]
    Malformed(&'static str),
    /// AWS's part of the environment.
    #[error("the environment of AWS is incomplete")]
    Aws(#[from] aws::AwsError),
    /// The store.
    #[error("the store did not do what was asked")]
    Store(#[from] store::StoreError),
    /// The vault.
    #[error("the vault did not do what was asked")]
    Vault(#[from] vault::VaultError),
    /// The queues.
    #[error("the queue did not do what was asked")]
    Jobs(#[from] jobs::JobsError),
    /// A row that always exists is not there.
    #[error("the tenant has no {0}")]
    Absent(&'static str),
    /// Something that has to be complete first is under way.
    #[error("{0} is under way")]
    Underway(&'static str),
    /// A platform secret that the code made has another form.
    #[error("a stored platform secret has another form")]
    SecretForm,
    /// Sealed JSON of another form.
    #[error("the opened value is not the expected JSON")]
    Json(#[from] serde_json::Error),
}

/// Everything a handler may use. One per process, made during initialisation.
pub struct App {
    /// The environment, read once.
    pub config: Config,
    /// The only source of time.
    pub clock: Arc<dyn Clock>,
    /// The only source of randomness.
    pub entropy: Arc<dyn Entropy>,
    /// AWS, for services that have a crate of their own: mail, anchors, objects.
    pub aws: Aws,
    /// Rows.
    pub store: Store,
    /// Keys.
    pub vault: Vault,
    /// Queues.
    pub jobs: Jobs,
    keyring: keyring::Keyring,
    secrets: secrets::Secrets,
}

impl App {
    /// Builds everything from the environment; opens no connection.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_env() -> Result<&'static Self, AppError> {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let config = Config::from_env(read)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::with_offset(config.clock_offset_seconds));
        let aws = Aws::new(aws::AwsOptions::from_env(read)?, clock.clone());
        let app = Self {
            store: Store::new(
                aws.clone(),
                store::TableNames::from_env(read),
                clock.clone(),
            ),
            vault: Vault::new(
                aws.clone(),
                read("DATA_KEY_ARN").unwrap_or_default(),
                clock.clone(),
            ),
            jobs: Jobs::new(&aws, jobs::QueueUrls::from_env(read)),
            aws,
            keyring: keyring::Keyring::new(clock.clone()),
            secrets: secrets::Secrets::default(),
            entropy: Arc::new(SystemEntropy::new()),
            config,
            clock,
        };
        // One per process, for as long as it lives: handlers borrow it without counting references.
        Ok(Box::leak(Box::new(app)))
    }

    /// Opens the database connection while initialisation runs at full CPU; the answer does not matter.
    pub async fn warm(&self) {
        drop(self.store.routing().find_session("warm").await);
    }

    /// A fresh id from the clock and randomness of this app.
    pub fn mint<T>(&self, new: fn(&dyn Clock, &dyn Entropy) -> T) -> T {
        new(self.clock.as_ref(), self.entropy.as_ref())
    }

    /// Twenty-six fresh characters that make a key or message unique.
    pub fn unique(&self) -> String {
        domain::ids::new_ulid(self.clock.as_ref(), self.entropy.as_ref()).to_string()
    }
}
