//! What can keep the host from starting or serving.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::template::TemplateError;

/// The host's errors.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// A port is taken or not allowed.
    #[error("cannot listen on {address}; is a host running already? Another port: --port <n>")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// The cause.
        source: std::io::Error,
    },
    /// The templates cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The embedded AWS failed.
    #[error("the embedded AWS failed")]
    Aws(#[from] emulator::Error),
    /// A resource of the templates could not be created.
    #[error(
        "{what} could not be created; after a change of keys or indexes start once with --fresh"
    )]
    Resource {
        /// Its name.
        what: String,
        /// The cause.
        source: emulator::Error,
    },
    /// A role names a managed policy, whose content the host does not know.
    #[error("role {role} uses the managed policy {policy}; write its statements out")]
    ManagedPolicy {
        /// Role name.
        role: String,
        /// Policy ARN.
        policy: String,
    },
    /// Lambda would refuse the event source: the role lacks an action.
    #[error("{function}: its role may not {action} on {queue}, so AWS refuses the event source")]
    SourceNotAllowed {
        /// Logical id of the function.
        function: String,
        /// The missing action.
        action: &'static str,
        /// ARN of the queue.
        queue: String,
    },
    /// The stand-in for Telegram could not start.
    #[error("the stand-in for Telegram could not start")]
    Telegram(#[from] telegram_stand_in::Error),
    /// The stand-in for the AI vendors could not start.
    #[error("the stand-in for the AI vendors could not start")]
    Ai(#[from] ai_stand_in::Error),
    /// The stand-in for Stripe could not start, or did not follow.
    #[error("the stand-in for Stripe failed")]
    Stripe(#[from] stripe_stand_in::Error),
    /// The key moves real money.
    #[error(
        "STRIPE_API_KEY is a live key: a laptop takes keys of a sandbox only, so that no money moves"
    )]
    LiveStripeKey,
    /// The key is none of Stripe's secret ones.
    #[error("STRIPE_API_KEY is no key of a sandbox: one begins with sk_test_ or rk_test_")]
    NoStripeKey,
    /// Stripe did not answer.
    #[error("Stripe did not answer; without STRIPE_API_KEY the stand-in is used")]
    StripeUnreachable(#[source] reqwest::Error),
    /// Stripe refused what the host set up there.
    #[error("Stripe refused what the host sets up there ({status} {code}): {message}")]
    StripeRefused {
        /// The HTTP status.
        status: u16,
        /// Stripe's word for it; empty when there is none.
        code: String,
        /// Stripe's sentence.
        message: String,
    },
    /// The catalogue's list of what is sold cannot be read.
    #[error("infra/api/plans.json is not what the catalogue writes")]
    Plans(#[source] serde_json::Error),
    /// A name that is neither `xai` nor `groq`.
    #[error("{0} is not an AI vendor; there are xai and groq")]
    Vendor(String),
    /// The key of a vendor could not be set.
    #[error("the platform secret {name} could not be set")]
    Secret {
        /// Name of the platform secret.
        name: String,
        /// The cause.
        source: crate::runtime::InvokeError,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Client(#[source] reqwest::Error),
    /// The state folder cannot be used.
    #[error("the state folder cannot be used")]
    Folder(#[source] std::io::Error),
    /// Another host works on the same state.
    #[error("{} is in use by another host; stop it, or start with --data <folder> and --port <n>", .0.display())]
    InUse(PathBuf),
    /// The product's folder was not found.
    #[error("{} has no template.yaml; start the host in the repository", .0.display())]
    NoRepository(PathBuf),
    /// Something that the host needs is missing.
    #[error("missing: {0}")]
    Missing(String),
    /// The host was started as a Lambda function.
    #[error("AWS_LAMBDA_FUNCTION_NAME is set: the laptop host must never run on Lambda")]
    OnLambda,
    /// The functions did not build.
    #[error("the functions did not build (exit status {0})")]
    Build(String),
    /// The dashboard did not build.
    #[error("the dashboard did not build (npm {step}: {status}); its own message is above")]
    Dashboard {
        /// What npm was asked for.
        step: String,
        /// How it ended.
        status: String,
    },
    /// Nobody can be seeded into the real Telegram.
    #[error(
        "--seed writes as sixty invented people: it needs the Telegram stand-in, not the bridge"
    )]
    SeedNeedsStandIn,
    /// The demo could not be made.
    #[error("--seed did not get {what}: {why}; start again with --fresh --seed")]
    Seed {
        /// What was asked for.
        what: String,
        /// What came instead.
        why: String,
    },
    /// A flag is unknown or lacks its value.
    #[error("{0}")]
    Usage(String),
}
