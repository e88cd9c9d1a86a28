//! Stripe: the only place that speaks to it, and that reads what it says.
//!
//! 1. [`Client`] makes the calls of the product. Parameters are written by the request builders of the `async-stripe` crates;
//!    sending, time-outs, repetitions and answers are ours (`infra/decisions/0040`).
//! 2. [`objects`] are the answers: small structs that read the shapes of old and new versions of Stripe's API alike.
//! 3. [`webhook`] checks a signature over raw bytes, and reads the envelope of any event.
//!
//! Must never: log or print a key, a secret, a link or a person's data; decide what an object means for a workspace; take an
//! event for more than a hint to fetch the object that it names.

pub mod objects;
pub mod webhook;

mod client;
mod error;
mod key;
mod read;

pub use client::{
    Client, ClientError, Flow, MAX_RESPONSE_BYTES, NewCustomer, Order, STRIPE_API, WORKSPACE,
    Window,
};
pub use error::StripeError;
pub use key::{ApiKey, IdempotencyKey, KeyError, Mode};
