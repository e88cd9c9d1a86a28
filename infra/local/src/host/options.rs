//! How to start a host.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use emulator::ShiftClock;

/// Name of the platform secret that holds xAI's key.
pub const XAI_KEY: &str = "xai-api-key";
/// Name of the platform secret that holds Groq's key.
pub const GROQ_KEY: &str = "groq-api-key";
/// Name of the platform secret that holds Stripe's key.
pub const STRIPE_KEY: &str = "stripe-key";
/// Name of the platform secret that Stripe's webhooks are signed with.
pub const STRIPE_WEBHOOK_SECRET: &str = "stripe-webhook-secret";

/// Which Telegram the functions talk to.
#[derive(Debug, Clone)]
pub enum Telegram {
    /// The stand-in, listening here (port 0 picks a free one).
    StandIn {
        /// Where to listen.
        listen: SocketAddr,
        /// Seed of its random choices.
        seed: u64,
        /// Whether its rate limits start switched on.
        rate_limits: bool,
    },
    /// A real Bot API at this address, bridged: webhooks are emulated by polling `getUpdates`.
    Bridge {
        /// Base address without a slash at the end: `https://api.telegram.org`.
        api_url: String,
    },
}

/// Which Stripe the functions talk to. Either way no money moves: a live key is refused.
#[derive(Debug, Clone)]
pub enum Stripe {
    /// The stand-in, listening here (port 0 picks a free one).
    StandIn {
        /// Where to listen.
        listen: SocketAddr,
    },
    /// A sandbox of Stripe's own, by the key among `vendor_keys`. It cannot reach a laptop: its webhooks come by
    /// `stripe listen`, whose secret is among `vendor_keys`, too.
    Sandbox {
        /// Base address without a slash at the end: `https://api.stripe.com`.
        api_url: String,
    },
}

/// How to start a host. It has no `Debug`: it holds keys.
#[derive(Clone)]
pub struct HostOptions {
    /// Root template.
    pub template: PathBuf,
    /// Folder with the function binaries.
    pub binaries_dir: PathBuf,
    /// Folder with the dashboard's built files; without them its paths answer 404.
    pub site_dir: PathBuf,
    /// Where the HTTP API and the control page listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Where the embedded AWS listens.
    pub aws_listen: SocketAddr,
    /// Telegram.
    pub telegram: Telegram,
    /// Stripe.
    pub stripe: Stripe,
    /// The catalogue's list of what is sold; without the file Stripe has no prices.
    pub plans: PathBuf,
    /// Where the stand-in for the AI vendors listens.
    pub ai_listen: SocketAddr,
    /// Vendors that are called for real, `xai` or `groq`, with their base address without a slash at the end. The others
    /// are the stand-in.
    pub vendor_urls: BTreeMap<String, String>,
    /// API keys of the vendors and of Stripe by the name of the platform secret that holds them. Functions never get them by
    /// their environment.
    pub vendor_keys: BTreeMap<String, String>,
    /// Folder for all state; `None` keeps everything in memory.
    pub data_dir: Option<PathBuf>,
    /// The time of everything: functions, embedded AWS, stand-ins.
    pub clock: Arc<ShiftClock>,
    /// Most processes of one function at a time, where the template reserves no number.
    pub concurrency: u32,
    /// Name of the root stack.
    pub stack_name: String,
    /// Values for parameters of the root template.
    pub parameters: BTreeMap<String, String>,
    /// Whether event sources poll and schedules fire from the start.
    pub sources_running: bool,
    /// Extra environment for functions, also where the template has no such variable. For tests.
    pub extra_environment: BTreeMap<String, String>,
}

impl HostOptions {
    /// In memory, on free ports, with the stand-ins for Telegram, Stripe and the AI vendors: what a test wants.
    #[must_use]
    pub fn new(template: impl Into<PathBuf>, binaries_dir: impl Into<PathBuf>) -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let template: PathBuf = template.into();
        Self {
            site_dir: template.with_file_name("functions").join("dashboard/dist"),
            plans: template.with_file_name("infra").join("api/plans.json"),
            template,
            binaries_dir: binaries_dir.into(),
            listen: any,
            aws_listen: any,
            telegram: Telegram::StandIn {
                listen: any,
                seed: 1,
                rate_limits: true,
            },
            stripe: Stripe::StandIn { listen: any },
            ai_listen: any,
            vendor_urls: BTreeMap::new(),
            vendor_keys: BTreeMap::from([
                (XAI_KEY.to_owned(), "demo-xai".to_owned()),
                (GROQ_KEY.to_owned(), "demo-groq".to_owned()),
                (STRIPE_KEY.to_owned(), "sk_test_demo".to_owned()),
            ]),
            data_dir: None,
            clock: Arc::new(ShiftClock::default()),
            concurrency: 2,
            stack_name: "sofi".into(),
            parameters: BTreeMap::new(),
            sources_running: true,
            extra_environment: BTreeMap::new(),
        }
    }
}
