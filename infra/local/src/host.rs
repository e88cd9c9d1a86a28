//! The host as a whole: what the templates describe, running.

mod ai;
mod clock;
mod mail;
mod options;
mod parts;
mod resources;
mod schedules;
mod secrets;
mod stripe;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use emulator::{Emulator, ShiftClock};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use options::{
    GROQ_KEY, HostOptions, STRIPE_KEY, STRIPE_WEBHOOK_SECRET, Stripe, Telegram, XAI_KEY,
};
pub use stripe::check_stripe_key;

use ai::Ai;
use stripe::StripeParts;

use crate::bridge::Bridge;
use crate::error::HostError;
use crate::gate::HostGate;
use crate::http::{Api, Routes};
use crate::runtime::calls::Tracker;
use crate::runtime::log::LogBook;
use crate::runtime::record::History;
use crate::runtime::{Functions, Kill, KillPlan};
use crate::sources::Sources;
use crate::template::{self, Deployment, Inputs};

/// How long running invocations may take to end when the host stops.
const GRACE: Duration = Duration::from_secs(3);

/// A running host; clones share it. Stop it with [`Host::stop`].
#[derive(Clone)]
pub struct Host {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) address: SocketAddr,
    pub(crate) deployment: Deployment,
    pub(crate) emulator: Emulator,
    pub(crate) clock: Arc<ShiftClock>,
    pub(crate) functions: Arc<Functions>,
    pub(crate) sources: Sources,
    pub(crate) gate: Arc<HostGate>,
    pub(crate) telegram: Option<telegram_stand_in::Control>,
    pub(crate) telegram_url: String,
    pub(crate) bridge: Option<Arc<Bridge>>,
    pub(crate) ai: Ai,
    pub(crate) stripe: StripeParts,
    vendor_keys: BTreeMap<String, String>,
    pub(crate) started: Instant,
    /// File that keeps the clock's offset over restarts: stored times must not lie in the future.
    clock_file: Option<PathBuf>,
    stand_in: tokio::sync::Mutex<Option<telegram_stand_in::Handle>>,
    ai_stand_in: tokio::sync::Mutex<Option<ai_stand_in::Handle>>,
    stripe_stand_in: tokio::sync::Mutex<Option<stripe_stand_in::Handle>>,
    stop: watch::Sender<bool>,
    server: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Host {
    /// Starts the embedded AWS, creates what the templates describe, and serves.
    ///
    /// # Errors
    /// When a port is taken, a template cannot be resolved, a resource cannot be created, a role lacks what its event source
    /// needs, or Stripe's key is a live one.
    pub async fn start(options: HostOptions) -> Result<Self, HostError> {
        // The client library has no TLS provider of its own; a second host in the same process finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let started = Instant::now();
        let listener =
            TcpListener::bind(options.listen)
                .await
                .map_err(|source| HostError::Listen {
                    address: options.listen,
                    source,
                })?;
        let address = listener.local_addr().map_err(|source| HostError::Listen {
            address: options.listen,
            source,
        })?;
        let clock_file = options
            .data_dir
            .as_ref()
            .map(|folder| folder.join("clock-offset-ms"));
        let kept: Option<i64> = clock_file
            .as_ref()
            .and_then(|file| std::fs::read_to_string(file).ok()?.trim().parse().ok());
        let asked = options.clock.offset_ms();
        if let Some(offset) = kept
            && (asked == 0 || offset > asked)
        {
            options.clock.shift(offset - asked);
        }
        let mut aws =
            emulator::Options::new(Arc::clone(&options.clock) as Arc<dyn emulator::Clock>);
        aws.listen = options.aws_listen;
        aws.data_dir = options.data_dir.as_ref().map(|folder| folder.join("aws"));
        let (account, region) = (aws.account_id.clone(), aws.region.clone());
        let emulator = Emulator::start(aws).await?;
        let deployment = template::read(
            &options.template,
            &Inputs {
                account: account.clone(),
                region: region.clone(),
                stack_name: options.stack_name.clone(),
                queue_origin: emulator.endpoint(),
                parameters: options.parameters.clone(),
            },
        )?;
        resources::create(&emulator, &deployment)?;
        let gate = Arc::new(HostGate::new(Arc::new(Tracker::default())));
        resources::check_sources(&emulator, &deployment, &gate)?;
        emulator.set_gate(Some(Arc::clone(&gate) as Arc<dyn emulator::gate::Gate>));

        let public_url = format!("http://{address}");
        let telegram = parts::start_telegram(&options).await?;
        let (ai, ai_stand_in) = Ai::start(&options).await?;
        let (stripe, stripe_stand_in) = StripeParts::start(&options, &public_url).await?;
        let functions = Arc::new(parts::functions(
            &options,
            &deployment,
            &emulator,
            &gate,
            parts::upstreams(&telegram, &ai, &stripe)?,
            &public_url,
            &region,
        )?);
        let mut keys = options.vendor_keys.clone();
        keys.extend(stripe.prepare().await?);
        secrets::set(&functions, &keys).await?;
        if let Some(bridge) = &telegram.bridge {
            bridge.start();
        }
        let sources = Sources::start(
            &deployment.mappings,
            emulator.sqs(),
            &functions,
            options.concurrency,
            &region,
        );
        if !options.sources_running {
            sources.pause_all();
        }
        schedules::start(&emulator, &deployment, &functions, options.sources_running)?;
        let api = Arc::new(Api {
            routes: Routes::new(deployment.routes.clone()),
            functions: Arc::clone(&functions),
            account,
            region,
            site: options.site_dir,
        });
        let inner = Arc::new(Inner {
            address,
            deployment,
            emulator,
            clock: options.clock,
            functions,
            sources,
            gate,
            telegram: telegram
                .stand_in
                .as_ref()
                .map(telegram_stand_in::Handle::control),
            telegram_url: telegram.url,
            bridge: telegram.bridge,
            ai,
            stripe,
            vendor_keys: options.vendor_keys,
            started,
            clock_file,
            stand_in: tokio::sync::Mutex::new(telegram.stand_in),
            ai_stand_in: tokio::sync::Mutex::new(ai_stand_in),
            stripe_stand_in: tokio::sync::Mutex::new(stripe_stand_in),
            stop: watch::Sender::new(false),
            server: tokio::sync::Mutex::new(None),
        });
        let server = parts::serve(listener, api, Arc::clone(&inner));
        *inner.server.lock().await = Some(tokio::spawn(server));
        Ok(Self { inner })
    }

    /// Origin of the HTTP API, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// The embedded AWS: tables, queues, keys, mail, recorded calls.
    #[must_use]
    pub fn aws(&self) -> &Emulator {
        &self.inner.emulator
    }

    /// The functions: invoke, kill, pause.
    #[must_use]
    pub fn functions(&self) -> &Functions {
        &self.inner.functions
    }

    /// The event sources: pause and resume.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.inner.sources
    }

    /// What the templates say.
    #[must_use]
    pub fn deployment(&self) -> &Deployment {
        &self.inner.deployment
    }

    /// Faults, used actions and refusals.
    #[must_use]
    pub fn gate(&self) -> &HostGate {
        &self.inner.gate
    }

    /// What happened in each invocation.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.inner.functions.shared.history
    }

    /// What the functions wrote.
    #[must_use]
    pub fn log(&self) -> &LogBook {
        &self.inner.functions.shared.log
    }

    /// The stand-in for Telegram; `None` with the bridge.
    #[must_use]
    pub fn telegram(&self) -> Option<&telegram_stand_in::Control> {
        self.inner.telegram.as_ref()
    }

    /// Base address of the Bot API behind the functions.
    #[must_use]
    pub fn telegram_url(&self) -> &str {
        &self.inner.telegram_url
    }

    /// The stand-in for the AI vendors; `None` when both are real.
    #[must_use]
    pub fn ai(&self) -> Option<&ai_stand_in::Control> {
        self.inner.ai.control.as_ref()
    }

    /// Address of the AI stand-in's page, when it runs.
    #[must_use]
    pub fn ai_url(&self) -> Option<&str> {
        self.inner.ai.url.as_deref()
    }

    /// AI vendors that are called for real: `xai`, `groq`.
    #[must_use]
    pub fn real_vendors(&self) -> Vec<&str> {
        self.inner.ai.real().collect()
    }

    /// The stand-in for Stripe; `None` where a sandbox of Stripe's own is called.
    #[must_use]
    pub fn stripe(&self) -> Option<&stripe_stand_in::Control> {
        self.inner.stripe.control.as_ref()
    }

    /// Base address of the Stripe behind the functions.
    #[must_use]
    pub fn stripe_url(&self) -> &str {
        &self.inner.stripe.url
    }

    /// API keys of the AI vendors and of Stripe, by the name of the platform secret that holds them.
    #[must_use]
    pub fn vendor_keys(&self) -> &BTreeMap<String, String> {
        &self.inner.vendor_keys
    }

    /// The bridge to a real Telegram, when there is one.
    #[must_use]
    pub fn bridge(&self) -> Option<&Bridge> {
        self.inner.bridge.as_deref()
    }

    /// Kills a function in the middle of coming invocations.
    pub fn plan_kill(&self, mut plan: KillPlan) {
        if let Some(function) = &plan.function
            && let Some(name) = self.inner.functions.resolve(function)
        {
            plan.function = Some(name.to_owned());
        }
        self.inner.gate.tracker.add_plan(plan);
    }

    /// Kill plans not yet used up.
    #[must_use]
    pub fn kill_plans(&self) -> Vec<KillPlan> {
        self.inner.gate.tracker.plans()
    }

    /// Removes all kill plans.
    pub fn clear_kill_plans(&self) {
        self.inner.gate.tracker.clear_plans();
    }

    /// Kills that plans have made.
    #[must_use]
    pub fn kills(&self) -> Vec<Kill> {
        self.inner.gate.tracker.kills()
    }

    /// What everybody's clock shows, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        emulator::Clock::now_ms(&*self.inner.clock)
    }

    /// Empties tables, queues, mail, logs, records and stand-ins; schedules, sources, routes, keys and Stripe's prices stay.
    ///
    /// # Errors
    /// When the embedded AWS cannot be emptied, or Stripe or a key cannot be set up again.
    pub async fn reset(&self) -> Result<(), HostError> {
        let inner = &self.inner;
        let was_running: Vec<_> = inner
            .sources
            .states()
            .into_iter()
            .filter(|s| s.running)
            .map(|s| s.mapping.id)
            .collect();
        inner.sources.pause_all();
        inner.functions.kill_all().await;
        resources::empty(&inner.emulator, &inner.deployment)?;
        inner.gate.forget();
        inner.gate.tracker.clear_plans();
        inner.gate.tracker.clear_kills();
        inner.emulator.recorder().clear();
        self.history().clear();
        self.log().clear();
        if let Some(telegram) = &inner.telegram
            && let Err(error) = telegram
                .call("POST", "/reset", serde_json::Value::Null)
                .await
        {
            tracing::warn!(%error, "the stand-in for Telegram kept its state");
        }
        if let Some(ai) = self.ai()
            && let Err(error) = ai.call("POST", "/reset", serde_json::Value::Null).await
        {
            tracing::warn!(%error, "the stand-in for the AI vendors kept its state");
        }
        if let Some(stripe) = self.stripe() {
            stripe
                .call("POST", "/reset", serde_json::Value::Null)
                .await?;
        }
        let mut keys = inner.vendor_keys.clone();
        keys.extend(inner.stripe.prepare().await?);
        secrets::set(&inner.functions, &keys).await?;
        for id in was_running {
            inner.sources.set_running(&id, true);
        }
        Ok(())
    }

    /// Stops everything in order: no new requests, running invocations get a few seconds, then processes are killed.
    /// Messages that were not dealt with are visible again; state is written.
    pub async fn stop(&self) {
        let inner = &self.inner;
        inner.stop.send_replace(true);
        if let Some(bridge) = &inner.bridge {
            bridge.stop().await;
        }
        tokio::join!(inner.sources.stop(), inner.functions.stop(GRACE));
        if let Some(server) = inner.server.lock().await.take() {
            // Open connections that say nothing must not hold up the end.
            let _ = tokio::time::timeout(Duration::from_secs(1), server).await;
        }
        if let Some(stand_in) = inner.stand_in.lock().await.take()
            && let Err(error) = stand_in.stop().await
        {
            tracing::warn!(%error, "the stand-in for Telegram did not write its state");
        }
        if let Some(stand_in) = inner.ai_stand_in.lock().await.take() {
            stand_in.stop().await;
        }
        if let Some(stand_in) = inner.stripe_stand_in.lock().await.take()
            && let Err(error) = stand_in.stop().await
        {
            tracing::warn!(%error, "the stand-in for Stripe did not write its state");
        }
        inner.emulator.stop().await;
    }
}
