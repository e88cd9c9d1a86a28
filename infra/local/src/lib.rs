//! The laptop host: a small AWS made of real protocols.
//!
//! [`Host::start`] reads the templates that deploy the product, creates their tables, queues, keys, buckets and roles in the
//! embedded AWS, and runs the same function binaries over the Lambda Runtime API. Functions cannot tell the difference
//! but for these variables: `AWS_ENDPOINT_URL`, `TELEGRAM_API_URL`, `XAI_API_URL`, `GROQ_API_URL`, `STRIPE_API_URL`,
//! `CLOCK_OFFSET_SECONDS`, `SITE_URL` and the value of `PUBLIC_URL`.
//!
//! | part | what it does |
//! |---|---|
//! | [`template`] | reads CloudFormation and SAM into a typed deployment |
//! | [`runtime`] | one process per sandbox, Runtime API, time-outs, records of each invocation |
//! | `http` | the HTTP API, payload format 2.0 |
//! | [`sources`] | SQS event source mappings |
//! | [`gate`] | counts AWS calls, kills and fails on request, notes which actions a role used |
//! | `control` | page and JSON API under `/__local` |
//! | [`bridge`] | a real bot without a public address |
//! | [`seed`] | a demo creator, so that no page is empty |
//! | [`build`], [`dashboard`] | build the functions and the dashboard when their sources changed |
//!
//! Tests start a host of their own:
//!
//! ```no_run
//! # async fn example() -> Result<(), local::HostError> {
//! let host = local::Host::start(local::HostOptions::new("template.yaml", "target/debug")).await?;
//! // ... requests to host.url(), a look at host.history(), host.aws(), host.advance(..)
//! host.stop().await;
//! # Ok(())
//! # }
//! ```

pub mod bridge;
pub mod build;
mod control;
pub mod dashboard;
mod error;
pub mod gate;
mod host;
mod http;
mod ids;
pub mod runtime;
pub mod seed;
pub mod sources;
pub mod template;

pub use emulator::ShiftClock;
pub use error::HostError;
pub use host::{
    GROQ_KEY, Host, HostOptions, STRIPE_KEY, STRIPE_WEBHOOK_SECRET, Stripe, Telegram, XAI_KEY,
    check_stripe_key,
};
pub use runtime::{Functions, InvokeError, Kill, KillPlan, Request};
