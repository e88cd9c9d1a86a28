//! Types and rules of the product, without AWS and without async.
//!
//! Start at [`ids`] (the registry of typed ids), [`registry`] (what we store, why, and how it leaves) and
//! [`clock`] (the only source of time). Nothing here performs I/O; whatever varies is passed in.

pub mod alert;
pub mod audit;
pub mod billing;
pub mod clock;
pub mod consent;
pub mod content;
pub mod documents;
pub mod email;
pub mod entropy;
pub mod ids;
pub mod message;
pub mod name;
pub mod notice;
pub mod privacy;
pub mod quiet;
pub mod registry;
pub mod retention;
pub mod role;
pub mod sealed;
pub mod sofi;
pub mod subprocessors;

pub use clock::{Clock, SystemClock, Timestamp};
pub use entropy::{Entropy, SystemEntropy};
pub use sealed::Sealed;
