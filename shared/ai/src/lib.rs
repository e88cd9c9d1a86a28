//! From "we want a reply" to a vendor's checked answer.
//!
//! Pure where it can be, and small: no AWS, no storage, one HTTP client per process. Four parts, in the order of use:
//!
//! 1. [`prompt`] makes a [`Request`] of what the product knows. It carries no ids, and one fan only.
//! 2. [`cost`] says what the request can cost at most, and what the reply did cost.
//! 3. [`route`] picks the vendors and asks them in turn, each behind a breaker.
//! 4. [`Xai`] and [`Groq`] speak the two wire formats behind the one trait [`Llm`].
//!
//! Must never: log or print a prompt, a reply or a key; ask a vendor that the caller did not name; repair an answer
//! that is not exactly the object that was asked for. What a reply may say is for the caller to check: nothing here
//! judges its content.

pub mod cost;
pub mod prompt;
pub mod route;

mod error;
mod reply;
mod request;
mod tokens;
mod vendor;
mod wire;

pub use error::{AskError, Part};
pub use reply::{Concern, MAX_FACT_CHARS, MAX_FACTS, MAX_REPLY_CHARS, ProposedFact, Reply, Usage};
pub use request::{Message, Request, Role, Versions};
pub use tokens::estimated_tokens;
pub use vendor::{Models, Vendor};
pub use wire::{Asking, Connection, ConnectionError, Effort, Groq, Llm, MAX_RESPONSE_BYTES, Xai};
