//! The vendors' wire formats behind one trait.
//!
//! Structs of our own, tolerant on purpose: every enum of a vendor is a string, unknown fields are ignored, counts
//! may be missing. What the model wrote is then read strictly (`reply.rs`).

mod exchange;
mod groq;
mod http;
#[cfg(test)]
mod tests;
mod xai;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use exchange::{Connection, ConnectionError, MAX_RESPONSE_BYTES};
pub use groq::Groq;
pub use xai::Xai;

use crate::error::AskError;
use crate::reply::Reply;
use crate::request::Request;
use crate::vendor::Vendor;

/// A question under way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Result<Reply, AskError>> + Send + 'a>>;

/// A model that can be asked.
pub trait Llm: Send + Sync {
    /// Who runs it.
    fn vendor(&self) -> Vendor;

    /// The model id that is asked for.
    fn model(&self) -> &str;

    /// Asks once, with at most one repetition where the vendor surely did not answer, and ends within the given time.
    ///
    /// Dropping the future ends the call; it may have been billed.
    fn ask<'a>(&'a self, request: &'a Request, within: Duration) -> Asking<'a>;
}

/// How long a model may think before it writes. Models that cannot think refuse the setting, so it is left out unless
/// configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Not at all, said explicitly.
    None,
    /// A little.
    Low,
}

impl Effort {
    const fn as_str(self) -> &'static str {
        match self {
            Effort::None => "none",
            Effort::Low => "low",
        }
    }
}
